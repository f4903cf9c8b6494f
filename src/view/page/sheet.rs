//! What the page is asked to show, and what it reports.

use eframe::egui::{Rect, pos2, vec2};

use crate::annotation::{Article, MentionId, Scheme};
use crate::text::Span;

/// What the page shows.
pub struct Page<'a> {
    pub article: &'a Article,
    pub scheme: &'a Scheme,
    pub focus: Option<MentionId>,
    pub selection: Option<Span>,
    /// The byte that the caret stands before, in caret mode.
    pub caret: Option<usize>,
    /// Matches of the find bar, in order.
    pub hits: &'a [Span],
    pub current_hit: Option<Span>,
    pub shows_rejected: bool,
    /// Size of reading: 1 is 18.5 points.
    pub scale: f32,
    /// Width of the column at scale 1, in points.
    pub measure: f32,
}

/// What the analyst did on the page.
#[derive(Clone, PartialEq, Debug)]
pub enum PageAction {
    Focus(MentionId),
    /// Nothing is selected where this holds `None`.
    Select(Option<Span>),
    /// Clicked on words that are no mention.
    Place(usize),
    /// These bytes are on screen.
    Saw(Span),
}

/// What the analyst looks at: a selection (as a match that was stepped to is), the caret, or the mention in focus.
pub fn looked_at(page: &Page<'_>) -> Option<Span> {
    let caret = page.caret.map(|at| Span::new(at, at));
    let focus = || page.focus.and_then(|id| page.article.mention(id)).map(|mention| mention.span);
    page.selection.or(caret).or_else(focus)
}

/// The part of the screen beside the column where a chip never covers a letter.
pub fn margin(column_left: f32, outer: Rect) -> Rect {
    Rect::from_min_max(outer.min, pos2(column_left, outer.bottom())).shrink2(vec2(6.0, 0.0))
}
