//! The list of articles: which are listed, in which order, and several of them at once.

use std::sync::Arc;

use manicule::annotation::{Article, Progress, Session};
use manicule::decide::articles::ArticleOrder;
use manicule::workbench::{Articles, File, Pane};

use super::Window;
use super::answers::focused;
use crate::support::dsl;

/// Four articles that differ in outlet, day, language, tags and what is open in them.
fn session() -> Session {
    let pages = ["[ORG? NATO] met.", "[GPE? Oslo] and [GPE? Graz] met.", "[PERSON? Ann Lee] met [ORG! NATO].", "Nobody met."];
    let mut articles: Vec<Article> = dsl::session(&pages).articles().iter().map(|article| (**article).clone()).collect();
    for (i, article) in articles.iter_mut().enumerate() {
        let some = |text: &str| Some(text.to_owned());
        article.meta.title = some(["Dawn", "Budget", "Zebra", "Budget day"][i]);
        article.meta.outlet = [some("Harbour Courier"), some("Bay News"), some("Bay News"), None][i].clone();
        article.meta.published = [some("2026-11-03"), some("2026-10-30"), some("2026"), None][i].clone();
        article.meta.language = [some("en"), some("de"), some("en"), some("en")][i].clone();
    }
    articles[3].desk.progress = Progress::Done;
    articles[2].desk.tags = vec!["wire".to_owned()];
    articles[2].desk.note = "ask the desk".to_owned();
    dsl::session(&[]).with_articles(articles.into_iter().map(Arc::new))
}

const ROWS: [&str; 4] = ["Dawn, 0 of 1", "Budget, 0 of 2", "Zebra, 1 of 2, note · #wire", "Budget day, done"];

/// The listed articles, from the top.
fn listed(window: &Window) -> String {
    let state = window.state();
    let ids: String = state.articles.rows().iter().map(|place| state.session().articles()[*place].id.as_str().to_owned()).collect();
    let drawn: String = {
        let mut drawn: Vec<(f32, char)> = ROWS
            .iter()
            .zip("abcd".chars())
            .filter_map(|(row, id)| {
                let title = row.split(',').next().unwrap_or_default();
                let node = window.texts().into_iter().find(|(words, rect, _)| words == title && rect.left() < 200.0 && rect.top() > 60.0);
                node.map(|(_, rect, _)| (rect.top(), id))
            })
            .collect();
        drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
        drawn.into_iter().map(|(_, id)| id).collect()
    };
    assert_eq!(ids, drawn, "what is listed is what is drawn");
    ids
}

fn asked(window: &mut Window, typed: &str) -> String {
    window.press("/ Ctrl+A");
    window.type_text(typed);
    listed(window)
}

fn open(window: &Window) -> &str {
    window.state().page.article.as_ref().map_or("", |id| id.as_str())
}

#[test]
fn a_row_tells_title_state_note_and_tags() {
    let window = Window::open(session());
    for row in ROWS {
        assert!(window.shows(row), "{row}");
    }
    for words in ["Harbour Courier · 3 Nov 2026 · en", "Bay News · 30 Oct 2026 · de", "note · #wire"] {
        assert!(window.texts().iter().any(|(text, ..)| text == words || text.starts_with(&words[..12])), "{words}");
    }
}

#[test]
fn what_is_typed_filters_the_list_and_what_is_not_understood_is_told() {
    let mut window = Window::open(session());
    assert_eq!(listed(&window), "abcd");
    assert_eq!(asked(&mut window, "budget"), "bd");
    assert!(window.shows("2 of 4 articles · budget"));
    assert_eq!(asked(&mut window, "outlet:\"bay news\" lang:en"), "c");
    assert_eq!(asked(&mut window, "-outlet:bay has:open"), "a");
    assert_eq!(asked(&mut window, "stat:done budget"), "bd", "what is understood holds");
    assert!(window.shows("“stat:” is none of state, label, entity"));
    assert_eq!(asked(&mut window, "day:2026-10"), "bc");
    window.press("Enter");
    assert_eq!((open(&window), window.state().stage.pane), ("b", Pane::List), "the first hit");
    window.press("↓");
    assert_eq!(open(&window), "c");
    window.press("Shift+F4");
    assert_eq!((listed(&window).as_str(), window.state().wanted.typed()), ("abcd", ""));
    assert!(!window.shows("of 4 articles ·"));
    // The chip takes it off, too, and the field follows.
    asked(&mut window, "state:done");
    window.click(window.rect("1 of 4 articles · state:done: take it off").center());
    assert_eq!(asked(&mut window, "dawn"), "a", "nothing of before is left in the field");
}

