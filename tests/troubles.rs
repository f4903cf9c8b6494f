//! The disk gives out while somebody works: what the workbench says, and that the work stays.

use manicule::tagger::Tagger;
use manicule::workbench::{Arrange, Dialog, File, Ports, Recall, Screen, Workbench, path_to_offer, read_only};

use crate::store::disk::{Failure, MemoryDisk, Plan};
use crate::store::faults::{around, disk, open};
use crate::support::dsl;

fn state(disk: &MemoryDisk) -> Workbench {
    let ports = Ports { around: around(disk), ..Ports::still(manicule::annotation::Time(0)) };
    Workbench::opened(open(disk), Tagger::standard(), ports)
}

fn tells(state: &Workbench, words: &str) -> bool {
    state.notices.all().iter().any(|notice| notice.text.contains(words))
}

/// Lets the journal's thread come to an end with what it is at.
#[track_caller]
fn until(state: &mut Workbench, holds: impl Fn(&Workbench) -> bool) {
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
    state.run(Arrange::ToggleFlag);
    until(&mut state, |state| tells(state, "Decisions are kept in memory only: the journal /desk/s.ron.journal cannot be written"));
    state.run(File::Save);
    until(&mut state, |state| tells(state, "could not be saved"));
    assert!(tells(&state, "the work is still here") && !tells(&state, "and in its journal"), "{:?}", state.notices);

    disk.set_plan(None);
    state.run(Recall::Undo);
    until(&mut state, |state| !tells(state, "kept in memory only"));
    assert!(state.work.home.durability().is_durable && state.work.home.durability().fault.is_none());
    state.run(Recall::Redo);
    state.run(File::Save);
    until(&mut state, |state| tells(state, "Saved as"));
    assert!(!tells(&state, "could not be saved"), "what is over is no longer told: {:?}", state.notices);
    let flagged = |state: &Workbench| state.session().articles().iter().filter(|article| article.desk.flagged).count();
    let decided = flagged(&state);
    state.close();
    assert_eq!(flagged(&self::state(&disk)), decided);
}

#[test]
fn a_save_that_fails_leaves_the_work_in_its_journal_and_another_folder_takes_it() {
    let disk = disk();
    let mut state = state(&disk);
    state.run(Arrange::ToggleFlag);
    until(&mut state, |state| state.work.home.durability().is_durable);
    disk.set_plan(Some(Plan { at: 0, times: 2, failure: Failure::Denied }));
    state.run(File::Save);
    until(&mut state, |state| tells(state, "the work is still here and in its journal"));
    disk.set_plan(None);
    state.run(File::SaveTo("/elsewhere/t.ron".into()));
    until(&mut state, |state| tells(state, "Saved as /elsewhere/t.ron"));
    assert!(!state.work.is_unsaved() && !tells(&state, "could not be saved"));
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
        let mut state = Workbench::new(dsl::session(&["[ORG? NATO]"]), Tagger::standard(), ports);
        state.run(File::Open(path.clone()));
        state.poll();
        state
    };
    let mut first = opened(&own);
    first.run(File::SaveTo(path.clone()));
    first.poll();
    assert_eq!(path_to_offer(&first), path);
    // Held by the first: a free name beside it.
    std::fs::write(theirs.join("s-2.ron"), "").unwrap();
    let second = opened(&own);
    assert!(read_only(&second).is_some_and(|why| why.starts_with("it is open elsewhere")), "{:?}", second.notices);
    assert_eq!(path_to_offer(&second), theirs.join("s-3.ron"));
    drop(second);
    first.close();
    // Nothing can be written beside it: a name in the analyst's own folder.
    std::fs::remove_file(theirs.join("s.ron.lock")).ok();
    std::fs::create_dir(theirs.join("s.ron.lock")).unwrap();
    let mut third = opened(&own);
    assert!(read_only(&third).is_some_and(|why| why.starts_with("nothing can be written beside it")), "{:?}", third.notices);
    assert_eq!(path_to_offer(&third), own.join("s-2.ron"));
    third.run(File::SaveTo(path_to_offer(&third)));
    third.poll();
    assert!(read_only(&third).is_none() && !tells(&third, "for reading only"), "what is over is no longer told");
}

#[test]
fn work_that_was_never_saved_is_offered_also_where_another_session_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.ron");
    let begun = || {
        let mut ports = Ports::still(manicule::annotation::Time(0));
        ports.around.unsaved_folder = Some(folder.path().join("unsaved"));
        Workbench::new(dsl::session(&["[ORG? NATO]"]), Tagger::standard(), ports)
    };
    let mut saved = begun();
    saved.run(File::SaveTo(path.clone()));
    saved.poll();
    saved.close();
    let mut unsaved = begun();
    unsaved.run(Arrange::ToggleFlag);
    unsaved.close();

    let mut state = begun();
    state.run(File::Open(path.clone()));
    state.offer_leftovers();
    state.poll();
    assert_eq!((state.work.path(), state.dialogs.leftovers.len()), (Some(&*path), 1), "{:?}", state.notices);
    assert_eq!(state.stage.dialog, Some(Dialog::Leftovers));
    state.run(File::Restore(state.dialogs.leftovers[0].path.clone()));
    assert!(state.stage.dialog.is_none() && state.work.path().is_none() && state.work.is_unsaved());
}

/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// A workbench that keeps unsaved work in `folder`, on day `day`.
fn keeping(folder: &std::path::Path, day: i64) -> Workbench {
    let at = manicule::annotation::Time(day * DAY);
    let mut ports = Ports::still(at);
    ports.around.unsaved_folder = Some(folder.join("unsaved"));
    Workbench::new(dsl::session(&["[ORG? NATO]"]), Tagger::standard(), ports)
}

