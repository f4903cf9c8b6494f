//! The Overview as it is drawn: figures, and every row leads to what it counts.

use manicule::annotation::{ArticleId, Edit, Mention, Op, Origin};
use manicule::decide::{Stamp, decision};
use manicule::tagger::{PartKind, Tagger};
use manicule::workbench::View;

use super::Window;
use crate::support::dsl;

fn window() -> Window {
    let mut window = Window::open(dsl::session(&["[ORG! NATO] met [PERSON? Ann] in [GPE~ Oslo]", "[ORG? NATO] left [GPE? Peru]"]));
    window.press("Ctrl+3");
    window
}

#[test]
fn figures_are_told_in_words() {
    let window = window();
    for words in [
        "ORG: 1 suggested, 1 confirmed, 0 rejected",
        "0 of 2 articles done",
        "GPE: precision too few yet (0 of 1), recall nothing looked at yet",
        "Recall is of all articles so far",
    ] {
        assert!(window.shows(words), "{words}");
    }
}

#[test]
fn a_share_of_fewer_than_five_is_told_as_too_few_wherever_it_stands() {
    let rule = Tagger::standard().parts().into_iter().find(|part| part.kind == PartKind::Rule).expect("a rule").id;
    for (n, words) in [(4, "precision too few yet (4 of 4)"), (5, "precision 100 % (57 to 100) of 5")] {
        let mut session = dsl::session(&["[ORG! NATO] met. ".repeat(n).as_str()]);
        for before in session.articles()[0].mentions.clone() {
            let after = Mention { origin: Origin::Rule(rule.clone()), ..before.clone() };
            let edit = decision::reopen(&session, &ArticleId::new("a"), before.id, &Stamp::default()).expect("it was confirmed");
            let op = Op::Mention { article: ArticleId::new("a"), before: Some(before), after: Some(after) };
            session.apply(&Edit { ops: vec![op], ..edit }).expect("it fits");
        }
        let mut window = Window::open(session);
        window.press("Ctrl+3");
        for row in ["ORG: ".to_owned(), format!("rule {rule}: ")] {
            assert!(window.shows(&format!("{row}{words}")), "{row}{words}");
        }
        window.press("Ctrl+4");
        assert!(window.shows(words), "the Rules view: {words}");
    }
}

#[test]
fn enter_follows_the_row_in_focus() {
    let mut window = window();
    window.press("Enter");
    assert_eq!(window.state().stage.view, View::Names);
    assert_eq!(window.state().queue.filter.label.as_ref().map(|label| label.as_str()), Some("PERSON"), "the first label of the scheme");
    window.press("Ctrl+1 Ctrl+3 ↓ Enter");
    assert_eq!(window.state().queue.filter.label.as_ref().map(|label| label.as_str()), Some("ORG"));
}

#[test]
fn rows_lead_to_articles_and_rules() {
    let mut window = window();
    window.click(window.rect("b, 2 to settle").center());
    assert_eq!((window.state().stage.view, window.state().page.article.as_ref().map(|id| id.as_str())), (View::Review, Some("b")));
    window.press("Ctrl+3");
    window.click(window.rect("rule dsl: precision").center());
    assert_eq!(window.state().stage.view, View::Rules);
}

#[test]
fn an_empty_session_says_so() {
    let mut window = Window::open(dsl::session(&[]));
    window.press("Ctrl+3");
    assert!(window.shows("No articles yet"));
}

#[test]
fn the_status_bar_counts_what_is_left_once_where_there_is_one_article_and_tells_how_right_the_tagger_was() {
    let settled = "[ORG! NATO] saw [GPE! Oslo]. ".repeat(11);
    let window = Window::open(dsl::session(&[&format!("{settled}[ORG? EU]")]));
    assert!(window.shows("1 to settle") && !window.shows("in the session"));
    assert!(window.shows("tagger right: 100 % (85 to 100) of 22"));
    let window = Window::open(dsl::session(&["[ORG! NATO] and [ORG? EU]", "Nothing here"]));
    assert!(window.shows("1 to settle in this article · 1 in the session") && window.shows("b, no mentions"));
    assert!(!window.shows("tagger right"), "of one suggestion there is nothing to say");
}
