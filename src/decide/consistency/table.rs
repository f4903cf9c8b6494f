//! Every kind of finding: its line here, its file beside.

use super::finding::Finding;
use super::ground::Ground;
use super::{dates, edges, entities, hyphens, labels, mixed, nesting, retired, unlinked, untagged};

/// A kind of finding.
#[derive(Debug)]
pub struct Kind {
    /// As scripts and keys of findings know it.
    pub id: &'static str,
    /// As a heading.
    pub name: &'static str,
    pub find: fn(&Ground<'_>) -> Vec<Finding>,
}

/// In the order in which they are shown.
pub static KINDS: [Kind; 12] = [
    Kind { id: "labels-here", name: "Several labels in one article", find: labels::here },
    Kind { id: "labels-across", name: "Several labels across articles", find: labels::across },
    Kind { id: "untagged", name: "Left untagged", find: untagged::find },
    Kind { id: "edges", name: "Edges that differ", find: edges::find },
    Kind { id: "hyphens", name: "Parts of a hyphenated word", find: hyphens::find },
    Kind { id: "unlinked", name: "Not linked", find: unlinked::find },
    Kind { id: "entity-twice", name: "One entity twice", find: entities::find },
    Kind { id: "entity-mixed", name: "Several things in one entity", find: mixed::find },
    Kind { id: "dates", name: "Impossible dates", find: dates::find },
    Kind { id: "nested", name: "One inside another", find: nesting::nested },
    Kind { id: "crossing", name: "Across each other", find: nesting::crossing },
    Kind { id: "retired", name: "Labels no longer in use", find: retired::find },
];

/// The kind with this id.
pub fn kind(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == id)
}
