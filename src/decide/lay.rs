//! Decisions that were made on another version of a session, held against this one.
//!
//! Files are replaced behind a session's back: by git, a synchronising program, a restored copy. What was decided before
//! is then in the version that lies there, or was overtaken by somebody else's later decision, or is missing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Stamp;
use super::merge::{Merged, difference, merge};
use super::terms::edit_of;
use crate::annotation::{ArticleId, Certificate, Conflict, Edit, EntityId, Mention, MentionId, Op, Scope, Session, Verb};

/// How a session stands to a change that was made on another version of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// The session holds it, or something that was decided on top of it.
    Held,
    /// The session is as it was before the change.
    Missing,
    /// The session has something else in its place.
    Overtaken,
}

/// How a session stands to each of `changes`, which were made one after the other.
pub fn standing(session: &Session, changes: &[&Edit]) -> Vec<Standing> {
    let mut explained: BTreeSet<Thing> = BTreeSet::new();
    let mut found: Vec<Standing> = changes
        .iter()
        .rev()
        .map(|edit| {
            let ops = edit.ops.iter().rev().map(|op| of_op(session, op, &mut explained));
            // Every op is looked at, for each explains those before it.
            ops.fold(Standing::Held, |worst, standing| match (worst, standing) {
                (Standing::Missing, _) | (_, Standing::Missing) => Standing::Missing,
                (Standing::Overtaken, _) | (_, Standing::Overtaken) => Standing::Overtaken,
                _ => Standing::Held,
            })
        })
        .collect();
    found.reverse();
    found
}

fn of_op(session: &Session, op: &Op, explained: &mut BTreeSet<Thing>) -> Standing {
    let thing = Thing::of(op);
    if explained.contains(&thing) {
        return Standing::Held;
    }
    if holds(session, op, Side::After) {
        explained.insert(thing);
        Standing::Held
    } else if holds(session, op, Side::Before) {
        Standing::Missing
    } else {
        Standing::Overtaken
    }
}

/// Lays changes that a session does not hold over it. What it has something else for becomes an open conflict.
pub fn lay(session: &Session, changes: &[&Edit]) -> Merged {
    // The same things as they were before the changes and after them, in a session that is otherwise this one: so that
    // the three-way merge sees the changes and nothing else.
    let mut base = session.clone();
    let mut changed = session.clone();
    let mut met = BTreeSet::new();
    for op in changes.iter().flat_map(|edit| &edit.ops) {
        if met.insert(Thing::of(op)) {
            force(&mut base, op, Side::Before);
        }
        force(&mut changed, op, Side::After);
    }
    merge(&base, &changed, session)
}

/// The edit that lays such changes over a session, and how many conflicts there are then; `None` where it changes nothing.
/// `from` names where they come from.
pub fn edit(session: &Session, changes: &[Edit], from: &str, stamp: &Stamp) -> Option<(Edit, usize)> {
    let laid = lay(session, &changes.iter().collect::<Vec<_>>());
    let ops = difference(session, &laid.session);
    let edit = Edit { scope: Scope::Session, ..edit_of(Verb::Join, from, None, stamp, ops) };
    (!edit.ops.is_empty()).then_some((edit, laid.conflicts))
}

/// What an op changes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Article(ArticleId),
    Mention(ArticleId, MentionId),
    Meta(ArticleId),
    Zones(ArticleId),
    Desk(ArticleId),
    Extras(ArticleId),
    Scheme,
    Entity(EntityId),
    Rule(String),
    Conflict(Box<Conflict>),
    Dismissal(Arc<str>),
    Certificate(Arc<str>),
    Answer(Arc<str>, usize),
    Nothing,
}

