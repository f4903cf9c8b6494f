//! The list of articles as it is shown: what is known of each, which of them the filter admits, and their order.
//!
//! A decision changes one article of ten thousand. What is known of an article is kept with a weak hand on it: an article that
//! was changed is another one, so that the changed ones are found by comparing addresses, and only they are looked at anew. The
//! article on the page keeps its place and stays listed until another is opened: nothing moves under the analyst's hands.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use super::copies::Copies;
use crate::annotation::{Article, ArticleId, Session};
use crate::decide::articles::{ArticleOrder, Facts, Filter, Matcher};
use crate::workbench::parts::Wanted;

#[derive(Debug, Default)]
pub struct ArticleList {
    /// Of every article of the session, in its order.
    known: Vec<Known>,
    /// The places of the listed articles in the session, in the order of the list.
    rows: Vec<usize>,
    matcher: Matcher,
    /// The article on the page as it was when it was opened, and whether it was listed then.
    held: Option<Held>,
    passing: usize,
    has_languages: bool,
    has_tags: bool,
    /// Goes up when other articles pass the filter than before.
    revision: u64,
    made_for: Option<Key>,
}

/// The session's moment, how it is listed, the article on the page, when copies were found.
type Key = ((u64, u64), Filter, ArticleOrder, bool, Option<ArticleId>, u64);

#[derive(Debug)]
struct Known {
    article: Weak<Article>,
    facts: Facts,
    is_in: bool,
}

#[derive(Debug)]
struct Held {
    id: ArticleId,
    facts: Facts,
    is_listed: bool,
}

/// What a list is made from.
#[derive(Clone, Copy)]
pub struct ListOf<'s> {
    pub session: &'s Session,
    pub version: (u64, u64),
    pub wanted: &'s Wanted,
    /// The article on the page.
    pub current: Option<&'s ArticleId>,
    pub copies: &'s Copies,
}

impl ArticleList {
    /// The places of the listed articles in the session, in the order of the list.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// What is known of the article at a place in the session.
    pub fn facts(&self, place: usize) -> Option<&Facts> {
        self.known.get(place).map(|known| &known.facts)
    }

    /// Whether the filter admits the article at a place in the session.
    pub fn passes(&self, place: usize) -> bool {
        self.known.get(place).is_some_and(|known| known.is_in)
    }

    /// How many articles the filter admits.
    pub fn passing(&self) -> usize {
        self.passing
    }

    pub fn has_languages(&self) -> bool {
        self.has_languages
    }

    /// Whether any article has a tag or a note.
    pub fn has_tags(&self) -> bool {
        self.has_tags
    }

    /// Names which articles pass: while it is the same, so are they.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The row of the article at a place in the session.
    pub fn row_of(&self, place: usize) -> Option<usize> {
        self.rows.iter().position(|other| *other == place)
    }

    /// The rows before an article, and those behind it, whether it is listed itself or not.
    pub fn around(&self, place: Option<usize>, wanted: &Wanted) -> (&[usize], &[usize]) {
        let Some((place, facts)) = place.and_then(|place| Some((place, self.facts(place)?))) else {
            return (&[], &self.rows);
        };
        match self.row_of(place) {
            Some(row) => (&self.rows[..row], &self.rows[row + 1..]),
            None => {
                let is_before = |other: &usize| {
                    let other = (*other, &self.known[*other].facts);
                    wanted.order.compare(wanted.is_reversed, other, (place, facts)).is_lt()
                };
                self.rows.split_at(self.rows.partition_point(is_before))
            }
        }
    }

