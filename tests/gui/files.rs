//! Files in the window: opened, dropped, pasted, saved, resumed, exported; and what the window says of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{self, DroppedFile, ViewportCommand};
use egui_kittest::kittest::Queryable as _;
use manicule::annotation::{Scheme, Session};
use manicule::store::Settings;
use manicule::workbench::{Decide, Dialog, File, Screen, session_name};

use super::Window;
use crate::support::dsl;

const PAGE: &str = "Ministers meet in the harbour\n\nAngela Merkel met Jens Stoltenberg in Brussels on Thursday.\n";

fn folder() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a folder");
    let page = dir.path().join("page.txt");
    std::fs::write(&page, PAGE).expect("a file");
    (dir, page)
}

fn empty() -> Window {
    Window::open(Session::new(Scheme::standard()))
}

fn type_path(window: &mut Window, path: &Path) {
    window.press("Ctrl+A");
    window.type_text(&path.display().to_string());
    window.press("Enter");
}

/// The last title that the window was given.
fn title(window: &Window) -> Option<String> {
    let commands = window.harness.output().viewport_output.values().flat_map(|output| &output.commands);
    let mut titles = commands.filter_map(|command| if let ViewportCommand::Title(title) = command { Some(title.clone()) } else { None });
    titles.next_back()
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_on(window: &mut Window, path: &Path) {
    window.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
    window.harness.run();
}

#[test]
fn a_path_that_is_typed_becomes_an_article_and_is_tagged() {
    let (_dir, page) = folder();
    let mut window = empty();
    window.press("Ctrl+O");
    type_path(&mut window, &page);
    assert_eq!(window.state().session().articles().len(), 1);
    assert!(window.shows("Angela Merkel, suggested"), "{:?}", window.pages());
    window.press("Ctrl+Z");
    assert!(window.state().session().articles().is_empty(), "undo takes the article out again");
    assert!(window.shows("Try the sample session"), "an empty session says what to do");
}

#[test]
fn files_and_sessions_can_be_dropped() {
    let (dir, page) = folder();
    let mut window = empty();
    drop_on(&mut window, &page);
    assert_eq!(window.state().session().articles().len(), 1);
    let session = dir.path().join("work.ron");
    window.harness.state_mut().workbench.run(File::SaveTo(session.clone()));
    window.harness.run();
    let mut other = Window::open(Session::new(Scheme::standard()));
    drop(window);
    drop_on(&mut other, &session);
    assert_eq!(other.state().session().articles().len(), 1, "{:?}", other.state().notices.latest());
    assert_eq!(other.state().work.path(), Some(&*session));
}

/// A page most of which was left out says so over its article, and one key shows what all of it would be.
#[test]
fn what_was_left_out_of_a_page_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("page.html");
    let notice = "<p>We and our 40 partners use cookies on this site, Adam Media among them, and so will you like it more than you did before, or so we hope.</p>".repeat(3);
    let story = "<article><h1>Riga votes</h1><p>Riga elects a mayor on Sunday.</p><p>Liga Berzina is ahead.</p></article>";
    std::fs::write(&path, format!("<html><body><div id=\"consent\">{notice}</div>{story}</body></html>")).unwrap();
    let mut window = empty();
    drop_on(&mut window, &path);
    assert_eq!(window.state().stage.dialog, None, "it is nothing that went wrong");
    assert!(window.shows("words on the page were left out") && !window.pages()[0].contains("Adam Media"));
    window.press("Shift+B");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Refresh), "{:?}", window.state().notices.latest());
    window.press("Enter");
    let page = &window.pages()[0];
    assert!(page.contains("Adam Media") && page.contains("Liga Berzina"), "{page}");
    assert!(!window.shows("words on the page were left out"));
    window.press("Ctrl+Z");
    assert!(window.shows("words on the page were left out"));

    // Of a text it is the boilerplate that comes back, and is tagged.
    let mut window = empty();
    let text = "Riga votes\n\nRiga elects a mayor on Sunday.\n\nSign up for our newsletter by Nora Hale, who knows all that you need before six in the morning, every day in your inbox.\n\nBy signing up you accept our terms and our privacy policy, as far as they are known to you, and much else that Nora Hale thinks of.\n\nPolls close at 8 p.m.";
    window.harness.state_mut().workbench.run(File::Paste(text.to_owned()));
    window.harness.run();
    assert!(window.shows("Much of this text is taken for boilerplate") && !window.shows("Nora Hale, suggested"));
    window.press("Shift+B");
    assert!(!window.shows("Much of this text") && window.shows("Nora Hale, suggested"), "{:?}", window.pages());
    window.press("Shift+B");
    assert!(window.state().notices.latest().is_some_and(|notice| notice.text.contains("Nothing was left out")));
}

