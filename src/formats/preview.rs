//! What an export would write, before it is written: the first lines, and the counts of all of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::export::Stop;
use super::format::{Container, Format, Sheet, Tally};
use super::loss::Grouped;
use super::options::Options;
use super::render::Report;
use crate::annotation::{Article, ArticleId};

/// How many lines are shown, how long each, and how many articles they are taken from.
const LINES: usize = 12;
const WIDTH: usize = 200;
const ARTICLES: usize = 3;

/// How many articles are rendered at a time.
const BATCH: usize = 64;

/// An export as it would be.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The first lines; empty where the format is none of text.
    pub lines: Vec<String>,
    /// What would be written and left out; nothing while it is still counted.
    pub counts: Option<(Report, Grouped)>,
}

/// Renders articles and writes nothing. `first` gets the first lines as soon as they are there.
///
/// # Errors
/// [`Stop`], as an export would.
pub fn preview(
    articles: &[Arc<Article>],
    format: &Format,
    options: &Options<'_>,
    cancel: &AtomicBool,
    first: &dyn Fn(&Preview),
) -> Result<Preview, Stop> {
    let taken: Vec<&Article> = articles.iter().map(Arc::as_ref).filter(|article| options.takes_article(article)).collect();
    let mut report = Report { left_out_articles: articles.len() - taken.len(), ..Report::default() };
    let mut preview = Preview::default();
    let mut grouped = Grouped::default();
    let mut beginning = Vec::new();
    let mut tally = Tally::default();
    let mut is_shown = false;
    // The first few are shown before the others are counted.
    let (head, rest) = taken.split_at(taken.len().min(ARTICLES));
    for batch in std::iter::once(head).chain(rest.chunks(BATCH)) {
        if cancel.load(Ordering::Relaxed) {
            return Err(Stop::Cancelled);
        }
        let rendered: Vec<_> = batch.par_iter().map(|article| format.render(article, options)).collect();
        for (result, article) in rendered.into_iter().zip(batch) {
            let mut one = result?;
            one.report.losses.drain(..).for_each(|loss| grouped.add(&loss));
            report.add(one.report);
            if beginning.len() < ARTICLES {
                tally.add(one.tally);
                beginning.push((article.id.clone(), one.sheet));
            }
        }
        if !std::mem::replace(&mut is_shown, true) {
            preview.lines = lines(format, std::mem::take(&mut beginning), &tally);
            first(&preview);
        }
    }
    preview.counts = Some((report, grouped));
    Ok(preview)
}

/// The lines with which the sheets of the first articles begin.
fn lines(format: &Format, sheets: Vec<(ArticleId, Sheet)>, tally: &Tally) -> Vec<String> {
    let Some(writer) = &format.writer else { return Vec::new() };
    let bytes = match &writer.container {
        Container::File { head, between, .. } => {
            let pages: Vec<&[u8]> = sheets.iter().map(|(_, sheet)| sheet.bytes()).collect();
            [head(), pages.join(between.as_bytes())].concat()
        }
        Container::Whole { join } => join(sheets.into_iter().map(|(_, sheet)| sheet).collect(), tally).unwrap_or_default(),
        Container::Folder { endings } => {
            let pages = sheets.iter().flat_map(|(id, sheet)| endings.iter().zip(&sheet.pages).map(move |page| (id, page)));
            pages.flat_map(|(id, (ending, page))| [format!("{id}.{ending}:\n").as_bytes(), page, b"\n"].concat()).collect()
        }
    };
    // A character may be cut at the end.
    let begin = &bytes[..bytes.len().min(LINES * WIDTH * 4)];
    let words = match std::str::from_utf8(begin) {
        Ok(words) => words,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&begin[..error.valid_up_to()]).unwrap_or_default(),
        Err(_) => return Vec::new(),
    };
    let cut = |line: &str| match line.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    };
    words.trim_start_matches('\u{FEFF}').lines().take(LINES).map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;
    use crate::formats::export::{Output, write};
    use crate::formats::table::FORMATS;

    /// Of every format the lines and counts are those of what is then written.
    #[test]
    fn a_preview_is_the_beginning_of_what_is_written() {
        let session =
            dsl::session(&["[PERSON! Ann Lee] of the [ORG! Bank of [GPE! Spain]] met [NORP? Danes]", "[ORG! UN]", "x", "[GPE! Graz]"]);
        let options = Options::default();
        for format in FORMATS.iter().filter(|format| format.writer.is_some()) {
            let (told, cancel) = (std::cell::Cell::new(0), AtomicBool::new(false));
            let shown = preview(session.articles(), format, &options, &cancel, &|first| {
                assert!(first.counts.is_none());
                told.set(told.get() + 1);
            });
            let shown = shown.unwrap();
            let (report, grouped) = shown.counts.unwrap();
            assert_eq!((told.get(), report.articles, report.left_out.suggested), (1, 4, 1), "{format}");
            let desk = tempfile::tempdir().unwrap();
            let path = desk.path().join("out");
            let mut output = Output::create(format, &path).unwrap();
            let written = write(session.articles(), format, &options, &mut output, &|_, _| (), &cancel).unwrap();
            output.finish().unwrap();
            assert_eq!(
                (report.written, grouped.lines().count()),
                (written.written, Grouped::of(&written.losses).lines().count()),
                "{format}"
            );
            let bytes = if path.is_dir() { std::fs::read(first_file(&path)).unwrap() } else { std::fs::read(&path).unwrap() };
            match String::from_utf8(bytes) {
                Err(_) => assert_eq!(shown.lines, [""; 0], "{format}"),
                Ok(words) => {
                    let line = words.trim_start_matches('\u{FEFF}').lines().next().unwrap();
                    let from = if path.is_dir() { &shown.lines[1] } else { &shown.lines[0] };
                    assert!(line.starts_with(from.trim_end_matches('…')) && shown.lines.len() <= LINES, "{format}: {:?}", shown.lines);
                }
            }
        }
        let cancelled = preview(session.articles(), FORMATS[0], &options, &AtomicBool::new(true), &|_| ());
        assert!(matches!(cancelled, Err(Stop::Cancelled)));
    }

    fn first_file(folder: &std::path::Path) -> std::path::PathBuf {
        let ending = |path: &std::path::PathBuf| {
            path.extension().is_some_and(|ending| ["txt", "xml", "xmi", "json", "bdocjs"].iter().any(|one| ending == *one))
        };
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(ending).collect();
        paths.sort();
        paths.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "a")).unwrap()
    }
}
