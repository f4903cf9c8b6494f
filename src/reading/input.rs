//! A file on its way in: its first bytes to tell its kind by, then all of them, or a stream where it may be of any length.
//!
//! What is gzipped is unpacked on the way. The digest is that of the bytes as they lie on the disk.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::bufread::GzDecoder;

use super::fault::Trouble;
use super::folder::extension;
use crate::annotation::{Digest, Digesting};

/// The longest file or line that is read, in bytes; one of this size is refused.
pub const MAX_BYTES: u64 = 100_000_000;

/// How much of a file its kind is told by, in bytes.
const HEAD: u64 = 1 << 16;

pub struct Input<'a> {
    pub path: &'a Path,
    head: Vec<u8>,
    rest: Unpacked<'a>,
    /// Where it was read as a whole.
    all: Option<Vec<u8>>,
    /// Bytes of the file as far as that is known beforehand.
    size: u64,
}

impl<'a> Input<'a> {
    /// # Errors
    /// Those of the file system.
    pub fn open(path: &'a Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Self::new(path, size, Box::new(file))
    }

    /// Bytes that lie in memory; `path` says what they are called.
    ///
    /// # Errors
    /// Where they are damaged gzip.
    pub fn of_bytes(path: &'a Path, bytes: &'a [u8]) -> io::Result<Self> {
        Self::new(path, bytes.len() as u64, Box::new(bytes))
    }

    /// Bytes that come from somewhere, however many; `path` says what they are called.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn of_stream(path: &'a Path, stream: impl Read + Send + 'a) -> io::Result<Self> {
        Self::new(path, 0, Box::new(stream))
    }

    fn new(path: &'a Path, size: u64, raw: Box<dyn Read + Send + 'a>) -> io::Result<Self> {
        let mut raw = BufReader::with_capacity(HEAD as usize, Counted { raw, seen: Digesting::default() });
        let is_packed = raw.fill_buf()?.starts_with(&[0x1F, 0x8B]);
        let mut rest = if is_packed { Unpacked::Gzip(Box::new(GzDecoder::new(raw))) } else { Unpacked::Plain(raw) };
        let mut head = Vec::new();
        rest.by_ref().take(HEAD).read_to_end(&mut head)?;
        Ok(Self { path, head, rest, all: None, size })
    }

    pub fn head(&self) -> Head<'_> {
        Head::new(self.path, &self.head)
    }

    /// All bytes, unpacked.
    ///
    /// # Errors
    /// [`Trouble::TooBig`], [`Trouble::Empty`], or that the file cannot be read.
    pub fn bytes(&mut self) -> Result<&[u8], Trouble> {
        let all = match self.all.take() {
            Some(all) => all,
            None if self.size >= MAX_BYTES => return Err(Trouble::TooBig(self.size / 1_000_000)),
            None => {
                let mut all = std::mem::take(&mut self.head);
                self.rest.by_ref().take(MAX_BYTES - all.len() as u64).read_to_end(&mut all)?;
                all
            }
        };
        match all.len() as u64 {
            0 => Err(Trouble::Empty),
            size if size >= MAX_BYTES => Err(Trouble::TooBig(size / 1_000_000)),
            _ => Ok(self.all.insert(all)),
        }
    }

    /// All bytes, unpacked, as they come. What is taken from it is gone.
    pub fn stream(&mut self) -> impl BufRead + use<'_, 'a> {
        BufReader::new(io::Cursor::new(std::mem::take(&mut self.head)).chain(&mut self.rest))
    }

    /// As [`stream`](Self::stream), for good.
    pub fn into_stream(self) -> impl BufRead + use<'a> {
        BufReader::new(io::Cursor::new(self.head).chain(self.rest))
    }

    /// How many bytes the file has, and their digest. Reads it to its end.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(self) -> io::Result<(u64, Digest)> {
        let mut raw = match self.rest {
            Unpacked::Plain(raw) => raw,
            Unpacked::Gzip(packed) => packed.into_inner(),
            Unpacked::Broken => return Err(io::ErrorKind::UnexpectedEof.into()),
        };
        io::copy(&mut raw, &mut io::sink())?;
        let seen = &raw.get_ref().seen;
        Ok((seen.size(), seen.digest()))
    }
}

