//! Dialogs: what is typed into them reaches the session.

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use manicule::workbench::{Dialog, File};

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
fn an_entity_is_looked_up_linked_everywhere_and_its_card_takes_names_and_a_note() {
    let pages = ["[PERSON? Angela Merkel] met [PERSON? Merkel]", "[PERSON? Merkel] left [GPE? Rome]"];
    let mut window = Window::open(dsl::session(&pages));
    window.press("K");
    window.type_text("Angela Dorothea Merkel");
    assert!(window.shows("New: Angela Dorothea Merkel"));
    window.press("Enter → K");
    window.type_text("doro");
    window.press("Ctrl+Enter");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Concordance), "every place is shown first");
    window.press("Enter");
    let linked =
        |window: &Window| window.state().session().articles().iter().flat_map(|a| &a.mentions).filter(|m| m.entity.is_some()).count();
    assert_eq!(linked(&window), 3);
    window.press("Shift+K");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Card));
    assert!(window.shows("3 mentions in 2 articles"));
    window.press("E Tab Tab");
    window.type_text("Mutti");
    window.press("Tab Tab");
    window.type_text("chancellor until 2021");
    window.press("Enter Esc");
    let entity = window.state().session().entities().values().next().cloned().expect("an entity");
    assert_eq!((entity.aliases.as_slice(), entity.note.as_str()), (["Mutti".to_owned()].as_slice(), "chancellor until 2021"));
    window.press("Ctrl+Z Ctrl+Z Ctrl+Z");
    assert!(window.state().session().entities().is_empty() && linked(&window) == 0, "each took one undo");
}

#[test]
fn mentions_are_ticked_on_the_card_and_become_another_entity() {
    let mut window = Window::open(dsl::session(&["[GPE? Georgia] and [GPE? Georgia] and [GPE? Rome]"]));
    window.press("K Shift+Enter Shift+K ↓ Space S");
    window.type_text("Georgia (U.S. state)");
    window.press("Enter");
    let names: Vec<_> = window.state().session().entities().values().map(|entity| entity.name.clone()).collect();
    assert_eq!(names, ["Georgia", "Georgia (U.S. state)"]);
    window.press("Esc");
    assert_eq!(window.state().stage.dialog, None);
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
    window.press("Ctrl+T");
    assert!(window.shows("Tag 3 matches of “ban” as"));
    window.press("N");
    assert_eq!(window.pages(), ["[NORP!* Ban] met [NORP!* Ban] and [PERSON! Ban] again"]);
}

#[test]
fn a_key_held_since_it_opened_the_choice_of_a_label_chooses_none() {
    let mut window = Window::open(dsl::session(&["Ban met Ban"]));
    window.press("Ctrl+F");
    window.type_text("ban");
    let ctrl = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
    // Ctrl is let go first.
    for (modifiers, repeat) in [(ctrl, false), (Modifiers::NONE, true), (Modifiers::NONE, true)] {
        window.harness.event(Event::Key { key: Key::T, physical_key: None, pressed: true, repeat, modifiers });
        window.harness.run();
    }
    assert_eq!((window.state().stage.dialog, window.pages()), (Some(Dialog::TagMatches), vec!["Ban met Ban".to_owned()]));
    window.harness.event(Event::Key { key: Key::T, physical_key: None, pressed: false, repeat: false, modifiers: Modifiers::NONE });
    window.press("T");
    assert_eq!(window.pages(), ["[TIME!* Ban] met [TIME!* Ban]"]);
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
    assert_eq!(window.state().open_article().map(|article| article.title()), Some("A summit"));
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

#[test]
fn a_concordance_uses_its_room_cuts_at_words_and_grows_with_the_window() {
    let page = format!(
        "{} [ORG? NATO] {}",
        "harbour lanterns glimmer over quiet water ".repeat(6),
        "while ferries hurry northward again ".repeat(6)
    );
    let pages: Vec<&str> = vec![&page; 10];
    let mut shown = Vec::new();
    for (width, height) in [(1024.0, 700.0), (1280.0, 800.0), (1920.0, 1080.0)] {
        let mut window = Window::sized(dsl::session(&pages), width, height);
        window.press("Ctrl+Shift+Space");
        let list = window.rect("Places");
        let [rows, after]: [Vec<_>; 2] = [("… ", true), (" …", false)].map(|(dots, leads)| {
            let is_side = |words: &str| if leads { words.starts_with(dots) } else { words.ends_with(dots) };
            window.texts().into_iter().filter(|(words, rect, _)| is_side(words) && list.contains(rect.center())).collect()
        });
        assert!(rows.len() >= 8 && after.len() >= 8, "{width}: {rows:?}");
        for (words, ..) in rows.iter().chain(&after) {
            let first = words.trim_matches(['…', ' ']).split(' ').next().unwrap_or_default();
            assert!(page.split(' ').any(|word| word == first), "{width}: “{words}” begins in a word");
        }
        shown.push((list.width(), rows[0].0.len()));
    }
    assert!(shown.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1), "{shown:?}");
}

