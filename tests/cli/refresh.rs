//! `manicule refresh`: sources on the disk change, and mentions go with them.

use manicule::annotation::Session;
use manicule::store::{Intent, Saved, SourcePaths, write};
use serde_json::Value;

use super::{Desk, open};
use crate::support::dsl;

const PAGES: [&str; 3] = [
    "In [GPE! Paris] the ministers met.\n[PERSON! Ann Lee] of [ORG? NATO] spoke at length about it.",
    "On Monday [PERSON! Zelensky] flew to [GPE! Oslo] for talks. Then [PERSON~ Bo Ek] slept until noon.",
    "Nothing here.",
];

/// A session whose articles came from files beside it.
fn desk() -> Desk {
    let desk = Desk::new(&[]);
    let plain = dsl::session(&PAGES);
    let articles = plain.articles().iter().map(|article| {
        let path = desk.file(&format!("{}.txt", article.id));
        std::fs::write(&path, article.text.as_bytes()).unwrap();
        let source = manicule::reading::read_file(&path, manicule::reading::How::default()).unwrap().source;
        std::sync::Arc::new(manicule::annotation::Article { source, ..manicule::annotation::Article::clone(article) })
    });
    let (session, _) = Session::from_parts(manicule::annotation::Scheme::standard(), articles.collect::<Vec<_>>(), [], Vec::new());
    let saved = Saved { session, ..Saved::default() };
    std::fs::write(desk.session(), write(&saved, &SourcePaths::beside(&desk.session()))).unwrap();
    desk
}

fn change(desk: &Desk) {
    std::fs::write(desk.file("a.txt"), "It rained.\nIn Paris the ministers met.\nAnn Lee of NATO spoke at length about it.").unwrap();
    std::fs::write(desk.file("b.txt"), "On Monday Zelenskyy flew to Oslo for talks.").unwrap();
    std::fs::remove_file(desk.file("c.txt")).unwrap();
}

const AFTER: [&str; 2] = [
    "It rained.\nIn [GPE! Paris] the ministers met.\n[PERSON! Ann Lee] of [ORG? NATO] spoke at length about it.",
    "On Monday [PERSON? Zelenskyy] flew to [GPE! Oslo] for talks.",
];

