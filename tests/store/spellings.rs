//! Session files as other hands and programs leave them: every spelling of RON, what a merge of lines leaves, and what
//! is no session at all.

use manicule::annotation::{Conflict, State, Time};
use manicule::store::{Fault, Reading, Saved, SourcePaths, read, write};

use super::sessions::full;
use crate::support::dsl;

fn written(saved: &Saved) -> String {
    write(saved, &SourcePaths::unchanged())
}

fn try_read(text: &str) -> Result<Reading, Fault> {
    read(text.as_bytes(), &SourcePaths::unchanged())
}

/// A session of one page in the layout that the program writes.
fn page(marked: &str) -> String {
    written(&Saved { session: dsl::session(&[marked]), ..Saved::default() })
}

#[test]
fn every_spelling_of_ron_is_read() {
    let whole = written(&full());
    let moved = {
        let without = whole.replacen("format: 1,\n", "", 1);
        let end = without.rfind("\n)").unwrap();
        format!("{}\nformat: 1,{}", &without[..end], &without[end..])
    };
    let spellings = [
        ("a comment before the format", whole.replacen("(\nformat", "( /* of */\n// the\nformat", 1)),
        ("a comment behind the name", whole.replacen("format: 1", "format /* which? */ : 1", 1)),
        ("a comment behind the format", whole.replacen("format: 1,", "format: 1 /* one */, // first", 1)),
        ("nested comments before it all", format!("/* a /* nested */ comment */ // and more\n{whole}")),
        ("a sign", whole.replacen("format: 1", "format: +1", 1)),
        ("hexadecimal", whole.replacen("format: 1", "format: 0x1", 1)),
        ("binary", whole.replacen("format: 1", "format: 0b1", 1)),
        ("an underscore", whole.replacen("format: 1", "format: 0_1", 1)),
        ("a suffix", whole.replacen("format: 1", "format: 1u32", 1)),
        ("a raw identifier", whole.replacen("format: 1", "r#format: 1", 1)),
        ("the format last", moved),
        ("the name of the struct", whole.replacen("\n(\n", "\nSession(\n", 1)),
        ("a bracket in an attribute", format!("#![type = \"a ] b\"]\n{whole}")),
        ("no attribute", whole.replacen("#![enable(implicit_some)]\n", "", 1)),
        ("blanks", whole.replacen("format: 1,", "\n\t format\n:\n1\n,", 1)),
    ];
    for (what, text) in spellings {
        assert_ne!(text, whole, "{what}: the change found its place");
        match try_read(&text) {
            Ok(reading) => assert_eq!((reading.saved, reading.format, reading.repairs), (full(), 1, Vec::new()), "{what}"),
            Err(fault) => panic!("{what}: {fault}"),
        }
    }
}

#[test]
fn a_newer_format_is_known_however_it_is_spelled() {
    let whole = written(&full());
    for format in ["3", "+3", "0x3", "99999999999", "3 /* three */"] {
        let reading = try_read(&whole.replacen("format: 1", &format!("format: {format}"), 1)).unwrap();
        assert!(reading.is_newer(), "{format}");
    }
    let broken = whole.replacen("format: 1", "/* new */ format: 3", 1).replacen("state: rejected", "state: (3)", 1);
    assert!(matches!(try_read(&broken), Err(Fault::Newer(3, 2))));
}

#[test]
fn a_session_that_breaks_before_its_format_is_told_with_its_line() {
    let whole = written(&full()).replacen("format: 1,\n", "", 1).replacen("state: rejected", "state: refused)", 1);
    let line = whole.lines().position(|line| line.contains("refused")).unwrap() + 1;
    match try_read(&whole) {
        Err(Fault::Malformed { line: told, .. }) => assert_eq!(told, line),
        other => panic!("{other:?}"),
    }
    for text in ["Hello", "(", "[1, 2]", "(theme: dark)", "{\"format\": 1}", "(1, 2)", "format: 1"] {
        assert!(matches!(try_read(text), Err(Fault::NoSession)), "{text}");
    }
}

#[test]
fn conflict_markers_are_called_by_their_name() {
    let page = page("[PERSON? Oja] met [ORG? NATO]");
    let line = page.lines().position(|line| line.contains("PERSON\", quote")).unwrap();
    let with = |marked: &[&str]| {
        let mut lines: Vec<&str> = page.lines().collect();
        lines.splice(line..line + 1, marked.iter().copied());
        lines.join("\n") + "\n"
    };
    let two = ["<<<<<<< HEAD", "        ours,", "=======", "        theirs,", ">>>>>>> other"];
    let diff3 = ["<<<<<<< HEAD", "ours", "||||||| 1234567", "base", "=======", "theirs", ">>>>>>> other"];
    let jj = ["<<<<<<< conflict 1 of 1", "%%%%%%% diff", "-a", "+b", "+++++++ side", "c", ">>>>>>> conflict 1 of 1 ends"];
    let first = line + 1;
    let cases = [
        (with(&two), format!("git left a conflict here (lines {first} to {}); settle it with `manicule merge --install`", first + 4)),
        (with(&two).replace('\n', "\r\n"), format!("git left a conflict here (lines {first} to {});", first + 4)),
        (with(&diff3), format!("git left a conflict here (lines {first} to {});", first + 6)),
        (with(&jj), format!("jj left a conflict here (lines {first} to {});", first + 6)),
        (with(&two) + &two.join("\n"), format!("(lines {first} to {}) and one more further down;", first + 4)),
        (format!("{}\n{page}", two.join("\n")), "git left a conflict here (lines 1 to 5);".to_owned()),
        (page.replacen("format: 1,", "<<<<<<< HEAD\nformat: 1,\n=======\nformat: 2,\n>>>>>>> x", 1), "(lines 3 to 7);".to_owned()),
    ];
    for (text, expect) in cases {
        let fault = try_read(&text).expect_err("not to be guessed");
        assert!(fault.to_string().contains(&expect), "{fault}\n{expect}");
    }
    let quoted = page.replacen("\"Oja met NATO\"", "\"Oja met NATO\", r#\"\n<<<<<<< HEAD\n\"#", 1);
    assert!(try_read(&quoted).is_ok(), "what stands in quotation marks is text");
}

