//! `manicule apply`.

use std::io::{BufRead as _, BufReader, Write as _};

use manicule::annotation::{EntityId, How, Verb};
use manicule::store::Intent;

use super::{Desk, open};

/// Applies a script to a session of one page, compares the answers and the page, and undoes all of it in another run.
#[track_caller]
fn check(page: &str, script: &str, answers: &str, after: &str) -> Desk {
    let desk = Desk::new(&[page]);
    let ran = desk.run(&["apply", "s.ron", "-"], script);
    assert_eq!(ran.out, answers, "{ran:?}");
    let done = answers.lines().filter(|line| line.starts_with("ok")).count();
    let refused = answers.lines().count() - done;
    assert_eq!(ran.code, Some(i32::from(refused > 0)), "{ran:?}");
    assert!(ran.err.contains(&format!("{done} lines done, {refused} refused")), "{ran:?}");
    assert_eq!(desk.pages(), [after]);
    desk
}

#[test]
fn every_verb_is_answered_and_done() {
    check("[PERSON? Merkel] met", "confirm a 0..6\n", "ok 1\n", "[PERSON! Merkel] met");
    check("[PERSON? Merkel] met", "reject a 0..6", "ok 1\n", "[PERSON~ Merkel] met");
    check("[PERSON? Merkel] met", "delete a 0..6", "ok 1\n", "[PERSON~ Merkel] met");
    check("[PERSON!* Merkel] met", "delete a 0..6", "ok 1\n", "Merkel met");
    check("[PERSON? Merkel] met", "retype a 0..6 ORG", "ok 1\n", "[ORG! Merkel] met");
    check("[PERSON? Merkel] met", "move a 0..6 0..10", "ok 1\n", "[PERSON! Merkel met]");
    check("[PERSON? Merkel] met", "add a 7..10 EVENT", "ok 1\n", "[PERSON? Merkel] [EVENT!* met]");
    check("[PERSON? Merkel] met", "add a 0..6 PERSON", "ok 1\n", "[PERSON! Merkel] met");
    check("[PERSON? Merkel] met [ORG? NATO]", "accept-rest a", "ok 1\n", "[PERSON! Merkel] met [ORG! NATO]");
    check("[PERSON? Merkel] met", "confirm a 0..6\nundo\nredo\nundo\n", "ok 1\nok 2\nok 3\nok 4\n", "[PERSON? Merkel] met");
    let desk = check("[ORG? NATO] met", "link a 0..4 nato\n", "ok 1\n", "[ORG? NATO] met");
    let session = desk.open().saved.session;
    assert_eq!(session.articles()[0].mentions[0].entity, Some(EntityId::new("nato")));
    assert!(session.entity(&EntityId::new("nato")).is_some());
}

#[test]
fn offsets_count_code_points() {
    check(
        "東京𠮷 [GPE? Zürich] und [ORG? 𠮷野家]",
        "reject a 4..10\nconfirm a 15..18\n",
        "ok 1\nok 2\n",
        "東京𠮷 [GPE~ Zürich] und [ORG! 𠮷野家]",
    );
}

#[test]
fn blank_lines_and_comments_are_counted_and_not_answered() {
    let script = "# first the chancellor\n\nconfirm a 0..6\r\n   \nreject a 11..15\n";
    check("[PERSON? Merkel] met [ORG? NATO]", script, "ok 3\nok 5\n", "[PERSON! Merkel] met [ORG~ NATO]");
}

