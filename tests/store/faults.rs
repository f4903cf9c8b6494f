//! The disk fails, at every call, in every way: nothing that was called durable is ever lost.

use std::path::Path;
use std::sync::Arc;

use manicule::annotation::*;
use manicule::store::journal::OnFault;
use manicule::store::{Intent, Notice, Opened, Owner, Saved, SourcePaths, Surroundings, write};

use super::disk::{Failure, MemoryDisk, Plan};
use super::sessions::full;

pub const FILE: &str = "/desk/s.ron";

pub fn around(disk: &MemoryDisk) -> Surroundings {
    Surroundings {
        files: Arc::new(disk.clone()),
        owner: Owner { owner: "Ann".to_owned(), host: "desk".to_owned(), pid: 1, at: Time(0) },
        waker: Arc::new(|| {}),
        unsaved_folder: Some("/data".into()),
        on_fault: OnFault::Retry,
    }
}

/// A disk with the full session on it.
pub fn disk() -> MemoryDisk {
    let disk = MemoryDisk::default();
    disk.put(FILE, write(&full(), &SourcePaths::beside(Path::new(FILE))).as_bytes());
    disk
}

#[track_caller]
pub fn open(disk: &MemoryDisk) -> Opened {
    match Opened::open(Path::new(FILE), Intent::Work, around(disk)) {
        Ok(opened) => opened,
        Err(error) => panic!("{error}"),
    }
}

/// The `n`-th edit of a test: a note on an article, so that each state is another.
pub fn note(session: &Session, n: usize) -> Edit {
    let article = &session.articles()[1];
    let after = Desk { note: format!("edit {n}"), ..article.desk.clone() };
    Edit {
        verb: Verb::MarkArticle,
        scope: Scope::Article,
        target: None,
        what: String::new(),
        label: None,
        by: "Ann".into(),
        at: Time(n as i64),
        ops: vec![Op::Desk { article: article.id.clone(), before: article.desk.clone(), after }],
    }
}

/// Works on a session; remembers every state, and the last one that the store called durable.
pub struct Worker {
    pub opened: Opened,
    pub states: Vec<Session>,
    pub durable: usize,
}

impl Worker {
    pub fn new(disk: &MemoryDisk) -> Self {
        Self::on(open(disk))
    }

    pub fn on(opened: Opened) -> Self {
        let states = vec![opened.saved.session.clone()];
        Self { opened, states, durable: 0 }
    }

    pub fn edit(&mut self) {
        let edit = note(&self.opened.saved.session, self.states.len());
        self.opened.history.perform(&mut self.opened.saved.session, edit.clone()).unwrap();
        let number = self.opened.home.edited(&edit);
        self.settle(number);
    }

    fn undo(&mut self) {
        self.opened.history.undo(&mut self.opened.saved.session).unwrap().unwrap();
        let number = self.opened.home.undone(Time(0));
        self.settle(number);
    }

    fn settle(&mut self, number: u64) {
        self.states.push(self.opened.saved.session.clone());
        if self.opened.home.journal().unwrap().wait(number).is_ok() {
            self.durable = self.states.len() - 1;
        }
    }

    pub fn save(&mut self) {
        let saved = self.opened.saved.clone();
        let job = self.opened.home.save_job(saved, self.opened.history.revision(), false).unwrap();
        match job.run() {
            Ok(receipt) => {
                self.opened.home.saved(&receipt, &self.opened.history, Time(0));
                self.durable = self.states.len() - 1;
            }
            Err(error) => {
                self.opened.home.save_failed();
                let told = error.to_string();
                assert!(told.contains("/desk/") && told.contains("the work is still here"), "{told}");
            }
        }
    }

    /// The day's work: every kind of step, twice.
    fn work(&mut self) {
        self.edit();
        self.edit();
        self.save();
        self.edit();
        self.undo();
        self.save();
        self.edit();
    }
}

