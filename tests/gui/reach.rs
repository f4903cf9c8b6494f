//! Every command can be reached, every control stays inside its window, at every zoom.

use eframe::egui::{Rect, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use manicule::workbench::{Menu, entries, palette_matches};

use super::Window;
use super::answers::focused;
use crate::support::dsl;

const MET: &str = "[PERSON? Angela Merkel] met [ORG! NATO] in [GPE? Brussels].";

#[test]
fn every_command_is_in_a_menu() {
    for menu in Menu::ALL {
        let mut window = Window::sized(dsl::session(&[MET]), 1280.0, 900.0);
        window.click(window.harness.get_by_label("Menu").rect().center());
        window.click(window.harness.get_by_role_and_label(Role::Button, menu.title()).rect().center());
        for entry in entries().iter().filter(|entry| entry.menu == menu) {
            assert!(window.shows(entry.name), "{} is not in the menu {}", entry.id, menu.title());
        }
    }
}

#[test]
fn every_command_is_found_by_its_name() {
    for entry in entries() {
        assert_eq!(palette_matches(entry.name).first().map(|found| found.id), Some(entry.id), "{}", entry.name);
    }
}

#[test]
fn every_key_is_on_the_help_sheet() {
    let mut window = Window::sized(dsl::session(&[MET]), 1024.0, 700.0);
    window.press("?");
    let close = window.harness.get_by_label("Close").rect();
    for entry in entries().iter().filter(|entry| !entry.keys.is_empty()) {
        let rect = window.harness.query_all_by_label(entry.name).map(|node| node.rect()).find(|rect| rect.top() > close.top());
        let rect = rect.unwrap_or_else(|| panic!("{} is not on the sheet", entry.name));
        assert!(rect.bottom() < 690.0 && rect.right() < 1024.0, "{} lies at {rect:?}: the sheet fits a screen", entry.name);
    }
    assert!(window.shows("P PERSON") && window.shows("Select whole words"));
}

#[test]
fn the_help_sheet_has_whole_words_and_its_keys_are_caps() {
    for (width, height) in [(1024.0, 700.0), (1280.0, 800.0), (1920.0, 1080.0), (640.0, 400.0)] {
        let mut window = Window::sized(dsl::session(&[MET]), width, height);
        let before: Vec<String> = window.texts().into_iter().map(|(words, ..)| words).collect();
        window.press("?");
        let sheet: Vec<_> = window.texts().into_iter().filter(|(words, ..)| !before.contains(words)).collect();
        let cut: Vec<_> = sheet.iter().filter(|(_, rect, is_cut)| *is_cut || rect.right() > width).collect();
        assert!(sheet.len() > 60 && cut.is_empty(), "{width}: {cut:?}");
        // Two keys for one command are two caps.
        assert!(sheet.iter().any(|(words, ..)| words == "Ctrl Shift Space") && sheet.iter().any(|(words, ..)| words == "Ctrl Alt Enter"));
        assert!(!sheet.iter().any(|(words, ..)| words.contains(" or Ctrl")));
    }
}

#[test]
fn the_buttons_of_the_details_stay_on_screen_at_every_size() {
    for (width, height) in SIZES {
        let mut window = Window::sized(dsl::session(&[MET]), width, height);
        window.press("Ctrl+D");
        for button in ["Keep", "Cancel"] {
            let rect = window.harness.get_by_label(button).rect();
            assert!(rect.top() >= 0.0 && rect.bottom() <= height && rect.right() <= width, "{width}: {button} lies at {rect:?}");
        }
        window.press("Esc");
    }
}

/// The sizes that windows of 1024 × 700 and more have at 100 to 300 %.
const SIZES: [(f32, f32); 6] = [(1920.0, 1080.0), (1280.0, 800.0), (1024.0, 700.0), (683.0, 467.0), (512.0, 350.0), (341.0, 233.0)];

#[test]
fn the_controls_of_the_bars_never_touch() {
    for (width, height) in SIZES {
        let mut window = Window::sized(dsl::session(&[MET, "[ORG? EU]"]), width, height);
        window.press("Space");
        let texts: Vec<_> = window.texts().into_iter().filter(|(_, rect, _)| rect.top() >= height - 28.0).collect();
        for (i, (words, rect, _)) in texts.iter().enumerate() {
            let over = texts[..i].iter().find(|(_, other, _)| rect.intersects(*other));
            assert!(over.is_none(), "{width}: “{words}” at {rect:?} lies over {over:?}");
        }
        let mut rects: Vec<(String, Rect)> = Vec::new();
        for role in [Role::Button, Role::Tab] {
            let nodes = window.harness.query_all_by_role(role);
            rects.extend(nodes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect())));
        }
        rects.retain(|(_, rect)| rect.bottom() <= 39.0 || rect.top() >= height - 28.0);
        assert!(rects.len() >= 4, "{rects:?}");
        for (i, (name, rect)) in rects.iter().enumerate() {
            assert!(rect.left() >= 0.0 && rect.right() <= width, "{width}: {name} lies at {rect:?}");
            for (other, at) in &rects[..i] {
                assert!(!rect.shrink(0.5).intersects(*at), "{width}: {name} {rect:?} lies over {other} {at:?}");
            }
        }
    }
}

