//! The table of the views: headings that sort, rows of which only those on screen are painted, keys that move among them.
//!
//! Every column is at least as wide as its heading, so that headings never meet; what does not fit beside the others is
//! dropped, the least needed first. Who uses a table says what its columns are and paints the cells.

use std::sync::Arc;

use eframe::egui::{
    self, Align2, Color32, CursorIcon, FontId, Galley, Key, Modifiers, Painter, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo,
    pos2, vec2,
};

use super::scene::Scene;
use super::widgets::{elided, rule_ui};
use super::{attention, fonts};
use crate::workbench::{Dialog, Pane};

const HEAD: f32 = 26.0;
/// Between two columns.
const GAP: f32 = 16.0;
/// Left and right of all columns.
const EDGE: f32 = 10.0;

/// A column; `O` is what rows are ordered by.
pub struct Column<O> {
    pub head: &'static str,
    /// A shorter heading, for where there is no room for every column.
    pub brief: &'static str,
    /// Whether what stands in it ends at its right edge.
    pub is_right: bool,
    /// The room that its cells want at least.
    pub least: f32,
    /// Its share of the room that is left over.
    pub grows: f32,
    /// Where there is no room for all, the highest goes first; 0 always stays.
    pub rank: u8,
    /// What a click on its heading sorts by.
    pub order: Option<O>,
    pub hint: String,
}

impl<O> Column<O> {
    pub fn new(head: &'static str, least: f32) -> Self {
        Self { head, brief: head, is_right: false, least, grows: 0.0, rank: 0, order: None, hint: String::new() }
    }

    pub fn brief(self, brief: &'static str) -> Self {
        Self { brief, ..self }
    }

    pub fn right(self) -> Self {
        Self { is_right: true, ..self }
    }

    pub fn grows(self, grows: f32) -> Self {
        Self { grows, ..self }
    }

    pub fn rank(self, rank: u8) -> Self {
        Self { rank, ..self }
    }

    pub fn sorts(self, order: O, hint: String) -> Self {
        Self { order: Some(order), hint, ..self }
    }
}

/// What rows are ordered by now.
pub struct Sorted<O> {
    pub by: O,
    /// Whether the order is turned round; `None` where it cannot be.
    pub is_reversed: Option<bool>,
}

/// The rows of a table.
pub struct Rows<'r> {
    pub count: usize,
    pub height: f32,
    /// The one in focus.
    pub at: Option<usize>,
    /// What a screen reader is told of a row.
    pub name: &'r dyn Fn(usize) -> String,
    pub paint: &'r dyn Fn(usize, &Cells<'_>),
}

/// What the analyst did.
pub struct Told<O> {
    pub sorted: Option<O>,
    /// The row to go to, by key or click, and the heading over the click.
    pub row: Option<usize>,
    pub cell: Option<&'static str>,
    pub is_clicked: bool,
    pub is_double_clicked: bool,
    /// Enter was pressed.
    pub is_entered: bool,
}

/// What a table keeps between frames: what it was last scrolled to.
pub struct TableState<K> {
    revealed: Option<K>,
}

impl<K> Default for TableState<K> {
    fn default() -> Self {
        Self { revealed: None }
    }
}

/// The cells of one row, to be painted.
pub struct Cells<'c> {
    ui: &'c Ui,
    pub painter: Painter,
    row: Rect,
    layout: &'c Layout,
}

impl Cells<'_> {
    /// Where the cell under a heading lies; `None` where there is no room for the column.
    pub fn rect(&self, head: &str) -> Option<Rect> {
        let (left, right) = self.layout.named(head)?.span?;
        Some(Rect::from_x_y_ranges(left..=right, self.row.y_range()))
    }

    /// Words in a cell, cut where they do not fit.
    pub fn text(&self, head: &str, words: &str, font: FontId, colour: Color32) {
        if let Some((rect, place)) = self.rect(head).zip(self.layout.named(head)) {
            self.text_in(rect, place.is_right, words, font, colour);
        }
    }

    /// The same in a part of a cell. Answers with where they end.
    pub fn text_in(&self, rect: Rect, is_right: bool, words: &str, font: FontId, colour: Color32) -> f32 {
        let galley = elided(self.ui, words, font, colour, rect.width());
        let size = galley.size();
        let left = if is_right { rect.right() - size.x } else { rect.left() };
        self.painter.galley(pos2(left, rect.center().y - size.y / 2.0), galley, colour);
        left + size.x
    }
}

