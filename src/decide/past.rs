//! The past of a session: an article as it was after some decision, and going back there.
//!
//! Going back is a new edit made of the inverses of everything done since. So nothing is erased, the history goes on, and
//! one undo takes it back.

use std::collections::HashMap;
use std::sync::Arc;

use super::terms::edit_of;
use super::{Refusal, Stamp};
use crate::annotation::{Article, ArticleId, Edit, Entry, Fate, History, Mention, MentionId, Op, Scheme, Session, Verb};

/// The edit that makes the session what it was right after the decision at `place` of the history.
///
/// # Errors
/// [`Refusal::OtherVersion`] where the session had another past then, [`Refusal::TakenBack`] where that decision is not in
/// force, [`Refusal::Already`] where nothing was done since.
pub fn go_back(history: &History, place: usize, stamp: &Stamp) -> Result<Edit, Refusal> {
    let entry = history.entries().get(place).ok_or(Refusal::Already)?;
    if place < history.sealed() {
        return Err(Refusal::OtherVersion);
    }
    if entry.fate != Fate::Done {
        return Err(Refusal::TakenBack);
    }
    let ops: Vec<Op> = since(history, place).flat_map(|entry| entry.edit.inverse().ops).collect();
    let ops = shortened(ops);
    if ops.is_empty() {
        return Err(Refusal::Already);
    }
    Ok(edit_of(Verb::GoBack, &entry.edit.describe(), None, stamp, ops))
}

/// The edits in force after `place`, the last one first.
fn since(history: &History, place: usize) -> impl Iterator<Item = &Entry> {
    history.entries()[place + 1..].iter().rev().filter(|entry| entry.fate == Fate::Done)
}

/// An article as it was right after the decision at `place` of the history; `None` where it was not there then, or that
/// decision is not in force.
pub fn article_then(session: &Session, history: &History, place: usize, id: &ArticleId) -> Option<Arc<Article>> {
    history.entries().get(place).filter(|entry| entry.fate == Fate::Done)?;
    let now = session.article(id).cloned();
    let mut then = alone(session.scheme(), now);
    for entry in since(history, place) {
        for op in entry.edit.inverse().ops {
            match op {
                Op::Article { before, after, .. } => {
                    let is_it = |article: &Option<Arc<Article>>| article.as_ref().is_some_and(|article| article.id == *id);
                    if is_it(&before) || is_it(&after) {
                        then = alone(session.scheme(), after.filter(|article| article.id == *id));
                    }
                }
                Op::Mention { ref article, .. }
                | Op::Meta { ref article, .. }
                | Op::Zones { ref article, .. }
                | Op::Desk { ref article, .. }
                | Op::Extras { ref article, .. } => {
                    if article == id {
                        then.apply(&edit_of(Verb::GoBack, "", None, &Stamp::default(), vec![op])).ok()?;
                    }
                }
                Op::Scheme { .. } | Op::Entity { .. } | Op::Rule { .. } | Op::Conflict { .. } | Op::Dismissal { .. } => {}
                Op::Certificate { .. } | Op::Answer { .. } => {}
            }
        }
    }
    then.articles().first().cloned()
}

/// A session of one article, or of none.
fn alone(scheme: &Arc<Scheme>, article: Option<Arc<Article>>) -> Session {
    Session::from_parts((**scheme).clone(), article, [], Vec::new()).0
}

/// The ops with every run of changes to one mention drawn together. Where whole articles come or go among them, their
/// order says something, and they stay as they are.
fn shortened(ops: Vec<Op>) -> Vec<Op> {
    if ops.iter().any(|op| matches!(op, Op::Article { .. })) {
        return ops;
    }
    let mut at: HashMap<(ArticleId, MentionId), usize> = HashMap::new();
    let mut out: Vec<Op> = Vec::with_capacity(ops.len());
    for op in ops {
        let id = match &op {
            Op::Mention { article, before, after } => id_of(before.as_ref(), after.as_ref()).map(|id| (article.clone(), id)),
            _ => None,
        };
        let Some(id) = id else {
            out.push(op);
            continue;
        };
        match at.get(&id).copied() {
            Some(at) => {
                if let (Op::Mention { after: last, .. }, Op::Mention { after, .. }) = (&mut out[at], op) {
                    *last = after;
                }
            }
            None => {
                at.insert(id, out.len());
                out.push(op);
            }
        }
    }
    out.retain(|op| !matches!(op, Op::Mention { before, after, .. } if before == after));
    out
}

fn id_of(before: Option<&Mention>, after: Option<&Mention>) -> Option<MentionId> {
    before.or(after).map(|mention| mention.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{How, Label};
    use crate::decide::{article, decision};
    use crate::dsl;
    use proptest::prelude::*;

    /// What is decided at each step: a decision on some mention, an undo, a redo.
    fn step(session: &mut Session, history: &mut History, (what, which): (u8, usize)) {
        let stamp = Stamp::default();
        let articles = session.articles().len();
        if articles == 0 || what > 8 {
            match what % 2 {
                0 => history.undo(session).unwrap(),
                _ => history.redo(session).unwrap(),
            };
            return;
        }
        let open = &session.articles()[which % articles];
        let id = open.id.clone();
        let mention = open.mentions.get(which / articles % open.mentions.len().max(1)).map(|mention| mention.id);
        let edit = match (what, mention) {
            (0, _) => article::accept_rest(session, &id, &stamp),
            (1, _) => article::remove(session, &id, &stamp),
            (2 | 3, Some(mention)) => decision::confirm(session, &id, mention, How::Looked, &stamp),
            (4 | 5, Some(mention)) => decision::reject(session, &id, mention, How::Looked, &stamp),
            (6, Some(mention)) => decision::retype(session, &id, mention, &Label::new("LOC"), How::Looked, &stamp),
            (_, Some(mention)) => decision::reopen(session, &id, mention, &stamp),
            (_, None) => return,
        };
        if let Ok(edit) = edit {
            history.perform(session, edit).unwrap();
        }
    }

    proptest! {
        #[test]
        fn going_back_is_as_undoing_and_can_be_undone(steps in proptest::collection::vec((0..12u8, 0..40usize), 1..40), place in 0..40usize) {
            let mut session = dsl::session(&["[PERSON? Ann] of the [ORG? [ORG? Bank] of [GPE? China]]", "[ORG!* NATO] met [GPE~ Oslo]"]);
            let mut history = History::default();
            for taken in steps {
                step(&mut session, &mut history, taken);
            }
            let Some(entry) = history.entries().get(place) else { return Ok(()) };
            let mut then = session.clone();
            let mut undone = history.clone();
            if entry.fate == Fate::Done {
                while undone.revision() > place as u64 + 1 {
                    undone.undo(&mut then).unwrap();
                }
                for id in ["a", "b"].map(ArticleId::new) {
                    prop_assert_eq!(article_then(&session, &history, place, &id), then.article(&id).cloned());
                }
            }
            let before = session.clone();
            match go_back(&history, place, &Stamp::default()) {
                Ok(edit) => {
                    history.perform(&mut session, edit).unwrap();
                    prop_assert_eq!(&session, &then);
                    history.undo(&mut session).unwrap();
                    prop_assert_eq!(&session, &before);
                }
                Err(Refusal::TakenBack) => prop_assert!(entry.fate != Fate::Done),
                Err(refusal) => {
                    prop_assert_eq!(refusal, Refusal::Already);
                    prop_assert_eq!(&then, &session);
                }
            }
        }
    }
}