#[test]
fn what_cannot_be_done_is_answered_with_the_reason_and_changes_nothing() {
    let script =
        "confrim a 0..6\nconfirm b 0..6\nconfirm a 0..5\nconfirm a 0..99\nretype a 0..6 HERO\nundo\nconfirm a 0..6\nconfirm a 0..6\n";
    let answers = "error 1: \"confrim\" is no verb; these are: confirm reject retype move add delete link spread accept-rest transfer fix dismiss undo redo\n\
        error 2: there is no article \"b\"\n\
        error 3: there is no mention at 0..5; there is PERSON 0..6\n\
        error 4: 0..99 does not lie in the text of 10 code points\n\
        error 5: the scheme has no label HERO\n\
        error 6: there is nothing to undo\n\
        ok 7\n\
        error 8: it is so already\n";
    check("[PERSON? Merkel] met", script, answers, "[PERSON! Merkel] met");
    let desk = Desk::new(&["[PERSON? Merkel]"]);
    let before = std::fs::read(desk.session()).unwrap();
    let mut child = desk.command(&["apply", "s.ron"]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"confirm a 0..6 \xff\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("error 1: is no UTF-8 at byte 15"), "{output:?}");
    assert_eq!(std::fs::read(desk.session()).unwrap(), before, "nothing changed, nothing written");
}

#[test]
fn a_label_after_the_span_says_which_mention_is_meant() {
    let page = "[ORG? [GPE? Moscow]] said";
    let told = "error 1: mentions GPE, ORG lie at 0..6; write the label after the span\n";
    check(page, "confirm a 0..6\n", told, "[GPE? [ORG? Moscow]] said");
    check(page, "reject a 0..6 ORG\nconfirm a 0..6\n", "ok 1\nok 2\n", "[GPE! [ORG~ Moscow]] said");
    check(page, "retype a 0..6 GPE LOC\n", "ok 1\n", "[LOC! Moscow] said");
    check(page, "move a 0..6 ORG 0..11\n", "ok 1\n", "[ORG! Moscow said]");
}

#[test]
fn an_id_with_a_blank_is_a_json_string() {
    let desk = Desk::new(&["[ORG? NATO] met"]);
    let text = std::fs::read_to_string(desk.session()).unwrap();
    std::fs::write(desk.session(), text.replace("(article: \"a\"", "(article: \"the \\\"first\\\"\"")).unwrap();
    let ran = desk.run(&["apply", "s.ron"], r#"link "the \"first\"" 0..4 "North Atlantic""#);
    assert_eq!((ran.out.as_str(), ran.code), ("ok 1\n", Some(0)), "{ran:?}");
    assert!(desk.open().saved.session.entity(&EntityId::new("North Atlantic")).is_some());
}

#[test]
fn a_decision_spreads_through_the_article_or_the_session() {
    let pages = ["[PERSON? Orban] and [PERSON? Orban] and Orban.", "[PERSON? Orban] spoke."];
    let spread = |script: &str, expect: [&str; 2]| {
        let desk = Desk::new(&pages);
        let ran = desk.run(&["apply", "s.ron"], script);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(desk.pages(), expect);
        desk
    };
    spread("retype a 0..5 ORG\nspread a 0..5 article", ["[ORG! Orban] and [ORG! Orban] and [ORG! Orban].", "[PERSON? Orban] spoke."]);
    let everywhere = ["[PERSON! Orban] and [PERSON! Orban] and [PERSON! Orban].", "[PERSON! Orban] spoke."];
    let desk = spread("confirm a 0..5\nspread a 0..5 session", everywhere);
    let edit = desk.open().history.next_undo().cloned().unwrap();
    assert_eq!((edit.verb, edit.mention_count(), &*edit.by), (Verb::Confirm, 3, "Ann"));
    let hows: Vec<_> = desk.open().saved.session.articles()[0].mentions.iter().map(|mention| mention.how).collect();
    assert_eq!(hows, [Some(How::Looked), Some(How::Spread), Some(How::Spread)]);
    let linked = spread("link a 0..5 orban\nspread a 0..5 session", ["[PERSON? Orban] and [PERSON? Orban] and Orban.", pages[1]]);
    let entities = linked.open().saved.session.articles()[1].mentions.iter().filter(|mention| mention.entity.is_some()).count();
    assert_eq!(entities, 1, "what spreads is the link, not a confirmation");
    let own = Desk::new(&["[PERSON!* Orban] met [PERSON? Orban]"]);
    assert_eq!(own.run(&["apply", "s.ron"], "delete a 0..5\nspread a 0..5 article").out, "ok 1\nok 2\n");
    assert_eq!(own.pages(), ["Orban met [PERSON~ Orban]"]);
    let undecided = Desk::new(&pages).run(&["apply", "s.ron"], "spread a 0..5 article");
    assert_eq!(undecided.out, "error 1: nothing was decided here that could reach further\n");
}

#[test]
fn undo_reaches_back_across_runs() {
    let desk = Desk::new(&["[PERSON? Merkel] met [ORG? NATO]"]);
    assert_eq!(desk.run(&["apply", "s.ron"], "confirm a 0..6\nreject a 11..15\n").out, "ok 1\nok 2\n");
    assert_eq!(desk.run(&["apply", "s.ron"], "undo\nundo\nundo\n").out, "ok 1\nok 2\nerror 3: there is nothing to undo\n");
    assert_eq!(desk.pages(), ["[PERSON? Merkel] met [ORG? NATO]"]);
    assert_eq!(desk.run(&["apply", "s.ron"], "redo\n").out, "ok 1\n");
    assert_eq!(desk.pages(), ["[PERSON! Merkel] met [ORG? NATO]"]);
}

#[test]
fn the_file_is_saved_at_the_end_and_the_lock_let_go() {
    let desk = Desk::new(&["[PERSON? Merkel] met"]);
    std::fs::write(desk.file("script"), "confirm a 0..6\n").unwrap();
    let ran = desk.run(&["apply", "s.ron", "script", "--by", "Cleo"], "");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let text = std::fs::read_to_string(desk.session()).unwrap();
    assert!(text.contains("state: confirmed, how: looked") && text.contains("by: \"Cleo\"") && !text.contains("analyst: "), "{text}");
    let mut names: Vec<_> =
        std::fs::read_dir(&desk.folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["home", "s.ron", "s.ron.bak", "s.ron.journal", "script"]);
    assert_eq!(desk.run(&["apply", "s.ron"], "").code, Some(0));
    assert_eq!(std::fs::read_to_string(desk.session()).unwrap(), text, "nothing to do, nothing written");
}

#[test]
fn a_session_that_is_open_elsewhere_is_refused_naming_who_has_it() {
    let desk = Desk::new(&["[PERSON? Merkel] met"]);
    let opened = open(&desk.session(), Intent::Work);
    let ran = desk.run(&["apply", "s.ron"], "confirm a 0..6\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    assert!(
        ran.err.contains("s.ron: it is open elsewhere: Bob on desk (process 1) since 1970-01-01T00:00:00Z; nothing was done"),
        "{ran:?}"
    );
    opened.home.close().unwrap();
    assert_eq!(desk.run(&["apply", "s.ron"], "confirm a 0..6\n").out, "ok 1\n");
}

#[test]
fn wrong_use_and_missing_files_are_told() {
    let desk = Desk::new(&["text"]);
    assert_eq!(desk.run(&["apply"], "").code, Some(2));
    let ran = desk.run(&["apply", "none.ron"], "");
    assert!(ran.code == Some(1) && ran.err.contains("none.ron cannot be opened"), "{ran:?}");
    let ran = desk.run(&["apply", "s.ron", "none"], "");
    assert!(ran.code == Some(1) && ran.err.contains("none cannot be read"), "{ran:?}");
}

#[test]
fn a_line_is_answered_before_the_next_is_sent_and_is_durable_then() {
    let desk = Desk::new(&["[PERSON? Merkel] met [ORG? NATO]"]);
    let mut child = desk.command(&["apply", "s.ron", "-"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for (line, answer, page) in [
        ("confirm a 0..6\n", "ok 1", "[PERSON! Merkel] met [ORG? NATO]"),
        ("reject a 11..15\n", "ok 2", "[PERSON! Merkel] met [ORG~ NATO]"),
        ("undo\n", "ok 3", "[PERSON! Merkel] met [ORG? NATO]"),
    ] {
        input.write_all(line.as_bytes()).unwrap();
        assert_eq!(answers.next().unwrap().unwrap(), answer);
        assert_eq!(desk.pages(), [page], "another process sees it in the journal");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(desk.pages(), ["[PERSON! Merkel] met [ORG? NATO]"]);
    let ran = desk.run(&["apply", "s.ron"], "undo\n");
    assert!(ran.out == "ok 1\n" && ran.err.contains("changes that had not been saved were recovered"), "{ran:?}");
    assert_eq!(desk.pages(), ["[PERSON? Merkel] met [ORG? NATO]"]);
}

#[test]
fn a_thousand_lines_at_once_are_answered_in_order() {
    let desk = Desk::new(&["[PERSON? Merkel] met"]);
    let script = "confirm a 0..6\nundo\n".repeat(500);
    let ran = desk.run(&["apply", "s.ron"], &script);
    let answers: String = (1..=1000).map(|n| format!("ok {n}\n")).collect();
    assert_eq!(ran.out, answers);
    assert_eq!(desk.pages(), ["[PERSON? Merkel] met"]);
}