/// Where the columns lie.
struct Layout {
    places: Vec<Placed>,
}

struct Placed {
    head: &'static str,
    shown: &'static str,
    is_right: bool,
    /// From left to right edge; `None` where there is no room.
    span: Option<(f32, f32)>,
}

impl Layout {
    /// `width_of` tells how wide a heading is.
    fn of<O>(columns: &[Column<O>], left: f32, width: f32, width_of: impl Fn(&str) -> f32) -> Self {
        let room = (width - 2.0 * EDGE).max(0.0);
        let (mut is_brief, mut highest) = (false, u8::MAX);
        loop {
            let shown = |column: &Column<O>| if is_brief { column.brief } else { column.head };
            let least = |column: &Column<O>| column.least.max(width_of(shown(column)));
            let kept = || columns.iter().filter(|column| column.rank <= highest);
            let wanted: f32 = kept().map(least).sum();
            let gaps = GAP * kept().count().saturating_sub(1) as f32;
            let rank = kept().map(|column| column.rank).max().unwrap_or(0);
            if wanted + gaps > room && (!is_brief || rank > 0) {
                if is_brief {
                    highest = rank - 1;
                }
                is_brief = true;
                continue;
            }
            let growing: f32 = kept().map(|column| column.grows).sum();
            let more = (room - wanted - gaps).max(0.0) / growing.max(f32::MIN_POSITIVE);
            // With no room even for what always stays, everything shrinks alike.
            let scale = ((room - gaps) / wanted.max(1.0)).clamp(0.0, 1.0);
            let mut x = left + EDGE;
            let place = |column: &Column<O>| {
                let width = least(column) * scale + more * column.grows;
                let span = (column.rank <= highest).then_some((x, x + width));
                x += if span.is_some() { width + GAP } else { 0.0 };
                Placed { head: column.head, shown: shown(column), is_right: column.is_right, span }
            };
            return Self { places: columns.iter().map(place).collect() };
        }
    }

    fn named(&self, head: &str) -> Option<&Placed> {
        self.places.iter().find(|place| place.head == head)
    }

    fn at(&self, x: f32) -> Option<&'static str> {
        let has = |place: &&Placed| place.span.is_some_and(|(left, right)| (left - GAP / 2.0..right + GAP / 2.0).contains(&x));
        self.places.iter().find(has).map(|place| place.head)
    }
}

/// Draws a table into what is left of `ui`. `key` names the row in focus and the order: where it is another one, the row is
/// brought into sight.
pub fn table_ui<O: Copy + PartialEq, K: PartialEq>(
    ui: &mut Ui,
    scene: &Scene<'_>,
    id: &str,
    columns: &[Column<O>],
    sorted: Option<Sorted<O>>,
    rows: &Rows<'_>,
    (key, state): (Option<K>, &mut TableState<K>),
) -> Told<O> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    // The mark of the order has its room in every heading, so that none moves when another one sorts.
    let measured = |head: &str| heading(ui, &format!("{head} ↓"), Color32::BLACK).size().x;
    let layout = Layout::of(columns, head.left(), head.width(), |head| if head.is_empty() { 0.0 } else { measured(head) });
    let mut told = Told { sorted: None, row: None, cell: None, is_clicked: false, is_double_clicked: false, is_entered: false };
    told.sorted = heads_ui(ui, scene, columns, sorted.as_ref(), &layout, head);
    rule_ui(ui, &scene.tokens);
    keys_ui(ui, scene, rows, &mut told);
    let mut area = ScrollArea::vertical().id_salt(id).auto_shrink(false);
    if key != state.revealed {
        state.revealed = key;
        if let Some(row) = rows.at {
            area = keep_in_sight(ui, area, id, row, rows.height);
        }
    }
    let has_keys = matches!(scene.state.stage.pane, Pane::Page | Pane::List);
    area.show_rows(ui, rows.height, rows.count, |ui, range| {
        for row in range {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), rows.height), Sense::CLICK);
            let is_current = Some(row) == rows.at;
            response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_current, (rows.name)(row)));
            let painter = ui.painter_at(rect);
            ground(&painter, scene, rect, &response, is_current, has_keys);
            (rows.paint)(row, &Cells { ui, painter, row: rect, layout: &layout });
            if is_current {
                attention::is_at(ui.ctx(), rect);
            }
            if response.clicked() {
                (told.row, told.is_clicked) = (Some(row), true);
                told.cell = response.interact_pointer_pos().and_then(|at| layout.at(at.x));
            }
            told.is_double_clicked |= response.double_clicked();
        }
    });
    told
}

