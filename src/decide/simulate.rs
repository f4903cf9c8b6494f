//! A simulated analyst who knows the gold and works through a corpus with the same edits as the window.
//!
//! What a method saves is measured in decisions, not in F1. The analyst reads the articles once, in order, left to
//! right. A wrong or missed mention costs one decision: add, reject, retype, move (span and label together are one). A
//! decision with a scope counts once; the concordance is applied with the ticks that it offers. Whatever a spread spoils
//! is paid for where it is met, and every article is accepted at its end, which is counted apart. At the end the session
//! must equal the gold.
//!
//! The analyst is honest: which scope a decision gets depends on its kind alone, never on what the gold says of articles
//! not yet reached.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::learning::Learning;
use super::names::NamesIndex;
use super::spread::{self, Concordance, Decision, Focus, Reach};
use super::{Refusal, Stamp, article, retag};
use crate::annotation::{Article, ArticleId, Edit, How, Label, LabelDef, Mention, MentionId, Scheme, Scope, Score, Session, Stale, Verb};
use crate::tagger::{Both, Context, Suggestion, Tagger};
use crate::text::Span;

/// How the analyst works.
pub struct Method<'a> {
    pub scope: Scope,
    /// Where suggestions come from; `None` begins with bare texts.
    pub tagger: Option<&'a Arc<Tagger>>,
    /// Whether every settled article teaches the tagger for those that follow.
    pub learns: bool,
    pub order: Order,
    /// How long the program has run, to tell what learning takes.
    pub clock: &'a dyn Fn() -> Duration,
    /// What a label counts as; `None` where it is left out. Used on gold and suggestions alike.
    pub fold: &'a dyn Fn(&str) -> Option<String>,
}

/// Which article is read next.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// As they come.
    #[default]
    Reading,
    /// The one with the most doubtful suggestions, so that the most is learnt early.
    Learning,
}

/// What the work came to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Account {
    /// Entities of the gold.
    pub entities: usize,
    pub decisions: usize,
    /// Articles accepted.
    pub accepts: usize,
    /// Mentions that a decision on another mention settled.
    pub spreads: usize,
    /// How many of these are as the gold has them.
    pub spreads_right: usize,
    /// By verb: decisions, spreads, right spreads.
    pub verbs: BTreeMap<&'static str, [usize; 3]>,
    pub equals_gold: bool,
    /// How long learning took in all, the slowest time included, and that.
    pub learning: Duration,
    pub slowest: Duration,
    /// After every article.
    pub curve: Vec<Point>,
}

/// How far the work had come after some articles.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Point {
    pub articles: usize,
    pub entities: usize,
    pub decisions: usize,
    /// What stood in these articles when they were turned to, suggested or settled from elsewhere, and how much of it was
    /// right as it was.
    pub suggested: usize,
    pub right: usize,
}

impl Point {
    /// What came after an earlier point.
    pub fn since(self, earlier: Point) -> Point {
        Point {
            articles: self.articles - earlier.articles,
            entities: self.entities - earlier.entities,
            decisions: self.decisions - earlier.decisions,
            suggested: self.suggested - earlier.suggested,
            right: self.right - earlier.right,
        }
    }

    pub fn decisions_per_entity(self) -> f64 {
        self.decisions as f64 / self.entities.max(1) as f64
    }

    /// Strict F1 of the suggestions, before anything was decided in their articles.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.suggested + self.entities).max(1) as f64
    }
}

impl Account {
    /// By hand, without any help, this is 1.
    pub fn decisions_per_entity(&self) -> f64 {
        self.decisions as f64 / self.entities.max(1) as f64
    }

    /// What the first half of the articles came to, and the second.
    pub fn halves(&self) -> [Point; 2] {
        let first = (self.curve.len() / 2).checked_sub(1).map(|at| self.curve[at]).unwrap_or_default();
        let all = self.curve.last().copied().unwrap_or_default();
        [first, all.since(first)]
    }

