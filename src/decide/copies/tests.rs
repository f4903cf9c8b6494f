use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use super::rewrites::corpus;
use super::*;
use crate::annotation::{Article, ArticleId, History, How, Scheme, Session, Time, Verb};
use crate::decide::{Refusal, Stamp};
use crate::dsl;

fn find(session: &Session) -> Groups {
    Groups::find(session, &AtomicBool::new(false), &|_, _| {}).unwrap()
}

fn stamp() -> Stamp {
    Stamp { by: "ada".into(), at: Time(7) }
}

/// Pairs of places in the session.
fn pairs(groups: impl IntoIterator<Item = Vec<usize>>) -> BTreeSet<(usize, usize)> {
    groups
        .into_iter()
        .flat_map(|group| group.clone().into_iter().flat_map(move |a| group.clone().into_iter().map(move |b| (a, b))))
        .filter(|(a, b)| a < b)
        .collect()
}

#[test]
fn rewrites_are_found_and_what_merely_shares_words_is_not() {
    let (mut found, mut right, mut due) = (0, 0, 0);
    for seed in 1..=2 {
        let (session, stories) = corpus(seed, 1200);
        let groups = find(&session);
        let told = pairs(groups.all().iter().map(|group| group.iter().filter_map(|id| session.position(id)).collect()));
        let last = stories.iter().max().copied().unwrap_or_default();
        let of_story = |story: usize| (0..stories.len()).filter(|at| stories[*at] == story).collect::<Vec<_>>();
        let truth = pairs((1..=last).map(of_story));
        found += told.len();
        right += told.intersection(&truth).count();
        due += truth.len();
    }
    let (precision, recall) = (right as f64 / found as f64, right as f64 / due as f64);
    assert!(due > 2000, "the test has lost its subject: {due}");
    assert!(precision >= 0.99 && recall >= 0.95, "precision {precision:.4}, recall {recall:.4}");
}

#[test]
fn many_copies_of_one_text_and_texts_of_nothing_take_no_time() {
    let article = |at: usize, text: &str| Article::new(ArticleId::new(&format!("a{at}")), text);
    let of = |texts: Vec<String>| {
        let articles = texts.iter().enumerate().map(|(at, text)| std::sync::Arc::new(article(at, text)));
        Session::from_parts(Scheme::standard(), articles, [], Vec::new()).0
    };
    assert!(find(&Session::default()).is_empty());
    assert!(find(&of(vec![String::new(); 20])).is_empty(), "nothing is no copy of nothing");
    assert!(find(&of(vec!["The ferry to Kelpo was late again.".to_owned()])).is_empty());
    let same = find(&of(vec!["The ferry to Kelpo was late again.".to_owned(); 1000]));
    assert_eq!((same.all().len(), same.spare()), (1, 999));
    assert_eq!(same.place(&ArticleId::new("a2")), Some((3, 1000)));
    let one_word =
        |at: usize| format!("{} {at} people waited.", "The harbour of Kelpo was closed for the winter, it was said at noon. ".repeat(20));
    assert_eq!(find(&of((0..1000).map(one_word).collect())).spare(), 999);
    let short = |at: usize| format!("The ferry number {at} to Kelpo was late again.");
    assert!(find(&of((0..50).map(short).collect())).is_empty(), "a sentence that differs in a word may be another event");
    let cancelled = AtomicBool::new(true);
    assert_eq!(Groups::find(&of(vec![String::new()]), &cancelled, &|_, _| {}), None);
}

/// Lays what is settled in the first page over the second.
#[track_caller]
fn check(from: &str, onto: &str, expect: &str, comes: usize, changed: usize, differs: usize) {
    let mut session = dsl::session(&[from, onto]);
    let ids: Vec<ArticleId> = session.articles().iter().map(|article| article.id.clone()).collect();
    let plan = plan(&session, &ids[..1], &ids, &AtomicBool::new(false)).unwrap();
    let tally = plan.tally();
    assert_eq!((tally.comes, tally.changed, tally.differs), (comes, changed, differs), "{plan:?}");
    let edit = edit(&session, &plan, &stamp());
    if comes == 0 {
        assert_eq!(edit, Err(Refusal::Already));
        return assert_eq!(dsl::show(&session.articles()[1]), expect);
    }
    let edit = edit.unwrap();
    assert_eq!(edit.verb, Verb::Transfer);
    let before = session.clone();
    let mut history = History::default();
    history.perform(&mut session, edit).unwrap();
    assert_eq!(dsl::show(&session.articles()[0]), from, "the source stays as it is");
    assert_eq!(dsl::show(&session.articles()[1]), expect);
    let settled = session.articles()[1].mentions.iter().zip(&before.articles()[1].mentions).filter(|(now, was)| now != was);
    settled.for_each(|(now, _)| assert_eq!(now.how, Some(How::Transferred)));
    history.undo(&mut session).unwrap();
    assert_eq!(session, before, "one undo takes all of it back");
}

