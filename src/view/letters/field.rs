//! Text fields: egui's cursor counts glyphs, so what is written in one is laid out with one glyph a character.

use std::sync::Arc;

use eframe::egui::epaint::text::Glyph;
use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, FontId, Galley, TextBuffer, TextStyle, Ui};

use super::{Cut, Letters, lay_out};

/// Whether `Enter` begins another line in a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lines {
    One,
    Many,
}

/// Lays out what a field holds, for `TextEdit::layouter`. Without a face it is the one that fields have.
pub fn field(font: Option<FontId>, lines: Lines) -> impl FnMut(&Ui, &dyn TextBuffer, f32) -> Arc<Galley> {
    move |ui, text, width| {
        let font = font.clone().unwrap_or_else(|| TextStyle::Body.resolve(ui.style()));
        let line_height = ui.fonts_mut(|fonts| fonts.row_height(&font)) + ui.spacing().extra_text_line_spacing;
        let format = TextFormat { line_height: Some(line_height), ..TextFormat::simple(font, Color32::PLACEHOLDER) };
        field_galley(ui, text.as_str(), &format, width, lines)
    }
}

/// What is longer was pasted, not written; looking at all of it in every frame would hold the window up.
const LONGEST: usize = 10_000;

fn field_galley(ui: &Ui, text: &str, format: &TextFormat, width: f32, lines: Lines) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text.to_owned(), format.clone());
    job.wrap.max_width = if lines == Lines::Many { width } else { f32::INFINITY };
    job.break_on_newline = lines == Lines::Many;
    job.keep_trailing_whitespace = true;
    if text.len() > LONGEST || Cut::new(text).is_whole() {
        return ui.fonts_mut(|fonts| fonts.layout_job(job));
    }
    let line = |text: &str| {
        let wrap = TextWrapping { max_width: job.wrap.max_width, ..TextWrapping::default() };
        Arc::new(one_a_character(&Letters::new(lay_out(ui.ctx(), text, &Cut::new(text), format, wrap), ui.ctx())))
    };
    let lines: Vec<Arc<Galley>> = if lines == Lines::Many { text.split('\n').map(line).collect() } else { vec![line(text)] };
    Arc::new(Galley::concat(Arc::new(job), &lines, ui.pixels_per_point()))
}

/// What is drawn stays; the glyphs, by which the cursor goes, become the characters in their order.
fn one_a_character(letters: &Letters) -> Galley {
    let mut galley = Galley::clone(&letters.galley);
    if letters.cells.is_empty() {
        return galley;
    }
    let text = letters.source.job.text.as_str();
    let mut rows: Vec<Vec<Glyph>> = vec![Vec::new(); galley.rows.len()];
    let (mut row, mut done) = (0, 0);
    for cell in &letters.cells {
        // A character that was broken over two rows counts on the first.
        let Some(chars) = text.get(cell.start as usize..cell.end as usize).filter(|_| cell.start >= done) else { continue };
        done = cell.end;
        row = row.max(cell.row as usize);
        let shown = &letters.galley.rows[row];
        let (left, right) = (cell.left - shown.pos.x, cell.right - shown.pos.x);
        let middle = (left + right) / 2.0;
        let away = |glyph: &Glyph| (glyph.pos.x + glyph.advance_width / 2.0 - middle).abs();
        let Some(near) = shown.glyphs.iter().min_by(|a, b| away(a).total_cmp(&away(b))) else { continue };
        for (i, chr) in chars.chars().enumerate() {
            // Read from the right, the place before a character is its right edge, and it has no width to the left of it.
            let advance_width = if i == 0 && !cell.from_right { right - left } else { 0.0 };
            let mut glyph = *near;
            (glyph.chr, glyph.advance_width) = (chr, advance_width);
            glyph.pos.x = if (i == 0) == cell.from_right { right } else { left };
            rows[row].push(glyph);
        }
    }
    for (placed, glyphs) in galley.rows.iter_mut().zip(rows) {
        Arc::make_mut(&mut placed.row).glyphs = glyphs;
    }
    galley
}
