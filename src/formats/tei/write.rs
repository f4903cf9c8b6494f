//! An article becomes an edition.

use std::collections::{BTreeMap, BTreeSet};

use super::super::carried;
use super::super::format::{Context, Sheet};
use super::super::inline::{Tag, paragraphs, weave};
use super::super::json;
use super::super::loss::{Extent, Lost};
use super::super::xml::{between_tags, clean, in_attribute};
use super::names::element_of;
use crate::annotation::{Article, Entity, Mention};
use crate::text::Span;

pub fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let (text, replaced) = clean(&article.text);
    if replaced > 0 {
        let what = format!("{replaced} control characters of the text");
        sheet.lost.push(Lost::of_article(what, "XML cannot hold them; blanks and _ stand in their places".to_owned(), Extent::Part));
    }
    let article = &Article { text: text.into(), ..article.clone() };
    let people = People::of(article);
    let living: Vec<&Mention> = article.mentions.iter().filter(|mention| !mention.is_rejected()).collect();
    let crossing = crossing(&living);
    let mut tags = Vec::new();
    let mut standing_off = String::new();
    for mention in &living {
        let attributes = attributes(mention, context, &people);
        if crossing.contains(&(mention.span, mention.id)) {
            let anchor = |which: &str, at: u32| Tag {
                span: Span { start: at, end: at },
                open: format!("<anchor xml:id=\"m-{}-{which}\"/>", mention.id),
                close: String::new(),
            };
            tags.push(anchor("from", mention.span.start));
            tags.push(anchor("to", mention.span.end));
            let id = mention.id;
            standing_off.push_str(&format!("        <span from=\"#m-{id}-from\" to=\"#m-{id}-to\"{attributes}/>\n"));
        } else {
            let name = element_of(mention.label.as_str());
            let when = mention.value.as_deref().filter(|value| matches!(name, "date") && is_day(value));
            let when = when.map(|day| format!(" when=\"{day}\"")).unwrap_or_default();
            tags.push(Tag { span: mention.span, open: format!("<{name}{attributes}{when}>"), close: format!("</{name}>") });
        }
    }
    // The order of reading, with places where one begins before what begins there.
    tags.sort_by_key(|tag| (tag.span.start, !tag.span.is_empty(), std::cmp::Reverse(tag.span.end)));
    let mut page = header(article, context, &people, sheet)?;
    page.push_str("  <text>\n    <body xml:space=\"preserve\">");
    for part in paragraphs(&article.text, tags.iter().map(|tag| tag.span)) {
        page.push_str(&format!("<p>{}</p>", weave(&article.text, part, &tags)));
    }
    if article.text.is_empty() {
        page.push_str("<p/>");
    }
    page.push_str("</body>\n");
    if !standing_off.is_empty() {
        page.push_str(&format!("    <back>\n      <spanGrp>\n{standing_off}      </spanGrp>\n    </back>\n"));
    }
    page.push_str("  </text>\n");
    page.push_str(&things(&living, context));
    page.push_str("</TEI>\n");
    sheet.page().extend(page.as_bytes());
    Ok(())
}

/// Mentions that cannot stand as elements beside those that do.
fn crossing(living: &[&Mention]) -> BTreeSet<(Span, crate::annotation::MentionId)> {
    let mut out = BTreeSet::new();
    let mut open: Vec<u32> = Vec::new();
    for mention in living {
        while open.pop_if(|end| *end <= mention.span.start).is_some() {}
        match open.last() {
            Some(end) if *end < mention.span.end => {
                out.insert((mention.span, mention.id));
            }
            _ => open.push(mention.span.end),
        }
    }
    out
}

/// What an element says of its mention: label, thing, how sure it is, who decided.
fn attributes(mention: &Mention, context: &Context<'_>, people: &People) -> String {
    let mut out = format!(" type=\"{}\"", in_attribute(mention.label.as_str()));
    if let Some(entity) = context.entity(mention) {
        let link = entity.kb.as_deref().and_then(address);
        let here = is_listed(entity).then(|| format!("#{}", xml_id(entity.id.as_str())));
        let both: Vec<String> = here.into_iter().chain(link).collect();
        if !both.is_empty() {
            out.push_str(&format!(" ref=\"{}\"", in_attribute(&both.join(" "))));
        }
    }
    out.push_str(if mention.is_suggested() { " cert=\"low\"" } else { " cert=\"high\"" });
    if let Some(id) = mention.by.as_deref().and_then(|by| people.0.get(by)) {
        out.push_str(&format!(" resp=\"#{id}\""));
    }
    out
}

/// A value that `when` takes: a year, a month or a day.
fn is_day(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let is_number = |part: &&str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.len(), 1..=3) && parts.iter().enumerate().all(|(i, part)| is_number(part, if i == 0 { 4 } else { 2 }))
}

