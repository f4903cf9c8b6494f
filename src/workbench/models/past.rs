//! The history as it is shown: every decision, newest first, with a filter. Made from session and history while
//! the History view is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::annotation::{Article, Entry, Fate, History, Op, Session, Verb};
use crate::decide::past;
use crate::text::sought::Sought;

/// The list of the History view.
#[derive(Debug, Default)]
pub struct Past {
    pub filter: PastFilter,
    /// Places among the history's entries that the filter admits, the newest first.
    pub rows: Vec<usize>,
    /// How many lines the filter admits, whatever became of them, and how many of those were taken back.
    pub totals: [usize; 2],
    /// The entry in focus, by its place.
    pub at: Option<usize>,
    /// The article of that entry as it was right after it.
    pub then: Option<Arc<Article>>,
    /// Verbs and names that occur, to choose from.
    pub verbs: Vec<Verb>,
    pub analysts: BTreeSet<Arc<str>>,
    /// What came in several parts and is one line, by the place of its last part, which stands for all.
    together: BTreeMap<usize, Together>,
    made_for: Option<(usize, u64, PastFilter)>,
    shown_for: Option<(usize, u64, usize)>,
}

/// Edits that were made by one command.
#[derive(Debug)]
struct Together {
    /// The place of the first of them.
    first: usize,
    what: String,
}

/// In seconds: parts of one folder do not come further apart than this.
const APART: i64 = 60;

/// Whether an entry goes on with what the one before it began: a folder's articles come some at a time.
fn goes_on(before: &Entry, entry: &Entry) -> bool {
    let (a, b) = (&before.edit, &entry.edit);
    let is_added = a.verb == Verb::AddArticles && b.verb == Verb::AddArticles;
    is_added && before.fate == entry.fate && a.by == b.by && (0..=APART).contains(&(b.at.0 - a.at.0))
}

/// Which decisions are listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PastFilter {
    /// Words of the decision, of its article's title, or of the analyst's name.
    pub text: String,
    pub verb: Option<Verb>,
    pub by: Option<Arc<str>>,
    pub only_taken_back: bool,
}

impl PastFilter {
    /// Whatever became of it.
    fn admits(&self, entry: &Entry, session: &Session) -> bool {
        let edit = &entry.edit;
        if self.verb.is_some_and(|verb| verb != edit.verb) || self.by.as_ref().is_some_and(|by| *by != edit.by) {
            return false;
        }
        let wanted = Sought::phrase(&self.text);
        let has = |words: &str| wanted.is_in(words);
        wanted.is_empty() || has(&edit.describe()) || has(&edit.by) || has(title_of(entry, session))
    }
}

/// The title of the article that a decision was made on; its id where it is gone, nothing where there was none.
pub fn title_of<'a>(entry: &'a Entry, session: &'a Session) -> &'a str {
    let target = entry.edit.target.as_ref();
    target.map_or("", |target| session.article(&target.article).map_or(target.article.as_str(), |article| article.title()))
}

impl Past {
    /// The place of the entry in focus among the rows.
    pub fn row(&self) -> Option<usize> {
        // Rows are sorted, the newest and so the greatest first.
        self.rows.binary_search_by(|place| self.at.cmp(&Some(*place))).ok()
    }

    /// The places of the entries that the line at `place` stands for.
    pub fn parts(&self, place: usize) -> Range<usize> {
        self.together.get(&place).map_or(place, |together| together.first)..place + 1
    }

    /// What the line at `place` is about: the words of its entry, or of all that it stands for.
    pub fn what<'a>(&'a self, place: usize, entry: &'a Entry) -> &'a str {
        self.together.get(&place).map_or(&entry.edit.what, |together| &together.what)
    }

    pub fn go(&mut self, row: usize) {
        self.at = self.rows.get(row.min(self.rows.len().saturating_sub(1))).copied();
    }

    /// Brings the list up to date where something changed since it was made.
    pub fn refresh(&mut self, history: &History, session: &Session) {
        let entries = history.entries();
        let key = (entries.len(), history.revision(), self.filter.clone());
        if self.made_for.as_ref() != Some(&key) {
            self.together = together(entries);
            let is_admitted = |place: &usize| self.parts(*place).any(|part| self.filter.admits(&entries[part], session));
            let is_last = |place: &usize| entries.get(place + 1).is_none_or(|next| !goes_on(&entries[*place], next));
            self.rows = (0..entries.len()).rev().filter(is_last).filter(is_admitted).collect();
            let is_taken_back = |place: &usize| entries[*place].fate != Fate::Done;
            self.totals = [self.rows.len(), self.rows.iter().filter(|place| is_taken_back(place)).count()];
            if self.filter.only_taken_back {
                self.rows.retain(is_taken_back);
            }
            self.verbs.clear();
            for entry in entries {
                if !self.verbs.contains(&entry.edit.verb) {
                    self.verbs.push(entry.edit.verb);
                }
            }
            self.analysts = entries.iter().map(|entry| entry.edit.by.clone()).collect();
            self.made_for = Some(key);
        }
        if self.row().is_none() {
            // What is nearest in time.
            let row = self.rows.partition_point(|place| Some(*place) > self.at);
            self.go(if self.at.is_some() { row } else { 0 });
        }
        let shown = self.at.map(|at| (entries.len(), history.revision(), at));
        if self.shown_for != shown {
            let target = self.at.and_then(|at| entries[at].edit.target.as_ref());
            self.then = target.zip(self.at).and_then(|(target, at)| past::article_then(session, history, at, &target.article));
            self.shown_for = shown;
        }
    }
}

/// What is one line, by the place of its last part.
fn together(entries: &[Entry]) -> BTreeMap<usize, Together> {
    let mut found = BTreeMap::new();
    let mut first = 0;
    for place in 1..=entries.len() {
        if entries.get(place).is_some_and(|entry| goes_on(&entries[place - 1], entry)) {
            continue;
        }
        if place - first > 1 {
            let ops = entries[first..place].iter().flat_map(|entry| &entry.edit.ops);
            let articles = ops.filter(|op| matches!(op, Op::Article { before: None, .. })).count();
            found.insert(place - 1, Together { first, what: format!("{articles} articles") });
        }
        first = place;
    }
    found
}
