//! The command table: a file for each group of commands, with its lines.

mod all;
mod arrange;
mod check;
mod decide;
mod file;
mod go;
mod learn;
mod link;
mod names;
mod palette;
mod recall;
mod renew;
mod row;
mod rules;
mod screen;
mod seek;
mod terms;

pub use all::{Command, Entry, entries};
pub use arrange::Arrange;
pub use check::Check;
pub use decide::Decide;
pub use file::File;
pub use go::Go;
pub use learn::Learn;
pub use link::Link;
pub use names::Names;
pub use palette::matches as palette_matches;
pub use recall::Recall;
pub use renew::Renew;
pub use row::Menu;
pub use rules::Rules;
pub use screen::Screen;
pub use seek::Seek;
pub use terms::{Edge, ExportAs, ExportLabels, ExportStates, Step};
