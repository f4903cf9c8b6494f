//! Offsets, tokens, steps, sentences and names of any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use manicule::text::{Offsets, Span, Unit, name, paragraphs, sentences, steps, tokens};

fuzz_target!(|data: &[u8]| {
    let [a, b, bytes @ ..] = data else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let offsets = Offsets::new(text);
    for unit in [Unit::Bytes, Unit::CodePoints, Unit::Utf16] {
        for byte in text.char_indices().map(|(byte, _)| byte).chain([text.len()]) {
            assert_eq!(offsets.to_byte(offsets.from_byte(byte, unit), unit), Some(byte));
        }
        offsets.from_byte(usize::from(*a) * usize::from(*b), unit);
        offsets.to_byte(usize::from(*a) * usize::from(*b), unit);
        offsets.span_from(usize::from(*a), usize::from(*b), unit);
    }
    let all = tokens::tokens(text);
    assert!(all.iter().all(|token| token.span.of(text).is_some_and(|word| !word.trim().is_empty())));
    assert!(all.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    sentences::sentences(text, &all);
    let span = Span::new(usize::from(*a), usize::from(*b));
    for moved in
        [steps::start_moved(text, span, *a > 7), steps::end_moved(text, span, *b > 7), steps::snapped(text, span)].into_iter().flatten()
    {
        assert!(moved.of(text).is_some_and(|words| !words.is_empty()) || span.of(text).is_none());
    }
    steps::token_at(text, usize::from(*a));
    for line in paragraphs::lines(text) {
        let words = line.of(text).expect("lines lie on boundaries");
        let (key, core) = name::of(words);
        assert!(core.of(words).is_some());
        assert_eq!(name::key(&words.replace('\'', "’")), name::key(&words.replace('’', "'")), "{key}");
    }
});
