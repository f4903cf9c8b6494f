//! Other programs at the session's files, disks that fill up, power cuts and second writers, in any order between decisions:
//! whatever was called durable is in a session file, or is offered.

use std::collections::BTreeSet;
use std::path::Path;

use manicule::annotation::*;
use manicule::decide::{Stamp, decision};
use manicule::store::journal::missing_from;
use manicule::store::{Intent, Opened, Saved, SourcePaths, Surroundings, write};

use super::disk::{Failure, MemoryDisk, Plan};
use super::faults::{FILE, around};
use crate::support::dsl;

const JOURNAL: &str = "/desk/s.ron.journal";
const NAMES: usize = 24;

/// A linear congruential generator: the same rounds on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

fn page() -> Session {
    let names: String = (0..NAMES).map(|n| format!("[PERSON? Q{n:03}o] ")).collect();
    dsl::session(&[&names])
}

fn bytes(session: &Session) -> Vec<u8> {
    write(&Saved { session: session.clone(), ..Saved::default() }, &SourcePaths::beside(Path::new(FILE))).into_bytes()
}

fn owner(disk: &MemoryDisk, name: &str, pid: u32) -> Surroundings {
    let mut around = around(disk);
    (around.owner.owner, around.owner.pid) = (name.to_owned(), pid);
    around
}

/// The decision on the `n`-th name.
fn verdict(session: &Session, n: usize, confirms: bool, by: &str, at: i64) -> Option<Edit> {
    let article = &session.articles()[0];
    let mention = article.mentions.iter().find(|mention| mention.span.start as usize == n * 6)?;
    let stamp = Stamp { by: by.into(), at: Time(at) };
    let edit = match confirms {
        true => decision::confirm(session, &article.id, mention.id, How::Looked, &stamp),
        false => decision::reject(session, &article.id, mention.id, How::Looked, &stamp),
    };
    edit.ok()
}

/// Who works, and what was called durable.
struct Analyst {
    disk: MemoryDisk,
    opened: Opened,
    /// Decided and not yet durable.
    asked: BTreeSet<usize>,
    acknowledged: BTreeSet<usize>,
    clock: i64,
}

impl Analyst {
    fn open(disk: MemoryDisk) -> Option<Self> {
        let opened = Opened::open(Path::new(FILE), Intent::Work, around(&disk)).ok()?;
        Some(Self { disk, opened, asked: BTreeSet::new(), acknowledged: BTreeSet::new(), clock: 100 })
    }

    fn decide(&mut self, n: usize) {
        self.clock += 1;
        let Some(edit) = verdict(&self.opened.saved.session, n, true, "Ann", self.clock) else { return };
        self.opened.history.perform(&mut self.opened.saved.session, edit.clone()).unwrap();
        let number = self.opened.home.edited(&edit);
        self.asked.insert(n);
        if self.opened.home.journal().is_some_and(|journal| journal.wait(number).is_ok()) {
            self.acknowledged.append(&mut self.asked);
        }
        self.follow();
    }

    fn is_open(&self, n: usize) -> bool {
        verdict(&self.opened.saved.session, n, true, "Ann", 0).is_some()
    }

    /// Brings the work to what lies there, as the window and `apply` do.
    fn follow(&mut self) {
        for _ in 0..5 {
            if self.opened.home.disturbance().is_none() {
                return;
            }
            self.rejoin();
        }
    }

    fn rejoin(&mut self) {
        self.clock += 1;
        let (opened, at) = (&mut self.opened, Time(self.clock));
        let Some(job) = opened.home.rejoin_job(opened.saved.clone(), &opened.history, at) else { return };
        match job.run() {
            Ok(rejoined) => {
                let (now, _) = rejoined.settle(&mut opened.home, opened.history.revision()).expect("nothing was done meanwhile");
                *opened = now;
                self.acknowledged.append(&mut self.asked);
            }
            Err(error) => {
                opened.home.rejoin_failed(*error);
            }
        }
    }

