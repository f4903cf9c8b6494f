//! TEI P5: a folder with an edition of each article, names as elements in its text.
//!
//! Persons, organisations, places and dates have elements of their own, everything else is `rs`; `type` says the label. Elements
//! cannot cross, so a mention that crosses another stands between two anchors and is told in a `span` behind the text. The text
//! is to be read as it stands (`xml:space`), so that it comes back to the letter. What TEI has no element for is in
//! `xenoData`, where TEI keeps what is not its own.

mod names;
mod read;
mod write;

use super::format::{Container, Format, Writer};
use super::handing::{Hands, words};
use crate::reading::{How, Input, Reader, Sink, Trouble};

pub static FORMAT: Format = Format {
    name: "tei",
    title: "TEI P5",
    what: "a folder of TEI editions with names and dates as elements",
    extension: "xml",
    unit: None,
    reader: Some(&READER),
    writer: Some(Writer::new(write::write, read::read_back, Container::Folder { endings: &["xml"] })),
};

static READER: Reader = Reader {
    name: "tei",
    what: "editions in TEI",
    endings: &[],
    knows: |head| head.root().is_some_and(|root| matches!(root.rsplit(':').next(), Some("TEI" | "teiCorpus" | "TEI.2"))),
    read: read_file,
};

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let (text, encoding) = words(input, how)?;
    let (editions, notes) = read::read(&text, how.stateless).map_err(Trouble::Partial)?;
    notes.into_iter().for_each(|note| sink.tell(Trouble::Partial(note)));
    let mut hands = Hands::new(sink, path, encoding, "edition");
    let is_one = editions.len() == 1;
    (1..).zip(editions).for_each(|(number, edition)| hands.take(if is_one { 0 } else { number }, Ok(edition)));
    hands.finish()
}
