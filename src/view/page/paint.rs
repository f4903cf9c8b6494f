//! Paints the page: fills, selection and focus ring, then the letters, then the lines under and through them.
//!
//! A state is told by form as well as by colour: suggested is a dashed underline, confirmed a solid tint, rejected a thin
//! strike (when asked for). What shares words with another mention has its underline in a lane of its own.

use eframe::egui::epaint::{Mesh, RectShape};
use eframe::egui::{self, Color32, CornerRadius, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::super::attention;
use super::super::theme::{Tag, Tags, Tokens};
use super::blocks::Voice;
use super::chip;
use super::geometry;
use super::sheet::{Page, PageAction, looked_at};
use super::shown::{PlacedPiece, Shown, ShownMention};
use crate::annotation::{MentionId, State};

/// Flat rectangles gathered into one shape.
#[derive(Default)]
struct Fills(Mesh);

impl Fills {
    fn add(&mut self, rect: Rect, colour: Color32) {
        self.0.add_colored_rect(rect, colour);
    }

    fn dashes(&mut self, from: Pos2, to_x: f32, width: f32, colour: Color32) {
        const DASH: f32 = 4.5;
        const STEP: f32 = 7.5;
        // Whole dashes with equal gaps, so that no line ends in a crumb.
        let length = to_x - from.x;
        let n = ((length + STEP - DASH) / STEP).round().max(1.0);
        let step = if n > 1.0 { (length - DASH) / (n - 1.0) } else { 0.0 };
        let dash = if n > 1.0 { DASH } else { length };
        for i in 0..n as usize {
            let x = from.x + step * i as f32;
            self.add(Rect::from_min_size(pos2(x, from.y), vec2(dash, width)), colour);
        }
    }

    fn paint(self, painter: &Painter) {
        if !self.0.is_empty() {
            painter.add(Shape::mesh(self.0));
        }
    }
}

/// Draws what is on screen. `pointer` is where the pointer hovers.
pub fn page_ui(ui: &Ui, page: &Page<'_>, shown: &Shown<'_>, tokens: &Tokens, tags: &Tags, pointer: Option<Pos2>) {
    let painter = ui.painter();
    let ppp = ui.ctx().pixels_per_point();
    let mut under = Fills::default();
    for block in &shown.blocks {
        if block.voice == Voice::Caption {
            let x = block.origin.x - 16.0;
            under.add(Rect::from_min_size(pos2(x, block.origin.y), vec2(2.0, block.rect().height())), tokens.line);
        }
    }
    under.paint(painter);
    for mention in shown.mentions.iter().filter(|mention| mention.mention.is_confirmed()) {
        let tint = tags.get(&mention.mention.label).tint;
        for piece in &mention.pieces {
            painter.add(RectShape::filled(piece.rect.expand2(vec2(1.5, 0.0)), corners(piece, 3), tint));
        }
    }
    let mut marks = Fills::default();
    let first = page.hits.partition_point(|hit| shown.span().is_some_and(|seen| hit.end <= seen.start));
    for hit in page.hits[first..].iter().take_while(|hit| shown.span().is_some_and(|seen| hit.start < seen.end)) {
        let colour = if page.current_hit == Some(*hit) { tokens.hit_current } else { tokens.hit };
        shown.pieces(*hit).iter().for_each(|piece| marks.add(piece.rect, colour));
    }
    for piece in page.selection.map(|span| shown.pieces(span)).unwrap_or_default() {
        marks.add(piece.row, tokens.selection);
    }
    marks.paint(painter);
    attend(ui, page, shown);
    let focused = shown.mentions.iter().find(|mention| page.focus == Some(mention.mention.id));
    if let Some(focused) = focused {
        ring(painter, focused, tokens);
    }
    for block in &shown.blocks {
        painter.galley(block.origin, block.letters.galley.clone(), ink(block.voice, tokens));
    }
    let mut over = Fills::default();
    for mention in &shown.mentions {
        underline(&mut over, mention, tags.get(&mention.mention.label), tokens, ppp);
    }
    over.paint(painter);
    caret(painter, page, shown, tokens);
    if let Some(focused) = focused {
        chip::focus_ui(ui, page, shown, focused, tokens);
    }
    let hovered = pointer.and_then(|at| shown.mentions_at(at).first().map(|mention| mention.mention.id));
    let hovered =
        hovered.filter(|id| page.focus != Some(*id)).and_then(|id| shown.mentions.iter().find(|mention| mention.mention.id == id));
    if let Some(hovered) = hovered {
        chip::hover_ui(ui, page, shown, hovered, tags.get(&hovered.mention.label), tokens);
    }
}

/// Says where the words are that the analyst looks at.
fn attend(ui: &Ui, page: &Page<'_>, shown: &Shown<'_>) {
    let pieces = looked_at(page).map(|span| shown.pieces(span)).unwrap_or_default();
    pieces.iter().for_each(|piece| attention::is_at(ui.ctx(), piece.row));
}

fn ink(voice: Voice, tokens: &Tokens) -> Color32 {
    match voice {
        Voice::Headline | Voice::Body => tokens.ink,
        Voice::Aside | Voice::Caption | Voice::Imprint | Voice::Boilerplate => tokens.soft,
    }
}

/// Round where the mention ends, square where it goes on in another row.
fn corners(piece: &PlacedPiece, radius: u8) -> CornerRadius {
    let left = if piece.ends_left { radius } else { 0 };
    let right = if piece.ends_right { radius } else { 0 };
    CornerRadius { nw: left, sw: left, ne: right, se: right }
}

/// Around the words, open where they go on in another row.
fn ring(painter: &Painter, mention: &ShownMention<'_>, tokens: &Tokens) {
    let stroke = Stroke::new(2.0, tokens.accent);
    for piece in &mention.pieces {
        let rect = piece.rect.expand2(vec2(3.0, 1.0)).with_max_y(piece.rect.bottom() + 1.0 + lane_offset(mention.tag_lane));
        if piece.ends_left && piece.ends_right {
            painter.add(RectShape::stroke(rect, CornerRadius::same(5), stroke, StrokeKind::Middle));
            continue;
        }
        let (left, right) = (rect.x_range().min, rect.x_range().max);
        let mut line = Vec::new();
        if piece.ends_left {
            line.extend([rect.right_top(), pos2(left + 3.0, rect.top()), pos2(left, rect.top() + 3.0)]);
            line.extend([pos2(left, rect.bottom() - 3.0), pos2(left + 3.0, rect.bottom()), rect.right_bottom()]);
            painter.add(Shape::line(line, stroke));
        } else if piece.ends_right {
            line.extend([rect.left_top(), pos2(right - 3.0, rect.top()), pos2(right, rect.top() + 3.0)]);
            line.extend([pos2(right, rect.bottom() - 3.0), pos2(right - 3.0, rect.bottom()), rect.left_bottom()]);
            painter.add(Shape::line(line, stroke));
        } else {
            painter.hline(rect.x_range(), rect.top(), stroke);
            painter.hline(rect.x_range(), rect.bottom(), stroke);
        }
    }
}

fn lane_offset(lane: usize) -> f32 {
    // More than four lanes would run into the next row.
    3.0 * lane.min(3) as f32
}

fn underline(over: &mut Fills, mention: &ShownMention<'_>, tag: Tag, tokens: &Tokens, ppp: f32) {
    let snap = |y: f32| (y * ppp).round() / ppp;
    for piece in &mention.pieces {
        let y = snap(piece.baseline + 0.22 * piece.size + lane_offset(mention.tag_lane));
        let width = snap(if piece.size > 24.0 { 2.0 } else { 1.7 }).max(1.0 / ppp);
        if mention.mention.is_contested() {
            // A line and a dashed one: two verdicts.
            over.dashes(pos2(piece.rect.left(), y), piece.rect.right(), width, tag.line);
            let y = y + 2.0 * width;
            over.add(Rect::from_min_max(pos2(piece.rect.left(), y), pos2(piece.rect.right(), y + width)), tokens.accent);
        }
        match mention.mention.state {
            State::Suggested if mention.mention.is_contested() => {}
            State::Suggested => over.dashes(pos2(piece.rect.left(), y), piece.rect.right(), width, tag.line),
            State::Confirmed if mention.tag_lane > 0 => {
                over.add(Rect::from_min_max(pos2(piece.rect.left(), y), pos2(piece.rect.right(), y + width)), tag.line);
            }
            State::Confirmed => {}
            State::Rejected => {
                let y = snap(piece.baseline - 0.24 * piece.size);
                over.add(Rect::from_min_max(pos2(piece.rect.left(), y), pos2(piece.rect.right(), y + 1.0)), tokens.soft);
            }
        }
    }
}

fn caret(painter: &Painter, page: &Page<'_>, shown: &Shown<'_>, tokens: &Tokens) {
    let Some(at) = page.caret else { return };
    let Some(block) = shown.blocks.iter().rfind(|block| !block.is_own && block.part.span.start as usize <= at) else { return };
    let Some(rect) = geometry::caret(&block.letters, block.part, at) else { return };
    let rect = rect.translate(block.origin.to_vec2());
    painter.rect_filled(Rect::from_center_size(rect.center(), vec2(2.0, rect.height() - 4.0)), 1.0, tokens.accent);
}

/// Names blocks and mentions for screen readers, and takes their clicks.
pub fn name_parts(ui: &Ui, page: &Page<'_>, shown: &Shown<'_>, actions: &mut Vec<PageAction>) {
    let base = ui.unique_id();
    for block in &shown.blocks {
        let id = base.with(("block", block.part.span.start, block.is_own, block.voice as u8));
        let rect = block.rect().intersect(ui.clip_rect());
        ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Label, true, block.text));
    }
    let asked = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::AccessKitActionRequest(_))));
    for mention in &shown.mentions {
        let Some(piece) = mention.pieces.first() else { continue };
        let id = mention_id(base, mention.mention.id);
        let response = ui.interact(piece.rect.intersect(ui.clip_rect()), id, Sense::hover());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Button, true, name(page, mention));
            info.selected = Some(page.focus == Some(mention.mention.id));
            info
        });
        ui.ctx().accesskit_node_builder(id, |node| {
            node.add_action(egui::accesskit::Action::Click);
            // Not in the name: one decision would rename every mention behind it.
            if !mention.mention.is_rejected() {
                node.set_position_in_set(mention.number - 1);
                node.set_size_of_set(shown.living);
            }
        });
        if asked && ui.input(|input| input.has_accesskit_action_request(id, egui::accesskit::Action::Click)) {
            actions.push(PageAction::Focus(mention.mention.id));
        }
    }
}

fn mention_id(base: egui::Id, id: MentionId) -> egui::Id {
    base.with(("mention", id))
}

/// `PERSON Angela Merkel, suggested`.
fn name(page: &Page<'_>, shown: &ShownMention<'_>) -> String {
    let mention = shown.mention;
    let contested = if mention.is_contested() { ", contested" } else { "" };
    format!("{} {}, {}{contested}", mention.label, page.article.quote(mention.span), mention.state.as_str())
}
