//! The table of names by its keys, without a window.

use manicule::annotation::{How, Scope, Session, Verdict};
use manicule::decide::entities;
use manicule::decide::names::{NameFilter, NameOrder, NameRow, Subject};
use manicule::workbench::{Decide, Dialog, File, Link, Names, Screen, View, Workbench, link_subject};

use crate::support::dsl;
use crate::workbench::{press, state};

const PAGES: [&str; 2] =
    ["[ORG? Amazon] paid [PERSON? Bezos]. [ORG? Amazon] did, and [LOC? Amazon] floods.", "[PERSON? Bezos] left Amazon. [GPE! Peru] stays."];

fn names(pages: &[&str]) -> Workbench {
    let mut state = state(dsl::session(pages));
    // The index of names is built in the background.
    state.poll();
    state.run(Screen::Show(View::Names));
    state
}

fn rows(state: &Workbench) -> Vec<String> {
    state.queue.rows.iter().map(|row| format!("{} {}", row.name, row.settles)).collect()
}

fn at(state: &Workbench) -> &str {
    match &state.queue.at {
        Some(Subject::Name(key) | Subject::Proposed(key)) => key,
        Some(Subject::Entity(id)) => id.as_str(),
        None => "none",
    }
}

#[test]
fn one_key_confirms_a_name_and_goes_to_the_next() {
    let mut state = names(&PAGES);
    assert_eq!(rows(&state), ["Amazon 2", "Bezos 2"]);
    assert_eq!((state.queue.totals.all, state.queue.totals.open, state.queue.totals.settled), (3, 2, 1));
    press(&mut state, "Tab space");
    assert_eq!(
        dsl::show_all(state.session()),
        [
            "[ORG? Amazon] paid [PERSON! Bezos]. [ORG? Amazon] did, and [LOC? Amazon] floods.",
            "[PERSON! Bezos] left Amazon. [GPE! Peru] stays.",
        ]
    );
    assert_eq!((rows(&state), at(&state)), (vec!["Amazon 2".to_owned()], "amazon"));
    press(&mut state, "Ctrl+Z");
    assert_eq!(*state.session(), dsl::session(&PAGES));
    assert_eq!(rows(&state), ["Amazon 2", "Bezos 2"]);
}

#[test]
fn what_chips_count_follows_words_label_and_score() {
    let mut state = names(&PAGES);
    let counted = |state: &mut Workbench, filter: NameFilter| {
        state.run(Names::Filter(filter));
        state.poll();
        let totals = state.queue.totals;
        assert_eq!(totals.names, 3, "whatever is asked for");
        [totals.open, totals.conflicting, totals.settled, totals.all]
    };
    assert_eq!(counted(&mut state, NameFilter::default()), [2, 1, 1, 3]);
    let text = |text: &str| NameFilter { text: text.to_owned(), is_open: true, ..NameFilter::default() };
    assert_eq!(counted(&mut state, text("pe")), [0, 0, 1, 1], "Peru, which is settled, though only open names are listed");
    assert_eq!(counted(&mut state, text("zz")), [0; 4]);
    assert_eq!(counted(&mut state, NameFilter { label: Some("ORG".into()), ..NameFilter::default() }), [1, 1, 0, 1]);
}

/// In a long article one name may be taken wrongly thousands of times; one look at the table must show it.
#[test]
fn a_name_that_is_wrong_thousands_of_times_stands_first() {
    let others: String = ('A'..='Z').map(|c| format!("[PERSON? {c}nn Lee] saw [GPE? {c}slo]. ").repeat(3)).collect();
    let page = format!("{others}{}", "The [ORG? Tide] rose. ".repeat(3000));
    let mut state = names(&[&page]);
    assert_eq!(rows(&state).first().map(String::as_str), Some("Tide 3000"));
    press(&mut state, "x x");
    assert!(state.session().articles()[0].living().all(|mention| mention.label.as_str() != "ORG"), "two keys reject all of them");
}

