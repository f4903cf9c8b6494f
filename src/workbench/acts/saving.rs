//! Saving; and bringing the work to files that other programs have changed, without a question, for nothing is lost by it.
//! Each may lead to the other: a save finds the file changed, and work brought to a changed file is saved again.

use std::path::{Path, PathBuf};

use super::{entering, listing, opening, preferring};
use crate::store::{HowRejoined, Receipt, RejoinError, Rejoined, SaveError, SaveJob};
use crate::workbench::models::{Asked, Replacing};
use crate::workbench::parts::{Dialog, Effect, Pending, sentence};
use crate::workbench::state::State;

pub fn save(state: &mut State) {
    state.stage.dialog.take_if(|dialog| *dialog == Dialog::Unsaved);
    match state.work.save_job() {
        Ok(job) => start_save(state, job),
        Err(SaveError::NoName) if state.filing.save_path.is_some() => {
            state.filing.save_path.clone().into_iter().for_each(|path| save_to(state, path, false));
        }
        Err(SaveError::NoName | SaveError::ReadOnly(_)) => state.stage.dialog = Some(Dialog::SavePath),
        Err(error) => {
            state.filing.pending = None;
            state.problem(error.to_string());
        }
    }
}

/// Saves under another name; where that is refused at once, its dialog stays, with what was typed. What waits for this
/// save goes on after the path is mended, or is called off with the dialog.
pub fn save_to(state: &mut State, path: PathBuf, sure: bool) {
    let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
    if !sure && is_of_another(state, &path) {
        return state.ask(Asked { there: vec![path.clone()], replacing: Replacing::Session(path) });
    }
    match state.work.save_as(&path, state.ports.clock.now()) {
        Ok(job) => {
            state.stage.dialog = None;
            start_save(state, job);
        }
        Err(error) => {
            state.stage.dialog = Some(Dialog::SavePath);
            tell_save_failed(state, error.to_string());
        }
    }
}

/// Whether a file is there that holds something, and is not that of the work.
fn is_of_another(state: &State, path: &Path) -> bool {
    let files = &state.ports.around.files;
    let is_own = || files.resolve(path).is_ok_and(|path| state.work.path() == Some(&*path));
    files.holds_something(path) && !is_own()
}

/// Says why a save failed, in the place of what was said of the one before, until one succeeds.
fn tell_save_failed(state: &mut State, told: String) {
    state.filing.troubles.save.take().into_iter().for_each(|text| state.notices.withdraw(&text));
    state.problem(&*told);
    state.filing.troubles.save = Some(told);
}

fn start_save(state: &mut State, job: SaveJob) {
    state.start("Saving", move |reporter| {
        let saved = job.run();
        reporter.send(move |state| take_saved(state, saved));
    });
}

fn take_saved(state: &mut State, saved: Result<Receipt, SaveError>) {
    match saved {
        Ok(receipt) => {
            state.work.saved(&receipt, state.ports.clock.now());
            state.filing.save_path = None;
            // Under a name it is a session as any other, to which articles may be added.
            state.filing.is_sample &= matches!(state.filing.pending, Some(Pending::Add(_) | Pending::Paste(_)));
            listing::follow_lists(state);
            let over = [state.filing.troubles.save.take(), state.filing.troubles.read_only.take()];
            over.into_iter().flatten().for_each(|text| state.notices.withdraw(&text));
            preferring::remember_recent(state, receipt.path.clone());
            entering::leave_place(state, true);
            let kept = receipt.kept.map(|kept| format!("; the file as it was is kept as {}", kept.display()));
            state.say(format!("Saved as {}{}", receipt.path.display(), kept.unwrap_or_default()));
            go_on_after_save(state);
        }
        Err(error) => {
            state.work.home.save_failed();
            if matches!(error, SaveError::ChangedOutside(_)) {
                return rejoin_and_save(state);
            }
            state.filing.pending = None;
            let is_journalled = matches!(error, SaveError::Disk { .. }) && state.work.home.durability().fault.is_none();
            let journalled = if is_journalled { " and in its journal" } else { "" };
            tell_save_failed(state, format!("{error}{journalled}"));
        }
    }
}

pub fn quit(state: &mut State) {
    if !opening::asks_first(state, Pending::Quit) {
        state.effects.push(Effect::Quit);
    }
}

