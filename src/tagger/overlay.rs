//! What is added to the weights of the model: learnt from decisions, kept apart, in finer units.

use super::lattice::LANES;
use super::table::Table;

/// One unit of an added weight is this part of a natural one.
pub const FINE: f32 = 256.0;

/// Added weights by the upper half of a feature's key.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    pub rows: Table<[i16; LANES]>,
}