#[test]
fn unchanged_sources_change_nothing() {
    let desk = desk();
    let before = std::fs::read(desk.session()).unwrap();
    let ran = desk.run(&["refresh", "s.ron"], "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "a: unchanged\nb: unchanged\nc: unchanged\n"), "{}", ran.err);
    assert_eq!(std::fs::read(desk.session()).unwrap(), before);
}

#[test]
fn changed_sources_are_taken_over_and_told() {
    let desk = desk();
    change(&desk);
    let ran = desk.run(&["refresh", "s.ron"], "");
    assert_eq!(ran.code, Some(1), "something waits: {}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "a: changed: 0 exact, 3 moved, 0 fuzzy, 0 orphaned");
    assert_eq!(lines[1], "b: changed: 0 exact, 1 moved, 1 fuzzy, 1 orphaned");
    assert_eq!(lines[2], "  fuzzy PERSON 10..19 “Zelenskyy”, confirmed as “Zelensky”");
    assert_eq!(lines[3], "  orphaned PERSON “Bo Ek”, rejected");
    assert!(lines[4].starts_with("c: missing: there is no ") && lines[4].ends_with("c.txt"), "{}", lines[4]);
    assert_eq!(desk.pages(), [AFTER[0], AFTER[1], PAGES[2]]);
    let log = desk.open();
    assert_eq!(log.history.next_undo().map(|edit| edit.by.to_string()), Some("Ann".to_owned()), "it is one edit like any other");

    let again = desk.run(&["refresh", "s.ron", "a", "b"], "");
    assert_eq!(again.code, Some(1), "it still waits");
    assert!(again.out.starts_with("a: unchanged\nb: unchanged\n  fuzzy PERSON"), "{}", again.out);
    desk.run(&["apply", "s.ron"], "undo\n");
    assert_eq!(desk.pages(), PAGES, "one undo takes all of it back");
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let desk = desk();
    change(&desk);
    let before = std::fs::read(desk.session()).unwrap();
    let ran = desk.run(&["refresh", "s.ron", "--dry-run", "--json"], "");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(std::fs::read(desk.session()).unwrap(), before);
    assert!(!desk.file("s.ron.journal").exists());
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let figures = ["changed", "missing", "exact", "moved", "fuzzy", "orphaned", "waiting"].map(|key| report[key].as_u64());
    assert_eq!(figures, [2, 1, 0, 4, 1, 1, 2].map(Some));
    let waiting = &report["articles"][1]["waiting"][0];
    assert_eq!(
        (waiting["text"].as_str(), waiting["quote"].as_str(), waiting["start"].as_u64()),
        (Some("Zelenskyy"), Some("Zelensky"), Some(10))
    );
}

#[test]
fn a_session_open_elsewhere_is_refused_by_name() {
    let desk = desk();
    change(&desk);
    let held = open(&desk.session(), Intent::Work);
    let ran = desk.run(&["refresh", "s.ron"], "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("it is open elsewhere"), "{}", ran.err);
    assert_eq!(desk.run(&["refresh", "s.ron", "--dry-run"], "").out.lines().count(), 5, "looking is allowed");
    held.home.close().unwrap();
}

#[test]
fn new_text_is_tagged_when_asked_for() {
    let desk = desk();
    std::fs::write(desk.file("c.txt"), "Nothing here.\nAngela Merkel flew to Tokyo on Tuesday.").unwrap();
    let plain = desk.run(&["refresh", "s.ron", "--dry-run"], "");
    assert_eq!(plain.code, Some(0));
    let ran = desk.run(&["refresh", "s.ron", "c", "--tag"], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(desk.pages()[2].contains("[GPE? Tokyo]"), "{:?}", desk.pages());
    assert_eq!(desk.run(&["refresh", "s.ron", "nobody"], "").code, Some(2));
}

/// An article of a file of many is found again by its words, its title or its place, and never taken for another.
#[test]
fn an_article_of_a_file_of_many_is_found_again() {
    let desk = Desk::new(&[]);
    let line = |title: &str, text: &str| format!("{}\n", serde_json::json!({"meta": {"title": title}, "text": text}));
    let (one, two, three) = (line("Gates", "Ann opened the gates."), line("", "Bo sailed to the island of Hven."), line("", "Eva stayed."));
    std::fs::write(desk.file("in.jsonl"), format!("{one}{two}{three}")).unwrap();
    assert_eq!(desk.run(&["import", "in.jsonl", "-o", "many.ron"], "").code, Some(0));
    let session = std::fs::read_to_string(desk.file("many.ron")).unwrap();
    for number in 1..=3 {
        assert!(session.contains(&format!("encoding: \"UTF-8\", number: {number})")), "{session}");
    }
    let refresh = |lines: String| {
        std::fs::write(desk.file("in.jsonl"), lines).unwrap();
        desk.run(&["refresh", "many.ron", "--dry-run"], "")
    };
    let same = refresh(format!("{one}{two}{three}"));
    assert!(same.err.contains("0 changed, 3 unchanged"), "{same:?}");
    // Another line stands first, one has other words, and one is gone.
    let ran = refresh(format!("{}{}{two}", line("Other", "Nils came late to the bridge."), line("Gates", "Ann shut the gates.")));
    let statuses: Vec<&str> = ran.out.lines().filter_map(|line| line.split(": ").nth(1)).collect();
    assert_eq!(statuses, ["changed", "changed", "unreadable"], "{ran:?}");
    assert!(ran.out.contains("in.jsonl holds this article no more; it stays as it is"), "{ran:?}");
    std::fs::remove_file(desk.file("in.jsonl")).unwrap();
    assert!(desk.run(&["refresh", "many.ron", "--dry-run"], "").err.contains("3 missing"));
}
