use super::*;

#[test]
fn every_example_of_every_pack_holds() {
    let mut ids = BTreeSet::new();
    for (file, source) in pack::standard_sources() {
        let pack = match Pack::parse(file, source) {
            Ok(pack) => pack,
            Err(errors) => panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
        };
        for rule in &pack.rules {
            assert!(ids.insert(rule.id.clone()), "{} is in two packs", rule.id);
            assert!(!rule.reason.is_empty() && rule.examples.iter().any(|text| text.contains('[')), "{} has no reason or example", rule.id);
        }
    }
    assert!(ids.len() > 25);
}

#[test]
fn a_wrong_pack_is_refused_with_its_line() {
    let unknown = "(\n  pack: \"mine\",\n  rulez: [],\n)";
    assert!(matches!(Pack::parse("mine.ron", unknown), Err(errors) if matches!(errors[..], [PackError::Malformed { line: 3, .. }])));
    let pattern = "(pack: \"mine\", rules: [\n (id: \"a\", label: \"ORG\", pattern: \"(\"),\n])";
    let errors = Pack::parse("mine.ron", pattern).unwrap_err();
    assert!(matches!(errors[..], [PackError::Pattern { line: 2, .. }]), "{errors:?}");
    let example = "(pack: \"mine\", rules: [\n (id: \"a\", label: \"ORG\", pattern: \"Foo\",\n examples: [\"a [Bar]\"]),\n])";
    let errors = Pack::parse("mine.ron", example).unwrap_err();
    assert_eq!(errors[0].to_string(), "mine.ron, line 3: the example of rule a gives \"a Bar\", but says \"a [Bar]\"");
    let twice =
        "(pack: \"mine\", rules: [\n (id: \"a\", label: \"ORG\", pattern: \"F\"),\n (id: \"a\", label: \"ORG\", pattern: \"G\"),\n])";
    assert!(matches!(Pack::parse("mine.ron", twice), Err(errors) if matches!(errors[..], [PackError::Twice { line: 3, .. }])));
}

#[test]
fn rules_can_be_switched_off() {
    let text = "Chancellor Angela Merkel spoke.";
    let with = Rules::new(Pack::standard(), &BTreeSet::new()).find(text);
    let without = Rules::new(Pack::standard(), &BTreeSet::from(["title-name".to_owned()])).find(text);
    assert!(with.iter().any(|found| &*found.rule == "title-name"));
    assert!(without.iter().all(|found| &*found.rule != "title-name"));
}

#[test]
fn hostile_text_is_searched_in_linear_time() {
    let rules = Rules::standard();
    for text in
        ["Ministry of ".repeat(40_000), "President".repeat(40_000), "Mr. A".repeat(80_000), "A".repeat(400_000), "\n".repeat(400_000)]
    {
        rules.find(&text);
    }
}
