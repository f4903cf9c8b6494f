//! What a file is that nobody here reads, by its first bytes, and what makes text of it.
//!
//! No advice writes over a file, neither the one that it is about nor another that lies beside it.

use std::path::{Path, PathBuf};

use super::fault::Trouble;
use super::input::Head;

/// What a file is, if it is no text to be read.
pub fn of(head: &Head<'_>) -> Option<Trouble> {
    if head.bytes.starts_with(OFFICE) && memchr::memmem::find(head.bytes, &wide("EncryptedPackage")).is_some() {
        return Some(Trouble::Locked);
    }
    let (what, remedy) = packed(head).or_else(|| data(head))?;
    Some(Trouble::Foreign { what, remedy })
}

/// What old Office files begin with, and encrypted new ones.
const OFFICE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// A name as it stands in such files.
fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Documents and pictures.
fn packed(head: &Head<'_>) -> Option<(&'static str, String)> {
    let bytes = head.bytes;
    let from = head.path.display();
    let to = || fresh(head.path, "txt");
    if bytes.starts_with(OFFICE) {
        let folder = fresh(head.path, "text");
        let to_word = format!("soffice --headless --convert-to docx --outdir \"{}\" \"{from}\"", folder.display());
        let remedy = format!("{to_word} (it sets fields of dates to today)");
        return Some(("an old Word or Office document", remedy));
    }
    if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xFF\xD8\xFF") || bytes.starts_with(b"GIF8") {
        // It adds the ending by itself.
        return Some(("a picture", format!("tesseract \"{from}\" \"{}\"", to().with_extension("").display())));
    }
    None
}

/// What is text, but none to be read: data of another program, whose names of elements and keys would be tagged.
fn data(head: &Head<'_>) -> Option<(&'static str, String)> {
    let from = head.path.display();
    let roots = ["<?xml", "<nitf", "<newsml", "<newsitem", "<newsmessage", "<rss", "<feed", "<rdf:rdf", "<ppsresponse", "<tei", "<xmi:xmi"];
    let start = head.lower(40);
    if roots.iter().any(|root| start.starts_with(root)) || is_xml(head) {
        let to = fresh(head.path, "txt");
        let remedy =
            format!("xmllint --xpath \"string(//body)\" \"{from}\" > \"{}\", or take the element of the text for body", to.display());
        return Some(("an XML document", remedy));
    }
    // Lines are read one by one, and a bad one is told.
    let is_lines = matches!(head.ending().as_str(), "jsonl" | "ndjson");
    let is_named = head.ending().ends_with("json") && head.text.starts_with(['{', '[']);
    if !is_lines && (is_named || is_json(&head.text)) {
        let to = fresh(head.path, "jsonl");
        return Some(("JSON", format!("jq -c \".\" \"{from}\" > \"{}\", with the text of each article under \"text\"", to.display())));
    }
    // Start of header, start, end of text, end of transmission, and the shift that agencies put before them.
    let start = &head.bytes[..head.bytes.len().min(4096)];
    let marks = start.iter().filter(|byte| matches!(byte, 1..=4 | 0x16)).count();
    if marks >= 2 && !start.contains(&0) {
        let to = fresh(head.path, "txt");
        return Some((
            "a message of a news wire (IPTC 7901 or ANPA), with its control characters",
            format!("tr -d '\\000-\\010\\016-\\037' < \"{from}\" > \"{}\"", to.display()),
        ));
    }
    None
}

/// Markup that says so by its name or by the names that it declares. Pages are known before this is asked.
fn is_xml(head: &Head<'_>) -> bool {
    let Some(root) = head.root() else { return false };
    let tag = head.text.split_once(&format!("<{root}")).and_then(|(_, rest)| rest.split_once('>')).map_or("", |(tag, _)| tag);
    tag.contains("xmlns") || matches!(head.ending().as_str(), "xml" | "svg" | "xsd" | "xsl" | "xslt")
}

/// One value, or objects one after another, as far as they can be seen, or the beginning of one that is cut off.
fn is_json(text: &str) -> bool {
    if !text.starts_with(['{', '[']) {
        return false;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => {
            let rest = text[values.byte_offset()..].trim_start();
            rest.is_empty() || rest.starts_with('{')
        }
        Some(Err(error)) => error.is_eof() && (text.len() > 1 << 15 || text[1..].trim_start().starts_with(['"', '{'])),
        None => false,
    }
}

