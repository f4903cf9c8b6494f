use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::annotation::{Article, Entity, EntityId, History, Label, Mention, Time};
use crate::decide::{Stamp, decision};
use crate::dsl;

fn checked(session: &Session) -> Report {
    check(session, &AtomicBool::new(false), &|_, _| {}).unwrap()
}

fn stamp() -> Stamp {
    Stamp { by: "ada".into(), at: Time(7) }
}

/// What is found on pages, in words; a mend is told behind an arrow.
#[track_caller]
fn found(pages: &[&str], expect: &[&str]) -> (Session, Report) {
    let session = dsl::session(pages);
    let report = checked(&session);
    let told = |finding: &Finding| match &finding.remedy {
        Some(remedy) => format!("{}: {} → {remedy}", finding.kind, finding.words),
        None => format!("{}: {}", finding.kind, finding.words),
    };
    assert_eq!(report.findings.iter().map(told).collect::<Vec<_>>(), expect);
    (session, report)
}

/// Mends the first finding, compares the pages, takes it back.
#[track_caller]
fn mended((mut session, report): (Session, Report), expect: &[&str]) {
    let before = session.clone();
    let mut history = History::default();
    let edit = fix(&session, &report.findings[0], &stamp()).unwrap();
    history.perform(&mut session, edit).unwrap();
    assert_eq!(dsl::show_all(&session), expect);
    assert!(checked(&session).findings.iter().all(|finding| finding.key != report.findings[0].key), "what was mended is not told again");
    history.undo(&mut session).unwrap();
    assert_eq!(session, before);
}

#[test]
fn planted_faults_are_found_and_little_else() {
    let (session, faults) = planted::corpus(17, 1_000, 200);
    assert_eq!(checked(&planted::corpus(17, 1_000, 0).0).findings, [], "nothing is wrong before the faults");
    let report = checked(&session);
    let is_at = |finding: &Finding, fault: &planted::Fault| {
        finding.kind == fault.kind && finding.places.iter().any(|place| place.article == fault.article && place.span.overlaps(fault.span))
    };
    let missed: Vec<String> = faults
        .iter()
        .filter(|fault| !report.findings.iter().any(|finding| is_at(finding, fault)))
        .map(|fault| format!("{} {} {:?}", fault.kind, fault.article, fault.span))
        .collect();
    let wrong: Vec<&Finding> = report.findings.iter().filter(|finding| !faults.iter().any(|fault| is_at(finding, fault))).collect();
    assert!(missed.len() * 50 <= faults.len(), "missed {}: {missed:#?}", missed.len());
    assert!(wrong.len() * 20 <= report.findings.len(), "false {} of {}: {wrong:#?}", wrong.len(), report.findings.len());
    let kinds: BTreeSet<&str> = report.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds.len(), KINDS.len(), "every kind is met: {kinds:?}");
}

#[test]
fn every_remedy_of_a_planted_fault_can_be_done_and_taken_back() {
    let (session, _) = planted::corpus(23, 400, 60);
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in checked(&session).findings.iter().filter(|finding| finding.remedy.is_some()) {
        let mut now = session.clone();
        let edit = fix(&session, finding, &stamp()).unwrap();
        now.apply(&edit).unwrap();
        assert!(checked(&now).findings.iter().all(|other| other.key != finding.key), "{finding:?} is told again");
        now.apply(&edit.inverse()).unwrap();
        assert_eq!(now, session);
        *done.entry(finding.kind).or_default() += 1;
    }
    assert!(done.len() >= 9, "{done:?}");
}

#[test]
fn a_name_with_several_labels_is_told_and_made_one() {
    let pages = ["[ORG! Kelp] and [ORG! Kelp]", "[ORG! Kelp] of [GPE! Kelp]", "[ORG! Kelp]", "[LOC! Reed]", "[PERSON! Reed]"];
    let all = found(
        &pages,
        &["labels-here: “Kelp” is GPE once and ORG once in one article → make it ORG", "labels-across: “Reed” is LOC once and PERSON once"],
    );
    mended(all, &["[ORG! Kelp] and [ORG! Kelp]", "[ORG! Kelp] of [ORG! Kelp]", "[ORG! Kelp]", "[LOC! Reed]", "[PERSON! Reed]"]);
}

#[test]
fn what_a_fuller_name_explains_is_right() {
    found(&["[GPE! Reed], [GPE! Reed]", "[PERSON! Lena Reed]: [PERSON! Reed] of [GPE! Reed]", "[GPE? Kelp] [ORG! Kelp]"], &[]);
    found(&["[NORP! Kelpish], [NORP! Kelpish], in [LANGUAGE! Kelpish]"], &[]);
}

#[test]
fn a_settled_name_that_stands_untagged_is_told() {
    let all = found(
        &["[ORG! Kelp Board], [GPE! Oslo]", "Then [GPE! Oslo] and the Kelp Board met", "Kelp Board, [GPE? Bonn]", "Kelp Board"],
        &["untagged: “Kelp Board” is ORG once, and stands untagged once → tag it ORG"],
    );
    let expect =
        ["[ORG! Kelp Board], [GPE! Oslo]", "Then [GPE! Oslo] and the [ORG!* Kelp Board] met", "Kelp Board, [GPE? Bonn]", "Kelp Board"];
    mended(all, &expect);
}

