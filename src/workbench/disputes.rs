//! What two people decided differently: taking the other's verdict on the page, and the list of everything that waits.

use super::Dialog;
use super::deciding::sentence;
use super::state::State;
use crate::annotation::{ArticleId, MentionId};
use crate::decide::Refusal;
use crate::decide::merge::{settle, told};

/// One thing that waits to be settled, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dispute {
    pub subject: Subject,
    pub about: String,
    pub stands: String,
    pub other: String,
}

/// What is disputed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// A mention, and which of its rivals.
    Mention(ArticleId, MentionId, usize),
    /// The conflict at this place of the session's list.
    Session(usize),
}

/// More are listed once these are settled.
const LISTED: usize = 1000;

impl State {
    /// How many mentions and other things two people decided differently.
    pub fn conflict_count(&self) -> usize {
        self.contested_count() + self.session().conflicts().len()
    }

    /// Gives the mention in focus the verdict that stands against its own.
    pub(super) fn take_other(&mut self) {
        let Some((article, mention)) = self.target() else { return self.say("No mention is in focus") };
        let from = self.place();
        match settle::take_rival(self.session(), &article, mention, 0, &self.stamp()) {
            Ok(edit) => {
                if self.perform_told(edit) {
                    self.advance(from);
                }
            }
            Err(Refusal::NoMention) => self.say("Nobody decided anything else here"),
            Err(refusal) => self.refuse(&refusal),
        }
    }

    /// Gathers what waits to be settled, that of the open article first.
    pub(super) fn list_disputes(&mut self) {
        let session = self.session();
        let of_session = session.conflicts().iter().enumerate().map(|(at, conflict)| {
            let told = told::told(session, conflict);
            Dispute { subject: Subject::Session(at), about: sentence(&told.about), stands: told.stands, other: told.other }
        });
        let open = self.page.article.as_ref().and_then(|id| session.position(id)).unwrap_or(0);
        let (before, after) = session.articles().split_at(open.min(session.articles().len()));
        let of_mentions = after.iter().chain(before).flat_map(|article| {
            let contested = article.mentions.iter().filter(|mention| mention.is_contested());
            contested.flat_map(|mention| {
                mention.rivals.iter().enumerate().map(|(at, rival)| {
                    let (stands, other) = told::sides(article, mention, rival);
                    let subject = Subject::Mention(article.id.clone(), mention.id, at);
                    Dispute { subject, about: format!("“{}” in “{}”", article.quote(mention.span), article.title()), stands, other }
                })
            })
        });
        self.disputes = of_session.chain(of_mentions).take(LISTED).collect();
        if self.disputes.is_empty() {
            self.stage.dialog.take_if(|dialog| *dialog == Dialog::Conflicts);
            self.say("Nothing waits to be settled");
        }
    }

    /// Settles one thing of the list: what stands stays, or what the other side has takes its place.
    pub(super) fn settle_dispute(&mut self, row: usize, takes_other: bool) {
        let Some(Dispute { subject, .. }) = self.disputes.get(row).cloned() else { return };
        let (session, stamp) = (self.session(), self.stamp());
        let edit = match (subject, takes_other) {
            (Subject::Session(at), true) => settle::take(session, at, &stamp),
            (Subject::Session(at), false) => settle::keep(session, at, &stamp),
            (Subject::Mention(article, mention, rival), true) => settle::take_rival(session, &article, mention, rival, &stamp),
            (Subject::Mention(article, mention, _), false) => settle::keep_verdict(session, &article, mention, &stamp),
        };
        match edit {
            Ok(edit) => {
                let from = self.place();
                if self.perform(edit) {
                    self.keep_focus_near(from);
                    self.list_disputes();
                }
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }

    /// Goes to the mention of a row, to see it on its page.
    pub(super) fn go_dispute(&mut self, row: usize) {
        let subject = self.disputes.get(row).map(|dispute| dispute.subject.clone());
        let (article, mention) = match subject {
            Some(Subject::Mention(article, mention, _)) => (article, Some(mention)),
            Some(Subject::Session(at)) => match self.session().conflicts().get(at).and_then(|conflict| conflict.article().cloned()) {
                Some(article) => (article, None),
                None => return self.say("It is about no article"),
            },
            None => return,
        };
        self.close_dialog();
        self.stage.view = super::View::Review;
        self.open_mention(&article, mention);
    }
}
