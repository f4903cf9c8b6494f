//! The rulebook: standing decisions, the analyst's own rules and lists, and those of the program in one list, each with
//! what it came to in this session. Kept up to date while the Rules view is shown.

use std::cmp::Reverse;
use std::sync::Arc;

use super::command::Step;
use super::state::State;
use super::{Command, Pane, View, ruling};
use crate::annotation::{Label, Mention, Origin, StandingRule, Verdict};
use crate::decide::names::NamesIndex;
use crate::decide::standing::{self, is_at_work};
use crate::quality::figures::{Figures, Measure, Source};
use crate::store::OwnPacks;
use crate::tagger::rules::{NameList, Rule};
use crate::tagger::{Part, PartKind};
use crate::text::sought::Sought;
use crate::text::{Span, name};

/// What stands in one row.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RowKey {
    /// A standing rule, by its normalised name.
    Standing(Arc<str>),
    /// A rule or list of the analyst, or a part of the tagger, by its name.
    Part(Arc<str>),
}

/// Where a row comes from, in the order of the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RowKind {
    Standing,
    OwnRule,
    OwnList,
    Rule,
    Grammar,
    List,
    Model,
}

impl RowKind {
    /// `your rule`.
    pub fn words(self) -> &'static str {
        match self {
            RowKind::Standing => "standing decision",
            RowKind::OwnRule => "your rule",
            RowKind::OwnList => "your list",
            RowKind::Rule => "rule",
            RowKind::Grammar => "grammar",
            RowKind::List => "list",
            RowKind::Model => "model",
        }
    }

    /// Whether it is the analyst's to edit and remove.
    pub fn is_own(self) -> bool {
        matches!(self, RowKind::Standing | RowKind::OwnRule | RowKind::OwnList)
    }
}

/// A standing rule, a rule, a list.
#[derive(Clone, PartialEq, Debug)]
pub struct RuleRow {
    pub key: RowKey,
    pub kind: RowKind,
    pub name: String,
    /// Empty where it gives several, or none.
    pub label: String,
    /// In words: what it does or finds.
    pub about: String,
    /// Of a rule.
    pub pattern: Arc<str>,
    pub examples: Arc<[String]>,
    /// How many names a list holds.
    pub names: Option<usize>,
    /// The file that it stands in, where that is the analyst's.
    pub file: Option<Arc<std::path::Path>>,
    pub is_on: bool,
    /// Why it does nothing although it is on.
    pub fault: Option<String>,
    /// Its mentions in this session.
    pub measure: Measure,
}

/// Which rows are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RuleFilter {
    #[default]
    All,
    Standing,
    /// The analyst's own rules and lists.
    Own,
    Rules,
    Lists,
    Off,
}

impl RuleFilter {
    pub const ALL: [RuleFilter; 6] =
        [RuleFilter::All, RuleFilter::Standing, RuleFilter::Own, RuleFilter::Rules, RuleFilter::Lists, RuleFilter::Off];

    pub fn name(self) -> &'static str {
        match self {
            RuleFilter::All => "All",
            RuleFilter::Standing => "Standing",
            RuleFilter::Own => "Yours",
            RuleFilter::Rules => "Rules",
            RuleFilter::Lists => "Lists",
            RuleFilter::Off => "Off",
        }
    }

    pub fn admits(self, row: &RuleRow) -> bool {
        match self {
            RuleFilter::All => true,
            RuleFilter::Standing => row.kind == RowKind::Standing,
            RuleFilter::Own => matches!(row.kind, RowKind::OwnRule | RowKind::OwnList),
            RuleFilter::Rules => matches!(row.kind, RowKind::OwnRule | RowKind::Rule | RowKind::Grammar),
            RuleFilter::Lists => matches!(row.kind, RowKind::OwnList | RowKind::List),
            RuleFilter::Off => !row.is_on,
        }
    }
}

/// What rows are ordered by, within the whole list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RuleOrder {
    /// Standing decisions, the analyst's own, then the program's; the most hits first.
    #[default]
    Kind,
    Name,
    Hits,
    Rejected,
    /// The least precise first.
    Precision,
}

