//! Bytes are read as a file of each interchange format that is read; what comes of it is sound.
#![no_main]

use std::path::Path;
use std::sync::atomic::AtomicBool;

use libfuzzer_sys::fuzz_target;
use manicule::formats::FORMATS;
use manicule::reading::{self, How, Input};

fuzz_target!(|data: &[u8]| {
    // The first byte says which, so that the fuzzer learns one format at a time.
    let Some((which, bytes)) = data.split_first() else { return };
    let readers: Vec<_> = FORMATS.iter().filter_map(|format| format.reader).collect();
    let how = How { by: Some(readers[usize::from(*which) % readers.len()]), ..How::default() };
    let Ok(input) = Input::of_bytes(Path::new("file"), bytes) else { return };
    for incoming in reading::read_input(input, &[], how, &AtomicBool::new(false)).articles {
        let article = incoming.article;
        for mention in &article.mentions {
            assert!(mention.span.of(&article.text).is_some_and(|words| !words.trim().is_empty()), "{mention:?}");
        }
    }
});
