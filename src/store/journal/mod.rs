//! The journal: every edit on the disk within milliseconds of being made, and the history of a session.
//!
//! [`Record`]s are only ever appended. [`Journal`] is the writer: a thread of its own takes records, writes what has
//! gathered, and syncs it as one group, so that nobody waits for the disk. [`replay`] is the reader: it finds the
//! checkpoint that matches the session file, rebuilds the history from the records before it and does those after it
//! again.

mod record;
mod replay;
mod start;
mod writer;

pub use record::{Record, decode, encode};
pub(super) use record::{of_history, renumbered};
pub use replay::{Fit, Replay, Scan, replay, scan};
pub use start::{Head, Start};
pub(super) use writer::settle_all;
pub use writer::{Journal, JournalFault, OnFault, Status};
