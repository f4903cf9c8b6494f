//! The page as a column of blocks, and how tall each of them is.
//!
//! A block is one paragraph of the article, laid out as one piece of text with one format, so that marking words can never
//! move them: a line, or several where a program broke them off. Blank lines are left out here and only here, and broken
//! lines flow here: the stored text is not touched.
//!
//! Heights outlive a frame, laid out text does not (egui drops what a frame did not use). Short articles are measured
//! whole when they are opened. Long ones begin with estimates, and some blocks are measured every frame until all are,
//! so that opening a megabyte costs no more than a page.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::text::{TextFormat, TextWrapping};
use eframe::egui::{self, Color32, FontId, Galley};

use super::super::fonts;
use super::super::letters::{self, Cut, Letters};
use super::geometry::Part;
use crate::annotation::{Article, Zone, ZoneKind};
use crate::text::flow::{Flow, Flowed};
use crate::text::{Span, tokens};

/// A line longer than this many bytes is shown in pieces: laying out text costs time in one go, and a line of a
/// megabyte must not hold up a frame.
const LONGEST_BLOCK: usize = 6_000;

/// How many bytes are measured in one frame before the rest is put off.
const MEASURED_AT_ONCE: usize = 40_000;

/// Of how many blocks the places of letters are kept.
const LETTERS_KEPT: usize = 256;

/// How a block is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
    Headline,
    /// Bylines, datelines and credits.
    Aside,
    Body,
    Caption,
    Boilerplate,
    /// Outlet, author and date from the metadata; no text of the article.
    Imprint,
}

impl Voice {
    fn of(kind: ZoneKind) -> Self {
        match kind {
            ZoneKind::Headline => Voice::Headline,
            ZoneKind::Byline | ZoneKind::Credit => Voice::Aside,
            ZoneKind::Dateline | ZoneKind::Body => Voice::Body,
            ZoneKind::Caption => Voice::Caption,
            ZoneKind::Boilerplate => Voice::Boilerplate,
        }
    }

    /// Points, at the size of reading that the design was drawn for.
    pub fn font(self, scale: f32) -> FontId {
        match self {
            Voice::Headline => fonts::serif_bold(28.0 * scale),
            Voice::Aside => fonts::serif_italic(15.5 * scale),
            Voice::Body => fonts::serif(18.5 * scale),
            Voice::Caption => fonts::serif(15.5 * scale),
            Voice::Boilerplate => fonts::serif(14.5 * scale),
            Voice::Imprint => fonts::sans(13.0 * scale),
        }
    }

    fn line_height(self, scale: f32) -> f32 {
        let height = match self {
            Voice::Headline => 36.0,
            Voice::Aside | Voice::Caption => 25.0,
            Voice::Body => 30.0,
            Voice::Boilerplate => 23.0,
            Voice::Imprint => 20.0,
        };
        (height * scale).round()
    }

    /// Space between a block and the one above it.
    fn gap(self, above: Option<Voice>) -> f32 {
        match (above, self) {
            (None, _) => 0.0,
            (Some(Voice::Headline), Voice::Imprint | Voice::Aside) => 8.0,
            (Some(Voice::Headline), _) => 18.0,
            (Some(Voice::Boilerplate), Voice::Boilerplate) => 1.0,
            (Some(Voice::Aside | Voice::Imprint), Voice::Aside) => 2.0,
            (_, Voice::Headline) => 22.0,
            (_, Voice::Caption) | (Some(Voice::Caption), _) => 18.0,
            (_, Voice::Boilerplate) | (Some(Voice::Boilerplate), _) => 16.0,
            _ => 15.0,
        }
    }

    pub fn indent(self) -> f32 {
        if self == Voice::Caption { 17.0 } else { 0.0 }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// Bytes of the article; empty for an imprint.
    pub span: Span,
    pub voice: Voice,
    /// Goes on with the line above, which was too long for one block.
    pub is_continued: bool,
    /// Text that is not the article's.
    pub own: Option<String>,
    /// How it reads, where that is not as it stands.
    flowed: Option<Flowed>,
    /// How the text is laid out.
    cut: Cut,
}

impl Block {
    pub fn text<'a>(&'a self, article: &'a Article) -> &'a str {
        let read = self.own.as_deref().or(self.flowed.as_ref().map(|flowed| flowed.text.as_str()));
        read.unwrap_or_else(|| article.quote(self.span))
    }

    pub fn part(&self) -> Part<'_> {
        Part { span: self.span, flowed: self.flowed.as_ref() }
    }
}

