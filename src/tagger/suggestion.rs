//! What the tagger is told of an article, and what it answers.

use std::sync::Arc;

use crate::annotation::{Article, Label, Origin, Scheme, Score, Zone, ZoneKind};
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

impl<'a> Context<'a> {
    /// What an article tells of itself.
    pub fn of(article: &'a Article, scheme: &'a Scheme) -> Self {
        let meta = &article.meta;
        Self { scheme, zones: &article.zones, published: meta.published.as_deref(), language: meta.language.as_deref() }
    }

    /// The parts of a text that are not boilerplate.
    pub fn tagged_parts(&self, text: &str) -> Vec<Span> {
        let mut parts = Vec::new();
        let mut from = 0;
        for zone in self.zones.iter().filter(|zone| zone.kind == ZoneKind::Boilerplate) {
            if zone.span.start > from {
                parts.push(Span { start: from, end: zone.span.start });
            }
            from = from.max(zone.span.end);
        }
        let all = Span::new(0, text.len());
        if from < all.end {
            parts.push(Span { start: from, end: all.end });
        }
        parts
    }
}

/// Labels as the scheme in force names them: a scheme of coarser labels gets those, any other what it has in use.
pub fn fitted(label: &Label, scheme: &Scheme) -> Option<Label> {
    if scheme.get(label).is_some() {
        return scheme.is_in_use(label.as_str()).then(|| label.clone());
    }
    let coarser = match label.as_str() {
        "GPE" | "FAC" => "LOC",
        "PERSON" => "PER",
        "NORP" | "EVENT" | "LAW" | "PRODUCT" | "WORK_OF_ART" | "LANGUAGE" => "MISC",
        _ => return None,
    };
    scheme.is_in_use(coarser).then(|| Label::new(coarser))
}
