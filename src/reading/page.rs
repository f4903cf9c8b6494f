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
    /// Where each block lies, and whether it is an item of a list.
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
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(if in_list && self.in_list { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        self.text.push_str(block);
        self.blocks.push((Span::new(start, self.text.len()), in_list));
        if let Some(kind) = kind {
            self.hints.push(Zone { span: Span::new(start, self.text.len()), kind });
        }
        self.in_list = in_list;
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
        self.blocks.extend(other.blocks.iter().map(|(span, in_list)| (Span { start: span.start + base, end: span.end + base }, *in_list)));
        self.in_list = other.in_list;
    }

    /// The blocks that `keeps` says yes to, with what is known of each.
    pub fn only(&self, keeps: impl Fn(&str) -> bool) -> Page {
        let mut page = Page::with(self.meta.clone());
        for (span, in_list) in &self.blocks {
            let block = span.of(&self.text).unwrap_or_default();
            if keeps(block) {
                page.push(block, self.hints.iter().find(|hint| hint.span == *span).map(|hint| hint.kind), *in_list);
            } else {
                page.part();
            }
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
