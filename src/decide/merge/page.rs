//! The mentions of one article after a merge, looked at together: two people's decisions may each be right and say
//! one thing twice, or leave suggestions that one of them had done away with.
//!
//! Only what the merge has brought together is touched. Two mentions that stood side by side on one side's page stay.

use std::collections::{HashMap, HashSet};

use super::lists::joined;
use super::mention::{by_time, contest, is_marked, rival};
use crate::annotation::{Article, Conflict, Mention, MentionId, Scheme};
use crate::decide::overlaps::Overlaps;
use crate::decide::verdict::is_suppressed;
use crate::text::Span;

/// One side's page, for questions on its mentions.
pub struct Side<'a> {
    pub article: &'a Article,
    pub mentions: HashMap<MentionId, &'a Mention>,
}

impl<'a> Side<'a> {
    pub fn of(article: &'a Article) -> Self {
        Self { article, mentions: article.mentions.iter().map(|mention| (mention.id, mention)).collect() }
    }

    /// Whether the side has the mention at this place, in this state and with this label.
    fn has(&self, mention: &Mention) -> bool {
        self.mentions
            .get(&mention.id)
            .is_some_and(|found| (found.state, found.span, &found.label) == (mention.state, mention.span, &mention.label))
    }

    fn has_both(&self, one: &Mention, other: &Mention) -> bool {
        self.has(one) && self.has(other)
    }
}

/// Puts the page in order. `page` has the merged zones and mentions.
pub fn tidy(page: &mut Article, sides: &[Side<'_>; 2], scheme: &Scheme, conflicts: &mut Vec<Conflict>) {
    page.mentions.sort_by(Mention::reading_order);
    unite(page, sides, scheme);
    let is_new = |one: &Mention, other: &Mention| !sides.iter().any(|side| side.has_both(one, other));
    let confirmed = Overlaps::new(page.mentions.iter().filter(|mention| mention.is_confirmed()));
    let mut rejected: HashMap<Span, Vec<&Mention>> = HashMap::new();
    for mention in page.mentions.iter().filter(|mention| mention.is_rejected()) {
        rejected.entry(mention.span).or_default().push(mention);
    }
    let gives_way = |mention: &Mention| {
        let is_hidden = |article: &Article| article.is_boilerplate_at(mention.span.start as usize);
        mention.is_suggested()
            && (confirmed.over(mention.span).any(|other| is_suppressed(scheme, mention, other) && is_new(mention, other))
                || rejected.get(&mention.span).is_some_and(|others| others.iter().any(|other| is_new(mention, other)))
                || is_hidden(page) && !sides.iter().any(|side| side.has(mention) && is_hidden(side.article)))
    };
    let gone: HashSet<MentionId> = page.mentions.iter().filter(|mention| gives_way(mention)).map(|mention| mention.id).collect();
    page.mentions.retain(|mention| {
        let stays = !gone.contains(&mention.id);
        if !stays && is_marked(mention) {
            conflicts.push(Conflict::Mention { article: page.id.clone(), other: mention.clone() });
        }
        stays
    });
}

/// Of two confirmed mentions on the same words, one from each side, the earlier stands. With another label the later
/// one is its rival, unless the scheme lets the two nest.
fn unite(page: &mut Article, sides: &[Side<'_>; 2], scheme: &Scheme) {
    let mut out: Vec<Mention> = Vec::with_capacity(page.mentions.len());
    let mut at: HashMap<Span, Vec<usize>> = HashMap::new();
    for mention in page.mentions.drain(..) {
        if !mention.is_confirmed() {
            out.push(mention);
            continue;
        }
        let here = at.entry(mention.span).or_default();
        let is_one = |other: &Mention| {
            (other.label == mention.label || !scheme.may_overlap(&other.label, &mention.label))
                && !sides.iter().any(|side| side.has_both(other, &mention))
        };
        match here.iter().copied().find(|other| is_one(&out[*other])) {
            Some(other) => out[other] = united(&out[other], &mention),
            None => {
                here.push(out.len());
                out.push(mention);
            }
        }
    }
    out.sort_by(Mention::reading_order);
    page.mentions = out;
}

fn united(a: &Mention, b: &Mention) -> Mention {
    let (first, second) = by_time(a, b);
    let mut out = first.clone();
    if first.label == second.label {
        out.entity = first.entity.clone().or_else(|| second.entity.clone());
    }
    out.note = match (&first.note, &second.note) {
        (Some(first), Some(second)) => Some(joined(first, second).into()),
        (first, second) => first.clone().or_else(|| second.clone()),
    };
    let is_silent = first.label == second.label && second.entity.is_none();
    let rivals = second.rivals.iter().cloned().chain((!is_silent).then(|| rival(second)));
    rivals.for_each(|rival| contest(&mut out, rival));
    out
}
