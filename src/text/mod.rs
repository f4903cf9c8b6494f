//! Offsets, paragraphs, how broken text reads, sentences, tokens and names: what can be said of a text without knowing what it is about.
//!
//! Knows nothing of articles, labels or files. Everything here is pure and linear in the length of the text.

pub mod flow;
pub mod name;
pub mod offsets;
pub mod paragraphs;
pub mod pattern;
pub mod seam;
pub mod sentences;
pub mod sought;
pub mod span;
pub mod steps;
pub mod tokens;

pub use offsets::{Offsets, Unit};
pub use span::Span;
