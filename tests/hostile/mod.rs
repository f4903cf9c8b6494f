//! Input that nobody means well with: every reader, the session file and the journal take it without a panic, without
//! hanging, and without ever half-importing something.
//!
//! Nothing here measures time. What would be quadratic is given so much of it that the suite would visibly stand still.

mod folders;
mod formats;
mod lines;
mod readers;
mod records;
mod sessions;
mod texts;