impl Thing {
    fn of(op: &Op) -> Self {
        match op {
            Op::Article { before, after, .. } => match after.as_ref().or(before.as_ref()) {
                Some(article) => Thing::Article(article.id.clone()),
                None => Thing::Nothing,
            },
            Op::Mention { article, before, after } => match before.as_ref().or(after.as_ref()) {
                Some(mention) => Thing::Mention(article.clone(), mention.id),
                None => Thing::Nothing,
            },
            Op::Meta { article, .. } => Thing::Meta(article.clone()),
            Op::Zones { article, .. } => Thing::Zones(article.clone()),
            Op::Desk { article, .. } => Thing::Desk(article.clone()),
            Op::Extras { article, .. } => Thing::Extras(article.clone()),
            Op::Scheme { .. } => Thing::Scheme,
            Op::Entity { before, after } => match before.as_ref().or(after.as_ref()) {
                Some(entity) => Thing::Entity(entity.id.clone()),
                None => Thing::Nothing,
            },
            Op::Rule { before, after, .. } => match before.as_ref().or(after.as_ref()) {
                Some(rule) => Thing::Rule(rule.name.clone()),
                None => Thing::Nothing,
            },
            Op::Conflict { before, after, .. } => match before.as_ref().or(after.as_ref()) {
                Some(conflict) => Thing::Conflict(Box::new(conflict.clone())),
                None => Thing::Nothing,
            },
            Op::Dismissal { before, after } => match before.as_ref().or(after.as_ref()) {
                Some(dismissal) => Thing::Dismissal(dismissal.finding.clone()),
                None => Thing::Nothing,
            },
            Op::Certificate { before, after } => match before.as_ref().or(after.as_ref()) {
                Some(certificate) => Thing::Certificate(certificate.id.clone()),
                None => Thing::Nothing,
            },
            Op::Answer { certificate, item, .. } => Thing::Answer(certificate.clone(), *item),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

impl Side {
    fn of<'o, T: ?Sized>(self, before: &'o T, after: &'o T) -> &'o T {
        if self == Side::Before { before } else { after }
    }
}

/// Whether a session has what an op had on one of its sides.
fn holds(session: &Session, op: &Op, side: Side) -> bool {
    let article = |id| session.article(id);
    match op {
        Op::Article { before, after, .. } => {
            let id = after.as_ref().or(before.as_ref()).map(|article| &article.id);
            let there = id.and_then(article);
            let wanted = side.of(before, after).as_ref();
            // What was decided in an article since it came is told by ops of its own.
            there.map(|article| &article.text) == wanted.map(|article| &article.text)
        }
        Op::Mention { article, before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|mention| mention.id);
            let now = id.and_then(|id| session.mention(article, id));
            is_same_verdict(now, side.of(before, after).as_ref())
        }
        Op::Meta { article: id, before, after } => article(id).is_some_and(|article| article.meta == *side.of(before, after)),
        Op::Zones { article: id, before, after } => article(id).is_some_and(|article| article.zones == *side.of(before, after)),
        Op::Desk { article: id, before, after } => article(id).is_some_and(|article| article.desk == *side.of(before, after)),
        Op::Extras { article: id, before, after } => article(id).is_some_and(|article| article.extras == *side.of(before, after)),
        Op::Scheme { before, after } => session.scheme() == side.of(before, after),
        Op::Entity { before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|entity| &entity.id);
            id.and_then(|id| session.entity(id)) == side.of(before, after).as_ref()
        }
        Op::Rule { before, after, .. } => {
            let name = before.as_ref().or(after.as_ref()).map(|rule| &rule.name);
            session.rules().iter().find(|rule| Some(&rule.name) == name) == side.of(before, after).as_ref()
        }
        Op::Conflict { before, after, .. } => {
            let conflict = before.as_ref().or(after.as_ref());
            session.conflicts().iter().find(|other| Some(*other) == conflict) == side.of(before, after).as_ref()
        }
        Op::Dismissal { before, after } => {
            let finding = before.as_ref().or(after.as_ref()).map(|dismissal| &dismissal.finding);
            finding.and_then(|finding| session.dismissals().get(finding)) == side.of(before, after).as_ref()
        }
        Op::Certificate { before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|certificate| &certificate.id);
            let there = id.and_then(|id| session.certificates().get(id));
            // What was answered since it came is told by ops of its own.
            there.map(|there| there.items.len()) == side.of(before, after).as_ref().map(|one| one.items.len())
        }
        Op::Answer { certificate, item, before, after } => {
            let asked = session.certificates().get(certificate).and_then(|certificate| certificate.items.get(*item));
            asked.is_some_and(|asked| asked.answer == *side.of(before, after))
        }
    }
}

