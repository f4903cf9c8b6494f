//! Two people's verdicts in the window: shown on the page, in the inspector, in the lists; settled with one key.

use std::sync::Arc;

use manicule::annotation::{Article, ArticleId, Conflict, Label, Meta, Rival, Session, State, Time};
use manicule::decide::merge::open_conflicts;
use manicule::workbench::Dialog;

use super::Window;
use crate::support::dsl;

/// The pages, with Bo’s other verdict on each mention of the article `a` that is settled, and a title in dispute.
pub fn contested(pages: &[&str]) -> Session {
    let plain = dsl::session(pages);
    let articles = plain.articles().iter().map(|article| {
        let mut article = Article::clone(article);
        for mention in article.mentions.iter_mut().filter(|mention| mention.is_settled()) {
            let (state, label) =
                if mention.is_confirmed() { (State::Rejected, mention.label.clone()) } else { (State::Confirmed, Label::new("LOC")) };
            let by = Some("Bo".into());
            mention.rivals = vec![Rival { state, span: mention.span, label, entity: None, how: None, by, at: Some(Time(60)) }];
            (mention.by, mention.at) = (Some("Ann".into()), Some(Time(0)));
        }
        Arc::new(article)
    });
    let title = Meta { title: Some("Ministers part".to_owned()), ..Meta::default() };
    let conflict = Conflict::Meta { article: ArticleId::new("a"), other: title };
    Session::from_parts((**plain.scheme()).clone(), articles.collect::<Vec<_>>(), [], Vec::new()).0.with_conflicts(vec![conflict])
}

#[test]
fn both_verdicts_are_shown_and_one_key_settles_them() {
    let pages = ["[PERSON! Oja] met [ORG~ NATO] in [GPE? Oslo]"];
    let mut window = Window::open(contested(&pages));
    assert!(window.shows("Two people decided differently."));
    assert!(window.shows("It stands confirmed as PERSON by Ann, 1970-01-01 00:00:00."));
    assert!(window.shows("The other: rejected as PERSON by Bo, 1970-01-01 00:01:00."));
    assert!(window.shows("3 conflicts") && window.shows("3 to settle"), "contested mentions wait like suggestions");
    assert!(window.shows("PERSON Oja, confirmed, contested"));
    assert!(window.shows("ORG NATO, rejected, contested"), "a rejected one is not hidden while it is contested");
    window.press("Q");
    assert_eq!(window.pages(), ["[PERSON~ Oja] met [ORG~ NATO] in [GPE? Oslo]"]);
    assert!(window.shows("It stands rejected as ORG by Ann, 1970-01-01 00:00:00."), "the next one is in focus");
    window.press("X");
    assert_eq!(window.pages(), ["[PERSON~ Oja] met [ORG~ NATO] in [GPE? Oslo]"]);
    assert_eq!(open_conflicts(window.state().session()), 1);
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(open_conflicts(window.state().session()), 3, "undo brings them back");
    assert_eq!(window.state().work.conflict_count(), 3);
    window.press("Space");
    assert_eq!(window.pages(), pages, "Space keeps what stands");
    window.press("L");
    assert_eq!(window.pages(), ["[PERSON! Oja] met [LOC! NATO] in [GPE? Oslo]"], "a letter says something else");
    assert_eq!(window.state().work.conflict_count(), 1);
}

#[test]
fn everything_that_waits_is_in_one_list() {
    let mut window = Window::open(contested(&["[PERSON! Oja] met [ORG? NATO]", "[GPE~ Oslo]"]));
    assert!(window.shows("a, 1 contested, 0 of 2"));
    window.press("Shift+Q");
    assert_eq!(window.state().stage.dialog, Some(Dialog::Conflicts));
    assert!(window.shows("3 conflicts to settle"));
    assert!(window.shows("The details of “a”, stands: title none, other: title Ministers part"));
    window.press("Q");
    assert_eq!(window.state().session().articles()[0].title(), "Ministers part");
    window.press("↓ Space");
    assert_eq!(window.pages(), ["[PERSON! Oja] met [ORG? NATO]", "[GPE~ Oslo]"]);
    assert_eq!(window.state().work.conflict_count(), 1, "the one chosen was kept");
    window.press("Enter");
    assert_eq!(window.state().stage.dialog, None);
    assert!(window.state().focused().is_some_and(|mention| mention.is_contested()), "Enter shows its place");
    window.press("Space Shift+Q");
    assert_eq!(window.state().stage.dialog, None);
    assert!(window.shows("Nothing waits to be settled"));
}

#[test]
fn accepting_the_rest_stops_at_what_is_contested() {
    let mut window = Window::open(contested(&["[PERSON! Oja] met [ORG? NATO]"]));
    window.press("Ctrl+Enter Ctrl+Enter");
    assert_eq!(window.pages(), ["[PERSON! Oja] met [ORG! NATO]"]);
    assert!(!window.state().is_done() && window.state().focused().is_some_and(|mention| mention.is_contested()));
    window.press("Space Ctrl+Enter");
    assert!(window.state().session().articles()[0].desk.progress == manicule::annotation::Progress::Done);
}
