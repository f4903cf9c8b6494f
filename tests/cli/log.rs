//! `manicule log`.

use super::Desk;

const PAGES: [&str; 2] = ["[PERSON? Merkel] met [ORG? NATO]", "[ORG? NATO] grew"];

#[test]
fn every_decision_is_told_also_what_was_taken_back() {
    let desk = Desk::new(&PAGES);
    let script = "confirm a 0..6\nundo\nreject a 0..6\nconfirm a 11..15\nspread a 11..15 session\nundo\n";
    assert_eq!(desk.run(&["apply", "s.ron", "--by", "Cleo"], script).code, Some(0));
    let file = std::fs::read(desk.session()).unwrap();
    let log = desk.run(&["log", "s.ron"], "").out;
    let lines: Vec<&str> = log.lines().collect();
    let ends = [
        "  Cleo  confirm “Merkel” PERSON  (taken back)",
        "  Cleo  reject “Merkel” PERSON",
        "  Cleo  confirm “NATO” ORG",
        "  Cleo  confirm “NATO” ORG everywhere  (taken back)",
    ];
    assert_eq!(lines.len(), ends.len(), "{log}");
    for (n, (line, end)) in lines.iter().zip(ends).enumerate() {
        assert!(line.starts_with(&format!("{:>6}  20", n + 1)) && line.ends_with(end), "{line:?} {end:?}");
    }
    assert_eq!(std::fs::read(desk.session()).unwrap(), file);
}

#[test]
fn json_has_one_object_a_line() {
    let desk = Desk::new(&PAGES);
    desk.run(&["apply", "s.ron"], "confirm a 11..15\nspread a 11..15 session\nundo\naccept-rest b\n");
    let ran = desk.run(&["log", "s.ron", "--json"], "");
    let lines: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["verb"].as_str(), line["scope"].as_str(), line["mentions"].as_u64(), line["state"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("confirm"), Some("mention"), Some(1), Some("done")),
            (Some("confirm"), Some("session"), Some(1), Some("dropped")),
            (Some("accept-rest"), Some("mention"), Some(1), Some("done")),
        ]
    );
    assert_eq!((lines[0]["number"].as_u64(), lines[0]["by"].as_str(), lines[0]["article"].as_str()), (Some(1), Some("Ann"), Some("a")));
}

#[test]
fn a_session_without_a_journal_has_no_history_and_one_that_runs_can_be_read() {
    let desk = Desk::new(&PAGES);
    let ran = desk.run(&["log", "s.ron"], "");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    assert_eq!(std::fs::read_dir(&desk.folder).unwrap().count(), 2, "a reader writes nothing, not even a lock");
}

#[test]
fn a_journal_can_be_read_by_itself() {
    let desk = Desk::new(&PAGES);
    desk.run(&["apply", "s.ron"], "confirm a 0..6\nundo\n");
    let ran = desk.run(&["log", "s.ron.journal"], "");
    assert!(ran.code == Some(0) && ran.out.ends_with("  Ann  confirm “Merkel” PERSON  (taken back)\n"), "{ran:?}");
    std::fs::write(desk.file("x.journal"), "nothing of ours\n").unwrap();
    let ran = desk.run(&["log", "x.journal"], "");
    assert!(ran.code == Some(1) && ran.err.contains("x.journal is no journal"), "{ran:?}");
}
