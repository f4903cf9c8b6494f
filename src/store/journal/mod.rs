//! The journal: every edit on the disk within milliseconds of being made, and the history of a session.
//!
//! [`Record`]s are only ever appended. [`Journal`] is the handle on the writer: a thread of its own takes records, writes
//! what has gathered, and syncs it as one group, so that nobody waits for the disk. [`replay`] is the reader: it finds out
//! which version of the session file the records belong to, rebuilds the history from those that the file holds and does
//! the others again.

mod compact;
mod handle;
mod record;
mod replay;
mod scan;
mod start;
mod status;
mod writer;

pub(super) use handle::settle_all;
pub use handle::{Journal, Start};
pub use record::{Entry, Record, WriterId, decode, encode};
pub(super) use record::{of_history, of_history_since};
pub(super) use replay::touched;
pub use replay::{Fit, Replay, Tail, articles_of, missing_from, replay};
pub(super) use scan::Chains;
pub use scan::{Scan, scan};
pub use start::Head;
pub(super) use status::Manner;
pub use status::{JournalFault, OnFault, Status};
