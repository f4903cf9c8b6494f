//! The application without pixels: state, the command table, the keymap, background work.
//!
//! [`State`] holds everything; [`State::run`] does a [`Command`], [`State::key`] finds the command of a chord,
//! [`State::poll`] takes in what background work has finished. It wires: what a command means lies in the rooms below.
//! Knows nothing of windows; clock, threads and waker are passed in ([`Ports`]), and what only a window can do is asked
//! for as an [`Effect`].

mod adding;
mod arranging;
mod command;
mod deciding;
mod disputes;
mod exporting;
mod files;
mod finding;
mod jobs;
mod key;
mod keymap;
mod linking;
mod lists;
mod moving;
mod naming;
mod notices;
mod page;
mod palette;
mod past;
mod ports;
mod preferences;
mod queue;
mod refreshing;
mod rejoining;
mod rulebook;
mod ruling;
mod sessions;
mod stage;
mod state;
mod tagging;
mod writing;

pub use adding::pasted_paths;
pub use command::{Command, Edge, Entry, ExportAs, ExportStates, FindQuery, Menu, Step, entries};
pub use disputes::{Dispute, Subject};
pub use exporting::Exported;
pub use finding::Find;
pub use jobs::Running;
pub use key::{Chord, Key};
pub use keymap::{Keymap, Overrides};
pub use linking::{Card, LinkSubject};
pub use lists::Lists;
pub use notices::{Notice, NoticeKind, Notices};
pub use page::{Caret, Page};
pub use palette::matches as palette_matches;
pub use past::{Past, PastFilter, title_of};
pub use ports::{AtOnce, Clock, Effect, FixedClock, Ports, Spawn, SystemClock, Threads, Waker};
pub use queue::{Queue, Totals};
pub use refreshing::{Listed, Refreshing, Sources};
pub use rejoining::Offered;
pub use rulebook::{Hit, RowKey, RowKind, RuleFilter, RuleOrder, RuleRow, Rulebook, Writing, Written};
pub use ruling::words as rule_words;
pub use stage::{Dialog, Pane, View};
pub use state::State;
pub use tagging::Retagging;
pub use writing::Keeping;
