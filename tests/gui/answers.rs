//! How every dialog is answered: Enter is the button that is marked so, Esc leaves, the key that quits does.

use eframe::egui::{Event, Key, Modifiers, Rect, ViewportCommand, accesskit::Role};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use manicule::annotation::{Session, Time};
use manicule::tagger::Tagger;
use manicule::workbench::{Arrange, Dialog, File, Ports, Renew, Screen, Workbench};
use tempfile::TempDir;

use super::Window;
use super::conflicts::contested;
use crate::sources::{CHANGED, session};
use crate::support::dsl;

const MET: &str = "[PERSON? Angela Merkel] met [ORG? NATO and [GPE! Rome]] in [GPE? Brussels].";

/// Every dialog that lies over the window. One that is new is missed by the compiler in [`opened`].
pub const DIALOGS: [Dialog; 41] = [
    Dialog::OpenPath,
    Dialog::Paste,
    Dialog::SavePath,
    Dialog::ExportNames,
    Dialog::SaveLearned,
    Dialog::BringLearned,
    Dialog::Export,
    Dialog::Settings,
    Dialog::Corpus,
    Dialog::TagMatches,
    Dialog::Scheme,
    Dialog::ImportLabels,
    Dialog::ExportLabels,
    Dialog::Link,
    Dialog::Card,
    Dialog::Note,
    Dialog::GoTo,
    Dialog::Day,
    Dialog::Details,
    Dialog::Tags,
    Dialog::Which,
    Dialog::Palette,
    Dialog::Help,
    Dialog::About,
    Dialog::Unsaved,
    Dialog::OtherVersion,
    Dialog::Leftovers,
    Dialog::Discard,
    Dialog::Coming,
    Dialog::Faults,
    Dialog::Losses,
    Dialog::Replace,
    Dialog::Given,
    Dialog::Came,
    Dialog::Retag,
    Dialog::Renewed,
    Dialog::Refresh,
    Dialog::Orphans,
    Dialog::Conflicts,
    Dialog::Concordance,
    Dialog::Find,
];