    /// The share of spread mentions that the gold agrees with; 1 where nothing was spread.
    pub fn spread_precision(&self) -> f64 {
        if self.spreads == 0 { 1.0 } else { self.spreads_right as f64 / self.spreads as f64 }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("two gold articles have the id {0}; give each its own")]
    SameId(ArticleId),
    #[error("article {0}: a decision could not be made ({1}); this is a fault of the program")]
    Refused(ArticleId, Refusal),
    #[error("article {0}: the decisions come to no end; this is a fault of the program")]
    Endless(ArticleId),
    #[error("article {0}: an edit did not fit ({1}); this is a fault of the program")]
    Stale(ArticleId, Stale),
}

/// Works through `gold` (its mentions that are not rejected) to the end. `progress` is told after every article.
///
/// # Errors
/// [`Fault`].
pub fn simulate(gold: &[Article], method: &Method<'_>, mut progress: impl FnMut(Point)) -> Result<Account, Fault> {
    let gold_of: Vec<Gold> = gold.iter().map(|article| Gold::new(article, method.fold)).collect();
    let session = start(gold, &gold_of, method)?;
    let mut work = Work {
        index: NamesIndex::build(&session),
        session,
        gold: &gold_of,
        method,
        learning: Learning::default(),
        is_read: vec![false; gold.len()],
        account: Account::default(),
    };
    while let Some(at) = work.coming().first().copied() {
        let [suggested, right] = work.suggestions(at);
        work.article(&gold[at].id, &gold_of[at])?;
        work.is_read[at] = true;
        work.learn()?;
        let last = work.account.curve.last().copied().unwrap_or_default();
        let point = Point {
            articles: last.articles + 1,
            entities: last.entities + gold_of[at].entities.len(),
            decisions: work.account.decisions,
            suggested: last.suggested + suggested,
            right: last.right + right,
        };
        work.account.curve.push(point);
        progress(point);
    }
    work.account.entities = gold_of.iter().map(|gold| gold.entities.len()).sum();
    work.account.equals_gold = work.session.articles().iter().zip(&gold_of).all(|(article, gold)| gold.equals(article));
    Ok(work.account)
}

/// What is right in one article.
struct Gold {
    /// In reading order.
    entities: Vec<(Span, Label)>,
    set: HashSet<(Span, Label)>,
}

impl Gold {
    fn new(article: &Article, fold: &dyn Fn(&str) -> Option<String>) -> Self {
        let folded = article.living().filter_map(|mention| Some((mention.span, Label::new(&fold(mention.label.as_str())?))));
        let set: HashSet<(Span, Label)> = folded.collect();
        let mut entities: Vec<(Span, Label)> = set.iter().cloned().collect();
        entities.sort();
        Self { entities, set }
    }

    fn has(&self, span: Span, label: &Label) -> bool {
        self.set.contains(&(span, label.clone()))
    }

    fn overlaps_itself(&self) -> bool {
        let mut end = 0;
        self.entities.iter().any(|(span, _)| {
            let overlaps = span.start < end;
            end = end.max(span.end);
            overlaps
        })
    }

    fn equals(&self, article: &Article) -> bool {
        let settled: HashSet<(Span, Label)> = article.living().map(|mention| (mention.span, mention.label.clone())).collect();
        settled == self.set && article.open_count() == 0
    }
}

/// The session before the first decision: bare texts, or with the tagger's folded suggestions.
fn start(gold: &[Article], gold_of: &[Gold], method: &Method<'_>) -> Result<Session, Fault> {
    let bare = gold.iter().map(|article| Article { mentions: Vec::new(), desk: crate::annotation::Desk::default(), ..article.clone() });
    let mut articles: Vec<Article> = bare.collect();
    let standard = Scheme::standard();
    let mut suggestions: Vec<Vec<Suggestion>> = vec![Vec::new(); articles.len()];
    if let Some(tagger) = method.tagger {
        for (article, found) in articles.iter().zip(&mut suggestions) {
            let (published, language) = (article.meta.published.as_deref(), article.meta.language.as_deref());
            let context = Context { scheme: &standard, zones: &article.zones, published, language };
            let folded = |suggestion: Suggestion| {
                let label = Label::new(&(method.fold)(suggestion.label.as_str())?);
                Some(Suggestion { label, ..suggestion })
            };
            found.extend(tagger.suggest(&article.text, &context).into_iter().filter_map(folded));
        }
    }
    let labels = gold_of.iter().flat_map(|gold| gold.entities.iter().map(|(_, label)| label.clone()));
    let scheme = scheme_of(
        labels.chain(suggestions.iter().flatten().map(|suggestion| suggestion.label.clone())),
        gold_of.iter().any(Gold::overlaps_itself),
    );
    for (article, suggestions) in articles.iter_mut().zip(&suggestions) {
        article.mentions = retag::mentions_of(article, suggestions, &scheme);
    }
    let (session, repeated) = Session::from_parts(scheme, articles.into_iter().map(Arc::new), [], Vec::new());
    match repeated.first() {
        Some(article) => Err(Fault::SameId(article.id.clone())),
        None => Ok(session),
    }
}