#[test]
fn confirming_and_cancelling_stand_side_by_side_and_a_key_stands_with_what_it_does() {
    let mut window = Window::open(dsl::session(&["[ORG? NATO] met", "[ORG? NATO] left"]));
    window.press("Ctrl+Shift+Space");
    let (confirm, cancel) = (window.rect("Confirm 2"), window.rect("Cancel"));
    assert!((confirm.center().y - cancel.center().y).abs() < 2.0 && cancel.left() - confirm.right() < 20.0, "{confirm:?} {cancel:?}");
    let enter = window.texts().into_iter().find(|(words, rect, _)| words.contains("Enter") && confirm.contains(rect.center()));
    assert!(enter.is_some(), "the key stands in its button");
    assert!(window.shows("tick all"));
    window.click(cancel.center());
    assert_eq!(window.state().stage.dialog, None);
    // In the view of names Space confirms until the places have the keys, where it ticks.
    window.press("Ctrl+2");
    let hints = |window: &Window| ["tick", "confirm"].map(|word| window.harness.query_by_label(word).is_some());
    assert_eq!(hints(&window), [false, true]);
    window.press("F6");
    assert_eq!(hints(&window), [true, false]);
}

#[test]
fn a_line_tells_that_the_day_of_publication_is_missing_and_one_key_sets_it() {
    const TOLD: &str = "The day of publication is not known, so 2 dates have no day";
    let mut window = Window::open(manicule::annotation::Session::default());
    window.run(File::Paste("Pumps arrive\n\nThe pumps came on Tuesday, and last year none did. By 5 May 2031 all is done.\n".to_owned()));
    window.press("Tab");
    assert!(window.shows(TOLD), "{:?}", window.pages());
    let value = |window: &Window, words: &str| {
        let article = window.state().open_article().expect("it is open");
        article.mentions.iter().find(|mention| article.quote(mention.span) == words).and_then(|mention| mention.value.clone())
    };
    assert_eq!(value(&window, "Tuesday").as_deref(), Some("XXXX-WXX-2"));

    window.press("Alt+D");
    assert!(window.shows("2031-05-05"), "a day of the text is offered");
    window.type_text("the fifth");
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Day), "what is no day is not taken");
    assert!(window.shows("Write the day as 2026-11-05, 2026-11 or 2026"));
    window.press("Esc Alt+D");
    window.type_text("2026-11-05");
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Retag), "what the day changes is shown first");
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, None);
    assert!(!window.shows(TOLD));
    assert_eq!(value(&window, "Tuesday").as_deref(), Some("2026-11-03"));
    assert_eq!(value(&window, "last year").as_deref(), Some("2025"));

    // A wrong one is mended by the same key.
    window.press("Alt+D Ctrl+A");
    window.type_text("2025-11-05");
    window.press("Enter Enter");
    assert_eq!(value(&window, "last year").as_deref(), Some("2024"));
}