/// After the work, the disk is found as the power cut left it.
#[track_caller]
fn check(worker: &Worker, disk: &MemoryDisk, what: &str) {
    for keeps_all in [true, false] {
        let found = disk.after_power_cut(keeps_all);
        let opened = open(&found);
        let at = worker.states.iter().rposition(|state| *state == opened.saved.session);
        let log = disk.log();
        assert!(
            at.is_some_and(|at| at >= worker.durable),
            "{what}, all kept: {keeps_all}: durable {}, found {at:?}\n{log:?}",
            worker.durable
        );
    }
}

#[test]
fn nothing_durable_is_lost_whichever_call_fails() {
    let quiet = disk();
    let mut worker = Worker::new(&quiet);
    quiet.set_plan(None);
    worker.work();
    let calls = quiet.calls();
    assert!(calls > 30, "{calls}");
    check(&worker, &quiet, "without a failure");
    for failure in [Failure::NoSpace, Failure::Denied, Failure::Late] {
        for times in [1, 2, usize::MAX / 2] {
            for at in 0..calls {
                let disk = disk();
                let mut worker = Worker::new(&disk);
                let plan = Plan { at, times, failure };
                disk.set_plan(Some(plan));
                worker.work();
                check(&worker, &disk, &format!("{plan:?}"));
                let last = worker.states.last().cloned();
                assert_eq!(Some(&worker.opened.saved.session), last.as_ref(), "memory has everything");
            }
        }
    }
}

#[test]
fn once_the_disk_works_again_everything_comes_to_it() {
    let disk = disk();
    let mut worker = Worker::new(&disk);
    disk.set_plan(Some(Plan { at: 2, times: 4, failure: Failure::NoSpace }));
    worker.edit();
    assert!(worker.opened.home.durability().fault.is_some());
    disk.set_plan(None);
    worker.edit();
    assert_eq!((worker.durable, worker.opened.home.durability().fault), (2, None));
    check(&worker, &disk, "after the fault");
}

#[test]
fn the_power_may_go_at_any_call() {
    let calls = {
        let disk = disk();
        let mut worker = Worker::new(&disk);
        disk.set_plan(None);
        worker.work();
        disk.calls()
    };
    // From some call on, nothing reaches the disk any more: that is what a cut looks like from inside.
    for at in 0..calls {
        let disk = disk();
        let mut worker = Worker::new(&disk);
        disk.set_plan(Some(Plan { at, times: usize::MAX / 2, failure: Failure::Denied }));
        worker.work();
        check(&worker, &disk, &format!("cut at {at}"));
    }
}

#[test]
fn undo_reaches_back_across_runs_and_saves() {
    let disk = disk();
    let mut worker = Worker::new(&disk);
    worker.work();
    let states = worker.states.clone();
    drop(worker);
    let mut opened = open(&disk);
    assert_eq!(opened.saved.session, states[6 - 1]);
    assert!(opened.notices.iter().any(|notice| matches!(notice, Notice::Recovered { edits: 1 })), "{:?}", opened.notices);
    assert_ne!(opened.history.revision(), opened.home.saved_revision(), "one edit is unsaved");
    while let Some(_undone) = opened.history.undo(&mut opened.saved.session).unwrap() {}
    assert_eq!(opened.saved.session, states[0]);
}

#[test]
fn a_file_changed_outside_is_not_overwritten() {
    let disk = disk();
    let mut opened = open(&disk);
    assert!(!opened.home.is_changed_outside());
    let other = Saved { session: full().session.with_conflicts(Vec::new()), ..full() };
    disk.put(FILE, write(&other, &SourcePaths::beside(Path::new(FILE))).as_bytes());
    assert!(opened.home.is_changed_outside());
    let job = opened.home.save_job(opened.saved.clone(), 0, false).unwrap();
    let error = job.run().expect_err("refused").to_string();
    assert!(error.contains("changed by another program"), "{error}");
    let receipt = opened.home.save_job(opened.saved.clone(), 0, true).unwrap().run().unwrap();
    opened.home.saved(&receipt, &opened.history, Time(0));
    assert!(!opened.home.is_changed_outside());
    assert_eq!(disk.get("/desk/s.ron.bak"), Some(write(&other, &SourcePaths::beside(Path::new(FILE))).into_bytes()), "theirs is kept");
}

