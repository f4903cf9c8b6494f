//! What the readers of formats hand to the frame of all readers, and how they come to the words of a file.

use std::path::Path;
use std::sync::atomic::Ordering;

use serde::de::IgnoredAny;

use super::draft::Drafted;
use super::json::{Object, objects};
use super::lines::{BadLine, Lines};
use crate::annotation::{ArticleId, State};
use crate::reading::{self, Head, How, Incoming, Input, Note, Sink, Trouble};

/// The words of a file and their encoding.
///
/// # Errors
/// Where it is too long, empty or no text.
pub fn words(input: &mut Input<'_>, how: How<'_>) -> Result<(String, &'static str), Trouble> {
    let decoded = reading::decode(input.bytes()?, how.encoding)?;
    Ok((decoded.text, decoded.encoding))
}

/// Hands out the articles that a reader makes one by one, each with its number or line.
pub struct Hands<'s, 'k> {
    sink: &'s mut Sink<'k>,
    encoding: &'static str,
    /// What the numbers count: a line, a task.
    counts: &'static str,
    /// What the file's own id is where it gives none.
    stem: ArticleId,
    /// How many were read before these, elsewhere.
    before: u32,
    /// Nothing was there yet.
    is_empty: bool,
}

impl<'s, 'k> Hands<'s, 'k> {
    pub fn new(sink: &'s mut Sink<'k>, path: &'s Path, encoding: &'static str, counts: &'static str) -> Self {
        Self { sink, encoding, counts, stem: reading::id_of(path), before: 0, is_empty: true }
    }

    /// Counts on from what was read before.
    pub fn after(self, before: u32) -> Self {
        Self { before, ..self }
    }

    pub fn take(&mut self, number: u32, drafted: Result<Drafted, String>) {
        let number = number + self.before;
        self.is_empty = false;
        let Drafted { mut article, entities, notes, has_id, has_zones } = match drafted {
            Ok(drafted) => drafted,
            Err(why) => return self.sink.tell(Trouble::Partial(format!("{} {number}: {why}; it is left out", self.counts))),
        };
        if !has_id {
            article.id = self.stem.clone();
        }
        if !has_zones {
            reading::find_zones(&mut article, &[]);
        }
        // Some readers know the very line.
        let knows_line = |note: &Note| note.what.starts_with("line ") || note.why.starts_with("line ");
        let at = |note: &Note| if number == 0 || knows_line(note) { String::new() } else { format!("{} {number}: ", self.counts) };
        let notes = notes.into_iter().map(|note| Trouble::Changed { at: at(&note), note }).collect();
        self.sink.article(Incoming { number, has_own_id: has_id, entities, notes, ..Incoming::new(article, self.encoding) });
    }
}

impl Hands<'_, '_> {
    /// # Errors
    /// Where nothing was taken.
    pub fn finish(self) -> Result<(), Trouble> {
        if self.is_empty { Err(Trouble::Partial("there is no article in it".to_owned())) } else { Ok(()) }
    }
}

/// What an object of JSON is as an article.
pub type Document = fn(&Object, State) -> Result<Drafted, String>;

/// Reads a file of JSON that has an article in each of its objects: a list of them, one a line, or one alone. Lines are read one
/// after another, so that a file of them may be of any length.
///
/// # Errors
/// Where it is no JSON, or nothing is in it.
pub fn hand_objects(
    input: &mut Input<'_>,
    how: How<'_>,
    sink: &mut Sink<'_>,
    counts: &'static str,
    document: Document,
) -> Result<(), Trouble> {
    let path = input.path;
    if how.encoding.is_none() && is_by_line(&input.head()) {
        return hand_lines(input, how, sink, counts, |line| {
            let object = serde_json::from_str(line).map_err(|error| format!("is no valid JSON (column {})", error.column()))?;
            document(&object, how.stateless)
        });
    }
    let (text, encoding) = words(input, how)?;
    let mut hands = Hands::new(sink, path, encoding, counts);
    documents(&text, how.stateless, document, &mut |number, drafted| hands.take(number, drafted)).map_err(Trouble::Partial)?;
    hands.finish()
}

/// Hands out the article of each line as it comes.
///
/// # Errors
/// Where the file cannot be read, or nothing is in it.
pub fn hand_lines(
    input: &mut Input<'_>,
    how: How<'_>,
    sink: &mut Sink<'_>,
    counts: &'static str,
    document: impl Fn(&str) -> Result<Drafted, String>,
) -> Result<(), Trouble> {
    let cancel = sink.cancel();
    let mut hands = Hands::new(sink, input.path, "UTF-8", counts).after(how.lines_before);
    let mut lines = Lines::new(input.stream());
    while let (false, Some(line)) = (cancel.load(Ordering::Relaxed), lines.next_line()?) {
        let (number, drafted) = match line {
            Ok((number, line)) => (number, document(&line)),
            Err(BadLine { number, why }) => (number, Err(why)),
        };
        hands.take(u32::try_from(number).unwrap_or(u32::MAX), drafted);
    }
    hands.finish()
}

/// Whether a file can be read in lines of UTF-8, as far as its beginning shows. JSON has no zeros, which other encodings have.
pub fn is_utf8(head: &Head<'_>) -> bool {
    let is_cut_at_most = |error: std::str::Utf8Error| error.error_len().is_none();
    !head.bytes.contains(&0) && std::str::from_utf8(head.bytes).map_or_else(is_cut_at_most, |_| true)
}

/// Whether each line of such a file is an object of JSON, or a row that begins with a text, as far as its beginning shows.
pub fn is_by_line(head: &Head<'_>) -> bool {
    is_utf8(head)
        && match head.text.split_once('\n') {
            Some((line, _)) => line.starts_with(['{', '[']) && !line.starts_with("[{") && serde_json::from_str::<IgnoredAny>(line).is_ok(),
            // A line that is longer than the beginning.
            None => head.text.starts_with('{'),
        }
}

/// The article of each object, with its number or line.
///
/// # Errors
/// Where the whole is no JSON.
pub fn documents(
    text: &str,
    stateless: State,
    document: Document,
    each: &mut dyn FnMut(u32, Result<Drafted, String>),
) -> Result<(), String> {
    objects(text, &mut |number, object| each(number, object.and_then(|object| document(&object, stateless))))
}

/// The first object of a file of JSON; `None` where there is none, or it is longer than the beginning that is looked at.
pub fn first_object(head: &Head<'_>) -> Option<Object> {
    let text = head.text.strip_prefix('[').unwrap_or(&head.text).trim_start();
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    text.starts_with('{').then(|| values.next()?.ok()).flatten()
}

/// Whether a long first object of JSON has one of these in its beginning.
pub fn begins_with(head: &Head<'_>, marks: &[&str]) -> bool {
    head.bytes.len() > LONG && head.text.starts_with(['[', '{']) && marks.iter().any(|mark| head.text.contains(mark))
}

/// Bytes of a beginning that holds no whole object because that is long.
const LONG: usize = 60_000;
