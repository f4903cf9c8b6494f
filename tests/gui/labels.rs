//! The labels in the window: everything that can be done to a scheme, and what becomes of mentions.

use eframe::egui::accesskit::Role;
use eframe::egui::{Modifiers, PointerButton};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use manicule::annotation::{Label, Standing};
use manicule::workbench::{Dialog, File};

use super::Window;
use crate::support::dsl;

const MET: &str = "[ORG? NATO] and [ORG! EU] met in [GPE? Brussels].";

fn window() -> Window {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press("Ctrl+L");
    window
}

/// Puts `text` in the place of what a field holds.
fn fill(window: &mut Window, field: &str, text: &str) {
    window.click(window.harness.get_by_label(field).rect().center());
    window.press("Ctrl+A");
    match text {
        "" => window.press("Backspace"),
        text => window.type_text(text),
    }
}

fn click(window: &mut Window, name: &str) {
    window.click(window.harness.get_by_label(name).rect().center());
}

/// One undo takes a change of the labels back, whole.
fn undone(window: &mut Window) {
    window.press("Ctrl+Z");
    assert_eq!(*window.state().session(), dsl::session(&[MET]));
}

#[test]
fn a_renamed_label_takes_its_mentions_along() {
    let mut window = window();
    fill(&mut window, "Name of ORG", "FIRM");
    click(&mut window, "Keep");
    assert_eq!(window.pages(), ["[FIRM? NATO] and [FIRM! EU] met in [GPE? Brussels]."]);
    window.press("Space");
    window.press("O");
    assert_eq!(window.pages(), ["[FIRM! NATO] and [FIRM! EU] met in [FIRM! Brussels]."]);
    window.press("Ctrl+Z Ctrl+Z");
    undone(&mut window);
}

#[test]
fn a_label_of_ones_own_works_by_letter_chip_and_menu() {
    let mut window = window();
    click(&mut window, "Add a label");
    window.type_text("SHIP");
    fill(&mut window, "Key of SHIP", "d");
    assert!(window.shows("the labels DATE and SHIP share the key D"), "collisions are told before anything is kept");
    click(&mut window, "Keep");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Scheme), "an unsound scheme is not kept");
    fill(&mut window, "Key of SHIP", "x");
    assert!(window.shows("the key X of SHIP is no letter that a label may have"));
    fill(&mut window, "Key of SHIP", "d");
    fill(&mut window, "Key of DATE", "");
    window.press("Ctrl+Enter");
    assert_eq!(window.state().stage.dialog, None, "{:?}", window.state().notices.latest());
    window.press("D");
    assert_eq!(window.pages(), ["[SHIP! NATO] and [ORG! EU] met in [GPE? Brussels]."]);
    window.button(window.rect("GPE Brussels").center(), PointerButton::Secondary, Modifiers::NONE);
    window.click(window.top_rect("Retype as").center());
    let is_choice = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().is_some_and(|label| label.starts_with("SHIP"));
    let choice = window.harness.query_all_by_role(Role::Button).rfind(is_choice).expect("a label in the menu").rect();
    window.click(choice.center());
    assert_eq!(window.pages(), ["[SHIP! NATO] and [ORG! EU] met in [SHIP! Brussels]."]);
}

#[test]
fn a_colour_and_a_guideline_are_kept() {
    let mut window = window();
    fill(&mut window, "Guideline in one line", "Living people only");
    window.press("Ctrl+Enter");
    let scheme = window.state().session().scheme().clone();
    assert_eq!(scheme.get(&Label::new("PERSON")).map(|def| def.guideline.as_str()), Some("Living people only"));
    undone(&mut window);
}

#[test]
fn retiring_asks_what_becomes_of_the_mentions() {
    for (becomes, expect) in
        [(false, "[ORG~ NATO] and [ORG~ EU] met in [GPE? Brussels]."), (true, "[PERSON? NATO] and [PERSON! EU] met in [GPE? Brussels].")]
    {
        let mut window = window();
        click(&mut window, "Retire ORG");
        assert!(window.shows("What becomes of its 2 mentions?"));
        if becomes {
            click(&mut window, "They become");
        }
        click(&mut window, "Retire");
        assert_eq!(window.pages(), [MET], "nothing holds before it is kept");
        click(&mut window, "Keep");
        assert_eq!(window.pages(), [expect]);
        let standing = window.state().session().scheme().get(&Label::new("ORG")).map(|def| def.standing);
        assert_eq!(standing, Some(Standing::Retired));
        undone(&mut window);
    }
}

#[test]
fn escape_leaves_the_question_before_the_labels_and_nothing_is_changed() {
    let mut window = window();
    click(&mut window, "Retire ORG");
    window.press("Esc");
    assert!(window.shows("Add a label"));
    window.press("Esc");
    assert_eq!(window.state().stage.dialog, None);
    assert_eq!(*window.state().session(), dsl::session(&[MET]));
}

#[test]
fn a_scheme_goes_out_to_a_file_and_comes_back_in() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("labels.ron");
    let mut window = window();
    fill(&mut window, "Name of LAW", "TREATY");
    window.press("Ctrl+Enter Ctrl+L");
    click(&mut window, "Export…");
    window.type_text(&path.display().to_string());
    window.press("Enter");
    assert!(path.exists(), "{:?}", window.state().notices.latest());

    let mut other = Window::open(dsl::session(&["[LAW! Hay Act] and [ORG? NATO]"]));
    other.press("Ctrl+L");
    click(&mut other, "Import…");
    other.type_text(&path.display().to_string());
    other.press("Enter");
    let scheme = other.state().session().scheme().clone();
    assert!(scheme.is_in_use("TREATY") && !scheme.is_in_use("LAW"));
    assert_eq!(other.pages(), ["[LAW! Hay Act] and [ORG? NATO]"], "nothing that was decided is touched");
    assert!(other.shows("kept but not offered, as mentions have them: LAW"));
    other.press("Ctrl+Z");
    assert!(other.state().session().scheme().is_in_use("LAW"));
}

#[test]
fn a_scheme_file_with_a_fault_is_named_and_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("labels.ron");
    std::fs::write(&path, "(name: \"x\",\n labels: [(title: \"A\")])").expect("a file");
    let mut window = Window::open(dsl::session(&[MET]));
    window.harness.state_mut().workbench.run(manicule::workbench::Command::File(File::ImportLabels(path)));
    window.harness.run();
    assert!(window.shows("labels.ron: line 2, "), "{:?}", window.state().notices.latest());
    assert_eq!(*window.state().session(), dsl::session(&[MET]));
}

#[test]
fn a_guideline_that_wants_days_of_the_calendar_alone_is_kept_with_the_session() {
    const OPTION: &str = "Suggest absolute dates only";
    let mut window = window();
    assert!(!window.shows(OPTION), "it is nothing for a label that is told against no day");
    click(&mut window, "Name of DATE");
    click(&mut window, OPTION);
    click(&mut window, "Keep");
    let wants = |label: &str| window.state().session().scheme().by_name(label).is_some_and(|def| def.absolute_only);
    assert_eq!(["DATE", "TIME"].map(wants), [true, false]);
    window.run(File::Paste("Pumps arrive\n\nThe pumps came on 5 May 2031, and last year none did for two hours.\n".to_owned()));
    let pages = window.pages();
    let page = pages.last().expect("an article was added");
    assert!(page.contains("[DATE? 5 May 2031], and last year none") && page.contains("[TIME? two hours]"), "{page}");
}
