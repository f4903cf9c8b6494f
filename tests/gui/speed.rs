//! What a frame may cost. Generous bounds, since tests run on any machine and without full optimisation; the benches
//! measure.

use std::time::Instant;

use super::Window;
use crate::support::dsl;

/// A page of a megabyte with ten thousand mentions opens, scrolls and is decided on; no single frame takes long.
#[test]
fn a_megabyte_with_ten_thousand_mentions_stays_usable() {
    let line = "The board of [ORG? Northern Cable] met [PERSON? Maarika Oja] in the harbour on a day with wind and rain, and said so. ";
    let page: String = (0..5_000).map(|i| line.to_owned() + if i % 4 == 3 { "\n" } else { "" }).chain([" word".repeat(80_000)]).collect();
    let mut window = Window::open(dsl::session(&[&page]));
    assert!(window.state().open_article().is_some_and(|article| article.text.len() > 800_000 && article.mentions.len() == 10_000));
    let mut frames: Vec<f64> = (0..40)
        .map(|i| {
            window.harness.key_press(if i % 8 == 0 { eframe::egui::Key::PageDown } else { eframe::egui::Key::Space });
            let start = Instant::now();
            window.harness.step();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    frames.sort_by(f64::total_cmp);
    eprintln!("frame: median {:.1} ms, longest {:.1} ms", frames[20], frames[39]);
    assert!(frames[20] < 200.0, "the median frame took {:.1} ms", frames[20]);
}

#[test]
fn a_line_of_a_hundred_thousand_characters_does_not_hang() {
    let page = format!("[ORG? NATO] {}", "x".repeat(100_000));
    let start = Instant::now();
    let mut window = Window::open(dsl::session(&[&page]));
    window.press("X");
    assert!(start.elapsed().as_secs() < 20);
    assert!(window.pages()[0].starts_with("[ORG~ NATO]"));
}
