//! Figures: how good annotations are, against gold or against what the analyst decided.

pub mod eval;
