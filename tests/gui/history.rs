//! The History view: every decision in a list, by keyboard and by mouse.

use egui_kittest::kittest::Queryable as _;
use manicule::annotation::{Fate, Time};
use manicule::tagger::Tagger;
use manicule::workbench::{Arrange, Dialog, File, Ports, Recall, View, Workbench};

use super::Window;
use crate::support::dsl;

const PAGES: [&str; 2] = ["[PERSON? Merkel] met [ORG? NATO] in [GPE? Brussels].", "[ORG? NATO] grew."];

/// A window in which Merkel was confirmed, NATO rejected, and Brussels made a LOC and taken back.
fn worked() -> Window {
    let mut window = Window::open(dsl::session(&PAGES));
    window.press("Space X L Ctrl+Z Ctrl+5");
    window
}

fn rows(window: &Window) -> usize {
    window.harness.query_all_by_role(eframe::egui::accesskit::Role::Row).count()
}

#[test]
fn every_decision_is_listed_newest_first_and_what_was_taken_back_says_so() {
    let window = worked();
    assert_eq!(window.state().stage.view, View::History);
    assert_eq!(window.state().past.rows, [2, 1, 0]);
    assert!(window.shows("retype “Brussels” LOC, no name set, "));
    let words = |n: usize| window.state().history().entries()[window.state().past.rows[n]].edit.describe();
    assert_eq!([words(0), words(1), words(2)], ["retype “Brussels” LOC", "reject “NATO” ORG", "confirm “Merkel” PERSON"]);
    assert!(window.shows(", taken back"));
    assert_eq!(rows(&window), 3);
}

#[test]
fn enter_goes_to_the_mention() {
    let mut window = worked();
    window.press("↓");
    assert_eq!(window.state().past.at, Some(1));
    window.press("Enter");
    assert_eq!(window.state().stage.view, View::Review);
    let focused = window.state().focused().expect("the mention");
    assert!(focused.is_rejected() && window.state().open_article().is_some_and(|article| article.quote(focused.span) == "NATO"));
    window.press("Ctrl+5 End");
    assert_eq!(window.state().past.at, Some(0));
    window.press("Home PageDown PageUp ↑");
    assert_eq!(window.state().past.at, Some(2));
}

#[test]
fn the_mouse_does_it_too() {
    let mut window = worked();
    let row = window.rect("confirm “Merkel” PERSON, no name set").center();
    window.click(row);
    assert_eq!(window.state().past.at, Some(0));
    assert!(window.shows("As it stood then") || window.shows("AS IT STOOD THEN"));
    window.clicks(row, 2);
    assert_eq!(window.state().stage.view, View::Review);
    assert!(window.state().focused().is_some_and(|mention| mention.is_confirmed()));
}

#[test]
fn the_filter_takes_words() {
    let mut window = worked();
    window.press("/");
    window.type_text("nato");
    assert_eq!(window.state().past.rows, [1]);
    window.press("Enter Esc");
    assert_eq!(rows(&window), 1);
    window.type_text("zzz");
    window.press("/");
    window.type_text("zzz");
    assert!(window.shows("No decision passes the filter."));
}

#[test]
fn only_what_was_taken_back_can_be_listed() {
    let mut window = worked();
    let chip = window.rect("Only taken back").center();
    window.click(chip);
    assert_eq!(window.state().past.rows, [2]);
}

#[test]
fn moments_are_told_by_the_clock_of_the_place() {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(5));
    let ports = Ports { zone, ..Ports::still(Time(1_700_000_000)) };
    let mut window = Window::on(Workbench::new(dsl::session(&PAGES), Tagger::standard(), ports), 1280.0, 800.0);
    window.press("Space Ctrl+5");
    // 22:13:20 on the day before by the clock of Greenwich.
    assert!(window.shows("confirm “Merkel” PERSON, no name set, 2023-11-15 03:13:20"));
    assert!(window.shows("2023-11-15 03:13:20 +05, no name set"), "the decision in focus names the zone");
}

