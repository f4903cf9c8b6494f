//! What commands are asked with.

use crate::decide::articles::Filter;

/// An end of a mention.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    Start,
    End,
}

/// A direction in reading order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Back,
    On,
}

/// What an export writes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExportAs {
    /// The format by its name.
    pub format: String,
    pub states: ExportStates,
    pub labels: ExportLabels,
    /// Whether it leaves out who decided and when.
    pub is_anonymous: bool,
    /// Only articles that this filter admits; all of them where it is empty.
    pub articles: Filter,
}

/// What labels are called in an export.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum ExportLabels {
    #[default]
    AsHere,
    /// CoNLL's types, as the scheme gives them.
    Conll,
    /// `LABEL NAME` for each that is called otherwise, `LABEL -` for each that is left out; between commas or on lines.
    Listed(String),
}

/// Which mentions an export takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ExportStates {
    #[default]
    Confirmed,
    Suggested,
    All,
}
