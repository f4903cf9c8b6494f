//! The workbench by its keys, without a window: every key of the table, told as pages before and after.

use manicule::annotation::{Session, Time};
use manicule::tagger::Tagger;
use manicule::text::Span;
use manicule::workbench::{
    Chord, Decide, Dialog, Effect, ExportAs, File, Go, Key, Link, Names, Ports, Recall, Screen, Workbench, link_subject, path_to_offer,
    proposals,
};

use crate::support::dsl;

pub fn state(session: Session) -> Workbench {
    Workbench::new(session, Tagger::standard(), Ports::still(Time(1_700_000_000)))
}

/// One that keeps in `folder` where work stopped.
pub fn state_with_places(session: Session, folder: &std::path::Path) -> Workbench {
    let ports = Ports { places_file: Some(folder.join("places.ron")), ..Ports::still(Time(1_700_000_000)) };
    Workbench::new(session, Tagger::standard(), ports)
}

/// `keys` are chords as the interface writes them, in lower case letters too; `select:words` drags over words.
pub fn press(state: &mut Workbench, keys: &str) {
    for key in keys.split_whitespace() {
        if let Some(words) = key.strip_prefix("select:") {
            let words = words.replace('_', " ");
            let start = state.open_article().and_then(|article| article.text.find(&words)).expect("the words are on the page");
            state.run(Go::Select(Some(Span::new(start, start + words.len()))));
            continue;
        }
        let chord: Chord = key.parse().unwrap_or_else(|error| panic!("{error}"));
        assert!(state.key(chord, false), "{key} means nothing here");
        state.poll();
    }
}

/// One article: the page, the keys, the page after.
#[track_caller]
fn check(page: &str, keys: &str, expect: &str) {
    check_all(&[page], keys, &[expect]);
}

#[track_caller]
fn check_all(pages: &[&str], keys: &str, expect: &[&str]) {
    let before = dsl::session(pages);
    let mut state = state(before.clone());
    press(&mut state, keys);
    assert_eq!(dsl::show_all(state.session()), expect, "after {keys}");
    while state.history().next_undo().is_some() {
        state.run(Recall::Undo);
    }
    assert_eq!(*state.session(), before, "undo goes back to the beginning");
}

const MET: &str = "[PERSON? Angela Merkel] met [ORG? NATO] in [GPE? Brussels].";

#[test]
fn one_key_decides_and_goes_on() {
    check(MET, "space x", "[PERSON! Angela Merkel] met [ORG~ NATO] in [GPE? Brussels].");
    check(MET, "space space space", "[PERSON! Angela Merkel] met [ORG! NATO] in [GPE! Brussels].");
    check(MET, "o", "[ORG! Angela Merkel] met [ORG? NATO] in [GPE? Brussels].");
    check(MET, "p f x", "[PERSON! Angela Merkel] met [FAC! NATO] in [GPE~ Brussels].");
}

#[test]
fn edges_move_by_token_and_confirm() {
    check(MET, "Alt+→", "Angela [PERSON! Merkel] met [ORG? NATO] in [GPE? Brussels].");
    check(MET, "Shift+←", "[PERSON! Angela] Merkel met [ORG? NATO] in [GPE? Brussels].");
    check(MET, "tab Shift+→", "[PERSON? Angela Merkel] met [ORG! NATO in] [GPE? Brussels].");
    check("In [GPE? South Korea] now", "Alt+←", "[GPE! In South Korea] now");
}

#[test]
fn an_edge_that_takes_in_another_suggestion_suppresses_it() {
    check("[GPE? New] [GPE? Zealand] won", "Shift+→", "[GPE! New Zealand] won");
}

#[test]
fn a_selection_takes_a_letter() {
    check(MET, "select:met p", "[PERSON? Angela Merkel] [PERSON!* met] [ORG? NATO] in [GPE? Brussels].");
    check(MET, "select:met Shift+→ e", "[PERSON? Angela Merkel] [EVENT!* met NATO] in [GPE? Brussels].");
    check("[PERSON! Ann] of [ORG! Bank of [GPE!* China]]", "select:Bank l", "[PERSON! Ann] of [ORG! [LOC!* Bank] of [GPE!* China]]");
}

#[test]
fn the_caret_adds_without_a_mouse() {
    check("Then Ban Ki-moon spoke", "i → Shift+→ p", "Then [PERSON!* Ban Ki-moon] spoke");
    check("Then Ban spoke", "i → p Esc", "Then [PERSON!* Ban] spoke");
}

#[test]
fn tab_goes_past_what_is_settled_and_arrows_do_not() {
    check("[PERSON! Ann] and [PERSON? Bob] and [PERSON? Cy]", "tab x", "[PERSON! Ann] and [PERSON? Bob] and [PERSON~ Cy]");
    check("[PERSON? Ann] and [PERSON! Bob]", "→ o", "[PERSON? Ann] and [ORG! Bob]");
    check("[PERSON? Ann] and [PERSON? Bob]", "tab Shift+Tab x", "[PERSON~ Ann] and [PERSON? Bob]");
}