/// What the heights depend on; they are measured anew when any of it changes.
#[derive(Clone, PartialEq)]
struct Key {
    text: Arc<str>,
    zones: Vec<Zone>,
    imprint: String,
    title: Option<String>,
    width: f32,
    scale: f32,
    pixels_per_point: f32,
}

/// The blocks of one article at one width, from top to bottom.
pub struct Column {
    key: Key,
    pub blocks: Vec<Block>,
    heights: Vec<f32>,
    /// Blocks before this one are measured, and perhaps some after it.
    next_unmeasured: usize,
    is_measured: Vec<bool>,
    /// The upper edge of every block and, last, the end of the page.
    tops: Vec<f32>,
    /// What was on screen of late, by block.
    letters: RefCell<HashMap<usize, Arc<Letters>>>,
}

impl Column {
    /// Whether the column still fits what is to be shown.
    pub fn fits(&self, article: &Article, width: f32, scale: f32, ctx: &egui::Context) -> bool {
        let key = &self.key;
        (Arc::ptr_eq(&key.text, &article.text) || key.text == article.text)
            && key.zones == article.zones
            && key.width == width
            && key.scale == scale
            && key.pixels_per_point == ctx.pixels_per_point()
            && key.title == own_title(article)
            && key.imprint == imprint(article)
    }

    pub fn new(article: &Article, width: f32, scale: f32, ctx: &egui::Context) -> Self {
        let key = Key {
            text: article.text.clone(),
            zones: article.zones.clone(),
            imprint: imprint(article),
            title: own_title(article),
            width,
            scale,
            pixels_per_point: ctx.pixels_per_point(),
        };
        let blocks = blocks(article, &key);
        let heights = blocks.iter().map(|block| estimate(block, block.text(article), &key)).collect();
        let is_measured = vec![false; blocks.len()];
        let mut column = Self { key, blocks, heights, next_unmeasured: 0, is_measured, tops: Vec::new(), letters: RefCell::default() };
        column.stack();
        column
    }

    /// Measures blocks that are not yet measured, up to a frame's share. Returns whether any height changed.
    pub fn measure_some(&mut self, article: &Article, ctx: &egui::Context) -> bool {
        let mut budget = MEASURED_AT_ONCE;
        let mut changed = false;
        while self.next_unmeasured < self.blocks.len() && budget > 0 {
            let i = self.next_unmeasured;
            if !self.is_measured[i] {
                budget = budget.saturating_sub(self.blocks[i].span.len().max(200));
                changed |= self.measure(i, article, ctx);
            }
            self.next_unmeasured += 1;
        }
        if changed {
            self.stack();
        }
        changed
    }

    /// Measures every block that touches `from..to` (points from the top of the page) and those they push there.
    pub fn measure_range(&mut self, from: f32, to: f32, article: &Article, ctx: &egui::Context) -> bool {
        let mut any = false;
        // Measuring moves what lies below; a few rounds settle it.
        for _ in 0..4 {
            let mut changed = false;
            for i in self.visible(from, to) {
                changed |= !self.is_measured[i] && self.measure(i, article, ctx);
            }
            if !changed {
                break;
            }
            self.stack();
            any = true;
        }
        any
    }

    pub fn is_complete(&self) -> bool {
        self.next_unmeasured >= self.blocks.len()
    }

    fn measure(&mut self, i: usize, article: &Article, ctx: &egui::Context) -> bool {
        let height = self.galley(i, article, ctx).rect.height();
        self.is_measured[i] = true;
        let changed = height != self.heights[i];
        self.heights[i] = height;
        changed
    }

    fn stack(&mut self) {
        let mut tops = Vec::with_capacity(self.blocks.len() + 1);
        let mut y = 0.0;
        for (i, block) in self.blocks.iter().enumerate() {
            let above = i.checked_sub(1).map(|i| self.blocks[i].voice);
            y += if block.is_continued { 0.0 } else { block.voice.gap(above) * self.key.scale };
            tops.push(y);
            y += self.heights[i];
        }
        tops.push(y);
        self.tops = tops;
    }

    /// Height of everything, in points.
    pub fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    pub fn top(&self, i: usize) -> f32 {
        self.tops.get(i).copied().unwrap_or(0.0)
    }

    pub fn bottom(&self, i: usize) -> f32 {
        self.top(i) + self.heights.get(i).copied().unwrap_or(0.0)
    }

    /// The blocks that touch `from..to`, in points from the top.
    pub fn visible(&self, from: f32, to: f32) -> std::ops::Range<usize> {
        let n = self.blocks.len();
        let first = self.tops[..n].partition_point(|top| *top <= from).saturating_sub(1);
        let end = self.tops[..n].partition_point(|top| *top < to);
        first..end.max(first)
    }