/// A mention that the row in focus has made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    pub article: crate::annotation::ArticleId,
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

/// A rule or list as it was written, to be put into a file.
#[derive(Clone, PartialEq, Debug)]
pub enum Written {
    Rule(Rule),
    List(NameList),
}

impl Written {
    pub fn id(&self) -> &str {
        match self {
            Written::Rule(rule) => &rule.id,
            Written::List(list) => &list.id,
        }
    }
}

#[derive(Debug, Default)]
pub struct Rulebook {
    pub text: String,
    pub filter: RuleFilter,
    pub order: RuleOrder,
    /// Rows that filter and text admit, in order.
    pub rows: Vec<RuleRow>,
    /// How many rows each filter admits, in the order of [`RuleFilter::ALL`].
    pub totals: [usize; 6],
    pub at: Option<RowKey>,
    /// The mentions of the row in focus.
    pub hits: Vec<Hit>,
    pub writing: Option<Writing>,
    /// The row that is removed when removing is asked for once more.
    pub removing: Option<RowKey>,
    /// A row to go to once it is there.
    wanted: Option<RowKey>,
    counted_for: Option<(u64, usize, bool)>,
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
    pub(super) fn has(&self, key: &RowKey) -> bool {
        self.all.iter().any(|row| row.key == *key)
    }

    fn go(&mut self, row: usize) {
        let key = self.rows.get(row.min(self.rows.len().saturating_sub(1))).map(|row| row.key.clone());
        if key != self.at {
            self.removing = None;
            self.at = key;
        }
    }
}

impl State {
    /// Takes a command over that means something else in the list of rules than on the page. Hands back what it does
    /// not know.
    pub(super) fn run_in_rules(&mut self, command: Command) -> Option<Command> {
        let at = self.rulebook.position().unwrap_or(0);
        match command {
            Command::GoOpen(Step::On) | Command::GoMention(Step::On) => self.rulebook.go(at + 1),
            Command::GoOpen(Step::Back) | Command::GoMention(Step::Back) => self.rulebook.go(at.saturating_sub(1)),
            Command::Confirm(_) => self.switch_row(),
            Command::Reject(_) | Command::Reopen => self.remove_row(),
            Command::ApplyConcordance => self.write_row(),
            Command::AcceptRest if self.rulebook.writing.is_none() => self.open_hit(),
            Command::Leave if self.rulebook.writing.is_some() => self.stop_writing(),
            Command::FilterRules(text, filter) => (self.rulebook.text, self.rulebook.filter) = (text, filter),
            Command::SortRules(order) => self.rulebook.order = order,
            command => return Some(command),
        }
        None
    }

    pub(super) fn go_rule(&mut self, key: RowKey) {
        if self.stage.view != View::Rules {
            self.show(View::Rules);
        }
        self.rulebook.at = Some(key);
        self.rulebook.removing = self.rulebook.removing.take().filter(|removing| Some(removing) == self.rulebook.at.as_ref());
        if self.rulebook.row().is_none() {
            self.want_rule(self.rulebook.at.clone());
        }
    }

    /// Goes to a row as soon as it is there, whatever is filtered.
    pub(super) fn want_rule(&mut self, key: Option<RowKey>) {
        (self.rulebook.text, self.rulebook.filter) = (String::new(), RuleFilter::All);
        self.rulebook.wanted = key;
    }

    /// Brings rows, figures and mentions up to date where something changed since they were made.
    pub(super) fn refresh_rulebook(&mut self) {
        let revision = self.history().revision();
        if matches!(self.stage.view, View::Rules | View::Overview) && self.figures.0 != Some(revision) {
            self.figures = (Some(revision), Figures::of(self.session()));
        }
        if self.stage.view != View::Rules {
            return;
        }
        let counted = (revision, Arc::as_ptr(&self.lists) as usize, self.names().is_some() && self.lists.packs().is_some());
        let is_new = self.rulebook.counted_for != Some(counted);
        if is_new {
            self.rulebook.all = self.all_rows();
            self.rulebook.counted_for = Some(counted);
        }
        self.refresh_rows(is_new);
    }