#[test]
fn what_is_dropped_together_is_one_undo() {
    let dir = tempfile::tempdir().unwrap();
    for n in 0..100 {
        std::fs::write(dir.path().join(format!("{n:03}.txt")), format!("Ministers of day {n} met in the harbour.\n")).unwrap();
    }
    let mut window = empty();
    for path in ["000.txt", "001.txt"] {
        window.harness.input_mut().dropped_files.push(Arc::new(Dropped(dir.path().join(path))));
    }
    window.harness.run();
    assert_eq!(window.state().session().articles().len(), 2);
    drop_on(&mut window, dir.path());
    assert_eq!(window.state().stage.dialog, Some(Dialog::Coming), "what a folder brings is shown first");
    window.press("Enter");
    assert_eq!(window.state().session().articles().len(), 100);
    for expected in [2, 0] {
        window.press("Ctrl+Z");
        assert_eq!(window.state().session().articles().len(), expected);
    }
    for expected in [2, 100] {
        window.press("Ctrl+Y");
        assert_eq!(window.state().session().articles().len(), expected);
    }
}

#[test]
fn files_that_were_copied_are_added_when_pasted() {
    let (dir, page) = folder();
    let named = dir.path().join("café b.txt");
    std::fs::copy(&page, &named).unwrap();
    let address = format!("file://{}\n", named.display()).replace('é', "%C3%A9").replace(' ', "%20");
    let mut window = empty();
    window.harness.event(egui::Event::Paste(address.clone()));
    window.harness.run();
    assert_eq!(window.state().stage.dialog, None, "it is no article by itself");
    assert_eq!(window.state().open_article().map(|article| article.id.as_str()), Some("café b"));
    // The path field takes addresses too.
    let mut window = empty();
    window.press("Ctrl+O");
    window.press("Ctrl+A");
    window.type_text(address.trim());
    window.press("Enter");
    assert_eq!(window.state().open_article().map(|article| article.id.as_str()), Some("café b"));
}

#[test]
fn a_desktop_without_a_chooser_is_told_and_the_field_is_ready() {
    use manicule::view::chooser::Answer;
    let (_dir, page) = folder();
    let mut window = empty();
    window.press("Ctrl+O");
    let commands = window.harness.state_mut().answered(Answer::Cancelled);
    window.harness.run();
    assert!(commands.is_empty() && !window.shows("no file chooser"));
    window.harness.state_mut().answered(Answer::NoChooser);
    window.harness.run();
    assert!(window.shows("This desktop has no file chooser"));
    type_path(&mut window, &page);
    assert_eq!(window.state().session().articles().len(), 1, "the field has the keys");
}

/// A keyboard that is taken away and comes again brings focus events; what is typed then goes where it went before.
#[test]
fn letters_stay_with_the_filter_when_the_keyboard_goes_and_comes() {
    for (view, key) in [("Ctrl+1", "/"), ("Ctrl+2", "/"), ("Ctrl+4", "/")] {
        let mut window = Window::open(dsl::session(&["[PERSON? Ann] met [ORG? NATO]"]));
        window.press(view);
        window.press(key);
        window.type_text("n");
        let before = window.pages();
        for focused in [false, true] {
            window.harness.input_mut().focused = focused;
            window.harness.event(egui::Event::WindowFocused(focused));
            window.harness.run();
            if !focused {
                let lose = |memory: &mut egui::Memory| memory.focused().into_iter().for_each(|id| memory.surrender_focus(id));
                window.harness.ctx.memory_mut(lose);
                window.harness.step();
                // The first key may come before the window knows that it has the focus again.
                window.harness.key_press(egui::Key::X);
                window.harness.step();
            }
        }
        // A key press and its text, as the keyboard sends them.
        window.harness.key_press(egui::Key::X);
        window.type_text("x");
        assert_eq!(window.pages(), before, "{view}: nothing was rejected");
        assert_eq!(window.state().stage.pane, manicule::workbench::Pane::Filter, "{view}");
    }
}

#[test]
fn files_held_over_the_window_are_told_what_will_happen() {
    let mut window = empty();
    window.harness.input_mut().hovered_files.push(egui::HoveredFile::default());
    window.harness.run_steps(3);
    assert!(window.shows("Let go to open"));
    window.harness.input_mut().hovered_files.clear();
    window.harness.run();
    assert!(!window.shows("Let go to open"));
}

