//! Finding in the whole session: how places are looked for, and what is decided on them.

use manicule::annotation::Session;
use manicule::decide::seek::Sought;
use manicule::decide::spread::Order;
use manicule::text::pattern::Query;
use manicule::workbench::{Recall, Seek, Workbench};

use crate::support::dsl;
use crate::support::held::Held;
use crate::workbench::state;

fn look(state: &mut Workbench, text: &str) {
    state.run(Seek::In(Sought::Text(Query::plain(text)), Order::Reading));
}

fn found(state: &Workbench) -> (usize, usize, usize) {
    let places = state.corpus.places.as_ref().expect("it was looked for");
    (places.total, places.articles, places.rows.ticked_count())
}

fn told(state: &Workbench) -> &str {
    state.notices.latest().map_or("", |notice| &notice.text)
}

const PAGES: [&str; 3] = ["Old [ORG? NATO] met.", "The [ORG! NATO] base of nato.", "[GPE? Oslo] slept."];

#[test]
fn what_is_ticked_is_tagged_rejected_or_flagged_with_one_undo_and_looked_for_again() {
    let mut state = state(dsl::session(&PAGES));
    look(&mut state, "nato");
    state.poll();
    assert_eq!(found(&state), (3, 2, 2), "what is confirmed is not decided on unasked");
    state.run(Seek::TickFound(2, false));
    state.run(Seek::TagFound("FAC".into()));
    state.poll();
    assert_eq!(dsl::show_all(state.session()), ["Old [FAC! NATO] met.", PAGES[1], PAGES[2]]);
    assert_eq!(found(&state), (3, 2, 1), "the places are as they are now");
    state.run(Seek::TagFound("FAC".into()));
    state.poll();
    state.run(Seek::TickFound(0, true));
    state.run(Seek::RejectFound);
    state.poll();
    assert_eq!(dsl::show_all(state.session()), ["Old [FAC~ NATO] met.", "The [ORG! NATO] base of [FAC! nato].", PAGES[2]]);
    state.run(Seek::RejectFound);
    assert_eq!(told(&state), "Nothing is ticked");
    state.run(Seek::TickFound(0, true));
    state.run(Seek::TickFound(1, true));
    state.run(Seek::FlagFound);
    state.poll();
    let flagged = |state: &Workbench| state.session().articles().iter().map(|article| article.desk.flagged).collect::<Vec<_>>();
    assert_eq!(flagged(&state), [true, true, false]);
    assert_eq!(told(&state), "Flagged 2 articles. One undo takes it back");
    state.run(Recall::Undo);
    assert_eq!(flagged(&state), [false; 3]);
    (0..3).for_each(|_| state.run(Recall::Undo));
    assert_eq!(dsl::show_all(state.session()), PAGES);
}

#[test]
fn a_search_that_nobody_waits_for_any_more_says_nothing() {
    let (mut state, held) = Held::workbench(dsl::session(&PAGES));
    held.settle(&mut state);
    look(&mut state, "nat");
    look(&mut state, "oslo");
    look(&mut state, "oslo");
    assert_eq!(held.waiting(), 2, "what is looked for already is not begun again");
    assert!(state.corpus.is_looking() && state.jobs.told().next().is_none());
    held.settle(&mut state);
    assert_eq!(found(&state), (1, 1, 1));
    look(&mut state, "");
    assert!(state.corpus.places.is_none() && !state.corpus.is_looking());
    state.run(Seek::In(Sought::Text(Query { regex: true, ..Query::plain("(") }), Order::Reading));
    held.settle(&mut state);
    assert!(state.corpus.places.is_none());
    assert_eq!(state.corpus.fault.as_deref(), Some("unclosed group"));
}

#[test]
fn of_what_is_everywhere_the_first_are_listed_and_none_is_decided_on() {
    let page = "a ".repeat(4_000);
    let session: Session = dsl::session(&[&page, &page, &page]);
    let mut state = state(session.clone());
    look(&mut state, "a");
    state.poll();
    let places = state.corpus.places.as_ref().expect("it was looked for");
    assert_eq!((places.total, places.articles, places.rows.rows.len()), (12_000, 3, 10_000));
    state.run(Seek::TagFound("ORG".into()));
    assert_eq!(told(&state), "12000 places are too many to be decided on together; look for something narrower");
    assert_eq!(*state.session(), session);
}