fn ground(painter: &Painter, scene: &Scene<'_>, rect: Rect, response: &Response, is_current: bool, has_keys: bool) {
    let tokens = &scene.tokens;
    if is_current || response.hovered() {
        painter.rect_filled(rect, 0.0, if is_current { tokens.panel } else { tokens.hover });
    }
    if is_current {
        let colour = if has_keys { tokens.accent } else { tokens.faint };
        painter.rect_filled(rect.with_max_x(rect.left() + 2.5), 0.0, colour);
    }
    painter.rect_filled(rect.with_min_y(rect.bottom() - 1.0), 0.0, tokens.line);
}

fn keep_in_sight(ui: &Ui, area: ScrollArea, id: &str, row: usize, row_height: f32) -> ScrollArea {
    let id = ui.make_persistent_id(egui::IdSalt::new(id));
    let offset = egui::scroll_area::State::load(ui.ctx(), id).map_or(0.0, |state| state.clamped_offset().y);
    let height = ui.available_height();
    let top = row as f32 * row_height;
    let is_there = top >= offset && top + row_height <= offset + height;
    if is_there { area } else { area.vertical_scroll_offset((top - height / 2.0 + row_height / 2.0).max(0.0)) }
}

/// Whether plain keys go to the rows.
pub fn has_keys(ui: &Ui, scene: &Scene<'_>) -> bool {
    let is_covered = scene.state.stage.dialog.is_some_and(Dialog::is_modal) || egui::Popup::is_any_open(ui.ctx());
    matches!(scene.state.stage.pane, Pane::Page | Pane::List) && !is_covered && !ui.ctx().text_edit_focused()
}

/// Arrows, paging, Enter; what decides comes as commands.
fn keys_ui<O>(ui: &Ui, scene: &Scene<'_>, rows: &Rows<'_>, told: &mut Told<O>) {
    if !has_keys(ui, scene) {
        return;
    }
    let last = rows.count.saturating_sub(1);
    let page = ((ui.available_height() / rows.height) as usize).max(1);
    let at = rows.at.unwrap_or(0);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, row) in [
        (Key::ArrowUp, at.saturating_sub(1)),
        (Key::ArrowDown, (at + 1).min(last)),
        (Key::PageUp, at.saturating_sub(page)),
        (Key::PageDown, (at + page).min(last)),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        if pressed(key) && row != at && row < rows.count {
            told.row = Some(row);
        }
    }
    told.is_entered = pressed(Key::Enter);
}

