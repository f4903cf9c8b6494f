//! The occurrences of a name, and what speaks for and against each.

use super::{Doubt, Intent, Reach, Row};
use crate::annotation::{Article, ArticleId, Mention, MentionId, Progress, Scheme, Session};
use crate::decide::names::{NamePattern, places_in};
use crate::decide::overlaps::Overlaps;
use crate::text::{Span, name};

/// How many bytes of a line are shown on either side of an occurrence.
const CONTEXT_BYTES: usize = 80;

pub(super) struct Query<'a> {
    pub session: &'a Session,
    pub scheme: &'a Scheme,
    pub intent: &'a Intent,
    pub key: &'a str,
    /// The name that the focus had before its edge was moved.
    pub wrong_key: Option<String>,
    /// What the focus covers beside the core of its name: `The ` in The Hague.
    pub lead: &'a str,
    pub tail: &'a str,
    pub core: &'a str,
    /// Where the focus lies once it is decided; `None` where a name as such is decided on.
    pub focus: Option<(&'a ArticleId, Span, Option<MentionId>)>,
    /// Whether the focus was decided before, so that only the others are left.
    pub is_decided: bool,
    /// Whether suggestions with another label than the intended one are left alone.
    pub is_label_kept: bool,
}

/// What is known of one article: the mentions of the name in it, and the name's places in its text.
struct Found<'s> {
    article: &'s Article,
    mentions: Vec<&'s Mention>,
    places: Vec<Span>,
}

