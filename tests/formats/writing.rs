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
fn written(format: &str, pages: &[&str]) -> Result<(String, String), String> {
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
    let report = export(session.articles(), named(format).unwrap(), &options, &path, &|_, _| (), &AtomicBool::new(false));
    let report = report.map_err(|fault| fault.to_string())?;
    let mut all = String::new();
    files(desk.path(), &mut all);
    Ok((all, Grouped::of(&report.losses).lines().collect::<Vec<_>>().join("\n")))
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

/// Every row that is not as it should be is told.
#[track_caller]
pub fn check(format: &str, rows: &[Row]) {
    let faults: Vec<String> = rows.iter().filter_map(|row| fault(format, row).map(|fault| format!("{}: {fault}", row.source))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn fault(format: &str, Row { page, has, lacks, told, .. }: &Row) -> Option<String> {
    let pages: Vec<&str> = page.split('¶').collect();
    let (all, lost) = match written(format, &pages) {
        Ok(written) => written,
        Err(fault) => return Some(fault),
    };
    if let Some(words) = has.iter().find(|words| !all.contains(**words)) {
        return Some(format!("{words:?} is missing in\n{all}"));
    }
    if let Some(words) = lacks.iter().find(|words| all.contains(**words)) {
        return Some(format!("{words:?} stands in\n{all}"));
    }
    (!lost.contains(told)).then(|| format!("{told:?} is not told in\n{lost}"))
}
