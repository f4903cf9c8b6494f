//! What the passes over a whole article find once the sources have spoken, by names that can be switched off.

use super::part::{Part, PartKind};
use super::{consistency, customs, tables};

/// Id, label, reason.
const PASSES: &[(&str, &str, &str)] = &[
    (consistency::ABBREVIATION_RULE, "ORG", "a full name whose initials the abbreviation in brackets spells"),
    (consistency::GROUPS_RULE, "NORP", "two names of a people or faith side by side"),
    (customs::PARTICLE_RULE, "PERSON", "a name that small words like “de la” begin or join"),
    (customs::TITLE_RULE, "PERSON", "a title before it that only people have"),
    (customs::OF_RULE, "PERSON", "a person and whom they work for, joined by “of”"),
    (customs::CELL_RULE, "PERSON", "a given name and a surname alone in the cell of a table"),
    (customs::HEADLINE_RULE, "", "a name in a headline that ends before its verb"),
    (customs::HEADLINE_FIRM_RULE, "ORG", "a firm by what it does or what it ends in, in a headline"),
    (customs::INVERTED_RULE, "PERSON", "a surname first, then a comma and the given name"),
    (customs::LINE_RULE, "ORG", "a name that ends in a line of business"),
    (customs::DEAL_RULE, "ORG", "a name that is bought, sold, held in part, or says what it would do"),
    (customs::SEAT_RULE, "", "a firm and where it sits, joined by “of”"),
    (customs::COUNCIL_RULE, "GPE", "a town whose council or mayor is meant"),
    (customs::OFFICE_RULE, "ORG", "an office whose name goes on over commas"),
    (customs::AND_RULE, "ORG", "two offices that “and” joins"),
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
