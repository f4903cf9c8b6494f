//! Articles whose lines are broken off are tagged as they read; what is found lies where it is stored.

use crate::annotation::{Article, Zone};
use crate::text::Span;
use crate::text::flow::{Flow, Flowed};

/// A text as it reads; `None` where that is as it stands.
pub fn flowed(text: &str) -> Option<Flowed> {
    Flow::of(text).flowed(text, Span::new(0, text.len()))
}

pub fn zones(flowed: &Flowed, zones: &[Zone]) -> Vec<Zone> {
    let read = zones.iter().map(|zone| Zone { span: flowed.read(zone.span), ..*zone });
    read.filter(|zone| !zone.span.is_empty()).collect()
}

/// An article whose text is what is read, and whose zones and mentions lie there.
pub fn article(flowed: &Flowed, article: &Article) -> Article {
    let mentions = article.mentions.iter().cloned().map(|mut mention| {
        mention.span = flowed.read(mention.span);
        mention
    });
    Article {
        text: flowed.text.as_str().into(),
        zones: zones(flowed, &article.zones),
        mentions: mentions.filter(|mention| !mention.span.is_empty()).collect(),
        ..article.clone()
    }
}
