//! What is under way between the session and its files: asked for, waited for, told of.

use std::path::PathBuf;

#[derive(Debug, Default)]
pub struct Filing {
    pub pending: Option<Pending>,
    /// Whether unsaved work is left behind by what is done next.
    pub gives_up: bool,
    /// Whether the work that is open is discarded when other work takes its place, or the program ends.
    pub discards: bool,
    /// Whether this is the sample that the program carries.
    pub is_sample: bool,
    pub troubles: Troubles,
    pub rejoining: Rejoining,
    /// The session file that is being read.
    pub opening: Option<PathBuf>,
    /// Articles to add once the session that is being opened is there.
    pub then_add: Vec<PathBuf>,
    /// How often articles were read.
    pub readings: u64,
    /// How many articles the last reading has brought so far.
    pub added: usize,
    /// How many of its files the session held already.
    pub known: usize,
    /// Where a session without a file is saved first.
    pub save_path: Option<PathBuf>,
}

/// What was asked for while something was unsaved, to be done once that is decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pending {
    Quit,
    New,
    Sample,
    Open(PathBuf),
    /// Articles to begin a session of one's own with, while the sample is open.
    Add(Vec<PathBuf>),
    Paste(String),
}

/// What the analyst was told of the disk and what still holds, to be withdrawn once it does not.
#[derive(Debug, Default)]
pub struct Troubles {
    pub save: Option<String>,
    pub journal: Option<String>,
    pub read_only: Option<String>,
}

/// Bringing the work to files that other programs have changed.
#[derive(Debug, Default)]
pub struct Rejoining {
    pub is_running: bool,
    /// Whether the work is saved once that is done.
    pub then_saves: bool,
    /// Why the last try came to nothing, as it was told; another follows with the next decision.
    pub told: Option<(u64, String)>,
}
