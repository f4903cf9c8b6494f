//! The list of articles: title, outlet and date, how far the work is. Only the rows on screen are looked at.

use eframe::egui::{self, CornerRadius, CursorIcon, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::narrowing::{self, AskedField};
use super::page::readable_date;
use super::scene::{Scene, grouped, has_keys};
use super::{fonts, menus, widgets};
use crate::annotation::{Article, ArticleId, Progress};
use crate::decide::articles::Facts;
use crate::workbench::{Articles, Command, Go, Pane, Screen, Step, View, told_of_findings};

/// A row, and one where articles have tags or notes.
const ROW: f32 = 80.0;
const ROW_WITH_TAGS: f32 = 97.0;

/// What the list keeps between frames.
#[derive(Default)]
pub struct ListState {
    filter: AskedField,
    /// The article that the list was last scrolled to.
    revealed: Option<ArticleId>,
}

pub fn articles_ui(ui: &mut Ui, scene: &Scene<'_>, list: &mut ListState, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut is_entered = false;
    egui::Frame::NONE.inner_margin(egui::Margin { left: 11, right: 11, top: 9, bottom: 8 }).show(ui, |ui| {
        list.filter.ui(ui, scene, out);
        is_entered = out.contains(&Command::Screen(Screen::Pane(Pane::List)));
        narrowing::head_ui(ui, scene, out);
    });
    widgets::rule_ui(ui, &scene.tokens);
    keys_ui(ui, scene, is_entered, out);
    findings_ui(ui, scene, out);
    let articles = scene.state.session().articles();
    let rows = scene.state.articles.rows();
    if rows.is_empty() {
        ui.add_space(10.0);
        ui.horizontal_wrapped(|ui| {
            ui.add_space(14.0);
            let words =
                if articles.is_empty() { "No articles yet. Ctrl O opens files and folders." } else { "No article passes the filter." };
            ui.label(widgets::soft(words, &scene.tokens));
        });
        return;
    }
    let height = if scene.state.articles.has_tags() { ROW_WITH_TAGS } else { ROW };
    let current = scene.state.page.article.clone();
    let row_of_current = scene.state.row_of_open();
    let mut area = ScrollArea::vertical().id_salt("articles").auto_shrink(false);
    if current != list.revealed {
        list.revealed = current.clone();
        if let Some(row) = row_of_current {
            area = keep_in_sight(ui, area, row, height);
        }
    }
    area.show_viewport(ui, |ui, view| {
        ui.set_height(height * rows.len() as f32);
        let first = (view.top() / height).floor().max(0.0) as usize;
        let end = ((view.bottom() / height).ceil() as usize).min(rows.len());
        for (row, place) in rows.iter().enumerate().take(end).skip(first) {
            let Some((article, facts)) = articles.get(*place).zip(scene.state.articles.facts(*place)) else { continue };
            let min = ui.max_rect().min + vec2(0.0, row as f32 * height);
            let rect = Rect::from_min_size(min, vec2(ui.max_rect().width(), height));
            let is_current = current.as_ref() == Some(&article.id);
            let response = row_ui(ui, scene, article, facts, rect, is_current);
            if response.clicked() || response.secondary_clicked() {
                clicked(ui, scene, &article.id, response.secondary_clicked(), out);
            }
            response.context_menu(|ui| menus::article_menu_ui(ui, scene, out));
        }
    });
}

/// A quiet line under the list where something is settled in different ways, with its key; as of the last time that it was looked
/// for.
fn findings_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let Some(words) = told_of_findings(scene.state.findings.count()) else { return };
    let frame = egui::Frame::NONE.inner_margin(egui::Margin { left: 14, right: 11, top: 7, bottom: 7 });
    egui::Panel::bottom("findings-told").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 7.0;
            ui.label(widgets::soft(format!("{words}:"), &scene.tokens));
            let look = Command::Screen(Screen::Show(View::Check));
            if widgets::keycap_button_ui(ui, &scene.key(&look), "look", &scene.tokens).on_hover_text(scene.tooltip(&look)).clicked() {
                out.push(look);
            }
        });
    });
}

/// A click opens an article; with Ctrl it takes it along with the chosen ones, with Shift all up to it. The menu of one of them
/// acts on all.
fn clicked(ui: &Ui, scene: &Scene<'_>, id: &ArticleId, is_menu: bool, out: &mut Vec<Command>) {
    let modifiers = ui.input(|input| input.modifiers);
    if is_menu && scene.state.choice.has(id) {
        return out.push(Command::Screen(Screen::Pane(Pane::List)));
    }
    if !is_menu && (modifiers.command || modifiers.shift) {
        let choose = if modifiers.command { Articles::Choose } else { Articles::ChooseTo };
        return out.push(Command::Articles(choose(id.clone())));
    }
    open(scene, id, out);
}

