//! A file of JSONL, read line by line, of any length.

use super::super::batches::in_batches;
use super::super::lines::{BadLine, Lines};
use super::read::{Parsed, ReadOptions, parse};
use crate::reading::{self, Head, How, Incoming, Input, Reader, Sink, Trouble};

pub static READER: Reader = Reader { name: "jsonl", what: "articles as JSON, one a line", endings: &["jsonl", "ndjson"], knows, read };

/// Whether the first line is an object with a text, and more lines or nothing follow: what is laid out over several lines is
/// JSON of another kind.
fn knows(head: &Head<'_>) -> bool {
    #[derive(serde::Deserialize)]
    struct Line {
        #[serde(rename = "text")]
        _text: String,
    }
    let line = head.text.lines().next().unwrap_or_default();
    line.starts_with('{') && serde_json::from_str::<Line>(line).is_ok()
}

/// Reads a line of JSONL and looks for zones where it says nothing of them.
///
/// # Errors
/// [`BadLine`].
pub fn parse_line(number: u64, line: &str, options: &ReadOptions) -> Result<Parsed, BadLine> {
    let mut parsed = parse(number, line, options)?;
    if !parsed.has_zones {
        reading::find_zones(&mut parsed.article, &[]);
    }
    Ok(parsed)
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let options = ReadOptions { stateless: how.stateless };
    let mut lines = Lines::new(input.stream());
    let mut is_empty = true;
    let size = |line: &Result<(u64, String), BadLine>| line.as_ref().map_or(0, |(_, line)| line.len());
    let work = |line: Result<(u64, String), BadLine>| line.and_then(|(number, line)| Ok((number, parse_line(number, &line, &options)?)));
    in_batches(
        || lines.next_line(),
        size,
        work,
        |line| {
            is_empty = false;
            match line {
                Ok((number, parsed)) => {
                    let at = format!("line {number}: article {:?}: ", parsed.article.id.as_str());
                    let notes = parsed.notes.into_iter().map(|note| Trouble::Changed { at: at.clone(), note }).collect();
                    let number = u32::try_from(number).unwrap_or(u32::MAX);
                    sink.article(Incoming {
                        number,
                        has_own_id: true,
                        entities: parsed.entities,
                        notes,
                        ..Incoming::new(parsed.article, "UTF-8")
                    });
                }
                Err(BadLine { number, why }) => sink.tell(Trouble::Line { number, why }),
            }
            !sink.is_cancelled()
        },
    )?;
    if is_empty { Err(Trouble::Empty) } else { Ok(()) }
}
