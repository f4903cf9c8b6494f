//! Lists and rules of the analyst's own, from their files to suggestions, without a window.

use std::path::Path;

use manicule::annotation::{ArticleId, How, Scheme, Session, StandingRule, Time, Verdict};
use manicule::store::Settings;
use manicule::workbench::{Command, Dialog, File, Recall, Renew, Screen, Workbench};

use crate::support::dsl;
use crate::workbench::state;

const TEXT: &str = "The Kelp Board met at Quay Seven.";

/// A session with one article in a folder of its own, with the file `lists/mine.ron` beside it.
fn in_folder(folder: &Path, pack: &str) -> Workbench {
    std::fs::create_dir_all(folder.join("lists")).unwrap();
    std::fs::write(folder.join("lists/mine.ron"), pack).unwrap();
    let mut state = state(Session::default());
    run(&mut state, Command::File(File::SaveTo(folder.join("work.ron"))));
    run(&mut state, Command::File(File::Paste(TEXT.to_owned())));
    state
}

fn run(state: &mut Workbench, command: Command) {
    state.run(command);
    while state.poll() {}
}

fn page(state: &Workbench) -> String {
    dsl::show(state.session().article(&ArticleId::new("pasted")).expect("it was added"))
}

fn told(state: &Workbench) -> String {
    state.notices.all().iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>().join("\n")
}

const PACK: &str = "(pack: \"mine\", lists: [(id: \"boards\", label: \"ORG\", names: [\"Kelp Board\"])],
    rules: [(id: \"quays\", label: \"FAC\", pattern: r\"\\bQuay \\p{Lu}\\w+\", reason: \"a numbered quay\")])";

#[test]
fn lists_and_rules_beside_the_session_suggest_and_can_be_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = in_folder(folder.path(), PACK);
    assert_eq!(page(&state), "The [ORG? Kelp Board] met at [FAC? Quay Seven].");
    assert_eq!(state.tagger().reason(&state.session().articles()[0].mentions[1].origin), "a numbered quay");

    let mut settings = Settings::default();
    settings.lists_off.insert("quays".to_owned());
    run(&mut state, Command::Screen(Screen::Set(Box::new(settings))));
    assert_eq!(page(&state), "The [ORG? Kelp Board] met at [FAC? Quay Seven].", "nothing changes unasked");
    run(&mut state, Command::Renew(Renew::RetagAll));
    assert_eq!(state.stage.dialog, Some(Dialog::Retag), "the difference is shown first");
    run(&mut state, Command::Renew(Renew::ApplyRetag));
    assert!(!page(&state).contains("FAC? Quay Seven"), "{}", page(&state));
    run(&mut state, Command::Recall(Recall::Undo));
    assert_eq!(page(&state), "The [ORG? Kelp Board] met at [FAC? Quay Seven].");
}

#[test]
fn what_is_wrong_is_told_with_its_line_while_the_rest_works() {
    let folder = tempfile::tempdir().unwrap();
    let pack = "(pack: \"mine\", lists: [(id: \"boards\", label: \"ORG\", names: [\"Kelp Board\"]),\n(id: \"quays\", label: \"BERTH\", names: [\"Quay Seven\"])],
    rules: [(id: \"broken\", label: \"FAC\", pattern: \"(\")])";
    let state = in_folder(folder.path(), pack);
    assert!(page(&state).contains("[ORG? Kelp Board]"), "{}", page(&state));
    let told = told(&state);
    assert!(told.contains("mine.ron, line 3: the pattern of rule broken") && told.contains("quays gives the label BERTH"), "{told}");
}

#[test]
fn a_file_changed_by_another_program_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = in_folder(folder.path(), PACK);
    std::fs::write(folder.path().join("lists/mine.ron"), PACK.replace("Kelp Board", "Reed Board")).unwrap();
    state.look_outside();
    while state.poll() {}
    let names = state.lists().packs().map(|packs| packs.packs[0].pack.lists[0].names.clone());
    assert_eq!(names, Some(vec!["Reed Board".to_owned()]));
}

#[test]
fn a_standing_rule_settles_articles_added_later() {
    let rule =
        |name: &str, verdict| StandingRule { name: name.to_owned(), verdict, off: false, note: String::new(), by: "".into(), at: Time(0) };
    let rules = vec![rule("Kelp Board", Verdict::Always("FAC".into())), rule("Quay Seven", Verdict::Never)];
    let (session, _) = Session::from_parts(Scheme::standard(), [], [], rules);
    let mut state = state(session);
    run(&mut state, Command::File(File::Paste(TEXT.to_owned())));
    assert!(page(&state).starts_with("The [FAC! Kelp Board] met at"), "{}", page(&state));
    assert!(!page(&state).contains("? Quay Seven"), "{}", page(&state));
    let settled = &state.session().articles()[0].mentions[0];
    assert_eq!(settled.how, Some(How::Rule));
}

#[cfg(unix)]
#[test]
fn a_command_suggests_in_place_of_the_tagger_and_its_failure_is_told() {
    let mut state = state(Session::default());
    let answer = format!("{{\"text\":\"{TEXT}\",\"entities\":[[4,14,\"ORG\"]]}}");
    let command = |script: &str| Settings {
        tagger_command: format!("sh -c 'while read -r line; do {script}; done' tagger '{answer}'"),
        ..Settings::default()
    };
    run(&mut state, Command::Screen(Screen::Set(Box::new(command("echo \"$1\"")))));
    run(&mut state, Command::File(File::Paste(TEXT.to_owned())));
    assert_eq!(page(&state), "The [ORG? Kelp Board] met at Quay Seven.");
    assert!(state.session().articles()[0].mentions[0].origin.to_string().starts_with("model:sh "));

    run(&mut state, Command::Screen(Screen::Set(Box::new(command("echo out of ideas >&2; exit 1")))));
    run(&mut state, Command::Renew(Renew::RetagAll));
    assert!(told(&state).contains("it said: out of ideas. Such articles keep what they had: 1 article"), "{}", told(&state));
    assert_eq!(page(&state), "The [ORG? Kelp Board] met at Quay Seven.");
}
