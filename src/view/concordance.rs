//! The concordance: every place of a name that a decision would reach, a line each, with ticks. Shared by the dialog
//! that a session-wide decision opens on the page and by the Names view.
//!
//! While the list has the keys, `Space` ticks, `↑` `↓` move, `/` goes to the filter, `Enter` applies. Only rows on
//! screen are laid out.

use eframe::egui::{self, CursorIcon, EventFilter, Key, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::scene::{Scene, count, grouped};
use super::{cut, fonts, letters, widgets};
use crate::annotation::{ArticleId, Verb};
use crate::decide::spread::{Concordance, Doubt, Row};
use crate::text::seam::in_line;
use crate::text::sought::Sought;
use crate::workbench::{Command, Decide, Go, Link, Screen, Seek, View};

const ROW: f32 = 33.0;

/// What is kept of the list between frames.
#[derive(Default)]
pub struct ListState {
    filter: String,
    /// The row in focus, among those that pass the filter.
    row: usize,
    /// The places of the rows that pass the filter, and what they were found for.
    found: Vec<usize>,
    found_for: Option<(String, String, usize, (u64, u64))>,
    /// A row that is to be scrolled to.
    reveals: bool,
    /// Whether the list is to have the keys in the next frame.
    wants_keys: bool,
}

impl ListState {
    /// Gives the list the keys when it is next drawn.
    pub fn take_keys(&mut self) {
        self.wants_keys = true;
    }

    /// Rows whose context, title or state hold every word of the filter.
    fn refresh(&mut self, scene: &Scene<'_>, concordance: &Concordance) {
        let key = (self.filter.clone(), concordance.key.clone(), concordance.rows.len(), scene.state.version());
        if self.found_for.as_ref() == Some(&key) {
            return;
        }
        let words = Sought::words(&self.filter);
        let passes = |row: &Row| {
            let [before, name, after] = context(scene, row);
            words.is_in(&format!("{before}{name}{after} {} {}", title(scene, &row.article), state_words(row)))
        };
        self.found = (0..concordance.rows.len()).filter(|i| words.is_empty() || passes(&concordance.rows[*i])).collect();
        self.row = self.row.min(self.found.len().saturating_sub(1));
        self.found_for = Some(key);
    }
}

/// What the decision is, as a heading: `Confirm ORG everywhere`, `Link everywhere to Northern Cable Board`.
pub fn heading(scene: &Scene<'_>, concordance: &Concordance) -> String {
    if concordance.verb() == Verb::Link {
        return match concordance.linked_to(scene.state.session()) {
            Some(target) => format!("Link everywhere to {target}"),
            None => "Unlink everywhere".to_owned(),
        };
    }
    let label = concordance.label().map(|label| format!(" {label}")).unwrap_or_default();
    let verb = match concordance.verb() {
        Verb::Confirm => "Confirm",
        Verb::Reject => "Reject",
        Verb::Delete => "Delete",
        Verb::Retype => "Retype as",
        Verb::Move => "Correct as",
        Verb::Add => "Add",
        _ => "Decide",
    };
    format!("{verb}{label} everywhere")
}

/// The word on the button: what becomes of the ticked rows.
fn verb_word(concordance: &Concordance) -> &'static str {
    match concordance.verb() {
        Verb::Reject => "Reject",
        Verb::Delete => "Delete",
        Verb::Retype => "Retype",
        Verb::Move => "Correct",
        Verb::Add => "Add",
        Verb::Link => "Link",
        _ => "Confirm",
    }
}

/// The words that the decision is about, as they stand in the row in focus, else in the first.
fn name_of<'a>(scene: &'a Scene<'_>, concordance: &'a Concordance) -> &'a str {
    let row = concordance.rows.iter().find(|row| row.is_focus).or(concordance.rows.first());
    let words = row.and_then(|row| row.becomes.of(&scene.state.session().article(&row.article)?.text));
    words.unwrap_or(&concordance.key)
}

/// `27 mentions in 9 articles, 2 untagged occurrences. 28 ticked.`
fn summary(concordance: &Concordance) -> String {
    let tagged = concordance.rows.iter().filter(|row| row.mention.is_some()).count();
    let untagged = concordance.rows.len() - tagged;
    let mut articles: Vec<&ArticleId> = concordance.rows.iter().map(|row| &row.article).collect();
    articles.dedup();
    let mut words = format!("{} in {}", count(tagged, "mention"), count(articles.len(), "article"));
    if untagged > 0 {
        words.push_str(&format!(", {}", count(untagged, "untagged occurrence")));
    }
    format!("{words}. {} ticked.", grouped(concordance.ticked_count()))
}