/// Whether two people, or one at two times, say the same of a mention.
fn is_same_verdict(a: Option<&Mention>, b: Option<&Mention>) -> bool {
    let verdict = |mention: &Mention| Mention { how: None, by: None, at: None, ..mention.clone() };
    a.map(verdict) == b.map(verdict)
}

/// Gives a session what an op had on one of its sides, whatever it has now. What cannot be had there, such as a mention of
/// an article that is gone, stays away.
fn force(session: &mut Session, op: &Op, side: Side) {
    let now = match op {
        Op::Article { before, after, .. } => {
            let id = after.as_ref().or(before.as_ref()).map(|article| &article.id);
            let at = id.and_then(|id| session.position(id));
            let before_now = at.map(|at| session.articles()[at].clone());
            Op::Article { at: at.unwrap_or(session.articles().len()), before: before_now, after: side.of(before, after).clone() }
        }
        Op::Mention { article, before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|mention| mention.id);
            let now = id.and_then(|id| session.mention(article, id)).cloned();
            Op::Mention { article: article.clone(), before: now, after: side.of(before, after).clone() }
        }
        Op::Meta { article, before, after } => {
            let Some(now) = session.article(article).map(|article| article.meta.clone()) else { return };
            Op::Meta { article: article.clone(), before: now, after: side.of(before, after).clone() }
        }
        Op::Zones { article, before, after } => {
            let Some(now) = session.article(article).map(|article| article.zones.clone()) else { return };
            Op::Zones { article: article.clone(), before: now, after: side.of(before, after).clone() }
        }
        Op::Desk { article, before, after } => {
            let Some(now) = session.article(article).map(|article| article.desk.clone()) else { return };
            Op::Desk { article: article.clone(), before: now, after: side.of(before, after).clone() }
        }
        Op::Extras { article, before, after } => {
            let Some(now) = session.article(article).map(|article| article.extras.clone()) else { return };
            Op::Extras { article: article.clone(), before: now, after: side.of(before, after).clone() }
        }
        Op::Scheme { before, after } => Op::Scheme { before: session.scheme().clone(), after: side.of(before, after).clone() },
        Op::Entity { before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|entity| &entity.id);
            Op::Entity { before: id.and_then(|id| session.entity(id)).cloned(), after: side.of(before, after).clone() }
        }
        Op::Rule { before, after, .. } => {
            let name = before.as_ref().or(after.as_ref()).map(|rule| &rule.name);
            let at = session.rules().iter().position(|rule| Some(&rule.name) == name);
            let now = at.map(|at| session.rules()[at].clone());
            Op::Rule { at: at.unwrap_or(session.rules().len()), before: now, after: side.of(before, after).clone() }
        }
        Op::Conflict { before, after, .. } => {
            let conflict = before.as_ref().or(after.as_ref());
            let at = session.conflicts().iter().position(|other| Some(other) == conflict);
            let now = at.map(|at| session.conflicts()[at].clone());
            Op::Conflict { at: at.unwrap_or(session.conflicts().len()), before: now, after: side.of(before, after).clone() }
        }
        Op::Dismissal { before, after } => {
            let finding = before.as_ref().or(after.as_ref()).map(|dismissal| &dismissal.finding);
            let now = finding.and_then(|finding| session.dismissals().get(finding)).cloned();
            Op::Dismissal { before: now, after: side.of(before, after).clone() }
        }
        Op::Certificate { before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|certificate| &certificate.id);
            let now = id.and_then(|id| session.certificates().get(id)).map(|certificate| Certificate::clone(certificate));
            Op::Certificate { before: now, after: side.of(before, after).clone() }
        }
        Op::Answer { certificate, item, before, after } => {
            let asked = session.certificates().get(certificate).and_then(|certificate| certificate.items.get(*item));
            let Some(now) = asked.map(|asked| asked.answer.clone()) else { return };
            Op::Answer { certificate: certificate.clone(), item: *item, before: now, after: side.of(before, after).clone() }
        }
    };
    let edit = edit_of(Verb::GoBack, "", None, &Stamp::default(), vec![now]);
    session.apply(&edit).ok();
}
