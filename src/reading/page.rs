//! A page under construction: blocks of text with what their markup says of them.

use crate::annotation::{Meta, Zone, ZoneKind};
use crate::text::Span;

#[derive(Debug, Default)]
pub struct Page {
    text: String,
    hints: Vec<Zone>,
    pub meta: Meta,
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
        self.in_list = other.in_list;
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
