//! What of the text is shown around a place.

use crate::text::Span;

/// How many bytes of a line are shown on either side of an occurrence.
pub(super) const CONTEXT_BYTES: usize = 140;

/// What of the line around `span` lies within [`CONTEXT_BYTES`] of it.
pub fn context(text: &str, span: Span) -> Span {
    let near = near(text, span, CONTEXT_BYTES);
    let before = &text[near.start as usize..span.start as usize];
    let after = &text[span.end as usize..near.end as usize];
    let start = before.rfind('\n').map_or(near.start, |at| near.start + at as u32 + 1);
    let end = after.find(['\n', '\r']).map_or(near.end, |at| span.end + at as u32);
    Span { start, end }
}

/// `span` and up to `reach` bytes on either side, cut at characters.
pub(super) fn near(text: &str, span: Span, reach: usize) -> Span {
    let range = span.range();
    let start = text.ceil_char_boundary(range.start.saturating_sub(reach)).min(range.start);
    let end = text.floor_char_boundary(range.end.saturating_add(reach).min(text.len())).max(range.end);
    Span::new(start, end)
}
