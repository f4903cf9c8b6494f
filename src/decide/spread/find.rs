//! The occurrences of a name, and what speaks for and against each.

use std::collections::{HashMap, HashSet};

use super::concordance::{Doubt, Intent, Reach, Row};
use super::context::{CONTEXT_BYTES, context, near};
use super::signs::{Precedents, Signs, Stands, neighbours};
use crate::annotation::{Article, ArticleId, EntityId, Mention, MentionId, Progress, Scheme, Score, Session};
use crate::decide::names::{NamePattern, Reason, are_forms, places_in};
use crate::decide::overlaps::Overlaps;
use crate::text::{Span, name};

/// From which score on a rejection elsewhere does not reach a suggestion unasked. On news, a rejection in the session was
/// right in two of five places without this limit and in three of four with it; it matters little where it lies.
const SURE: Score = Score::from_thousandths(800);
/// What every occurrence is asked, whatever name it goes by.
pub(super) struct Query<'a> {
    pub session: &'a Session,
    pub scheme: &'a Scheme,
    pub intent: &'a Intent,
    /// Where the focus lies once it is decided; `None` where a name as such is decided on.
    pub focus: Option<(&'a ArticleId, Span, Option<MentionId>)>,
    /// Whether the focus was decided before, so that only the others are left.
    pub is_decided: bool,
    /// Whether suggestions with another label than the intended one are left alone.
    pub is_label_kept: bool,
    /// Whether a rejection leaves alone what the tagger is sure of.
    pub weighs_scores: bool,
    /// The thing that the decision is on, where it is known: what is linked to another one is left alone. The outer
    /// `None` asks for no such respect.
    pub entity: Option<Option<&'a EntityId>>,
}

/// One of the names that a decision is on.
pub(super) struct Part<'a> {
    pub key: &'a str,
    /// The name that the focus had before its edge was moved.
    pub wrong_key: Option<String>,
    /// What the focus covers beside the core of its name: `The ` in The Hague.
    pub lead: &'a str,
    pub tail: &'a str,
    pub core: &'a str,
    /// Why this name belongs to what is decided on, where it is not its own name.
    pub reason: Option<Reason>,
    pub meant: Meant<'a>,
}

/// Where a name means what is decided on.
pub(super) enum Meant<'a> {
    Everywhere,
    /// Only in these articles; occurrences elsewhere are told, unticked, as perhaps the other thing named.
    In(&'a HashSet<ArticleId>, &'a str),
    /// Only in these articles, and there only if nobody else with the name is spoken of; elsewhere it is another name.
    With(&'a HashSet<ArticleId>, &'a str),
}

/// What is known of one article: the mentions of the name in it, and the name's places in its text.
struct Found<'s> {
    article: &'s Article,
    mentions: Vec<&'s Mention>,
    places: Vec<Span>,
}

