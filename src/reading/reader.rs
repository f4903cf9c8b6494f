//! What a reader is: one value for each kind of file, in a table. Article files have theirs in [`table`](super::table),
//! interchange formats in [`formats`](crate::formats).

use super::fault::Trouble;
use super::incoming::Sink;
use super::input::{Head, Input};
use crate::annotation::State;

/// Reads one kind of file.
#[derive(Debug)]
pub struct Reader {
    pub name: &'static str,
    /// What its files are, for people: `a web page`.
    pub what: &'static str,
    /// The usual endings of its files in lower case, without the full stop. They decide where no content does.
    pub endings: &'static [&'static str],
    /// Whether a file is one of its own by its first bytes.
    pub knows: fn(&Head<'_>) -> bool,
    /// Hands out the articles of a file, one after another.
    pub read: fn(&mut Input<'_>, How<'_>, &mut Sink<'_>) -> Result<(), Trouble>,
}

/// How files are read.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// The encoding by a WHATWG label, where the analyst knows better than detection.
    pub encoding: Option<&'a str>,
    /// What all files are, whatever they look like.
    pub by: Option<&'static Reader>,
    /// Keep all that a browser shows of a page, not its article alone.
    pub is_whole: bool,
    /// What a mention is whose file does not say whether anybody decided on it, where the format leaves that to us.
    pub stateless: State,
    /// Who reads files that lie in others.
    pub inside: &'a [&'static Reader],
    /// How many files the one that is read lies in.
    pub depth: u8,
    /// How many lines of the file came before what is read, where that is a part of it.
    pub lines_before: u32,
}

impl Default for How<'_> {
    fn default() -> Self {
        Self { encoding: None, by: None, is_whole: false, stateless: State::Confirmed, inside: &[], depth: 0, lines_before: 0 }
    }
}

/// Who reads a file: by its content, else by its ending. `refuse` says what it is where it is none of ours; what is left is
/// for the last reader, which reads any text.
///
/// # Errors
/// What `refuse` says.
pub fn choose(
    readers: &[&'static Reader],
    head: &Head<'_>,
    refuse: impl FnOnce(&Head<'_>) -> Option<Trouble>,
) -> Result<&'static Reader, Trouble> {
    if let Some(reader) = readers.iter().find(|reader| (reader.knows)(head)) {
        return Ok(reader);
    }
    let ending = head.ending();
    let by_ending = readers.iter().find(|reader| reader.endings.contains(&ending.as_str()));
    match refuse(head) {
        Some(trouble) => Err(trouble),
        None => by_ending.or(readers.last()).copied().ok_or(Trouble::Binary(0)),
    }
}