/// A file beside `path` that is not there yet.
pub fn fresh(path: &Path, ending: &str) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let called = |n: u32| match n {
        0 => path.with_extension(ending),
        1 => path.with_file_name(format!("{stem}-text.{ending}")),
        n => path.with_file_name(format!("{stem}-text-{n}.{ending}")),
    };
    // What is called alike in another case is one file on many systems.
    let is_free = |to: &PathBuf| !to.as_os_str().eq_ignore_ascii_case(path.as_os_str()) && !to.exists();
    (0..).map(called).find(is_free).unwrap_or_else(|| called(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &Path, bytes: &[u8]) -> Option<Trouble> {
        super::of(&Head::new(path, bytes))
    }

    #[test]
    fn data_of_other_programs_is_told_from_text() {
        let of = |bytes: &[u8]| match of(Path::new("a/b.txt"), bytes) {
            Some(Trouble::Foreign { what, remedy }) => {
                assert!(remedy.contains("a/b"), "{remedy}");
                ["XML", "JSON", "message"].into_iter().find(|kind| what.contains(kind)).unwrap_or(what)
            }
            _ => "text",
        };
        let utf16: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\"?><a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let long = format!("[{}]", "{\"headline\": \"Talks end\"}, ".repeat(10_000));
        for (bytes, expected) in [
            (&b"<?xml version=\"1.0\"?>\n<nitf><body/></nitf>"[..], "XML"),
            (b"\xEF\xBB\xBF\n<rss version='2.0'><channel/></rss>", "XML"),
            (b"<NewsML Version=\"1.2\"></NewsML>", "XML"),
            (&utf16, "XML"),
            (b"{\"headline\": \"Talks end\", \"body\": \"They ended.\"}", "JSON"),
            (b"  [\n {\"text\": \"a\"},\n {\"text\": \"b\"}\n]\n", "JSON"),
            (b"{\"a\": 1}\n{\"a\": 2}\n", "JSON"),
            (b"{\"a\": [1, 2], \"city\": \"Oslo\"", "JSON"),
            (b"<!-- made by hand --><svg xmlns=\"http://www.w3.org/2000/svg\"><text>Oslo</text></svg>", "XML"),
            (b"<k:kml xmlns:k='http://www.opengis.net/kml/2.2'/>", "XML"),
            (long.as_bytes(), "JSON"),
            (b"\x01abc 1234\r\n\x02Talks ended.\r\n\x03\x04", "message"),
            (b"\x16\x16\x01a0001\x1fr\r\nTalks\r\n", "message"),
            // Text that only looks so, and data that is neither.
            (b"\x00\x01\x02\x03\xff\x04", "text"),
            (b"[Graz] The talks ended.", "text"),
            (b"[1] The talks ended.", "text"),
            (b"{Correction} The talks ended.", "text"),
            (b"A page\x0cbreak and a stray \x02 mark", "text"),
            (b"1 < 2", "text"),
            (b"<i>Graz</i> The talks ended.", "text"),
            (b"{\"Talks\"} ended.", "text"),
        ] {
            assert_eq!(of(bytes), expected, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
        }
    }

    /// What a file is called says it where its words do not.
    #[test]
    fn damaged_data_is_told_by_its_name() {
        for (name, bytes) in
            [("a.json", &b"{\"a\": oops}"[..]), ("a.geojson", b"[1 2]"), ("a.xml", b"<note><to>Ann</to>"), ("a.svg", b"<svg/>")]
        {
            assert!(matches!(of(Path::new(name), bytes), Some(Trouble::Foreign { .. })), "{name}");
            assert!(of(Path::new("a.txt"), bytes).is_none(), "{name}");
        }
        assert!(of(Path::new("a.json"), b"The talks ended.").is_none());
    }

    #[test]
    fn encrypted_documents_of_office_are_told() {
        let file = [OFFICE, &[0; 600], &wide("EncryptedPackage")].concat();
        assert!(matches!(of(Path::new("a.docx"), &file), Some(Trouble::Locked)));
        assert!(matches!(of(Path::new("a.doc"), OFFICE), Some(Trouble::Foreign { .. })));
    }

    /// Whatever a file is and is called, and whatever lies beside it.
    #[test]
    fn no_advice_writes_over_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let kinds: [&[u8]; 7] = [
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            b"\x89PNG",
            b"GIF8",
            b"<?xml version=\"1.0\"?><a/>",
            b"{\"a\": 1}",
            b"[]",
            b"\x01\x02\x03\x04",
        ];
        let mut advice = 0;
        for taken in [&[][..], &["a.txt", "a.jsonl", "a.text", "a"], &["a.txt", "a.jsonl", "a.text", "a-text.txt", "a-text.jsonl"]] {
            for name in taken {
                std::fs::write(folder.path().join(name), "mine").unwrap();
            }
            for ending in ["txt", "TXT", "rtf", "pdf", "docx", "doc", "odt", "xml", "json", "jsonl", "text", "png", ""] {
                let path = folder.path().join("a").with_extension(ending);
                for bytes in kinds {
                    let Some(Trouble::Foreign { remedy, .. }) = of(&path, bytes) else { continue };
                    assert!(ending != "jsonl" || !remedy.starts_with("jq"), "{remedy}");
                    advice += 1;
                    let quoted: Vec<&str> = remedy.split('"').skip(1).step_by(2).filter(|word| Path::new(word).is_absolute()).collect();
                    let source = path.display().to_string();
                    // It adds the ending itself.
                    let ending = if remedy.starts_with("tesseract") { ".txt" } else { "" };
                    let is_source = |word: &&str| **word == source && ending.is_empty();
                    let written: Vec<String> = match &quoted[..] {
                        [_, to] if !ending.is_empty() => vec![format!("{to}{ending}")],
                        quoted => quoted.iter().filter(|word| !is_source(word)).map(ToString::to_string).collect(),
                    };
                    assert_eq!(written.len(), 1, "{remedy}");
                    for word in written {
                        assert!(!Path::new(&word).exists() && !word.eq_ignore_ascii_case(&source), "{remedy}");
                    }
                }
            }
        }
        assert!(advice > 200);
    }
}
