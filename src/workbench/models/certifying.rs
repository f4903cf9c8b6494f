//! The sample that is answered in the Certify view: which question is asked, what was said so far of a sentence, what the answers
//! come to.

use std::sync::Arc;

use crate::annotation::{Certificate, Item, Label, Session};
use crate::decide::certificate::{Told, latest};

#[derive(Debug, Default)]
pub struct Certifying {
    /// The sample, by its id, as of the last refresh.
    id: Option<Arc<str>>,
    /// The question that is asked, by its place.
    pub at: usize,
    /// The labels of the names in a sentence that were said so far.
    pub draft: Vec<Label>,
    /// What the answers come to was asked for before all are there. The next answer hides it again: who sees at once whether it was
    /// counted as a fault does not answer blind.
    pub is_asked_for: bool,
    told: Told,
    made_for: Option<(u64, u64)>,
}

impl Certifying {
    /// Follows the session: another sample begins at its first open question, an answer that was taken back is asked again.
    pub fn refresh(&mut self, session: &Session, version: (u64, u64)) {
        if self.made_for.replace(version) == Some(version) {
            return;
        }
        let Some(certificate) = latest(session) else { return *self = Self { made_for: Some(version), ..Self::default() } };
        let is_same = self.id.as_ref() == Some(&certificate.id);
        let was_answered = self.told.answered;
        self.told = Told::of(certificate);
        if !is_same || self.told.answered < was_answered {
            self.at = first_open(certificate, 0).unwrap_or(0);
            self.draft.clear();
        }
        self.id = Some(certificate.id.clone());
    }

    /// The question that is asked.
    pub fn item<'s>(&self, session: &'s Session) -> Option<(&'s Certificate, &'s Item)> {
        let certificate = session.certificates().get(self.id.as_ref()?)?;
        Some((certificate, certificate.items.get(self.at)?))
    }

    pub fn told(&self) -> &Told {
        &self.told
    }

    /// Whether what the answers come to may be shown.
    pub fn is_told(&self) -> bool {
        self.is_asked_for || self.told.asked > 0 && self.told.answered == self.told.asked
    }

    pub fn has_sample(&self) -> bool {
        self.id.is_some()
    }

    /// To a question; what was said of a sentence goes.
    pub fn go(&mut self, at: usize) {
        self.at = at.min(self.told.asked.saturating_sub(1));
        self.draft.clear();
    }

    /// To the next question that is open, round the end; stays where none is.
    pub fn advance(&mut self, session: &Session) {
        self.is_asked_for = false;
        let next =
            self.item(session).and_then(|(certificate, _)| first_open(certificate, self.at + 1).or_else(|| first_open(certificate, 0)));
        self.go(next.unwrap_or(self.at));
    }
}

fn first_open(certificate: &Certificate, from: usize) -> Option<usize> {
    (from..certificate.items.len()).find(|at| certificate.items[*at].answer.is_none())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::annotation::{Answer, Time};
    use crate::decide::Stamp;
    use crate::decide::certificate::{Asked, answer, begin, draw};
    use crate::dsl;

    #[test]
    fn questions_are_asked_one_after_the_other_and_again_where_an_answer_was_taken_back() {
        let mut session = dsl::session(&["[ORG! Kelp] met [GPE! Oslo]. Rain fell."]);
        let stamp = Stamp::default();
        let mut asking = Certifying::default();
        asking.refresh(&session, (1, 1));
        assert!(!asking.has_sample() && asking.item(&session).is_none());
        let sample = draw(&session, Asked { mentions: 9, sentences: 9, seed: 1 }, "", Time(5), &AtomicBool::new(false)).unwrap();
        session.apply(&begin(sample, &stamp)).unwrap();
        asking.refresh(&session, (1, 2));
        assert_eq!((asking.at, asking.told().asked), (0, 4));
        let id = latest(&session).unwrap().id.clone();
        let answered = answer(&session, &id, 0, Some(Answer::Nothing), &stamp).unwrap();
        session.apply(&answered).unwrap();
        asking.refresh(&session, (1, 3));
        asking.advance(&session);
        assert_eq!((asking.at, asking.told().answered), (1, 1));
        asking.go(3);
        asking.advance(&session);
        assert_eq!(asking.at, 1, "round the end");
        asking.draft.push(Label::new("ORG"));
        session.apply(&answered.inverse()).unwrap();
        asking.refresh(&session, (1, 4));
        assert_eq!((asking.at, asking.draft.len()), (0, 0));
    }
}
