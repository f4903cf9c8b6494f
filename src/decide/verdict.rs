//! A mention with a verdict: confirmed, rejected, reopened; and what a confirmed one suppresses.

use super::anchors::is_mark;
use super::terms::Stamp;
use crate::annotation::{Article, First, How, Mention, Op, Scheme, State};

/// `mention` confirmed. The caller may change span or label of the result before [`confirm_ops`] takes it.
pub fn confirmed(mention: &Mention, how: How, stamp: &Stamp) -> Mention {
    Mention {
        state: State::Confirmed,
        how: Some(how),
        by: (!stamp.by.is_empty()).then(|| stamp.by.clone()),
        at: Some(stamp.at),
        // Whoever decides has seen that the source changed here.
        extras: mention.extras.iter().filter(|extra| !is_mark(extra)).cloned().collect(),
        // Whatever others had decided here, this settles it.
        rivals: Vec::new(),
        ..mention.clone()
    }
}

/// `mention` rejected, or nothing where it was the analyst's own.
pub fn rejected(mention: &Mention, how: How, stamp: &Stamp) -> Option<Mention> {
    mention.origin.is_machine().then(|| Mention { state: State::Rejected, ..confirmed(mention, how, stamp) })
}

/// `mention` as it was first suggested, undecided.
pub fn reopened(mention: &Mention) -> Mention {
    let First { span, label } = first_of(mention);
    Mention { span, label, state: State::Suggested, how: None, first: None, by: None, at: None, rivals: Vec::new(), ..mention.clone() }
}

/// The ops by which `after`, a confirmed mention, takes the place of `before`: itself, and the suggestions that it
/// suppresses. What a machine had suggested at first is kept in it where it differs.
pub fn confirm_ops(scheme: &Scheme, article: &Article, before: Option<&Mention>, mut after: Mention) -> Vec<Op> {
    after.first = first_kept(before, &after);
    let mut ops = Vec::with_capacity(1);
    for other in article.overlapping(after.span) {
        let is_same = before.is_some_and(|before| before.id == other.id);
        if !is_same && other.is_suggested() && is_suppressed(scheme, other, &after) {
            ops.push(Op::Mention { article: article.id.clone(), before: Some(other.clone()), after: None });
        }
    }
    ops.push(Op::Mention { article: article.id.clone(), before: before.cloned(), after: Some(after) });
    ops
}

/// What a confirmed mention keeps of the machine's first suggestion: its span and label where an analyst changed them.
pub fn first_kept(before: Option<&Mention>, after: &Mention) -> Option<First> {
    let first = before.filter(|before| before.origin.is_machine()).map(first_of);
    first.filter(|first| first.span != after.span || first.label != after.label)
}

/// Whether a confirmed mention suppresses a suggestion.
pub fn is_suppressed(scheme: &Scheme, suggestion: &Mention, by: &Mention) -> bool {
    let is_equal = suggestion.span == by.span && suggestion.label == by.label;
    suggestion.span.overlaps(by.span) && (is_equal || !scheme.may_overlap(&suggestion.label, &by.label))
}

/// What was first suggested, whatever an analyst has changed since.
fn first_of(mention: &Mention) -> First {
    mention.first.clone().unwrap_or_else(|| First { span: mention.span, label: mention.label.clone() })
}
