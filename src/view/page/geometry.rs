//! From places in a block's text to places on the page, and back.

use eframe::egui::{Galley, Pos2, Rect};

use super::super::letters::{Letters, Piece};
use crate::text::Span;
use crate::text::flow::Flowed;

/// What of the article a block shows.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub span: Span,
    /// Where it reads otherwise than it stands.
    pub flowed: Option<&'a Flowed>,
}

impl Part<'_> {
    /// Where the byte at `offset` of the article is shown.
    pub fn shown_at(&self, offset: u32) -> usize {
        match self.flowed {
            Some(flowed) => flowed.read_at(offset) as usize,
            None => offset.saturating_sub(self.span.start) as usize,
        }
    }

    /// The bytes of the article that a stretch of what is shown comes from.
    pub fn stored(&self, shown: Span) -> Span {
        match self.flowed {
            Some(flowed) => flowed.stored(shown),
            None => Span { start: self.span.start + shown.start, end: self.span.start + shown.end },
        }
    }

    /// The byte of the article that is shown at `shown`.
    fn byte_at(&self, shown: usize) -> usize {
        match self.flowed {
            Some(flowed) => flowed.start_of(shown as u32) as usize,
            None => self.span.start as usize + shown,
        }
    }
}

/// The pieces that `part` of `block` (both in bytes of the article) has on the page, relative to the block.
pub fn pieces(letters: &Letters, block: Part<'_>, part: Span) -> Vec<Piece> {
    let start = part.start.max(block.span.start);
    let end = part.end.min(block.span.end);
    if start >= end {
        return Vec::new();
    }
    let mut pieces = letters.pieces(block.shown_at(start), block.shown_at(end));
    // What the block does not hold goes on in another block.
    if let Some(first) = pieces.first_mut() {
        first.ends_left &= start == part.start;
    }
    if let Some(last) = pieces.last_mut() {
        last.ends_right &= end == part.end;
    }
    pieces
}

/// The byte of the article nearest to `at`, which is relative to the block; `None` where nothing can be pointed at.
pub fn byte_at(letters: &Letters, block: Part<'_>, at: Pos2) -> Option<usize> {
    letters.place(at).map(|byte| block.byte_at(byte))
}

/// The first byte of the character under `at`, or nearest to it.
pub fn char_at(letters: &Letters, block: Part<'_>, at: Pos2) -> Option<usize> {
    letters.under(at).map(|bytes| block.byte_at(bytes.start))
}

/// Where a caret before the byte at `offset` stands, relative to the block.
pub fn caret(letters: &Letters, block: Part<'_>, offset: usize) -> Option<Rect> {
    letters.caret(block.shown_at(offset as u32))
}

/// Whether any letter of `galley` is drawn inside `area` (relative to the block): a label must not lie there.
pub fn has_letters(galley: &Galley, area: Rect) -> bool {
    let rows = galley.rows.iter().filter(|row| row.max_y() > area.top() && row.min_y() < area.bottom());
    rows.flat_map(|row| row.glyphs.iter().map(move |glyph| (row, glyph))).any(|(row, glyph)| {
        // From the height of capitals to the depth of descenders.
        let baseline = row.pos.y + glyph.pos.y;
        let size = glyph.font_face_height.min(glyph.font_height);
        let x = row.pos.x + glyph.pos.x;
        !glyph.chr.is_whitespace()
            && x < area.right()
            && x + glyph.advance_width > area.left()
            && baseline - 0.58 * size < area.bottom()
            && baseline + 0.2 * size > area.top()
    })
}
