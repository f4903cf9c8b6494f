//! Learning in the workbench, without a window: what is renewed when, what takes it back, what the Rules view lists.

use manicule::annotation::{Origin, Progress, Session, Verdict};
use manicule::decide::{Stamp, article};
use manicule::workbench::{Arrange, Command, Decide, Dialog, Learn, Recall, RuleFilter, Rules, Screen, View, Workbench};

use crate::support::dsl;
use crate::workbench::{press, state};

/// Four articles that are done, one to be done next, and two after it.
const PAGES: [&str; 7] = [
    "[ORG! Oslo] rose by a tenth.",
    "Analysts had doubts of [ORG! Oslo].",
    "Nobody sold [ORG! Oslo].",
    "[ORG! Oslo] fell again.",
    "[ORG? Oslo] stood still.",
    "[GPE? Oslo] is where she went on Monday.",
    "She flew to [GPE? Oslo] on Monday.",
];

fn session() -> Session {
    let mut session = dsl::session(&PAGES);
    for id in session.articles()[..4].iter().map(|article| article.id.clone()).collect::<Vec<_>>() {
        let edit = article::accept_rest(&session, &id, &Stamp::default()).unwrap();
        session.apply(&edit).unwrap();
    }
    session
}

fn run(state: &mut Workbench, command: impl Into<Command>) {
    state.run(command);
    while state.poll() {}
}

/// The labels of the last two articles.
fn labels(state: &Workbench) -> [String; 2] {
    [5, 6].map(|at| state.session().articles()[at].mentions.iter().map(|mention| mention.label.to_string()).collect())
}

/// The labels of all mentions.
fn labels_of(state: &Workbench) -> Vec<String> {
    state.session().articles().iter().flat_map(|article| article.mentions.iter().map(|one| one.label.to_string())).collect()
}

/// A workbench in which the fifth article has just been done.
fn after_one() -> Workbench {
    let mut state = state(session());
    press(&mut state, "space Ctrl+Enter");
    while state.poll() {}
    state
}

#[test]
fn articles_behind_the_one_on_the_page_are_renewed_and_one_undo_takes_it_back() {
    let mut state = after_one();
    assert_eq!(state.page.article.as_ref().map(|id| id.as_str()), Some("f"), "the next one is on the page");
    assert_eq!(labels(&state), ["GPE", "ORG"], "and stays as it was");
    let mention = &state.session().articles()[6].mentions[0];
    assert!(matches!(&mention.origin, Origin::Learned(what) if **what == *"name/Oslo"), "{}", mention.origin);
    assert_eq!(state.lists().reason(&mention.origin), "in this session “Oslo” is ORG in 5 settled articles");
    assert!(state.notices.latest().unwrap().text.starts_with("1 suggestion changed in 1 article"), "{:?}", state.notices.latest());
    run(&mut state, Learn::Changes);
    assert_eq!(state.stage.dialog, Some(Dialog::Renewed));
    assert_eq!(state.dialogs.renewed.changes[0].0.words().as_deref(), Some("GPE becomes ORG"));
    run(&mut state, Screen::Close);
    run(&mut state, Recall::Undo);
    assert_eq!(labels(&state), ["GPE", "GPE"]);
}

#[test]
fn who_asks_has_the_article_on_the_page_renewed_too_and_who_switches_it_off_gets_all_back() {
    let mut state = after_one();
    run(&mut state, Learn::Now);
    assert_eq!(labels(&state), ["ORG", "ORG"]);
    run(&mut state, Learn::Switch);
    assert_eq!(labels(&state), ["GPE", "GPE"]);
    assert!(state.notices.all().iter().any(|notice| notice.text.contains("changed in 2 articles")), "{:?}", state.notices.all());
    press(&mut state, "space Ctrl+Enter");
    while state.poll() {}
    assert_eq!(labels(&state), ["GPE", "GPE"], "off is off");
}

#[test]
fn what_a_person_settled_is_not_touched() {
    let mut state = state(session());
    press(&mut state, "Ctrl+PageDown Ctrl+PageDown space Ctrl+PageUp Ctrl+PageUp space Ctrl+Enter");
    while state.poll() {}
    run(&mut state, Learn::Now);
    let settled = &state.session().articles()[6].mentions[0];
    assert!(settled.is_confirmed() && settled.label.as_str() == "GPE");
}

