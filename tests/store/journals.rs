//! Damaged journals: no panic, nothing deleted, nothing invented, and everything that can be had is had.

use std::path::Path;

use manicule::annotation::*;
use manicule::store::journal::{Entry, Fit, Record, WriterId, decode, encode, replay, scan};
use manicule::store::{Intent, Notice, Opened, SourcePaths, write};
use manicule::text::Span;
use proptest::prelude::*;

use super::disk::MemoryDisk;
use super::faults::{FILE, around, disk, note, open};

const JOURNAL: &str = "/desk/s.ron.journal";

/// A disk with a session, on which `edits` edits were journalled and none saved, and the states before and after each.
fn worked(edits: usize) -> (MemoryDisk, Vec<Session>) {
    let disk = disk();
    let mut opened = open(&disk);
    let mut states = vec![opened.saved.session.clone()];
    for n in 0..edits {
        let edit = note(&opened.saved.session, n);
        opened.history.perform(&mut opened.saved.session, edit.clone()).unwrap();
        opened.home.edited(&edit);
        states.push(opened.saved.session.clone());
    }
    opened.home.close().unwrap();
    (disk, states)
}

fn set_aside(disk: &MemoryDisk) -> Vec<u8> {
    disk.get("/desk/s.ron.journal.aside-1").expect("it is kept")
}

#[test]
fn a_torn_last_record_is_cut() {
    let (disk, states) = worked(5);
    let whole = disk.get(JOURNAL).unwrap();
    let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    for len in last..whole.len() {
        disk.put(JOURNAL, &whole[..len]);
        let mut opened = open(&disk);
        assert_eq!(opened.saved.session, states[4], "cut at {len}");
        assert_eq!(opened.notices, [Notice::Recovered { edits: 4 }]);
        let edit = note(&opened.saved.session, 4);
        opened.history.perform(&mut opened.saved.session, edit.clone()).unwrap();
        opened.home.edited(&edit);
        opened.home.close().unwrap();
        let after = disk.get(JOURNAL).unwrap();
        assert!(after.starts_with(&whole[..last]) && !scan(&after).is_damaged(), "the torn record was cut off");
        assert_eq!(open(&disk).saved.session, states[5]);
    }
}

#[test]
fn damage_is_reported_and_kept() {
    let (disk, states) = worked(6);
    let whole = disk.get(JOURNAL).unwrap();
    let ends: Vec<usize> = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
    // Lines: head, checkpoint, six edits. A flip in edit 3.
    let mut damaged = whole.clone();
    damaged[ends[3] + 30] ^= 4;
    disk.put(JOURNAL, &damaged);
    let opened = open(&disk);
    assert_eq!(opened.saved.session, states[2]);
    let aside = Some("/desk/s.ron.journal.aside-1".into());
    assert_eq!(opened.notices, [Notice::Recovered { edits: 2 }, Notice::JournalDamaged { aside, lost: 3 }]);
    assert_eq!(set_aside(&disk), damaged);
    opened.home.close().unwrap();
    let again = open(&disk);
    assert_eq!((&again.saved.session, again.notices.as_slice()), (&states[2], [Notice::Recovered { edits: 2 }].as_slice()));
}

#[test]
fn damage_before_the_last_save_costs_history_only() {
    let disk = disk();
    let mut opened = open(&disk);
    for n in 0..3 {
        let edit = note(&opened.saved.session, n);
        opened.history.perform(&mut opened.saved.session, edit.clone()).unwrap();
        opened.home.edited(&edit);
        if n == 1 {
            let receipt = opened.home.save_job(opened.saved.clone(), opened.history.revision(), false).unwrap().run().unwrap();
            opened.home.saved(&receipt, &opened.history, Time(0));
        }
    }
    let state = opened.saved.session.clone();
    opened.home.close().unwrap();
    let mut damaged = disk.get(JOURNAL).unwrap();
    let end = damaged.iter().position(|byte| *byte == b'\n').unwrap();
    damaged[end + 12] ^= 1;
    disk.put(JOURNAL, &damaged);
    let opened = open(&disk);
    assert_eq!(opened.saved.session, state);
    opened.home.close().unwrap();
    assert_eq!(set_aside(&disk), damaged);
    let again = open(&disk);
    assert_eq!(again.saved.session, state);
    assert!(again.history.next_undo().is_some());
}

