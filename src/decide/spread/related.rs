//! Shorter names that go with the name decided on: the surname after the full name, the acronym, the company without its
//! legal form. They come with a decision for the whole session, which shows every row before it is applied, and only
//! from articles that speak of the full name.

use std::collections::HashSet;

use super::concordance::{Intent, Reach, Row};
use super::find::{Meant, Part, Query};
use crate::annotation::{Article, ArticleId};
use crate::decide::names::{ShortName, short_names};

/// Adds the rows of the shorter names to those of the name itself.
pub(super) fn add(query: &Query<'_>, reach: Reach<'_>, article: &Article, part: &Part<'_>, rows: &mut Vec<Row>) {
    let label = match query.intent {
        Intent::Is(label) | Intent::Known(label, _) | Intent::Linked(Some(_), label) => label,
        // That a name is none says nothing of other names.
        Intent::Not(_) | Intent::Linked(None, _) => return,
    };
    let short: Vec<ShortName> = short_names(part.core, label);
    if short.is_empty() {
        return;
    }
    let mut articles: HashSet<ArticleId> = rows.iter().filter(|row| row.ticked || row.is_living()).map(|row| row.article.clone()).collect();
    articles.insert(article.id.clone());
    let parts: Vec<Part<'_>> = short
        .iter()
        .map(|short| Part {
            key: &short.key,
            wrong_key: None,
            lead: "",
            tail: "",
            core: &short.surface,
            reason: Some(short.reason.clone()),
            meant: Meant::With(&articles, part.key),
        })
        .collect();
    query.add_rows(reach, article, &parts, rows);
}
