//! What an import makes of a session: told first, done as one edit, taken back by its inverse.

use super::*;
use crate::annotation::{How, State, Time};
use crate::decide::retag::retag;
use crate::dsl;
use crate::text::Span;

fn stamp() -> Stamp {
    Stamp { by: "Ann".into(), at: Time(7) }
}

/// An article as a file brings it: imported, decisions of somebody else's.
fn given(id: &str, page: &str) -> Article {
    let mut article = dsl::article(id, page);
    for mention in &mut article.mentions {
        mention.origin = crate::annotation::Origin::Import("brat".into());
        if mention.is_settled() {
            (mention.how, mention.by, mention.at) = (Some(How::Imported), Some("Bo".into()), Some(Time(3)));
        }
    }
    article
}

fn asked(taking: Taking) -> Asked<'static> {
    Asked { taking, adds_labels: true, from: "x.ann" }
}

/// Takes `page` into a session of `here`; the page afterwards, and the kinds that were met. Undone, all is as it was.
#[track_caller]
fn check(here: &str, page: &str, taking: Taking, expect: &str, kinds: &[(Kind, usize)]) {
    let before = dsl::session(&[here]);
    let (edit, told) = take_in(&before, &[given("other-name", page)], &[], asked(taking), &stamp());
    let mut session = before.clone();
    if let Some(edit) = edit {
        session.apply(&edit).unwrap_or_else(|stale| panic!("{here} + {page}: {stale}"));
        let after = dsl::show_all(&session);
        assert_eq!(after, [expect], "{here} + {page}");
        session.apply(&edit.inverse()).unwrap();
    } else {
        assert_eq!(here, expect, "{here} + {page}: nothing changed");
    }
    assert_eq!(session, before);
    let met: Vec<_> = told.kinds.iter().map(|(kind, met)| (*kind, met.count)).collect();
    assert_eq!(met, kinds, "{here} + {page}: {:?}", told.lines());
    assert_eq!((told.known_articles, told.new_articles), (1, 0));
}

use Kind::{Agrees, Comes, OnlyHere, OtherEdges, OtherLabel, OtherVerdict, Replaces, Settles, Unsaid};
use Taking::{Decisions, Suggestions};

#[test]
fn decisions_settle_what_is_suggested_and_stand_beside_what_is_settled() {
    for (here, page, expect, kinds) in [
        ("[PERSON! Ann] met Bo", "[PERSON! Ann] met Bo", "[PERSON! Ann] met Bo", &[(Agrees, 1)][..]),
        ("[PERSON? Ann] met Bo", "[PERSON! Ann] met Bo", "[PERSON! Ann] met Bo", &[(Settles, 1)]),
        ("[PERSON? Ann] met Bo", "[PERSON~ Ann] met Bo", "[PERSON~ Ann] met Bo", &[(Settles, 1)]),
        ("[ORG? Ann] met Bo", "[PERSON! Ann] met Bo", "[PERSON! Ann] met Bo", &[(Settles, 1)]),
        ("[PERSON? Ann] Lee", "[PERSON! Ann Lee]", "[PERSON! Ann Lee]", &[(Replaces, 1)]),
        ("Ann Lee", "[PERSON! Ann Lee]", "[PERSON! Ann Lee]", &[(Comes, 1)]),
        ("Ann Lee", "[PERSON? Ann Lee]", "[PERSON? Ann Lee]", &[(Comes, 1)]),
        ("Ann Lee", "[PERSON~ Ann Lee]", "[PERSON~ Ann Lee]", &[(Comes, 1)]),
        // What nests in the import nests here, and what is alone here stays.
        (
            "Bank of Spain, [PERSON! Ann]",
            "[ORG! Bank of [GPE! Spain]], Ann",
            "[ORG! Bank of [GPE! Spain]], [PERSON! Ann]",
            &[(Comes, 2), (OnlyHere, 1)],
        ),
        // Of two that meet one suggestion the one that says the very same has it, whichever is first.
        ("[ORG? Bank of Spain]", "[LAW! Bank of] [GPE! Spain]", "[LAW! Bank of] [GPE! Spain]", &[(Comes, 1), (Replaces, 1)]),
        ("Bank of [GPE? Spain]", "[ORG! Bank of [GPE! Spain]]", "[ORG! Bank of [GPE! Spain]]", &[(Settles, 1), (Comes, 1)]),
        // Conflicts: what stands here stands.
        ("[PERSON! Ann] Lee", "[ORG! Ann] Lee", "[PERSON! Ann] Lee", &[(OtherLabel, 1)]),
        ("[PERSON! Ann] Lee", "[PERSON! Ann Lee]", "[PERSON! Ann] Lee", &[(OtherEdges, 1)]),
        ("[PERSON~ Ann] Lee", "[PERSON! Ann] Lee", "[PERSON~ Ann] Lee", &[(OtherVerdict, 1)]),
        ("[PERSON! Ann] Lee", "[PERSON~ Ann] Lee", "[PERSON! Ann] Lee", &[(OtherVerdict, 1)]),
    ] {
        check(here, page, Decisions, expect, kinds);
    }
}

