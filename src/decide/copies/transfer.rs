//! What is settled in one copy goes to the others: the same words in the same sentence.
//!
//! A sentence that reads otherwise stays open, for what is said there may be something else. What a copy has settled itself is
//! never changed.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::annotation::{Article, ArticleId, Edit, EntityId, How, Label, Mention, Op, Scope, Session, State, Target, Verb};
use crate::decide::anchors::{Anchors, Place, same_words};
use crate::decide::overlaps::Overlaps;
use crate::decide::terms::{edit_of, find_article};
use crate::decide::{Refusal, Stamp, decision};
use crate::text::{Span, sentences};

/// What would be done in a group of copies.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// Places of each copy in reading order, the copies in the order in which they were given.
    pub places: Vec<Lay>,
    /// What it is about, for people.
    pub title: String,
}

/// A place of a copy that something settled elsewhere is laid over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lay {
    pub article: ArticleId,
    /// In bytes. Where the words are gone, of the copy that they were settled in.
    pub span: Span,
    /// Where it was settled.
    pub from: ArticleId,
    pub settled: Settled,
    pub fate: Fate,
}

/// What was settled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settled {
    pub words: String,
    /// `None` where a mention was rejected.
    pub label: Option<Label>,
    entity: Option<EntityId>,
    value: Option<std::sync::Arc<str>>,
}

/// What becomes of a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    /// It is settled as in the other copy.
    Comes,
    /// It is settled so already.
    Agrees,
    /// It is settled otherwise, or two copies are, and stays as it is.
    Differs,
    /// The sentence reads otherwise: it stays open.
    Changed,
    /// The words are not there.
    Gone,
}

/// How many places of each fate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct Tally {
    pub comes: usize,
    pub agrees: usize,
    pub differs: usize,
    pub changed: usize,
    pub gone: usize,
}

impl Plan {
    pub fn tally(&self) -> Tally {
        let count = |fate| self.places.iter().filter(|place| place.fate == fate).count();
        Tally {
            comes: count(Fate::Comes),
            agrees: count(Fate::Agrees),
            differs: count(Fate::Differs),
            changed: count(Fate::Changed),
            gone: count(Fate::Gone),
        }
    }
}

impl fmt::Display for Tally {
    /// `12 places are settled as in the other copy, 3 stay open: their sentence reads otherwise`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let mut told = vec![places(self.comes, "place is settled as in its copy", "places are settled as in their copies")];
        if self.changed > 0 {
            told.push(places(
                self.changed,
                "stays open because its sentence reads otherwise",
                "stay open because their sentences read otherwise",
            ));
        }
        if self.differs > 0 {
            told.push(places(self.differs, "is settled in another way and stays so", "are settled in another way and stay so"));
        }
        f.write_str(&told.join(", "))
    }
}

/// How many copies of a group are sources at most.
const SOURCES: usize = 4;

/// The copies to take from: those in which most is settled, and `first` before all others.
pub fn sources(session: &Session, first: Option<&ArticleId>, copies: &[ArticleId]) -> Vec<ArticleId> {
    let settled = |id: &ArticleId| {
        let article = session.article(id);
        article.map_or(0, |article| article.mentions.iter().filter(|mention| mention.is_settled() && !mention.is_contested()).count())
    };
    let mut sources: Vec<(usize, &ArticleId)> = copies.iter().map(|id| (settled(id), id)).filter(|(n, _)| *n > 0).collect();
    sources.sort_by_key(|(n, id)| (Some(*id) != first, std::cmp::Reverse(*n)));
    sources.into_iter().take(SOURCES).map(|(_, id)| id.clone()).collect()
}

/// Lays what is settled in `sources` over the other copies. Where two of them say different things, the first has its way in a
/// copy that says nothing itself. Where it was cancelled, less than all of it is told.
///
/// # Errors
/// [`Refusal::NoArticle`].
pub fn plan(session: &Session, sources: &[ArticleId], copies: &[ArticleId], cancelled: &AtomicBool) -> Result<Plan, Refusal> {
    let first = sources.first().map(|id| find_article(session, id)).transpose()?;
    let title = first.map(|article| article.title().to_owned()).unwrap_or_default();
    let sources: Vec<Source<'_>> = sources.iter().map(|id| find_article(session, id).map(Source::of)).collect::<Result<_, _>>()?;
    let places_of = |id: &ArticleId| {
        let mut places: Vec<Lay> = Vec::new();
        if cancelled.load(Ordering::Relaxed) {
            return Ok(places);
        }
        let copy = Copy::of(find_article(session, id)?);
        for source in sources.iter().filter(|source| source.article.id != *id && source.has_settled()) {
            copy.lay(session, source, &mut places);
        }
        places.sort_by_key(|place| place.span);
        Ok(places)
    };
    let places: Vec<Vec<Lay>> = copies.par_iter().map(places_of).collect::<Result<_, Refusal>>()?;
    Ok(Plan { places: places.concat(), title })
}

/// The edit that does what a plan says comes. A place that was settled since is left as it is.
///
/// # Errors
/// [`Refusal::Already`] where nothing comes.
pub fn edit(session: &Session, plan: &Plan, stamp: &Stamp) -> Result<Edit, Refusal> {
    let mut now = session.clone();
    let mut ops = Vec::new();
    let mut target = None;
    for place in plan.places.iter().filter(|place| place.fate == Fate::Comes) {
        let Ok(edit) = settle(&now, place, stamp) else { continue };
        if now.apply(&edit).is_ok() {
            target = target.or(edit.target);
            ops.extend(edit.ops);
        }
    }
    if ops.is_empty() {
        return Err(Refusal::Already);
    }
    Ok(Edit { scope: Scope::Session, target, ..edit_of(Verb::Transfer, &plan.title, None, stamp, ops) })
}

