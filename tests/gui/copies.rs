//! Copies of one text: marked in the list, gone through by one key, settled alike after a preview, one undo.

use manicule::workbench::{Dialog, File};

use super::Window;
use crate::support::dsl;

const TEXT: &str = "was late again on Monday, and nobody on the island knew when the next boat would leave the harbour for the winter.";

fn pages() -> [String; 3] {
    [
        format!("[ORG! Kelp Board] met. The ferry to [GPE! Dovik] {TEXT} It cost 12 million, said [PERSON! Reed]."),
        "Snow fell on [GPE? Oslo] and nobody minded.".to_owned(),
        format!("The lead is new. The ferry to [PERSON? Dovik] {TEXT} It cost 13 million, said [ORG? Reed]."),
    ]
}

fn window() -> Window {
    let pages = pages();
    let mut window = Window::open(dsl::session(&pages.iter().map(String::as_str).collect::<Vec<_>>()));
    // It opens where something is undecided.
    window.press("Ctrl+PageUp");
    window
}

fn open(window: &Window) -> Option<String> {
    window.state().page.article.as_ref().map(|id| id.as_str().to_owned())
}

#[test]
fn copies_are_marked_and_one_key_goes_from_one_to_the_next() {
    let mut window = window();
    assert!(window.shows("1 of 2 copies") && window.shows("2 of 2 copies"));
    window.press("Alt+C");
    assert_eq!(open(&window).as_deref(), Some("c"));
    window.press("Alt+C");
    assert_eq!(open(&window).as_deref(), Some("a"));
    window.press("Ctrl+PageDown Alt+C");
    assert_eq!(open(&window).as_deref(), Some("b"), "it has none");
    assert!(window.shows("This article has no copies here"));
}

#[test]
fn the_list_shows_each_text_once_or_only_copies() {
    let mut window = window();
    assert!(window.shows("With all copies"));
    let choose = |window: &mut Window, words: &str| {
        let box_of = window.top_rect("Copies among the articles");
        window.click(box_of.center());
        let choice = window.top_rect(words);
        window.click(choice.center());
    };
    choose(&mut window, "Each text once");
    assert!(window.shows("1 of 2 copies") && !window.shows("2 of 2 copies") && window.shows("b, 0 of 1"));
    choose(&mut window, "Only copies");
    assert!(window.shows("1 of 2 copies") && window.shows("2 of 2 copies"));
    assert!(!window.shows("b, 0 of 1"), "it has no copies");
}

#[test]
fn copies_are_settled_alike_after_a_preview_and_one_undo_takes_it_back() {
    let mut window = window();
    window.press("Alt+Shift+C");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Copies));
    for told in ["1 place is settled as in its copy", "1 stays open because its sentence reads otherwise", "→ GPE", "the sentence differs"]
    {
        assert!(window.shows(told), "{told}");
    }
    window.press("Esc");
    assert_eq!(window.pages().to_vec(), pages().to_vec());
    window.press("Alt+Shift+C Enter");
    let settled = pages()[2].replace("[PERSON? Dovik]", "[GPE! Dovik]");
    assert_eq!(window.pages()[2], settled);
    assert!(window.shows("Settled 1 mention as in another copy"));
    window.press("Ctrl+Z");
    assert_eq!(window.pages().to_vec(), pages().to_vec());
}

#[test]
fn it_is_told_when_copies_come() {
    let mut window = Window::open(dsl::session(&["[ORG! Kelp] and the ferry were late again on Monday.", "Snow fell."]));
    assert!(!window.shows("copies"));
    window.run(File::Paste("Kelp and the ferry were late again on Monday.".to_owned()));
    assert!(window.shows("1 article says what another says"));
}
