//! Suggestions for an article: gazetteers, rules, the statistical model, aliases, dates, and one answer out of them.
//!
//! Knows nothing of sessions and decisions: it reads text and zones and answers with [`Suggestion`]s, always the same
//! ones in the same order. What becomes of them is decided in `decide`.

pub mod classes;
pub mod consistency;
pub mod cues;
mod customs;
pub mod dates;
pub mod evidence;
mod explain;
pub mod features;
mod flowing;
pub mod gazetteer;
pub mod hash;
pub mod lattice;
pub mod learned;
pub mod model;
pub mod names;
pub mod numeric;
pub mod overlay;
pub mod page;
mod part;
mod passes;
pub mod refine;
pub mod resolve;
pub mod rules;
pub mod source;
pub mod sources;
mod spans;
mod suggestion;
pub mod table;
mod tables;
mod tagging;
pub mod train;

pub use part::{Part, PartKind};
pub use sources::own;
pub use suggestion::{Context, Suggestion};
pub use tagging::{Both, LEARNED, Tagger};
