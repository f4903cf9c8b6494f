//! What is said aloud, as the tree for screen readers has it; `.ci/heard-test` hears it through AT-SPI.

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::Window;
use crate::support::dsl;

/// What is in the live region now, and which node that is.
fn said(window: &Window) -> String {
    let all: Vec<String> = window.harness.query_all_by_role(Role::Log).filter_map(|node| node.accesskit_node().label()).collect();
    assert!(all.len() <= 1, "one thing at a time: {all:?}");
    all.concat()
}

#[track_caller]
fn check(window: &mut Window, key: &str, expected: &str) {
    window.press(key);
    assert_eq!(said(window), expected, "{key}");
}

#[test]
fn what_comes_into_focus_is_said() {
    let mut window = Window::open(dsl::session(&["[PERSON? Reiko Hanamori] saw [GPE! Stenbock House] and [ORG? NATO]"]));
    assert_eq!(said(&window), "article a; PERSON Reiko Hanamori, suggested");
    check(&mut window, "→", "GPE Stenbock House, confirmed");
    check(&mut window, "→", "ORG NATO, suggested");
    check(&mut window, "Shift+Tab", "PERSON Reiko Hanamori, suggested");
}

#[test]
fn a_decision_says_itself_and_what_comes_next() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] saw [GPE? Oslo] and [ORG? NATO] and [ORG? NATO] and [PERSON? Bo] here"]));
    check(&mut window, "X", "Rejected Ann; next: GPE Oslo");
    check(&mut window, "Space", "Confirmed Oslo; next: ORG NATO");
    check(&mut window, "Shift+X", "Rejected NATO ORG in this article, 2 mentions. One undo takes all of it back; next: PERSON Bo");
    check(&mut window, "Shift+→", "Moved the edge of Bo; now Bo here");
    check(&mut window, "Ctrl+Z", "Undone: move the edge of Bo; now Bo");
}

#[test]
fn the_caret_says_the_word_under_it_and_what_is_selected() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] saw Oslo"]));
    check(&mut window, "I", "Ann");
    check(&mut window, "→", "saw");
    check(&mut window, "Shift+→", "Oslo; selected saw Oslo");
    check(&mut window, "G", "Added saw Oslo GPE");
}

#[test]
fn the_same_words_are_said_again() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] saw [GPE? Oslo]"]));
    let id = |window: &Window| window.harness.query_all_by_role(Role::Log).map(|node| node.accesskit_node().id()).next();
    check(&mut window, "→", "GPE Oslo, suggested");
    let first = id(&window);
    window.press("←");
    check(&mut window, "→", "GPE Oslo, suggested");
    assert!(first.is_some() && first != id(&window), "a screen reader says what is new");
}
