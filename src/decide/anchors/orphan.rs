//! What is kept of a mention that the text has left behind, and of one that came to stand on other words.
//!
//! Both travel in the extras that every article and mention has, so the session file needs no field of its own: an
//! orphan is an extra of its article, a carried mention that waits for a person has an extra that says what it was.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::terms::{Refusal, Stamp, check_span, edit_of, find_article};
use super::super::verdict::is_suppressed;
use super::mark::{FORMAT, LONGEST_QUOTE, cut};
use super::place::{Anchors, Quote, SURROUNDINGS};
use crate::annotation::{Article, ArticleId, Edit, Extra, First, Mention, MentionId, Op, Rival, Session, State, Target, Verb};
use crate::text::Span;

const ORPHAN: &str = "orphan";
/// A mention whose words the article's text no longer has, with the words that stood around it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Orphan {
    pub quote: String,
    pub before: String,
    pub after: String,
    /// As it was decided. Its spans are empty: it has no place.
    pub mention: Mention,
}

impl Orphan {
    pub(super) fn of(mention: &Mention, anchors: &Anchors<'_>) -> Self {
        let row = &anchors.old;
        let tokens = row.over(mention.span);
        let words = |span: Span| span.of(row.text).unwrap_or_default().to_owned();
        let before = tokens.start.saturating_sub(SURROUNDINGS)..tokens.start;
        let after = tokens.end..(tokens.end + SURROUNDINGS).min(row.spans.len());
        let around = |tokens: std::ops::Range<usize>| if tokens.is_empty() { String::new() } else { words(row.span_of(&tokens)) };
        let mut mention = mention.clone();
        let quote = cut(mention.span.of(row.text).unwrap_or_default());
        mention.span = Span::default();
        mention.first = mention.first.map(|first| First { span: Span::default(), ..first });
        mention.rivals.iter_mut().for_each(|rival| rival.span = Span::default());
        Self { quote, before: cut(&around(before)), after: cut(&around(after)), mention }
    }

    pub(super) fn quoted(&self) -> Quote<'_> {
        Quote { words: &self.quote, before: &self.before, after: &self.after }
    }

    pub(super) fn is_cut(&self) -> bool {
        self.quote.len() >= LONGEST_QUOTE
    }

    pub(super) fn into_extra(self) -> Option<Extra> {
        let value = serde_json::to_string(&self).ok()?;
        Some(Extra { format: FORMAT.to_owned(), key: ORPHAN.to_owned(), value })
    }

    fn of_extra(extra: &Extra) -> Option<Self> {
        let is_one = extra.format == FORMAT && extra.key == ORPHAN;
        is_one.then(|| serde_json::from_str(&extra.value).ok()).flatten()
    }

    /// The mention at a place of the text, its decision as it was.
    pub(super) fn at(&self, span: Span, id: MentionId) -> Mention {
        let first = self.mention.first.clone().map(|first| First { span, ..first });
        let rivals = self.mention.rivals.iter().map(|rival| Rival { span, ..rival.clone() }).collect();
        Mention { id, span, first, rivals, ..self.mention.clone() }
    }
}

/// The orphans of an article, each with the place of its extra.
pub fn orphans(article: &Article) -> impl Iterator<Item = (usize, Orphan)> + '_ {
    article.extras.iter().enumerate().filter_map(|(at, extra)| Some((at, Orphan::of_extra(extra)?)))
}

