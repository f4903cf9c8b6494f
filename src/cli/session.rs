//! Opening a session for a subcommand: to work on, or to look at.

use super::tell::tell;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use crate::store::journal::OnFault;
use crate::store::{
    Folders, HowRejoined, Intent, Notice, OpenError, Opened, Owner, Part, RealFiles, SaveError, Saved, Settings, Surroundings,
};
use crate::workbench::{Clock as _, SystemClock};

/// Opens a session for changes, with its lock and its journal. What there is to know of it is told on stderr.
///
/// # Errors
/// Where it cannot be opened, or not for changes: then whoever has it is named.
pub fn open_to_work(path: &Path, by: &str, waker: Arc<dyn Fn() + Send + Sync>) -> anyhow::Result<Opened> {
    let opened = Opened::open(path, Intent::Work, around(by, waker))?;
    if let Some(why) = opened.home.read_only() {
        bail!("{}: {why}; nothing was done", path.display());
    }
    opened.notices.iter().for_each(|notice| tell!("manicule: {}: {notice}", path.display()));
    Ok(opened)
}

/// The same for decisions that name their articles: of a large session only the part that they need is read.
///
/// # Errors
/// As [`open_to_work`].
pub fn open_for_decisions(path: &Path, by: &str, waker: Arc<dyn Fn() + Send + Sync>) -> anyhow::Result<(Opened, Option<Part>)> {
    let Some((opened, part)) = Opened::open_part(path, around(by, waker.clone()))? else {
        return Ok((open_to_work(path, by, waker)?, None));
    };
    opened.notices.iter().for_each(|notice| tell!("manicule: {}: {notice}", path.display()));
    Ok((opened, Some(part)))
}

/// Opens a session to read, with everything that its journal adds, and writes nothing. What is wrong is told on stderr.
///
/// # Errors
/// [`OpenError`], which names the file and what to do.
pub fn open_to_read(path: &Path) -> Result<Opened, OpenError> {
    let opened = Opened::open(path, Intent::Read, around("", Arc::new(|| {})))?;
    // That some changes are not in the file yet is no news to a reader.
    let told = opened.notices.iter().filter(|notice| !matches!(notice, Notice::Recovered { .. }));
    told.for_each(|notice| tell!("manicule: {}: {notice}", path.display()));
    Ok(opened)
}

/// Brings the work to what lies there now, where other programs have been at the session's files, and tells what was done.
///
/// # Errors
/// Where it can be kept nowhere.
pub fn rejoin(opened: &mut Opened) -> anyhow::Result<HowRejoined> {
    let at = SystemClock.now();
    let Some(job) = opened.home.rejoin_job(opened.saved.clone(), &opened.history, at) else {
        bail!("the session has no file");
    };
    let rejoined = job.run().map_err(|error| {
        let why = opened.home.rejoin_failed(*error);
        opened.home.give_up_journal(&why);
        why
    })?;
    let Some((now, how)) = rejoined.settle(&mut opened.home, opened.history.revision()) else {
        bail!("the work went on meanwhile; this is a fault of the program");
    };
    *opened = now;
    tell!("manicule: {how}");
    opened.notices.iter().for_each(|notice| tell!("manicule: {notice}"));
    Ok(how)
}

/// How often files that others change all the time are followed.
const PATIENCE: usize = 20;

/// Writes the session file, if it does not hold everything yet and is worth it, once the journal does; and lets the session
/// go. `part` is what of it was read. Answers whether other programs changed the session file meanwhile, which was told.
///
/// # Errors
/// Where the journal or the file cannot be written. What the journal took stays in it.
pub fn save_and_close(mut opened: Opened, mut part: Option<Part>) -> anyhow::Result<bool> {
    let mut was_changed = false;
    for _ in 0..PATIENCE {
        if let Some(journal) = opened.home.journal().filter(|journal| !journal.is_disturbed()) {
            // Where that fails because files were disturbed, the work is brought to them below.
            let waited = journal.wait(journal.next_number().saturating_sub(1));
            if !journal.is_disturbed() {
                waited?;
            }
        }
        if opened.home.disturbance().is_some() {
            if let Some(part) = part.take() {
                part.complete(&mut opened)?;
            }
            was_changed |= rejoin(&mut opened)? != HowRejoined::JournalAnew;
            continue;
        }
        let is_saved = opened.history.revision() == opened.home.saved_revision() || opened.home.read_only().is_some();
        if is_saved || !opened.home.is_worth_saving() {
            break;
        }
        if let Some(part) = part.take() {
            part.complete(&mut opened)?;
        }
        let job = opened.home.save_job(opened.saved.clone(), opened.history.revision(), false)?;
        match job.run() {
            Ok(receipt) => {
                opened.home.saved(&receipt, &opened.history, SystemClock.now());
                break;
            }
            Err(SaveError::ChangedOutside(_)) => was_changed |= rejoin(&mut opened)? != HowRejoined::JournalAnew,
            Err(error) => return Err(error.into()),
        }
    }
    opened.home.close()?;
    Ok(was_changed)
}

/// Who decides: the name that was given, else that in the settings of whoever runs this, else the one that an older
/// session file has.
pub fn who_decides(given: Option<String>, saved: &Saved) -> Arc<str> {
    let of_settings = || {
        let file = Folders::of_platform()?.settings_file();
        Some(Settings::load(&RealFiles, &file).0.analyst).filter(|name| !name.is_empty())
    };
    given.or_else(of_settings).unwrap_or_else(|| saved.analyst.clone()).into()
}

fn around(by: &str, waker: Arc<dyn Fn() + Send + Sync>) -> Surroundings {
    Surroundings {
        files: Arc::new(RealFiles),
        owner: Owner::this_process(by, SystemClock.now()),
        waker,
        unsaved_folder: None,
        on_fault: OnFault::Stop,
    }
}