/// How the concordance stands in the window.
#[derive(Clone, Copy)]
pub struct Place {
    /// How high the list of rows may be, in points.
    pub height: f32,
    /// Whether no other pane has the keys.
    pub has_keys: bool,
    /// Whether it is a dialog, which one leaves.
    pub is_dialog: bool,
    pub purpose: Purpose,
}

/// What the rows are ticked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A decision that `Enter` applies.
    Decision,
    /// Mentions on the card of an entity; `Enter` goes to the one in focus.
    Card,
    /// What was found in the session; the dialog’s button goes to the one in focus.
    Found,
}

impl Purpose {
    fn tick(self, row: usize, ticked: bool) -> Command {
        match self {
            Purpose::Decision => Command::Decide(Decide::TickRow(row, ticked)),
            Purpose::Card => Command::Link(Link::TickCard(row, ticked)),
            Purpose::Found => Command::Seek(Seek::TickFound(row, ticked)),
        }
    }
}

/// Draws the concordance over the available width.
pub fn concordance_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    concordance: &Concordance,
    list: &mut ListState,
    place: Place,
    out: &mut Vec<Command>,
) {
    widgets::heading_ui(ui, &heading(scene, concordance), &scene.tokens);
    let name = name_of(scene, concordance).split_whitespace().collect::<Vec<_>>().join(" ");
    ui.add(egui::Label::new(RichText::new(name).font(fonts::serif_bold(20.0)).color(scene.tokens.ink)).truncate());
    ui.label(widgets::soft(summary(concordance), &scene.tokens));
    if concordance.rows.len() > 8 {
        filter_ui(ui, scene, list);
    }
    list.refresh(scene, concordance);
    ui.add_space(2.0);
    let height = place.height.min(ROW * list.found.len() as f32).max(ROW);
    rows_ui(ui, scene, concordance, list, Place { height, ..place }, out);
    ui.add_space(8.0);
    footer_ui(ui, scene, concordance, place, out);
}

fn filter_ui(ui: &mut Ui, scene: &Scene<'_>, list: &mut ListState) {
    let hint = RichText::new("Filter places").color(scene.tokens.soft);
    let mut letters = letters::field(None, letters::Lines::One);
    let edit = egui::TextEdit::singleline(&mut list.filter).layouter(&mut letters).hint_text(hint);
    let edit = edit.desired_width(220.0).margin(vec2(8.0, 5.0));
    let wants = ui.memory(|memory| memory.data.get_temp::<bool>(filter_asked()).unwrap_or(false));
    let response = ui.add(edit).accessible_name("Filter places").on_hover_text("Words of the line, the article or the state (/)");
    if wants {
        response.request_focus();
        ui.memory_mut(|memory| memory.data.remove::<bool>(filter_asked()));
    }
    if response.changed() {
        list.row = 0;
    }
    if response.lost_focus() {
        list.wants_keys = true;
    }
}

/// Where it is noted that the filter is to have the keys in the next frame.
fn filter_asked() -> egui::Id {
    egui::Id::unique("concordance filter asked")
}

/// The rows alone, as many as fit.
pub fn rows_ui(ui: &mut Ui, scene: &Scene<'_>, concordance: &Concordance, list: &mut ListState, place: Place, out: &mut Vec<Command>) {
    list.refresh(scene, concordance);
    let height = place.height;
    let id = rows_id(place.purpose);
    let area = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    let response = ui.interact(area, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Places"));
    let in_text = ui.ctx().text_edit_focused();
    if place.has_keys && !in_text && (list.wants_keys || ui.memory(|memory| memory.focused().is_none())) {
        response.request_focus();
        list.wants_keys = false;
    }
    let has_keys = place.has_keys && response.has_focus();
    if has_keys {
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(id, EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false });
        });
        keys_ui(ui, concordance, list, place.purpose, out);
    }
    let mut scroll = ScrollArea::vertical().id_salt("places").max_height(height).auto_shrink([false, true]);
    if std::mem::take(&mut list.reveals) {
        scroll = scroll.vertical_scroll_offset((list.row as f32 * ROW - height / 2.0 + ROW / 2.0).max(0.0));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    scroll.show_rows(ui, ROW, list.found.len(), |ui, range| {
        for at in range {
            let i = list.found[at];
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
            row_ui(ui, scene, &concordance.rows[i], rect, &response, has_keys && at == list.row);
            if response.clicked() {
                list.row = at;
                list.wants_keys = true;
                out.push(place.purpose.tick(i, !concordance.rows[i].ticked));
            }
        }
    });
}

/// Each purpose has rows of its own: a dialog may lie over others.
fn rows_id(purpose: Purpose) -> egui::Id {
    egui::Id::unique(("concordance rows", purpose as u8))
}

