//! The last step of every reader of article files: readable text becomes an article with its zones and what they say of it.

use std::path::Path;

use super::fault::Trouble;
use super::page::{Omitted, Page};
use super::zones;
use crate::annotation::{Article, ArticleId, Zone};

/// What an article read from `path` is called: the file's stem.
pub fn id_of(path: &Path) -> ArticleId {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().trim().to_owned()).filter(|stem| !stem.is_empty());
    ArticleId::new(stem.as_deref().unwrap_or("article"))
}

/// An article from plain text, such as a pasted one, with its zones and what they say of it.
pub fn from_text(id: ArticleId, text: &str) -> Article {
    let mut article = Article::new(id, text);
    find_zones(&mut article, &[]);
    article
}

/// Finds the zones of an article that has none, and what they and its words say of it.
pub fn find_zones(article: &mut Article, known: &[Zone]) {
    article.zones = zones::find(&article.text, known);
    zones::complete_meta(&article.text, &article.zones, &mut article.meta);
}

/// An article from blocks of text of which more is known than their words.
///
/// # Errors
/// [`Trouble::NoText`].
pub fn from_page(id: ArticleId, page: Page) -> Result<Article, Trouble> {
    if page.is_empty() {
        return Err(Trouble::NoText);
    }
    let mut article = Article::new(id, page.text());
    article.meta = page.meta.clone();
    article.extras.extend(page.omitted.map(Omitted::into_extra));
    find_zones(&mut article, page.hints());
    Ok(article)
}