#[test]
fn what_is_settled_goes_to_the_same_sentences() {
    check(
        "[PERSON! Ann Lee] of [ORG! Kelp Board] came. [GPE~ May] was late.",
        "New: the lead. [PERSON? Ann Lee] of Kelp Board came. [PERSON? May] was late.",
        "New: the lead. [PERSON! Ann Lee] of [ORG!* Kelp Board] came. [PERSON~ May] was late.",
        3,
        0,
        0,
    );
}

#[test]
fn a_sentence_that_reads_otherwise_stays_open() {
    check(
        "Rain fell. [PERSON! Ann Lee] of the board paid 12 million. [GPE! Oslo] is far away.",
        "Rain fell. [PERSON? Ann Lee] of the board paid 13 million. [ORG? Oslo] is far away.",
        "Rain fell. [PERSON? Ann Lee] of the board paid 13 million. [GPE! Oslo] is far away.",
        1,
        1,
        0,
    );
}

#[test]
fn what_a_copy_has_settled_itself_stays() {
    check(
        "[PERSON! Ann] and [ORG! Lee] and [GPE! Oslo] and [ORG! Kelp Board] came.",
        "[ORG! Ann] and [ORG~ Lee] and [GPE! Oslo] and [PERSON! Kelp] Board came.",
        "[ORG! Ann] and [ORG~ Lee] and [GPE! Oslo] and [PERSON! Kelp] Board came.",
        0,
        0,
        3,
    );
}

#[test]
fn entities_and_values_come_along_and_what_changed_since_the_plan_is_left() {
    let mut session = dsl::session(&["[ORG! Kelp Board] met here today.", "[ORG? Kelp Board] met here today."]);
    let (article, mention) = dsl::nth(&session, "a", "Kelp Board", 0);
    let entity = crate::annotation::EntityId::new("kelp");
    session.apply(&crate::decide::decision::link(&session, &article, mention, Some(&entity), &stamp()).unwrap()).unwrap();
    let ids: Vec<ArticleId> = session.articles().iter().map(|article| article.id.clone()).collect();
    let planned = plan(&session, &ids, &ids, &AtomicBool::new(false)).unwrap();
    let mut settled = session.clone();
    settled.apply(&edit(&session, &planned, &stamp()).unwrap()).unwrap();
    assert_eq!(settled.articles()[1].mentions[0].entity, Some(entity));
    assert_eq!(edit(&settled, &planned, &stamp()), Err(Refusal::Already), "it was settled meanwhile");
    assert_eq!(plan(&settled, &ids, &ids, &AtomicBool::new(false)).unwrap().tally().agrees, 2, "both ways");
    assert_eq!(plan(&session, &[ArticleId::new("gone")], &ids, &AtomicBool::new(false)), Err(Refusal::NoArticle(ArticleId::new("gone"))));
}

#[test]
fn a_thousand_copies_are_settled_as_one() {
    let page = |state: char| format!("[PERSON{state} Ann Lee] of the [ORG{state} Kelp Board] came to [GPE{state} Dovik] with the ferry.");
    let article = |at: usize| std::sync::Arc::new(dsl::article(&format!("a{at}"), &page(if at == 0 { '!' } else { '?' })));
    let (mut session, _) = Session::from_parts(Scheme::standard(), (0..1000).map(article), [], Vec::new());
    let groups = find(&session);
    assert_eq!(groups.spare(), 999);
    let copies = &groups.all()[0];
    let planned = plan(&session, &sources(&session, None, copies), copies, &AtomicBool::new(false)).unwrap();
    let edit = edit(&session, &planned, &stamp()).unwrap();
    assert_eq!(edit.mention_count(), 2997);
    session.apply(&edit).unwrap();
    assert_eq!(session.open_count(), 0);
    let cancelled = plan(&session, &copies[..1], copies, &AtomicBool::new(true)).unwrap();
    assert!(cancelled.places.is_empty());
}
