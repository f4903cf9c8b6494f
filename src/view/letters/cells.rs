//! Which glyphs are which characters.
//!
//! What the layout does, as its source and our tests have it: a cluster of characters that comes to fewer glyphs is
//! filled up with glyphs of no width, one a character; one that comes to more keeps them all, each with the cluster's
//! first character. A run that is read from the right has its clusters from the last to the first, and behind them the
//! filling of the first one, which there reaches to the end of the run.

use std::collections::HashMap;
use std::ops::Range;

use eframe::egui::epaint::text::Glyph;
use eframe::egui::text::TextFormat;
use eframe::egui::{Galley, pos2};
use unicode_segmentation::UnicodeSegmentation as _;

use super::cut::{has_right_to_left, sections};

/// What a reader takes for one character, on one row. In points, relative to the text's upper left corner.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Cell {
    /// Bytes of the text.
    pub start: u32,
    pub end: u32,
    pub row: u32,
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    /// Whether it is read from its right edge to its left.
    pub from_right: bool,
}

/// A character as readers see it, or where no border inside is certain, the whole stretch.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Part {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// Glyphs, counted through all rows; none where it shares those of the part before it.
    pub glyphs: Range<usize>,
    pub from_right: bool,
    /// The section it stands in.
    pub section: usize,
}

/// The parts of a text in order; `None` where its glyphs do not add up. `count` tells how many glyphs a section has alone.
pub(super) fn parts(galley: &Galley, mut count: impl FnMut(&str, &TextFormat) -> usize) -> Option<Vec<Part>> {
    let glyphs: Vec<Glyph> = galley.rows.iter().flat_map(|row| &row.glyphs).copied().collect();
    let text = &galley.job.text;
    let is_one = galley.job.sections.len() == 1;
    let mut parts = Vec::new();
    let mut at = 0;
    for (section, (bytes, format)) in sections(&galley.job).enumerate() {
        let words = text.get(bytes.clone())?;
        let chars = words.chars().count();
        let n = match (is_one, words.is_ascii()) {
            (true, _) => glyphs.len(),
            (false, true) => chars,
            (false, false) => count(words, format),
        };
        let range = at..at + n;
        // Where a text was cut short, its last glyph is the ellipsis.
        if galley.elided && range.end >= glyphs.len() {
            let bytes = bytes.start..text.len();
            parts.push(Part { bytes, glyphs: at..glyphs.len(), from_right: has_right_to_left(words), section });
            return Some(parts);
        }
        let own = glyphs.get(range.clone())?;
        let stretch = Stretch::new(words);
        let over = n.checked_sub(chars)?;
        let (found, from_right) = match has_right_to_left(words) {
            true => stretch.run_from_right(own).or_else(|| (over == 0).then(|| stretch.one_for_one(own))),
            false if over == 0 => Some(stretch.one_for_one(own)),
            false => stretch.run_from_left(own, |cluster| count(cluster, format)),
        }
        .unwrap_or_else(|| (vec![(0..words.len(), 0..n)], has_right_to_left(words)));
        parts.extend(found.into_iter().map(|(words, glyphs)| Part {
            bytes: bytes.start + words.start..bytes.start + words.end,
            glyphs: at + glyphs.start..at + glyphs.end,
            from_right,
            section,
        }));
        at = range.end;
    }
    (at == glyphs.len()).then_some(parts)
}

/// Bytes and glyphs of each part of a stretch, and whether it runs from the right.
type Found = (Vec<(Range<usize>, Range<usize>)>, bool);

struct Stretch<'a> {
    words: &'a str,
    clusters: Vec<(usize, &'a str)>,
}

impl<'a> Stretch<'a> {
    fn new(words: &'a str) -> Self {
        Self { words, clusters: words.grapheme_indices(true).collect() }
    }

    fn bytes(&self, i: usize) -> Range<usize> {
        let (at, cluster) = self.clusters[i];
        at..at + cluster.len()
    }

    fn chars(&self, i: usize) -> usize {
        self.clusters[i].1.chars().count()
    }

    fn first(&self, i: usize) -> char {
        self.clusters[i].1.chars().next().unwrap_or_default()
    }

    fn one_for_one(&self, glyphs: &[Glyph]) -> Found {
        self.with(glyphs, &vec![0; self.clusters.len()])
    }

    /// From left to right, each cluster with as many more glyphs than characters as `more` says.
    fn with(&self, glyphs: &[Glyph], more: &[usize]) -> Found {
        let mut at = 0;
        let each = more.iter().enumerate().map(|(i, more)| {
            let range = at..at + self.chars(i) + more;
            at = range.end;
            let shares = i > 0 && glyphs[range.clone()].iter().all(is_filling) && !is_unseen(self.clusters[i].1);
            (self.bytes(i), if shares { range.start..range.start } else { range })
        });
        (each.collect(), false)
    }

