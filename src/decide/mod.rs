//! Deciding: what an analyst's decision changes, on one mention, in an article, in the whole session.
//!
//! Every function here reads a session and answers with an [`Edit`](crate::annotation::Edit) for the caller to
//! perform, or says why there is nothing to do. Nothing here keeps time or names: a [`Stamp`] is passed in.

pub mod anchors;
pub mod article;
pub mod articles;
pub mod certificate;
pub mod conflicts;
pub mod consistency;
pub mod copies;
pub mod decision;
pub mod entities;
pub mod intake;
pub mod labels;
pub mod lay;
pub mod learning;
pub mod merge;
pub mod names;
pub mod overlaps;
pub mod past;
pub mod retag;
pub mod ruling;
pub mod seek;
pub mod settled;
pub mod simulate;
pub mod spread;
pub mod standing;
mod terms;
pub mod verdict;
pub mod versions;

pub use terms::{Refusal, Stamp};
