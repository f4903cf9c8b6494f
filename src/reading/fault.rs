//! Why a file could not be read. Each names the file, the place in it and what to do.

use std::io;
use std::path::{Path, PathBuf};

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
    #[error("{0:?} is no encoding; names are those of the web: utf-8, utf-16le, windows-1251, shift_jis, gb18030, …")]
    UnknownEncoding(String),
    #[error("the page holds no text; save it from the browser once it is fully loaded")]
    NoText,
    #[error("the folder holds no articles (.txt .md .html .htm .jsonl), also not in folders inside it")]
    NothingInFolder,
    #[error("line {number}: {why}; the line is skipped")]
    Line { number: u64, why: String },
    /// Something of an article was left out or mended; the article itself is there.
    #[error("{0}")]
    Partial(String),
}

/// What a file that is no text is by its first bytes, and what makes text of it.
pub(super) fn foreign(path: &Path, bytes: &[u8]) -> Option<Trouble> {
    let stem = path.with_extension("txt");
    let (from, to) = (path.display(), stem.display());
    let foreign = |what, remedy| Some(Trouble::Foreign { what, remedy });
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return foreign("a PDF", format!("pdftotext \"{from}\" \"{to}\""));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return match extension.as_str() {
            "docx" | "odt" | "epub" => {
                let what = if extension == "docx" { "a Word document" } else { "a packed document" };
                foreign(what, format!("pandoc \"{from}\" -t plain --wrap=none -o \"{to}\""))
            }
            _ if memchr::memmem::find(bytes, b"word/document.xml").is_some() => {
                foreign("a Word document", format!("pandoc -f docx \"{from}\" -t plain --wrap=none -o \"{to}\""))
            }
            _ => foreign("a ZIP archive", format!("unzip \"{from}\"")),
        };
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return foreign("an old Word or Office document", format!("soffice --headless --convert-to txt:Text \"{from}\""));
    }
    if bytes.starts_with(b"{\\rtf") {
        return foreign("an RTF document", format!("pandoc -f rtf \"{from}\" -t plain --wrap=none -o \"{to}\""));
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return foreign("a gzip file", format!("gunzip \"{from}\""));
    }
    if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xFF\xD8\xFF") || bytes.starts_with(b"GIF8") {
        return foreign("a picture", format!("tesseract \"{from}\" \"{}\"", path.with_extension("").display()));
    }
    None
}
