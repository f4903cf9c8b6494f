//! The tagger's figures on this very session: how often it was right where the analyst looked.
//!
//! Only what was *looked at* counts ([`How::Looked`]): a decision spread, a rest accepted, a rule, an import say nothing
//! of their own about one mention, and counting them would let the tagger mark its own work.
//!
//! - *Precision*: of the suggestions looked at, the share that was right as it stood, span and label. A mention that was
//!   moved or retyped was wrong, and counts under the label that was first suggested. A suggestion that silently gave way
//!   to a decision over the same words leaves no trace in a session and is not counted.
//! - *Recall*: of the true names looked at, the share that the tagger had suggested as they are. What it missed is what
//!   the analyst added, and every name that had to be moved or retyped, under its true label. Missed names are found only
//!   by reading, so recall is taken from articles marked done; before there is one, from all articles so far, which
//!   flatters. Where an article's rest was accepted unlooked, its right suggestions are missing from the count, so recall
//!   is *at least* this; [`Measure::recall_with_accepted`] counts them and is the other bound.
//!
//! Intervals are Wilson's score intervals (Wilson 1927), which hold for few and for extreme cases too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::annotation::{Article, How, Label, Mention, Origin, Progress, Session, State};
use crate::decide::spread::SPREAD;
use crate::decide::standing::STANDING;

/// The 97.5 % point of the normal distribution: intervals hold 95 of 100 times.
const Z: f64 = 1.959_963_984_540_054;

/// A share of something, with the range in which it lies 95 of 100 times.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Share {
    pub part: usize,
    pub whole: usize,
}

/// Of fewer than these a share says nothing.
const FEW: usize = 5;

impl Share {
    /// `None` of nothing.
    pub fn new(part: usize, whole: usize) -> Option<Self> {
        (whole > 0).then_some(Self { part, whole })
    }

    /// 0 to 1.
    pub fn ratio(self) -> f64 {
        self.part as f64 / self.whole as f64
    }

    /// Whether it is a share of too few to be told as a number.
    pub fn is_of_few(self) -> bool {
        self.whole < FEW
    }

    /// Wilson's score interval, 95 %: low and high, 0 to 1.
    pub fn interval(self) -> (f64, f64) {
        let (n, p) = (self.whole as f64, self.ratio());
        let middle = p + Z * Z / (2.0 * n);
        let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        // At the ends the formula is exact but for rounding.
        let low = if self.part == 0 { 0.0 } else { (middle - reach) / scale };
        let high = if self.part == self.whole { 1.0 } else { (middle + reach) / scale };
        (low.max(0.0), high.min(1.0))
    }
}

/// What is counted of one label, one source, or the tagger as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Measure {
    /// Mentions, by state, however they came about.
    pub suggested: usize,
    pub confirmed: usize,
    pub rejected: usize,
    /// Suggestions looked at that were right as they stood.
    pub right: usize,
    /// Suggestions looked at that were rejected, moved or retyped.
    pub wrong: usize,
    /// Of the articles that recall is taken from: right suggestions looked at, names missed, and right ones accepted
    /// with the rest, unlooked.
    pub found: usize,
    pub missed: usize,
    pub accepted: usize,
}

impl Measure {
    /// Mentions in every state.
    pub fn hits(&self) -> usize {
        self.suggested + self.confirmed + self.rejected
    }

    /// `None` where nothing was looked at.
    pub fn precision(&self) -> Option<Share> {
        Share::new(self.right, self.right + self.wrong)
    }

    /// `None` where no true name was looked at.
    pub fn recall(&self) -> Option<Share> {
        Share::new(self.found, self.found + self.missed)
    }

    /// As if everything accepted with the rest had been looked at and found right.
    pub fn recall_with_accepted(&self) -> Option<Share> {
        let found = self.found + self.accepted;
        Share::new(found, found + self.missed)
    }
}

/// What suggested a mention.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Source {
    Rule(Arc<str>),
    List(Arc<str>),
    Model(Arc<str>),
    /// Repeats and short forms of other names.
    Alias,
    /// What the decisions of the session taught.
    Learned(Arc<str>),
    /// A tool whose annotations were imported; no part of the tagger.
    Import(Arc<str>),
}