    /// A run from the left with more glyphs than characters. Which cluster has more of them is what it has alone, or the
    /// nearest to it that adds up.
    fn run_from_left(&self, glyphs: &[Glyph], mut count: impl FnMut(&str) -> usize) -> Option<Found> {
        let over = glyphs.len() - self.words.chars().count();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut alone = |i: usize| match self.chars(i) {
            1 if i > 0 => 0,
            chars => *known.entry(self.clusters[i].1).or_insert_with(|| count(self.clusters[i].1).saturating_sub(chars)),
        };
        let alone: Vec<usize> = (0..self.clusters.len()).map(&mut alone).collect();
        if alone.iter().sum::<usize>() == over && self.fits(glyphs, &alone) {
            return Some(self.with(glyphs, &alone));
        }
        let nearest = self.nearest(glyphs, over, &alone).filter(|more| self.fits(glyphs, more))?;
        Some(self.with(glyphs, &nearest))
    }

    /// Whether the glyphs of every cluster that has more of them are its own.
    fn fits(&self, glyphs: &[Glyph], more: &[usize]) -> bool {
        let mut at = 0;
        more.iter().enumerate().all(|(i, more)| {
            let own = &glyphs[at..at + self.chars(i) + more];
            at += own.len();
            *more == 0 || own.iter().all(|glyph| self.clusters[i].1.contains(glyph.chr))
        })
    }

    /// Shares of `over` out among the clusters as near to `alone` as the glyphs allow.
    fn nearest(&self, glyphs: &[Glyph], over: usize, alone: &[usize]) -> Option<Vec<usize>> {
        const MOST: usize = 4_000_000;
        let n = self.clusters.len();
        let widest = alone.iter().copied().max().unwrap_or(0).max(2).min(over);
        if n.saturating_mul(over + 1).saturating_mul(widest + 1) > MOST {
            return None;
        }
        // Cheapest way to have given out so many to the clusters so far, and what the last one got.
        let mut rows: Vec<Vec<Option<(usize, usize)>>> = vec![vec![None; over + 1]; n + 1];
        rows[0][0] = Some((0, 0));
        let mut start = 0;
        for i in 0..n {
            let chars = self.chars(i);
            for given in 0..=over {
                let Some((cost, _)) = rows[i][given] else { continue };
                for more in 0..=widest.min(over - given) {
                    let own = &glyphs[start + given..(start + given + chars + more).min(glyphs.len())];
                    let is_apart = more > 0 && own.iter().any(|glyph| !self.clusters[i].1.contains(glyph.chr));
                    let begins = own.first().is_some_and(|glyph| glyph.chr == self.first(i) || is_filling(glyph));
                    let cost = cost + 4 * more.abs_diff(alone[i]) + usize::from(!begins) + if is_apart { 1_000 } else { 0 };
                    let slot = &mut rows[i + 1][given + more];
                    if slot.is_none_or(|(known, _)| cost < known) {
                        *slot = Some((cost, more));
                    }
                }
            }
            start += chars;
        }
        let mut left = over;
        let mut out = vec![0; n];
        for i in (0..n).rev() {
            let (_, more) = rows[i + 1][left]?;
            out[i] = more;
            left -= more;
        }
        Some(out)
    }

    /// A run from the right. `None` where the glyphs are not those of one.
    fn run_from_right(&self, glyphs: &[Glyph]) -> Option<Found> {
        let chars: Vec<char> = self.words.chars().collect();
        let drawn = (1..=chars.len()).find_map(|first| {
            let drawn = glyphs.len().checked_sub(chars.len() - first).filter(|drawn| *drawn >= first)?;
            let (own, filling) = glyphs.split_at(drawn);
            let is_first = own[drawn - first..].iter().all(|glyph| glyph.chr == chars[0]);
            let is_filled = filling.iter().zip(&chars[first..]).all(|(glyph, c)| is_filling(glyph) && glyph.chr == *c);
            (is_first && is_filled).then_some(drawn)
        })?;
        let n = self.clusters.len();
        let mut found = vec![(0..0, 0..0); n];
        let mut at = 0;
        let mut i = n;
        while i > 0 {
            // Clusters that begin with the same letter one after the other cannot be told apart by it.
            let first = self.first(i - 1);
            let alike = (0..i).rev().take_while(|i| self.first(*i) == first).count();
            let end = at + glyphs[at..drawn].iter().take_while(|glyph| glyph.chr == first).count();
            let wide = glyphs[at..end].iter().filter(|glyph| glyph.advance_width > 0.0).count();
            for k in 1..=alike {
                let bytes = self.bytes(i - k);
                let is_last = k == alike;
                // Marks come before the letter that carries them.
                let own = match (is_last, wide == alike) {
                    (true, _) => at..end,
                    (false, true) => at..at + glyphs[at..end].iter().position(|glyph| glyph.advance_width > 0.0).map_or(0, |p| p + 1),
                    (false, false) => at..at,
                };
                at = own.end;
                found[i - k] = (bytes, own);
            }
            i -= alike;
        }
        // The first one shares with nobody, and every glyph that is drawn was somebody's.
        (at == drawn && !found.first()?.1.is_empty()).then_some((found, true))
    }
}