#[test]
fn text_that_is_pasted_becomes_an_article() {
    let mut window = empty();
    window.harness.event(egui::Event::Paste(PAGE.to_owned()));
    window.harness.run();
    assert_eq!(window.state().stage.dialog, Some(Dialog::Paste));
    window.press("Ctrl+Enter");
    assert_eq!(window.state().open_article().map(|article| article.title()), Some("Ministers meet in the harbour"));
    assert!(window.state().open_article().is_some_and(|article| article.open_count() > 0));
}

#[test]
fn saving_asks_for_a_name_once_and_title_and_status_tell_what_is_unsaved() {
    let (dir, _) = folder();
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] met [ORG? NATO]"]));
    assert!(window.shows("nothing to save yet"));
    window.press("Space");
    window.press("Ctrl+S");
    assert_eq!(window.state().stage.dialog, Some(Dialog::SavePath));
    let path = dir.path().join("work.ron");
    type_path(&mut window, &path);
    assert!(path.exists(), "{:?}", window.state().notices.latest());
    assert!(window.shows("saved") && !window.state().work.is_unsaved());
    assert_eq!(session_name(window.state()), "work.ron");
    window.harness.state_mut().workbench.run(Decide::Reject(manicule::annotation::Scope::Mention));
    window.harness.step();
    assert_eq!(title(&window).as_deref(), Some("• work.ron – Manicule"));
    window.press("Ctrl+S");
    assert_eq!(window.state().stage.dialog, None, "the second time it has a name");
    assert!(!window.state().work.is_unsaved());
}

#[test]
fn closing_asks_where_something_is_unsaved() {
    let (dir, _) = folder();
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] met [ORG? NATO]"]));
    window.press("Space Ctrl+Q");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Unsaved));
    window.press("Esc");
    assert!(window.state().work.is_unsaved() && window.state().stage.dialog.is_none(), "cancelled");
    window.press("Ctrl+Q Enter");
    assert_eq!(window.state().stage.dialog, Some(Dialog::SavePath), "it has no name yet");
    type_path(&mut window, &dir.path().join("work.ron"));
    assert!(!window.state().work.is_unsaved());
}

#[test]
fn a_save_after_closing_was_called_off_closes_nothing() {
    let (dir, _) = folder();
    let path = dir.path().join("work.ron");
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] met [ORG? NATO]"]));
    let closes = |window: &Window| {
        let mut commands = window.harness.output().viewport_output.values().flat_map(|output| &output.commands);
        commands.any(|command| *command == ViewportCommand::Close)
    };
    window.press("Space Ctrl+Q Esc Ctrl+S");
    type_path(&mut window, &path);
    assert!(path.exists() && !closes(&window));
    window.press("Space Ctrl+Q");
    assert!(window.state().work.is_unsaved());
    window.harness.key_press(egui::Key::Enter);
    let mut closed = false;
    for _ in 0..10 {
        window.harness.step();
        closed |= closes(&window);
    }
    assert!(closed && !window.state().work.is_unsaved(), "asked for, it is saved and closed");
}

#[test]
fn a_path_that_is_refused_stays_to_be_mended_and_the_message_goes() {
    let (dir, _) = folder();
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] met [ORG? NATO]"]));
    window.press("Space Ctrl+S");
    type_path(&mut window, &dir.path().join("nowhere/work.ron"));
    assert_eq!(window.state().stage.dialog, Some(Dialog::SavePath));
    assert!(window.shows("could not be saved"), "{:?}", window.state().notices);
    window.press("Esc");
    assert!(window.shows("could not be saved"), "the first Esc closes the dialog");
    window.press("Esc");
    assert!(!window.shows("could not be saved"), "the second dismisses the message");
    window.press("Ctrl+S");
    type_path(&mut window, &dir.path().join("nowhere/work.ron"));
    type_path(&mut window, &dir.path().join("work.ron"));
    assert!(window.shows("Saved as") && !window.shows("could not be saved"), "{:?}", window.state().notices);
}

#[test]
fn a_message_with_undo_goes_with_the_next_change() {
    let mut window = Window::open(dsl::session(&["[ORG? NATO] and [ORG? NATO] in [GPE? Oslo] with [PERSON? Ann]"]));
    window.press("Shift+Space");
    assert!(window.shows("One undo takes all of it back"));
    window.press("Space");
    assert!(!window.shows("One undo takes all of it back"), "undo would take back another change");
    // The cap in the notice does what the one in the status bar does.
    let undo_caps = |window: &Window| window.harness.query_all_by_label("undo").count();
    let mut window = Window::open(dsl::session(&["[ORG? NATO] and [ORG? NATO] in [GPE? Oslo] with [PERSON? Ann]"]));
    window.press("Shift+Space");
    assert_eq!(undo_caps(&window), 1);
    window.press("Ctrl+Z");
    assert!(window.shows("Undone: ") && undo_caps(&window) == 0, "undo would not take back an undo");
}

