//! What `export`, `convert` and `tag` write: filters, labels, splits, and reports of what could not be carried.

use serde_json::Value;

use super::{Desk, Ran};
use manicule::formats::{Container, FORMATS};

/// Blanks part the arguments.
#[track_caller]
fn run(desk: &Desk, line: &str) -> Ran {
    desk.run(&line.split(' ').collect::<Vec<_>>(), "")
}

const PAGES: [&str; 3] =
    ["[PERSON! Ann Lee] of the [ORG! Bank of [GPE! Spain]] met [NORP? Danes] on [DATE! Monday]", "[ORG! UN] in [GPE? Oslo]", "[GPE! Graz]"];

/// Labels and words of every entity that was written as JSONL.
fn entities(lines: &str) -> Vec<String> {
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let word = |entity: &Value, key: &str| entity[key].as_str().unwrap_or_default().to_owned();
    let told = |entity: &Value| format!("{} {}", word(entity, "label"), word(entity, "text"));
    lines.flat_map(|line| line["entities"].as_array().unwrap().iter().map(told).collect::<Vec<_>>()).collect()
}

#[test]
fn what_is_written_is_chosen_and_renamed() {
    let desk = Desk::new(&PAGES);
    let chosen = |options: &str| entities(&run(&desk, &format!("export s.ron --to jsonl -o - {options}")).out);
    assert_eq!(chosen("--label GPE,NORP --state all"), ["GPE Spain", "NORP Danes", "GPE Oslo", "GPE Graz"]);
    assert_eq!(chosen("--how looked --label ORG"), ["ORG Bank of Spain", "ORG UN"]);
    assert_eq!(chosen("--how spread"), [""; 0]);
    assert_eq!(chosen("--map conll"), ["PER Ann Lee", "ORG Bank of Spain", "LOC Spain", "ORG UN", "LOC Graz"]);
    std::fs::write(desk.file("map.txt"), "PERSON human\nORG -\nDATE -\n").unwrap();
    assert_eq!(chosen("--map map.txt"), ["human Ann Lee", "GPE Spain", "GPE Graz"]);
    let lines = run(&desk, "export s.ron --to jsonl -o - --articles state:done");
    assert!(lines.out.is_empty() && lines.err.contains("of 0 articles to jsonl; left out: none and 3 articles"), "{lines:?}");
    for wrong in ["--how never", "--zone nowhere", "--min-score 7", "--articles state:x", "--map missing.txt", "--seed 3"] {
        assert_eq!(run(&desk, &format!("export s.ron --to jsonl -o - {wrong}")).code, Some(2), "{wrong}");
    }
    // The same on the way through.
    let all = run(&desk, "export s.ron --to jsonl -o all.jsonl --state all");
    assert_eq!(all.code, Some(0));
    let through = run(&desk, "convert all.jsonl --from jsonl --to jsonl -o - --label GPE --map map.txt");
    assert_eq!(entities(&through.out), ["GPE Spain", "GPE Oslo", "GPE Graz"]);
}

#[test]
fn overlaps_go_by_the_policy_and_every_loss_stands_in_the_report() {
    let desk = Desk::new(&PAGES);
    run(&desk, "export s.ron --to jsonl -o all.jsonl --state all");
    for (policy, kept, lost) in [("longest", "Spain I-ORG", "GPE “Spain”"), ("GPE,ORG", "Spain B-GPE", "ORG “Bank of Spain”")] {
        for way in ["export s.ron", "convert all.jsonl --from jsonl --label PERSON,ORG,GPE,DATE"] {
            let ran = run(&desk, &format!("{way} --to conll -o out.conll --overlaps {policy} --report losses.json"));
            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(std::fs::read_to_string(desk.file("out.conll")).unwrap().contains(&kept.replace(' ', " -X- _ ")), "{policy}");
            let report: Value = serde_json::from_str(&std::fs::read_to_string(desk.file("losses.json")).unwrap()).unwrap();
            let whole: Vec<&Value> = report["losses"].as_array().unwrap().iter().filter(|loss| loss["extent"] == "whole").collect();
            assert_eq!((whole.len(), &whole[0]["what"], &whole[0]["article"]), (1, &lost.into(), &"a".into()), "{report}");
            assert!(whole[0]["start"].is_u64() && whole[0]["title"].is_string() && whole[0]["why"].is_string());
            assert_eq!((&report["format"], &report["sums"]["articles"]), (&"conll".into(), &3.into()));
            assert_eq!(ran.err.matches(lost).count(), 1, "{}", ran.err);
        }
    }
}

#[test]
fn thousands_of_losses_are_a_few_lines() {
    let desk = Desk::new(&[]);
    let entities: Vec<String> =
        (0..2000).map(|n| format!("[{},{},\"ORG\"],[{},{},\"GPE\"]", n * 4, n * 4 + 3, n * 4 + 1, n * 4 + 2)).collect();
    let line = format!("{{\"id\":\"a\",\"text\":\"{}\",\"entities\":[{}]}}\n", "xxx ".repeat(2000), entities.join(","));
    std::fs::write(desk.file("in.jsonl"), line).unwrap();
    let ran = run(&desk, "convert in.jsonl --from jsonl --to conll -o - --report losses.json");
    assert!(ran.err.contains("2000 mentions are missing") && ran.err.contains("and 1997 more"), "{}", ran.err);
    assert!(ran.err.lines().count() < 6, "{}", ran.err);
    let report: Value = serde_json::from_str(&std::fs::read_to_string(desk.file("losses.json")).unwrap()).unwrap();
    assert!(report["losses"].as_array().unwrap().len() >= 2000);
}

