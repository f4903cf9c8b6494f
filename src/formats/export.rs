//! Articles leave as one file, or as a folder of files; whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::format::{Beside, Container, Format, Sheet, Tally};
use super::options::Options;
use super::render::{Rendered, Report, Unequal};
use super::whole::{WholeFile, WholeFolder};
use crate::annotation::{Article, ArticleId};
use crate::decide::certificate::Told;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    #[error("{} cannot be written: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Unequal(#[from] Unequal),
    #[error("cancelled; nothing was written")]
    Cancelled,
}

/// How many articles are rendered at a time.
const BATCH: usize = 256;

/// Writes articles to `path` in `format`. `progress` is told how many articles of how many are done.
///
/// # Errors
/// [`ExportFault`]; what stood at `path` stands there still.
pub fn export(
    articles: &[Arc<Article>],
    format: &Format,
    options: &Options<'_>,
    path: &Path,
    progress: &dyn Fn(usize, usize),
    cancel: &AtomicBool,
) -> Result<Report, ExportFault> {
    let fault = |source| ExportFault::Write { path: path.to_owned(), source };
    let mut output = Output::create(format, path).map_err(fault)?;
    let report = write(articles, format, options, &mut output, progress, cancel).map_err(|stop| match stop {
        Stop::Write(source) => fault(source),
        Stop::Unequal(unequal) => unequal.into(),
        Stop::Cancelled => ExportFault::Cancelled,
    })?;
    output.finish().map_err(fault)?;
    Ok(report)
}

/// The files that an export to `path` would replace: that, and those beside it. Empty ones hold nothing, and what is no file
/// (a pipe, a terminal) is not replaced; a folder is refused by itself.
pub fn replaced(format: &Format, path: &Path) -> Vec<PathBuf> {
    let endings = format.writer.as_ref().and_then(|writer| writer.beside).map(|beside| beside(&Tally::default())).unwrap_or_default();
    let is_folder = container(format).is_ok_and(|container| matches!(container, Container::Folder { .. }));
    let beside = endings.iter().filter(|_| !is_folder).map(|file| path.with_extension(file.ending));
    let holds_something = |path: &PathBuf| path.metadata().is_ok_and(|file| file.is_file() && file.len() > 0);
    std::iter::once(path.to_owned()).chain(beside).filter(holds_something).collect()
}

/// Why [`write`] stopped.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    #[error(transparent)]
    Write(#[from] io::Error),
    #[error(transparent)]
    Unequal(#[from] Unequal),
    #[error("cancelled")]
    Cancelled,
}

/// Writes articles to an output, which the caller finishes.
///
/// # Errors
/// [`Stop`]; part of the output may have been written then.
pub fn write(
    articles: &[Arc<Article>],
    format: &Format,
    options: &Options<'_>,
    output: &mut Output<'_>,
    progress: &dyn Fn(usize, usize),
    cancel: &AtomicBool,
) -> Result<Report, Stop> {
    let taken: Vec<&Article> = articles.iter().map(Arc::as_ref).filter(|article| options.takes_article(article)).collect();
    let mut report = Report { left_out_articles: articles.len() - taken.len(), ..Report::default() };
    for batch in taken.chunks(BATCH) {
        if cancel.load(Ordering::Relaxed) {
            return Err(Stop::Cancelled);
        }
        let rendered: Vec<_> = batch.par_iter().map(|article| format.render(article, options)).collect();
        for (result, article) in rendered.into_iter().zip(batch) {
            report.add(output.put(&article.id, result?)?);
        }
        progress(report.articles, taken.len());
    }
    output.tally.certificate = options.certificate.map(Told::of);
    Ok(report)
}

/// What articles are written to, one after the other.
pub struct Output<'a> {
    container: &'a Container,
    beside: Option<fn(&Tally) -> Vec<Beside>>,
    place: Place<'a>,
    tally: Tally,
    count: usize,
    /// Sheets that wait for the last one, where the format is put together as a whole.
    waiting: Vec<Sheet>,
}