/// A glyph that only fills up the count.
fn is_filling(glyph: &Glyph) -> bool {
    glyph.advance_width == 0.0 && glyph.uv_rect.is_nothing()
}

/// Characters that have no width by nature and share nobody's.
fn is_unseen(cluster: &str) -> bool {
    cluster.chars().all(|c| {
        c.is_control()
            || matches!(c as u32,
                0xAD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
                | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xE0000..=0xE0FFF)
    })
}

/// The cells of a text in plain ASCII, as most are: a glyph a character, and ligatures share theirs.
pub(super) fn plain(galley: &Galley) -> Option<Vec<Cell>> {
    let text = &galley.job.text;
    let glyphs: usize = galley.rows.iter().map(|row| row.glyphs.len()).sum();
    if !text.is_ascii() || glyphs != text.len() || text.contains('\r') {
        return None;
    }
    let mut cells = Vec::with_capacity(glyphs);
    for (row, placed) in galley.rows.iter().enumerate() {
        for sharing in placed.glyphs.chunk_by(|_, next| is_filling(next) && !next.chr.is_control()) {
            let (left, baseline) = (placed.pos.x + sharing[0].pos.x, placed.pos.y + sharing[0].pos.y);
            let share = sharing[0].advance_width / sharing.len() as f32;
            for i in 0..sharing.len() {
                let (start, left) = (cells.len() as u32, left + share * i as f32);
                let right = left + share;
                cells.push(Cell { start, end: start + 1, row: row as u32, left, right, baseline, from_right: false });
            }
        }
    }
    Some(cells)
}

/// Where the parts lie. Those that share glyphs share their width evenly, as the letters of a ligature do.
pub(super) fn cells(galley: &Galley, parts: &[Part]) -> Vec<Cell> {
    let mut rows = Vec::with_capacity(galley.rows.len() + 1);
    rows.push(0);
    for row in &galley.rows {
        rows.push(rows[rows.len() - 1] + row.glyphs.len());
    }
    let mut cells = Vec::with_capacity(parts.len());
    for sharing in parts.chunk_by(|_, next| next.glyphs.is_empty()) {
        let [head, ..] = sharing else { continue };
        let (mut glyph, end) = (head.glyphs.start, head.glyphs.end);
        while glyph < end {
            let row = rows.partition_point(|first| *first <= glyph) - 1;
            let until = end.min(rows[row + 1]);
            let own = &galley.rows[row].glyphs[glyph - rows[row]..until - rows[row]];
            place(own, galley, row, sharing, &mut cells);
            glyph = until;
        }
    }
    cells.sort_by_key(|cell| cell.start);
    cells
}

/// Adds the cells of parts that share `own`, glyphs of one row.
fn place(own: &[Glyph], galley: &Galley, row: usize, sharing: &[Part], cells: &mut Vec<Cell>) {
    let placed = &galley.rows[row];
    let wide = own.iter().filter(|glyph| glyph.advance_width > 0.0);
    let at = own.first().map_or(0.0, |glyph| glyph.pos.x);
    let left = wide.clone().map(|glyph| glyph.pos.x).reduce(f32::min).unwrap_or(at);
    let right = wide.map(Glyph::max_x).reduce(f32::max).unwrap_or(at);
    let baseline = placed.pos.y + own.first().map_or(0.0, |glyph| glyph.pos.y);
    let left = pos2(placed.pos.x + left, baseline);
    let share = (placed.pos.x + right - left.x) / sharing.len() as f32;
    for (i, part) in sharing.iter().enumerate() {
        let nth = if part.from_right { sharing.len() - 1 - i } else { i } as f32;
        cells.push(Cell {
            start: part.bytes.start as u32,
            end: part.bytes.end as u32,
            row: row as u32,
            left: left.x + share * nth,
            right: left.x + share * (nth + 1.0),
            baseline,
            from_right: part.from_right,
        });
    }
}
