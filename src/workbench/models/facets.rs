//! What the articles may be narrowed by: every state, label, outlet, language, tag and month there is, each with how many articles
//! it would leave beside whatever else is asked for.

use std::collections::BTreeMap;

use super::article_list::ArticleList;
use super::copies::Copies;
use crate::annotation::{Article, Session};
use crate::decide::articles::{Days, Facts, Filter, Having, Kind, Matcher, Standing, Term, What};
use crate::reading::language;
use crate::text::sought::Sought;

#[derive(Debug, Default)]
pub struct Facets {
    /// By what they are, those of which there is something to choose.
    pub groups: Vec<(&'static str, Vec<Facet>)>,
    made_for: Option<((u64, u64), u64, Filter)>,
}

/// One thing to ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facet {
    pub what: What,
    /// What it is called.
    pub words: String,
    pub count: usize,
    pub is_wanted: bool,
}

/// More of a kind are not offered, but those that are asked for always are.
const MOST: usize = 60;

impl Facets {
    /// Counts anew where something changed since.
    pub fn refresh(&mut self, session: &Session, version: (u64, u64), list: &ArticleList, copies: &Copies, filter: &Filter) {
        let key = (version, copies.revision(), filter.clone());
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        let of = Counted { session, list, copies, filter };
        let kinds = [
            ("State", Kind::State),
            ("Besides", Kind::Has),
            ("Label", Kind::Label),
            ("Outlet", Kind::Outlet),
            ("Language", Kind::Language),
            ("Tag", Kind::Tag),
            ("Day", Kind::Day),
        ];
        self.groups = kinds.into_iter().map(|(name, kind)| (name, of.facets(kind))).filter(|(_, facets)| !facets.is_empty()).collect();
        self.made_for = Some(key);
    }
}

struct Counted<'s> {
    session: &'s Session,
    list: &'s ArticleList,
    copies: &'s Copies,
    filter: &'s Filter,
}

