//! What the inspector tells of a mention, and everything that the mouse decides there and in the menus.

use eframe::egui::{Event, Modifiers, OutputCommand, PointerButton};
use egui_kittest::kittest::Queryable as _;
use manicule::annotation::{Edit, Mention, Op, Origin, Scope, Session, Time, Verb};
use manicule::decide::Stamp;
use manicule::workbench::Dialog;

use super::Window;
use crate::support::dsl;

const MET: &str = "[PERSON? Angela Merkel] met [ORG? NATO] in [GPE? Brussels].";

/// A session in which one mention is other than the page language can say.
fn with(page: &str, words: &str, change: impl Fn(&mut Mention)) -> Session {
    let mut session = dsl::session(&[page]);
    let (article, id) = dsl::nth(&session, "a", words, 0);
    let before = session.mention(&article, id).expect("the mention").clone();
    let mut after = before.clone();
    change(&mut after);
    let ops = vec![Op::Mention { article, before: Some(before), after: Some(after) }];
    let (what, by) = (String::new(), "".into());
    session
        .apply(&Edit { verb: Verb::Note, scope: Scope::Mention, target: None, what, label: None, by, at: Time(0), ops })
        .expect("it fits");
    session
}

fn menu(window: &mut Window, mention: &str, path: &[&str]) {
    window.button(window.rect(mention).center(), PointerButton::Secondary, Modifiers::NONE);
    for item in path {
        window.click(window.top_rect(item).center());
    }
}

#[test]
fn it_tells_guideline_reason_value_and_note() {
    let session = with("It began on [DATE? Thursday].", "Thursday", |mention| {
        mention.value = Some("2026-11-05".into());
        mention.note = Some("the week before".into());
    });
    let window = Window::open(session);
    assert!(window.shows("Suggested as DATE: "), "the reason");
    assert!(window.shows("Means 2026-11-05."));
    assert!(window.shows("“the week before”"));
    let scheme = window.state().session().scheme().clone();
    let guideline = scheme.by_name("DATE").map(|def| def.guideline.clone()).unwrap_or_default();
    assert!(!guideline.is_empty() && window.shows(&guideline));
}

#[test]
fn it_tells_what_was_decided_before_and_the_note_left_then() {
    let mut window = Window::open(dsl::session(&["[ORG? NATO] met. [ORG? NATO] left. [ORG? NATO] stayed. [ORG? NATO] won."]));
    window.press("O");
    window.press("X G ←");
    window.press(";");
    window.type_text("the alliance, not the summit");
    window.press("Ctrl+Enter Tab");
    assert!(window.shows("Decided before: GPE 1, ORG 1, rejected 1."));
    assert!(window.shows("Note left: “the alliance, not the summit”"));
    assert!(window.shows("3 here"));
}

#[test]
fn it_tells_where_the_same_name_stands_elsewhere() {
    let window = Window::open(dsl::session(&["[ORG? NATO] met", "Then [ORG? NATO] left and [ORG? NATO] won"]));
    assert!(window.shows("1 here, 2 in 1 other article"));
    assert!(window.shows("Then NATO left and NATO won"));
}

#[test]
fn the_grid_of_labels_stands_in_one_place_whatever_the_mention() {
    let mut session = with("[PERSON? Ann] saw [WORK_OF_ART? The Long Harbour] by [DATE? Monday] at [ORG? NATO].", "Ann", |mention| {
        mention.origin = Origin::Alias("Ann Quarrel, who kept the lighthouse for a very long time and then left it".into());
    });
    let (article, id) = dsl::nth(&session, "a", "NATO", 0);
    let edit =
        manicule::decide::decision::note(&session, &article, id, "a note of two lines, or three, as one writes them", &Stamp::default());
    session.apply(&edit.expect("a note")).expect("it fits");
    for (width, height) in [(1024.0, 700.0), (1280.0, 800.0), (1920.0, 1080.0)] {
        let mut window = Window::sized(session.clone(), width, height);
        let places = |window: &Window| {
            ["PERSON", "LAW", "Why"].map(|name| {
                let upper = if name == "Why" { "WHY" } else { name };
                window.harness.get_by_label(upper).rect()
            })
        };
        let first = places(&window);
        for _ in 0..3 {
            window.press("→");
            assert_eq!(places(&window), first, "{width}: {:?}", window.state().focused().map(|mention| &mention.label));
        }
        window.press("Space ←");
        assert_eq!(places(&window), first, "{width}: one that is settled");
    }
}

