//! ninjs 2.0, out: a folder with a news object for each article, as newsrooms pass them on in JSON.
//!
//! A news object tells of people, organisations and places by name, without where they stand. Its text is therefore there twice:
//! as it is, and as HTML with the names in `span`s of their label's class. Of overlapping mentions one is written.

use serde_json::{Map, Value, json};

use super::format::{Container, Context, Format, Sheet, Writer};
use super::inline::{Tag, paragraphs, unwoven, weave};
use super::loss::{Extent, Lost};
use super::xml::{self, clean, in_attribute};
use crate::annotation::{Article, Mention};
use crate::text::name;
use crate::text::seam::one_line;

pub static FORMAT: Format = Format {
    name: "ninjs",
    title: "ninjs",
    what: "a folder of ninjs news objects with names as HTML",
    extension: "json",
    unit: None,
    reader: None,
    writer: Some(Writer { keeps: &[], is_flat: true, ..Writer::new(write, read_back, Container::Folder { endings: &["json"] }) }),
};

/// The list that the things of a label stand in.
fn list_of(label: &str) -> Option<&'static str> {
    Some(match label {
        "PERSON" | "PER" => "people",
        "ORG" => "organisations",
        "GPE" | "LOC" | "FAC" => "places",
        "EVENT" => "events",
        "PRODUCT" | "WORK_OF_ART" => "objects",
        "NORP" | "LAW" | "LANGUAGE" | "MISC" => "subjects",
        _ => return None,
    })
}

fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let (text, replaced) = clean(&article.text);
    if replaced > 0 {
        let what = format!("{replaced} control characters of the text");
        sheet.lost.push(Lost::of_article(what, "HTML cannot hold them; blanks and _ stand in their places".to_owned(), Extent::Part));
    }
    let meta = &article.meta;
    let mut object = Map::new();
    let mut put = |key: &str, value: Option<Value>| value.into_iter().for_each(|value| _ = object.insert(key.to_owned(), value));
    put("uri", Some(json!(uri_of(article))));
    put("type", Some(json!("text")));
    put("version", said(article, "version").map(|version| json!(version)));
    // A day is all that is known of the time, and the field asks for one.
    let is_day = |day: &&str| day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok();
    put("versioncreated", meta.published.as_deref().filter(is_day).map(|day| json!(format!("{day}T00:00:00Z"))));
    put("language", meta.language.as_ref().map(|language| json!(language)));
    put("slugline", said(article, "slug").map(|slug| json!(slug)));
    put("by", meta.byline.as_ref().map(|byline| json!(byline)));
    put("headlines", Some(json!([{"value": one_line(article.title())}])));
    put("infosources", meta.outlet.as_ref().map(|outlet| json!([{"name": outlet}])));
    put("bodies", Some(bodies(article, &text, context)));
    for list in ["people", "organisations", "places", "events", "objects", "subjects"] {
        let things = things(article, context, list);
        put(list, Some(json!(things)).filter(|_| !things.is_empty()));
    }
    put("standard", Some(json!({"name": "ninjs", "version": "2.0", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.0.json"})));
    serde_json::to_writer_pretty(sheet.page(), &Value::Object(object)).map_err(|error| error.to_string())
}

/// What the wire said of an article.
fn said<'a>(article: &'a Article, key: &str) -> Option<&'a str> {
    article.extras.iter().find(|extra| extra.format == "wire" && extra.key == key).map(|extra| extra.value.as_str())
}

/// The story's own, else its address, else one made of the article's id.
fn uri_of(article: &Article) -> String {
    let is_uri = |id: &&str| id.split_once(':').is_some_and(|(scheme, rest)| !rest.is_empty() && is_scheme(scheme)) && is_plain(id);
    let known = said(article, "id").filter(is_uri).or(article.meta.url.as_deref().filter(is_uri));
    known.map_or_else(|| format!("tag:manicule,2026:{}", escaped(article.id.as_str())), str::to_owned)
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Whether all of it may stand in a URI.
fn is_plain(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte))
}

fn escaped(id: &str) -> String {
    let escape = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    id.bytes().map(escape).collect()
}