/// Gives an orphan a place: its decision stands there as it was.
///
/// # Errors
/// [`Refusal::NoMention`] where there is no such orphan, [`Refusal::Span`], and [`Refusal::Exists`] where a mention with
/// its label has exactly this span.
pub fn place(session: &Session, article: &ArticleId, orphan: &Orphan, span: Span, stamp: &Stamp) -> Result<Edit, Refusal> {
    let found = find_article(session, article)?;
    let extras = without(found, &[orphan])?;
    check_span(found, span)?;
    let label = &orphan.mention.label;
    if found.overlapping(span).any(|other| other.is_settled() && other.span == span && other.label == *label) {
        return Err(Refusal::Exists(label.clone()));
    }
    let mut id = orphan.mention.id;
    while found.mention(id).is_some() {
        id = id.next();
    }
    let placed = orphan.at(span, id);
    let op = |before: Option<&Mention>, after| Op::Mention { article: article.clone(), before: before.cloned(), after };
    let gives_way = |other: &&Mention| match placed.state {
        State::Confirmed => is_suppressed(session.scheme(), other, &placed),
        State::Suggested | State::Rejected => other.span == span && other.label == *label,
    };
    let suggestions = found.overlapping(span).filter(|other| other.is_suggested());
    let mut ops: Vec<Op> = std::iter::once(extras).chain(suggestions.filter(gives_way).map(|other| op(Some(other), None))).collect();
    ops.push(op(None, Some(placed)));
    let mut edit = edit_of(Verb::Place, found.quote(span), Some(label.clone()), stamp, ops);
    edit.target = Some(Target { article: article.clone(), mention: Some(id) });
    Ok(edit)
}

/// Lets orphans go for good, all of them at once.
///
/// # Errors
/// [`Refusal::NoMention`] where one of them is not there, [`Refusal::Already`] where there are none.
pub fn drop_all(session: &Session, chosen: &[(ArticleId, Orphan)], stamp: &Stamp) -> Result<Edit, Refusal> {
    let (id, first) = chosen.first().ok_or(Refusal::Already)?;
    let mut of_article: BTreeMap<&ArticleId, Vec<&Orphan>> = BTreeMap::new();
    chosen.iter().for_each(|(article, orphan)| of_article.entry(article).or_default().push(orphan));
    let mut ops = Vec::new();
    for (id, leaving) in of_article {
        ops.push(without(find_article(session, id)?, &leaving)?);
    }
    let (what, label) = match chosen.len() {
        1 => (first.quote.clone(), Some(first.mention.label.clone())),
        n => (format!("{n} mentions without a place"), None),
    };
    let mut edit = edit_of(Verb::Drop, &what, label, stamp, ops);
    edit.target = Some(Target { article: id.clone(), mention: None });
    Ok(edit)
}

/// The op that takes orphans off an article's list.
fn without(article: &Article, leaving: &[&Orphan]) -> Result<Op, Refusal> {
    let listed: Vec<(usize, Orphan)> = orphans(article).collect();
    let mut gone = vec![false; article.extras.len()];
    for orphan in leaving {
        let at = listed.iter().find(|(at, other)| !gone[*at] && other == *orphan).map(|(at, _)| *at);
        gone[at.ok_or(Refusal::NoMention)?] = true;
    }
    let kept = article.extras.iter().zip(gone).filter(|(_, gone)| !gone).map(|(extra, _)| extra.clone());
    Ok(Op::Extras { article: article.id.clone(), before: article.extras.clone(), after: kept.collect() })
}

/// Where the words of an orphan stand in its article's text, nearest to the words that stood around it, and nobody has
/// settled a mention with its label there.
pub fn guess(article: &Article, orphan: &Orphan) -> Option<Span> {
    if orphan.quote.is_empty() || orphan.is_cut() {
        return None;
    }
    let text = &*article.text;
    let spans = text.match_indices(&orphan.quote).map(|(at, words)| Span::new(at, at + words.len())).filter(|span| {
        let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
        let is_whole = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        is_whole
            && !article.overlapping(*span).any(|other| other.is_settled() && other.span == *span && other.label == orphan.mention.label)
    });
    let around = |span: &Span| {
        let before = &text[text.floor_char_boundary((span.start as usize).saturating_sub(AROUND))..span.start as usize];
        let after = &text[span.end as usize..text.ceil_char_boundary((span.end as usize + AROUND).min(text.len()))];
        common_words(before, &orphan.before) + common_words(after, &orphan.after)
    };
    spans.take(MOST_GUESSES).max_by_key(|span| (around(span), Reverse(span.start)))
}

/// How far around a guess its surroundings are compared, in bytes.
const AROUND: usize = 120;
/// How many places are compared.
const MOST_GUESSES: usize = 100;

fn common_words(text: &str, words: &str) -> usize {
    let there: Vec<&str> = text.split_whitespace().collect();
    words.split_whitespace().filter(|word| there.contains(word)).count()
}
