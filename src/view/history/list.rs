//! The list of decisions. Rows are painted, only those on screen.

use eframe::egui::{self, Align2, FontId, Key, Modifiers, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::super::scene::{Scene, grouped, when, who};
use super::super::{fonts, widgets};
use crate::annotation::{Entry, Fate};
use crate::workbench::{Command, Dialog, Pane, Recall, Screen, title_of};

const ROW: f32 = 34.0;
const HEAD: f32 = 26.0;

#[derive(Default)]
pub struct ListState {
    /// The entry that the list was last scrolled to.
    revealed: Option<usize>,
}

/// Where the columns lie, from left to right. A narrow window drops analyst and article, and a history without names the
/// analyst.
struct Columns {
    when: f32,
    who: Option<f32>,
    what: f32,
    place: Option<f32>,
    mentions: f32,
}

impl Columns {
    fn of(rect: Rect, scene: &Scene<'_>) -> Self {
        let has_names = scene.state.past.analysts.iter().any(|by| !by.is_empty());
        let left = rect.left() + 10.0;
        let who = (rect.width() > 640.0 && has_names).then_some(left + 150.0);
        let what = who.map_or(left + 150.0, |who| who + 92.0);
        let right = rect.right() - 10.0;
        let place = (rect.width() > 560.0).then_some(what + (right - what) * 0.58);
        Self { when: left, who, what, place, mentions: right }
    }
}

pub fn list_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut ListState, out: &mut Vec<Command>) {
    let past = &scene.state.past;
    ui.spacing_mut().item_spacing.y = 0.0;
    head_ui(ui, scene);
    let at = past.row();
    keys_ui(ui, scene, at.unwrap_or(0), out);
    let mut area = ScrollArea::vertical().id_salt("history").auto_shrink(false);
    if past.at != state.revealed {
        state.revealed = past.at;
        if let Some(row) = at {
            area = keep_in_sight(ui, area, row);
        }
    }
    let has_keys = scene.state.stage.pane == Pane::Page;
    area.show_rows(ui, ROW, past.rows.len(), |ui, range| {
        for row in range {
            let place = past.rows[row];
            let Some(entry) = scene.state.history().entries().get(place) else { continue };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
            row_ui(ui, scene, entry, rect, &response, Some(row) == at, has_keys);
            if response.clicked() {
                out.push(Command::Screen(Screen::Pane(Pane::Page)));
                out.push(Command::Recall(Recall::Entry(place)));
            }
            if response.double_clicked() {
                out.push(Command::Recall(Recall::OpenEntry));
            }
        }
    });
}

fn keep_in_sight(ui: &Ui, area: ScrollArea, row: usize) -> ScrollArea {
    let id = ui.make_persistent_id(egui::IdSalt::new("history"));
    let offset = egui::scroll_area::State::load(ui.ctx(), id).map_or(0.0, |state| state.clamped_offset().y);
    let height = ui.available_height();
    let top = row as f32 * ROW;
    if top < offset || top + ROW > offset + height { area.vertical_scroll_offset((top - height / 2.0 + ROW / 2.0).max(0.0)) } else { area }
}

/// Arrows, paging, Enter.
fn keys_ui(ui: &Ui, scene: &Scene<'_>, at: usize, out: &mut Vec<Command>) {
    let is_theirs =
        scene.state.stage.dialog.is_some_and(Dialog::is_modal) || ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx());
    if scene.state.stage.pane != Pane::Page || is_theirs {
        return;
    }
    let rows = &scene.state.past.rows;
    let last = rows.len().saturating_sub(1);
    let page = ((ui.available_height() / ROW) as usize).max(1);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let moves = [
        (Key::ArrowUp, at.saturating_sub(1)),
        (Key::ArrowDown, at + 1),
        (Key::PageUp, at.saturating_sub(page)),
        (Key::PageDown, at + page),
        (Key::Home, 0),
        (Key::End, last),
    ];
    for (key, to) in moves {
        if pressed(key)
            && let Some(place) = rows.get(to.min(last))
        {
            out.push(Command::Recall(Recall::Entry(*place)));
        }
    }
    if pressed(Key::Enter) {
        out.push(Command::Recall(Recall::OpenEntry));
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let columns = Columns::of(rect, scene);
    let heads = [
        ("When (UTC)", Some(columns.when), Align2::LEFT_CENTER),
        ("Who", columns.who, Align2::LEFT_CENTER),
        ("What", Some(columns.what), Align2::LEFT_CENTER),
        ("Article", columns.place, Align2::LEFT_CENTER),
        ("Mentions", Some(columns.mentions), Align2::RIGHT_CENTER),
    ];
    for (text, x, align) in heads {
        let Some(x) = x else { continue };
        let mut format = egui::TextFormat::simple(fonts::sans_strong(10.5), scene.tokens.soft);
        format.extra_letter_spacing = 0.6;
        let galley = ui.painter().layout_job(egui::text::LayoutJob::single_section(text.to_uppercase(), format));
        let head = align.anchor_size(pos2(x, rect.center().y), galley.size());
        ui.painter().galley(head.min, galley, scene.tokens.soft);
    }
    widgets::rule_ui(ui, &scene.tokens);
}

