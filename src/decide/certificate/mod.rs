//! A certificate of quality: how much of what is settled is wrong, and how much was missed, from a random sample that somebody
//! answered without seeing what was decided.
//!
//! Mentions tell what is wrong among what was settled; sentences tell what nobody tagged. The sample is kept in the session with
//! its answers ([`Certificate`](crate::annotation::Certificate)), and with what was decided when it was drawn: it goes on to speak
//! of the session as it was then, also when the faults that it found are mended.

mod asked;
mod draw;
mod interval;
#[cfg(test)]
mod simulated;
#[cfg(test)]
mod tests;
mod told;

pub use asked::{answer, begin, latest, shown};
pub use draw::{Asked, NothingToDraw, draw};
pub use told::{Rate, Told};
