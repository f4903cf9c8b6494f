//! Versions of one story among articles that pass: told, and where it is wished only the last is kept.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::annotation::{Article, ArticleId};
use crate::decide::versions::{Stories, are_one, by_age};

/// Of so many stories the words are kept; with more than that all is begun anew, so that a stream of any length passes.
const MOST: usize = 20_000;

/// The stories that have passed.
#[derive(Default)]
pub struct Passed {
    stories: Stories,
    articles: HashMap<ArticleId, Article>,
}

impl Passed {
    /// What there is to say of an article that is a version of one before it.
    pub fn told(&mut self, article: &Article) -> Option<String> {
        let other = self.stories.like(article).filter_map(|id| self.articles.get(id)).find(|other| are_one(other, article));
        let told = other.map(|other| {
            let (earlier, later) = if by_age(article, other) == Ordering::Less { (article, other) } else { (other, article) };
            format!("{} is a later version of {}: {}", later.id, earlier.id, later.title())
        });
        if self.stories.add(article) {
            if self.articles.len() >= MOST {
                *self = Self::default();
            }
            let kept = Article { mentions: Vec::new(), ..article.clone() };
            self.articles.insert(article.id.clone(), kept);
        }
        told
    }
}

/// Leaves of each story the last version; answers what is said of those that go.
pub fn keep_last(articles: &mut Vec<Article>) -> Vec<String> {
    let stories = Stories::of(&*articles);
    let places: HashMap<&ArticleId, usize> = articles.iter().enumerate().map(|(at, article)| (&article.id, at)).collect();
    let mut gone = HashSet::new();
    let mut told = Vec::new();
    for (at, article) in articles.iter().enumerate() {
        // The place tells which is later where nothing else does.
        let is_later = |other: &usize| {
            are_one(article, &articles[*other]) && by_age(&articles[*other], article).then(other.cmp(&at)) == Ordering::Greater
        };
        if let Some(later) = stories.like(article).filter_map(|id| places.get(id).copied()).find(is_later) {
            told.push(format!("{} was left out: {} is a later version of it", article.id, articles[later].id));
            gone.insert(article.id.clone());
        }
    }
    articles.retain(|article| !gone.contains(&article.id));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Extra;

    fn story(id: &str, slug: &str, day: &str) -> Article {
        let text = format!("The harbour of Port Ellery is to be closed in the spring, it was said.\n\nWords of {id}.");
        let mut article = Article::new(ArticleId::new(id), text.as_str());
        article.meta.published = Some(day.to_owned());
        article.extras.push(Extra { format: "wire".into(), key: "slug".into(), value: slug.into() });
        article
    }

    #[test]
    fn versions_are_told_and_the_last_is_kept() {
        let mut articles = vec![
            story("b", "BC-FR--Harbour Closes, 1st Ld-Writethru,140", "2021-03-04"),
            story("a", "BC-FR--Harbour Closes,120", "2021-03-04"),
            story("x", "BC-FR--Ferry Sinks,120", "2021-03-04"),
            story("c", "BC-FR--Harbour Closes, 2nd Ld-Writethru,180", "2021-03-04"),
        ];
        let mut passed = Passed::default();
        let told: Vec<Option<String>> = articles.iter().map(|article| passed.told(article)).collect();
        let is = |told: &Option<String>, words: &str| told.as_deref().is_some_and(|told| told.starts_with(words));
        assert_eq!((&told[0], &told[2]), (&None, &None));
        assert!(is(&told[1], "b is a later version of a") && is(&told[3], "c is a later version of b"), "{told:?}");
        let gone = keep_last(&mut articles);
        assert_eq!(articles.iter().map(|article| article.id.to_string()).collect::<Vec<_>>(), ["x", "c"]);
        assert_eq!(gone.len(), 2, "{gone:?}");
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut passed = Passed::default();
        for i in 0..MOST + 5 {
            let mut article = story("a", &format!("BC-FR--Story {i} of them,120"), "2021-03-04");
            article.id = ArticleId::new(&format!("a{i}"));
            passed.told(&article);
        }
        assert!(passed.articles.len() <= MOST);
    }
}
