//! Documents of word processors and of printers: what a person wrote, without what the program keeps beside it.
//!
//! Each reader makes [`blocks`] of its file; one of them, `hand_out`, makes articles of these, also where the document is an
//! export of a press archive.

pub mod blocks;
pub mod docx;
pub mod epub;
pub mod hand_out;
pub mod odt;
pub mod pdf;
pub mod rtf;
mod rtf_tokens;

#[cfg(test)]
pub mod tests;
