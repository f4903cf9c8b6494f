//! The history: undo and redo, going back.

use super::row::{Row, rows};
use crate::workbench::models::PastFilter;

#[derive(Clone, PartialEq, Debug)]
pub enum Recall {
    Undo,
    Redo,
    /// The decision at this place among the history's entries.
    Entry(usize),
    Filter(PastFilter),
    /// Go to what the decision in focus was made on.
    OpenEntry,
    /// Make the session what it was right after the decision in focus.
    GoBack,
}

rows! { Recall
    Edit 10 decides "undo" ["Ctrl+Z"] Recall::Undo, "Undo", "Take the last change back, however many mentions it touched";
    Edit 20 decides "redo" ["Ctrl+Y" "Ctrl+Shift+Z"] Recall::Redo, "Redo", "Do again what was undone";
    Edit 30 decides "go-back" ["Ctrl+Alt+Z"] Recall::GoBack, "Go back to a moment", "In the history: make the session what it was right after the decision in focus; one undo takes it back";
}
