//! The bytes of a file become an article: encoding, extraction of the readable text, zones.
//!
//! Text files are kept to the byte, whatever their line ends; of web pages and Markdown the readable text is kept.
//! Knows nothing of sessions and taggers, nor of interchange formats, which stand above: paths of every kind are read by
//! [`formats::read_paths`](crate::formats::read_paths).

mod again;
mod decode;
mod details;
mod fault;
mod folder;
mod html;
mod leftovers;
mod linked;
mod markdown;
mod page;
mod phrases;
mod prune;
mod story;
mod survey;
mod tags;
mod tree;
mod walk;
pub mod zones;

use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

pub use again::{Glance, again, glance, has_changed};
pub use decode::ENCODINGS;
pub use fault::{ReadFault, Trouble};
pub use folder::{expand, extension};
pub use page::Omitted;

use crate::annotation::{Article, ArticleId, Digest, Source, Zone};
use page::Page;

/// The longest file or line that is read, in bytes; one of this size is refused.
pub const MAX_BYTES: u64 = 100_000_000;

/// How an article is read from bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct How<'a> {
    /// The encoding by a WHATWG label, where the analyst knows better than detection.
    pub encoding: Option<&'a str>,
    /// Take every file for JSONL, whatever it is called. Heeded by [`formats::read_paths`](crate::formats::read_paths).
    pub all_lines: bool,
    /// Keep all that a browser shows of a page, not its article alone.
    pub is_whole: bool,
}

/// Whether an encoding of that label is known.
///
/// # Errors
/// [`Trouble::UnknownEncoding`].
pub fn check_encoding(label: &str) -> Result<(), Trouble> {
    decode::by_label(label).map(|_| ())
}

/// What an article read from `path` is called: the file's stem.
pub fn id_of(path: &Path) -> ArticleId {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().trim().to_owned()).filter(|stem| !stem.is_empty());
    ArticleId::new(stem.as_deref().unwrap_or("article"))
}

/// Reads one text, Markdown or HTML file. The article's id is the file's stem.
///
/// # Errors
/// [`Trouble`], which says what to do.
pub fn read_file(path: &Path, how: How<'_>) -> Result<Article, Trouble> {
    read_bytes(path, &bytes_of(path)?, how)
}

/// The bytes of a file that is not too long.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size < MAX_BYTES {
        // What is no plain file has no size beforehand.
        file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    }
    let size = size.max(bytes.len() as u64);
    if size >= MAX_BYTES {
        return Err(Trouble::TooBig(size / 1_000_000));
    }
    Ok(bytes)
}

/// Reads one article from the bytes of a file; `path` says what kind of file it is and what the article is called.
///
/// # Errors
/// [`Trouble`], which says what to do.
pub fn read_bytes(path: &Path, bytes: &[u8], how: How<'_>) -> Result<Article, Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::Empty);
    }
    if let Some(trouble) = fault::foreign(path, bytes) {
        return Err(trouble);
    }
    let is_html = match extension(path).as_str() {
        "html" | "htm" | "xhtml" => true,
        "txt" | "text" | "md" | "markdown" => false,
        _ => looks_like_html(bytes),
    };
    let decoded = if is_html { decode::decode_html(bytes, how.encoding) } else { decode::decode(bytes, how.encoding) }?;
    if decoded.text.trim().is_empty() {
        return Err(Trouble::Blank);
    }
    let id = id_of(path);
    let mut article = match extension(path).as_str() {
        _ if is_html => {
            let mut article = from_page(id, html::read(&decoded.text, how.is_whole))?;
            article.extras.extend(how.is_whole.then(Omitted::nothing));
            article
        }
        "md" | "markdown" => from_page(id, markdown::read(&decoded.text))?,
        _ => from_text(id, &decoded.text),
    };
    article.source = Some(Source {
        path: path.to_string_lossy().into_owned(),
        size: bytes.len() as u64,
        digest: Digest::of(bytes),
        encoding: decoded.encoding.to_owned(),
    });
    Ok(article)
}

/// An article from plain text, such as a pasted one, with its zones and what they say of it.
pub fn from_text(id: ArticleId, text: &str) -> Article {
    let mut article = Article::new(id, text);
    find_zones(&mut article, &[]);
    article
}

/// Finds the zones of an article that has none, and what they say of it.
pub fn find_zones(article: &mut Article, known: &[Zone]) {
    article.zones = zones::find(&article.text, known);
    zones::complete_meta(&article.text, &article.zones, &mut article.meta);
}

fn from_page(id: ArticleId, page: Page) -> Result<Article, Trouble> {
    if page.is_empty() {
        return Err(Trouble::NoText);
    }
    let mut article = Article::new(id, page.text());
    article.meta = page.meta.clone();
    article.extras.extend(page.omitted.map(Omitted::into_extra));
    find_zones(&mut article, page.hints());
    Ok(article)
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let head =
        String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']).to_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Makes ids unique: `stem`, `stem-2`, `stem-3`, …
#[derive(Debug, Default)]
pub struct UniqueIds {
    taken: HashSet<ArticleId>,
    /// The last number tried for a stem, so that a thousand equal stems are not a million tries.
    last: std::collections::HashMap<ArticleId, u64>,
}

impl UniqueIds {
    /// Ids that are taken from the start.
    pub fn beside(ids: impl IntoIterator<Item = ArticleId>) -> Self {
        Self { taken: ids.into_iter().collect(), ..Self::default() }
    }

    pub fn take(&mut self, id: &ArticleId) -> ArticleId {
        if self.taken.insert(id.clone()) {
            return id.clone();
        }
        let n = self.last.entry(id.clone()).or_insert(1);
        loop {
            *n += 1;
            let next = ArticleId::new(&format!("{id}-{n}"));
            if self.taken.insert(next.clone()) {
                return next;
            }
        }
    }
}
