//! All integration tests in one binary, so that two cores link once.
#![allow(clippy::unwrap_used)]

mod support;
mod workbench;
