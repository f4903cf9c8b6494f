//! Every decision at every scope, by its keys, and taken back; and what must hold whatever the pages are.

use manicule::annotation::{ArticleId, EntityId, Mention, Scope, Session, Time};
use manicule::decide::names::NamesIndex;
use manicule::decide::spread::{self, Decision, Focus, Reach};
use manicule::decide::{Stamp, decision, entities, retag};
use manicule::tagger::Suggestion;
use manicule::workbench::{Decide, Dialog, Link, Recall, Screen, Workbench};
use proptest::prelude::*;

use crate::support::dsl;
use crate::workbench::{press, state};

/// Pages, keys, pages after; then undo to the beginning and redo to the end. `Enter` applies a concordance.
#[track_caller]
fn check(pages: &[&str], keys: &str, expect: &[&str]) -> Workbench {
    let before = dsl::session(pages);
    let mut state = state(before.clone());
    state.poll();
    for key in keys.split_whitespace() {
        match key {
            "Enter" => state.run(Decide::Apply),
            key => press(&mut state, key),
        }
    }
    assert_eq!(dsl::show_all(state.session()), expect, "after {keys}");
    let after = state.session().clone();
    let mut undone = 0;
    while state.history().next_undo().is_some() {
        state.run(Recall::Undo);
        undone += 1;
    }
    assert_eq!(*state.session(), before, "undo goes back to the beginning");
    (0..undone).for_each(|_| state.run(Recall::Redo));
    assert_eq!(*state.session(), after, "and redo to the end");
    state
}

const OJA: [&str; 2] = ["[PERSON? Oja] met [PERSON? Oja]. Oja left.", "[PERSON? Oja] and [PERSON! Oja] and Oja"];

#[test]
fn confirm_at_every_scope() {
    check(&OJA, "space", &["[PERSON! Oja] met [PERSON? Oja]. Oja left.", OJA[1]]);
    let here = "[PERSON! Oja] met [PERSON! Oja]. [PERSON! Oja] left.";
    check(&OJA, "Shift+Space", &[here, OJA[1]]);
    check(&OJA, "Ctrl+Shift+Space Enter", &[here, "[PERSON! Oja] and [PERSON! Oja] and [PERSON! Oja]"]);
    check(&OJA, "space + + Enter", &[here, "[PERSON! Oja] and [PERSON! Oja] and [PERSON! Oja]"]);
}

#[test]
fn reject_at_every_scope() {
    check(&OJA, "x", &["[PERSON~ Oja] met [PERSON? Oja]. Oja left.", OJA[1]]);
    let here = "[PERSON~ Oja] met [PERSON~ Oja]. Oja left.";
    check(&OJA, "Shift+X", &[here, OJA[1]]);
    check(&OJA, "Ctrl+Shift+X Enter", &[here, "[PERSON~ Oja] and [PERSON! Oja] and Oja"]);
    check(&OJA, "x + + Enter", &[here, "[PERSON~ Oja] and [PERSON! Oja] and Oja"]);
}

#[test]
fn retype_at_every_scope() {
    check(&OJA, "g", &["[GPE! Oja] met [PERSON? Oja]. Oja left.", OJA[1]]);
    let here = "[GPE! Oja] met [GPE! Oja]. [GPE! Oja] left.";
    check(&OJA, "Shift+G", &[here, OJA[1]]);
    check(&OJA, "Ctrl+Shift+G Enter", &[here, "[GPE! Oja] and [PERSON! Oja] and [GPE! Oja]"]);
    check(&OJA, "g + + Enter", &[here, "[GPE! Oja] and [PERSON! Oja] and [GPE! Oja]"]);
}

#[test]
fn add_at_every_scope() {
    let pages = ["Oja met [PERSON? Ann]. Oja left.", "Oja, [PERSON? Oja] and [PERSON~ Oja]"];
    check(&pages, "select:Oja p", &["[PERSON!* Oja] met [PERSON? Ann]. Oja left.", pages[1]]);
    let here = "[PERSON!* Oja] met [PERSON? Ann]. [PERSON! Oja] left.";
    check(&pages, "select:Oja Shift+P", &[here, pages[1]]);
    check(&pages, "select:Oja Ctrl+Shift+P Enter", &[here, "[PERSON! Oja], [PERSON! Oja] and [PERSON~ Oja]"]);
    check(&pages, "select:Oja p + + Enter", &[here, "[PERSON! Oja], [PERSON! Oja] and [PERSON~ Oja]"]);
}

