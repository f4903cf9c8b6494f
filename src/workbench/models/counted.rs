//! The tagger's figures on this session, counted while Overview or Rules is shown.

use crate::annotation::Session;
use crate::quality::figures::Figures;

/// The session's moment, and which of its articles were counted where it was not all of them.
type Key = ((u64, u64), Option<u64>);

#[derive(Debug, Default)]
pub struct Counted {
    figures: Figures,
    counted_for: Option<Key>,
}

impl Counted {
    /// As of the last time that a view which shows them was drawn.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Whether that is what was counted last.
    pub fn is_of(&self, version: (u64, u64), among: Option<u64>) -> bool {
        self.counted_for == Some((version, among))
    }

    /// Counts anew where the session has changed since, or others of its articles are meant.
    pub fn refresh(&mut self, session: &Session, version: (u64, u64), among: Option<u64>) {
        if !self.is_of(version, among) {
            self.figures = Figures::of(session);
            self.counted_for = Some((version, among));
        }
    }
}