/// A window in which a dialog lies open as it would for a person, with a folder that it may write into.
pub fn opened(dialog: Dialog, width: f32, height: f32) -> (Window, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let window_on = |session: Session| Window::sized(session, width, height);
    let window = || window_on(dsl::session(&[MET, "[ORG? NATO] again"]));
    let typed = |key: &str, text: &str| {
        let mut window = window();
        window.press(key);
        window.press("Ctrl+A");
        window.type_text(text);
        window
    };
    let ran = |screen: Screen, text: &str| {
        let mut window = window();
        window.run(screen);
        window.type_text(text);
        window
    };
    let keeping = |day: i64| {
        let mut ports = Ports::still(Time(day * 86_400));
        ports.around.unsaved_folder = Some(path("unsaved"));
        Workbench::new(dsl::session(&[MET]), Tagger::standard(), ports)
    };
    let leftovers = || {
        for _ in 0..2 {
            let mut unsaved = keeping(0);
            unsaved.run(Arrange::ToggleFlag);
            unsaved.close();
        }
        let mut state = keeping(1);
        state.offer_leftovers();
        Window::on(state, width, height)
    };
    let sources = || {
        let (own, session) = session(&[crate::sources::PAGE]);
        std::fs::write(own.path().join("a.txt"), CHANGED).unwrap();
        let mut window = window_on(session);
        window.press("Ctrl+R");
        window
    };
    let window = match dialog {
        Dialog::OpenPath => typed("Ctrl+O", "/nowhere/a.txt"),
        Dialog::Paste => ran(Screen::Open(dialog), "Oja left Rome"),
        Dialog::SavePath => typed("Ctrl+Shift+S", &path("s.ron").display().to_string()),
        Dialog::ExportNames | Dialog::ImportLabels | Dialog::ExportLabels | Dialog::SaveLearned | Dialog::BringLearned => {
            let mut window = ran(Screen::Open(dialog), "");
            window.press("Ctrl+A");
            window.type_text(&path("l.ron").display().to_string());
            window
        }
        Dialog::Export => typed("Ctrl+E", &path("s.jsonl").display().to_string()),
        Dialog::Settings => typed("Ctrl+,", ""),
        Dialog::Corpus => typed("Ctrl+F Ctrl+F", "nato"),
        Dialog::TagMatches => {
            let mut window = typed("Ctrl+F", "in");
            window.press("Ctrl+T");
            window
        }
        Dialog::Scheme => typed("Ctrl+L", ""),
        Dialog::Link => typed("K", "Angela"),
        Dialog::Card => typed("K Enter Shift+K", ""),
        Dialog::Note => typed(";", "who?"),
        Dialog::GoTo => typed("Ctrl+G", "b"),
        Dialog::Day => typed("Alt+D", "2026-11-05"),
        Dialog::Details => typed("Ctrl+D", "A title"),
        Dialog::Tags => typed("Alt+T", "wire"),
        Dialog::Which => typed("F4", "nato"),
        Dialog::Palette => typed("Ctrl+K", "rejec"),
        Dialog::Help => typed("?", ""),
        Dialog::About => ran(Screen::Open(dialog), ""),
        Dialog::Unsaved => typed("X Ctrl+Q", ""),
        Dialog::OtherVersion => {
            let work = path("s.ron");
            let mut first = crate::workbench::state(dsl::session(&[MET]));
            first.run(File::SaveTo(work.clone()));
            first.poll();
            let copy = std::fs::read(&work).unwrap();
            first.run(Arrange::ToggleFlag);
            first.run(File::Save);
            first.poll();
            first.close();
            std::fs::write(&work, copy).unwrap();
            let mut second = crate::workbench::state(dsl::session(&[MET]));
            second.run(File::Open(work));
            second.poll();
            Window::on(second, width, height)
        }
        Dialog::Leftovers => leftovers(),
        Dialog::Discard => {
            let mut window = leftovers();
            let first = window.state().dialogs.leftovers[0].path.clone();
            window.run(File::AskDiscard(first));
            window
        }
        Dialog::Coming => {
            let mut window = window();
            let doc = |n: usize| {
                format!("<DOC id=\"X{n}\">\n<HEADLINE>\nFerry {n} runs aground\n</HEADLINE>\n<TEXT>\n<P>\nIt ran.\n</P>\n</TEXT>\n</DOC>\n")
            };
            std::fs::write(path("wire.sgml"), (0..12).map(doc).collect::<String>()).unwrap();
            window.run(File::Add(vec![path("wire.sgml")]));
            window
        }
        Dialog::Faults => {
            let mut window = window();
            std::fs::write(path("bad.pdf"), "%PDF-1.7 …").unwrap();
            window.run(File::Add(vec![path("bad.pdf")]));
            window
        }
        Dialog::Losses => {
            let mut window = window();
            let how = manicule::workbench::ExportAs {
                format: "conll".to_owned(),
                states: manicule::workbench::ExportStates::All,
                ..Default::default()
            };
            window.run(File::Export(how, path("out.conll")));
            window
        }
        Dialog::Replace => {
            let mut window = window();
            std::fs::write(path("there.jsonl"), "mine").unwrap();
            let how = manicule::workbench::ExportAs { format: "jsonl".to_owned(), ..Default::default() };
            window.run(File::Export(how, path("there.jsonl")));
            window
        }
        Dialog::Given => {
            let mut window = window();
            std::fs::write(path("in.jsonl"), r#"{"id":"x","text":"NATO again","entities":[[0,4,"GPE"]]}"#).unwrap();
            window.run(File::Add(vec![path("in.jsonl")]));
            window
        }
        Dialog::Came => {
            let mut window = window();
            std::fs::write(path("in.jsonl"), r#"{"id":"x","text":"Ann has TP53","entities":[[0,3,"PER"],[8,12,"GENE"]]}"#).unwrap();
            window.run(File::Add(vec![path("in.jsonl")]));
            window
        }
        Dialog::Retag => {
            let mut window = window();
            window.run(Renew::RetagAll);
            window
        }
        Dialog::Renewed => {
            let mut window = window();
            window.run(Screen::Open(dialog));
            window
        }
        Dialog::Refresh => sources(),
        Dialog::Orphans => {
            let mut window = sources();
            window.press("Enter Ctrl+U");
            window
        }
        Dialog::Copies => {
            let mut window = window_on(dsl::session(&["[GPE! Dovik] was late again.", "[GPE? Dovik] was late again."]));
            window.press("Alt+Shift+C");
            window
        }
        Dialog::Conflicts => {
            let mut window = window_on(contested(&["[PERSON! Oja] met [ORG! NATO]"]));
            window.press("Shift+Q");
            window
        }
        Dialog::Concordance => typed("Ctrl+Shift+Space", ""),
        Dialog::Find => window(),
    };
    if dialog.is_modal() {
        assert_eq!(window.state().stage.dialog, Some(dialog), "{:?}", window.state().notices);
    }
    (window, folder)
}

/// What Enter is marked to press.
fn marked(window: &Window) -> Option<Rect> {
    let nodes = window.harness.query_all(By::new().predicate(|node| node.data().keyboard_shortcut() == Some("Enter")));
    let rects: Vec<_> = nodes.map(|node| node.rect()).collect();
    assert!(rects.len() <= 1, "Enter is one thing: {rects:?}");
    rects.into_iter().next()
}

/// Role, name and place of what has the focus.
pub fn focused(window: &Window) -> Option<(Role, String, Rect)> {
    let node = window.harness.query_all(By::new().predicate(|node| node.is_focused())).last()?;
    let (role, label) = (node.accesskit_node().role(), node.accesskit_node().label().unwrap_or_default());
    Some((role, label, node.rect()))
}

/// What came of an answer, as far as it can be told.
fn outcome(window: &Window) -> String {
    let state = window.state();
    let (stage, page) = (&state.stage, &state.page);
    let entries = state.history().entries().len();
    let notes: Vec<_> = state.notices.all().iter().map(|notice| notice.text.rsplit('/').next().unwrap_or_default().to_owned()).collect();
    format!("{stage:?} {:?} {:?} {entries} {:?} {notes:?}", page.article, page.focus, window.pages())
}

#[test]
fn enter_is_the_marked_button_of_every_dialog() {
    for dialog in DIALOGS.into_iter().filter(|dialog| dialog.is_modal()) {
        let (mut clicked, _own) = opened(dialog, 1280.0, 800.0);
        let button = marked(&clicked).unwrap_or_else(|| panic!("{dialog:?}: nothing shows that Enter would press it"));
        clicked.click(button.center());
        clicked.harness.run_ok();
        let (mut entered, _own) = opened(dialog, 1280.0, 800.0);
        let before = outcome(&entered);
        entered.press("Enter");
        assert_eq!(outcome(&entered), outcome(&clicked), "{dialog:?}");
        // What names a file that is not there, or keeps what was, only closes.
        assert_ne!(outcome(&entered), before, "{dialog:?}: Enter did something");
    }
}

#[test]
fn escape_leaves_every_dialog_and_the_key_that_quits_quits() {
    for dialog in DIALOGS.into_iter().filter(|dialog| dialog.is_modal()) {
        let (mut window, _own) = opened(dialog, 1280.0, 800.0);
        let pages = window.pages();
        window.press("Esc");
        assert_eq!((window.state().stage.dialog, window.pages()), (None, pages), "{dialog:?}");
        let (mut window, _own) = opened(dialog, 1280.0, 800.0);
        // With something unsaved quitting asks, which is seen.
        window.run(Arrange::ToggleFlag);
        window.press("Ctrl+Q");
        assert!(
            window.state().work.is_unsaved() && window.state().stage.dialog == Some(Dialog::Unsaved),
            "{dialog:?}: {:?}",
            window.state().stage
        );
    }
}

#[test]
fn no_slip_in_the_offer_of_unsaved_work_destroys_any() {
    for keys in ["Enter", "Tab Enter", "Tab Space", "Tab Tab Enter Enter", "↓ Tab Tab Space Enter", "Shift+Tab Enter Enter", "Esc"] {
        let (mut window, folder) = opened(Dialog::Leftovers, 1280.0, 800.0);
        assert_eq!(focused(&window).map(|(_, name, _)| name).as_deref(), Some("Restore"));
        window.press(keys);
        let journals = std::fs::read_dir(folder.path().join("unsaved")).unwrap().filter_map(Result::ok);
        let journals = journals.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "journal")).count();
        assert_eq!(journals, 2, "{keys}");
    }
}

