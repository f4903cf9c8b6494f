//! Opening a session for a subcommand: to work on, or to look at.

use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use crate::store::journal::OnFault;
use crate::store::{Intent, Notice, OpenError, Opened, Owner, RealFiles, Surroundings};
use crate::workbench::{Clock as _, SystemClock};

/// Opens a session for changes, with its lock and its journal. What there is to know of it is told on stderr.
///
/// # Errors
/// Where it cannot be opened, or not for changes: then whoever has it is named.
pub fn open_to_work(path: &Path, by: &str) -> anyhow::Result<Opened> {
    let opened = Opened::open(path, Intent::Work, around(by))?;
    if let Some(why) = opened.home.read_only() {
        bail!("{}: {why}; nothing was done", path.display());
    }
    opened.notices.iter().for_each(|notice| eprintln!("manicule: {}: {notice}", path.display()));
    Ok(opened)
}

/// Opens a session to read, with everything that its journal adds, and writes nothing. What is wrong is told on stderr.
///
/// # Errors
/// [`OpenError`], which names the file and what to do.
pub fn open_to_read(path: &Path) -> Result<Opened, OpenError> {
    let opened = Opened::open(path, Intent::Read, around(""))?;
    // That some changes are not in the file yet is no news to a reader.
    let told = opened.notices.iter().filter(|notice| !matches!(notice, Notice::Recovered { .. }));
    told.for_each(|notice| eprintln!("manicule: {}: {notice}", path.display()));
    Ok(opened)
}

/// Writes the session file, if it does not hold everything yet, once the journal does; and lets the session go.
///
/// # Errors
/// Where the journal or the file cannot be written. What the journal took stays in it.
pub fn save_and_close(mut opened: Opened) -> anyhow::Result<()> {
    if let Some(journal) = opened.home.journal() {
        journal.wait(journal.next_number().saturating_sub(1))?;
    }
    if opened.history.revision() != opened.home.saved_revision() && opened.home.read_only().is_none() {
        let job = opened.home.save_job(opened.saved, opened.history.revision(), false)?;
        let receipt = job.run()?;
        opened.home.saved(&receipt, &opened.history, SystemClock.now());
    }
    Ok(opened.home.close()?)
}

fn around(by: &str) -> Surroundings {
    Surroundings {
        files: Arc::new(RealFiles),
        owner: Owner::this_process(by, SystemClock.now()),
        waker: Arc::new(|| {}),
        unsaved_folder: None,
        on_fault: OnFault::Stop,
    }
}