#[test]
fn work_goes_on_where_it_stopped() {
    let (dir, _) = folder();
    let path = dir.path().join("work.ron");
    let open = |session| Window::on(crate::workbench::state_with_places(session, dir.path()), 1280.0, 800.0);
    let mut window = open(dsl::session(&["[PERSON? Ann] met [ORG? NATO]", "[PERSON? Bob] met [ORG? EU] in [GPE? Oslo]"]));
    window.press("Ctrl+PageDown Space Space Ctrl+Shift+S");
    type_path(&mut window, &path);
    drop(window);
    let mut window = open(Session::new(Scheme::standard()));
    window.press("Ctrl+O");
    type_path(&mut window, &path);
    window.press("X");
    assert_eq!(window.pages(), ["[PERSON? Ann] met [ORG? NATO]", "[PERSON! Bob] met [ORG! EU] in [GPE~ Oslo]"]);
    assert_eq!(window.state().settings().recent, [path], "it is among the recent ones");
    window.press("Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(window.pages()[1], "[PERSON? Bob] met [ORG? EU] in [GPE? Oslo]", "undo reaches back across runs");
}

#[test]
fn recent_sessions_are_offered_where_something_is_opened() {
    let (dir, _) = folder();
    let path = dir.path().join("harbour.ron");
    let mut window = Window::open(dsl::session(&["[PERSON? Ann]"]));
    window.press("Space Ctrl+Shift+S");
    type_path(&mut window, &path);
    window.press("Ctrl+N");
    assert!(window.shows("harbour.ron"), "the welcome page offers it");
    window.press("Ctrl+O");
    window.click(window.top_rect("harbour.ron").center());
    assert_eq!(window.pages(), ["[PERSON! Ann]"]);
}

#[test]
fn an_export_is_written_beside_the_session_and_told() {
    let (dir, _) = folder();
    let mut window = Window::open(dsl::session(&["[PERSON! Ann] met [ORG? NATO]"]));
    window.press("X Ctrl+Shift+S");
    type_path(&mut window, &dir.path().join("work.ron"));
    window.press("Ctrl+E Enter");
    let written = std::fs::read_to_string(dir.path().join("work.jsonl")).expect("an export beside the session");
    assert!(written.contains("PERSON"), "{written}");
    assert!(window.state().notices.latest().is_some_and(|notice| notice.text.starts_with("Wrote 1 mention to ")));
}

#[test]
fn an_export_can_leave_out_who_decided() {
    let (dir, _) = folder();
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] met [ORG? NATO]"]));
    let settings = Settings { analyst: "ada".to_owned(), ..Settings::default() };
    window.harness.state_mut().workbench.run(Screen::Set(Box::new(settings)));
    window.press("Space");
    for (name, holds) in [("with.jsonl", true), ("without.jsonl", false)] {
        let path = dir.path().join(name);
        window.press("Ctrl+E");
        if !holds {
            window.press("Shift+Tab Space Tab");
        }
        type_path(&mut window, &path);
        assert_eq!(std::fs::read_to_string(&path).expect("a file").contains("ada"), holds, "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_listed_and_the_rest_is_there() {
    let (dir, _) = folder();
    std::fs::write(dir.path().join("paper.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").expect("a file");
    std::fs::write(dir.path().join("empty.txt"), "").expect("a file");
    let mut window = empty();
    window.press("Ctrl+O");
    type_path(&mut window, dir.path());
    assert_eq!(window.state().session().articles().len(), 1);
    assert_eq!(window.state().stage.dialog, Some(Dialog::Faults));
    assert!(window.shows("paper.doc: is an old Word") && window.shows("empty.txt"));
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, None);
    assert!(window.harness.query_by_label_contains("Angela Merkel, suggested").is_some());
}

#[test]
fn a_session_that_cannot_be_read_is_told_with_its_line_and_left_alone() {
    let (dir, _) = folder();
    let path = dir.path().join("broken.ron");
    std::fs::write(&path, "(\n  format: 1,\n  nonsense: 3,\n)\n").expect("a file");
    let mut window = Window::open(dsl::session(&["[PERSON? Ann]"]));
    window.press("Ctrl+O");
    type_path(&mut window, &path);
    let told = window.state().notices.latest().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(told.contains("broken.ron") && told.contains("line "), "{told}");
    assert!(window.shows("broken.ron"), "the message is on screen");
    assert_eq!(window.pages(), ["[PERSON? Ann]"]);
    assert_eq!(std::fs::read_to_string(&path).ok().as_deref(), Some("(\n  format: 1,\n  nonsense: 3,\n)\n"));
}