#[test]
fn suggestions_touch_nothing_that_is_settled() {
    for (here, page, expect, kinds) in [
        ("Ann Lee", "[PERSON! Ann Lee]", "[PERSON? Ann Lee]", &[(Comes, 1)][..]),
        ("[PERSON? Ann Lee]", "[PERSON! Ann Lee]", "[PERSON? Ann Lee]", &[(Agrees, 1)]),
        ("[ORG? Ann Lee]", "[PERSON! Ann Lee]", "[PERSON? Ann Lee]", &[(Replaces, 1)]),
        ("[PERSON?* Ann] Lee", "[PERSON! Ann Lee]", "[PERSON?* Ann] Lee", &[(OtherEdges, 1)]),
        ("[PERSON! Ann] Lee", "[ORG! Ann] Lee", "[PERSON! Ann] Lee", &[(OtherLabel, 1)]),
        ("[PERSON~ Ann] Lee", "[ORG! Ann] Lee", "[PERSON~ Ann] Lee", &[(OtherVerdict, 1)]),
        ("Ann Lee", "[PERSON~ Ann Lee]", "Ann Lee", &[(Unsaid, 1)]),
    ] {
        check(here, page, Suggestions, expect, kinds);
    }
}

#[test]
fn a_decision_that_says_otherwise_waits_to_be_settled_with_its_name_and_time() {
    let before = dsl::session(&["[PERSON! Ann] Lee of [GPE? Oslo]"]);
    let given = given("a", "[PERSON! [ORG! Ann] Lee] of [GPE! Oslo]");
    let (edit, told) = take_in(&before, &[given], &[], asked(Decisions), &stamp());
    let mut session = before.clone();
    session.apply(&edit.unwrap()).unwrap();
    let mentions = &session.articles()[0].mentions;
    let rivals: Vec<_> = mentions[0].rivals.iter().map(|rival| (rival.label.as_str(), rival.span, rival.by.as_deref())).collect();
    assert_eq!(rivals, [("PERSON", Span::new(0, 7), Some("Bo")), ("ORG", Span::new(0, 3), Some("Bo"))]);
    assert_eq!((told.conflicts(), mentions[0].state, mentions[0].by.as_deref()), (2, State::Confirmed, None));
    assert_eq!((mentions[1].how, mentions[1].by.as_deref(), mentions[1].at), (Some(How::Imported), Some("Bo"), Some(Time(3))));
    // Again nothing is new.
    let again = take_in(&session, &[self::given("a", "[PERSON! [ORG! Ann] Lee] of [GPE! Oslo]")], &[], asked(Decisions), &stamp());
    assert_eq!(again.0, None, "{:?}", again.1.lines());
    // Tagging again leaves what an import brought alone.
    assert!(retag(&session, &[(session.articles()[0].id.clone(), Vec::new())], &stamp()).is_err());
}

#[test]
fn an_article_is_known_by_its_words_and_a_new_one_comes_with_what_it_is_linked_to() {
    let before = dsl::session(&["Ann\r\nLee met\u{a0}Bo", "Cy"]);
    let mut new = given("a", "[GENE! Abl] is new");
    new.mentions[0].entity = Some(EntityId::new("abl"));
    let entity = |id: &str| Entity {
        id: EntityId::new(id),
        name: id.to_owned(),
        label: Label::new("GENE"),
        aliases: Vec::new(),
        kb: None,
        note: String::new(),
    };
    let articles = [given("x", "[PERSON! Ann Lee] met [PERSON! Bo]"), new];
    let (edit, told) = take_in(&before, &articles, &[entity("abl"), entity("nobody")], asked(Decisions), &stamp());
    let mut session = before.clone();
    let edit = edit.unwrap();
    session.apply(&edit).unwrap();
    assert_eq!(dsl::show_all(&session), ["[PERSON! Ann\r\nLee] met\u{a0}[PERSON! Bo]", "Cy", "[GENE! Abl] is new"]);
    assert_eq!((told.known_articles, told.new_articles, told.new_mentions, told.new_labels), (1, 1, 1, vec![Label::new("GENE")]));
    assert_eq!((session.articles()[2].id.as_str(), session.entities().len()), ("a-2", 1));
    assert!(session.scheme().get(&Label::new("GENE")).is_some());
    session.apply(&edit.inverse()).unwrap();
    assert_eq!(session, before);

    let strict = Asked { adds_labels: false, ..asked(Decisions) };
    let (edit, told) = take_in(&before, &articles, &[], strict, &stamp());
    session.apply(&edit.unwrap()).unwrap();
    assert_eq!((told.count(Kind::Unlabelled), dsl::show_all(&session)[2].as_str()), (1, "Abl is new"));
}
