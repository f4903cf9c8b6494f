//! ninjs, the JSON of news agencies: versions 1 to 3 and the variants of content systems. One story may bring its text in
//! several forms; the one with paragraphs is taken.

use serde_json::Value;

use super::day::day_of;
use super::newsml_g2::push_plain;
use super::nitf;
use super::story::{Story, bare_title};
use crate::annotation::{ArticleId, ZoneKind};
use crate::reading::article::id_of;
use crate::reading::decode::decode;
use crate::reading::details::without_by;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::markup;
use crate::reading::reader::{How, Reader};
use crate::reading::xml;

pub static READER: Reader = Reader { name: "ninjs", what: "stories of a news wire in ninjs", endings: &["ninjs"], knows, read };

/// The bodies, the best first.
const BODIES: [&str; 5] = ["body_nitf", "body_xhtml", "body_html", "body_text", "body"];

fn knows(head: &Head<'_>) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| head.text.contains(&format!("\"{key}\"")));
    head.text.starts_with(['{', '['])
        && has(&["headline", "headlines"])
        && has(&["body_nitf", "body_xhtml", "body_html", "body_text", "bodies"])
        && has(&["uri", "guid", "versioncreated", "versionCreated", "pubstatus", "pubStatus"])
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let decoded = decode(input.bytes()?, how.encoding)?;
    let mut items = Vec::new();
    for value in serde_json::Deserializer::from_str(&decoded.text).into_iter::<Value>() {
        match value {
            Ok(value) => collect(value, &mut items, 0),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                sink.tell(Trouble::Partial(format!("is damaged JSON at line {line}, column {column}; what stands before it is read")));
                if error.is_eof() && items.is_empty() {
                    let whole = closed(&decoded.text).and_then(|text| serde_json::from_str::<Value>(&text).ok());
                    whole.into_iter().for_each(|value| collect(value, &mut items, 0));
                }
                break;
            }
        }
    }
    let count = items.len();
    let stories: Vec<Story> = items.iter().filter_map(story).collect();
    if stories.is_empty() {
        return Err(Trouble::NoText);
    }
    if stories.len() < count {
        sink.tell(Trouble::Told(format!("{} of {count} items have no text, such as pictures and films", count - stories.len())));
    }
    let stem = id_of(path);
    for (i, story) in stories.into_iter().enumerate() {
        let (id, number) = if count == 1 { (stem.clone(), 0) } else { (ArticleId::new(&format!("{stem}-{}", i + 1)), i as u32 + 1) };
        sink.article(story.into_incoming(id, number, "ninjs", decoded.encoding));
    }
    Ok(())
}

/// JSON that ends in the middle, with what is open in it closed.
fn closed(text: &str) -> Option<String> {
    let mut open: Vec<char> = Vec::new();
    let (mut in_string, mut is_escaped) = (false, false);
    // Where a whole value ended, and what was open then.
    let mut sound: Option<(usize, Vec<char>)> = None;
    let mut is_key = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if in_string && is_escaped => is_escaped = false,
            '\\' if in_string => is_escaped = true,
            '"' => in_string = !in_string,
            _ if in_string => {}
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                is_key = c == '{';
            }
            '}' | ']' => {
                open.pop()?;
            }
            ':' => is_key = false,
            ',' => {
                sound = Some((at, open.clone()));
                is_key = open.last() == Some(&'}');
            }
            _ => {}
        }
    }
    // A text that is cut is a text; of anything else that is cut nothing is known.
    let (mut out, mut open) = if in_string && !is_key {
        let end = if is_escaped { text.len() - 1 } else { text.len() };
        let cut = text[..end].rfind("\\u").filter(|at| end - at < 6).unwrap_or(end);
        (format!("{}\"", &text[..cut]), open)
    } else {
        let (at, open) = sound?;
        (text[..at].to_owned(), open)
    };
    while let Some(end) = open.pop() {
        out.push(end);
    }
    Some(out)
}

/// The items in a value: itself, those of a list, or of what wraps them.
fn collect(value: Value, items: &mut Vec<Value>, depth: usize) {
    const WRAPPERS: [&str; 6] = ["item", "items", "_items", "results", "data", "hits"];
    match value {
        Value::Array(values) if depth < 4 => values.into_iter().for_each(|value| collect(value, items, depth + 1)),
        Value::Object(mut fields) => {
            let wrapped = WRAPPERS
                .into_iter()
                .find(|key| !is_item(&fields) && fields.get(*key).is_some_and(|inside| inside.is_array() || inside.is_object()));
            match wrapped.and_then(|key| fields.remove(key)).filter(|_| depth < 4) {
                Some(inside) => collect(inside, items, depth + 1),
                None if is_item(&fields) => items.push(Value::Object(fields)),
                None => {}
            }
        }
        _ => {}
    }
}

fn is_item(fields: &serde_json::Map<String, Value>) -> bool {
    fields.contains_key("headline")
        || fields.contains_key("headlines")
        || fields.contains_key("bodies")
        || BODIES.iter().any(|key| fields.contains_key(*key))
}

