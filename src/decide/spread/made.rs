//! Decisions made on a mention or on words, and carried to the other occurrences of the name.

use super::apply::apply;
use super::concordance::{Concordance, Decision, Focus, Intent, Reach};
use super::{find, related};
use crate::annotation::{Article, ArticleId, Edit, EntityId, How, Mention, MentionId, Op, Scope, Session, State, Target, Verb};
use crate::decide::decision;
use crate::decide::terms::{Refusal, Stamp, edit_of, find_article};
use crate::text::{Span, name};

/// The decision on `focus`, not yet made, for every occurrence of its name.
///
/// # Errors
/// As the decision on one mention ([`decision`]).
pub fn preview(session: &Session, reach: Reach<'_>, focus: &Focus, decision: &Decision, stamp: &Stamp) -> Result<Concordance, Refusal> {
    let edit = decide(session, focus, decision, How::Looked, stamp)?;
    let article = find_article(session, focus.article())?;
    let before = match focus {
        Focus::Mention(_, id) => article.mention(*id),
        Focus::Words(..) => None,
    };
    let span = match (decision, focus, before) {
        (Decision::Correct(span, _), ..) | (_, Focus::Words(_, span), _) => *span,
        (_, Focus::Mention(..), before) => before.ok_or(Refusal::NoMention)?.span,
    };
    let label_before = before.map(|mention| mention.label.clone());
    let intent = match decision {
        Decision::Confirm => Intent::Is(label_before.ok_or(Refusal::NoMention)?),
        Decision::Retype(label) | Decision::Add(label) | Decision::Correct(_, label) => Intent::Is(label.clone()),
        Decision::Reject => Intent::Not(Some(label_before.ok_or(Refusal::NoMention)?)),
        Decision::Link(entity) => Intent::Linked(entity.clone(), label_before.ok_or(Refusal::NoMention)?),
        Decision::Create(entity) => Intent::Linked(Some(entity.id.clone()), label_before.ok_or(Refusal::NoMention)?),
    };
    let entity = before.and_then(|mention| mention.entity.as_ref());
    let wrong_span = before.map(|mention| mention.span).filter(|before| *before != span);
    Ok(concordance(session, reach, article, Place { span, wrong_span, entity }, intent, edit))
}

/// The decision that was made on a mention, for every other occurrence of its name: `spread` of the command line and
/// the key that widens. A link is spread where the mention has one and `verb` says so.
///
/// # Errors
/// [`Refusal::Undecided`] where the mention is only suggested.
pub fn of_settled(
    session: &Session,
    reach: Reach<'_>,
    article: &ArticleId,
    mention: MentionId,
    verb: Option<Verb>,
    stamp: &Stamp,
) -> Result<Concordance, Refusal> {
    let article = find_article(session, article)?;
    let mention = article.mention(mention).ok_or(Refusal::NoMention)?;
    let intent = match mention.state {
        _ if verb == Some(Verb::Link) => Intent::Linked(mention.entity.clone(), mention.label.clone()),
        State::Suggested => return Err(Refusal::Undecided),
        State::Confirmed => Intent::Is(mention.label.clone()),
        State::Rejected => Intent::Not(Some(mention.label.clone())),
    };
    let verb = verb.unwrap_or_else(|| verb_of(mention));
    let wrong_span = mention.first.as_ref().map(|first| first.span).filter(|first| *first != mention.span);
    let target = mention.entity.as_ref().filter(|_| verb == Verb::Link).and_then(|id| session.entity(id));
    let what = decision::linked_words(article.quote(mention.span), target.map(|entity| entity.name.as_str()));
    let edit = Edit {
        target: Some(Target { article: article.id.clone(), mention: Some(mention.id) }),
        ..edit_of(verb, &what, Some(mention.label.clone()), stamp, Vec::new())
    };
    let place = Place { span: mention.span, wrong_span, entity: mention.entity.as_ref() };
    Ok(concordance(session, reach, article, place, intent, edit))
}

/// The decision of an edit made a moment ago, for every other occurrence of the name: the key that widens. Also knows
/// what was deleted, which leaves no mention behind.
///
/// # Errors
/// [`Refusal::Undecided`] where the edit was no decision on one name.
pub fn widen(session: &Session, reach: Reach<'_>, last: &Edit, stamp: &Stamp) -> Result<Concordance, Refusal> {
    let target = last.target.as_ref().ok_or(Refusal::Undecided)?;
    let id = target.mention.ok_or(Refusal::Undecided)?;
    let is_decision = matches!(last.verb, Verb::Confirm | Verb::Reject | Verb::Retype | Verb::Move | Verb::Add | Verb::Link);
    if is_decision && session.mention(&target.article, id).is_some() {
        return of_settled(session, reach, &target.article, id, Some(last.verb), stamp);
    }
    // What was deleted is gone; widened once already, the others of its article still tell its name.
    let gone_in = |wanted: Option<MentionId>| {
        last.ops.iter().find_map(|op| match op {
            Op::Mention { article, before: Some(before), after } if *article == target.article => match wanted {
                Some(wanted) => (before.id == wanted && after.is_none()).then_some(before),
                None => Some(before),
            },
            _ => None,
        })
    };
    let gone = gone_in(Some(id)).or_else(|| gone_in(None));
    let gone = gone.filter(|_| last.verb == Verb::Delete).ok_or(Refusal::Undecided)?;
    let article = find_article(session, &target.article)?;
    let edit = Edit { ops: Vec::new(), by: stamp.by.clone(), at: stamp.at, ..last.clone() };
    let place = Place { span: gone.span, wrong_span: None, entity: gone.entity.as_ref() };
    Ok(concordance(session, reach, article, place, Intent::Not(Some(gone.label.clone())), edit))
}

