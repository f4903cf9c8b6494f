//! What two people decided differently: the list of everything that waits.

use crate::annotation::{ArticleId, MentionId, Session};
use crate::decide::merge::told;
use crate::workbench::parts::sentence;

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

impl Dispute {
    /// What waits to be settled, that of the article `open` first.
    pub fn all(session: &Session, open: Option<&ArticleId>) -> Vec<Self> {
        let of_session = session.conflicts().iter().enumerate().map(|(at, conflict)| {
            let told = told::told(session, conflict);
            Self { subject: Subject::Session(at), about: sentence(&told.about), stands: told.stands, other: told.other }
        });
        let open = open.and_then(|id| session.position(id)).unwrap_or(0);
        let (before, after) = session.articles().split_at(open.min(session.articles().len()));
        let of_mentions = after.iter().chain(before).flat_map(|article| {
            let contested = article.mentions.iter().filter(|mention| mention.is_contested());
            contested.flat_map(|mention| {
                mention.rivals.iter().enumerate().map(|(at, rival)| {
                    let (stands, other) = told::sides(article, mention, rival);
                    let subject = Subject::Mention(article.id.clone(), mention.id, at);
                    Self { subject, about: format!("“{}” in “{}”", article.quote(mention.span), article.title()), stands, other }
                })
            })
        });
        of_session.chain(of_mentions).take(LISTED).collect()
    }
}
