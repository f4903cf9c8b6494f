//! Puts the words of rows that run from the right, in part or whole, into the order in which they are read.
//!
//! The layout wraps in the order of the text and sets the letters within each word rightly; here the words of each row
//! change places, by the levels of the bidirectional algorithm, and rows of a text from the right go to the right edge.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::Galley;
use unicode_bidi::{BidiInfo, Level};

use super::cells::Part;
use super::cut;

/// What moves as one: glyphs counted through all rows.
struct Unit {
    glyphs: Range<usize>,
    level: Level,
    is_blank: bool,
}

/// With `aligns`, a text from the right begins at the right edge.
pub(super) fn reordered(source: &Galley, parts: &[Part], base: Level, aligns: bool) -> Galley {
    let text = &source.job.text;
    let units = units(text, parts, base);
    let mut galley = source.clone();
    let width = Some(galley.job.wrap.max_width).filter(|width| aligns && base.is_rtl() && width.is_finite());
    let mut start = 0;
    for row in 0..galley.rows.len() {
        let end = start + galley.rows[row].glyphs.len();
        reorder_row(&mut galley, row, start..end, &units, base, width);
        start = end;
    }
    if let Some(width) = width {
        galley.rect.max.x = galley.rect.max.x.max(width);
    }
    galley.mesh_bounds =
        galley.rows.iter().fold(galley.mesh_bounds, |bounds, row| bounds.union(row.visuals.mesh_bounds.translate(row.pos.to_vec2())));
    galley
}

fn units(text: &str, parts: &[Part], base: Level) -> Vec<Unit> {
    let levels = cut::levels(text, base);
    let mut units: Vec<Unit> = Vec::new();
    let mut was_from_right = None;
    for part in parts.chunk_by(|a, b| a.from_right && b.from_right && a.section == b.section) {
        let glyphs = part.iter().filter(|part| !part.glyphs.is_empty());
        let (Some(from), Some(to)) = (glyphs.clone().map(|part| part.glyphs.start).min(), glyphs.map(|part| part.glyphs.end).max()) else {
            continue;
        };
        let first = &part[0];
        let level = levels[first.bytes.start];
        let is_blank = text[first.bytes.start..part[part.len() - 1].bytes.end].chars().all(char::is_whitespace);
        match units.last_mut() {
            // Words from the left keep their order among themselves.
            Some(unit)
                if unit.level == level
                    && level.is_ltr()
                    && !first.from_right
                    && was_from_right == Some(false)
                    && unit.is_blank == is_blank =>
            {
                unit.glyphs.end = to;
            }
            _ => units.push(Unit { glyphs: from..to, level, is_blank }),
        }
        was_from_right = Some(first.from_right);
    }
    // The filling behind a run from the right belongs to it.
    for i in 1..units.len() {
        let next = units[i].glyphs.start;
        units[i - 1].glyphs.end = units[i - 1].glyphs.end.max(next);
    }
    units
}

/// Puts the units of a row in their order, up to the right edge where `width` says so.
fn reorder_row(galley: &mut Galley, row: usize, glyphs: Range<usize>, units: &[Unit], base: Level, width: Option<f32>) {
    let first = units.partition_point(|unit| unit.glyphs.end <= glyphs.start);
    let here: Vec<&Unit> = units[first..].iter().take_while(|unit| unit.glyphs.start < glyphs.end).collect();
    let mut levels: Vec<Level> = here.iter().map(|unit| unit.level).collect();
    // Blanks at the end of a row are at the end of the line, whatever stands before them.
    let seen = here.iter().rposition(|unit| !unit.is_blank).map_or(0, |last| last + 1);
    levels[seen..].fill(base);
    let ppp = galley.pixels_per_point;
    let placed = &mut galley.rows[row];
    let content = Arc::make_mut(&mut placed.row);
    // Where each unit lies as it was set.
    let mut x = 0.0_f32;
    let own = |unit: &Unit| unit.glyphs.start.max(glyphs.start) - glyphs.start..unit.glyphs.end.min(glyphs.end) - glyphs.start;
    let set: Vec<Range<f32>> = here
        .iter()
        .map(|unit| {
            let right = content.glyphs[own(unit)].iter().filter(|glyph| glyph.advance_width > 0.0).map(|glyph| glyph.max_x());
            let start = x;
            x = right.fold(x, f32::max);
            start..x
        })
        .collect();
    let mut at = width.map_or(0.0, |width| width - x);
    for i in BidiInfo::reorder_visual(&levels) {
        let by = ((at - set[i].start) * ppp).round() / ppp;
        at += set[i].end - set[i].start;
        for glyph in &mut content.glyphs[own(here[i])] {
            glyph.pos.x += by;
            if !glyph.uv_rect.is_nothing() {
                let first = glyph.first_vertex as usize;
                content.visuals.mesh.vertices.iter_mut().skip(first).take(4).for_each(|vertex| vertex.pos.x += by);
            }
        }
    }
    content.visuals.mesh_bounds = content.visuals.mesh.calc_bounds();
}