    fn refresh_rows(&mut self, is_new: bool) {
        let book = &mut self.rulebook;
        let sorted = (book.text.clone(), book.filter, book.order);
        if is_new || book.sorted_for.as_ref() != Some(&sorted) {
            let seeks = book.sorted_for.as_ref().is_some_and(|was| was.0 != book.text) && !book.text.is_empty();
            let at = book.position().filter(|_| !seeks).unwrap_or(0);
            let wanted = Sought::words(&book.text);
            let has_text = |row: &RuleRow| wanted.is_in(&format!("{} {} {} {}", row.name, row.label, row.about, row.kind.words()));
            let mut rows: Vec<RuleRow> = book.all.iter().filter(|row| has_text(row)).cloned().collect();
            book.totals = RuleFilter::ALL.map(|filter| rows.iter().filter(|row| filter.admits(row)).count());
            rows.retain(|row| book.filter.admits(row));
            sort(&mut rows, book.order);
            book.rows = rows;
            book.sorted_for = Some(sorted);
            let wanted = book.wanted.take_if(|wanted| book.rows.iter().any(|row| row.key == *wanted));
            let is_wanted = wanted.is_some();
            if is_wanted {
                book.at = wanted;
            }
            if !is_wanted && seeks || book.position().is_none() {
                book.go(at);
            }
        }
        if is_new || self.rulebook.hits_for != self.rulebook.at {
            self.rulebook.hits = self.hits_of(self.rulebook.at.as_ref());
            self.rulebook.hits_for = self.rulebook.at.clone();
        }
    }

    fn all_rows(&self) -> Vec<RuleRow> {
        let (session, figures) = (self.session(), &self.figures.1);
        let mut rows: Vec<RuleRow> = session.rules().iter().map(|rule| self.standing_row(rule)).collect();
        let none = OwnPacks::default();
        let packs = self.lists.packs().unwrap_or(&none);
        for own in &packs.packs {
            let fault =
                |id: &str| own.faults.iter().find(|fault| fault.left_out() == Some(id)).map(|fault| format!("left out, {}", fault.brief()));
            let file: Option<Arc<std::path::Path>> = Some(own.path.as_path().into());
            for rule in &own.pack.rules {
                let row = self.part_row(&rule.id, RowKind::OwnRule, &rule.label, rule.reason.clone(), figures);
                let (pattern, examples) = (rule.pattern.as_str().into(), rule.examples.as_slice().into());
                rows.push(RuleRow { fault: fault(&rule.id).or(row.fault), pattern, examples, file: file.clone(), ..row });
            }
            for list in &own.pack.lists {
                let row = self.part_row(&list.id, RowKind::OwnList, &list.label, list.about.clone(), figures);
                let row = if list.never { RuleRow { fault: None, about: format!("never a name, {}", list.about), ..row } } else { row };
                rows.push(RuleRow { fault: fault(&list.id).or(row.fault), names: Some(list.names.len()), file: file.clone(), ..row });
            }
        }
        for part in self.lists.base().parts() {
            let Part { id, kind, label, about, examples, pattern } = part;
            let (kind, names) = match kind {
                PartKind::Rule => (RowKind::Rule, None),
                PartKind::Grammar => (RowKind::Grammar, None),
                PartKind::List(names) => (RowKind::List, Some(names)),
                PartKind::Model => (RowKind::Model, None),
            };
            let row = self.part_row(&id, kind, &label, about, figures);
            let name = if kind == RowKind::Model { format!("model {id}") } else { row.name };
            rows.push(RuleRow { name, names, pattern: pattern.into(), examples: examples.into(), ..row });
        }
        rows
    }

