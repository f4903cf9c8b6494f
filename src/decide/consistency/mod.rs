//! What is settled in different ways: names with several labels, names left untagged, edges, links, values and labels that
//! do not fit together. Each finding tells its places and, where one is sure, what would mend it.
//!
//! Only what is settled is held against each other: a suggestion is the analyst's to judge anyway. What a person has said
//! is right stays away until it has a place that was not seen then ([`Dismissal`](crate::annotation::Dismissal)).
//!
//! A check is a function of the session alone, so it may run on a clone in the background. Linear in mentions and texts.

mod dates;
mod dismiss;
mod edges;
mod entities;
mod finding;
mod fix;
mod ground;
mod hyphens;
mod labels;
mod mixed;
mod nesting;
#[cfg(test)]
mod planted;
mod retired;
mod table;
#[cfg(test)]
mod tests;
mod unlinked;
mod untagged;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

pub use dismiss::dismiss;
pub use finding::{Finding, Place, Step};
pub use fix::fix;
pub use table::{KINDS, Kind, kind};

use crate::annotation::Session;
use ground::Ground;

/// What a check came to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Report {
    /// In the order of the kinds, and of one kind those with the most places first.
    pub findings: Vec<Finding>,
    /// How many more there are that a person said are right.
    pub dismissed: usize,
}

/// Looks through a session. `progress` is told steps done and steps in all, on whatever thread; `None` where it was
/// cancelled.
pub fn check(session: &Session, cancelled: &AtomicBool, progress: &(dyn Fn(usize, usize) + Sync)) -> Option<Report> {
    let steps = KINDS.len() + 1;
    let ground = Ground::of(session, cancelled);
    progress(1, steps);
    let done = AtomicUsize::new(1);
    let find = |kind: &Kind| {
        let found = if ground.is_cancelled() { Vec::new() } else { (kind.find)(&ground) };
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, steps);
        found
    };
    let found: Vec<Vec<Finding>> = KINDS.par_iter().map(find).collect();
    if ground.is_cancelled() {
        return None;
    }
    let mut report = Report::default();
    for mut of_kind in found {
        of_kind.sort_by(|a, b| b.places.len().cmp(&a.places.len()).then_with(|| a.key.cmp(&b.key)));
        let (dismissed, told): (Vec<Finding>, Vec<Finding>) =
            of_kind.into_iter().partition(|finding| dismiss::is_dismissed(session, finding));
        report.dismissed += dismissed.len();
        report.findings.extend(told);
    }
    Some(report)
}
