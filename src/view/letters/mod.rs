//! Letters: laid out text that knows which of its glyphs stand for which characters, in reading order.
//!
//! The layout below has more glyphs than characters in some scripts and sets words that run from the right in the order
//! of their letters in memory. Here every character a reader sees gets its place in a row, found and never guessed:
//! stretches of such scripts are laid out alone as well, and what they come to must add up. Where it does not, a text
//! has no places; it is drawn, and nothing on it can be pointed at.

mod cells;
mod cut;
mod field;
mod order;

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{self, Color32, FontId, Galley, Pos2, Rect, Ui, pos2};
use unicode_bidi::Level;

use cells::Cell;
pub use cut::Cut;
use cut::has_right_to_left;
pub use field::{Lines, field};

/// A text as it is drawn, and where its characters are.
pub struct Letters {
    /// What to paint.
    pub galley: Arc<Galley>,
    /// What was laid out, before words that run from the right were put in their order.
    source: Arc<Galley>,
    /// In the order of the text; empty where the glyphs do not add up.
    cells: Vec<Cell>,
}

/// A stretch of words on one row, relative to the text's upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// From edge to edge of the letters; the full height of the row.
    pub rect: Rect,
    pub baseline: f32,
    /// Whether the stretch ends at this side, or goes on from or to another row.
    pub ends_left: bool,
    pub ends_right: bool,
}

/// Lays out a text that was cut. The same text gives the same galley as long as egui keeps it.
pub fn lay_out(ctx: &egui::Context, text: &str, cut: &Cut, format: &TextFormat, wrap: TextWrapping) -> Arc<Galley> {
    let galley = ctx.fonts_mut(|fonts| fonts.layout_job(cut.job(text, format, wrap.clone())));
    if cut.adds_up(&galley) {
        return galley;
    }
    ctx.fonts_mut(|fonts| fonts.layout_job(Cut::close(text).job(text, format, wrap)))
}

/// A piece of a line in reading order; `from_right` is the way the whole line runs.
pub fn line(ui: &Ui, text: &str, font: FontId, colour: Color32, from_right: bool) -> Arc<Galley> {
    let job = LayoutJob::simple_singleline(text.to_owned(), font, colour);
    ordered(ui, job, if from_right { Level::rtl() } else { Level::ltr() })
}

/// What a job comes to, in reading order, for texts that are only looked at. Not for one with grounds or lines under its
/// words: these would stay where they are.
pub fn in_order(ui: &Ui, job: LayoutJob) -> Arc<Galley> {
    let base = cut::first_level(&job.text);
    ordered(ui, job, base)
}

fn ordered(ui: &Ui, job: LayoutJob, base: Level) -> Arc<Galley> {
    if !has_right_to_left(&job.text) {
        return ui.painter().layout_job(job);
    }
    let galley = ui.painter().layout_job(Cut::along(&job.text, base).applied(job));
    Letters::placed(galley, ui.ctx(), base, false).galley
}

/// Whether most of a text's letters are read from the right.
pub fn is_from_right(text: &str) -> bool {
    has_right_to_left(text) && cut::base_level(text).is_rtl()
}

impl Letters {
    pub fn new(source: Arc<Galley>, ctx: &egui::Context) -> Self {
        let base = cut::base_level(&source.job.text);
        Self::placed(source, ctx, base, true)
    }

    /// With `aligns`, what runs from the right begins at the right edge.
    fn placed(source: Arc<Galley>, ctx: &egui::Context, base: Level, aligns: bool) -> Self {
        if let Some(cells) = cells::plain(&source) {
            return Self { galley: source.clone(), source, cells };
        }
        let count = |section: &str, format: &TextFormat| {
            let mut job = LayoutJob::single_section(section.to_owned(), format.clone());
            job.break_on_newline = false;
            ctx.fonts_mut(|fonts| fonts.layout_job(job)).rows.iter().map(|row| row.glyphs.len()).sum()
        };
        let Some(parts) = cells::parts(&source, count) else {
            log::warn!("a paragraph of {} bytes has glyphs that do not add up: it is shown without boxes", source.job.text.len());
            return Self { galley: source.clone(), source, cells: Vec::new() };
        };
        let galley = match has_right_to_left(&source.job.text) {
            true => Arc::new(order::reordered(&source, &parts, base, aligns)),
            false => source.clone(),
        };
        let cells = cells::cells(&galley, &parts);
        Self { galley, source, cells }
    }

    /// Whether these are the letters of `source`.
    pub fn are_of(&self, source: &Arc<Galley>) -> bool {
        Arc::ptr_eq(&self.source, source)
    }

