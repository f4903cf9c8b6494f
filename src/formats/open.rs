//! Whatever lies at some paths becomes articles: article files, files of interchange formats, folders of them.
//!
//! Stands here and not in the reading room because the formats do; everything that opens files by name comes through here.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::handing::{is_by_line, is_utf8};
use super::loss::Loss;
use super::pair::Pairs;
use super::table::FORMATS;
use crate::annotation::{Article, ArticleId, Entity, Label, Scheme};
use crate::decide::labels::with_new;
use crate::reading::{self, Head, How, READERS, ReadFault, Reader, Trouble, UniqueIds};

/// Everybody who reads files: those of the formats first, which know theirs by content.
pub fn readers() -> &'static [&'static Reader] {
    // What lies beside a text says more of it than its own first words do, and any line with a text is JSONL to its reader,
    // so that one is asked after those who look closer.
    static ALL: LazyLock<Vec<&'static Reader>> = LazyLock::new(|| {
        let mut all: Vec<_> = FORMATS.iter().filter_map(|format| format.reader).collect();
        all.sort_by_key(|reader| match reader.name {
            "brat" | "webannotation" => 0,
            "jsonl" => 2,
            _ => 1,
        });
        all.extend(READERS);
        all
    });
    &ALL
}

/// Whether a file is one of a format's, which may say what is marked in an article.
pub fn brings_marks(path: &Path) -> bool {
    let is_of_format = |reader: &&'static Reader| FORMATS.iter().any(|format| format.reader.is_some_and(|of| std::ptr::eq(of, *reader)));
    let input = reading::Input::open(path);
    input.is_ok_and(|input| reading::reader_of(&input, readers(), How::default()).is_ok_and(|reader| is_of_format(&reader)))
}

/// Whether each line of a file is an article to its reader, so that the lines can be read for themselves.
pub fn has_article_a_line(reader: &'static Reader, head: &Head<'_>) -> bool {
    match reader.name {
        "jsonl" => true,
        "spacy" => is_utf8(head),
        "doccano" | "prodigy" | "datasets" | "labelstudio" => is_by_line(head),
        _ => false,
    }
}

/// Whether a reader hands out the articles of a large file as it comes to them, so that one of any length passes in the same room.
pub fn hands_out_as_it_reads(reader: &'static Reader) -> bool {
    matches!(reader.name, "conll" | "csv" | "labelstudio" | "doccano" | "prodigy" | "datasets")
}

/// What was found at some paths.
#[derive(Debug, Default)]
pub struct Collected {
    /// In the order of the paths, ids unique among them.
    pub articles: Vec<Article>,
    /// Things that articles are linked to, as far as their files told of them.
    pub entities: Vec<Entity>,
    /// One for everything that could not be read, or is not as it was; the rest is.
    pub faults: Vec<ReadFault>,
    /// The same where something was lost, each with its article and place.
    pub losses: Vec<Loss>,
    /// What the file is, for people, where it is one.
    pub what: Option<&'static str>,
}

/// How many files are read at a time, once the first is there.
const BATCH: usize = 64;

/// Reads all articles at `paths`; folders are searched. `progress` is told how many files of how many are read. When
/// cancelled, what was read so far is returned.
pub fn read_paths(paths: &[PathBuf], how: How<'_>, progress: &dyn Fn(usize, usize), cancel: &AtomicBool) -> Collected {
    let mut collected = Collected::default();
    let (files, faults) = expand(paths);
    collected.losses.extend(faults.iter().filter_map(|fault| Loss::on_the_way_in(&fault.path, None, &fault.trouble)));
    collected.faults = faults;
    read_each(&files, how, cancel, &mut |mut part, done, total| {
        collected.articles.append(&mut part.articles);
        collected.entities.append(&mut part.entities);
        collected.faults.append(&mut part.faults);
        collected.losses.append(&mut part.losses);
        progress(done, total);
    });
    collected
}

/// The files that `paths` stand for; of two that are read as one, the first.
pub fn expand(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<ReadFault>) {
    let (mut files, faults) = reading::expand(paths);
    let mut pairs = Pairs::default();
    files.retain(|path| pairs.is_new(path, readers()));
    (files, faults)
}

/// Reads files, handing on what is read as it comes, in order: the first file at once, then more at a time. `each` gets it
/// with how many files of how many are read. Ids are unique among all of them.
pub fn read_each(files: &[PathBuf], how: How<'_>, cancel: &AtomicBool, each: &mut dyn FnMut(Collected, usize, usize)) {
    let mut ids = Ids::default();
    let mut done = 0;
    let mut batch_len = 1;
    while done < files.len() && !cancel.load(Ordering::Relaxed) {
        let batch = &files[done..files.len().min(done + batch_len)];
        let read: Vec<reading::Read> = batch.par_iter().map(|path| reading::read(path, readers(), how, cancel)).collect();
        for (path, read) in batch.iter().zip(read) {
            done += 1;
            each(ids.collect(path, read), done, files.len());
        }
        batch_len = (batch_len * 4).min(BATCH);
    }
}

/// The ids that are taken, and by what.
#[derive(Default)]
struct Ids<'a> {
    unique: UniqueIds,
    /// Only those that files gave.
    taken_by: HashMap<ArticleId, (&'a Path, u32)>,
}

impl<'a> Ids<'a> {
    /// What a file gave, with ids that nothing else has.
    fn collect(&mut self, path: &'a Path, read: reading::Read) -> Collected {
        let mut out = Collected { what: read.what, ..Collected::default() };
        let mut told: Vec<(Option<usize>, Trouble)> = Vec::new();
        for incoming in read.articles {
            let at = Some(out.articles.len());
            told.extend(incoming.notes.into_iter().map(|note| (at, note)));
            let mut article = incoming.article;
            let id = self.unique.take(&article.id);
            // Files go by their stems, which may well be equal; an id inside one was given by somebody.
            if incoming.has_own_id {
                if id != article.id {
                    told.push((at, Trouble::Partial(self.collision(path, incoming.number, &article.id, &id))));
                }
                self.taken_by.entry(article.id).or_insert((path, incoming.number));
            }
            article.id = id;
            out.articles.push(article);
            out.entities.extend(incoming.entities);
        }
        told.extend(read.troubles.into_iter().map(|trouble| (None, trouble)));
        for (at, trouble) in told {
            out.losses.extend(Loss::on_the_way_in(path, at.and_then(|at| out.articles.get(at)), &trouble));
            out.faults.push(ReadFault::new(path, trouble));
        }
        out
    }

    fn collision(&self, path: &Path, number: u32, wish: &ArticleId, id: &ArticleId) -> String {
        let by = match self.taken_by.get(wish) {
            Some((by, line)) if *by == path => format!("line {line} has"),
            Some((by, line)) => format!("line {line} of {} has", by.display()),
            None => "another article has".to_owned(),
        };
        format!("line {number}: {by} the id {:?} too; this article is called {:?}", wish.as_str(), id.as_str())
    }
}

/// The standard scheme with the labels that `articles` use and it lacks, and those labels in the order of their names.
pub fn scheme_for(articles: &[Article]) -> (Scheme, Vec<Label>) {
    with_new(&Scheme::standard(), articles.iter().flat_map(|article| &article.mentions).map(|mention| &mention.label))
}