impl Query<'_> {
    /// The occurrences of all parts, in order of articles and reading. What one part has, a later one does not repeat.
    pub fn rows(&self, reach: Reach<'_>, article: &Article, parts: &[Part<'_>]) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        if let [first, more @ ..] = parts {
            self.rows_of(reach, article, first, &mut rows);
            self.add_rows(reach, article, more, &mut rows);
        }
        rows
    }

    /// Adds the occurrences of more parts to `rows`.
    pub fn add_rows(&self, reach: Reach<'_>, article: &Article, parts: &[Part<'_>], rows: &mut Vec<Row>) {
        let before = rows.len();
        for part in parts {
            let mut more = Vec::new();
            self.rows_of(reach, article, part, &mut more);
            let mut known: HashMap<&ArticleId, Vec<&Row>> = HashMap::new();
            rows.iter().for_each(|row| known.entry(&row.article).or_default().push(row));
            let is_known = |row: &Row, other: &Row| match row.mention {
                Some(_) => other.mention == row.mention,
                None => other.becomes.overlaps(row.becomes),
            };
            more.retain(|row| known.get(&row.article).is_none_or(|known| !known.iter().any(|other| is_known(row, other))));
            rows.append(&mut more);
        }
        if rows.len() > before {
            let position = |row: &Row| self.session.position(&row.article).unwrap_or(usize::MAX);
            rows.sort_by_cached_key(|row| (position(row), row.span, row.mention));
        }
    }

    fn rows_of(&self, reach: Reach<'_>, article: &Article, part: &Part<'_>, rows: &mut Vec<Row>) {
        let pattern = NamePattern::new(part.key);
        match reach {
            Reach::Article => {
                let is_of = |mention: &&Mention| part.is_wanted_key(&name::key(article.quote(mention.span)));
                let mut places = places_in(&article.text, &pattern);
                places.retain(|place| !article.is_boilerplate_at(place.start as usize));
                let found = Found { article, mentions: article.mentions.iter().filter(is_of).collect(), places };
                self.rows_in(part, &found, &Precedents::default(), rows);
            }
            Reach::Session(index) => {
                let mut mentions = index.mentions(self.session, part.key);
                if let Some(wrong) = &part.wrong_key {
                    mentions.extend(index.mentions(self.session, wrong));
                }
                let mut places = index.places(self.session, &pattern);
                if let Meant::With(articles, _) = part.meant {
                    mentions.retain(|(article, _)| articles.contains(&article.id));
                    places.retain(|(article, _)| articles.contains(&article.id));
                }
                // What the decision is made on is no precedent for it, whatever it was before.
                let is_focus = |article: &Article, mention: &Mention| self.is_focus(article, mention.span, Some(mention.id));
                let others: Vec<_> = mentions.iter().copied().filter(|(article, mention)| !is_focus(article, mention)).collect();
                let precedents = Precedents::of(part.key, &others, &places);
                for found in by_article(self.session, mentions, places) {
                    self.rows_in(part, &found, &precedents, rows);
                }
            }
        }
    }

    fn rows_in(&self, part: &Part<'_>, found: &Found<'_>, precedents: &Precedents, rows: &mut Vec<Row>) {
        let article = found.article;
        let other = part.other_meant(article);
        let from = rows.len();
        let others = Overlaps::new(&article.mentions);
        let mut covered: Vec<Span> = Vec::new();
        for mention in &found.mentions {
            let Some(row) = self.row_of_mention(part, article, mention, &others) else {
                covered.push(mention.span);
                continue;
            };
            covered.extend([row.span, row.becomes]);
            rows.push(row);
        }
        if self.intent.label().is_some() {
            covered.sort_unstable();
            for place in &found.places {
                let span = part.dressed(&article.text, *place);
                if !is_covered(&covered, span) {
                    rows.extend(self.row_of_place(part, article, span, &others));
                }
            }
        }
        if part.reason.is_some() {
            // That a shorter name lies inside a longer one goes without saying.
            let is_inside = |row: &Row| matches!(row.doubt, Some(Doubt::InsideLonger(_)));
            let outside = rows.split_off(from).into_iter().filter(|row| !is_inside(row));
            rows.extend(outside);
        }
        for row in rows[from..].iter_mut().filter(|row| !row.is_focus) {
            row.because.clone_from(&part.reason);
            if let (Some(other), true) = (&other, row.ticked) {
                (row.doubt, row.ticked) = (Some(Doubt::Perhaps(other.clone())), false);
            }
            if row.ticked && !matches!(self.intent, Intent::Linked(..)) {
                self.weigh(article, precedents, row);
            }
        }
        rows[from..].sort_by_key(|row| (row.span, row.mention));
    }

    /// A mention of the name, or of the name that the focus had by mistake. `None` for the focus itself once decided.
    fn row_of_mention(&self, part: &Part<'_>, article: &Article, mention: &Mention, others: &Overlaps<'_>) -> Option<Row> {
        let is_focus = self.is_focus(article, mention.span, Some(mention.id));
        if is_focus && self.is_decided {
            return None;
        }
        let quote = article.quote(mention.span);
        let (key, core) = name::of(quote);
        let focus_span = self.focus.filter(|_| is_focus && self.intent.label().is_some()).map(|(_, span, _)| span);
        let becomes = if let Some(span) = focus_span {
            span
        } else if self.intent.label().is_none() {
            mention.span
        } else if key == part.key {
            part.dressed(&article.text, shifted(core, mention.span.start))
        } else {
            part.corrected(article, mention.span)?
        };
        let doubt = if is_focus { None } else { self.doubt_of_mention(article, mention, becomes, others) };
        let row = self.row(article, mention.span, becomes, Some(mention), doubt);
        Some(Row { is_focus, ..row })
    }

    /// Words without a tag of this name. `None` where they are the focus and decided.
    fn row_of_place(&self, part: &Part<'_>, article: &Article, span: Span, others: &Overlaps<'_>) -> Option<Row> {
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
        } else if part.is_lower(article.quote(span)) {
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

    /// Tells how likely the decision holds at a place, and unticks it where that is under a half.
    fn weigh(&self, article: &Article, precedents: &Precedents, row: &mut Row) {
        let mention = row.mention.and_then(|id| article.mention(id));
        let is_alike = |mention: &Mention| self.intent.label().is_none_or(|label| mention.label == *label);
        let stands = match mention {
            None => Stands::Nothing,
            Some(mention) if mention.span != row.becomes => Stands::OtherEdges,
            Some(mention) if is_alike(mention) => Stands::Same,
            Some(_) => Stands::OtherLabel,
        };
        let rival =
            mention.filter(|_| self.weighs_scores && stands != Stands::Same).and_then(|mention| Some((&mention.label, mention.score?)));
        let (before, after) = neighbours(&article.text, row.becomes);
        let signs = Signs {
            stands,
            is_here: self.focus.is_some_and(|(id, _, _)| *id == article.id),
            is_related: row.because.is_some(),
            rival,
            before,
            after,
            precedents,
        };
        let (odds, doubt) = signs.weigh(self.intent);
        row.odds = Some(odds);
        row.ticked = doubt.is_none();
        row.doubt = doubt;
    }

    fn doubt_of_mention(&self, article: &Article, mention: &Mention, becomes: Span, others: &Overlaps<'_>) -> Option<Doubt> {
        if let (Some(entity), Some(of)) = (self.entity, &mention.entity)
            && entity != Some(of)
        {
            return Some(Doubt::OtherEntity(of.clone()));
        }
        match self.intent {
            Intent::Is(label) | Intent::Known(label, _) if mention.is_confirmed() => match (mention.label == *label, self.intent) {
                (true, Intent::Known(_, entity)) => (mention.entity.as_ref() == Some(entity)).then_some(Doubt::Already),
                (true, _) => Some(Doubt::Already),
                (false, _) => Some(Doubt::Confirmed(mention.label.clone())),
            },
            Intent::Is(_) | Intent::Known(..) if mention.is_rejected() => Some(Doubt::Rejected),
            Intent::Not(_) if mention.is_rejected() => Some(Doubt::Already),
            Intent::Not(_) if mention.is_confirmed() => Some(Doubt::Confirmed(mention.label.clone())),
            Intent::Not(Some(label)) if mention.label != *label => Some(Doubt::OtherLabel(mention.label.clone())),
            // One wrong place says little of those where the tagger has good reasons.
            Intent::Not(Some(_)) if self.weighs_scores => mention.score.filter(|score| *score >= SURE).map(Doubt::Sure),
            Intent::Not(_) => None,
            Intent::Is(label) | Intent::Known(label, _) if self.is_label_kept && mention.label != *label => {
                Some(Doubt::OtherLabel(mention.label.clone()))
            }
            Intent::Linked(..) if mention.is_rejected() => Some(Doubt::Rejected),
            Intent::Linked(entity, _) if mention.entity == *entity => Some(Doubt::Already),
            Intent::Linked(Some(_), _) if mention.entity.is_some() => mention.entity.clone().map(Doubt::OtherEntity),
            Intent::Linked(_, label) => (mention.label != *label).then(|| Doubt::OtherLabel(mention.label.clone())),
            Intent::Is(_) | Intent::Known(..) => {
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
            because: None,
            doubt,
            odds: None,
        }
    }

    fn is_focus(&self, article: &Article, span: Span, mention: Option<MentionId>) -> bool {
        self.focus.is_some_and(|(id, focus_span, focus_mention)| {
            article.id == *id && if mention.is_some() { mention == focus_mention } else { span == focus_span }
        })
    }

    fn is_label(&self, mention: &Mention) -> bool {
        self.intent.label() == Some(&mention.label)
    }
}

impl Part<'_> {
    fn is_wanted_key(&self, key: &str) -> bool {
        key == self.key || self.wrong_key.as_deref() == Some(key)
    }

    /// What else this name may speak of in an article.
    fn other_meant(&self, article: &Article) -> Option<String> {
        match self.meant {
            Meant::Everywhere => None,
            Meant::In(articles, other) => (!articles.contains(&article.id)).then(|| other.to_owned()),
            Meant::With(_, full) => {
                let is_other =
                    |key: &str| key.split(' ').next_back() == Some(self.key) && key != self.key && key != full && !are_forms(key, full);
                let mut quotes = article.living().map(|mention| article.quote(mention.span));
                quotes.find(|quote| is_other(&name::key(quote))).map(str::to_owned)
            }
        }
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
