//! Standing rules as they are kept: put beside a decision, replaced, removed, told in words. Each change is an edit like any
//! other.

use super::Stamp;
use crate::annotation::{Edit, Op, Scope, Session, StandingRule, Verb, Verdict};
use crate::text::name;

/// An edit that adds a rule, in the place of one on the same name.
pub fn put(session: &Session, rule: StandingRule, stamp: &Stamp) -> Edit {
    edit(words(&rule), put_op(session, rule), stamp)
}

/// A decision together with the rule that it leaves behind, so that one undo takes both back.
pub fn with_rule(session: &Session, mut edit: Edit, rule: StandingRule) -> Edit {
    edit.ops.push(put_op(session, rule));
    edit
}

/// An edit that puts another rule in the place of the one at `at`, or removes it; `None` where that changes nothing.
pub fn change(session: &Session, at: usize, after: Option<StandingRule>, stamp: &Stamp) -> Option<Edit> {
    let before = session.rules().get(at).filter(|before| after.as_ref() != Some(before))?.clone();
    Some(edit(words(&before), Op::Rule { at, before: Some(before), after }, stamp))
}

/// The place of the rule on the name with this key.
pub fn position(session: &Session, key: &str) -> Option<usize> {
    session.rules().iter().position(|rule| name::key(&rule.name) == key)
}

fn put_op(session: &Session, rule: StandingRule) -> Op {
    let rules = session.rules();
    let at = position(session, &name::key(&rule.name));
    Op::Rule { at: at.unwrap_or(rules.len()), before: at.map(|at| rules[at].clone()), after: Some(rule) }
}

/// `Northern Cable Board: always ORG`.
pub fn words(rule: &StandingRule) -> String {
    format!("{}: {}", rule.name, verdict_words(rule))
}

/// `always ORG`.
pub fn verdict_words(rule: &StandingRule) -> String {
    match &rule.verdict {
        Verdict::Always(label) => format!("always {label}"),
        Verdict::Never => "never a name".to_owned(),
    }
}

fn edit(what: String, op: Op, stamp: &Stamp) -> Edit {
    Edit { verb: Verb::EditRule, scope: Scope::Session, target: None, what, label: None, by: stamp.by.clone(), at: stamp.at, ops: vec![op] }
}
