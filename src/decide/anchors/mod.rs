//! Anchors: mentions outlive a source that has changed.
//!
//! An article's text is never edited, but its source may be saved anew: a page re-scraped with a paragraph more, other
//! quotation marks, a sentence less. [`refresh::article`] lays the new text beside the old one and says of every mention
//! whether it stands where it stood (exact), stands elsewhere (moved), probably stands on other words now (fuzzy: it
//! becomes a suggestion that remembers what it was) or has lost its words (orphaned: it is kept in a list, to be placed or
//! let go). Only the first two go without a question, and no mention ever comes to stand on other words unseen.
//!
//! Everything goes in one edit ([`refresh::edit`]), so that one undo takes it back.

mod align;
mod mark;
pub mod orphan;
mod place;
pub mod refresh;
mod words;
mod zones;

pub use mark::{Was, is_mark, was};
pub use orphan::{Orphan, orphans};
pub use place::{Anchors, Place, Quote};
pub use refresh::{Refreshed, Tally};
pub use words::same_words;

#[cfg(test)]
mod tests;