#[test]
fn mentions_that_share_words_are_each_reached() {
    check("[ORG? Bank of [GPE? China]] lent", "→ n", "Bank of [NORP! China] lent");
    check("[ORG! [GPE! Georgia]] won", "→ x", "[GPE! [ORG~ Georgia]] won");
}

#[test]
fn tab_goes_on_in_the_next_article() {
    check_all(&["[PERSON! Ann]", "[PERSON? Bob]"], "tab x", &["[PERSON! Ann]", "[PERSON~ Bob]"]);
    check_all(&["[PERSON? Ann]", "[PERSON? Bob]"], "Ctrl+PageDown o Ctrl+PageUp x", &["[PERSON~ Ann]", "[ORG! Bob]"]);
}

#[test]
fn backspace_takes_a_decision_back() {
    check("[PERSON!* Ann] ran", "Backspace", "Ann ran");
    check("[PERSON? Ann] ran", "o Backspace", "[PERSON? Ann] ran");
}

#[test]
fn repeat_decides_the_next_alike() {
    check(MET, "x . .", "[PERSON~ Angela Merkel] met [ORG~ NATO] in [GPE~ Brussels].");
    check(MET, "n select:met .", "[NORP! Angela Merkel] [NORP!* met] [ORG? NATO] in [GPE? Brussels].");
}

#[test]
fn accepting_the_rest_steps_to_what_was_not_seen_first() {
    let mut state = state(dsl::session(&[MET, "[PERSON? Bob]"]));
    press(&mut state, "x Ctrl+Enter");
    assert_eq!(dsl::show(&state.session().articles()[0]), "[PERSON~ Angela Merkel] met [ORG? NATO] in [GPE? Brussels].");
    assert!(state.page.accept_is_asked());
    press(&mut state, "Ctrl+Enter");
    assert_eq!(dsl::show(&state.session().articles()[0]), "[PERSON~ Angela Merkel] met [ORG! NATO] in [GPE! Brussels].");
    assert!(state.notices.all().iter().any(|notice| notice.text.contains("2 of them never on screen")), "{:?}", state.notices);
    assert_eq!(state.page.article.as_ref().map(|id| id.as_str()), Some("b"), "goes on to the next article");
}

#[test]
fn accepting_the_rest_steps_on_where_something_was_decided_in_between() {
    let mut state = state(dsl::session(&[MET]));
    press(&mut state, "Ctrl+Enter Space Ctrl+Enter");
    assert_eq!(dsl::show(&state.session().articles()[0]), "[PERSON! Angela Merkel] met [ORG? NATO] in [GPE? Brussels].");
    press(&mut state, "Ctrl+Enter");
    assert_eq!(dsl::show(&state.session().articles()[0]), "[PERSON! Angela Merkel] met [ORG! NATO] in [GPE! Brussels].");
}

#[test]
fn what_was_seen_is_accepted_at_once() {
    let mut state = state(dsl::session(&[MET]));
    state.saw(Span::new(0, 60));
    press(&mut state, "Ctrl+Enter");
    assert_eq!(dsl::show(&state.session().articles()[0]), "[PERSON! Angela Merkel] met [ORG! NATO] in [GPE! Brussels].");
    assert!(state.is_done());
}

#[test]
fn undo_goes_to_the_article_it_changes() {
    let mut state = state(dsl::session(&["[PERSON? Ann]", "[PERSON? Bob]"]));
    press(&mut state, "x Ctrl+PageDown space Ctrl+Z Ctrl+Z");
    assert_eq!(state.page.article.as_ref().map(|id| id.as_str()), Some("a"));
    assert_eq!(dsl::show_all(state.session()), ["[PERSON? Ann]", "[PERSON? Bob]"]);
    press(&mut state, "Ctrl+Y Ctrl+Shift+Z");
    assert_eq!(dsl::show_all(state.session()), ["[PERSON~ Ann]", "[PERSON! Bob]"]);
    assert_eq!(state.page.article.as_ref().map(|id| id.as_str()), Some("b"));
}

#[test]
fn a_held_key_moves_but_decides_once() {
    let mut state = state(dsl::session(&[MET]));
    assert!(state.key(Chord::plain(Key::Space), false));
    assert!(state.key(Chord::plain(Key::Space), true));
    assert_eq!(state.session().open_count(), 2);
    assert!(state.key(Chord::plain(Key::Tab), true));
    assert_eq!(state.focused().map(|mention| mention.label.as_str()), Some("GPE"));
}

#[test]
fn letters_type_while_a_dialog_is_open() {
    let mut state = state(dsl::session(&[MET]));
    press(&mut state, ";");
    assert!(!state.key(Chord::plain(Key::Char('x')), false));
    press(&mut state, "Esc x");
    assert_eq!(state.session().open_count(), 2);
}

#[test]
fn boilerplate_flips_out_and_back() {
    let page = "Headline\n[ORG? Read More]\n[PERSON? Ann] ran";
    let mut state = state(dsl::session(&[page]));
    press(&mut state, "b");
    assert_eq!(dsl::show(&state.session().articles()[0]), "Headline\nRead More\n[PERSON? Ann] ran");
    assert!(state.session().articles()[0].is_boilerplate_at(10));
    press(&mut state, "Ctrl+Z");
    assert_eq!(dsl::show(&state.session().articles()[0]), page);
}

