//! A source of suggestions: one thing with one shape, whether it is a set of lists, rules, a grammar, a model or a
//! command of the analyst's. The program's own lie in `sources`, a file each.

use std::cell::OnceCell;
use std::fmt;
use std::sync::Arc;

use super::evidence;
use super::gazetteer::{Lexicon, Reading};
use super::overlay::Overlay;
use super::page::{Hit, Lexis, Page};
use super::part::Part;
use super::refine;
use super::suggestion::Context;
use crate::annotation::{Article, Label, Origin, Scheme, Score};
use crate::text::Span;
use crate::text::tokens::Token;

/// Something that suggests mentions. Several are on at once, and what they say is brought together by resolution.
///
/// - **Order.** A tagger asks its sources one after another as its table has them; [`Asked::said`] holds what those before
///   said. An answer may come in any order: resolution puts it in one.
/// - **Determinism.** The same article, with the same words said before, gets the same answer on every machine and thread,
///   whatever was asked before. A source knows no clock and no chance, and no hash map's order reaches its answer. Nobody
///   can vouch for a command from outside; its author is held to the same.
/// - **Offsets.** Spans are bytes of [`Asked::text`] on character boundaries, and not empty. Spans that share no byte with
///   a token of [`Asked::tokens`] (boilerplate has none) are not heeded.
/// - **Cancelling.** A source that takes longer than a moment over an article looks at [`Asked::is_cancelled`] and then
///   answers with [`Fault::Cancelled`].
/// - **Failure.** A source that cannot answer says why. The article then keeps what it had, for half an answer would take
///   away what the others' suggestions rest on; the next article is asked about anew. No text makes a source panic.
pub trait Source: Send + Sync + fmt::Debug {
    /// Everything that it says of an article.
    ///
    /// # Errors
    /// Whatever kept it from answering.
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault>;

    /// How its word weighs against that of the others.
    fn standing(&self) -> Standing {
        Standing::Evidence
    }

    /// Whether words are never a mention, whoever says that they are.
    fn denies(&self, _words: &str) -> bool {
        false
    }

    /// The same with the model's weights moved, where it guesses by them.
    fn moved(&self, _by: &Arc<Overlay>) -> Option<Arc<dyn Source>> {
        None
    }

    /// What it is made of, each part with the name that origins tell.
    fn parts(&self) -> Vec<Part> {
        Vec::new()
    }

    /// Why it made a suggestion, in a clause; `None` where the origin is not its own.
    fn reason(&self, origin: &Origin) -> Option<String> {
        let Origin::Rule(id) = origin else { return None };
        self.parts().into_iter().find(|part| part.id == *id).map(|part| part.about).filter(|about| !about.is_empty())
    }
}

/// How the word of a source weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// A guess by the whole context: stands where nobody surer objects.
    Guess,
    /// Explains what is guessed, overrules it where it is surer, and fills what was left open.
    Evidence,
    /// What the analyst decided on the name elsewhere: weighed, with how often it was so, against the answer of all others.
    Learned,
    /// The analyst's own word, which wins.
    Word,
}

/// One possible mention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub span: Span,
    pub label: Label,
    pub score: Score,
    pub origin: Origin,
    pub value: Option<Arc<str>>,
}

/// Why a source gave no answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    #[error("cancelled")]
    Cancelled,
    #[error("{0}")]
    Failed(String),
}

/// An article that sources are asked about, with all that is known of it so far.
pub struct Asked<'a> {
    pub text: &'a str,
    /// Those of boilerplate are left out.
    pub tokens: Vec<Token>,
    /// The date of publication as ISO 8601.
    pub published: Option<&'a str>,
    /// A BCP 47 tag, where it is known.
    pub language: Option<&'a str>,
    /// The labels of the session, where they are known.
    pub scheme: Option<&'a Scheme>,
    /// The whole article, where it is one of a session or file.
    pub article: Option<&'a Article>,
    pub lexicon: &'a Lexicon,
    /// What the packed lists hold of these tokens.
    pub reading: Reading,
    /// What the sources before this one said.
    pub said: Vec<Candidate>,
    /// All of it as features want it.
    hits: Vec<Hit>,
    lexis: Lexis<'a>,
    page: OnceCell<Page<'a>>,
    is_cancelled: &'a dyn Fn() -> bool,
}

impl<'a> Asked<'a> {
    /// A text with these tokens, of which nothing is said yet. `kinds` are those of the lexicon's lists, see [`evidence`].
    pub fn new(text: &'a str, tokens: Vec<Token>, lexicon: &'a Lexicon, reading: Reading, kinds: &[Option<u8>], lexis: Lexis<'a>) -> Self {
        let hits = evidence::hits(&reading, kinds);
        Self {
            text,
            tokens,
            published: None,
            language: None,
            scheme: None,
            article: None,
            lexicon,
            reading,
            said: Vec::new(),
            hits,
            lexis,
            page: OnceCell::new(),
            is_cancelled: &|| false,
        }
    }

    /// The same with what is known besides the text.
    pub fn within(self, context: &Context<'a>, article: Option<&'a Article>, is_cancelled: &'a dyn Fn() -> bool) -> Self {
        Self { published: context.published, language: context.language, scheme: Some(context.scheme), article, is_cancelled, ..self }
    }

    /// Whether nobody waits for the answer any more.
    pub fn is_cancelled(&self) -> bool {
        (self.is_cancelled)()
    }

    /// Whether bytes are a part of the text that is tagged: on character boundaries, with a word in them.
    pub fn has_words(&self, span: Span) -> bool {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        span.of(self.text).is_some() && self.tokens.get(first).is_some_and(|token| token.span.start < span.end)
    }

    /// The article as features see it, with what was said when this was first asked for.
    pub fn page(&self) -> &Page<'a> {
        self.page.get_or_init(|| Page::new(self.text, self.tokens.clone(), &self.hits, &self.reading.words, &self.lexis))
    }

    pub fn into_page(self) -> Page<'a> {
        self.page();
        self.page.into_inner().unwrap_or_else(|| Page::new(self.text, self.tokens, &self.hits, &self.reading.words, &self.lexis))
    }

    /// Takes in what a source said. Rules and the analyst's own are evidence for what is asked afterwards; what lists say
    /// stands in the reading already.
    pub fn hear(&mut self, standing: Standing, candidates: &[Candidate]) {
        let is_evidence = |one: &&Candidate| match standing {
            Standing::Guess | Standing::Learned => false,
            Standing::Evidence => matches!(one.origin, Origin::Rule(_)),
            Standing::Word => true,
        };
        for one in candidates.iter().filter(is_evidence) {
            let Some(kind) = refine::rule_kind(one.label.as_str()) else { continue };
            let from = self.tokens.partition_point(|token| token.span.end <= one.span.start);
            let to = self.tokens.partition_point(|token| token.span.start < one.span.end);
            self.hits.push(Hit { tokens: from..to.max(from), kind });
        }
        self.said.extend_from_slice(candidates);
    }
}

impl fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked").field("text", &self.text).field("said", &self.said).finish_non_exhaustive()
    }
}
