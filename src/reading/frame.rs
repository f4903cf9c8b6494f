//! One file, read by whoever knows it: who that is, what the articles' source is, and what is told of each.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::fault::Trouble;
use super::foreign;
use super::incoming::{Incoming, Sink};
use super::input::Input;
use super::page::Omitted;
use super::reader::{How, Reader, choose};
use super::table::READERS;
use crate::annotation::{Article, Source};

/// What a file gave.
#[derive(Debug, Default)]
pub struct Read {
    /// In their order, each with its source.
    pub articles: Vec<Incoming>,
    /// What there is to say of the file as a whole.
    pub troubles: Vec<Trouble>,
    /// What the file is, for people: `a web page`.
    pub what: Option<&'static str>,
}

/// Reads a file with the readers that are given. When cancelled, what was read so far is returned, without sources.
pub fn read(path: &Path, readers: &[&'static Reader], how: How<'_>, cancel: &AtomicBool) -> Read {
    match Input::open(path) {
        Ok(input) => read_input(input, readers, how, cancel),
        Err(error) => Read { troubles: vec![error.into()], ..Read::default() },
    }
}

/// Who reads a file that was opened.
///
/// # Errors
/// Where nobody does: what it is and what makes text of it.
pub fn reader_of(input: &Input<'_>, readers: &[&'static Reader], how: How<'_>) -> Result<&'static Reader, Trouble> {
    how.by.map_or_else(|| choose(readers, &input.head(), foreign::of), Ok)
}

pub fn read_input(mut input: Input<'_>, readers: &[&'static Reader], how: How<'_>, cancel: &AtomicBool) -> Read {
    let mut out = Read::default();
    let mut take = |found: Result<Incoming, Trouble>| match found {
        Ok(incoming) => out.articles.push(incoming),
        Err(trouble) => out.troubles.push(trouble),
    };
    let mut sink = Sink::new(&mut take, cancel);
    let how = How { inside: readers, ..how };
    let reader = reader_of(&input, readers, how);
    let what = reader.as_ref().ok().map(|reader| reader.what);
    let read = reader.and_then(|reader| (reader.read)(&mut input, how, &mut sink));
    let is_cancelled = sink.is_cancelled();
    out.what = what;
    out.troubles.extend(read.err());
    for incoming in &mut out.articles {
        incoming.notes.extend(Omitted::of(&incoming.article).map(Trouble::Omitted));
    }
    let path = input.path.to_string_lossy().into_owned();
    if is_cancelled || out.articles.is_empty() {
        return out;
    }
    match input.finish() {
        Ok((size, digest)) => {
            for Incoming { article, number, encoding, .. } in &mut out.articles {
                let (path, encoding) = (path.clone(), (*encoding).to_owned());
                article.source.get_or_insert(Source { path, size, digest, encoding, number: *number });
            }
        }
        Err(error) => out.troubles.push(error.into()),
    }
    out
}

/// The article in a file of one, read by the readers of article files. Its id is the file's stem.
///
/// # Errors
/// [`Trouble`], which says what to do.
pub fn read_file(path: &Path, how: How<'_>) -> Result<Article, Trouble> {
    only(read(path, READERS, how, &AtomicBool::new(false)))
}

/// The article in the bytes of a file; `path` says what they are called.
///
/// # Errors
/// [`Trouble`], which says what to do.
pub fn read_bytes(path: &Path, bytes: &[u8], how: How<'_>) -> Result<Article, Trouble> {
    only(read_input(Input::of_bytes(path, bytes)?, READERS, how, &AtomicBool::new(false)))
}

fn only(read: Read) -> Result<Article, Trouble> {
    match (read.articles.into_iter().next(), read.troubles.into_iter().next()) {
        (Some(first), _) => Ok(first.article),
        (None, trouble) => Err(trouble.unwrap_or(Trouble::Empty)),
    }
}
