//! The rows of the rulebook: standing decisions, rules and lists, each with what it came to in this session.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;

use crate::annotation::{Label, Session, StandingRule, Verdict};
use crate::decide::learning::Learning;
use crate::decide::names::NamesIndex;
use crate::decide::ruling::verdict_words;
use crate::decide::standing::{self, is_at_work};
use crate::quality::figures::{Figures, Measure, Source};
use crate::store::{OwnPacks, Settings};
use crate::tagger::learned::Line;
use crate::tagger::{LEARNED, Part, PartKind};
use crate::text::name;
use crate::workbench::parts::Lists;

/// What the rows are made from.
#[derive(Clone, Copy)]
pub struct RulesOf<'s> {
    pub session: &'s Session,
    /// Names the moment: while it is the same, so is the session.
    pub version: (u64, u64),
    /// Nothing while it is being built.
    pub index: Option<&'s NamesIndex>,
    pub lists: &'s Lists,
    pub learning: &'s Learning,
    pub settings: &'s Settings,
    pub figures: &'s Figures,
}

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
    /// What the decisions of the session taught.
    Learned,
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
            RowKind::Learned => "learned",
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
    pub file: Option<Arc<Path>>,
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
    Learned,
    Off,
}

impl RuleFilter {
    pub const ALL: [RuleFilter; 7] = [
        RuleFilter::All,
        RuleFilter::Standing,
        RuleFilter::Own,
        RuleFilter::Rules,
        RuleFilter::Lists,
        RuleFilter::Learned,
        RuleFilter::Off,
    ];

    pub fn name(self) -> &'static str {
        match self {
            RuleFilter::All => "All",
            RuleFilter::Standing => "Standing",
            RuleFilter::Own => "Yours",
            RuleFilter::Rules => "Rules",
            RuleFilter::Lists => "Lists",
            RuleFilter::Learned => "Learned",
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
            RuleFilter::Learned => row.kind == RowKind::Learned,
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

impl RulesOf<'_> {
    /// Every row, whatever is filtered.
    pub fn rows(&self) -> Vec<RuleRow> {
        let mut rows: Vec<RuleRow> = self.session.rules().iter().map(|rule| self.standing_row(rule)).collect();
        let none = OwnPacks::default();
        let packs = self.lists.packs().unwrap_or(&none);
        for own in &packs.packs {
            let fault =
                |id: &str| own.faults.iter().find(|fault| fault.left_out() == Some(id)).map(|fault| format!("left out, {}", fault.brief()));
            let file: Option<Arc<Path>> = Some(own.path.as_path().into());
            for rule in &own.pack.rules {
                let row = self.part_row(&rule.id, RowKind::OwnRule, &rule.label, rule.reason.clone());
                let (pattern, examples) = (rule.pattern.as_str().into(), rule.examples.as_slice().into());
                rows.push(RuleRow { fault: fault(&rule.id).or(row.fault), pattern, examples, file: file.clone(), ..row });
            }
            for list in &own.pack.lists {
                let row = self.part_row(&list.id, RowKind::OwnList, &list.label, list.about.clone());
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
            let row = self.part_row(&id, kind, &label, about);
            let name = if kind == RowKind::Model { format!("model {id}") } else { row.name };
            rows.push(RuleRow { name, names, pattern: pattern.into(), examples: examples.into(), ..row });
        }
        rows.extend(self.learning.lines().iter().map(|line| self.learned_row(line)));
        rows
    }

    fn learned_row(&self, line: &Line) -> RuleRow {
        let label = line.label.as_ref().map_or("", Label::as_str);
        let row = self.part_row(&format!("{LEARNED}{}", line.id), RowKind::Learned, label, line.about.clone());
        let measure = self.figures.sources.get(&Source::Learned(line.id.clone())).copied().unwrap_or_default();
        RuleRow { name: line.name.to_string(), measure, ..row }
    }

    fn standing_row(&self, rule: &StandingRule) -> RuleRow {
        let settled = self.index.map_or(0, |index| standing::settled_by(self.session, index, rule).len());
        let label = if let Verdict::Always(label) = &rule.verdict { label.to_string() } else { String::new() };
        let is_idle = !rule.off && !is_at_work(rule, self.session.scheme());
        let mut measure = Measure::default();
        match rule.verdict {
            Verdict::Always(_) => measure.confirmed = settled,
            Verdict::Never => measure.rejected = settled,
        }
        RuleRow {
            key: RowKey::Standing(name::key(&rule.name).into()),
            kind: RowKind::Standing,
            name: rule.name.clone(),
            about: verdict_words(rule),
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

    fn part_row(&self, id: &str, kind: RowKind, label: &str, about: String) -> RuleRow {
        let id: Arc<str> = id.into();
        let source = match kind {
            RowKind::OwnList | RowKind::List => Source::List(id.clone()),
            RowKind::Model => Source::Model(id.clone()),
            _ => Source::Rule(id.clone()),
        };
        let is_strange = kind.is_own() && self.session.scheme().by_name(label).is_none();
        RuleRow {
            name: id.to_string(),
            is_on: !self.settings.lists_off.contains(&*id),
            key: RowKey::Part(id),
            kind,
            label: label.to_owned(),
            about,
            pattern: "".into(),
            examples: Arc::default(),
            names: None,
            file: None,
            fault: is_strange.then(|| format!("this session has no label {label}; add it under Labels")),
            measure: self.figures.sources.get(&source).copied().unwrap_or_default(),
        }
    }
}

/// Puts rows in an order.
pub fn sort(rows: &mut [RuleRow], order: RuleOrder) {
    // What was looked at too seldom stands behind what has a figure, and before what was never looked at.
    let precision = |row: &RuleRow| match row.measure.precision() {
        Some(share) if share.is_of_few() => u64::MAX - 1,
        Some(share) => (share.ratio() * 1e9) as u64,
        None => u64::MAX,
    };
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

/// Standing decisions, the analyst's own, the program's, what was learnt.
fn group(kind: RowKind) -> u8 {
    match kind {
        RowKind::Standing => 0,
        RowKind::OwnRule | RowKind::OwnList => 1,
        RowKind::Learned => 3,
        _ => 2,
    }
}
