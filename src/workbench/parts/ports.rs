//! What the workbench needs from outside: the time, threads, a way to wake the window. All of it is passed in, so that
//! a test decides when everything happens.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::tz::TimeZone;

use super::stage::Dialog;
use crate::annotation::Time;
use crate::store::Folders;
use crate::store::journal::OnFault;
use crate::store::{Intent, Owner, RealFiles, Surroundings};

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
    /// Where the analyst's clock hangs: moments are told in it.
    pub zone: TimeZone,
    pub spawn: Arc<dyn Spawn>,
    pub waker: Waker,
    /// The disk, and who works.
    pub around: Surroundings,
    /// Where settings are kept; `None` keeps none.
    pub settings_file: Option<PathBuf>,
    /// Where it is kept at which place work on a session stopped; `None` keeps none.
    pub places_file: Option<PathBuf>,
    /// Where reports lie of runs that broke off.
    pub reports_folder: Option<PathBuf>,
    /// The analyst's own folder, for what cannot be written where it came from.
    pub own_folder: Option<PathBuf>,
    /// What sessions are opened for.
    pub intent: Intent,
}

impl Ports {
    /// The real clock, real threads and the real disk. `analyst` may be empty.
    pub fn real(waker: Waker, analyst: &str) -> Self {
        let folders = Folders::of_platform();
        let around = Surroundings {
            files: Arc::new(RealFiles),
            owner: Owner::this_process(analyst, SystemClock.now()),
            waker: waker.clone(),
            unsaved_folder: folders.as_ref().map(Folders::unsaved),
            on_fault: OnFault::Retry,
        };
        let settings_file = folders.as_ref().map(Folders::settings_file);
        let places_file = folders.as_ref().map(Folders::places_file);
        let reports_folder = folders.as_ref().map(Folders::reports);
        Self {
            clock: Box::new(SystemClock),
            zone: TimeZone::system(),
            spawn: Arc::new(Threads),
            waker,
            around,
            settings_file,
            places_file,
            reports_folder,
            own_folder: std::env::home_dir(),
            intent: Intent::Work,
        }
    }

    /// A clock that stands still, work done at once, and no journal for work without a file: for tests and pictures.
    pub fn still(at: Time) -> Self {
        let waker: Waker = Arc::new(|| {});
        let around = Surroundings {
            files: Arc::new(RealFiles),
            owner: Owner { owner: "analyst".to_owned(), host: "here".to_owned(), pid: std::process::id(), at },
            waker: waker.clone(),
            unsaved_folder: None,
            on_fault: OnFault::Retry,
        };
        Self {
            clock: Box::new(FixedClock(at)),
            zone: TimeZone::UTC,
            spawn: Arc::new(AtOnce),
            waker,
            around,
            settings_file: None,
            places_file: None,
            reports_folder: None,
            own_folder: None,
            intent: Intent::Work,
        }
    }

    /// For a single picture: nothing is written, and everything is there before it is drawn.
    pub fn for_picture() -> Self {
        Self { intent: Intent::Read, ..Self::still(Time(0)) }
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
    Browse(Dialog),
    BrowseFolder,
    /// Bring the mention in focus into view, even where the page would otherwise stay.
    Reveal,
}
