//! Why a file could not be read. Each names the file, the place in it and what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::page::Omitted;
use crate::text::Span;

/// A file, or a line of one, that could not be read. The others can.
#[derive(Debug, thiserror::Error)]
#[error("{}: {trouble}", path.display())]
pub struct ReadFault {
    pub path: PathBuf,
    pub trouble: Trouble,
}

impl ReadFault {
    pub fn new(path: &Path, trouble: Trouble) -> Self {
        Self { path: path.to_owned(), trouble }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("cannot be read ({0}); check that it is there and that you may read it")]
    Unreadable(#[from] io::Error),
    #[error("is no plain file, so it is not read")]
    NoFile,
    #[error("the file is empty; there is nothing to tag")]
    Empty,
    #[error("the file holds only blanks; there is nothing to tag")]
    Blank,
    #[error(
        "holds {0} MB and articles end at 100 MB; cut it in parts, or make it JSONL with one article a line, which is read line by line"
    )]
    TooBig(u64),
    #[error("is no text: binary data at byte {0}; convert it to text first, or open it with its encoding named if it is text after all")]
    Binary(usize),
    #[error("is {what}; make it text first: {remedy}")]
    Foreign { what: &'static str, remedy: String },
    #[error("is encrypted; open it with its password in the program that made it, and save it without one")]
    Locked,
    #[error("{0:?} is no encoding; names are those of the web: utf-8, utf-16le, windows-1251, shift_jis, gb18030, …")]
    UnknownEncoding(String),
    #[error("the page holds no text; save it from the browser once it is fully loaded")]
    NoText,
    #[error("holds this article no more; it stays as it is")]
    NotInside,
    #[error("the folder holds no articles (.txt .md .html .pdf .docx .eml .jsonl .xml …), also not in folders inside it")]
    NothingInFolder,
    #[error("line {number}: {why}; the line is skipped")]
    Line { number: u64, why: String },
    /// The article is there, and what of its page is not, is told.
    #[error("left out {0} of the page, which were taken for notices, talk and other stories; --whole-pages keeps all")]
    Omitted(Omitted),
    /// Only to be known: nothing of an article is missing.
    #[error("{0}")]
    Told(String),
    /// Something of an article was left out or mended; the article itself is there.
    #[error("{0}")]
    Partial(String),
    /// The same, with what it is and where: `at` says where in the file, as `line 7: `.
    #[error("{at}{note}")]
    Changed { at: String, note: Note },
}

/// One thing of an article that is not as its file has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// What it is: `PERSON “Ann Lee”`; empty where the article as a whole is meant.
    pub what: String,
    pub why: String,
    /// Bytes of the article's text, where it has a place there.
    pub span: Option<Span>,
    /// Whether it is a mention that did not come in at all.
    pub is_missing: bool,
}

impl<S: Into<String>> From<S> for Note {
    /// Something that is true of the article as a whole.
    fn from(why: S) -> Self {
        Self { what: String::new(), why: why.into(), span: None, is_missing: false }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parting = if self.what.is_empty() { "" } else { ": " };
        write!(f, "{}{parting}{}", self.what, self.why)
    }
}

impl Trouble {
    /// The same of a file that lies in another.
    pub fn inside(self, name: &str) -> Self {
        if self.is_word_only() {
            Trouble::Told(format!("{name:?} in it: {self}"))
        } else {
            Trouble::Partial(format!("{name:?} in it: {self}"))
        }
    }

    /// Whether nothing went wrong.
    pub fn is_word_only(&self) -> bool {
        matches!(self, Trouble::Omitted(_) | Trouble::Told(_))
    }
}
