//! The mouse can do all of it.

use eframe::egui::{Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;

use super::Window;
use crate::support::dsl;

const MET: &str = "[PERSON? Angela Merkel] met [ORG? NATO] in [GPE? Brussels].";

fn focus(window: &Window) -> String {
    let article = window.state().open_article().expect("an article is open");
    window.state().focused().map(|mention| article.quote(mention.span).to_owned()).unwrap_or_default()
}

fn selected(window: &Window) -> String {
    let article = window.state().open_article().expect("an article is open");
    window.state().page.selection.map(|span| article.quote(span).to_owned()).unwrap_or_default()
}

/// A place in the words between two mentions.
fn between(window: &Window, left: &str, right: &str) -> Pos2 {
    let (left, right) = (window.rect(left), window.rect(right));
    left.right_center() + (right.left_center() - left.right_center()) * 0.5
}

#[test]
fn a_click_focuses_and_a_button_decides() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.click(window.rect("ORG NATO, suggested").center());
    assert_eq!(focus(&window), "NATO");
    window.click(window.rect("reject").center());
    assert_eq!(window.pages(), ["[PERSON? Angela Merkel] met [ORG~ NATO] in [GPE? Brussels]."]);
    window.click(window.rect("FAC").center());
    assert_eq!(window.pages(), ["[PERSON? Angela Merkel] met [ORG~ NATO] in [FAC! Brussels]."]);
}

#[test]
fn another_click_reaches_the_mention_around() {
    let mut window = Window::open(dsl::session(&["[GPE! Oslo]: [ORG? Bank of [GPE? China]] lent"]));
    let at = window.rect("GPE China").center();
    window.click(at);
    assert_eq!(focus(&window), "China");
    window.harness.run_steps(40);
    window.click(at);
    assert_eq!(focus(&window), "Bank of China");
}

#[test]
fn a_drag_selects_whole_words_and_a_chip_adds_them() {
    let mut window = Window::open(dsl::session(&["Then [PERSON? Ann] met Ban Ki in [GPE? Oslo] today"]));
    let from = window.rect("PERSON Ann").right_center() + vec2(50.0, 0.0);
    let to = window.rect("GPE Oslo").left_center() - vec2(34.0, 0.0);
    window.drag(from, to);
    assert_eq!(selected(&window), "Ban Ki");
    // The inspector at the right offers the same labels.
    let chip = window.harness.query_all_by_label("PERSON").map(|node| node.rect()).find(|rect| rect.right() < 950.0);
    window.click(chip.expect("labels are offered beside the selection").center());
    assert_eq!(window.pages(), ["Then [PERSON? Ann] met [PERSON!* Ban Ki] in [GPE? Oslo] today"]);
}

#[test]
fn two_clicks_take_a_word_and_shift_extends_it() {
    let mut window = Window::open(dsl::session(&[MET]));
    let met = between(&window, "PERSON Angela", "ORG NATO");
    window.clicks(met, 2);
    assert_eq!(selected(&window), "met");
    let nato = window.rect("ORG NATO").center();
    window.harness.run_steps(40);
    window.button(nato, PointerButton::Primary, Modifiers::SHIFT);
    assert_eq!(selected(&window), "met NATO");
}

#[test]
fn two_clicks_take_the_token_that_is_under_the_pointer() {
    let mut window = Window::open(dsl::session(&["The [GPE? U.S.] troops of [ORG? AT&T] said [ORG? Photo]:[ORG? Reuters] left"]));
    for (label, word) in [("GPE U.S.", "U.S."), ("ORG AT&T", "AT&T"), ("ORG Photo", "Photo"), ("ORG Reuters", "Reuters")] {
        let rect = window.rect(label);
        for share in [0.04, 0.2, 0.4, 0.6, 0.8, 0.96] {
            window.clicks(rect.left_center() + vec2(rect.width() * share, 0.0), 2);
            assert_eq!(selected(&window), word, "{share} of the way through");
            window.harness.run_steps(40);
        }
    }
    let colon = window.rect("ORG Photo").right_center().lerp(window.rect("ORG Reuters").left_center(), 0.5);
    window.clicks(colon, 2);
    assert_eq!(selected(&window), ":");
}

#[test]
fn a_click_puts_the_caret_before_the_token_that_is_under_the_pointer() {
    let mut window = Window::open(dsl::session(&["The [ORG? Photo]:[ORG? Reuters] left early [GPE? Oslo]"]));
    let (from, to) = (window.rect("ORG Reuters").right_center(), window.rect("GPE Oslo").left_center());
    window.press("I");
    assert_eq!(selected(&window), "Photo", "the caret begins at the focus");
    let words: Vec<String> = (4..57)
        .map(|n| {
            window.click(from.lerp(to, n as f32 / 60.0));
            window.harness.run_steps(40);
            selected(&window)
        })
        .collect();
    assert!(words.iter().all(|word| word == "left" || word == "early"), "{words:?}");
    let turn = words.iter().position(|word| word == "early").expect("it was passed");
    assert!(words[..turn].iter().all(|word| word == "left") && words[turn..].iter().all(|word| word == "early"), "{words:?}");
}

#[test]
fn three_clicks_take_a_sentence() {
    let mut window = Window::open(dsl::session(&["One came. [PERSON? Ann] met them there. Three left."]));
    let at = window.rect("PERSON Ann").right_center() + vec2(20.0, 0.0);
    window.clicks(at, 3);
    assert_eq!(selected(&window), "Ann met them there.");
}

#[test]
fn the_menu_of_the_page_decides() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.button(window.rect("GPE Brussels").center(), PointerButton::Secondary, Modifiers::NONE);
    assert_eq!(focus(&window), "Brussels");
    assert!(window.shows("Retype as") && window.shows("Confirm everywhere…"));
    window.click(window.rect("Reject in this article").center());
    assert_eq!(window.pages(), ["[PERSON? Angela Merkel] met [ORG? NATO] in [GPE~ Brussels]."]);
}

#[test]
fn a_click_in_the_list_opens_an_article() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann]", "[PERSON? Bob]"]));
    window.click(window.rect("b, 0 of 1").center());
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("b"));
}

#[test]
fn a_concordance_line_goes_to_its_place() {
    let mut window = Window::open(dsl::session(&["[ORG? NATO] met", "Then [ORG? NATO] left"]));
    window.click(window.rect("Then NATO left, b").center());
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("b"));
    assert_eq!(focus(&window), "NATO");
}
