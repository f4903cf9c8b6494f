//! What the pointer does on the page: a click focuses a mention, a drag selects whole words, two clicks a word, three a
//! sentence, Shift extends. Held Alt lets a drag stop at single characters.

use eframe::egui::{CursorIcon, PointerButton, Pos2, Rect, Response, Ui};

use super::sheet::{Page, PageAction};
use super::shown::{Shown, ShownBlock};
use super::{geometry, pick};
use crate::text::Span;

/// A selection that is being drawn.
pub struct Drag {
    /// The byte where it began, and the block around it.
    anchor: usize,
    block: Span,
}

pub fn act(
    ui: &Ui,
    page: &Page<'_>,
    shown: &Shown<'_>,
    response: &Response,
    drag: &mut Option<Drag>,
    offer: &mut Option<(Span, Rect)>,
    actions: &mut Vec<PageAction>,
) {
    if page.selection.is_none() || page.selection != offer.map(|(span, _)| span) && drag.is_none() {
        *offer = None;
    }
    set_cursor(ui, shown, response);
    let (is_shift, is_alt) = ui.input(|input| (input.modifiers.shift, input.modifiers.alt));
    if response.drag_started_by(PointerButton::Primary)
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
        && let Some(block) = shown.block_near(origin)
        && block.rect().expand(24.0).contains(origin)
    {
        let extended = page.selection.filter(|_| is_shift).map(|span| (span.start as usize, span));
        let begun = extended.or_else(|| Some((place(block, origin)?, block.part.span)));
        *drag = begun.map(|(anchor, block)| Drag { anchor, block });
    }
    if let (Some(drag), Some(at)) = (drag.as_ref(), response.interact_pointer_pos())
        && (response.dragged_by(PointerButton::Primary) || response.drag_stopped_by(PointerButton::Primary))
        && let Some(head) = shown.block_near(at)
        && let Some(to) = place(head, at)
    {
        let within = cover(drag.block, head.part.span);
        let pick = if is_alt { pick::by_characters } else { pick::by_tokens };
        let span = pick(&page.article.text, within, drag.anchor, to);
        if span != page.selection {
            actions.push(PageAction::Select(span));
        }
        *offer = span.map(|span| (span, anchor_rect(shown, span, at)));
        scroll_along(ui, at);
        return;
    }
    if response.secondary_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        let under = shown.mentions_at(at);
        let keeps_selection = page.selection.is_some_and(|span| shown.pieces(span).iter().any(|piece| piece.row.contains(at)));
        if let (Some(mention), false) = (under.first(), keeps_selection) {
            actions.push(PageAction::Focus(mention.mention.id));
        }
        return;
    }
    let Some(at) = response.interact_pointer_pos().filter(|_| response.clicked()) else {
        return;
    };
    let block = shown.block_near(at).filter(|block| block.rect().expand2(egui_reach()).contains(at));
    let Some(block) = block else {
        actions.push(PageAction::Select(None));
        return;
    };
    let (Some(byte), Some(letter)) = (place(block, at), char_under(block, at)) else {
        return;
    };
    let text = &page.article.text;
    let picked = if response.triple_clicked() {
        pick::sentence(text, block.part, letter)
    } else if response.double_clicked() {
        pick::word(text, block.part.span, letter)
    } else if is_shift {
        extend(page, block, byte)
    } else {
        None
    };
    if let Some(span) = picked {
        *offer = Some((span, anchor_rect(shown, span, at)));
        actions.push(PageAction::Select(Some(span)));
        return;
    }
    let under = shown.mentions_at(at);
    match page.focus.and_then(|focus| under.iter().position(|mention| mention.mention.id == focus)) {
        // Another click on the same words goes on to the mention around them.
        Some(i) => actions.push(PageAction::Focus(under[(i + 1) % under.len()].mention.id)),
        None => match under.first() {
            Some(mention) => actions.push(PageAction::Focus(mention.mention.id)),
            None => actions.push(PageAction::Place(letter)),
        },
    }
}

fn egui_reach() -> eframe::egui::Vec2 {
    eframe::egui::vec2(30.0, 8.0)
}

/// With Shift: from what is selected or in focus to the place that was clicked.
fn extend(page: &Page<'_>, block: &ShownBlock<'_>, byte: usize) -> Option<Span> {
    let focus = || page.focus.and_then(|id| page.article.mention(id)).map(|mention| mention.span);
    let from = page.selection.or_else(focus)?;
    let within = cover(from, block.part.span);
    let far = if byte < from.start as usize { from.end } else { from.start };
    pick::by_tokens(&page.article.text, within, far as usize, byte)
}

fn cover(a: Span, b: Span) -> Span {
    Span { start: a.start.min(b.start), end: a.end.max(b.end) }
}

fn place(block: &ShownBlock<'_>, at: Pos2) -> Option<usize> {
    geometry::byte_at(&block.letters, block.part, at - block.origin.to_vec2())
}

fn char_under(block: &ShownBlock<'_>, at: Pos2) -> Option<usize> {
    geometry::char_at(&block.letters, block.part, at - block.origin.to_vec2())
}

/// Where the labels are offered: below the selection's last words.
fn anchor_rect(shown: &Shown<'_>, span: Span, at: Pos2) -> Rect {
    shown.pieces(span).last().map_or(Rect::from_center_size(at, eframe::egui::Vec2::ZERO), |piece| piece.row)
}

fn set_cursor(ui: &Ui, shown: &Shown<'_>, response: &Response) {
    let Some(at) = response.hover_pos() else { return };
    if shown.blocks.iter().any(|block| block.rect().contains(at)) {
        let is_mention = !shown.mentions_at(at).is_empty() && !response.dragged();
        ui.ctx().set_cursor_icon(if is_mention { CursorIcon::PointingHand } else { CursorIcon::Text });
    }
}

/// A drag past the edge of the screen takes the page along.
fn scroll_along(ui: &Ui, at: Pos2) {
    let screen = ui.clip_rect();
    let over = (at.y - screen.bottom() + 16.0).max(0.0) + (at.y - screen.top() - 16.0).min(0.0);
    if over != 0.0 {
        ui.scroll_with_delta_animation(eframe::egui::vec2(0.0, -over * 0.4), eframe::egui::style::ScrollAnimation::none());
        ui.request_repaint();
    }
}
