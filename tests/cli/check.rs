//! `manicule check`, with and without `--consistency`.

use super::{Desk, Ran};

fn desk() -> Desk {
    let desk = Desk::new(&["[PERSON? Merkel] met [ORG? NATO]", "[ORG! NATO] grew"]);
    desk.run(&["apply", "s.ron"], "confirm a 0..6\nreject a 11..15\nundo\n");
    desk
}

#[track_caller]
fn finds(desk: &Desk, expect: &[&str]) -> Ran {
    let before: Vec<_> = std::fs::read_dir(&desk.folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let ran = desk.run(&["check", "s.ron"], "");
    assert_eq!(ran.code, Some(i32::from(!expect.is_empty())), "{ran:?}");
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), expect.len(), "{ran:?}");
    for (line, expect) in lines.iter().zip(expect) {
        assert!(line.contains(expect), "{line:?} {expect:?}");
    }
    let after: Vec<_> = std::fs::read_dir(&desk.folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(before, after, "a check writes nothing");
    ran
}

/// Changes the session file behind the program's back; the journal stays with the version before.
fn change(desk: &Desk, from: &str, to: &str) {
    let text = std::fs::read_to_string(desk.session()).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::remove_file(desk.file("s.ron.journal")).ok();
    std::fs::write(desk.session(), text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_sound_session_has_no_findings() {
    let ran = finds(&desk(), &[]);
    let told = "nothing is wrong; articles 2, mentions 3, decisions in the history 2, of them not yet in the file 0";
    assert!(ran.out.contains(told), "{ran:?}");
}

#[test]
fn every_finding_names_the_line_and_the_remedy() {
    let faulty = desk();
    change(&faulty, "quote: \"Merkel\"", "quote: \"Schulz\"");
    let line = 1 + std::fs::read_to_string(faulty.session()).unwrap().split("Schulz").next().unwrap().matches('\n').count();
    let told = format!("s.ron: line {line}: the span (0, 6) does not cover \"Schulz\"");
    finds(&faulty, &[&told]);

    let unlinked = desk();
    change(&unlinked, "origin: \"rule:dsl\"", "origin: \"rule:dsl\", entity: \"angela\"");
    finds(&unlinked, &["the mention \"Merkel\" is linked to the entity \"angela\", which the session does not list; add the entity"]);

    let colliding = desk();
    change(&colliding, "key: 'N'", "key: 'P'");
    finds(&colliding, &["share the key P; change the label"]);

    let broken = desk();
    change(&broken, "articles: [", "articles: (");
    finds(&broken, &[": line "]);

    std::fs::remove_file(broken.session()).unwrap();
    finds(&broken, &["s.ron: the file cannot be read"]);
}

#[test]
fn a_damaged_journal_is_found_by_its_line() {
    let desk = desk();
    let path = desk.file("s.ron.journal");
    let mut bytes = std::fs::read(&path).unwrap();
    let second = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 30;
    bytes[second] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    finds(&desk, &["s.ron.journal: line 2: the record does not agree with its checksum; opening the session keeps a copy"]);
    desk.run(&["apply", "s.ron"], "");
    let ran = finds(&desk, &["s.ron.journal.aside-1: a journal that could not be used was set aside here"]);
    assert!(ran.out.contains("findings 1"));
}

#[test]
fn a_journal_whose_changes_are_all_in_another_version_is_its_history() {
    let desk = desk();
    let text = std::fs::read_to_string(desk.session()).unwrap();
    std::fs::write(desk.session(), text.replace("grew", "rose")).unwrap();
    let ran = finds(&desk, &[]);
    assert!(ran.out.contains("decisions in the history 2"), "{ran:?}");
    let told = desk.run(&["log", "s.ron"], "");
    assert_eq!((told.code, told.out.lines().count()), (Some(0), 3), "{told:?}");
    assert!(told.out.contains("another version of the file came in"), "{told:?}");
}

#[test]
fn changes_that_an_older_version_does_not_hold_are_found() {
    let desk = Desk::new(&["[PERSON? Merkel] met [ORG? NATO]"]);
    let older = std::fs::read(desk.session()).unwrap();
    desk.run(&["apply", "s.ron"], "confirm a 0..6\nreject a 11..15\n");
    std::fs::write(desk.session(), older).unwrap();
    let told = "another version than the one that was worked on here: changes made then and not in it 2, of them never saved 0";
    let ran = finds(&desk, &[told]);
    let json = desk.run(&["check", "s.ron", "--json"], "");
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json.code, ran.code);
    let finding = &value["findings"][0];
    assert!(finding["file"].as_str().unwrap().ends_with("s.ron.journal"), "{value}");
    assert!(finding["remedy"].as_str().unwrap().contains("manicule apply"), "{value}");
}

/// Two names settled in different ways; the text before them is longer in bytes than in code points.
fn settled_differently() -> Desk {
    Desk::new(&["Café: [ORG! Kelp] and [ORG! Kelp]", "[ORG! Kelp]; [GPE! Oslo]", "Å: [GPE! Kelp], Mr. [PERSON! Reed], [PERSON! Mr. Reed]"])
}

#[test]
fn names_settled_in_different_ways_are_findings() {
    let desk = settled_differently();
    let before = std::fs::read(desk.session()).unwrap();
    let ran = desk.run(&["check", "--consistency", "s.ron"], "");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.err, "manicule: s.ron: labels-across 1, edges 1\n");
    assert_eq!(
        ran.out,
        "Several labels across articles: “Kelp” is ORG 3 times and GPE once; make it ORG\n    c 3..7 GPE Kelp\n\
         Edges that differ: “Reed” is tagged once with the title and once without; leave out the title\n    c 19..27 PERSON Mr. Reed\n\
         s.ron: findings 2, found right before 0\n"
    );
    let ran = desk.run(&["check", "s.ron", "--consistency", "--json"], "");
    let findings: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.code, Some(1));
    assert_eq!(
        findings[0],
        serde_json::json!({
            "kind": "labels-across", "key": "labels-across:kelp", "name": "Kelp", "words": "“Kelp” is ORG 3 times and GPE once",
            "fix": "make it ORG",
            "places": [{"article": "c", "start": 3, "end": 7, "label": "GPE", "text": "Kelp"}],
            "beside": [
                {"article": "a", "start": 6, "end": 10, "label": "ORG", "text": "Kelp"},
                {"article": "a", "start": 15, "end": 19, "label": "ORG", "text": "Kelp"},
                {"article": "b", "start": 0, "end": 4, "label": "ORG", "text": "Kelp"},
            ],
        })
    );
    assert_eq!(std::fs::read(desk.session()).unwrap(), before, "a check writes nothing");
}

