//! What commands are asked with.

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
    /// Whether it leaves out who decided and when.
    pub is_anonymous: bool,
}

/// Which mentions an export takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ExportStates {
    #[default]
    Confirmed,
    Suggested,
    All,
}