#[test]
fn what_changed_alike_is_told_once() {
    let mut window = Window::open(dsl::session(&["[ORG? NATO], [ORG? NATO], [GPE? NATO] and [ORG? NATO]"]));
    window.press("Shift+Space Ctrl+5");
    assert!(window.shows("3 × “NATO” ORG suggested → confirmed"));
    let mut window = worked();
    assert!(window.shows("“Brussels” GPE → LOC suggested → confirmed") && !window.shows("×"));
    window.press("↓");
    assert!(!window.shows("×"));
}

#[test]
fn a_folder_is_one_line_however_many_parts_it_came_in() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..70 {
        std::fs::write(folder.path().join(format!("{n:02}.txt")), format!("Story {n}\n\nNothing happened.")).expect("a file");
    }
    let mut window = Window::open(dsl::session(&PAGES));
    window.press("Space");
    window.harness.state_mut().workbench.run(File::Add(vec![folder.path().to_owned()]));
    window.harness.run_ok();
    assert_eq!(window.state().stage.dialog, Some(Dialog::Coming));
    window.press("Enter");
    window.press("Ctrl+5");
    let entries = window.state().history().entries().len();
    assert!(entries > 3, "{entries}: it came in parts");
    assert_eq!((window.state().past.rows.len(), rows(&window)), (2, 2));
    assert!(window.shows("add articles “70 articles”, no name set"));
    assert!(window.shows("and 30 more changes"), "the decision in focus lists what came in all parts");
    window.press("Ctrl+Z");
    assert_eq!((window.pages().len(), rows(&window)), (2, 2), "and one undo takes it back");
}

#[test]
fn going_back_is_a_decision_that_can_be_undone() {
    let mut window = worked();
    let before = window.pages();
    window.press("End");
    window.press("Ctrl+Alt+Z");
    assert_eq!(window.pages(), ["[PERSON! Merkel] met [ORG? NATO] in [GPE? Brussels].", "[ORG? NATO] grew."]);
    assert_eq!(window.state().history().entries().len(), 4, "nothing is erased");
    window.press("Ctrl+Z");
    assert_eq!(window.pages(), before);
    assert_eq!(window.state().history().entries()[3].fate, Fate::Undone);
    assert_eq!(window.state().stage.view, View::History, "undo leaves the list where it is");
}

#[test]
fn thousands_of_decisions_are_drawn_by_the_screenful() {
    let mut window = Window::open(dsl::session(&PAGES));
    for _ in 0..1500 {
        for command in [manicule::workbench::Command::Arrange(Arrange::ToggleFlag), manicule::workbench::Command::Recall(Recall::Undo)] {
            window.harness.state_mut().workbench.run(command);
        }
    }
    window.press("Ctrl+5");
    assert_eq!(window.state().past.rows.len(), 1500);
    assert!((5..60).contains(&rows(&window)), "{}", rows(&window));
    window.press("End");
    assert_eq!(window.state().past.at, Some(0));
}

#[test]
fn a_session_without_decisions_says_so() {
    let mut window = Window::open(dsl::session(&PAGES));
    window.press("Ctrl+5");
    assert!(window.shows("Nothing was decided yet."));
}

#[test]
fn moments_and_headings_are_whole_at_every_size() {
    for width in [1920.0, 1280.0, 1024.0, 900.0] {
        let mut window = Window::sized(dsl::session(&["[PERSON? Angela Merkel] met [ORG? NATO]."]), width, 700.0);
        window.press("Space Ctrl+5");
        let moment = window.texts().into_iter().find(|(words, ..)| words.starts_with("20") && !words.contains(','));
        assert!(moment.as_ref().is_some_and(|(words, _, is_cut)| words.len() == 19 && !is_cut), "{width}: {moment:?}");
    }
}
