//! What writers of news do with names, whatever the sources say: ranks before names, particles, surnames first, a person and
//! whom they work for, firms by their line of business. And where no name ever is: in links, addresses and handles.

mod firms;
mod headlines;
mod inverted;
mod links;
mod offices;
mod people;

use std::ops::Range;

use super::page::{Case, Page};
use super::refine::Lists;
use super::resolve::{Draft, Drafts};
use crate::annotation::Origin;
use crate::text::tokens::TokenKind;

pub use firms::{DEAL_RULE, LINE_RULE};
pub use headlines::RULE as HEADLINE_RULE;
pub use inverted::RULE as INVERTED_RULE;
pub use links::Links;
pub use offices::{AND_RULE, RULE as OFFICE_RULE};
pub use people::{CELL_RULE, OF_RULE, PARTICLE_RULE, TITLE_RULE};

/// How sure these rules are, in thousandths.
const SCORE: u16 = 870;

/// Finds what should stand in a page.
type Find = fn(&Page<'_>, &Lists<'_>, &Drafts) -> Vec<Draft>;

/// Puts right what the sources said. `is_on` says whether a rule is, by its id.
pub fn apply(page: &Page<'_>, lists: &Lists<'_>, drafts: &mut Drafts, is_on: &dyn Fn(&str) -> bool) {
    let mut right = Vec::new();
    let rules: [(&str, Find); 10] = [
        (headlines::RULE, headlines::cut),
        (people::PARTICLE_RULE, people::with_particles),
        (people::TITLE_RULE, people::by_title),
        (people::OF_RULE, people::of_organisations),
        (inverted::RULE, inverted::find),
        (people::CELL_RULE, people::in_cells),
        (firms::LINE_RULE, firms::by_line),
        (firms::DEAL_RULE, firms::by_deal),
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

/// Takes out what is no name: ranks by themselves, degrees behind a name.
pub fn strike(page: &Page<'_>, drafts: &mut Drafts) {
    people::strike(page, drafts);
    drafts.retain(|one| !headlines::is_slug(page, one));
}

fn draft(page: &Page<'_>, tokens: Range<usize>, label: &str, rule: &str) -> Draft {
    Draft { span: page.span(&tokens), tokens, label: label.into(), score: SCORE, origin: Origin::Rule(rule.into()), value: None }
}

/// Whether a token is a word with a capital, of more than a letter.
fn is_name(page: &Page<'_>, i: usize) -> bool {
    page.words.get(i).is_some_and(|word| {
        let is_word = page.tokens[i].kind == TokenKind::Word && page.tokens[i].span.len() > 1;
        is_word && matches!(word.case, Case::Capital | Case::Upper | Case::Inner)
    })
}

/// The text of the nth token before one.
fn before<'t>(page: &Page<'t>, i: usize, n: usize) -> &'t str {
    i.checked_sub(n).map_or("", |i| page.word_text(i))
}
