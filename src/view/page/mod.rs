//! The page: an article to read, with its mentions drawn on it, and everything that the pointer can do there.
//!
//! Draws and reports, changes nothing. Only what is on screen is laid out. Marks are painted from the geometry of the
//! text, below the letters, so that no mark hides a letter and none moves one. Places are bytes of the article
//! throughout, so that a selection means the same at every width and zoom.
//!
//! The page scrolls by itself only when what the analyst looks at leaves the middle half of it.

mod blocks;
mod chip;
mod geometry;
mod lanes;
mod minimap;
mod paint;
mod pick;
mod pointer;
mod sheet;
mod shown;

use eframe::egui::{self, Rect, ScrollArea, Sense, Ui, pos2};

pub use blocks::readable_date;
pub use chip::state_words;
pub use sheet::{Page, PageAction};

use super::theme::{Tags, Tokens};
use crate::annotation::Article;
use crate::text::Span;
use blocks::Column;
use pointer::Drag;
use sheet::looked_at;
use shown::Shown;

/// What the page remembers between frames.
#[derive(Default)]
pub struct PageState {
    column: Option<Column>,
    drag: Option<Drag>,
    /// What the page was last scrolled to, so that it moves only when the analyst does.
    revealed: Option<Span>,
    article: Option<crate::annotation::ArticleId>,
    /// The block at the top of the screen and how far it is scrolled past, so that heights learnt late move nothing.
    anchor: Option<(usize, f32)>,
    /// Where to scroll to in the next frame.
    scroll_to: Option<f32>,
    seen: Option<Span>,
    /// A selection made with the pointer: labels are offered beside it.
    pub offer: Option<(Span, Rect)>,
}

impl PageState {
    /// Scrolls by so many points; an infinite way goes to the beginning or end.
    pub fn scroll_by(&mut self, points: f32) {
        if let (Some(column), Some((block, past))) = (&self.column, self.anchor) {
            let offset = column.top(block) + past + TOP_MARGIN + points;
            self.scroll_to = Some(offset.clamp(0.0, column.height() + TOP_MARGIN));
        }
    }

    /// Whether a selection is being drawn with the pointer.
    pub fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// Brings what the analyst looks at into sight even where the pointer chose it.
    pub fn reveal(&mut self) {
        self.revealed = None;
    }

    /// The byte in the row above or below the one at `offset`, at the same distance from the left.
    pub fn line_beside(&self, article: &Article, offset: usize, up: bool, ctx: &egui::Context) -> Option<usize> {
        let column = self.column.as_ref()?;
        let i = column.block_at(offset);
        let block = column.blocks.get(i)?;
        let letters = column.letters(i, article, ctx);
        let at = geometry::caret(&letters, block.part(), offset)?;
        let y = if up { at.top() - at.height() / 2.0 } else { at.bottom() + at.height() / 2.0 };
        if (0.0..letters.galley.rect.height()).contains(&y) {
            return geometry::byte_at(&letters, block.part(), pos2(at.left(), y));
        }
        let is_text = |i: &usize| column.blocks[*i].own.is_none();
        let next = if up { (0..i).rev().find(is_text)? } else { (i + 1..column.blocks.len()).find(is_text)? };
        let block = &column.blocks[next];
        let letters = column.letters(next, article, ctx);
        let y = if up { letters.galley.rect.bottom() - 1.0 } else { 1.0 };
        geometry::byte_at(&letters, block.part(), pos2(at.left(), y))
    }
}

pub struct PageResponse {
    pub actions: Vec<PageAction>,
    /// The whole page; context menus hang on it.
    pub response: egui::Response,
}

const TOP_MARGIN: f32 = 34.0;
const BOTTOM_MARGIN: f32 = 120.0;
/// Room that the column leaves on either side at least.
const SIDE: f32 = 30.0;

