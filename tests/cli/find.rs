//! `manicule find`.

use super::{Desk, Ran};

fn desk() -> Desk {
    Desk::new(&[
        "Zoë of [ORG? NATO] 🎈 met in the port of [GPE? Oslo].",
        "No ports for [ORG! NATO]; [ORG? Castor]\tpaid [MONEY? $5] there.\nnato's end",
    ])
}

#[track_caller]
fn finds(args: &[&str], lines: &[&str]) -> Ran {
    let ran = desk().run(&[&["find", "s.ron"], args].concat(), "");
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), lines, "{ran:?}");
    assert_eq!(ran.code, Some(i32::from(lines.is_empty())), "{ran:?}");
    ran
}

#[test]
fn every_place_is_told_with_its_line_and_offsets_in_code_points() {
    let all = [
        "a 7..11  Zoë of [NATO] 🎈 met in the port of Oslo.",
        "b 13..17  No ports for [NATO]; Castor paid $5 there.",
        "b 41..45  [nato]'s end",
    ];
    let ran = finds(&["nato"], &all);
    assert_eq!(ran.err, "manicule: found 3 places in 2 of 2 articles\n");
    finds(&["nato", "--match-case"], &all[2..]);
    finds(&["NATO", "-c"], &all[..2]);
    finds(&["port", "--whole-words"], &["a 25..29  Zoë of NATO 🎈 met in the [port] of Oslo."]);
    finds(&["-E", r"\$\d"], &["b 31..33  No ports for NATO; Castor paid [$5] there."]);
    finds(&["no such words"], &[]);
}

#[test]
fn one_label_is_found_near_another() {
    let castor = "b 19..25  No ports for NATO; [Castor] paid $5 there.";
    finds(&["--near", "ORG", "MONEY", "--within", "1"], &[castor]);
    finds(&["--near", "ORG", "MONEY"], &["b 13..17  No ports for [NATO]; Castor paid $5 there.", castor]);
    finds(&["--near", "ORG", "LAW"], &[]);
}

#[test]
fn as_json_a_place_carries_its_mention() {
    let ran = desk().run(&["find", "s.ron", "nato", "--json"], "");
    let lines: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |key: &str| lines.iter().map(|line| line[key].clone()).collect::<Vec<_>>();
    assert_eq!(of("article"), ["a", "b", "b"]);
    assert_eq!(of("start"), [7, 13, 41]);
    assert_eq!(of("words"), ["NATO", "NATO", "nato"]);
    assert_eq!(of("before"), ["Zoë of ", "No ports for ", ""]);
    assert_eq!(of("state"), ["suggested".into(), "confirmed".into(), serde_json::Value::Null]);
}

#[test]
fn what_cannot_be_looked_for_is_told_as_wrong_use() {
    for (args, told) in [
        (&["find", "s.ron", "-E", "("][..], "the pattern cannot be looked for: unclosed group"),
        (&["find", "s.ron", "--entity", "nobody"], "there is no entity nobody"),
        (&["find", "s.ron"], "required"),
        (&["find", "s.ron", "x", "--near", "ORG", "LAW"], "cannot be used with"),
    ] {
        let ran = desk().run(args, "");
        assert!(ran.code == Some(2) && ran.err.contains(told), "{args:?}: {ran:?}");
    }
}

#[test]
fn only_the_articles_of_a_filter_are_looked_through_counted_and_handed_on() {
    let desk = desk();
    let run = |args: &[&str]| desk.run(args, "");
    let told = |args: &[&str]| run(args).out;
    assert_eq!(told(&["find", "s.ron", "nato", "--articles", "label:MONEY"]).lines().count(), 2);
    assert_eq!(told(&["find", "s.ron", "nato", "--articles", "-label:MONEY"]).lines().count(), 1);
    assert!(run(&["find", "s.ron", "nato", "--articles", "label:MONEY"]).err.contains("in 1 of 1 articles"));
    assert!(told(&["info", "s.ron", "--articles", "entity:oslo"]).starts_with("articles   1,"));
    let exported = told(&["export", "s.ron", "--to", "jsonl", "-o", "-", "--state", "all", "--articles", "entity:oslo"]);
    assert!(exported.lines().count() == 1 && exported.contains("Zoë"));
    let copies = run(&["export", "s.ron", "--to", "jsonl", "-o", "-", "--articles", "has:copies"]);
    assert!(copies.out.is_empty() && copies.code == Some(0), "{copies:?}");
    for wrong in [
        &["find", "s.ron", "nato", "--articles", "state:opn"][..],
        &["check", "s.ron", "--articles", "a"],
        &["tag", "s.ron", "--articles", "has:copies"],
    ] {
        let ran = run(wrong);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(!ran.err.is_empty());
    }
}
