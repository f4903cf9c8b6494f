//! One mention that two people have worked on.
//!
//! Its parts merge one by one: what a machine says of it, the verdict, the entity, the note, the extras. Only two
//! verdicts, or two entities, cannot both stand: then the earlier one does, and the other is kept beside it as a rival.

use std::cmp::Reverse;

use super::lists::{changed, joined, set};
use crate::annotation::{Label, Mention, Rival, State};
use crate::decide::anchors::was;
use crate::text::Span;

/// The mention after both sides' changes; `None` where it is gone.
pub fn merged(base: Option<&Mention>, ours: Option<&Mention>, theirs: Option<&Mention>) -> Option<Mention> {
    if let Some(one) = changed(base, ours, theirs) {
        return one.cloned();
    }
    match (base, ours, theirs) {
        (base, Some(ours), Some(theirs)) => Some(both(base, ours, theirs)),
        (Some(base), Some(left), None) | (Some(base), None, Some(left)) => left_over(base, left),
        _ => None,
    }
}

/// Removed by one side, changed by the other.
fn left_over(base: &Mention, left: &Mention) -> Option<Mention> {
    let is_marked = is_marked(left) && (&left.entity, &left.note, was(left)) != (&base.entity, &base.note, was(base));
    match (base.is_settled(), left.is_settled()) {
        // A suggestion gave way to a decision nearby or to other suggestions: that decides nothing on this one.
        (false, is_settled) => (is_settled || is_marked).then(|| left.clone()),
        // Both took the decision back; then the tagger took the suggestion away on one side.
        (true, false) => is_marked.then(|| left.clone()),
        (true, true) if verdict(left) == verdict(base) && !is_marked => None,
        (true, true) => {
            let state = if base.origin.is_machine() { State::Suggested } else { State::Rejected };
            let gone = Rival { state, span: base.span, label: base.label.clone(), entity: None, how: None, by: None, at: None };
            let mut left = left.clone();
            contest(&mut left, gone);
            Some(left)
        }
    }
}

/// Whether a suggestion has something on it that a person said: a link, a note, a decision on words that have changed.
pub fn is_marked(mention: &Mention) -> bool {
    mention.entity.is_some() || mention.note.is_some() || was(mention).is_some_and(|was| was.state != State::Suggested)
}

fn both(base: Option<&Mention>, ours: &Mention, theirs: &Mention) -> Mention {
    let (stands, against) = verdicts(base, ours, theirs);
    let (first, second) = against.map_or_else(|| by_time(ours, theirs), |against| (stands, against));
    let entity = changed(base.and_then(|base| base.entity.as_ref()), ours.entity.as_ref(), theirs.entity.as_ref());
    let entity_of = |side: &Mention| entity.map_or_else(|| side.entity.clone(), |agreed| agreed.cloned());
    let machine = said(base, ours, theirs);
    let note = changed(base.and_then(|base| base.note.as_deref()), ours.note.as_deref(), theirs.note.as_deref());
    let both_notes = || match (&ours.note, &theirs.note) {
        (Some(ours), Some(theirs)) => Some(joined(ours, theirs).into()),
        (ours, theirs) => ours.clone().or_else(|| theirs.clone()),
    };
    let mut out = Mention {
        id: ours.id,
        span: stands.span,
        label: stands.label.clone(),
        state: stands.state,
        how: stands.how,
        origin: machine.origin.clone(),
        score: machine.score,
        first: stands.first.clone(),
        entity: entity_of(first),
        value: machine.value.clone(),
        note: note.map_or_else(both_notes, |agreed| agreed.map(Into::into)),
        by: stands.by.clone(),
        at: stands.at,
        extras: set(base.map_or(&[], |base| &base.extras), &ours.extras, &theirs.extras),
        rivals: set(base.map_or(&[], |base| &base.rivals), &ours.rivals, &theirs.rivals),
    };
    if against.is_some() || entity.is_none() {
        let disputed = against.unwrap_or(stands);
        let rival = Rival {
            state: disputed.state,
            span: disputed.span,
            label: disputed.label.clone(),
            entity: entity_of(second),
            how: second.how,
            by: second.by.clone(),
            at: second.at,
        };
        contest(&mut out, rival);
    }
    let stands = out.clone();
    out.rivals.retain(|rival| differs(rival, &stands));
    out
}

