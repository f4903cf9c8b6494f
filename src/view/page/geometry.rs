//! From places in a block's text to places on the page, and back.

use eframe::egui::epaint::text::cursor::CCursor;
use eframe::egui::text::CharIndex;
use eframe::egui::{Galley, Pos2, Rect, pos2};

use crate::text::Span;

/// A stretch of words on one row. In points, relative to the upper left corner of the block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// From the first letter to the last; the full height of the row.
    pub rect: Rect,
    pub baseline: f32,
    /// Whether the stretch begins and ends in this piece, or goes on from or to another row.
    pub is_first: bool,
    pub is_last: bool,
}

/// The pieces that `part` of `block` (both in bytes of the article, `text` the block's) has on the page.
pub fn pieces(galley: &Galley, text: &str, block: Span, part: Span) -> Vec<Piece> {
    let start = part.start.max(block.start);
    let end = part.end.min(block.end);
    if start >= end {
        return Vec::new();
    }
    let from = chars_before(text, (start - block.start) as usize);
    let to = from + chars_before(&text[(start - block.start) as usize..], (end - start) as usize);
    let mut pieces = Vec::new();
    let mut row_start = 0;
    for row in &galley.rows {
        let row_end = row_start + row.glyphs.len();
        let (a, b) = (from.max(row_start), to.min(row_end));
        if a < b {
            let glyphs = &row.glyphs[a - row_start..b - row_start];
            // A blank at the end of a wrapped row is no part of what is seen.
            let seen = glyphs.iter().rposition(|glyph| !glyph.chr.is_whitespace()).map_or(glyphs, |last| &glyphs[..=last]);
            if let (Some(first), Some(last)) = (seen.first(), seen.last()) {
                let min = pos2(row.pos.x + first.pos.x, row.min_y());
                let max = pos2(row.pos.x + last.max_x(), row.max_y());
                let baseline = row.pos.y + first.pos.y;
                pieces.push(Piece { rect: Rect::from_min_max(min, max), baseline, is_first: a == from, is_last: b == to });
            }
        }
        if row_end >= to {
            break;
        }
        row_start = row_end;
    }
    // What the block does not hold goes on in another block.
    if let Some(first) = pieces.first_mut() {
        first.is_first &= start == part.start;
    }
    if let Some(last) = pieces.last_mut() {
        last.is_last &= end == part.end;
    }
    pieces
}

/// The byte of the article nearest to `at`, which is relative to the block.
pub fn byte_at(galley: &Galley, text: &str, block: Span, at: Pos2) -> usize {
    let chars = galley.cursor_from_pos(at.to_vec2()).index.0;
    let within = text.char_indices().nth(chars).map_or(text.len(), |(byte, _)| byte);
    block.start as usize + within
}

/// Where a caret before the byte at `offset` stands, relative to the block.
pub fn caret(galley: &Galley, text: &str, block: Span, offset: usize) -> Rect {
    let index = CharIndex(chars_before(text, offset.saturating_sub(block.start as usize)));
    galley.pos_from_cursor(CCursor { index, prefer_next_row: true })
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

fn chars_before(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    if text.is_ascii() { byte } else { text[..byte].chars().count() }
}