fn settle(session: &Session, place: &Lay, stamp: &Stamp) -> Result<Edit, Refusal> {
    let Settled { label, entity, value, .. } = &place.settled;
    let article = find_article(session, &place.article)?;
    let page = Overlaps::new(&article.mentions);
    if fate(session, &page, place.span, label.as_ref()) != Some(Fate::Comes) {
        return Err(Refusal::Already);
    }
    let Some(label) = label else {
        let suggested = article.overlapping(place.span).find(|mention| mention.span == place.span && mention.is_suggested());
        let mention = suggested.ok_or(Refusal::NoMention)?;
        return decision::reject(session, &article.id, mention.id, How::Transferred, stamp);
    };
    let mut edit = decision::add(session, &article.id, place.span, label, How::Transferred, stamp)?;
    let id = edit.target.as_ref().and_then(|target: &Target| target.mention);
    for op in &mut edit.ops {
        if let Op::Mention { after: Some(after), .. } = op
            && Some(after.id) == id
        {
            after.entity = after.entity.take().or_else(|| entity.clone().filter(|entity| session.entity(entity).is_some()));
            after.value = after.value.take().or_else(|| value.clone());
        }
    }
    Ok(edit)
}

/// An article in which something is settled.
struct Source<'s> {
    article: &'s Article,
    sentences: Vec<Span>,
}

impl<'s> Source<'s> {
    fn of(article: &'s Article) -> Self {
        Self { article, sentences: sentences::spans(&article.text) }
    }

    fn settled(&self) -> impl Iterator<Item = &'s Mention> {
        self.article.mentions.iter().filter(|mention| mention.is_settled() && !mention.is_contested())
    }

    fn has_settled(&self) -> bool {
        self.settled().next().is_some()
    }
}

/// An article that something is laid over.
struct Copy<'s> {
    article: &'s Article,
    sentences: Vec<Span>,
    page: Overlaps<'s>,
}

impl<'s> Copy<'s> {
    fn of(article: &'s Article) -> Self {
        Self { article, sentences: sentences::spans(&article.text), page: Overlaps::new(&article.mentions) }
    }

    fn lay(&self, session: &Session, source: &Source<'s>, places: &mut Vec<Lay>) {
        let anchors = Anchors::new(&source.article.text, &self.article.text);
        let taken: BTreeSet<Span> = places.iter().map(|place| place.span).collect();
        // The day that `today` is depends on when an article was published.
        let is_same_day = source.article.meta.published == self.article.meta.published;
        for mention in source.settled() {
            let label = (mention.state == State::Confirmed).then(|| mention.label.clone());
            let (span, fate) = match anchors.place(mention.span) {
                Place::Same(span) if self.is_same_sentence(source, mention.span, span) => {
                    let Some(fate) = fate(session, &self.page, span, label.as_ref()) else { continue };
                    (span, fate)
                }
                Place::Same(span) | Place::Like(span) => (span, Fate::Changed),
                Place::Nowhere => (mention.span, Fate::Gone),
            };
            let is_open = |span| self.page.over(span).any(|mention| mention.is_open()) || !self.page.over(span).any(Mention::is_settled);
            if taken.contains(&span) || fate == Fate::Changed && !is_open(span) {
                continue;
            }
            let settled = Settled {
                words: source.article.quote(mention.span).split_whitespace().collect::<Vec<_>>().join(" "),
                label,
                entity: mention.entity.clone(),
                value: mention.value.clone().filter(|_| is_same_day),
            };
            places.push(Lay { article: self.article.id.clone(), span, from: source.article.id.clone(), settled, fate });
        }
    }

    fn is_same_sentence(&self, source: &Source<'_>, from: Span, to: Span) -> bool {
        let (theirs, mine) = (around(&source.sentences, from), around(&self.sentences, to));
        same_words(source.article.quote(theirs), self.article.quote(mine))
    }
}

/// What becomes of a place where a label, or that nothing is there, would come; `None` where there is nothing to say.
fn fate(session: &Session, page: &Overlaps<'_>, span: Span, label: Option<&Label>) -> Option<Fate> {
    let exact = || page.over(span).filter(|mention| mention.span == span);
    if exact().any(Mention::is_contested) {
        return Some(Fate::Differs);
    }
    let Some(label) = label else {
        let states: Vec<State> = exact().map(|mention| mention.state).collect();
        return match states {
            states if states.contains(&State::Confirmed) => Some(Fate::Differs),
            states if states.contains(&State::Rejected) => Some(Fate::Agrees),
            states if states.contains(&State::Suggested) => Some(Fate::Comes),
            _ => None,
        };
    };
    if exact().any(|mention| mention.is_confirmed() && mention.label == *label) {
        return Some(Fate::Agrees);
    }
    let bars = |mention: &Mention| mention.is_confirmed() && !session.scheme().may_overlap(&mention.label, label);
    let is_settled_otherwise = exact().any(Mention::is_rejected) || page.over(span).any(bars);
    let is_in_use = session.scheme().is_in_use(label.as_str());
    Some(if is_settled_otherwise || !is_in_use { Fate::Differs } else { Fate::Comes })
}

/// The sentences that a span lies in, from the first to the last.
fn around(sentences: &[Span], span: Span) -> Span {
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    let last = sentences.partition_point(|sentence| sentence.start < span.end);
    let start = sentences.get(first).map_or(span.start, |sentence| sentence.start.min(span.start));
    let end = last.checked_sub(1).and_then(|last| sentences.get(last)).map_or(span.end, |sentence| sentence.end.max(span.end));
    Span { start, end }
}
