//! What the workbench needs from outside: the time, threads, a way to wake the window. All of it is passed in, so that
//! a test decides when everything happens.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::annotation::Time;

pub trait Clock: Send {
    fn now(&self) -> Time;
}

/// Runs work away from the interface thread.
pub trait Spawn: Send + Sync {
    fn spawn(&self, work: Box<dyn FnOnce() + Send>);
}

/// Asks for a frame, from any thread.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

pub struct Ports {
    pub clock: Box<dyn Clock>,
    pub spawn: Arc<dyn Spawn>,
    pub waker: Waker,
}

impl Ports {
    /// The real clock and real threads.
    pub fn real(waker: Waker) -> Self {
        Self { clock: Box::new(SystemClock), spawn: Arc::new(Threads), waker }
    }
}

pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// A thread for each piece of work; there are few, and what is parallel inside them uses a pool of its own.
pub struct Threads;

impl Spawn for Threads {
    fn spawn(&self, work: Box<dyn FnOnce() + Send>) {
        std::thread::spawn(work);
    }
}

/// Work done at once, on the caller's thread: for tests and for drawing a single picture.
pub struct AtOnce;

impl Spawn for AtOnce {
    fn spawn(&self, work: Box<dyn FnOnce() + Send>) {
        work();
    }
}

/// A clock that stands still.
pub struct FixedClock(pub Time);

impl Clock for FixedClock {
    fn now(&self) -> Time {
        self.0
    }
}

/// What only the window can do; the workbench asks and the view's frame carries it out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    Copy(String),
    Quit,
    /// Show the native chooser for this dialog; its answer comes back as a command.
    Browse(super::Dialog),
    /// Bring the mention in focus into view, even where the page would otherwise stay.
    Reveal,
}
