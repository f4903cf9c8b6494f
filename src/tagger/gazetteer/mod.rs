//! Lists of names and how they are found in a text.
//!
//! The lists are one table: every word once, with what is known of it (a given name, a surname, a common English word),
//! and every name as a run of words. A text is looked up word by word, one hash each, then the names that begin with a
//! word are narrowed down as its successors come. That loads faster than an automaton over a quarter of a million names
//! is built, and costs a few steps a word. A match is evidence, not an answer: it says in which list it stands and what
//! speaks against it.

pub mod build;
mod entries;
mod fold;
mod lexicon;
mod mark;
pub mod pack;
mod stored;
mod words;

pub(crate) use fold::{Case, case_of};
pub use lexicon::{Lexicon, ListMatch, Reading};
pub use mark::{ListId, ListInfo, Mark};
pub use stored::PackedFault;
pub use words::WordClass;

#[cfg(test)]
mod tests;
