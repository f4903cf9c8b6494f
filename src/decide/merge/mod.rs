//! Two people's work on one session, brought together.
//!
//! Three-way: what only one side has changed since `base` is taken over, what both have changed alike is one. It does
//! not matter which side is called ours: the same three sessions give the same session. Nothing that a person decided
//! is lost. Where two decisions cannot both stand, one does, and the other is kept beside it until a person settles
//! it: as a [`Rival`](crate::annotation::Rival) of a mention, else as a [`Conflict`] of the session.
//!
//! Which of two verdicts stands is decided by their times: the earlier one, of one second the name that comes first.
//! Two equal verdicts are one, with the earlier time and its name. A suggestion never stands against a decision, and
//! what a decision of one side has done away with does not come back with the other side.

mod article;
mod difference;
mod fields;
mod known;
mod lists;
mod mention;
mod page;
pub mod settle;
#[cfg(test)]
mod tests;
pub mod told;

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

pub use difference::difference;
use known::Three;
pub(super) use mention::{contest, rival};

use crate::annotation::{Article, ArticleId, Conflict, Entity, EntityId, Label, Mention, Session, StandingRule, Verdict};
use crate::reading::UniqueIds;

/// What a merge came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Merged {
    pub session: Session,
    /// How much of the session waits to be settled, also what waited before.
    pub conflicts: usize,
    /// What was changed so that both sides fit together, in sentences.
    pub told: Vec<String>,
}

/// Brings together what two sides have made of `base`.
pub fn merge(base: &Session, ours: &Session, theirs: &Session) -> Merged {
    // With the sides in an order of their own, whatever follows cannot depend on which was called ours.
    let (ours, theirs) = if order(theirs, ours).is_lt() { (theirs, ours) } else { (ours, theirs) };
    let unchanged = if base == ours { Some(theirs) } else { (base == theirs || ours == theirs).then_some(ours) };
    if let Some(session) = unchanged {
        return Merged { session: session.clone(), conflicts: open_conflicts(session), told: Vec::new() };
    }
    let three = Three { base, ours, theirs };
    let mut told = Vec::new();
    let (articles, mut conflicts) = articles(&three, &mut told);
    let listed = conflicts.iter().filter_map(|conflict| if let Conflict::Mention { other, .. } = conflict { Some(other) } else { None });
    let mentions = || articles.iter().flat_map(|article| &article.mentions);
    let spoken_of = |mention: &Mention| {
        let rivals = mention.rivals.iter().filter_map(|rival| rival.entity.clone());
        mention.entity.clone().into_iter().chain(rivals).collect::<Vec<EntityId>>()
    };
    let mut linked: BTreeSet<EntityId> = mentions().flat_map(spoken_of).collect();
    linked.extend(listed.flat_map(spoken_of));
    let rules = known::rules(&three, &mut conflicts);
    let mut used: BTreeSet<Label> = mentions().map(|mention| mention.label.clone()).collect();
    used.extend(rules.iter().filter_map(|rule| if let Verdict::Always(label) = &rule.verdict { Some(label.clone()) } else { None }));
    let entities = known::entities(&three, &linked, &mut conflicts);
    let scheme = known::scheme(&three, &used, &mut conflicts, &mut told);
    conflicts.extend(lists::set(base.conflicts(), ours.conflicts(), theirs.conflicts()));
    let there: HashSet<&ArticleId> = articles.iter().map(|article| &article.id).collect();
    conflicts.retain(|conflict| match conflict {
        Conflict::Text { article, other } => there.contains(article) && there.contains(other),
        _ => conflict.article().is_none_or(|id| there.contains(id)),
    });
    conflicts.sort();
    conflicts.dedup();
    // The ids were made unique, so nothing is left over.
    let (session, _) = Session::from_parts((*scheme).clone(), articles, entities, rules);
    let session =
        session.with_conflicts(conflicts).with_dismissals(known::dismissals(&three)).with_certificates(known::certificates(&three));
    Merged { conflicts: open_conflicts(&session), session, told }
}