#[test]
fn changes_of_another_version_are_kept_and_offered() {
    let (disk, states) = worked(2);
    let whole = disk.get(JOURNAL).unwrap();
    let mut saved = super::sessions::full();
    saved.session = saved.session.with_conflicts(Vec::new());
    disk.put(FILE, write(&saved, &SourcePaths::beside(Path::new(FILE))).as_bytes());
    let reader = Opened::open(Path::new(FILE), Intent::Read, around(&disk)).unwrap();
    let told = [Notice::OtherVersion { journal: JOURNAL.into(), missing: 2, unsaved: 2 }];
    assert_eq!(reader.notices, told);
    assert_eq!(disk.get(JOURNAL).as_ref(), Some(&whole), "a reader writes nothing");
    let opened = open(&disk);
    assert_eq!(opened.saved.session, states[0].clone().with_conflicts(Vec::new()));
    assert!(opened.history.next_undo().is_none());
    assert_eq!(opened.history.entries().iter().map(|entry| entry.fate).collect::<Vec<_>>(), [Fate::Away; 2]);
    assert_eq!((opened.notices.as_slice(), opened.missing.len()), (told.as_slice(), 2));
    opened.home.close().unwrap();
    assert!(disk.get(JOURNAL).unwrap().starts_with(&whole), "nothing of it is deleted");
    assert_eq!(open(&disk).notices, [], "it is told once");
}

#[test]
fn a_newer_journal_is_not_touched() {
    let (disk, _) = worked(1);
    let mut bytes = Vec::new();
    encode(WriterId::of(1), 0, &Record::Journal { format: 3 }, &mut bytes).unwrap();
    bytes.extend_from_slice(b"something of tomorrow\n");
    disk.put(JOURNAL, &bytes);
    let opened = open(&disk);
    assert!(opened.home.read_only().is_some_and(|why| why.to_string().contains("newer than this version")));
    opened.home.close().unwrap();
    assert_eq!(disk.get(JOURNAL), Some(bytes));
}

#[test]
fn a_record_survives_its_line() {
    let session = super::sessions::full().session;
    let article = session.articles()[0].clone();
    let ops = vec![
        Op::Article { at: 0, before: None, after: Some(article.clone()) },
        Op::Mention { article: article.id.clone(), before: Some(article.mentions[0].clone()), after: None },
        Op::Scheme { before: session.scheme().clone(), after: session.scheme().clone() },
        Op::Rule { at: 1, before: Some(session.rules()[0].clone()), after: Some(session.rules()[1].clone()) },
        Op::Entity { before: session.entities().values().next().cloned(), after: None },
        Op::Meta { article: article.id.clone(), before: article.meta.clone(), after: Meta::default() },
        Op::Zones { article: article.id.clone(), before: article.zones.clone(), after: Vec::new() },
    ];
    let target = Some(Target { article: article.id.clone(), mention: Some(article.mentions[0].id) });
    let edit = Edit { target, ops, label: Some(Label::new("ORG")), ..note(&session, 1) };
    for record in [Record::Edit(edit), Record::Undo { at: Time(5) }, Record::Checkpoint { file: Digest::of(b"x"), after: 9 }] {
        let mut line = Vec::new();
        let writer = WriterId::of(40_000);
        encode(writer, 17, &record, &mut line).unwrap();
        assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
        assert_eq!(decode(&line[..line.len() - 1]), Some(Entry { writer, number: 17, record }));
    }
}

/// A mention in which each of many fields is one of a few values, so that two of them differ in some and agree in others.
fn any_mention() -> impl Strategy<Value = Mention> {
    let places = (0..2u32, 1..3u32, 0..2usize, 0..2usize);
    let fields = (0..3usize, prop::option::of(0..5usize), prop::option::of(0..2u16), any::<[bool; 7]>(), prop::option::of(0..2i64));
    (places, fields).prop_map(|((start, len, label, origin), (state, how, score, has, at))| {
        let span = Span { start, end: start + len };
        let label = Label::new(["ORG", "a \"b\""][label]);
        let id = MentionId::of(&ArticleId::new("a"), Span { start: 0, end: 1 }, &Label::new("ORG"));
        let extra = || Extra { format: "brat".to_owned(), key: "N1".to_owned(), value: "[\"é\"]".to_owned() };
        let rival =
            || Rival { state: State::Rejected, span, label: label.clone(), entity: None, how: None, by: Some("Bo".into()), at: None };
        Mention {
            state: State::ALL[state],
            how: how.map(|how| How::ALL[how]),
            score: score.map(Score::from_thousandths),
            first: has[0].then(|| First { span, label: Label::new("GPE") }),
            entity: has[1].then(|| EntityId::new("nato")),
            value: has[2].then(|| "2026".into()),
            note: has[3].then(|| "a \u{2028} note".into()),
            by: has[4].then(|| "Ann".into()),
            at: at.map(Time),
            extras: has[5].then(extra).into_iter().collect(),
            rivals: has[6].then(rival).into_iter().collect(),
            ..Mention::suggested(id, span, label.clone(), [Origin::Analyst, Origin::Alias("é".into())][origin].clone())
        }
    })
}

