//! Whatever lies at some paths becomes articles: text, Markdown, pages, JSONL, folders of them.
//!
//! Stands here and not in the reading room because JSONL does; everything that opens files by name comes through here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::jsonl::{self, Parsed, ReadOptions};
use super::lines::{BadLine, open_lines};
use crate::annotation::{Article, Entity, Label, LabelDef, Scheme, Standing};
use crate::reading::{self, How, Omitted, ReadFault, Trouble, UniqueIds};

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

/// How many files are read at a time, once the first is there.
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
    let mut collected = Collected::default();
    let mut take = |mut part: Collected, done: usize, total: usize| {
        collected.articles.append(&mut part.articles);
        collected.entities.append(&mut part.entities);
        collected.faults.append(&mut part.faults);
        progress(done, total);
    };
    read_each(paths, how, options, &mut UniqueIds::default(), &mut take, cancel);
    collected
}

/// As [`read_paths`], handing on what is read as it comes, in order: the first file at once, then more at a time. `each`
/// gets them with how many files of how many are read. `ids` makes the articles' ids unique, also among those it knows.
pub fn read_each(
    paths: &[PathBuf],
    how: How<'_>,
    options: &ReadOptions,
    ids: &mut UniqueIds,
    each: &mut dyn FnMut(Collected, usize, usize),
    cancel: &AtomicBool,
) {
    let (files, faults) = reading::expand(paths);
    if !faults.is_empty() {
        each(Collected { faults, ..Collected::default() }, 0, files.len());
    }
    let mut done = 0;
    let mut batch_len = 1;
    while done < files.len() && !cancel.load(Ordering::Relaxed) {
        let batch = &files[done..files.len().min(done + batch_len)];
        let read: Vec<Collected> = batch.par_iter().map(|path| read_one(path, how, options, cancel)).collect();
        for mut part in read {
            let path = &files[done];
            for article in &mut part.articles {
                let id = ids.take(&article.id);
                // Files go by their stems, which may well be equal; an id in a line was given by somebody.
                if id != article.id && article.source.as_ref().is_none_or(|source| Path::new(&source.path) != path) {
                    let told = format!("the id {:?} is taken; the article was called {:?}", article.id.as_str(), id.as_str());
                    part.faults.push(ReadFault::new(path, Trouble::Partial(told)));
                }
                article.id = id;
            }
            done += 1;
            each(part, done, files.len());
        }
        batch_len = (batch_len * 4).min(BATCH);
    }
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
    if how.all_lines || is_lines(path) {
        if let Err(trouble) = read_lines(path, options, cancel, &mut out) {
            out.faults.push(ReadFault::new(path, trouble));
        }
        return out;
    }
    match reading::read_file(path, how) {
        Ok(article) => {
            out.faults.extend(Omitted::of(&article).map(|left| ReadFault::new(path, Trouble::Omitted(left))));
            out.articles.push(article);
        }
        Err(trouble) => out.faults.push(ReadFault::new(path, trouble)),
    }
    out
}

fn read_lines(path: &Path, options: &ReadOptions, cancel: &AtomicBool, out: &mut Collected) -> Result<(), Trouble> {
    let mut lines = open_lines(path)?;
    let mut is_empty = true;
    while let Some(line) = lines.next_line()? {
        is_empty = false;
        match line.and_then(|(number, line)| Ok((number, parse_line(number, &line, options)?))) {
            Ok((number, parsed)) => {
                let losses = parsed.losses.iter().map(|loss| ReadFault::new(path, Trouble::Partial(format!("line {number}: {loss}"))));
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

/// The standard scheme with the labels that `articles` use and it lacks, and those labels in the order of their names.
pub fn scheme_for(articles: &[Article]) -> (Scheme, Vec<Label>) {
    let mut scheme = Scheme::standard();
    let used: BTreeSet<&Label> = articles.iter().flat_map(|article| &article.mentions).map(|mention| &mention.label).collect();
    let added: Vec<Label> = used.into_iter().filter(|label| scheme.get(label).is_none()).cloned().collect();
    for (i, label) in added.iter().enumerate() {
        scheme.labels.push(LabelDef {
            name: label.clone(),
            key: None,
            colour: SPARE_COLOURS[i % SPARE_COLOURS.len()].to_owned(),
            guideline: "Came with an import.".to_owned(),
            details: String::new(),
            conll: None,
            nests: false,
            standing: Standing::On,
        });
    }
    (scheme, added)
}

/// For labels that bring no colour.
const SPARE_COLOURS: [&str; 6] = ["#5B5B5B", "#7A4A21", "#1F6F6B", "#6B3A6E", "#3F5E1A", "#8A2F45"];
