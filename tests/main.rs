//! All integration tests in one binary, so that two cores link once.
#![allow(clippy::unwrap_used)]

mod cli;
mod explaining;
mod formats;
#[cfg(feature = "window")]
mod gui;
mod hostile;
mod kinds;
mod laws;
mod learning;
mod lists;
mod merging;
mod names;
mod offline;
mod pages;
mod reading;
mod rules;
mod seeking;
mod sources;
mod spreading;
mod store;
mod suggesting;
mod support;
mod tagging;
mod troubles;
mod workbench;
