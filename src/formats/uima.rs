//! UIMA CAS, as INCEpTION reads it: XMI with the type system beside, and JSON CAS, which holds its own.
//!
//! Offsets count UTF-16 units (dkpro/dkpro-cassis#135). Sentences and tokens are written too: without them cas2iob and
//! inceptalytics find nothing and say nothing. A Wikidata id is written exactly as `http://www.wikidata.org/entity/Q…`, the only
//! spelling for which cas2iob does not take the row before. Everything else that is known of the article is in one structure
//! of a type of our own.

mod cas;
mod json;
mod types;
mod xmi;

use super::format::{Beside, Container, Format, Writer};
use super::handing::{Hands, begins_with, first_object, words};
use crate::reading::{How, Input, Reader, Sink, Trouble};
use crate::text::Unit;

pub static XMI: Format = Format {
    name: "xmi",
    title: "UIMA CAS XMI (INCEpTION)",
    what: "a folder of XMI files with TypeSystem.xml beside, as INCEpTION and cassis read them",
    extension: "xmi",
    unit: Some(Unit::Utf16),
    reader: Some(&READER),
    writer: Some(Writer {
        beside: Some(|_| vec![Beside { ending: "TypeSystem.xml", bytes: types::system().into_bytes() }]),
        ..Writer::new(xmi::write, xmi::read_back, Container::Folder { endings: &["xmi"] })
    }),
};

pub static JSON: Format = Format {
    name: "casjson",
    title: "UIMA JSON CAS",
    what: "a folder of JSON CAS files (0.4.0), each with its types",
    extension: "json",
    unit: Some(Unit::Utf16),
    reader: Some(&JSON_READER),
    writer: Some(Writer::new(json::write, json::read_back, Container::Folder { endings: &["json"] })),
};

static READER: Reader = Reader {
    name: "xmi",
    what: "a UIMA CAS as XMI",
    endings: &["xmi"],
    knows: |head| head.root().is_some_and(|root| matches!(root.rsplit(':').next(), Some("XMI" | TYPES))),
    read: read_file,
};

/// The first element of the type system that lies beside CAS files; there is no article in it.
const TYPES: &str = "typeSystemDescription";

static JSON_READER: Reader = Reader {
    name: "casjson",
    what: "a UIMA CAS as JSON",
    endings: &[],
    knows: |head| {
        first_object(head).map_or_else(|| begins_with(head, &["\"%FEATURE_STRUCTURES\"", "\"%TYPES\""]), |object| json::knows(&object))
    },
    read: |input, how, sink| {
        let path = input.path;
        let (text, encoding) = words(input, how)?;
        let mut hands = Hands::new(sink, path, encoding, "article");
        hands.take(0, Ok(json::read(&text, how.stateless).map_err(Trouble::Partial)?));
        hands.finish()
    },
};

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    if input.head().root() == Some(TYPES) {
        return Ok(());
    }
    let path = input.path;
    let (text, encoding) = words(input, how)?;
    let mut hands = Hands::new(sink, path, encoding, "article");
    hands.take(0, Ok(xmi::read(&text, how.stateless).map_err(Trouble::Partial)?));
    hands.finish()
}