/// Opens an article; what was chosen is let go.
fn open(scene: &Scene<'_>, id: &ArticleId, out: &mut Vec<Command>) {
    if !scene.state.choice.is_empty() {
        out.push(Command::Articles(Articles::LetGo));
    }
    out.push(Command::Go(Go::ToArticle(id.clone())));
}

/// Enter in the filter opens the first hit; then the arrow keys go from hit to hit, and Enter to the page. With Shift the arrow
/// keys choose several.
fn keys_ui(ui: &Ui, scene: &Scene<'_>, is_entered: bool, out: &mut Vec<Command>) {
    let (articles, rows) = (scene.state.session().articles(), scene.state.articles.rows());
    let go = |row: usize, out: &mut Vec<Command>| {
        if let Some(article) = rows.get(row).and_then(|place| articles.get(*place)) {
            open(scene, &article.id, out);
        }
    };
    let at = scene.state.row_of_open();
    if is_entered {
        go(at.unwrap_or(0), out);
    }
    if scene.state.stage.pane != Pane::List || !has_keys(ui.ctx(), scene) {
        return;
    }
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    // With Shift first: without, a key is taken whatever is held besides.
    for (key, step) in [(egui::Key::ArrowDown, Step::On), (egui::Key::ArrowUp, Step::Back)] {
        if pressed(egui::Modifiers::SHIFT, key) {
            out.push(Command::Articles(Articles::ChooseStep(step)));
        }
    }
    if pressed(egui::Modifiers::COMMAND, egui::Key::A) {
        out.push(Command::Articles(Articles::ChooseAll));
    }
    if pressed(egui::Modifiers::NONE, egui::Key::ArrowDown) {
        go(at.map_or(0, |at| at + 1), out);
    }
    if pressed(egui::Modifiers::NONE, egui::Key::ArrowUp)
        && let Some(row) = at.map_or(Some(0), |at| at.checked_sub(1))
    {
        go(row, out);
    }
    if pressed(egui::Modifiers::NONE, egui::Key::Enter) {
        out.push(Command::Screen(Screen::Pane(Pane::Page)));
    }
}

fn keep_in_sight(ui: &Ui, area: ScrollArea, row: usize, row_height: f32) -> ScrollArea {
    let id = ui.make_persistent_id(egui::IdSalt::new("articles"));
    let offset = egui::scroll_area::State::load(ui.ctx(), id).map_or(0.0, |state| state.clamped_offset().y);
    let height = ui.available_height();
    let top = row as f32 * row_height;
    let is_out = top < offset || top + row_height > offset + height;
    if is_out { area.vertical_scroll_offset((top - height / 2.0 + row_height / 2.0).max(0.0)) } else { area }
}