#[test]
fn a_removed_article_comes_back() {
    check_all(&["[PERSON? Ann]", "[PERSON? Bob]"], "Ctrl+Delete x", &["[PERSON~ Bob]"]);
}

#[test]
fn notes_and_flags_are_edits() {
    let mut state = state(dsl::session(&[MET]));
    state.run(Decide::SetNote("  the chancellor ".to_owned()));
    press(&mut state, "m");
    let article = &state.session().articles()[0];
    assert_eq!(article.mentions[0].note.as_deref(), Some("the chancellor"));
    assert!(article.desk.flagged);
    press(&mut state, "Ctrl+Z Ctrl+Z");
    assert_eq!(state.session().articles()[0].mentions[0].note, None);
}

const TWICE: [&str; 2] = ["[ORG? NATO] met. [ORG? NATO] rose. NATO fell. [PERSON? Ann]", "[ORG? NATO] and [ORG! NATO Command]"];

#[test]
fn shift_decides_the_name_in_the_article() {
    check_all(&TWICE, "Shift+Space", &["[ORG! NATO] met. [ORG! NATO] rose. [ORG! NATO] fell. [PERSON? Ann]", TWICE[1]]);
    check_all(&TWICE, "Shift+X x", &["[ORG~ NATO] met. [ORG~ NATO] rose. NATO fell. [PERSON~ Ann]", TWICE[1]]);
    check_all(&TWICE, "Shift+G", &["[GPE! NATO] met. [GPE! NATO] rose. [GPE! NATO] fell. [PERSON? Ann]", TWICE[1]]);
}

#[test]
fn ctrl_shift_shows_every_place_in_the_session_and_enter_applies() {
    let mut state = state(dsl::session(&TWICE));
    state.poll();
    press(&mut state, "Ctrl+Shift+Space");
    assert_eq!(dsl::show_all(state.session()), TWICE, "nothing changes before Enter");
    let rows = &state.dialogs.concordance.as_ref().expect("a concordance").rows;
    assert_eq!(rows.iter().filter(|row| row.ticked).count(), 4, "{rows:?}");
    state.run(Decide::Apply);
    let all = ["[ORG! NATO] met. [ORG! NATO] rose. [ORG! NATO] fell. [PERSON? Ann]", "[ORG! NATO] and [ORG! NATO Command]"];
    assert_eq!(dsl::show_all(state.session()), all);
    assert_eq!(state.focused().map(|mention| mention.label.as_str()), Some("PERSON"), "goes on");
    press(&mut state, "Ctrl+Z");
    assert_eq!(dsl::show_all(state.session()), TWICE, "one undo takes all of it back");
}

#[test]
fn an_unticked_row_is_left_alone() {
    let mut state = state(dsl::session(&TWICE));
    state.poll();
    press(&mut state, "Ctrl+Shift+X");
    let row = state.dialogs.concordance.as_ref().unwrap().rows.iter().position(|row| row.article.as_str() == "b").unwrap();
    state.run(Decide::TickRow(row, false));
    state.run(Decide::Apply);
    assert_eq!(dsl::show_all(state.session())[1], TWICE[1]);
}

#[test]
fn plus_widens_to_the_article_and_then_to_the_session() {
    let mut state = state(dsl::session(&TWICE));
    state.poll();
    press(&mut state, "space");
    assert!(dsl::show_all(state.session())[0].starts_with("[ORG! NATO] met. [ORG? NATO]"));
    press(&mut state, "+");
    assert!(dsl::show_all(state.session())[0].starts_with("[ORG! NATO] met. [ORG! NATO] rose. [ORG! NATO]"));
    press(&mut state, "+");
    state.run(Decide::Apply);
    assert_eq!(dsl::show_all(state.session())[1], "[ORG! NATO] and [ORG! NATO Command]");
    press(&mut state, "Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(dsl::show_all(state.session()), TWICE);
}

#[test]
fn repeat_after_a_spread_keeps_to_the_article() {
    check_all(&["[ORG? A1] and [ORG? A1]; [ORG? B2] and [ORG? B2]"], "Shift+X .", &["[ORG~ A1] and [ORG~ A1]; [ORG~ B2] and [ORG~ B2]"]);
}

#[test]
fn a_session_is_saved_closed_and_found_where_work_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.ron");
    let mut first = state_with_places(dsl::session(&[MET, "[PERSON? Bob] and [PERSON? Cy]"]), folder.path());
    press(&mut first, "Ctrl+S");
    assert_eq!(first.stage.dialog, Some(Dialog::SavePath), "a session without a name asks for one");
    first.run(File::SaveTo(folder.path().join("talks")));
    first.poll();
    assert!(path.exists(), "the ending is added");
    press(&mut first, "Ctrl+PageDown space");
    assert!(first.work.is_unsaved());
    press(&mut first, "Ctrl+S");
    assert!(!first.work.is_unsaved());
    let session = first.session().clone();
    first.close();

    let mut second = state_with_places(Session::default(), folder.path());
    second.run(File::Open(path.clone()));
    second.poll();
    assert_eq!(*second.session(), session);
    assert_eq!(second.page.article.as_ref().map(|id| id.as_str()), Some("b"));
    assert_eq!(second.focused().map(|mention| mention.span.start), Some(8), "the mention where work stopped");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(!written.contains("place:") && !written.contains("analyst:"), "it is this window’s, not the session’s");
    press(&mut second, "Ctrl+Z");
    assert_eq!(dsl::show_all(second.session())[1], "[PERSON? Bob] and [PERSON? Cy]", "undo reaches back across runs");
}