    fn standing_row(&self, rule: &StandingRule) -> RuleRow {
        let settled = self.names().map_or(0, |index| standing::settled_by(self.session(), index, rule).len());
        let label = if let Verdict::Always(label) = &rule.verdict { label.to_string() } else { String::new() };
        let is_idle = !rule.off && !is_at_work(rule, self.session().scheme());
        let mut measure = Measure::default();
        match rule.verdict {
            Verdict::Always(_) => measure.confirmed = settled,
            Verdict::Never => measure.rejected = settled,
        }
        RuleRow {
            key: RowKey::Standing(name::key(&rule.name).into()),
            kind: RowKind::Standing,
            name: rule.name.clone(),
            about: ruling::verdict_words(rule),
            pattern: "".into(),
            examples: Arc::default(),
            names: None,
            file: None,
            is_on: !rule.off,
            fault: is_idle.then(|| format!("the label {label} is not in use")),
            label,
            measure,
        }
    }

    fn part_row(&self, id: &str, kind: RowKind, label: &str, about: String, figures: &Figures) -> RuleRow {
        let id: Arc<str> = id.into();
        let source = match kind {
            RowKind::OwnList | RowKind::List => Source::List(id.clone()),
            RowKind::Model => Source::Model(id.clone()),
            _ => Source::Rule(id.clone()),
        };
        let is_strange = kind.is_own() && self.session().scheme().by_name(label).is_none();
        RuleRow {
            name: id.to_string(),
            is_on: !self.settings().lists_off.contains(&*id),
            key: RowKey::Part(id),
            kind,
            label: label.to_owned(),
            about,
            pattern: "".into(),
            examples: Arc::default(),
            names: None,
            file: None,
            fault: is_strange.then(|| format!("this session has no label {label}; add it under Labels")),
            measure: figures.sources.get(&source).copied().unwrap_or_default(),
        }
    }

    /// The mentions of a row, in order of articles and reading.
    fn hits_of(&self, key: Option<&RowKey>) -> Vec<Hit> {
        let hit = |article: &crate::annotation::Article, mention: &Mention| Hit { article: article.id.clone(), span: mention.span };
        match key {
            Some(RowKey::Standing(key)) => {
                let rule = self.session().rules().iter().find(|rule| name::key(&rule.name) == **key);
                let settled = |(rule, index): (&StandingRule, &NamesIndex)| standing::settled_by(self.session(), index, rule);
                let found = rule.zip(self.names()).map(settled).unwrap_or_default();
                found.into_iter().map(|(article, mention)| hit(article, mention)).collect()
            }
            Some(RowKey::Part(id)) => {
                let is_of = |mention: &&Mention| match &mention.origin {
                    Origin::Rule(other) | Origin::Model(other) => other == id,
                    Origin::Gazetteer { list, .. } => list == id,
                    _ => false,
                };
                let articles = self.session().articles().iter();
                articles.flat_map(|article| article.mentions.iter().filter(is_of).map(|mention| hit(article, mention))).collect()
            }
            None => Vec::new(),
        }
    }

    /// Switches the row in focus on or off.
    fn switch_row(&mut self) {
        let Some(row) = self.rulebook.row().cloned() else { return self.say("No rule is in focus") };
        match &row.key {
            RowKey::Standing(key) => {
                let Some(at) = self.standing_at(key) else { return };
                let rule = self.session().rules()[at].clone();
                self.set_rule(at, Some(StandingRule { off: row.is_on, ..rule }));
            }
            RowKey::Part(_) if row.kind == RowKind::Model => self.say("The model cannot be switched off; a label can, under Labels"),
            RowKey::Part(id) => {
                let mut settings = self.settings().clone();
                if !settings.lists_off.remove(&**id) {
                    settings.lists_off.insert(id.to_string());
                }
                self.set_settings(settings);
                let words = if row.is_on { "off" } else { "on" };
                self.say(format!("{} is {words}. Tag again to see what that changes", row.name));
            }
        }
    }

