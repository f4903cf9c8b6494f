//! Session files: whole, refused with a place and a remedy, or repaired with every repair told. Never half.

use std::fmt::Write as _;
use std::path::Path;

use manicule::annotation::ArticleId;
use manicule::reading::How;
use manicule::store::{Fault, Intent, Opened, Reading, SourcePaths, read, write};
use proptest::prelude::*;

use crate::store::faults::{FILE, around, disk};
use crate::store::sessions::full;

fn paths() -> SourcePaths {
    SourcePaths::unchanged()
}

fn good() -> String {
    write(&full(), &paths())
}

/// Reads a file; what comes of it can be written and read again, equal and without repairs.
#[track_caller]
fn check(bytes: &[u8]) -> Result<Reading, Fault> {
    let reading = read(bytes, &paths());
    match &reading {
        Err(fault) => assert!(!fault.to_string().is_empty()),
        Ok(reading) => {
            let written = write(&reading.saved, &paths());
            let again = read(written.as_bytes(), &paths()).expect("what is written can be read");
            assert_eq!((&again.saved, &again.repairs[..]), (&reading.saved, &[][..]));
        }
    }
    reading
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let file = good();
    let whole = file.trim_end().len();
    for len in (0..whole).filter(|len| file.is_char_boundary(*len)) {
        let fault = read(&file.as_bytes()[..len], &paths()).expect_err("half a file is no session");
        assert!(!matches!(fault, Fault::Newer(..)), "{fault}");
    }
    assert!(check(&file.as_bytes()[..whole]).is_ok());
    assert!(matches!(read(&file.as_bytes()[..file.find('ë').unwrap() + 1], &paths()), Err(Fault::Encoding(_))));
}