/// Whether the rows have the keys, Enter among them.
pub fn rows_have_keys(ctx: &egui::Context) -> bool {
    let focused = ctx.memory(|memory| memory.focused());
    [Purpose::Decision, Purpose::Card, Purpose::Found].into_iter().any(|purpose| focused == Some(rows_id(purpose)))
}

fn keys_ui(ui: &Ui, concordance: &Concordance, list: &mut ListState, purpose: Purpose, out: &mut Vec<Command>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = list.found.len().saturating_sub(1);
    let before = list.row;
    for (key, row) in [
        (Key::ArrowUp, list.row.saturating_sub(1)),
        (Key::ArrowDown, (list.row + 1).min(last)),
        (Key::PageUp, list.row.saturating_sub(10)),
        (Key::PageDown, (list.row + 10).min(last)),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        if pressed(key) {
            list.row = row;
        }
    }
    list.reveals |= list.row != before;
    let is_all = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A));
    if is_all {
        let shown = || list.found.iter().filter(|i| !concordance.rows[**i].is_focus);
        let ticks = !shown().all(|i| concordance.rows[*i].ticked);
        out.extend(shown().map(|i| purpose.tick(*i, ticks)));
    }
    if pressed(Key::Space)
        && let Some(i) = list.found.get(list.row)
    {
        out.push(purpose.tick(*i, !concordance.rows[*i].ticked));
    }
    if pressed(Key::Slash) {
        ui.memory_mut(|memory| memory.data.insert_temp(filter_asked(), true));
        // The character that the key types belongs to nobody.
        ui.input_mut(|input| input.events.retain(|event| !matches!(event, egui::Event::Text(_))));
    }
    if pressed(Key::Enter) {
        match (purpose, list.found.get(list.row).map(|i| &concordance.rows[*i])) {
            (Purpose::Decision, _) if concordance.ticked_count() > 0 => out.push(Command::Decide(Decide::Apply)),
            (Purpose::Card, Some(_)) => out.extend(go_there(concordance, list)),
            _ => {}
        }
    }
}

/// What leads to the row in focus, out of the dialog.
pub fn go_there(concordance: &Concordance, list: &ListState) -> Vec<Command> {
    let Some(row) = list.found.get(list.row).map(|i| &concordance.rows[*i]) else { return Vec::new() };
    let there = Command::Go(Go::At(row.article.clone(), row.span));
    vec![Command::Screen(Screen::Close), Command::Screen(Screen::Show(View::Review)), there]
}

fn footer_ui(ui: &mut Ui, scene: &Scene<'_>, concordance: &Concordance, place: Place, out: &mut Vec<Command>) {
    let ticked = concordance.ticked_count();
    widgets::buttons_ui(ui, |ui| {
        let text = format!("{} {ticked}", verb_word(concordance));
        let apply = widgets::main_key_button_ui(ui, &text, "Enter", ticked > 0, &scene.tokens);
        widgets::mark_entered(ui, &apply, rows_have_keys(ui.ctx()), &scene.tokens);
        if apply.clicked() {
            out.push(Command::Decide(Decide::Apply));
        }
        if place.is_dialog && widgets::button_ui(ui, "Cancel").on_hover_text("Nothing is changed (Esc)").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        ui.add_space(4.0);
        ui.label(widgets::soft("One undo takes all of it back.", &scene.tokens));
    });
    // What the keys do now, and nothing that they do elsewhere.
    let hints: &[(&str, &str)] =
        if place.has_keys { &[("Space", "tick"), ("Ctrl A", "tick all"), ("/", "filter")] } else { &[("Space", "confirm")] };
    ui.horizontal_wrapped(|ui| {
        for (key, words) in hints {
            widgets::keycap_ui(ui, key, &scene.tokens);
            ui.label(widgets::soft(*words, &scene.tokens));
        }
    });
}

