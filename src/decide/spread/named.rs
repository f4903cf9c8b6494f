//! Decisions on names and things as such, made from the table: no mention is in focus, so all are *spread*.

use std::collections::HashSet;
use std::sync::Arc;

use super::concordance::{Concordance, Decision, Intent, Reach};
use super::find::{self, Meant};
use crate::annotation::{Article, ArticleId, Edit, Entity, Label, Mention, Scope, Session, Target, Verb};
use crate::decide::decision;
use crate::decide::entities;
use crate::decide::names::{NamesIndex, Reason};
use crate::decide::terms::{check_label, edit_of};
use crate::decide::{Refusal, Stamp};
use crate::text::name;

/// One of the names that a decision is made on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    pub key: Arc<str>,
    /// Why it belongs to the others, where that is only proposed.
    pub reason: Option<Reason>,
    /// Where something else may be meant by it: the articles in which this is meant, and what else there is.
    pub only: Option<(HashSet<ArticleId>, String)>,
}

impl Part {
    pub fn of(key: &str) -> Self {
        Self { key: key.into(), reason: None, only: None }
    }
}

/// A decision on a name as such. Confirming takes the label that most open mentions have and leaves those with another
/// unticked; rejecting reaches every label.
///
/// # Errors
/// [`Refusal::NoMention`] where the name has no living mention, [`Refusal::Undecided`] for a decision on a span.
pub fn of_name(session: &Session, index: &NamesIndex, key: &str, decision: &Decision, stamp: &Stamp) -> Result<Concordance, Refusal> {
    of_names(session, index, &[Part::of(key)], None, decision, stamp)
}

/// A decision on several names that are one thing: an entity, or one that comes with the decision where the session does
/// not have it yet. Confirming and retyping also link; retyping an entity gives it the label.
///
/// # Errors
/// As [`of_name`].
pub fn of_names(
    session: &Session,
    index: &NamesIndex,
    parts: &[Part],
    thing: Option<&Entity>,
    decision: &Decision,
    stamp: &Stamp,
) -> Result<Concordance, Refusal> {
    let known = thing.and_then(|thing| session.entity(&thing.id));
    let is_of = |mention: &Mention| mention.entity.is_none() || known.is_none() || mention.entity.as_ref() == known.map(|known| &known.id);
    let found: Vec<(&Article, &Mention)> = parts.iter().flat_map(|part| index.mentions(session, &part.key)).collect();
    let living: Vec<(&Article, &Mention)> = found.into_iter().filter(|(_, mention)| !mention.is_rejected() && is_of(mention)).collect();
    let (article, first) = living.first().copied().ok_or(Refusal::NoMention)?;
    let most = thing.map_or_else(|| most_frequent(&living), |thing| Some(&thing.label)).unwrap_or(&first.label).clone();
    if let Decision::Retype(label) | Decision::Add(label) = decision {
        check_label(session, label)?;
    }
    let mut ops = Vec::new();
    let is = |label: &Label| match thing {
        Some(thing) => Intent::Known(label.clone(), thing.id.clone()),
        None => Intent::Is(label.clone()),
    };
    let (verb, intent) = match decision {
        Decision::Confirm => (Verb::Confirm, is(&most)),
        Decision::Retype(label) | Decision::Add(label) => (Verb::Retype, is(label)),
        Decision::Reject => (Verb::Reject, Intent::Not(None)),
        Decision::Link(entity) => (Verb::Link, Intent::Linked(entity.clone(), most.clone())),
        Decision::Create(entity) => (Verb::Link, Intent::Linked(Some(entity.id.clone()), most.clone())),
        Decision::Correct(..) => return Err(Refusal::Undecided),
    };
    let made = match (decision, thing) {
        (Decision::Create(entity), _) => Some(entity.clone()),
        (Decision::Confirm, Some(thing)) if known.is_none() => Some(thing.clone()),
        (Decision::Retype(label) | Decision::Add(label), Some(thing)) => Some(Entity { label: label.clone(), ..thing.clone() }),
        _ => None,
    };
    if let Some(made) = made {
        match entities::change::set(session, &made, stamp) {
            Ok(edit) => ops.extend(edit.ops),
            Err(Refusal::Already) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    let surface = article.quote(first.span);
    let target = match decision {
        Decision::Create(entity) => Some(entity.name.as_str()),
        Decision::Link(entity) => entity.as_ref().and_then(|id| session.entity(id)).map(|entity| entity.name.as_str()),
        _ => None,
    };
    let what = decision::linked_words(thing.map_or(surface, |thing| &thing.name), target);
    let target = Target { article: article.id.clone(), mention: Some(first.id) };
    let edit = Edit { target: Some(target), scope: Scope::Session, ..edit_of(verb, &what, intent.label().cloned(), stamp, ops) };
    let query = find::Query {
        session,
        scheme: session.scheme(),
        intent: &intent,
        focus: None,
        is_decided: true,
        is_label_kept: *decision == Decision::Confirm,
        weighs_scores: false,
        entity: thing.filter(|_| !matches!(intent, Intent::Linked(..))).map(|thing| Some(&thing.id)),
    };
    let mut surfaces: Vec<&str> = Vec::with_capacity(parts.len());
    for part in parts {
        let quote = living.iter().map(|(article, mention)| article.quote(mention.span)).find(|quote| name::key(quote) == *part.key);
        surfaces.push(quote.map_or(&*part.key, |quote| &quote[name::of(quote).1.range()]));
    }
    let parts: Vec<find::Part<'_>> = parts
        .iter()
        .zip(&surfaces)
        .map(|(part, core)| find::Part {
            key: &part.key,
            wrong_key: None,
            lead: "",
            tail: "",
            core,
            reason: part.reason.clone(),
            meant: part.only.as_ref().map_or(Meant::Everywhere, |(articles, other)| Meant::In(articles, other)),
        })
        .collect();
    let rows = query.rows(Reach::Session(index), article, &parts);
    let key = parts.first().map_or_else(String::new, |part| part.key.to_owned());
    Ok(Concordance { scope: Scope::Session, key, rows, intent, edit })
}

/// The label that most open mentions have; of all where none is open.
fn most_frequent<'a>(living: &[(&Article, &'a Mention)]) -> Option<&'a Label> {
    let mut counts: Vec<(&Label, usize)> = Vec::new();
    let is_open = living.iter().any(|(_, mention)| mention.is_suggested());
    for (_, mention) in living.iter().filter(|(_, mention)| mention.is_suggested() || !is_open) {
        match counts.iter_mut().find(|(label, _)| **label == mention.label) {
            Some((_, count)) => *count += 1,
            None => counts.push((&mention.label, 1)),
        }
    }
    counts.into_iter().min_by_key(|(label, count)| (std::cmp::Reverse(*count), *label)).map(|(label, _)| label)
}
