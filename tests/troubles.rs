//! The disk gives out while somebody works: what the workbench says, and that the work stays.

use manicule::tagger::Tagger;
use manicule::workbench::{Command, Dialog, Ports, State};

use crate::store::disk::{Failure, MemoryDisk, Plan};
use crate::store::faults::{around, disk, open};
use crate::support::dsl;

fn state(disk: &MemoryDisk) -> State {
    let ports = Ports { around: around(disk), ..Ports::still(manicule::annotation::Time(0)) };
    State::opened(open(disk), Tagger::standard(), ports)
}

fn tells(state: &State, words: &str) -> bool {
    state.notices.all().iter().any(|notice| notice.text.contains(words))
}

/// Lets the journal's thread come to an end with what it is at.
#[track_caller]
fn until(state: &mut State, holds: impl Fn(&State) -> bool) {
    for _ in 0..20_000 {
        if holds(state) {
            return;
        }
        state.poll();
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    panic!("it does not come about: {:?}", state.notices);
}

#[test]
fn a_full_disk_is_told_and_told_to_be_over() {
    let disk = disk();
    let mut state = state(&disk);
    disk.set_plan(Some(Plan { at: 0, times: usize::MAX / 2, failure: Failure::NoSpace }));
    state.run(Command::ToggleFlag);
    until(&mut state, |state| tells(state, "Decisions are kept in memory only: the journal /desk/s.ron.journal cannot be written"));
    state.run(Command::Save);
    until(&mut state, |state| tells(state, "could not be saved"));
    assert!(tells(&state, "the work is still here") && !tells(&state, "and in its journal"), "{:?}", state.notices);

    disk.set_plan(None);
    state.run(Command::Undo);
    until(&mut state, |state| !tells(state, "kept in memory only"));
    assert!(state.durability().is_durable && state.durability().fault.is_none());
    state.run(Command::Redo);
    state.run(Command::Save);
    until(&mut state, |state| tells(state, "Saved as"));
    assert!(!tells(&state, "could not be saved"), "what is over is no longer told: {:?}", state.notices);
    let flagged = |state: &State| state.session().articles().iter().filter(|article| article.desk.flagged).count();
    let decided = flagged(&state);
    state.close();
    assert_eq!(flagged(&self::state(&disk)), decided);
}

#[test]
fn a_save_that_fails_leaves_the_work_in_its_journal_and_another_folder_takes_it() {
    let disk = disk();
    let mut state = state(&disk);
    state.run(Command::ToggleFlag);
    until(&mut state, |state| state.durability().is_durable);
    disk.set_plan(Some(Plan { at: 0, times: 2, failure: Failure::Denied }));
    state.run(Command::Save);
    until(&mut state, |state| tells(state, "the work is still here and in its journal"));
    disk.set_plan(None);
    state.run(Command::SaveTo("/elsewhere/t.ron".into()));
    until(&mut state, |state| tells(state, "Saved as /elsewhere/t.ron"));
    assert!(!state.is_unsaved() && !tells(&state, "could not be saved"));
}

#[test]
fn a_session_that_may_not_be_written_is_offered_a_free_name_in_reach() {
    let folder = tempfile::tempdir().unwrap();
    let [theirs, own] = ["theirs", "own"].map(|name| folder.path().join(name));
    for folder in [&theirs, &own] {
        std::fs::create_dir(folder).unwrap();
    }
    let path = theirs.join("s.ron");
    let opened = |own: &std::path::Path| {
        let mut ports = Ports { own_folder: Some(own.to_path_buf()), ..Ports::still(manicule::annotation::Time(0)) };
        ports.around.owner.pid += 1;
        let mut state = State::new(dsl::session(&["[ORG? NATO]"]), Tagger::standard(), ports);
        state.run(Command::OpenSession(path.clone()));
        state.poll();
        state
    };
    let mut first = opened(&own);
    first.run(Command::SaveTo(path.clone()));
    first.poll();
    assert_eq!(first.path_to_offer(), path);
    // Held by the first: a free name beside it.
    std::fs::write(theirs.join("s-2.ron"), "").unwrap();
    let second = opened(&own);
    assert!(second.read_only().is_some_and(|why| why.starts_with("it is open elsewhere")), "{:?}", second.notices);
    assert_eq!(second.path_to_offer(), theirs.join("s-3.ron"));
    drop(second);
    first.close();
    // Nothing can be written beside it: a name in the analyst's own folder.
    std::fs::remove_file(theirs.join("s.ron.lock")).ok();
    std::fs::create_dir(theirs.join("s.ron.lock")).unwrap();
    let mut third = opened(&own);
    assert!(third.read_only().is_some_and(|why| why.starts_with("nothing can be written beside it")), "{:?}", third.notices);
    assert_eq!(third.path_to_offer(), own.join("s-2.ron"));
    third.run(Command::SaveTo(third.path_to_offer()));
    third.poll();
    assert!(third.read_only().is_none() && !tells(&third, "for reading only"), "what is over is no longer told");
}

#[test]
fn work_that_was_never_saved_is_offered_also_where_another_session_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.ron");
    let begun = || {
        let mut ports = Ports::still(manicule::annotation::Time(0));
        ports.around.unsaved_folder = Some(folder.path().join("unsaved"));
        State::new(dsl::session(&["[ORG? NATO]"]), Tagger::standard(), ports)
    };
    let mut saved = begun();
    saved.run(Command::SaveTo(path.clone()));
    saved.poll();
    saved.close();
    let mut unsaved = begun();
    unsaved.run(Command::ToggleFlag);
    unsaved.close();

    let mut state = begun();
    state.run(Command::OpenSession(path.clone()));
    state.offer_leftovers();
    state.poll();
    assert_eq!((state.path(), state.leftovers.len()), (Some(&*path), 1), "{:?}", state.notices);
    assert_eq!(state.stage.dialog, Some(Dialog::Leftovers));
    state.run(Command::TakeUp(state.leftovers[0].path.clone()));
    assert!(state.stage.dialog.is_none() && state.path().is_none() && state.is_unsaved());
}
