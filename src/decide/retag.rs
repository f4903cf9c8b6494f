//! Tagging again: what changes when a tagger's suggestions come anew, with every decision kept.
//!
//! What stays as it is:
//! - everything settled; a rejection also bars its exact span under any label, and a confirmed mention whatever
//!   overlaps it, unless the scheme nests;
//! - what a person touched without settling it: a note, a link to an entity;
//! - what an import brought and the analyst's own: they are not the tagger's to take back, and its own suggestions give
//!   way to them.
//!
//! The tagger's own suggestions are replaced. One that comes again with the same span and label keeps its id, and is no
//! change at all if score, origin and value are the same too; so tagging twice with one tagger changes nothing. What the
//! session's standing rules speak of they settle at once.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::overlaps::Overlaps;
use super::standing::Standing;
use super::terms::{edit_of, find_article};
use super::verdict::is_suppressed;
use super::{Refusal, Stamp};
use crate::annotation::{Article, ArticleId, Edit, Label, Mention, MentionId, Op, Origin, Scheme, Scope, Score, Session, Target, Verb};
use crate::tagger::{Both, Suggestion};
use crate::text::Span;

/// What tagging again does to the suggestions, to be shown before it is applied: "+12 −3 suggestions".
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Difference {
    /// Suggestions where there was none with that span.
    pub added: usize,
    /// Suggestions that leave and have no successor with that span.
    pub removed: usize,
    /// Suggestions whose label changes.
    pub changed: usize,
    /// Suggestions that stay with another score, origin or value.
    pub refreshed: usize,
    /// Mentions that the standing rules settle.
    pub settled: usize,
}

impl Difference {
    /// Whether there is nothing to apply.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    fn plus(self, other: Self) -> Self {
        Self {
            added: self.added + other.added,
            removed: self.removed + other.removed,
            changed: self.changed + other.changed,
            refreshed: self.refreshed + other.refreshed,
            settled: self.settled + other.settled,
        }
    }
}

impl std::fmt::Display for Difference {
    /// `+12 −3 suggestions, 2 with another label`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        if self.added + self.removed > 0 {
            parts.push(format!("+{} −{} suggestions", self.added, self.removed));
        }
        for (n, what) in [
            (self.changed, "with another label"),
            (self.refreshed, "with another value, score or reason"),
            (self.settled, "settled by standing rules"),
        ] {
            let noun = match (parts.is_empty(), n) {
                (true, 1) => "suggestion ",
                (true, _) => "suggestions ",
                _ => "",
            };
            parts.extend((n > 0).then(|| format!("{n} {noun}{what}")));
        }
        f.write_str(&parts.join(", "))
    }
}

/// The edit that puts new suggestions into articles, and what it changes. An article not listed stays as it is; one
/// listed with no suggestions loses the tagger's.
///
/// # Errors
/// [`Refusal::NoArticle`], and [`Refusal::Already`] when nothing changes.
pub fn retag(session: &Session, tagged: &[(ArticleId, Vec<Suggestion>)], stamp: &Stamp) -> Result<(Edit, Difference), Refusal> {
    let mut ops = Vec::new();
    let mut difference = Difference::default();
    let standing = Standing::new(session.rules(), session.scheme());
    for (id, suggestions) in tagged {
        let article = find_article(session, id)?;
        let (more, part) = article_ops(session.scheme(), article, suggestions);
        difference = difference.plus(part);
        if !standing.is_empty() {
            let mentions = mentions_after(article, &more);
            let settled = standing.ops(session.scheme(), &Article { mentions, ..article.clone() }, stamp);
            difference.settled += settled.iter().filter(|op| pair(op).1.is_some()).count();
            ops.extend(more);
            ops.extend(settled);
        } else {
            ops.extend(more);
        }
    }
    if ops.is_empty() {
        return Err(Refusal::Already);
    }
    let mut edit = edit_of(Verb::Tag, "", None, stamp, ops);
    match tagged {
        [(id, _)] => {
            edit.scope = Scope::Article;
            edit.what = find_article(session, id)?.title().to_owned();
            edit.target = Some(Target { article: id.clone(), mention: None });
        }
        _ => edit.scope = Scope::Session,
    }
    Ok((edit, difference))
}

