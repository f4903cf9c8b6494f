//! What is settled in different ways: going through it, mending it, finding it right.

use super::row::{Row, rows};

#[derive(Clone, PartialEq, Debug)]
pub enum Check {
    /// A row of the list.
    Row(usize),
    /// Only findings of one kind, or all.
    Kind(Option<&'static str>),
    /// Do what the finding in focus proposes, at all its places.
    Fix,
    /// It is right as it stands.
    Dismiss,
    /// Go to its first place, or to the one with this number.
    Open(usize),
}

rows! { Check
    Decide 260 decides "mend" [] Check::Fix, "Mend a finding", "In the list of what is settled in different ways: do what is proposed, at all its places";
    Decide 270 decides "find-right" [] Check::Dismiss, "It is right so", "In the list of what is settled in different ways: keep it as it is, and tell it no more";
}