#[test]
fn discarded_work_is_asked_about_and_can_be_restored_for_thirty_days() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let mut unsaved = keeping(folder.path(), 0);
        unsaved.run(Arrange::ToggleFlag);
        unsaved.close();
    }
    let mut state = keeping(folder.path(), 1);
    state.offer_leftovers();
    let kept = state.dialogs.leftovers.clone();
    let second = kept[1].path.clone();
    state.run(File::AskDiscard(second.clone()));
    assert_eq!((state.stage.dialog, state.dialogs.leftovers.len()), (Some(Dialog::Discard), 2), "nothing is done before the answer");
    assert!(second.exists());
    state.run(File::Discard);
    assert_eq!(state.stage.dialog, Some(Dialog::Leftovers), "the other one is still offered");
    assert_eq!(state.dialogs.leftovers, kept[..1]);
    let moved = folder.path().join("unsaved/discarded/1970-01-02").join(second.file_name().unwrap());
    assert!(moved.exists() && !second.exists());

    // Offered again on no day, there to be restored on the thirtieth.
    let mut later = keeping(folder.path(), 31);
    later.offer_leftovers();
    assert_eq!(
        (later.dialogs.leftovers.len(), later.dialogs.discarded.iter().map(|work| work.path.clone()).collect()),
        (1, vec![moved.clone()])
    );
    later.run(File::Restore(moved.clone()));
    assert!(later.stage.dialog.is_none() && later.work.is_unsaved() && later.session().articles()[0].desk.flagged);
    later.close();

    let mut last = keeping(folder.path(), 32);
    last.offer_leftovers();
    assert!(last.dialogs.discarded.is_empty() && !moved.exists() && !moved.parent().unwrap().exists());
    assert_eq!(last.dialogs.leftovers, kept[..1], "what was not discarded is kept for ever");
}

#[test]
fn whoever_goes_without_saving_is_offered_nothing_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    for leave in [File::Quit, File::New, File::Sample] {
        let mut unsaved = keeping(folder.path(), 0);
        unsaved.run(Arrange::ToggleFlag);
        unsaved.run(leave);
        assert_eq!(unsaved.stage.dialog, Some(Dialog::Unsaved));
        unsaved.run(File::GoOnUnsaved);
        unsaved.close();
    }
    // Asked, and not gone after all.
    let mut kept = keeping(folder.path(), 0);
    kept.run(Arrange::ToggleFlag);
    kept.run(File::Open("/nowhere/s.ron".into()));
    kept.run(File::GoOnUnsaved);
    kept.poll();
    kept.close();
    let mut next = keeping(folder.path(), 0);
    next.offer_leftovers();
    assert_eq!((next.dialogs.leftovers.len(), next.dialogs.discarded.len()), (1, 3), "{:?}", next.dialogs.discarded);
}

#[test]
fn opening_what_is_open_stays_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.ron");
    let mut state = keeping(folder.path(), 0);
    state.run(File::SaveTo(path.clone()));
    state.poll();
    state.run(Arrange::ToggleFlag);
    let mut ways = vec![path.clone(), folder.path().join("./s.ron")];
    #[cfg(unix)]
    {
        ways.push(folder.path().join("link.ron"));
        std::os::unix::fs::symlink(&path, &ways[2]).unwrap();
    }
    for way in ways {
        state.run(File::Open(way.clone()));
        // Another way to the same file is known only once the disk was asked.
        if !tells(&state, "is open already") {
            state.run(File::GoOnUnsaved);
            state.poll();
        }
        assert!(tells(&state, "is open already"), "{}: {:?}", way.display(), state.notices);
        assert!(read_only(&state).is_none() && state.work.is_unsaved() && folder.path().join("s.ron.lock").exists(), "{}", way.display());
    }
}

#[test]
fn own_articles_are_not_added_to_the_sample() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.txt");
    std::fs::write(&file, "Harbour reopens\n\nThe harbour of Port Ellery reopened on Monday.\n").unwrap();
    let add = || File::Add(vec![file.clone()]);
    let titles =
        |state: &Workbench| -> Vec<String> { state.session().articles().iter().map(|article| article.title().to_owned()).collect() };
    let sample = || {
        let mut state = keeping(folder.path(), 0);
        state.run(File::Sample);
        assert!(state.session().articles().len() > 20);
        state
    };
    for bring in [add(), File::Paste("Harbour reopens\n\nIt reopened on Monday.".to_owned())] {
        let mut state = sample();
        state.run(bring);
        state.poll();
        assert_eq!(titles(&state), ["Harbour reopens"], "an untouched sample makes room");
        assert_eq!(state.open_article().map(|article| article.title()), Some("Harbour reopens"));
        assert!(tells(&state, "1 article added"), "{:?}", state.notices);
    }
    // Something was done to it.
    let mut state = sample();
    state.run(Arrange::ToggleFlag);
    state.run(add());
    assert_eq!(state.stage.dialog, Some(Dialog::Unsaved));
    state.run(Screen::Close);
    assert!(state.session().articles().len() > 20 && state.session().articles()[0].desk.flagged);
    state.run(add());
    state.run(File::SaveTo(folder.path().join("tried.ron")));
    state.poll();
    state.poll();
    assert_eq!((titles(&state), state.work.path()), (vec!["Harbour reopens".to_owned()], None));
    // Saved under a name it is a session of one's own; what comes goes to its first new article.
    let mut state = sample();
    state.run(File::SaveTo(folder.path().join("mine.ron")));
    state.poll();
    state.run(add());
    state.poll();
    assert!(state.session().articles().len() > 20 && state.work.path().is_some());
    assert_eq!(state.open_article().map(|article| article.title()), Some("Harbour reopens"));
}
