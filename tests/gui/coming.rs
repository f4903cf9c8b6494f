//! What would come in is shown before it does: chosen from the keyboard, told to screen readers, one undo; later versions of
//! stories; the language of what is listed.

use std::path::{Path, PathBuf};

use manicule::annotation::Session;
use manicule::workbench::{Dialog, File, Workbench};
use tempfile::TempDir;

use super::Window;

fn doc(n: usize) -> String {
    format!(
        "<DOC id=\"X{n}\">\n<HEADLINE>\nFerry {n} runs aground\n</HEADLINE>\n<TEXT>\n<P>\nMarta Lind saw it near Bergen on day {n}.\n</P>\n</TEXT>\n</DOC>\n"
    )
}

/// A folder with an archive of twelve articles, a double of the first, and what cannot be read.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("wire.sgml"), (0..12).map(doc).collect::<String>()).expect("a file");
    std::fs::write(folder.path().join("again.sgml"), doc(0)).expect("a file");
    std::fs::write(folder.path().join("old.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").expect("a file");
    let path = folder.path().to_owned();
    (folder, path)
}

fn finish(state: &mut Workbench) {
    while !state.running().is_empty() {
        state.poll();
    }
}

fn asked(paths: Vec<PathBuf>) -> Window {
    let mut state = crate::workbench::state(Session::default());
    state.run(File::Add(paths));
    finish(&mut state);
    Window::on(state, 1280.0, 800.0)
}

fn articles(window: &Window) -> usize {
    window.state().session().articles().len()
}

#[test]
fn it_is_told_and_chosen_from_the_keyboard() {
    let (_folder, path) = folder();
    let mut window = asked(vec![path]);
    assert_eq!((window.state().stage.dialog, articles(&window)), (Some(Dialog::Coming), 0));
    for told in ["13 articles would come in", "SGML", "1 is a double", "old.doc", "Add 12 articles", "Ferry 3 runs aground"] {
        assert!(window.shows(told), "{told}");
    }
    // The second row is the double of the first.
    let chosen = |window: &Window| window.state().dialogs.coming.as_ref().map(|coming| coming.chosen());
    assert_eq!(chosen(&window), Some(12));
    window.press("↓ Space");
    assert_eq!(chosen(&window), Some(13), "it is taken");
    window.press("Space ↓ ↓ Space ↑ Space");
    assert_eq!(chosen(&window), Some(10), "it is left out, and so are the fourth and the third");
    assert!(window.shows("Add 10 articles"));
    // Past what is on screen, and back.
    window.press("↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ Space");
    assert_eq!(chosen(&window), Some(9));
    assert!(window.shows("Ferry 11 runs aground"));
    window.press("Enter");
    assert_eq!(articles(&window), 9);
    assert!(window.state().session().open_count() > 0, "tagged as they came");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Faults), "and what could not be read is told once more");
    window.press("Esc Ctrl+Z");
    assert_eq!(articles(&window), 0, "one undo takes all of it back");
}

#[test]
fn nothing_comes_in_that_was_not_wanted() {
    let (_folder, path) = folder();
    let mut window = asked(vec![path.clone()]);
    window.press("Esc");
    assert_eq!((articles(&window), window.state().dialogs.coming.is_none()), (0, true));
    let mut window = asked(vec![path]);
    window.harness.state_mut().workbench.run(File::Choose(None, false));
    window.harness.run();
    window.press("Enter");
    assert_eq!((articles(&window), window.state().stage.dialog), (0, Some(Dialog::Coming)), "there is nothing to add");
}

#[test]
fn a_few_plain_files_come_in_without_a_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    };
    let one = file("one.txt", "Harbour opens\n\nMarta Lind opened it on Monday, and said so.\n");
    let two = file("two.txt", "Harbour closes\n\nNora Hale closed it on Friday, and said nothing.\n");
    let window = asked(vec![one.clone(), two]);
    assert_eq!((window.state().stage.dialog, articles(&window)), (None, 2));
    // The same words under another name are asked about.
    let copy = file("copy.txt", "Harbour opens\n\nMarta Lind opened it on Monday, and said so.\n");
    let window = asked(vec![one, copy]);
    assert_eq!((window.state().stage.dialog, articles(&window)), (Some(Dialog::Coming), 0));
}

#[test]
fn what_was_told_of_the_reading_is_at_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..4 {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><nitf><body><body.content><p>Élan {n} – Marta Lind left.</p></body.content></body></nitf>"
        );
        std::fs::write(folder.path().join(format!("{n}.xml")), text).expect("a file");
    }
    let mut window = asked(vec![folder.path().to_owned()]);
    assert_eq!(articles(&window), 4);
    assert!(window.state().notices.latest().is_some_and(|notice| notice.text.contains("4 notes of the reading")));
    window.harness.state_mut().workbench.run(File::ReadingNotes);
    window.harness.run();
    assert!(window.shows("What was told of the reading") && window.shows("3.xml: says that it is in"));
}

