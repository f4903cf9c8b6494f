//! Names as they were settled in the session: wherever one stands again, with how likely it is the same there.

use std::sync::Arc;

use super::super::learned::Learned;
use super::super::source::{Asked, Candidate, Fault, Source, Standing};
use crate::annotation::Origin;

#[derive(Debug)]
pub struct Remembered(Arc<Learned>);

impl Remembered {
    pub fn new(learned: Arc<Learned>) -> Self {
        Self(learned)
    }
}

impl Source for Remembered {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        Ok(self.0.places(asked.page()))
    }

    fn standing(&self) -> Standing {
        Standing::Learned
    }

    fn reason(&self, origin: &Origin) -> Option<String> {
        let Origin::Learned(what) = origin else { return None };
        self.0.reason(what)
    }
}
