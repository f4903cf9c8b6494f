//! Finding on the page.

use super::row::{Row, rows};
use super::terms::Step;
use crate::annotation::Label;
use crate::workbench::parts::FindQuery;

#[derive(Clone, PartialEq, Debug)]
pub enum Seek {
    For(FindQuery),
    Step(Step),
    Tag(Label),
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