#[test]
fn another_decision_is_shown_first_and_applied_by_the_same_key() {
    let mut state = names(&PAGES);
    press(&mut state, "x");
    assert_eq!(*state.session(), dsl::session(&PAGES), "only shown");
    assert_eq!(state.queue.preview.as_ref().map(|concordance| concordance.ticked_count()), Some(3));
    press(&mut state, "x");
    assert_eq!(dsl::show_all(state.session())[0], "[ORG~ Amazon] paid [PERSON? Bezos]. [ORG~ Amazon] did, and [LOC~ Amazon] floods.");
    press(&mut state, "Ctrl+Z g g");
    assert!(dsl::show_all(state.session())[0].starts_with("[GPE! Amazon] paid"), "{:?}", dsl::show_all(state.session()));
}

#[test]
fn a_decision_can_stay_as_a_rule_and_one_undo_takes_both_back() {
    let mut state = names(&PAGES);
    press(&mut state, "x");
    state.run(Names::ToggleKeepRule);
    press(&mut state, "x");
    let rules = state.session().rules();
    assert_eq!(rules.len(), 1);
    assert_eq!((rules[0].name.as_str(), &rules[0].verdict), ("Amazon", &Verdict::Never));
    press(&mut state, "Ctrl+Z");
    assert_eq!(*state.session(), dsl::session(&PAGES));
}

#[test]
fn keeping_a_rule_is_said_in_words() {
    let mut state = names(&PAGES);
    let told = |state: &Workbench| state.notices.latest().map(|notice| notice.text.clone());
    press(&mut state, "Shift+M");
    assert_eq!(told(&state).as_deref(), Some("The next decision stays as a rule"));
    press(&mut state, "Shift+M");
    assert_eq!(told(&state).as_deref(), Some("The next decision does not stay as a rule"));
    state.run(Names::Filter(NameFilter { text: "nobody".to_owned(), ..NameFilter::default() }));
    press(&mut state, "Shift+M");
    assert_eq!((told(&state).as_deref(), state.queue.keeps_rule), (Some("No name is in focus"), false));
}

#[test]
fn filters_keep_a_name_in_focus_and_the_page_out_of_reach() {
    let mut state = names(&PAGES);
    state.run(Names::Filter(NameFilter { text: "bez".to_owned(), ..NameFilter::default() }));
    assert_eq!((rows(&state), at(&state)), (vec!["Bezos 2".to_owned()], "bezos"));
    let before = state.session().clone();
    press(&mut state, "Alt+→ Shift+→ Backspace b");
    assert_eq!(*state.session(), before, "keys of the page do nothing here");
    press(&mut state, "Ctrl+Enter");
    assert_eq!(state.stage.view, View::Review);
    assert_eq!(state.focused().map(|mention| state.open_article().map(|article| article.quote(mention.span))), Some(Some("Bezos")));
}

const THINGS: [&str; 2] = [
    "[PERSON? Maarika Oja] of the [ORG? Northern Cable Board] ([ORG? NCB]). [PERSON? Oja] spoke.",
    "[PERSON? Oja] left the [ORG? NCB] for [GPE? Peru].",
];

fn things(state: &Workbench) -> Vec<String> {
    let words = |row: &NameRow| {
        let kind = match &row.subject {
            Subject::Name(_) => "",
            Subject::Entity(_) => "=",
            Subject::Proposed(_) => "~",
        };
        format!("{kind}{} {}", row.name, row.settles)
    };
    state.queue.rows.iter().map(words).collect()
}

