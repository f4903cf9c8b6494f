//! Versions of one story: an update, a correction or a refile of what is here already.
//!
//! An agency says which story it is by an id of its own and counts the revisions; where it does not, by a slug that stays while
//! leads and takes change. A slug alone is no story (`WEATHER` comes every hour): outlet and day must fit, and either says that
//! it is an update, or the two share paragraphs.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::annotation::{Article, ArticleId};

/// The stories of some articles.
#[derive(Debug, Default)]
pub struct Stories {
    by_key: HashMap<String, Vec<ArticleId>>,
}

impl Stories {
    pub fn of<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Self {
        let mut stories = Self::default();
        articles.into_iter().for_each(|article| _ = stories.add(article));
        stories
    }

    /// Whether the article says of which story it is.
    pub fn add(&mut self, article: &Article) -> bool {
        let keys = keys(article);
        let is_known = !keys.is_empty();
        for key in keys {
            self.by_key.entry(key).or_default().push(article.id.clone());
        }
        is_known
    }

    /// Those of the articles that may be versions of this one's story; [`are_one`] decides.
    pub fn like(&self, article: &Article) -> impl Iterator<Item = &ArticleId> {
        let keys = keys(article);
        let mut seen = HashSet::new();
        keys.into_iter().filter_map(|key| self.by_key.get(&key)).flatten().filter(move |id| seen.insert(*id))
    }
}

/// Whether two articles are versions of one story.
pub fn are_one(one: &Article, other: &Article) -> bool {
    let same = |read: fn(&Article) -> Option<String>| read(one).zip(read(other)).is_some_and(|(one, other)| one == other);
    if same(id_of) {
        return true;
    }
    let is_near = match (day(one), day(other)) {
        (Some(one), Some(other)) => one.since(other).is_ok_and(|span| span.get_days().abs() <= 1),
        _ => false,
    };
    same(slug_of) && is_near && (is_update(one) || is_update(other) || share_paragraphs(one, other))
}

/// Which of two versions is the earlier one; equal where neither says.
pub fn by_age(one: &Article, other: &Article) -> Ordering {
    let version = |article: &Article| said(article, "version").and_then(|version| version.trim().parse::<u64>().ok());
    match (version(one), version(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => (lead(one), &one.meta.published).cmp(&(lead(other), &other.meta.published)),
    }
}

/// What the wire said of an article.
fn said<'a>(article: &'a Article, key: &str) -> Option<&'a str> {
    article.extras.iter().find(|extra| extra.format == "wire" && extra.key == key).map(|extra| extra.value.as_str())
}

fn keys(article: &Article) -> Vec<String> {
    id_of(article).into_iter().chain(slug_of(article)).collect()
}

/// An id with blanks counts transmissions, not stories.
fn id_of(article: &Article) -> Option<String> {
    let id = said(article, "id").filter(|id| id.len() >= 4 && !id.contains(char::is_whitespace))?;
    Some(format!("id {} {id}", article.meta.outlet.as_deref().unwrap_or_default()))
}

fn slug_of(article: &Article) -> Option<String> {
    let slug = said(article, "slug")?;
    let (bare, _) = slug.split_once(',').unwrap_or((slug, ""));
    let bare = bare.trim().to_lowercase();
    let is_specific = bare.len() >= 8 && bare.contains(['-', '/', ' ']);
    is_specific.then(|| format!("slug {} {bare}", article.meta.outlet.as_deref().unwrap_or_default().to_lowercase()))
}

fn day(article: &Article) -> Option<jiff::civil::Date> {
    article.meta.published.as_deref()?.get(..10)?.parse().ok()
}

