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

use super::words::WordTable;
use super::{LONGEST, Lexicon, ListId, ListInfo, Mark, Member, PackedFault, WordClass};
use crate::annotation::Label;

const HEAD: &[u8] = b"manicule lists 1\n";
/// More than any build needs; keeps a damaged file from asking for all memory.
const MOST_BYTES: u64 = 64 << 20;

pub(super) fn write(lexicon: &Lexicon) -> Vec<u8> {
    let mut out = HEAD.to_vec();
    put(&mut out, lexicon.lists.len());
    for list in &lexicon.lists {
        put_text(&mut out, &list.name);
        put_text(&mut out, list.label.as_str());
    }
    put(&mut out, lexicon.words.len());
    for id in 0..lexicon.words.len() as u32 {
        out.push(lexicon.words.class(id).bits());
        put_text(&mut out, lexicon.words.word(id));
    }
    let n_entries = lexicon.starts.len().saturating_sub(1);
    put(&mut out, n_entries);
    let mut before: &[u32] = &[];
    for i in 0..n_entries {
        let words = lexicon.entry(i);
        let shared = words.iter().zip(before).take_while(|(a, b)| a == b).count();
        put(&mut out, shared);
        put(&mut out, words.len() - shared);
        words[shared..].iter().for_each(|id| put(&mut out, *id as usize));
        let members = &lexicon.members[lexicon.member_starts[i] as usize..lexicon.member_starts[i + 1] as usize];
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

pub(super) fn read(packed: &[u8]) -> Result<Lexicon, PackedFault> {
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
    read_entries(&mut input, lists, words)
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

fn read_entries(input: &mut Input<'_>, mut lists: Vec<ListInfo>, words: WordTable) -> Result<Lexicon, PackedFault> {
    let n_entries = input.count()?;
    let mut ids: Vec<u32> = Vec::with_capacity(n_entries * 3);
    let mut starts = Vec::with_capacity(n_entries + 1);
    let mut member_starts = Vec::with_capacity(n_entries + 1);
    let mut members = Vec::with_capacity(n_entries * 2);
    let mut first = Vec::with_capacity(words.len() + 1);
    let mut before = 0..0;
    for entry in 0..n_entries {
        let start = ids.len();
        let (shared, own) = (input.number()?, input.number()?);
        if shared > before.len() || !(1..=LONGEST).contains(&(shared + own)) {
            return Err(input.damaged());
        }
        ids.extend_from_within(before.start..before.start + shared);
        for _ in 0..own {
            let id = input.number()?;
            if id >= words.len() {
                return Err(input.damaged());
            }
            ids.push(id as u32);
        }
        if ids[before.clone()] >= ids[start..] {
            return Err(input.damaged());
        }
        while first.len() <= ids[start] as usize {
            first.push(entry as u32);
        }
        before = start..ids.len();
        starts.push(start as u32);
        member_starts.push(members.len() as u32);
        for _ in 0..input.number()? {
            let (list, mark) = (input.byte()?, input.byte()?);
            let caps = input.number()? as u32;
            let Some(info) = lists.get_mut(usize::from(list)) else { return Err(input.damaged()) };
            info.names += 1;
            members.push(Member { list: ListId(list), mark: Mark(mark), caps });
        }
    }
    starts.push(ids.len() as u32);
    member_starts.push(members.len() as u32);
    first.resize(words.len() + 1, n_entries as u32);
    Ok(Lexicon { lists, words, first, starts, ids, member_starts, members })
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
