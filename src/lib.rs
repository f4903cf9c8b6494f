//! Manicule: a workbench for correcting the named entities in news articles.
//!
//! The library is the whole program below the window and the command line. Data flows down this list once and
//! comes back as edits; a room imports only rooms that stand below it here. `ARCHITECTURE.md` draws the house.
//!
//! - [`cli`]: the subcommands, thin: parse, call, print
//! - [`decide`]: what a decision changes
//! - [`tagger`]: suggestions for an article
//! - [`annotation`]: the pure core: article, mention, session, edit
//! - [`text`]: offsets, paragraphs, sentences, tokens, names

pub mod annotation;
pub mod cli;
pub mod decide;
pub mod tagger;
pub mod text;
