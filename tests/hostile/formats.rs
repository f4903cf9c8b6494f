//! Files of every interchange format, damaged: they are read or refused, and what is read is sound.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use manicule::annotation::Article;
use manicule::formats::{Container, FORMATS, Format, Options, Output, StateFilter};
use manicule::reading::{self, How, Input};
use proptest::prelude::*;

use crate::support::dsl;

/// What a format makes of a few pages.
fn file(format: &Format) -> Vec<u8> {
    let pages = ["😀 [PERSON! Ann Lee] of the [ORG! Bank of [GPE? Spain]] met\r\n[NORP~ Danes]", "", "[ORG! 𠮷野家] «[GPE? Ōsaka]», \"x\""];
    let mut bytes = Vec::new();
    let mut output = Output::to_stream(format, &mut bytes).unwrap();
    let options = Options { state: StateFilter::All, ..Options::default() };
    for (page, id) in pages.into_iter().zip(["a", "b", "c"]) {
        let article: Article = dsl::article(id, page);
        output.put(&article.id, format.render(&article, &options).unwrap()).unwrap();
    }
    output.finish().unwrap();
    bytes
}

fn two_way() -> impl Iterator<Item = &'static Format> {
    let is_file = |format: &&Format| format.writer.as_ref().is_some_and(|writer| !matches!(writer.container, Container::Folder { .. }));
    FORMATS.iter().copied().filter(|format| format.reader.is_some()).filter(is_file)
}

/// Reads bytes as a format; how many articles and messages there were.
#[track_caller]
fn read(format: &Format, bytes: &[u8]) -> (usize, usize) {
    let how = How { by: format.reader, ..How::default() };
    let Ok(input) = Input::of_bytes(Path::new("file"), bytes) else { return (0, 1) };
    let read = reading::read_input(input, &[], how, &AtomicBool::new(false));
    for article in read.articles.iter().map(|incoming| &incoming.article) {
        for mention in &article.mentions {
            assert!(mention.span.of(&article.text).is_some_and(|words| !words.trim().is_empty()), "{format}: {mention:?}");
        }
    }
    (read.articles.len(), read.troubles.len())
}

#[test]
fn a_file_cut_anywhere_is_read_as_far_as_it_goes_or_refused() {
    for format in two_way() {
        let whole = file(format);
        let (articles, _) = read(format, &whole);
        assert!(articles >= 2, "{format}");
        for len in (0..whole.len()).step_by(whole.len() / 150 + 1) {
            let (articles, troubles) = read(format, &whole[..len]);
            assert!(articles + troubles > 0, "{format}: nothing is said of {len} bytes");
        }
    }
}

#[test]
fn deep_and_odd_json_is_refused() {
    for format in two_way() {
        for odd in [
            "[[[[",
            "{}",
            "[]",
            "[1]",
            "[null]",
            "null",
            "{\"text\":1}",
            "[\"a\"]",
            "{\"data\":{}}",
            "\u{FEFF}",
            "\0\0\0",
            "[{\"data\":{\"text\":\"a\"},\"annotations\":[{\"result\":[{\"value\":{\"start\":-1,\"end\":1e99,\"labels\":[\"\"]}}]}]}]",
        ] {
            read(format, odd.as_bytes());
        }
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        read(format, deep.as_bytes());
        read(format, format!("{{\"text\":\"a\",\"label\":{deep}}}").as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_read_or_refused(edits in prop::collection::vec((any::<prop::sample::Index>(), 0..6_usize, prop::collection::vec(any::<u8>(), 0..4)), 1..5)) {
        for format in two_way() {
            let mut bytes = file(format);
            for (at, len, new) in &edits {
                let at = at.index(bytes.len() + 1);
                let end = (at + len).min(bytes.len());
                bytes.splice(at..end, new.iter().copied());
            }
            read(format, &bytes);
        }
    }
}
