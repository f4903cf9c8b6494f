//! The Rules view as it is drawn: rows, the form, its live matches.

use manicule::annotation::{Label, Session, StandingRule, Time, Verdict};

use super::Window;
use crate::support::dsl;

fn window(page: &str) -> Window {
    let session = dsl::session(&[page]);
    let verdict = Verdict::Always(Label::new("ORG"));
    let rule = StandingRule { name: "Kelp Board".to_owned(), verdict, off: false, note: String::new(), by: "".into(), at: Time(0) };
    let (session, _) = Session::from_parts((**session.scheme()).clone(), session.articles().iter().cloned(), [], vec![rule]);
    let mut window = Window::open(session);
    window.press("Ctrl+4");
    window
}

#[test]
fn rows_are_named_for_screen_readers_and_reached_by_keys_and_pointer() {
    let mut window = window("[ORG? Kelp Board] met [GPE? Oslo].");
    assert!(window.shows("Kelp Board, ORG on, standing decision · always ORG"));
    window.press("Space");
    assert!(window.state().session().rules()[0].off);
    window.press("Space ↓ ↓ Space");
    assert_eq!(window.state().settings().lists_off.len(), 1);
    let name = window.state().rulebook.rows[4].name.clone();
    let row = window.rect(&format!("{name}, "));
    window.click(row.center());
    assert_eq!(window.state().rulebook.row().map(|row| row.name.as_str()), Some(name.as_str()));
    window.click(row.left_center() + eframe::egui::vec2(16.0, 0.0));
    assert!(window.state().settings().lists_off.contains(&name), "the disc is a switch");
}

#[test]
fn the_filter_takes_letters() {
    let mut window = window("[ORG? Kelp Board] met [GPE? Oslo].");
    window.press("/");
    window.type_text("nationalities");
    assert_eq!(window.state().rulebook.rows.len(), 1);
    window.press("Esc F6");
    assert!(window.shows("Tag all again…"));
}

#[test]
fn a_rule_is_written_with_its_matches_beside() {
    let mut window = window("The Kelp Board met the Reed Board in [GPE? Oslo].");
    window.press("Ctrl+M");
    assert!(window.shows("No match in"));
    window.type_text("boards");
    window.press("Tab Tab");
    window.type_text(r"\w+ Board");
    assert!(window.shows("2 matches in"), "live");
    window.press("Ctrl+Enter");
    assert!(window.shows("its folder is where its lists are kept"), "without a file there is no folder yet");
    window.type_text("(");
    assert!(window.shows("the pattern is no regular expression"));
    window.press("Esc");
    assert!(window.state().rulebook.writing.is_none());
    assert!(!window.shows("In the open article"));
}

#[test]
fn a_small_window_shows_list_and_rule_in_turn() {
    let mut window = Window::sized(dsl::session(&["[ORG? Kelp Board] met [GPE? Oslo]."]), 560.0, 380.0);
    window.press("Ctrl+4");
    assert!(window.shows("Filter rules") && !window.shows("Tag all again…"));
    window.click(window.rect("the rule").center());
    assert!(window.shows("Tag all again…") && !window.shows("Filter rules"));
    window.click(window.rect("back to the list").center());
    assert!(window.shows("Filter rules"));
    window.press("Ctrl+M");
    assert!(window.shows("Pattern, a regular expression") && window.shows("Keep"));
}