/// An edit of a few ops on mentions, with whatever an edit may say of itself.
fn any_edit() -> impl Strategy<Value = Edit> {
    let op = (0..2usize, prop::option::of(any_mention()), prop::option::of(any_mention()));
    let told = (0..3usize, any::<bool>(), prop::option::of(0..2usize), 0..3usize, 0..2i64);
    (prop::collection::vec(op, 0..4), told).prop_map(|(ops, (scope, has_by, label, target, at))| {
        let article = |n: usize| ArticleId::new(["a", "0"][n]);
        let ops: Vec<Op> = ops.into_iter().map(|(n, before, after)| Op::Mention { article: article(n), before, after }).collect();
        let first = ops.iter().find_map(|op| match op {
            Op::Mention { article, before, after } => {
                Some(Target { article: article.clone(), mention: before.as_ref().or(after.as_ref()).map(|mention| mention.id) })
            }
            _ => None,
        });
        Edit {
            verb: Verb::Retype,
            scope: [Scope::Mention, Scope::Article, Scope::Session][scope],
            target: [None, first, Some(Target { article: article(1), mention: None })][target].clone(),
            what: "“é”".to_owned(),
            label: label.map(|n| Label::new(["ORG", "GPE"][n])),
            by: if has_by { "Ann".into() } else { "".into() },
            at: Time(at),
            ops,
        }
    })
}

proptest! {
    #[test]
    fn any_edit_survives_its_short_form(edit in any_edit()) {
        let (writer, record) = (WriterId::of(7), Record::Edit(edit));
        let mut line = Vec::new();
        encode(writer, 3, &record, &mut line).unwrap();
        prop_assert_eq!(decode(&line[..line.len() - 1]), Some(Entry { writer, number: 3, record }), "{}", String::from_utf8_lossy(&line));
    }
}

#[test]
fn a_decision_costs_few_bytes() {
    let article = ArticleId::new("000041_harbour-board-report");
    let (span, label) = (Span::new(2_310, 2_324), Label::new("PERSON"));
    let before = Mention {
        score: Some(Score::from_thousandths(931)),
        ..Mention::suggested(MentionId::of(&article, span, &label), span, label.clone(), Origin::Model("2026-11".into()))
    };
    let (by, at) = (std::sync::Arc::<str>::from("Ann"), Time(1_795_000_000));
    let after = Mention { state: State::Confirmed, how: Some(How::Looked), by: Some(by.clone()), at: Some(at), ..before.clone() };
    let target = Some(Target { article: article.clone(), mention: Some(before.id) });
    let ops = vec![Op::Mention { article, before: Some(before), after: Some(after) }];
    let edit =
        Edit { verb: Verb::Confirm, scope: Scope::Mention, target, what: "Henrik Maarten".to_owned(), label: Some(label), by, at, ops };
    let mut line = Vec::new();
    encode(WriterId::of(1), 17, &Record::Edit(edit), &mut line).unwrap();
    assert!(line.len() <= 160, "{} bytes: {}", line.len(), String::from_utf8_lossy(&line));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_leaves_a_state_that_was(
        flips in prop::collection::vec((any::<u32>(), 0..8u8), 0..4),
        cut in prop::option::of(any::<u32>()),
        swap in prop::option::of((any::<u8>(), any::<u8>())),
    ) {
        let (disk, states) = worked(8);
        let mut bytes = disk.get(JOURNAL).unwrap();
        if let Some((a, b)) = swap {
            let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            let n = lines.len();
            lines.swap(a as usize % n, b as usize % n);
            bytes = lines.concat();
        }
        for (at, bit) in flips {
            let at = at as usize % bytes.len();
            bytes[at] ^= 1 << bit;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut as usize % bytes.len());
        }
        disk.put(JOURNAL, &bytes);
        let reads = open(&disk);
        let at = states.iter().position(|state| *state == reads.saved.session);
        prop_assert!(at.is_some(), "a state that never was");
        let told: usize = reads.notices.iter().map(|notice| if let Notice::Recovered { edits } = notice { *edits } else { 0 }).sum();
        prop_assert_eq!(Some(told), at, "what is told is what was done");
        reads.home.close().ok();
        let kept: Vec<String> = disk.names();
        let is_kept = kept.iter().any(|name| disk.get(name).is_some_and(|there| there == bytes || there.starts_with(&bytes[..scan(&bytes).whole_len as usize])));
        prop_assert!(is_kept || bytes.is_empty(), "the journal as it was found is still there: {:?}", kept);
    }

    #[test]
    fn random_bytes_are_no_journal(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let session = super::sessions::full().session;
        let replay = replay(&bytes, Digest::of(b""), session.clone(), &SourcePaths::unchanged(), Time(0));
        prop_assert_eq!(&replay.session, &session);
        let is_set_aside = matches!(replay.fit, Fit::Foreign { edits: 0 } | Fit::Missing);
        prop_assert!(is_set_aside, "{:?}", replay.fit);
    }
}
