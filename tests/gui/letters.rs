//! Words whose glyphs are not their characters, in the whole window. The faces that come with it have none of these
//! letters: they are drawn as boxes, and counted like letters.

use eframe::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use manicule::view::App;

use super::Window;
use crate::support::dsl;

fn open(articles: &[&str]) -> Window {
    let state = crate::workbench::state(dsl::session(articles));
    let builder = Harness::builder().with_size(egui::vec2(1280.0, 800.0)).with_max_steps(20).allow_missing_glyphs();
    let mut harness = builder.build_eframe(move |creation| App::new(state, &creation.egui_ctx));
    harness.run();
    Window { harness }
}

#[test]
fn end_and_backspace_take_the_last_character_of_a_field() {
    for (typed, left) in [("שלום", "שלו"), ("كريم نصار", "كريم نصا"), ("one שלום", "one שלו")] {
        let mut window = open(&["[PERSON? Ann] saw Oslo"]);
        window.press("/");
        window.type_text(typed);
        window.press("Home End Backspace");
        let field = window.harness.query_all_by_role(egui::accesskit::Role::TextInput).next().expect("the filter has the keys");
        assert_eq!(field.value().as_deref(), Some(left), "{typed}");
    }
}

#[test]
fn words_behind_a_name_from_the_right_are_where_they_are_seen() {
    let mut window = open(&["Amnon אמנון שטרנברג spoke to [PERSON? Ann] and [PERSON? Bo] on Monday"]);
    let (ann, bo) = (window.rect("PERSON Ann"), window.rect("PERSON Bo"));
    window.clicks(ann.right_center().lerp(bo.left_center(), 0.5), 2);
    let article = window.state().open_article().expect("an article is open");
    let selected = window.state().page.selection.map(|span| article.quote(span));
    assert_eq!(selected, Some("and"));
}
