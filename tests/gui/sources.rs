//! Changed sources in the window, by its keys.

use egui_kittest::kittest::Queryable as _;
use manicule::workbench::Dialog;

use super::Window;
use crate::sources::{CHANGED, PAGE, session};

#[test]
fn a_changed_source_is_taken_over_and_its_orphan_let_go_by_keys() {
    let (folder, session) = session(&[PAGE]);
    std::fs::write(folder.path().join("a.txt"), CHANGED).unwrap();
    let mut window = Window::open(session.clone());
    window.press("Ctrl+R");
    assert!(window.shows("1 of 1 source changed: 0 exact, 1 moved, 1 fuzzy, 1 orphaned"));
    window.press("Enter");
    assert!(window.pages()[0].contains("[PERSON? Zelenskyy]"), "{:?}", window.pages());
    assert!(window.shows("The source has changed here: it was “Zelensky”, confirmed"));
    window.press("Space");
    assert!(window.pages()[0].contains("[PERSON! Zelenskyy]"));
    window.press("Ctrl+U");
    assert!(window.shows("PERSON “Bo Ek”, confirmed"));
    window.press("X");
    assert_eq!(window.state().stage.dialog, None, "the list is empty and closes");
    window.press("Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(*window.state().session(), session);
}

#[test]
fn an_orphan_whose_words_still_stand_is_placed_by_enter() {
    let (folder, session) = session(&["NATO meets in May.\nIt was [PERSON! Ann Lee] who came to the door that day, and [ORG! NATO] knew."]);
    std::fs::write(folder.path().join("a.txt"), "NATO meets in May.\nOnce an envoy stood there.").unwrap();
    let mut window = Window::sized(session, 1024.0, 700.0);
    window.press("Ctrl+R Enter Ctrl+U ↓ Enter");
    assert!(window.pages()[0].contains("[ORG! NATO]"), "{:?}", window.pages());
    assert_eq!(window.state().stage.dialog, Some(Dialog::Orphans));
    for name in ["Place", "Let go", "Let all go", "Later"] {
        let rect = window.harness.get_by_label(name).rect();
        assert!(rect.bottom() <= 700.0 && rect.right() <= 1024.0, "{name} lies at {rect:?}");
    }
    window.click(window.rect("Later").center());
    assert_eq!(window.state().stage.dialog, None);
}
