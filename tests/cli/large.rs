//! `manicule apply` on a large session: of which only the articles that are asked for are read, and which is not written
//! again for a few decisions.

use std::fs;

use super::{Desk, meddling};
use manicule::annotation::{Article, ArticleId, Label, Mention, MentionId, Origin, Scheme, Session};
use manicule::store::{LARGE, Saved, SourcePaths, write};
use manicule::text::Span;

const ARTICLES: usize = 12;

/// A session that is just large enough, with the names of [`meddling`] at the start of each article.
fn desk() -> Desk {
    let desk = Desk::new(&["nothing"]);
    let names: String = (0..meddling::NAMES).map(|n| format!("Q{n:03}o ")).collect();
    let text = names + &"A line of the wire that names nobody at all.\n".repeat(LARGE as usize / ARTICLES / 45);
    let article = |n: usize| {
        let mut article = Article::new(ArticleId::new(&format!("a{n}")), text.as_str());
        let mention = |n: usize| {
            let (span, label) = (Span::new(6 * n, 6 * n + 5), Label::new("PERSON"));
            Mention::suggested(MentionId::of(&article.id, span, &label), span, label, Origin::Rule("wire".into()))
        };
        article.mentions = (0..meddling::NAMES).map(mention).collect();
        article.into()
    };
    let (session, _) = Session::from_parts(Scheme::standard(), (0..ARTICLES).map(article), [], Vec::new());
    let saved = Saved { session, ..Saved::default() };
    fs::write(desk.session(), write(&saved, &SourcePaths::beside(&desk.session()))).unwrap();
    assert!(fs::metadata(desk.session()).unwrap().len() >= LARGE);
    desk
}

/// How many mentions are confirmed and rejected in an article.
#[track_caller]
fn settled(desk: &Desk, article: usize) -> (usize, usize) {
    let session = desk.open().saved.session;
    let mentions = &session.articles()[article].mentions;
    (mentions.iter().filter(|mention| mention.is_confirmed()).count(), mentions.iter().filter(|mention| mention.is_rejected()).count())
}

#[test]
fn few_decisions_go_to_the_journal_and_every_reader_has_them() {
    let desk = desk();
    let before = fs::read(desk.session()).unwrap();
    let ran = desk.run(&["apply", "s.ron"], "confirm a3 0..5\nreject a7 6..11\nconfirm nobody 0..5\nlink a3 0..5 somebody\n");
    let answers: Vec<&str> = ran.out.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(answers, ["ok 1", "ok 2", "error 3", "ok 4"], "{ran:?}");
    assert!(fs::read(desk.session()).unwrap() == before, "the file is not written again");
    assert_eq!((settled(&desk, 3), settled(&desk, 7)), ((1, 0), (0, 1)));
    assert_eq!(desk.open().saved.session.entities().len(), 1);
    // Another run takes back what the last did, and goes on.
    let ran = desk.run(&["apply", "s.ron"], "undo\nundo\nconfirm a7 12..17\naccept-rest a1\n");
    assert_eq!(ran.out, "ok 1\nok 2\nok 3\nok 4\n", "{ran:?}");
    assert_eq!((settled(&desk, 3), settled(&desk, 7), settled(&desk, 1)), ((1, 0), (1, 0), (meddling::NAMES, 0)));
    let check = desk.run(&["check", "s.ron"], "");
    assert_eq!(check.code, Some(0), "{check:?}");
    assert!(check.out.contains("articles 12, mentions 360, decisions in the history 5, of them not yet in the file 7"), "{check:?}");
}

#[test]
fn an_order_that_reaches_further_reads_all() {
    let desk = desk();
    let ran = desk.run(&["apply", "s.ron"], "confirm a3 0..5\nspread a3 0..5 session\n");
    assert_eq!(ran.out, "ok 1\nok 2\n", "{ran:?}");
    assert!((0..ARTICLES).all(|article| settled(&desk, article) == (1, 0)));
}

#[test]
fn a_version_that_takes_the_place_of_a_large_file_gets_the_decisions() {
    let desk = desk();
    let before = fs::read_to_string(desk.session()).unwrap();
    let mut child = desk.command(&["apply", "s.ron", "-"]).spawn().unwrap();
    let (script, answers) = (child.stdin.take().unwrap(), std::io::BufReader::new(child.stdout.take().unwrap()));
    let mut writer = (child, script, answers);
    assert_eq!(meddling::say(&mut writer, "confirm a3 0..5\n"), "ok");
    fs::write(desk.file("new"), before.replacen("nobody at all", "nobody at once", 1)).unwrap();
    fs::rename(desk.file("new"), desk.session()).unwrap();
    assert_eq!(meddling::say(&mut writer, "confirm a3 6..11\n"), "ok");
    drop(writer.1);
    assert_eq!(writer.0.wait().unwrap().code(), Some(1));
    assert_eq!(settled(&desk, 3), (2, 0));
    assert!(desk.open().saved.session.articles()[0].text.contains("nobody at once"));
    let names = fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().any(|name| name.to_string_lossy().contains(".rescued-")), "the work as it was is kept whole");
}

#[test]
fn a_session_that_is_laid_out_by_hand_is_read_whole() {
    let desk = desk();
    let text = fs::read_to_string(desk.session()).unwrap();
    fs::write(desk.session(), text.replacen("(article: \"a5\",", "( article : \"a5\" ,", 1)).unwrap();
    let ran = desk.run(&["apply", "s.ron"], "confirm a5 0..5\nreject a6 0..5\n");
    assert_eq!(ran.out, "ok 1\nok 2\n", "{ran:?}");
    assert_eq!((settled(&desk, 5), settled(&desk, 6)), ((1, 0), (0, 1)));
}