impl Query<'_> {
    pub fn rows(&self, reach: Reach<'_>, article: &Article) -> Vec<Row> {
        let pattern = NamePattern::new(self.key);
        let mut rows = Vec::new();
        match reach {
            Reach::Article => {
                let is_of = |mention: &&Mention| self.is_wanted_key(&name::key(article.quote(mention.span)));
                let mut places = places_in(&article.text, &pattern);
                places.retain(|place| !article.is_boilerplate_at(place.start as usize));
                self.rows_in(&Found { article, mentions: article.mentions.iter().filter(is_of).collect(), places }, &mut rows);
            }
            Reach::Session(index) => {
                let mut mentions = index.mentions(self.session, self.key);
                if let Some(wrong) = &self.wrong_key {
                    mentions.extend(index.mentions(self.session, wrong));
                }
                let places = index.places(self.session, &pattern);
                for found in by_article(self.session, mentions, places) {
                    self.rows_in(&found, &mut rows);
                }
            }
        }
        rows
    }

    fn is_wanted_key(&self, key: &str) -> bool {
        key == self.key || self.wrong_key.as_deref() == Some(key)
    }

    fn rows_in(&self, found: &Found<'_>, rows: &mut Vec<Row>) {
        let article = found.article;
        let from = rows.len();
        let others = Overlaps::new(&article.mentions);
        let mut covered: Vec<Span> = Vec::new();
        for mention in &found.mentions {
            let Some(row) = self.row_of_mention(article, mention, &others) else {
                covered.push(mention.span);
                continue;
            };
            covered.extend([row.span, row.becomes]);
            rows.push(row);
        }
        if matches!(self.intent, Intent::Is(_)) {
            covered.sort_unstable();
            for place in &found.places {
                let span = self.dressed(&article.text, *place);
                if !is_covered(&covered, span) {
                    rows.extend(self.row_of_place(article, span, &others));
                }
            }
        }
        rows[from..].sort_by_key(|row| (row.span, row.mention));
    }

    /// A mention of the name, or of the name that the focus had by mistake. `None` for the focus itself once decided.
    fn row_of_mention(&self, article: &Article, mention: &Mention, others: &Overlaps<'_>) -> Option<Row> {
        let is_focus = self.is_focus(article, mention.span, Some(mention.id));
        if is_focus && self.is_decided {
            return None;
        }
        let quote = article.quote(mention.span);
        let (key, core) = name::of(quote);
        let focus_span = self.focus.filter(|_| is_focus && matches!(self.intent, Intent::Is(_))).map(|(_, span, _)| span);
        let becomes = if let Some(span) = focus_span {
            span
        } else if !matches!(self.intent, Intent::Is(_)) {
            mention.span
        } else if key == self.key {
            self.dressed(&article.text, shifted(core, mention.span.start))
        } else {
            self.corrected(article, mention.span)?
        };
        let doubt = if is_focus { None } else { self.doubt_of_mention(article, mention, becomes, others) };
        let row = self.row(article, mention.span, becomes, Some(mention), doubt);
        Some(Row { is_focus, ..row })
    }

    /// Words without a tag of this name. `None` where they are the focus and decided.
    fn row_of_place(&self, article: &Article, span: Span, others: &Overlaps<'_>) -> Option<Row> {
        let is_focus = self.is_focus(article, span, None);
        if is_focus {
            let row = self.row(article, span, span, None, None);
            return (!self.is_decided).then_some(Row { is_focus, ..row });
        }
        let living = || others.over(span).filter(|other| !other.is_rejected());
        let longer = living().find(|other| other.span.contains(span) && other.span != span);
        let doubt = if let Some(longer) = longer {
            Some(Doubt::InsideLonger(article.quote(longer.span).to_owned()))
        } else if let Some(other) = living().find(|other| other.is_confirmed() && !self.scheme.nests(&other.label)) {
            Some(Doubt::Overlaps(article.quote(other.span).to_owned()))
        } else if let Some(other) = living().find(|other| other.span.crosses(span) && other.span.len() >= span.len()) {
            Some(Doubt::Overlaps(article.quote(other.span).to_owned()))
        } else if article.desk.progress == Progress::Done && self.focus.is_none_or(|(id, _, _)| article.id != *id) {
            Some(Doubt::ArticleDone)
        } else if self.is_lower(article.quote(span)) {
            Some(Doubt::LowerCase)
        } else {
            goes_on(&article.text, span).map(|next| Doubt::BeforeName(next.to_owned()))
        };
        // A shorter suggestion at the place is the same thing with a wrong edge: it is moved and keeps its origin.
        let shorter = living().filter(|other| other.is_suggested() && doubt.is_none());
        let moved = shorter.min_by_key(|other| (!self.is_label(other), std::cmp::Reverse(other.span.len()), other.id));
        Some(match moved {
            Some(moved) => self.row(article, moved.span, span, Some(moved), doubt),
            None => self.row(article, span, span, None, doubt),
        })
    }

    fn doubt_of_mention(&self, article: &Article, mention: &Mention, becomes: Span, others: &Overlaps<'_>) -> Option<Doubt> {
        match self.intent {
            Intent::Is(label) if mention.is_confirmed() => match mention.label == *label {
                true => Some(Doubt::Already),
                false => Some(Doubt::Confirmed(mention.label.clone())),
            },
            Intent::Is(_) if mention.is_rejected() => Some(Doubt::Rejected),
            Intent::Not(_) if mention.is_rejected() => Some(Doubt::Already),
            Intent::Not(_) if mention.is_confirmed() => Some(Doubt::Confirmed(mention.label.clone())),
            Intent::Not(Some(label)) if mention.label != *label => Some(Doubt::OtherLabel(mention.label.clone())),
            Intent::Not(_) => None,
            Intent::Is(label) if self.is_label_kept && mention.label != *label => Some(Doubt::OtherLabel(mention.label.clone())),
            Intent::Linked(..) if mention.is_rejected() => Some(Doubt::Rejected),
            Intent::Linked(entity, _) if mention.entity == *entity => Some(Doubt::Already),
            Intent::Linked(Some(_), _) if mention.entity.is_some() => mention.entity.clone().map(Doubt::OtherEntity),
            Intent::Linked(_, label) => (mention.label != *label).then(|| Doubt::OtherLabel(mention.label.clone())),
            Intent::Is(_) => {
                let mut living = others.over(becomes).filter(|other| !other.is_rejected() && other.id != mention.id);
                let quote = |other: &Mention| article.quote(other.span).to_owned();
                living.find_map(|other| match other.span.contains(becomes) && other.span != becomes {
                    true => Some(Doubt::InsideLonger(quote(other))),
                    false => (other.is_confirmed() && !self.scheme.nests(&other.label)).then(|| Doubt::Overlaps(quote(other))),
                })
            }
        }
    }

    fn row(&self, article: &Article, span: Span, becomes: Span, mention: Option<&Mention>, doubt: Option<Doubt>) -> Row {
        Row {
            article: article.id.clone(),
            span,
            becomes,
            context: context(&article.text, span),
            mention: mention.map(|mention| mention.id),
            state: mention.map(|mention| mention.state),
            label: mention.map(|mention| mention.label.clone()),
            is_focus: false,
            ticked: doubt.is_none(),
            doubt,
        }
    }

    fn is_focus(&self, article: &Article, span: Span, mention: Option<MentionId>) -> bool {
        self.focus.is_some_and(|(id, focus_span, focus_mention)| {
            article.id == *id && if mention.is_some() { mention == focus_mention } else { span == focus_span }
        })
    }

    fn is_label(&self, mention: &Mention) -> bool {
        matches!(self.intent, Intent::Is(label) if *label == mention.label)
    }

    /// The core of a name with what the focus covers beside it, where that stands there too.
    fn dressed(&self, text: &str, core: Span) -> Span {
        let range = core.range();
        let lead = if text[..range.start].ends_with(self.lead) { self.lead.len() } else { 0 };
        let tail = if text[range.end..].starts_with(self.tail) { self.tail.len() } else { 0 };
        Span::new(range.start - lead, range.end + tail)
    }

    /// Where a mention with the wrong edges of the focus should lie: the right name inside it or around it.
    fn corrected(&self, article: &Article, wrong: Span) -> Option<Span> {
        let pattern = NamePattern::new(self.key);
        let reach = self.core.len() + self.lead.len() + CONTEXT_BYTES;
        let around = near(&article.text, wrong, reach);
        let places = places_in(&article.text[around.range()], &pattern);
        let mut places = places.into_iter().map(|place| self.dressed(&article.text, shifted(place, around.start)));
        places.find(|place| place.contains(wrong) || wrong.contains(*place))
    }

    /// Whether a word is small here that the focus writes with a capital.
    fn is_lower(&self, quote: &str) -> bool {
        let capitals = |words: &str| -> Vec<bool> {
            let span = Span::new(0, words.len());
            name::words_in(words, span).map(|word| words[word.range()].starts_with(char::is_uppercase)).collect()
        };
        let (_, core) = name::of(quote);
        let is_small = |(wanted, is): (bool, bool)| wanted && !is;
        capitals(self.core).into_iter().zip(capitals(&quote[core.range()])).any(is_small)
    }
}

