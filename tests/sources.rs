//! The workbench when sources change on the disk: noticed, shown, taken over, taken back.

use std::path::Path;
use std::sync::Arc;

use manicule::annotation::{Article, ArticleId, Scheme, Session};
use manicule::decide::anchors::orphans;
use manicule::reading::{How, read_file};
use manicule::text::Span;
use manicule::workbench::{Arrange, Dialog, Go, Renew, Workbench};
use tempfile::TempDir;

use crate::support::dsl;
use crate::workbench::{press, state};

pub const PAGE: &str = "On Monday [PERSON! Zelensky] flew to [GPE! Oslo] for talks. Then [PERSON! Bo Ek] slept until noon.";
pub const CHANGED: &str = "On Monday Zelenskyy flew to Oslo for talks.";

/// A session of articles that lie as files in a folder.
pub fn session(pages: &[&str]) -> (TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let marked = dsl::session(pages);
    let articles = marked.articles().iter().map(|article| {
        let path = file(folder.path(), article);
        std::fs::write(&path, article.text.as_bytes()).unwrap();
        let source = read_file(&path, How::default()).unwrap().source;
        Arc::new(Article { source, ..Article::clone(article) })
    });
    let (session, _) = Session::from_parts(Scheme::standard(), articles.collect::<Vec<_>>(), [], Vec::new());
    (folder, session)
}

pub fn file(folder: &Path, article: &Article) -> std::path::PathBuf {
    folder.join(format!("{}.txt", article.id))
}

fn told(state: &Workbench, words: &str) -> bool {
    state.notices.all().iter().any(|notice| notice.text.contains(words))
}

fn shown(state: &Workbench) -> String {
    dsl::show(&state.session().articles()[0])
}

#[test]
fn a_changed_source_is_noticed_shown_taken_over_and_taken_back() {
    let (folder, session) = session(&[PAGE]);
    let mut state = state(session.clone());
    state.poll();
    assert!(!told(&state, "has changed"));
    std::fs::write(folder.path().join("a.txt"), CHANGED).unwrap();
    state.look_outside();
    state.poll();
    assert!(told(&state, "The source of") && told(&state, "Ctrl+Alt+R"), "{:?}", state.notices);
    let before = state.notices.all().len();
    state.look_outside();
    state.poll();
    assert_eq!(state.notices.all().len(), before, "told once");

    press(&mut state, "Ctrl+R");
    assert_eq!(state.stage.dialog, Some(Dialog::Refresh));
    let tally = state.dialogs.refreshing.as_ref().unwrap().tally();
    assert_eq!((tally.moved, tally.fuzzy, tally.orphaned), (1, 1, 1));
    assert_eq!(*state.session(), session, "nothing changes before it is taken over");
    assert_eq!(state.sources.changed, [ArticleId::new("a")]);
    state.run(Renew::ApplyRefresh);
    assert_eq!(state.sources.changed, []);
    assert!(shown(&state).starts_with("On [DATE? Monday] [PERSON? Zelenskyy] flew to [GPE! Oslo]"), "{}", shown(&state));
    assert_eq!(state.focused().map(|mention| state.session().articles()[0].quote(mention.span)), Some("Zelenskyy"), "goes to what waits");
    press(&mut state, "space");
    assert!(shown(&state).contains("[PERSON! Zelenskyy]"));
    press(&mut state, "Ctrl+Z Ctrl+Z");
    assert_eq!(*state.session(), session, "one undo for the refresh");
    press(&mut state, "Ctrl+Y");
    assert!(shown(&state).contains("Zelenskyy"));
}

#[test]
fn a_source_that_is_gone_or_empty_changes_nothing() {
    let (folder, session) = session(&[PAGE, "Nothing here."]);
    let mut state = state(session.clone());
    state.poll();
    press(&mut state, "Ctrl+R");
    assert!(told(&state, "says what it said before"));
    std::fs::write(folder.path().join("b.txt"), "").unwrap();
    std::fs::remove_file(folder.path().join("a.txt")).unwrap();
    press(&mut state, "Ctrl+Alt+R");
    let problems = &state.dialogs.refreshing.as_ref().unwrap().problems;
    assert!(problems[0].contains("a.txt is not there") && problems[1].contains("the file is empty"), "{problems:?}");
    press(&mut state, "Esc");
    assert_eq!(*state.session(), session);
}

#[test]
fn an_article_decided_on_meanwhile_keeps_its_text() {
    let (folder, session) = session(&[PAGE]);
    let mut state = state(session);
    state.poll();
    std::fs::write(folder.path().join("a.txt"), CHANGED).unwrap();
    state.run(Renew::Refresh);
    state.poll();
    state.run(Arrange::ToggleFlag);
    state.run(Renew::ApplyRefresh);
    assert_eq!(shown(&state), PAGE);
    assert!(told(&state, "refresh it again"));
}

