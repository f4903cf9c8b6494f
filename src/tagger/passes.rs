//! What the passes over a whole article find once the sources have spoken, by names that can be switched off.

use super::part::{Part, PartKind};
use super::{consistency, tables};

/// Id, label, reason.
const PASSES: &[(&str, &str, &str)] = &[
    (consistency::ABBREVIATION_RULE, "ORG", "a full name whose initials the abbreviation in brackets spells"),
    (consistency::GROUPS_RULE, "NORP", "two names of a people or faith side by side"),
    (tables::RULE, "ORG", "a name in a line of results or standings"),
    (tables::PEOPLE_RULE, "PERSON", "a name in a ranking or scorecard"),
    (tables::CITY_RULE, "ORG", "a city that plays, in a report on sports"),
];

pub fn parts() -> impl Iterator<Item = Part> {
    PASSES.iter().map(|(id, label, about)| Part::new(id, PartKind::Grammar, label, about))
}

pub fn reason(id: &str) -> Option<&'static str> {
    PASSES.iter().find(|pass| pass.0 == id).map(|pass| pass.2)
}