#[test]
fn a_common_word_a_longer_name_and_a_rejected_one_are_not_untagged_names() {
    found(&["[ORG! Rope], [ORG! Rope]; [GPE! Oslo]", "Rope, and rope. [GPE! Oslo]"], &[]);
    found(&["[GPE! Oslo], [GPE! Oslo]", "[ORG! Kelp], Oslo Times, New Oslo, www.Oslo.no, Oslo-led"], &[]);
    found(&["[GPE! Oslo], [GPE! Oslo], [GPE~ Oslo]", "[ORG! Kelp]: Oslo"], &[]);
}

#[test]
fn edges_that_differ_are_told_and_the_many_are_followed() {
    let all = found(
        &[
            "Mr. [PERSON! Reed], [PERSON! Mr. Reed]; [PERSON! Reed]",
            "Mr. [PERSON! Reed]",
            "the [ORG! Kelp Board]",
            "[ORG! the Kelp Board]’s",
        ],
        &[
            "edges: “Kelp Board” is tagged once with “the” and once without → leave out “the”",
            "edges: “Reed” is tagged once with the title and twice without → leave out the title",
        ],
    );
    mended(
        all,
        &[
            "Mr. [PERSON! Reed], [PERSON! Mr. Reed]; [PERSON! Reed]",
            "Mr. [PERSON! Reed]",
            "the [ORG! Kelp Board]",
            "the [ORG! Kelp Board]’s",
        ],
    );
    found(&["[GPE! The Hague]", "[GPE! The Hague]", "[PERSON! Reed]’s"], &[]);
    found(
        &["[GPE! Oslo]-led talks", "[GPE! Oslo]-led", "the [GPE! Oslo-led] talks"],
        &["hyphens: “Oslo-led” is tagged once whole and twice in part → leave the other part out"],
    );
}

#[test]
fn overlaps_are_held_against_the_scheme() {
    let all = found(&["[ORG! Kelp [ORG! Board]]"], &["nested: “Board” ORG is tagged inside “Kelp Board” ORG → let the inner one go"]);
    mended(all, &["[ORG! Kelp [ORG~ Board]]"]);
    found(&["[GPE! [ORG! Kelp]]"], &["nested: “Kelp” is tagged both GPE and ORG"]);
}

#[test]
fn entities_are_held_against_each_other() {
    let session = dsl::session(&[
        "[PERSON! Lena Reed] spoke. [PERSON! Reed] left.",
        "[PERSON! Lena Reed] and [PERSON! Ivo Tam]",
        "[PERSON! Lena Reed]",
        "[ORG! Northern Cable Board]",
        "[ORG! NCB]",
    ]);
    let entity = |id: &str, name: &str, label: &str| Entity {
        id: EntityId::new(id),
        name: name.to_owned(),
        label: Label::new(label),
        aliases: Vec::new(),
        kb: None,
        note: String::new(),
    };
    let known =
        [entity("reed", "Lena Reed", "PERSON"), entity("reed-2", "Lena Reed", "PERSON"), entity("ncb", "Northern Cable Board", "ORG")];
    let (mut session, _) = Session::from_parts((**session.scheme()).clone(), session.articles().iter().cloned(), known, Vec::new());
    for (article, words, entity) in [
        ("a", "Lena Reed", "reed"),
        ("b", "Lena Reed", "reed"),
        ("b", "Ivo Tam", "reed"),
        ("c", "Lena Reed", "reed-2"),
        ("d", "Northern Cable Board", "ncb"),
    ] {
        let (article, mention) = dsl::nth(&session, article, words, 0);
        let edit = decision::link(&session, &article, mention, Some(&EntityId::new(entity)), &stamp()).unwrap();
        session.apply(&edit).unwrap();
    }
    let report = checked(&session);
    let told: Vec<&str> = report.findings.iter().map(|finding| finding.words.as_str()).collect();
    assert_eq!(
        told,
        [
            "“NCB” is not linked to Northern Cable Board in one place",
            "“Reed” is not linked to Lena Reed in one place",
            "reed and reed-2 are both called Lena Reed",
            "“Ivo Tam” is linked to Lena Reed",
        ]
    );
    let merged = fix(&session, &report.findings[2], &stamp()).unwrap();
    session.apply(&merged).unwrap();
    assert!(session.entity(&EntityId::new("reed-2")).is_none() && session.entity(&EntityId::new("reed")).is_some());
}