#[test]
fn the_key_that_quits_closes_from_every_dialog_where_nothing_is_unsaved() {
    let mut closed = 0;
    for dialog in DIALOGS.into_iter().filter(|dialog| dialog.is_modal()) {
        let (mut window, _own) = opened(dialog, 1280.0, 800.0);
        if window.state().work.is_unsaved() {
            continue;
        }
        assert!(asks_to_close(&mut window), "{dialog:?}: {:?}", window.state().stage);
        closed += 1;
    }
    assert!(closed > 20, "{closed} dialogs come without a change");
}

/// Presses the key that quits; answers whether the window then asks the desktop to be closed.
fn asks_to_close(window: &mut Window) -> bool {
    let modifiers = Modifiers::COMMAND | Modifiers::CTRL;
    // Each frame has an output of its own, and a key that comes in through the harness takes two.
    [true, false].into_iter().any(|pressed| {
        let event = Event::Key { key: Key::Q, physical_key: None, pressed, repeat: false, modifiers };
        window.harness.input_mut().events.push(event);
        window.harness.step();
        let mut viewports = window.harness.output().viewport_output.values();
        viewports.any(|viewport| viewport.commands.contains(&ViewportCommand::Close))
    })
}

/// Wherever Tab goes: Enter presses the button that has the focus, else the main one, which shows it.
#[test]
fn enter_stays_with_the_main_button_while_fields_and_boxes_have_the_focus() {
    for dialog in DIALOGS.into_iter().filter(|dialog| dialog.is_modal() && !matches!(dialog, Dialog::Concordance | Dialog::Card)) {
        let (mut window, _own) = opened(dialog, 1280.0, 800.0);
        for step in 0..12 {
            let focused = focused(&window);
            let is_button = matches!(focused, Some((Role::Button, ..)));
            assert!(is_button || marked(&window).is_some(), "{dialog:?}, {step} Tabs: {focused:?}");
            window.press("Tab");
        }
    }
}

