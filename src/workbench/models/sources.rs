//! Sources that have changed, what a refresh would do, and the mentions that lost their words on the way.

use crate::annotation::{ArticleId, Session};
use crate::decide::anchors::{Orphan, Refreshed, Tally, orphan, orphans};
use crate::store::Glances;
use crate::text::Span;

/// What is known of the sources of the open session.
#[derive(Debug, Default)]
pub struct Sources {
    pub glances: Glances,
    /// Articles whose source was found to have changed; the analyst was told.
    pub changed: Vec<ArticleId>,
}

/// Articles as their sources have them now, waiting for the analyst's word.
#[derive(Debug, Default)]
pub struct Refreshing {
    pub changed: Vec<Refreshed>,
    /// Sources that are gone or cannot be read, each with its reason.
    pub problems: Vec<String>,
    /// How many sources were looked at.
    pub looked: usize,
    /// Whether they are later versions of stories, from other files.
    pub is_of_versions: bool,
    /// The encoding that was asked for.
    pub encoding: Option<String>,
}

impl Refreshing {
    pub fn tally(&self) -> Tally {
        self.changed.iter().fold(Tally::default(), |all, refreshed| all.plus(refreshed.tally))
    }
}

/// A mention without a place.
#[derive(Clone, Debug)]
pub struct Listed {
    pub article: ArticleId,
    pub orphan: Orphan,
    /// Where its words stand in the article now, where they do.
    pub guess: Option<Span>,
}

impl Listed {
    /// The mentions without a place, those of the article `open` first.
    pub fn all(session: &Session, open: Option<&ArticleId>) -> Vec<Self> {
        let listed = session.articles().iter().flat_map(|article| {
            let of_article =
                orphans(article).map(|(_, orphan)| Self { article: article.id.clone(), guess: orphan::guess(article, &orphan), orphan });
            of_article.collect::<Vec<_>>()
        });
        let mut listed: Vec<Self> = listed.collect();
        listed.sort_by_key(|listed| Some(&listed.article) != open);
        listed
    }
}
