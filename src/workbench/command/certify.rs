//! A certificate of quality: drawing its sample, going through the questions.

use super::row::{Row, rows};

#[derive(Clone, PartialEq, Debug)]
pub enum Certify {
    /// Draw a sample of so many mentions and sentences.
    Draw(usize, usize),
    /// What was said of the sentence is all that stands in it.
    Said,
    /// Show what the answers come to before all are there.
    Tell,
}

rows! { Certify
    Decide 280 acts "draw-sample" [] Certify::Draw(200, 100), "Draw a sample", "Draw 200 settled mentions and 100 sentences to be looked at blind, for a certificate of quality";
}
