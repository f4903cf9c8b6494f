//! What is looked for in the open article, and where it was found.

use crate::text::Span;
use crate::text::pattern::Query;

#[derive(Clone, Debug, Default)]
pub struct Find {
    pub query: Query,
    /// Bytes of the open article, in order.
    pub matches: Vec<Span>,
    /// The match last stepped to.
    pub at: Option<usize>,
    /// Why the expression cannot be used.
    pub fault: Option<String>,
}

/// More matches than this are not marked; nobody steps through them.
const MOST: usize = 20_000;

impl Find {
    pub fn is_on(&self) -> bool {
        !self.query.is_empty()
    }

    /// Looks for the same in another text: of an article just opened, or that has changed.
    pub fn turn_to(&mut self, text: Option<&str>) {
        self.matches.clear();
        self.at = None;
        if let Some(text) = text {
            self.search(text);
        }
    }

    fn search(&mut self, text: &str) {
        self.fault = None;
        if !self.is_on() {
            return;
        }
        match self.query.pattern() {
            Ok(pattern) => self.matches.extend(pattern.places(text).take(MOST)),
            Err(fault) => self.fault = Some(fault.to_string()),
        }
    }
}