/// The suggestions of an article once what was learnt is brought in: only what learning makes come or go does, all others
/// stay as they are, whoever suggested them and when. `dropped` are those that earlier learning took out, which may come
/// back.
pub fn renewed(scheme: &Scheme, article: &Article, both: Both, dropped: &BTreeSet<(Span, Label)>) -> Vec<Suggestion> {
    let all = |found: &[Suggestion]| -> HashSet<(Span, Label)> { found.iter().map(|one| (one.span, one.label.clone())).collect() };
    let (plain, taught) = (all(&both.plain), all(&both.taught));
    let there: Vec<&Mention> = article.mentions.iter().filter(|mention| !is_kept(mention)).collect();
    let is_there: HashSet<(Span, &Label)> = there.iter().map(|mention| (mention.span, &mention.label)).collect();
    let comes = |one: &Suggestion| {
        let key = (one.span, one.label.clone());
        !is_there.contains(&(one.span, &one.label)) && (!plain.contains(&key) || dropped.contains(&key))
    };
    let come: Vec<Suggestion> = both.taught.into_iter().filter(comes).collect();
    let stays = |mention: &&Mention| {
        let key = (mention.span, mention.label.clone());
        let is_learnings = plain.contains(&key) || matches!(mention.origin, Origin::Learned(_));
        let gives_way = |one: &Suggestion| one.span.overlaps(mention.span) && !scheme.may_overlap(&one.label, &mention.label);
        (!is_learnings || taught.contains(&key)) && !come.iter().any(gives_way)
    };
    let mut out: Vec<Suggestion> = there.into_iter().filter(stays).map(suggestion_of).collect();
    out.extend(come);
    out
}

/// A suggestion as a mention holds it.
fn suggestion_of(mention: &Mention) -> Suggestion {
    let score = mention.score.unwrap_or(Score::from_thousandths(0));
    Suggestion { span: mention.span, label: mention.label.clone(), score, origin: mention.origin.clone(), value: mention.value.clone() }
}

/// The mentions of an article after tagging, in reading order: those it holds already and may keep, and `suggestions`.
/// For articles on their way into a session, before any edit knows them.
pub fn mentions_of(article: &Article, suggestions: &[Suggestion], scheme: &Scheme) -> Vec<Mention> {
    mentions_after(article, &article_ops(scheme, article, suggestions).0)
}

fn mentions_after(article: &Article, ops: &[Op]) -> Vec<Mention> {
    let gone: HashSet<MentionId> = ops.iter().filter_map(|op| pair(op).0).map(|before| before.id).collect();
    let mut mentions: Vec<Mention> = article.mentions.iter().filter(|mention| !gone.contains(&mention.id)).cloned().collect();
    mentions.extend(ops.iter().filter_map(|op| pair(op).1).cloned());
    mentions.sort_by(Mention::reading_order);
    mentions
}

/// The ops that put `suggestions` in the place of the tagger's former ones.
pub fn article_ops(scheme: &Scheme, article: &Article, suggestions: &[Suggestion]) -> (Vec<Op>, Difference) {
    let (kept, replaced): (Vec<&Mention>, Vec<&Mention>) = article.mentions.iter().partition(|mention| is_kept(mention));
    let wanted = welcome(scheme, article, &kept, suggestions);
    let mut before_of: HashMap<(Span, &Label), &Mention> = HashMap::new();
    let mut span_was: HashSet<Span> = HashSet::new();
    for mention in &replaced {
        before_of.entry((mention.span, &mention.label)).or_insert(mention);
        span_was.insert(mention.span);
    }
    let mut taken: HashSet<MentionId> = article.mentions.iter().map(|mention| mention.id).collect();
    let mut staying: HashSet<MentionId> = HashSet::new();
    let mut span_is: HashSet<Span> = HashSet::new();
    let mut difference = Difference::default();
    let mut put = Vec::new();
    for suggestion in wanted {
        span_is.insert(suggestion.span);
        if let Some(before) = before_of.get(&(suggestion.span, &suggestion.label)) {
            staying.insert(before.id);
            let after = mention_of(before.id, suggestion);
            if after != **before {
                difference.refreshed += 1;
                put.push(op(article, Some(before), Some(after)));
            }
            continue;
        }
        match span_was.contains(&suggestion.span) {
            true => difference.changed += 1,
            false => difference.added += 1,
        }
        let mut id = MentionId::of(&article.id, suggestion.span, &suggestion.label);
        while !taken.insert(id) {
            id = id.next();
        }
        put.push(op(article, None, Some(mention_of(id, suggestion))));
    }
    let leaving: Vec<&Mention> = replaced.into_iter().filter(|mention| !staying.contains(&mention.id)).collect();
    difference.removed = leaving.iter().filter(|mention| !span_is.contains(&mention.span)).count();
    let mut ops: Vec<Op> = leaving.into_iter().map(|mention| op(article, Some(mention), None)).collect();
    ops.append(&mut put);
    (ops, difference)
}

