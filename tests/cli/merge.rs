//! `manicule merge`: by itself, and as the merge driver of a real git repository.

use std::path::Path;
use std::process::Command;

use manicule::store::{Saved, SourcePaths, write};

use super::{Desk, Ran};
use crate::support::dsl;

const PAGE: &str = "[PERSON? Oja] met [ORG? NATO] in [GPE? Oslo] and [PERSON? Ann Lee] there";

/// A session of one page in a file.
fn put(desk: &Desk, name: &str, page: &str) {
    let saved = Saved { session: dsl::session(&[page]), ..Saved::default() };
    std::fs::write(desk.file(name), write(&saved, &SourcePaths::unchanged())).unwrap();
}

fn page_of(path: &Path) -> String {
    dsl::show_all(&super::open(path, manicule::store::Intent::Read).saved.session).join(" | ")
}

#[test]
fn three_files_become_one_session() {
    let desk = Desk::new(&[PAGE]);
    put(&desk, "ours.ron", &PAGE.replace("PERSON? Oja", "PERSON! Oja"));
    put(&desk, "theirs.ron", &PAGE.replace("ORG? NATO", "ORG~ NATO"));
    let ran = desk.run(&["merge", "s.ron", "ours.ron", "theirs.ron", "-o", "out.ron"], "");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let merged = PAGE.replace("PERSON? Oja", "PERSON! Oja").replace("ORG? NATO", "ORG~ NATO");
    assert_eq!(page_of(&desk.file("out.ron")), merged);
    assert_eq!(desk.run(&["merge", "s.ron", "ours.ron", "theirs.ron"], "").code, Some(0));
    assert_eq!(page_of(&desk.file("ours.ron")), merged, "without -o it is written over ours");
}

#[test]
fn what_cannot_both_stand_is_told_and_exit_code_1() {
    let desk = Desk::new(&[PAGE]);
    put(&desk, "ours.ron", &PAGE.replace("PERSON? Oja", "PERSON! Oja"));
    put(&desk, "theirs.ron", &PAGE.replace("PERSON? Oja", "PERSON~ Oja"));
    let ran = desk.run(&["merge", "s.ron", "ours.ron", "theirs.ron", "-o", "out.ron"], "");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("to settle: a: “Oja” is confirmed as PERSON, against: rejected as PERSON"), "{}", ran.err);
    assert_eq!(desk.run(&["merge", "s.ron", "ours.ron", "theirs.ron", "-o", "out.ron", "--waiting-is-done"], "").code, Some(0));
    let check = desk.run(&["check", "out.ron"], "");
    assert_eq!(check.code, Some(1));
    assert!(
        check.err.contains("two people decided differently: “Oja” is confirmed") && check.err.contains("Q takes the other"),
        "{check:?}"
    );
    let info = desk.run(&["info", "out.ron"], "");
    assert!(info.out.contains("conflicts  1 to settle"), "{}", info.out);
    let settled = desk.run(&["apply", "out.ron"], "confirm a 0..3\n");
    assert_eq!((settled.code, settled.out.as_str()), (Some(0), "ok 1\n"));
    assert_eq!(desk.run(&["check", "out.ron"], "").code, Some(0));
}

#[test]
fn an_empty_base_a_missing_file_and_a_newer_format() {
    let desk = Desk::new(&[PAGE]);
    std::fs::write(desk.file("empty.ron"), "").unwrap();
    put(&desk, "other.ron", &PAGE.replace("PERSON? Oja", "PERSON! Oja"));
    let before = std::fs::read(desk.session()).unwrap();
    let ran = desk.run(&["merge", "empty.ron", "s.ron", "other.ron", "-o", "out.ron"], "");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(page_of(&desk.file("out.ron")), PAGE.replace("PERSON? Oja", "PERSON! Oja"));
    assert_eq!(
        std::fs::read_to_string(desk.file("out.ron")).unwrap().lines().nth(5),
        std::fs::read_to_string(desk.session()).unwrap().lines().nth(5),
        "labels keep their order"
    );
    assert_eq!(desk.run(&["merge", "gone.ron", "s.ron", "other.ron"], "").code, Some(1));
    let newer = std::fs::read_to_string(desk.file("other.ron")).unwrap().replacen("format: 1", "format: 3", 1);
    std::fs::write(desk.file("newer.ron"), newer).unwrap();
    let ran = desk.run(&["merge", "empty.ron", "s.ron", "newer.ron"], "");
    assert!(ran.code == Some(1) && ran.err.contains("newer than this program; nothing was merged"), "{ran:?}");
    assert_eq!(std::fs::read(desk.session()).unwrap(), before, "what cannot be merged stays as it is");
    assert_eq!(desk.run(&["merge", "s.ron"], "").code, Some(2));
    let help = desk.run(&["merge", "--help"], "");
    assert!(help.out.lines().any(|line| line.starts_with("Usage: manicule merge")), "{}", help.out);
}

