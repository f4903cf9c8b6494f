//! The history as it is shown: every decision, newest first, with a filter. Made from session and history while
//! the History view is shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::annotation::{Article, Entry, Fate, History, Session, Verb};
use crate::decide::past;
use crate::text::sought::Sought;

/// The list of the History view.
#[derive(Debug, Default)]
pub struct Past {
    pub filter: PastFilter,
    /// Places among the history's entries that the filter admits, the newest first.
    pub rows: Vec<usize>,
    /// The entry in focus, by its place.
    pub at: Option<usize>,
    /// The article of that entry as it was right after it.
    pub then: Option<Arc<Article>>,
    /// Verbs and names that occur, to choose from.
    pub verbs: Vec<Verb>,
    pub analysts: BTreeSet<Arc<str>>,
    made_for: Option<(usize, u64, PastFilter)>,
    shown_for: Option<(usize, u64, usize)>,
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
    fn admits(&self, entry: &Entry, session: &Session) -> bool {
        let edit = &entry.edit;
        if self.verb.is_some_and(|verb| verb != edit.verb)
            || self.by.as_ref().is_some_and(|by| *by != edit.by)
            || self.only_taken_back && entry.fate == Fate::Done
        {
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

    pub fn go(&mut self, row: usize) {
        self.at = self.rows.get(row.min(self.rows.len().saturating_sub(1))).copied();
    }

    /// Brings the list up to date where something changed since it was made.
    pub fn refresh(&mut self, history: &History, session: &Session) {
        let entries = history.entries();
        let key = (entries.len(), history.revision(), self.filter.clone());
        if self.made_for.as_ref() != Some(&key) {
            let newest_first = (0..entries.len()).rev();
            self.rows = newest_first.filter(|place| self.filter.admits(&entries[*place], session)).collect();
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
