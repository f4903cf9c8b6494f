//! Finding on the page.

use super::row::{Row, rows};
use super::terms::Step;
use crate::annotation::Label;
use crate::decide::seek::Sought;
use crate::decide::spread::Order;
use crate::text::pattern::Query;

#[derive(Clone, PartialEq, Debug)]
pub enum Seek {
    For(Query),
    Step(Step),
    Tag(Label),
    /// In every article of the session.
    In(Sought, Order),
    TickFound(usize, bool),
    /// The ticked places of the session become mentions with this label.
    TagFound(Label),
    RejectFound,
    FlagFound,
}

impl Seek {
    pub fn needs_page(&self) -> bool {
        matches!(self, Seek::Step(_) | Seek::Tag(_))
    }
}

rows! { Seek
    Edit 60 acts "find-next" ["F3"] Seek::Step(Step::On), "Next match", "Go to the next match";
    Edit 70 acts "find-previous" ["Shift+F3"] Seek::Step(Step::Back), "Previous match", "Go to the match before";
}
