//! Files handed on and taken in: what an export would write is shown before, what is there is replaced after a question, and
//! annotations of articles that the session has are taken over as it is said.

use std::path::Path;

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use manicule::annotation::{Scheme, Session};
use manicule::workbench::{Command, Dialog, ExportAs, ExportLabels, ExportStates, File, Rules};

use super::Window;
use crate::support::dsl;

const PAGES: [&str; 2] = ["[PERSON! Ann Lee] met [GPE? Oslo] and [ORG! Bank of [GPE! Spain]]", "[ORG! UN] voted"];

fn run(window: &mut Window, command: impl Into<Command>) {
    window.harness.state_mut().workbench.run(command);
    window.harness.run();
    window.harness.run();
}

#[track_caller]
fn click(window: &mut Window, label: &str) {
    let at = window.top_rect(label).center();
    window.click(at);
    window.harness.run();
}

#[test]
fn an_export_is_shown_while_it_is_chosen() {
    let mut window = Window::open(dsl::session(&PAGES));
    window.press("Ctrl+E");
    window.harness.run();
    assert!(window.shows("4 mentions of 2 articles; left out: 1 suggested"), "the counts");
    assert!(window.texts().iter().any(|(words, ..)| words.contains("{\"id\":\"a\",\"text\":\"Ann Lee met Oslo")), "the first line");
    // The counts above say the word too.
    let at = window.harness.get_by_role_and_label(Role::RadioButton, "suggested").rect().center();
    window.click(at);
    window.harness.run();
    assert!(window.shows("1 mention of 2 articles; left out: 4 confirmed"));
    // A format without overlaps says what it leaves out.
    let how = ExportAs { format: "conll".to_owned(), ..ExportAs::default() };
    run(&mut window, File::Preview(how.clone()));
    let shown = |window: &Window| window.state().dialogs.previewed.as_ref().map(|shown| (shown.how.clone(), shown.preview.lines.clone()));
    // What is chosen in the dialog is asked for again.
    assert_eq!(shown(&window).map(|(how, _)| how.format), Some("jsonl".to_owned()));
    window.press("Escape");
    assert!(shown(&window).is_none(), "nobody looks any more");
    run(&mut window, File::Preview(how));
    assert_eq!(shown(&window).unwrap().1[..3], ["-DOCSTART- -X- O O", "", "Ann -X- _ B-PERSON"]);
}

/// Whatever the window writes by a path: a file that holds something stays until it is said to be replaced.
#[test]
fn what_is_there_is_replaced_after_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("there.ron");
    let how = ExportAs { format: "jsonl".to_owned(), ..ExportAs::default() };
    let commands: [Command; 4] = [
        File::Export(how, path.clone()).into(),
        File::SaveTo(path.clone()).into(),
        File::ExportLabels(path.clone()).into(),
        Rules::ExportNames(path.clone()).into(),
    ];
    for command in commands {
        std::fs::write(&path, "mine").unwrap();
        let mut window = Window::open(dsl::session(&PAGES));
        let holds = || std::fs::read_to_string(&path).unwrap();
        run(&mut window, command.clone());
        assert_eq!((window.state().stage.dialog, holds().as_str()), (Some(Dialog::Replace), "mine"), "{command:?}");
        assert!(window.shows("Replace there.ron?"), "{command:?}");
        window.press("Enter");
        // An export can be chosen otherwise then.
        let then = matches!(command, Command::File(File::Export(..))).then_some(Dialog::Export);
        assert_eq!((window.state().stage.dialog, holds().as_str()), (then, "mine"), "{command:?}: Enter keeps it");
        run(&mut window, command.clone());
        click(&mut window, "Replace");
        window.harness.run();
        assert_eq!(window.state().stage.dialog, None, "{command:?}");
        assert_ne!(holds(), "mine", "{command:?}: {:?}", window.state().notices.latest());
        // An empty file holds nothing.
        std::fs::remove_file(path.with_extension("ron.lock")).ok();
        std::fs::remove_file(path.with_extension("ron.journal")).ok();
    }
    std::fs::write(&path, "").unwrap();
    let mut window = Window::open(dsl::session(&PAGES));
    run(&mut window, File::ExportLabels(path.clone()));
    assert!(window.state().stage.dialog.is_none() && path.metadata().unwrap().len() > 0);
    // One's own file is no other's.
    let own = folder.path().join("own.ron");
    run(&mut window, File::SaveTo(own.clone()));
    window.press("Ctrl+Shift+S");
    run(&mut window, File::SaveTo(own));
    assert_eq!(window.state().stage.dialog, None);
}

fn lines(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("in.jsonl");
    let known = r#"{"id":"x","text":"Ann Lee met Oslo and Bank of Spain","entities":[[0,7,"ORG"],[12,16,"GPE"]]}"#;
    let new = r#"{"id":"y","text":"Graz","entities":[[0,4,"GENE"]]}"#;
    std::fs::write(&path, format!("{known}\n{new}\nno JSON\n")).unwrap();
    path
}

