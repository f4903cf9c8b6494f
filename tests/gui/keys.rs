//! Every key of the table, in the window.

use manicule::workbench::{Dialog, Pane, Screen, View};

use super::{Window, check, check_all};
use crate::support::dsl;

const MET: &str = "[PERSON? Angela Merkel] met [ORG? NATO] in [GPE? Brussels].";

#[test]
fn one_key_decides_and_goes_on() {
    check(MET, "Space X", "[PERSON! Angela Merkel] met [ORG~ NATO] in [GPE? Brussels].");
    check(MET, "O P L", "[ORG! Angela Merkel] met [PERSON! NATO] in [LOC! Brussels].");
}

#[test]
fn edges_move_by_a_token() {
    check(MET, "Alt+→", "Angela [PERSON! Merkel] met [ORG? NATO] in [GPE? Brussels].");
    check(MET, "Shift+←", "[PERSON! Angela] Merkel met [ORG? NATO] in [GPE? Brussels].");
    check("In [GPE? South Korea] now", "Alt+← Shift+→", "[GPE! In South Korea now]");
}

#[test]
fn tab_and_arrows_go_from_mention_to_mention() {
    check("[PERSON! Ann] and [PERSON? Bob] and [PERSON? Cy]", "Tab X", "[PERSON! Ann] and [PERSON? Bob] and [PERSON~ Cy]");
    check("[PERSON? Ann] and [PERSON? Bob]", "Tab Shift+Tab X", "[PERSON~ Ann] and [PERSON? Bob]");
    check("[PERSON? Ann] and [PERSON! Bob]", "→ O", "[PERSON? Ann] and [ORG! Bob]");
    check("[PERSON? Ann] and [PERSON! Bob]", "→ ← X", "[PERSON~ Ann] and [PERSON! Bob]");
}

#[test]
fn the_caret_selects_words_and_a_letter_adds_them() {
    check("Then Ban Ki spoke", "I → Shift+→ P", "Then [PERSON!* Ban Ki] spoke");
    check("Then Ban Ki spoke", "I → ↓ ↑ P", "Then [PERSON!* Ban] Ki spoke");
}

#[test]
fn shift_decides_the_name_in_the_article_and_ctrl_shift_everywhere() {
    let pages = ["[ORG? NATO] and [ORG? NATO]", "[ORG? NATO] again"];
    check_all(&pages, "Shift+Space", &["[ORG! NATO] and [ORG! NATO]", "[ORG? NATO] again"]);
    check_all(&pages, "Alt+Enter", &["[ORG! NATO] and [ORG! NATO]", "[ORG? NATO] again"]);
    check_all(&pages, "Shift+X", &["[ORG~ NATO] and [ORG~ NATO]", "[ORG? NATO] again"]);
    check_all(&pages, "Shift+G", &["[GPE! NATO] and [GPE! NATO]", "[ORG? NATO] again"]);
    check_all(&pages, "Ctrl+Shift+Space Enter", &["[ORG! NATO] and [ORG! NATO]", "[ORG! NATO] again"]);
    check_all(&pages, "Ctrl+Alt+Enter Enter", &["[ORG! NATO] and [ORG! NATO]", "[ORG! NATO] again"]);
    check_all(&pages, "Ctrl+Shift+G Enter", &["[GPE! NATO] and [GPE! NATO]", "[GPE! NATO] again"]);
    check_all(&pages, "Ctrl+Shift+X Esc", &pages);
}

#[test]
fn ticks_are_changed_from_the_keyboard() {
    let pages = ["[ORG? NATO] and [ORG? NATO]", "[ORG? NATO] again"];
    check_all(&pages, "Ctrl+Shift+Space ↓ ↓ Space Enter", &["[ORG! NATO] and [ORG! NATO]", "[ORG? NATO] again"]);
}

