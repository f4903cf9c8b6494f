//! The ops that make one session of another, mention by mention wherever the texts are equal.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::annotation::{Article, ArticleId, Certificate, Mention, MentionId, Op, Session};

/// The ops of an edit that makes `from` equal to `to`.
pub fn difference(from: &Session, to: &Session) -> Vec<Op> {
    let mut ops = Vec::new();
    if from.scheme() != to.scheme() {
        ops.push(Op::Scheme { before: from.scheme().clone(), after: to.scheme().clone() });
    }
    let entities: std::collections::BTreeSet<_> = from.entities().keys().chain(to.entities().keys()).collect();
    for id in entities {
        let (before, after) = (from.entity(id), to.entity(id));
        if before != after {
            ops.push(Op::Entity { before: before.cloned(), after: after.cloned() });
        }
    }
    articles(from, to, &mut ops);
    list(from.rules(), to.rules(), &mut ops, |at, before, after| Op::Rule { at, before, after });
    list(from.conflicts(), to.conflicts(), &mut ops, |at, before, after| Op::Conflict { at, before, after });
    let findings: std::collections::BTreeSet<_> = from.dismissals().keys().chain(to.dismissals().keys()).collect();
    for finding in findings {
        let (before, after) = (from.dismissals().get(finding), to.dismissals().get(finding));
        if before != after {
            ops.push(Op::Dismissal { before: before.cloned(), after: after.cloned() });
        }
    }
    certificates(from, to, &mut ops);
    ops
}

/// Where only answers differ, an op for each.
fn certificates(from: &Session, to: &Session, ops: &mut Vec<Op>) {
    let ids: std::collections::BTreeSet<_> = from.certificates().keys().chain(to.certificates().keys()).collect();
    for id in ids {
        let (before, after) = (from.certificates().get(id), to.certificates().get(id));
        if before == after {
            continue;
        }
        match (before, after) {
            (Some(before), Some(after)) if before.is_same_sample(after) => {
                for (item, (was, is)) in before.items.iter().zip(&after.items).enumerate().filter(|(_, (was, is))| was != is) {
                    ops.push(Op::Answer { certificate: id.clone(), item, before: was.answer.clone(), after: is.answer.clone() });
                }
            }
            (before, after) => {
                let whole = |one: &Arc<Certificate>| Certificate::clone(one);
                ops.push(Op::Certificate { before: before.map(whole), after: after.map(whole) });
            }
        }
    }
}

fn articles(from: &Session, to: &Session, ops: &mut Vec<Op>) {
    let staying = staying(from, to);
    for (at, article) in from.articles().iter().enumerate().rev() {
        if !staying.contains(&article.id) {
            ops.push(Op::Article { at, before: Some(article.clone()), after: None });
        }
    }
    for (at, after) in to.articles().iter().enumerate() {
        match from.article(&after.id).filter(|before| staying.contains(&before.id)) {
            Some(before) => article(at, before, after, ops),
            None => ops.push(Op::Article { at, before: None, after: Some(after.clone()) }),
        }
    }
}

/// The articles that both have and that need not be moved: as many as possible.
fn staying<'s>(from: &Session, to: &'s Session) -> HashSet<&'s ArticleId> {
    let both: Vec<(usize, &ArticleId)> =
        to.articles().iter().filter_map(|article| Some((from.position(&article.id)?, &article.id))).collect();
    // The longest run of rising places: for every length its end that is least, and what came before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(both.len());
    for (i, (place, _)) in both.iter().enumerate() {
        let length = ends.partition_point(|end| both[*end].0 < *place);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(i) } else { ends[length] = i }
    }
    std::iter::successors(ends.last().copied(), |i| before[*i]).map(|i| both[i].1).collect()
}

/// Ops are applied in order, so everything before position `at` is as in `to` already.
fn article(at: usize, before: &Arc<Article>, after: &Arc<Article>, ops: &mut Vec<Op>) {
    if before == after {
        return;
    }
    let is_sound = |article: &Article| article.mentions.is_sorted_by(|a, b| a.reading_order(b).is_lt());
    let is_same_document = before.text == after.text && before.source == after.source;
    if !is_same_document || !is_sound(before) || !is_sound(after) {
        ops.push(Op::Article { at, before: Some(before.clone()), after: Some(after.clone()) });
        return;
    }
    let id = || after.id.clone();
    if before.meta != after.meta {
        ops.push(Op::Meta { article: id(), before: before.meta.clone(), after: after.meta.clone() });
    }
    if before.zones != after.zones {
        ops.push(Op::Zones { article: id(), before: before.zones.clone(), after: after.zones.clone() });
    }
    if before.desk != after.desk {
        ops.push(Op::Desk { article: id(), before: before.desk.clone(), after: after.desk.clone() });
    }
    if before.extras != after.extras {
        ops.push(Op::Extras { article: id(), before: before.extras.clone(), after: after.extras.clone() });
    }
    let was: HashMap<MentionId, &Mention> = before.mentions.iter().map(|mention| (mention.id, mention)).collect();
    let is: HashSet<MentionId> = after.mentions.iter().map(|mention| mention.id).collect();
    let gone = before.mentions.iter().filter(|mention| !is.contains(&mention.id));
    ops.extend(gone.map(|mention| Op::Mention { article: id(), before: Some(mention.clone()), after: None }));
    for mention in &after.mentions {
        let before = was.get(&mention.id).copied();
        if before != Some(mention) {
            ops.push(Op::Mention { article: id(), before: before.cloned(), after: Some(mention.clone()) });
        }
    }
}

/// Equal ends of two lists stay; what is between is replaced one by one, and the rest removed or put in.
fn list<T: PartialEq + Clone>(from: &[T], to: &[T], ops: &mut Vec<Op>, op: impl Fn(usize, Option<T>, Option<T>) -> Op) {
    let start = from.iter().zip(to).take_while(|(from, to)| from == to).count();
    let (from, to) = (&from[start..], &to[start..]);
    let end = from.iter().rev().zip(to.iter().rev()).take_while(|(from, to)| from == to).count();
    let (from, to) = (&from[..from.len() - end], &to[..to.len() - end]);
    let shared = from.len().min(to.len());
    for (i, before) in from.iter().enumerate().skip(shared).rev() {
        ops.push(op(start + i, Some(before.clone()), None));
    }
    for (i, (before, after)) in from.iter().zip(to).enumerate().filter(|(_, (before, after))| before != after) {
        ops.push(op(start + i, Some(before.clone()), Some(after.clone())));
    }
    for (i, after) in to.iter().enumerate().skip(shared) {
        ops.push(op(start + i, None, Some(after.clone())));
    }
}