/// The decision in one article: ticked as offered and applied at once.
///
/// # Errors
/// As [`preview`].
pub fn in_article(session: &Session, focus: &Focus, decision: &Decision, stamp: &Stamp) -> Result<Edit, Refusal> {
    apply(session, &preview(session, Reach::Article, focus, decision, stamp)?)
}

/// A decision on one mention, or on selected words.
///
/// # Errors
/// See the functions of [`decision`]; [`Refusal::NoMention`] where the decision needs one.
pub fn decide(session: &Session, focus: &Focus, decision: &Decision, how: How, stamp: &Stamp) -> Result<Edit, Refusal> {
    match (focus, decision) {
        (Focus::Mention(article, mention), decision) => match decision {
            Decision::Confirm => decision::confirm(session, article, *mention, how, stamp),
            Decision::Reject => decision::reject(session, article, *mention, how, stamp),
            Decision::Retype(label) | Decision::Add(label) => decision::retype(session, article, *mention, label, how, stamp),
            Decision::Correct(span, label) => decision::correct(session, article, *mention, *span, label, how, stamp),
            Decision::Link(entity) => decision::link(session, article, *mention, entity.as_ref(), stamp),
            Decision::Create(entity) => decision::link_new(session, article, *mention, entity, stamp),
        },
        (Focus::Words(article, span), Decision::Add(label) | Decision::Retype(label)) => {
            decision::add(session, article, *span, label, how, stamp)
        }
        (Focus::Words(article, _), Decision::Correct(span, label)) => decision::add(session, article, *span, label, how, stamp),
        (Focus::Words(..), Decision::Confirm | Decision::Reject | Decision::Link(_) | Decision::Create(_)) => Err(Refusal::NoMention),
    }
}

/// What the last edit decided, to be repeated on another mention with the same scope: the key `.`. `None` where it was
/// no decision that can be made on something else.
pub fn decision_of(last: &Edit) -> Option<(Decision, Scope)> {
    let id = last.target.as_ref()?.mention?;
    let decision = match last.verb {
        Verb::Confirm => Decision::Confirm,
        Verb::Reject | Verb::Delete => Decision::Reject,
        Verb::Retype => Decision::Retype(last.label.clone()?),
        Verb::Add => Decision::Add(last.label.clone()?),
        Verb::Link => Decision::Link(last.ops.iter().find_map(|op| match op {
            Op::Mention { after: Some(after), .. } if after.id == id => Some(after.entity.clone()),
            _ => None,
        })?),
        _ => return None,
    };
    Some((decision, last.scope))
}

/// The verb by which a settled mention was settled, as far as it tells.
fn verb_of(mention: &Mention) -> Verb {
    match (&mention.first, mention.state) {
        (_, State::Rejected) => Verb::Reject,
        (Some(first), _) if first.span != mention.span => Verb::Move,
        (Some(_), _) => Verb::Retype,
        (None, _) if mention.origin.is_machine() => Verb::Confirm,
        (None, _) => Verb::Add,
    }
}

/// Where a decision is made: where the mention lies once it is decided, where it lay if that was another place, and what
/// it is linked to.
struct Place<'a> {
    span: Span,
    wrong_span: Option<Span>,
    entity: Option<&'a EntityId>,
}

fn concordance(session: &Session, reach: Reach<'_>, article: &Article, place: Place<'_>, intent: Intent, mut edit: Edit) -> Concordance {
    let surface = article.quote(place.span);
    let (key, core) = name::of(surface);
    let query = find::Query {
        session,
        scheme: session.scheme(),
        intent: &intent,
        focus: Some((&article.id, place.span, edit.target.as_ref().and_then(|target| target.mention))),
        is_decided: edit.ops.is_empty(),
        is_label_kept: false,
        weighs_scores: matches!(reach, Reach::Session(_)),
        // A link says itself which other links it leaves alone.
        entity: (!matches!(intent, Intent::Linked(..))).then_some(place.entity),
    };
    let part = find::Part {
        key: &key,
        wrong_key: place.wrong_span.map(|wrong| name::key(article.quote(wrong))).filter(|wrong| *wrong != key),
        lead: &surface[..core.start as usize],
        tail: &surface[core.end as usize..],
        core: &surface[core.range()],
        reason: None,
        meant: find::Meant::Everywhere,
    };
    let mut rows = query.rows(reach, article, std::slice::from_ref(&part));
    if let Reach::Session(_) = reach {
        related::add(&query, reach, article, &part, &mut rows);
    }
    edit.scope = reach.scope();
    Concordance { scope: reach.scope(), key, rows, intent, edit }
}
