//! The list of articles: title, outlet and date, how far the work is. Only the rows on screen are looked at.

use eframe::egui::{self, CornerRadius, CursorIcon, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::filter::FilterField;
use super::page::readable_date;
use super::scene::{Scene, grouped, has_keys};
use super::{fonts, menus, widgets};
use crate::annotation::{Article, ArticleId, Progress};
use crate::reading::language;
use crate::text::sought::Sought;
use crate::workbench::{Command, Go, Pane, Screen, View, told_of_findings};

const ROW: f32 = 80.0;

/// Filter, language, copies, the session's moment, how many articles there are, when copies were found.
type FoundFor = (String, Option<String>, Shown, (u64, u64), usize, u64);

/// Which articles are listed where some say the same.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    All,
    /// Of copies the first.
    Once,
    /// Only copies, those of one text together.
    Copies,
}

/// What the list keeps between frames.
#[derive(Default)]
pub struct ListState {
    filter: FilterField,
    /// Only articles in this language, by its tag; empty where it is unknown.
    language: Option<String>,
    /// How many articles are in which language, where there are several.
    languages: Vec<(String, usize)>,
    shown: Shown,
    /// The places of the articles that pass the filter, and what they were found for.
    found: Vec<usize>,
    found_for: Option<FoundFor>,
    /// The article that the list was last scrolled to.
    revealed: Option<ArticleId>,
}

impl ListState {
    /// Titles, outlets and ids that hold every word of the filter.
    fn refresh(&mut self, scene: &Scene<'_>) {
        let articles = scene.state.session().articles();
        let copies = &scene.state.copies;
        if copies.groups().is_empty() {
            self.shown = Shown::All;
        }
        let key = (self.filter.text.clone(), self.language.clone(), self.shown, scene.state.version(), articles.len(), copies.revision());
        if self.found_for.as_ref() == Some(&key) {
            return;
        }
        let languages = language::counts(articles.iter().map(|article| &**article));
        let is_several = languages.len() > 1;
        self.languages = languages.into_iter().filter(|_| is_several).map(|(tag, n)| (tag.unwrap_or_default(), n)).collect();
        self.language.take_if(|wanted| !self.languages.iter().any(|(tag, _)| tag == wanted));
        let is_in = |article: &Article| self.language.as_ref().is_none_or(|tag| language::primary(article).unwrap_or_default() == *tag);
        let words = Sought::words(&self.filter.text);
        let passes = |article: &Article| {
            let outlet = article.meta.outlet.as_deref().unwrap_or_default();
            words.is_in(&format!("{} {outlet} {}", article.title(), article.id))
        };
        let is_first = |i: &usize| copies.groups().place(&articles[*i].id).is_none_or(|(at, _)| at == 1);
        let in_order: Vec<usize> = match self.shown {
            Shown::All => (0..articles.len()).collect(),
            Shown::Once => (0..articles.len()).filter(is_first).collect(),
            Shown::Copies => copies.groups().all().iter().flatten().filter_map(|id| scene.state.session().position(id)).collect(),
        };
        let passes_all = |i: &usize| is_in(&articles[*i]) && (words.is_empty() || passes(&articles[*i]));
        self.found = in_order.into_iter().filter(passes_all).collect();
        self.found_for = Some(key);
    }
}

impl ListState {
    /// Which language is listed, where the session has articles in several.
    fn languages_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        if self.languages.is_empty() {
            return;
        }
        ui.add_space(7.0);
        let name = |tag: &str| if tag.is_empty() { "Unknown language".to_owned() } else { language::name_of(tag).to_owned() };
        let all: usize = self.languages.iter().map(|(_, n)| n).sum();
        let rows: Vec<(String, String)> = std::iter::once(("All languages".to_owned(), grouped(all)))
            .chain(self.languages.iter().map(|(tag, n)| (name(tag), grouped(*n))))
            .collect();
        let choices: Vec<(&str, &str)> = rows.iter().map(|(name, n)| (name.as_str(), n.as_str())).collect();
        let is_chosen = |tag: &String| self.languages.iter().position(|(other, _)| other == tag).map(|at| at + 1);
        let mut at = self.language.as_ref().and_then(is_chosen).unwrap_or(0);
        if widgets::drop_down_ui(ui, "Language of the articles", &mut at, &choices, ui.available_width() - 8.0, &scene.tokens) {
            self.language = at.checked_sub(1).and_then(|at| Some(self.languages.get(at)?.0.clone()));
        }
    }
}

impl ListState {
    /// Whether copies are listed, where there are some.
    fn copies_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let groups = scene.state.copies.groups();
        if groups.is_empty() {
            return;
        }
        ui.add_space(7.0);
        let all = scene.state.session().articles().len();
        let numbers = [all, all.saturating_sub(groups.spare()), groups.all().iter().map(Vec::len).sum()].map(grouped);
        let names = ["With all copies", "Each text once", "Only copies"];
        let choices: Vec<(&str, &str)> = names.into_iter().zip(numbers.iter().map(String::as_str)).collect();
        let choice = [Shown::All, Shown::Once, Shown::Copies];
        let mut at = choice.iter().position(|shown| *shown == self.shown).unwrap_or(0);
        if widgets::drop_down_ui(ui, "Copies among the articles", &mut at, &choices, ui.available_width() - 8.0, &scene.tokens) {
            self.shown = choice.get(at).copied().unwrap_or_default();
        }
    }
}

