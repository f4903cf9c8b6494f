//! Sources that have changed: what taking them over would do, and the mentions that lost their words.

use eframe::egui::{Key, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, elided, is_struck, soft};
use super::typed::{Typed, move_row, title_ui};
use crate::annotation::Article;
use crate::workbench::{Command, Listed, Renew, Screen};

/// More articles are not listed; the figures count them all.
const LISTED: usize = 500;

pub fn refresh_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    ui.set_width(600.0);
    let Some(refreshing) = &scene.state.dialogs.refreshing else { return };
    match &refreshing.encoding {
        Some(encoding) => title_ui(ui, &format!("Read again as {encoding}")),
        None if refreshing.is_of_versions => title_ui(ui, "Later versions of stories that are here"),
        None => title_ui(ui, "Refresh from source"),
    }
    let tally = refreshing.tally();
    let of = match refreshing.is_of_versions {
        true => format!("{} would take the place of the one before", count(refreshing.changed.len(), "version")),
        false => format!("{} of {} changed", refreshing.changed.len(), count(refreshing.looked, "source")),
    };
    ui.label(RichText::new(format!("{of}: {tally}")).font(fonts::sans_medium(14.0)));
    if tally.fuzzy > 0 {
        ui.label(soft(
            "Fuzzy: other words stand there now; such a mention waits as a suggestion that remembers what it was.",
            &scene.tokens,
        ));
    }
    if tally.orphaned > 0 {
        ui.label(soft("Orphaned: the words are gone; such a mention is kept in a list, to be placed or let go.", &scene.tokens));
    }
    ui.label(soft("Everything else keeps its decision. One undo takes it back.", &scene.tokens));
    let height = (ui.ctx().content_rect().height() - 320.0).clamp(80.0, 300.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        for refreshed in refreshing.changed.iter().take(LISTED) {
            ui.label(RichText::new(one_line(refreshed.before.title())).font(fonts::sans_medium(13.0)));
            ui.label(soft(refreshed.tally.to_string(), &scene.tokens));
        }
        for problem in refreshing.problems.iter().take(LISTED) {
            ui.label(RichText::new(problem).color(scene.tokens.accent));
        }
        let more = refreshing.changed.len().saturating_sub(LISTED) + refreshing.problems.len().saturating_sub(LISTED);
        if more > 0 {
            ui.label(soft(format!("and {more} more"), &scene.tokens));
        }
    });
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        let has_changes = !refreshing.changed.is_empty();
        if state.answer_ui(ui, scene, if has_changes { "Take over" } else { "Close" }) {
            out.push(if has_changes { Command::Renew(Renew::ApplyRefresh) } else { Command::Screen(Screen::Close) });
        }
        if has_changes && button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

const ROW: f32 = 62.0;

/// Mentions without a place, one key to place each or let it go.
pub fn orphans_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    let screen = ui.ctx().content_rect();
    ui.set_width((screen.width() - 80.0).min(760.0));
    let listed = &scene.state.dialogs.orphans;
    title_ui(ui, &format!("{} without a place", count(listed.len(), "mention")));
    ui.label(soft("Their words left the text when a source changed. Enter places one, X lets it go, Esc leaves.", &scene.tokens));
    move_row(ui, &mut state.row, listed.len());
    let height = (screen.height() - 260.0).clamp(ROW, 480.0);
    let rows = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
    rows.show_rows(ui, ROW, listed.len(), |ui, range| {
        for row in range {
            if row_ui(ui, scene, &listed[row], row == state.row) {
                state.row = row;
            }
        }
    });
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Place", !listed.is_empty()) {
            out.push(Command::Renew(Renew::PlaceOrphan(state.row)));
        }
        let deleted = [Key::Delete, Key::X].into_iter().any(|key| is_struck(ui, key));
        if button_ui(ui, "Let go").clicked() || deleted {
            out.push(Command::Renew(Renew::DropOrphan(Some(state.row))));
        }
        if button_ui(ui, "Let all go").on_hover_text("One undo brings them back").clicked() {
            out.push(Command::Renew(Renew::DropOrphan(None)));
        }
        if button_ui(ui, "Later").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

/// One mention, the words that stood around it, and where it would go. Answers a click.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, listed: &Listed, is_chosen: bool) -> bool {
    let tokens = &scene.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let article = scene.state.session().article(&listed.article);
    let orphan = &listed.orphan;
    let head = format!("{} “{}”, {}", orphan.mention.label, one_line(&orphan.quote), orphan.mention.state.as_str());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_chosen, &head));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, 5.0, if is_chosen { tokens.selection } else { tokens.hover });
    }
    let around = format!("stood in: …{} {} {}…", one_line(&orphan.before), one_line(&orphan.quote), one_line(&orphan.after));
    let goes = match (selected(scene, listed), listed.guess.zip(article)) {
        (Some(words), _) => format!("goes to the selected words: {words}"),
        (None, Some((span, article))) => format!("its words stand in: …{}…", around_of(article, span)),
        (None, None) => "its words are gone; Enter opens the article to select others".to_owned(),
    };
    let title = article.map(|article| one_line(article.title())).unwrap_or_default();
    let width = rect.width() - 20.0;
    let title = elided(ui, &title, fonts::sans(11.0), tokens.soft, width * 0.35);
    let right = rect.right() - 10.0 - title.size().x;
    let lines = [
        (elided(ui, &head, fonts::sans_medium(13.0), tokens.ink, right - rect.left() - 24.0), 6.0),
        (elided(ui, &around, fonts::serif(12.5), tokens.soft, width), 25.0),
        (elided(ui, &goes, fonts::sans(11.5), tokens.soft, width), 43.0),
    ];
    ui.painter().galley(eframe::egui::pos2(right, rect.top() + 7.0), title, tokens.soft);
    for (galley, y) in lines {
        ui.painter().galley(rect.left_top() + vec2(10.0, y), galley, tokens.ink);
    }
    response.clicked()
}

/// The selected words, where they are of the same article.
fn selected(scene: &Scene<'_>, listed: &Listed) -> Option<String> {
    let article = scene.state.open_article().filter(|article| article.id == listed.article)?;
    scene.state.page.selection.map(|span| one_line(article.quote(span)))
}

fn around_of(article: &Article, span: crate::text::Span) -> String {
    let text = &*article.text;
    let from = text.floor_char_boundary((span.start as usize).saturating_sub(50));
    let to = text.ceil_char_boundary((span.end as usize + 50).min(text.len()));
    one_line(&text[from..to])
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
