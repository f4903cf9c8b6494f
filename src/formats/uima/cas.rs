//! The feature structures of an article, whatever they are written in.

use super::super::carried;
use super::super::format::{Context, Sheet};
use super::super::json;
use super::super::loss::{Extent, Lost};
use super::super::xml::clean;
use super::types::{ENTITY, METADATA, PACKED, SENTENCE, TOKEN};
use crate::annotation::Article;
use crate::text::{Offsets, Span, Unit, sentences, tokens};

/// A feature structure that lies on the text; begin and end count UTF-16 units.
pub struct Structure {
    pub kind: &'static str,
    pub begin: usize,
    pub end: usize,
    pub features: Vec<(&'static str, String)>,
}

pub struct Cas {
    pub text: String,
    pub language: String,
    pub structures: Vec<Structure>,
}

/// In the order of UIMA's index: by beginning, what is longer first; what lies on the whole text before all.
pub fn of(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<Cas, String> {
    let (text, replaced) = clean(&article.text);
    if replaced > 0 {
        let what = format!("{replaced} control characters of the text");
        sheet.lost.push(Lost::of_article(what, "XML cannot hold them; blanks and _ stand in their places".to_owned(), Extent::Part));
    }
    let offsets = Offsets::new(&text);
    let structure = |kind, span, features| {
        let (begin, end) = offsets.span_to(span, Unit::Utf16);
        Structure { kind, begin, end, features }
    };
    let all = Span::new(0, text.len());
    let words = tokens::tokens(&text);
    let lines: Vec<Structure> = sentences::sentences(&text, &words)
        .into_iter()
        .filter_map(|range| Some(Span { start: words.get(range.start)?.span.start, end: words.get(range.end.checked_sub(1)?)?.span.end }))
        .map(|span| structure(SENTENCE, span, Vec::new()))
        .collect();
    let words = words.iter().map(|token| structure(TOKEN, token.span, Vec::new()));
    let names = article.mentions.iter().filter(|mention| !mention.is_rejected()).map(|mention| {
        let mut features = vec![("value", mention.label.to_string())];
        features.extend(
            context
                .entity(mention)
                .and_then(|entity| entity.kb.as_deref())
                .filter(|kb| !kb.is_empty())
                .map(|kb| ("identifier", identifier(kb))),
        );
        structure(ENTITY, mention.span, features)
    });
    let mut structures: Vec<Structure> = lines.into_iter().chain(words).chain(names).collect();
    structures.sort_by_key(|one| (one.begin, std::cmp::Reverse(one.end)));
    let title = clean(article.title()).0;
    let metadata = vec![("documentTitle", title), ("documentId", clean(article.id.as_str()).0), ("isLastSegment", "false".to_owned())];
    let cleaned = Article { text: text.as_str().into(), ..article.clone() };
    let line = json::one_line(&carried::pack(&cleaned, context, sheet)?).replace('\u{FFFE}', "\\ufffe").replace('\u{FFFF}', "\\uffff");
    structures.insert(0, structure(PACKED, all, vec![("line", line)]));
    structures.insert(0, structure(METADATA, all, metadata));
    let language = article.meta.language.clone().filter(|tag| !tag.is_empty()).unwrap_or_else(|| "x-unspecified".to_owned());
    Ok(Cas { text, language, structures })
}

/// As cas2iob and INCEpTION know it.
fn identifier(kb: &str) -> String {
    let is_wikidata = kb.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    if is_wikidata { format!("http://www.wikidata.org/entity/{kb}") } else { kb.to_owned() }
}
