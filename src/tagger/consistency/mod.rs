//! One article, one meaning: a name keeps its label, a surname follows the full name, an abbreviation follows its
//! definition, and a name that was missed where it is repeated is found there too.
//!
//! Writers introduce a name once, in full and in a telling context, and then rely on the reader's memory. A sentence
//! by itself is poorer than its article; this pass lends the rich mentions to the poor ones.

mod definitions;
mod groups;
mod names;
mod natives;
mod repeats;

use super::page::Page;
use super::refine::Lists;
use super::resolve::Drafts;

pub use definitions::RULE as ABBREVIATION_RULE;
pub use groups::RULE as GROUPS_RULE;
pub use names::Kind;
use names::Names;

/// Makes the drafts of an article consistent. `is_on` says whether a rule is, by its id.
pub fn apply(page: &Page<'_>, lists: &Lists<'_>, drafts: &mut Drafts, is_on: &dyn Fn(&str) -> bool) {
    if is_on(definitions::RULE) {
        definitions::settle(page, &definitions::find(page), drafts);
    }
    let names = Names::gather(page, lists, drafts);
    names.relabel(page, drafts);
    repeats::fill(page, &names, drafts);
    natives::fill(page, drafts);
    if is_on(groups::RULE) {
        groups::join(page, lists, drafts);
    }
}