#[test]
fn every_pane_is_reached_at_every_size() {
    for (width, height) in SIZES {
        let mut window = Window::sized(dsl::session(&[MET, "[ORG? EU]"]), width, height);
        window.press("Space");
        assert_eq!(window.pages()[0], "[PERSON! Angela Merkel] met [ORG! NATO] in [GPE? Brussels].", "{width}");
        window.press("F6");
        assert!(window.shows("b, 0 of 1"), "{width}: the list");
        window.press("F6");
        assert!(window.shows("Filter articles") || width < 880.0);
        assert!(window.shows("GPE"), "{width}: the inspector");
        window.press("F6");
        assert!(window.shows("GPE Brussels, suggested"), "{width}: the page");
        window.press("/");
        assert!(window.shows("Filter articles"), "{width}: the filter");
        window.press("Esc Ctrl+F");
        assert!(window.shows("Find in this article"), "{width}: the find bar");
    }
}

#[test]
fn what_a_dialog_asks_can_be_answered_at_every_size() {
    for (width, height) in SIZES {
        let mut window = Window::sized(dsl::session(&[MET]), width, height);
        for (key, last) in
            [("?", "Close"), ("Ctrl+L", "Cancel"), ("Ctrl+D", "Cancel"), ("Ctrl+,", "Cancel"), ("Ctrl+O", "Cancel"), ("Ctrl+E", "Cancel")]
        {
            window.press(key);
            let button = window.harness.get_by_label(last);
            button.scroll_to_me();
            window.harness.run();
            let rect = window.harness.get_by_label(last).rect();
            assert!(rect.left() >= 0.0 && rect.right() <= width, "{width}: {last} of {key} lies at {rect:?}");
            assert!(rect.top() >= 0.0 && rect.bottom() <= height, "{width}: {last} of {key} lies at {rect:?}");
            window.press("Esc");
        }
    }
}

#[test]
fn list_and_side_of_a_view_are_each_reached_and_its_headings_never_touch() {
    for (width, height) in [(1280.0, 800.0), (1024.0, 700.0), (900.0, 600.0), (640.0, 400.0), (480.0, 360.0)] {
        for (view, side) in [("Ctrl+2", "Keep as a rule"), ("Ctrl+4", "In this session"), ("Ctrl+5", "What it changed")] {
            let mut window = Window::sized(dsl::session(&[MET, "[ORG? EU]"]), width, height);
            window.press(&format!("Space {view}"));
            let heads: Vec<Rect> = window.harness.query_all_by_role(Role::ColumnHeader).map(|node| node.rect()).collect();
            for (i, head) in heads.iter().enumerate() {
                assert!(
                    head.right() <= width && heads[..i].iter().all(|other| !other.shrink(4.0).intersects(head.shrink(4.0))),
                    "{view}: {heads:?}"
                );
            }
            let shows_both = width > 760.0;
            let side = side.to_uppercase();
            assert_eq!(window.shows(&side), shows_both, "{width}: {view}");
            window.press("F6");
            assert!(window.shows(&side), "{width}: {view}");
            window.press("F6");
            assert_eq!(window.shows(&side), shows_both, "{width}: {view}");
        }
    }
}