/// One article.
fn row_ui(ui: &Ui, scene: &Scene<'_>, article: &Article, facts: &Facts, rect: Rect, is_current: bool) -> Response {
    let tokens = &scene.tokens;
    let is_chosen = scene.state.choice.has(&article.id);
    let response = ui.interact(rect, ui.unique_id().with(("article", &article.id.0)), Sense::CLICK);
    let (settled, total) = (facts.settled() as usize, facts.mentions as usize);
    let state = state_words(facts);
    let (marks, copy) = (marks_words(article, facts), copy_words(scene, article));
    let told = [article.title(), &state, &marks, copy.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, told.as_str()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(is_current || is_chosen));
    let painter = ui.painter_at(rect);
    if is_current {
        painter.rect_filled(rect, 0.0, tokens.page);
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, tokens.accent);
    } else if response.hovered() || is_chosen {
        painter.rect_filled(rect, 0.0, tokens.hover);
    }
    if is_chosen {
        widgets::tick_ui(ui, pos2(rect.right() - 15.0, rect.top() + 15.0), true, tokens);
    }
    painter.rect_filled(rect.with_min_y(rect.bottom() - 1.0), 0.0, tokens.line);
    let inner = rect.shrink2(vec2(14.0, 0.0));
    let title = one_line(article.title());
    let room = inner.width() - if is_chosen { 14.0 } else { 0.0 };
    let galley = widgets::elided_rows(ui, &title, fonts::sans_medium(12.5), tokens.ink, room, 2);
    let text_height = galley.size().y.min(34.0);
    let top = rect.top() + 9.0;
    painter.galley(pos2(inner.left(), top), galley, tokens.ink);
    let y = (top + text_height + 3.0).max(rect.top() + 45.0);
    let state_width = painter.text(pos2(inner.right(), y), egui::Align2::RIGHT_TOP, &state, fonts::sans(11.0), tokens.soft).width();
    let mut source_left = inner.left();
    if article.desk.flagged {
        flag(&painter, pos2(source_left, y + 1.0), tokens.ink);
        source_left += 13.0;
    }
    let room = inner.right() - state_width - 8.0 - source_left;
    let galley =
        widgets::elided(ui, &source_words(article, copy, scene.state.articles.has_languages()), fonts::sans(11.0), tokens.soft, room);
    painter.galley(pos2(source_left, y), galley, tokens.soft);
    if !marks.is_empty() {
        let galley = widgets::elided(ui, &marks, fonts::sans(11.0), tokens.soft, inner.width());
        painter.galley(pos2(inner.left(), y + 17.0), galley, tokens.soft);
    }
    bar(&painter, inner, rect.bottom() - 11.0, settled, total, article, scene);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn state_words(facts: &Facts) -> String {
    let of = format!("{} of {}", grouped(facts.settled() as usize), grouped(facts.mentions as usize));
    if facts.contested > 0 {
        return format!("{} contested, {of}", grouped(facts.contested as usize));
    }
    match facts.progress {
        Progress::Done => "done".to_owned(),
        Progress::SetAside => "set aside".to_owned(),
        Progress::Open if facts.mentions == 0 => "no mentions".to_owned(),
        Progress::Open => of,
    }
}

/// `note · #wire · #follow-up`.
fn marks_words(article: &Article, facts: &Facts) -> String {
    let note = facts.has_note().then(|| "note".to_owned());
    note.into_iter().chain(article.desk.tags.iter().map(|tag| format!("#{tag}"))).collect::<Vec<_>>().join(" · ")
}

/// `1 of 3 copies`, where there are others.
fn copy_words(scene: &Scene<'_>, article: &Article) -> Option<String> {
    scene.state.copies.groups().place(&article.id).map(|(at, of)| format!("{} of {} copies", grouped(at), grouped(of)))
}

fn source_words(article: &Article, copy: Option<String>, tells_language: bool) -> String {
    let date = article.meta.published.as_deref().map(short_date);
    let language = article.meta.language.clone().filter(|_| tells_language);
    let parts = [copy, article.meta.outlet.as_deref().map(str::to_owned), date, language];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// `3 Nov` for `2026-11-03`.
fn short_date(iso: &str) -> String {
    let long = readable_date(iso);
    let mut words = long.split(' ');
    match (words.next(), words.next(), words.next()) {
        (Some(day), Some(month), Some(year)) if month.len() >= 3 && month.is_ascii() => format!("{day} {} {year}", &month[..3]),
        _ => long,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bar(painter: &egui::Painter, inner: Rect, y: f32, settled: usize, total: usize, article: &Article, scene: &Scene<'_>) {
    let groove = Rect::from_min_max(pos2(inner.left(), y), pos2(inner.right(), y + 3.0));
    painter.rect_filled(groove, CornerRadius::same(2), scene.tokens.line);
    let share = match article.desk.progress {
        Progress::Done => 1.0,
        _ if total == 0 => 0.0,
        _ => settled as f32 / total as f32,
    };
    let colour = if article.desk.progress == Progress::SetAside { scene.tokens.faint } else { scene.tokens.good };
    if share > 0.0 {
        painter.rect_filled(groove.with_max_x(groove.left() + groove.width() * share), CornerRadius::same(2), colour);
    }
}

fn flag(painter: &egui::Painter, at: egui::Pos2, colour: egui::Color32) {
    painter.vline(at.x + 1.0, at.y..=at.y + 11.0, egui::Stroke::new(1.3, colour));
    let cloth = vec![at + vec2(1.5, 0.5), at + vec2(9.0, 3.2), at + vec2(1.5, 6.2)];
    painter.add(egui::Shape::convex_polygon(cloth, colour, egui::Stroke::NONE));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_the_list_are_short() {
        assert_eq!(short_date("2026-11-03"), "3 Nov 2026");
        assert_eq!(short_date("2026"), "2026");
        assert_eq!(short_date("last week"), "last week");
    }
}
