//! A newcomer's way in, and the ways back: the first page, paths, the list of articles, what is refused and where it works.

use std::sync::Arc;

use manicule::annotation::{Article, Meta, Session};
use manicule::workbench::{Arrange, Dialog, File, Pane, View, session_name};

use super::Window;
use super::answers::focused;
use crate::support::dsl;

const MET: &str = "[PERSON? Angela Merkel] met [ORG? NATO] in [GPE? Brussels].";

fn open_article(window: &Window) -> Option<&str> {
    window.state().page.article.as_ref().map(|id| id.as_str())
}

#[test]
fn what_acts_on_a_mention_is_refused_where_none_is_shown() {
    for view in ["Ctrl+3", "Ctrl+4", "Ctrl+5"] {
        for key in ["K", "Shift+K", ";"] {
            let mut window = Window::open(dsl::session(&[MET]));
            window.press(view);
            window.press(key);
            assert_eq!(window.state().stage.dialog, None, "{view} {key}");
            let told = window.state().notices.all().iter().any(|notice| notice.text.contains("Ctrl+1 goes there"));
            assert!(told, "{view} {key}: {:?}", window.state().notices);
        }
    }
}

#[test]
fn giving_up_a_new_rule_goes_back_to_where_it_was_begun() {
    for (before, view, pane) in [
        ("Tab", View::Review, Pane::Page),
        ("F6", View::Review, Pane::List),
        ("Ctrl+2", View::Names, Pane::Page),
        ("Ctrl+4", View::Rules, Pane::Page),
    ] {
        let mut window = Window::open(dsl::session(&[MET]));
        window.press(before);
        let focus = window.state().page.focus;
        window.press("Ctrl+M");
        assert!(window.state().stage.view == View::Rules && window.state().rulebook.writing.is_some(), "{before}");
        window.press("Esc");
        let stage = window.state().stage;
        assert_eq!((stage.view, stage.pane, window.state().page.focus), (view, pane, focus), "{before}");
        assert!(window.state().rulebook.writing.is_none());
    }
}

#[test]
fn enter_in_the_filter_opens_a_hit_and_the_arrows_go_from_hit_to_hit() {
    let plain = dsl::session(&["[PERSON? Ann] ran"; 4]);
    let titles = ["Calm", "Storm one", "Calm again", "Storm two"];
    let titled = plain.articles().iter().zip(titles).map(|(article, title)| {
        let meta = Meta { title: Some(title.to_owned()), ..Meta::default() };
        Arc::new(Article { meta, ..Article::clone(article) })
    });
    let (session, _) = Session::from_parts((**plain.scheme()).clone(), titled.collect::<Vec<_>>(), [], Vec::new());
    let mut window = Window::open(session);
    window.press("/");
    window.type_text("storm");
    window.press("Enter");
    assert_eq!((open_article(&window), window.state().stage.pane), (Some("b"), Pane::List));
    for (key, expected) in [("↓", "d"), ("↓", "d"), ("↑", "b"), ("↑", "b")] {
        window.press(key);
        assert_eq!((open_article(&window), window.state().stage.pane), (Some(expected), Pane::List), "{key}");
    }
    window.press("Enter X");
    assert_eq!(window.state().stage.pane, Pane::Page);
    assert_eq!(window.pages()[1], "[PERSON~ Ann] ran", "the keys are the page’s again");
}

#[test]
fn the_first_start_shows_the_ways_in_and_the_sample_is_one_and_named_so() {
    let mut state = crate::workbench::state(Session::default());
    state.begin_as_before();
    let mut window = Window::on(state, 1280.0, 800.0);
    assert!(window.state().session().articles().is_empty() && window.shows("Try the sample session"));
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, Some(Dialog::OpenPath), "the first way in has the keys");
    window.press("Esc");
    let mut sample = crate::workbench::state(Session::default());
    sample.run(File::Sample);
    assert_eq!(session_name(&sample), "Sample session");
    assert!(!sample.session().articles().is_empty());
}

#[test]
fn the_ways_in_are_gone_through_by_keys() {
    let mut window = Window::open(Session::default());
    window.press("↓ ↓");
    let name = focused(&window).map(|(_, name, _)| name).unwrap_or_default();
    assert!(name.starts_with("Try the sample session"), "{name}");
    window.press("↑ Enter");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Paste));
}

#[test]
fn a_path_completes_with_tab_and_by_row() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("articles")).unwrap();
    std::fs::write(folder.path().join("articles/one.txt"), "Summit opens\n\nAngela Merkel flew to Tokyo.\n").unwrap();
    std::fs::write(folder.path().join("articles/two.txt"), "Storm\n\nIt hit Japan.\n").unwrap();
    for (keys, articles) in [("Tab Enter", 2), ("Tab ↓ ↓ → Enter", 1), ("Tab ↓ Enter", 1)] {
        let mut window = Window::open(Session::default());
        window.press("Ctrl+O");
        window.type_text(&folder.path().join("art").display().to_string());
        window.press(keys);
        assert_eq!(window.state().session().articles().len(), articles, "{keys}: {:?}", window.state().notices);
    }
}

#[test]
fn recent_work_is_reached_by_the_arrow_from_the_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.ron");
    let mut window = Window::open(dsl::session(&[MET]));
    window.run(File::SaveTo(path.clone()));
    window.run(File::New);
    assert!(window.state().work.path().is_none() && window.shows("talks.ron"), "it stands on the page of ways in");
    window.press("Ctrl+O ↓ Enter");
    assert_eq!(window.state().work.path(), Some(&*path), "{:?}", window.state().notices);
}

#[test]
fn a_day_of_publication_offers_what_it_changes_and_goes_to_the_first_of_it() {
    let mut window = Window::open(dsl::session(&["Petra Lind left Oslo on Thursday."]));
    let on = |day: &str| Arrange::Describe(Meta { published: Some(day.to_owned()), ..Meta::default() });
    window.run(on("2026-11-05"));
    assert_eq!(window.state().stage.dialog, Some(Dialog::Retag), "{:?}", window.state().notices);
    assert!(window.shows("suggestions come") && window.shows("“Thursday”") && window.shows("comes: DATE"));
    window.press("Enter");
    let quote = window.state().focused().zip(window.state().open_article()).map(|(mention, article)| article.quote(mention.span));
    assert_eq!((window.state().stage.dialog, quote), (None, Some("Petra Lind")));
    // Another day: only what counts from it.
    window.run(on("2026-11-13"));
    let changes = window.state().dialogs.retagging.as_ref().map(|retagging| &retagging.changes);
    let words: Vec<String> = changes.into_iter().flatten().filter_map(|changed| changed.words()).collect();
    assert!(words.len() == 1 && words[0].starts_with("DATE: 2026-11-"), "{words:?}");
    // What the day says nothing about is not asked about.
    window.press("Esc");
    window.run(Arrange::Describe(Meta { published: Some("2026-11-13".to_owned()), outlet: Some("Courier".to_owned()), ..Meta::default() }));
    assert_eq!(window.state().stage.dialog, None);
}