#[test]
fn plus_widens_the_last_decision() {
    let pages = ["[ORG? NATO] and [ORG? NATO]", "[ORG? NATO] again"];
    check_all(&pages, "X +", &["[ORG~ NATO] and [ORG~ NATO]", "[ORG? NATO] again"]);
    check_all(&pages, "X = = Enter", &["[ORG~ NATO] and [ORG~ NATO]", "[ORG~ NATO] again"]);
}

#[test]
fn repeat_take_back_undo_and_redo() {
    check(MET, "X .", "[PERSON~ Angela Merkel] met [ORG~ NATO] in [GPE? Brussels].");
    check("[PERSON? Ann] ran", "O Backspace", "[PERSON? Ann] ran");
    check(MET, "X X Ctrl+Z", "[PERSON~ Angela Merkel] met [ORG? NATO] in [GPE? Brussels].");
    check(MET, "X Ctrl+Z Ctrl+Y", "[PERSON~ Angela Merkel] met [ORG? NATO] in [GPE? Brussels].");
    check(MET, "X Ctrl+Z Ctrl+Shift+Z", "[PERSON~ Angela Merkel] met [ORG? NATO] in [GPE? Brussels].");
}

#[test]
fn accepting_the_rest_of_what_is_on_screen_takes_one_key() {
    check(MET, "X Ctrl+Enter", "[PERSON~ Angela Merkel] met [ORG! NATO] in [GPE! Brussels].");
}

#[test]
fn what_was_never_on_screen_is_stepped_to_first() {
    let long = format!("[PERSON? Ann] began.\n{}[GPE? Oslo] ended.", "A line of words.\n".repeat(80));
    let mut window = Window::open(dsl::session(&[&long]));
    window.press("Ctrl+Enter");
    assert!(window.state().page.accept_is_asked(), "the mention below the screen was not seen");
    assert!(window.pages()[0].contains("[PERSON? Ann]"));
    window.press("Ctrl+Enter");
    assert!(window.pages()[0].contains("[PERSON! Ann]") && window.pages()[0].contains("[GPE! Oslo]"));
}

#[test]
fn zones_flags_and_rejected_mentions_have_their_keys() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] ran.\nRead more about [ORG? NATO]."]));
    window.press("M V");
    assert!(window.state().page.shows_rejected);
    assert!(window.state().open_article().is_some_and(|article| article.desk.flagged));
    window.press("Tab B");
    assert!(window.state().open_article().is_some_and(|article| article.is_boilerplate_at(12)));
}

#[test]
fn articles_views_and_panes_have_their_keys() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann]", "[PERSON? Bob]"]));
    window.press("Ctrl+PageDown");
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("b"));
    window.press("Ctrl+PageUp");
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("a"));
    for (key, view) in ["Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "F7", "F8", "Ctrl+1"].into_iter().zip([
        View::Names,
        View::Overview,
        View::Rules,
        View::History,
        View::Check,
        View::Certify,
        View::Review,
    ]) {
        window.press(key);
        assert_eq!(window.state().stage.view, view);
    }
    window.press("F6");
    assert_eq!(window.state().stage.pane, Pane::List);
    window.press("↓");
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("b"));
    window.press("F6 Tab Space");
    assert_eq!(window.state().stage.pane, Pane::Inspector);
    assert_eq!(window.pages()[1], "[PERSON! Bob]", "the inspector’s first control confirms");
    window.press("F6");
    assert_eq!(window.state().stage.pane, Pane::Page);
}