#[test]
fn unknown_fields_are_refused_with_their_line_wherever_they_stand() {
    let file = good();
    let mut seen = 0;
    for (at, _) in file.match_indices('(') {
        let after = &file[at + 1..];
        let is_struct = after.trim_start().starts_with(|c: char| c.is_ascii_lowercase());
        let in_text = file[..at].rfind('\n').is_some_and(|start| file[start..at].matches('"').count() % 2 == 1);
        if !is_struct || in_text {
            continue;
        }
        seen += 1;
        let mut damaged = file.clone();
        damaged.insert_str(at + 1, "tomorrow: 1, ");
        let line = 1 + damaged[..at].matches('\n').count();
        match read(damaged.as_bytes(), &paths()) {
            Err(Fault::Malformed { line: told, what, .. }) => {
                assert!(what.contains("tomorrow") && told.abs_diff(line) <= 1, "line {told} for {line}: {what}");
            }
            // Before its format is known a file is no session.
            Err(Fault::NoSession) => assert_eq!(line, 2),
            other => panic!("line {line}: {other:?}"),
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn deep_nesting_is_refused_with_its_place() {
    let n = 100_000;
    let head = "(format: 1, scheme: (name: \"\", labels: []), articles: ";
    for deep in ["[".repeat(n), "(".repeat(n), "Some(".repeat(n), "{".repeat(n), "/*".repeat(n), "[(article: \"a\", text: [".repeat(n / 10)]
    {
        let fault = check(format!("{head}{deep}").as_bytes()).expect_err("no session");
        assert!(matches!(fault, Fault::Malformed { line: 1, .. }), "{fault}");
    }
    for odd in ["(", "((((", "#![enable(", "#![", "/*", "//", "(format: ", "(format: 99999999999999999999", "(format: 0)", "\u{FEFF}", "\0"]
    {
        assert!(check(odd.as_bytes()).is_err(), "{odd}");
    }
}

#[test]
fn ids_used_twice_are_mended_and_told() {
    let article = "(article: \"a\", text: [\"NATO\"], mentions: [(id: \"aaaaaaaa\", span: (0, 4), label: \"ORG\", origin: \"analyst\"), \
        (id: \"aaaaaaaa\", span: (0, 2), label: \"ORG\", origin: \"analyst\")])";
    let entity = "(id: \"e\", name: \"E\", label: \"ORG\")";
    let other = entity.replace("\"E\"", "\"F\"");
    let file = format!(
        "(format: 1, scheme: (name: \"\", labels: [(name: \"ORG\", colour: \"#515D6B\")]), entities: [{entity}, {other}], articles: [{article}, {article}])"
    );
    let Reading { saved, repairs, .. } = check(file.as_bytes()).unwrap();
    let ids: Vec<&str> = saved.session.articles().iter().map(|article| article.id.as_str()).collect();
    assert_eq!((ids, saved.session.entities().len()), (vec!["a", "a-2"], 2));
    assert!(saved.session.articles().iter().all(|article| article.mentions.len() == 2));
    assert_eq!(repairs.len(), 4, "{repairs:?}");
}

#[test]
fn many_of_one_kind_take_no_longer_each() {
    let n = 70_000;
    let head = "(format: 1, scheme: (name: \"\", labels: [(name: \"ORG\", colour: \"#515D6B\")]), articles: [";
    let mut one_span = format!("{head}(article: \"a\", text: [\"NATO\"], mentions: [");
    let mut labels = one_span.clone();
    let (mut articles, mut equal) = (head.to_owned(), one_span.clone());
    for i in 0..n {
        write!(one_span, "(id: \"aaaaaaaa\", span: (0, 4), label: \"L{i}\", origin: \"analyst\"),").unwrap();
        equal.push_str("(id: \"aaaaaaaa\", span: (0, 4), label: \"ORG\", origin: \"analyst\"),");
        write!(labels, "(id: \"\", span: (0, 4), label: \"L{i}\", origin: \"analyst\"),").unwrap();
        articles.push_str("(article: \"\\u{61}\", text: []),");
    }
    let files = [(one_span + "])])", n, 1), (equal + "])])", 1, 1), (labels + "])])", n, 1), (articles + "])", 0, n)];
    for (file, mentions, count) in files {
        let Reading { saved, .. } = read(file.as_bytes(), &paths()).unwrap();
        assert_eq!((saved.session.articles()[0].mentions.len(), saved.session.articles().len()), (mentions, count));
    }
}

#[test]
fn source_paths_that_lead_astray_are_only_words() {
    for path in [
        "../../../../../../etc/passwd",
        "/dev/zero",
        "C:\\\\Windows",
        "\\\\\\\\server\\\\share",
        "file:///etc/passwd",
        "",
        "\\u{0}",
        "a/../../b",
    ] {
        let source = format!("source: (path: \"{path}\", size: 0, digest: \"{}\", encoding: \"UTF-8\")", "0".repeat(64));
        let file = format!("(format: 1, scheme: (name: \"\", labels: []), articles: [(article: \"a\", {source}, text: [\"Ann\"])])");
        let reading = check(file.as_bytes()).unwrap();
        let looked = manicule::store::look(
            &reading.saved.session,
            &[ArticleId::new("a")],
            manicule::formats::readers(),
            How::default(),
            &|_, _| {},
            &std::sync::atomic::AtomicBool::new(false),
        );
        assert_eq!(looked.len(), 1);
        assert_eq!(&*looked[0].article.text, "Ann");
    }
}

/// Flips bytes of a file, a few near each other and a few anywhere.
fn flipped(mut bytes: Vec<u8>, flips: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    for (at, byte) in flips {
        let at = at.index(bytes.len());
        bytes[at] ^= byte;
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_read_whole_or_refused(flips in prop::collection::vec((any::<prop::sample::Index>(), 1..255u8), 1..4)) {
        let bytes = flipped(good().into_bytes(), &flips);
        if let Ok(reading) = check(&bytes) {
            // A flip may end a comment or rename an id, but what is left out is told.
            let (is, was) = (&reading.saved.session, full().session);
            let count = |session: &manicule::annotation::Session| session.articles().iter().map(|article| article.mentions.len()).sum::<usize>();
            prop_assert_eq!(is.articles().len(), was.articles().len());
            prop_assert!(count(is) == count(&was) || !reading.repairs.is_empty(), "{} mentions", count(is));
        }
    }

    #[test]
    fn opening_a_damaged_file_leaves_it_as_it_is(flips in prop::collection::vec((any::<prop::sample::Index>(), 1..255u8), 1..4)) {
        let disk = disk();
        let bytes = flipped(disk.get(FILE).unwrap(), &flips);
        disk.put(FILE, &bytes);
        match Opened::open(Path::new(FILE), Intent::Work, around(&disk)) {
            Ok(opened) => opened.home.close().unwrap(),
            Err(error) => prop_assert!(error.to_string().contains(FILE), "{}", error),
        }
        prop_assert_eq!(disk.get(FILE), Some(bytes));
    }

    #[test]
    fn any_words_after_the_head_are_refused_or_read(words in "(?s)[\\[\\](),:\"#a-z0-9 \\\\{}'/*-]{0,80}") {
        check(format!("(format: 1, scheme: (name: \"\", labels: []), {words}").as_bytes()).ok();
    }
}
