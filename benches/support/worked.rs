//! The session that exports and readings are measured with.

use std::sync::Arc;

use manicule::annotation::{Article, How, Session, State, Time};

use super::support;

pub const ARTICLES: usize = 1_000;
pub const MENTIONS: usize = 45;

/// Half of the mentions were looked at, as in a session that is worked on.
pub fn session() -> Session {
    let session = support::session(11, ARTICLES, MENTIONS);
    let settled = |article: &Arc<Article>| {
        let mut article = Article::clone(article);
        for mention in article.mentions.iter_mut().step_by(2) {
            mention.state = State::Confirmed;
            (mention.how, mention.at, mention.by) = (Some(How::Looked), Some(Time(1_790_000_000)), Some("R. Holm".into()));
        }
        Arc::new(article)
    };
    Session::from_parts(session.scheme().as_ref().clone(), session.articles().iter().map(settled), [], Vec::new()).0
}
