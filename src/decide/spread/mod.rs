//! Decide once, everywhere: a decision that reaches every mention of a name in an article or in the session.
//!
//! [`preview`] answers with a [`Concordance`]: a row for every occurrence of the name, ticked where the decision should
//! reach it, unticked with the reason where its context speaks against it. [`apply`] makes one [`Edit`] of the ticked
//! rows, so that one undo takes all of it back. The rules:
//!
//! - longest match first: a name inside a longer mention is not that name (China in Bank of China);
//! - what a person has settled is never changed, unless its row was ticked by hand; an article marked done counts as
//!   read, so what was left untagged there stays so;
//! - where a decision moved an edge, the same wrong span elsewhere is moved alike;
//! - every other place has the probability that the decision holds there, by what stands there, what stands beside it and
//!   how the name was settled before; under a half it comes unticked, with what speaks most against it;
//! - the mention in focus is settled as *looked*, the others as *spread*.

mod apply;
mod concordance;
mod context;
mod find;
mod found;
mod made;
mod named;
mod related;
mod signs;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use concordance::{Concordance, Decision, Doubt, Focus, Reach, Row, SPREAD};
pub use context::context;
pub use found::{Order, rows_of};
pub use made::{decide, decision_of, in_article, of_settled, preview, widen};
pub use named::{Part, of_name, of_names};