#[test]
fn a_second_window_opens_for_reading_and_its_changes_can_be_saved_elsewhere() {
    let disk = disk();
    let mut first = Worker::new(&disk);
    first.edit();
    let mut second = open(&disk);
    assert_eq!(second.saved.session, first.states[1], "it sees what the first has done");
    let told = second.home.read_only().map(ToString::to_string);
    assert_eq!(told.as_deref(), Some("it is open elsewhere: Ann on desk (process 1) since 1970-01-01T00:00:00Z"));
    assert!(second.home.save_job(second.saved.clone(), 0, false).is_err());
    let edit = note(&second.saved.session, 9);
    second.history.perform(&mut second.saved.session, edit.clone()).unwrap();
    let number = second.home.edited(&edit);
    assert!(second.home.journal().unwrap().wait(number).is_ok(), "its work is journalled in the data folder");
    let copy = Path::new("/desk/copy.ron");
    let receipt = second.home.save_as(copy, second.saved.clone(), &second.history, Time(0)).unwrap().run().unwrap();
    second.home.saved(&receipt, &second.history, Time(0));
    assert_eq!((second.home.path(), second.home.read_only()), (Some(copy), None));
    let state = second.saved.session.clone();
    second.home.close().unwrap();
    first.edit();
    assert_eq!(first.durable, 2, "the first goes on undisturbed");
    let again = Opened::open(copy, Intent::Work, around(&disk)).unwrap();
    assert_eq!(again.saved.session, state);
    assert!(again.history.next_undo().is_some(), "with its history");
}

#[test]
fn work_without_a_file_is_offered_again_and_keeps_its_history_when_saved() {
    let mut saved = open(&disk()).saved;
    let base = saved.session.clone();
    let disk = MemoryDisk::default();
    let mut home = manicule::store::Home::unsaved(around(&disk), saved.clone());
    let mut history = History::default();
    assert_eq!(disk.names(), Vec::<String>::new(), "nothing is written before the first edit");
    for n in 0..3 {
        let edit = note(&saved.session, n);
        history.perform(&mut saved.session, edit.clone()).unwrap();
        let number = home.edited(&edit);
        home.journal().unwrap().wait(number).unwrap();
    }
    assert!(manicule::store::leftovers(&around(&disk)).is_empty(), "it is being worked on");
    let found = disk.after_power_cut(false);
    let leftovers = manicule::store::leftovers(&around(&found));
    assert_eq!(leftovers.iter().map(|left| (left.articles, left.edits)).collect::<Vec<_>>(), [(2, 3)]);
    let mut opened = manicule::store::take_up(&leftovers[0].path, around(&found)).unwrap();
    assert_eq!(opened.saved.session, saved.session);
    let receipt = opened.home.save_as(Path::new(FILE), opened.saved.clone(), &opened.history, Time(0)).unwrap();
    // A decision while the disk is at work.
    let edit = note(&opened.saved.session, 7);
    opened.history.perform(&mut opened.saved.session, edit.clone()).unwrap();
    opened.home.edited(&edit);
    let receipt = receipt.run().unwrap();
    opened.home.saved(&receipt, &opened.history, Time(0));
    let state = opened.saved.session.clone();
    opened.home.close().unwrap();
    let mut again = open(&found);
    assert_eq!(again.saved.session, state);
    for _ in 0..4 {
        again.history.undo(&mut again.saved.session).unwrap().unwrap();
    }
    assert_eq!(again.saved.session, base);
}
