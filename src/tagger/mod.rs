//! Suggestions for an article: gazetteers, rules, the statistical model, aliases, dates, and one answer out of them.
//!
//! Knows nothing of sessions and decisions: it reads text and zones and answers with [`Suggestion`]s, always the same
//! ones in the same order. What becomes of them is decided in `decide`.

pub mod gazetteer;
pub mod names;
pub mod rules;
pub mod symbolic;

use std::sync::Arc;

use crate::annotation::{Label, Origin, Scheme, Score, Zone, ZoneKind};
use crate::text::Span;
use crate::text::tokens::{tokens, tokens_in};

use gazetteer::Lexicon;
use rules::Rules;

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
#[derive(Debug)]
pub struct Tagger {
    lexicon: Arc<Lexicon>,
    rules: Arc<Rules>,
}

impl Tagger {
    /// The tagger of this build with the lists and rules that it carries.
    pub fn standard() -> Arc<Self> {
        Arc::new(Self { lexicon: Lexicon::standard(), rules: Rules::standard() })
    }

    /// Names the version, so that a session can tell whether its suggestions are of this tagger.
    pub fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// Suggestions for one article in reading order; the same input gives the same answer everywhere.
    pub fn suggest(&self, text: &str, context: &Context<'_>) -> Vec<Suggestion> {
        let tokens = tokens(text);
        let reading = self.lexicon.look(text, &tokens);
        let mut candidates = symbolic::candidates(text, &tokens, &self.lexicon, &reading, &self.rules);
        candidates.retain(|one| context.scheme.is_in_use(one.label.as_str()) && !context.is_skipped(one.span));
        let first = symbolic::resolve(text, &candidates);
        let aliases = symbolic::aliases(text, &tokens, &reading, &first);
        candidates.extend(aliases.into_iter().filter(|one| !context.is_skipped(one.span)));
        let kept = symbolic::resolve(text, &candidates);
        kept.into_iter().map(Suggestion::from).collect()
    }

    /// Why a suggestion was made, in words for the analyst: `gazetteer countries: Lithuania`.
    pub fn reason(&self, origin: &Origin) -> String {
        origin.to_string()
    }

    /// Runs of words in `part` that look like names, in reading order: where a missed mention is most likely.
    pub fn likely_names(&self, text: &str, part: Span) -> Vec<Span> {
        let tokens = tokens_in(text, part);
        let reading = self.lexicon.look(text, &tokens);
        names::likely(text, &tokens, &reading.words)
    }
}

impl Context<'_> {
    /// Whether a span touches boilerplate.
    fn is_skipped(&self, span: Span) -> bool {
        let after = self.zones.partition_point(|zone| zone.span.end <= span.start);
        self.zones[after..].iter().take_while(|zone| zone.span.start < span.end).any(|zone| zone.kind == ZoneKind::Boilerplate)
    }
}

impl From<symbolic::Candidate> for Suggestion {
    fn from(one: symbolic::Candidate) -> Self {
        Self { span: one.span, label: one.label, score: one.score, origin: one.origin, value: one.value }
    }
}