#[test]
fn all_labels_are_told_whole_and_only_those_that_are_hidden_are_more() {
    for width in [1024.0, 1280.0, 1920.0] {
        let mut window = Window::sized(dsl::session(&["[PERSON? Ann] read [WORK_OF_ART? The Long Harbour]"]), width, 800.0);
        assert!(window.shows("8 more labels"));
        window.press("→");
        assert!(window.shows("7 more") && !window.shows("8 more"), "the ninth is on screen");
        window.click(window.rect("7 more").center());
        assert!(window.shows("fewer labels") && !window.shows(" more"));
        let rect = |name: &str| window.harness.get_by_label(name).rect();
        // Every name fits beside its dot and its letter: about six points a letter at the smallest size.
        for name in ["WORK_OF_ART", "LANGUAGE", "QUANTITY", "PERCENT"] {
            assert!(rect(name).width() >= 43.0 + 6.0 * name.len() as f32, "{width}: {name} {:?}", rect(name));
        }
        assert!(rect("WORK_OF_ART").right() <= width, "{width}");
    }
}

#[test]
fn a_name_with_one_mention_is_offered_nothing_further() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann] met [ORG? NATO] and [ORG? NATO]"]));
    assert!(window.shows("Only here") && !window.shows("everywhere"));
    window.press("→");
    assert!(window.shows("2 here") && window.shows("everywhere"));
}

#[test]
fn what_the_model_found_is_explained_by_words() {
    let session = with("Two boats lay in [GPE? Oslo] at night.", "Oslo", |mention| {
        mention.origin = Origin::Model(manicule::tagger::model::Model::standard().version().into());
    });
    let window = Window::open(session);
    assert!(window.shows("the list cities"));
}

#[test]
fn its_caps_do_what_their_keys_do() {
    let session = || dsl::session(&["In [GPE? South Korea] now"]);
    for (cap, expect) in [
        ("confirm", "In [GPE! South Korea] now"),
        ("reject", "In [GPE~ South Korea] now"),
        ("Move the start back", "[GPE! In South Korea] now"),
        ("Move the start on", "In South [GPE! Korea] now"),
        ("Move the end back", "In [GPE! South] Korea now"),
        ("Move the end on", "In [GPE! South Korea now]"),
        ("LOC", "In [LOC! South Korea] now"),
    ] {
        let mut window = Window::open(session());
        window.click(window.harness.get_by_label(cap).rect().center());
        assert_eq!(window.pages(), [expect], "{cap}");
    }
    let mut window = Window::open(session());
    window.press("O");
    window.click(window.rect("undecide").center());
    assert_eq!(window.pages(), ["In [GPE? South Korea] now"]);
    for (cap, dialog) in [("note", Dialog::Note), ("link", Dialog::Link)] {
        window.click(window.harness.get_by_label(cap).rect().center());
        assert_eq!(window.state().stage.dialog, Some(dialog), "{cap}");
        window.press("Esc");
    }
}

#[test]
fn its_caps_reach_the_article_and_the_session() {
    let pages = ["[ORG? NATO] and [ORG? NATO]", "[ORG? NATO] again"];
    let mut window = Window::open(dsl::session(&pages));
    window.click(window.rect("everywhere").center());
    assert_eq!(window.state().stage.dialog, Some(Dialog::Concordance));
    window.press("Esc");
    let here = window.harness.query_all_by_label("here").map(|node| node.rect()).next().expect("a cap");
    window.click(here.center());
    assert_eq!(window.pages(), ["[ORG! NATO] and [ORG! NATO]", "[ORG? NATO] again"]);
}