#[test]
fn delete_at_every_scope() {
    let pages = ["[PERSON!* Oja] met [PERSON!* Oja], [PERSON? Oja].", "[PERSON? Oja]"];
    check(&pages, "← ← Backspace", &["Oja met [PERSON!* Oja], [PERSON? Oja].", pages[1]]);
    check(&pages, "← ← x", &["Oja met [PERSON!* Oja], [PERSON? Oja].", pages[1]]);
    // What another decision settled is left alone.
    check(&pages, "← ← Shift+X", &["Oja met [PERSON!* Oja], [PERSON~ Oja].", pages[1]]);
    check(&pages, "← ← Ctrl+Shift+X Enter", &["Oja met [PERSON!* Oja], [PERSON~ Oja].", "[PERSON~ Oja]"]);
    check(&pages, "← ← x + + Enter", &["Oja met [PERSON!* Oja], [PERSON~ Oja].", "[PERSON~ Oja]"]);
}

#[test]
fn an_edge_reaches_the_same_wrong_span_everywhere() {
    let pages = ["[PERSON? Minister Oja] met Minister Oja.", "[PERSON? Minister Oja] left"];
    check(&pages, "Alt+→", &["Minister [PERSON! Oja] met Minister Oja.", pages[1]]);
    let here = "Minister [PERSON! Oja] met Minister [PERSON! Oja].";
    check(&pages, "Alt+→ +", &[here, pages[1]]);
    check(&pages, "Alt+→ + + Enter", &[here, "Minister [PERSON! Oja] left"]);
}

fn linked(state: &Workbench) -> usize {
    state.session().articles().iter().flat_map(|article| &article.mentions).filter(|mention| mention.entity.is_some()).count()
}

#[test]
fn link_at_every_scope() {
    let oja = Some(EntityId::new("oja"));
    for (scope, reached) in [(Scope::Mention, 1), (Scope::Article, 2), (Scope::Session, 4)] {
        let before = dsl::session(&OJA);
        let mut state = state(before.clone());
        state.poll();
        state.run(Link::To(oja.clone(), scope));
        if scope == Scope::Session {
            assert_eq!(state.stage.dialog, Some(Dialog::Concordance), "shown first");
            state.run(Decide::Apply);
        }
        assert_eq!(linked(&state), reached, "{scope:?}");
        assert_eq!(state.session().entities().len(), 1);
        assert_eq!(dsl::show_all(state.session()), OJA, "a link decides nothing on the mentions");
        assert_eq!(state.focused().map(|mention| mention.span.start), Some(0), "the focus stays");
        press(&mut state, "Ctrl+Z");
        assert_eq!(*state.session(), before);
    }
    let mut state = state(dsl::session(&OJA));
    state.poll();
    state.run(Link::To(oja, Scope::Mention));
    press(&mut state, "+ +");
    state.run(Decide::Apply);
    assert_eq!(linked(&state), 4, "a link is widened as any decision");
    press(&mut state, "Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!((linked(&state), state.session().entities().len()), (0, 0));
}

#[test]
fn two_people_of_one_surname_are_told_apart_by_mention() {
    let mut state = state(dsl::session(&["[PERSON? Oja] and [PERSON? Oja]", "[PERSON? Oja]"]));
    state.poll();
    state.run(Link::To(Some(EntityId::new("maarika-oja")), Scope::Mention));
    press(&mut state, "→");
    state.run(Link::To(Some(EntityId::new("juhan-oja")), Scope::Session));
    let concordance = state.dialogs.concordance.as_ref().unwrap();
    let doubts: Vec<String> = concordance.rows.iter().filter_map(|row| row.doubt.as_ref()).map(ToString::to_string).collect();
    assert_eq!(doubts, ["linked to maarika-oja"]);
    state.run(Decide::Apply);
    let entities: Vec<Option<EntityId>> =
        state.session().articles().iter().flat_map(|article| &article.mentions).map(|mention| mention.entity.clone()).collect();
    let expect = ["maarika-oja", "juhan-oja", "juhan-oja"].map(|id| Some(EntityId::new(id)));
    assert_eq!(entities, expect);
}

#[test]
fn the_card_splits_unlinks_merges_and_each_is_taken_back() {
    let mut state = state(dsl::session(&["[PERSON? Oja] and [PERSON? Oja]", "[PERSON? Oja]"]));
    state.poll();
    press(&mut state, "Shift+K");
    assert_eq!(state.stage.dialog, Some(Dialog::Link), "without an entity the key asks for one");
    state.run(Screen::Close);
    state.run(Link::To(Some(EntityId::new("oja")), Scope::Session));
    state.run(Decide::Apply);
    let whole = state.session().clone();
    press(&mut state, "Shift+K");
    assert_eq!(state.stage.dialog, Some(Dialog::Card), "{:?} {:?}", state.focused(), state.notices.latest());
    assert_eq!(state.dialogs.card.as_ref().map(|card| card.places.rows.len()), Some(3));
    state.run(Link::TickCard(2, true));
    state.run(Link::SplitTicked("Juhan Oja".to_owned()));
    let card = state.dialogs.card.as_ref().expect("the card of what was split off");
    assert_eq!((card.entity.as_str(), card.places.rows.len()), ("juhan-oja", 1));
    state.run(Link::Merge(EntityId::new("juhan-oja"), EntityId::new("oja")));
    assert_eq!(state.dialogs.card.as_ref().map(|card| card.places.rows.len()), Some(3));
    assert_eq!(state.session().entity(&EntityId::new("oja")).map(|entity| entity.aliases.clone()), Some(vec!["Juhan Oja".to_owned()]));
    state.run(Link::TickCard(0, true));
    state.run(Link::UnlinkTicked);
    assert_eq!(linked(&state), 2);
    state.run(Link::RemoveEntity(EntityId::new("oja")));
    assert_eq!((linked(&state), state.stage.dialog), (0, None), "the card closes with its entity");
    press(&mut state, "Ctrl+Z Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(*state.session(), whole);
}

/// A page of short names in every state, some of them untagged, over and over the same few.
fn page() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["Oja", "Maarika Oja", "oja", "Bank of Oja", "Oja Daily", "Mr. Oja"]);
    let mark = prop::sample::select(vec!["", "PERSON?", "PERSON!", "PERSON~", "PERSON!*", "GPE?", "GPE!", "ORG?"]);
    let piece = (name, mark).prop_map(|(name, mark)| if mark.is_empty() { name.to_owned() } else { format!("[{mark} {name}]") });
    prop::collection::vec(piece, 1..7).prop_map(|pieces| pieces.join(" and "))
}

