//! “It is right so”: a finding that is not told again until it has another place.

use std::collections::BTreeSet;

use super::finding::Finding;
use crate::annotation::{Dismissal, Edit, Op, PlaceMark, Scope, Session, Target, Verb};
use crate::decide::Stamp;
use crate::decide::terms::edit_of;

/// An edit that remembers that a finding is right as it stands.
pub fn dismiss(session: &Session, finding: &Finding, stamp: &Stamp) -> Edit {
    let before = session.dismissals().get(&finding.key).cloned();
    let seen: BTreeSet<PlaceMark> = finding.places.iter().map(|place| place.mark).collect();
    let places = before.iter().flat_map(|before| &before.places).copied().chain(seen).collect();
    let after = Dismissal { finding: finding.key.clone(), words: finding.words.clone(), places, by: stamp.by.clone(), at: stamp.at };
    let target = finding.places.first().map(|place| Target { article: place.article.clone(), mention: place.mention });
    let edit = edit_of(Verb::Dismiss, &finding.name, None, stamp, vec![Op::Dismissal { before, after: Some(after) }]);
    Edit { scope: Scope::Mention, target, ..edit }
}

/// Whether a person has seen all its places and found them right.
pub(super) fn is_dismissed(session: &Session, finding: &Finding) -> bool {
    let dismissal = session.dismissals().get(&finding.key);
    dismissal.is_some_and(|dismissal| finding.places.iter().all(|place| dismissal.places.contains(&place.mark)))
}
