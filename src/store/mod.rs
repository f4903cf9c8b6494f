//! What is kept on disk: the session file, its journal and lock, settings. Nothing is ever lost here.
//!
//! - [`read`] and [`write()`]: the session file, RON of format [`FORMAT`]; spans in code points;
//! - [`SourcePaths`]: source paths are relative in files and absolute in memory;
//! - [`journal`]: every edit, durable within milliseconds, and the history that it gives back;
//! - [`Files`]: the disk, injected, so that tests can make every call of it fail;
//! - [`Home`]: what an open session has on the disk (file, lock, journal), for the window and the command line alike;
//! - [`RejoinJob`]: the work brought to files that other programs have changed;
//! - [`Part`]: of a large session, only what a few decisions need.
//!
//! # Who holds what
//! The workbench's state holds [`Session`] and [`History`](crate::annotation::History) itself, on one thread, and changes
//! them at once. [`Home`] holds everything slow. After each edit, undo or redo the state calls [`Home::edited`],
//! [`Home::undone`] or [`Home::redone`], which never wait; the status bar reads [`Home::durability`], and the waker that was passed in asks for a repaint when that
//! changes. A save is [`Home::save_job`] on the state's thread (a cheap clone of the session), [`SaveJob::run`] on a
//! worker's, and [`Home::saved`] with the receipt back on the state's. Where [`Home::disturbance`] tells of other programs at
//! the files, it is in the same way [`Home::rejoin_job`], [`RejoinJob::run`] and [`Rejoined::settle`].

mod check;
mod conflict;
mod crash;
mod discarded;
mod fault;
mod files;
mod form;
mod head;
mod home;
pub mod journal;
mod learned;
mod lock;
mod markers;
mod mounts;
mod names;
mod open;
mod packs;
mod part;
mod paths;
mod places;
mod plain;
mod read;
mod rejoin;
mod repair;
mod save;
mod scheme;
mod settings;
mod sources;
mod taken;
mod unsaved;
mod watch;
mod write;

pub use check::{Check, Finding, check};
pub use crash::{report_panics, take_reports};
pub use discarded::{DAYS_KEPT, discard, discarded};
pub use fault::{Fault, Repair};
pub use files::{Files, Handle, Held, RealFiles, Source, Stamp};
pub use home::{Durability, Home, LARGE, ReadOnly, SaveAsError, Surroundings};
pub use learned::{LearnedFault, read_learned, write_learned};
pub use lock::{Lock, LockError, Owner};
pub use open::{Intent, Notice, OpenError, Opened};
pub use packs::{OWN_FILE, OwnPack, OwnPacks, PACK_FOLDER, write_pack};
pub use part::Part;
pub use paths::SourcePaths;
pub use places::{keep_place, place_of};
pub use read::{Reading, read};
pub use rejoin::{HowRejoined, RejoinError, RejoinJob, Rejoined};
pub use save::{Receipt, SaveError, SaveJob, write_new, write_whole};
pub use scheme::{SchemeFileFault, read_scheme, write_scheme};
pub use settings::{Folders, Settings, SettingsFault, Theme};
pub use sources::{Found, Glances, Looked, look};
pub use unsaved::{Leftover, leftovers, take_up};
pub use watch::Disturbance;
pub use write::write;

use crate::annotation::{Session, Target};

/// The newest format that this version knows. It writes a session as format 1 as long as that has a place for all of it, so that
/// older programs can go on working on it; 2 came with what was found right, with certificates, with decisions taken from a copy
/// and suggestions of what was learnt. An older program opens that to read, or says that it is newer.
pub const FORMAT: u32 = 2;

/// Everything that a session file holds: the session, and what older files say beside it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Saved {
    pub session: Session,
    /// The article and mention at which work stopped, as an older file has it. Not written: it is the window's own.
    pub place: Option<Target>,
    /// The analyst's name, as an older file has it; empty in others. Not written: several people may share a session.
    pub analyst: String,
}
