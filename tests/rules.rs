//! The Rules view by its keys, without a window.

use std::path::Path;

use manicule::annotation::{Label, Session, StandingRule, Time, Verdict};
use manicule::tagger::rules::{NameList, Rule};
use manicule::workbench::{
    Command, File, Keeping, Pane, RowKey, RuleFilter, Rules, Screen, View, Workbench, Writing, Written, pack_folders,
};

use crate::support::dsl;
use crate::workbench::{press, state};

const PAGES: [&str; 2] = ["[ORG? Kelp Board] saw [GPE? Oslo] and Reed.", "[PERSON? Reed] left [GPE! Oslo]."];

/// The pages with the standing rules `Reed: never a name` and `Oslo: always LOC`.
fn rules() -> Workbench {
    let session = dsl::session(&PAGES);
    let rule =
        |name: &str, verdict| StandingRule { name: name.to_owned(), verdict, off: false, note: String::new(), by: "".into(), at: Time(0) };
    let rules = vec![rule("Reed", Verdict::Never), rule("Oslo", Verdict::Always(Label::new("LOC")))];
    let (session, _) = Session::from_parts((**session.scheme()).clone(), session.articles().iter().cloned(), [], rules);
    let mut state = state(session);
    run(&mut state, Command::Screen(Screen::Show(View::Rules)));
    state
}

fn run(state: &mut Workbench, command: Command) {
    state.run(command);
    while state.poll() {}
}

fn names(state: &Workbench) -> Vec<&str> {
    state.rulebook.rows.iter().take(3).map(|row| row.name.as_str()).collect()
}

fn at(state: &Workbench) -> &str {
    state.rulebook.row().map_or("none", |row| row.name.as_str())
}

#[test]
fn standing_rules_come_first_and_are_switched_removed_and_brought_back() {
    let mut state = rules();
    assert_eq!(names(&state)[..2], ["Oslo", "Reed"]);
    assert_eq!(at(&state), "Oslo");
    press(&mut state, "tab space");
    assert!(state.session().rules()[0].off && !state.rulebook.row().unwrap().is_on);
    press(&mut state, "x");
    assert_eq!(state.session().rules().len(), 1);
    press(&mut state, "Ctrl+Z Ctrl+Z");
    assert!(state.session().rules().len() == 2 && !state.session().rules()[0].off, "each is an edit");
    press(&mut state, "a o . Alt+→ b");
    assert_eq!(dsl::show_all(state.session()), PAGES, "keys of the page do nothing here");
}

#[test]
fn a_standing_rule_acts_is_traced_and_taken_back() {
    let mut state = rules();
    run(&mut state, Command::Rules(Rules::Act("reed".into())));
    assert_eq!(dsl::show_all(state.session())[1], "[PERSON~ Reed] left [GPE! Oslo].");
    run(&mut state, Command::Rules(Rules::Row(RowKey::Standing("reed".into()))));
    let row = state.rulebook.row().unwrap();
    assert_eq!((row.measure.rejected, state.rulebook.hits.len()), (1, 1));
    press(&mut state, "Ctrl+Enter");
    assert_eq!((state.stage.view, state.page.article.as_ref().map(|id| id.as_str())), (View::Review, Some("b")));
    run(&mut state, Command::Rules(Rules::TakeBack("reed".into())));
    assert_eq!(dsl::show_all(state.session()), PAGES);
    press(&mut state, "Ctrl+Z Ctrl+Z");
    assert_eq!(dsl::show_all(state.session()), PAGES);
}

#[test]
fn parts_of_the_program_are_filtered_and_switched_but_not_removed() {
    let mut state = rules();
    run(&mut state, Command::Rules(Rules::Filter("countries gpe".to_owned(), RuleFilter::Lists)));
    assert_eq!(at(&state), "countries");
    press(&mut state, "space");
    assert!(state.settings().lists_off.contains("countries"));
    press(&mut state, "x");
    assert!(state.notices.latest().unwrap().text.contains("belongs to the program"));
    run(&mut state, Command::Rules(Rules::Filter(String::new(), RuleFilter::Off)));
    assert_eq!(names(&state), ["countries"]);
    press(&mut state, "space");
    assert!(state.rulebook.rows.is_empty() && state.settings().lists_off.is_empty());
}

