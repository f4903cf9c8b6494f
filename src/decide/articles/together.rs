//! What is done with several articles at once, as one edit.

use std::fmt;

use crate::annotation::{ArticleId, Desk, Edit, Op, Progress, Session, Verb};
use crate::decide::conflicts;
use crate::decide::terms::{Refusal, Stamp, edit_of, find_article};

/// A mark that several articles get.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mark {
    Flag(bool),
    Progress(Progress),
    Tags { add: Vec<String>, remove: Vec<String> },
}

impl Mark {
    fn on(&self, desk: &Desk) -> Desk {
        let desk = desk.clone();
        match self {
            Mark::Flag(flagged) => Desk { flagged: *flagged, ..desk },
            Mark::Progress(progress) => Desk { progress: *progress, ..desk },
            Mark::Tags { add, remove } => {
                let mut tags = desk.tags;
                tags.retain(|tag| !remove.contains(tag));
                for tag in add {
                    if !tags.contains(tag) {
                        tags.push(tag.clone());
                    }
                }
                Desk { tags, ..desk }
            }
        }
    }
}

impl fmt::Display for Mark {
    /// What they are then: `flagged`, `tagged “wire”`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mark::Flag(true) => f.write_str("flagged"),
            Mark::Flag(false) => f.write_str("not flagged"),
            Mark::Progress(Progress::Done) => f.write_str("done"),
            Mark::Progress(Progress::SetAside) => f.write_str("set aside"),
            Mark::Progress(Progress::Open) => f.write_str("open"),
            Mark::Tags { add, remove } => {
                let part = |what: &str, tags: &[String]| match tags {
                    [] => None,
                    tags => Some(format!("{what} {}", tags.join(", "))),
                };
                let parts: Vec<String> = [part("tagged", add), part("without the tag", remove)].into_iter().flatten().collect();
                f.write_str(&parts.join(", "))
            }
        }
    }
}

/// Marks several articles; those that are so already stay out of the edit.
///
/// # Errors
/// [`Refusal::NoArticle`], and [`Refusal::Already`] where all of them are so.
pub fn mark_all<'a>(session: &Session, ids: impl IntoIterator<Item = &'a ArticleId>, mark: &Mark, stamp: &Stamp) -> Result<Edit, Refusal> {
    let mut ops = Vec::new();
    for id in ids {
        let article = find_article(session, id)?;
        let after = mark.on(&article.desk);
        if article.desk != after {
            ops.push(Op::Desk { article: id.clone(), before: article.desk.clone(), after });
        }
    }
    match &ops[..] {
        [] => Err(Refusal::Already),
        [Op::Desk { article, .. }] => {
            let title = find_article(session, article)?.title();
            Ok(edit_of(Verb::MarkArticle, &format!("{title}, {mark}"), None, stamp, ops))
        }
        several => {
            let what = format!("{} articles, {mark}", several.len());
            Ok(edit_of(Verb::MarkArticle, &what, None, stamp, ops))
        }
    }
}

/// Takes several articles out of the session, with their mentions and the conflicts about them.
///
/// # Errors
/// [`Refusal::NoArticle`]; [`Refusal::Already`] where none is named.
pub fn remove_all(session: &Session, ids: &[ArticleId], stamp: &Stamp) -> Result<Edit, Refusal> {
    let place = |id: &ArticleId| session.position(id).ok_or_else(|| Refusal::NoArticle(id.clone()));
    let mut places = ids.iter().map(place).collect::<Result<Vec<usize>, _>>()?;
    places.sort_unstable();
    places.dedup();
    let Some(first) = places.first().map(|place| &session.articles()[*place]) else { return Err(Refusal::Already) };
    let what = if places.len() == 1 { first.title().to_owned() } else { format!("{} articles", places.len()) };
    let mut ops = conflicts::removals(session, |conflict| ids.iter().any(|id| conflict.needs(id)));
    // From the last on, so that those before keep their places.
    ops.extend(places.into_iter().rev().map(|at| Op::Article { at, before: Some(session.articles()[at].clone()), after: None }));
    Ok(edit_of(Verb::RemoveArticle, &what, None, stamp, ops))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;

    fn ids(of: &str) -> Vec<ArticleId> {
        of.chars().map(|id| ArticleId::new(&id.to_string())).collect()
    }

    #[test]
    fn several_articles_are_marked_with_one_edit_that_can_be_taken_back() {
        let mut session = dsl::session(&["one", "two", "three"]);
        let before = session.clone();
        let tags = |add: &[&str], remove: &[&str]| {
            let owned = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect();
            Mark::Tags { add: owned(add), remove: owned(remove) }
        };
        let marks = [
            (Mark::Flag(true), "ab", "2 articles, flagged"),
            (Mark::Progress(Progress::SetAside), "abc", "3 articles, set aside"),
            (tags(&["wire", "ask"], &[]), "ac", "2 articles, tagged wire, ask"),
            (tags(&["wire"], &["ask"]), "abc", "3 articles, tagged wire, without the tag ask"),
            (Mark::Flag(false), "abc", "2 articles, not flagged"),
            (Mark::Progress(Progress::Done), "c", "c, done"),
        ];
        let mut edits = Vec::new();
        for (mark, of, what) in marks {
            let edit = mark_all(&session, &ids(of), &mark, &Stamp::default()).expect("something changes");
            assert_eq!(edit.what, what);
            session.apply(&edit).expect("it fits");
            assert_eq!(mark_all(&session, &ids(of), &mark, &Stamp::default()), Err(Refusal::Already));
            edits.push(edit);
        }
        let tags: Vec<&[String]> = session.articles().iter().map(|article| &article.desk.tags[..]).collect();
        assert_eq!(tags, [["wire"], ["wire"], ["wire"]]);
        edits.iter().rev().for_each(|edit| session.apply(&edit.inverse()).expect("it can be taken back"));
        assert_eq!(session, before);
        assert_eq!(mark_all(&session, &ids("x"), &Mark::Flag(true), &Stamp::default()), Err(Refusal::NoArticle(ArticleId::new("x"))));
    }

    #[test]
    fn several_articles_are_removed_whatever_order_they_are_named_in() {
        for of in ["bd", "db", "dbb"] {
            let mut session = dsl::session(&["one", "two", "three", "four", "five"]);
            let before = session.clone();
            let edit = remove_all(&session, &ids(of), &Stamp::default()).expect("they are there");
            assert_eq!(edit.what, "2 articles");
            session.apply(&edit).expect("it fits");
            assert_eq!(dsl::show_all(&session), ["one", "three", "five"]);
            session.apply(&edit.inverse()).expect("it can be taken back");
            assert_eq!(session, before);
        }
        assert_eq!(remove_all(&dsl::session(&["one"]), &[], &Stamp::default()), Err(Refusal::Already));
    }
}
