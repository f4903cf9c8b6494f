//! spaCy's DocBin (`.spacy`), written and read without spaCy: documents with their tokens, sentences and entities, as
//! `spacy train` takes them.
//!
//! The tokens are ours, cut where a mention begins or ends, so that every mention stands on tokens and the text comes back
//! to the letter. `doc.ents` takes what can stand side by side; all mentions stand in `doc.spans["sc"]`, so none is lost.
//! Entities have their ids and knowledge-base ids; everything else travels in `doc.user_data["manicule"]`.

mod file;
mod read;
mod strings;
mod symbols;
mod write;

use super::format::{Container, Format, Writer};
use super::handing::Hands;
use crate::reading::{Head, How, Input, Reader, Sink, Trouble};
use crate::text::Unit;

pub static FORMAT: Format = Format {
    name: "docbin",
    title: "spaCy DocBin",
    what: "spaCy’s own file of documents (.spacy), as spacy train takes it; overlaps and all in doc.spans[\"sc\"]",
    extension: "spacy",
    unit: Some(Unit::CodePoints),
    reader: Some(&READER),
    writer: Some(Writer::new(write::write, read::read_back, Container::Whole { join: write::join })),
};

static READER: Reader = Reader { name: "docbin", what: "documents of spaCy", endings: &["spacy"], knows, read: read_file };

/// A map of MessagePack in zlib that begins with one of spaCy's keys.
fn knows(head: &Head<'_>) -> bool {
    let mut begin = [0; 256];
    let mut unpacked = flate2::read::ZlibDecoder::new(head.bytes);
    let len = std::io::Read::read(&mut unpacked, &mut begin).unwrap_or(0);
    let names = [&b"version"[..], b"attrs", b"tokens"];
    matches!(begin[..len].first(), Some(0x80..=0x8F)) && names.iter().any(|name| memchr::memmem::find(&begin[..len], name).is_some())
}

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let bytes = input.bytes()?;
    let mut hands = Hands::new(sink, path, "UTF-8", "document");
    read::read(bytes, how.stateless, &mut |number, drafted| hands.take(number, drafted)).map_err(Trouble::Partial)?;
    hands.finish()
}
