//! A page under construction: blocks of text with what their markup says of them.

use std::fmt;

use crate::annotation::{Article, Extra, Meta, Zone, ZoneKind};
use crate::text::Span;

/// Words in the sentences of a page that its article lacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Omitted {
    pub words: usize,
    /// The words in all its sentences.
    pub of: usize,
}

impl Omitted {
    /// Under these an article carries it.
    const FORMAT: &str = "page";
    const KEY: &str = "omitted";
    const WHOLE: &str = "whole";

    pub(super) fn into_extra(self) -> Extra {
        Extra { format: Self::FORMAT.to_owned(), key: Self::KEY.to_owned(), value: format!("{} of {}", self.words, self.of) }
    }

    /// The mark of an article that is all of its page.
    pub(super) fn nothing() -> Extra {
        Extra { format: Self::FORMAT.to_owned(), key: Self::WHOLE.to_owned(), value: String::new() }
    }

    /// Whether an article is all of its page because somebody wished so.
    pub fn is_nothing(article: &Article) -> bool {
        article.extras.iter().any(|extra| extra.format == Self::FORMAT && extra.key == Self::WHOLE)
    }

    pub fn is_carried_by(extra: &Extra) -> bool {
        extra.format == Self::FORMAT && (extra.key == Self::KEY || extra.key == Self::WHOLE)
    }

    /// What was left out of the page that an article was read from, where that is much.
    pub fn of(article: &Article) -> Option<Self> {
        let extra = article.extras.iter().find(|extra| extra.format == Self::FORMAT && extra.key == Self::KEY)?;
        let (words, of) = extra.value.split_once(" of ")?;
        Some(Self { words: words.parse().ok()?, of: of.parse().ok()? })
    }
}

impl fmt::Display for Omitted {
    /// `620 of 900 words`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} words", self.words, self.of)
    }
}

#[derive(Debug, Default)]
pub struct Page {
    text: String,
    hints: Vec<Zone>,
    /// Where each block lies, and whether it stands on the line after the one before it.
    blocks: Vec<(Span, bool)>,
    pub meta: Meta,
    /// What of the page is not here, where that is much.
    pub omitted: Option<Omitted>,
    /// Whether the last block was an item of a list, so that the next one stands on the line after it.
    in_list: bool,
}

impl Page {
    /// A page without text of which something is known.
    pub fn with(meta: Meta) -> Self {
        Self { meta, ..Self::default() }
    }

    /// Adds a block; blocks stand apart by a blank line, items of a list by a line end.
    pub fn push(&mut self, block: &str, kind: Option<ZoneKind>, in_list: bool) {
        if !block.is_empty() {
            self.add(block, kind, in_list && self.in_list);
            self.in_list = in_list;
        }
    }

    fn add(&mut self, block: &str, kind: Option<ZoneKind>, is_joined: bool) {
        if !self.text.is_empty() {
            self.text.push_str(if is_joined { "\n" } else { "\n\n" });
        }
        let span = Span::new(self.text.len(), self.text.len() + block.len());
        self.text.push_str(block);
        self.blocks.push((span, is_joined));
        self.hints.extend(kind.map(|kind| Zone { span, kind }));
    }

    /// Adds all blocks of another page.
    pub fn append(&mut self, other: &Page) {
        if other.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let base = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.hints.extend(other.hints.iter().map(|zone| {
            let span = Span { start: zone.span.start + base, end: zone.span.end + base };
            Zone { span, ..*zone }
        }));
        self.blocks.extend(other.blocks.iter().map(|(span, joined)| (Span { start: span.start + base, end: span.end + base }, *joined)));
        self.in_list = other.in_list;
    }

    /// The blocks that `keeps` says yes to, with what is known of each.
    pub fn only(&self, keeps: impl Fn(&str) -> bool) -> Page {
        self.chosen(|_, block| keeps(block))
    }

    /// The first blocks, and the others.
    pub fn split_at(&self, n: usize) -> (Page, Page) {
        (self.chosen(|i, _| i < n), self.chosen(|i, _| i >= n))
    }

    fn chosen(&self, keeps: impl Fn(usize, &str) -> bool) -> Page {
        let mut page = Page::with(self.meta.clone());
        let mut follows = false;
        for (i, (span, is_joined)) in self.blocks.iter().enumerate() {
            let block = span.of(&self.text).unwrap_or_default();
            let is_kept = keeps(i, block);
            if is_kept {
                let hint = self.hints.binary_search_by_key(span, |hint| hint.span).ok();
                page.add(block, hint.map(|at| self.hints[at].kind), *is_joined && follows);
            }
            follows = is_kept;
        }
        page
    }

    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.blocks.iter().map(|(span, _)| span.of(&self.text).unwrap_or_default())
    }

    /// The next block stands apart, also after an item of a list.
    pub fn part(&mut self) {
        self.in_list = false;
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Blocks whose kind is known from the markup, in order.
    pub fn hints(&self) -> &[Zone] {
        &self.hints
    }
}