#[test]
fn things_gather_their_names_and_one_key_settles_and_links_them() {
    let mut state = names(&THINGS);
    assert_eq!(rows(&state), ["NCB 2", "Oja 2", "Maarika Oja 1", "Northern Cable Board 1", "Peru 1"]);
    press(&mut state, "u");
    assert_eq!(things(&state), ["~Maarika Oja 3", "~Northern Cable Board 3", "Peru 1"]);
    state.run(Names::Row(Subject::Proposed("maarika oja".into())));
    press(&mut state, "space");
    assert_eq!(
        dsl::show_all(state.session()),
        [
            "[PERSON! Maarika Oja] of the [ORG? Northern Cable Board] ([ORG? NCB]). [PERSON! Oja] spoke.",
            "[PERSON! Oja] left the [ORG? NCB] for [GPE? Peru].",
        ]
    );
    let entity = state.session().entities().values().next().expect("an entity");
    assert_eq!((entity.id.as_str(), &entity.aliases[..]), ("maarika-oja", &["Oja".to_owned()][..]));
    state.run(Names::Filter(NameFilter::default()));
    press(&mut state, "Ctrl+Z");
    assert_eq!(*state.session(), dsl::session(&THINGS), "one undo takes the entity back too");
    assert_eq!(at(&state), "maarika oja");
}

#[test]
fn names_are_joined_by_hand_and_shown_first() {
    let mut state = names(&PAGES);
    state.run(Names::Filter(NameFilter::default()));
    state.run(Names::Row(Subject::Name("bezos".into())));
    press(&mut state, "k");
    assert_eq!(state.stage.dialog, Some(Dialog::Link));
    let subject = link_subject(&state).expect("the name in focus");
    assert_eq!((subject.words.as_str(), subject.article), ("Bezos", None));
    state.run(Screen::Close);
    let entity = entities::change::new(state.session(), "Amazon", &"ORG".into());
    state.run(Link::New(Box::new(entity), Scope::Mention));
    assert!(state.session().entities().is_empty(), "only shown");
    let shown = state.queue.preview.as_ref().expect("a concordance");
    assert!(shown.rows.iter().any(|row| row.label.as_ref().is_some_and(|label| label.as_str() == "ORG")), "Amazon is gathered too");
    state.run(Decide::Apply);
    assert_eq!(state.session().entities().len(), 1);
    press(&mut state, "Ctrl+Z");
    assert_eq!(*state.session(), dsl::session(&PAGES));
}

#[test]
fn the_table_is_sorted_by_every_column_and_turned_round_from_the_keyboard() {
    let mut state = names(&PAGES);
    press(&mut state, "s");
    assert_eq!(state.queue.order, NameOrder::ExpectedWrong);
    for _ in 1..NameOrder::ALL.len() {
        press(&mut state, "s");
    }
    assert_eq!(state.queue.order, NameOrder::Settles, "round and round");
    let before = rows(&state);
    press(&mut state, "z");
    assert!(rows(&state).iter().eq(before.iter().rev()));
    press(&mut state, "z Shift+S");
    assert_eq!(state.queue.order, NameOrder::Score);
    state.run(Names::Sort(NameOrder::Name));
    state.run(Names::Sort(NameOrder::Name));
    assert!(state.queue.is_reversed, "the same column again turns the order round");
}

/// Twenty-five articles as a new user would open them: the table settles half of all mentions before anyone reads one.
#[test]
fn the_table_settles_half_of_a_corpus_before_an_article_is_read() {
    let mut state = state(Session::default());
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/sources");
    state.run(File::Add(vec![sources]));
    state.poll();
    state.run(File::TakeComing);
    while !state.running().is_empty() {
        state.poll();
    }
    assert!(state.session().articles().len() >= 20);
    let all = state.session().open_count();
    state.run(Screen::Show(View::Names));
    press(&mut state, "u");
    let mut presses = 0;
    while state.session().open_count() * 2 > all {
        let before = state.session().open_count();
        state.run(Decide::Confirm(Scope::Mention));
        presses += 1;
        let row = format!("{:?} {:?}", state.queue.at, state.notices.latest());
        assert!(state.session().open_count() < before, "every press settles something: {row}");
    }
    eprintln!("{presses} presses settled {} of {all} mentions", all - state.session().open_count());
    assert!(presses * 5 < all, "{presses} presses for {all} mentions");
    assert!(state.session().articles().iter().flat_map(|article| &article.mentions).all(|mention| mention.how != Some(How::Looked)));
}
