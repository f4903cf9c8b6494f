//! Copies: articles that say the same but for cuts, another lead, other captions, changed figures. Wire copy comes in many of
//! them, and is settled once.
//!
//! [`Groups`] finds them by the words that they share ([`sketch`]); [`plan`](transfer::plan) lays what is settled in one over
//! the others, word by word with the anchors that carry mentions over a changed source ([`anchors`](super::anchors)), and goes
//! only where the whole sentence is the same. What copies there are is a function of the texts, so no session holds it.

mod groups;
#[cfg(test)]
mod rewrites;
mod sketch;
#[cfg(test)]
mod tests;
mod transfer;

pub use groups::Groups;
pub use transfer::{Fate, Lay, Plan, Settled, Tally, edit, plan, sources};
