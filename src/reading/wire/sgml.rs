//! Collections in SGML, as TREC and the Gigaword corpora have them: `DOC` elements one after another, without a root; in the
//! oldest one, Reuters-21578, they are called `REUTERS`.

use std::sync::LazyLock;

use regex::Regex;

use super::day::day_of;
use super::lines::{date, paragraphs, year_of};
use super::story::{Story, bare_title, is_sign_off};
use crate::annotation::{ArticleId, ZoneKind};
use crate::reading::article::id_of;
use crate::reading::decode::decode;
use crate::reading::details::{pattern, without_by};
use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::{Head, Input};
use crate::reading::letters::letter;
use crate::reading::reader::{How, Reader};

pub static READER: Reader = Reader { name: "sgml", what: "a collection in SGML (TREC, Gigaword)", endings: &["sgml", "sgm"], knows, read };

fn knows(head: &Head<'_>) -> bool {
    let start = head.lower(8000);
    let is_reuters = start.starts_with("<!doctype lewis") || start.starts_with("<reuters ");
    is_reuters
        || (start.starts_with("<doc>") || start.starts_with("<doc "))
            && ["<text", "<docno", "<headline", "</doc>"].iter().any(|tag| start.contains(tag))
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    static DOC: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)<(?:doc|reuters)(?:\s[^>]*)?>"));
    let path = input.path;
    let decoded = decode(input.bytes()?, how.encoding)?;
    let starts: Vec<(usize, usize)> = DOC.find_iter(&decoded.text).map(|found| (found.start(), found.end())).collect();
    let (stem, mut number, mut empty) = (id_of(path), 0, 0);
    for (i, (start, inside)) in starts.iter().enumerate() {
        if sink.is_cancelled() {
            break;
        }
        let end = starts.get(i + 1).map_or(decoded.text.len(), |(next, _)| *next);
        let (tag, body) = (&decoded.text[*start..*inside], &decoded.text[*inside..end]);
        let story = story(tag, body);
        if story.is_empty() {
            empty += 1;
            continue;
        }
        number += 1;
        let mut incoming: Incoming = story.into_incoming(ArticleId::new(&format!("{stem}-{number}")), number, "sgml", decoded.encoding);
        if !["</doc>", "</reuters>"].iter().any(|end| body.to_lowercase().contains(end)) {
            incoming.notes.push(Trouble::Partial(format!("article {number} is cut off before its end")));
        }
        sink.article(incoming);
    }
    if empty > 0 {
        sink.tell(Trouble::Told(format!("{empty} of {} documents hold no words", starts.len())));
    }
    if number == 0 { Err(Trouble::NoText) } else { Ok(()) }
}

/// What stands in the first element of one of these names.
fn inside<'t>(body: &'t str, names: &[&str]) -> Option<&'t str> {
    names.iter().find_map(|name| {
        let lower = body.to_ascii_lowercase();
        let open = lower
            .match_indices(&format!("<{name}"))
            .map(|(at, _)| at)
            .find(|at| lower[at + 1 + name.len()..].starts_with(['>', ' ', '\t', '\n']))?;
        let start = open + lower[open..].find('>')? + 1;
        let end = lower[start..].find(&format!("</{name}")).map_or(body.len(), |end| start + end);
        Some(&body[start..end])
    })
}

fn line(body: &str, names: &[&str]) -> Option<String> {
    let words = plain(inside(body, names)?);
    let words: Vec<&str> = words.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn story(tag: &str, body: &str) -> Story {
    let mut story = Story::default();
    let is_reuters = tag[1..].to_ascii_lowercase().starts_with("reuters");
    let id = line(body, &["docno", "docid"]).or_else(|| attribute(tag, if is_reuters { "NEWID" } else { "id" }));
    story.meta.title = line(body, &["headline", "head", "hl", "title"]).map(|title| bare_title(&title));
    story.meta.byline = line(body, &["byline"]).map(|by| without_by(&by).to_owned());
    // The day stands in the number of most collections: `AFP_ENG_19940512.0004`, `AP880212-0001`.
    let numbers = || id.iter().flat_map(|id| id.split(|c: char| !c.is_ascii_digit()));
    let of_six = |digits: &str| date(year_of(digits.get(..2)?)?, digits.get(2..4)?.parse().ok()?, digits.get(4..)?.parse().ok()?);
    let in_id = || {
        let whole = numbers().find(|digits| digits.len() == 8).and_then(day_of);
        whole.or_else(|| numbers().find(|digits| digits.len() == 6).and_then(of_six))
    };
    story.meta.published = line(body, &["date", "dd", "date_time", "datetime"]).as_deref().and_then(day_of).or_else(in_id);
    story.meta.outlet = line(body, &["so", "source"]).or_else(|| is_reuters.then(|| "Reuters".to_owned()));
    story.keep("id", id);
    story.keep("slug", line(body, &["slug"]));
    story.push_text(&story.meta.title.clone().unwrap_or_default(), Some(ZoneKind::Headline));
    let byline = story.meta.byline.as_ref().map(|by| format!("By {by}")).unwrap_or_default();
    story.push_text(&byline, Some(ZoneKind::Byline));
    story.push_text(&line(body, &["dateline"]).unwrap_or_default(), Some(ZoneKind::Dateline));
    let text = inside(body, if is_reuters { &["body", "text"] } else { &["text", "body"] }).unwrap_or_default();
    // A story that is only a line has its head inside.
    let text = if is_reuters { text.split_once("</TITLE>").map_or(text, |(_, rest)| rest) } else { text };
    let marked = text.replace("<P>", "\n\n").replace("<p>", "\n\n");
    let marked = plain(&marked);
    let marked = if is_reuters { sign_off_apart(&marked) } else { marked };
    paragraphs(&marked).iter().for_each(|paragraph| story.push_text(paragraph, None));
    story
}

/// The agency's mark stands on the last line, hardly further in than the text.
fn sign_off_apart(text: &str) -> String {
    let text = text.trim_end();
    let at = text.rfind('\n').filter(|at| is_sign_off(&text[*at..]));
    at.map_or_else(|| text.to_owned(), |at| format!("{}\n\n{}", &text[..at], text[at..].trim()))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!("{name}="))? + name.len() + 1;
    let quote = tag[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = &tag[at + 1..];
    Some(value[..value.find(quote)?].to_owned())
}

/// Text without its tags, and with the signs of agencies as they are meant.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = rest.bytes().take(if is_tag { 200 } else { 12 }).position(|byte| byte == if is_tag { b'>' } else { b';' });
        let Some(end) = end.filter(|_| is_tag || rest.starts_with('&')) else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
            continue;
        };
        let name = &rest[1..end];
        let sign = match name.to_ascii_uppercase().as_str() {
            _ if is_tag => "",
            "AMP" => "&",
            "LT" => "<",
            "GT" => ">",
            "QUOT" => "\"",
            "QL" => "“",
            "QR" => "”",
            "MD" => "—",
            "LR" | "UR" | "CX1F" | "CX11" | "CX13" => "",
            // Control characters of the wire.
            name if name.strip_prefix('#').and_then(|code| code.parse::<u8>().ok()).is_some_and(|code| code < 32) => "",
            _ => letter(name).unwrap_or(&rest[..=end]),
        };
        out.push_str(sign);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}