/// Draws the page into what is left of `ui`.
pub fn page_ui(ui: &mut Ui, page: &Page<'_>, state: &mut PageState) -> PageResponse {
    let tokens = Tokens::of(ui.ctx());
    let outer = ui.available_rect_before_wrap();
    ui.painter().rect_filled(outer, 0.0, tokens.page);
    let width = (page.measure * page.scale).min(outer.width() - 2.0 * SIDE - minimap::ROOM).max(120.0).floor();
    prepare(ui, page, state, width);
    let mut actions = Vec::new();
    keep_in_sight(page, state, outer.height(), ui.ctx());

    let mut area = ScrollArea::vertical().id_salt("page").auto_shrink(false).animated(false);
    if let Some(offset) = state.scroll_to.take() {
        area = area.vertical_scroll_offset(offset.max(0.0));
    }
    let output = area.show_viewport(ui, |ui, viewport| {
        let column = state.column.as_mut()?;
        let total = column.height() + TOP_MARGIN + BOTTOM_MARGIN;
        ui.set_height(total.max(viewport.height()));
        let left = ((outer.width() - minimap::ROOM - width) / 2.0).max(SIDE).round();
        let origin = pos2(ui.max_rect().left() + left, ui.max_rect().top() + TOP_MARGIN);
        let from = viewport.top() - TOP_MARGIN;
        let to = viewport.bottom() - TOP_MARGIN;
        column.measure_range(from, to, page.article, ui.ctx());

        let response = ui.interact(outer, ui.unique_id().with("page"), Sense::CLICK | Sense::DRAG);
        let tags = Tags::of(&tokens, page.scheme);
        let shown = Shown::new(page, column, from..to, origin, ui);
        paint::page_ui(ui, page, &shown, &tokens, &tags, response.hover_pos());
        pointer::act(ui, page, &shown, &response, &mut state.drag, &mut state.offer, &mut actions);
        paint::name_parts(ui, page, &shown, &mut actions);
        let first = column.visible(from, to).start;
        Some((response, shown.span(), (first, from - column.top(first))))
    });
    let offset = output.state.clamped_offset().y;
    let inner = output.inner;
    let response = match inner {
        Some((response, seen, anchor)) => {
            state.anchor = Some(anchor);
            if state.seen != seen {
                state.seen = seen;
                actions.extend(seen.map(PageAction::Saw));
            }
            response
        }
        None => ui.interact(outer, ui.unique_id().with("page"), Sense::CLICK),
    };
    if let Some(column) = &state.column {
        let view = offset - TOP_MARGIN..offset - TOP_MARGIN + outer.height();
        if let Some(y) = minimap::minimap_ui(ui, page, column, outer, view, &tokens) {
            state.scroll_to = Some(y - outer.height() / 2.0 + TOP_MARGIN);
            ui.request_repaint();
        }
    }
    // A focus that the pointer chose is on screen already; the page stays where it is.
    let chosen = actions.iter().any(|action| !matches!(action, PageAction::Saw(_)));
    state.drag = state.drag.take().filter(|_| ui.input(|input| input.pointer.any_down()));
    if chosen {
        state.article = Some(page.article.id.clone());
        state.revealed = Some(POINTED);
    }
    PageResponse { actions, response }
}

/// Stands for "wherever the pointer has just been": the next thing to look at is taken as seen.
const POINTED: Span = Span { start: u32::MAX, end: u32::MAX };

/// Makes the column fit article and width, keeping the place where the analyst reads.
fn prepare(ui: &Ui, page: &Page<'_>, state: &mut PageState, width: f32) {
    let ctx = ui.ctx();
    let is_other = state.article.as_ref() != Some(&page.article.id);
    if is_other {
        state.article = Some(page.article.id.clone());
        state.column = None;
        state.anchor = None;
        state.revealed = None;
        state.seen = None;
        state.offer = None;
        state.scroll_to = Some(0.0);
    }
    let fits = state.column.as_ref().is_some_and(|column| column.fits(page.article, width, page.scale, ctx));
    let mut moved = false;
    if !fits {
        // The block keeps its place across a new width, zone or size; its number may shift by a line or two.
        let at = state.anchor.and_then(|(block, _)| state.column.as_ref()?.blocks.get(block).map(|block| block.span.start));
        let column = Column::new(page.article, width, page.scale, ctx);
        if let (Some(at), Some((block, _))) = (at, state.anchor.as_mut()) {
            *block = column.block_at(at as usize);
            moved = true;
        }
        state.column = Some(column);
    }
    let Some(column) = state.column.as_mut() else {
        return;
    };
    moved |= column.measure_some(page.article, ctx);
    if !column.is_complete() {
        ctx.request_repaint();
    }
    if moved
        && !is_other
        && let Some((block, past)) = state.anchor
    {
        state.scroll_to = Some(column.top(block) + past + TOP_MARGIN);
    }
}

/// The scroll law: when what the analyst looks at has changed and lies outside the middle half of the page, it is
/// brought to the middle.
fn keep_in_sight(page: &Page<'_>, state: &mut PageState, height: f32, ctx: &egui::Context) {
    let Some(target) = looked_at(page) else {
        return;
    };
    let was = state.revealed.replace(target);
    if was == Some(target) || was == Some(POINTED) {
        return;
    }
    let Some(column) = state.column.as_mut() else {
        return;
    };
    let block = column.block_at(target.start as usize);
    let near = column.top(block);
    column.measure_range(near - height, near + height, page.article, ctx);
    let top = column.top(block);
    let letters = column.letters(block, page.article, ctx);
    let row = geometry::caret(&letters, column.blocks[block].part(), target.start as usize);
    let y = top + row.unwrap_or(letters.galley.rect).center().y;
    let offset = match (state.scroll_to, state.anchor) {
        (Some(offset), _) => offset,
        (None, Some((first, past))) => column.top(first) + past + TOP_MARGIN,
        (None, None) => 0.0,
    };
    let on_screen = y + TOP_MARGIN - offset;
    if on_screen < height * 0.25 || on_screen > height * 0.75 {
        let end = (column.height() + TOP_MARGIN + BOTTOM_MARGIN - height).max(0.0);
        state.scroll_to = Some((y + TOP_MARGIN - height * 0.5).clamp(0.0, end).round());
    }
}
