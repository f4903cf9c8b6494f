//! What the readers of formats hand to the frame of all readers, and how they come to the words of a file.

use std::path::Path;

use super::draft::Drafted;
use crate::annotation::ArticleId;
use crate::reading::{self, Head, How, Incoming, Input, Sink, Trouble};

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
    /// Nothing was there yet.
    is_empty: bool,
}

impl<'s, 'k> Hands<'s, 'k> {
    pub fn new(sink: &'s mut Sink<'k>, path: &'s Path, encoding: &'static str, counts: &'static str) -> Self {
        Self { sink, encoding, counts, stem: reading::id_of(path), is_empty: true }
    }

    pub fn take(&mut self, number: u32, drafted: Result<Drafted, String>) {
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
        let told = |note: String| if number == 0 || note.starts_with("line ") { note } else { format!("{} {number}: {note}", self.counts) };
        let notes = notes.into_iter().map(|note| Trouble::Partial(told(note))).collect();
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

/// The first object of a file of JSON; `None` where there is none, or it is longer than the beginning that is looked at.
pub fn first_object(head: &Head<'_>) -> Option<super::json::Object> {
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
