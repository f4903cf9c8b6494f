//! Figures: how good annotations are, against gold or against what the analyst decided, and how many there are.

pub mod eval;
pub mod figures;
pub mod inventory;
