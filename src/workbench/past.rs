//! The history as it is shown: every decision, newest first, with a filter; going to what one was made on, going back.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::command::Step;
use super::state::State;
use super::{Command, View};
use crate::annotation::{Article, Entry, Fate, History, Op, Session, Verb};
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

    fn go(&mut self, row: usize) {
        self.at = self.rows.get(row.min(self.rows.len().saturating_sub(1))).copied();
    }

    fn refresh(&mut self, history: &History, session: &Session) {
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

impl State {
    /// Takes a command over that means something else in the list of decisions than on the page. Hands back what it does
    /// not know.
    pub(super) fn run_in_history(&mut self, command: Command) -> Option<Command> {
        let row = self.past.row().unwrap_or(0);
        match command {
            Command::GoOpen(Step::On) | Command::GoMention(Step::On) => self.past.go(row + 1),
            Command::GoOpen(Step::Back) | Command::GoMention(Step::Back) => self.past.go(row.saturating_sub(1)),
            Command::GoEntry(place) => self.past.at = Some(place),
            Command::FilterPast(filter) => self.past.filter = filter,
            Command::OpenEntry | Command::AcceptRest => self.open_entry(),
            Command::GoBack => self.go_back(),
            command => return Some(command),
        }
        None
    }

    /// Brings the list up to date where something changed since it was made.
    pub(super) fn refresh_past(&mut self) {
        if self.stage.view == View::History {
            let mut past = std::mem::take(&mut self.past);
            past.refresh(self.history(), self.session());
            self.past = past;
        }
    }

    /// Goes to what the decision in focus was made on, or to where that stood.
    fn open_entry(&mut self) {
        let Some(entry) = self.past.at.and_then(|at| self.history().entries().get(at)) else {
            return self.say("No decision is in focus");
        };
        let Some(target) = entry.edit.target.clone() else { return self.say("This decision was not made on one article") };
        if self.session().article(&target.article).is_none() {
            return self.say("The article is no longer in the session");
        }
        let span = entry.edit.ops.iter().find_map(|op| match op {
            Op::Mention { before, after, .. } => {
                after.as_ref().or(before.as_ref()).filter(|mention| Some(mention.id) == target.mention).map(|mention| mention.span)
            }
            _ => None,
        });
        let is_there = target.mention.is_some_and(|id| self.session().mention(&target.article, id).is_some());
        self.run(Command::Show(View::Review));
        match span {
            Some(span) if !is_there => self.run(Command::OpenAt(target.article, span)),
            _ => self.open_mention(&target.article, target.mention),
        }
    }

    /// Makes the session what it was right after the decision in focus.
    fn go_back(&mut self) {
        let Some(at) = self.past.at else { return self.say("No decision is in focus") };
        match past::go_back(self.history(), at, &self.stamp()) {
            Ok(edit) => {
                let words = edit.answer();
                if self.perform(edit) {
                    let is_gone = self.page.article.as_ref().is_some_and(|id| self.session().article(id).is_none());
                    if is_gone || self.page.article.is_none() {
                        self.resume(None);
                    }
                    self.say(format!("{words}. One undo takes it back"));
                }
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }
}
