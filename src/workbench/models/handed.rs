//! What dialogs tell of what was handed on, and of what was offered.

use std::path::PathBuf;

use crate::annotation::{ArticleId, Edit};
use crate::decide::retag::Difference;
use crate::formats::{Format, Grouped, Report};
use crate::tagger::Suggestion;

/// An export that was written, with its loss report.
#[derive(Clone, Debug)]
pub struct Exported {
    pub path: PathBuf,
    pub format: &'static Format,
    pub report: Report,
    pub grouped: Grouped,
}

/// Changes that were made on another version of the session and that this one does not hold.
#[derive(Clone, Debug)]
pub struct Offered {
    /// In the order in which they were made.
    pub changes: Vec<Edit>,
    /// The journal that keeps them.
    pub kept: PathBuf,
}

/// New suggestions that wait for the analyst's word.
#[derive(Debug)]
pub struct Retagging {
    pub tagged: Vec<(ArticleId, Vec<Suggestion>)>,
    pub difference: Difference,
}