    fn save(&mut self) {
        let opened = &mut self.opened;
        let Ok(job) = opened.home.save_job(opened.saved.clone(), opened.history.revision(), false) else { return };
        match job.run() {
            Ok(receipt) => {
                opened.home.saved(&receipt, &opened.history, Time(self.clock));
                self.acknowledged.append(&mut self.asked);
            }
            Err(manicule::store::SaveError::ChangedOutside(_)) => {
                opened.home.save_failed();
                self.rejoin();
            }
            Err(_) => opened.home.save_failed(),
        }
        self.follow();
    }
}

/// A colleague's version: made from the first one, with some names decided, every second of them otherwise than here.
fn colleagues(dice: &mut Dice) -> (Vec<u8>, Vec<u8>) {
    let theirs = MemoryDisk::default();
    theirs.put(FILE, &bytes(&page()));
    let mut opened = Opened::open(Path::new(FILE), Intent::Work, owner(&theirs, "Bo", 2)).unwrap();
    for _ in 0..1 + dice.roll(3) {
        let n = dice.roll(NAMES);
        let Some(edit) = verdict(&opened.saved.session, n, n.is_multiple_of(2), "Bo", 50) else { continue };
        opened.history.perform(&mut opened.saved.session, edit.clone()).unwrap();
        opened.home.edited(&edit);
    }
    let receipt = opened.home.save_job(opened.saved.clone(), opened.history.revision(), false).unwrap().run().unwrap();
    opened.home.saved(&receipt, &opened.history, Time(60));
    opened.home.close().unwrap();
    (theirs.get(FILE).unwrap(), theirs.get(JOURNAL).unwrap_or_default())
}

/// Somebody who does not meet the lock decides something of his own, and saves or does not.
fn second_writer(disk: &MemoryDisk, dice: &mut Dice) -> BTreeSet<usize> {
    let mut acknowledged = BTreeSet::new();
    disk.take_away("/desk/s.ron.lock");
    let Ok(mut opened) = Opened::open(Path::new(FILE), Intent::Work, owner(disk, "Cy", 3)) else { return acknowledged };
    for _ in 0..1 + dice.roll(3) {
        let n = dice.roll(NAMES);
        let Some(edit) = verdict(&opened.saved.session, n, true, "Cy", 70) else { continue };
        opened.history.perform(&mut opened.saved.session, edit.clone()).unwrap();
        let number = opened.home.edited(&edit);
        if opened.home.journal().is_some_and(|journal| journal.wait(number).is_ok()) {
            acknowledged.insert(n);
        }
    }
    if dice.roll(2) == 0
        && let Ok(receipt) = opened.home.save_job(opened.saved.clone(), opened.history.revision(), false).unwrap().run()
    {
        opened.home.saved(&receipt, &opened.history, Time(80));
    }
    opened.home.close().ok();
    acknowledged
}

/// The names that a disk's sessions hold as confirmed, by whoever, or offer from journals that were set aside.
fn found(disk: &MemoryDisk) -> Result<BTreeSet<usize>, String> {
    let mut found = BTreeSet::new();
    let mut last = Session::default();
    for name in disk.names().into_iter().filter(|name| name.ends_with(".ron")) {
        let opened = Opened::open(Path::new(&name), Intent::Read, around(disk)).map_err(|error| error.to_string())?;
        for article in opened.saved.session.articles() {
            let says = |mention: &&Mention| mention.is_confirmed() || mention.rivals.iter().any(|rival| rival.state == State::Confirmed);
            found.extend(article.mentions.iter().filter(says).map(|mention| mention.span.start as usize / 6));
        }
        last = opened.saved.session;
    }
    for name in disk.names().into_iter().filter(|name| name.contains(".journal")) {
        let journal = disk.get(&name).unwrap_or_default();
        let paths = SourcePaths::beside(Path::new(FILE));
        let offered = missing_from(&journal, &last, &paths).unwrap_or_default();
        for op in offered.into_iter().flat_map(|edit| edit.ops) {
            if let Op::Mention { after: Some(after), .. } = op
                && after.is_confirmed()
            {
                found.insert(after.span.start as usize / 6);
            }
        }
    }
    Ok(found)
}