impl Source {
    /// `None` for what the analyst put there, by hand or by a decision that reached further.
    pub fn of(origin: &Origin) -> Option<Self> {
        Some(match origin {
            Origin::Rule(id) if is_decision(id) => return None,
            Origin::Rule(id) => Source::Rule(id.clone()),
            Origin::Gazetteer { list, .. } => Source::List(list.clone()),
            Origin::Model(version) => Source::Model(version.clone()),
            Origin::Alias(_) => Source::Alias,
            Origin::Learned(what) => Source::Learned(what.clone()),
            Origin::Import(tool) => Source::Import(tool.clone()),
            Origin::Analyst => return None,
        })
    }

    fn is_tagger(&self) -> bool {
        !matches!(self, Source::Import(_))
    }
}

/// Whether a rule's id stands for a decision rather than for a rule of the tagger.
fn is_decision(id: &str) -> bool {
    id == SPREAD || id == STANDING
}

/// What a mention tells of the tagger: whether its suggestion was right as it stood. `None` where nobody looked at it, and
/// where the tagger did not suggest it.
pub fn verdict(mention: &Mention) -> Option<bool> {
    let is_looked = mention.how == Some(How::Looked);
    let is_taggers = || Source::of(&mention.origin).as_ref().is_some_and(Source::is_tagger);
    (is_looked && is_taggers()).then(|| is_right(mention))
}

fn is_right(mention: &Mention) -> bool {
    mention.is_confirmed() && mention.first.is_none()
}

/// The tagger's figures on one session.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Figures {
    /// All of the tagger together.
    pub tagger: Measure,
    /// Of all mentions, whatever they came from; right, wrong, found and missed are the tagger's.
    pub labels: BTreeMap<Label, Measure>,
    /// Of each source; `missed` counts the names of the labels that it suggests, so that its recall is its share of them.
    pub sources: BTreeMap<Source, Measure>,
    /// Articles marked done.
    pub articles_done: usize,
    pub articles: usize,
}

impl Figures {
    /// Linear in the mentions.
    pub fn of(session: &Session) -> Self {
        let is_done = |article: &Article| article.desk.progress == Progress::Done;
        let articles_done = session.articles().iter().filter(|article| is_done(article)).count();
        let mut figures = Self { articles_done, articles: session.articles().len(), ..Self::default() };
        for article in session.articles() {
            // Before any article is done, recall is of what was read so far.
            let is_read = articles_done == 0 || is_done(article);
            article.mentions.iter().for_each(|mention| figures.count(mention, is_read));
        }
        figures.count_missed_by_source(session);
        figures
    }

    /// Whether recall is of unfinished articles.
    pub fn is_recall_so_far(&self) -> bool {
        self.articles_done == 0
    }

    fn count(&mut self, mention: &Mention, is_read: bool) {
        let source = Source::of(&mention.origin);
        let is_taggers = source.as_ref().is_some_and(Source::is_tagger);
        let is_looked = mention.how == Some(How::Looked);
        // What was suggested, and what is true, are two labels where the analyst corrected one into the other.
        let first = mention.first.as_ref().map_or(&mention.label, |first| &first.label).clone();
        let is_right = is_right(mention);

        let mut suggested = Measure::default();
        if source.is_some() && is_looked {
            suggested.right = usize::from(is_right);
            suggested.wrong = usize::from(!is_right);
        }
        let mut truth = Measure::default();
        if is_read && mention.is_confirmed() {
            let is_found = is_taggers && is_right;
            let is_missed = is_taggers && !is_right || mention.origin == Origin::Analyst;
            truth.found = usize::from(is_looked && is_found);
            truth.missed = usize::from(is_looked && is_missed);
            truth.accepted = usize::from(mention.how == Some(How::AcceptedRest) && is_found);
        }
        if is_taggers {
            self.tagger.add(&suggested);
            self.labels.entry(first).or_default().add(&suggested);
            self.tagger.add(&states(mention));
        }
        self.tagger.add(&truth);
        let label = self.labels.entry(mention.label.clone()).or_default();
        label.add(&truth);
        label.add(&states(mention));
        if let Some(source) = source {
            let measure = self.sources.entry(source).or_default();
            measure.add(&states(mention));
            measure.add(&suggested);
            measure.add(&Measure { found: truth.found, ..Measure::default() });
        }
    }

