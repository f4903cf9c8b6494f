//! Settling what a merge left open: what stands is kept, or what the other side has is taken. Both are edits like any
//! other, so that either can be taken back.

use std::sync::Arc;

use super::known::key_of;
use crate::annotation::{
    Article, ArticleId, Conflict, Edit, How, Label, LabelDef, Mention, MentionId, Op, Rival, Scheme, Session, Standing, StandingRule,
    State, Target, Verb,
};
use crate::decide::conflicts::removals;
use crate::decide::decision;
use crate::decide::terms::{check_label, check_span, edit_of, find_article};
use crate::decide::verdict::{confirm_ops, confirmed, rejected, reopened};
use crate::decide::{Refusal, Stamp, article, entities};

/// Lets what stands stand; the conflict at place `at` is settled.
///
/// # Errors
/// [`Refusal::Already`] where there is none.
pub fn keep(session: &Session, at: usize, stamp: &Stamp) -> Result<Edit, Refusal> {
    let conflict = session.conflicts().get(at).ok_or(Refusal::Already)?;
    let ops = match conflict {
        Conflict::Text { other, .. } if session.article(other).is_some() => article::remove(session, other, stamp)?.ops,
        _ => removals(session, |listed| listed == conflict),
    };
    Ok(edit(session, conflict, stamp, ops))
}

/// Puts what the other side has in the place of what stands; the conflict at place `at` is settled.
///
/// # Errors
/// [`Refusal::Already`] where there is none; [`Refusal::NoArticle`] and the like where what it is about has left.
pub fn take(session: &Session, at: usize, stamp: &Stamp) -> Result<Edit, Refusal> {
    let conflict = session.conflicts().get(at).ok_or(Refusal::Already)?;
    let ops = match conflict {
        Conflict::Removed(id) => article::remove(session, id, stamp)?.ops,
        Conflict::Text { article, other } => {
            let (at, other_at) = (place(session, article)?, place(session, other)?);
            let (before, other) = (&session.articles()[at], &session.articles()[other_at]);
            let after = Article { id: article.clone(), ..Article::clone(other) };
            let mut ops = removals(session, |listed| listed.needs(&other.id) || listed.is_of_text(article));
            // Replaced before the other goes, so that no place has moved yet.
            ops.push(Op::Article { at, before: Some(before.clone()), after: Some(Arc::new(after)) });
            ops.push(Op::Article { at: other_at, before: Some(other.clone()), after: None });
            ops
        }
        _ => {
            let mut ops = removals(session, |listed| listed == conflict);
            ops.extend(taken(session, conflict, stamp)?);
            ops
        }
    };
    Ok(edit(session, conflict, stamp, ops))
}

/// Gives a contested mention the verdict of one of its rivals, now that of whoever settles it.
///
/// # Errors
/// [`Refusal::NoMention`] where there is no such rival; [`Refusal::Label`] where its label is not in use.
pub fn take_rival(session: &Session, article: &ArticleId, mention: MentionId, rival: usize, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = find_article(session, article)?;
    let mention = article.mention(mention).ok_or(Refusal::NoMention)?;
    let rival = mention.rivals.get(rival).ok_or(Refusal::NoMention)?;
    check_span(article, rival.span)?;
    let Rival { span, label, entity, .. } = rival.clone();
    let entity = entity.filter(|id| session.entity(id).is_some());
    let placed = |mention: Mention| Mention { span, label: label.clone(), entity: entity.clone(), ..mention };
    let op = |after: Option<Mention>| Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after };
    let ops = match rival.state {
        State::Suggested => vec![op(Some(placed(reopened(mention))))],
        State::Rejected => vec![op(rejected(mention, How::Looked, stamp).map(placed))],
        State::Confirmed => {
            check_label(session, &label)?;
            let is_there = |other: &Mention| other.id != mention.id && other.is_confirmed() && other.span == span && other.label == label;
            if article.overlapping(span).any(is_there) {
                return Err(Refusal::Exists(label));
            }
            confirm_ops(session.scheme(), article, Some(mention), placed(confirmed(mention, How::Looked, stamp)))
        }
    };
    let target = Target { article: article.id.clone(), mention: Some(mention.id) };
    Ok(Edit { target: Some(target), ..edit_of(Verb::Settle, article.quote(mention.span), Some(rival.label.clone()), stamp, ops) })
}

