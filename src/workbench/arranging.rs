//! Changing what surrounds the mentions: an article's metadata, the labels of the scheme.

use std::sync::Arc;

use super::state::State;
use crate::annotation::{Edit, How, Label, Meta, Op, Scheme, Standing, Verb};
use crate::decide::{article, decision};

impl State {
    pub(super) fn describe_article(&mut self, meta: Meta) {
        let Some(id) = self.page.article.clone() else { return };
        if let Ok(edit) = article::describe(self.session(), &id, meta, &self.stamp()) {
            self.perform(edit);
        }
    }

    /// Takes over a changed scheme where it is sound. Labels that were renamed are told by their place in the list;
    /// their mentions follow.
    pub(super) fn set_scheme(&mut self, scheme: Scheme) {
        let faults = scheme.faults();
        if let Some(fault) = faults.first() {
            return self.problem(format!("The labels are not changed: {fault}"));
        }
        let before = self.session().scheme().clone();
        if *before == scheme {
            return;
        }
        let renamed: Vec<(Label, Label)> = before
            .labels
            .iter()
            .zip(&scheme.labels)
            .filter(|(old, new)| old.name != new.name && !scheme.labels.iter().any(|def| def.name == old.name))
            .map(|(old, new)| (old.name.clone(), new.name.clone()))
            .collect();
        let mut ops = vec![Op::Scheme { before, after: Arc::new(scheme) }];
        for (old, new) in renamed {
            ops.extend(self.relabelled(&old, &new));
        }
        self.perform_scheme_edit("the labels", ops);
    }

    /// Retires a label; its mentions get `other`, or are rejected where there is none.
    pub(super) fn retire_label(&mut self, label: &Label, other: Option<&Label>) {
        let before = self.session().scheme().clone();
        let mut after = (*before).clone();
        let Some(def) = after.labels.iter_mut().find(|def| def.name == *label) else { return };
        def.standing = Standing::Retired;
        def.key = None;
        let mut ops = match other {
            Some(other) => self.relabelled(label, other),
            None => self.rejected(label),
        };
        ops.push(Op::Scheme { before, after: Arc::new(after) });
        self.perform_scheme_edit(label.as_str(), ops);
    }

    fn perform_scheme_edit(&mut self, what: &str, ops: Vec<Op>) {
        let stamp = self.stamp();
        let edit = Edit {
            verb: Verb::EditScheme,
            scope: crate::annotation::Scope::Mention,
            target: None,
            what: what.to_owned(),
            label: None,
            by: stamp.by,
            at: stamp.at,
            ops,
        };
        self.perform(edit);
    }

    /// Every mention of a label with another label; state and origin stay.
    fn relabelled(&self, label: &Label, other: &Label) -> Vec<Op> {
        self.mention_ops(label, |mention| {
            let mut after = mention.clone();
            after.label = other.clone();
            Some(after)
        })
    }

    fn rejected(&self, label: &Label) -> Vec<Op> {
        let stamp = self.stamp();
        self.mention_ops(label, |mention| match mention.is_rejected() {
            true => Some(mention.clone()),
            false => decision::rejected(mention, How::Rule, &stamp),
        })
    }

    fn mention_ops(&self, label: &Label, change: impl Fn(&crate::annotation::Mention) -> Option<crate::annotation::Mention>) -> Vec<Op> {
        let mut ops = Vec::new();
        for article in self.session().articles() {
            for mention in article.mentions.iter().filter(|mention| mention.label == *label) {
                let after = change(mention);
                if after.as_ref() != Some(mention) {
                    ops.push(Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after });
                }
            }
        }
        ops
    }
}
