//! Entities, labels, rules and dismissals of a file, taken for what they stand for.

use super::form::{DismissalForm, EntityForm, LabelForm, RuleForm, VerdictForm};
use crate::annotation::{Dismissal, Entity, EntityId, Label, LabelDef, Standing, StandingRule, Verdict};

pub(super) fn label(form: LabelForm) -> LabelDef {
    LabelDef {
        name: Label::new(&form.name),
        key: form.key,
        colour: form.colour,
        guideline: form.guideline,
        details: form.details,
        conll: form.conll,
        nests: form.nests,
        absolute_only: form.absolute_only,
        standing: form.standing.map_or(Standing::On, Into::into),
    }
}

pub(super) fn entity(form: EntityForm) -> Entity {
    let EntityForm { id, name, label, aliases, kb, note } = form;
    Entity { id: EntityId::new(&id), name, label: Label::new(&label), aliases, kb, note }
}

pub(super) fn rule(form: RuleForm) -> StandingRule {
    let verdict = match form.verdict {
        VerdictForm::Always(label) => Verdict::Always(Label::new(&label)),
        VerdictForm::Never => Verdict::Never,
    };
    StandingRule { name: form.name, verdict, off: form.off, note: form.note, by: form.by.into(), at: form.at }
}

/// A mark that is none is left out: the finding is told again, and nothing else is lost.
pub(super) fn dismissal(form: DismissalForm) -> Dismissal {
    let DismissalForm { finding, words, places, by, at } = form;
    let places = places.split(' ').filter_map(|mark| mark.parse().ok()).collect();
    Dismissal { finding: finding.into(), words, places, by: by.into(), at }
}
