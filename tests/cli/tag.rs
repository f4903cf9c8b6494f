//! `manicule tag` with lists and rules of one's own, and with another tagger.

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
    assert!(!desk.run(&["tag", "-"], lines).out.contains(r#""value":"2023""#));
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
    let kept = LINE.replace("}\n", ",\"entities\":[{\"start\":4,\"end\":14,\"label\":\"ORG\",\"state\":\"suggested\"}]}\n");
    let ran = desk.run(&["tag", "-", "--tagger", "sh -c 'echo no model >&2; exit 3'"], &kept);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("it said: no model") && ran.out.contains("Kelp Board\",\"state"), "{ran:?}");
    assert_eq!(desk.run(&["tag", "-", "--tagger", "'"], LINE).code, Some(2));
}