#[test]
fn every_dialog_opens_by_its_key_and_closes_by_escape() {
    let mut window = Window::open(dsl::session(&[MET]));
    for (key, dialog) in [
        ("K", Dialog::Link),
        (";", Dialog::Note),
        ("Ctrl+G", Dialog::GoTo),
        ("Ctrl+F", Dialog::Find),
        ("Ctrl+O", Dialog::OpenPath),
        ("Ctrl+Shift+S", Dialog::SavePath),
        ("Ctrl+E", Dialog::Export),
        ("Ctrl+K", Dialog::Palette),
        ("?", Dialog::Help),
        ("F1", Dialog::Help),
        ("Ctrl+L", Dialog::Scheme),
        ("Ctrl+D", Dialog::Details),
        ("Alt+D", Dialog::Day),
        ("Ctrl+,", Dialog::Settings),
    ] {
        window.press(key);
        assert_eq!(window.state().stage.dialog, Some(dialog), "{key}");
        window.press("Esc");
        assert_eq!(window.state().stage.dialog, None, "{key}");
    }
    assert_eq!(window.pages(), [MET], "no key of a dialog reached the page");
}

#[test]
fn letters_go_into_a_text_field_and_not_onto_the_page() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press("/");
    assert_eq!(window.state().stage.pane, Pane::Filter);
    window.type_text("x");
    window.press("X Space");
    assert_eq!(window.pages(), [MET]);
    window.press("Esc");
    assert_eq!(window.state().stage.pane, Pane::Page);
    window.press("X");
    assert_eq!(window.pages(), ["[PERSON~ Angela Merkel] met [ORG? NATO] in [GPE? Brussels]."]);
}

#[test]
fn a_held_key_decides_once() {
    let mut window = Window::open(dsl::session(&[MET]));
    for repeat in [false, true, true] {
        let modifiers = eframe::egui::Modifiers::NONE;
        window.harness.event(eframe::egui::Event::Key { key: eframe::egui::Key::X, physical_key: None, pressed: true, repeat, modifiers });
        window.harness.run();
    }
    assert_eq!(window.pages(), ["[PERSON~ Angela Merkel] met [ORG? NATO] in [GPE? Brussels]."]);
}

#[test]
fn sizes_theme_and_panes_have_their_keys() {
    let mut window = Window::open(dsl::session(&[MET]));
    window.press("Ctrl++ Ctrl+=");
    assert_eq!(window.state().settings().zoom, 120);
    window.press("Ctrl+-");
    assert_eq!(window.state().settings().zoom, 110);
    window.press("Ctrl+0");
    assert_eq!(window.state().settings().zoom, 100);
    let was_dark = window.state().preferences.is_dark;
    window.press("F9");
    assert_ne!(window.state().preferences.is_dark, was_dark, "whatever the desktop says");
    window.press("F9");
    assert_eq!(window.state().preferences.is_dark, was_dark);
}

#[test]
fn an_article_is_removed_and_comes_back() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann]", "[PERSON? Bob]"]));
    window.press("Ctrl+Delete");
    assert_eq!(window.pages(), ["[PERSON? Bob]"]);
    window.press("Space Ctrl+Z Ctrl+Z");
    assert_eq!(window.pages(), ["[PERSON? Ann]", "[PERSON? Bob]"]);
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("a"), "undo goes to what it brought back");
}

#[test]
fn tab_in_caret_mode_steps_to_likely_names() {
    check("Then Quorvane Tessel spoke to [PERSON? Ann]", "I Tab P", "Then [PERSON!* Quorvane Tessel] spoke to [PERSON? Ann]");
    check("Then [PERSON? Ann] saw Quorvane Tessel", "I Tab O Esc Space Space", "Then [PERSON! Ann] saw [ORG!* Quorvane Tessel]");
}

#[test]
fn a_letter_over_an_existing_mention_adds_another_one() {
    check("The [ORG? Bank of China] lent", "I → → G", "The Bank of [GPE!* China] lent");
}

#[test]
fn a_key_keeps_the_decision_on_a_name_as_a_rule() {
    let mut window = Window::open(dsl::session(&["[ORG? NATO] and [ORG? NATO] in [GPE? Oslo]"]));
    window.press("Shift+M");
    assert!(window.shows("That acts on the table of names"));
    window.press("Ctrl+2 Shift+M Enter");
    let rules: Vec<_> = window.state().session().rules().iter().map(|rule| rule.name.to_string()).collect();
    assert_eq!(rules, ["NATO"]);
    assert!(!window.state().queue.keeps_rule, "it holds for one decision");
}