#[test]
fn orphans_are_placed_or_let_go_from_their_list() {
    let (folder, session) = session(&["NATO meets in May.\nIt was [PERSON! Ann Lee] who came to the door that day, and [ORG! NATO] knew."]);
    let mut state = state(session);
    state.poll();
    std::fs::write(folder.path().join("a.txt"), "NATO meets in May.\nOnce an envoy stood there.").unwrap();
    press(&mut state, "Ctrl+R");
    state.run(Renew::ApplyRefresh);
    let count = |state: &Workbench| orphans(&state.session().articles()[0]).count();
    assert_eq!((count(&state), told(&state, "Ctrl+U lists")), (2, true), "{}", shown(&state));
    press(&mut state, "Ctrl+U");
    assert_eq!(state.dialogs.orphans.len(), 2);
    assert_eq!(state.dialogs.orphans.iter().map(|listed| listed.guess.is_some()).collect::<Vec<_>>(), [false, true]);
    state.run(Renew::PlaceOrphan(1));
    assert!(shown(&state).contains("[ORG! NATO]"), "{}", shown(&state));
    assert_eq!((state.dialogs.orphans.len(), state.stage.dialog), (1, Some(Dialog::Orphans)));
    state.run(Renew::PlaceOrphan(0));
    assert_eq!(state.stage.dialog, None, "its words have to be shown");
    assert!(told(&state, "Select the words"));
    press(&mut state, "select:envoy Ctrl+U");
    state.run(Renew::PlaceOrphan(0));
    assert!(shown(&state).contains("an [PERSON! envoy] stood"), "{}", shown(&state));
    assert_eq!((count(&state), state.stage.dialog), (0, None));
    press(&mut state, "Ctrl+Z");
    assert_eq!(count(&state), 1);
    press(&mut state, "Ctrl+U");
    state.run(Renew::DropOrphan(None));
    assert_eq!(count(&state), 0);
    press(&mut state, "Ctrl+Z");
    assert_eq!(count(&state), 1, "what is let go comes back by an undo");
}

#[test]
fn a_text_is_read_again_in_another_encoding_and_decisions_go_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let (bytes, ..) = encoding_rs::WINDOWS_1250.encode("Lech Wałęsa mówił w Gdańsku. Ann Lee from NATO heard him speak there.");
    std::fs::write(&path, &bytes).unwrap();
    let read = read_file(&path, How { encoding: Some("windows-1252"), ..How::default() }).unwrap();
    assert!(read.text.contains("Wa³êsa"));
    let (session, _) = Session::from_parts(Scheme::standard(), [Arc::new(read)], [], Vec::new());
    let mut state = state(session);
    state.poll();
    let at = state.session().articles()[0].text.find("Ann Lee").unwrap();
    state.run(Go::Select(Some(Span::new(at, at + 7))));
    press(&mut state, "p");
    state.run(Renew::ReadAgain("klingon".to_owned()));
    assert!(told(&state, "is no encoding"));
    state.run(Renew::ReadAgain("windows-1250".to_owned()));
    state.poll();
    state.run(Renew::ApplyRefresh);
    assert!(shown(&state).contains("Wałęsa mówił w Gdańsku") || shown(&state).contains("Wałęsa"), "{}", shown(&state));
    assert!(shown(&state).contains("[PERSON!* Ann Lee]"), "{}", shown(&state));
    let source = state.session().articles()[0].source.clone().unwrap();
    assert_eq!(source.encoding, "windows-1250");
    press(&mut state, "Ctrl+R");
    assert!(told(&state, "says what it said before"), "the encoding that was named holds");
    assert_eq!(state.session().articles()[0].id, ArticleId::new("a"));
}

#[test]
fn standing_rules_act_on_text_that_comes_with_a_refresh() {
    use manicule::annotation::{How, Label, StandingRule, Time, Verdict};
    let (folder, session) = session(&["The talks began in spring and went on for long."]);
    let verdict = Verdict::Always(Label::new("ORG"));
    let rule = StandingRule { name: "Vellwick".to_owned(), verdict, off: false, note: String::new(), by: "Ann".into(), at: Time(0) };
    let (session, _) = Session::from_parts(Scheme::standard(), session.articles().to_vec(), [], vec![rule]);
    let mut state = state(session);
    state.poll();
    std::fs::write(folder.path().join("a.txt"), "The talks began in spring and went on for long.\nThen Vellwick left.").unwrap();
    press(&mut state, "Ctrl+R");
    state.run(Renew::ApplyRefresh);
    assert!(
        shown(&state).ends_with("Then [ORG!* Vellwick] left.") || shown(&state).ends_with("Then [ORG! Vellwick] left."),
        "{}",
        shown(&state)
    );
    assert_eq!(state.session().articles()[0].mentions.last().and_then(|mention| mention.how), Some(How::Rule));
}