#[test]
fn annotations_of_an_article_that_is_here_are_taken_over_as_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = lines(folder.path());
    let before = dsl::session(&PAGES);
    let mut window = Window::open(before.clone());
    run(&mut window, File::Add(vec![path.clone()]));
    // What could not be read is told first; the question waits behind it.
    assert_eq!(window.state().stage.dialog, Some(Dialog::Faults));
    assert!(window.shows("line 3"), "the line that is none");
    window.press("Escape");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Came), "then what the new label is here");
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Given), "{:?}", window.state().notices.latest());
    assert!(window.shows("Annotations of 1 article") && window.shows("1 settle what is only suggested here"));
    assert!(window.shows("1 have another label here") && window.shows("2 are decided here and not there"));
    assert!(window.pages().iter().any(|page| page == "[GENE! Graz]"), "what is new is here already: {:?}", window.pages());
    assert!(window.state().session().scheme().by_name("GENE").is_some());
    click(&mut window, "suggestions");
    window.harness.run();
    assert!(window.shows("1 say what stands here"), "as a suggestion it says nothing new");
    click(&mut window, "decisions, as they");
    window.harness.run();
    window.press("Enter");
    window.harness.run();
    assert_eq!(window.state().stage.dialog, None);
    assert!(window.pages()[0].contains("[GPE! Oslo]") && window.pages()[0].starts_with("[PERSON! Ann Lee]"), "{:?}", window.pages());
    assert!(window.state().session().articles()[0].mentions[0].is_contested());
    window.press("Ctrl+Z");
    assert!(window.pages()[0].contains("[GPE? Oslo]"), "one undo takes it back");
    window.press("Ctrl+Z");
    assert_eq!(*window.state().session(), before, "and another the new article with its label");

    // Left, nothing is taken; where nothing would change, nothing is asked.
    let mut window = Window::open(dsl::session(&["[GPE! Graz]"]));
    let same = folder.path().join("same.jsonl");
    std::fs::write(&same, r#"{"id":"y","text":"Graz","entities":[[0,4,"GPE"]]}"#).unwrap();
    run(&mut window, File::Add(vec![same]));
    assert_eq!((window.state().stage.dialog, window.pages().len()), (None, 1));
    assert!(window.state().notices.latest().is_some_and(|notice| notice.text.contains("they say what stands here")));
    let other = folder.path().join("other.jsonl");
    std::fs::write(&other, r#"{"id":"y","text":"Graz","entities":[[0,4,"ORG"]]}"#).unwrap();
    run(&mut window, File::Add(vec![other]));
    click(&mut window, "Leave them");
    assert_eq!((window.state().stage.dialog, window.pages()), (None, vec!["[GPE! Graz]".to_owned()]));
    assert!(window.state().dialogs.offering.is_none() && !window.state().session().articles()[0].mentions[0].is_contested());
}

/// What was chosen is there again where the file was not to be replaced.
#[test]
fn an_export_that_would_replace_a_file_can_be_chosen_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let (there, other) = (folder.path().join("there.conll"), folder.path().join("other.conll"));
    std::fs::write(&there, "mine").unwrap();
    let mut window = Window::open(dsl::session(&PAGES));
    let labels = ExportLabels::Listed("GPE LOC, PERSON -".to_owned());
    let how = ExportAs { format: "conll".to_owned(), states: ExportStates::All, labels, is_anonymous: true, ..ExportAs::default() };
    run(&mut window, File::Export(how.clone(), there.clone()));
    window.press("Escape");
    assert_eq!(window.state().stage.dialog, None);
    window.press("Ctrl+E");
    window.harness.run();
    let asked = |window: &Window| window.state().dialogs.previewed.as_ref().map(|shown| shown.how.clone());
    assert_eq!(asked(&window), Some(how.clone()));
    window.press("Enter");
    click(&mut window, "Keep what is there");
    window.harness.run();
    assert_eq!((window.state().stage.dialog, asked(&window)), (Some(Dialog::Export), Some(how)));
    let field =
        window.harness.get_all_by_role(Role::TextInput).find(|node| node.value().is_some_and(|value| value.ends_with("there.conll")));
    assert!(field.is_some(), "with its path");
    window.press("Ctrl+A");
    window.type_text(&other.display().to_string());
    window.press("Enter");
    window.harness.run();
    let written = std::fs::read_to_string(&other).unwrap_or_default();
    assert!(written.contains("Oslo -X- _ B-LOC") && !written.contains("PERSON") && written.contains("B-ORG"), "{written}");
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "mine");
    window.press("Escape Ctrl+E");
    window.harness.run();
    assert_eq!(asked(&window).map(|how| how.format), Some("jsonl".to_owned()), "what was written is not offered again");
}

