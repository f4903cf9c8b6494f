//! The session file: nothing is lost on the way out and in, the layout is fixed, and damaged files are met calmly.

use manicule::annotation::{
    Answer, ArticleId, Certificate, Decided, Dismissal, Edit, How, Item, Label, Op, PlaceMark, Scope, Session, State, Stratum, Time, Verb,
};
use manicule::store::{Fault, Reading, Saved, SourcePaths, read, write};
use manicule::text::Span;
use proptest::prelude::*;

use super::sessions::{any_saved, full};

fn written(saved: &Saved) -> String {
    write(saved, &SourcePaths::unchanged())
}

#[track_caller]
fn reading(text: &str) -> Reading {
    match read(text.as_bytes(), &SourcePaths::unchanged()) {
        Ok(reading) => reading,
        Err(fault) => panic!("{fault}\n{text}"),
    }
}

/// Reads a changed golden file; the change must have found its place.
#[track_caller]
fn changed(from: &str, to: &str) -> Result<Reading, Fault> {
    let text = written(&full());
    assert!(text.contains(from), "{from:?} is not in the file");
    read(text.replacen(from, to, 1).as_bytes(), &SourcePaths::unchanged())
}

#[track_caller]
fn check_repair(from: &str, to: &str, told: &str) -> Saved {
    let reading = changed(from, to).unwrap_or_else(|fault| panic!("{fault}"));
    let told_words: Vec<String> = reading.repairs.iter().map(ToString::to_string).collect();
    assert_eq!(told_words.len(), 1, "{told_words:?}");
    assert!(told_words[0].contains(told), "{told_words:?}");
    let again = self::reading(&written(&reading.saved));
    assert_eq!(again.repairs, [], "what was repaired stays repaired");
    reading.saved
}

#[test]
fn the_golden_file_of_format_1_is_what_it_was() {
    let golden = include_str!("../data/session-1.ron");
    if std::env::var_os("MANICULE_BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/session-1.ron"), written(&full())).expect("writable");
    }
    assert_eq!(written(&full()), golden);
    let reading = reading(golden);
    assert_eq!(reading.repairs, []);
    assert_eq!(reading.saved, full());
}

#[test]
fn an_older_file_says_where_work_stopped_and_a_new_one_does_not() {
    let older = reading(include_str!("../data/session-1-with-place.ron"));
    assert_eq!(older.repairs, []);
    let article = &older.saved.session.articles()[0];
    assert_eq!(
        older.saved.place,
        Some(manicule::annotation::Target { article: article.id.clone(), mention: Some(article.mentions[2].id) })
    );
    assert_eq!(older.saved.analyst, "Ann \\ Bö");
    let newer = reading(&written(&older.saved)).saved;
    assert_eq!((newer.session, newer.place, newer.analyst), (older.saved.session, None, String::new()));
}

#[test]
fn what_is_not_disputed_takes_no_room() {
    let saved = Saved { session: crate::support::dsl::session(&["[ORG! NATO] met"]), ..Saved::default() };
    let text = written(&saved);
    assert!(
        !text.contains("rivals") && !text.contains("conflicts") && !text.contains("dismissals") && !text.contains("certificates"),
        "{text}"
    );
}