/// Whether a span overlaps one of `spans`, which are in reading order.
fn is_covered(spans: &[Span], span: Span) -> bool {
    let end = spans.partition_point(|other| other.start < span.end);
    spans[..end].iter().rev().take(16).any(|other| other.overlaps(span))
}

/// The word with a capital that follows after one blank, so that the name is perhaps the beginning of a longer one. On
/// news, five of six such places were.
fn goes_on(text: &str, span: Span) -> Option<&str> {
    let next = text[span.end as usize..].strip_prefix(' ')?;
    let is_name = span.of(text)?.chars().any(char::is_lowercase) && next.starts_with(char::is_uppercase);
    let end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len());
    is_name.then(|| &next[..end])
}

fn shifted(span: Span, by: u32) -> Span {
    Span { start: span.start.saturating_add(by), end: span.end.saturating_add(by) }
}

/// The mentions and places of a name article by article, in the session's order.
fn by_article<'s>(session: &Session, mentions: Vec<(&'s Article, &'s Mention)>, places: Vec<(&'s Article, Span)>) -> Vec<Found<'s>> {
    let mut found: Vec<(usize, Found<'s>)> = Vec::new();
    let mut at = std::collections::HashMap::new();
    let mut slot = |article: &'s Article, found: &mut Vec<(usize, Found<'s>)>| {
        *at.entry(&article.id).or_insert_with(|| {
            let position = session.position(&article.id).unwrap_or(usize::MAX);
            found.push((position, Found { article, mentions: Vec::new(), places: Vec::new() }));
            found.len() - 1
        })
    };
    for (article, mention) in mentions {
        let i = slot(article, &mut found);
        found[i].1.mentions.push(mention);
    }
    for (article, place) in places {
        let i = slot(article, &mut found);
        found[i].1.places.push(place);
    }
    found.sort_by_key(|(position, _)| *position);
    found.into_iter().map(|(_, found)| found).collect()
}

/// What of the line around `span` lies within [`CONTEXT_BYTES`] of it.
fn context(text: &str, span: Span) -> Span {
    let near = near(text, span, CONTEXT_BYTES);
    let before = &text[near.start as usize..span.start as usize];
    let after = &text[span.end as usize..near.end as usize];
    let start = before.rfind('\n').map_or(near.start, |at| near.start + at as u32 + 1);
    let end = after.find(['\n', '\r']).map_or(near.end, |at| span.end + at as u32);
    Span { start, end }
}

/// `span` and up to `reach` bytes on either side, cut at characters.
fn near(text: &str, span: Span, reach: usize) -> Span {
    let range = span.range();
    let start = text.ceil_char_boundary(range.start.saturating_sub(reach)).min(range.start);
    let end = text.floor_char_boundary(range.end.saturating_add(reach).min(text.len())).max(range.end);
    Span::new(start, end)
}
