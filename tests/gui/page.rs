//! The page: what it names for screen readers, where it scrolls and where not.

use super::Window;
use crate::support::dsl;

#[test]
fn mentions_are_named_with_label_words_state_and_number() {
    let window = Window::open(dsl::session(&["[PERSON! Ann] met [ORG? NATO] and [GPE~ Oslo]."]));
    assert!(window.shows("PERSON Ann, confirmed"));
    assert!(window.shows("ORG NATO, suggested"));
    assert!(!window.shows("GPE Oslo, rejected"), "rejected mentions are hidden");
}

#[test]
fn rejected_mentions_show_on_demand() {
    let mut window = Window::open(dsl::session(&["[PERSON! Ann] met [GPE~ Oslo]."]));
    window.press("V");
    assert!(window.shows("GPE Oslo, rejected"));
}

#[test]
fn tags_never_move_text() {
    let mut window = Window::open(dsl::session(&["[PERSON? Angela Merkel] met [ORG? NATO] in [GPE? Brussels]."]));
    let before = window.rect("GPE Brussels");
    for keys in ["Space", "X", "V", "Ctrl+Z", "L"] {
        window.press(keys);
        assert_eq!(window.rect(" Brussels, "), before, "after {keys}");
    }
}

#[test]
fn the_page_moves_only_when_the_focus_leaves_its_middle() {
    let lines: Vec<String> = (0..60).map(|i| format!("Line {i} tells of [PERSON? Person{i}] at length.")).collect();
    let mut window = Window::open(dsl::session(&[&lines.join("\n")]));
    let first = window.rect("Person1,");
    window.press("Tab");
    assert_eq!(window.rect("Person1,"), first, "the second line is no reason to scroll");
    for _ in 0..30 {
        window.press("Tab");
    }
    let focus = window.rect("Person31,");
    let page = window.rect("Article");
    let share = (focus.center().y - page.top()) / page.height();
    assert!((0.2..0.8).contains(&share), "the focus stands in the middle, not at {share}");
    window.press("Ctrl+PageUp");
}

#[test]
fn the_page_follows_the_focus_also_after_something_was_found() {
    let lines: Vec<String> = (0..60).map(|i| format!("Line {i} tells of [PERSON? Person{i}] at length.")).collect();
    let mut window = Window::open(dsl::session(&[&lines.join("\n")]));
    window.press("Ctrl+F");
    window.type_text("line 2");
    window.press("Enter Esc Esc");
    for _ in 0..40 {
        window.press("Tab");
    }
    let focus = window.state().focused().map(|mention| mention.span).expect("a mention is in focus");
    let text = window.state().open_article().map(|article| article.quote(focus).to_owned()).unwrap_or_default();
    // What is not on screen is not named.
    assert!((100.0..700.0).contains(&window.rect(&format!("{text},")).center().y), "{text}");
}

#[test]
fn a_click_never_scrolls_the_page_away_from_the_pointer() {
    let lines: Vec<String> = (0..60).map(|i| format!("Line {i} tells of [PERSON? Person{i}] at length.")).collect();
    let mut window = Window::open(dsl::session(&[&lines.join("\n")]));
    let low = window.rect("Person13,");
    window.click(low.center());
    assert_eq!(window.rect("Person13,"), low);
}

#[test]
fn an_empty_session_says_what_to_do() {
    let window = Window::open(dsl::session(&[]));
    assert!(window.shows("Open articles, a folder or a session…"));
}
