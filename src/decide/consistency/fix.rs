//! One edit that does what a finding proposes at all its places.

use super::finding::{Finding, Place, Step};
use crate::annotation::{Article, Edit, How, Label, Mention, Op, Scope, Session, Target, Verb};
use crate::decide::terms::{edit_of, find_article};
use crate::decide::{Refusal, Stamp, decision, entities};

/// The edit that mends a finding. Places that have changed meanwhile are left as they are.
///
/// # Errors
/// Where nothing can be done: why not, at the first place.
pub fn fix(session: &Session, finding: &Finding, stamp: &Stamp) -> Result<Edit, Refusal> {
    if let Some((from, into)) = &finding.merge {
        return entities::change::merge(session, from, into, stamp);
    }
    let mut now = session.clone();
    let mut ops = Vec::new();
    let mut refused = None;
    let mut target = None;
    for (place, step) in finding.places.iter().filter_map(|place| Some((place, place.step.as_ref()?))) {
        let done = at(&now, place, step, stamp).and_then(|edit| match now.apply(&edit) {
            Ok(()) => Ok(edit),
            Err(_) => Err(Refusal::NoMention),
        });
        match done {
            Ok(edit) => {
                target = target.or(edit.target);
                ops.extend(edit.ops);
            }
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    if ops.is_empty() {
        return Err(refused.unwrap_or(Refusal::Already));
    }
    let (verb, label) = finding.places.iter().find_map(|place| place.step.as_ref()).map_or((Verb::Note, None), named);
    let scope = if finding.places.len() > 1 { Scope::Session } else { Scope::Mention };
    Ok(Edit { scope, target, ..edit_of(verb, &finding.name, label.cloned(), stamp, ops) })
}

/// How the edit is called that does this.
fn named(step: &Step) -> (Verb, Option<&Label>) {
    match step {
        Step::Retype(label) => (Verb::Retype, Some(label)),
        Step::Add(label) => (Verb::Add, Some(label)),
        Step::Move(_) => (Verb::Move, None),
        Step::Link(_) => (Verb::Link, None),
        Step::Reject => (Verb::Reject, None),
        Step::Value(_) => (Verb::Note, None),
    }
}

fn at(session: &Session, place: &Place, step: &Step, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = &place.article;
    if let Step::Add(label) = step {
        return decision::add(session, article, place.span, label, How::Spread, stamp);
    }
    let found = find_article(session, article)?;
    let mention = place.mention.and_then(|id| found.mention(id)).filter(|mention| is_as_found(mention, place)).ok_or(Refusal::NoMention)?;
    match step {
        Step::Add(label) | Step::Retype(label) => decision::retype(session, article, mention.id, label, How::Spread, stamp),
        Step::Move(span) => decision::move_to(session, article, mention.id, *span, How::Spread, stamp),
        Step::Link(entity) => decision::link(session, article, mention.id, Some(entity), stamp),
        Step::Reject => decision::reject(session, article, mention.id, How::Spread, stamp),
        Step::Value(value) => Ok(revalued(found, mention, value.as_ref(), stamp)),
    }
}

/// Whether nobody has decided otherwise since the finding was made.
fn is_as_found(mention: &Mention, place: &Place) -> bool {
    mention.span == place.span && Some(&mention.label) == place.label.as_ref() && !mention.is_rejected()
}

fn revalued(article: &Article, mention: &Mention, value: Option<&std::sync::Arc<str>>, stamp: &Stamp) -> Edit {
    let after = Mention { value: value.cloned(), ..mention.clone() };
    let op = Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after: Some(after) };
    let target = Target { article: article.id.clone(), mention: Some(mention.id) };
    Edit { target: Some(target), ..edit_of(Verb::Note, article.quote(mention.span), None, stamp, vec![op]) }
}
