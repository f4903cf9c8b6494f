//! From places in a block's text to places on the page, and back.

use eframe::egui::{Galley, Pos2, Rect};

use super::super::letters::{Letters, Piece};
use crate::text::Span;

/// The pieces that `part` of `block` (both in bytes of the article) has on the page, relative to the block.
pub fn pieces(letters: &Letters, block: Span, part: Span) -> Vec<Piece> {
    let start = part.start.max(block.start);
    let end = part.end.min(block.end);
    if start >= end {
        return Vec::new();
    }
    let mut pieces = letters.pieces((start - block.start) as usize, (end - block.start) as usize);
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
pub fn byte_at(letters: &Letters, block: Span, at: Pos2) -> Option<usize> {
    letters.place(at).map(|byte| block.start as usize + byte)
}

/// The first byte of the character under `at`, or nearest to it.
pub fn char_at(letters: &Letters, block: Span, at: Pos2) -> Option<usize> {
    letters.under(at).map(|bytes| block.start as usize + bytes.start)
}

/// Where a caret before the byte at `offset` stands, relative to the block.
pub fn caret(letters: &Letters, block: Span, offset: usize) -> Option<Rect> {
    letters.caret(offset.saturating_sub(block.start as usize))
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
