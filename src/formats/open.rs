//! Whatever lies at some paths becomes articles: text, Markdown, pages, JSONL, folders of them.
//!
//! Stands here and not in the reading room because JSONL does; everything that opens files by name comes through here.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::jsonl::{self, Parsed, ReadOptions};
use super::{BadLine, open_lines};
use crate::annotation::{Article, Entity};
use crate::reading::{self, How, ReadFault, Trouble, UniqueIds};

/// What was found at some paths.
#[derive(Debug, Default)]
pub struct Collected {
    /// In the order of the paths, ids unique among them.
    pub articles: Vec<Article>,
    /// Things that articles are linked to, as far as JSONL told of them.
    pub entities: Vec<Entity>,
    /// One for every file or line that could not be read; the rest was.
    pub faults: Vec<ReadFault>,
}

/// How many files are read at a time.
const BATCH: usize = 64;

/// Reads all articles at `paths`; folders are searched. `progress` is told how many files of how many are read. When
/// cancelled, what was read so far is returned.
pub fn read_paths(
    paths: &[PathBuf],
    how: How<'_>,
    options: &ReadOptions,
    progress: &dyn Fn(usize, usize),
    cancel: &AtomicBool,
) -> Collected {
    let (files, faults) = reading::expand(paths);
    let mut collected = Collected { faults, ..Collected::default() };
    let mut ids = UniqueIds::default();
    let mut done = 0;
    for batch in files.chunks(BATCH) {
        let read: Vec<Collected> = batch.par_iter().map(|path| read_one(path, how, options, cancel)).collect();
        for mut part in read {
            for article in &mut part.articles {
                article.id = ids.take(&article.id);
            }
            collected.articles.append(&mut part.articles);
            collected.entities.append(&mut part.entities);
            collected.faults.append(&mut part.faults);
        }
        done += batch.len();
        progress(done, files.len());
        if cancel.load(Ordering::Relaxed) {
            break;
        }
    }
    collected
}

/// Whether a file holds one article a line, by its name.
pub fn is_lines(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"].iter().any(|ending| name.ends_with(ending))
}

/// Reads a line of JSONL and looks for zones where it says nothing of them.
///
/// # Errors
/// [`BadLine`].
pub fn parse_line(number: u64, line: &str, options: &ReadOptions) -> Result<Parsed, BadLine> {
    let mut parsed = jsonl::parse(number, line, options)?;
    if !parsed.has_zones {
        reading::find_zones(&mut parsed.article, &[]);
    }
    Ok(parsed)
}

fn read_one(path: &Path, how: How<'_>, options: &ReadOptions, cancel: &AtomicBool) -> Collected {
    let mut out = Collected::default();
    if is_lines(path) {
        if let Err(trouble) = read_lines(path, options, cancel, &mut out) {
            out.faults.push(ReadFault::new(path, trouble));
        }
        return out;
    }
    match reading::read_file(path, how) {
        Ok(article) => out.articles.push(article),
        Err(trouble) => out.faults.push(ReadFault::new(path, trouble)),
    }
    out
}

fn read_lines(path: &Path, options: &ReadOptions, cancel: &AtomicBool, out: &mut Collected) -> Result<(), Trouble> {
    let mut lines = open_lines(path)?;
    let mut is_empty = true;
    while let Some(line) = lines.next_line()? {
        is_empty = false;
        match line.and_then(|(number, line)| parse_line(number, &line, options)) {
            Ok(parsed) => {
                let losses = parsed.losses.iter().map(|loss| ReadFault::new(path, Trouble::Partial(loss.to_string())));
                out.faults.extend(losses);
                out.articles.push(parsed.article);
                out.entities.extend(parsed.entities);
            }
            Err(BadLine { number, why }) => out.faults.push(ReadFault::new(path, Trouble::Line { number, why })),
        }
        if cancel.load(Ordering::Relaxed) {
            break;
        }
    }
    if is_empty { Err(Trouble::Empty) } else { Ok(()) }
}