/// Wherever `F6` gives the keys to, Tab goes on from there, whatever the view has to show.
#[test]
fn f6_and_tab_reach_what_stands_beside_every_list() {
    let sides = [
        ("Tab", "Inspector", true),
        ("Ctrl+2", "Places", true),
        ("Space Ctrl+2", "Places", true),
        ("Ctrl+4", "Rule", true),
        ("Ctrl+4 End", "Rule", true),
        ("Ctrl+5", "Decision", false),
        ("Space Ctrl+5", "Decision", true),
        ("Space Ctrl+5 F6 Ctrl+, Esc F6", "Decision", true),
    ];
    for (width, height) in [(1280.0, 800.0), (1024.0, 700.0), (640.0, 400.0)] {
        for (before, side, has_controls) in sides {
            let mut window = Window::sized(dsl::session(&[MET, "[ORG? EU]"]), width, height);
            window.press(before);
            let is_page = side == "Inspector";
            window.press(if is_page { "F6 F6" } else { "F6" });
            for after in ["", "Ctrl+, Esc"] {
                window.press(after);
                let pane = window.harness.get_by_role_and_label(Role::Pane, side).rect();
                window.press("Tab");
                let (role, name, rect) = focused(&window).unwrap_or_else(|| panic!("{before} at {width}: nothing has the keys"));
                assert!(!matches!(role, Role::Pane | Role::Document), "{before} {after} at {width}: {role:?} {name}");
                assert!(!has_controls || pane.contains_rect(rect), "{before} {after} at {width}: {name} at {rect:?}");
            }
            window.press("F6");
            assert_eq!(window.state().stage.pane, manicule::workbench::Pane::Page, "{before} at {width}");
        }
    }
    // Before there is an article there is one page of ways in, which F6 does not leave.
    let mut window = Window::open(manicule::annotation::Session::default());
    window.press("F6 ↓ F6 ↓");
    assert!(focused(&window).is_some_and(|(_, name, _)| name.starts_with("Try the sample session")), "{:?}", focused(&window));
}

/// What only tells something lies over nothing that is worked on: the mention in focus, the row of a table, a dialog.
#[test]
fn a_notice_covers_nothing_that_is_worked_on() {
    let line = "The board met again. ".repeat(4);
    let long = (0..60).map(|i| format!("{line}\n\n[PERSON? Ann{i} Lee] spoke. {line}")).collect::<Vec<_>>().join("\n\n");
    for (width, height) in [(1280.0, 800.0), (1024.0, 700.0), (683.0, 467.0)] {
        let mut window = Window::sized(dsl::session(&[&long]), width, height);
        window.press("Ctrl+Z");
        let notice = |window: &Window| window.top_rect("Nothing is left to undo");
        assert!(notice(&window).bottom() > height * 0.7, "{width}: it belongs at the lower edge");
        // The focus goes down the page, and so under the notice.
        for n in 0..12 {
            window.press("Tab Ctrl+Z");
            let focused = window.state().focused().map(|mention| mention.span).unwrap();
            let name = window.state().open_article().unwrap().quote(focused).to_owned();
            let mention = window.rect(&name);
            assert!(!notice(&window).intersects(mention), "{width}, {n}: {:?} over {mention:?}", notice(&window));
        }
        for view in ["Ctrl+2", "Ctrl+4"] {
            window.press(view);
            window.press("End Ctrl+Z");
            let row = window.harness.query_all_by_role(Role::Row).find(|node| node.accesskit_node().is_selected() == Some(true));
            let row = row.map(|node| node.rect());
            assert!(row.is_none_or(|row| !notice(&window).intersects(row)), "{width}, {view}: {row:?}");
        }
        window.press("Ctrl+1 K");
        window.harness.state_mut().workbench.run(manicule::workbench::Recall::Undo);
        window.harness.run();
        let buttons = window.harness.get_by_label("Find or make an entity").rect();
        assert!(!notice(&window).intersects(buttons), "{width}: over the dialog");
    }
}