    /// Removes the row in focus, where it is the analyst's: a standing rule at once, for undo brings it back; a rule or
    /// list of a file when asked twice.
    fn remove_row(&mut self) {
        let Some(row) = self.rulebook.row().cloned() else { return self.say("No rule is in focus") };
        match &row.key {
            RowKey::Standing(key) => {
                if let Some(at) = self.standing_at(key) {
                    self.set_rule(at, None);
                }
            }
            RowKey::Part(_) if !row.kind.is_own() => self.say("This one belongs to the program; it can be switched off"),
            RowKey::Part(id) if self.rulebook.removing.as_ref() == Some(&row.key) => self.remove_part(&id.clone()),
            RowKey::Part(_) => {
                self.say(format!("Once more removes {} from its file; there is no undo, but the file as it was is kept", row.name));
                self.rulebook.removing = Some(row.key);
            }
        }
    }

    /// Writes on the row in focus, where it is the analyst's.
    fn write_row(&mut self) {
        let Some(row) = self.rulebook.row() else { return };
        match (&row.key, row.kind) {
            (RowKey::Part(id), RowKind::OwnRule | RowKind::OwnList) => self.start_writing(Writing::Part(id.clone())),
            _ => self.open_hit(),
        }
    }

    /// Begins a new rule, for the words selected or in focus on the page.
    pub(super) fn new_rule(&mut self) {
        let span = self.page.selection.or_else(|| self.focused().map(|mention| mention.span)).filter(|_| self.stage.view == View::Review);
        let words = span.and_then(|span| self.open_article_ref().map(|article| article.quote(span).to_owned()));
        self.show(View::Rules);
        self.start_writing(Writing::New(words.unwrap_or_default()));
    }

    pub(super) fn start_writing(&mut self, writing: Writing) {
        self.rulebook.writing = Some(writing);
        self.stage.pane = Pane::Inspector;
    }

    pub(super) fn stop_writing(&mut self) {
        self.rulebook.writing = None;
        self.stage.pane = Pane::Page;
    }

    /// Opens the article at the first mention of the row in focus.
    fn open_hit(&mut self) {
        match self.rulebook.hits.first().cloned() {
            Some(hit) => {
                self.run(Command::Show(View::Review));
                self.run(Command::OpenAt(hit.article, hit.span));
            }
            None => self.say("It has no mention in this session"),
        }
    }

    pub(super) fn standing_at(&self, key: &str) -> Option<usize> {
        self.session().rules().iter().position(|rule| name::key(&rule.name) == key)
    }

    /// Figures of the tagger on this session, as of the last time that Overview or Rules was drawn.
    pub fn figures(&self) -> &Figures {
        &self.figures.1
    }

    /// The label that a new rule begins with: that of the words in focus, where they have one.
    pub fn label_for_rule(&self) -> Label {
        let focused = self.focused().map(|mention| mention.label.clone());
        let first = || self.session().scheme().in_use().next().map(|def| def.name.clone());
        focused.or_else(first).unwrap_or_else(|| Label::new("ORG"))
    }
}

fn sort(rows: &mut [RuleRow], order: RuleOrder) {
    let precision = |row: &RuleRow| row.measure.precision().map_or(u64::MAX, |share| (share.ratio() * 1e9) as u64);
    rows.sort_by(|a, b| {
        let hits = |row: &RuleRow| Reverse(row.measure.hits());
        let by = match order {
            RuleOrder::Kind => (group(a.kind), hits(a)).cmp(&(group(b.kind), hits(b))),
            RuleOrder::Name => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
            RuleOrder::Hits => hits(a).cmp(&hits(b)),
            RuleOrder::Rejected => b.measure.rejected.cmp(&a.measure.rejected).then(hits(a).cmp(&hits(b))),
            RuleOrder::Precision => precision(a).cmp(&precision(b)).then(hits(a).cmp(&hits(b))),
        };
        by.then_with(|| (a.kind, &a.name, &a.key).cmp(&(b.kind, &b.name, &b.key)))
    });
}

/// Standing decisions, the analyst's own, the program's.
fn group(kind: RowKind) -> u8 {
    match kind {
        RowKind::Standing => 0,
        RowKind::OwnRule | RowKind::OwnList => 1,
        _ => 2,
    }
}
