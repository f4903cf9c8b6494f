//! Suggestions for an article: gazetteers, rules, the statistical model, aliases, dates, and one answer out of them.
//!
//! Knows nothing of sessions and decisions: it reads text and zones and answers with [`Suggestion`]s, always the same
//! ones in the same order. What becomes of them is decided in `decide`.

pub mod consistency;
pub mod cues;
pub mod dates;
pub mod evidence;
pub mod features;
pub mod gazetteer;
pub mod hash;
pub mod lattice;
pub mod model;
pub mod names;
pub mod numeric;
pub mod own;
pub mod page;
mod parts;
mod pipeline;
pub mod refine;
pub mod resolve;
pub mod rules;
mod spans;
pub mod symbolic;
pub mod table;
mod tables;
pub mod train;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::annotation::{Label, Origin, Scheme, Score, Zone};
use crate::text::Span;
use crate::text::tokens::tokens_in;

use gazetteer::Lexicon;
use model::Model;
use own::Own;
pub use parts::{Part, PartKind};
use rules::{Pack, Rules};

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
    /// The kind of evidence that each list is.
    kinds: Vec<Option<u8>>,
    rules: Arc<Rules>,
    model: Arc<Model>,
    /// The model in origins.
    model_name: Arc<str>,
    /// Lists and rules of the analyst's own.
    own: Own,
    /// Lists, rules and forms of the grammars that are switched off, by name.
    off: BTreeSet<String>,
}

impl Tagger {
    /// The tagger of this build with the lists, rules and the model that it carries.
    pub fn standard() -> Arc<Self> {
        Arc::new(Self::new(Lexicon::standard(), Rules::standard(), Model::standard()))
    }

    /// A tagger of parts.
    pub fn new(lexicon: Arc<Lexicon>, rules: Arc<Rules>, model: Arc<Model>) -> Self {
        let kinds = evidence::kinds(&lexicon);
        let model_name = model.version().into();
        Self { lexicon, kinds, rules, model, model_name, own: Own::default(), off: BTreeSet::new() }
    }

    /// This tagger with lists and rules of the analyst's own, and without what is switched off, by name.
    pub fn with(&self, own: &[Pack], off: &BTreeSet<String>) -> Self {
        let rules = if off.is_empty() { self.rules.clone() } else { Arc::new(self.rules.without(off)) };
        let (lexicon, kinds, model) = (self.lexicon.clone(), self.kinds.clone(), self.model.clone());
        Self { lexicon, kinds, rules, model, model_name: self.model_name.clone(), own: Own::new(own, off), off: off.clone() }
    }

    /// Names the version, so that a session can tell whether its suggestions are of this tagger.
    pub fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// Suggestions for one article in reading order; the same input gives the same answer everywhere.
    pub fn suggest(&self, text: &str, context: &Context<'_>) -> Vec<Suggestion> {
        self.run(text, context)
    }

    /// Runs of words in `part` that look like names, in reading order: where a missed mention is most likely.
    pub fn likely_names(&self, text: &str, part: Span) -> Vec<Span> {
        let tokens = tokens_in(text, part);
        let reading = self.lexicon.look(text, &tokens);
        names::likely(text, &tokens, &reading.words)
    }
}
