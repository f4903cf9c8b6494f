//! What would come in with the files that are to be added, while it is asked about.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::offering::Given;
use crate::annotation::{Article, ArticleId, Entity};
use crate::decide::intake::{self, Known};
use crate::decide::versions::{Stories, are_one, by_age};
use crate::formats::Grouped;
use crate::reading::language;

/// What files gave.
#[derive(Debug, Default)]
pub struct Found {
    pub articles: Vec<Article>,
    pub entities: Vec<Entity>,
    /// What could not be read, each with its reason and remedy.
    pub faults: Vec<String>,
    /// What is only to be known.
    pub told: Vec<String>,
    /// What of articles did not come in as it stands in the files.
    pub unread: Grouped,
    /// What files say of articles that the session holds already.
    pub given: Given,
    /// Later versions of stories that the session holds, with those.
    pub versions: Vec<(Arc<Article>, Article)>,
    /// Files that the session holds already.
    pub known: usize,
    /// How many files gave articles, by what they are.
    pub kinds: BTreeMap<&'static str, usize>,
    /// Whether one of them gave several.
    pub is_of_many: bool,
}

#[derive(Debug, Default)]
pub struct Coming {
    pub found: Found,
    /// Of each article, in their order.
    pub rows: Vec<ComingRow>,
}

/// An article that would come in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ComingRow {
    /// Whose words it has, or of which it is an earlier version, where that is another.
    pub double: Option<String>,
    pub is_in: bool,
}

impl Coming {
    /// What has the words of an article that is here, or of one before it, is left out unless it is wanted.
    pub fn of(found: Found, known: &Known) -> Self {
        let mut seen: HashMap<_, usize> = HashMap::new();
        let stories = Stories::of(&found.articles);
        let by_id: HashMap<&ArticleId, usize> = found.articles.iter().enumerate().map(|(at, article)| (&article.id, at)).collect();
        // The place tells which is later where nothing else does.
        let is_later = |at: usize, than: usize| {
            let (one, other) = (&found.articles[at], &found.articles[than]);
            are_one(one, other) && by_age(one, other).then(at.cmp(&than)) == Ordering::Greater
        };
        let mut rows = Vec::with_capacity(found.articles.len());
        for (at, article) in found.articles.iter().enumerate() {
            let first = *seen.entry(intake::words_of(&article.text)).or_insert(at);
            let double = match known.with_words_of(&article.text) {
                [id, ..] => Some(format!("the session has these words as {id}")),
                [] if first < at => Some(format!("the same words as {}", found.articles[first].title())),
                [] => {
                    let mut others = stories.like(article).filter_map(|id| by_id.get(id).copied());
                    let later = others.find(|other| is_later(*other, at));
                    later.map(|later| format!("an earlier version of {}", found.articles[later].title()))
                }
            };
            rows.push(ComingRow { is_in: double.is_none(), double });
        }
        Self { found, rows }
    }

    /// How many are to come in.
    pub fn chosen(&self) -> usize {
        self.rows.iter().filter(|row| row.is_in).count()
    }

    pub fn doubles(&self) -> usize {
        self.rows.iter().filter(|row| row.double.is_some()).count()
    }

    /// The first day and the last.
    pub fn days(&self) -> Option<(&str, &str)> {
        let days = || self.found.articles.iter().filter_map(|article| article.meta.published.as_deref());
        Some((days().min()?, days().max()?))
    }

    /// `3 × a web page, 1 × an export of Nexis`.
    pub fn kinds(&self) -> String {
        let mut kinds: Vec<(&str, usize)> = self.found.kinds.iter().map(|(what, n)| (*what, *n)).collect();
        kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        kinds.iter().map(|(what, n)| format!("{n} × {what}")).collect::<Vec<_>>().join(", ")
    }

    /// How many are in which language, where it is known.
    pub fn languages(&self) -> String {
        let counts = language::counts(&self.found.articles);
        let known = counts.iter().filter_map(|(tag, n)| Some(format!("{n} {}", language::name_of(tag.as_deref()?))));
        known.collect::<Vec<_>>().join(", ")
    }

    /// What is to come in.
    pub fn into_chosen(self) -> Found {
        let Self { mut found, rows } = self;
        let mut chosen = rows.iter().map(|row| row.is_in);
        found.articles.retain(|_| chosen.next().unwrap_or(false));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::from_text;

    #[test]
    fn doubles_are_told_and_left_out_until_they_are_wanted() {
        let session = crate::dsl::session(&["Nora Hale met the Kelp Board."]);
        let article = |id: &str, text: &str| from_text(ArticleId::new(id), text);
        let articles = vec![
            article("a", "Nora Hale met\r\nthe Kelp Board."),
            article("b", "Marta Lind sailed to Oslo."),
            article("c", "Marta Lind sailed\nto Oslo."),
        ];
        let mut coming = Coming::of(Found { articles, ..Found::default() }, &Known::of(&session));
        let in_it: Vec<bool> = coming.rows.iter().map(|row| row.is_in).collect();
        assert_eq!((in_it, coming.chosen(), coming.doubles()), (vec![false, true, false], 1, 2));
        assert!(coming.rows[2].double.as_deref().is_some_and(|words| words.contains("the same words as b")));
        coming.rows[0].is_in = true;
        let ids: Vec<String> = coming.into_chosen().articles.iter().map(|article| article.id.to_string()).collect();
        assert_eq!(ids, ["a", "b"]);
    }
}
