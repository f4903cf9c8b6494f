//! Mentions whose edges a format could not hold, such as control characters, take back the ones that they had.

use super::json::{Item, List, Loose};
use super::jsonl::Line;
use crate::annotation::{Article, Mention};
use crate::text::{Offsets, Span, Unit};

/// A span without white space and control characters at its edges.
pub fn inner(text: &str, span: Span) -> Span {
    let words = span.of(text).unwrap_or_default();
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let start = span.start as usize + words.len() - words.trim_start_matches(is_blank).len();
    Span::new(start, start + words.trim_matches(is_blank).len())
}

/// What a packed entity says of its place.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Place<'l> {
    #[serde(borrow)]
    start: Item<'l>,
    #[serde(borrow)]
    end: Item<'l>,
    #[serde(borrow)]
    label: Item<'l>,
}

/// Gives mentions the edges that are packed, where nothing but such characters is between.
pub fn snap(packed: &Line<'_>, article: &mut Article) {
    let text = article.text.clone();
    let offsets = Offsets::new(&text);
    let entities = packed.get("entities").map(|raw| raw.get()).unwrap_or_default();
    let List(entities) = serde_json::from_str::<List<Loose<Place<'_>>>>(entities).unwrap_or_default();
    for entity in entities.into_iter().filter_map(|Loose(entity)| entity) {
        let (Some(start), Some(end)) = (entity.start.whole(), entity.end.whole()) else { continue };
        let Some(span) = offsets.span_from(start, end, Unit::CodePoints) else { continue };
        let within = inner(&text, span);
        let label = entity.label.as_str().unwrap_or_default();
        let stands = |one: &Mention, span: Span| one.span == span && one.label.as_str() == label;
        // Another mention may lie within those edges, beside the one that has them.
        if within == span || within.is_empty() || article.mentions.iter().any(|one| stands(one, span)) {
            continue;
        }
        if let Some(mention) = article.mentions.iter_mut().find(|one| stands(one, within)) {
            mention.span = span;
        }
    }
}
