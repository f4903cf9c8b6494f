//! A line of JSONL becomes an article; what is written of it reads back equal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use manicule::formats::jsonl::ReadOptions;
use manicule::formats::{FORMATS, Options, StateFilter, parse_line};

fuzz_target!(|data: &[u8]| {
    let Ok(line) = std::str::from_utf8(data) else { return };
    let Ok(parsed) = parse_line(1, line, &ReadOptions::default()) else { return };
    let article = parsed.article;
    for mention in &article.mentions {
        assert!(mention.span.of(&article.text).is_some_and(|words| !words.is_empty()), "{mention:?}");
    }
    let options = Options { state: StateFilter::All, ..Options::default() };
    for format in FORMATS.iter().filter(|format| format.writer.is_some()) {
        format.render(&article, &options).expect("what was read can be written and read back");
    }
});
