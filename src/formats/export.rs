//! A session leaves as a file: whole or not at all.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::anonymous::anonymous;
use super::{Format, Options, Report, Unequal};
use crate::annotation::Session;

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

/// Writes the session to `path` in `format`. `progress` is told how many articles of how many are done.
///
/// # Errors
/// [`ExportFault`]; the file at `path` is as it was then.
pub fn export(
    session: &Session,
    format: Format,
    options: &Options<'_>,
    path: &Path,
    progress: &dyn Fn(usize, usize),
    cancel: &AtomicBool,
) -> Result<Report, ExportFault> {
    let fault = |source| ExportFault::Write { path: path.to_owned(), source };
    let mut file = WholeFile::create(path).map_err(fault)?;
    let report = write(session, format, options, &mut file, progress, cancel).map_err(|stop| match stop {
        Stop::Write(source) => fault(source),
        Stop::Unequal(unequal) => unequal.into(),
        Stop::Cancelled => ExportFault::Cancelled,
    })?;
    file.finish().map_err(fault)?;
    Ok(report)
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

/// Writes the session to a stream.
///
/// # Errors
/// [`Stop`]; part of the output may have been written then.
pub fn write(
    session: &Session,
    format: Format,
    options: &Options<'_>,
    out: &mut dyn io::Write,
    progress: &dyn Fn(usize, usize),
    cancel: &AtomicBool,
) -> Result<Report, Stop> {
    let options = Options { entities: options.entities.or(Some(session.entities())), ..*options };
    let mut report = Report::default();
    out.write_all(&format.head())?;
    let total = session.articles().len();
    for batch in session.articles().chunks(BATCH) {
        if cancel.load(Ordering::Relaxed) {
            return Err(Stop::Cancelled);
        }
        let rendered: Vec<_> = batch
            .par_iter()
            .map(|article| {
                let mut bytes = Vec::with_capacity(article.text.len() * 2);
                let bare = options.is_anonymous.then(|| anonymous(article));
                format.render(bare.as_ref().unwrap_or(article), &options, &mut bytes).map(|report| (bytes, report))
            })
            .collect();
        for result in rendered {
            let (bytes, part) = result?;
            out.write_all(&bytes)?;
            report.add(part);
        }
        progress(report.articles, total);
    }
    Ok(report)
}

/// A file that appears under its name only when it is finished. What is no plain file (a pipe, a terminal) is written
/// to as it comes.
pub struct WholeFile {
    path: PathBuf,
    out: io::BufWriter<Place>,
}

enum Place {
    Beside(tempfile::NamedTempFile),
    Straight(File),
}

impl WholeFile {
    /// # Errors
    /// Those of the file system.
    pub fn create(path: &Path) -> io::Result<Self> {
        // Through a link, so that its target is written and the link stays.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let place = match std::fs::metadata(&path) {
            Ok(there) if there.is_dir() => {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder; name a file in it"));
            }
            Ok(there) if !there.is_file() => Place::Straight(File::options().write(true).open(&path)?),
            _ => Place::Beside(temporary_beside(&path)?),
        };
        Ok(Self { path, out: io::BufWriter::with_capacity(1 << 16, place) })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Those of the file system; what stood under the name stands there still.
    pub fn finish(self) -> io::Result<()> {
        match self.out.into_inner().map_err(io::IntoInnerError::into_error)? {
            Place::Beside(file) => {
                file.as_file().sync_all()?;
                file.persist(&self.path).map_err(|error| error.error)?;
                Ok(())
            }
            Place::Straight(_) => Ok(()),
        }
    }
}

fn temporary_beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".manicule-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A file for others to read, as the umask allows, not a secret one.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

impl io::Write for Place {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match self {
            Place::Beside(file) => file.write(buf),
            Place::Straight(file) => file.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Place::Beside(file) => file.flush(),
            Place::Straight(file) => file.flush(),
        }
    }
}

impl io::Write for WholeFile {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.out.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
