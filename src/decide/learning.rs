//! Learning from the decisions of a session (`tagger::learned`): which articles are settled, what was decided in each, and
//! whether what was learnt helps.
//!
//! An article teaches once it is marked done with nothing open, for only then was everything untagged in it left so. What
//! was learnt depends on the settled articles alone, not on the order in which they were settled or learnt from.
//!
//! Every article that is settled after others is a trial first: what the tagger would have suggested there with and
//! without what was learnt before is compared with what was decided. Where learning did worse in the last trials, it steps
//! back: the tagger is as it was until later trials say otherwise.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::retag;
use crate::annotation::{Article, ArticleId, Edit, Label, Op, Progress, Scheme, Session};
use crate::tagger::learned::{Carried, Learned, Lesson, Lessons, Line, Settled};
use crate::tagger::page::tokens_of;
use crate::tagger::{Both, Context, Suggestion, Tagger};
use crate::text::Span;

/// How many trials are looked back on.
const TRIALS: usize = 20;

/// Fewer trials say nothing.
const FEW: usize = 5;

/// So many articles settled at once, as when a session is opened, are no trials: nobody waited for their suggestions.
const AT_ONCE: usize = 3;

/// What a session has taught so far.
#[derive(Clone, Debug, Default)]
pub struct Learning {
    /// What was learnt in other sessions and counts here too.
    carried: Vec<Arc<Carried>>,
    lessons: Lessons,
    /// The articles as they were learnt from.
    seen: BTreeMap<ArticleId, Arc<Article>>,
    scheme: Option<Arc<Scheme>>,
    learned: Arc<Learned>,
    trials: VecDeque<Trial>,
    /// What the analyst wants forgotten, by the ids of [`Learned::lines`].
    forgotten: BTreeSet<Arc<str>>,
    /// What was taken out of articles because of what was learnt.
    dropped: BTreeMap<ArticleId, BTreeSet<(Span, Label)>>,
}

/// Wrong and missing suggestions of one article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Trial {
    with: usize,
    without: usize,
}

impl Learning {
    /// Learns from the start, beginning with what was learnt in other sessions.
    pub fn begin_with(&mut self, carried: Vec<Arc<Carried>>) {
        let (forgotten, dropped) = (std::mem::take(&mut self.forgotten), std::mem::take(&mut self.dropped));
        *self = Self { forgotten, dropped, carried, ..Self::default() };
    }

    /// What was learnt, with what it began with, to be carried into other sessions under a name and a licence.
    pub fn carried(&self, said: [&str; 2], plain: &Tagger) -> Carried {
        self.lessons.carried(said, plain.model())
    }

    /// Takes in what was settled since the last time, and takes out what is settled no longer. Answers how many articles
    /// it learnt from; `None` when it was cancelled, with nothing changed that counts.
    pub fn follow(&mut self, plain: &Arc<Tagger>, session: &Session, is_cancelled: &dyn Fn() -> bool) -> Option<usize> {
        if self.scheme.as_ref() != Some(session.scheme()) {
            let carried = std::mem::take(&mut self.carried);
            self.begin_with(carried);
            self.carried.iter().for_each(|carried| self.lessons.begin_with(carried, plain.model(), session.scheme()));
            self.learned = Arc::new(self.lessons.learned());
            self.scheme = Some(session.scheme().clone());
        }
        let is_same = |article: &Arc<Article>| self.seen.get(&article.id).is_some_and(|seen| Arc::ptr_eq(seen, article));
        let fresh: Vec<Arc<Article>> =
            session.articles().iter().filter(|article| is_settled(article) && !is_same(article)).cloned().collect();
        let is_gone = |id: &&ArticleId| session.article(id).is_none_or(|article| !is_settled(article));
        let gone: Vec<ArticleId> = self.seen.keys().filter(is_gone).cloned().collect();
        for id in &gone {
            self.lessons.take(id);
            self.seen.remove(id);
        }
        let taught = (fresh.len() <= AT_ONCE && !self.lessons.is_empty()).then(|| plain.taught(&self.learned, &self.forgotten));
        for article in &fresh {
            if is_cancelled() {
                self.learned = Arc::new(self.lessons.learned());
                return None;
            }
            if let Some(taught) = taught.as_ref().filter(|_| !self.seen.contains_key(&article.id)) {
                self.trials.extend(trial(plain, taught, session.scheme(), article));
                let extra = self.trials.len().saturating_sub(TRIALS);
                self.trials.drain(..extra);
            }
            self.lessons.put(&article.id, lesson(plain, session.scheme(), article));
            self.seen.insert(article.id.clone(), article.clone());
        }
        if !fresh.is_empty() || !gone.is_empty() {
            self.learned = Arc::new(self.lessons.learned());
        }
        Some(fresh.len())
    }