/// A git repository, and who works in it.
struct Clone<'d> {
    desk: &'d Desk,
    name: &'static str,
}

impl Clone<'_> {
    fn git(&self, args: &[&str]) -> Ran {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"]).args(args);
        // Nothing that this machine is set up with takes part.
        command.env("GIT_CONFIG_GLOBAL", self.desk.file("none")).env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", self.desk.file("home"));
        let output = command.current_dir(self.desk.file(self.name)).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    #[track_caller]
    fn does(&self, args: &[&str]) -> String {
        let ran = self.git(args);
        assert_eq!(ran.code, Some(0), "git {args:?}: {ran:?}");
        ran.out
    }

    fn manicule(&self, args: &[&str], input: &str) -> Ran {
        use std::io::Write as _;
        let mut child = self.desk.command(args).current_dir(self.desk.file(self.name)).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn session(&self) -> std::path::PathBuf {
        self.desk.file(self.name).join("s.ron")
    }

    #[track_caller]
    fn works(&self, decisions: &str, by: &str) {
        let ran = self.manicule(&["apply", "s.ron", "-", "--by", by], decisions);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        self.does(&["commit", "-qam", by]);
    }
}

/// Two clones of one session; `None` where there is no git, which is told.
#[track_caller]
fn clones(desk: &Desk) -> Option<(Clone<'_>, Clone<'_>)> {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: there is no git here");
        return None;
    }
    let (one, two) = (Clone { desk, name: "one" }, Clone { desk, name: "two" });
    std::fs::create_dir_all(desk.file("one")).unwrap();
    std::fs::copy(desk.session(), one.session()).unwrap();
    std::fs::write(desk.file("one/.gitignore"), "*.journal\n*.bak\n*.lock\n").unwrap();
    one.does(&["init", "-q"]);
    one.does(&["add", "."]);
    one.does(&["commit", "-qm", "0"]);
    one.does(&["clone", "-q", ".", "../two"]);
    Some((one, two))
}

/// Ann and Bo decide apart; Ann takes Bo's work in by `git merge` with the driver.
#[track_caller]
fn scene(ann: &str, bo: &str, code: i32, expect: &str) {
    let desk = Desk::new(&[PAGE]);
    let Some((one, two)) = clones(&desk) else { return };
    let installed = one.manicule(&["merge", "--install", "--yes"], "");
    assert_eq!(installed.code, Some(0), "{installed:?}");
    one.works(ann, "Ann");
    two.works(bo, "Bo");
    one.does(&["fetch", "-q", "../two", "main:other"]);
    let merged = one.git(&["merge", "-q", "other", "-m", "m"]);
    assert_eq!(merged.code, Some(code), "{merged:?}");
    assert_eq!(page_of(&one.session()), expect);
    let check = one.manicule(&["check", "s.ron"], "");
    assert!(!check.err.contains("left a conflict"), "{check:?}");
}

#[test]
fn git_merges_decisions_that_lie_apart_that_touch_and_that_are_equal() {
    let page =
        |settled: &[&str]| settled.iter().fold(PAGE.to_owned(), |page, words| page.replace(&format!("? {words}"), &format!("! {words}")));
    scene("confirm a 0..3\n", "confirm a 25..32\n", 0, &page(&["Oja", "Ann Lee"]));
    scene("confirm a 0..3\nconfirm a 16..20\n", "confirm a 8..12\nconfirm a 25..32\n", 0, &page(&["Oja", "NATO", "Oslo", "Ann Lee"]));
    scene("confirm a 0..3\n", "confirm a 0..3\n", 0, &page(&["Oja"]));
    scene("confirm a 0..3\n", "reject a 0..3\nconfirm a 8..12\n", 1, &page(&["Oja", "NATO"]));
}

