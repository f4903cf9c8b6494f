//! The names queue: every name of the session in a table, and beside it what one decision on the name in focus would
//! reach. Kept up to date while the Names view is shown; a decision applies it as one edit.
//!
//! The decision that is shown is confirming, until a key asks for another one: that key shows it first, and pressed
//! again (or `Enter`) applies it. So confirming a name is one key, and nothing is applied that was not on screen.

use std::sync::Arc;

use super::command::Step;
use super::state::State;
use super::{Command, View, ruling};
use crate::annotation::{Label, StandingRule, Verdict};
use crate::decide::Stamp;
use crate::decide::names::{NameFilter, NameOrder, NameRow, name_rows};
use crate::decide::spread::{self, Decision};

/// The table of names as it is shown.
#[derive(Debug)]
pub struct Queue {
    pub filter: NameFilter,
    pub order: NameOrder,
    /// Names that the filter admits, in order.
    pub rows: Vec<NameRow>,
    /// How many names there are in all, open, in conflict and settled.
    pub totals: Totals,
    /// The name in focus.
    pub at: Option<Arc<str>>,
    /// The decision whose reach is shown.
    pub decision: Decision,
    /// Why that decision cannot be made on this name.
    pub refusal: Option<String>,
    /// Whether the decision is to stay as a standing rule.
    pub keeps_rule: bool,
    counted_for: Option<(u64, NameFilter, NameOrder)>,
    shown_for: Option<(u64, Arc<str>, Decision)>,
}

/// How many names fall under each of the filters that are offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    pub all: usize,
    pub open: usize,
    pub conflicting: usize,
    pub settled: usize,
    /// Mentions that wait for a decision.
    pub mentions: usize,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            filter: NameFilter { is_open: true, ..NameFilter::default() },
            order: NameOrder::default(),
            rows: Vec::new(),
            totals: Totals::default(),
            at: None,
            decision: Decision::Confirm,
            refusal: None,
            keeps_rule: false,
            counted_for: None,
            shown_for: None,
        }
    }
}

impl Queue {
    /// The place of the name in focus among the rows.
    pub fn row(&self) -> Option<usize> {
        self.rows.iter().position(|row| Some(&row.key) == self.at.as_ref())
    }

    /// The standing rule that the decision shown would leave behind, where one is wanted.
    fn rule(&self, label: Option<&Label>, stamp: &Stamp) -> Option<StandingRule> {
        let row = self.rows.get(self.row()?).filter(|_| self.keeps_rule)?;
        let verdict = match (&self.decision, label) {
            (Decision::Reject, _) => Verdict::Never,
            (_, label) => Verdict::Always(label?.clone()),
        };
        Some(StandingRule { name: row.name.to_string(), verdict, off: false, note: String::new(), by: stamp.by.clone(), at: stamp.at })
    }

    /// Goes to a name; what is shown there first is confirming it.
    fn go(&mut self, row: usize) {
        let key = self.rows.get(row.min(self.rows.len().saturating_sub(1))).map(|row| row.key.clone());
        if key != self.at {
            self.decision = Decision::Confirm;
            self.keeps_rule = false;
        }
        self.at = key;
    }
}

impl State {
    /// Takes a command over that means something else in the table of names than on the page. Hands back what it does
    /// not know.
    pub(super) fn run_in_names(&mut self, command: Command) -> Option<Command> {
        let row = self.queue.row().unwrap_or(0);
        match command {
            Command::Confirm(_) => self.decide_name(Decision::Confirm),
            Command::Reject(_) => self.decide_name(Decision::Reject),
            Command::Label(label, _) => self.decide_name(Decision::Retype(label)),
            Command::ApplyConcordance => self.apply_to_name(),
            Command::GoOpen(Step::On) | Command::GoMention(Step::On) => self.queue.go(row + 1),
            Command::GoOpen(Step::Back) | Command::GoMention(Step::Back) => self.queue.go(row.saturating_sub(1)),
            Command::GoName(key) => {
                let row = self.queue.rows.iter().position(|row| *row.key == *key);
                self.queue.go(row.unwrap_or(0));
            }
            Command::FilterNames(filter) => self.queue.filter = filter,
            Command::SortNames(order) => self.queue.order = order,
            Command::KeepRule(keeps) => self.queue.keeps_rule = keeps,
            Command::AcceptRest => self.open_name(),
            command => return Some(command),
        }
        None
    }