/// What says of a story that it is another version.
fn marks(article: &Article) -> String {
    let title = article.meta.title.as_deref().unwrap_or_default();
    let parts = [said(article, "slug"), said(article, "take"), Some(title)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_update(article: &Article) -> bool {
    let marks = marks(article);
    let is_marked = ["writethru", "refile", "correction", "corrected", "update "].iter().any(|mark| marks.contains(mark));
    is_marked || lead(article) > 0
}

/// `1st Ld`, `2ND LEAD`, `UPDATE 3`: which.
fn lead(article: &Article) -> u32 {
    let marks = marks(article);
    let words: Vec<&str> = marks.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.trim_end_matches(char::is_alphabetic).parse::<u32>().ok();
    let of_pair = |pair: &[&str]| match pair {
        [n, "ld" | "lead"] => number(n),
        ["update", n] => number(n),
        _ => None,
    };
    words.windows(2).find_map(of_pair).unwrap_or(0)
}

fn share_paragraphs(one: &Article, other: &Article) -> bool {
    let paragraphs = |article: &'_ Article| -> HashSet<String> {
        article.text.lines().map(str::trim).filter(|line| line.len() >= 40).map(str::to_owned).collect()
    };
    let (one, other) = (paragraphs(one), paragraphs(other));
    one.intersection(&other).count() * 3 >= one.len().min(other.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Extra;

    fn story(said: &[(&str, &str)], outlet: &str, day: &str, text: &str) -> Article {
        let mut article = Article::new(ArticleId::new("a"), text);
        article.meta.outlet = Some(outlet.to_owned());
        article.meta.published = Some(day.to_owned());
        article.extras =
            said.iter().map(|(key, value)| Extra { format: "wire".into(), key: (*key).into(), value: (*value).into() }).collect();
        article
    }

    #[test]
    fn versions_are_told_by_their_ids_or_slugs() {
        let long = "The harbour of Port Ellery is to be closed in the spring, it was said.";
        let first = story(&[("id", "urn:x:1"), ("version", "1")], "DPN", "2021-03-04", long);
        let second = story(&[("id", "urn:x:1"), ("version", "2")], "DPN", "2021-03-05", "Nothing of it is true.");
        assert!(are_one(&first, &second) && by_age(&first, &second) == Ordering::Less);
        let slug = |slug: &str, outlet: &str, day: &str, text: &str| story(&[("slug", slug)], outlet, day, text);
        let early = slug("BC-FR--Harbour Closes,120", "DPN", "2021-03-04", long);
        for (other, is_one) in [
            (slug("BC-FR--Harbour Closes, 1st Ld-Writethru,140", "DPN", "2021-03-04", "Other words."), true),
            (slug("BC-FR--Harbour Closes,150", "DPN", "2021-03-05", long), true),
            (slug("BC-FR--Harbour Closes,150", "DPN", "2021-03-04", "Other words."), false),
            (slug("BC-FR--Harbour Closes, 1st Ld-Writethru,140", "DPN", "2021-03-09", long), false),
            (slug("BC-FR--Harbour Closes, 1st Ld-Writethru,140", "APX", "2021-03-04", long), false),
            (slug("BC-FR--Harbour Opens,120", "DPN", "2021-03-04", long), false),
        ] {
            assert_eq!(are_one(&early, &other), is_one, "{:?} {:?}", other.extras, other.meta);
            assert_eq!(Stories::of([&early]).like(&other).any(|_| are_one(&early, &other)), is_one);
        }
        let lead = slug("BC-FR--Harbour Closes, 2nd Ld-Writethru,140", "DPN", "2021-03-04", long);
        assert_eq!((by_age(&early, &lead), by_age(&lead, &early)), (Ordering::Less, Ordering::Greater));
        // What comes every hour, and what counts transmissions.
        assert!(!are_one(&slug("WEATHER", "DPN", "2021-03-04", long), &slug("WEATHER", "DPN", "2021-03-04", long)));
        let sent = |text: &str| story(&[("id", "eca062 4 i 211")], "dpa", "2021-03-04", text);
        assert!(!are_one(&sent("a"), &sent("b")));
    }
}
