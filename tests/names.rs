//! The table of names by its keys, without a window.

use manicule::annotation::Verdict;
use manicule::decide::names::{NameFilter, Subject};
use manicule::workbench::{Command, State, View};

use crate::support::dsl;
use crate::workbench::{press, state};

const PAGES: [&str; 2] =
    ["[ORG? Amazon] paid [PERSON? Bezos]. [ORG? Amazon] did, and [LOC? Amazon] floods.", "[PERSON? Bezos] left Amazon. [GPE! Peru] stays."];

fn names(pages: &[&str]) -> State {
    let mut state = state(dsl::session(pages));
    // The index of names is built in the background.
    state.poll();
    state.run(Command::Show(View::Names));
    state
}

fn rows(state: &State) -> Vec<String> {
    state.queue.rows.iter().map(|row| format!("{} {}", row.name, row.settles)).collect()
}

fn at(state: &State) -> &str {
    match &state.queue.at {
        Some(Subject::Name(key) | Subject::Proposed(key)) => key,
        Some(Subject::Entity(id)) => id.as_str(),
        None => "none",
    }
}

#[test]
fn one_key_confirms_a_name_and_goes_to_the_next() {
    let mut state = names(&PAGES);
    assert_eq!(rows(&state), ["Amazon 3", "Bezos 2"]);
    assert_eq!((state.queue.totals.all, state.queue.totals.open, state.queue.totals.settled), (3, 2, 1));
    press(&mut state, "Tab space");
    assert_eq!(
        dsl::show_all(state.session()),
        [
            "[ORG? Amazon] paid [PERSON! Bezos]. [ORG? Amazon] did, and [LOC? Amazon] floods.",
            "[PERSON! Bezos] left Amazon. [GPE! Peru] stays.",
        ]
    );
    assert_eq!((rows(&state), at(&state)), (vec!["Amazon 3".to_owned()], "amazon"));
    press(&mut state, "Ctrl+Z");
    assert_eq!(*state.session(), dsl::session(&PAGES));
    assert_eq!(rows(&state), ["Amazon 3", "Bezos 2"]);
}

#[test]
fn another_decision_is_shown_first_and_applied_by_the_same_key() {
    let mut state = names(&PAGES);
    press(&mut state, "x");
    assert_eq!(*state.session(), dsl::session(&PAGES), "only shown");
    assert_eq!(state.concordance.as_ref().map(|concordance| concordance.ticked_count()), Some(3));
    press(&mut state, "x");
    assert_eq!(dsl::show_all(state.session())[0], "[ORG~ Amazon] paid [PERSON? Bezos]. [ORG~ Amazon] did, and [LOC~ Amazon] floods.");
    press(&mut state, "Ctrl+Z g g");
    assert!(dsl::show_all(state.session())[0].starts_with("[GPE! Amazon] paid"), "{:?}", dsl::show_all(state.session()));
}

#[test]
fn a_decision_can_stay_as_a_rule_and_one_undo_takes_both_back() {
    let mut state = names(&PAGES);
    press(&mut state, "x");
    state.run(Command::KeepRule(true));
    press(&mut state, "x");
    let rules = state.session().rules();
    assert_eq!(rules.len(), 1);
    assert_eq!((rules[0].name.as_str(), &rules[0].verdict), ("Amazon", &Verdict::Never));
    press(&mut state, "Ctrl+Z");
    assert_eq!(*state.session(), dsl::session(&PAGES));
}

#[test]
fn filters_keep_a_name_in_focus_and_the_page_out_of_reach() {
    let mut state = names(&PAGES);
    state.run(Command::FilterNames(NameFilter { text: "bez".to_owned(), ..NameFilter::default() }));
    assert_eq!((rows(&state), at(&state)), (vec!["Bezos 2".to_owned()], "bezos"));
    let before = state.session().clone();
    press(&mut state, "Alt+→ Shift+→ Backspace b");
    assert_eq!(*state.session(), before, "keys of the page do nothing here");
    press(&mut state, "Ctrl+Enter");
    assert_eq!(state.stage.view, View::Review);
    assert_eq!(state.focused().map(|mention| state.open_article_ref().map(|article| article.quote(mention.span))), Some(Some("Bezos")));
}
