//! Suggestions for any text lie in it, in reading order, and are the same each time.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use manicule::annotation::Scheme;
use manicule::reading::zones;
use manicule::tagger::{Context, Tagger};

static TAGGER: LazyLock<Arc<Tagger>> = LazyLock::new(Tagger::standard);
static SCHEME: LazyLock<Scheme> = LazyLock::new(Scheme::standard);

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let zones = zones::find(text, &[]);
    let context = Context { scheme: &SCHEME, zones: &zones, published: Some("2026-11-05"), language: None };
    let suggestions = TAGGER.suggest(text, &context);
    for suggestion in &suggestions {
        assert!(suggestion.span.of(text).is_some_and(|words| !words.trim().is_empty()), "{suggestion:?}");
    }
    assert!(suggestions.windows(2).all(|pair| pair[0].span <= pair[1].span));
    assert_eq!(TAGGER.suggest(text, &context), suggestions);
});
