//! Journals whose sums fit and whose records make no sense.

use manicule::annotation::{Digest, Session, Time};
use manicule::store::SourcePaths;
use manicule::store::journal::{Record, WriterId, decode, encode, replay, scan};
use proptest::prelude::*;

use crate::store::sessions::full;

/// A line with a sum that fits.
fn line(number: &str, body: &str) -> Vec<u8> {
    let body = format!("{number} {body}");
    format!("{:08x} {body}\n", crc32fast::hash(body.as_bytes())).into_bytes()
}

/// A journal of a file, with these lines after its checkpoint.
fn journal(lines: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode(WriterId::NONE, 0, &Record::Journal { format: 1 }, &mut bytes).unwrap();
    encode(WriterId::NONE, 1, &Record::Checkpoint { file: Digest::of(b"file"), after: 0 }, &mut bytes).unwrap();
    bytes.extend(lines.iter().flatten());
    bytes
}

/// Replays and takes everything back that was done again.
#[track_caller]
fn check(bytes: &[u8]) {
    let before: Session = full().session;
    let mut replay = replay(bytes, Digest::of(b"file"), before.clone(), &SourcePaths::unchanged(), Time(0));
    while let Ok(Some(_)) = replay.history.undo(&mut replay.session) {}
    if replay.history.next_undo().is_none() {
        assert_eq!(replay.session, before, "undo goes back to the file");
    }
}

#[test]
fn records_that_make_no_sense_are_passed_over() {
    let edit = |ops: &str| format!(r#"{{"edit":{{"verb":"tag","at":"2026-05-05T16:53:20Z","ops":[{ops}]}}}}"#);
    let mention = |span: &str| format!(r#"{{"id":"aaaaaaab","span":{span},"label":"ORG","state":"suggested","origin":"analyst"}}"#);
    let op = |span: &str| format!(r#"{{"Mention":{{"article":"empty","before":null,"after":{}}}}}"#, mention(span));
    let bodies = [
        r#"{"undo":{"at":"2026-05-05T16:53:20Z"}}"#.to_owned(),
        r#"{"redo":{"at":"nonsense"}}"#.to_owned(),
        r#"{"tomorrow":1}"#.to_owned(),
        edit(""),
        edit(&op(r#"{"start":0,"end":99}"#)),
        edit(&op(r#"{"start":4294967295,"end":4294967295}"#)),
        edit(&op(r#"{"start":9,"end":1}"#)),
        edit(r#"{"Article":{"at":18446744073709551615,"before":null,"after":{"id":"z","text":""}}}"#),
        edit(r#"{"Article":{"at":0,"before":null,"after":null}}"#),
        edit(r#"{"Rule":{"at":9,"before":null,"after":null}}"#),
        edit(r#"{"Entity":{"before":null,"after":null}}"#),
        edit(r#"{"Extras":{"article":"nobody","before":[],"after":[]}}"#),
        edit(r#"{"Article":{"at":0,"before":null,"after":{"id":"z","text":"Ann","zones":[{"span":{"start":2,"end":99},"kind":"body"}]}}}"#),
        "[".repeat(100_000),
        format!(r#"{{"edit":{}"#, "{\"a\":".repeat(100_000)),
        String::new(),
        "\0".to_owned(),
    ];
    for body in &bodies {
        for number in ["2", "0", "18446744073709551615", "-1", "18446744073709551616", ""] {
            check(&journal(&[line(number, body)]));
        }
    }
    let all: Vec<Vec<u8>> = bodies.iter().enumerate().map(|(i, body)| line(&(i + 2).to_string(), body)).collect();
    check(&journal(&all));
}

#[test]
fn a_journal_cut_anywhere_gives_what_was_whole() {
    let edit = r#"{"edit":{"verb":"add-articles","at":"2026-05-05T16:53:20Z","ops":[{"Article":{"at":0,"before":null,"after":{"id":"z","text":"Ann"}}}]}}"#;
    let bytes = journal(&[line("2", edit), line("3", r#"{"undo":{"at":"2026-05-05T16:53:20Z"}}"#)]);
    for len in 0..=bytes.len() {
        let scan = scan(&bytes[..len]);
        assert!(!scan.is_damaged() && scan.whole_len + scan.torn_len == len as u64, "cut at {len}");
        check(&bytes[..len]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_no_journal(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in prop::collection::vec(("[0-9]{1,2}", "\\PC{0,60}"), 0..4)) {
        decode(&bytes);
        check(&bytes);
        let lines: Vec<Vec<u8>> = lines.iter().map(|(number, body)| line(number, body)).collect();
        check(&[journal(&lines), bytes].concat());
    }
}