fn saved(folder: &Path) -> Workbench {
    let mut state = state(dsl::session(&PAGES));
    run(&mut state, Command::File(File::SaveTo(folder.join("work.ron"))));
    state
}

fn keep(state: &mut Workbench, was: Option<&str>, written: Written) {
    let folder = pack_folders(state).into_iter().next();
    run(state, Command::Rules(Rules::Keep(Box::new(Keeping { was: was.map(Into::into), written, folder }))));
}

fn rule(id: &str, pattern: &str) -> Rule {
    let (id, label, pattern) = (id.to_owned(), "ORG".to_owned(), pattern.to_owned());
    Rule { id, label, pattern, words: Vec::new(), score: 0.9, reason: String::new(), examples: Vec::new() }
}

#[test]
fn a_rule_is_written_kept_edited_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = saved(folder.path());
    let file = folder.path().join("lists/own.ron");
    press(&mut state, "Ctrl+M");
    assert_eq!((state.stage.view, state.stage.pane), (View::Rules, Pane::Inspector));
    assert_eq!(state.rulebook.writing, Some(Writing::New("Kelp Board".to_owned())), "for the words in focus");
    keep(&mut state, None, Written::Rule(rule("boards", r"\b\p{Lu}\w+ Board")));
    assert_eq!((at(&state), state.rulebook.writing.is_none()), ("boards", true));
    assert!(std::fs::read_to_string(&file).unwrap().contains(r#"r"\b\p{Lu}\w+ Board""#));

    let list =
        NameList { id: "towns".to_owned(), label: "GPE".to_owned(), about: String::new(), never: false, names: vec!["Reed".to_owned()] };
    keep(&mut state, None, Written::List(list));
    keep(&mut state, Some("boards"), Written::Rule(rule("councils", r"\b\p{Lu}\w+ Council")));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("Council") && text.contains("towns") && !text.contains("boards"), "{text}");

    press(&mut state, "x");
    assert!(std::fs::read_to_string(&file).unwrap().contains("councils"), "asked once");
    press(&mut state, "x");
    while state.poll() {}
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("towns") && !text.contains("councils"), "{text}");
    assert!(std::fs::read_to_string(file.with_extension("ron.bak")).unwrap().contains("councils"));
}

#[test]
fn an_unsound_rule_is_not_kept_and_a_broken_file_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = saved(folder.path());
    for (written, words) in [
        (rule("a", "("), "no regular expression"),
        (rule("two words", "a"), "one word"),
        (rule("title-name", "a"), "is the name of another"),
        (rule("a", ""), "needs a pattern"),
        (Rule { examples: vec!["a [Kelp]".to_owned()], ..rule("a", "Reed") }, "gives \"a Kelp\""),
    ] {
        run(&mut state, Command::Screen(Screen::Show(View::Rules)));
        keep(&mut state, None, Written::Rule(written));
        assert!(state.notices.latest().unwrap().text.contains(words), "{:?}", state.notices.latest());
    }
    let file = folder.path().join("lists/own.ron");
    assert!(!file.exists());
    std::fs::create_dir_all(folder.path().join("lists")).unwrap();
    std::fs::write(&file, "(pack: ").unwrap();
    state.look_outside();
    while state.poll() {}
    keep(&mut state, None, Written::Rule(rule("a", "Reed")));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "(pack: ");
}

#[test]
fn settled_names_are_lists_for_the_next_session() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = saved(folder.path());
    run(&mut first, Command::Rules(Rules::ExportNames(folder.path().join("next/lists/settled.ron"))));
    assert!(first.notices.latest().unwrap().text.contains("Wrote 1 name to"), "{:?}", first.notices.latest());
    let mut next = state(Session::default());
    run(&mut next, Command::File(File::SaveTo(folder.path().join("next/work.ron"))));
    run(&mut next, Command::File(File::Paste("They met near Oslo.".to_owned())));
    let origin = next.session().articles()[0].mentions[0].origin.to_string();
    assert_eq!(origin, "gazetteer:work-gpe/Oslo");
}