/// A scheme with just these labels. Where the gold nests, every label may.
fn scheme_of(labels: impl Iterator<Item = Label>, nests: bool) -> Scheme {
    let labels: std::collections::BTreeSet<Label> = labels.collect();
    let def = |name: Label| LabelDef { nests, ..LabelDef::plain(name) };
    Scheme { name: "gold".to_owned(), labels: labels.into_iter().map(def).collect() }
}

/// How many decisions per mention of an article are certainly too many.
const PATIENCE: usize = 20;

/// The analyst at work.
struct Work<'a> {
    session: Session,
    index: NamesIndex,
    gold: &'a [Gold],
    method: &'a Method<'a>,
    learning: Learning,
    is_read: Vec<bool>,
    account: Account,
}

impl Work<'_> {
    /// Reads one article to its end and accepts it.
    fn article(&mut self, id: &ArticleId, gold: &Gold) -> Result<(), Fault> {
        let mentions = self.session.article(id).map_or(0, |article| article.mentions.len());
        let mut left = PATIENCE * (mentions + gold.entities.len() + 1);
        while let Some((focus, decision)) = self.session.article(id).and_then(|article| first_difference(article, gold)) {
            left = left.checked_sub(1).ok_or_else(|| Fault::Endless(id.clone()))?;
            self.decide(id, &focus, &decision)?;
        }
        match article::accept_rest(&self.session, id, &Stamp::default()) {
            Ok(edit) => self.perform(id, &edit)?,
            Err(Refusal::NothingLeft) => {}
            Err(refusal) => return Err(Fault::Refused(id.clone(), refusal)),
        }
        self.account.accepts += 1;
        Ok(())
    }

    /// The two articles that are read next.
    fn coming(&self) -> Vec<usize> {
        let left = (0..self.is_read.len()).filter(|at| !self.is_read[*at]);
        match self.method.order {
            Order::Reading => left.take(2).collect(),
            Order::Learning => {
                let mut left: Vec<(Reverse<u64>, usize)> = left.map(|at| (Reverse(self.doubt(at)), at)).collect();
                left.sort_unstable();
                left.into_iter().take(2).map(|(_, at)| at).collect()
            }
        }
    }

    /// How many suggestions of an article are wrong by their own scores, in thousandths.
    fn doubt(&self, at: usize) -> u64 {
        let scores =
            self.session.articles()[at].mentions.iter().filter(|mention| mention.is_suggested()).filter_map(|mention| mention.score);
        scores.map(|score| u64::from(Score::MAX.thousandths() - score.thousandths())).sum()
    }

    /// How many suggestions an article has, and how many of them are right.
    fn suggestions(&self, at: usize) -> [usize; 2] {
        let living = || self.session.articles()[at].living();
        [living().count(), living().filter(|mention| self.gold[at].has(mention.span, &mention.label)).count()]
    }

    /// Learns from the articles settled by now, and renews the suggestions of one that comes soon. As in the window, the very
    /// next one is on the page by then and stays as it is.
    fn learn(&mut self) -> Result<(), Fault> {
        let Some(tagger) = self.method.tagger.filter(|_| self.method.learns) else { return Ok(()) };
        let scheme = self.session.scheme().clone();
        let began = (self.method.clock)();
        self.learning.follow(tagger, &self.session, &|| false);
        let taught = self.learning.tagger(tagger);
        let took = (self.method.clock)().saturating_sub(began);
        self.account.learning += took;
        self.account.slowest = self.account.slowest.max(took);
        let Some(article) = self.coming().get(1).map(|at| self.session.articles()[*at].clone()) else { return Ok(()) };
        let Ok(Both { plain, taught }) = taught.both(&article, &scheme, &|| false) else { return Ok(()) };
        let folded = |found: Vec<Suggestion>| {
            let folded = |one: Suggestion| Some(Suggestion { label: Label::new(&(self.method.fold)(one.label.as_str())?), ..one });
            found.into_iter().filter_map(folded).collect()
        };
        let both = Both { plain: folded(plain), taught: folded(taught) };
        let tagged = [(article.id.clone(), self.learning.renewed(&scheme, &article, both))];
        let Ok((edit, _)) = retag::retag(&self.session, &tagged, &Stamp::default()) else { return Ok(()) };
        self.learning.note(&edit);
        self.perform(&article.id, &edit)
    }

    fn decide(&mut self, id: &ArticleId, focus: &Focus, decision: &Decision) -> Result<(), Fault> {
        let stamp = Stamp::default();
        let refused = |refusal| Fault::Refused(id.clone(), refusal);
        let reach = match self.method.scope {
            Scope::Mention => None,
            Scope::Article => Some(Reach::Article),
            Scope::Session => Some(Reach::Session(&self.index)),
        };
        let (edit, spread) = match reach {
            None => (spread::decide(&self.session, focus, decision, How::Looked, &stamp).map_err(refused)?, (0, 0)),
            Some(reach) => {
                let found = spread::preview(&self.session, reach, focus, decision, &stamp).map_err(refused)?;
                let edit = spread::apply(&self.session, &found).map_err(refused)?;
                (edit, self.judge(&found))
            }
        };
        self.account.decisions += 1;
        self.account.spreads += spread.0;
        self.account.spreads_right += spread.1;
        let verb = self.account.verbs.entry(word(edit.verb)).or_default();
        *verb = [verb[0] + 1, verb[1] + spread.0, verb[2] + spread.1];
        self.perform(id, &edit)
    }

    fn perform(&mut self, id: &ArticleId, edit: &Edit) -> Result<(), Fault> {
        self.session.apply(edit).map_err(|stale| Fault::Stale(id.clone(), stale))?;
        self.index.update(edit);
        Ok(())
    }

    /// How many mentions the ticks settle beside the one in focus, and how many of them rightly.
    fn judge(&self, found: &Concordance) -> (usize, usize) {
        let others = || found.rows.iter().filter(|row| row.ticked && !row.is_focus);
        let is_right = |article: &ArticleId, span: Span, label: &Label| {
            self.session.position(article).is_some_and(|at| self.gold[at].has(span, label))
        };
        let right = others().filter(|row| match found.label() {
            Some(label) => is_right(&row.article, row.becomes, label),
            None => row.label.as_ref().is_some_and(|label| !is_right(&row.article, row.span, label)),
        });
        (others().count(), right.count())
    }
}