#[test]
fn a_conflict_is_settled_and_committed_and_the_other_side_follows() {
    let desk = Desk::new(&[PAGE]);
    let Some((one, two)) = clones(&desk) else { return };
    for clone in [&one, &two] {
        assert_eq!(clone.manicule(&["merge", "--install", "--yes"], "").code, Some(0));
    }
    one.works("confirm a 0..3\n", "Ann");
    two.works("reject a 0..3\n", "Bo");
    one.does(&["fetch", "-q", "../two", "main:other"]);
    assert_eq!(one.git(&["merge", "-q", "other", "-m", "m"]).code, Some(1));
    assert_eq!(one.manicule(&["apply", "s.ron", "-"], "reject a 0..3\n").code, Some(0));
    one.does(&["add", "s.ron"]);
    one.does(&["commit", "-qm", "settled"]);
    two.does(&["pull", "-q", "--no-rebase", "../one", "main"]);
    assert_eq!(page_of(&two.session()), PAGE.replace("PERSON? Oja", "PERSON~ Oja"));
}

#[test]
fn what_a_merge_without_the_driver_left_is_named_and_merged_anew() {
    let desk = Desk::new(&[PAGE]);
    let Some((one, two)) = clones(&desk) else { return };
    one.works("confirm a 0..3\n", "Ann");
    two.works("confirm a 8..12\n", "Bo");
    one.does(&["fetch", "-q", "../two", "main:other"]);
    assert_eq!(one.git(&["merge", "-q", "other", "-m", "m"]).code, Some(1), "lines that touch");
    let check = one.manicule(&["check", "s.ron"], "");
    assert!(check.code == Some(1) && check.err.contains("git left a conflict here (lines "), "{check:?}");
    assert_eq!(check.err.matches("line").count() - check.err.matches("lines").count(), 1, "the line is named once: {}", check.err);
    // The remedy that it tells.
    assert_eq!(one.manicule(&["merge", "--install", "--yes"], "").code, Some(0));
    one.does(&["checkout", "--merge", "s.ron"]);
    assert_eq!(page_of(&one.session()), PAGE.replace("PERSON? Oja", "PERSON! Oja").replace("ORG? NATO", "ORG! NATO"));
}

#[test]
fn the_driver_is_installed_after_asking_and_other_files_merge_by_lines() {
    let desk = Desk::new(&[PAGE]);
    let Some((one, two)) = clones(&desk) else { return };
    let asked = one.manicule(&["merge", "--install"], "y\n");
    assert!(asked.code == Some(2) && asked.err.contains("--yes"), "nobody can be asked here: {asked:?}");
    assert_ne!(one.git(&["config", "merge.manicule.driver"]).code, Some(0), "and nothing was written");
    for _ in 0..2 {
        assert_eq!(one.manicule(&["merge", "--install", "--yes"], "").code, Some(0));
    }
    assert_eq!(std::fs::read_to_string(desk.file("one/.git/info/attributes")).unwrap(), "*.ron merge=manicule\n");
    std::fs::write(desk.file("one/list.ron"), "[\n1,\n2,\n3,\n4,\n5,\n]\n").unwrap();
    one.does(&["add", "list.ron"]);
    one.does(&["commit", "-qm", "a list"]);
    two.does(&["pull", "-q", "../one", "main"]);
    std::fs::write(desk.file("one/list.ron"), "[\n10,\n2,\n3,\n4,\n5,\n]\n").unwrap();
    std::fs::write(desk.file("two/list.ron"), "[\n1,\n2,\n3,\n4,\n50,\n]\n").unwrap();
    one.does(&["commit", "-qam", "Ann"]);
    two.does(&["commit", "-qam", "Bo"]);
    one.does(&["fetch", "-q", "../two", "main:other"]);
    one.does(&["merge", "-q", "other", "-m", "m"]);
    assert_eq!(std::fs::read_to_string(desk.file("one/list.ron")).unwrap(), "[\n10,\n2,\n3,\n4,\n50,\n]\n");
    let outside = desk.run(&["merge", "--install", "--yes"], "");
    assert!(outside.code == Some(1) && outside.err.contains("git repository"), "{outside:?}");
}