fn story(folder: &Path, name: &str, version: u32, text: &str) -> PathBuf {
    let path = folder.join(name);
    let item = format!(
        "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"tag:quay:1\" version=\"{version}\"><contentMeta><headline>Harbour closes</headline></contentMeta>\
        <contentSet><inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{text}</body></html></inlineXML></contentSet></newsItem>"
    );
    std::fs::write(&path, item).expect("a file");
    path
}

#[test]
fn a_later_version_of_a_story_takes_over_what_was_decided() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = story(folder.path(), "a.xml", 2, "<p>Marta Lind closed the harbour of Bergen on Monday.</p><p>Nobody was hurt.</p>");
    let mut window = asked(vec![first]);
    window.press("Space");
    let settled = |window: &Window| {
        let session = window.state().session();
        let mentions = session.articles().iter().flat_map(|article| article.mentions.iter().map(move |one| (article, one)));
        mentions.filter(|(_, one)| one.is_confirmed()).map(|(article, one)| article.quote(one.span).to_owned()).collect::<Vec<_>>()
    };
    let decided = settled(&window);
    assert_eq!(decided.len(), 1);
    let later = story(
        folder.path(),
        "b.xml",
        3,
        "<p>A storm came.</p><p>Marta Lind closed the harbour of Bergen on Monday.</p><p>Four were hurt.</p>",
    );
    window.harness.state_mut().workbench.run(File::Add(vec![later]));
    finish(&mut window.harness.state_mut().workbench);
    window.harness.run();
    assert_eq!((window.state().stage.dialog, articles(&window)), (Some(Dialog::Refresh), 1));
    assert!(window.shows("Later versions of stories that are here"));
    window.press("Enter");
    assert_eq!((articles(&window), settled(&window)), (1, decided.clone()));
    assert!(window.state().session().articles()[0].text.contains("Four were hurt."));
    // An earlier one comes too late.
    let earlier = story(folder.path(), "c.xml", 1, "<p>Marta Lind may close the harbour of Bergen.</p>");
    window.harness.state_mut().workbench.run(File::Add(vec![earlier]));
    finish(&mut window.harness.state_mut().workbench);
    window.harness.run();
    assert_eq!((window.state().stage.dialog, articles(&window)), (None, 1));
    assert!(window.state().notices.latest().is_some_and(|notice| notice.text.contains("an earlier version of Harbour closes")));
    window.press("Ctrl+Z");
    assert!(window.state().session().articles()[0].text.contains("Nobody was hurt."), "one undo brings the one before back");
}

#[test]
fn of_several_versions_together_the_last_comes_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = [3, 1, 2].map(|version| {
        story(folder.path(), &format!("{version}.xml"), version, &format!("<p>Marta Lind left {version}.</p><p>It rained.</p>"))
    });
    let mut window = asked(paths.to_vec());
    assert_eq!(window.state().stage.dialog, Some(Dialog::Coming));
    assert!(window.shows("2 are doubles or earlier versions"));
    window.press("Enter");
    assert_eq!(articles(&window), 1);
    assert!(window.state().session().articles()[0].text.contains("left 3"));
}

#[test]
fn the_list_shows_one_language_of_several() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        (
            "a.txt",
            "Harbour closes\n\nThe council of the northern harbour decided on Monday that the old quay is to be closed to ships in the spring.\n",
        ),
        (
            "b.txt",
            "Hafen schließt\n\nDer Rat des nördlichen Hafens hat am Montag beschlossen, dass die alte Mole im Frühling für Schiffe geschlossen wird.\n",
        ),
        (
            "c.txt",
            "Port fermé\n\nLe conseil du port du nord a décidé lundi que le vieux quai serait fermé aux navires au printemps, a dit le maire.\n",
        ),
    ] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let mut window = asked(vec![folder.path().to_owned()]);
    let tags: Vec<_> = window.state().session().articles().iter().map(|article| article.meta.language.clone()).collect();
    assert_eq!(tags, [Some("en".to_owned()), Some("de".to_owned()), Some("fr".to_owned())]);
    let listed = |window: &Window| ["Harbour closes, ", "Hafen schließt, ", "Port fermé, "].map(|title| window.shows(title));
    assert_eq!(listed(&window), [true; 3]);
    window.press("F4");
    window.click(window.top_rect("German  1").center());
    window.harness.run();
    window.press("Esc");
    assert_eq!(listed(&window), [false, true, false]);
}