fn row_ui(ui: &Ui, scene: &Scene<'_>, entry: &Entry, rect: Rect, response: &egui::Response, is_current: bool, has_keys: bool) {
    let tokens = &scene.tokens;
    let Entry { edit, fate } = entry;
    let is_in_force = *fate == Fate::Done;
    response.widget_info(|| {
        let fate = if is_in_force { String::new() } else { format!(", {}", fate.words()) };
        let words = format!("{}, {}, {}{fate}", edit.describe(), who(&edit.by), when(edit.at));
        WidgetInfo::selected(Role::Row, true, is_current, words)
    });
    let painter = ui.painter_at(rect);
    if is_current || response.hovered() {
        painter.rect_filled(rect, 0.0, if is_current { tokens.panel } else { tokens.hover });
    }
    if is_current {
        painter.rect_filled(rect.with_max_x(rect.left() + 2.5), 0.0, if has_keys { tokens.accent } else { tokens.faint });
    }
    painter.rect_filled(rect.with_min_y(rect.bottom() - 1.0), 0.0, tokens.line);
    let columns = Columns::of(rect, scene);
    let y = rect.center().y;
    let ink = if is_in_force { tokens.ink } else { tokens.soft };
    let write = |x: f32, to: f32, text: &str, font: FontId, colour| {
        let galley = widgets::elided(ui, text, font, colour, to - x);
        let size = galley.size();
        painter.galley(pos2(x, y - size.y / 2.0), galley, colour);
        x + size.x
    };
    write(columns.when, columns.what, &when(edit.at), fonts::sans(12.5), tokens.soft);
    if let Some(x) = columns.who {
        write(x, columns.what - 10.0, who(&edit.by), fonts::sans(12.5), if edit.by.is_empty() { tokens.soft } else { ink });
    }
    let end_of_places = columns.mentions - 46.0;
    let room = columns.place.map_or(end_of_places, |place| place - 16.0);
    let verb_end = write(columns.what, room, edit.verb.words(), fonts::sans_medium(13.0), ink);
    let tail = if edit.label.is_some() { 90.0 } else { 0.0 };
    let quote_end = write(verb_end + 7.0, (room - tail).max(verb_end + 20.0), &flat(&edit.what), fonts::serif(15.0), ink);
    let mut end = if edit.what.is_empty() { verb_end } else { quote_end };
    if let Some(label) = &edit.label {
        let tag = scene.tags.get(label);
        let dot = Rect::from_center_size(pos2(end + 12.0, y), vec2(8.0, 8.0));
        painter.rect_filled(dot, 2.0, if is_in_force { tag.line } else { tokens.faint });
        end = write(end + 20.0, room, label.as_str(), fonts::sans(11.5), if is_in_force { tag.line } else { tokens.soft });
    }
    if !is_in_force {
        painter.hline(columns.what..=end, y + 0.5, Stroke::new(1.0, tokens.soft));
        if end + 90.0 < room {
            write(end + 10.0, room, fate.words(), fonts::sans(11.5), tokens.soft);
        }
    }
    if let Some(x) = columns.place {
        write(x, end_of_places, &flat(title_of(entry, scene.state.session())), fonts::sans(12.5), tokens.soft);
    }
    let mentions = edit.mention_count();
    if mentions > 0 {
        painter.text(pos2(columns.mentions, y), Align2::RIGHT_CENTER, grouped(mentions), fonts::sans(13.0), ink);
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
