//! What the readers of formats hand to the frame of all readers, and how they come to the words of a file.

use std::io::{self, BufRead, Cursor, Read as _};
use std::path::Path;

use serde::de::IgnoredAny;

use super::batches::in_batches;
use super::draft::Drafted;
use super::items::Items;
use super::json::Object;
use super::lines::{BadLine, Lines};
use crate::annotation::{ArticleId, State};
use crate::reading::{self, Head, How, Incoming, Input, MAX_BYTES, Note, Sink, Trouble};

/// The words of a file and their encoding.
///
/// # Errors
/// Where it is too long, empty or no text.
pub fn words(input: &mut Input<'_>, how: How<'_>) -> Result<(String, &'static str), Trouble> {
    let decoded = reading::decode(input.bytes()?, how.encoding)?;
    Ok((decoded.text, decoded.encoding))
}

/// A file that is read as a whole where it is no longer than that, for then its encoding can be found out and its parts may stand in
/// any order; in bytes.
pub const LARGE: u64 = 8 << 20;

/// How a file begins.
pub enum Begun<R> {
    /// All of its words, and their encoding.
    Whole(String, &'static str),
    /// It is large, and in UTF-8 as far as its beginning shows.
    Long { head: String, rest: R },
}

/// The words of a file, or where it is large its beginning and the stream of what follows.
///
/// # Errors
/// Where it is empty or no text, or too long to be read as a whole and in no encoding that can be read otherwise.
pub fn begun<'i, 'f>(input: &'i mut Input<'f>, how: How<'_>) -> Result<Begun<impl BufRead + use<'i, 'f>>, Trouble> {
    if how.encoding.is_some() || !is_utf8(&input.head()) {
        let (words, encoding) = words(input, how)?;
        return Ok(Begun::Whole(words, encoding));
    }
    let mut rest = input.stream();
    let mut bytes = Vec::new();
    rest.by_ref().take(LARGE).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == LARGE {
        let cut = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
        if bytes.len() - cut < 4 {
            let after = Cursor::new(bytes.split_off(cut));
            let head = String::from_utf8(bytes).unwrap_or_default();
            return Ok(Begun::Long { head, rest: after.chain(rest) });
        }
    }
    rest.take(MAX_BYTES - LARGE).read_to_end(&mut bytes)?;
    let (words, encoding) = whole(&bytes)?;
    Ok(Begun::Whole(words, encoding))
}

/// The words of a large file that has to be read as a whole after all.
///
/// # Errors
/// Where it is too long for that, or no text.
pub fn all_of(head: String, rest: impl BufRead) -> Result<(String, &'static str), Trouble> {
    let mut bytes = head.into_bytes();
    let left = MAX_BYTES.saturating_sub(bytes.len() as u64);
    rest.take(left).read_to_end(&mut bytes)?;
    whole(&bytes)
}

fn whole(bytes: &[u8]) -> Result<(String, &'static str), Trouble> {
    match bytes.len() as u64 {
        0 => Err(Trouble::Empty),
        size if size >= MAX_BYTES => Err(Trouble::TooBig(size / 1_000_000)),
        _ => reading::decode(bytes, None).map(|decoded| (decoded.text, decoded.encoding)),
    }
}

/// How a file begins, without the line that is cut off.
pub fn whole_lines(head: &str) -> &str {
    &head[..head.rfind('\n').map_or(head.len(), |end| end + 1)]
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
        let number = number.saturating_add(self.before);
        self.is_empty = false;
        let Drafted { mut article, entities, notes, has_id, .. } = match drafted {
            Ok(drafted) => drafted.with_zones(),
            Err(why) => return self.sink.tell(Trouble::Partial(format!("{} {number}: {why}; it is left out", self.counts))),
        };
        if !has_id {
            article.id = self.stem.clone();
        }
        // Some readers know the very line.
        let knows_line = |note: &Note| note.what.starts_with("line ") || note.why.starts_with("line ");
        let at = |note: &Note| if number == 0 || knows_line(note) { String::new() } else { format!("{} {number}: ", self.counts) };
        let notes = notes.into_iter().map(|note| Trouble::Changed { at: at(&note), note }).collect();
        self.sink.article(Incoming { number, has_own_id: has_id, entities, notes, ..Incoming::new(article, self.encoding) });
    }
}

impl Hands<'_, '_> {
    /// Takes what `document` makes of all that `next` gives, a line or an item, on all cores.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn take_all(
        &mut self,
        next: impl FnMut() -> io::Result<Option<Result<(u64, String), BadLine>>>,
        document: impl Fn(&str) -> Result<Drafted, String> + Sync,
    ) -> io::Result<()> {
        let size = |one: &Result<(u64, String), BadLine>| one.as_ref().map_or(0, |(_, words)| words.len());
        let work = |one: Result<(u64, String), BadLine>| match one {
            Ok((number, words)) => (number, document(&words).map(Drafted::with_zones)),
            Err(BadLine { number, why }) => (number, Err(why)),
        };
        in_batches(next, size, work, |(number, drafted)| {
            self.take(u32::try_from(number).unwrap_or(u32::MAX), drafted);
            !self.sink.is_cancelled()
        })
    }

    /// Tells what there is to say of the file, such as of a line that could not be used.
    pub fn tell(&mut self, trouble: Trouble) {
        self.is_empty = false;
        self.sink.tell(trouble);
    }

    pub fn is_cancelled(&self) -> bool {
        self.sink.is_cancelled()
    }

    /// # Errors
    /// Where nothing was taken.
    pub fn finish(self) -> Result<(), Trouble> {
        if self.is_empty { Err(Trouble::Partial("there is no article in it".to_owned())) } else { Ok(()) }
    }
}

/// What an object of JSON is as an article.
pub type Document = fn(&str, State) -> Result<Drafted, String>;

/// Reads a file of JSON that has an article in each of its objects: a list of them, one a line, or one alone. Items and lines are
/// read one after another, so that a file of them may be of any length.
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
    let document = |json: &str| document(json, how.stateless);
    let head = input.head();
    if how.encoding.is_none() && is_by_line(&head) {
        return hand_lines(input, how, sink, counts, document);
    }
    if how.encoding.is_none() && is_list(&head) {
        let mut hands = Hands::new(sink, input.path, "UTF-8", counts);
        let mut items = Items::new(input.stream());
        hands.take_all(|| items.next_item(), document)?;
        return hands.finish();
    }
    let path = input.path;
    let (text, encoding) = words(input, how)?;
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let mut hands = Hands::new(sink, path, encoding, counts);
    if text.starts_with('[') {
        let mut items = Items::new(text.as_bytes());
        hands.take_all(|| items.next_item(), document)?;
    } else if serde_json::from_str::<IgnoredAny>(text).is_ok() {
        hands.take(1, document(text));
    } else {
        let mut lines = Lines::new(text.as_bytes());
        hands.take_all(|| lines.next_line(), document)?;
    }
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
    document: impl Fn(&str) -> Result<Drafted, String> + Sync,
) -> Result<(), Trouble> {
    let mut hands = Hands::new(sink, input.path, "UTF-8", counts).after(how.lines_before);
    let mut lines = Lines::new(input.stream());
    hands.take_all(|| lines.next_line(), document)?;
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

/// Whether such a file is a list.
fn is_list(head: &Head<'_>) -> bool {
    is_utf8(head) && head.text.trim_start_matches('\u{FEFF}').starts_with('[')
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
