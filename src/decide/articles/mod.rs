//! Which articles are wanted, and in which order: one small language for the list, the views, the export and the command line.
//!
//! `state:begun label:ORG outlet:"Harbour Courier" day:2026-10..2026-11-15 -tag:wire budget` is a [`Filter`]. Terms of different
//! kinds must all hold, of several of one kind one is enough; bare words must all be there; what stands behind a `-` must not
//! hold. What is not understood is a [`Fault`] to be told, never taken for a word.

mod days;
mod facts;
mod fault;
mod filter;
mod kinds;
mod matcher;
mod order;
mod term;
mod together;

pub use days::{Day, Days};
pub use facts::Facts;
pub use fault::Fault;
pub use filter::Filter;
pub use kinds::{Having, Kind, Standing};
pub use matcher::{Matcher, copies_for, narrowed};
pub use order::ArticleOrder;
pub use term::{Term, What};
pub use together::{Mark, mark_all, remove_all};