#[test]
fn a_format_is_chosen_by_pointer_or_keys_and_enter_exports() {
    for by_pointer in [true, false] {
        let (mut window, folder) = opened(Dialog::Export, 1280.0, 800.0);
        let combo = window.harness.get_by_role_and_label(Role::ComboBox, "Format").rect();
        if by_pointer {
            window.click(combo.center());
            window.harness.run_ok();
            assert!(window.shows("CSV"), "the list is open");
            let choice = window.harness.query_all_by_label_contains("CSV").last().expect("a format").rect();
            window.click(choice.center());
        } else {
            window.press("Shift+Tab Shift+Tab Shift+Tab Shift+Tab Shift+Tab");
            for _ in 0..12 {
                if focused(&window).is_some_and(|(_, label, _)| label == "Format") {
                    break;
                }
                window.press("Tab");
            }
            window.press("Space ↓ Enter");
            assert_eq!(window.state().stage.dialog, Some(Dialog::Export), "Enter closed the list, no more");
        }
        window.press("Enter");
        assert_eq!(window.state().stage.dialog, None, "by pointer: {by_pointer}");
        let written = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(written, 1, "{:?}", window.state().notices);
    }
}

/// Where Tab goes, until it comes back to where it began.
fn round(window: &mut Window) -> Vec<(String, Rect)> {
    let mut round: Vec<(String, Rect)> = Vec::new();
    for _ in 0..120 {
        window.press("Tab");
        // Panes and their edges take the keys, but are nothing to press or to fill in.
        let is_control = |role: &Role| !matches!(role, Role::Document | Role::Pane | Role::ListBox | Role::Splitter);
        let Some((_, name, rect)) = focused(window).filter(|(role, name, _)| is_control(role) && name != "Resize panel") else { continue };
        if round.iter().any(|(other, at)| *other == name && *at == rect) {
            break;
        }
        round.push((name, rect));
    }
    round
}