#[test]
fn what_was_found_right_survives_its_file_and_a_merge_of_lines() {
    let mark = |says: &str| PlaceMark::of(&ArticleId::new("summit"), "NATO met", Span::new(0, 4), says);
    let nothing =
        Dismissal { finding: "entity-twice:reed reed-2".into(), words: String::new(), places: [].into(), by: "".into(), at: Time(0) };
    let full_one = Dismissal {
        finding: "labels-across:NATO".into(),
        words: "“NATO” is ORG 41 times and GPE twice".to_owned(),
        places: [mark("ORG"), mark("GPE")].into(),
        by: "Bo".into(),
        at: Time(1_778_000_004),
    };
    let saved = Saved { session: full().session.with_dismissals([full_one.clone(), nothing]), ..full() };
    let text = written(&saved);
    assert_eq!(reading(&text).saved, saved);
    let line = text.lines().find(|line| line.contains("labels-across")).unwrap();
    let seen_by_another = Dismissal { places: [mark("LOC")].into(), by: "Ann".into(), at: Time(1_778_000_009), ..full_one.clone() };
    let other = written(&Saved { session: full().session.with_dismissals([seen_by_another]), ..full() });
    let other_line = other.lines().find(|line| line.contains("labels-across")).unwrap();
    for both in [format!("{line}\n{other_line}"), format!("{other_line}\n{line}")] {
        let merged = reading(&text.replace(line, &both)).saved.session;
        let joined = &merged.dismissals()["labels-across:NATO"];
        assert_eq!((joined.places.len(), &*joined.by, joined.at), (3, "Bo", full_one.at));
    }
}

/// A sample with a question of each kind, some of them answered.
fn certificate() -> Certificate {
    let item = |decided, answer| Item {
        article: ArticleId::new("summit"),
        points: (0, 4),
        mark: PlaceMark::of(&ArticleId::new("summit"), "NATO met", Span::new(0, 4), ""),
        decided,
        answer,
    };
    let org = || Label::new("ORG");
    let mention = |label| Decided::Mention { label, how: How::Transferred };
    let names = |n: usize| vec![org(); n];
    Certificate {
        id: "0a1b2c3d".into(),
        seed: u64::MAX,
        articles: 2,
        sentences: 9,
        strata: vec![Stratum { label: Some(org()), how: How::Looked, size: 7 }, Stratum { label: None, how: How::Spread, size: 1 }],
        items: vec![
            item(mention(Some(org())), Some(Answer::Label(org()))),
            item(mention(None), Some(Answer::Nothing)),
            item(mention(Some(org())), Some(Answer::Edges)),
            item(mention(None), None),
            item(Decided::Sentence(names(2)), Some(Answer::Names(names(3)))),
            item(Decided::Sentence(names(0)), None),
        ],
        by: "Bo \"B\"".into(),
        at: Time(1_778_000_004),
    }
}

#[test]
fn a_certificate_survives_its_file_and_a_merge_of_lines() {
    let one = certificate();
    let saved = Saved { session: full().session.with_certificates([one.clone()]), ..full() };
    let text = written(&saved);
    assert_eq!(reading(&text).saved, saved);
    // Another has answered what was open, and one thing otherwise.
    let mut other = one.clone();
    other.items[3].answer = Some(Answer::Nothing);
    other.items[0].answer = Some(Answer::Nothing);
    let block =
        |text: &str| text.split_once("certificates: [\n").and_then(|(_, rest)| rest.split_once("],\narticles")).unwrap().0.to_owned();
    let (mine, theirs) = (block(&text), block(&written(&Saved { session: full().session.with_certificates([other]), ..full() })));
    for both in [format!("{mine}{theirs}"), format!("{theirs}{mine}")] {
        let merged = reading(&text.replace(&mine, &both)).saved.session;
        let joined = &merged.certificates()["0a1b2c3d"];
        assert_eq!(joined.answered(), 5);
        assert_eq!(joined.items[0].answer, Some(Answer::Nothing), "of two answers the one that finds a fault");
    }
}

