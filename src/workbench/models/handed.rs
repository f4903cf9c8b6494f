//! What dialogs tell of what was handed on, and of what was offered.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::annotation::{ArticleId, Edit, Mention, Op};
use crate::decide::retag::Difference;
use crate::formats::{Format, Grouped, Report};
use crate::tagger::Suggestion;
use crate::text::Span;

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
    pub changes: Vec<Changed>,
}

/// What learning changed in articles not yet read, with the reasons.
#[derive(Debug, Default)]
pub struct Renewed {
    /// What changed, with why, in order of articles and reading.
    pub changes: Vec<(Changed, String)>,
    pub articles: usize,
}

/// A suggestion that comes, goes or becomes another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    pub article: ArticleId,
    pub before: Option<Mention>,
    pub after: Option<Mention>,
}

impl Changed {
    /// What an edit of suggestions does, a place once each, in reading order.
    pub fn by(edit: &Edit) -> Vec<Self> {
        let mut places: BTreeMap<(&ArticleId, Span), Self> = BTreeMap::new();
        for op in &edit.ops {
            let Op::Mention { article, before, after } = op else { continue };
            for (mention, is_before) in [(before, true), (after, false)] {
                let Some(mention) = mention else { continue };
                let nothing = || Self { article: article.clone(), before: None, after: None };
                let changed = places.entry((article, mention.span)).or_insert_with(nothing);
                *(if is_before { &mut changed.before } else { &mut changed.after }) = Some(mention.clone());
            }
        }
        places.into_values().collect()
    }

    /// `comes: ORG`, `goes: ORG`, `GPE becomes ORG`, `DATE: 2026-11-05`; nothing where only the score is another.
    pub fn words(&self) -> Option<String> {
        match (&self.before, &self.after) {
            (None, Some(after)) => Some(format!("comes: {}", after.label)),
            (Some(before), None) => Some(format!("goes: {}", before.label)),
            (Some(before), Some(after)) if before.label != after.label => Some(format!("{} becomes {}", before.label, after.label)),
            (Some(before), Some(after)) if before.value != after.value => {
                Some(format!("{}: {}", after.label, after.value.as_deref().unwrap_or("no value")))
            }
            _ => None,
        }
    }
}
