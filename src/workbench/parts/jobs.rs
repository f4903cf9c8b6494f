//! Background work: with a name, progress, cancel. The interface thread starts it and later takes in what it sent.
//!
//! A job speaks only through its [`Reporter`]: what it sends is done to the state `S` by the interface thread, so that
//! work and what is made of it stand in one file. One that panics ends as a failure that is told; it never takes the window
//! with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::ports::{Spawn, Waker};

/// Jobs that run, and what they have sent to be done to an `S`.
pub struct Jobs<S> {
    sender: Sender<(u64, Sent<S>)>,
    receiver: Receiver<(u64, Sent<S>)>,
    running: Vec<Running>,
    last_id: u64,
}

/// What is to be done with what a job has come to.
pub type Answer<S> = Box<dyn FnOnce(&mut S) + Send>;

enum Sent<S> {
    Answer(Answer<S>),
    Ended { panicked: bool },
}

/// A job as the status bar shows it.
#[derive(Clone)]
pub struct Running {
    id: u64,
    pub name: String,
    /// Whether the status bar tells of it: a moment's work would only flicker there.
    pub is_told: bool,
    meter: Arc<Meter>,
}

#[derive(Default)]
struct Meter {
    done: AtomicUsize,
    total: AtomicUsize,
    cancelled: AtomicBool,
}

impl Running {
    /// Steps done and steps in all; the total is 0 while it is unknown.
    pub fn progress(&self) -> (usize, usize) {
        (self.meter.done.load(Ordering::Relaxed), self.meter.total.load(Ordering::Relaxed))
    }
}

/// A job's end of the line.
pub struct Reporter<S> {
    id: u64,
    sender: Sender<(u64, Sent<S>)>,
    meter: Arc<Meter>,
    waker: Waker,
}

impl<S> Reporter<S> {
    /// Has something done by the interface thread, and wakes it.
    pub fn send(&self, answer: impl FnOnce(&mut S) + Send + 'static) {
        // The receiver is gone only when the window is; then nobody waits for the answer.
        self.sender.send((self.id, Sent::Answer(Box::new(answer)))).ok();
        (self.waker)();
    }

    pub fn progress(&self, done: usize, total: usize) {
        self.meter.done.store(done, Ordering::Relaxed);
        self.meter.total.store(total, Ordering::Relaxed);
        (self.waker)();
    }

    pub fn is_cancelled(&self) -> bool {
        self.meter.cancelled.load(Ordering::Relaxed)
    }

    /// The flag behind [`is_cancelled`](Self::is_cancelled), for rooms that take one.
    pub fn cancel_flag(&self) -> &AtomicBool {
        &self.meter.cancelled
    }
}

/// What the interface thread finds when it looks.
pub enum Arrival<S> {
    Answer(Answer<S>),
    /// A job broke off; its name.
    Failed(String),
}

impl<S: 'static> Default for Jobs<S> {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, running: Vec::new(), last_id: 0 }
    }
}

impl<S: 'static> Jobs<S> {
    pub fn start(&mut self, name: &str, spawn: &dyn Spawn, waker: &Waker, work: impl FnOnce(&Reporter<S>) + Send + 'static) {
        self.begin(name, true, spawn, waker, work);
    }

    /// The same for a moment's work, of which the status bar does not tell.
    pub fn start_unseen(&mut self, name: &str, spawn: &dyn Spawn, waker: &Waker, work: impl FnOnce(&Reporter<S>) + Send + 'static) {
        self.begin(name, false, spawn, waker, work);
    }

    fn begin(&mut self, name: &str, is_told: bool, spawn: &dyn Spawn, waker: &Waker, work: impl FnOnce(&Reporter<S>) + Send + 'static) {
        self.last_id += 1;
        let meter = Arc::new(Meter::default());
        self.running.push(Running { id: self.last_id, name: name.to_owned(), is_told, meter: meter.clone() });
        let reporter = Reporter { id: self.last_id, sender: self.sender.clone(), meter, waker: waker.clone() };
        spawn.spawn(Box::new(move || {
            let panicked = catch_unwind(AssertUnwindSafe(|| work(&reporter))).is_err();
            reporter.sender.send((reporter.id, Sent::Ended { panicked })).ok();
            (reporter.waker)();
        }));
    }

    /// What has arrived since the last look; never waits.
    pub fn arrivals(&mut self) -> Vec<Arrival<S>> {
        let mut arrivals = Vec::new();
        while let Ok((id, sent)) = self.receiver.try_recv() {
            match sent {
                Sent::Answer(answer) => arrivals.push(Arrival::Answer(answer)),
                Sent::Ended { panicked } => {
                    let at = self.running.iter().position(|running| running.id == id);
                    let ended = at.map(|at| self.running.remove(at));
                    arrivals.extend(ended.filter(|_| panicked).map(|running| Arrival::Failed(running.name)));
                }
            }
        }
        arrivals
    }

    pub fn running(&self) -> &[Running] {
        &self.running
    }

    /// What of it the status bar tells of.
    pub fn told(&self) -> impl Iterator<Item = &Running> {
        self.running.iter().filter(|running| running.is_told)
    }

    pub fn cancel_all(&self) {
        self.running.iter().for_each(|running| running.meter.cancelled.store(true, Ordering::Relaxed));
    }
}

#[cfg(test)]
mod tests {
    use super::super::ports::{AtOnce, Threads};
    use super::*;

    /// Does what has arrived to a number, and answers with the names of those that failed.
    fn take(jobs: &mut Jobs<u32>, number: &mut u32) -> Vec<String> {
        let mut failed = Vec::new();
        for arrival in jobs.arrivals() {
            match arrival {
                Arrival::Answer(answer) => answer(number),
                Arrival::Failed(name) => failed.push(name),
            }
        }
        failed
    }

    #[test]
    fn what_a_job_sends_is_done_and_the_job_ends() {
        let (mut jobs, mut number) = (Jobs::<u32>::default(), 0);
        let waker: Waker = Arc::new(|| {});
        jobs.start("count", &AtOnce, &waker, |reporter| {
            reporter.progress(1, 2);
            reporter.send(|number| *number += 7);
        });
        assert_eq!(jobs.running().len(), 1);
        assert_eq!(jobs.running()[0].progress(), (1, 2));
        assert_eq!((take(&mut jobs, &mut number), number), (Vec::new(), 7));
        assert!(jobs.running().is_empty());
    }

    #[test]
    fn a_job_that_panics_is_told_by_name() {
        let (mut jobs, mut number) = (Jobs::<u32>::default(), 0);
        let waker: Waker = Arc::new(|| {});
        jobs.start("break", &AtOnce, &waker, |_| panic!("on purpose"));
        assert_eq!(take(&mut jobs, &mut number), ["break"]);
    }

    #[test]
    fn a_cancelled_job_learns_of_it() {
        let (mut jobs, mut number) = (Jobs::<u32>::default(), 0);
        let waker: Waker = Arc::new(|| {});
        jobs.start("wait", &Threads, &waker, |reporter| {
            while !reporter.is_cancelled() {
                std::thread::yield_now();
            }
            reporter.send(|number| *number = 1);
        });
        jobs.cancel_all();
        while !jobs.running().is_empty() {
            take(&mut jobs, &mut number);
        }
        assert_eq!(number, 1);
    }
}