#[test]
fn a_save_that_is_refused_at_once_asks_for_another_path_and_quits_only_by_way_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("a.txt");
    std::fs::write(&article, "Angela Merkel met Jens Stoltenberg in Brussels.").unwrap();
    let nowhere = folder.path().join("nowhere/x.ron");
    let begun = || {
        let mut state = state(Session::default());
        state.begin(Some(nowhere.clone()), vec![article.clone()]);
        state.poll();
        press(&mut state, "space Ctrl+Q");
        state.run(File::Save);
        assert_eq!((state.stage.dialog, path_to_offer(&state)), (Some(Dialog::SavePath), nowhere.clone()), "{:?}", state.notices);
        assert!(state.notices.latest().is_some_and(|notice| notice.text.contains("could not be saved")));
        state
    };
    let mut state = begun();
    state.run(File::SaveTo(folder.path().join("mended.ron")));
    state.poll();
    assert!(!state.work.is_unsaved() && state.take_effects().contains(&Effect::Quit), "what was asked for goes on");
    state.close();

    let mut state = begun();
    state.run(Screen::Close);
    press(&mut state, "Ctrl+S");
    assert_eq!((state.stage.dialog, path_to_offer(&state)), (Some(Dialog::SavePath), nowhere.clone()), "the path is not lost");
    std::fs::create_dir(folder.path().join("nowhere")).unwrap();
    press(&mut state, "Esc Ctrl+S");
    assert!(!state.work.is_unsaved() && nowhere.exists(), "{:?}", state.notices);
    assert!(!state.take_effects().contains(&Effect::Quit), "it was called off");
}

#[test]
fn turning_from_a_question_that_came_over_another_calls_off_quitting_too() {
    let (folder, _, mut state) = saved();
    press(&mut state, "x Ctrl+Q");
    state.run(Screen::Open(Dialog::Help));
    press(&mut state, "Esc");
    state.run(File::SaveTo(folder.path().join("copy.ron")));
    state.poll();
    assert!(!state.work.is_unsaved() && !state.take_effects().contains(&Effect::Quit));
}

#[test]
fn a_notice_tells_whether_undo_takes_back_what_it_tells_of() {
    let mut state = state(dsl::session(&["[ORG? NATO] and [ORG? NATO] in [GPE? Oslo]"]));
    let undoes = |state: &Workbench| state.notices.latest().and_then(|notice| notice.change).map(|change| change.can_undo);
    press(&mut state, "Shift+Space");
    assert_eq!(undoes(&state), Some(true));
    press(&mut state, "Ctrl+Z");
    assert_eq!(undoes(&state), Some(false), "it tells of an undo");
    press(&mut state, "Ctrl+Y");
    assert_eq!(undoes(&state), Some(true));
    press(&mut state, "Ctrl+Y");
    assert_eq!(undoes(&state), None, "nothing was changed");
}

#[test]
fn decisions_never_saved_come_back() {
    let (_folder, path, mut first) = saved();
    press(&mut first, "x x");
    press(&mut first, "Ctrl+Q");
    assert_eq!(first.stage.dialog, Some(Dialog::Unsaved));
    first.run(File::GoOnUnsaved);
    assert!(first.take_effects().contains(&Effect::Quit));
    first.close();
    let mut second = state(Session::default());
    second.run(File::Open(path));
    second.poll();
    assert_eq!(dsl::show_all(second.session()), ["[PERSON~ Angela Merkel] met [ORG~ NATO] in [GPE? Brussels]."]);
    assert!(second.notices.all().iter().any(|notice| notice.text.contains("recovered")), "{:?}", second.notices);
}

#[test]
fn work_goes_on_elsewhere_where_another_program_left_no_session() {
    let (_folder, path, mut state) = saved();
    press(&mut state, "x");
    std::fs::write(&path, "of another program").unwrap();
    press(&mut state, "Ctrl+S");
    state.poll();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "of another program");
    let now = state.work.path().expect("a file").to_path_buf();
    assert!(now.to_string_lossy().contains("talks.rescued-") && !state.work.is_unsaved(), "{:?}", state.notices);
    assert!(state.notices.all().iter().any(|notice| notice.text.contains(&*now.to_string_lossy())), "{:?}", state.notices);
    press(&mut state, "x");
    state.close();
    let again = reopened(&now);
    assert_eq!(dsl::show_all(again.session()), ["[PERSON~ Angela Merkel] met [ORG~ NATO] in [GPE? Brussels]."]);
}

