//! Lines of JSONL.

use manicule::formats::jsonl::ReadOptions;
use manicule::formats::{FORMATS, Options, StateFilter, parse_line};
use proptest::prelude::*;

const FULL: &str = r#"{"id":"a1","text":"Ann Lee of NATO met Zoë 😀.","meta":{"title":"T","source":"The Ledger","published":"2026-11-05"},"zones":[{"start":0,"end":3,"kind":"headline"}],"entities":[{"start":0,"end":7,"label":"PERSON","text":"Ann Lee","state":"confirmed","how":"looked","score":0.97,"origin":"rule:x","entity":"ann-lee","first":{"start":0,"end":3,"label":"ORG"}},[20,23,"PERSON"]],"rejected":[{"start":11,"end":15,"label":"ORG"}],"desk":{"progress":"done","flagged":true,"tags":["x"],"note":"n"},"extras":[{"format":"brat","key":"R1","value":"x"}],"other":{"deep":[1,[2]]}}"#;

/// Reads a line; what comes of it is sound and can be written in every format.
#[track_caller]
fn read(line: &str) -> bool {
    let Ok(parsed) = parse_line(7, line, &ReadOptions::default()) else { return false };
    let article = parsed.article;
    for mention in &article.mentions {
        assert!(mention.span.of(&article.text).is_some_and(|words| !words.is_empty()), "{mention:?}");
    }
    let options = Options { state: StateFilter::All, ..Options::default() };
    for format in FORMATS.iter().filter(|format| format.writer.is_some()) {
        format.render(&article, &options).expect("what was read can be written and read back");
    }
    true
}

#[test]
fn a_line_cut_anywhere_is_refused() {
    assert!(read(FULL));
    for len in (0..FULL.len()).filter(|len| FULL.is_char_boundary(*len)) {
        let bad = parse_line(7, &FULL[..len], &ReadOptions::default()).expect_err("half a line is no article");
        assert!(bad.to_string().starts_with("line 7: "), "{bad}");
    }
}

#[test]
fn odd_numbers_texts_and_depths_are_survived() {
    let entity = |entity: &str| format!(r#"{{"text":"Ann met NATO","entities":[{entity}]}}"#);
    for odd in ["-1", "1e400", "18446744073709551616", "0.5", "1e9", "null", "\"3\"", "[]", "NaN"] {
        read(&entity(&format!(r#"{{"start":{odd},"end":3,"label":"ORG"}}"#)));
        read(&entity(&format!(r#"[0,{odd},"ORG"]"#)));
        read(&entity(&format!(r#"{{"start":0,"end":3,"label":"ORG","score":{odd}}}"#)));
    }
    for odd in [r#""\u0000""#, r#""\ud800""#, r#""""#, "{}", "7", "true"] {
        read(&format!(r#"{{"text":{odd}}}"#));
        read(&format!(r#"{{"id":{odd},"text":"Ann"}}"#));
        read(&entity(&format!(r#"[0,3,{odd}]"#)));
    }
    assert!(read("{\"text\":\"Ann\\u0000met\",\"entities\":[[0,3,\"PERSON\"]]}"), "a NUL in a text is text");
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert!(read(&format!(r#"{{"text":"Ann","x":{deep}}}"#)), "what is not ours travels along however deep it is");
        read(&entity(&deep));
    }
}

#[test]
fn half_a_surrogate_pair_is_told_wherever_it_stands() {
    let parse = |line: &str| parse_line(7, line, &ReadOptions::default());
    for line in
        [r#"{"text":"a \ud800 b"}"#, r#"{"text":"\udfff\ud800"}"#, r#"{"id":"\ud83d","text":"Ann"}"#, r#"{"text":"Ann","\ud83d":1}"#]
    {
        let bad = parse(line).expect_err("it is no character").to_string();
        assert!(bad.starts_with("line 7: ") && bad.contains("surrogate pair"), "{line}: {bad}");
    }
    for field in [
        r#""meta":{"title":"\ud800"}"#,
        r#""meta":{"\ud800":1}"#,
        r#""zones":[[0,3,"\ud800"]]"#,
        r#""entities":[[0,3,"\ud800"]]"#,
        r#""entities":[{"start":0,"end":3,"label":"ORG","note":"\ud800"}]"#,
        r#""rejected":[{"start":0,"end":3,"label":"ORG","extras":[{"format":"f","key":"\ud800","value":""}]}]"#,
        r#""desk":{"progress":"done","note":"\ud800"}"#,
        r#""extras":[{"format":"f","key":"k","value":"\ud800"}]"#,
    ] {
        let line = format!(r#"{{"text":"Ann met NATO",{field}}}"#);
        let parsed = parse(&line).expect("the article can be read without it");
        assert_eq!((parsed.notes.len(), parsed.article.mentions.len()), (1, 0), "{line}: {:?}", parsed.notes);
        read(&line);
    }
    let parsed = parse(r#"{"text":"\ud83d\ude00","other":"\ud800"}"#).expect("a pair is one, and what is not ours is not judged");
    assert_eq!((&*parsed.article.text, parsed.notes.len()), ("😀", 0));
}

#[test]
fn extras_of_somebody_else_cost_no_mention() {
    for extras in [r#"{"tool":"x"}"#, "7", "[1]", r#"[{"format":"f"}]"#] {
        let line = format!(r#"{{"text":"Ann met NATO","entities":[{{"start":0,"end":3,"label":"ORG","extras":{extras},"z":1}}]}}"#);
        let parsed = parse_line(7, &line, &ReadOptions::default()).expect("a line");
        assert!(matches!(&parsed.notes[..], [loss] if !loss.is_missing && loss.why.contains("extras")), "{:?}", parsed.notes);
        assert_eq!(parsed.article.mentions[0].extras.len(), 1, "what else is not ours stays");
        read(&line);
    }
}

#[test]
fn what_is_not_ours_is_written_in_one_line() {
    let odd = "[1,\r\n\"\u{2028}\u{85}\"\r]";
    let entity = format!(r#"{{"start":0,"end":3,"label":"ORG","z":{odd}}}"#);
    assert!(read(&format!(r#"{{"text":"Ann","x":{odd},"meta":{{"y":{odd}}},"entities":[{entity}],"file":{odd}}}"#)));
}

#[test]
fn many_entities_of_one_kind_take_no_longer_each() {
    let many = |entity: &dyn Fn(usize) -> String| (0..20_000).map(entity).collect::<Vec<_>>().join(",");
    let text = "x".repeat(20_000);
    let same = many(&|i| format!(r#"[0,3,"L{i}"]"#));
    let lost = many(&|i| format!(r#"{{"start":0,"end":3,"label":"ORG","text":"{i}"}}"#));
    let first = many(&|i| format!(r#"{{"start":0,"end":{},"label":"ORG","first":{{"start":0,"end":3,"label":"ORG"}}}}"#, i + 1));
    for entities in [same, lost, first] {
        parse_line(1, &format!(r#"{{"text":"{text}","entities":[{entities}]}}"#), &ReadOptions::default()).expect("a line");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_line_is_read_or_refused(line in "\\PC{0,200}") {
        read(&line);
    }

    #[test]
    fn a_damaged_line_is_read_or_refused(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[\\[\\]{}\",:0-9a-z\\\\]{0,3}"), 1..6)) {
        let mut line = FULL.to_owned();
        for (at, to, words) in edits {
            let boundaries: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
            let at = *at.get(&boundaries);
            let end = line.ceil_char_boundary((at + to.index(4)).min(line.len()));
            line.replace_range(at..end, &words);
            if line.is_empty() {
                break;
            }
        }
        read(&line);
    }
}