#[test]
fn labels_are_called_otherwise_in_an_export() {
    let mut window = Window::open(dsl::session(&PAGES));
    let asked = |window: &mut Window, labels: ExportLabels| {
        let how = ExportAs { format: "conll".to_owned(), labels, ..ExportAs::default() };
        run(window, File::Preview(how));
        let shown = window.state().dialogs.previewed.as_ref().unwrap();
        (shown.preview.lines.join("\n"), shown.fault.clone())
    };
    assert!(asked(&mut window, ExportLabels::AsHere).0.contains("B-PERSON"));
    assert!(asked(&mut window, ExportLabels::Conll).0.contains("B-PER\n"));
    assert!(asked(&mut window, ExportLabels::Listed("PERSON\thuman,ORG -\n".to_owned())).0.contains("B-human"));
    let fault = asked(&mut window, ExportLabels::Listed("PERSON PER, ORG".to_owned())).1.unwrap();
    assert!(fault.contains("line 2") && fault.contains("LABEL NAME"), "{fault}");
    // By the keys alone: the list of what labels are called, then what is typed.
    let chosen = |window: &Window| window.state().dialogs.previewed.as_ref().map(|shown| shown.how.labels.clone());
    window.press("Ctrl+E");
    window.harness.run();
    window.harness.get_by_role_and_label(Role::ComboBox, "Labels").focus();
    window.harness.run();
    window.press("↓");
    window.harness.run();
    assert_eq!(chosen(&window), Some(ExportLabels::Conll));
    window.press("↓");
    window.harness.run();
    window.press("Tab");
    window.type_text("PERSON human");
    window.harness.run();
    assert_eq!(chosen(&window), Some(ExportLabels::Listed("PERSON human".to_owned())));
}

#[test]
fn labels_that_come_with_articles_are_new_or_others_or_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.jsonl");
    let line = r#"{"id":"x","text":"Ann Lee has TP53 in Graz","entities":[[0,7,"PER"],[12,16,"GENE"],[20,24,"GPE"]]}"#;
    std::fs::write(&path, line).unwrap();
    let before = Session::new(Scheme::standard());
    let asked = || {
        let mut window = Window::open(before.clone());
        run(&mut window, File::Add(vec![path.clone()]));
        assert_eq!(window.state().stage.dialog, Some(Dialog::Came), "{:?}", window.state().notices.latest());
        assert!(window.shows("2 new labels came with the articles"));
        assert_eq!(window.pages(), ["[PER! Ann Lee] has [GENE! TP53] in [GPE! Graz]"], "they are here for now");
        window
    };
    let labels = |window: &Window| {
        let scheme = window.state().session().scheme();
        ["PER", "GENE"].map(|name| scheme.by_name(name).is_some())
    };
    // What they most likely are is chosen already.
    let mut window = asked();
    window.press("Enter");
    assert_eq!(window.pages(), ["[PERSON! Ann Lee] has [GENE! TP53] in [GPE! Graz]"]);
    assert_eq!((window.state().stage.dialog, labels(&window)), (None, [false, true]));
    window.press("Ctrl+Z");
    assert_eq!(window.pages(), ["[PER! Ann Lee] has [GENE! TP53] in [GPE! Graz]"]);
    window.press("Ctrl+Z");
    assert_eq!(*window.state().session(), before);
    // Each by the keys.
    let mut window = asked();
    window.harness.get_by_role_and_label(Role::ComboBox, "GENE becomes").focus();
    window.harness.run();
    window.press("↓");
    window.press("Tab ↑ Enter");
    window.harness.run();
    assert_eq!((window.pages(), labels(&window)), (vec!["Ann Lee has TP53 in [GPE! Graz]".to_owned()], [false, false]));
    // Left, they are labels of their own.
    for leave in ["Escape", ""] {
        let mut window = asked();
        if leave.is_empty() {
            click(&mut window, "All are new labels")
        } else {
            window.press(leave)
        }
        assert_eq!(window.pages(), ["[PER! Ann Lee] has [GENE! TP53] in [GPE! Graz]"]);
        assert_eq!((window.state().stage.dialog, labels(&window)), (None, [true, true]));
    }
}

/// What of articles did not come in as it stands in the files is told by its reason.
#[test]
fn what_an_import_mends_is_told_by_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.jsonl");
    let line = |(id, at): (&str, usize)| {
        let entity = format!(r#"{{"start":{at},"end":{},"label":"GPE","text":"Oslo"}}"#, at + 4);
        format!(r#"{{"id":"{id}","text":"They met in Oslo {id}","entities":[{entity}]}}"#)
    };
    std::fs::write(&path, [("a", 0), ("b", 1), ("c", 2), ("d", 3)].map(line).join("\n")).unwrap();
    let mut window = Window::open(Session::new(Scheme::standard()));
    run(&mut window, File::Add(vec![path]));
    assert_eq!(window.state().stage.dialog, Some(Dialog::Coming), "what a file of many brings is shown first");
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Faults));
    assert!(window.shows("4 × does not stand at …; moved to the only place where it does"));
    assert!(window.shows("“a”: GPE “Oslo”") && window.shows("and 1 more"));
}
