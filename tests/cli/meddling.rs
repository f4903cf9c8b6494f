//! What other programs do to a session's files while `apply` holds it, or between two runs: nothing that was answered `ok`
//! is lost, and what a user took away does not come back by itself.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;

use super::Desk;

/// How many people the page names, one every six characters.
pub const NAMES: usize = 30;

fn page() -> String {
    (0..NAMES).map(|n| format!("[PERSON? Q{n:03}o] ")).collect()
}

fn confirm(n: usize) -> String {
    format!("confirm a {}..{}\n", 6 * n, 6 * n + 5)
}

/// The people who are confirmed in a session file, as the program opens it.
fn confirmed(desk: &Desk, file: &Path) -> BTreeSet<usize> {
    let ran = desk.run(&["export", &file.display().to_string(), "--to", "jsonl", "-o", "-"], "");
    assert_eq!(ran.code, Some(0), "{file:?}: {ran:?}");
    let article: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    let entities = article["entities"].as_array().unwrap().iter();
    entities.map(|entity| entity["start"].as_u64().unwrap() as usize / 6).collect()
}

/// The people who are confirmed in any session file of a folder.
fn confirmed_anywhere(desk: &Desk, folder: &Path) -> BTreeSet<usize> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|ending| ending == "ron")).flat_map(|file| confirmed(desk, &file)).collect()
}

/// What came of a scene.
struct Played {
    desk: Desk,
    code: Option<i32>,
    err: String,
}

