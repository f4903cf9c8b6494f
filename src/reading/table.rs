//! The readers of article files. One that is new has its file and its line here.

use super::reader::Reader;
use super::{html, markdown, text};

/// In the order in which they are asked whether they know a file; the last reads any text.
pub static READERS: &[&Reader] = &[&html::READER, &markdown::READER, &text::READER];
