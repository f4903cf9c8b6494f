//! What commands mean: a file for each group, or for what several groups lead to, as functions over the [state](super::state).
//! Each knows only those below it; [`super::bench`] leads to them.

pub mod adding;
pub mod arranging;
pub mod called;
pub mod certifying;
pub mod checking;
pub mod choosing;
pub mod copying;
mod corpus;
pub mod deciding;
pub mod disputing;
pub mod entering;
pub mod explaining;
pub mod exporting;
pub mod filing;
pub mod going;
pub mod learning;
pub mod linking;
pub mod listing;
pub mod naming;
pub mod opening;
pub mod orphans;
pub mod preferring;
pub mod recalling;
pub mod refreshing;
pub mod renewing;
mod replacing;
pub mod ruling;
pub mod saving;
pub mod seeking;
pub mod showing;
pub mod spreading;
pub mod tagging;
mod taking;
mod waiting;
pub mod watching;

pub mod writing;
