//! Lines of a JSONL stream, numbered, one at a time, whatever their bytes.
//!
//! Only `\n` ends a line: U+2028 and U+0085 may stand unescaped in JSON.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use crate::reading::MAX_BYTES;

/// A line that could not be used. The others can.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {number}: {why}")]
pub struct BadLine {
    /// Counted from 1.
    pub number: u64,
    pub why: String,
}

/// Opens a file of lines, gzipped or plain.
///
/// # Errors
/// Those of the file system.
pub fn open_lines(path: &Path) -> io::Result<Lines<Box<dyn BufRead + Send>>> {
    let mut file = BufReader::new(File::open(path)?);
    let is_gzip = file.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    let plain: Box<dyn BufRead + Send> =
        if is_gzip { Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file))) } else { Box::new(file) };
    Ok(Lines::new(plain))
}

/// The lines that hold something, with their numbers. A byte order mark before the first is left out.
pub struct Lines<R> {
    input: R,
    number: u64,
    has_blank: bool,
}

impl<R: io::Read> Lines<io::BufReader<R>> {
    /// Whether a whole line has come already, so that reading it waits for nobody.
    pub fn has_line(&self) -> bool {
        memchr::memchr(b'\n', self.input.buffer()).is_some()
    }
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R) -> Self {
        Self { input, number: 0, has_blank: false }
    }

    /// Those that hold nothing too.
    pub fn with_blank(input: R) -> Self {
        Self { has_blank: true, ..Self::new(input) }
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// Those of the stream. A line that is too long or no UTF-8 is a [`BadLine`] inside the answer.
    pub fn next_line(&mut self) -> io::Result<Option<Result<(u64, String), BadLine>>> {
        loop {
            let mut line = Vec::new();
            let limit = MAX_BYTES + 1;
            if self.input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if line.len() as u64 == limit && line.last() != Some(&b'\n') {
                self.skip_rest()?;
                return Ok(Some(Err(self.bad("is longer than 100 MB; cut the article in parts"))));
            }
            while matches!(line.last(), Some(b'\n' | b'\r')) {
                line.pop();
            }
            if self.number == 1 && line.starts_with(b"\xEF\xBB\xBF") {
                line.drain(..3);
            }
            if !self.has_blank && line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let line = String::from_utf8(line).map_err(|error| {
                let at = error.utf8_error().valid_up_to();
                self.bad(&format!("is no UTF-8 at byte {at}; convert the file with iconv -t UTF-8"))
            });
            return Ok(Some(line.map(|line| (self.number, line))));
        }
    }

    fn bad(&self, why: &str) -> BadLine {
        BadLine { number: self.number, why: why.to_owned() }
    }

    fn skip_rest(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let (len, is_end) = match memchr::memchr(b'\n', buffer) {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            };
            self.input.consume(len);
            if is_end {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_blank_ones_are_passed_over() {
        let bytes = b"\xEF\xBB\xBF{}\r\n\n  \n{\"a\":\"\xE2\x80\xA8\"}\n\xFF\nlast";
        let mut lines = Lines::new(&bytes[..]);
        let mut found = Vec::new();
        while let Some(line) = lines.next_line().expect("a slice can be read") {
            found.push(line.map_err(|bad| bad.number));
        }
        let expected = [Ok((1, "{}".to_owned())), Ok((4, "{\"a\":\"\u{2028}\"}".to_owned())), Err(5), Ok((6, "last".to_owned()))];
        assert_eq!(found, expected);
    }
}