#[test]
fn one_goes_from_article_to_article_in_the_order_of_the_list() {
    let mut window = Window::open(session());
    window.run(Articles::Sort(ArticleOrder::Title));
    assert_eq!(listed(&window), "bdac");
    let mut went = vec![open(&window).to_owned()];
    window.press("Ctrl+PageDown");
    went.push(open(&window).to_owned());
    window.press("Ctrl+PageUp Ctrl+PageUp");
    went.push(open(&window).to_owned());
    assert_eq!(went, ["a", "c", "d"]);
    // Past the last mention of an article the next one with something open comes, as the list has them.
    window.press("Tab");
    assert_eq!(open(&window), "a");
    asked(&mut window, "outlet:bay");
    window.press("Esc Tab");
    assert_eq!(open(&window), "c", "only what the filter leaves");
    window.press("Space Tab");
    assert_eq!(open(&window), "b");
    window.press("Space Space Tab");
    assert!(window.shows("Nothing is left to decide in the articles that the filter leaves"));
}

#[test]
fn the_article_in_hand_stays_listed_until_one_goes_on() {
    let mut window = Window::open(session());
    assert_eq!(asked(&mut window, "has:open"), "abc");
    window.press("Esc Space");
    assert_eq!(listed(&window), "abc");
    assert!(window.shows("2 of 4 articles"));
    window.press("Ctrl+PageDown");
    assert_eq!((listed(&window).as_str(), open(&window)), ("bc", "b"));
}

#[test]
fn several_articles_are_chosen_and_acted_on_with_one_undo() {
    let before = session();
    let flags = |window: &Window| window.state().session().articles().iter().map(|article| article.desk.flagged).collect::<Vec<_>>();
    let mut window = Window::open(before.clone());
    window.press("F6 Shift+↓ Shift+↓");
    assert!(window.shows("3 chosen"), "from the open one on");
    window.press("Shift+↑ M");
    assert_eq!(flags(&window), [true, true, false, false]);
    window.press("Ctrl+Z");
    assert_eq!(*window.state().session(), before);
    window.press("Ctrl+A M Ctrl+A M");
    assert_eq!(flags(&window), [false; 4], "where all have a flag it is taken off");
    window.press("Ctrl+Z Ctrl+Z");
    // Esc lets go; then what is open is meant again.
    window.press("Esc");
    assert!(!window.shows("chosen") && window.state().stage.pane == Pane::List);
    window.press("Home M Ctrl+Z");
    let row = |window: &Window, title: &str| window.rect(title).center();
    window.click(row(&window, "Dawn, "));
    window.button(row(&window, "Zebra, "), eframe::egui::PointerButton::Primary, eframe::egui::Modifiers::COMMAND);
    assert!(window.shows("2 chosen"));
    window.press("M");
    assert_eq!(flags(&window), [true, false, true, false]);
    window.press("Ctrl+Z");
    window.button(row(&window, "Budget day, "), eframe::egui::PointerButton::Primary, eframe::egui::Modifiers::SHIFT);
    assert!(window.shows("2 chosen"), "from the one that was taken along last");
    window.press("Ctrl+Delete");
    assert_eq!((listed(&window).as_str(), open(&window)), ("ab", "b"));
    window.press("Ctrl+Z");
    assert_eq!(*window.state().session(), before);
    // On the page the open article is meant, whatever is chosen.
    window.press("Esc F6 Ctrl+A Enter M");
    assert_eq!(flags(&window).iter().filter(|flag| **flag).count(), 1);
}

#[test]
fn what_is_filtered_out_is_not_chosen_any_more() {
    let mut window = Window::open(session());
    window.press("F6 Ctrl+A");
    assert_eq!(window.state().choice.len(), 4);
    assert_eq!(asked(&mut window, "budget"), "bd");
    assert_eq!(window.state().choice.len(), 2);
    window.press("Esc");
    window.click(window.rect("Budget day, ").center());
    assert!(window.state().choice.is_empty(), "a click lets go");
}