#[test]
fn a_file_has_the_oldest_format_that_holds_all_of_it() {
    let format = |session: Session| written(&Saved { session, ..Saved::default() }).lines().nth(2).map(str::to_owned);
    let plain = || crate::support::dsl::session(&["[ORG! NATO] met"]);
    assert_eq!(format(plain()).as_deref(), Some("format: 1,"));
    let dismissal = Dismissal { finding: "a:b".into(), words: String::new(), places: [].into(), by: "".into(), at: Time(0) };
    let mut transferred = plain();
    let before = transferred.articles()[0].mentions[0].clone();
    let after = manicule::annotation::Mention { how: Some(How::Transferred), ..before.clone() };
    let op = Op::Mention { article: transferred.articles()[0].id.clone(), before: Some(before), after: Some(after) };
    let at = Time(0);
    let edit = Edit {
        verb: Verb::Transfer,
        scope: Scope::Mention,
        target: None,
        what: String::new(),
        label: None,
        by: "".into(),
        at,
        ops: vec![op],
    };
    transferred.apply(&edit).unwrap();
    for newer in [plain().with_certificates([certificate()]), plain().with_dismissals([dismissal]), transferred] {
        assert_eq!(format(newer).as_deref(), Some("format: 2,"));
    }
}

#[test]
fn a_file_laid_out_otherwise_is_the_same_session() {
    let text = written(&full());
    let crlf = text.replace('\n', "\r\n");
    let marked = format!("\u{feff}{text}");
    let indented = text.replace("\n(article: ", "\n\n  (  article : ").replace("],\n)\n", "] /* end */ , // of file\n )");
    for (what, other) in [("CRLF", crlf), ("a byte order mark", marked), ("another layout", indented)] {
        assert_eq!(reading(&other).saved, full(), "{what}");
    }
}

#[test]
fn text_that_looks_like_a_block_stays_text() {
    let mut text = written(&full());
    text = text.replace("text: [\n", "text: [\n        r#\"\n(article: \"x\",\n),\n\"#,\n");
    let (start, end) = text.rfind("mentions: [").zip(text.rfind("    ],\n),\n(article: \"empty\"")).expect("the block");
    text.replace_range(start..end, "mentions: [\n");
    let saved = reading(&text).saved;
    assert!(saved.session.articles()[0].text.starts_with("\n(article: \"x\",\n),\nSUMMIT"));
}

#[test]
fn each_mention_has_a_line_of_its_own() {
    let mut saved = full();
    let before = written(&saved);
    let article = &saved.session.articles()[0];
    let mut after = article.mentions[1].clone();
    after.state = State::Confirmed;
    let op =
        manicule::annotation::Op::Mention { article: article.id.clone(), before: Some(article.mentions[1].clone()), after: Some(after) };
    let edit = manicule::annotation::Edit {
        verb: manicule::annotation::Verb::Confirm,
        scope: manicule::annotation::Scope::Mention,
        target: None,
        what: String::new(),
        label: None,
        by: "".into(),
        at: manicule::annotation::Time(0),
        ops: vec![op],
    };
    saved.session.apply(&edit).expect("fits");
    let after = written(&saved);
    let differing = before.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
    assert_eq!((differing, before.lines().count()), (1, after.lines().count()));
}

#[test]
fn a_span_is_mended_by_its_quote() {
    let saved = check_repair("span: (25, 33)", "span: (26, 34)", "was put where its quote stands, at (25, 33)");
    assert_eq!(saved, full());
    let saved = check_repair("span: (25, 33)", "span: (2500, 3300)", "does not lie in the text");
    assert_eq!(saved, full());
}

#[test]
fn a_mention_without_a_place_is_left_out_and_told() {
    let saved =
        check_repair("span: (39, 43), label: \"ORG\", quote: \"NATO\"", "span: (39, 43), label: \"ORG\", quote: \"OTAN\"", "was left out");
    assert_eq!(saved.session.articles()[0].mentions.len(), 3);
}

#[test]
fn ids_are_made_sound() {
    let id = full().session.articles()[0].mentions[1].id.to_string();
    check_repair(&format!("id: \"{id}\""), "id: \"NATO!\"", "is no mention id");
    let other = full().session.articles()[0].mentions[0].id.to_string();
    check_repair(&format!("id: \"{id}\""), &format!("id: \"{other}\""), "is used twice");
    let Reading { saved, repairs, .. } = changed("(article: \"empty\",", "(article: \"summit in \\\"Tallinn\\\"\",").unwrap();
    assert!(repairs[0].to_string().contains("a second article has the id"), "{repairs:?}");
    assert!(repairs[1].to_string().contains("a conflict is about the article \"empty\", which is not there"), "{repairs:?}");
    assert!(saved.session.article(&ArticleId::new("summit in \"Tallinn\"-2")).is_some());
}