#[test]
fn a_finding_is_mended_or_found_right_by_a_script() {
    let desk = settled_differently();
    let script = "fix labels-across:kelp\nfix labels-across:kelp\ndismiss \"edges:reed PERSON title\"\n";
    let ran = desk.run(&["apply", "s.ron"], script);
    let answers = "ok 1\nerror 2: the consistency check has no finding \"labels-across:kelp\" now\nok 3\n";
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), answers), "{ran:?}");
    assert!(desk.pages()[2].contains("[ORG! Kelp]"));
    let ran = desk.run(&["check", "--consistency", "s.ron"], "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "s.ron: findings 0, found right before 1\n"), "{ran:?}");
    desk.run(&["apply", "s.ron"], "undo\nundo\n");
    let ran = desk.run(&["check", "--consistency", "s.ron"], "");
    assert!(ran.out.ends_with("findings 2, found right before 0\n"), "{ran:?}");
}

/// Two outlets with one story; the second has another lead and another figure, and its text before is longer in bytes.
fn told_twice() -> Desk {
    let text = "was late again on Monday, and nobody on the island knew when the next boat would leave the harbour for the winter.";
    Desk::new(&[
        &format!("The ferry to [GPE! Dovik] {text} It cost 12 million, said [PERSON! Reed]."),
        "Snow fell on [GPE? Oslo] and nobody minded.",
        &format!("Cafés shut. The ferry to [PERSON? Dovik] {text} It cost 13 million, said [ORG? Reed]."),
    ])
}

