//! Articles that say the same: going from one to the next, settling them alike.

use super::row::{Row, rows};

#[derive(Clone, PartialEq, Debug)]
pub enum Copies {
    /// To the next copy of the open article; after the last comes the first.
    Next,
    /// Shows what would be settled.
    Offer,
    /// Does what is shown.
    Settle,
}

impl Copies {
    pub fn needs_page(&self) -> bool {
        !matches!(self, Copies::Settle)
    }
}

rows! { Copies
    Article 82 acts "next-copy" ["Alt+C"] Copies::Next, "Next copy", "Go to the next article that says the same as this one";
    Article 84 acts "settle-copies" ["Alt+Shift+C"] Copies::Offer, "Settle copies alike…", "Take what is settled in one copy of this article over to the others, where the sentence is the same";
}
