//! Texts that the tagger was not made for. It bears them in time that grows with their length alone.

use std::collections::BTreeSet;

use manicule::annotation::{Origin, Scheme, Score};
use manicule::reading::zones;
use manicule::tagger::resolve::Drafts;
use manicule::tagger::rules::Pack;
use manicule::tagger::source::Candidate;
use manicule::tagger::{Context, Tagger};
use manicule::text::{Span, tokens};

#[track_caller]
fn bear(text: &str) {
    bear_with(&Tagger::standard(), text);
}

/// Zones and suggestions of a text: they lie on characters, in order, and apart. Answers how many suggestions there are.
#[track_caller]
fn bear_with(tagger: &Tagger, text: &str) -> usize {
    let scheme = Scheme::standard();
    let zones = zones::find(text, &[]);
    let found = tagger.suggest(text, &Context { scheme: &scheme, zones: &zones, published: Some("2024-01-01"), language: None });
    assert!(found.iter().all(|one| one.span.of(text).is_some_and(|words| !words.trim().is_empty())));
    assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    found.len()
}

/// `len` bytes of `unit`, which is repeated.
fn of(unit: &str, len: usize) -> String {
    unit.repeat(len / unit.len())
}

/// Letters in no order that repeats soon, by a linear congruence.
fn mixed(alphabet: &[u8], len: usize) -> String {
    let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    let states = std::iter::successors(Some(7_u32), next);
    states.take(len).map(|state| char::from(alphabet[(state >> 16) as usize % alphabet.len()])).collect()
}

#[test]
fn ten_megabytes_of_one_letter_are_borne() {
    for letter in ["a", "A", "7"] {
        bear(&of(letter, 10_000_000));
    }
}

#[test]
fn ten_megabytes_of_letters_without_a_space_are_borne() {
    for alphabet in [b"abcdefghij".as_slice(), b"AbCdEfGhIj"] {
        bear(&mixed(alphabet, 10_000_000));
    }
}

#[test]
fn a_megabyte_of_capitals_is_borne() {
    let capitals = mixed(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1_000_000);
    bear(&capitals);
    bear(&capitals.as_bytes().chunks(70).take(3000).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" "));
}

#[test]
fn a_token_in_every_byte_is_borne() {
    // Not ten megabytes: a token costs some twenty times what a letter does, and a build for tests does not optimise.
    let len = 100_000;
    for text in [
        mixed(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", len),
        mixed(b"aB3.,-'(", len),
        of("人口大国", len),
        of("アイ・ウー", len),
        of("\u{301}", len),
        of("e\u{301}", len),
    ] {
        bear(&text);
    }
}

#[test]
fn a_million_lines_are_borne() {
    bear(&"\n".repeat(1_000_000));
    bear(&"\r\n".repeat(1_000_000));
    bear(&"a\n".repeat(50_000));
}

#[test]
fn bowling_figures_without_end_are_borne() {
    bear(&format!("Bowling: {}", of("van ", 1_000_000)));
    bear(&format!("Bowling: {}", of("A. ", 300_000)));
}

#[test]
fn many_names_in_one_word_are_borne() {
    // All of these are one token or a few, so that nothing may go by tokens alone.
    for unit in ["2024-01-01", "1-1-1", "Oslo-Paris-", "India-", "A.B.", "Kara’s"] {
        bear(&of(unit, 100_000));
    }
}

#[test]
fn candidates_in_one_word_are_put_in_order() {
    // Every other one is longer, so that these come first and the rest in between.
    let text = of("7", 2_000_000);
    let candidate = |i: usize| Candidate {
        span: Span::new(10 * i, 10 * i + 5 + i % 2),
        label: "DATE".into(),
        score: Score::MAX,
        origin: Origin::Rule("date-absolute".into()),
        value: None,
    };
    let mut drafts = Drafts::default();
    drafts.support(&Tagger::standard().page(&text, tokens::tokens(&text)), (0..200_000).map(candidate).collect());
    assert!(drafts.all().map(|draft| draft.span.start).eq((0..2_000_000).step_by(10)));
}

#[test]
fn a_name_of_the_analyst_in_every_word_is_borne() {
    let pack = r#"(pack: "mine", lists: [(id: "kelp", label: "ORG", names: ["kelp", "kelp kelp"])])"#;
    let tagger = Tagger::standard().with(&[Pack::parse("mine.ron", pack).unwrap()], &BTreeSet::new());
    assert_eq!(bear_with(&tagger, &"kelp kelp, kelp, ".repeat(10_000)), 20_000);
    bear_with(&tagger, &of("kelp ", 100_000));
}
