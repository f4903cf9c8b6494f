//! brat standoff: a folder with two files for each article, its text and what was marked in it.
//!
//! `T` lines count code points and carry the words, which brat holds against the text: what does not fit is not shown
//! (nlplab/brat, `server/src/annotation.py`). A `T` line cannot hold a line end, nor any of the characters at which Python
//! parts lines, so a mention that does is written in fragments around them. Texts have line feeds alone, for brat and the
//! readers around it do not agree on whether a carriage return counts (nlplab/brat#853).
//!
//! State, note and knowledge-base id stand in lines that brat knows; everything else that is known of the article is in one
//! remark on `T0`, which is no mention. Lines that are not ours (relations, events, attributes) are kept as they came.

mod counting;
mod flat;
mod lines;
mod read;
mod write;

use super::format::{Beside, Container, Format, Tally, Writer};
use super::handing::Hands;
use super::pair::{Pair, is_pair, read_pair};
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
        beside: Some(beside),
        ..Writer::new(write::write, read::read_back, Container::Folder { endings: &["txt", "ann"] })
    }),
};

/// The article as it comes back, over a text with line feeds alone.
#[cfg(test)]
pub fn flat(article: &crate::annotation::Article) -> crate::annotation::Article {
    flat::Flat::of(&article.text).flatten(article)
}

/// Every type has to be declared, or brat warns of it and bratiaa refuses the folder.
fn beside(tally: &Tally) -> Vec<Beside> {
    let types = tally.labels.iter().map(|label| lines::type_of(label.as_str()));
    let entities: Vec<String> = types.collect::<std::collections::BTreeSet<String>>().into_iter().collect();
    let declared = |section: &str| {
        let of_section = tally.declared.iter().filter(|((of, _), _)| *of == section);
        of_section.map(|((_, name), used_with)| lines::declaration(section, name, used_with)).collect::<Vec<String>>()
    };
    let mut attributes = declared(lines::ATTRIBUTES);
    attributes.insert(0, format!("{}\tArg:<ENTITY>, Value:suggested|confirmed", lines::STATUS));
    let sections = [
        ("entities", entities),
        (lines::RELATIONS, declared(lines::RELATIONS)),
        (lines::EVENTS, declared(lines::EVENTS)),
        (lines::ATTRIBUTES, attributes),
    ];
    let conf: Vec<String> = sections
        .iter()
        .map(|(name, lines)| format!("[{name}]\n{}", lines.iter().map(|line| format!("{line}\n")).collect::<String>()))
        .collect();
    vec![Beside { ending: "annotation.conf", bytes: conf.join("\n").into_bytes() }]
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
    let Pair { text, marks, encoding } = read_pair(input, MARKS, [how.encoding; 2])?;
    let mut hands = Hands::new(sink, input.path, encoding, "article");
    hands.take(0, Ok(read::read(&text, &marks, how.stateless)));
    hands.finish()
}
