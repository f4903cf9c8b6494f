//! What a workbench consists of: each part owns its data and knows only what lies below it.

mod choice;
mod filing;
mod find;
mod jobs;
mod key;
mod keymap;
mod lists;
mod notices;
mod page;
mod paths;
mod ports;
mod preferences;
mod stage;
mod tally;
mod taught;
mod wanted;
mod words;
mod work;

pub use choice::Choice;
pub use filing::{Filing, Pending, Troubles};
pub use find::Find;
pub use jobs::{Arrival, Jobs, Reporter, Running};
pub use key::{Chord, Key};
pub use keymap::{Keymap, Overrides};
pub use lists::Lists;
pub use notices::{Notice, NoticeKind, Notices};
pub use page::{Caret, Page};
pub use paths::{is_session, pasted_paths};
pub use ports::{AtOnce, Clock, Effect, FixedClock, Ports, Spawn, SystemClock, Threads, Waker};
pub use preferences::{Preferences, Writing as SettingsWriting};
pub use stage::{Dialog, Pane, Stage, View};
pub use taught::Taught;
pub use wanted::Wanted;
pub use words::{count, sentence};
pub use work::{Moved, Work};
