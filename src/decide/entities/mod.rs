//! Entities: the things in the world that mentions speak of, gathered across articles.
//!
//! Names that seem to speak of one thing are *proposed* as one, with the reason in words ([`gather`], [`propose`]);
//! an analyst confirms, merges and splits ([`change`]). A name alone never decides: of two people with one surname each
//! mention can be told apart, because the link stands on the mention.

pub mod change;
mod gather;
mod id;
mod propose;
mod rows;
#[cfg(test)]
mod tests;

pub use gather::{Gathering, Member, gather};
pub use id::{BadKnowledgeId, fresh, knowledge_id, slug};
pub use propose::{Proposal, ProposedFor, proposals};
pub use rows::thing_rows;