#[test]
fn what_was_learnt_is_listed_switched_off_forgotten_and_kept_as_a_rule() {
    let mut state = after_one();
    run(&mut state, Screen::Show(View::Rules));
    run(&mut state, Rules::Filter("oslo".to_owned(), RuleFilter::Learned));
    let row = state.rulebook.row().unwrap().clone();
    assert_eq!((row.name.as_str(), row.label.as_str(), row.about.as_str()), ("Oslo", "ORG", "so in 5 settled articles"));
    assert_eq!((state.rulebook.hits.len(), row.measure.hits()), (1, 1));
    press(&mut state, "space");
    while state.poll() {}
    assert!(!state.rulebook.row().unwrap().is_on);
    assert_eq!(labels(&state), ["GPE", "GPE"]);
    press(&mut state, "space");
    while state.poll() {}
    assert_eq!(labels(&state), ["ORG", "ORG"]);
    run(&mut state, Decide::Apply);
    let rule = &state.session().rules()[0];
    assert_eq!((rule.name.as_str(), &rule.verdict), ("Oslo", &Verdict::Always("ORG".into())));
    press(&mut state, "x");
    while state.poll() {}
    assert!(state.rulebook.rows.is_empty());
    assert_eq!(labels(&state), ["ORG", "ORG"], "the rule says so still");
    // Without one, what is forgotten is as it was before.
    let mut state = after_one();
    run(&mut state, Screen::Show(View::Rules));
    run(&mut state, Rules::Filter("oslo".to_owned(), RuleFilter::Learned));
    press(&mut state, "x");
    while state.poll() {}
    assert_eq!(labels(&state), ["GPE", "GPE"]);
}

/// Saved from one session, brought into another in which nothing was settled.
#[test]
fn what_one_session_taught_another_begins_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbour.ron");
    let mut first = after_one();
    run(&mut first, Learn::Save(path.clone()));
    assert!(first.notices.latest().unwrap().text.starts_with("Wrote what 5 articles taught"), "{:?}", first.notices.latest());
    let fresh = || state(dsl::session(&PAGES[5..]));
    let mut second = fresh();
    run(&mut second, Learn::Now);
    assert_eq!(labels_of(&second), ["GPE", "GPE"], "nothing is settled here");
    run(&mut second, Learn::Bring(path.clone()));
    assert_eq!(labels_of(&second), ["ORG", "ORG"]);
    assert_eq!(second.settings().learned, std::slice::from_ref(&path));
    // What is saved there holds what it began with.
    let again = folder.path().join("again.ron");
    run(&mut second, Learn::Save(again.clone()));
    let read = |path| std::fs::read_to_string(path).unwrap().replace("\"again\"", "\"harbour\"");
    assert!(read(&again) == read(&path));
    run(&mut second, Learn::LetGo);
    assert_eq!(labels_of(&second), ["GPE", "GPE"]);
    assert!(second.settings().learned.is_empty());

    // A file that cannot be used changes nothing, and says what to do.
    let damaged = std::fs::read_to_string(&path).unwrap().replace("articles: 5", "articles: 0");
    for (text, says) in [(damaged.as_str(), "damaged"), ("(form: 1", "name a file"), ("no RON at all", "name a file")] {
        std::fs::write(&again, text).unwrap();
        let mut third = fresh();
        run(&mut third, Learn::Bring(again.clone()));
        assert!(third.notices.latest().unwrap().text.contains(says), "{says}: {:?}", third.notices.latest());
        assert!(third.settings().learned.is_empty() && labels_of(&third) == ["GPE", "GPE"]);
    }
}

#[test]
fn what_fits_no_label_of_the_session_or_another_model_is_told_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbour.ron");
    let mut first = after_one();
    run(&mut first, Learn::Save(path.clone()));
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"ORG\"", "\"FIRM\"").replace("model: \"", "model: \"other-")).unwrap();
    let mut second = state(dsl::session(&PAGES[5..]));
    run(&mut second, Learn::Bring(path));
    let told = second.notices.latest().unwrap().text.clone();
    assert!(told.contains("no label FIRM") && told.contains("for the model"), "{told}");
    assert_eq!(labels_of(&second), ["GPE", "GPE"]);
}

/// Marked done by any key, an article teaches; with the mark off it does so no longer.
#[test]
fn an_article_that_is_marked_done_by_another_key_teaches_too() {
    let mut state = state(session());
    press(&mut state, "space");
    run(&mut state, Arrange::ToggleProgress(Progress::Done));
    assert_eq!(state.taught.learning.learned().articles, 5);
    run(&mut state, Arrange::ToggleProgress(Progress::Done));
    assert_eq!(state.taught.learning.learned().articles, 4);
}