fn story(item: &Value) -> Option<Story> {
    let text = |keys: &[&str]| keys.iter().find_map(|key| item.get(key)?.as_str()).map(str::trim).filter(|text| !text.is_empty());
    let of_list = |key: &str, roles: &[&str]| {
        let list = item.get(key)?.as_array()?;
        let role = |one: &&Value| one.get("role").and_then(Value::as_str).is_none_or(|role| roles.contains(&role));
        list.iter().find(role).or(list.first())?.get("value")?.as_str()
    };
    let mut story = Story::default();
    let title = text(&["headline"]).or_else(|| of_list("headlines", &["main", "title", "headline"])).or_else(|| text(&["title", "name"]));
    story.meta.title = title.map(bare_title);
    story.meta.byline = text(&["byline", "by"]).map(|by| without_by(by).to_owned());
    let said =
        text(&["versioncreated", "versionCreated", "contentCreated", "contentcreated", "firstcreated", "firstCreated", "firstpublished"]);
    story.meta.published = said.and_then(day_of);
    story.meta.language = text(&["language"]).map(str::to_owned);
    let holder = || item.get("infosources")?.as_array()?.first()?.get("name")?.as_str();
    let provider = || item.get("provider").and_then(|provider| provider.as_str().or_else(|| provider.get("name")?.as_str()));
    let outlet = text(&["copyrightholder", "copyrightHolder", "creditline", "source", "original_source"]).or_else(holder).or_else(provider);
    story.meta.outlet = outlet.map(str::to_owned);
    story.meta.url = text(&["url", "canonical"]).or_else(|| text(&["uri"])).filter(|url| url.starts_with("http")).map(str::to_owned);
    story.keep("id", text(&["uri", "guid"]));
    story.keep("version", item.get("version").map(|version| version.to_string().trim_matches('"').to_owned()));
    story.keep("slug", text(&["slugline"]));
    story.keep("release", text(&["embargoed"]));
    if let Some(status) = text(&["pubstatus", "pubStatus"]).filter(|status| *status != "usable") {
        story.notes.push(Trouble::Partial(format!("the agency says that this story is {status}")));
        story.keep("status", Some(status));
    }
    let bodies = item.get("bodies").and_then(Value::as_array);
    let listed = bodies.and_then(|bodies| best_of(bodies));
    let single = BODIES.iter().find_map(|key| Some((None, item.get(key)?.as_str()?, key.ends_with("html"))));
    let (lead, body, is_markup) = listed.or(single).filter(|(_, body, _)| !body.trim().is_empty())?;

    let head = [
        (story.meta.title.clone(), ZoneKind::Headline),
        (story.meta.byline.as_ref().map(|by| format!("By {by}")), ZoneKind::Byline),
        (
            text(&["dateline"])
                .or(item.get("located").and_then(Value::as_str))
                .filter(|_| item.get("dateline").is_some())
                .map(str::to_owned),
            ZoneKind::Dateline,
        ),
    ];
    if body.trim_start().starts_with('<') && body.contains("<nitf") {
        let prepared = xml::prepared(body);
        if let Ok(document) = xml::parse(&prepared) {
            nitf::meta_of(document.root_element(), &mut story);
            nitf::text_of(document.root_element(), &mut story);
            return (!story.is_empty()).then_some(story);
        }
    }
    head.into_iter().for_each(|(line, kind)| story.push_text(&line.unwrap_or_default(), Some(kind)));
    lead.into_iter().for_each(|lead| push_plain(lead, false, &mut story));
    push_plain(body, is_markup, &mut story);
    Some(story)
}

/// The text in one of its forms: the one that has paragraphs, and of several the longest. Before it what leads to it, where that
/// is a body of its own.
fn best_of(bodies: &[Value]) -> Option<(Option<&str>, &str, bool)> {
    let of = |body: &Value, key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let kind = |body: &Value| of(body, "contentType") + &of(body, "contenttype");
    let is = |body: &Value, roles: &[&str]| roles.iter().any(|role| of(body, "role").contains(role));
    let is_aside = |body: &Value| is(body, &["caption", "abstract", "summary", "sms", "push", "teaser"]);
    let is_lead = |body: &Value| is(body, &["lead", "ingress", "intro", "preamble"]);
    let value =
        |body: &'_ Value| -> Option<String> { Some(body.get("value")?.as_str()?.to_owned()).filter(|text| !text.trim().is_empty()) };
    let length = |body: &Value| value(body).map_or(0, |text| markup::paragraphs(&text).iter().map(String::len).sum());
    let rank = |body: &&Value| {
        (is_aside(body), is_lead(body), !kind(body).contains("html") && !kind(body).contains("xml"), std::cmp::Reverse(length(body)))
    };
    let best = bodies.iter().filter(|body| value(body).is_some()).min_by_key(rank)?;
    let whole = markup::paragraphs(&value(best)?).join(" ");
    let is_new = |lead: &&Value| value(lead).is_some_and(|lead| !whole.contains(&markup::paragraphs(&lead).join(" ")));
    let lead = bodies.iter().filter(|body| is_lead(body) && !is_lead(best)).find(is_new);
    Some((lead.and_then(|lead| lead.get("value")?.as_str()), best.get("value")?.as_str()?, kind(best).contains("html")))
}