#[test]
fn copies_are_found_and_what_is_open_in_one_is_settled_by_a_script() {
    let desk = told_twice();
    let before = std::fs::read(desk.session()).unwrap();
    let ran = desk.run(&["check", "--copies", "s.ron"], "");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.err, "manicule: s.ron: places that a copy has settled 1; `transfer ART` in `manicule apply` settles them\n");
    assert_eq!(
        ran.out,
        "2 copies: a\n    a  open 0, settled in a copy 0, in sentences that differ 0\n    \
         c  open 2, settled in a copy 1, in sentences that differ 1\n\
         s.ron: articles 3, of them copies 2 in 1 groups, read once each 2\n"
    );
    let ran = desk.run(&["check", "s.ron", "--copies", "--json"], "");
    let groups: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        groups[0]["places"],
        serde_json::json!([
            {"article": "c", "start": 25, "end": 30, "text": "Dovik", "from": "a", "label": "GPE", "becomes": "settled"},
            {"article": "c", "start": 171, "end": 175, "text": "Reed", "from": "a", "label": "PERSON", "becomes": "open"},
        ])
    );
    assert_eq!(std::fs::read(desk.session()).unwrap(), before, "a check writes nothing");
    let ran = desk.run(&["apply", "s.ron"], "transfer b\ntransfer nowhere\ntransfer a\ntransfer a\n");
    let answers = "error 1: article b has no copies\nerror 2: there is no article \"nowhere\"\nok 3\nerror 4: it is so already\n";
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), answers), "{ran:?}");
    assert!(desk.pages()[2].starts_with("Cafés shut. The ferry to [GPE! Dovik]"), "{:?}", desk.pages());
    assert!(std::fs::read_to_string(desk.session()).unwrap().contains("how: transferred"));
    let ran = desk.run(&["check", "--copies", "s.ron"], "");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    desk.run(&["apply", "s.ron"], "undo\n");
    assert!(desk.pages()[2].contains("[PERSON? Dovik]"));
}

/// Draws, asks and answers as a script does: what was decided is nowhere in the questions.
#[test]
fn a_certificate_is_drawn_asked_answered_and_told() {
    let desk = Desk::new(&["Café: [ORG! Kelp] grew. [GPE! Reed] left Oslo.", "[ORG? Open] to decide"]);
    let ran = desk.run(&["certify", "s.ron"], "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    let ran = desk.run(&["certify", "s.ron", "--draw", "50", "--sentences", "50", "--seed", "7"], "");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.err, "manicule: s.ron: a sample with 4 questions was drawn with seed 7; it speaks for 2 mentions\n");
    let ran = desk.run(&["certify", "s.ron", "--questions"], "");
    let questions: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(questions.len(), 4, "{ran:?}");
    assert!(!ran.out.contains("ORG") && !ran.out.contains("confirmed") && !ran.out.contains("looked"), "{}", ran.out);
    let mut script = String::from("{\"question\": 99, \"answer\": \"none\"}\n");
    for question in &questions {
        let number = &question["question"];
        let answer = match (question["words"].as_str(), question["sentence"].as_str()) {
            (Some("Kelp"), _) => {
                assert_eq!((question["start"].as_u64(), question["end"].as_u64()), (Some(6), Some(10)), "code points");
                "\"answer\": \"ORG\""
            }
            (Some("Reed"), _) => "\"answer\": \"PERSON\"",
            (_, Some(words)) if words.contains("Oslo") => "\"names\": [\"PERSON\", \"GPE\"]",
            _ => "\"names\": [\"ORG\"]",
        };
        script.push_str(&format!("{{\"question\": {number}, {answer}}}\n"));
    }
    let ran = desk.run(&["certify", "s.ron", "--answers", "-", "--json"], &script);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "manicule: line 1: there is no such question of this kind\n"), "{ran:?}");
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let rate = |name: &str| (told[name]["wrong"].as_u64(), told[name]["looked_at"].as_u64(), told[name]["of"].as_u64());
    assert_eq!(rate("mentions"), (Some(1), Some(2), Some(2)), "{told}");
    assert_eq!(rate("sentences"), (Some(1), Some(2), Some(2)), "{told}");
    assert_eq!(told["by_label"]["GPE"]["wrong"], 1);
    assert_eq!((&told["missed_by_label"]["PERSON"]["wrong"], &told["missed_by_label"]["GPE"]["wrong"]), (&1.into(), &0.into()));
    let ran = desk.run(&["certify", "s.ron", "--questions"], "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "all are answered");
    let ran = desk.run(&["certify", "s.ron"], "");
    assert!(ran.out.contains("seed 7: 4 of 4 questions answered") && ran.out.contains("50.0 % (50.0 to 50.0)"), "{}", ran.out);
    let ran = desk.run(&["export", "s.ron", "--to", "html", "-o", "r.html"], "");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let page = std::fs::read_to_string(desk.file("r.html")).unwrap();
    assert!(page.contains("<h2>Certificate of quality</h2>") && page.contains("<th scope=\"row\">GPE</th><td>1</td><td>1</td>"), "{page}");
    assert_eq!(desk.run(&["certify", "s.ron", "--bound", "0"], "").code, Some(2));
    // It is undone like everything.
    desk.run(&["apply", "s.ron"], "undo\nundo\nundo\nundo\nundo\n");
    assert!(!std::fs::read_to_string(desk.session()).unwrap().contains("certificates"));
}
