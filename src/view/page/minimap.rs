//! The strip beside the scroll bar: one tick a mention in its hue, matches, and the focus in the accent.

use std::ops::Range;

use eframe::egui::epaint::Mesh;
use eframe::egui::{Color32, CornerRadius, CursorIcon, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2, vec2};

use super::super::theme::{Tags, Tokens, mix};
use super::blocks::Column;
use super::sheet::Page;
use crate::annotation::State;

/// Room at the right of the page for the strip and the scroll bar.
pub const ROOM: f32 = 30.0;

/// Draws the strip; returns the place (points from the top of the column) that was clicked or dragged to.
/// `view` is what is on screen, in the same measure.
pub fn minimap_ui(ui: &Ui, page: &Page<'_>, column: &Column, outer: Rect, view: Range<f32>, tokens: &Tokens) -> Option<f32> {
    let strip = Rect::from_min_max(pos2(outer.right() - 24.0, outer.top() + 10.0), pos2(outer.right() - 14.0, outer.bottom() - 10.0));
    if strip.height() < 40.0 {
        return None;
    }
    let height = column.height().max(1.0);
    // A short article fills the strip only as far as it fills the screen.
    let scale = strip.height() / height.max(view.end - view.start);
    let response = ui.interact(strip.expand2(vec2(2.0, 0.0)), ui.unique_id().with("minimap"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Overview of the article"));
    let painter = ui.painter_at(strip.expand(3.0));
    painter.rect_filled(strip, CornerRadius::same(4), mix(tokens.page, tokens.line, 0.55));
    if height * scale >= strip.height() - 1.0 && height > view.end - view.start {
        let window = Rect::from_min_max(
            pos2(strip.left(), strip.top() + view.start.max(0.0) * scale),
            pos2(strip.right(), strip.top() + view.end.min(height) * scale),
        );
        painter.rect_filled(window, CornerRadius::same(4), tokens.line);
    }
    let ticks = ticks(page, column, strip.height(), scale, &Tags::of(tokens, page.scheme), tokens);
    let mut mesh = Mesh::default();
    for (y, tick) in ticks.iter().enumerate() {
        let Some(tick) = tick else { continue };
        let y = strip.top() + y as f32;
        let rect = Rect::from_min_max(pos2(strip.left() + tick.inset, y), pos2(strip.right() - tick.inset, y + tick.height));
        mesh.add_colored_rect(rect, tick.colour);
    }
    painter.add(Shape::mesh(mesh));
    let focus = page.focus.and_then(|id| page.article.mention(id)).map(|mention| mention.span.start);
    if let Some(at) = focus {
        let y = strip.top() + place(column, at) * scale;
        painter.rect_filled(Rect::from_center_size(pos2(strip.center().x, y), vec2(strip.width() + 4.0, 4.0)), 1.0, tokens.accent);
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    let pointed = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged());
    pointed.map(|at| (at.y - strip.top()) / scale)
}

#[derive(Clone, Copy)]
struct Tick {
    colour: Color32,
    inset: f32,
    height: f32,
    rank: u8,
}

/// One tick a point of height at most, however many mentions there are: what is open wins over what is settled.
fn ticks(page: &Page<'_>, column: &Column, height: f32, scale: f32, tags: &Tags, tokens: &Tokens) -> Vec<Option<Tick>> {
    let mut ticks: Vec<Option<Tick>> = vec![None; height.ceil().max(1.0) as usize];
    let mut put = |at: u32, tick: Tick| {
        let y = (place(column, at) * scale) as usize;
        if let Some(slot) = ticks.get_mut(y)
            && slot.is_none_or(|there| there.rank < tick.rank)
        {
            *slot = Some(tick);
        }
    };
    for mention in page.article.living() {
        let line = tags.get(&mention.label).line;
        let is_open = mention.state == State::Suggested;
        let colour = if is_open { line } else { mix(tokens.page, line, 0.45) };
        put(mention.span.start, Tick { colour, inset: 0.5, height: if is_open { 2.0 } else { 1.0 }, rank: 1 + u8::from(is_open) });
    }
    for hit in page.hits {
        put(hit.start, Tick { colour: tokens.hit_current, inset: 2.5, height: 2.0, rank: 3 });
    }
    ticks
}

/// Where a byte stands in the column, in points from its top; within a block by its share of the text.
fn place(column: &Column, at: u32) -> f32 {
    let i = column.block_at(at as usize);
    let Some(block) = column.blocks.get(i) else { return 0.0 };
    let share = f64::from(at.saturating_sub(block.span.start)) / block.span.len().max(1) as f64;
    column.top(i) + (column.bottom(i) - column.top(i)) * share.min(1.0) as f32
}
