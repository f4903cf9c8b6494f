//! Stories that were run together in one file: XML documents one behind the other, each read as if it lay by itself.

use memchr::memmem;

use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::{Head, Input};
use crate::reading::inside;
use crate::reading::reader::{How, Reader};

pub static READER: Reader = Reader { name: "xml-together", what: "several stories of a news wire run together", endings: &[], knows, read };

/// More documents than this are no file of stories.
const MAX: usize = 10_000;

fn knows(head: &Head<'_>) -> bool {
    let is_of_a_newsroom = matches!(head.root(), Some("nitf" | "newsItem" | "newsMessage" | "NewsML" | "rss" | "feed"));
    is_of_a_newsroom && end_of_first(head).is_some()
}

/// Where the first document ends, if another follows.
fn end_of_first(head: &Head<'_>) -> Option<usize> {
    let closing = format!("</{}>", head.root()?);
    let end = memmem::find(head.bytes, closing.as_bytes())? + closing.len();
    let next = head.bytes[end..].iter().position(|byte| !byte.is_ascii_whitespace())?;
    let rest = &head.bytes[end + next..];
    (rest.starts_with(b"<") && !rest.starts_with(b"<!--") && !rest.starts_with(b"</")).then_some(end + next)
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path.to_owned();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut rest = input.bytes()?;
    let mut documents = Vec::new();
    while documents.len() < MAX
        && let Some(end) = end_of_first(&Head::new(&path, rest))
    {
        documents.push(&rest[..end]);
        rest = &rest[end..];
    }
    documents.push(rest);
    sink.tell(Trouble::Told(format!("holds {} documents one behind the other; each was read by itself", documents.len())));
    let cancel = sink.cancel();
    let mut number = 0;
    for document in documents {
        let mut take = |found: Result<Incoming, Trouble>| match found {
            Ok(mut incoming) => {
                number += 1;
                incoming.number = number;
                sink.article(incoming);
            }
            Err(trouble) => sink.tell(trouble),
        };
        inside::read(&name, document, how, &mut Sink::new(&mut take, cancel));
    }
    if number == 0 { Err(Trouble::NoText) } else { Ok(()) }
}
