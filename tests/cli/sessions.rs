//! Sessions on the command line: import, info, export.

use super::{Desk, Ran};

/// Blanks part the arguments.
#[track_caller]
fn run(desk: &Desk, line: &str) -> Ran {
    desk.run(&line.split(' ').collect::<Vec<_>>(), "")
}

/// One settled, one open and one rejected mention, and an article with nothing in it.
const LINES: &str = concat!(
    r#"{"id": "a", "text": "Ilse Amrein left Orkan 𠮷 for Brim.", "entities": [{"start": 0, "end": 11, "label": "PERSON", "by": "R. Holm"}, "#,
    r#"{"start": 17, "end": 22, "label": "GPE", "state": "suggested"}], "rejected": [{"start": 29, "end": 33, "label": "GPE", "origin": "rule:x"}]}"#,
    "\n",
    r#"{"id": "b", "text": "Nobody came."}"#,
    "\n"
);

#[test]
fn what_is_imported_is_told_and_exported_again() {
    let desk = Desk::new(&[]);
    std::fs::write(desk.file("in.jsonl"), LINES).unwrap();
    let made = run(&desk, "import in.jsonl --from jsonl -o work.ron");
    assert_eq!(made.code, Some(0), "{}", made.err);

    let info: serde_json::Value = serde_json::from_str(&run(&desk, "info work.ron --json").out).unwrap();
    assert_eq!(info["articles"], 2);
    assert_eq!(info["mentions"], serde_json::json!({"suggested": 1, "confirmed": 1, "rejected": 1}));

    let confirmed = run(&desk, "export work.ron --to jsonl -o -");
    assert_eq!(confirmed.code, Some(0));
    assert!(confirmed.err.contains("wrote 1 mention of 2 articles to jsonl; left out: 1 suggested, 1 rejected"), "{}", confirmed.err);
    let first: serde_json::Value = serde_json::from_str(confirmed.out.lines().next().unwrap()).unwrap();
    assert_eq!(first["entities"].as_array().unwrap().len(), 1);
    assert_eq!((&first["entities"][0]["start"], &first["entities"][0]["end"]), (&0.into(), &11.into()));
    assert_eq!(first.get("rejected"), None);

    let all = run(&desk, "export work.ron --to jsonl --state all -o -");
    let first: serde_json::Value = serde_json::from_str(all.out.lines().next().unwrap()).unwrap();
    let rejected: serde_json::Value = serde_json::from_str(first["rejected"].as_str().unwrap()).unwrap();
    assert_eq!((first["entities"].as_array().unwrap().len(), rejected.as_array().unwrap().len()), (2, 1));
    assert_eq!((&rejected[0]["start"], &rejected[0]["text"]), (&29.into(), &"Brim".into()));
    assert!(all.out.contains("R. Holm"));
    assert!(!run(&desk, "export work.ron --to jsonl --state all --anonymous -o -").out.contains("R. Holm"));
}

#[test]
fn columns_keep_to_what_they_can_carry_and_say_so() {
    let desk = Desk::new(&[]);
    let line = r#"{"id": "n", "text": "Bank of Orkan", "entities": [[0, 13, "ORG"], [8, 13, "GPE"]]}"#;
    std::fs::write(desk.file("in.jsonl"), line).unwrap();
    assert_eq!(run(&desk, "import in.jsonl -o work.ron").code, Some(0));
    let ran = run(&desk, "export work.ron --to conll -o out.conll");
    assert_eq!(ran.code, Some(1), "something could not be carried");
    assert!(ran.err.contains("GPE “Orkan”"), "{}", ran.err);
    let columns = std::fs::read_to_string(desk.file("out.conll")).unwrap();
    let tags: Vec<&str> = columns.lines().filter_map(|line| line.rsplit_once(' ')).map(|(_, tag)| tag).collect();
    assert!(tags.ends_with(&["B-ORG", "I-ORG", "I-ORG"]), "{columns}");
}

#[test]
fn what_cannot_be_opened_or_written_is_named() {
    let desk = Desk::new(&[]);
    let ran = run(&desk, "export nowhere.ron --to jsonl -o out.jsonl");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("nowhere.ron cannot be opened") && ran.err.contains("look whether it was moved"), "{}", ran.err);
    assert!(!desk.file("out.jsonl").exists());
    assert_eq!(run(&desk, "export nowhere.ron --to nonsense -o out").code, Some(2));
    assert_eq!(run(&desk, "info").code, Some(2));
}

/// A page for each command that the help lists, and a first one that names them all.
#[test]
fn the_manual_has_a_page_for_every_command() {
    let desk = Desk::new(&[]);
    let help = run(&desk, "--help").out;
    let (_, listed) = help.split_once("Commands:\n").unwrap();
    let (listed, _) = listed.split_once("\n\n").unwrap();
    let names: Vec<&str> =
        listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty()).collect();
    assert!(names.contains(&"tag") && names.contains(&"man"), "{names:?}");
    let first = run(&desk, "man");
    assert!(first.code == Some(0) && first.out.contains(".TH manicule 1"), "{first:?}");
    let ran = run(&desk, "man -o manual/pages");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for name in names {
        assert!(first.out.contains(&format!("manicule\\-{name}(1)")), "{name}: {}", first.out);
        let page = std::fs::read_to_string(desk.file("manual/pages").join(format!("manicule-{name}.1"))).unwrap();
        assert!(page.contains(&format!("manicule\\-{name}")), "{name}: {page}");
    }
    std::fs::write(desk.file("taken"), "x").unwrap();
    assert_eq!(run(&desk, "man -o taken").code, Some(1));
}

#[test]
fn licences_name_every_part_that_has_terms_of_its_own() {
    let ran = run(&Desk::new(&[]), "licences");
    assert_eq!(ran.code, Some(0));
    for part in ["CC BY-SA 4.0", "SIL Open Font License", "Unicode", "GeoNames", "Apache License"] {
        assert!(ran.out.to_lowercase().contains(&part.to_lowercase()), "{part}");
    }
}
