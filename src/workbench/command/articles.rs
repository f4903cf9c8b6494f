//! Which articles are listed, in which order, and which of them are chosen to be acted on together.

use super::row::{Row, rows};
use super::terms::Step;
use crate::annotation::ArticleId;
use crate::decide::articles::{ArticleOrder, What};

#[derive(Clone, PartialEq, Debug)]
pub enum Articles {
    /// Only those that a filter admits, as it is typed.
    Filter(String),
    /// Put a term on the filter, or take it off.
    Toggle(What),
    /// Take the whole filter off.
    All,
    /// By this; by the same once more the other way round.
    Sort(ArticleOrder),
    Reverse,
    /// Take an article along with those that are chosen, or let it go.
    Choose(ArticleId),
    /// Choose all from where the run began to this one.
    ChooseTo(ArticleId),
    /// Make the run longer or shorter by one, from the article on the page.
    ChooseStep(Step),
    ChooseAll,
    LetGo,
    /// Put tags on what is chosen, or on the open article, and take others off.
    Tag {
        add: Vec<String>,
        remove: Vec<String>,
    },
    /// Keep the filter under a name.
    Keep(String),
    /// Call a kept filter otherwise.
    Rename(String, String),
    /// Forget a kept filter.
    Forget(String),
}

rows! { Articles
    View 112 acts "every-article" ["Shift+F4"] Articles::All, "Every article again", "Take the filter off the articles";
}