    /// What was learnt.
    pub fn learned(&self) -> &Arc<Learned> {
        &self.learned
    }

    /// The tagger with what was learnt, or as it was where that did worse or nothing was learnt yet.
    pub fn tagger(&self, plain: &Arc<Tagger>) -> Arc<Tagger> {
        match self.learned.articles == 0 || self.steps_back() {
            true => plain.clone(),
            false => Arc::new(plain.taught(&self.learned, &self.forgotten)),
        }
    }

    /// The suggestions of an article with what was learnt brought in: `both` as the taught tagger gives them.
    pub fn renewed(&self, scheme: &Scheme, article: &Article, both: Both) -> Vec<Suggestion> {
        let none = BTreeSet::new();
        retag::renewed(scheme, article, both, self.dropped.get(&article.id).unwrap_or(&none))
    }

    /// Takes notice of what renewing took out, so that it can come back.
    pub fn note(&mut self, edit: &Edit) {
        for op in &edit.ops {
            if let Op::Mention { article, before: Some(before), after: None } = op
                && before.is_suggested()
            {
                self.dropped.entry(article.clone()).or_default().insert((before.span, before.label.clone()));
            }
        }
    }

    /// Lets something that was learnt count no more, whatever is decided from here on.
    pub fn forget(&mut self, id: &str) {
        self.forgotten.insert(id.into());
    }

    /// What was learnt and not forgotten, in words.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.learned.lines();
        lines.retain(|line| !self.forgotten.contains(&line.id));
        lines
    }

    /// Whether what was learnt did worse in the last trials than nothing learnt would have.
    pub fn steps_back(&self) -> bool {
        let [with, without] = self.errors();
        self.trials.len() >= FEW && with > without
    }

    /// Wrong and missing suggestions of the last trials, with what was learnt before each and without.
    pub fn errors(&self) -> [usize; 2] {
        self.trials.iter().fold([0, 0], |[with, without], trial| [with + trial.with, without + trial.without])
    }
}

/// Whether an article is settled throughout, so that what is untagged in it was seen and left so.
pub fn is_settled(article: &Article) -> bool {
    article.desk.progress == Progress::Done && article.open_count() == 0
}

/// The lesson of a settled article; `plain` is the tagger without anything learnt.
fn lesson(plain: &Tagger, scheme: &Scheme, article: &Article) -> Arc<Lesson> {
    let mut mentions: Vec<(Span, Label)> = Vec::new();
    // Of mentions that nest the outer one counts, which is what the tagger is asked for.
    for mention in article.living() {
        if mentions.last().is_none_or(|(last, _)| last.end <= mention.span.start) {
            mentions.push((mention.span, mention.label.clone()));
        }
    }
    let rejected: Vec<Span> = article.mentions.iter().filter(|mention| mention.is_rejected()).map(|mention| mention.span).collect();
    let parts = Context::of(article, scheme).tagged_parts(&article.text);
    let page = plain.page(&article.text, tokens_of(&article.text, &parts));
    Arc::new(Lesson::of(plain.model(), &Settled { page: &page, scheme, mentions: &mentions, rejected: &rejected }))
}