    /// The recall of a source is its share of the true names of the labels that it suggests.
    fn count_missed_by_source(&mut self, session: &Session) {
        let mut of_source: BTreeMap<Source, BTreeSet<&Label>> = BTreeMap::new();
        for mention in session.articles().iter().flat_map(|article| &article.mentions) {
            let first = mention.first.as_ref().map_or(&mention.label, |first| &first.label);
            if let Some(source) = Source::of(&mention.origin) {
                of_source.entry(source).or_default().insert(first);
            }
        }
        for (source, labels) in of_source {
            let true_names: usize = labels.iter().filter_map(|label| self.labels.get(*label)).map(|label| label.found + label.missed).sum();
            if let Some(measure) = self.sources.get_mut(&source) {
                measure.missed = true_names.saturating_sub(measure.found);
            }
        }
    }
}

impl Measure {
    fn add(&mut self, other: &Self) {
        let Self { suggested, confirmed, rejected, right, wrong, found, missed, accepted } = other;
        self.suggested += suggested;
        self.confirmed += confirmed;
        self.rejected += rejected;
        self.right += right;
        self.wrong += wrong;
        self.found += found;
        self.missed += missed;
        self.accepted += accepted;
    }
}

fn states(mention: &Mention) -> Measure {
    let [suggested, confirmed, rejected] = State::ALL.map(|state| usize::from(mention.state == state));
    Measure { suggested, confirmed, rejected, ..Measure::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{ArticleId, Op, Verb};
    use crate::decide::{Stamp, article, decision, spread};
    use crate::dsl;
    use proptest::prelude::*;

    fn percent(share: Option<Share>) -> Option<(usize, usize, i64, i64)> {
        let share = share?;
        let (low, high) = share.interval();
        Some((share.part, share.whole, (low * 1000.0).round() as i64, (high * 1000.0).round() as i64))
    }

    #[test]
    fn intervals_are_those_of_the_textbook() {
        // Worked by hand: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
        assert_eq!(percent(Share::new(8, 10)), Some((8, 10, 490, 943)));
        assert_eq!(percent(Share::new(81, 263)), Some((81, 263, 255, 366)));
        assert_eq!(percent(Share::new(0, 10)), Some((0, 10, 0, 278)));
        assert_eq!(percent(Share::new(10, 10)), Some((10, 10, 722, 1000)));
        assert_eq!(Share::new(0, 0), None);
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_share_and_narrows(part in 0usize..500, more in 0usize..500) {
            let share = Share { part, whole: part + more + 1 };
            let (low, high) = share.interval();
            prop_assert!((0.0..=1.0).contains(&low) && low <= share.ratio() && share.ratio() <= high && high <= 1.0);
            let (many_low, many_high) = Share { part: part * 10, whole: share.whole * 10 }.interval();
            prop_assert!(many_high - many_low < high - low);
        }
    }

    fn decided(page: &str, decide: impl FnOnce(&mut Session)) -> Figures {
        let mut session = dsl::session(&[page, "[GPE? Peru] and [GPE? Chad] wait"]);
        decide(&mut session);
        Figures::of(&session)
    }

    #[test]
    fn only_what_was_looked_at_counts() {
        // Right: NATO, Oslo. Wrong: May as PERSON, Ann’s label and Kelp’s edge. Added: Bo. Spread, suggested: nothing.
        let page = "[ORG! NATO] in [GPE! Oslo] in [PERSON~ May] with [ORG? Ann], [ORG? Kelp] Board, Bo, [GPE? Lima], [GPE? Lima]";
        let figures = decided(page, |session| {
            let stamp = Stamp::default();
            let (id, ann) = dsl::nth(session, "a", "Ann", 0);
            session.apply(&decision::retype(session, &id, ann, &"PERSON".into(), How::Looked, &stamp).unwrap()).unwrap();
            let (id, kelp) = dsl::nth(session, "a", "Kelp", 0);
            let at = session.articles()[0].text.find("Kelp").unwrap();
            let span = crate::text::Span::new(at, at + "Kelp Board".len());
            session.apply(&decision::move_to(session, &id, kelp, span, How::Looked, &stamp).unwrap()).unwrap();
            let at = session.articles()[0].text.find("Bo,").unwrap();
            let span = crate::text::Span::new(at, at + 2);
            session.apply(&decision::add(session, &id, span, &"PERSON".into(), How::Looked, &stamp).unwrap()).unwrap();
            let (id, lima) = dsl::nth(session, "a", "Lima", 0);
            session.apply(&decision::confirm(session, &id, lima, How::Spread, &stamp).unwrap()).unwrap();
        });
        assert_eq!((figures.tagger.right, figures.tagger.wrong), (2, 3));
        assert_eq!((figures.tagger.found, figures.tagger.missed), (2, 3), "Ann as PERSON, Kelp Board and Bo were not suggested so");
        let label = |name: &str| figures.labels[&Label::new(name)];
        assert_eq!((label("PERSON").right, label("PERSON").wrong, label("PERSON").found, label("PERSON").missed), (0, 1, 0, 2));
        assert_eq!((label("ORG").right, label("ORG").wrong, label("ORG").found, label("ORG").missed), (1, 2, 1, 1));
        assert_eq!((label("GPE").right, label("GPE").wrong, label("GPE").hits()), (1, 0, 5));
        assert!(figures.is_recall_so_far());
    }

    #[test]
    fn recall_is_of_articles_marked_done_and_bounded_by_what_was_accepted_unlooked() {
        let figures = decided("[ORG! NATO] in [GPE? Oslo] and [GPE? Lima]", |session| {
            let accept = article::accept_rest(session, &ArticleId::new("a"), &Stamp::default()).unwrap();
            session.apply(&accept).unwrap();
            let (id, peru) = dsl::nth(session, "b", "Peru", 0);
            session.apply(&decision::confirm(session, &id, peru, How::Looked, &Stamp::default()).unwrap()).unwrap();
        });
        assert_eq!((figures.articles_done, figures.is_recall_so_far()), (1, false));
        assert_eq!(
            (figures.tagger.right, figures.tagger.found, figures.tagger.accepted),
            (2, 1, 2),
            "Peru stands in an unfinished article"
        );
        assert_eq!(figures.tagger.recall().map(Share::ratio), Some(1.0));
        assert_eq!(figures.tagger.recall_with_accepted().map(|share| share.whole), Some(3));
    }

    #[test]
    fn sources_are_told_apart_and_decisions_are_none() {
        let figures = decided("[ORG! NATO] and [ORG! SEATO] and [ORG~ Who] and [ORG! Kelp] and [ORG!* Reed] Tam Tam", |session| {
            let set = |session: &mut Session, words: &str, origin: Origin| {
                let (id, mention) = dsl::nth(session, "a", words, 0);
                let before = session.mention(&id, mention).unwrap().clone();
                let after = Mention { origin, ..before.clone() };
                let op = Op::Mention { article: id, before: Some(before), after: Some(after) };
                let edit =
                    decision::confirm(session, &ArticleId::new("b"), session.articles()[1].mentions[0].id, How::Spread, &Stamp::default());
                session.apply(&crate::annotation::Edit { verb: Verb::Tag, ops: vec![op], ..edit.unwrap() }).unwrap();
            };
            set(session, "NATO", Origin::Gazetteer { list: "alliances".into(), entry: "NATO".into() });
            set(session, "Who", Origin::Gazetteer { list: "alliances".into(), entry: "WHO".into() });
            set(session, "Kelp", Origin::Import("spacy".into()));
            let at = session.articles()[0].text.find("Tam").unwrap();
            let (id, span) = (ArticleId::new("a"), crate::text::Span::new(at, at + 3));
            let focus = spread::Focus::Words(id, span);
            let edit = spread::in_article(session, &focus, &spread::Decision::Add("ORG".into()), &Stamp::default()).unwrap();
            session.apply(&edit).unwrap();
        });
        let list = figures.sources[&Source::List("alliances".into())];
        assert_eq!((list.right, list.wrong, list.confirmed, list.rejected), (1, 1, 1, 1));
        // True ORG names looked at: NATO, SEATO, Reed, Tam once; Kelp is the import’s, the second Tam was spread.
        assert_eq!((list.found, list.missed), (1, 3));
        assert_eq!((figures.tagger.right, figures.tagger.wrong, figures.tagger.missed), (2, 1, 2));
        assert_eq!(figures.sources[&Source::Import("spacy".into())].right, 1);
        assert!(!figures.sources.contains_key(&Source::Rule(SPREAD.into())));
    }
}