fn word(verb: Verb) -> &'static str {
    match verb {
        // Rejecting the analyst's own spread is the same decision.
        Verb::Delete => Verb::Reject.words(),
        verb => verb.words(),
    }
}

/// The first thing that is not as the gold has it, and the one decision that mends it.
fn first_difference(article: &Article, gold: &Gold) -> Option<(Focus, Decision)> {
    let there: HashSet<(Span, &Label)> = article.living().map(|mention| (mention.span, &mention.label)).collect();
    let is_missed = |(span, label): &&(Span, Label)| !there.contains(&(*span, label));
    let is_wrong = |mention: &&Mention| !gold.has(mention.span, &mention.label);
    let missed = gold.entities.iter().find(is_missed);
    let wrong = article.living().find(is_wrong);
    let wrong_first = match (missed, wrong) {
        (None, None) => return None,
        (Some((span, _)), Some(mention)) => mention.span <= *span,
        (missed, _) => missed.is_none(),
    };
    let on = |id: MentionId| Focus::Mention(article.id.clone(), id);
    if let Some(mention) = wrong.filter(|_| wrong_first) {
        let overlapping = gold.entities.iter().filter(|entity| entity.0.overlaps(mention.span)).filter(is_missed);
        let nearest = overlapping.max_by_key(|(span, label)| (*span == mention.span, *label == mention.label, shared(*span, mention.span)));
        let decision = nearest.map_or(Decision::Reject, |(span, label)| mend(mention, *span, label));
        return Some((on(mention.id), decision));
    }
    let (span, label) = missed?;
    let overlapping = article.overlapping(*span).filter(|mention| !mention.is_rejected()).filter(is_wrong);
    let nearest = overlapping.max_by_key(|mention| (mention.span == *span, mention.label == *label, shared(mention.span, *span)));
    Some(match nearest {
        Some(mention) => (on(mention.id), mend(mention, *span, label)),
        None => (Focus::Words(article.id.clone(), *span), Decision::Add(label.clone())),
    })
}

