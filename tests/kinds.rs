//! Names by kind, in sentences of every kind and in others that only look like them (`kinds.txt`).

use manicule::annotation::Scheme;
use manicule::tagger::{Context, Tagger};
use manicule::text::Span;

/// Labels of names; dates and amounts have tests of their own.
const NAMES: [&str; 11] = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART", "LANGUAGE"];

/// A sentence, what must be found in it, and what nothing may touch.
struct Row {
    kind: String,
    text: String,
    names: Vec<(Span, String)>,
    free: Vec<Span>,
}

fn row(kind: &str, line: &str) -> Row {
    let mut row = Row { kind: kind.to_owned(), text: String::new(), names: Vec::new(), free: Vec::new() };
    let mut rest = line;
    while let Some(open) = rest.find(['[', '{']) {
        row.text.push_str(&rest[..open]);
        let is_name = rest[open..].starts_with('[');
        let (marked, after) = rest[open + 1..].split_once(if is_name { ']' } else { '}' }).expect("what opens is closed");
        let (label, words) = if is_name { marked.split_once(' ').expect("a label and a blank") } else { ("", marked) };
        let span = Span::new(row.text.len(), row.text.len() + words.len());
        row.text.push_str(words);
        if is_name {
            row.names.push((span, label.to_owned()));
        } else {
            row.free.push(span);
        }
        rest = after;
    }
    row.text.push_str(rest);
    row
}

fn rows() -> Vec<Row> {
    let mut kind = "";
    let lines = include_str!("kinds.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut rows = Vec::new();
    for line in lines {
        match line.strip_prefix("= ") {
            Some(next) => kind = next,
            None => rows.push(row(kind, line)),
        }
    }
    rows
}

#[test]
fn names_of_every_kind_are_found_and_what_only_looks_like_them_is_left() {
    let (tagger, scheme) = (Tagger::standard(), Scheme::standard());
    let mut wrong = Vec::new();
    let rows = rows();
    assert!(rows.len() > 150, "the table has lost its rows");
    for row in rows {
        let context = Context { scheme: &scheme, zones: &[], published: None, language: None };
        let found = tagger.suggest(&row.text, &context);
        let is_found = |(span, label): &(Span, String)| found.iter().any(|one| one.span == *span && one.label.as_str() == label);
        let names = || found.iter().filter(|one| NAMES.contains(&one.label.as_str()));
        if !row.names.iter().all(is_found) || names().any(|one| row.free.iter().any(|free| one.span.overlaps(*free))) {
            let told: Vec<_> = found.iter().map(|one| format!("{} {}", one.label, &row.text[one.span.range()])).collect();
            wrong.push(format!("{}: {}: {told:?}", row.kind, row.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule that is off finds nothing, and what it would have put right stays as the model has it.
#[test]
fn every_custom_can_be_switched_off() {
    let scheme = Scheme::standard();
    let context = Context { scheme: &scheme, zones: &[], published: None, language: None };
    for (id, text) in [
        ("name-with-particles", "Van der Meer blamed the council."),
        ("surname-first", "Present: Boric, Irena (mayor); Reyl, Tomas (treasurer)."),
        ("line-of-business", "Castor Shipping said it lost money."),
        ("office-with-commas", "The Ministry of Trade, Industry and Energy said so."),
    ] {
        let told = |tagger: &Tagger| tagger.suggest(text, &context).iter().any(|one| one.origin.to_string() == format!("rule:{id}"));
        assert!(told(&Tagger::standard()), "{id}");
        assert!(!told(&Tagger::standard().with(&[], &[id.to_owned()].into())), "{id}");
    }
}
