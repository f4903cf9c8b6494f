//! What the tests of readers share: reading bytes as a file is read, and what came of it in a line.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::frame::{Read, read_input};
use super::input::Input;
use super::reader::How;
use super::table::READERS;
use crate::annotation::{Article, ZoneKind};

#[track_caller]
pub fn read(name: &str, bytes: &[u8]) -> Read {
    let input = Input::of_bytes(Path::new(name), bytes).expect("bytes can be read");
    let read = read_input(input, READERS, How::default(), &AtomicBool::new(false));
    for incoming in &read.articles {
        let mut end = 0;
        for zone in &incoming.article.zones {
            assert!(zone.span.start >= end && zone.span.of(&incoming.article.text).is_some_and(|words| !words.is_empty()), "{zone:?}");
            end = zone.span.end;
        }
    }
    read
}

/// Title, outlet, day, byline and language of each article.
pub fn fields(read: &Read) -> Vec<String> {
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    let of = |article: &Article| {
        let meta = &article.meta;
        [&meta.title, &meta.outlet, &meta.published, &meta.byline, &meta.language].map(said).join(" | ")
    };
    read.articles.iter().map(|incoming| of(&incoming.article)).collect()
}

/// The words of the zones of a kind, each on one line.
pub fn of_kind(article: &Article, kind: ZoneKind) -> String {
    let zones = article.zones.iter().filter(|zone| zone.kind == kind);
    zones.map(|zone| article.quote(zone.span).split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(" / ")
}

/// All that was told, of articles and of the file.
pub fn told(read: &Read) -> Vec<String> {
    let notes = read.articles.iter().flat_map(|incoming| &incoming.notes);
    notes.chain(&read.troubles).map(ToString::to_string).collect()
}
