//! The Certify view: a sample is drawn and answered by keys, blind to what was decided; the certificate beside it.

use manicule::annotation::Answer;
use manicule::decide::certificate::latest;
use manicule::workbench::{Certify, View};

use super::Window;
use crate::support::dsl;

fn drawn(pages: &[&str], mentions: usize, sentences: usize) -> Window {
    let mut window = Window::open(dsl::session(pages));
    window.press("F8");
    window.run(Certify::Draw(mentions, sentences));
    window
}

fn answers(window: &Window) -> Vec<Option<Answer>> {
    latest(window.state().session()).expect("a sample").items.iter().map(|item| item.answer.clone()).collect()
}

#[test]
fn a_question_says_nothing_of_what_was_decided_and_a_letter_answers_it() {
    let mut window = drawn(&["[ORG! Kelp] grew."], 9, 0);
    assert_eq!(window.state().stage.view, View::Certify);
    assert!(window.shows("QUESTION 1 OF 1") && window.shows("Which label do the marked words have?"));
    assert!(!window.shows("confirmed"));
    window.press("Space");
    assert_eq!(answers(&window), [None], "to confirm would be to know");
    window.press("G");
    assert_eq!(answers(&window), [Some(Answer::Label("GPE".into()))]);
    assert!(window.shows("1 wrong of 1 looked at"));
    assert_eq!(window.pages(), ["[ORG! Kelp] grew."], "an answer decides nothing");
    window.press("O");
    assert!(window.shows("0 wrong of 1 looked at"), "another answer takes its place");
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(answers(&window), [None]);
    window.press("X");
    assert_eq!(answers(&window), [Some(Answer::Nothing)]);
    window.press("Shift+→");
    assert_eq!(answers(&window), [Some(Answer::Edges)]);
}

#[test]
fn of_a_sentence_every_names_letter_is_pressed() {
    let mut window = drawn(&["[ORG! Kelp] left Oslo."], 0, 9);
    window.press("G O O Backspace");
    assert!(window.shows("2 names: GPE, ORG"));
    window.press("Space");
    assert_eq!(answers(&window), [Some(Answer::Names(vec!["GPE".into(), "ORG".into()]))]);
    assert!(window.shows("1 wrong of 1 looked at"), "a place was missed");
    window.press("Enter");
    assert_eq!(answers(&window), [Some(Answer::Names(Vec::new()))], "no name at all");
}

#[test]
fn the_next_question_comes_by_itself_and_tab_passes_one_over() {
    let mut window = drawn(&["[ORG! Kelp] and [ORG! Reed] and [ORG! Tam] grew."], 3, 0);
    assert!(window.shows("QUESTION 1 OF 3"));
    window.press("Tab");
    assert!(window.shows("QUESTION 2 OF 3"));
    window.press("O");
    assert!(window.shows("QUESTION 3 OF 3"));
    assert!(!window.shows("looked at"), "it would say what was decided");
    let tell = window.top_rect("Show what they come to so far");
    window.click(tell.center());
    assert!(window.shows("0 wrong of 1 looked at"));
    window.press("O");
    assert!(window.shows("QUESTION 1 OF 3"), "round the end");
    window.press("O");
    assert!(window.shows("Every question is answered"));
}

#[test]
fn there_is_nothing_to_draw_before_something_is_settled() {
    let mut window = drawn(&["[ORG? Kelp] grew."], 9, 9);
    assert!(window.shows("No article is settled as a whole yet"));
    assert!(window.shows("How much of what is settled is wrong?"));
    let offer = window.top_rect("Draw 60 mentions and 30 sentences");
    window.click(offer.center());
    assert!(window.state().session().certificates().is_empty());
}

#[test]
fn enter_draws_where_there_is_no_sample_yet_and_every_offer_is_read_whole() {
    let mut window = Window::sized(dsl::session(&["[ORG! Kelp] grew."]), 1024.0, 700.0);
    window.press("F8");
    let cut: Vec<_> = window.texts().into_iter().filter(|(words, _, is_cut)| words.contains("no mention is wrong") && *is_cut).collect();
    assert!(cut.is_empty(), "{cut:?}");
    let edge = window.top_rect("Certificate").left();
    let offers = window.texts().into_iter().filter(|(words, ..)| words.contains("no mention is wrong"));
    offers.for_each(|(words, rect, _)| assert!(rect.right() < edge, "{words} ends at {}, the pane at {edge}", rect.right()));
    window.press("Enter");
    assert!(window.shows("QUESTION 1 OF"));
}