    /// The block that the byte at `offset` is shown in: the last that begins at or before it.
    pub fn block_at(&self, offset: usize) -> usize {
        self.blocks.partition_point(|block| block.span.start as usize <= offset).saturating_sub(1)
    }

    /// The laid out text of a block; cheap for a block that the last frame showed.
    pub fn letters(&self, i: usize, article: &Article, ctx: &egui::Context) -> Arc<Letters> {
        let galley = self.galley(i, article, ctx);
        let mut kept = self.letters.borrow_mut();
        if let Some(letters) = kept.get(&i).filter(|letters| letters.are_of(&galley)) {
            return letters.clone();
        }
        if kept.len() >= LETTERS_KEPT {
            kept.clear();
        }
        let letters = Arc::new(Letters::new(galley, ctx));
        kept.insert(i, letters.clone());
        letters
    }

    fn galley(&self, i: usize, article: &Article, ctx: &egui::Context) -> Arc<Galley> {
        let block = &self.blocks[i];
        let key = &self.key;
        let format = TextFormat {
            font_id: block.voice.font(key.scale),
            line_height: Some(block.voice.line_height(key.scale)),
            color: Color32::PLACEHOLDER,
            ..TextFormat::default()
        };
        let wrap = TextWrapping::wrap_at_width(key.width - block.voice.indent());
        letters::lay_out(ctx, block.text(article), &block.cut, &format, wrap)
    }
}

fn blocks(article: &Article, key: &Key) -> Vec<Block> {
    let text = &article.text;
    let mut blocks = Vec::new();
    let at_top = |voice, own: String| {
        let cut = Cut::new(&own);
        Block { span: Span::default(), voice, is_continued: false, own: Some(own), flowed: None, cut }
    };
    let has_headline = key.title.is_none();
    if let Some(title) = &key.title {
        blocks.push(at_top(Voice::Headline, title.clone()));
    }
    let mut imprint = Some(&key.imprint).filter(|imprint| !imprint.is_empty());
    if !has_headline && let Some(own) = imprint.take() {
        blocks.push(at_top(Voice::Imprint, own.clone()));
    }
    let flow = Flow::of(text);
    for line in flow.paragraphs(text) {
        let voice = Voice::of(main_zone(&article.zones, line));
        if voice != Voice::Headline
            && blocks.last().is_some_and(|above| above.voice == Voice::Headline)
            && let Some(own) = imprint.take()
        {
            let at = Span::new(line.start as usize, line.start as usize);
            blocks.push(Block { span: at, ..at_top(Voice::Imprint, own.clone()) });
        }
        for (i, span) in pieces(text, line).into_iter().enumerate() {
            let flowed = flow.flowed(text, span);
            let cut = Cut::new(flowed.as_ref().map_or(span.of(text).unwrap_or_default(), |flowed| &flowed.text));
            blocks.push(Block { span, voice, is_continued: i > 0, own: None, flowed, cut });
        }
    }
    blocks
}

/// The kind of zone that covers most of a line.
fn main_zone(zones: &[Zone], line: Span) -> ZoneKind {
    let first = zones.partition_point(|zone| zone.span.end <= line.start);
    let shared = |zone: &Zone| zone.span.end.min(line.end).saturating_sub(zone.span.start.max(line.start));
    let touching = zones[first..].iter().take_while(|zone| zone.span.start < line.end);
    let largest = touching.max_by_key(|zone| shared(zone));
    largest.filter(|zone| shared(zone) as usize * 2 > line.len()).map_or(ZoneKind::Body, |zone| zone.kind)
}

/// A line in pieces that can be laid out at once, cut before a token.
fn pieces(text: &str, line: Span) -> Vec<Span> {
    if line.len() <= LONGEST_BLOCK {
        return vec![line];
    }
    let mut pieces = Vec::new();
    let mut start = line.start;
    for token in tokens::tokens_in(text, line) {
        // A single token can be longer than a block; it is then cut at characters.
        while token.span.end - start > LONGEST_BLOCK as u32 {
            let cut = if token.span.start > start { token.span.start } else { boundary(text, start as usize + LONGEST_BLOCK) };
            pieces.push(Span { start, end: cut });
            start = cut;
        }
    }
    pieces.push(Span { start, end: line.end });
    pieces
}

fn boundary(text: &str, at: usize) -> u32 {
    Span::new(text.floor_char_boundary(at), text.len()).start
}