/// Draws the headings; answers with what a click on one sorts by.
fn heads_ui<O: Copy + PartialEq>(
    ui: &Ui,
    scene: &Scene<'_>,
    columns: &[Column<O>],
    sorted: Option<&Sorted<O>>,
    layout: &Layout,
    rect: Rect,
) -> Option<O> {
    let mut clicked = None;
    for (column, place) in columns.iter().zip(&layout.places) {
        let Some((left, right)) = place.span.filter(|_| !column.head.is_empty()) else { continue };
        let sorted = sorted.filter(|sorted| column.order == Some(sorted.by));
        let colour = if sorted.is_some() { scene.tokens.ink } else { scene.tokens.soft };
        let arrow = match sorted.and_then(|sorted| sorted.is_reversed) {
            Some(true) => " ↑",
            Some(false) => " ↓",
            None => "",
        };
        let galley = heading(ui, &format!("{}{arrow}", place.shown), colour);
        let (x, align) = if column.is_right { (right, Align2::RIGHT_CENTER) } else { (left, Align2::LEFT_CENTER) };
        let head = align.anchor_size(pos2(x, rect.center().y), galley.size());
        ui.painter().galley(head.min, galley, colour);
        let sense = if column.order.is_some() { Sense::CLICK } else { Sense::hover() };
        let response = ui.interact(head.expand2(vec2(4.0, 4.0)), ui.unique_id().with(("head", column.head)), sense);
        let is_reversed = sorted.is_some_and(|sorted| sorted.is_reversed == Some(true));
        let told = if is_reversed { format!("{}, turned round", column.head) } else { column.head.to_owned() };
        response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, sorted.is_some(), told.as_str()));
        if sorted.is_some() {
            let line = Rect::from_min_max(head.left_bottom() + vec2(0.0, 2.0), head.right_bottom() + vec2(0.0, 3.0));
            ui.painter().rect_filled(line, 0.0, scene.tokens.ink);
        }
        let Some(order) = column.order else { continue };
        if response.on_hover_text(&column.hint).on_hover_cursor(CursorIcon::PointingHand).clicked() {
            clicked = Some(order);
        }
    }
    clicked
}

fn heading(ui: &Ui, text: &str, colour: Color32) -> Arc<Galley> {
    let mut format = egui::TextFormat::simple(fonts::sans_strong(10.5), colour);
    format.extra_letter_spacing = 0.6;
    ui.painter().layout_job(egui::text::LayoutJob::single_section(text.to_uppercase(), format))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six points a letter.
    fn laid_out(columns: &[Column<u8>], width: f32) -> Layout {
        Layout::of(columns, 0.0, width, |head| 6.0 * head.len() as f32)
    }

    fn columns() -> Vec<Column<u8>> {
        vec![
            Column::new("Name", 80.0).grows(3.0),
            Column::new("Mentions", 20.0).right().rank(2),
            Column::new("Labels", 60.0).grows(1.0).rank(3),
            Column::new("One key settles", 30.0).brief("Settles").right(),
        ]
    }

    #[test]
    fn columns_never_meet_and_never_leave_the_table() {
        for width in (0..1600).map(|n| n as f32) {
            let layout = laid_out(&columns(), width);
            let spans: Vec<(f32, f32)> = layout.places.iter().filter_map(|place| place.span).collect();
            assert!(spans.len() >= 2, "what is needed stays: {width}");
            for pair in spans.windows(2) {
                assert!(pair[0].0 <= pair[0].1 && pair[0].1 + GAP <= pair[1].0 + 0.01, "{width}: {spans:?}");
            }
            assert!(width < 60.0 || spans[spans.len() - 1].1 <= width + 0.01, "{width}: {spans:?}");
            // Where there is room at all, each has its heading's.
            for (column, place) in columns().iter().zip(&layout.places) {
                let Some((left, right)) = place.span.filter(|_| width > 200.0) else { continue };
                assert!(right - left + 0.01 >= column.least.max(6.0 * place.shown.len() as f32), "{width}: {}", place.head);
            }
        }
    }

    #[test]
    fn without_room_headings_grow_short_and_then_the_least_needed_goes() {
        let shown = |width| {
            let layout = laid_out(&columns(), width);
            layout.places.iter().filter(|place| place.span.is_some()).map(|place| place.shown).collect::<Vec<_>>()
        };
        assert_eq!(shown(400.0), ["Name", "Mentions", "Labels", "One key settles"]);
        assert_eq!(shown(320.0), ["Name", "Mentions", "Labels", "Settles"]);
        assert_eq!(shown(260.0), ["Name", "Mentions", "Settles"]);
        assert_eq!(shown(180.0), ["Name", "Settles"]);
    }
}