    /// The pieces that the bytes from `from` to `to` have. Characters are never cut: half of one is all of it.
    pub fn pieces(&self, from: usize, to: usize) -> Vec<Piece> {
        let first = self.cells.partition_point(|cell| cell.end as usize <= from);
        let end = first + self.cells[first..].partition_point(|cell| (cell.start as usize) < to);
        let touched = &self.cells[first..end];
        let mut pieces = Vec::new();
        for row in touched.chunk_by(|a, b| a.row == b.row) {
            // A blank at the end of a wrapped row is no part of what is seen.
            let seen = row.iter().rposition(|cell| !self.is_blank(cell)).map_or(row.len(), |last| last + 1);
            self.pieces_of_row(&row[..seen], touched.first() == row.first(), touched.last() == row.last(), &mut pieces);
        }
        pieces
    }

    /// What lies beside each other on a row is one piece; words of two directions can lie apart.
    fn pieces_of_row(&self, cells: &[Cell], is_first: bool, is_last: bool, pieces: &mut Vec<Piece>) {
        let ([begin, ..], [.., end]) = (cells, cells) else { return };
        let Some(row) = self.galley.rows.get(begin.row as usize) else { return };
        let from = pieces.len();
        for cell in cells {
            match pieces[from..].last_mut() {
                Some(piece) if cell.left <= piece.rect.right() + APART && cell.right >= piece.rect.left() - APART => {
                    piece.rect.min.x = piece.rect.left().min(cell.left);
                    piece.rect.max.x = piece.rect.right().max(cell.right);
                }
                _ => pieces.push(Piece {
                    rect: Rect::from_min_max(pos2(cell.left, row.min_y()), pos2(cell.right, row.max_y())),
                    baseline: cell.baseline,
                    ends_left: true,
                    ends_right: true,
                }),
            }
        }
        if let Some(piece) = pieces.get_mut(from).filter(|_| !is_first) {
            *(if begin.from_right { &mut piece.ends_right } else { &mut piece.ends_left }) = false;
        }
        if let Some(piece) = pieces.last_mut().filter(|_| !is_last) {
            *(if end.from_right { &mut piece.ends_left } else { &mut piece.ends_right }) = false;
        }
    }

    fn is_blank(&self, cell: &Cell) -> bool {
        let text = self.source.job.text.get(cell.start as usize..cell.end as usize);
        text.is_some_and(|text| text.chars().all(char::is_whitespace))
    }

    /// The character under or nearest to `at`, in bytes.
    pub fn under(&self, at: Pos2) -> Option<Range<usize>> {
        self.nearest(at).map(|cell| cell.start as usize..cell.end as usize)
    }

    /// The byte between two characters that is nearest to `at`.
    pub fn place(&self, at: Pos2) -> Option<usize> {
        let cell = self.nearest(at)?;
        let is_left = at.x < (cell.left + cell.right) / 2.0;
        Some(if is_left != cell.from_right { cell.start } else { cell.end } as usize)
    }

    fn nearest(&self, at: Pos2) -> Option<&Cell> {
        let away = |low: f32, high: f32, x: f32| (low - x).max(x - high).max(0.0);
        let rows = self.galley.rows.iter().enumerate().filter(|(_, row)| !row.glyphs.is_empty());
        let (row, _) = rows.min_by(|(_, a), (_, b)| {
            let [a, b] = [a, b].map(|row| away(row.min_y(), row.max_y(), at.y));
            a.total_cmp(&b)
        })?;
        let on_row = self.cells.iter().filter(|cell| cell.row as usize == row);
        // What has no width is nearest only where nothing else is.
        on_row.min_by(|a, b| {
            let [a, b] = [a, b].map(|cell| (away(cell.left, cell.right, at.x), cell.right <= cell.left));
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
        })
    }

    /// Where a caret before the byte at `at` stands.
    pub fn caret(&self, at: usize) -> Option<Rect> {
        let next = self.cells.partition_point(|cell| cell.end as usize <= at);
        let (cell, is_behind) = match self.cells.get(next) {
            Some(cell) => (cell, false),
            None => (self.cells.last()?, true),
        };
        let row = self.galley.rows.get(cell.row as usize)?;
        let x = if is_behind == cell.from_right { cell.left } else { cell.right };
        Some(Rect::from_min_max(pos2(x, row.min_y()), pos2(x, row.max_y())))
    }
}

/// Letters nearer than this touch: places are rounded to pixels.
const APART: f32 = 1.01;

#[cfg(test)]
mod tests;