#[test]
fn a_pointer_of_git_lfs_is_told_as_what_it_is() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    let told = try_read(pointer).expect_err("no session").to_string();
    assert!(
        told.contains("pointer of git LFS") && told.contains("12345 bytes") && told.ends_with("run `git lfs pull` in its folder"),
        "{told}"
    );
}

/// The lines of the mentions of a page.
fn mention_lines(page: &str) -> Vec<&str> {
    page.lines().filter(|line| line.trim_start().starts_with("(id: \"") && line.contains("origin: ")).collect()
}

/// A page with its mention lines replaced by those of several pages, one after the other, as `merge=union` leaves them.
#[track_caller]
fn united(pages: &[&str]) -> (Reading, Vec<String>) {
    let written: Vec<String> = pages.iter().map(|marked| page(marked)).collect();
    let lines: Vec<&str> = written.iter().flat_map(|page| mention_lines(page)).collect();
    let (start, end) = (written[0].find("    mentions: [\n").unwrap() + 16, written[0].rfind("    ],\n),").unwrap());
    let text = format!("{}{}\n{}", &written[0][..start], lines.join("\n"), &written[0][end..]);
    let reading = try_read(&text).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    let told: Vec<String> = reading.repairs.iter().map(ToString::to_string).collect();
    let again = try_read(&self::written(&reading.saved)).unwrap();
    assert_eq!((again.saved.session, again.repairs), (reading.saved.session.clone(), Vec::new()), "what was repaired stays repaired");
    (reading, told)
}

#[test]
fn two_lines_of_one_mention_are_made_one() {
    let (reading, told) = united(&["[PERSON! Oja] met [ORG? NATO]", "[PERSON? Oja] met [ORG! NATO]"]);
    assert_eq!(dsl::show_all(&reading.saved.session), ["[PERSON! Oja] met [ORG! NATO]"]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|told| told.ends_with("as a merge of lines leaves it: the settled one was kept")), "{told:?}");
    let line = told[0].split(": ").next().unwrap().to_owned();
    assert!(line.starts_with("line "), "{told:?}");

    let (reading, told) = united(&["[PERSON! Oja] met", "[PERSON! Oja] met"]);
    assert_eq!(dsl::show_all(&reading.saved.session), ["[PERSON! Oja] met"]);
    assert!(told.len() == 1 && told[0].contains("they were made one"), "{told:?}");

    let (reading, told) = united(&["[PERSON! Oja] met", "[PERSON~ Oja] met"]);
    let mention = &reading.saved.session.articles()[0].mentions[0];
    assert_eq!((mention.state, mention.rivals.len(), mention.rivals[0].state), (State::Confirmed, 1, State::Rejected));
    assert!(told.len() == 1 && told[0].contains("both are kept until one is chosen"), "{told:?}");

    let (reading, told) = united(&["[PERSON? Oja] met", "[PERSON? Oja] met", "[PERSON! Oja] met"]);
    assert_eq!(dsl::show_all(&reading.saved.session), ["[PERSON! Oja] met"]);
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn what_stands_twice_in_the_head_is_read() {
    let older = include_str!("../data/session-1-with-place.ron");
    let analyst = older.lines().find(|line| line.starts_with("analyst:")).unwrap();
    let place = older.lines().find(|line| line.starts_with("place:")).unwrap();
    let twice = older.replacen(analyst, &format!("{analyst}\nanalyst: \"Bo\","), 1).replacen(place, &format!("{place}\n{place}"), 1);
    let reading = try_read(&twice).unwrap();
    assert_eq!(reading.saved.analyst, "Ann \\ Bö");
    let told: Vec<String> = reading.repairs.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("line 5: the field analyst stands twice"), "{told:?}");

    let entity = older.lines().find(|line| line.contains("(id: \"zoe-parn\"")).unwrap();
    let other = entity.replacen("kb: \"Q1\"", "kb: \"Q2\"", 1);
    let reading = try_read(&older.replacen(entity, &format!("{entity}\n{other}"), 1)).unwrap();
    assert!(
        matches!(reading.saved.session.conflicts(), [Conflict::Entity { other: Some(other), .. }] if other.kb.as_deref() == Some("Q2"))
    );
    assert_eq!(reading.saved.session.entities().len(), 1);

    let rule = older.lines().find(|line| line.contains("(name: \"NATO\"")).unwrap();
    let other = rule.replacen("always(\"ORG\")", "never, at: \"2026-05-05T16:53:21Z\"", 1);
    let reading = try_read(&older.replacen(rule, &format!("{rule}\n{other}\n{rule}"), 1)).unwrap();
    assert_eq!((reading.saved.session.rules().len(), reading.saved.session.conflicts().len()), (2, 1));
    assert_eq!(reading.saved.session.rules()[1].at, Time(0), "the earlier one stands");
}