fn mend(mention: &Mention, span: Span, label: &Label) -> Decision {
    match mention.span == span {
        true => Decision::Retype(label.clone()),
        false => Decision::Correct(span, label.clone()),
    }
}

/// Bytes that two spans share.
fn shared(a: Span, b: Span) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;

    fn method<'a>(scope: Scope, tagger: Option<&'a Arc<Tagger>>) -> Method<'a> {
        let clock = &|| Duration::ZERO;
        Method { scope, tagger, learns: true, order: Order::Reading, clock, fold: &|label| Some(label.to_owned()) }
    }

    /// The account of work on pages that show the gold, from nothing.
    #[track_caller]
    fn check(scope: Scope, gold: &[&str]) -> Account {
        let session = dsl::session(gold);
        let gold: Vec<Article> = session.articles().iter().map(|article| (**article).clone()).collect();
        let method = Method { learns: false, ..method(scope, None) };
        let account = simulate(&gold, &method, |_| {}).unwrap();
        assert!(account.equals_gold, "{account:?}");
        account
    }

    const NATO: [&str; 2] = ["[ORG! NATO] and [ORG! NATO] met [PERSON! Mr. Foo]", "[ORG! NATO] again"];

    #[test]
    fn by_hand_every_entity_costs_a_decision() {
        let account = check(Scope::Mention, &NATO);
        assert_eq!((account.decisions, account.entities, account.accepts, account.spreads), (4, 4, 2, 0));
        assert!((account.decisions_per_entity() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_scope_saves_the_repeats() {
        assert_eq!(check(Scope::Article, &NATO).decisions, 3);
        let account = check(Scope::Session, &NATO);
        assert_eq!((account.decisions, account.spreads, account.spreads_right), (2, 2, 2));
        assert_eq!(account.curve.last(), Some(&Point { articles: 2, entities: 4, decisions: 2, suggested: 1, right: 1 }));
    }

    #[test]
    fn harm_is_paid_for_where_it_is_met() {
        let account = check(Scope::Session, &["[PERSON! May] spoke", "in May it rained", "[DATE! May]"]);
        assert_eq!((account.decisions, account.spreads, account.spreads_right), (3, 2, 0));
    }

    #[test]
    fn what_is_settled_makes_the_rest_cheaper_where_it_is_learnt_from() {
        let ships = ["Esmeralda", "Marigold", "Wren", "Pelican", "Bluebell", "Kittiwake", "Osprey", "Fulmar", "Tern", "Gannet", "Dunlin"];
        let page = |ship: &str| format!("The trawler [PRODUCT! {ship}] left port at noon. The trawler [PRODUCT! {ship}] sank.");
        let pages: Vec<String> = ships.iter().chain(&ships).map(|ship| page(ship)).collect();
        let session = dsl::session(&pages.iter().map(String::as_str).collect::<Vec<_>>());
        let gold: Vec<Article> = session.articles().iter().map(|article| (**article).clone()).collect();
        let tagger = Tagger::standard();
        let account = |learns| {
            let method = Method { learns, ..method(Scope::Article, Some(&tagger)) };
            let account = simulate(&gold, &method, |_| {}).unwrap();
            assert!(account.equals_gold, "{account:?}");
            account
        };
        let (with, without) = (account(true), account(false));
        assert!(with.decisions * 4 < without.decisions * 3, "{} against {}", with.decisions, without.decisions);
        assert_eq!(with, account(true), "the same work comes to the same");
    }

    #[test]
    fn nested_gold_is_reached() {
        check(Scope::Session, &["the [ORG! Bank of [GPE! China]] in [GPE! China]", "[GPE! China]"]);
    }
}