/// A folder with the session of one page, and the window that has just saved it there.
fn saved() -> (tempfile::TempDir, std::path::PathBuf, Workbench) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.ron");
    let mut state = state(dsl::session(&[MET]));
    state.run(File::SaveTo(path.clone()));
    state.poll();
    (folder, path, state)
}

/// The session at a path, as another window finds it.
fn reopened(path: &std::path::Path) -> Workbench {
    let mut state = state(Session::default());
    state.run(File::Open(path.to_path_buf()));
    state.poll();
    state
}

/// What a colleague made of the session at a path takes its place there.
fn replace_by_a_colleague(path: &std::path::Path, keys: &str) {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("theirs.ron");
    std::fs::copy(path, &theirs).unwrap();
    let mut colleague = reopened(&theirs);
    press(&mut colleague, keys);
    press(&mut colleague, "Ctrl+S");
    colleague.poll();
    colleague.close();
    std::fs::copy(&theirs, path.with_extension("new")).unwrap();
    std::fs::rename(path.with_extension("new"), path).unwrap();
}

#[test]
fn decisions_are_laid_over_a_colleagues_version_with_the_next_one() {
    let (_folder, path, mut state) = saved();
    press(&mut state, "x");
    replace_by_a_colleague(&path, "Tab Tab x");
    press(&mut state, "Space");
    settle(&mut state);
    assert_eq!(dsl::show_all(state.session()), ["[PERSON~ Angela Merkel] met [ORG! NATO] in [GPE~ Brussels]."]);
    let told = state.notices.all().iter().find(|notice| notice.text.contains("2 changes that were not saved")).expect("it is told");
    assert!(told.text.contains("talks.rescued-"), "{told:?}");
    assert!(state.work.home.durability().is_durable && state.work.is_unsaved());
    press(&mut state, "Ctrl+Z Ctrl+Z");
    assert_eq!(dsl::show_all(state.session()), ["[PERSON? Angela Merkel] met [ORG? NATO] in [GPE~ Brussels]."], "undone one by one");
    press(&mut state, "Ctrl+Y Ctrl+Y Ctrl+S");
    settle(&mut state);
    state.close();
    let again = reopened(&path);
    assert_eq!(dsl::show_all(again.session()), ["[PERSON~ Angela Merkel] met [ORG! NATO] in [GPE~ Brussels]."]);
}

#[test]
fn a_save_onto_a_colleagues_version_keeps_both_and_shows_where_they_differ() {
    let (_folder, path, mut state) = saved();
    press(&mut state, "x");
    replace_by_a_colleague(&path, "Space");
    press(&mut state, "Ctrl+S");
    settle(&mut state);
    assert!(!state.work.is_unsaved(), "{:?}", state.notices);
    let mention = &state.session().articles()[0].mentions[0];
    assert!(mention.is_contested(), "{mention:?}");
    assert!(state.notices.all().iter().any(|notice| notice.text.contains("1 conflict waits")), "{:?}", state.notices);
    state.run(Go::ToMention(mention.id));
    press(&mut state, "x");
    assert!(!state.session().articles()[0].mentions[0].is_contested(), "one key settles it");
}

#[cfg(unix)]
#[test]
fn two_windows_that_do_not_meet_each_others_lock_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.ron");
    for saves in [false, true] {
        for left in ["talks.ron", "talks.ron.journal"] {
            std::fs::remove_file(folder.path().join(left)).ok();
        }
        let mut first = state(dsl::session(&[MET]));
        first.run(File::SaveTo(path.clone()));
        first.poll();
        press(&mut first, "x");
        settle(&mut first);
        std::fs::remove_file(folder.path().join("talks.ron.lock")).unwrap();
        let mut second = reopened(&path);
        press(&mut second, "Space");
        if saves {
            press(&mut second, "Ctrl+S");
        }
        settle(&mut second);
        second.run(File::GoOnUnsaved);
        second.close();
        press(&mut first, "Tab x");
        settle(&mut first);
        let both = ["[PERSON~ Angela Merkel] met [ORG! NATO] in [GPE~ Brussels]."];
        assert_eq!(dsl::show_all(first.session()), both, "{:?}", first.notices);
        press(&mut first, "Ctrl+S");
        settle(&mut first);
        assert!(!first.work.is_unsaved(), "{:?}", first.notices);
        first.close();
        assert_eq!(dsl::show_all(reopened(&path).session()), both);
    }
}

#[test]
fn a_journal_that_was_removed_is_written_anew() {
    let (folder, path, mut state) = saved();
    press(&mut state, "x");
    settle(&mut state);
    std::fs::remove_file(folder.path().join("talks.ron.journal")).unwrap();
    press(&mut state, "x");
    settle(&mut state);
    assert!(state.work.home.durability().is_durable, "{:?}", state.notices);
    state.run(File::GoOnUnsaved);
    state.close();
    let again = reopened(&path);
    assert_eq!(dsl::show_all(again.session()), ["[PERSON~ Angela Merkel] met [ORG~ NATO] in [GPE? Brussels]."]);
}

