//! Conflicts of a session file, from their shapes to the core's type.

use super::form::ConflictForm;
use super::repair::{Repairs, desk, mention, meta, zones};
use super::taken::{entity, label, rule};
use crate::annotation::{ArticleId, Conflict, EntityId, Label, Session};
use crate::text::Offsets;

/// The conflicts that are about something the session has; what no longer is about anything is left out and told.
pub(super) fn conflicts(forms: Vec<ConflictForm>, session: &Session, repairs: &mut Repairs<'_>) -> Vec<Conflict> {
    forms.into_iter().filter_map(|form| conflict(form, session, repairs)).collect()
}

fn conflict(form: ConflictForm, session: &Session, repairs: &mut Repairs<'_>) -> Option<Conflict> {
    let mut find = |id: &str| {
        let found = session.article(&ArticleId::new(id)).cloned();
        if found.is_none() {
            repairs.note(id, 0, || format!("a conflict is about the article {id:?}, which is not there: it was left out"));
        }
        found
    };
    Some(match form {
        ConflictForm::Removed(article) => Conflict::Removed(find(&article)?.id.clone()),
        ConflictForm::Text { article, other } => Conflict::Text { article: find(&article)?.id.clone(), other: find(&other)?.id.clone() },
        ConflictForm::Meta { article, other } => Conflict::Meta { article: find(&article)?.id.clone(), other: meta(other) },
        ConflictForm::Desk { article, other } => Conflict::Desk { article: find(&article)?.id.clone(), other: desk(other) },
        ConflictForm::Zones { article, other } => {
            let found = find(&article)?;
            let other = zones(&other, &Offsets::new(&found.text), &article, repairs);
            Conflict::Zones { article: found.id.clone(), other }
        }
        ConflictForm::Mention { article, other } => {
            let found = find(&article)?;
            Conflict::Mention { article: found.id.clone(), other: mention(*other, &found, repairs)? }
        }
        ConflictForm::Label { label: name, other } => Conflict::Label { label: Label::new(&name), other: other.map(label) },
        ConflictForm::Entity { id, other } => Conflict::Entity { id: EntityId::new(&id), other: other.map(entity) },
        ConflictForm::Rule { name, other } => Conflict::Rule { name: name.into(), other: other.map(rule) },
    })
}
