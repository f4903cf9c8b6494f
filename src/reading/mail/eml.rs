//! A mail (EML): a newsletter, an alert, a story that somebody sent. Its subject is the title, its day that of publication.
//!
//! Of a mail in HTML everything that is shown becomes text, for a newsletter is many short pieces, none of which is the
//! article. Mails inside it, and files on it that are articles, follow as articles of their own; pictures are left out.

use std::path::Path;

use encoding_rs::UTF_8;
use mail_parser::{Address, Message, MessagePart, MimeHeaders as _, PartType};

use super::parts::{bytes_of, parse, text_of};
use crate::annotation::{ArticleId, Meta, ZoneKind};
use crate::reading::article::{from_page, id_of};
use crate::reading::decode::by_label;
use crate::reading::details;
use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::{Head, Input};
use crate::reading::page::Page;
use crate::reading::reader::{How, Reader};
use crate::reading::{html, inside, tree, walk};

pub static READER: Reader = Reader { name: "eml", what: "a mail", endings: &["eml"], knows, read };

/// A head with a sender and a day, before anything else.
fn knows(head: &Head<'_>) -> bool {
    let mut fields =
        head.text.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with([' ', '\t'])).take(200).peekable();
    let is_field = |line: &&str| {
        line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    };
    if !fields.peek().is_some_and(is_field) {
        return false;
    }
    let has = |line: &str, name: &str| {
        line.len() > name.len() && line.is_char_boundary(name.len()) && line[..name.len()].eq_ignore_ascii_case(name)
    };
    let (mut sender, mut other) = (false, false);
    for line in fields.take_while(is_field) {
        sender |= has(line, "From:");
        other |= ["Message-ID:", "MIME-Version:", "Received:", "Return-Path:"].iter().any(|name| has(line, name));
    }
    sender && other
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let message = parse(input.bytes()?)?;
    let mut found = Vec::new();
    let cancel = sink.cancel();
    let mut take = |one| found.push(one);
    collect(path, &message, how, &mut Sink::new(&mut take, cancel));
    let is_many = found.iter().filter(|one| one.is_ok()).count() > 1;
    let (mut number, mut first) = (0, None);
    for one in found {
        match one {
            Ok(mut incoming) => {
                number += 1;
                incoming.number = if is_many { number } else { 0 };
                sink.article(incoming);
            }
            Err(trouble) if number == 0 && !trouble.is_word_only() && first.is_none() => first = Some(trouble),
            Err(trouble) => sink.tell(trouble),
        }
    }
    // What kept the mail itself from being read is told last, where nothing else was.
    match first {
        Some(trouble) if number == 0 => Err(trouble),
        Some(trouble) => {
            sink.tell(trouble);
            Ok(())
        }
        None => Ok(()),
    }
}

/// Hands out a mail, then what it holds.
fn collect(path: &Path, message: &Message<'_>, how: How<'_>, sink: &mut Sink<'_>) {
    match article_of(id_of(path), message, how.encoding) {
        Ok(incoming) => sink.article(incoming),
        Err(trouble) => sink.tell(trouble),
    }
    let mut left_out = Vec::new();
    for part in message.attachments.iter().filter_map(|at| message.parts.get(*at as usize)) {
        let name = part.attachment_name().unwrap_or_default();
        match &part.body {
            PartType::Message(inner) if how.depth < MAX_MAILS => {
                collect(path, inner, How { depth: how.depth + 1, ..how }, sink);
            }
            PartType::Message(_) => left_out.push("mails that lie deep inside it"),
            PartType::Multipart(_) => {}
            PartType::InlineBinary(_) => {}
            PartType::Text(_) | PartType::Html(_) | PartType::Binary(_) if is_article(name, how) => {
                inside::read(name, &bytes_of(message, part), how, sink);
            }
            PartType::Text(_) | PartType::Html(_) | PartType::Binary(_) => left_out.extend((!name.is_empty()).then_some(name)),
        }
    }
    if !left_out.is_empty() {
        sink.tell(Trouble::Told(format!("what is attached to it was left out: {}", left_out.join(", "))));
    }
}

/// How deep mails may lie in one another to be read.
const MAX_MAILS: u8 = 4;

