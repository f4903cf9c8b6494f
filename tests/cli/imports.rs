//! What `import` makes of the files of others: labels under other names, files that belong together, and a report of what did
//! not come in as it stands there.

use serde_json::Value;

use super::{Desk, Ran};
use manicule::store::Intent;

/// Blanks part the arguments.
#[track_caller]
fn run(desk: &Desk, line: &str) -> Ran {
    desk.run(&line.split(' ').collect::<Vec<_>>(), "")
}

#[track_caller]
fn report(desk: &Desk, name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(desk.file(name)).unwrap()).unwrap()
}

/// The pages of a session that was made.
#[track_caller]
fn pages(desk: &Desk, name: &str) -> Vec<String> {
    crate::support::dsl::show_all(&super::open(&desk.file(name), Intent::Read).saved.session)
}

const FAULTY: &str = concat!(
    r#"{"id":"a","text":"😀 Ann Lee met Bo","entities":[{"start":2,"end":9,"label":"PER","text":"Ann Lee"},"#,
    r#"{"start":3,"end":10,"label":"PER","text":"Ann Lee"},{"start":90,"end":99,"label":"ORG"}]}"#,
    "\nno JSON\n",
    r#"{"id":"b","text":"Graz","entities":[[0,4,"LOC"],[0,4,"MISC"]]}"#,
    "\n"
);

