//! Standing decisions, and rules and lists of the analyst’s own.

use std::path::PathBuf;
use std::sync::Arc;

use super::row::{Row, rows};
use crate::annotation::StandingRule;
use crate::workbench::models::{Keeping, RowKey, RuleFilter, RuleOrder};

#[derive(Clone, PartialEq, Debug)]
pub enum Rules {
    /// A row of the Rules view, from any view.
    Row(RowKey),
    Filter(String, RuleFilter),
    Sort(RuleOrder),
    New,
    Keep(Box<Keeping>),
    ExportNames(PathBuf),
    /// Put another standing rule in the place of this one, or remove it.
    SetStanding(usize, Option<StandingRule>),
    /// Let the standing rule on the name with this key settle what is there; take back what it settled.
    Act(Arc<str>),
    TakeBack(Arc<str>),
}

rows! { Rules
    Edit 100 acts "new-rule" ["Ctrl+M"] Rules::New, "New rule…", "Write a rule or list of your own, with its matches in the open article";
}
