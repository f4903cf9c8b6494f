//! What surrounds the mentions: zones, marks and metadata of an article, the labels.

use super::row::{Row, rows};
use crate::annotation::{Desk, Meta, Progress, ZoneKind};
use crate::decide::labels::SchemeChange;
use crate::text::Span;

#[derive(Clone, PartialEq, Debug)]
pub enum Arrange {
    FlipZone,
    SetZone(Span, ZoneKind),
    ToggleFlag,
    /// Done or set aside; once more takes the mark off.
    ToggleProgress(Progress),
    Mark(Desk),
    Describe(Meta),
    Remove,
    ChangeScheme(Box<SchemeChange>),
}

impl Arrange {
    pub fn needs_page(&self) -> bool {
        !matches!(self, Arrange::Mark(_) | Arrange::Describe(_) | Arrange::ChangeScheme(_))
    }
}

rows! { Arrange
    Article 10 decides "flip-zone" ["B"] Arrange::FlipZone, "Boilerplate or not", "Take the selection or paragraph out of the article, or back in";
    Article 40 decides "flag" ["M"] Arrange::ToggleFlag, "Flag", "Flag the article, or take the flag off";
    Article 50 decides "done" [] Arrange::ToggleProgress(Progress::Done), "Done or not", "Mark the article done whatever is left in it, or take the mark off";
    Article 60 decides "set-aside" [] Arrange::ToggleProgress(Progress::SetAside), "Set aside or not", "Put the article off for later, or take it up again";
    Article 130 acts "remove-article" ["Ctrl+Delete"] Arrange::Remove, "Remove article", "Take the article out of the session";
}