/// How the tagger would have done on a settled article with what was learnt before and without.
fn trial(plain: &Tagger, taught: &Tagger, scheme: &Scheme, article: &Article) -> Option<Trial> {
    let settled: BTreeSet<(Span, &Label)> = article.living().map(|mention| (mention.span, &mention.label)).collect();
    let errors = |tagger: &Tagger| {
        let found: Vec<Suggestion> = tagger.suggest_for(article, scheme, &|| false).ok()?;
        let right = found.iter().filter(|one| settled.contains(&(one.span, &one.label))).count();
        Some(found.len() + settled.len() - 2 * right)
    };
    Some(Trial { with: errors(taught)?, without: errors(plain)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Desk, Origin};
    use crate::dsl;

    const GO: &dyn Fn() -> bool = &|| false;

    /// A session of articles that are done.
    fn settled(pages: &[&str]) -> Session {
        let articles = dsl::session(pages).articles().iter().map(|article| Arc::new(done(article))).collect::<Vec<_>>();
        Session::from_parts(Scheme::standard(), articles, [], Vec::new()).0
    }

    fn done(article: &Article) -> Article {
        Article { desk: Desk { progress: Progress::Done, ..Desk::default() }, ..article.clone() }
    }

    fn learnt(pages: &[&str]) -> Learning {
        let mut learning = Learning::default();
        assert_eq!(learning.follow(&Tagger::standard(), &settled(pages), GO), Some(pages.len()));
        learning
    }

    /// `ORG Quill learned:name/Quill` of every suggestion.
    fn said(tagger: &Tagger, text: &str) -> Vec<String> {
        let article = dsl::article("new", text);
        let found = tagger.suggest_for(&article, &Scheme::standard(), GO).unwrap();
        found.iter().map(|one| format!("{} {} {}", one.label, article.quote(one.span), one.origin)).collect()
    }

    #[test]
    fn a_name_is_suggested_as_it_was_settled_and_says_so() {
        let mut learning = learnt(&["[ORG! Oslo] rose by a tenth.", "Analysts had doubts of [ORG! Oslo].", "Nobody sold [ORG! Oslo]."]);
        learning.forget("model");
        let plain = Tagger::standard();
        let text = "She flew to Oslo on Monday.";
        assert!(said(&plain, text).iter().any(|one| one.starts_with("GPE Oslo")));
        let tagger = learning.tagger(&plain);
        let all = said(&tagger, text);
        assert!(all.contains(&"ORG Oslo learned:name/Oslo".to_owned()), "{all:?}");
        let reason = tagger.reason(&Origin::Learned("name/Oslo".into()));
        assert_eq!(reason, "in this session “Oslo” is ORG in 3 settled articles");
        learning.forget("name/Oslo");
        assert_eq!(said(&learning.tagger(&plain), text), said(&plain, text), "what is forgotten says nothing");
    }

    #[test]
    fn what_was_rejected_is_suggested_no_more() {
        let learning = learnt(&["[GPE~ Oslo] rose.", "The [GPE~ Oslo] is a sofa.", "A grey [GPE~ Oslo] stood there."]);
        let plain = Tagger::standard();
        let text = "The Oslo is a bed, not a sofa.";
        assert!(said(&plain, text).iter().any(|one| one.contains("Oslo")), "{:?}", said(&plain, text));
        assert!(!said(&learning.tagger(&plain), text).iter().any(|one| one.contains("Oslo")));
        assert!(learning.lines().iter().any(|line| &*line.id == "name/Oslo" && line.about == "no name in 3 settled articles"));
    }

    #[test]
    fn decisions_that_contradict_each_other_teach_nothing_of_the_name() {
        let mut learning = learnt(&["[ORG! Oslo] rose.", "[PERSON! Oslo] rose.", "[ORG! Oslo] fell.", "[PERSON! Oslo] fell."]);
        learning.forget("model");
        let plain = Tagger::standard();
        let text = "She flew to Oslo on Monday.";
        assert_eq!(said(&learning.tagger(&plain), text), said(&plain, text));
    }

    const PAGES: [&str; 5] = [
        "[ORG! Kelp Board] met in [GPE! Riga].",
        "The [ORG! Kelp Board] sued [PERSON! Nora Hale].",
        "[PERSON~ Riga] has trams; [GPE! Riga] has cafés.",
        "[PERSON! Ms. Hale] left the [ORG! Kelp Board].",
        "Nobody met [PERSON! Ms. Reed] of [GPE! Riga].",
    ];

    const NEW: &str = "Kelp Board and Ms. Hale wrote to Riga about Ms. Lark, the Kelp Board said on Monday in Paris.";

    #[test]
    fn the_order_in_which_articles_are_settled_says_nothing() {
        let plain = Tagger::standard();
        let whole = settled(&PAGES);
        let at_once = learnt(&PAGES);
        let open = dsl::session(&PAGES);
        let one_by_one = |order: &[usize]| {
            let mut learning = Learning::default();
            for n in 1..=order.len() {
                let article = |(at, article): (usize, &Arc<Article>)| match order[..n].contains(&at) {
                    true => whole.articles()[at].clone(),
                    false => article.clone(),
                };
                let articles: Vec<Arc<Article>> = open.articles().iter().enumerate().map(article).collect();
                let session = Session::from_parts((**open.scheme()).clone(), articles, [], Vec::new()).0;
                learning.follow(&plain, &session, GO).unwrap();
            }
            learning
        };
        for order in [[0, 1, 2, 3, 4], [4, 2, 0, 3, 1]] {
            let learning = one_by_one(&order);
            assert_eq!(learning.lines(), at_once.lines());
            let of = |learning: &Learning| {
                plain.taught(learning.learned(), &BTreeSet::new()).suggest_for(&dsl::article("new", NEW), &Scheme::standard(), GO)
            };
            assert_eq!(of(&learning), of(&at_once));
        }
    }

    #[test]
    fn an_article_that_is_opened_again_teaches_no_more() {
        let plain = Tagger::standard();
        let mut learning = learnt(&PAGES);
        let mut articles: Vec<Arc<Article>> = settled(&PAGES).articles().to_vec();
        articles[4] = Arc::new(dsl::article("e", PAGES[4]));
        let session = Session::from_parts(Scheme::standard(), articles, [], Vec::new()).0;
        learning.follow(&plain, &session, GO).unwrap();
        let less = learnt(&PAGES[..4]);
        assert_eq!(learning.lines(), less.lines());
        let of = |learning: &Learning| {
            plain.taught(learning.learned(), &BTreeSet::new()).suggest_for(&dsl::article("new", NEW), &Scheme::standard(), GO)
        };
        assert_eq!(of(&learning), of(&less));
    }

    #[test]
    fn learning_that_makes_it_worse_steps_back_and_may_come_again() {
        let plain = Tagger::standard();
        let mut learning = learnt(&PAGES);
        assert!(!learning.steps_back() && !Arc::ptr_eq(&learning.tagger(&plain), &plain));
        learning.trials.extend([Trial { with: 3, without: 2 }; FEW]);
        assert!(learning.steps_back() && Arc::ptr_eq(&learning.tagger(&plain), &plain));
        learning.trials.extend([Trial { with: 0, without: 2 }; FEW]);
        assert!(!learning.steps_back());
    }

    #[test]
    fn nothing_settled_and_one_word_are_lessons_too() {
        let plain = Tagger::standard();
        let mut learning = Learning::default();
        assert_eq!(learning.follow(&plain, &dsl::session(&["[ORG? Oslo]"]), GO), Some(0));
        assert!(Arc::ptr_eq(&learning.tagger(&plain), &plain));
        for page in ["", "[ORG! Oslo]", "🙂 [PERSON! é]"] {
            assert_eq!(learnt(&[page]).lines().iter().filter(|line| &*line.id != "model").count(), 0);
        }
    }

    #[test]
    fn only_what_learning_changes_is_renewed() {
        let mut learning =
            learnt(&["[ORG! Oslo] rose.", "[ORG! Oslo] fell.", "[GPE~ Paris] rose.", "[GPE~ Paris] fell.", "[GPE~ Paris] stood."]);
        learning.forget("model");
        let plain = Tagger::standard();
        let page = "[PERSON? Monday] was in [GPE? Oslo], not in [GPE? Paris] or [LAW? Riga].";
        let article = dsl::article("a", page);
        let scheme = Scheme::standard();
        let session = dsl::session(&[page]);
        let renew = |learning: &Learning, tagger: &Tagger, article: &Article| {
            learning.renewed(&scheme, article, tagger.both(article, &scheme, GO).unwrap())
        };
        let found = renew(&learning, &learning.tagger(&plain), &article);
        let (edit, _) = retag::retag(&session, &[(article.id.clone(), found)], &crate::decide::Stamp::default()).unwrap();
        learning.note(&edit);
        let mut after = session.clone();
        after.apply(&edit).unwrap();
        assert_eq!(dsl::show_all(&after), ["[PERSON? Monday] was in [ORG? Oslo], not in Paris or [LAW? Riga]."]);
        // With nothing learnt any more, it is as it was.
        let found = renew(&learning, &plain, &after.articles()[0]);
        let (edit, _) = retag::retag(&after, &[(article.id.clone(), found)], &crate::decide::Stamp::default()).unwrap();
        after.apply(&edit).unwrap();
        assert_eq!(dsl::show_all(&after), [page]);
    }
}
