//! The application without pixels, in four floors: [`parts`] that own their data, the [`command`] table, [`models`] of what is
//! shown, and what commands mean (`acts`), with the [`Workbench`] on top.
//!
//! [`Workbench::run`] does a [`Command`], [`Workbench::key`] finds the command of a chord, [`Workbench::poll`] takes in what
//! background work has finished. It wires: what a command means lies in the rooms below. Knows nothing of windows; clock,
//! threads and waker are passed in ([`Ports`]), and what only a window can do is asked for as an [`Effect`].

mod acts;
mod bench;
mod command;
mod models;
mod parts;
mod state;

pub use acts::called::{learned_path, opening, path_to_offer, read_only, session_name};
pub use acts::checking::told as told_of_findings;
pub use acts::linking::{link_subject, proposals};
pub use acts::listing::pack_folders;
pub use acts::refreshing::told_of_omitted;
pub use acts::ruling::label_for_rule;
pub use acts::writing::{fault_of, names_path, parts_of};
pub use bench::Workbench;
pub use command::{
    Arrange, Articles, Certify, Check, Command, Copies, Decide, Edge, Entry, ExportAs, ExportLabels, ExportStates, File, Go, Learn, Link,
    Menu, Names, Recall, Renew, Rules, Screen, Seek, Step, entries, palette_matches,
};
pub use models::Copies as CopiesFound;
pub use models::{
    ArticleList, Asked, Becomes, Card, Changed, Coming, ComingRow, Corpus, Dispute, Exported, Facet, Facets, Findings, Folder, Given, Hit,
    Keeping, LinkSubject, ListOf, Listed, Offered, Offering, Past, PastFilter, Previewed, Queue, Refreshing, Renewed, Replacing, Retagging,
    RowKey, RowKind, RuleFilter, RuleOrder, RuleRow, Rulebook, Sources, Subject, Totals, Writing, Written, common, split, title_of,
};
pub use parts::{
    AtOnce, Caret, Choice, Chord, Clock, Dialog, Effect, Find, FixedClock, Key, Keymap, Lists, Notice, NoticeKind, Notices, Overrides,
    Page, Pane, Ports, Running, Spawn, SystemClock, Threads, View, Waker, Wanted, is_session, pasted_paths,
};
pub use state::State;
