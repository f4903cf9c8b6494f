//! Standing rules: decisions that stay and also act on articles added later. Added from the Names view, switched off
//! and removed in the Rules view; each change is an edit like any other.

use super::state::State;
use crate::annotation::{Edit, Op, Scope, Session, StandingRule, Verb, Verdict};
use crate::decide::names::NamesIndex;
use crate::decide::{Refusal, Stamp, standing};

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

impl State {
    /// Lets a standing rule settle what it speaks of in the articles that are there.
    pub(super) fn act_standing(&mut self, key: &str) {
        self.edit_by_rule(key, standing::act, "It finds nothing to settle in these articles");
    }

    /// Takes back what a standing rule has settled.
    pub(super) fn take_back_standing(&mut self, key: &str) {
        self.edit_by_rule(key, standing::take_back, "Nothing is left that it settled");
    }

    fn edit_by_rule(&mut self, key: &str, make: Make, nothing: &str) {
        let Some(rule) = self.standing_at(key).map(|at| self.session().rules()[at].clone()) else { return };
        let stamp = self.stamp();
        let Some(index) = self.names() else { return self.say("The names are still being gathered; try again in a moment") };
        match make(self.session(), index, &rule, &stamp) {
            Ok(edit) => {
                self.perform_told(edit);
            }
            Err(Refusal::Already) => self.say(nothing),
            Err(refusal) => self.refuse(&refusal),
        }
    }
}

/// What makes an edit of a standing rule.
type Make = fn(&Session, &NamesIndex, &StandingRule, &Stamp) -> Result<Edit, Refusal>;

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
    format!("{}: {}", rule.name, verdict_words(rule))
}

/// `always ORG`.
pub fn verdict_words(rule: &StandingRule) -> String {
    match &rule.verdict {
        Verdict::Always(label) => format!("always {label}"),
        Verdict::Never => "never a name".to_owned(),
    }
}

fn edit(what: String, ops: Vec<Op>, stamp: &Stamp) -> Edit {
    Edit { verb: Verb::EditRule, scope: Scope::Session, target: None, what, label: None, by: stamp.by.clone(), at: stamp.at, ops }
}
