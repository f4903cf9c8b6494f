//! The packed form of the lists: gzip around
//!
//! ```text
//! head, lists (name, label), words (class, length, bytes), entries (words shared with the entry before, words of its
//! own, places in lists)
//! ```
//!
//! with numbers in seven-bit groups, lowest first. Entries are sorted and written as differences, which is what makes
//! the file small.

use std::io::{Read as _, Write as _};
use std::sync::Arc;

use super::entries::{Entries, LONGEST, Member};
use super::mark::{ListId, ListInfo, Mark};
use super::words::{WordClass, WordTable};
use crate::annotation::Label;

const HEAD: &[u8] = b"manicule lists 1\n";
/// More than any build needs; keeps a damaged file from asking for all memory.
const MOST_BYTES: u64 = 64 << 20;

/// Why packed lists cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackedFault {
    #[error("the packed lists cannot be unpacked: {0}")]
    Unpack(#[from] std::io::Error),
    #[error("the packed lists are of another version or no lists at all; pack them anew with `manicule pack-lists`")]
    Version,
    #[error("the packed lists are damaged near byte {0}; pack them anew with `manicule pack-lists`")]
    Damaged(usize),
}

pub(super) fn write(lists: &[ListInfo], entries: &Entries) -> Vec<u8> {
    let mut out = HEAD.to_vec();
    put(&mut out, lists.len());
    for list in lists {
        put_text(&mut out, &list.name);
        put_text(&mut out, list.label.as_str());
    }
    let words = entries.words();
    put(&mut out, words.len());
    for id in 0..words.len() as u32 {
        out.push(words.class(id).bits());
        put_text(&mut out, words.word(id));
    }
    put(&mut out, entries.len());
    let mut before: &[u32] = &[];
    for i in 0..entries.len() {
        let words = entries.entry(i);
        let shared = words.iter().zip(before).take_while(|(a, b)| a == b).count();
        put(&mut out, shared);
        put(&mut out, words.len() - shared);
        words[shared..].iter().for_each(|id| put(&mut out, *id as usize));
        let members = entries.members(i);
        put(&mut out, members.len());
        for member in members {
            out.extend([member.list.0, member.mark.bits()]);
            put(&mut out, member.caps as usize);
        }
        before = words;
    }
    let mut packer = flate2::GzBuilder::new().mtime(0).write(Vec::new(), flate2::Compression::best());
    // Writing to memory fails only when memory does.
    packer.write_all(&out).and_then(|()| packer.finish()).unwrap_or_default()
}

fn put(out: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        out.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

pub(super) fn read(packed: &[u8]) -> Result<(Vec<ListInfo>, Entries), PackedFault> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed).take(MOST_BYTES).read_to_end(&mut bytes)?;
    let rest = bytes.strip_prefix(HEAD).ok_or(PackedFault::Version)?;
    let mut input = Input { bytes: rest, at: 0 };
    let mut lists = Vec::new();
    for _ in 0..input.number()? {
        let name: Arc<str> = input.text()?.into();
        lists.push(ListInfo { name, label: Label::new(input.text()?), names: 0 });
    }
    let words = read_words(&mut input)?;
    let entries = read_entries(&mut input, &mut lists, words)?;
    Ok((lists, entries))
}

fn read_words(input: &mut Input<'_>) -> Result<WordTable, PackedFault> {
    let n_words = input.count()?;
    let mut text = String::with_capacity(n_words * 8);
    let (mut ends, mut classes) = (Vec::with_capacity(n_words), Vec::with_capacity(n_words));
    for _ in 0..n_words {
        classes.push(WordClass::from_bits(input.byte()?));
        text.push_str(input.text()?);
        ends.push(text.len() as u32);
    }
    Ok(WordTable::new(text, ends, classes))
}

fn read_entries(input: &mut Input<'_>, lists: &mut [ListInfo], words: WordTable) -> Result<Entries, PackedFault> {
    let n_entries = input.count()?;
    let n_words = words.len();
    let mut entries = Entries::of_words(words);
    entries.reserve(n_entries);
    let mut run: Vec<u32> = Vec::new();
    let mut members = Vec::new();
    for _ in 0..n_entries {
        let (shared, own) = (input.number()?, input.number()?);
        if shared > run.len() || own == 0 || shared + own > LONGEST {
            return Err(input.damaged());
        }
        let parted = run.get(shared).copied();
        run.truncate(shared);
        for _ in 0..own {
            let id = input.number()?;
            if id >= n_words {
                return Err(input.damaged());
            }
            run.push(id as u32);
        }
        // Where it parts from the entry before it, it goes on with a later word.
        if parted.is_some_and(|before| run[shared] <= before) {
            return Err(input.damaged());
        }
        for _ in 0..input.number()? {
            let (list, mark) = (input.byte()?, input.byte()?);
            let caps = input.number()? as u32;
            let Some(info) = lists.get_mut(usize::from(list)) else { return Err(input.damaged()) };
            info.names += 1;
            members.push(Member { list: ListId(list), mark: Mark::from_bits(mark), caps });
        }
        entries.push(&run, members.drain(..));
    }
    Ok(entries.finished())
}

/// Reads forward and never past the end.
struct Input<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Input<'b> {
    fn damaged(&self) -> PackedFault {
        PackedFault::Damaged(HEAD.len() + self.at)
    }

    fn byte(&mut self) -> Result<u8, PackedFault> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| self.damaged())?;
        self.at += 1;
        Ok(byte)
    }

    fn number(&mut self) -> Result<usize, PackedFault> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(number);
            }
        }
        Err(self.damaged())
    }

    /// A number of things of at least one byte each.
    fn count(&mut self) -> Result<usize, PackedFault> {
        let count = self.number()?;
        if count > self.bytes.len() { Err(self.damaged()) } else { Ok(count) }
    }

    fn text(&mut self) -> Result<&'b str, PackedFault> {
        let len = self.number()?;
        let bytes = self.bytes.get(self.at..self.at + len).ok_or_else(|| self.damaged())?;
        self.at += len;
        std::str::from_utf8(bytes).map_err(|_| self.damaged())
    }
}