fn is_article(name: &str, how: How<'_>) -> bool {
    let ending = crate::reading::folder::extension(Path::new(name));
    how.inside.iter().any(|reader| reader.endings.contains(&ending.as_str()))
}

fn article_of(id: ArticleId, message: &Message<'_>, asked: Option<&str>) -> Result<Incoming, Trouble> {
    let mut page = Page::with(meta_of(message));
    let mut notes = Vec::new();
    let mut body = Page::default();
    let parts = |ids: &[u32]| ids.iter().filter_map(|at| message.parts.get(*at as usize)).collect::<Vec<_>>();
    for ids in [&message.html_body, &message.text_body] {
        for part in parts(ids) {
            let is_page = matches!(part.body, PartType::Html(_));
            if !is_page && !matches!(part.body, PartType::Text(_)) {
                continue;
            }
            let decoded = text_of(message, part, asked)?;
            notes.extend(decoded.told());
            if is_page { body.append(&shown(&decoded.text)) } else { body.append(&plain(&decoded.text, is_flowed(part), is_delsp(part))) }
        }
        if !body.is_empty() {
            break;
        }
    }
    if body.is_empty() {
        return Err(Trouble::NoText);
    }
    if let Some(title) = page.meta.title.clone().filter(|title| !body.blocks().take(3).any(|block| block == title)) {
        page.push(&title, Some(ZoneKind::Headline), false);
    }
    page.append(&body);
    // The charsets of its parts are its own; only an encoding that was asked for is to be asked for again.
    let encoding = asked.map_or(Ok(UTF_8), by_label)?.name();
    Ok(Incoming { notes, ..Incoming::new(from_page(id, page)?, encoding) })
}

/// All that is shown of a mail's page.
fn shown(text: &str) -> Page {
    let mut page = Page::default();
    match tree::parse(text) {
        Some(document) => document.body().into_iter().for_each(|body| walk::walk_whole(&body, &mut page)),
        None => page.append(&html::read(text, true)),
    }
    page
}

/// A newsletter comes from an outlet, any other mail from a person.
fn meta_of(message: &Message<'_>) -> Meta {
    let line = |text: Option<&str>| details::text_of(text);
    let sender = message.from().and_then(Address::first).and_then(|from| line(from.name()).or_else(|| line(from.address())));
    let is_list = message.headers().iter().any(|header| {
        let name = header.name.as_str();
        name.eq_ignore_ascii_case("List-Unsubscribe") || name.eq_ignore_ascii_case("List-Id")
    });
    let day = message.date().filter(|date| date.is_valid());
    Meta {
        title: line(message.subject()),
        byline: sender.clone().filter(|_| !is_list),
        outlet: sender.filter(|_| is_list),
        published: day.map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)),
        ..Meta::default()
    }
}

fn is_flowed(part: &MessagePart<'_>) -> bool {
    has(part, "format", "flowed")
}

fn is_delsp(part: &MessagePart<'_>) -> bool {
    has(part, "delsp", "yes")
}

fn has(part: &MessagePart<'_>, name: &str, value: &str) -> bool {
    part.content_type().and_then(|kind| kind.attribute(name)).is_some_and(|said| said.eq_ignore_ascii_case(value))
}

/// The paragraphs of plain text. Where its lines flow, those that end with a blank go on; what stands under `-- ` is a
/// signature.
fn plain(text: &str, is_flowed: bool, is_delsp: bool) -> Page {
    let mut page = Page::default();
    let mut block = String::new();
    let mut is_signature = false;
    let mut flows = false;
    for line in text.lines().chain([""]) {
        let line = if is_flowed { line.strip_prefix(' ').unwrap_or(line) } else { line };
        let is_mark = line == "-- ";
        if line.trim().is_empty() || is_mark {
            let kind = is_signature.then_some(ZoneKind::Boilerplate);
            page.push(block.trim(), kind, false);
            block.clear();
            flows = false;
            is_signature |= is_mark;
            if is_mark {
                page.push("--", Some(ZoneKind::Boilerplate), false);
            }
            continue;
        }
        if !block.is_empty() && !flows {
            block.push('\n');
        }
        flows = is_flowed && line.ends_with(' ');
        block.push_str(if flows && is_delsp { &line[..line.len() - 1] } else { line });
    }
    page
}
