//! What is kept on disk: the session file, its journal and lock, settings. Nothing is ever lost here.
//!
//! - [`read`] and [`write()`]: the session file, RON of format [`FORMAT`]; spans in code points;
//! - [`SourcePaths`]: source paths are relative in files and absolute in memory.
//!
//! Inside files spans count code points; the journal alone, which no other program reads, counts bytes.

mod fault;
mod form;
mod paths;
mod read;
mod repair;
mod write;

pub use fault::{Fault, Repair};
pub use paths::SourcePaths;
pub use read::{Reading, read};
pub use write::write;

use crate::annotation::{Session, Target};

/// The format that this version writes. Older ones are brought up to it when they are read.
pub const FORMAT: u32 = 1;

/// Everything that a session file holds: the session, and beside it whose it is and where work stopped.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Saved {
    pub session: Session,
    /// The article and mention at which work goes on.
    pub place: Option<Target>,
    /// The analyst's name; empty when none is set.
    pub analyst: String,
}