enum Place<'a> {
    Stream(&'a mut dyn Write),
    File(WholeFile),
    Folder(WholeFolder),
}

impl<'a> Output<'a> {
    /// # Errors
    /// Those of the file system.
    pub fn create(format: &'a Format, path: &Path) -> io::Result<Self> {
        let place = match container(format)? {
            Container::Folder { .. } => Place::Folder(WholeFolder::create(path)?),
            Container::File { .. } | Container::Whole { .. } => Place::File(WholeFile::create(path)?),
        };
        Self::new(format, place)
    }

    /// # Errors
    /// Those of the stream; and for a format that makes a folder.
    pub fn to_stream(format: &'a Format, out: &'a mut dyn Write) -> io::Result<Self> {
        if matches!(container(format)?, Container::Folder { .. }) {
            let why = "the format makes a folder, which fits in no stream; name one with -o";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        Self::new(format, Place::Stream(out))
    }

    fn new(format: &'a Format, mut place: Place<'a>) -> io::Result<Self> {
        let container = container(format)?;
        if let (Container::File { head, .. }, Some(out)) = (container, place.file()) {
            out.write_all(&head())?;
        }
        let beside = format.writer.as_ref().and_then(|writer| writer.beside);
        Ok(Self { container, beside, place, tally: Tally::default(), count: 0, waiting: Vec::new() })
    }

    /// Writes what was made of one article and hands back how that went.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn put(&mut self, id: &ArticleId, rendered: Rendered) -> io::Result<Report> {
        let Rendered { sheet, tally, report } = rendered;
        self.tally.add(tally);
        match (self.container, &mut self.place) {
            (Container::Whole { .. }, _) => self.waiting.push(sheet),
            (Container::Folder { endings }, Place::Folder(folder)) => {
                let stem = folder.stem(id);
                for (ending, page) in endings.iter().zip(&sheet.pages) {
                    folder.write(&format!("{stem}.{ending}"), page)?;
                }
            }
            (Container::File { between, .. }, place) => {
                if let Some(out) = place.file() {
                    if self.count > 0 {
                        out.write_all(between.as_bytes())?;
                    }
                    out.write_all(sheet.bytes())?;
                }
            }
            (Container::Folder { .. }, _) => {}
        }
        self.count += 1;
        Ok(report)
    }

    /// Sends on what is written so far.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn flush(&mut self) -> io::Result<()> {
        self.place.file().map_or(Ok(()), |out| out.flush())
    }

    /// Writes what comes last, and gives file or folder its name.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(mut self) -> io::Result<()> {
        let end = match self.container {
            Container::File { tail, .. } => tail.as_bytes().to_vec(),
            Container::Whole { join } => join(self.waiting, &self.tally).map_err(io::Error::other)?,
            Container::Folder { .. } => Vec::new(),
        };
        if let Some(out) = self.place.file() {
            out.write_all(&end)?;
            out.flush()?;
        }
        let beside = self.beside.map(|beside| beside(&self.tally)).unwrap_or_default();
        match self.place {
            // Nothing lies beside a stream.
            Place::Stream(_) => Ok(()),
            Place::File(file) => {
                for file_beside in beside {
                    let mut other = WholeFile::create(&file.path().with_extension(file_beside.ending))?;
                    other.write_all(&file_beside.bytes)?;
                    other.finish()?;
                }
                file.finish()
            }
            Place::Folder(folder) => {
                beside.iter().try_for_each(|file| folder.write(file.ending, &file.bytes))?;
                folder.finish()
            }
        }
    }
}

impl Place<'_> {
    fn file(&mut self) -> Option<&mut dyn Write> {
        match self {
            Place::Stream(out) => Some(*out),
            Place::File(file) => Some(file),
            Place::Folder(_) => None,
        }
    }
}

fn container(format: &Format) -> io::Result<&Container> {
    let missing = || io::Error::new(io::ErrorKind::Unsupported, format!("{format} is only read"));
    format.writer.as_ref().map(|writer| &writer.container).ok_or_else(missing)
}