#[test]
fn an_unknown_label_joins_the_scheme() {
    let saved = check_repair("label: \"DATE\", quote", "label: \"SHIP\", quote", "does not list the label SHIP");
    assert!(saved.session.scheme().by_name("SHIP").is_some());
}

#[test]
fn a_repair_names_its_line() {
    let reading = changed("span: (25, 33)", "span: (26, 34)").expect("repaired");
    let line = written(&full()).lines().position(|line| line.contains("span: (25, 33)")).expect("a line") + 1;
    assert_eq!(reading.repairs[0].line, line);
}

#[track_caller]
fn check_fault(from: &str, to: &str, told: &[&str]) {
    let fault = changed(from, to).expect_err("a fault").to_string();
    for told in told {
        assert!(fault.contains(told), "{fault}");
    }
}

#[test]
fn faults_name_the_line_and_the_remedy() {
    let line = written(&full()).lines().position(|line| line.contains("state: rejected")).expect("a line") + 1;
    check_fault("state: rejected", "state: refused", &[&format!("line {line}, "), "refused", "restore the file from a copy"]);
    check_fault("state: rejected", "mood: rejected", &[&format!("line {line}, "), "mood"]);
}

#[test]
fn a_newer_format_is_never_misread() {
    let reading = changed("format: 1", "format: 3").expect("what is known can be read");
    assert!(reading.is_newer());
    let text = written(&full()).replacen("format: 1", "format: 3", 1).replacen("state: rejected", "state: (vote: 3)", 1);
    let fault = read(text.as_bytes(), &SourcePaths::unchanged()).expect_err("not to be guessed");
    assert!(fault.to_string().contains("open it with a newer version"), "{fault}");
}

#[test]
fn what_is_no_session_is_told_so() {
    for (bytes, told) in [(&b""[..], "empty"), (b"\xff\xfe(", "UTF-8"), (b"Hello", "no session"), (b"(format: 0)", "the first is 1")] {
        let fault = read(bytes, &SourcePaths::unchanged()).expect_err("a fault").to_string();
        assert!(fault.contains(told), "{fault}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_session_survives_its_file(saved in any_saved()) {
        let text = written(&saved);
        let reading = reading(&text);
        prop_assert_eq!(&reading.repairs, &[]);
        prop_assert_eq!(&reading.saved, &saved);
        prop_assert_eq!(written(&reading.saved), text);
    }

    #[test]
    fn a_damaged_file_is_met_without_a_panic(saved in any_saved(), hits in prop::collection::vec((any::<u32>(), any::<u8>()), 1..4), cut in any::<u32>()) {
        let mut bytes = written(&saved).into_bytes();
        for (at, byte) in hits {
            let at = at as usize % bytes.len();
            bytes[at] = byte;
        }
        if cut % 3 == 0 {
            bytes.truncate(cut as usize % bytes.len());
        }
        if let Ok(reading) = read(&bytes, &SourcePaths::unchanged()) {
            let again = written(&reading.saved);
            prop_assert_eq!(self::reading(&again).saved, reading.saved, "what was read can be kept");
        }
    }

    #[test]
    fn random_bytes_are_no_session(bytes in prop::collection::vec(any::<u8>(), 0..200), head in prop::sample::select(vec!["", "(format: 1,", "#![enable(implicit_some)]\n(\nformat: 1,\n"])) {
        let bytes = [head.as_bytes(), &bytes].concat();
        prop_assert!(read(&bytes, &SourcePaths::unchanged()).is_err());
    }
}