pub fn articles_ui(ui: &mut Ui, scene: &Scene<'_>, list: &mut ListState, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::Frame::NONE.inner_margin(egui::Margin { left: 11, right: 11, top: 9, bottom: 8 }).show(ui, |ui| {
        list.filter.field_ui(ui, scene, ("Filter articles", Pane::List), f32::INFINITY, out);
        list.languages_ui(ui, scene);
        list.copies_ui(ui, scene);
    });
    widgets::rule_ui(ui, &scene.tokens);
    list.refresh(scene);
    keys_ui(ui, scene, list, out);
    findings_ui(ui, scene, out);
    let articles = scene.state.session().articles();
    if list.found.is_empty() {
        ui.add_space(10.0);
        ui.horizontal_wrapped(|ui| {
            ui.add_space(14.0);
            let words =
                if articles.is_empty() { "No articles yet. Ctrl O opens files and folders." } else { "No article passes the filter." };
            ui.label(widgets::soft(words, &scene.tokens));
        });
        return;
    }
    let current = scene.state.page.article.clone();
    let row_of_current = list.found.iter().position(|i| Some(&articles[*i].id) == current.as_ref());
    let mut area = ScrollArea::vertical().id_salt("articles").auto_shrink(false);
    if current != list.revealed {
        list.revealed = current.clone();
        if let Some(row) = row_of_current {
            area = keep_in_sight(ui, area, row);
        }
    }
    area.show_viewport(ui, |ui, view| {
        ui.set_height(ROW * list.found.len() as f32);
        let first = (view.top() / ROW).floor().max(0.0) as usize;
        let end = ((view.bottom() / ROW).ceil() as usize).min(list.found.len());
        for row in first..end {
            let article = &articles[list.found[row]];
            let min = ui.max_rect().min + vec2(0.0, row as f32 * ROW);
            let rect = Rect::from_min_size(min, vec2(ui.max_rect().width(), ROW));
            let response = row_ui(ui, scene, article, rect, current.as_ref() == Some(&article.id), !list.languages.is_empty());
            if response.clicked() || response.secondary_clicked() {
                out.push(Command::Go(Go::ToArticle(article.id.clone())));
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

/// Enter in the filter opens the first hit; then the arrow keys go from hit to hit, and Enter to the page.
fn keys_ui(ui: &Ui, scene: &Scene<'_>, list: &ListState, out: &mut Vec<Command>) {
    let articles = scene.state.session().articles();
    let open = |row: usize| list.found.get(row).map(|i| Command::Go(Go::ToArticle(articles[*i].id.clone())));
    let current = scene.state.page.article.as_ref();
    let at = list.found.iter().position(|i| Some(&articles[*i].id) == current);
    if out.contains(&Command::Screen(Screen::Pane(Pane::List))) {
        out.extend(open(at.unwrap_or(0)));
    }
    if scene.state.stage.pane != Pane::List || !has_keys(ui.ctx(), scene) {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    if pressed(egui::Key::ArrowDown) {
        out.extend(open(at.map_or(0, |at| at + 1)));
    }
    if pressed(egui::Key::ArrowUp) {
        out.extend(at.map_or(Some(0), |at| at.checked_sub(1)).and_then(open));
    }
    if pressed(egui::Key::Enter) {
        out.push(Command::Screen(Screen::Pane(Pane::Page)));
    }
}

fn keep_in_sight(ui: &Ui, area: ScrollArea, row: usize) -> ScrollArea {
    let id = ui.make_persistent_id(egui::IdSalt::new("articles"));
    let offset = egui::scroll_area::State::load(ui.ctx(), id).map_or(0.0, |state| state.clamped_offset().y);
    let height = ui.available_height();
    let top = row as f32 * ROW;
    if top < offset || top + ROW > offset + height { area.vertical_scroll_offset((top - height / 2.0 + ROW / 2.0).max(0.0)) } else { area }
}

/// One article.
fn row_ui(ui: &Ui, scene: &Scene<'_>, article: &Article, rect: Rect, is_current: bool, tells_language: bool) -> Response {
    let tokens = &scene.tokens;
    let response = ui.interact(rect, ui.unique_id().with(("article", &article.id.0)), Sense::CLICK);
    let (settled, total) = progress(article);
    let state = state_words(article, settled, total);
    let copy = copy_words(scene, article);
    let told = copy.as_ref().map(|copy| format!(", {copy}")).unwrap_or_default();
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{}, {state}{told}", article.title())));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(is_current));
    let painter = ui.painter_at(rect);
    if is_current {
        painter.rect_filled(rect, 0.0, tokens.page);
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, tokens.accent);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, tokens.hover);
    }
    painter.rect_filled(rect.with_min_y(rect.bottom() - 1.0), 0.0, tokens.line);
    let inner = rect.shrink2(vec2(14.0, 0.0));
    let title = one_line(article.title());
    let galley = widgets::elided_rows(ui, &title, fonts::sans_medium(12.5), tokens.ink, inner.width(), 2);
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
    let galley = widgets::elided(ui, &source_words(article, copy, tells_language), fonts::sans(11.0), tokens.soft, room);
    painter.galley(pos2(source_left, y), galley, tokens.soft);
    bar(&painter, inner, rect.bottom() - 11.0, settled, total, article, scene);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// How many mentions are settled, of how many.
fn progress(article: &Article) -> (usize, usize) {
    let open = article.open_count();
    (article.mentions.len() - open, article.mentions.len())
}

fn state_words(article: &Article, settled: usize, total: usize) -> String {
    let contested = article.mentions.iter().filter(|mention| mention.is_contested()).count();
    if contested > 0 {
        return format!("{} contested, {} of {}", grouped(contested), grouped(settled), grouped(total));
    }
    match article.desk.progress {
        Progress::Done => "done".to_owned(),
        Progress::SetAside => "set aside".to_owned(),
        Progress::Open if total == 0 => "no mentions".to_owned(),
        Progress::Open => format!("{} of {}", grouped(settled), grouped(total)),
    }
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
