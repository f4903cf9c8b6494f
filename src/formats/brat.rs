//! brat standoff: a folder with two files for each article, its text and what was marked in it.
//!
//! `T` lines count code points and carry the words, which brat holds against the text: what does not fit is not shown
//! (nlplab/brat, `server/src/annotation.py`). A `T` line cannot hold a line end, nor any of the characters at which Python
//! parts lines, so a mention that does is written in fragments around them. Texts have line feeds alone, for brat and the
//! readers around it do not agree on whether a carriage return counts (nlplab/brat#853).
//!
//! State, note and knowledge-base id stand in lines that brat knows; everything else that is known of the article is in one
//! remark on `T0`, which is no mention. Lines that are not ours (relations, events, attributes) are kept as they came.

mod flat;
mod lines;
mod read;
mod write;

use super::format::{Beside, Container, Field, Format, Tally, Writer};
use super::handing::Hands;
use super::pair::{is_pair, read_pair};
use crate::reading::{How, Input, Reader, Sink, Trouble};
use crate::text::Unit;

pub static FORMAT: Format = Format {
    name: "brat",
    title: "brat standoff",
    what: "a folder of texts with brat’s .ann beside each, and annotation.conf",
    extension: "ann",
    unit: Some(Unit::CodePoints),
    reader: Some(&READER),
    writer: Some(Writer {
        write: write::write,
        read_back: read::read_back,
        container: Container::Folder { endings: &["txt", "ann"] },
        keeps: Field::ALL,
        is_flat: false,
        is_by_token: false,
        beside: Some(beside),
    }),
};

/// The article as it comes back, over a text with line feeds alone.
#[cfg(test)]
pub fn flat(article: &crate::annotation::Article) -> crate::annotation::Article {
    flat::Flat::of(&article.text).flatten(article)
}

/// Every type has to be declared, or brat warns of it and bratiaa refuses the folder.
fn beside(tally: &Tally) -> Vec<Beside> {
    let mut conf = "[entities]\n".to_owned();
    let types: std::collections::BTreeSet<String> = tally.labels.iter().map(|label| lines::type_of(label.as_str())).collect();
    types.iter().for_each(|name| conf.push_str(&format!("{name}\n")));
    conf.push_str(&format!("\n[relations]\n\n[events]\n\n[attributes]\n{}\tArg:<ENTITY>, Value:suggested|confirmed\n", lines::STATUS));
    vec![Beside { ending: "annotation.conf", bytes: conf.into_bytes() }]
}

static READER: Reader = Reader {
    name: "brat",
    what: "a text with brat’s .ann beside it",
    endings: &["ann"],
    knows: |head| is_pair(head, MARKS, lines::begin),
    read: read_file,
};

/// BioNLP has given names and events in files of their own.
const MARKS: &[&str] = &["ann", "a1", "a2"];

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let (text, lines) = read_pair(input, MARKS)?;
    let mut hands = Hands::new(sink, input.path, "UTF-8", "article");
    hands.take(0, Ok(read::read(&text, &lines, how.stateless)));
    hands.finish()
}
