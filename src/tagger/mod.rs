//! Suggestions for an article: gazetteers, rules, the statistical model, aliases, dates, and one answer out of them.
//!
//! Knows nothing of sessions and decisions: it reads text and zones and answers with [`Suggestion`]s, always the same
//! ones in the same order. What becomes of them is decided in `decide`.

pub mod gazetteer;

use std::sync::Arc;

use crate::annotation::{Label, Origin, Scheme, Score, Zone};
use crate::text::Span;

/// One proposed mention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// Bytes of the article's text.
    pub span: Span,
    pub label: Label,
    pub score: Score,
    pub origin: Origin,
    /// The normalised value of a date, time or amount.
    pub value: Option<Arc<str>>,
}

/// What the tagger may know of an article besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Only labels in use are suggested.
    pub scheme: &'a Scheme,
    /// In order; boilerplate is not tagged.
    pub zones: &'a [Zone],
    /// The date of publication as ISO 8601; relative dates are resolved against it.
    pub published: Option<&'a str>,
    /// A BCP 47 tag, where it is known.
    pub language: Option<&'a str>,
}

/// The whole pipeline, loaded once and shared between threads.
#[derive(Debug, Default)]
pub struct Tagger {}

impl Tagger {
    /// The tagger of this build with the lists and rules that it carries.
    pub fn standard() -> Arc<Self> {
        Arc::new(Self::default())
    }

    /// Names the version, so that a session can tell whether its suggestions are of this tagger.
    pub fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// Suggestions for one article in reading order; the same input gives the same answer everywhere.
    pub fn suggest(&self, _text: &str, _context: &Context<'_>) -> Vec<Suggestion> {
        Vec::new()
    }

    /// Why a suggestion was made, in words for the analyst: `gazetteer countries: Lithuania`.
    pub fn reason(&self, origin: &Origin) -> String {
        origin.to_string()
    }

    /// Runs of words in `part` that look like names, in reading order: where a missed mention is most likely.
    pub fn likely_names(&self, _text: &str, _part: Span) -> Vec<Span> {
        Vec::new()
    }
}