fn estimate(block: &Block, text: &str, key: &Key) -> f32 {
    let size = block.voice.font(key.scale).size;
    let per_row = ((key.width - block.voice.indent()) / (size * 0.46)).max(1.0);
    let chars = text.chars().map(|c| if (c as u32) < 0x2E80 { 1.0 } else { 2.1 }).sum::<f32>();
    (chars / per_row).ceil().max(1.0) * block.voice.line_height(key.scale)
}

/// The title, where it is known but not part of the text.
fn own_title(article: &Article) -> Option<String> {
    let in_text = article.zones.iter().any(|zone| zone.kind == ZoneKind::Headline);
    if in_text { None } else { Some(article.title().to_owned()) }
}

/// Outlet, author and date on one line.
fn imprint(article: &Article) -> String {
    let meta = &article.meta;
    let byline = meta.byline.as_deref().filter(|_| !article.zones.iter().any(|zone| zone.kind == ZoneKind::Byline));
    let date = meta.published.as_deref().map(readable_date);
    let parts = [meta.outlet.as_deref(), byline, date.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// `5 November 2026` for `2026-11-05`; anything else stays as it is.
pub fn readable_date(iso: &str) -> String {
    let day = iso.get(..10).unwrap_or(iso);
    match day.parse::<jiff::civil::Date>() {
        Ok(date) => date.strftime("%-d %B %Y").to_string(),
        Err(_) => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::ArticleId;

    fn column(article: &Article) -> Column {
        let ctx = egui::Context::default();
        fonts::install(&ctx);
        let mut column = None;
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let mut new = Column::new(article, 600.0, 1.0, ui.ctx());
            while !new.is_complete() {
                new.measure_some(article, ui.ctx());
            }
            column = Some(new);
        });
        output.drop_without_applying_deltas();
        column.expect("one pass was run")
    }

    fn shown<'a>(article: &'a Article, column: &'a Column) -> Vec<&'a str> {
        column.blocks.iter().map(|block| block.text(article)).collect()
    }

    #[test]
    fn blank_lines_and_carriage_returns_are_not_shown() {
        let mut article = Article::new(ArticleId::new("a"), "Head\r\n\r\n\r\n  One two.\r\n\r\nThree.\n");
        article.zones = vec![Zone { span: Span::new(0, 4), kind: ZoneKind::Headline }];
        article.meta.outlet = Some("Coastal Herald".to_owned());
        article.meta.published = Some("2026-11-05".to_owned());
        let column = column(&article);
        assert_eq!(shown(&article, &column), ["Head", "Coastal Herald · 5 November 2026", "One two.", "Three."]);
        assert_eq!(column.blocks[0].voice, Voice::Headline);
    }

    #[test]
    fn a_title_that_the_text_lacks_is_set_above_it() {
        let mut article = Article::new(ArticleId::new("a"), "Body.");
        article.meta.title = Some("A title".to_owned());
        assert_eq!(shown(&article, &column(&article)), ["A title", "Body."]);
    }

    #[test]
    fn a_line_without_end_is_shown_in_pieces_that_make_it_whole() {
        let spaced = "word ".repeat(30_000);
        let solid = "x".repeat(100_000);
        for text in [spaced.trim(), solid.as_str()] {
            let article = Article::new(ArticleId::new("a"), text);
            let column = column(&article);
            let whole: String = column.blocks.iter().filter(|block| block.own.is_none()).map(|block| block.text(&article)).collect();
            assert_eq!(whole, text);
            assert!(column.blocks.iter().all(|block| block.span.len() <= LONGEST_BLOCK));
            assert!(column.height() > 10_000.0);
        }
    }

    #[test]
    fn every_place_lies_in_the_block_that_shows_it() {
        let article = Article::new(ArticleId::new("a"), "Head\n\nOne.\n\n\nTwo is longer.\nThree");
        let column = column(&article);
        for (i, block) in column.blocks.iter().enumerate().filter(|(_, block)| block.own.is_none()) {
            assert_eq!(column.block_at(block.span.start as usize), i);
            assert_eq!(column.visible(column.top(i) + 1.0, column.top(i) + 2.0), i..i + 1);
        }
    }

    #[test]
    fn a_zone_in_part_of_a_line_does_not_change_its_voice() {
        let zones = [Zone { span: Span::new(0, 5), kind: ZoneKind::Dateline }, Zone { span: Span::new(40, 60), kind: ZoneKind::Caption }];
        assert_eq!(main_zone(&zones, Span::new(0, 30)), ZoneKind::Body);
        assert_eq!(main_zone(&zones, Span::new(40, 62)), ZoneKind::Caption);
    }
}
