//! Files handed on and taken in: what an export would write is shown before, what is there is replaced after a question, and
//! annotations of articles that the session has are taken over as it is said.

use std::path::Path;

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use manicule::annotation::{Scheme, Session};
use manicule::workbench::{Command, Dialog, ExportAs, File, Rules};

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
        assert_eq!((window.state().stage.dialog, holds().as_str()), (None, "mine"), "{command:?}: Enter keeps it");
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
    assert_eq!(window.state().stage.dialog, Some(Dialog::Faults));
    assert!(window.shows("4 × does not stand at …; moved to the only place where it does"));
    assert!(window.shows("“a”: GPE “Oslo”") && window.shows("and 1 more"));
}