fn decisions() -> impl Strategy<Value = Decision> {
    prop::sample::select(vec![
        Decision::Confirm,
        Decision::Reject,
        Decision::Retype("GPE".into()),
        Decision::Retype("ORG".into()),
        Decision::Link(Some(EntityId::new("oja"))),
    ])
}

/// A session of some pages, one of its mentions, and a decision on it.
fn work() -> impl Strategy<Value = (Vec<String>, usize, Decision, bool)> {
    (prop::collection::vec(page(), 1..4), any::<prop::sample::Index>(), decisions(), any::<bool>())
        .prop_map(|(pages, at, decision, wide)| (pages, at.index(24), decision, wide))
}

fn session_of(pages: &[String]) -> Session {
    dsl::session(&pages.iter().map(String::as_str).collect::<Vec<_>>())
}

fn nth_mention(session: &Session, n: usize) -> Option<(ArticleId, Mention)> {
    let all = session.articles().iter().flat_map(|article| article.mentions.iter().map(|mention| (article.id.clone(), mention.clone())));
    let all: Vec<_> = all.collect();
    all.get(n % all.len().max(1)).cloned()
}

fn stamp() -> Stamp {
    Stamp { by: "ada".into(), at: Time(7) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn a_spread_is_taken_back_whole_and_leaves_alone_what_was_settled((pages, n, decision, wide) in work()) {
        let mut session = session_of(&pages);
        let Some((article, mention)) = nth_mention(&session, n) else { return Ok(()) };
        let mut index = NamesIndex::build(&session);
        let reach = if wide { Reach::Session(&index) } else { Reach::Article };
        let focus = Focus::Mention(article.clone(), mention.id);
        let Ok(found) = spread::preview(&session, reach, &focus, &decision, &stamp()) else { return Ok(()) };
        let Ok(edit) = spread::apply(&session, &found) else { return Ok(()) };
        let before = session.clone();
        session.apply(&edit).unwrap();
        index.update(&edit);
        for (was, is) in before.articles().iter().zip(session.articles()) {
            for settled in was.mentions.iter().filter(|settled| settled.is_settled() && settled.id != mention.id) {
                let now = is.mention(settled.id).unwrap_or_else(|| panic!("{settled:?} is gone"));
                // A link is a word about the mention, not a decision on it.
                let now = Mention { entity: settled.entity.clone(), ..now.clone() };
                prop_assert_eq!(&now, settled, "what a person settled changes only where it is ticked by hand");
            }
        }
        for row in &found.rows {
            prop_assert!(row.ticked != row.doubt.is_some() || row.is_focus, "{:?}", row);
        }
        session.apply(&edit.inverse()).unwrap();
        index.revert(&edit);
        prop_assert_eq!(&session, &before, "one undo takes all of it back");
        let key = manicule::text::name::key(before.article(&article).unwrap().quote(mention.span));
        let fresh = NamesIndex::build(&before);
        prop_assert_eq!(index.mentions(&session, &key), fresh.mentions(&before, &key), "the index follows there and back");
    }

    #[test]
    fn confirmed_mentions_do_not_overlap_after_a_spread((pages, n, decision, _) in work()) {
        let mut session = session_of(&pages);
        let Some((article, mention)) = nth_mention(&session, n) else { return Ok(()) };
        let index = NamesIndex::build(&session);
        let focus = Focus::Mention(article, mention.id);
        let Ok(found) = spread::preview(&session, Reach::Session(&index), &focus, &decision, &stamp()) else { return Ok(()) };
        let Ok(edit) = spread::apply(&session, &found) else { return Ok(()) };
        session.apply(&edit).unwrap();
        for article in session.articles() {
            let confirmed: Vec<&Mention> = article.mentions.iter().filter(|mention| mention.is_confirmed()).collect();
            for pair in confirmed.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start, "{}", dsl::show(article));
            }
        }
    }

    #[test]
    fn tagging_again_changes_nothing_twice_and_nothing_that_is_settled(pages in prop::collection::vec(page(), 1..3), other in page()) {
        let mut session = session_of(&pages);
        let tagged: Vec<(ArticleId, Vec<Suggestion>)> = session.articles().iter().map(|article| {
            let of = |mention: &Mention| Suggestion {
                span: mention.span, label: mention.label.clone(), score: manicule::annotation::Score::MAX,
                origin: mention.origin.clone(), value: None,
            };
            let found = dsl::article("x", &other);
            let fits = |mention: &&Mention| article.text.get(mention.span.range()).is_some_and(|quote| !quote.trim().is_empty());
            (article.id.clone(), found.mentions.iter().filter(fits).map(of).collect())
        }).collect();
        let before = session.clone();
        if let Ok((edit, _)) = retag::retag(&session, &tagged, &stamp()) {
            session.apply(&edit).unwrap();
        }
        prop_assert!(retag::retag(&session, &tagged, &stamp()).is_err(), "tagging twice with one tagger changes nothing");
        for (was, is) in before.articles().iter().zip(session.articles()) {
            for settled in was.mentions.iter().filter(|mention| mention.is_settled()) {
                prop_assert_eq!(is.mention(settled.id), Some(settled));
            }
        }
    }

    #[test]
    fn merging_and_splitting_entities_is_taken_back(pages in prop::collection::vec(page(), 1..3), links in prop::collection::vec(any::<bool>(), 24)) {
        let mut session = session_of(&pages);
        let (one, other) = (EntityId::new("one"), EntityId::new("other"));
        for (n, to_one) in links.into_iter().enumerate() {
            let Some((article, mention)) = nth_mention(&session, n) else { return Ok(()) };
            let to = if to_one { &one } else { &other };
            if let Ok(edit) = decision::link(&session, &article, mention.id, Some(to), &stamp()) {
                session.apply(&edit).unwrap();
            }
        }
        let apart = session.clone();
        let Ok(edit) = entities::change::merge(&session, &other, &one, &stamp()) else { return Ok(()) };
        session.apply(&edit).unwrap();
        prop_assert!(session.entity(&other).is_none());
        let of_other = |session: &Session| entities::change::mentions(session, &other).count();
        prop_assert_eq!(of_other(&session), 0);
        let moved: Vec<_> = entities::change::mentions(&apart, &other).map(|(article, mention)| (article.id.clone(), mention.id)).collect();
        if let Ok(split) = entities::change::split(&session, &one, &moved, "other", &stamp()) {
            session.apply(&split).unwrap();
            prop_assert_eq!(of_other(&session), of_other(&apart));
            session.apply(&split.inverse()).unwrap();
        }
        session.apply(&edit.inverse()).unwrap();
        prop_assert_eq!(session, apart);
    }
}