/// The beginning of a file.
pub struct Head<'a> {
    pub path: &'a Path,
    pub bytes: &'a [u8],
    /// What the bytes say, whatever their encoding, as far as letters of ASCII go. Without blanks at its beginning.
    pub text: String,
}

impl<'a> Head<'a> {
    pub fn new(path: &'a Path, bytes: &'a [u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(HEAD as usize)];
        let is_wide = |odd: usize| bytes.len() > 3 && bytes[odd] == 0 && bytes[odd + 2] == 0 && bytes[1 - odd] != 0;
        let unmarked = if is_wide(1) {
            UTF_16LE
        } else if is_wide(0) {
            UTF_16BE
        } else {
            UTF_8
        };
        let encoding = Encoding::for_bom(bytes).map_or(unmarked, |(encoding, _)| encoding);
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        Self { path, bytes, text: text.trim_start().to_owned() }
    }

    /// In lower case, without the full stop; of `a.jsonl.gz` it is `jsonl`.
    pub fn ending(&self) -> String {
        let ending = extension(self.path);
        if ending == "gz" { extension(&self.path.with_extension("")) } else { ending }
    }

    /// The name of the first element of markup, as it stands; `None` where the text begins with anything else.
    pub fn root(&self) -> Option<&str> {
        let mut rest = self.text.as_str();
        loop {
            rest = rest.trim_start().strip_prefix('<')?;
            rest = if let Some(comment) = rest.strip_prefix("!--") {
                comment.split_once("-->")?.1
            } else if let Some(doctype) = rest.strip_prefix('!') {
                // What is declared inside a document type may hold more of these.
                let end = doctype.find('>')?;
                match doctype.find('[').filter(|open| *open < end) {
                    Some(open) => doctype[open..].split_once(']')?.1.split_once('>')?.1,
                    None => &doctype[end + 1..],
                }
            } else if let Some(instruction) = rest.strip_prefix('?') {
                instruction.split_once("?>")?.1
            } else {
                let name = &rest[..rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?];
                return name.starts_with(char::is_alphabetic).then_some(name);
            };
        }
    }

    /// The first characters of the text, in lower case.
    pub fn lower(&self, characters: usize) -> String {
        self.text.chars().take(characters).collect::<String>().to_lowercase()
    }
}

/// Bytes of a file, counted as they pass.
struct Counted<'a> {
    raw: Box<dyn Read + Send + 'a>,
    seen: Digesting,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.raw.read(buffer)?;
        self.seen.add(&buffer[..n]);
        Ok(n)
    }
}

enum Unpacked<'a> {
    Plain(BufReader<Counted<'a>>),
    /// One member after another, which the decoder of several would end at the zeros that may follow the last.
    Gzip(Box<GzDecoder<BufReader<Counted<'a>>>>),
    /// Between two members, where reading on failed.
    Broken,
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self {
                Unpacked::Plain(raw) => return raw.read(buffer),
                Unpacked::Broken => return Err(io::ErrorKind::UnexpectedEof.into()),
                Unpacked::Gzip(packed) => match packed.read(buffer)? {
                    0 if !buffer.is_empty() => {}
                    n => return Ok(n),
                },
            }
            let Unpacked::Gzip(packed) = std::mem::replace(self, Unpacked::Broken) else { continue };
            let mut raw = packed.into_inner();
            let is_at_end = past_zeros(&mut raw)?;
            *self = if is_at_end { Unpacked::Plain(raw) } else { Unpacked::Gzip(Box::new(GzDecoder::new(raw))) };
        }
    }
}

/// Skips zeros; whether nothing follows them.
fn past_zeros(raw: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let buffer = raw.fill_buf()?;
        let zeros = buffer.iter().take_while(|byte| **byte == 0).count();
        if zeros < buffer.len() || buffer.is_empty() {
            let is_at_end = buffer.is_empty();
            raw.consume(zeros);
            return Ok(is_at_end);
        }
        raw.consume(zeros);
    }
}
