//! Dialogs: what is typed into them reaches the session.

use egui_kittest::kittest::Queryable as _;
use manicule::workbench::Dialog;

use super::Window;
use crate::support::dsl;

const MET: &str = "[PERSON? Angela Merkel] met [ORG? NATO] in [GPE? Brussels].";

#[test]
fn the_palette_finds_a_command_and_does_it() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press("Ctrl+K");
    window.type_text("reje");
    window.press("Enter");
    assert_eq!(window.pages(), ["[PERSON~ Angela Merkel] met [ORG? NATO] in [GPE? Brussels]."]);
    assert_eq!(window.state().stage.dialog, None);
}

#[test]
fn a_note_is_kept() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press(";");
    window.type_text("former chancellor");
    window.press("Ctrl+Enter");
    assert_eq!(window.state().focused().and_then(|mention| mention.note.as_deref()), Some("former chancellor"));
}

#[test]
fn a_mention_is_linked_to_a_new_entity() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press("K Enter");
    let entity = window.state().focused().and_then(|mention| mention.entity.clone());
    assert_eq!(entity.map(|id| id.to_string()).as_deref(), Some("angela-merkel"));
    assert_eq!(window.state().session().entities().len(), 1);
}

#[test]
fn finding_marks_steps_and_tags_all() {
    let mut window = Window::open(dsl::session(&["Ban met Ban and [PERSON! Ban] again"]));
    window.press("Ctrl+F");
    window.type_text("ban");
    assert_eq!(window.state().find.matches.len(), 3);
    assert!(window.shows("3 matches"));
    window.press("Esc Tab Ctrl+F F3");
    let first = window.state().find.at.expect("a match is current");
    window.press("F3");
    assert_eq!(window.state().find.at, Some((first + 1) % 3));
    window.press("Shift+F3");
    assert_eq!(window.state().find.at, Some(first));
    window.click(window.rect("Tag all as").center());
    window.click(window.top_rect("NORP").center());
    assert_eq!(window.pages(), ["[NORP!* Ban] met [NORP!* Ban] and [PERSON! Ban] again"]);
}

#[test]
fn going_to_an_article_by_its_title() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann]", "[PERSON? Bob]", "[PERSON? Cy]"]));
    window.press("Ctrl+G");
    window.type_text("c");
    window.press("Enter");
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("c"));
}

#[test]
fn details_of_an_article_are_edited() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press("Ctrl+D");
    window.type_text("A summit");
    window.press("Enter");
    assert_eq!(window.state().open_article_ref().map(|article| article.title()), Some("A summit"));
    assert_eq!(window.state().stage.dialog, None);
}

#[test]
fn a_dialog_swallows_the_keys_of_the_page() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press("? X Space Tab O");
    assert_eq!(window.pages(), [MET]);
    assert_eq!(window.state().stage.dialog, Some(Dialog::Help));
}

#[test]
fn every_dialog_fits_a_small_window() {
    let mut window = Window::sized(dsl::session(&[MET]), 1024.0, 700.0);
    for key in ["K", ";", "Ctrl+G", "Ctrl+O", "Ctrl+E", "Ctrl+K", "?", "Ctrl+L", "Ctrl+D", "Ctrl+,"] {
        window.press(key);
        for name in ["Close", "Cancel", "Keep", "Open", "Export"] {
            for node in window.harness.query_all_by_label(name) {
                let rect = node.rect();
                assert!(rect.bottom() <= 700.0 && rect.right() <= 1024.0, "{key}: {name} lies at {rect:?}");
            }
        }
        window.press("Esc");
    }
}

#[test]
fn settings_take_effect_and_say_what_collides() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press("Ctrl+,");
    window.click(window.rect("Keys").center());
    window.click(window.rect("Find a command").center());
    window.type_text("reject");
    let field = window.harness.get_all_by_label("Reject").map(|node| node.rect()).find(|rect| rect.width() > 200.0).expect("a field");
    window.clicks(field.center(), 3);
    window.type_text("Space");
    assert!(window.shows("Space belongs to both confirm and reject"));
    window.clicks(field.center(), 3);
    window.type_text("Ctrl+Alt+J");
    window.click(window.rect("Keep").center());
    window.press("Ctrl+Alt+J");
    assert_eq!(window.pages(), ["[PERSON~ Angela Merkel] met [ORG? NATO] in [GPE? Brussels]."]);
}
