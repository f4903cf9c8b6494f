//! Bytes of a file become articles, whatever they are called and whatever encoding is named. The first byte says what the file is
//! called and that its content decides, or which of all readers is to take it for its own; the second says the encoding.
#![no_main]

use std::path::Path;
use std::sync::atomic::AtomicBool;

use libfuzzer_sys::fuzz_target;
use manicule::reading::{ENCODINGS, How, Input, READERS, read_input};

const NAMES: [&str; 4] = ["a.txt", "a.md", "a.html", "a"];

fuzz_target!(|data: &[u8]| {
    let [kind, encoding, bytes @ ..] = data else { return };
    let name = NAMES[usize::from(*kind) % NAMES.len()];
    let encoding = ENCODINGS.get(usize::from(*encoding)).copied();
    let by = usize::from(*kind).checked_sub(NAMES.len()).map(|at| READERS[at % READERS.len()]);
    let Ok(input) = Input::of_bytes(Path::new(name), bytes) else { return };
    let mut letters = 0;
    for incoming in read_input(input, READERS, How { encoding, by, ..How::default() }, &AtomicBool::new(false)).articles {
        let article = incoming.article;
        assert!(!article.text.trim().is_empty());
        let mut end = 0;
        for zone in &article.zones {
            assert!(zone.span.start >= end && zone.span.of(&article.text).is_some_and(|words| !words.is_empty()));
            end = zone.span.end;
        }
        for mention in &article.mentions {
            assert!(mention.span.of(&article.text).is_some_and(|words| !words.is_empty()));
        }
        letters += article.text.len();
    }
    // What is packed may become more.
    let is_plain = by.is_none_or(|by| !["docx", "odt", "epub", "zip", "warc", "pdf"].contains(&by.name)) && !bytes.starts_with(&[0x1F, 0x8B]);
    assert!(!is_plain || letters <= bytes.len() * 16 + 1024, "{} bytes became {letters}", bytes.len());
});
