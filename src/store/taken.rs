//! Entities, labels, rules and dismissals of a file, taken for what they stand for.

use super::form::{AnswerForm, CertificateForm, DismissalForm, EntityForm, ItemForm, LabelForm, RuleForm, VerdictForm};
use crate::annotation::{
    Answer, ArticleId, Certificate, Decided, Dismissal, Entity, EntityId, Item, Label, LabelDef, PlaceMark, Standing, StandingRule,
    Stratum, Verdict,
};
use crate::text::Span;

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

pub(super) fn certificate(form: CertificateForm) -> Certificate {
    let items = form.items.into_iter().map(item).collect();
    let strata =
        form.strata.into_iter().map(|form| Stratum { label: form.label.as_deref().map(Label::new), how: form.how.into(), size: form.size });
    Certificate {
        id: form.id.into(),
        seed: form.seed,
        articles: form.articles,
        sentences: form.sentences,
        strata: strata.collect(),
        items,
        by: form.by.into(),
        at: form.at,
    }
}

fn item(form: ItemForm) -> Item {
    let article = ArticleId::new(&form.article);
    let labels = |names: Vec<String>| {
        let mut labels: Vec<Label> = names.iter().map(|name| Label::new(name)).collect();
        labels.sort();
        labels
    };
    let mark = form.mark.parse().unwrap_or_else(|_| PlaceMark::of(&article, "", Span::default(), ""));
    let decided = match form.how {
        Some(how) => Decided::Mention { label: form.label.as_deref().map(Label::new), how: how.into() },
        None => Decided::Sentence(labels(form.names)),
    };
    let answer = form.answer.map(|answer| match answer {
        AnswerForm::Label(label) => Answer::Label(Label::new(&label)),
        AnswerForm::Nothing => Answer::Nothing,
        AnswerForm::Edges => Answer::Edges,
        AnswerForm::Names(names) => Answer::Names(labels(names)),
    });
    let asked = Item { article, points: form.span, mark, decided, answer: None };
    // An answer to another question is none.
    let answer = answer.filter(|answer| asked.takes(answer));
    Item { answer, ..asked }
}