/// Whether tagging again leaves the mention alone.
pub(super) fn is_kept(mention: &Mention) -> bool {
    let is_taggers = !matches!(mention.origin, Origin::Import(_) | Origin::Analyst);
    mention.is_settled()
        || mention.is_contested()
        || !is_taggers
        || mention.note.is_some()
        || mention.entity.is_some()
        || !mention.extras.is_empty()
}

/// The suggestions that what is kept allows, each span and label once, in reading order.
fn welcome<'s>(scheme: &Scheme, article: &Article, kept: &[&Mention], suggestions: &'s [Suggestion]) -> Vec<&'s Suggestion> {
    let rejected: HashSet<Span> = kept.iter().filter(|mention| mention.is_rejected()).map(|mention| mention.span).collect();
    let barring = Overlaps::new(kept.iter().copied().filter(|mention| !mention.is_rejected()));
    let mut wanted: Vec<&Suggestion> = suggestions
        .iter()
        .filter(|suggestion| {
            scheme.is_in_use(suggestion.label.as_str())
                && suggestion.span.of(&article.text).is_some_and(|quote| !quote.trim().is_empty())
                && !article.is_boilerplate_at(suggestion.span.start as usize)
                && !rejected.contains(&suggestion.span)
        })
        .filter(|suggestion| {
            let probe = mention_of(MentionId::of(&article.id, suggestion.span, &suggestion.label), suggestion);
            !barring.over(suggestion.span).any(|other| is_suppressed(scheme, &probe, other))
        })
        .collect();
    wanted.sort_by(|a, b| (a.span, &a.label, b.score).cmp(&(b.span, &b.label, a.score)));
    wanted.dedup_by(|next, last| next.span == last.span && next.label == last.label);
    wanted
}

fn mention_of(id: MentionId, suggestion: &Suggestion) -> Mention {
    let mention = Mention::suggested(id, suggestion.span, suggestion.label.clone(), suggestion.origin.clone());
    Mention { score: Some(suggestion.score), value: suggestion.value.clone(), ..mention }
}

fn op(article: &Article, before: Option<&Mention>, after: Option<Mention>) -> Op {
    Op::Mention { article: article.id.clone(), before: before.cloned(), after }
}

