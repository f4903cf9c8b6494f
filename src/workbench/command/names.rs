//! The table of names.

use super::row::{Row, rows};
use super::terms::Step;
use crate::decide::names::{NameFilter, NameOrder, Subject};

#[derive(Clone, PartialEq, Debug)]
pub enum Names {
    /// A row of the table of names.
    Row(Subject),
    Filter(NameFilter),
    /// By this column; by the same one the other way round.
    Sort(NameOrder),
    /// By the column after or before.
    SortStep(Step),
    Reverse,
    /// Names, or things with all their names.
    ToggleThings,
    /// Whether the decision on the name in focus stays as a standing rule.
    ToggleKeepRule,
}

rows! { Names
    Decide 190 acts "keep-rule" ["Shift+M"] Names::ToggleKeepRule, "Keep as a rule", "In the table of names: the next decision holds in articles added later, too";
    View 70 acts "things" ["U"] Names::ToggleThings, "Names or things", "In the table of names: gather the names of one thing in one row, or take them apart";
    View 80 acts "sort-next" ["S"] Names::SortStep(Step::On), "Sort by the next column", "Sort the table of names by the next column";
    View 90 acts "sort-previous" ["Shift+S"] Names::SortStep(Step::Back), "Sort by the column before", "Sort the table of names by the column before";
    View 100 acts "sort-reverse" ["Z"] Names::Reverse, "Turn the order round", "Turn the order of the table of names round";
}
