//! Formats of two files that belong together: a text, and what was marked in it. Whichever of them is read, the other lies
//! beside it under the same name.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::reading::{self, Head, Input, Reader, Trouble, extension};

/// The ending of the texts.
const TEXT: &str = "txt";

/// Files beside a text, or the text beside another, that are there.
fn beside(path: &Path, endings: &[&str]) -> Vec<PathBuf> {
    endings.iter().map(|ending| path.with_extension(ending)).filter(|path| path.is_file()).collect()
}

/// Whether a file is one of two that belong together: by their names, and because what was marked begins as it should, for a
/// file of the same name may be anything. `marks` are the endings of those beside the texts.
pub fn is_pair(head: &Head<'_>, marks: &[&str], begins: fn(&str) -> bool) -> bool {
    let ending = extension(head.path);
    if marks.contains(&ending.as_str()) {
        return begins(&head.text) && !beside(head.path, &[TEXT]).is_empty();
    }
    let is_marked = |path: &PathBuf| Input::open(path).is_ok_and(|input| begins(&input.head().text));
    ending == TEXT && beside(head.path, marks).iter().any(is_marked)
}

/// A text, and what lies beside it.
pub struct Pair {
    pub text: String,
    pub marks: String,
    /// What the text was decoded from.
    pub encoding: &'static str,
}

/// Reads both; `encodings` are those of the text and of what was marked, where the analyst named one.
///
/// # Errors
/// Where one of them is missing or cannot be read.
pub fn read_pair(input: &mut Input<'_>, marks: &[&str], [of_text, of_marks]: [Option<&str>; 2]) -> Result<Pair, Trouble> {
    let path = input.path;
    let is_text = extension(path) == TEXT;
    let (given, encoding) = all(input, if is_text { of_text } else { of_marks })?;
    let others = beside(path, if is_text { marks } else { &[TEXT] });
    if others.is_empty() {
        let wanted = path.with_extension(if is_text { marks.first().copied().unwrap_or_default() } else { TEXT });
        let name = wanted.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Err(Trouble::Partial(format!("{name} has to lie beside it and does not")));
    }
    let mut beside = String::new();
    let mut encoding_beside = encoding;
    for path in others {
        let (words, encoding) = all(&mut Input::open(&path)?, if is_text { of_marks } else { of_text })?;
        beside.push_str(&words);
        encoding_beside = encoding;
    }
    Ok(match is_text {
        true => Pair { text: given, marks: beside, encoding },
        false => Pair { text: beside, marks: given, encoding: encoding_beside },
    })
}

/// The words of a file as they stand, with a byte order mark where there is one, for some programs count it. There may be none:
/// nobody marks anything in an empty text.
fn all(input: &mut Input<'_>, encoding: Option<&str>) -> Result<(String, &'static str), Trouble> {
    let bytes = match input.bytes() {
        Err(Trouble::Empty) => return Ok((String::new(), UTF8)),
        bytes => bytes?,
    };
    match std::str::from_utf8(bytes).ok().filter(|_| encoding.is_none()) {
        Some(words) => Ok((words.to_owned(), UTF8)),
        None => reading::decode(bytes, encoding).map(|decoded| (decoded.text, decoded.encoding)),
    }
}

const UTF8: &str = "UTF-8";

/// Files that are read as a pair, each pair once, however many of its files are named.
#[derive(Default)]
pub struct Pairs {
    /// Texts that are read, and those that were read from what lies beside them.
    texts: HashSet<PathBuf>,
    read: HashSet<PathBuf>,
}

impl Pairs {
    /// Whether a file brings something that those before it have not brought.
    pub fn is_new(&mut self, path: &Path, readers: &[&'static Reader]) -> bool {
        let ending = extension(path);
        if ending == TEXT {
            return self.texts.insert(path.to_owned()) && !self.read.contains(path);
        }
        let is_marks = |reader: &&&'static Reader| reader.endings.contains(&ending.as_str());
        let text = path.with_extension(TEXT);
        let is_half = text.is_file()
            && readers.iter().find(is_marks).is_some_and(|reader| Input::open(path).is_ok_and(|input| (reader.knows)(&input.head())));
        !is_half || (!self.texts.contains(&text) && self.read.insert(text))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use crate::formats::open::read_paths;
    use crate::reading::How;

    /// What was marked belongs to a text only where it is what its ending says; else the text is read as if it stood alone.
    #[test]
    fn a_file_of_the_same_name_may_be_anything() {
        let annotation = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","motivation":"tagging","body":"GPE",
            "target":{"source":"x","selector":{"type":"TextQuoteSelector","exact":"Oslo"}}}"#;
        for (text, ending, beside, expect) in [
            ("Ann in Oslo", "ann", "T1\tGPE 7 11\tOslo\n", 1),
            ("[AP] Ann in Oslo", "ann", "T1\tGPE 12 16\tOslo\n", 1),
            ("{Ann} in Oslo", "ann", "*\tEquiv T1 T2\nT1\tGPE 9 13\tOslo\n", 1),
            ("Ann in Oslo", "ann", "", 0),
            ("Ann in Oslo", "ann", "sequence\t7\t11\n", 0),
            ("Ann in Oslo", "ann", "{\"entities\": []}", 0),
            ("Ann in Oslo", "a2", "<a>\nT1 GPE 7 11 Oslo</a>", 0),
            ("Ann in Oslo", "jsonld", annotation, 1),
            ("Ann in Oslo", "jsonld", r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ann"}"#, 0),
            ("Ann in Oslo", "jsonld", "no JSON", 0),
        ] {
            let desk = tempfile::tempdir().unwrap();
            let path = desk.path().join("a.txt");
            std::fs::write(&path, text).unwrap();
            let alone = read_paths(std::slice::from_ref(&path), How::default(), &|_, _| (), &AtomicBool::new(false));
            std::fs::write(path.with_extension(ending), beside).unwrap();
            let read = read_paths(&[path], How::default(), &|_, _| (), &AtomicBool::new(false));
            assert!(read.faults.is_empty() && read.articles.len() == 1, "{ending} {beside}: {:?}", read.faults);
            let mentions = &read.articles[0].mentions;
            assert_eq!(mentions.len(), expect, "{ending} {beside}");
            assert!(mentions.iter().all(|one| one.span.of(text) == Some("Oslo")));
            let bare = |article: &crate::annotation::Article| crate::annotation::Article { mentions: Vec::new(), ..article.clone() };
            assert!(expect > 0 || bare(&read.articles[0]) == alone.articles[0], "{ending} {beside}");
        }
    }
}
