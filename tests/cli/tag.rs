//! `manicule tag` with lists and rules of one's own, and with another tagger.

use manicule::tagger::model::Packed;

use super::Desk;

const LINE: &str = "{\"id\":\"a\",\"text\":\"The Kelp Board met at Quay Seven.\"}\n";

#[test]
fn lists_of_a_folder_are_used_and_their_labels_known() {
    let desk = Desk::new(&[]);
    std::fs::create_dir(desk.file("mine")).unwrap();
    let pack = "(pack: \"mine\", lists: [(id: \"quays\", label: \"BERTH\", names: [\"Quay Seven\"])])";
    std::fs::write(desk.file("mine/quays.ron"), pack).unwrap();
    let ran = desk.run(&["tag", "-", "--lists", "mine"], LINE);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains(r#""label":"BERTH","text":"Quay Seven""#) && ran.out.contains("gazetteer:quays/Quay Seven"), "{}", ran.out);
    std::fs::write(desk.file("mine/broken.ron"), "(pack: 7)").unwrap();
    let ran = desk.run(&["tag", "-", "--lists", "mine"], LINE);
    assert_eq!(ran.code, Some(1), "a fault is a finding, the rest is done");
    assert!(ran.err.contains("broken.ron, line 1") && ran.out.contains("BERTH"), "{ran:?}");
    assert_eq!(desk.run(&["tag", "-", "--lists", "nowhere"], LINE).code, Some(2));
    std::fs::remove_file(desk.file("mine/broken.ron")).unwrap();
    std::fs::write(desk.file("in.jsonl"), LINE).unwrap();
    let ran = desk.run(&["import", "in.jsonl", "-o", "u.ron", "--tag", "--lists", "mine"], "");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let session = std::fs::read_to_string(desk.file("u.ron")).unwrap();
    assert!(session.contains("BERTH") && session.contains("Quay Seven"), "{session}");
    assert_eq!(desk.run(&["import", "in.jsonl", "-o", "t.ron", "--lists", "mine"], "").code, Some(2), "lists are for tagging");
}

#[test]
fn a_model_of_ones_own_takes_the_place_of_the_programs() {
    let desk = Desk::new(&[]);
    let shipped = Packed::read(include_bytes!("../../assets/model/news-cc-by-sa.bin")).unwrap();
    std::fs::write(desk.file("mine.bin"), Packed { version: "mine".to_owned(), ..shipped }.write().unwrap()).unwrap();
    let line = "{\"id\":\"a\",\"text\":\"Lotta Brennholm met the Kelp Board in Oslo.\"}\n";
    let with = |model: &[&str]| desk.run(&[&["tag", "-"], model].concat(), line);
    assert!(with(&[]).out.contains("model:news"), "{:?}", with(&[]));
    let ran = with(&["--model", "mine.bin"]);
    assert!(ran.code == Some(0) && ran.out.contains("model:mine") && !ran.out.contains("model:news"), "{ran:?}");
    std::fs::write(desk.file("bad.bin"), "no model").unwrap();
    for file in ["bad.bin", "none.bin"] {
        let ran = with(&["--model", file]);
        assert!(ran.code == Some(2) && ran.err.contains(file) && ran.err.contains("manicule train") && ran.out.is_empty(), "{ran:?}");
    }
}

#[test]
fn articles_that_do_not_tell_their_day_can_be_given_one() {
    let desk = Desk::new(&[]);
    let lines = "{\"id\":\"a\",\"text\":\"It shut last year.\"}\n\
        {\"id\":\"b\",\"text\":\"It shut last year.\",\"meta\":{\"published\":\"2019-05-06\"}}\n";
    let ran = desk.run(&["tag", "-", "--published", "2024-10-08"], lines);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let (first, second) = ran.out.split_once('\n').unwrap();
    assert!(first.contains(r#""value":"2023""#) && first.contains(r#""published":"2024-10-08""#), "{first}");
    assert!(second.contains(r#""value":"2018""#) && second.contains(r#""published":"2019-05-06""#), "{second}");
    let open = desk.run(&["tag", "-"], lines).out;
    assert!(!open.contains(r#""value":"2023""#) && open.contains("last year\",\"state"), "suggested, without a value: {open}");
    assert!(!desk.run(&["tag", "-", "--absolute-dates"], lines).out.contains("last year\",\"state"));
    let wrong = desk.run(&["tag", "-", "--published", "8.10.2024"], lines);
    assert!(wrong.code == Some(2) && wrong.err.contains("2024-10-08"), "{wrong:?}");
}

#[cfg(unix)]
#[test]
fn a_command_may_suggest_and_its_failure_leaves_the_article_as_it_was() {
    let desk = Desk::new(&[]);
    let answer = r#"{"text":"The Kelp Board met at Quay Seven.","entities":[[4,14,"ORG"]]}"#;
    let command = format!("sh -c 'while read -r line; do echo \"$1\"; done' tagger '{answer}'");
    let ran = desk.run(&["tag", "-", "--tagger", &command], LINE);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains(r#""label":"ORG","text":"Kelp Board""#) && !ran.out.contains("Quay Seven\",\"state"), "{}", ran.out);
    assert!(ran.err.contains("it gets the articles"), "the warning: {}", ran.err);
    let ran = desk.run(&["tag", "-", "--tagger", &command, "--beside"], &LINE.replace("Quay Seven", "Oslo"));
    assert_eq!(ran.code, Some(1), "its answer is of another text: {ran:?}");
    let ran = desk.run(&["tag", "-", "--tagger", &command.replace("Quay Seven", "Oslo"), "--beside"], &LINE.replace("Quay Seven", "Oslo"));
    assert!(ran.out.contains(r#""label":"ORG","text":"Kelp Board""#) && ran.out.contains(r#""label":"GPE","text":"Oslo""#), "{ran:?}");
    let kept = LINE.replace("}\n", ",\"entities\":[{\"start\":4,\"end\":14,\"label\":\"ORG\",\"state\":\"suggested\"}]}\n");
    let ran = desk.run(&["tag", "-", "--tagger", "sh -c 'echo no model >&2; exit 3'"], &kept);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("it said: no model") && ran.out.contains("Kelp Board\",\"state"), "{ran:?}");
    assert_eq!(desk.run(&["tag", "-", "--tagger", "'"], LINE).code, Some(2));
}

#[test]
fn half_a_surrogate_pair_costs_its_line_and_no_other() {
    let desk = Desk::new(&[]);
    let lines = [
        r#"{"text":"Ann \ud800"}"#,
        r#"{"id":"\ud800","text":"Ann"}"#,
        r#"{"id":"c","text":"Ann Lee left.","meta":{"title":"\udfff"}}"#,
        r#"{"id":"d","text":"Ann Lee left.","entities":[[0,3,"\ud83d"]]}"#,
        LINE.trim_end(),
    ];
    let ran = desk.run(&["tag", "-"], &lines.join("\n"));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let ids: Vec<&str> = ran.out.lines().map(|line| &line[..9]).collect();
    assert_eq!(ids, [r#"{"id":"c""#, r#"{"id":"d""#, r#"{"id":"a""#], "{}", ran.out);
    for number in 1..=4 {
        let told = ran.err.lines().find(|line| line.contains(&format!("stdin: line {number}: "))).unwrap_or_default();
        assert!(told.contains("surrogate pair"), "line {number}: {}", ran.err);
    }

    std::fs::write(desk.file("in.jsonl"), lines.join("\n")).unwrap();
    let ran = desk.run(&["import", "in.jsonl", "-o", "new.ron"], "");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("3 articles") && (1..=4).all(|number| ran.err.contains(&format!("line {number}"))), "{}", ran.err);
}

#[test]
fn keys_of_other_programs_come_out_again() {
    let desk = Desk::new(&[]);
    let ran = desk.run(&["tag", "-"], "{\"text\":\"Kelp.\",\"file\":\"kelp.txt\",\"x\":[1,\r2]}\n{\"text\":\"Kelp.\"}\n");
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 2), "{ran:?}");
    assert!(ran.out.contains(r#""file":"kelp.txt","x":[1, 2]}"#), "{}", ran.out);
}
