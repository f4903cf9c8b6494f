//! A journal in the place of a script: what the session does not hold of it is laid over it.

use super::super::tell::tell;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::super::outcome::Outcome;
use super::super::session::{open_to_work, save_and_close, who_decides};
use crate::decide::Stamp;
use crate::decide::lay;
use crate::store::SourcePaths;
use crate::store::journal::{decode, missing_from};
use crate::workbench::{Clock as _, SystemClock};

/// Whether a file begins with a record of a journal.
pub fn is_journal(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut start));
    let line = memchr::memchr(b'\n', &start).map(|end| &start[..end]);
    read.is_ok() && line.is_some_and(|line| decode(line).is_some())
}

pub fn run(session: &Path, journal: &Path, by: Option<String>) -> anyhow::Result<Outcome> {
    let bytes = std::fs::read(journal).with_context(|| format!("{} cannot be read", journal.display()))?;
    let mut opened = open_to_work(session, by.as_deref().unwrap_or_default(), Arc::new(|| {}))?;
    let missing = missing_from(&bytes, &opened.saved.session, &SourcePaths::beside(session));
    let Some(missing) = missing else {
        bail!("{} is of a form that this version does not read; nothing was done", journal.display());
    };
    let name = journal.file_name().unwrap_or_default().to_string_lossy();
    let stamp = Stamp { by: who_decides(by, &opened.saved), at: SystemClock.now() };
    let laid = lay::edit(&opened.saved.session, &missing, &name, &stamp);
    let conflicts = laid.as_ref().map_or(0, |(_, conflicts)| *conflicts);
    if let Some((edit, _)) = laid {
        opened.history.perform(&mut opened.saved.session, edit.clone())?;
        opened.home.edited(&edit);
    }
    let was_changed = save_and_close(opened, None)?;
    tell!(
        "manicule: {}: changes taken from {}: {}; conflicts that wait to be settled: {conflicts}",
        session.display(),
        journal.display(),
        missing.len()
    );
    Ok(Outcome::of(conflicts > 0 || was_changed))
}