/// Five decisions that are answered, the event, three more. Whatever was answered `ok` must be in a session of the folder,
/// which may have another name by then; and whatever was answered `error` in none.
#[track_caller]
fn play(event: impl FnOnce(&Desk), folder: impl FnOnce(&Desk) -> std::path::PathBuf) -> Played {
    let desk = Desk::new(&[&page()]);
    let mut child = desk.command(&["apply", "s.ron", "-"]).spawn().unwrap();
    let (mut script, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut say = |n: usize| {
        script.write_all(confirm(n).as_bytes()).unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        answer.starts_with("ok")
    };
    let first: Vec<bool> = (0..5).map(&mut say).collect();
    assert_eq!(first, [true; 5]);
    event(&desk);
    let then: Vec<bool> = (5..8).map(&mut say).collect();
    drop(script);
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    let code = child.wait().unwrap().code();
    let asked = first.iter().chain(&then).enumerate();
    let (ok, refused): (Vec<_>, Vec<_>) = asked.partition(|(_, is_ok)| **is_ok);
    let there = confirmed_anywhere(&desk, &folder(&desk));
    assert!(ok.iter().all(|(n, _)| there.contains(n)), "{ok:?} {there:?}\n{err}");
    assert!(refused.iter().all(|(n, _)| !there.contains(n)), "{refused:?} {there:?}\n{err}");
    Played { desk, code, err }
}

fn here(desk: &Desk) -> std::path::PathBuf {
    desk.folder.path().to_path_buf()
}

/// A colleague's version of the session, in which the last name is rejected and the thirteenth confirmed.
fn colleague(desk: &Desk, brings_journal: bool) {
    let theirs = Desk::new(&[&page()]);
    theirs.run(&["apply", "s.ron"], &format!("reject a {}..{}\n{}", 6 * 29, 6 * 29 + 5, confirm(12)));
    let replace = |name: &str| {
        fs::copy(theirs.file(name), desk.file(".new")).unwrap();
        fs::rename(desk.file(".new"), desk.file(name)).unwrap();
    };
    replace("s.ron");
    if brings_journal {
        replace("s.ron.journal");
    }
}

#[test]
fn a_colleagues_version_takes_the_place_of_the_file() {
    for brings_journal in [false, true] {
        let played = play(|desk| colleague(desk, brings_journal), here);
        assert_eq!(played.code, Some(1), "{}", played.err);
        assert_eq!(confirmed(&played.desk, &played.desk.session()), (0..8).chain([12]).collect(), "theirs and ours are in the session");
        let last = played.desk.pages()[0].contains("[PERSON~ Q029o]");
        assert!(last, "what the colleague rejected stays rejected");
        let rescued = fs::read_dir(here(&played.desk)).unwrap().map(|entry| entry.unwrap().path());
        let rescued = rescued.into_iter().find(|path| path.display().to_string().contains("s.rescued-")).expect("the work as it was");
        assert!(played.err.contains(&rescued.file_name().unwrap().to_string_lossy().into_owned()), "{}", played.err);
        assert!(confirmed(&played.desk, &rescued).is_superset(&(0..6).collect()));
        let check = played.desk.run(&["check", "s.ron"], "");
        assert_eq!(check.code, Some(0), "{check:?}");
    }
}

#[test]
fn the_journal_is_removed_cut_or_replaced() {
    let cases: [&dyn Fn(&Path); 4] = [
        &|journal| fs::remove_file(journal).unwrap(),
        &|journal| fs::OpenOptions::new().write(true).open(journal).unwrap().set_len(40).unwrap(),
        &|journal| fs::write(journal, "").unwrap(),
        &|journal| {
            fs::write(journal.with_extension("new"), "something else\n").unwrap();
            fs::rename(journal.with_extension("new"), journal).unwrap();
        },
    ];
    for event in cases {
        let played = play(|desk| event(&desk.file("s.ron.journal")), here);
        assert_eq!(played.code, Some(0), "{}", played.err);
        assert!(played.err.contains("written anew"), "{}", played.err);
        assert_eq!(confirmed(&played.desk, &played.desk.session()), (0..8).collect());
        assert_eq!(played.desk.run(&["log", "s.ron"], "").out.lines().count(), 8, "the history is whole");
    }
}

#[test]
fn the_session_file_is_removed_or_no_session_any_more() {
    let played = play(|desk| fs::remove_file(desk.session()).unwrap(), here);
    assert_eq!(played.code, Some(1), "{}", played.err);
    assert_eq!(confirmed(&played.desk, &played.desk.session()), (0..8).collect());
    let marked = "<<<<<<< ours\n(\n=======\n(\n>>>>>>> theirs\n";
    let played = play(
        |desk| fs::write(desk.session(), marked).unwrap(),
        |desk| {
            let elsewhere = desk.file("elsewhere");
            fs::create_dir(&elsewhere).unwrap();
            fs::rename(desk.session(), elsewhere.join("s.ron")).unwrap();
            here(desk)
        },
    );
    assert_eq!(played.code, Some(1), "{}", played.err);
    let there = fs::read_to_string(played.desk.file("elsewhere/s.ron")).unwrap();
    assert_eq!(there, marked, "it is not ours to write over");
}

#[cfg(unix)]
#[test]
fn the_folder_is_renamed() {
    let away = |desk: &Desk| desk.folder.path().with_extension("away");
    let played = play(
        |desk| {
            fs::create_dir(desk.folder.path().with_extension("other")).unwrap();
            fs::rename(desk.folder.path(), away(desk)).unwrap();
        },
        |desk| {
            fs::rename(away(desk), desk.folder.path()).unwrap();
            fs::remove_dir(desk.folder.path().with_extension("other")).unwrap();
            here(desk)
        },
    );
    assert_eq!(played.code, Some(1), "{}", played.err);
    assert!(played.err.contains("the folder is gone or out of reach"), "{}", played.err);
}

#[cfg(unix)]
#[test]
fn a_second_writer_meets_no_lock() {
    let played = play(
        |desk| {
            fs::remove_file(desk.file("s.ron.lock")).unwrap();
            let script: String = (20..23).map(confirm).collect();
            let ran = desk.run(&["apply", "s.ron"], &script);
            assert_eq!(ran.out, "ok 1\nok 2\nok 3\n", "{ran:?}");
        },
        here,
    );
    assert_eq!(confirmed(&played.desk, &played.desk.session()), (0..8).chain(20..23).collect());
    assert_eq!(played.desk.run(&["check", "s.ron"], "").code, Some(0));
}

#[cfg(unix)]
#[test]
fn two_writers_take_turns_without_a_lock() {
    let desk = Desk::new(&[&page()]);
    let mut writers: Vec<_> = (0..2)
        .map(|_| {
            let mut child = desk.command(&["apply", "s.ron", "-"]).spawn().unwrap();
            let (script, answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
            let mut writer = (child, script, answers);
            // Once it answers it holds the session; the other does not meet its lock.
            say(&mut writer, "undo\n");
            fs::remove_file(desk.file("s.ron.lock")).unwrap();
            writer
        })
        .collect();
    for n in 0..20 {
        assert_eq!(say(&mut writers[n % 2], &confirm(n)), "ok", "{n}");
    }
    for (mut child, script, answers) in writers {
        drop((script, answers));
        child.wait().unwrap();
    }
    assert_eq!(confirmed(&desk, &desk.session()), (0..20).collect());
    assert_eq!(desk.run(&["check", "s.ron"], "").code, Some(0), "both journals are readable");
}

/// A program that holds a session, its script and its answers.
pub type Writer = (std::process::Child, std::process::ChildStdin, BufReader<std::process::ChildStdout>);

/// The first word of the answer.
pub fn say((_, script, answers): &mut Writer, line: &str) -> String {
    script.write_all(line.as_bytes()).unwrap();
    let mut answer = String::new();
    answers.read_line(&mut answer).unwrap();
    answer.split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn an_older_copy_put_back_is_what_it_is_and_the_later_decisions_are_offered() {
    let desk = Desk::new(&[&page()]);
    let copy = fs::read(desk.session()).unwrap();
    desk.run(&["apply", "s.ron"], &(confirm(1) + &confirm(2)));
    fs::write(desk.session(), &copy).unwrap();
    let reader = desk.run(&["info", "s.ron"], "");
    assert!(reader.err.contains("2 changes made then are not in it") && !reader.err.contains("never saved"), "{reader:?}");
    assert_eq!(confirmed(&desk, &desk.session()), BTreeSet::new());
    // Work goes on from there, and the later decisions wait.
    let ran = desk.run(&["apply", "s.ron"], &confirm(3));
    assert!(ran.err.contains("s.ron.journal keeps them"), "{ran:?}");
    assert_eq!(confirmed(&desk, &desk.session()), [3].into());
    let log = desk.run(&["log", "s.ron"], "").out;
    assert_eq!(log.lines().filter(|line| line.contains("(not in this version)")).count(), 2, "{log}");
    assert!(log.lines().nth(2).is_some_and(|line| line.ends_with("another version of the file came in")), "{log}");
    let quiet = desk.run(&["check", "s.ron"], "");
    assert_eq!(quiet.code, Some(0), "once it was told it is history: {quiet:?}");
    let taken = desk.run(&["apply", "s.ron", "s.ron.journal"], "");
    assert_eq!(taken.code, Some(0), "{taken:?}");
    assert_eq!(confirmed(&desk, &desk.session()), [1, 2, 3].into());
}

#[test]
fn a_new_session_under_an_old_name_has_no_decisions_and_no_history() {
    let desk = Desk::new(&[&page()]);
    desk.run(&["apply", "s.ron"], &confirm(1));
    let journal = fs::read(desk.file("s.ron.journal")).unwrap();
    fs::remove_file(desk.session()).unwrap();
    let line = serde_json::json!({ "id": "a", "text": "Q000o Q001o", "entities": [[0, 5, "PERSON"], [6, 11, "PERSON"]] });
    fs::write(desk.file("in.jsonl"), line.to_string()).unwrap();
    let made = desk.run(&["import", "in.jsonl", "--from", "jsonl", "--as", "suggested", "-o", "s.ron"], "");
    assert!(made.err.contains("left its journal, which is kept as") && made.err.contains("s.ron.journal.aside-1"), "{made:?}");
    assert_eq!(desk.run(&["log", "s.ron"], "").out, "");
    assert_eq!(confirmed(&desk, &desk.session()), BTreeSet::new());
    assert_eq!(fs::read(desk.file("s.ron.journal.aside-1")).unwrap(), journal);
}

#[test]
fn a_checkout_with_other_line_ends_is_the_same_journal() {
    let desk = Desk::new(&[&page()]);
    desk.run(&["apply", "s.ron"], &(confirm(1) + &confirm(2)));
    for name in ["s.ron", "s.ron.journal"] {
        let text = fs::read_to_string(desk.file(name)).unwrap();
        fs::write(desk.file(name), text.replace('\n', "\r\n")).unwrap();
    }
    let check = desk.run(&["check", "s.ron"], "");
    assert_eq!(check.code, Some(0), "{check:?}");
    assert_eq!(desk.run(&["log", "s.ron"], "").out.lines().count(), 2);
    let ran = desk.run(&["apply", "s.ron"], &confirm(3));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(confirmed(&desk, &desk.session()), [1, 2, 3].into());
    assert_eq!(desk.run(&["check", "s.ron"], "").code, Some(0));
}

#[cfg(unix)]
#[test]
fn everything_beside_a_private_session_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new(&[&page()]);
    fs::set_permissions(desk.session(), fs::Permissions::from_mode(0o600)).unwrap();
    let mut child = desk.command(&["apply", "s.ron", "-"]).spawn().unwrap();
    let (script, answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut writer = (child, script, answers);
    assert_eq!(say(&mut writer, &confirm(1)), "ok");
    let private = |desk: &Desk| {
        for entry in fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap()) {
            if entry.file_name().to_string_lossy().starts_with("s.") {
                let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
                assert_eq!(mode, 0o600, "{:?}", entry.file_name());
            }
        }
    };
    private(&desk);
    colleague(&desk, false);
    fs::set_permissions(desk.session(), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(say(&mut writer, &confirm(2)), "ok");
    private(&desk);
    drop(writer.1);
    writer.0.wait().unwrap();
    private(&desk);
}

#[cfg(unix)]
#[test]
fn a_session_that_may_not_be_written_says_so_before_anything_is_done() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new(&[&page()]);
    fs::set_permissions(desk.session(), fs::Permissions::from_mode(0o444)).unwrap();
    let ran = desk.run(&["apply", "s.ron"], &confirm(1));
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    assert!(ran.err.contains("marked as read-only; nothing was done"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_file_of_two_names_is_told_at_opening() {
    let desk = Desk::new(&[&page()]);
    fs::hard_link(desk.session(), desk.file("other.ron")).unwrap();
    let ran = desk.run(&["apply", "s.ron"], &confirm(1));
    assert!(ran.err.contains("the file has 2 names (hard links)"), "{ran:?}");
}