/// How much of a session waits to be settled: mentions with rivals, and conflicts.
pub fn open_conflicts(session: &Session) -> usize {
    let contested = |article: &Arc<Article>| article.mentions.iter().filter(|mention| mention.is_contested()).count();
    session.articles().iter().map(contested).sum::<usize>() + session.conflicts().len()
}

/// Two lines of one mention, as a merge of lines leaves them, made one. Nothing tells what they began from, so a settled
/// one stands against a suggestion, and two verdicts stand against each other.
pub fn one_mention(a: &Mention, b: &Mention) -> Mention {
    mention::merged(None, Some(a), Some(b)).unwrap_or_else(|| a.clone())
}

/// Two lines of one entity made one, and what they dispute.
pub fn one_entity(a: &Entity, b: &Entity) -> (Entity, Option<Conflict>) {
    let (entity, other) = known::entity(None, a, b);
    let conflict = other.map(|other| Conflict::Entity { id: entity.id.clone(), other: Some(other) });
    (entity, conflict)
}

/// Two lines of one standing rule made one, and what they dispute.
pub fn one_rule(a: &StandingRule, b: &StandingRule) -> (StandingRule, Option<Conflict>) {
    let (rule, other) = known::rule(None, a, b);
    let conflict = other.map(|other| Conflict::Rule { name: rule.name.as_str().into(), other: Some(other) });
    (rule, conflict)
}

/// A total order of sessions.
fn order(a: &Session, b: &Session) -> Ordering {
    a.articles()
        .cmp(b.articles())
        .then_with(|| a.entities().cmp(b.entities()))
        .then_with(|| a.rules().cmp(b.rules()))
        .then_with(|| a.scheme().cmp(b.scheme()))
        .then_with(|| a.conflicts().cmp(b.conflicts()))
        .then_with(|| a.dismissals().cmp(b.dismissals()))
        .then_with(|| a.certificates().cmp(b.certificates()))
}

fn articles(three: &Three<'_>, told: &mut Vec<String>) -> (Vec<Arc<Article>>, Vec<Conflict>) {
    let Three { base, ours, theirs } = three;
    let ids = |session: &Session| session.articles().iter().map(|article| article.id.clone()).collect::<Vec<ArticleId>>();
    let [was, in_ours, in_theirs] = [base, ours, theirs].map(|session| ids(session));
    let all: BTreeSet<&ArticleId> = was.iter().chain(&in_ours).chain(&in_theirs).collect();
    // Labels that nest are asked of the side that has the say on them; which of both that is matters only where they differ.
    let scheme = lists::changed(base.scheme(), ours.scheme(), theirs.scheme()).unwrap_or(ours.scheme());
    let mut kept = std::collections::HashMap::new();
    let mut beside = Vec::new();
    let mut conflicts = Vec::new();
    for id in all {
        let outcome = article::merged(scheme, base.article(id), ours.article(id), theirs.article(id));
        conflicts.extend(outcome.conflicts);
        kept.extend(outcome.article.map(|article| (id.clone(), article)));
        beside.extend(outcome.beside.map(|article| (article, outcome.is_version)));
    }
    let order = lists::in_order(&was, &in_ours, &in_theirs, |id| kept.contains_key(id));
    let mut ids = UniqueIds::beside(was.iter().chain(&in_ours).chain(&in_theirs).cloned().collect::<HashSet<ArticleId>>());
    let mut articles: Vec<Arc<Article>> = order.iter().filter_map(|id| kept.remove(id)).collect();
    for (article, is_version) in beside {
        let id = ids.take(&article.id);
        if is_version {
            conflicts.push(Conflict::Text { article: article.id.clone(), other: id.clone() });
        } else {
            told.push(format!("both sides added an article {:?}, each with another text: one is now {id:?}", article.id));
        }
        articles.push(Arc::new(Article { id, ..Article::clone(&article) }));
    }
    (articles, conflicts)
}
