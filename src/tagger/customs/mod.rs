//! What writers of news do with names, whatever the sources say: ranks before names, particles, surnames first, a person and
//! whom they work for, firms by their line of business. And where no name ever is: in links, addresses and handles.

mod firms;
mod headlines;
mod inverted;
mod lines;
mod links;
mod offices;
mod people;
mod seats;
mod words;

use super::page::Page;
use super::refine::Lists;
use super::resolve::{Draft, Drafts};

pub use firms::{DEAL_RULE, LINE_RULE};
pub use headlines::{FIRM_RULE as HEADLINE_FIRM_RULE, RULE as HEADLINE_RULE};
pub use inverted::RULE as INVERTED_RULE;
pub use links::Links;
pub use offices::{AND_RULE, RULE as OFFICE_RULE};
pub use people::{CELL_RULE, OF_RULE, PARTICLE_RULE, TITLE_RULE};
pub use seats::{COUNCIL_RULE, SEAT_RULE};

/// Finds what should stand in a page.
type Find = fn(&Page<'_>, &Lists<'_>, &Drafts) -> Vec<Draft>;

/// Puts right what the sources said. `is_on` says whether a rule is, by its id.
pub fn apply(page: &Page<'_>, lists: &Lists<'_>, drafts: &mut Drafts, is_on: &dyn Fn(&str) -> bool) {
    let mut right = Vec::new();
    let rules: [(&str, Find); 13] = [
        (headlines::RULE, headlines::cut),
        (headlines::FIRM_RULE, headlines::firms),
        (people::PARTICLE_RULE, people::with_particles),
        (people::TITLE_RULE, people::by_title),
        (people::OF_RULE, people::of_organisations),
        (inverted::RULE, inverted::find),
        (people::CELL_RULE, people::in_cells),
        (firms::LINE_RULE, firms::by_line),
        (firms::DEAL_RULE, firms::by_deal),
        (seats::SEAT_RULE, seats::firms),
        (seats::COUNCIL_RULE, seats::councils),
        (offices::RULE, offices::whole),
        (offices::AND_RULE, offices::parted),
    ];
    for (_, find) in rules.into_iter().filter(|(id, _)| is_on(id)) {
        right.extend(find(page, lists, drafts));
        for draft in right.drain(..) {
            drafts.impose(draft);
        }
    }
    people::cut(page, drafts);
}

/// Takes out what is no name: ranks by themselves, degrees behind a name, lines of business, halves of headlines.
pub fn strike(page: &Page<'_>, drafts: &mut Drafts) {
    people::strike(page, drafts);
    firms::strike(page, drafts);
    drafts.retain(|one| !headlines::is_slug(page, one) && !headlines::is_sentence(page, one));
}