fn address(kb: &str) -> Option<String> {
    let is_wikidata = kb.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    if is_wikidata {
        return Some(format!("http://www.wikidata.org/entity/{kb}"));
    }
    (kb.contains("://") && !kb.contains(char::is_whitespace)).then(|| kb.to_owned())
}

/// Whether a thing has a list in TEI.
fn is_listed(entity: &Entity) -> bool {
    list_of(entity).is_some()
}

fn list_of(entity: &Entity) -> Option<(&'static str, &'static str, &'static str)> {
    match element_of(entity.label.as_str()) {
        "persName" => Some(("listPerson", "person", "persName")),
        "orgName" => Some(("listOrg", "org", "orgName")),
        "placeName" => Some(("listPlace", "place", "placeName")),
        _ => None,
    }
}

/// A name that XML takes for an id.
fn xml_id(id: &str) -> String {
    let plain: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' }).collect();
    // Two ids may differ in what was replaced.
    if plain == id { format!("e-{plain}") } else { format!("e-{plain}-{}", &crate::annotation::Digest::of(id.as_bytes()).to_string()[..8]) }
}

/// The things that mentions are linked to.
fn things(living: &[&Mention], context: &Context<'_>) -> String {
    let known: BTreeMap<_, _> = living.iter().filter_map(|mention| context.entity(mention)).map(|entity| (&entity.id, entity)).collect();
    let mut out = String::new();
    for list in ["listPerson", "listOrg", "listPlace"] {
        let rows = known.values().filter_map(|entity| Some((entity, list_of(entity)?))).filter(|(_, of)| of.0 == list);
        let rows: Vec<String> = rows
            .map(|(entity, (_, item, name))| {
                let kb = entity.kb.as_deref().filter(|kb| !kb.is_empty());
                let kb = kb.map(|kb| format!("<idno>{}</idno>", between_tags(&clean(kb).0))).unwrap_or_default();
                let (id, words) = (xml_id(entity.id.as_str()), between_tags(&clean(&entity.name).0));
                format!("      <{item} xml:id=\"{id}\"><{name}>{words}</{name}>{kb}</{item}>\n")
            })
            .collect();
        if !rows.is_empty() {
            out.push_str(&format!("    <{list}>\n{}    </{list}>\n", rows.concat()));
        }
    }
    if out.is_empty() { out } else { format!("  <standOff>\n{out}  </standOff>\n") }
}

/// Who decided, with an id for each.
struct People(BTreeMap<String, String>);

impl People {
    fn of(article: &Article) -> Self {
        let names: BTreeSet<&str> = article.mentions.iter().filter_map(|mention| mention.by.as_deref()).collect();
        Self((1..).zip(names).map(|(n, name)| (name.to_owned(), format!("by-{n}"))).collect())
    }
}

fn header(article: &Article, context: &Context<'_>, people: &People, sheet: &mut Sheet) -> Result<String, String> {
    let meta = &article.meta;
    let plain = |words: &str| between_tags(&clean(words).0);
    let line =
        |name: &str, words: Option<&str>| words.map(|words| format!("        <{name}>{}</{name}>\n", plain(words))).unwrap_or_default();
    let language = meta.language.as_deref().filter(|tag| !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let language = language.map(|tag| format!(" xml:lang=\"{tag}\"")).unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"{language}>\n  <teiHeader>\n    <fileDesc>\n      <titleStmt>\n"
    );
    out.push_str(&line("title", Some(article.title())));
    out.push_str(&line("author", meta.byline.as_deref()));
    for (name, id) in &people.0 {
        out.push_str(&format!("        <respStmt xml:id=\"{id}\"><resp>names</resp><name>{}</name></respStmt>\n", plain(name)));
    }
    out.push_str("      </titleStmt>\n      <publicationStmt>\n");
    out.push_str(&line("publisher", Some(meta.outlet.as_deref().unwrap_or("unknown"))));
    if let Some(published) = meta.published.as_deref() {
        let when = if is_day(published) { format!(" when=\"{published}\"") } else { String::new() };
        out.push_str(&format!("        <date{when}>{}</date>\n", plain(published)));
    }
    out.push_str(&format!("        <idno>{}</idno>\n", plain(article.id.as_str())));
    out.push_str("      </publicationStmt>\n      <sourceDesc>\n");
    out.push_str(&line("p", Some(meta.url.as_deref().unwrap_or("a news article"))));
    let packed = json::one_line(&carried::pack(article, context, sheet)?).replace('\u{FFFE}', "\\ufffe").replace('\u{FFFF}', "\\uffff");
    out.push_str("      </sourceDesc>\n    </fileDesc>\n");
    out.push_str(&format!("    <xenoData type=\"{}\">{}</xenoData>\n  </teiHeader>\n", carried::KEY, between_tags(&packed)));
    Ok(out)
}
