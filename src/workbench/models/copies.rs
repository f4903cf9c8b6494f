//! Which articles are copies of each other: found in the background where articles have come, gone or changed their texts.

use std::sync::Arc;

use crate::annotation::{Article, ArticleId};
use crate::decide::copies::{Groups, Plan};

/// The copies among the articles, and what is proposed about some of them.
#[derive(Debug, Default)]
pub struct Copies {
    groups: Groups,
    /// The texts that the groups are of, or are being found for. Held so that a text of another article cannot come to lie in
    /// the place of one of them in memory.
    texts: Vec<(ArticleId, Arc<str>)>,
    /// The session that was looked at last for texts that have changed.
    looked_at: Option<(u64, u64)>,
    /// How often groups came.
    revision: u64,
    /// What would be settled, while it is asked about.
    pub plan: Option<Plan>,
}

impl Copies {
    /// Whether copies are to be looked for: the texts of the session in this version are not those of the last time.
    pub fn begin(&mut self, version: (u64, u64), articles: &[Arc<Article>]) -> bool {
        if self.looked_at.replace(version) == Some(version) {
            return false;
        }
        let is_same =
            |((id, text), article): (&(ArticleId, Arc<str>), &Arc<Article>)| Arc::ptr_eq(text, &article.text) && *id == article.id;
        if self.texts.len() == articles.len() && self.texts.iter().zip(articles).all(is_same) {
            return false;
        }
        self.texts = articles.iter().map(|article| (article.id.clone(), article.text.clone())).collect();
        true
    }

    /// Takes in what was found; nothing where it was cancelled. Answers how many more articles say what another says.
    pub fn take(&mut self, groups: Option<Groups>) -> usize {
        let Some(groups) = groups else { return 0 };
        let before = self.groups.spare();
        self.groups = groups;
        self.revision += 1;
        self.groups.spare().saturating_sub(before)
    }

    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// Another number whenever other groups may be there.
    pub fn revision(&self) -> u64 {
        self.revision
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::dsl;

    #[test]
    fn copies_are_looked_for_where_texts_have_changed_and_not_after_decisions() {
        let text = "The ferry to Kelpo was late again.";
        let session = dsl::session(&[text, text]);
        let mut copies = Copies::default();
        assert!(copies.begin((1, 1), session.articles()));
        assert!(!copies.begin((1, 1), session.articles()), "one at a time");
        assert!(!copies.begin((1, 2), session.articles()), "only a decision fell");
        let found = Groups::find(&session, &AtomicBool::new(false), &|_, _| {});
        assert_eq!((copies.take(found), copies.groups().spare(), copies.revision()), (1, 1, 1));
        assert_eq!((copies.take(None), copies.revision()), (0, 1), "cancelled");
        let other = dsl::session(&[text, "Something else."]);
        assert!(copies.begin((1, 3), other.articles()) && copies.begin((1, 4), &other.articles()[..1]));
    }
}
