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

#[test]
fn no_dialog_moves_the_page_by_opening_or_closing() {
    let lines: Vec<String> = (0..60).map(|i| format!("Line {i} tells of [PERSON? Person{i}] and Velden at length.")).collect();
    let page = lines.join("\n");
    let mut moved = Vec::new();
    for steps in [0, 3, 12, 30, 59] {
        for (keys, leave) in [
            (";", "Esc"),
            ("K", "Esc"),
            ("?", "Esc"),
            ("Ctrl+K", "Esc"),
            ("Ctrl+G", "Esc"),
            ("Ctrl+D", "Esc"),
            ("Ctrl+D", "Enter"),
            ("Ctrl+L", "Esc"),
            ("Ctrl+,", "Esc"),
            ("Ctrl+O", "Esc"),
            ("Ctrl+E", "Esc"),
            ("Ctrl+F", "Esc"),
            ("Ctrl+Shift+Space", "Esc"),
        ] {
            let mut window = Window::open(dsl::session(&[&page, &page]));
            for _ in 0..steps {
                window.press("Tab");
            }
            let name = format!("Person{steps},");
            let before = window.rect(&name);
            window.press(keys);
            if window.rect(&name) != before {
                moved.push(format!("at {steps}, {keys} opens: {} to {}", before.top(), window.rect(&name).top()));
            }
            window.press(leave);
            if window.rect(&name) != before {
                moved.push(format!("at {steps}, {leave} leaves {keys}: {} to {}", before.top(), window.rect(&name).top()));
            }
        }
    }
    assert!(moved.is_empty(), "{moved:#?}");
}

#[test]
fn the_chip_of_the_focus_stays_clear_of_the_strip_beside_the_page() {
    for width in [640.0, 1024.0, 1280.0] {
        let filler = "words that fill the line up to its end, ";
        for n in 1..6 {
            let page = format!("{}[WORK_OF_ART? The Long Harbour] and [WORK_OF_ART? Old Tide] came", filler.repeat(n));
            let mut window = Window::sized(dsl::session(&[&page]), width, 700.0);
            for _ in 0..2 {
                let is_chip = |words: &str| words.contains("WORK_OF_ART · suggested");
                let chips: Vec<_> = window.texts().into_iter().filter(|(words, ..)| is_chip(words)).map(|(_, rect, _)| rect).collect();
                assert_eq!(chips.len(), 1, "{width}");
                let strip = window.rect("Overview of the article");
                assert!(chips.iter().all(|chip| chip.right() + 6.0 <= strip.left()), "{width}: {chips:?} and {strip:?}");
                window.press("→");
            }
        }
    }
}
