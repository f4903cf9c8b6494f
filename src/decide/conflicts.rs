//! Conflicts that end with what they are about.

use crate::annotation::{Conflict, Op, Session};

/// The ops that take conflicts off the session's list, in an order in which they can be applied.
pub fn removals(session: &Session, is_gone: impl Fn(&Conflict) -> bool) -> Vec<Op> {
    let listed = session.conflicts().iter().enumerate().rev().filter(|(_, conflict)| is_gone(conflict));
    listed.map(|(at, conflict)| Op::Conflict { at, before: Some(conflict.clone()), after: None }).collect()
}