fn bodies(article: &Article, text: &str, context: &Context<'_>) -> Value {
    let tags: Vec<Tag> = article.mentions.iter().map(|mention| tag(mention, context)).collect();
    let parts = paragraphs(text, article.mentions.iter().map(|mention| mention.span));
    let html: String = parts.into_iter().map(|part| format!("<p>{}</p>", weave(text, part, &tags))).collect();
    let counts = (article.text.chars().count(), article.text.split_whitespace().count());
    json!([
        {"role": "text", "contenttype": "text/plain", "charcount": counts.0, "wordcount": counts.1, "value": &*article.text},
        {"role": "names", "contenttype": "text/html", "value": html},
    ])
}

fn tag(mention: &Mention, context: &Context<'_>) -> Tag {
    let mut open = format!("<span class=\"{}\"", in_attribute(mention.label.as_str()));
    if let Some(uri) = context.entity(mention).and_then(|entity| uri_of_kb(entity.kb.as_deref()?)) {
        open.push_str(&format!(" data-uri=\"{}\"", in_attribute(&uri)));
    }
    open.push('>');
    Tag { span: mention.span, open, close: "</span>".to_owned() }
}

fn uri_of_kb(kb: &str) -> Option<String> {
    let is_item = kb.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if is_item {
        return Some(format!("http://www.wikidata.org/entity/{kb}"));
    }
    kb.starts_with("http").then(|| kb.to_owned()).filter(|uri| is_plain(uri))
}

/// The things that a list names, each once, in the order in which they are met.
fn things(article: &Article, context: &Context<'_>, list: &str) -> Vec<Value> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for mention in article.mentions.iter().filter(|mention| list_of(mention.label.as_str()) == Some(list)) {
        let entity = context.entity(mention);
        let called = entity.map_or_else(|| one_line(article.quote(mention.span)), |entity| entity.name.clone());
        let key = entity.map_or_else(|| name::key(&called), |entity| format!("entity {}", entity.id));
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let mut thing = Map::new();
        thing.insert("name".to_owned(), json!(called));
        if let Some(kb) = entity.and_then(|entity| entity.kb.as_deref()).filter(|kb| !kb.is_empty()) {
            match uri_of_kb(kb) {
                Some(uri) => thing.insert("uri".to_owned(), json!(uri)),
                None => thing.insert("literal".to_owned(), json!(kb)),
            };
        }
        out.push(Value::Object(thing));
    }
    out
}

/// Reads the bodies back: the words of both, and the names of the second.
fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let object: Value = serde_json::from_slice(sheet.bytes()).map_err(|error| error.to_string())?;
    let body = |role: &str| {
        let bodies = object["bodies"].as_array().into_iter().flatten();
        bodies.filter(|body| body["role"] == role).find_map(|body| body["value"].as_str()).ok_or(format!("there is no body of {role}"))
    };
    if body("text")? != &*article.text {
        return Err("the text differs".to_owned());
    }
    let page = format!("<body>{}</body>", body("names")?);
    let document = xml::parse(&page)?;
    unwoven(&document.root, document.fault, article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Extra;
    use crate::dsl;
    use crate::formats::options::{Options, StateFilter};

    /// ninjs 2.0: every key is one of the schema, and the only one that must be there is.
    #[test]
    fn names_stand_in_lists_and_in_the_text() {
        let mut article =
            dsl::article("a b", "[PERSON! Ann & Co]\n\n[ORG! Bank of\nSpain] met [PERSON! Ann & Co] in [GPE! Oslo] on [DATE! May 5]");
        article.meta.published = Some("2023-05-06".to_owned());
        let object = |article: &Article| -> Value {
            let rendered = FORMAT.render(article, &Options { state: StateFilter::Living, ..Options::default() }).unwrap();
            serde_json::from_slice(rendered.sheet.bytes()).unwrap()
        };
        let told = object(&article);
        assert_eq!((&told["uri"], &told["versioncreated"]), (&json!("tag:manicule,2026:a%20b"), &json!("2023-05-06T00:00:00Z")));
        assert_eq!(told["people"], json!([{"name": "Ann & Co"}]));
        assert_eq!(told["organisations"], json!([{"name": "Bank of Spain"}]));
        let html = told["bodies"][1]["value"].as_str().unwrap();
        assert!(
            html.contains("<span class=\"PERSON\">Ann &amp; Co</span>") && html.contains("<span class=\"DATE\">May 5</span>"),
            "{html}"
        );
        assert_eq!(told["bodies"][0]["value"], json!(&*article.text));
        article.extras.push(Extra { format: "wire".into(), key: "id".into(), value: "urn:newsml:x:1".into() });
        assert_eq!(object(&article)["uri"], json!("urn:newsml:x:1"));
    }
}
