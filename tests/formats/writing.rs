//! What is written, so that those who read it read it right.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use manicule::annotation::{Article, Entity, EntityId, Label, Origin, Score, Session};
use manicule::formats::{Grouped, Options, StateFilter, export, named};

use crate::support::dsl;

/// Who reads it and what they do; a page, and what stands in what is written of it, or does not; what the report says.
pub struct Row {
    pub source: &'static str,
    pub page: &'static str,
    pub has: &'static [&'static str],
    pub lacks: &'static [&'static str],
    pub told: &'static str,
}

/// All files of an export, their names before them, and the report.
fn written(format: &str, pages: &[&str]) -> (String, String) {
    let session = dsl::session(pages);
    let articles = session.articles().iter().map(|article| {
        let mut article = Article::clone(article);
        let text = article.text.clone();
        for mention in &mut article.mentions {
            // The reader of a table of scores must not meet one that is a whole number.
            mention.score = mention.is_suggested().then_some(Score::MAX);
            mention.entity = (mention.span.of(&text) == Some("Spain")).then(|| EntityId::new("spain"));
        }
        article.into()
    });
    let entity = Entity {
        id: EntityId::new("spain"),
        name: "Spain".to_owned(),
        label: Label::new("GPE"),
        aliases: Vec::new(),
        kb: Some("Q29".to_owned()),
        note: String::new(),
    };
    let (session, _) = Session::from_parts(session.scheme().as_ref().clone(), articles, [entity], Vec::new());
    let desk = tempfile::tempdir().unwrap();
    let path = desk.path().join("out");
    let reason = |origin: &Origin| origin.to_string();
    let options = Options { state: StateFilter::Living, entities: Some(session.entities()), reason: Some(&reason), ..Options::default() };
    let report = export(session.articles(), named(format).unwrap(), &options, &path, &|_, _| (), &AtomicBool::new(false)).unwrap();
    let mut all = String::new();
    files(desk.path(), &mut all);
    (all, Grouped::of(&report.losses).lines().collect::<Vec<_>>().join("\n"))
}

fn files(folder: &Path, all: &mut String) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, all);
            continue;
        }
        all.push_str(&format!("== {}\n", path.file_name().unwrap().to_string_lossy()));
        all.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
    }
}

#[track_caller]
pub fn check(format: &str, rows: &[Row]) {
    for Row { source, page, has, lacks, told } in rows {
        let pages: Vec<&str> = page.split('¶').collect();
        let (all, lost) = written(format, &pages);
        for words in *has {
            assert!(all.contains(words), "{source}: {words:?} is missing in\n{all}");
        }
        for words in *lacks {
            assert!(!all.contains(words), "{source}: {words:?} stands in\n{all}");
        }
        assert!(lost.contains(told), "{source}: {told:?} is not told in\n{lost}");
    }
}
