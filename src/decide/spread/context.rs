//! What of the text is shown around a place.

use crate::text::{Span, flow};

/// How many bytes of a line are shown on either side of an occurrence.
pub(super) const CONTEXT_BYTES: usize = 140;

/// What of the line around `span` lies within [`CONTEXT_BYTES`] of it, the line taken as it reads.
pub fn context(text: &str, span: Span) -> Span {
    flow::near(text, span, CONTEXT_BYTES)
}

/// `span` and up to `reach` bytes on either side, cut at characters.
pub(super) fn near(text: &str, span: Span, reach: usize) -> Span {
    let range = span.range();
    let start = text.ceil_char_boundary(range.start.saturating_sub(reach)).min(range.start);
    let end = text.floor_char_boundary(range.end.saturating_add(reach).min(text.len())).max(range.end);
    Span::new(start, end)
}
