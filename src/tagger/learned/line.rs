//! One thing that was learnt, in words.

use std::sync::Arc;

use crate::annotation::Label;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Line {
    /// As the origins of suggestions name it, and as it is switched off.
    pub id: Arc<str>,
    /// The name or word that it speaks of.
    pub name: Arc<str>,
    /// Empty where it says that something is no name, or speaks of all.
    pub label: Option<Label>,
    /// What was learnt, in a clause.
    pub about: String,
}