#[test]
fn whatever_happens_between_decisions_nothing_durable_is_lost() {
    'rounds: for round in 0..1_000 {
        let mut dice = Dice(round);
        let disk = MemoryDisk::default();
        disk.put(FILE, &bytes(&page()));
        let mut told = Vec::new();
        let mut analyst = Analyst::open(disk).expect("a sound session");
        for _ in 0..10 {
            let disk = analyst.disk.clone();
            let event = dice.roll(16);
            told.push(event);
            match event {
                0 => disk.put(FILE, &colleagues(&mut dice).0),
                1 => {
                    let (session, journal) = colleagues(&mut dice);
                    disk.put(FILE, &session);
                    disk.put(JOURNAL, &journal);
                }
                2 => disk.take_away(JOURNAL),
                3 => {
                    let journal = disk.get(JOURNAL).unwrap_or_default();
                    disk.put(JOURNAL, &journal[..journal.len().min(dice.roll(400))]);
                }
                4 => disk.take_away(FILE),
                5 => {
                    let theirs = second_writer(&disk, &mut dice);
                    // With the next decision this analyst's work holds theirs too; before that nobody does whose process lives.
                    if let Some(free) = (0..NAMES).find(|n| analyst.is_open(*n)) {
                        analyst.decide(free);
                        analyst.acknowledged.extend(theirs);
                    }
                }
                6 => {
                    if let Some(open) = (0..NAMES).find(|n| analyst.is_open(*n)) {
                        analyst.decide(open);
                    }
                    // Whatever was synced is there, and perhaps more; the process is gone.
                    let acknowledged = analyst.acknowledged.clone();
                    let after = disk.after_power_cut(dice.roll(2) == 0);
                    drop(analyst);
                    if after.get(FILE).is_none() {
                        // Somebody removed the session, and the process ended before it could know.
                        continue 'rounds;
                    }
                    let Some(again) = Analyst::open(after.clone()) else {
                        panic!("round {round} {told:?}: the session does not open; {:?}", after.names())
                    };
                    analyst = Analyst { acknowledged, clock: 100 + round as i64 * 100, ..again };
                }
                7 => {
                    let failure = [Failure::NoSpace, Failure::Denied, Failure::Late][dice.roll(3)];
                    disk.set_plan(Some(Plan { at: dice.roll(6), times: 1 + dice.roll(12), failure }));
                    analyst.decide(dice.roll(NAMES));
                    analyst.save();
                    disk.set_plan(None);
                    analyst.follow();
                }
                8 => analyst.save(),
                9 => disk.take_away("/desk/s.ron.lock"),
                _ => analyst.decide(dice.roll(NAMES)),
            }
        }
        // A last decision brings whatever happened to light, as looking at the file does when a window comes to the front.
        match (0..NAMES).find(|n| analyst.is_open(*n)) {
            Some(open) => analyst.decide(open),
            None => analyst.rejoin(),
        }
        let acknowledged = analyst.acknowledged.clone();
        let log = analyst.disk.log();
        let after = analyst.disk.after_power_cut(false);
        drop(analyst);
        let found = found(&after).unwrap_or_else(|error| panic!("round {round} {told:?}: {error}; {:?}", after.names()));
        let lost: Vec<&usize> = acknowledged.difference(&found).collect();
        assert!(lost.is_empty(), "round {round} {told:?}: lost {lost:?} of {acknowledged:?}; {:?}\n{log:?}", after.names());
    }
}

#[test]
fn a_surrounding_without_disturbance_asks_for_nothing() {
    let disk = MemoryDisk::default();
    disk.put(FILE, &bytes(&page()));
    let mut analyst = Analyst::open(disk.clone()).unwrap();
    analyst.decide(1);
    assert_eq!(analyst.opened.home.disturbance(), None);
    // The same bytes under another number, as git writes them again, are the same file.
    disk.put(FILE, &disk.get(FILE).unwrap());
    analyst.decide(2);
    assert_eq!((analyst.opened.home.disturbance(), analyst.acknowledged.len()), (None, 2));
}