impl Counted<'_> {
    fn facets(&self, kind: Kind) -> Vec<Facet> {
        let mut counts: Vec<(What, String, usize)> = match kind {
            Kind::State => self.by_terms(Standing::ALL.map(|standing| (What::State(standing), standing.as_str()))),
            Kind::Has => self.by_terms(Having::ALL.map(|having| (What::Has(having), having.as_str()))),
            Kind::Label => self.labels(),
            Kind::Outlet => self.outlets(),
            Kind::Language => self.counted(
                kind,
                |_, facts| vec![facts.language.clone()],
                |tag| {
                    let name = tag.as_deref().map_or("unknown", language::name_of).to_owned();
                    (What::Language(tag.unwrap_or_else(|| "none".to_owned())), name)
                },
            ),
            Kind::Tag => self.counted(kind, |article, _| article.desk.tags.clone(), |tag| (What::Tag(tag.clone()), tag)),
            Kind::Day => self.counted(
                kind,
                |_, facts| vec![facts.day.map(|day| day.month())],
                |month| {
                    let days = month.map_or(Days::Unknown, |month| Days::Span(Some(month), Some(month)));
                    (What::Day(days), month.map_or("unknown".to_owned(), |month| month.to_string()))
                },
            ),
            Kind::Words | Kind::Entity | Kind::Note => Vec::new(),
        };
        let is_wanted = |what: &What| self.filter.wants(what);
        counts.retain(|(what, _, n)| *n > 0 || is_wanted(what));
        let facets = counts.into_iter().map(|(what, words, count)| Facet { is_wanted: is_wanted(&what), what, words, count });
        facets.enumerate().filter(|(i, facet)| *i < MOST || facet.is_wanted).map(|(_, facet)| facet).collect()
    }

    /// The articles that pass whatever is asked for besides one kind.
    fn passing(&self, kind: Kind) -> impl Iterator<Item = (&Article, &Facts)> {
        let matcher = self.matcher(&self.filter.without(kind));
        let known = self.session.articles().iter().enumerate().filter_map(|(place, article)| Some((&**article, self.list.facts(place)?)));
        known.filter(move |(article, facts)| matcher.admits(article, facts))
    }

    fn matcher(&self, filter: &Filter) -> Matcher {
        Matcher::new(filter, self.session.entities(), self.copies.groups())
    }

    /// Of a few things that are known beforehand.
    fn by_terms<const N: usize>(&self, all: [(What, &str); N]) -> Vec<(What, String, usize)> {
        let matchers = all.map(|(what, words)| {
            let filter: Filter = [Term { is_left_out: false, what: what.clone() }].into_iter().collect();
            (self.matcher(&filter), what, words)
        });
        let kind = matchers.first().map_or(Kind::Words, |(_, what, _)| what.kind());
        let passing: Vec<(&Article, &Facts)> = self.passing(kind).collect();
        let count = |matcher: &Matcher| passing.iter().filter(|(article, facts)| matcher.admits(article, facts)).count();
        matchers.into_iter().map(|(matcher, what, words)| (what, words.to_owned(), count(&matcher))).collect()
    }

    /// Of whatever the articles have, the most frequent first.
    fn counted<T: Ord>(
        &self,
        kind: Kind,
        values: impl Fn(&Article, &Facts) -> Vec<T>,
        name: impl Fn(T) -> (What, String),
    ) -> Vec<(What, String, usize)> {
        let mut counts: BTreeMap<T, usize> = BTreeMap::new();
        for (article, facts) in self.passing(kind) {
            values(article, facts).into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
        let mut counts: Vec<(What, String, usize)> = counts
            .into_iter()
            .map(|(value, n)| {
                let (what, words) = name(value);
                (what, words, n)
            })
            .collect();
        // Days stand as a calendar has them.
        if kind != Kind::Day {
            counts.sort_by_key(|(.., n)| std::cmp::Reverse(*n));
        }
        counts
    }

    /// In the order of the scheme.
    fn labels(&self) -> Vec<(What, String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, facts) in self.passing(Kind::Label) {
            facts.labels.iter().for_each(|label| *counts.entry(label.as_str()).or_default() += 1);
        }
        let known = self.session.scheme().labels.iter().map(|def| def.name.as_str());
        known.map(|label| (What::Label(label.to_owned()), label.to_owned(), counts.get(label).copied().unwrap_or(0))).collect()
    }

    /// An outlet is found by a part of its name, and so counted.
    fn outlets(&self) -> Vec<(What, String, usize)> {
        let outlet = |article: &Article| article.meta.outlet.clone().filter(|outlet| !outlet.trim().is_empty());
        let counts =
            self.counted(Kind::Outlet, |article, _| outlet(article).into_iter().collect(), |outlet| (What::Outlet(outlet.clone()), outlet));
        let with = |outlet: &str| {
            let words = Sought::phrase(outlet);
            counts.iter().filter(|(_, other, _)| words.is_in(other)).map(|(.., n)| n).sum()
        };
        counts.iter().take(MOST).map(|(what, outlet, _)| (what.clone(), outlet.clone(), with(outlet))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::article_list::ListOf;
    use super::*;
    use crate::annotation::Progress;
    use crate::dsl;
    use crate::workbench::parts::Wanted;
    use std::sync::Arc;

    /// Whatever is offered leaves as many articles as it says.
    #[test]
    fn every_count_is_what_is_left_when_it_is_asked_for() {
        let pages = ["[ORG? NATO] met [PERSON? Ann].", "[GPE! Oslo] slept.", "[ORG~ UN] and [ORG? EU].", "Nothing.", "Nothing."];
        let mut articles: Vec<Article> = dsl::session(&pages).articles().iter().map(|article| (**article).clone()).collect();
        for (i, article) in articles.iter_mut().enumerate() {
            article.meta.outlet = [Some("Courier"), Some("Harbour Courier"), None, Some("Bay"), Some("Bay")][i].map(str::to_owned);
            article.meta.published = [Some("2026-11-03"), Some("2026-11-04"), Some("2026-10"), None, Some("2026")][i].map(str::to_owned);
            article.meta.language = [Some("en"), Some("de-AT"), None, Some("de"), Some("en")][i].map(str::to_owned);
            article.desk.tags =
                [vec!["wire", "ask"], vec![], vec!["wire"], vec![], vec![]][i].iter().map(|tag| (*tag).to_owned()).collect();
            article.desk.progress = [Progress::Open, Progress::Done, Progress::Open, Progress::SetAside, Progress::Open][i];
            article.desk.flagged = i == 0;
        }
        let session = dsl::session(&[]).with_articles(articles.into_iter().map(Arc::new));
        for typed in ["", "state:open", "outlet:courier label:ORG", "tag:wire -lang:en", "nowhere"] {
            let mut wanted = Wanted::default();
            wanted.ask(typed);
            let (mut list, copies) = (ArticleList::default(), Copies::default());
            let mut left = |wanted: &Wanted| {
                list.refresh(ListOf { session: &session, version: (0, 0), wanted, current: None, copies: &copies });
                list.passing()
            };
            left(&wanted);
            let mut facets = Facets::default();
            facets.refresh(&session, (0, 0), &list, &copies, wanted.filter());
            let offered: Vec<&Facet> = facets.groups.iter().flat_map(|(_, facets)| facets).collect();
            assert!(typed == "nowhere" || offered.len() > 5, "{typed}: {offered:?}");
            for facet in offered {
                let alone = wanted.filter().without(facet.what.kind()).toggled(facet.what.clone());
                let mut asked = Wanted::default();
                asked.ask(&alone.to_string());
                list.refresh(ListOf { session: &session, version: (0, 0), wanted: &asked, current: None, copies: &copies });
                // A month is counted once; asked for, it holds what may lie in it, too.
                let is_right = if facet.what.kind() == Kind::Day { list.passing() >= facet.count } else { list.passing() == facet.count };
                assert!(is_right, "{typed}: {facet:?}, {}", list.passing());
                assert_eq!(facet.is_wanted, wanted.filter().wants(&facet.what));
            }
        }
    }
}
