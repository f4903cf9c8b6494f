//! What the decisions of the session in hand teach the tagger, and how far that is under way.

use std::path::PathBuf;
use std::sync::Arc;

use crate::decide::learning::Learning;

#[derive(Debug, Default)]
pub struct Taught {
    /// The session, by its generation, that this was learnt from.
    generation: u64,
    pub learning: Arc<Learning>,
    /// The files of other sessions' learning that it began with.
    pub brought: Vec<PathBuf>,
    /// Whether it is off for this session.
    pub is_off: bool,
    /// Whether it is learning now, and was asked to once more meanwhile.
    pub is_busy: bool,
    pub is_asked: bool,
}

impl Taught {
    /// What was learnt from the session of this generation; nothing where another was opened since.
    pub fn of(&mut self, generation: u64) -> &mut Self {
        if self.generation != generation {
            *self = Self { generation, ..Self::default() };
        }
        self
    }
}
