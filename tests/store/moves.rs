//! Work that moves: saved under another name, or never saved yet, on a disk that fails at every call.

use std::path::Path;

use manicule::annotation::*;
use manicule::store::{Home, Intent, Opened, leftovers, take_up};

use super::disk::{Failure, MemoryDisk, Plan};
use super::faults::{Worker, around, disk, open};

const COPY: &str = "/desk/copy.ron";

/// Saves under another name; where that fails, the work goes on where it was.
fn save_as(worker: &mut Worker, path: &str) {
    let opened = &mut worker.opened;
    let job = opened.home.save_as(Path::new(path), opened.saved.clone(), &opened.history, Time(0));
    match job.map(|job| job.run()) {
        Ok(Ok(receipt)) => {
            opened.home.saved(&receipt, &opened.history, Time(0));
            worker.durable = worker.states.len() - 1;
        }
        Ok(Err(error)) => {
            opened.home.save_failed();
            assert!(error.to_string().contains("the work is still here"), "{error}");
        }
        Err(error) => assert!(error.to_string().contains(path), "{error}"),
    }
}

/// The work as it is found after a power cut: in its file, or among what was never saved.
fn found(worker: &Worker, disk: &MemoryDisk) -> Option<Session> {
    match worker.opened.home.path() {
        Some(path) => Opened::open(path, Intent::Work, around(disk)).ok().map(|opened| opened.saved.session),
        None => {
            let left = leftovers(&around(disk));
            left.last().and_then(|left| take_up(&left.path, around(disk)).ok()).map(|opened| opened.saved.session)
        }
    }
}

/// Does the work with every call failing in turn, and cuts the power after it.
#[track_caller]
fn check(begin: impl Fn() -> (MemoryDisk, Worker), work: impl Fn(&mut Worker)) {
    let (quiet, mut worker) = begin();
    quiet.set_plan(None);
    work(&mut worker);
    let calls = quiet.calls();
    assert!(calls > 20, "{calls}");
    let plans = [Failure::NoSpace, Failure::Denied, Failure::Late].into_iter().flat_map(|failure| {
        [1, 2, usize::MAX / 2].into_iter().flat_map(move |times| (0..calls).map(move |at| Plan { at, times, failure }))
    });
    for plan in std::iter::once(None).chain(plans.map(Some)) {
        let (disk, mut worker) = begin();
        disk.set_plan(plan);
        work(&mut worker);
        for keeps_all in [true, false] {
            let after = found(&worker, &disk.after_power_cut(keeps_all));
            let at = after.and_then(|after| worker.states.iter().rposition(|state| *state == after));
            assert!(
                at.map_or(worker.durable == 0, |at| at >= worker.durable),
                "{plan:?}, all kept: {keeps_all}: durable {}, found {at:?}\n{:?}",
                worker.durable,
                disk.log()
            );
        }
        assert_eq!(Some(&worker.opened.saved.session), worker.states.last(), "memory has everything");
    }
}

#[test]
fn saving_under_another_name_loses_nothing_whichever_call_fails() {
    let begin = || {
        let disk = disk();
        let worker = Worker::new(&disk);
        (disk, worker)
    };
    check(begin, |worker| {
        worker.edit();
        save_as(worker, COPY);
        worker.edit();
        worker.save();
        worker.edit();
    });
}

#[test]
fn work_that_was_never_saved_is_lost_by_no_failing_call() {
    let begin = || {
        let saved = open(&disk()).saved;
        let disk = MemoryDisk::default();
        let home = Home::unsaved(around(&disk), saved.clone());
        (disk, Worker::on(Opened { saved, history: History::default(), home, notices: Vec::new(), missing: Vec::new() }))
    };
    check(begin, |worker| {
        worker.edit();
        worker.edit();
        save_as(worker, COPY);
        worker.edit();
    });
}