/// Lets the verdict on a contested mention stand, now as that of whoever settles it. A suggestion stays one.
///
/// # Errors
/// [`Refusal::Already`] where nobody contests it.
pub fn keep_verdict(session: &Session, article: &ArticleId, mention: MentionId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let found = find_article(session, article)?;
    let before = found.mention(mention).ok_or(Refusal::NoMention)?;
    if !before.is_contested() {
        return Err(Refusal::Already);
    }
    match before.state {
        State::Confirmed => decision::confirm(session, article, mention, How::Looked, stamp),
        State::Rejected => decision::reject(session, article, mention, How::Looked, stamp),
        State::Suggested => {
            let after = Mention { rivals: Vec::new(), ..before.clone() };
            let op = Op::Mention { article: article.clone(), before: Some(before.clone()), after: Some(after) };
            let target = Target { article: article.clone(), mention: Some(mention) };
            Ok(Edit {
                target: Some(target),
                ..edit_of(Verb::Settle, found.quote(before.span), Some(before.label.clone()), stamp, vec![op])
            })
        }
    }
}

fn taken(session: &Session, conflict: &Conflict, stamp: &Stamp) -> Result<Vec<Op>, Refusal> {
    match conflict {
        Conflict::Removed(_) | Conflict::Text { .. } => Ok(Vec::new()),
        Conflict::Meta { article, other } => {
            let found = find_article(session, article)?;
            Ok(vec![Op::Meta { article: article.clone(), before: found.meta.clone(), after: other.clone() }])
        }
        Conflict::Zones { article, other } => {
            let found = find_article(session, article)?;
            let is_sound = other.iter().all(|zone| zone.span.of(&found.text).is_some());
            if !is_sound {
                return Err(Refusal::Span);
            }
            Ok(vec![Op::Zones { article: article.clone(), before: found.zones.clone(), after: other.clone() }])
        }
        Conflict::Desk { article, other } => {
            let found = find_article(session, article)?;
            Ok(vec![Op::Desk { article: article.clone(), before: found.desk.clone(), after: other.clone() }])
        }
        Conflict::Mention { article, other } => {
            let found = find_article(session, article)?;
            check_span(found, other.span)?;
            let before = found.mention(other.id).cloned();
            let after = before
                .clone()
                .map_or_else(|| other.clone(), |before| Mention { note: other.note.clone(), entity: other.entity.clone(), ..before });
            Ok(vec![Op::Mention { article: article.clone(), before, after: Some(after) }])
        }
        Conflict::Label { label, other } => {
            let before = session.scheme().clone();
            let after = with_label(&before, label, other.as_ref());
            Ok(vec![Op::Scheme { before, after: Arc::new(after) }])
        }
        Conflict::Entity { id, other: None } => Ok(entities::change::remove(session, id, stamp)?.ops),
        Conflict::Entity { id, other } => Ok(vec![Op::Entity { before: session.entity(id).cloned(), after: other.clone() }]),
        Conflict::Rule { name, other } => Ok(rule_ops(session, name, other.clone())),
    }
}

fn place(session: &Session, id: &ArticleId) -> Result<usize, Refusal> {
    session.position(id).ok_or_else(|| Refusal::NoArticle(id.clone()))
}

/// The scheme with the other side's label. One that the other side removed is retired, for mentions may have it.
fn with_label(scheme: &Scheme, label: &Label, other: Option<&LabelDef>) -> Scheme {
    let mut after = scheme.clone();
    let taken = |key: Option<char>| {
        let mut others = scheme.labels.iter().filter(|def| def.name != *label && def.standing != Standing::Retired);
        key.is_some() && others.any(|def| def.key == key)
    };
    let at = after.labels.iter().position(|def| def.name == *label);
    match (at, other) {
        (Some(at), None) => after.labels[at].standing = Standing::Retired,
        (at, Some(other)) => {
            let other = LabelDef { key: other.key.filter(|_| !taken(other.key)), ..other.clone() };
            match at {
                Some(at) => after.labels[at] = other,
                None => after.labels.push(other),
            }
        }
        (None, None) => {}
    }
    after
}

fn rule_ops(session: &Session, name: &str, other: Option<StandingRule>) -> Vec<Op> {
    let rules = session.rules();
    match rules.iter().position(|rule| key_of(&rule.name) == key_of(name)) {
        Some(at) => vec![Op::Rule { at, before: Some(rules[at].clone()), after: other }],
        None => other.map(|rule| Op::Rule { at: rules.len(), before: None, after: Some(rule) }).into_iter().collect(),
    }
}

fn edit(session: &Session, conflict: &Conflict, stamp: &Stamp, ops: Vec<Op>) -> Edit {
    let target = conflict.article().filter(|id| session.article(id).is_some());
    let target = target.map(|article| Target { article: article.clone(), mention: None });
    Edit { target, ..edit_of(Verb::Settle, &super::told::told(session, conflict).about, None, stamp, ops) }
}