#[test]
fn a_split_is_three_files_and_the_same_again() {
    let pages: Vec<String> = (0..20).map(|n| format!("[ORG! Board {n}] met")).collect();
    let desk = Desk::new(&pages.iter().map(String::as_str).collect::<Vec<_>>());
    let parts = || {
        ["train", "dev", "test"].map(|part| {
            let lines = std::fs::read_to_string(desk.file(&format!("out.{part}.jsonl"))).unwrap();
            entities(&lines)
        })
    };
    assert_eq!(run(&desk, "export s.ron --to jsonl -o out.jsonl --split 70/20/10 --seed 3").code, Some(0));
    let first = parts();
    assert_eq!(first.each_ref().map(Vec::len), [14, 4, 2]);
    assert!(!desk.file("out.jsonl").exists());
    run(&desk, "export s.ron --to jsonl -o out.jsonl --split 70/20/10 --seed 3");
    assert_eq!(parts(), first);
    run(&desk, "export s.ron --to jsonl -o out.jsonl --split 70/20/10 --seed 4");
    assert_ne!(parts(), first);
    assert_eq!(run(&desk, "export s.ron --to jsonl -o - --split 70/20/10").code, Some(2));
}

/// `-o` replaces what it names, as elsewhere; a session and the input are what somebody worked on.
#[test]
fn a_session_or_the_input_is_written_over_only_by_force() {
    let desk = Desk::new(&["[ORG! UN] met"]);
    run(&desk, "export s.ron --to jsonl -o in.jsonl");
    std::fs::write(desk.file("other.ron"), "(format: 1)").unwrap();
    for (way, input) in [("export s.ron", "s.ron"), ("convert in.jsonl --from jsonl", "in.jsonl")] {
        for out in [input, "other.ron"] {
            let before = std::fs::read_to_string(desk.file(out)).unwrap();
            let refused = run(&desk, &format!("{way} --to tsv -o {out}"));
            assert!(refused.code == Some(1) && refused.err.contains(out) && refused.err.contains("--force"), "{way} {out}: {refused:?}");
            assert_eq!(std::fs::read_to_string(desk.file(out)).unwrap(), before);
            assert_eq!(run(&desk, &format!("{way} --to tsv -o {out} --force")).code, Some(0), "{way} {out}");
            assert_ne!(std::fs::read_to_string(desk.file(out)).unwrap(), before);
            std::fs::write(desk.file(out), before).unwrap();
        }
        for to in ["jsonl", "labelstudio", "spacy"] {
            for _ in 0..2 {
                assert_eq!(run(&desk, &format!("{way} --to {to} -o again.json")).code, Some(0), "{way} {to}");
            }
        }
        // An empty one holds nothing, a terminal or pipe is no file, and a stream replaces none.
        std::fs::write(desk.file("empty.jsonl"), "").unwrap();
        std::fs::write(desk.file("-"), "mine").unwrap();
        for out in ["empty.jsonl", "/dev/null", "-"] {
            assert_eq!(run(&desk, &format!("{way} --to jsonl -o {out}")).code, Some(0), "{way} {out}");
        }
        std::fs::remove_file(desk.file("empty.jsonl")).unwrap();
    }
}

#[test]
fn every_format_is_listed_and_goes_where_it_is_sent() {
    let desk = Desk::new(&PAGES);
    let listed = run(&desk, "formats").out;
    let rows: Value = serde_json::from_str(&run(&desk, "formats --json").out).unwrap();
    for (format, row) in FORMATS.iter().zip(rows.as_array().unwrap()) {
        assert!(listed.lines().any(|line| line.starts_with(&format!("{} ", format.name))), "{format}");
        assert_eq!((&row["name"], &row["writes"]), (&format.name.into(), &format.writer.is_some().into()));
        let Some(writer) = &format.writer else { continue };
        let is_folder = matches!(writer.container, Container::Folder { .. });
        let to_stdout = desk.command(&["export", "s.ron", "--to", format.name, "-o", "-", "--state", "all"]).output().unwrap();
        let ran = run(&desk, &format!("export s.ron --to {} -o out --state all", format.name));
        assert!(ran.err.contains(" of 3 articles to "), "{format}: {ran:?}");
        let out = desk.file("out");
        if is_folder {
            assert!(to_stdout.stdout.is_empty() && std::fs::read_dir(&out).unwrap().count() >= 3, "{format}");
            std::fs::remove_dir_all(out).unwrap();
        } else {
            assert!(
                to_stdout.stdout == std::fs::read(&out).unwrap() && !to_stdout.stdout.is_empty(),
                "{format}: a stream is what a file is"
            );
            std::fs::remove_file(out).unwrap();
        }
    }
}
