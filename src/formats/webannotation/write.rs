//! An article becomes a text and a collection of annotations.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::carried;
use super::super::format::{Context, Sheet};
use super::super::loss::{Extent, Lost};
use crate::annotation::{Article, Mention};
use crate::text::{Offsets, Span, Unit};

/// How many characters stand around a quote at first, and at most.
const AROUND: usize = 24;
const AT_MOST: usize = 1536;

pub fn write(unit: Unit, article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    let borders: BTreeSet<u32> = match article.text.is_ascii() {
        true => BTreeSet::new(),
        false => {
            article.text.grapheme_indices(true).map(|(at, _)| Span::new(at, at).start).chain([offsets.len(Unit::Bytes) as u32]).collect()
        }
    };
    let mut items = Vec::new();
    for mention in article.mentions.iter().filter(|mention| !mention.is_rejected()) {
        if !borders.is_empty() && [mention.span.start, mention.span.end].iter().any(|edge| !borders.contains(edge)) {
            let why = "begins or ends inside what is one character to readers, where W3C selectors should not";
            sheet.lost.push(Lost::of(article, mention, Extent::Part, why));
        }
        let quote = quote(&article.text, mention.span);
        if !quote.is_sole {
            let why = "stands in many places with the same words around it; only its offsets say which";
            sheet.lost.push(Lost::of(article, mention, Extent::Part, why));
        }
        items.push(annotation(article, mention, &quote, offsets.span_to(mention.span, unit), context));
    }
    let urn = urn(article.id.as_str());
    let collection = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {
            "unit": "urn:manicule:unit",
            "state": "urn:manicule:state",
            "score": {"@id": "urn:manicule:score", "@type": "http://www.w3.org/2001/XMLSchema#double"},
            carried::KEY: {"@id": "urn:manicule:article", "@type": "@json"},
        }],
        "id": format!("{urn}:annotations"),
        "type": "AnnotationCollection",
        "label": article.title(),
        "total": items.len(),
        "unit": if unit == Unit::Utf16 { "UTF-16" } else { "code points" },
        carried::KEY: carried::pack(article, context, sheet)?,
        "first": {"id": format!("{urn}:page"), "type": "AnnotationPage", "startIndex": 0, "items": items},
    });
    let page = serde_json::to_vec_pretty(&collection).map_err(|error| error.to_string())?;
    sheet.pages = vec![article.text.as_bytes().to_vec(), page];
    Ok(())
}

fn annotation(article: &Article, mention: &Mention, quote: &Quote<'_>, (start, end): (usize, usize), context: &Context<'_>) -> Value {
    let mut body = vec![json!({"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": mention.label.as_str()})];
    if let Some(kb) = context.entity(mention).and_then(|entity| entity.kb.as_deref()).filter(|kb| !kb.is_empty()) {
        body.push(json!({"type": "SpecificResource", "purpose": "identifying", "source": iri(kb)}));
    }
    if let Some(note) = &mention.note {
        body.push(json!({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": &**note}));
    }
    let urn = urn(article.id.as_str());
    let source = article.meta.url.clone().filter(|url| url.contains("://")).unwrap_or(urn.clone());
    let mut annotation = Map::new();
    let mut put = |key: &str, value: Value| annotation.insert(key.to_owned(), value);
    put("id", format!("{urn}:{}", mention.id).into());
    put("type", "Annotation".into());
    put("motivation", "tagging".into());
    put("state", mention.state.as_str().into());
    if let Some(score) = mention.score {
        put("score", score.ratio().into());
    }
    if let Some(by) = &mention.by {
        put("creator", json!({"type": "Person", "name": &**by}));
    }
    if let Some(at) = mention.at {
        put("created", at.to_string().into());
    }
    if mention.origin.is_machine() {
        put("generator", json!({"type": "Software", "name": mention.origin.to_string()}));
    }
    put("body", body.into());
    let selectors = json!([
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": article.quote(mention.span), "prefix": quote.prefix, "suffix": quote.suffix},
    ]);
    put("target", json!({"source": source, "selector": selectors}));
    Value::Object(annotation)
}

struct Quote<'t> {
    prefix: &'t str,
    suffix: &'t str,
    /// Whether it stands only once with what is around it.
    is_sole: bool,
}

fn quote(text: &str, span: Span) -> Quote<'_> {
    let (start, end) = (span.start as usize, span.end as usize);
    let mut around = AROUND;
    loop {
        let from = text[..start].char_indices().rev().nth(around - 1).map_or(0, |(at, _)| at);
        let to = text[end..].char_indices().nth(around).map_or(text.len(), |(at, _)| end + at);
        let is_sole = memchr::memmem::find_iter(text.as_bytes(), &text.as_bytes()[from..to]).nth(1).is_none();
        if is_sole || around >= AT_MOST {
            return Quote { prefix: &text[from..start], suffix: &text[end..to], is_sole };
        }
        around *= 4;
    }
}

/// A name that every reader of JSON-LD takes, for an article that has no address.
fn urn(id: &str) -> String {
    let mut out = "urn:manicule:".to_owned();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(byte as char),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn iri(kb: &str) -> String {
    let is_wikidata = kb.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    match (is_wikidata, kb.contains("://")) {
        (true, _) => format!("http://www.wikidata.org/entity/{kb}"),
        (_, true) => kb.to_owned(),
        _ => urn(&format!("kb {kb}")),
    }
}
