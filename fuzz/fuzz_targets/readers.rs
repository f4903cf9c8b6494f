//! Bytes of a file become an article, whatever they are called and whatever encoding is named.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use manicule::reading::{ENCODINGS, How, read_bytes};

fuzz_target!(|data: &[u8]| {
    let [kind, encoding, bytes @ ..] = data else { return };
    let name = ["a.txt", "a.md", "a.html", "a"][usize::from(*kind) % 4];
    let encoding = ENCODINGS.get(usize::from(*encoding)).copied();
    let Ok(article) = read_bytes(Path::new(name), bytes, How { encoding, ..How::default() }) else { return };
    assert!(!article.text.trim().is_empty());
    let mut end = 0;
    for zone in &article.zones {
        assert!(zone.span.start >= end && zone.span.of(&article.text).is_some_and(|words| !words.is_empty()));
        end = zone.span.end;
    }
    assert!(article.text.len() <= bytes.len() * 8 + 1024, "{} bytes became {}", bytes.len(), article.text.len());
});