#[test]
fn tags_are_put_on_and_taken_off_together() {
    let before = session();
    let tags = |window: &Window| window.state().session().articles().iter().map(|article| article.desk.tags.join(" ")).collect::<Vec<_>>();
    let mut window = Window::open(before.clone());
    window.press("F6 Ctrl+A Alt+T");
    assert!(window.shows("Tags of 4 articles") && window.shows("wire  1 of 4"));
    window.type_text("ask, follow-up");
    window.press("Enter");
    assert_eq!(tags(&window), ["ask follow-up", "ask follow-up", "wire ask follow-up", "ask follow-up"]);
    window.press("Alt+T");
    window.click(window.top_rect("ask").center());
    window.press("Enter");
    assert_eq!(tags(&window), ["follow-up", "follow-up", "wire follow-up", "follow-up"]);
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(*window.state().session(), before);
    window.press("Esc Esc Alt+T");
    assert!(window.shows("Tags of “Dawn”"), "without a choice, of the open one");
}

#[test]
fn the_menu_writes_the_terms_and_keeps_filters_under_names() {
    let mut window = Window::open(session());
    window.press("F4");
    for offered in ["open  3", "done  1", "Harbour Courier  1", "Bay News  2", "German  1", "wire  1", "2026-11  1", "ORG  2"] {
        assert!(window.shows(offered), "{offered}");
    }
    window.click(window.top_rect("Bay News  2").center());
    window.click(window.top_rect("English  1").center());
    assert_eq!(window.state().wanted.filter().to_string(), "outlet:\"Bay News\" lang:en");
    window.click(window.top_rect("English  1").center());
    assert_eq!(window.state().wanted.filter().to_string(), "outlet:\"Bay News\"");
    window.click(window.top_rect("Name of this filter").center());
    window.type_text("the bay");
    window.click(window.top_rect("Keep this filter").center());
    assert_eq!(window.state().settings().filters["the bay"], "outlet:\"Bay News\"");
    window.press("Esc");
    assert_eq!(listed(&window), "bc");
    window.press("Shift+F4 F4");
    window.click(window.top_rect("Use the filter the bay").center());
    window.press("Enter");
    assert_eq!(listed(&window), "bc");
    window.run(Articles::Rename("the bay".to_owned(), "bay".to_owned()));
    assert_eq!(window.state().settings().filters.keys().collect::<Vec<_>>(), ["bay"]);
    window.press("F4");
    window.click(window.top_rect("Forget the filter bay").center());
    assert!(window.state().settings().filters.is_empty());
    // All of it can be done without the mouse.
    window.press("Esc F4 Tab");
    assert!(focused(&window).is_some());
}

#[test]
fn every_view_goes_by_the_filter_and_says_so() {
    let mut window = Window::open(session());
    asked(&mut window, "outlet:bay");
    window.press("Esc");
    let told = "2 of 4 articles · outlet:bay";
    window.press("Ctrl+2");
    assert!(window.shows(told) && window.shows("a decision still reaches the whole session"));
    let names = |window: &Window| {
        let mut names: Vec<String> = window.state().queue.rows.iter().map(|row| row.name.to_string()).collect();
        names.sort();
        names.join(", ")
    };
    assert_eq!(names(&window), "Ann Lee, Graz, NATO, Oslo", "NATO is settled there, and open elsewhere");
    window.press("Ctrl+3");
    assert!(window.shows(told) && window.shows("0 of 2 articles done"));
    window.press("Ctrl+1 Ctrl+F Ctrl+F");
    window.type_text("met");
    assert!(window.shows(told) && window.shows("2 places in 2 articles"), "{:?}", window.texts());
    window.press("Esc Ctrl+E");
    assert!(window.shows(told));
    // Without the filter all of them are meant again, at once.
    window.click(window.top_rect(&format!("{told}: take it off")).center());
    assert!(!window.shows(told));
    window.press("Esc Ctrl+2");
    assert_eq!(names(&window), "Ann Lee, Graz, NATO, Oslo");
    window.press("Ctrl+1");
    asked(&mut window, "lang:de");
    window.press("Esc Ctrl+2");
    assert_eq!(names(&window), "Graz, Oslo");
}

#[test]
fn an_export_takes_what_the_filter_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.jsonl");
    let mut window = Window::open(session());
    asked(&mut window, "outlet:bay");
    let articles = window.state().wanted.filter().clone();
    let how = manicule::workbench::ExportAs { format: "jsonl".to_owned(), articles, ..Default::default() };
    window.run(File::Export(how, path.clone()));
    let lines = std::fs::read_to_string(path).expect("it was written");
    let ids: Vec<&str> = lines.lines().filter_map(|line| line.split("\"id\":\"").nth(1)?.split('"').next()).collect();
    assert_eq!(ids, ["b", "c"]);
}