fn row_ui(ui: &Ui, scene: &Scene<'_>, row: &Row, rect: Rect, response: &egui::Response, is_current: bool) {
    let tokens = &scene.tokens;
    let [before, name, after] = context(scene, row);
    let place = title(scene, &row.article);
    let state = state_words(row);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, row.ticked, format!("{before}{name}{after}, {place}, {state}")));
    if is_current || response.hovered() {
        ui.painter().rect_filled(rect, 0.0, tokens.hover);
    }
    if is_current {
        ui.painter().rect_filled(rect.with_max_x(rect.left() + 2.5), 0.0, tokens.accent);
    }
    ui.painter().rect_filled(rect.with_min_y(rect.bottom() - 1.0), 0.0, tokens.line);
    widgets::tick_ui(ui, pos2(rect.left() + 14.0, rect.center().y), row.ticked, tokens);

    let columns = Columns::of(rect);
    let y = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    line_ui(ui, columns.text, [&before, &name, &after], row.ticked, tokens);
    if columns.place.width() > 0.0 {
        let place_galley = widgets::elided(ui, &place, fonts::sans(11.0), tokens.soft, columns.place.width());
        ui.painter().galley(pos2(columns.place.left(), y(&place_galley)), place_galley, tokens.soft);
    }
    // What is so already is no reason to look twice.
    let is_doubtful = row.doubt.as_ref().is_some_and(|doubt| *doubt != Doubt::Already);
    let colour = if is_doubtful { tokens.accent } else { tokens.soft };
    let state_galley = widgets::elided(ui, &state, fonts::sans(11.0), colour, columns.state.width());
    ui.painter().galley(pos2(columns.state.left(), y(&state_galley)), state_galley, colour);
    response.clone().on_hover_cursor(CursorIcon::PointingHand).on_hover_ui(|ui| {
        ui.set_max_width(360.0);
        ui.label(RichText::new(format!("{before}{name}{after}")).font(fonts::serif(14.0)));
        ui.label(widgets::soft(format!("{place} · {state}"), tokens));
    });
}

/// The name in the middle of `rect` with as many whole words on either side as there is room for.
fn line_ui(ui: &Ui, rect: Rect, [before, name, after]: [&str; 3], is_ticked: bool, tokens: &super::theme::Tokens) {
    let colour = if is_ticked { tokens.ink } else { tokens.soft };
    let from_right = letters::is_from_right(&format!("{before}{name}{after}"));
    let bold = widgets::elided(ui, name, fonts::serif_bold(14.0), colour, rect.width());
    let serif = |text: &str| letters::line(ui, text, fonts::serif(14.0), tokens.soft, from_right);
    let name_width = bold.size().x;
    let half = (rect.width() - name_width) / 2.0;
    let width = |text: &str| serif(text).size().x;
    let (before, after) = (cut::tail(before, half, &width), cut::head(after, half, &width));
    // What comes before stands where reading begins.
    let [left, right] = if from_right { [serif(&after), serif(&before)] } else { [serif(&before), serif(&after)] };
    let middle = rect.center().x - name_width / 2.0;
    let painter = ui.painter_at(rect.intersect(ui.clip_rect()));
    let y = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    painter.galley(pos2(middle - left.size().x, y(&left)), left, tokens.soft);
    painter.galley(pos2(middle + name_width, y(&right)), right, tokens.soft);
    painter.galley(pos2(middle, y(&bold)), bold, colour);
}

/// Where the parts of a row lie: tick, words, article, state.
struct Columns {
    text: Rect,
    place: Rect,
    state: Rect,
}

impl Columns {
    fn of(rect: Rect) -> Self {
        // What is short of room is the line: where there is little, the article is told by the pointer.
        let width = rect.width();
        let (place, state) = match width {
            640.0.. => ((width * 0.17).min(260.0), (width * 0.15).clamp(110.0, 200.0)),
            420.0.. => (74.0, 88.0),
            _ => (0.0, 88.0),
        };
        let state = rect.with_min_x(rect.right() - state);
        let place = rect.with_max_x(state.left() - 8.0).with_min_x(state.left() - 8.0 - place);
        Self { text: Rect::from_min_max(pos2(rect.left() + 28.0, rect.top()), pos2(place.left() - 10.0, rect.bottom())), place, state }
    }
}

/// The line before, the words that will be tagged, the line after.
fn context(scene: &Scene<'_>, row: &Row) -> [String; 3] {
    let Some(article) = scene.state.session().article(&row.article) else { return Default::default() };
    let part = |start: u32, end: u32| in_line(article.text.get(start as usize..end as usize).unwrap_or_default());
    let span = row.becomes;
    [part(row.context.start.min(span.start), span.start), part(span.start, span.end), part(span.end, row.context.end.max(span.end))]
}

fn title(scene: &Scene<'_>, article: &ArticleId) -> String {
    let title = scene.state.session().article(article).map_or(article.as_str(), |article| article.title());
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Why the row is unticked, else how it stands now.
fn state_words(row: &Row) -> String {
    match (&row.doubt, row.state) {
        (Some(doubt), _) => doubt.to_string(),
        (None, None) => with_reason(row, "untagged"),
        (None, Some(state)) => with_reason(row, state.as_str()),
    }
}

/// Where the words are another name than the one decided on, why they belong here.
fn with_reason(row: &Row, state: &str) -> String {
    row.because.as_ref().map_or_else(|| state.to_owned(), |reason| format!("{reason}, {state}"))
}

/// Nothing to decide: said in the middle of the pane.
pub fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str) {
    let height = ui.available_height();
    ui.add_space(height * 0.35);
    ui.vertical_centered(|ui| {
        ui.label(widgets::soft(words, &scene.tokens));
    });
}
