use super::build::Builder;
use super::*;
use crate::annotation::Label;
use crate::text::tokens::tokens;

fn small() -> Lexicon {
    let mut builder = Builder::default();
    let countries = builder.list("countries", "GPE");
    let banks = builder.list("banks", "ORG");
    for name in ["China", "US", "Georgia", "Côte d’Ivoire", "Chad"] {
        builder.name(countries, name, Mark::ranked(3));
    }
    for name in ["Bank of China", "Johnson & Johnson", "WHO", "St. Louis Bank"] {
        builder.name(banks, name, Mark::ranked(2));
    }
    builder.word("Chad", WordClass::GIVEN);
    builder.word("Jean", WordClass::GIVEN);
    builder.word("Martin", WordClass::SURNAME);
    builder.finish()
}

#[track_caller]
fn check(text: &str, expect: &str) {
    let lexicon = small();
    let found: Vec<String> = lexicon
        .look(text, &tokens(text))
        .matches
        .iter()
        .map(|found| format!("{}={}", &text[found.span.range()], lexicon.list(found.list).map_or("?", |list| &list.name)))
        .collect();
    assert_eq!(found.join(", "), expect, "{text}");
}

#[test]
fn names_are_found_whole_and_nested() {
    check("The Bank of China in Georgia", "Bank of China=banks, China=countries, Georgia=countries");
    check("the US-China and U.S.-led talks", "US=countries, China=countries, U.S.=countries");
    check("in Cote d'Ivoire and CÔTE D’IVOIRE", "Cote d'Ivoire=countries, CÔTE D’IVOIRE=countries");
    check("Johnson and Johnson, St Louis Bank", "Johnson and Johnson=banks, St Louis Bank=banks");
}

#[test]
fn case_tells_names_from_words() {
    check("who told us of china", "");
    check("the WHO told US", "WHO=banks, US=countries");
    check("CHINA and CHAD", "CHINA=countries, CHAD=countries");
}

#[test]
fn words_have_classes() {
    let text = "Jean-Martin met Chad";
    let words = small().look(text, &tokens(text)).words;
    assert!(words[0].is_given_name() && words[0].is_surname());
    assert!(words[2].is_given_name() && !words[2].is_surname());
    assert_eq!(words[1], WordClass::default());
}

#[test]
fn the_packed_form_gives_the_same_answers_and_the_same_bytes() {
    let lexicon = small();
    let packed = lexicon.write();
    let read = Lexicon::read(&packed).unwrap();
    let text = "Bank of China, US, Chad, WHO";
    assert_eq!(read.look(text, &tokens(text)), lexicon.look(text, &tokens(text)));
    assert_eq!(read.lists(), lexicon.lists());
    assert_eq!(read.write(), packed);
}

#[test]
fn damaged_lists_are_refused() {
    let packed = small().write();
    let mut raw = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut raw).unwrap();
    let repack = |raw: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, raw).unwrap();
        packer.finish().unwrap()
    };
    assert!(Lexicon::read(&packed[..20]).is_err());
    assert!(matches!(Lexicon::read(&repack(b"something else")), Err(PackedFault::Version)));
    for cut in 17..raw.len() {
        assert!(Lexicon::read(&repack(&raw[..cut])).is_err(), "cut at {cut}");
    }
    for at in 17..raw.len() {
        let mut bent = raw.clone();
        bent[at] ^= 0x5A;
        // A bent file may still be lists; it must neither panic nor make `look` panic.
        if let Ok(lexicon) = Lexicon::read(&repack(&bent)) {
            let text = "Bank of China, Johnson & Johnson, US, Chad, WHO";
            lexicon.look(text, &tokens(text));
        }
    }
}

#[test]
fn the_lists_of_this_build_hold_what_readers_expect() {
    let lexicon = Lexicon::standard();
    let text = "Lithuania, Vilnius, NATO, the East China Sea, Reading, Chinese, Reuters, May";
    let reading = lexicon.look(text, &tokens(text));
    let labels_of = |name: &str| {
        let found = reading.matches.iter().filter(|found| &text[found.span.range()] == name);
        found.filter(|found| !found.mark.is_ambiguous()).filter_map(|found| lexicon.label(found)).map(Label::as_str).collect::<Vec<_>>()
    };
    assert!(labels_of("Lithuania").contains(&"GPE"));
    assert!(labels_of("Vilnius").contains(&"GPE"));
    assert!(labels_of("NATO").contains(&"ORG"));
    assert!(labels_of("East China Sea").contains(&"LOC"));
    assert!(labels_of("Chinese").contains(&"NORP"));
    assert!(labels_of("Reuters").contains(&"ORG"));
    assert_eq!(labels_of("Reading"), [""; 0]);
    assert_eq!(labels_of("May"), [""; 0]);
    assert!(lexicon.word("Fumio").is_given_name() || lexicon.word("Jens").is_given_name());
    assert!(lexicon.word("the").is_mostly_common());
}

#[test]
fn hostile_text_is_looked_up_in_linear_time() {
    let lexicon = Lexicon::standard();
    for text in ["University of ".repeat(50_000), "A".repeat(500_000), "Al-".repeat(200_000), "李".repeat(100_000), ".".repeat(300_000)] {
        lexicon.look(&text, &tokens(&text));
    }
}