/// As the eye reads: along a line, then to a line below; to a higher one only in a column further on.
fn is_read_after(before: Rect, after: Rect) -> bool {
    let is_in_line = after.top() < before.center().y && before.top() < after.center().y;
    if is_in_line { after.left() >= before.left() } else { after.top() >= before.top() || after.left() >= before.right() - 1.0 }
}

#[track_caller]
fn check_round(what: &str, window: &mut Window, least: usize) {
    let round = round(window);
    assert!(round.len() >= least, "{what}: Tab reaches {round:?}");
    // The round begins anew once. A row that is scrolled out of sight lies below what is drawn under its list.
    let steps = round.iter().zip(round.iter().cycle().skip(1));
    let is_hidden = |name: &str, rect: Rect| (name.starts_with("Retire") || name.starts_with("Bring back")) && rect.bottom() > 520.0;
    let back = steps.filter(|((name, before), (_, after))| !is_read_after(*before, *after) && !is_hidden(name, *before));
    let back: Vec<_> = back.map(|((one, _), (other, _))| format!("{one} → {other}")).collect();
    assert!(back.len() <= 1, "{what}: Tab goes backwards: {back:?}, of {round:?}");
}

#[test]
fn tab_goes_through_every_dialog_as_the_eye_reads() {
    for dialog in DIALOGS.into_iter().filter(|dialog| dialog.is_modal() && !matches!(dialog, Dialog::Palette | Dialog::GoTo | Dialog::Link))
    {
        for (width, height) in [(1280.0, 800.0), (1024.0, 700.0)] {
            let (mut window, _own) = opened(dialog, width, height);
            check_round(&format!("{dialog:?} at {width}"), &mut window, 1);
        }
    }
}

#[test]
fn tab_goes_through_the_window_as_the_eye_reads() {
    for (width, height) in [(1280.0, 800.0), (1024.0, 700.0)] {
        for keys in ["F6 F6", "Ctrl+2 F6", "Ctrl+3", "Ctrl+4 F6", "Ctrl+5 F6"] {
            let mut window = Window::sized(dsl::session(&[MET, "[ORG? NATO] again"]), width, height);
            window.press("Space");
            window.press(keys);
            check_round(&format!("{keys} at {width}"), &mut window, 3);
        }
        let mut window = Window::sized(Session::default(), width, height);
        check_round(&format!("the ways in at {width}"), &mut window, 8);
    }
}

/// A field with an example in it says that it is one, or what the field is for.
#[test]
fn no_example_looks_like_a_value() {
    for dialog in DIALOGS.into_iter().filter(|dialog| dialog.is_modal()) {
        let (window, _own) = opened(dialog, 1280.0, 800.0);
        for node in window.harness.query_all(By::new().predicate(|node| node.data().placeholder().is_some())) {
            let hint = node.accesskit_node().data().placeholder().unwrap_or_default().to_owned();
            let is_its_name = node.accesskit_node().label().as_deref() == Some(&hint);
            let tells = ["for instance ", "as the text begins: ", "Enter keeps it", "One line, shown", "The longer guideline, shown"];
            assert!(is_its_name || hint.is_empty() || tells.iter().any(|words| hint.starts_with(words)), "{dialog:?}: {hint:?}");
        }
    }
}