#[test]
fn an_older_copy_put_back_asks_and_either_answer_keeps_everything() {
    let (_folder, path, mut first) = saved();
    let copy = std::fs::read(&path).unwrap();
    press(&mut first, "x x Ctrl+S");
    settle(&mut first);
    first.close();
    std::fs::write(&path, copy).unwrap();
    let mut second = reopened(&path);
    assert_eq!(second.stage.dialog, Some(Dialog::OtherVersion));
    assert_eq!(second.dialogs.offered.as_ref().map(|offered| offered.changes.len()), Some(2));
    assert_eq!(dsl::show_all(second.session()), [MET]);
    second.run(File::TakeOffered);
    assert_eq!(dsl::show_all(second.session()), ["[PERSON~ Angela Merkel] met [ORG~ NATO] in [GPE? Brussels]."]);
    press(&mut second, "Ctrl+Z");
    assert_eq!(dsl::show_all(second.session()), [MET], "one undo");
    second.run(File::GoOnUnsaved);
    second.close();
    assert_eq!(reopened(&path).stage.dialog, None, "it is asked once, and the history keeps the answer");
}

/// Waits until every decision is on the disk and nothing runs any more.
fn settle(state: &mut Workbench) {
    let begin = std::time::Instant::now();
    while begin.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(5));
        state.poll();
        if state.running().is_empty() && state.work.home.durability().is_durable {
            return;
        }
    }
}

#[test]
fn a_session_that_cannot_be_read_leaves_the_open_one_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.ron");
    std::fs::write(&path, "(format: 1, scheme: (").unwrap();
    let mut state = state(dsl::session(&[MET]));
    state.run(File::Open(path));
    state.poll();
    assert_eq!(dsl::show_all(state.session()), [MET]);
    let told = &state.notices.latest().expect("a notice").text;
    assert!(told.contains("broken.ron") && told.contains('1'), "{told}");
}

#[test]
fn a_sentence_is_selected_whole_and_only_it() {
    let mut state = state(dsl::session(&["Mr. Oja spoke on Jan. 3. Then he left. Nobody asked.\nAnother line."]));
    state.run(Go::SelectSentence(27));
    let selected = state.page.selection.and_then(|span| state.open_article().map(|article| article.quote(span)));
    assert_eq!(selected, Some("Then he left."));
}

#[test]
fn files_are_read_tagged_and_added_and_what_fails_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.txt"), "Summit opens\n\nAngela Merkel flew to Tokyo on Tuesday.\n").unwrap();
    std::fs::write(folder.path().join("two.md"), "# Storm\n\nIt hit **Japan**.\n").unwrap();
    std::fs::write(folder.path().join("bad.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").unwrap();
    let mut state = state(Session::default());
    state.run(File::Add(vec![folder.path().join("bad.doc"), folder.path().to_path_buf()]));
    while !state.running().is_empty() {
        state.poll();
    }
    assert_eq!(state.session().articles().len(), 2);
    assert!(state.session().open_count() >= 3, "tagged as they are added");
    assert_eq!(state.stage.dialog, Some(Dialog::Faults));
    assert!(state.dialogs.faults[0].contains("bad.doc") && state.dialogs.faults[0].contains("soffice"), "{:?}", state.dialogs.faults);
    assert_eq!(state.page.article.as_ref().map(|id| id.as_str()), Some("one"), "the first one is open");
    state.run(Screen::Close);
    state.run(File::Add(vec![folder.path().join("one.txt")]));
    state.poll();
    assert_eq!(state.session().articles().len(), 2, "a file is added once");
}

