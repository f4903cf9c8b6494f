//! Which articles a subcommand is about: the filter of the window's list, as it is typed there.

use std::collections::BTreeMap;

use super::outcome::WrongUse;
use crate::annotation::Session;
use crate::decide::articles::{Filter, Matcher, copies_for, narrowed};
use crate::decide::copies::Groups;

#[derive(clap::Args)]
pub struct OfArticles {
    /// Only articles that this filter admits, as it is typed over the list of articles: state:done, label:ORG, entity:NAME,
    /// outlet:NAME, day:2026-10..2026-11-15, lang:de, tag:NAME, note:WORDS, has:open, words of the title; a minus leaves out
    #[arg(long, value_name = "FILTER", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    articles: Filter,
}

impl OfArticles {
    pub fn are_all(&self) -> bool {
        self.articles.is_empty()
    }

    /// The session with only those articles.
    pub fn of(&self, session: &Session) -> Session {
        narrowed(session, &self.articles)
    }

    /// The filter, to be asked about each article of a session, or of a stream that no session stands behind.
    ///
    /// # Errors
    /// What is asked for can be told only of the articles of a session.
    pub fn matcher(&self, session: Option<&Session>) -> Result<Matcher, WrongUse> {
        let Some(session) = session else {
            let matcher = Matcher::new(&self.articles, &BTreeMap::new(), &Groups::default());
            let wrong = || WrongUse::new("copies are told only among the articles of a session; has:copies and has:earlier go with export");
            return if self.articles.compares() { Err(wrong()) } else { Ok(matcher) };
        };
        Ok(Matcher::new(&self.articles, session.entities(), &copies_for(&self.articles, session)))
    }
}
