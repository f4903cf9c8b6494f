//! Exports of ProQuest as text: articles between lines of underscores, each a row of fields, of which one is its text.

use super::fields::language_tag;
use super::frame::{Frame, lines_of};
use crate::annotation::{ArticleId, ZoneKind};
use crate::reading::article::id_of;
use crate::reading::days::day_or_month_in;
use crate::reading::decode::decode;
use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};

pub static READER: Reader = Reader { name: "proquest", what: "articles exported from ProQuest as text", endings: &[], knows, read };

fn knows(head: &Head<'_>) -> bool {
    let has_line = head.text.lines().any(is_divider);
    let fields = head
        .text
        .lines()
        .filter_map(field_of)
        .filter(|(name, _)| matches!(*name, "Full text" | "Publication title" | "Publication date" | "ProQuest document ID"));
    has_line && fields.take(3).count() == 3
}

fn is_divider(line: &str) -> bool {
    line.trim().len() >= 20 && line.trim().bytes().all(|byte| byte == b'_')
}

/// `Publication date: Mar 4, 2021`: what the field is called, and where its value begins.
fn field_of(line: &str) -> Option<(&str, usize)> {
    const NAMES: [&str; 44] = [
        "Title",
        "Author",
        "Authors",
        "Publication title",
        "Publication info",
        "Publication date",
        "Publication year",
        "Full text",
        "Abstract",
        "Abstract (summary)",
        "Abstract (English)",
        "Subject",
        "Location",
        "People",
        "Company / organization",
        "Company/organization",
        "Pages",
        "First page",
        "Section",
        "Edition",
        "Volume",
        "Issue",
        "Number of pages",
        "Publisher",
        "Place of publication",
        "Country of publication",
        "Publication subject",
        "ISSN",
        "Source type",
        "Language of publication",
        "Document type",
        "ProQuest document ID",
        "Document URL",
        "Copyright",
        "Last updated",
        "Database",
        "Dateline",
        "Links",
        "Identifier / keyword",
        "Classification",
        "Column",
        "Supplement",
        "Document feature",
        "Illustrations",
    ];
    let (name, _) = line.split_once(':')?;
    NAMES.contains(&name).then(|| (name, name.len() + 1 + line[name.len() + 1..].len() - line[name.len() + 1..].trim_start().len()))
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let decoded = decode(input.bytes()?, how.encoding)?;
    let text = decoded.text.as_str();
    let mut parts: Vec<&str> = Vec::new();
    let mut start = 0;
    for line in lines_of(text).into_iter().filter(|line| is_divider(line.text)) {
        parts.push(&text[start..line.start]);
        start = line.start + line.text.len();
    }
    parts.push(&text[start..]);
    let (stem, mut number) = (id_of(path), 0);
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        if sink.is_cancelled() {
            break;
        }
        if part.lines().filter_map(field_of).take(3).count() < 3 {
            let first: String = part.lines().next().unwrap_or_default().chars().take(60).collect();
            sink.tell(Trouble::Told(format!("what is no article was left out: {} lines from “{first}” on", part.lines().count())));
            continue;
        }
        number += 1;
        let article = article(part, ArticleId::new(&format!("{stem}-{number}")));
        sink.article(Incoming { number, ..Incoming::new(article, decoded.encoding) });
    }
    if number == 0 { Err(Trouble::NoText) } else { Ok(()) }
}

fn article(part: &str, id: ArticleId) -> crate::annotation::Article {
    let mut frame = Frame::new(part);
    let mut is_text = false;
    for i in 0..frame.lines.len() {
        let line = frame.lines[i].text;
        let Some((name, value_at)) = field_of(line) else {
            // The title stands over the fields, and what goes on belongs to the field before it.
            if frame.meta.title.is_none() && !line.is_empty() && !is_text {
                frame.title(i..i + 1);
            } else if !is_text {
                frame.boilerplate(i);
            }
            continue;
        };
        let value = line[value_at..].trim();
        is_text = name == "Full text";
        let start = frame.lines[i].start;
        match name {
            "Full text" => frame.mark_bytes(start, start + value_at, ZoneKind::Boilerplate),
            "Title" if frame.meta.title.is_none() => {
                frame.mark_bytes(start, start + value_at, ZoneKind::Boilerplate);
                frame.mark(i, value_at, ZoneKind::Headline);
                frame.meta.title = Some(value.to_owned());
            }
            "Author" | "Authors" => {
                frame.mark_bytes(start, start + value_at, ZoneKind::Boilerplate);
                frame.mark(i, value_at, ZoneKind::Byline);
                frame.meta.byline = Some(turned(value));
            }
            _ => frame.boilerplate(i),
        }
        match name {
            "Publication title" => frame.meta.outlet = value.split(';').next().map(|name| name.trim().to_owned()),
            "Publication date" => frame.meta.published = day_or_month_in(value),
            "Language of publication" => frame.meta.language = language_tag(value).map(str::to_owned),
            "Document URL" if value.starts_with("http") => frame.meta.url = Some(value.to_owned()),
            "ProQuest document ID" => frame.keep("id", value),
            "Section" => frame.keep("section", value),
            _ => {}
        }
    }
    frame.into_article(id)
}

/// `Lis, Ewa; Ozols, Janis` as they are called.
fn turned(names: &str) -> String {
    let turn = |name: &str| match name.split_once(',') {
        Some((family, given)) => format!("{} {}", given.trim(), family.trim()),
        None => name.trim().to_owned(),
    };
    names.split(';').map(turn).collect::<Vec<_>>().join(", ")
}
