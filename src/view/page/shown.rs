//! What of the article is on screen, and where: blocks, their mentions, the pieces that these have.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::{Pos2, Rect, Ui, pos2, vec2};

use super::super::letters::{Letters, Piece};
use super::blocks::{Column, Voice};
use super::geometry::Part;
use super::sheet::Page;
use super::{geometry, lanes};
use crate::annotation::Mention;
use crate::text::Span;

/// A block that is on screen.
pub struct ShownBlock<'a> {
    pub letters: Arc<Letters>,
    /// Upper left corner of its text on the screen.
    pub origin: Pos2,
    pub text: &'a str,
    pub part: Part<'a>,
    pub voice: Voice,
    size: f32,
    pub is_own: bool,
}

/// A mention that is on screen.
pub struct ShownMention<'a> {
    pub mention: &'a Mention,
    pub tag_lane: usize,
    /// On the screen, from the first word to the last.
    pub pieces: Vec<PlacedPiece>,
    /// Its number among the mentions that are not rejected, from 1.
    pub number: usize,
}

#[derive(Clone, Copy)]
pub struct PlacedPiece {
    /// Around the letters, without the leading of the row.
    pub rect: Rect,
    pub row: Rect,
    pub baseline: f32,
    pub size: f32,
    pub ends_left: bool,
    pub ends_right: bool,
}

/// Everything of the article that is on screen.
pub struct Shown<'a> {
    pub blocks: Vec<ShownBlock<'a>>,
    pub mentions: Vec<ShownMention<'a>>,
    /// How many mentions the article has that are not rejected.
    pub living: usize,
    pub column: Rect,
}

impl<'a> Shown<'a> {
    /// `view` in points from the top of the column, `origin` where the column begins on the screen.
    pub fn new(page: &Page<'a>, column: &'a Column, view: Range<f32>, origin: Pos2, ui: &Ui) -> Self {
        let visible = column.visible(view.start, view.end);
        let blocks: Vec<ShownBlock<'a>> = visible
            .map(|i| {
                let block = &column.blocks[i];
                let letters = column.letters(i, page.article, ui.ctx());
                ShownBlock {
                    letters,
                    origin: origin + vec2(block.voice.indent(), column.top(i)),
                    text: block.text(page.article),
                    part: block.part(),
                    voice: block.voice,
                    size: block.voice.font(page.scale).size,
                    is_own: block.own.is_some(),
                }
            })
            .collect();
        let width = blocks.iter().map(|block| block.letters.galley.job.wrap.max_width).fold(0.0, f32::max);
        let column = Rect::from_min_size(origin, vec2(width, column.height()));
        let mut shown = Self { blocks, mentions: Vec::new(), living: 0, column };
        shown.find_mentions(page);
        shown
    }

    fn find_mentions(&mut self, page: &Page<'a>) {
        let Some(seen) = self.span() else {
            return;
        };
        let mut found = Vec::new();
        for mention in &page.article.mentions {
            let is_living = !mention.is_rejected();
            self.living += usize::from(is_living);
            let is_drawn = mention.is_shown() || page.shows_rejected || page.focus == Some(mention.id);
            if is_drawn && mention.span.overlaps(seen) {
                found.push((mention, self.living));
            }
        }
        let spans: Vec<Span> = found.iter().map(|(mention, _)| mention.span).collect();
        let lanes = lanes::lanes(&spans);
        for ((mention, number), tag_lane) in found.into_iter().zip(lanes) {
            let pieces = self.pieces(mention.span);
            self.mentions.push(ShownMention { mention, tag_lane, pieces, number });
        }
    }

    /// The pieces of a span that are on screen.
    pub fn pieces(&self, span: Span) -> Vec<PlacedPiece> {
        let first = self.blocks.partition_point(|block| block.part.span.end <= span.start);
        let touched = self.blocks[first..].iter().take_while(|block| block.part.span.start < span.end);
        touched
            .filter(|block| !block.is_own)
            .flat_map(|block| {
                let pieces = geometry::pieces(&block.letters, block.part, span);
                pieces.into_iter().map(|piece| block.place(piece))
            })
            .collect()
    }

    /// The bytes from the first to the last on screen.
    pub fn span(&self) -> Option<Span> {
        let mut texts = self.blocks.iter().filter(|block| !block.is_own);
        let first = texts.next()?;
        let last = texts.next_back().unwrap_or(first);
        Some(Span { start: first.part.span.start, end: last.part.span.end })
    }

    /// The mentions under a point of the screen, the shortest first.
    pub fn mentions_at(&self, at: Pos2) -> Vec<&ShownMention<'a>> {
        let has = |mention: &ShownMention<'_>| mention.pieces.iter().any(|piece| piece.rect.expand2(vec2(1.5, 2.0)).contains(at));
        let mut found: Vec<_> = self.mentions.iter().filter(|mention| has(mention)).collect();
        found.sort_by_key(|mention| mention.mention.span.len());
        found
    }

    /// The text block nearest to a point of the screen.
    pub fn block_near(&self, at: Pos2) -> Option<&ShownBlock<'a>> {
        let texts = self.blocks.iter().filter(|block| !block.is_own);
        texts.min_by_key(|block| {
            let rect = block.rect();
            (rect.top() - at.y).max(at.y - rect.bottom()).max(0.0) as i64
        })
    }
}

impl ShownBlock<'_> {
    pub fn rect(&self) -> Rect {
        Rect::from_min_size(self.origin, self.letters.galley.rect.size())
    }

    fn place(&self, piece: Piece) -> PlacedPiece {
        let row = piece.rect.translate(self.origin.to_vec2());
        let baseline = piece.baseline + self.origin.y;
        let top = baseline - 0.82 * self.size;
        let bottom = baseline + 0.30 * self.size + 1.0;
        let rect = Rect::from_min_max(pos2(row.left(), top), pos2(row.right(), bottom));
        PlacedPiece { rect, row, baseline, size: self.size, ends_left: piece.ends_left, ends_right: piece.ends_right }
    }
}