fn pair(op: &Op) -> (Option<&Mention>, Option<&Mention>) {
    match op {
        Op::Mention { before, after, .. } => (before.as_ref(), after.as_ref()),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{History, How, Score, State};
    use crate::dsl;

    /// The suggestions that a marked page shows.
    fn suggestions(marked: &str) -> Vec<Suggestion> {
        let of = |mention: &Mention| Suggestion {
            span: mention.span,
            label: mention.label.clone(),
            score: Score::from_thousandths(800),
            origin: Origin::Rule("new".into()),
            value: None,
        };
        dsl::article("a", marked).mentions.iter().map(of).collect()
    }

    #[track_caller]
    fn check(page: &str, tagger: &str, expect: &str) -> Difference {
        let mut session = dsl::session(&[page]);
        let id = ArticleId::new("a");
        let tagged = [(id.clone(), suggestions(tagger))];
        let fresh = mentions_of(&session.articles()[0], &tagged[0].1, session.scheme());
        let Ok((edit, difference)) = retag(&session, &tagged, &Stamp::default()) else {
            assert_eq!(page, expect, "tagging changed nothing");
            return Difference::default();
        };
        let mut history = History::default();
        let before = session.clone();
        history.perform(&mut session, edit).unwrap();
        assert_eq!(dsl::show(&session.articles()[0]), expect);
        assert_eq!(session.articles()[0].mentions, fresh, "a fresh article and an edited one are tagged alike");
        assert_eq!(retag(&session, &tagged, &Stamp::default()), Err(Refusal::Already), "tagging twice changes nothing");
        history.undo(&mut session).unwrap();
        assert_eq!(session, before);
        difference
    }

    #[test]
    fn new_suggestions_come_and_old_ones_leave() {
        let difference = check(
            "[PERSON? Merkel] met [ORG? NATO] in [GPE? Paris] on Monday",
            "Merkel met [ORG? NATO] in [PERSON? Paris] on [DATE? Monday]",
            "Merkel met [ORG? NATO] in [PERSON? Paris] on [DATE? Monday]",
        );
        assert_eq!(difference, Difference { added: 1, removed: 1, changed: 1, refreshed: 1, settled: 0 });
        assert_eq!(difference.to_string(), "+1 −1 suggestions, 1 with another label, 1 with another value, score or reason");
    }

    #[test]
    fn what_is_settled_stays() {
        check(
            "[PERSON! Merkel] met [ORG~ NATO] in [GPE!* Paris]",
            "[ORG? Merkel met] [ORG? NATO] in [PERSON? Paris]",
            "[PERSON! Merkel] met [ORG~ NATO] in [GPE!* Paris]",
        );
    }

    #[test]
    fn a_rejection_bars_its_exact_span_only() {
        check("the [ORG~ Bank] of China", "the [FAC? Bank] of China", "the [ORG~ Bank] of China");
        check("the [ORG~ Bank] of China", "the [ORG? Bank of China]", "the [ORG? [ORG~ Bank] of China]");
    }

    #[test]
    fn an_equal_suggestion_is_no_change() {
        let mut session = dsl::session(&["[ORG? NATO] met"]);
        let tagged = [(ArticleId::new("a"), suggestions("[ORG? NATO] met"))];
        let (edit, difference) = retag(&session, &tagged, &Stamp::default()).unwrap();
        assert_eq!(difference, Difference { refreshed: 1, ..Difference::default() }, "only the origin differs");
        assert_eq!(difference.to_string(), "1 suggestion with another value, score or reason");
        let id = session.articles()[0].mentions[0].id;
        session.apply(&edit).unwrap();
        assert_eq!(session.articles()[0].mentions[0].id, id);
        assert_eq!(session.articles()[0].mentions[0].origin, Origin::Rule("new".into()));
    }

    #[test]
    fn imported_noted_and_linked_suggestions_are_kept() {
        let mut article = dsl::article("a", "[ORG? Nato] met [PERSON? Merkel] and [PERSON? Scholz]");
        article.mentions[0].origin = Origin::Import("spacy".into());
        article.mentions[1].note = Some("which one?".into());
        article.mentions[2].entity = Some(crate::annotation::EntityId::new("olaf-scholz"));
        let after = mentions_of(&article, &suggestions("[ORG? Nato met] Merkel and [GPE? Scholz]"), &Scheme::standard());
        assert_eq!(after, article.mentions);
    }

    #[test]
    fn labels_out_of_use_boilerplate_and_bad_spans_are_left_out() {
        use crate::annotation::{Zone, ZoneKind};
        let mut article = dsl::article("a", "Read More about NATO, the 3rd");
        article.zones = vec![Zone { span: Span::new(0, 9), kind: ZoneKind::Boilerplate }];
        let mut found = suggestions("[ORG? Read More] about [ORG? NATO], the [ORDINAL? 3rd]");
        found.push(Suggestion { span: Span::new(25, 99), ..found[0].clone() });
        article.mentions = mentions_of(&article, &found, &Scheme::standard());
        assert_eq!(dsl::show(&article), "Read More about [ORG? NATO], the 3rd");
    }

    #[test]
    fn a_nesting_label_may_lie_inside_what_is_confirmed() {
        let mut scheme = Scheme::standard();
        let gpe = scheme.labels.iter_mut().find(|def| def.name.as_str() == "GPE").unwrap();
        gpe.nests = true;
        let mut article = dsl::article("a", "the [ORG! Bank of China]");
        article.mentions = mentions_of(&article, &suggestions("the [ORG? Bank] of [GPE? China]"), &scheme);
        assert_eq!(dsl::show(&article), "the [ORG! Bank of [GPE? China]]");
        assert_eq!(article.mentions[0].how, Some(How::Looked));
        assert_eq!(article.mentions[1].state, State::Suggested);
    }
}
