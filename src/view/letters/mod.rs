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

/// What a reader takes for one character, on one row. In points, relative to the text's upper left corner.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Cell {
    /// Bytes of the text.
    start: u32,
    end: u32,
    row: u32,
    left: f32,
    right: f32,
    baseline: f32,
    /// Whether it is read from its right edge to its left.
    from_right: bool,
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
        let touched = self.cells[first..].iter().take_while(|cell| (cell.start as usize) < to);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for cell in touched {
            match rows.last_mut() {
                Some(row) if row[0].row == cell.row => row.push(*cell),
                _ => rows.push(vec![*cell]),
            }
        }
        // A blank at the end of a wrapped row is no part of what is seen.
        for row in &mut rows {
            let seen = row.iter().rposition(|cell| !self.is_blank(cell)).map_or(row.len(), |last| last + 1);
            row.truncate(seen);
        }
        let mut pieces = Vec::new();
        let last = rows.len().saturating_sub(1);
        for (i, cells) in rows.iter().enumerate() {
            self.pieces_of_row(cells, i == 0, i == last, &mut pieces);
        }
        pieces
    }

    /// What lies beside each other on a row is one piece; words of two directions can lie apart.
    fn pieces_of_row(&self, cells: &[Cell], is_first: bool, is_last: bool, pieces: &mut Vec<Piece>) {
        let Some(row) = cells.first().and_then(|cell| self.galley.rows.get(cell.row as usize)) else { return };
        let mut runs: Vec<(Range<f32>, f32)> = Vec::new();
        for cell in cells {
            match runs.last_mut() {
                Some((x, _)) if cell.left <= x.end + APART && cell.right >= x.start - APART => {
                    *x = x.start.min(cell.left)..x.end.max(cell.right);
                }
                _ => runs.push((cell.left..cell.right, cell.baseline)),
            }
        }
        let open_start = (!is_first).then(|| cells[0].from_right);
        let open_end = (!is_last).then(|| cells[cells.len() - 1].from_right);
        let n = runs.len();
        for (i, (x, baseline)) in runs.into_iter().enumerate() {
            let start = open_start.filter(|_| i == 0);
            let end = open_end.filter(|_| i + 1 == n);
            pieces.push(Piece {
                rect: Rect::from_min_max(pos2(x.start, row.min_y()), pos2(x.end, row.max_y())),
                baseline,
                ends_left: start != Some(false) && end != Some(true),
                ends_right: start != Some(true) && end != Some(false),
            });
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
