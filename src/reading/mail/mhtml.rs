//! A page that a browser saved in one file (MHTML): its first part of HTML, read as any page is, also where it is the export
//! of an archive.

use mail_parser::{HeaderValue, Message, PartType};

use super::parts::{parse, text_of};
use crate::reading::details;
use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::{Head, Input};
use crate::reading::inside;
use crate::reading::reader::{How, Reader};

pub static READER: Reader = Reader { name: "mhtml", what: "a web page saved in one file", endings: &["mhtml", "mht"], knows, read };

/// A head whose parts belong together, and none of whom wrote to whom.
fn knows(head: &Head<'_>) -> bool {
    let end = head.text.find("\n\n").or_else(|| head.text.find("\r\n\r\n")).unwrap_or(head.text.len());
    let fields = head.text[..end].to_ascii_lowercase();
    let starts =
        ["from:", "mime-version:", "snapshot-content-location:", "subject:", "content-type:"].iter().any(|name| fields.starts_with(name));
    starts && fields.contains("multipart/related") && !["\nto:", "\nreceived:", "\nmessage-id:"].iter().any(|name| fields.contains(name))
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let message = parse(input.bytes()?)?;
    let page = message.parts.iter().find(|part| matches!(part.body, PartType::Html(_))).ok_or(Trouble::NoText)?;
    let decoded = text_of(&message, page, how.encoding)?;
    let (url, title) = (field(&message, "Snapshot-Content-Location"), details::text_of(message.subject()));
    let cancel = sink.cancel();
    let name = path.with_extension("html");
    let mut take = |found: Result<Incoming, Trouble>| match found {
        Ok(mut incoming) => {
            let meta = &mut incoming.article.meta;
            meta.url = meta.url.take().or_else(|| url.clone().filter(|url| url.starts_with("http")));
            meta.title = meta.title.take().or_else(|| title.clone());
            incoming.notes.extend(decoded.told());
            sink.article(incoming);
        }
        Err(trouble) => sink.tell(trouble),
    };
    inside::read_alone(
        &name.to_string_lossy(),
        decoded.text.as_bytes(),
        How { encoding: Some("utf-8"), ..how },
        &mut Sink::new(&mut take, cancel),
    )
}

fn field(message: &Message<'_>, name: &'static str) -> Option<String> {
    match message.header(name)? {
        HeaderValue::Text(text) => details::text_of(Some(text)),
        _ => None,
    }
}