    /// Brings table and preview up to date where something changed since they were made.
    pub(super) fn refresh_queue(&mut self) {
        if self.stage.view != View::Names {
            return;
        }
        let revision = self.history().revision();
        let Some(index) = self.naming.index.as_ref() else { return };
        let key = (revision, self.queue.filter.clone(), self.queue.order);
        if self.queue.counted_for.as_ref() != Some(&key) {
            let was_at = self.queue.row().unwrap_or(0);
            let mut rows = name_rows(index, &NameFilter::default(), self.queue.order);
            self.queue.totals = totals(&rows);
            rows.retain(|row| self.queue.filter.admits(row));
            self.queue.rows = rows;
            self.queue.counted_for = Some(key);
            if self.queue.row().is_none() {
                self.queue.go(was_at);
            }
        }
        self.refresh_preview(revision);
    }

    fn refresh_preview(&mut self, revision: u64) {
        let Some(key) = self.queue.at.clone() else {
            self.concordance = None;
            self.queue.shown_for = None;
            return;
        };
        let wanted = (revision, key.clone(), self.queue.decision.clone());
        let is_shown = self.concordance.is_some() || self.queue.refusal.is_some();
        if is_shown && self.queue.shown_for.as_ref() == Some(&wanted) {
            return;
        }
        let stamp = self.stamp();
        let Some(index) = self.names() else { return };
        let shown = spread::of_name(self.session(), index, &key, &self.queue.decision, &stamp);
        self.queue.shown_for = Some(wanted);
        self.queue.refusal = shown.as_ref().err().map(|refusal| super::deciding::sentence(&refusal.to_string()));
        self.concordance = shown.ok();
    }

    /// Applies the decision where it is the one on screen; else shows it.
    fn decide_name(&mut self, decision: Decision) {
        if self.queue.at.is_none() {
            return self.say("No name is in focus");
        }
        if self.queue.decision == decision {
            self.apply_to_name();
        } else {
            self.queue.decision = decision;
            self.queue.keeps_rule = false;
        }
    }

    /// Applies what is ticked as one edit, the standing rule with it, and goes to the next name.
    fn apply_to_name(&mut self) {
        self.refresh_queue();
        let Some(concordance) = self.concordance.take() else {
            return self.say(self.queue.refusal.clone().unwrap_or_else(|| "No name is in focus".to_owned()));
        };
        let stamp = self.stamp();
        let rule = self.queue.rule(concordance.label(), &stamp);
        let at = self.queue.row().unwrap_or(0);
        let key = self.queue.at.clone();
        let edit = match (spread::apply(self.session(), &concordance), rule) {
            (Ok(edit), None) => Ok(edit),
            (Ok(edit), Some(rule)) => Ok(ruling::with_rule(self.session(), edit, rule)),
            (Err(_), Some(rule)) => Ok(ruling::rule_edit(self.session(), rule, &stamp)),
            (Err(refusal), None) => Err(refusal),
        };
        match edit {
            Ok(edit) => self.perform_told(edit),
            Err(refusal) => {
                self.refuse(&refusal);
                false
            }
        };
        self.queue.decision = Decision::Confirm;
        self.queue.keeps_rule = false;
        self.refresh_queue();
        // A settled name leaves the list of open ones, so that the next one stands in its place already.
        let stays = self.queue.rows.get(at).map(|row| row.key.clone()) == key;
        self.queue.go(if stays { at + 1 } else { at });
    }

    /// Goes to the name of the mention in focus on the page: what undo changed there.
    pub(super) fn go_to_name_in_focus(&mut self) {
        let quote = self.focused().zip(self.open_article_ref()).map(|(mention, article)| article.quote(mention.span));
        let Some(key) = quote.map(crate::text::name::key) else { return };
        self.refresh_queue();
        if let Some(row) = self.queue.rows.iter().position(|row| *row.key == *key) {
            self.queue.go(row);
        }
    }

    /// Opens the article at the first place of the name that waits for a decision, else at its first place.
    fn open_name(&mut self) {
        let rows = self.concordance.iter().flat_map(|concordance| &concordance.rows);
        let place = rows.clone().find(|row| row.ticked).or(rows.clone().next());
        if let Some((article, span)) = place.map(|row| (row.article.clone(), row.span)) {
            self.run(Command::Show(View::Review));
            self.run(Command::OpenAt(article, span));
        }
    }
}

fn totals(rows: &[NameRow]) -> Totals {
    let open = rows.iter().filter(|row| row.suggested > 0).count();
    Totals {
        all: rows.len(),
        open,
        conflicting: rows.iter().filter(|row| row.is_conflicting).count(),
        settled: rows.len() - open,
        mentions: rows.iter().map(|row| row.suggested as usize).sum(),
    }
}
