//! Manicule: a workbench for correcting the named entities in news articles.
//!
//! The library is the whole program below the window and the command line. Data flows down this list once and
//! comes back as edits; a room imports only rooms that stand below it here. `ARCHITECTURE.md` draws the house.
//!
//! - [`cli`]: the subcommands, thin: parse, call, print
//! - `view`: the window (feature `window`)
//! - [`workbench`]: the application without pixels
//! - [`quality`]: evaluation against gold, figures of the tagger's work
//! - [`formats`]: interchange formats and what each could not carry
//! - [`store`]: the session file, journal, lock and settings
//! - [`decide`]: what a decision changes
//! - [`tagger`]: suggestions for an article
//! - [`reading`]: the bytes of a file become an article
//! - [`annotation`]: the pure core: article, mention, session, edit
//! - [`text`]: offsets, paragraphs, sentences, tokens, names

// A test that unwraps says what it expects.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod annotation;
pub mod cli;
pub mod decide;
pub mod formats;
pub mod quality;
pub mod reading;
pub mod store;
pub mod tagger;
pub mod text;
#[cfg(feature = "window")]
pub mod view;
pub mod workbench;

// The page language of the tests names the crate as a user of the library does.
#[cfg(test)]
extern crate self as manicule;

#[cfg(test)]
#[path = "../tests/support/dsl.rs"]
mod dsl;
