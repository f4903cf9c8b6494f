//! The Check view: what is settled in different ways, mended or found right by one key.

use manicule::workbench::{Dialog, View};

use super::Window;
use crate::support::dsl;

const PAGES: [&str; 3] = [
    "[ORG! Kelp] and [ORG! Kelp] met Mr. [PERSON! Reed].",
    "[ORG! Kelp] grew, said [PERSON! Mr. Reed].",
    "[GPE! Kelp] fell. [GPE! Oslo] [LOC! Oslo]",
];

fn window() -> Window {
    let mut window = Window::open(dsl::session(&PAGES));
    window.press("F7");
    window
}

fn shown(window: &Window) -> Vec<String> {
    let findings = &window.state().findings;
    (0..findings.len()).filter_map(|row| findings.get(row)).map(|finding| finding.words.clone()).collect()
}

const OSLO: &str = "“Oslo” is GPE once and LOC once in one article";
const KELP: &str = "“Kelp” is ORG 3 times and GPE once";
const REED: &str = "“Reed” is tagged once with the title and once without";

#[test]
fn findings_are_listed_with_what_would_change() {
    let window = window();
    assert_eq!(window.state().stage.view, View::Check);
    assert_eq!(shown(&window), [OSLO, KELP, REED]);
    assert!(window.shows("Several labels across articles · make it ORG, 1 place"));
    assert!(window.shows("All 3"));
}

#[test]
fn one_key_mends_and_one_undo_takes_it_back() {
    let mut window = window();
    window.press("↓ Space");
    assert!(window.pages()[2].starts_with("[ORG! Kelp]"), "{:?}", window.pages());
    assert_eq!(shown(&window), [OSLO, REED]);
    assert_eq!(window.state().findings.focused().map(|finding| finding.words.as_str()), Some(REED));
    window.press("Space");
    assert!(window.pages()[1].ends_with("said Mr. [PERSON! Reed]."), "{:?}", window.pages());
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.pages(), PAGES);
    assert_eq!(shown(&window), [OSLO, KELP, REED], "the list is renewed as decisions fall");
}

#[test]
fn one_key_says_that_it_is_right_so_and_what_is_not_sure_is_not_mended() {
    let mut window = window();
    window.press("Space");
    assert_eq!(window.pages(), PAGES, "nobody can say which label Oslo has");
    window.press("X");
    assert_eq!(shown(&window), [KELP, REED]);
    assert!(window.shows("1 found right"));
    assert_eq!(window.state().session().dismissals().len(), 1);
    window.press("Ctrl+Z");
    assert_eq!(shown(&window).len(), 3);
}

#[test]
fn enter_goes_to_the_place() {
    let mut window = window();
    window.press("↓ Enter");
    assert_eq!(window.state().stage.view, View::Review);
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("c"));
    let focused = window.state().focused().map(|mention| mention.label.as_str().to_owned());
    assert_eq!(focused.as_deref(), Some("GPE"));
}

#[test]
fn it_is_told_when_the_last_article_is_done_and_before_an_export() {
    let mut window = Window::open(dsl::session(&["[ORG! Kelp], [ORG! Kelp], [ORG! Kelp]", "[GPE! Kelp]. [GPE? Oslo]"]));
    window.press("Ctrl+PageDown Ctrl+Enter");
    let told = "Every article is settled. One thing is settled in different ways: ";
    assert!(window.state().notices.latest().is_some_and(|notice| notice.text.starts_with(told)));
    window.press("Ctrl+E");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Export));
    assert!(window.shows("One thing is settled in different ways."));
    let look = window.top_rect("Look");
    window.click(look.center());
    assert_eq!((window.state().stage.view, window.state().stage.dialog), (View::Check, None));
    let sound = Window::open(dsl::session(&["[ORG! Kelp]"]));
    assert!(!sound.shows("settled in different ways"));
}

#[test]
fn a_line_under_the_list_tells_of_it_once_an_article_is_done() {
    let pages = ["[ORG! Kelp], [ORG! Kelp], [ORG! Kelp], [GPE? Kelp]", "[GPE? Oslo]", "[GPE? Oslo]"];
    let mut window = Window::open(dsl::session(&pages));
    assert!(!window.shows("settled in different ways"));
    window.press("Ctrl+Enter");
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("b"));
    assert!(window.shows("One thing is settled in different ways:"));
    let look = window.top_rect("look");
    window.click(look.center());
    assert_eq!(window.state().stage.view, View::Check);
    window.press("X");
    window.press("Ctrl+1");
    assert!(!window.shows("settled in different ways"), "it was found right");
}

#[test]
fn nothing_is_said_where_nothing_differs_and_commands_say_where_they_belong() {
    let mut window = Window::open(dsl::session(&["[ORG! Kelp]"]));
    window.press("F7");
    assert!(window.shows("Nothing is settled in different ways."));
    let mut open = Window::open(dsl::session(&["[ORG? Kelp]"]));
    open.press("F7");
    assert!(open.shows("Nothing is settled yet."));
}
