//! W3C Web Annotation as JSON-LD: a folder with the text of each article and a collection of annotations on it.
//!
//! Offsets count code points, as the recommendation says (REC 2017-02-23, 4.2.4); the other flavour counts UTF-16 units, as
//! Recogito and older Hypothesis do. Both selectors stand in every target: the quote has as much around it as makes it the only
//! one in the text, for a client selects all that fit. What the vocabulary has no words for stands under terms of a second
//! context; without one JSON-LD drops it silently.

mod read;
mod write;

use super::format::{Container, Format, ReadBack, Write, Writer};
use super::handing::Hands;
use super::json::fault;
use super::pair::{Pair, is_pair, read_pair};
use crate::reading::{How, Input, Reader, Sink, Trouble};
use crate::text::Unit;

pub static POINTS: Format = format(
    "webannotation",
    "W3C Web Annotation",
    "a folder of texts with W3C annotations (JSON-LD) on each",
    Unit::CodePoints,
    |article, context, sheet| write::write(Unit::CodePoints, article, context, sheet),
    |sheet, _| read::read_back(Unit::CodePoints, sheet),
);

pub static UTF16: Format = format(
    "recogito",
    "W3C Web Annotation, for Recogito",
    "the same in UTF-16 units, as Recogito and older Hypothesis count",
    Unit::Utf16,
    |article, context, sheet| write::write(Unit::Utf16, article, context, sheet),
    |sheet, _| read::read_back(Unit::Utf16, sheet),
);

const fn format(name: &'static str, title: &'static str, what: &'static str, unit: Unit, write: Write, read_back: ReadBack) -> Format {
    let container = Container::Folder { endings: &["txt", "jsonld"] };
    let writer = Writer::new(write, read_back, container);
    Format { name, title, what, extension: "jsonld", unit: Some(unit), reader: Some(&READER), writer: Some(writer) }
}

static READER: Reader = Reader {
    name: "webannotation",
    what: "a text with W3C annotations beside it",
    endings: &["jsonld"],
    knows: |head| is_pair(head, MARKS, begin),
    read: read_file,
};

const MARKS: &[&str] = &["jsonld"];

/// Whether JSON-LD begins as annotations do; most of it is something else.
fn begin(head: &str) -> bool {
    let marks = ["/ns/anno", "\"Annotation\"", "\"AnnotationPage\"", "\"AnnotationCollection\""];
    head.starts_with(['{', '[']) && marks.iter().any(|mark| head.contains(mark))
}

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    // JSON is UTF-8, whatever the text beside it is.
    let Pair { text, marks, encoding } = read_pair(input, MARKS, [how.encoding, None])?;
    let value = serde_json::from_str(&marks).map_err(|error| Trouble::Partial(fault(&error)))?;
    let mut hands = Hands::new(sink, input.path, encoding, "article");
    hands.take(0, Ok(read::read(&text, &value, how.stateless)));
    hands.finish()
}
