//! Rows of a table, one at a time.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::super::lines::Lines;
use super::columns::Header;
use crate::reading::MAX_BYTES;

/// One row, with the line that it begins on.
pub struct Row {
    pub line: u32,
    pub cells: Vec<String>,
}

impl Row {
    /// The article that it belongs to, by the column of articles.
    pub fn doc(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}

/// Header and rows of a table.
pub struct Rows<R> {
    pub header: Header,
    kind: Kind<R>,
}

enum Kind<R> {
    /// Our own between tabs is without quotes, and has escapes instead.
    Escaped(Lines<R>),
    Quoted {
        reader: Box<::csv::Reader<Metered<R>>>,
        left: Rc<Cell<u64>>,
    },
}

impl<R: BufRead> Rows<R> {
    /// Takes the header off; one that cannot be read is empty, and what kept it from that comes again.
    pub fn new(parting: u8, mut table: R) -> Self {
        let is_escaped = parting == b'\t' && table.fill_buf().is_ok_and(is_ours);
        if is_escaped {
            let mut lines = Lines::new(table);
            let header = lines.next_line().ok().flatten().and_then(Result::ok);
            return Self { header: Header::new(header.iter().flat_map(|(_, line)| line.split('\t'))), kind: Kind::Escaped(lines) };
        }
        let left = Rc::new(Cell::new(MAX_BYTES));
        let table = Metered { table, left: left.clone() };
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(parting).from_reader(table);
        let mut header = ::csv::StringRecord::new();
        reader.read_record(&mut header).unwrap_or_default();
        Self { header: Header::new(&header), kind: Kind::Quoted { reader: Box::new(reader), left } }
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// Those of the stream. A row that is no text is told inside the answer.
    pub fn next_row(&mut self) -> io::Result<Option<Result<Row, String>>> {
        match &mut self.kind {
            Kind::Escaped(lines) => Ok(lines.next_line()?.map(|line| match line {
                Ok((number, line)) => {
                    Ok(Row { line: u32::try_from(number).unwrap_or(u32::MAX), cells: line.split('\t').map(unescaped).collect() })
                }
                Err(bad) => Err(bad.to_string()),
            })),
            Kind::Quoted { reader, left } => {
                left.set(MAX_BYTES);
                let mut record = ::csv::StringRecord::new();
                match reader.read_record(&mut record) {
                    Ok(false) => Ok(None),
                    Ok(true) => {
                        let line = record.position().map_or(0, |place| u32::try_from(place.line()).unwrap_or(u32::MAX));
                        Ok(Some(Ok(Row { line, cells: record.iter().map(str::to_owned).collect() })))
                    }
                    Err(error) if error.is_io_error() => Err(error.into()),
                    Err(error) => Ok(Some(Err(error.to_string()))),
                }
            }
        }
    }

    /// All rows, and what there is to say of those that are no text.
    pub fn all(mut self) -> (Header, Vec<Row>, Vec<String>) {
        let (mut rows, mut troubles) = (Vec::new(), Vec::new());
        loop {
            match self.next_row() {
                Ok(Some(Ok(row))) => rows.push(row),
                Ok(Some(Err(why))) => troubles.push(why),
                Ok(None) => break,
                Err(error) => {
                    troubles.push(error.to_string());
                    break;
                }
            }
        }
        (self.header, rows, troubles)
    }
}

/// Whether a table between tabs begins with our own header.
fn is_ours(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    std::str::from_utf8(line).is_ok_and(|line| Header::new(line.trim_end().split('\t')).is_ours())
}

/// A table of which no more is read for one row than that: a quotation mark that is not closed makes one of all that follows.
struct Metered<R> {
    table: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.table.read(buffer)?;
        let left = self.left.get().checked_sub(n as u64);
        self.left.set(left.ok_or_else(|| io::Error::other("a row is longer than 100 MB; a quotation mark before it is not closed"))?);
        Ok(n)
    }
}

fn unescaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some(c) => c,
                None => '\\',
            },
            c => c,
        });
    }
    out
}
