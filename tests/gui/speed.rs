//! Pages far beyond the usual: what is painted goes by the window and not by the page. How long a frame takes, the benches
//! tell.

use super::Window;
use crate::support::dsl;

/// A page of a megabyte with ten thousand mentions opens, scrolls and is decided on; a frame paints no more than is in sight.
#[test]
fn a_megabyte_with_ten_thousand_mentions_stays_usable() {
    let line = "The board of [ORG? Northern Cable] met [PERSON? Maarika Oja] in the harbour on a day with wind and rain, and said so. ";
    let page: String = (0..5_000).map(|i| line.to_owned() + if i % 4 == 3 { "\n" } else { "" }).chain([" word".repeat(80_000)]).collect();
    let mut window = Window::open(dsl::session(&[&page]));
    assert!(window.state().open_article().is_some_and(|article| article.text.len() > 800_000 && article.mentions.len() == 10_000));
    let mut most = 0;
    for i in 0..40 {
        window.harness.key_press(if i % 8 == 0 { eframe::egui::Key::PageDown } else { eframe::egui::Key::Space });
        window.harness.step();
        most = most.max(window.texts().iter().map(|(words, ..)| words.len()).sum());
    }
    assert!((1_000..60_000).contains(&most), "{most} bytes of text were painted");
    assert!(window.state().session().articles()[0].mentions.iter().filter(|mention| mention.is_confirmed()).count() >= 30);
}

#[test]
fn a_line_of_a_hundred_thousand_characters_can_be_decided_on() {
    let page = format!("[ORG? NATO] {}", "x".repeat(100_000));
    let mut window = Window::open(dsl::session(&[&page]));
    window.press("X");
    assert!(window.pages()[0].starts_with("[ORG~ NATO]"));
}