#[test]
fn what_a_folder_holds_beside_articles_is_told_with_what_came() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str| std::fs::write(folder.path().join(name), "Angela Merkel flew to Tokyo.\n").unwrap();
    let added = |state: &mut Workbench| {
        state.run(File::Add(vec![folder.path().to_path_buf()]));
        while !state.running().is_empty() {
            state.poll();
        }
        assert_eq!(state.stage.dialog, None, "{:?}", state.dialogs.faults);
        state.notices.latest().map(|notice| notice.text.clone()).unwrap_or_default()
    };
    ["one.txt", "port.png", "blob.bin", ".hidden", "s.ron", "s.ron.journal"].into_iter().for_each(put);
    let told = added(&mut state(Session::default()));
    assert!(
        told.starts_with("1 article added. ") && told.ends_with("passed over 2 files that are no articles: blob.bin, port.png"),
        "{told}"
    );
    // Where something could not be read, it stands with that.
    std::fs::write(folder.path().join("old.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    let mut faulty = state(Session::default());
    faulty.run(File::Add(vec![folder.path().to_path_buf()]));
    while !faulty.running().is_empty() {
        faulty.poll();
    }
    assert!(faulty.dialogs.faults.len() == 1 && faulty.dialogs.notes[0].contains("blob.bin"), "{:?}", faulty.dialogs.notes);
    std::fs::remove_file(folder.path().join("old.doc")).unwrap();
    // Of many only how many there are; what was known is told as well.
    (0..4).for_each(|n| put(&format!("{n}.png")));
    let mut state = state(Session::default());
    added(&mut state);
    let told = added(&mut state);
    let expected = "passed over 6 files that are no articles: 5 .png, 1 .bin";
    assert!(told.starts_with("1 file in the session already. ") && told.ends_with(expected), "{told}");
}

#[test]
fn pasted_text_is_an_article() {
    let mut state = state(Session::default());
    state.run(File::Paste("Angela Merkel met NATO officials in Tokyo.".to_owned()));
    state.poll();
    assert_eq!(state.open_article().map(|article| &*article.text), Some("Angela Merkel met NATO officials in Tokyo."));
    assert!(state.session().open_count() > 0);
    press(&mut state, "Ctrl+Z");
    assert!(state.session().articles().is_empty());
}

#[test]
fn an_export_is_written_with_what_it_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    let mut state = state(dsl::session(&[MET]));
    press(&mut state, "space");
    state.run(File::Export(ExportAs { format: "jsonl".to_owned(), ..ExportAs::default() }, path.clone()));
    state.poll();
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("Angela Merkel") && !written.contains("\"GPE\""), "{written}");
    let report = &state.dialogs.exported.as_ref().unwrap().report;
    assert_eq!((report.written, report.left_out.suggested), (1, 2));
}

#[test]
fn a_named_session_is_created_at_the_first_save() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("one.txt");
    std::fs::write(&article, "Angela Merkel flew to Tokyo.").unwrap();
    let path = folder.path().join("new.ron");
    let mut first = state(dsl::session(&[MET]));
    first.begin(Some(path.clone()), vec![article.clone()]);
    first.poll();
    assert_eq!(first.session().articles().len(), 1);
    assert!(!path.exists());
    press(&mut first, "space Ctrl+S");
    assert!(path.exists() && !first.work.is_unsaved());
    first.close();
    let mut second = state(Session::default());
    second.begin(Some(path), vec![article]);
    second.poll();
    second.poll();
    assert_eq!(second.session().articles().len(), 1, "articles already in it are not added again");
}

#[test]
fn a_change_from_outside_is_noticed_when_the_window_comes_to_the_front() {
    let (_folder, path, mut state) = saved();
    state.look_outside();
    state.poll();
    assert_eq!(state.stage.dialog, None, "nothing has changed");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("Angela Merkel", "Angela Merkle")).unwrap();
    state.look_outside();
    state.poll();
    settle(&mut state);
    assert!(state.session().articles()[0].text.contains("Merkle"), "{:?}", state.notices);
    assert!(state.notices.all().iter().any(|notice| notice.text.contains("the work goes on with its version")), "{:?}", state.notices);
}

#[test]
fn the_last_decision_of_an_article_says_how_to_go_on() {
    let mut state = state(dsl::session(&["[ORG? NATO] and [ORG? NATO]", "[GPE? Oslo]"]));
    let told = |state: &Workbench| state.notices.latest().map(|notice| notice.text.clone()).unwrap_or_default();
    press(&mut state, "Shift+Space");
    assert_eq!(
        told(&state),
        "Confirmed “NATO” ORG in this article, 2 mentions. One undo takes all of it back. \
         Nothing is left here; Ctrl+Enter marks the article done and goes on"
    );
    press(&mut state, "Ctrl+Enter Space");
    assert_eq!(told(&state), "Every mention of the session is settled; Ctrl+Enter marks the article done");
}

#[test]
fn what_is_left_is_counted_along_with_every_change() {
    let mut state = state(dsl::session(&["[ORG? NATO] and [ORG? NATO] in [GPE? Oslo]", "[GPE? Oslo] and [ORG! EU]"]));
    for keys in
        ["Space", "Shift+G", "Ctrl+Z", "X", "Backspace", "Ctrl+PageDown", "Ctrl+Delete", "Ctrl+Z", "Ctrl+Y", "Ctrl+Z", "O", "Ctrl+Enter"]
    {
        press(&mut state, keys);
        assert_eq!(state.work.open_count(), state.session().open_count(), "after {keys}");
    }
}

#[test]
fn how_often_the_tagger_was_right_is_counted_along_with_every_change() {
    use manicule::quality::figures::Figures;
    let settled = "[ORG! NATO] saw [GPE~ May]. ".repeat(12);
    let mut state = state(dsl::session(&[&format!("{settled}[ORG? EU] and [ORG? EU] met [PERSON!* Ann]"), "[GPE? Oslo]"]));
    for keys in ["", "O", "Ctrl+Z", "X", "Shift+Space", "Backspace", "Ctrl+Delete", "Ctrl+Z", "Ctrl+Y", "Ctrl+Z", "Ctrl+Enter"] {
        press(&mut state, keys);
        let counted = Figures::of(state.session()).tagger.precision().filter(|share| share.whole >= 20);
        assert_eq!(state.work.tagger_share(), counted, "after {keys}");
    }
    assert!(self::state(dsl::session(&[MET])).work.tagger_share().is_none(), "nothing was looked at");
}

