//! The tagger's figures on this session, counted while Overview or Rules is shown.

use crate::annotation::Session;
use crate::quality::figures::Figures;

#[derive(Debug, Default)]
pub struct Counted {
    figures: Figures,
    counted_for: Option<(u64, u64)>,
}

impl Counted {
    /// As of the last time that a view which shows them was drawn.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Counts anew where the session has changed since.
    pub fn refresh(&mut self, session: &Session, version: (u64, u64)) {
        if self.counted_for != Some(version) {
            self.figures = Figures::of(session);
            self.counted_for = Some(version);
        }
    }
}
