//! Why a file could not be read. Each names the file, the place in it and what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::page::Omitted;

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
    /// The article is there, and what of its page is not, is told.
    #[error("left out {0} of the page, which were taken for notices, talk and other stories; --whole-pages keeps all")]
    Omitted(Omitted),
    /// Something of an article was left out or mended; the article itself is there.
    #[error("{0}")]
    Partial(String),
}

impl Trouble {
    /// Whether nothing went wrong.
    pub fn is_word_only(&self) -> bool {
        matches!(self, Trouble::Omitted(_))
    }
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
    if let Some((what, remedy)) = markup(path, bytes) {
        return foreign(what, remedy);
    }
    if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xFF\xD8\xFF") || bytes.starts_with(b"GIF8") {
        return foreign("a picture", format!("tesseract \"{from}\" \"{}\"", path.with_extension("").display()));
    }
    None
}

/// What a file is by its first words that is text, but none to be read: data of another program, whose names of elements and
/// keys would be tagged. With what makes text of it.
fn markup(path: &Path, bytes: &[u8]) -> Option<(&'static str, String)> {
    let (from, to) = (path.display(), path.with_extension("txt"));
    let to = to.display();
    let (text, _) =
        encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding).decode_with_bom_removal(bytes);
    let text = text.trim_start();
    let head: String = text.chars().take(2000).collect::<String>().to_lowercase();
    let is_page = head.contains("<html") || head.contains("<!doctype html");
    let roots = ["<?xml", "<nitf", "<newsml", "<newsitem", "<newsmessage", "<rss", "<feed", "<rdf:rdf", "<ppsresponse", "<tei", "<xmi:xmi"];
    if !is_page && roots.iter().any(|root| head.starts_with(root)) {
        return Some((
            "an XML document",
            format!("xmllint --xpath \"string(//body)\" \"{from}\" > \"{to}\", or take the element of the text for body"),
        ));
    }
    if matches!(text.as_bytes().first(), Some(b'{' | b'[')) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        let lines = path.with_extension("jsonl");
        return Some(("JSON", format!("jq -c \".\" \"{from}\" > \"{}\", with the text of each article under \"text\"", lines.display())));
    }
    // Start of header, start, end of text, end of transmission, and the shift that agencies put before them.
    let marks = bytes[..bytes.len().min(4096)].iter().filter(|byte| matches!(byte, 1..=4 | 0x16)).count();
    if marks >= 2 {
        return Some((
            "a message of a news wire (IPTC 7901 or ANPA), with its control characters",
            format!("tr -d '\\000-\\010\\016-\\037' < \"{from}\" > \"{to}\""),
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_other_programs_is_told_from_text() {
        let of = |bytes: &[u8]| match foreign(Path::new("a/b.txt"), bytes) {
            Some(Trouble::Foreign { what, remedy }) => {
                assert!(remedy.contains("a/b."), "{remedy}");
                ["XML", "JSON", "message"].into_iter().find(|kind| what.contains(kind)).unwrap_or(what)
            }
            _ => "text",
        };
        let utf16: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\"?><a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, expected) in [
            (&b"<?xml version=\"1.0\"?>\n<nitf><body/></nitf>"[..], "XML"),
            (b"\xEF\xBB\xBF\n<rss version='2.0'><channel/></rss>", "XML"),
            (b"<NewsML Version=\"1.2\"></NewsML>", "XML"),
            (&utf16, "XML"),
            (b"{\"headline\": \"Talks end\", \"body\": \"They ended.\"}", "JSON"),
            (b"  [\n {\"text\": \"a\"},\n {\"text\": \"b\"}\n]\n", "JSON"),
            (b"\x01abc 1234\r\n\x02Talks ended.\r\n\x03\x04", "message"),
            (b"\x16\x16\x01a0001\x1fr\r\nTalks\r\n", "message"),
            // Text that only looks so.
            (b"<?xml version=\"1.0\"?><!DOCTYPE html><html><body>Talks</body></html>", "text"),
            (b"[Graz] The talks ended.", "text"),
            (b"{Correction} The talks ended.", "text"),
            (b"A page\x0cbreak and a stray \x02 mark", "text"),
            (b"1 < 2", "text"),
        ] {
            assert_eq!(of(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