#[test]
fn what_is_found_right_stays_away_until_it_has_another_place() {
    let pages = ["[ORG! Kelp], [ORG! Kelp]", "[ORG! Kelp]", "[GPE! Kelp]"];
    let mut session = dsl::session(&pages);
    let mut history = History::default();
    let finding = checked(&session).findings.remove(0);
    let edit = dismiss(&session, &finding, &stamp());
    assert_eq!(edit.describe(), "find right “Kelp”");
    history.perform(&mut session, edit).unwrap();
    assert_eq!(checked(&session), Report { findings: Vec::new(), dismissed: 1 });
    let more = dsl::session(&[&pages[..], &["[ORG! Kelp]"]].concat());
    let (mut more, _) = Session::from_parts((**session.scheme()).clone(), more.articles().iter().cloned(), [], Vec::new());
    more = more.with_dismissals(session.dismissals().values().cloned());
    assert_eq!(checked(&more).findings, [], "one more that is as it should be changes nothing");
    let more = dsl::session(&[&pages[..], &["[GPE! Kelp]"]].concat()).with_dismissals(session.dismissals().values().cloned());
    assert_eq!(checked(&more).findings.len(), 1, "another place that is out of line was not seen yet");
    history.undo(&mut session).unwrap();
    assert_eq!(checked(&session).findings, [finding]);
}

#[test]
fn what_does_not_bear_on_a_finding_does_not_bring_it_back() {
    let mut session = dsl::session(&["Mr. [PERSON! Reed], [PERSON! Mr. Reed]"]);
    let finding = checked(&session).findings.remove(0);
    session.apply(&dismiss(&session, &finding, &stamp())).unwrap();
    let (article, mention) = dsl::nth(&session, "a", "Mr. Reed", 0);
    session.apply(&decision::link(&session, &article, mention, Some(&EntityId::new("reed")), &stamp()).unwrap()).unwrap();
    let kinds: Vec<&str> = checked(&session).findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, ["unlinked"], "its label and its edges are as they were");
}

#[test]
fn a_check_that_is_cancelled_finds_nothing_and_an_empty_session_is_sound() {
    assert_eq!(check(&dsl::session(&["[ORG! Kelp] [GPE! Kelp]"]), &AtomicBool::new(true), &|_, _| {}), None);
    assert_eq!(checked(&Session::default()), Report::default());
}

/// What texts are made of that edges, hyphens, endings, brackets and scripts are looked at in.
const PIECES: [&str; 18] = [
    "Kelp",
    "Reed",
    "Lena Reed",
    "Kelp Board",
    "KB",
    "kelp",
    "東京",
    "Ö",
    "Mr. ",
    "the ",
    "’s",
    "'S",
    "-led",
    "-",
    " ",
    "\n",
    "31 June",
    "\u{301}",
];
const LABELS: [&str; 6] = ["ORG", "GPE", "PERSON", "DATE", "NORP", "LANGUAGE"];
const VALUES: [&str; 6] = ["2023-02-30", "T25", "-T:-", "2023-", "/", "Ö-T1"];

proptest! {
    /// Whatever stands in a session, a check ends, and what it proposes can be done and taken back.
    #[test]
    fn anything_can_be_checked_and_mended(
        pages in proptest::collection::vec(proptest::collection::vec((0..PIECES.len(), 0..12_usize, 0..4_usize), 0..24), 0..5),
        links in proptest::collection::vec((0..40_usize, 0..3_usize, 0..7_usize), 0..24),
    ) {
        let state = |n: usize| ["!", "!*", "~", "?"][n];
        let piece = |(piece, label, of): &(usize, usize, usize)| match LABELS.get(*label) {
            Some(label) if !PIECES[*piece].trim().is_empty() => format!("[{label}{} {}]", state(*of), PIECES[*piece]),
            _ => PIECES[*piece].to_owned(),
        };
        let pages: Vec<String> = pages.iter().map(|page| page.iter().map(piece).collect()).collect();
        let session = dsl::session(&pages.iter().map(String::as_str).collect::<Vec<_>>());
        let entity = |n: usize| EntityId::new(["kelp", "kelp-2", "reed"][n]);
        let known = (0..3).map(|n| Entity {
            id: entity(n),
            name: ["Kelp Board", "Kelp Board", "Lena Reed"][n].to_owned(),
            label: Label::new(["ORG", "ORG", "PERSON"][n]),
            aliases: Vec::new(),
            kb: None,
            note: String::new(),
        });
        let mut articles: Vec<Article> = session.articles().iter().map(|article| (**article).clone()).collect();
        for (at, to, value) in links {
            let mut mentions: Vec<&mut Mention> = articles.iter_mut().flat_map(|article| &mut article.mentions).collect();
            let Some(n) = at.checked_rem(mentions.len()) else { continue };
            mentions[n].entity = Some(entity(to));
            mentions[n].value = VALUES.get(value).map(|value| (*value).into());
        }
        let (session, _) = Session::from_parts((**session.scheme()).clone(), articles.into_iter().map(Arc::new), known, Vec::new());
        let report = checked(&session);
        for finding in &report.findings {
            let mended = finding.remedy.as_ref().and_then(|_| fix(&session, finding, &stamp()).ok());
            for edit in mended.into_iter().chain([dismiss(&session, finding, &stamp())]) {
                let mut now = session.clone();
                now.apply(&edit).unwrap();
                prop_assert!(checked(&now).findings.iter().all(|other| other.key != finding.key || other.places.len() < finding.places.len()), "{finding:?}");
                now.apply(&edit.inverse()).unwrap();
                prop_assert_eq!(&now, &session);
            }
        }
    }
}