/// Sets a rival against a mention, unless it says what stands or what another rival says.
pub fn contest(mention: &mut Mention, rival: Rival) {
    let says_it =
        |other: &Rival| (other.state, other.span, &other.label, &other.entity) == (rival.state, rival.span, &rival.label, &rival.entity);
    if differs(&rival, mention) && !mention.rivals.iter().any(says_it) {
        mention.rivals.push(rival);
        mention.rivals.sort();
    }
}

/// What a mention says, as a rival of another.
pub fn rival(of: &Mention) -> Rival {
    Rival { state: of.state, span: of.span, label: of.label.clone(), entity: of.entity.clone(), how: of.how, by: of.by.clone(), at: of.at }
}

/// Two decisions in the order in which they were made, the first of which stands. Those of one second are told apart by
/// who made them, and then by what they are, so that the order is total.
pub fn by_time<'m>(a: &'m Mention, b: &'m Mention) -> (&'m Mention, &'m Mention) {
    let key = |m: &'m Mention| (m.at.is_none(), m.at, m.by.is_none(), &m.by, m.state, &m.label, m.span, m.how, m.id);
    if key(b) < key(a) { (b, a) } else { (a, b) }
}

/// The verdict that stands, and the one that stands against it.
fn verdicts<'m>(base: Option<&Mention>, ours: &'m Mention, theirs: &'m Mention) -> (&'m Mention, Option<&'m Mention>) {
    let was = base.map(verdict);
    if verdict(ours) == verdict(theirs) {
        // One decision, made twice: it keeps the earlier time and its name.
        let stamp = |mention: &Mention| (mention.at, mention.by.clone(), mention.how);
        let stamp_was = base.map(stamp);
        return match (stamp_was == Some(stamp(ours)), stamp_was == Some(stamp(theirs))) {
            (true, false) => (theirs, None),
            (false, true) => (ours, None),
            _ => (by_time(ours, theirs).0, None),
        };
    }
    if was == Some(verdict(ours)) {
        return (theirs, None);
    }
    if was == Some(verdict(theirs)) {
        return (ours, None);
    }
    let was_settled = base.is_some_and(Mention::is_settled);
    match (ours.is_settled(), theirs.is_settled()) {
        (true, true) => {
            let (first, second) = by_time(ours, theirs);
            (first, Some(second))
        }
        // One took the decision back, the other made another one.
        (true, false) => (ours, was_settled.then_some(theirs)),
        (false, true) => (theirs, was_settled.then_some(ours)),
        (false, false) => (better(ours, theirs), None),
    }
}

fn verdict(mention: &Mention) -> (State, Span, &Label) {
    (mention.state, mention.span, &mention.label)
}

/// The side whose machine's word (origin, score, value) is taken.
fn said<'m>(base: Option<&Mention>, ours: &'m Mention, theirs: &'m Mention) -> &'m Mention {
    let word = |mention: &Mention| (mention.origin.clone(), mention.score, mention.value.clone());
    let was = base.map(word);
    match (was == Some(word(ours)), was == Some(word(theirs))) {
        (true, false) => theirs,
        (false, true) => ours,
        _ => better(ours, theirs),
    }
}

/// Of two suggestions the one that a machine made, the surer, and then any, but always the same.
fn better<'m>(a: &'m Mention, b: &'m Mention) -> &'m Mention {
    let key = |m: &'m Mention| (!m.origin.is_machine(), Reverse(m.score), &m.origin, &m.value, &m.label, m.span);
    if key(b) < key(a) { b } else { a }
}

fn differs(rival: &Rival, mention: &Mention) -> bool {
    (rival.state, rival.span, &rival.label) != verdict(mention) || rival.entity != mention.entity
}