#[test]
fn edges_stop_at_the_end_of_a_paragraph_and_of_a_zone() {
    // (page, keys, page after); the mention in focus is the first.
    let still = |page: &str, keys: &str| check(page, keys, page);
    still("Strike at [GPE? Port]\nBy Ann Lee", "Shift+→");
    still("Strike at the port\n[PERSON? Ann] Lee", "Alt+←");
    check("Strike at [GPE? Port]\r\nBy Ann Lee", "Alt+← Shift+→", "Strike [GPE! at Port]\r\nBy Ann Lee");
    // What reaches past it already may be drawn in.
    check("Strike at [GPE? Port\nBy] Ann Lee", "Shift+←", "Strike at [GPE! Port]\nBy Ann Lee");
    let line = "the council of the northern harbour told reporters on the Monday";
    let wrapped = format!("{line}\n{line} that the [ORG? Northern]\nHarbour Board {line}\n{line}\n\nIt");
    let joined = wrapped.replace("[ORG? Northern]\nHarbour", "[ORG! Northern\nHarbour]");
    check(&wrapped, "Shift+→", &joined);

    let zoned = |kind| {
        let mut session = dsl::session(&["KYIV, Ukraine ([ORG? Wire]) The board met."]);
        let span = Span::new(0, "KYIV, Ukraine (Wire)".len());
        session
            .apply(
                &manicule::decide::article::set_zone(
                    &session,
                    &manicule::annotation::ArticleId::new("a"),
                    span,
                    kind,
                    &manicule::decide::Stamp::default(),
                )
                .unwrap(),
            )
            .unwrap();
        session
    };
    let mut state = state(zoned(manicule::annotation::ZoneKind::Dateline));
    press(&mut state, "Shift+→ Shift+→");
    assert_eq!(dsl::show_all(state.session()), ["KYIV, Ukraine ([ORG! Wire)] The board met."]);
}

#[test]
fn a_link_names_its_target_and_never_crosses_labels_unasked() {
    let pages = ["[ORG? Castellan] rose. [PERSON? Castellan Amber] left.", "[ORG? Castellan] fell."];
    let mut state = state(dsl::session(&pages));
    press(&mut state, "Ctrl+2");
    let row = state.queue.rows.iter().find(|row| &*row.name == "Castellan").expect("a row").subject.clone();
    state.run(Names::Row(row));
    let subject = link_subject(&state).expect("a name is in focus");
    let likely = |state: &Workbench| -> Vec<String> {
        proposals(state, &subject).into_iter().filter(|one| one.is_likely).map(|one| one.name.to_string()).collect()
    };
    assert!(likely(&state).is_empty(), "what has another label is not offered first: {:?}", proposals(&state, &subject));
    let castellan = manicule::decide::entities::change::new(state.session(), "Castellan Shipping", &"ORG".into());
    state.run(Link::New(Box::new(castellan), manicule::annotation::Scope::Mention));
    let shown = state.queue.preview.as_ref().expect("its places");
    assert_eq!(shown.linked_to(state.session()), Some("Castellan Shipping"));
    assert!(!state.queue.may_be_kept(), "a rule knows labels, not things");
    state.run(Decide::Apply);
    let told = &state.notices.all().last().expect("a notice").text;
    assert_eq!(told, "Linked “Castellan → Castellan Shipping” everywhere, 2 mentions. One undo takes all of it back");
    assert_eq!(state.session().rules(), []);
}

#[test]
fn a_notice_goes_with_the_next_action_whatever_it_is() {
    const TOLD: &str = "No other untagged words here look like a name";
    for entry in manicule::workbench::entries() {
        let mut state = state(dsl::session(&["[ORG? NATO] met.", "[ORG? NATO] left."]));
        state.poll();
        state.run(Go::CaretMode);
        state.run(Go::LikelyName(manicule::workbench::Step::On));
        let tells = |state: &Workbench| state.notices.all().iter().any(|notice| notice.text == TOLD);
        assert!(tells(&state), "{}: {:?}", entry.id, state.notices);
        state.run(entry.command.clone());
        let says_it_again = entry.id == "next-open" || entry.id == "previous-open";
        let stays = matches!(entry.command, manicule::workbench::Command::Screen(Screen::Pane(_)));
        assert_eq!(tells(&state), says_it_again || stays, "{}: {:?}", entry.id, state.notices);
    }
}

#[test]
fn what_closes_a_dialog_or_takes_the_keys_along_leaves_the_answer_standing() {
    let mut state = state(dsl::session(&[MET]));
    state.run(Screen::Open(Dialog::Note));
    state.run(Recall::Undo);
    assert_eq!(state.notices.latest().map(|notice| notice.text.as_str()), Some("Nothing is left to undo"));
    state.run(Screen::Close);
    state.run(Screen::Pane(manicule::workbench::Pane::Inspector));
    assert_eq!(state.notices.latest().map(|notice| notice.text.as_str()), Some("Nothing is left to undo"));
}
