//! `manicule learn`, and `tag --learned`.

use super::{Desk, Ran};

/// Articles that settle one name in a way that nobody would guess.
fn desk() -> Desk {
    let desk = Desk::new(&[
        "[ORG! Oslo] rose by a tenth.",
        "Analysts had doubts of [ORG! Oslo].",
        "Nobody sold [ORG! Oslo].",
        "[GPE? Oslo] is open.",
    ]);
    let settled = "accept-rest a\naccept-rest b\naccept-rest c\n";
    assert_eq!(desk.run(&["apply", "s.ron", "-"], settled).code, Some(0));
    desk
}

fn labels(ran: &Ran) -> Vec<String> {
    let line: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    line["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["label"].as_str().unwrap(), one["text"].as_str().unwrap()))
        .collect()
}

const NEW: &str = "{\"id\":\"n\",\"text\":\"Many asked about Oslo today.\"}\n";

#[test]
fn what_sessions_taught_is_written_and_tagged_with() {
    let desk = desk();
    let plain = desk.run(&["tag", "-"], NEW);
    assert!(labels(&plain).contains(&"GPE Oslo".to_owned()), "{plain:?}");
    let ran = desk.run(&["learn", "s.ron", "-o", "l.ron", "--licence", "for us alone"], "");
    assert_eq!(ran.err, "manicule: s.ron: learnt from 3 articles\nmanicule: wrote what 3 articles taught to l.ron\n");
    let learned = desk.run(&["tag", "-", "--learned", "l.ron"], NEW);
    assert!(labels(&learned).contains(&"ORG Oslo".to_owned()), "{learned:?}");
    assert!(learned.out.contains("learned:name/Oslo"), "{learned:?}");
    // What one session taught, another adds to.
    let more = desk.run(&["learn", "s.ron", "--learned", "l.ron", "-o", "m.ron"], "");
    assert!(more.err.ends_with("wrote what 6 articles taught to m.ron\n"), "{more:?}");
}

#[test]
fn what_cannot_be_used_is_wrong_use() {
    let desk = Desk::new(&["[GPE? Oslo] is open."]);
    let none = desk.run(&["learn", "s.ron", "-o", "l.ron"], "");
    assert_eq!(none.code, Some(2), "{none:?}");
    assert!(none.err.contains("no article of these sessions is marked done"), "{none:?}");
    let other = desk.run(&["tag", "-", "--learned", "s.ron"], NEW);
    assert_eq!(other.code, Some(2), "{other:?}");
    assert!(other.err.contains("s.ron") && other.err.contains("manicule learn"), "{other:?}");
}