#[test]
fn the_menu_of_a_mention_holds_every_decision() {
    for (path, expect) in [
        (&["Confirm Space"][..], "[PERSON? Angela Merkel] met [ORG! NATO] in [GPE? Brussels]."),
        (&["Reject X"], "[PERSON? Angela Merkel] met [ORG~ NATO] in [GPE? Brussels]."),
        (&["Retype as", "EVENT"], "[PERSON? Angela Merkel] met [EVENT! NATO] in [GPE? Brussels]."),
        (&["Retype in this article as", "EVENT"], "[PERSON? Angela Merkel] met [EVENT! NATO] in [GPE? Brussels]."),
        (&["Edges", "Start edge back"], "[PERSON? Angela Merkel] [ORG! met NATO] in [GPE? Brussels]."),
        (&["Edges", "End edge on"], "[PERSON? Angela Merkel] met [ORG! NATO in] [GPE? Brussels]."),
        (&["Confirm in this article"], "[PERSON? Angela Merkel] met [ORG! NATO] in [GPE? Brussels]."),
    ] {
        let mut window = Window::open(dsl::session(&[MET]));
        menu(&mut window, "ORG NATO", path);
        assert_eq!(window.pages(), [expect], "{path:?}");
    }
    let mut window = Window::open(dsl::session(&[MET]));
    menu(&mut window, "ORG NATO", &["Note…"]);
    assert_eq!(window.state().stage.dialog, Some(Dialog::Note));
    window.press("Esc");
    menu(&mut window, "ORG NATO", &["Link to an entity…"]);
    assert_eq!(window.state().stage.dialog, Some(Dialog::Link));
    window.press("Esc");
    menu(&mut window, "ORG NATO", &["Boilerplate or not"]);
    assert!(window.state().open_article().is_some_and(|article| article.is_boilerplate_at(0)));
}

#[test]
fn a_selection_is_copied_marked_and_added_from_its_menu() {
    let mut window = Window::open(dsl::session(&["Then [PERSON? Ann] met Ban in [GPE? Oslo] today"]));
    let ban = window.rect("GPE Oslo").left_center() - eframe::egui::vec2(44.0, 0.0);
    window.clicks(ban, 2);
    window.harness.run_steps(40);
    let copied = |window: &Window| {
        let commands = &window.harness.output().platform_output.commands;
        commands.iter().find_map(|command| if let OutputCommand::CopyText(text) = command { Some(text.clone()) } else { None })
    };
    window.harness.input_mut().events.push(Event::Copy);
    window.harness.step();
    let words = copied(&window);
    assert_eq!(words.as_deref(), Some("Ban"));
    window.button(ban, PointerButton::Secondary, Modifiers::NONE);
    window.click(window.top_rect("Add as").center());
    window.click(window.top_rect("PERSON").center());
    assert_eq!(window.pages(), ["Then [PERSON? Ann] met [PERSON!* Ban] in [GPE? Oslo] today"]);
}

#[test]
fn an_article_has_a_menu_in_the_list() {
    let mut window = Window::open(dsl::session(&["[PERSON? Ann]", "[PERSON? Bob]"]));
    for item in ["Flag", "Set aside or not"] {
        window.button(window.rect("b, ").center(), PointerButton::Secondary, Modifiers::NONE);
        window.click(window.top_rect(item).center());
    }
    let desk = window.state().open_article().map(|article| article.desk.clone()).unwrap_or_default();
    assert!(desk.flagged && window.shows("b, set aside"));
    window.button(window.rect("b, ").center(), PointerButton::Secondary, Modifiers::NONE);
    window.click(window.top_rect("Remove article").center());
    assert_eq!(window.pages(), ["[PERSON? Ann]"]);
    assert!(window.shows("Removed “b” from the session; its file stays as it is"));
    window.press("Ctrl+Z");
    assert_eq!(window.pages().len(), 2);
}

#[test]
fn nested_and_crossing_mentions_are_each_reached_by_key() {
    let mut window = Window::open(dsl::session(&["The [ORG? Bank of [GPE? China]] lent"]));
    window.press("→ X");
    assert_eq!(window.pages(), ["The [ORG? Bank of [GPE~ China]] lent"]);
    window.press("V ← ← O");
    assert_eq!(window.pages(), ["The [ORG! Bank of [GPE~ China]] lent"]);
}

#[test]
fn a_short_form_is_proposed_only_where_it_has_an_entity_and_the_long_one_names_both() {
    let mut window = Window::open(dsl::session(&["[PERSON? Fumio Kishida] and Mr. [PERSON? Kishida]"]));
    assert!(window.shows("Not linked") && !window.shows("longer form of"));
    window.press("→");
    assert!(window.shows("surname of Fumio Kishida"));
    window.press("← K Enter");
    let entity = window.state().session().entities().values().next().expect("an entity");
    assert_eq!((entity.name.as_str(), entity.aliases.as_slice()), ("Fumio Kishida", ["Kishida".to_owned()].as_slice()));
}