#[test]
fn what_was_rejected_is_no_likely_name_and_neither_is_a_letter() {
    check(
        "We saw [ORG? Kelp Board] (L) and Orkan Bay (R) there",
        "X I Tab L",
        "We saw [ORG~ Kelp Board] (L) and [LOC!* Orkan Bay] (R) there",
    );
}

#[test]
fn where_nothing_is_left_to_spread_no_places_are_shown() {
    let mut window = Window::open(dsl::session(&["[ORG? NATO] and [ORG? NATO]"]));
    window.press("Shift+Space ← Ctrl+Shift+Space");
    assert_eq!(window.state().stage.dialog, None);
    assert!(window.shows("so already"));
}

#[test]
fn what_a_filter_looks_for_has_the_focus() {
    let mut window = Window::open(dsl::session(&["[GPE? Oslo] [GPE? Riga] [ORG? Oslo Bank] [ORG? Riga Post] [ORG? Riga Bank]"]));
    window.press("Ctrl+2 End /");
    window.type_text("riga");
    window.press("Enter");
    let first = window.state().queue.rows[0].subject.clone();
    assert_eq!(
        (window.state().queue.rows.len(), window.state().queue.at.clone()),
        (3, Some(first)),
        "the last row is not what was looked for"
    );
    window.press("Ctrl+4 ↓ ↓ ↓ ↓ /");
    window.type_text("nationalities");
    window.press("Enter");
    assert_eq!(window.state().rulebook.row().map(|row| row.name.as_str()), Some("nationalities"));
}

#[test]
fn panels_have_their_old_width_after_another_zoom() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] met [ORG? NATO]"]));
    let edge = window.rect("Inspector").left_center();
    window.drag(edge, edge - eframe::egui::vec2(60.0, 0.0));
    let places = |window: &Window| ["Inspector", "Filter articles"].map(|name| window.rect(name));
    let before = places(&window);
    assert!(before[0].left() < edge.x - 40.0, "it was made wider: {before:?}");
    for zoom in [150, 200, 300] {
        let set = |window: &mut Window, zoom| {
            let settings = manicule::store::Settings { zoom, ..window.state().settings().clone() };
            window.harness.state_mut().workbench.run(Screen::Set(Box::new(settings)));
            window.harness.run_steps(4);
        };
        set(&mut window, zoom);
        set(&mut window, 100);
        assert_eq!(places(&window), before, "after {zoom} %");
    }
}

#[test]
fn find_once_more_looks_in_every_article_and_the_rows_take_the_keys() {
    let mut window = Window::open(dsl::session(&["Old [ORG? NATO] met.", "The [ORG! NATO] base of nato."]));
    window.press("Ctrl+F");
    window.type_text("nat");
    window.press("Ctrl+F");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Corpus));
    assert!(window.shows("3 places in 2 articles. 1 ticked"), "it goes on with what was looked for");
    window.press("Ctrl+A");
    window.type_text("base");
    assert!(window.shows("1 place in 1 article. 1 ticked"));
    // The letter goes to the rows, not into the field, once these have the keys.
    window.press("↓");
    assert_eq!(super::answers::focused(&window).map(|(_, name, _)| name).as_deref(), Some("Places"));
    window.press("G");
    assert_eq!(window.pages(), ["Old [ORG? NATO] met.", "The [ORG! NATO] [GPE! base] of nato."]);
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, None, "Enter goes there");
    assert_eq!(window.state().page.article.as_ref().map(|id| id.as_str()), Some("b"));
    window.press("Ctrl+Z");
    assert_eq!(window.pages(), ["Old [ORG? NATO] met.", "The [ORG! NATO] base of nato."]);
    window.press("Ctrl+2 Ctrl+F");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Corpus), "where there is no page, all are meant");
}
