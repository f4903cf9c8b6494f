//! Work that begins when the test says so: a tagger, a disk or a search as slow as one likes.

use std::sync::{Arc, Mutex, PoisonError};

use manicule::annotation::{Session, Time};
use manicule::tagger::Tagger;
use manicule::workbench::{Ports, Spawn, Workbench};

type Work = Box<dyn FnOnce() + Send>;

#[derive(Default)]
pub struct Held(Mutex<Vec<Work>>);

impl Spawn for Held {
    fn spawn(&self, work: Work) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(work);
    }
}

impl Held {
    /// A workbench on a session that waits for what is held.
    pub fn workbench(session: Session) -> (Workbench, Arc<Self>) {
        let held = Arc::new(Self::default());
        let ports = Ports { spawn: held.clone(), ..Ports::still(Time(1_700_000_000)) };
        (Workbench::new(session, Tagger::standard(), ports), held)
    }

    pub fn waiting(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Does what waits now.
    pub fn run(&self) {
        let waiting = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        waiting.into_iter().for_each(|work| work());
    }

    /// Does all that waits, and what that leads to.
    pub fn settle(&self, state: &mut Workbench) {
        while self.waiting() > 0 {
            self.run();
            state.poll();
        }
    }
}