#[test]
fn what_does_not_come_in_whole_stands_in_the_report_with_file_and_article() {
    let desk = Desk::new(&[]);
    std::fs::write(desk.file("in.jsonl"), FAULTY).unwrap();
    std::fs::write(desk.file("in.json"), r#"[{"data":{"text":"Bo met Ann in Oslo"},"annotations":[{"result":[{"value":{"start":0,"end":4,"text":"Oslo","labels":["GPE"]}},{"value":{"start":0,"end":2,"text":"Cy","labels":["PER"]}}]}]}]"#).unwrap();
    for (way, out) in
        [("import in.jsonl in.json missing.txt -o new.ron", "import"), ("convert in.json --from labelstudio --to jsonl -o -", "jsonl")]
    {
        let ran = run(&desk, &format!("{way} --report losses.json"));
        assert_eq!(ran.code, Some(1), "{ran:?}");
        let report = report(&desk, "losses.json");
        assert_eq!((&report["format"], report["sums"]["articles"].is_u64()), (&out.into(), true), "{report}");
        let told = |file: &str, key: &str, value: &str| {
            let losses = report["losses"].as_array().unwrap().iter();
            losses.filter(|loss| loss["file"].as_str().is_some_and(|path| path.ends_with(file)) && loss[key] == value).count()
        };
        // One word moved to where it stands, one that stands nowhere.
        assert_eq!((told("in.json", "extent", "part"), told("in.json", "extent", "whole")), (1, 1), "{report}");
        let moved = report["losses"].as_array().unwrap().iter().find(|loss| loss["what"] == "GPE “Oslo”").unwrap();
        assert_eq!((&moved["start"], &moved["end"]), (&14.into(), &18.into()), "{moved}");
        assert!(moved["article"].as_str().is_some_and(|id| !id.is_empty()) && moved["title"].is_string(), "{moved}");
        if out == "import" {
            assert_eq!((told("missing.txt", "extent", "article"), told("in.jsonl", "extent", "article")), (1, 1), "{report}");
            assert_eq!((told("in.jsonl", "extent", "whole"), told("in.jsonl", "article", "a")), (1, 2), "{report}");
        }
    }
}

#[test]
fn labels_of_others_are_mapped_added_or_left_out() {
    let desk = Desk::new(&[]);
    std::fs::write(desk.file("in.jsonl"), FAULTY).unwrap();
    std::fs::write(desk.file("map.txt"), "PER PERSON\nLOC -\nMISC GENE\n").unwrap();
    let b = |options: &str, out: &str| {
        let ran = run(&desk, format!("import in.jsonl -o {out} --from jsonl {options}").replace("  ", " ").trim_end());
        (pages(&desk, out), ran.err)
    };
    let (plain, told) = b("--new-labels add", "one.ron");
    assert_eq!(plain, ["😀 [PER! Ann Lee] met Bo", "[LOC! [MISC! Graz]]"]);
    assert!(told.contains("the label PER is new") && told.contains("the label MISC is new"), "{told}");
    let (conll, told) = b("--map conll --new-labels leave-out", "two.ron");
    assert_eq!(conll, ["😀 [PERSON! Ann Lee] met Bo", "[LOC! Graz]"]);
    assert!(told.contains("the scheme has not its label: “b”: MISC “Graz”") || told.contains("MISC “Graz”"), "{told}");
    let (mapped, told) = b("--map map.txt --report losses.json", "three.ron");
    assert_eq!(mapped, ["😀 [PERSON! Ann Lee] met Bo", "[GENE! Graz]"]);
    assert!(told.contains("the label GENE is new"), "{told}");
    let lost = report(&desk, "losses.json");
    assert!(lost["losses"].as_array().unwrap().iter().any(|loss| loss["what"] == "LOC “Graz”" && loss["extent"] == "whole"), "{lost}");
}

/// Of a text and what lies beside it either may be named, or both; each pair is one article. The encoding that is named holds for
/// both.
#[test]
fn what_lies_in_two_files_is_one_article() {
    let desk = Desk::new(&[]);
    let (text, _, _) = encoding_rs::WINDOWS_1251.encode("Встреча в Осло");
    let (line, _, _) = encoding_rs::WINDOWS_1251.encode("T1\tGPE 10 14\tОсло\n");
    std::fs::write(desk.file("x.txt"), &text).unwrap();
    std::fs::write(desk.file("x.ann"), &line).unwrap();
    let expect = ["Встреча в [GPE! Осло]"];
    for (i, inputs) in ["x.txt x.ann", "x.ann x.txt", "x.ann", "x.txt"].into_iter().enumerate() {
        let ran = run(&desk, &format!("import {inputs} --encoding windows-1251 -o {i}.ron"));
        assert_eq!((ran.code, pages(&desk, &format!("{i}.ron"))), (Some(0), expect.map(str::to_owned).to_vec()), "{inputs}: {ran:?}");
        let tagged = run(&desk, &format!("tag {inputs} --encoding windows-1251"));
        assert_eq!(tagged.out.lines().count(), 1, "{inputs}: {tagged:?}");
    }
    // A list of the same name that is none of brat's is an article of its own.
    std::fs::write(desk.file("x.ann"), "Notes on the meeting\n").unwrap();
    let ran = run(&desk, "import x.txt x.ann -o two.ron --encoding windows-1251");
    assert_eq!(pages(&desk, "two.ron").len(), 2, "{ran:?}");
}

#[test]
fn a_session_that_is_there_takes_articles_and_tags_in() {
    let desk = Desk::new(&["[PERSON! Ann] met [GPE? Oslo]", "[ORG? UN] voted"]);
    let before = desk.pages();
    std::fs::write(
        desk.file("in.jsonl"),
        concat!(
            r#"{"id":"x","text":"Ann met Oslo","entities":[[0,3,"ORG"],[8,12,"GPE"]]}"#,
            "\n",
            r#"{"id":"y","text":"Graz","entities":[[0,4,"GPE"]]}"#,
            "\n"
        ),
    )
    .unwrap();
    let preview = run(&desk, "import in.jsonl --into s.ron --preview");
    assert_eq!((preview.code, desk.pages()), (Some(1), before.clone()), "{preview:?}");
    assert!(preview.out.contains("1 settle what is only suggested here: “a”: confirmed GPE “Oslo” at 8..12"), "{preview:?}");
    assert!(preview.out.contains("1 have another label here: “a”: confirmed ORG “Ann” at 0..3; here confirmed PERSON"), "{preview:?}");
    let json: Value = serde_json::from_str(&run(&desk, "import in.jsonl --into s.ron --preview --json").out).unwrap();
    assert_eq!((&json["new_articles"], &json["kinds"]["other-label"]["count"]), (&1.into(), &1.into()), "{json}");

    let suggested = run(&desk, "import in.jsonl --into s.ron --as suggested --by Bo");
    assert_eq!(desk.pages(), ["[PERSON! Ann] met [GPE? Oslo]", "[ORG? UN] voted", "[GPE? Graz]"], "{suggested:?}");
    assert!(suggested.err.contains("1 new article with 1 mention added; 1 known; to settle: 1"), "{suggested:?}");
    run(&desk, "import in.jsonl --into s.ron");
    assert_eq!(desk.pages(), ["[PERSON! Ann] met [GPE! Oslo]", "[ORG? UN] voted", "[GPE! Graz]"]);
    assert!(run(&desk, "info s.ron").out.contains("contested") || desk.open().saved.session.articles()[0].mentions[0].is_contested());
    // One undo each.
    let undone = desk.run(&["apply", "s.ron"], "undo\nundo\n");
    assert_eq!((undone.code, desk.pages()), (Some(0), before), "{undone:?}");

    let refused = run(&desk, "import in.jsonl -o s.ron");
    assert!(refused.code == Some(1) && refused.err.contains("--into s.ron adds to it"), "{refused:?}");
    assert_eq!(run(&desk, "import in.jsonl").code, Some(2));
    assert_eq!(run(&desk, "import in.jsonl -o new.ron --preview").code, Some(2));
}

/// Both come in and are told, or the last alone where that is wished.
#[test]
fn versions_of_a_story_are_told_and_the_last_is_kept_where_it_is_wished() {
    let desk = Desk::new(&[]);
    for version in 1..=2 {
        let story = serde_json::json!({
            "uri": "urn:newsml:example:20210304:7", "type": "text", "version": version.to_string(),
            "versioncreated": format!("2021-03-04T0{version}:00:00Z"), "headline": "Harbour closes",
            "body_text": format!("The harbour of Port Ellery is to be closed in the spring.\n\nMore in version {version}."),
        });
        std::fs::write(desk.file(&format!("v{version}.json")), story.to_string()).unwrap();
    }
    let both = run(&desk, "import v1.json v2.json -o both.ron");
    assert!(both.err.contains("v2 is a later version of v1: Harbour closes"), "{both:?}");
    assert_eq!(pages(&desk, "both.ron").len(), 2);
    let last = run(&desk, "import v1.json v2.json --last-versions -o last.ron");
    assert!(last.err.contains("v1 was left out: v2 is a later version of it"), "{last:?}");
    let kept = pages(&desk, "last.ron");
    assert!(kept.len() == 1 && kept[0].contains("More in version 2"), "{kept:?}");
}
