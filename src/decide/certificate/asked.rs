//! A sample comes into the session, and its questions are answered: as edits.

use crate::annotation::{Answer, Article, Certificate, Edit, Item, Op, PlaceMark, Scope, Session, Verb};
use crate::decide::terms::edit_of;
use crate::decide::{Refusal, Stamp};
use crate::text::{Offsets, Span, Unit};

/// The edit with which a sample comes.
pub fn begin(certificate: Certificate, stamp: &Stamp) -> Edit {
    let what = format!("a sample of {}", certificate.items.len());
    let op = Op::Certificate { before: None, after: Some(certificate) };
    Edit { scope: Scope::Mention, ..edit_of(Verb::Certify, &what, None, stamp, vec![op]) }
}

/// The edit that answers a question, or takes its answer away.
///
/// # Errors
/// [`Refusal::NoMention`] where there is no such question, or it is asked otherwise; [`Refusal::Already`] where it was answered so;
/// [`Refusal::Label`].
pub fn answer(session: &Session, certificate: &str, item: usize, answer: Option<Answer>, stamp: &Stamp) -> Result<Edit, Refusal> {
    let certificate = session.certificates().get(certificate).ok_or(Refusal::NoMention)?;
    let asked = certificate.items.get(item).filter(|asked| answer.as_ref().is_none_or(|answer| asked.takes(answer)));
    let asked = asked.ok_or(Refusal::NoMention)?;
    if asked.answer == answer {
        return Err(Refusal::Already);
    }
    let labels = match &answer {
        Some(Answer::Label(label)) => std::slice::from_ref(label),
        Some(Answer::Names(labels)) => labels,
        Some(Answer::Nothing | Answer::Edges) | None => &[],
    };
    if let Some(strange) = labels.iter().find(|label| session.scheme().get(label).is_none()) {
        return Err(Refusal::Label(strange.clone()));
    }
    let op = Op::Answer { certificate: certificate.id.clone(), item, before: asked.answer.clone(), after: answer };
    Ok(edit_of(Verb::Certify, &format!("question {}", item + 1), None, stamp, vec![op]))
}

/// The article of a question and the place in it, as long as the words that are asked about stand there.
pub fn shown<'s>(session: &'s Session, item: &Item) -> Option<(&'s Article, Span)> {
    let article = session.article(&item.article)?;
    let span = Offsets::new(&article.text).span_from(item.points.0 as usize, item.points.1 as usize, Unit::CodePoints)?;
    let is_there = PlaceMark::of(&article.id, &article.text, span, "") == item.mark;
    is_there.then_some((article, span))
}

/// The certificate that was begun last.
pub fn latest(session: &Session) -> Option<&Certificate> {
    session.certificates().values().map(AsRef::as_ref).max_by_key(|certificate| (certificate.at, &certificate.id))
}