/// Goes on with what was asked for. Unsaved changes of a file stay in its journal; work without a file is discarded.
pub fn go_on_unsaved(state: &mut State) {
    state.stage.dialog = None;
    state.filing.gives_up = true;
    state.filing.discards = true;
    go_on_after_save(state);
}

fn go_on_after_save(state: &mut State) {
    match state.filing.pending.take() {
        Some(Pending::Quit) => state.effects.push(Effect::Quit),
        Some(Pending::New) => opening::new_session(state),
        Some(Pending::Sample) => opening::open_sample(state),
        Some(Pending::Open(path)) => opening::open_session(state, path),
        Some(Pending::Add(paths)) => opening::add_articles(state, paths),
        Some(Pending::Paste(text)) => opening::paste(state, text),
        None => {}
    }
    state.filing.gives_up = false;
}

/// Begins to bring the work to the files, where the journal says that others have been at them. Answers whether it did.
pub fn watch_files(state: &mut State) -> bool {
    let was_tried = state.filing.rejoining.told.as_ref().is_some_and(|(revision, _)| *revision == state.history().revision());
    let begins = state.work.home.disturbance().is_some() && !state.filing.rejoining.is_running && !was_tried;
    if begins {
        rejoin(state);
    }
    begins
}

/// Saves once the work has been brought to the file that another program put there.
fn rejoin_and_save(state: &mut State) {
    state.filing.rejoining.then_saves = true;
    rejoin(state);
}

pub fn rejoin(state: &mut State) {
    if state.filing.rejoining.is_running {
        return;
    }
    let Some(job) = state.work.rejoin_job(state.ports.clock.now()) else { return };
    state.filing.rejoining.is_running = true;
    state.start("Bringing the work to the changed file", move |reporter| {
        let rejoined = job.run();
        reporter.send(move |state| take_rejoined(state, rejoined));
    });
}

fn take_rejoined(state: &mut State, rejoined: Result<Rejoined, Box<RejoinError>>) {
    state.filing.rejoining.is_running = false;
    let told = state.filing.rejoining.told.take();
    told.iter().for_each(|(_, text)| state.notices.withdraw(text));
    let revision = state.history().revision();
    let rejoined = match rejoined {
        Ok(rejoined) => rejoined,
        Err(error) => {
            let why = state.work.home.rejoin_failed(*error);
            let text = format!("Another program changed the session’s files, and the work could not be kept elsewhere: {why}");
            state.problem(&*text);
            state.filing.rejoining.told = Some((revision, text));
            return;
        }
    };
    let Some((mut opened, how)) = rejoined.settle(&mut state.work.home, revision) else {
        // Something was decided meanwhile.
        return rejoin(state);
    };
    let text = sentence(&how.to_string());
    if how == HowRejoined::JournalAnew {
        let old = std::mem::replace(&mut state.work.home, opened.home);
        state.ports.spawn.spawn(Box::new(move || drop(old.close())));
        opened.notices.iter().for_each(|notice| state.problem(sentence(&notice.to_string())));
        state.say(text);
    } else {
        opened.saved.place = entering::whereabouts(state);
        let (view, wanted) = (state.stage.view, state.wanted.clone());
        entering::move_in(state, opened);
        state.stage.view = view;
        state.wanted = wanted;
        state.problem(text);
    }
    if std::mem::take(&mut state.filing.rejoining.then_saves) {
        save(state);
    }
}

/// At the end of the work nothing else will bring it to files that were changed. Waits for the disk.
fn follow_files_to_the_end(state: &mut State) {
    if let Some(journal) = state.work.home.journal() {
        // What kept it from the disk is seen to below, or told when it is closed.
        journal.wait(journal.next_number().saturating_sub(1)).ok();
    }
    if state.work.home.disturbance().is_none() {
        return;
    }
    let Some(job) = state.work.rejoin_job(state.ports.clock.now()) else { return };
    match job.run() {
        Ok(rejoined) => {
            let revision = state.history().revision();
            if let Some((opened, how)) = rejoined.settle(&mut state.work.home, revision) {
                log::warn!("{how}");
                state.work.home = opened.home;
            }
        }
        Err(error) => log::error!("{}", state.work.home.rejoin_failed(*error)),
    }
}

/// Ends the work; waits for the disk.
pub fn close(mut state: State) {
    entering::leave_place(&state, false);
    follow_files_to_the_end(&mut state);
    if state.filing.discards {
        return state.work.home.discard();
    }
    if let Err(fault) = state.work.home.close() {
        log::error!("{fault}");
    }
}
