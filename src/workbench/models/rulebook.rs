//! The rulebook: standing decisions, the analyst's own rules and lists, and those of the program in one list, filtered and
//! ordered, with the mentions of the row in focus. Made while the Rules view is shown.

use std::ptr;
use std::sync::Arc;

use super::rule_rows::{RowKey, RuleFilter, RuleOrder, RuleRow, RulesOf, sort};
use crate::annotation::{Article, ArticleId, Mention, Origin, StandingRule};
use crate::decide::names::NamesIndex;
use crate::decide::standing;
use crate::tagger::LEARNED;
use crate::text::sought::Sought;
use crate::text::{Span, name};
use crate::workbench::parts::Stage;

/// A mention that the row in focus has made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    pub article: ArticleId,
    pub span: Span,
}

/// What is being written in the Rules view.
#[derive(Clone, PartialEq, Debug)]
pub enum Writing {
    /// A new rule, for these words of an article.
    New(String),
    /// A rule or list of the analyst's own.
    Part(Arc<str>),
}

#[derive(Debug, Default)]
pub struct Rulebook {
    pub text: String,
    pub filter: RuleFilter,
    pub order: RuleOrder,
    /// Rows that filter and text admit, in order.
    pub rows: Vec<RuleRow>,
    /// How many rows each filter admits, in the order of [`RuleFilter::ALL`].
    pub totals: [usize; RuleFilter::ALL.len()],
    pub at: Option<RowKey>,
    /// The mentions of the row in focus.
    pub hits: Vec<Hit>,
    pub writing: Option<Writing>,
    /// Where the analyst was before the view was turned to for writing.
    pub came_from: Option<Stage>,
    /// The row that is removed when removing is asked for once more.
    pub removing: Option<RowKey>,
    /// A row to go to once it is there.
    wanted: Option<RowKey>,
    counted_for: Option<((u64, u64), [usize; 2], bool)>,
    sorted_for: Option<(String, RuleFilter, RuleOrder)>,
    hits_for: Option<RowKey>,
    all: Vec<RuleRow>,
}

impl Rulebook {
    /// The place of the row in focus among the rows.
    pub fn position(&self) -> Option<usize> {
        self.rows.iter().position(|row| Some(&row.key) == self.at.as_ref())
    }

    pub fn row(&self) -> Option<&RuleRow> {
        self.rows.get(self.position()?)
    }

    /// Whether there is a row of this name, shown or not.
    pub fn has(&self, key: &RowKey) -> bool {
        self.all.iter().any(|row| row.key == *key)
    }

    pub fn go(&mut self, row: usize) {
        let key = self.rows.get(row.min(self.rows.len().saturating_sub(1))).map(|row| row.key.clone());
        if key != self.at {
            self.removing = None;
            self.at = key;
        }
    }

    /// Goes to a row as soon as it is there, whatever is filtered.
    pub fn want(&mut self, key: Option<RowKey>) {
        (self.text, self.filter) = (String::new(), RuleFilter::All);
        self.wanted = key;
    }

    /// Brings rows and mentions up to date where something changed since they were made.
    pub fn refresh(&mut self, of: RulesOf<'_>) {
        let made_from = [ptr::from_ref(of.lists) as usize, ptr::from_ref(of.learning) as usize];
        let counted = (of.version, made_from, of.index.is_some() && of.lists.packs().is_some());
        let is_new = self.counted_for != Some(counted);
        if is_new {
            self.all = of.rows();
            self.counted_for = Some(counted);
        }
        self.refresh_rows(of, is_new);
    }

    fn refresh_rows(&mut self, of: RulesOf<'_>, is_new: bool) {
        let sorted = (self.text.clone(), self.filter, self.order);
        if is_new || self.sorted_for.as_ref() != Some(&sorted) {
            let seeks = self.sorted_for.as_ref().is_some_and(|was| was.0 != self.text) && !self.text.is_empty();
            let at = self.position().filter(|_| !seeks).unwrap_or(0);
            let wanted = Sought::words(&self.text);
            let has_text = |row: &RuleRow| wanted.is_in(&format!("{} {} {} {}", row.name, row.label, row.about, row.kind.words()));
            let mut rows: Vec<RuleRow> = self.all.iter().filter(|row| has_text(row)).cloned().collect();
            self.totals = RuleFilter::ALL.map(|filter| rows.iter().filter(|row| filter.admits(row)).count());
            rows.retain(|row| self.filter.admits(row));
            sort(&mut rows, self.order);
            self.rows = rows;
            self.sorted_for = Some(sorted);
            let wanted = self.wanted.take_if(|wanted| self.rows.iter().any(|row| row.key == *wanted));
            let is_wanted = wanted.is_some();
            if is_wanted {
                self.at = wanted;
            }
            if !is_wanted && seeks || self.position().is_none() {
                self.go(at);
            }
        }
        if is_new || self.hits_for != self.at {
            self.hits = hits_of(of, self.at.as_ref());
            self.hits_for = self.at.clone();
        }
    }
}

/// The mentions of a row, in order of articles and reading.
fn hits_of(of: RulesOf<'_>, key: Option<&RowKey>) -> Vec<Hit> {
    let hit = |article: &Article, mention: &Mention| Hit { article: article.id.clone(), span: mention.span };
    match key {
        Some(RowKey::Standing(key)) => {
            let rule = of.session.rules().iter().find(|rule| name::key(&rule.name) == **key);
            let settled = |(rule, index): (&StandingRule, &NamesIndex)| standing::settled_by(of.session, index, rule);
            let found = rule.zip(of.index).map(settled).unwrap_or_default();
            found.into_iter().map(|(article, mention)| hit(article, mention)).collect()
        }
        Some(RowKey::Part(id)) => {
            let is_of = |mention: &&Mention| match &mention.origin {
                Origin::Rule(other) | Origin::Model(other) => other == id,
                Origin::Gazetteer { list, .. } => list == id,
                Origin::Learned(what) => id.strip_prefix(LEARNED) == Some(what),
                _ => false,
            };
            let articles = of.session.articles().iter();
            articles.flat_map(|article| article.mentions.iter().filter(is_of).map(|mention| hit(article, mention))).collect()
        }
        None => Vec::new(),
    }
}