    /// Brings the list up to date where something changed since it was made.
    pub fn refresh(&mut self, of: ListOf<'_>) {
        let wanted = of.wanted;
        let key = (of.version, wanted.filter().clone(), wanted.order, wanted.is_reversed, of.current.cloned(), of.copies.revision());
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        let is_same_list = self.made_for.as_ref().is_some_and(|was| (&was.1, was.2, was.3) == (&key.1, key.2, key.3));
        let articles = of.session.articles();
        let changed = self.look_at(articles);
        let matcher = Matcher::new(wanted.filter(), of.session.entities(), of.copies.groups());
        let (mut is_other, is_same_filter) = (changed.is_none(), matcher == self.matcher);
        let again = changed.filter(|_| is_same_filter).unwrap_or_else(|| (0..articles.len()).collect());
        self.matcher = matcher;
        for place in again {
            let known = &mut self.known[place];
            let is_in = self.matcher.admits(&articles[place], &known.facts);
            is_other |= known.is_in != is_in;
            known.is_in = is_in;
        }
        self.revision += u64::from(is_other);
        self.made_for = Some(key);
        self.passing = self.known.iter().filter(|known| known.is_in).count();
        let place = of.current.and_then(|id| of.session.position(id));
        if !is_same_list || self.held.as_ref().map(|held| &held.id) != of.current {
            let known = place.map(|place| &self.known[place]);
            self.held =
                known.zip(of.current).map(|(known, id)| Held { id: id.clone(), facts: known.facts.clone(), is_listed: known.is_in });
        }
        self.sort(place, wanted);
    }

    /// Lists what passes, and the article on the page where it did when it was opened.
    fn sort(&mut self, current: Option<usize>, wanted: &Wanted) {
        let held = current.zip(self.held.as_ref());
        let is_listed = |place: usize| match held {
            Some((current, held)) if current == place => held.is_listed || self.known[place].is_in,
            _ => self.known[place].is_in,
        };
        let facts = |place: usize| match held {
            Some((current, held)) if current == place => (place, &held.facts),
            _ => (place, &self.known[place].facts),
        };
        // What was in order mostly still is: sorting goes over long runs at once.
        let mut is_new = vec![true; self.known.len()];
        let mut rows: Vec<usize> = Vec::with_capacity(self.known.len());
        rows.extend(
            self.rows.iter().copied().filter(|place| *place < self.known.len() && std::mem::take(&mut is_new[*place]) && is_listed(*place)),
        );
        rows.extend((0..self.known.len()).filter(|place| is_new[*place] && is_listed(*place)));
        rows.sort_by(|a, b| wanted.order.compare(wanted.is_reversed, facts(*a), facts(*b)));
        self.rows = rows;
    }

    /// Looks at what changed; answers with the places of it, or `None` where other articles stand at the places.
    fn look_at(&mut self, articles: &[Arc<Article>]) -> Option<Vec<usize>> {
        let is_same = |known: &Known, article: &Arc<Article>| std::ptr::eq(known.article.as_ptr(), Arc::as_ptr(article));
        let changed: Vec<usize> = match self.known.len() == articles.len() {
            true => (0..articles.len()).filter(|place| !is_same(&self.known[*place], &articles[*place])).collect(),
            false => Vec::new(),
        };
        let is_moved = self.known.len() != articles.len() || changed.len() > articles.len() / 2;
        if is_moved {
            let mut before: HashMap<*const Article, Known> = self.known.drain(..).map(|known| (known.article.as_ptr(), known)).collect();
            let known = articles.iter().map(|article| before.remove(&Arc::as_ptr(article)).unwrap_or_else(|| Known::of(article)));
            self.known = known.collect();
        } else {
            changed.iter().for_each(|place| self.known[*place] = Known { is_in: self.known[*place].is_in, ..Known::of(&articles[*place]) });
        }
        if is_moved || !changed.is_empty() {
            let language = |known: &Known| known.facts.language.clone();
            let first = self.known.first().map(language);
            self.has_languages = self.known.iter().any(|known| Some(&known.facts.language) != first.as_ref());
            self.has_tags =
                articles.iter().zip(&self.known).any(|(article, known)| !article.desk.tags.is_empty() || known.facts.has_note());
        }
        (!is_moved).then_some(changed)
    }
}

