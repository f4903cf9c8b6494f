//! Standing rules: decisions that stay and also act on articles added later. Added from the Names view, switched off
//! and removed in the Rules view; each change is an edit like any other.

use super::state::State;
use crate::annotation::{Edit, Op, Scope, Session, StandingRule, Verb, Verdict};
use crate::decide::Stamp;

impl State {
    /// Puts another rule in the place of the one at `at`, or removes it.
    pub(super) fn set_rule(&mut self, at: usize, after: Option<StandingRule>) {
        let Some(before) = self.session().rules().get(at).cloned() else { return };
        if after.as_ref() == Some(&before) {
            return;
        }
        let stamp = self.stamp();
        let edit = edit(words(&before), vec![Op::Rule { at, before: Some(before), after }], &stamp);
        self.perform(edit);
    }
}

/// An edit that adds a rule, in the place of one on the same name.
pub(super) fn rule_edit(session: &Session, rule: StandingRule, stamp: &Stamp) -> Edit {
    edit(words(&rule), vec![rule_op(session, rule)], stamp)
}

/// A decision together with the rule that it leaves behind, so that one undo takes both back.
pub(super) fn with_rule(session: &Session, mut edit: Edit, rule: StandingRule) -> Edit {
    edit.ops.push(rule_op(session, rule));
    edit
}

fn rule_op(session: &Session, rule: StandingRule) -> Op {
    let key = crate::text::name::key(&rule.name);
    let rules = session.rules();
    let at = rules.iter().position(|other| crate::text::name::key(&other.name) == key);
    Op::Rule { at: at.unwrap_or(rules.len()), before: at.map(|at| rules[at].clone()), after: Some(rule) }
}

/// `Northern Cable Board: always ORG`.
pub fn words(rule: &StandingRule) -> String {
    match &rule.verdict {
        Verdict::Always(label) => format!("{}: always {label}", rule.name),
        Verdict::Never => format!("{}: never a name", rule.name),
    }
}

fn edit(what: String, ops: Vec<Op>, stamp: &Stamp) -> Edit {
    Edit { verb: Verb::EditRule, scope: Scope::Session, target: None, what, label: None, by: stamp.by.clone(), at: stamp.at, ops }
}