impl Known {
    fn of(article: &Arc<Article>) -> Self {
        Self { article: Arc::downgrade(article), facts: Facts::of(article), is_in: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Edit, How};
    use crate::decide::{Stamp, article, decision};
    use crate::dsl;

    struct Bench {
        session: Session,
        version: u64,
        wanted: Wanted,
        list: ArticleList,
        current: Option<ArticleId>,
    }

    impl Bench {
        fn new() -> Self {
            let pages = ["[ORG? NATO] met [PERSON? Ann].", "[GPE? Oslo] slept.", "[ORG? UN] and [ORG? EU] and [ORG? AU].", "Nothing."];
            let mut bench =
                Self { session: dsl::session(&pages), version: 0, wanted: Wanted::default(), list: ArticleList::default(), current: None };
            bench.refresh();
            bench
        }

        fn refresh(&mut self) -> String {
            let Self { session, version, wanted, list, current } = self;
            list.refresh(ListOf { session, version: (0, *version), wanted, current: current.as_ref(), copies: &Copies::default() });
            list.rows().iter().map(|place| session.articles()[*place].id.as_str().to_owned()).collect()
        }

        fn ask(&mut self, typed: &str) -> String {
            self.wanted.ask(typed);
            self.refresh()
        }

        fn open(&mut self, id: &str) -> String {
            self.current = Some(ArticleId::new(id));
            self.refresh()
        }

        fn apply(&mut self, edit: &Edit) -> String {
            self.session.apply(edit).expect("it fits");
            self.version += 1;
            self.refresh()
        }

        fn confirm(&mut self, id: &str, words: &str) -> String {
            let (id, mention) = dsl::nth(&self.session, id, words, 0);
            let edit = decision::confirm(&self.session, &id, mention, How::Looked, &Stamp::default()).expect("a decision");
            self.apply(&edit)
        }

        fn places(&self, id: &str) -> (String, String) {
            let place = self.session.position(&ArticleId::new(id));
            let (before, after) = self.list.around(place, &self.wanted);
            let ids = |places: &[usize]| places.iter().map(|place| self.session.articles()[*place].id.as_str().to_owned()).collect();
            (ids(before), ids(after))
        }
    }

    #[test]
    fn the_list_follows_filter_order_and_session() {
        let mut bench = Bench::new();
        assert_eq!(bench.refresh(), "abcd");
        assert_eq!(bench.ask("has:open"), "abc");
        bench.wanted.sort(ArticleOrder::Open);
        assert_eq!(bench.refresh(), "cab");
        bench.wanted.sort(ArticleOrder::Open);
        assert_eq!(bench.refresh(), "bac", "by the same once more it is turned round");
        assert_eq!(bench.confirm("b", "Oslo"), "ac");
        let edit = article::remove(&bench.session, &ArticleId::new("a"), &Stamp::default()).expect("it is there");
        assert_eq!(bench.apply(&edit), "c");
        assert_eq!(bench.apply(&edit.inverse()), "ac");
        assert_eq!(bench.ask(""), "bdac");
        assert_eq!((bench.list.passing(), bench.list.rows().len()), (4, 4));
    }

    #[test]
    fn the_article_on_the_page_stays_where_it_is_until_another_is_opened() {
        let mut bench = Bench::new();
        bench.wanted.sort(ArticleOrder::Open);
        bench.ask("has:open");
        assert_eq!(bench.open("a"), "cab");
        bench.confirm("a", "NATO");
        assert_eq!(bench.confirm("a", "Ann"), "cab", "nothing is open in it any more");
        assert_eq!((bench.list.passing(), bench.places("a")), (2, ("c".to_owned(), "b".to_owned())));
        assert_eq!(bench.open("b"), "cb");
        assert_eq!(bench.places("a"), ("cb".to_owned(), String::new()), "where it would stand");
        assert_eq!(bench.open("d"), "cb", "what never passed is not listed because it is opened");
        assert_eq!(bench.ask("entity:nothing"), "");
    }

    #[test]
    fn only_what_changed_is_looked_at_anew() {
        let mut bench = Bench::new();
        bench.ask("state:new");
        let before: Vec<*const Article> = bench.list.known.iter().map(|known| known.article.as_ptr()).collect();
        let (revision, _) = (bench.list.revision(), bench.confirm("b", "Oslo"));
        let after: Vec<*const Article> = bench.list.known.iter().map(|known| known.article.as_ptr()).collect();
        let changed: Vec<usize> = (0..4).filter(|place| before[*place] != after[*place]).collect();
        assert_eq!((changed, bench.list.facts(1).map(|facts| facts.open)), (vec![1], Some(0)));
        assert!(bench.list.revision() > revision, "another article passes than before");
        let revision = bench.list.revision();
        bench.ask("state:new ");
        bench.open("a");
        assert_eq!(bench.list.revision(), revision, "the same articles pass");
    }
}
