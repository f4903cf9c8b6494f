//! Writing rules and lists of the analyst's own into their files. The file is written in the background and read again,
//! so that what is shown is what the file says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::listing;
use crate::decide::settled::settled_names;
use crate::store::{OWN_FILE, OwnPacks, write_pack};
use crate::tagger::rules::{Pack, PackError};
use crate::workbench::models::{Asked, Keeping, Replacing, RowKey, Writing, Written};
use crate::workbench::parts::{Pane, count, sentence};
use crate::workbench::state::State;

/// Opens the form for a rule or list.
pub fn start(state: &mut State, writing: Writing) {
    state.rulebook.writing = Some(writing);
    state.rulebook.came_from = None;
    state.stage.pane = Pane::Inspector;
}

fn stop(state: &mut State) {
    state.rulebook.writing = None;
    state.stage.pane = Pane::Page;
}

/// Writes nothing after all, and goes back to where the form was asked for.
pub fn give_up(state: &mut State) {
    stop(state);
    if let Some(from) = state.rulebook.came_from.take() {
        state.stage = from;
    }
}

/// Puts a rule or list into its file, where it is sound.
pub fn keep_part(state: &mut State, keeping: &Keeping) {
    match kept(state, keeping) {
        Ok((path, pack)) => {
            write_part(state, path, pack, Some(keeping.written.id().into()));
            stop(state);
        }
        Err(why) => state.problem(why),
    }
}

/// What is wrong with a rule or list as it is written; the first fault, in words, without the file.
pub fn fault_of(state: &State, keeping: &Keeping) -> Option<String> {
    let (id, pack) = match &keeping.written {
        Written::Rule(rule) => (&rule.id, Pack { parts: parts_of(state, keeping), rules: vec![rule.clone()], ..Pack::default() }),
        Written::List(list) => (&list.id, Pack { lists: vec![list.clone()], ..Pack::default() }),
    };
    if id.trim().is_empty() || id.chars().any(|c| c.is_whitespace() || c.is_control() || c == '/') {
        return Some("a name is one word, such as harbour-boards: mentions name it as where they came from".to_owned());
    }
    let is_taken = keeping.was.as_deref() != Some(id) && state.rulebook.has(&RowKey::Part(id.as_str().into()));
    if is_taken {
        return Some(format!("{id} is the name of another rule or list already"));
    }
    match &keeping.written {
        Written::Rule(rule) if rule.pattern.is_empty() => return Some("a rule needs a pattern".to_owned()),
        Written::List(list) if list.names.is_empty() => return Some("a list needs a name".to_owned()),
        _ => {}
    }
    let faults = pack.faults("", &pack.text(), &Default::default());
    faults.into_iter().next().map(|fault| match fault {
        PackError::Pattern { why, .. } => format!("the pattern is no regular expression: {why}"),
        PackError::Example { expected, found, .. } => format!("the example {expected} gives {found}"),
        PackError::Name { name, .. } => format!("{name:?} can never be found; a name has a letter and at most 16 words"),
        other => other.to_string(),
    })
}

/// The named pieces of patterns in the file of a rule.
pub fn parts_of(state: &State, keeping: &Keeping) -> Vec<(String, String)> {
    let own = keeping.was.as_deref().zip(state.lists.packs()).and_then(|(id, packs)| packs.of(id));
    own.map(|own| own.pack.parts.clone()).unwrap_or_default()
}

/// The file, and what will stand in it.
fn kept(state: &State, keeping: &Keeping) -> Result<(PathBuf, Pack), String> {
    if let Some(fault) = fault_of(state, keeping) {
        return Err(sentence(&format!("not saved: {fault}")));
    }
    let packs = state.lists.packs().ok_or("The lists are still being read; try again in a moment")?;
    let (path, mut pack) = match keeping.was.as_deref().map(|was| packs.of(was)) {
        Some(own) => own.map(|own| (own.path.clone(), own.pack.clone())).ok_or("That rule or list is in no file any more")?,
        None => new_place(packs, keeping.folder.clone().ok_or("Save the session first: its folder is where its lists are kept")?)?,
    };
    put(&mut pack, keeping.was.as_deref(), &keeping.written);
    Ok((path, pack))
}

/// Takes a rule or list out of its file.
pub fn remove_part(state: &mut State, id: &str) {
    let Some(own) = state.lists.packs().and_then(|packs| packs.of(id)) else { return };
    let mut pack = own.pack.clone();
    pack.rules.retain(|rule| rule.id != id);
    pack.lists.retain(|list| list.id != id);
    write_part(state, own.path.clone(), pack, None);
}

/// Where the settled names are best written: with the settings, so that every session has them.
pub fn names_path(state: &State) -> PathBuf {
    let folder = listing::pack_folders(state).pop().unwrap_or_default();
    folder.join(format!("settled-{}.ron", session_stem(state)))
}

/// The session’s file as one word.
fn session_stem(state: &State) -> String {
    let stem = state.work.path().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_else(|| "session".to_owned());
    stem.chars().map(|c| if c.is_whitespace() || c.is_control() || c == '/' { '-' } else { c }).collect()
}

/// Writes settled names and standing rules as lists.
pub fn export_names(state: &mut State, path: PathBuf, sure: bool) {
    state.close_dialog();
    let (session, stem, files) = (state.session().clone(), session_stem(state), state.ports.around.files.clone());
    state.start("Writing the names", move |reporter| {
        if !sure && files.holds_something(&path) {
            let asked = Asked { there: vec![path.clone()], replacing: Replacing::Names(path) };
            return reporter.send(move |state| state.ask(asked));
        }
        let pack = settled_names(&session, &stem);
        let n: usize = pack.lists.iter().map(|list| list.names.len()).sum();
        if n == 0 {
            return reporter.send(|state| state.say("No name is settled yet; nothing was written"));
        }
        let written = write_pack(&*files, &path, &pack);
        reporter.send(move |state| match written {
            Ok(()) => take_names_written(state, n, &path),
            Err(error) => state.problem(error.to_string()),
        });
    });
}

fn take_names_written(state: &mut State, n: usize, path: &Path) {
    state.say(format!("Wrote {} to {}", count(n, "name"), path.display()));
    listing::read_lists(state);
}

fn write_part(state: &mut State, path: PathBuf, pack: Pack, id: Option<Arc<str>>) {
    let files = state.ports.around.files.clone();
    state.start("Writing the list", move |reporter| {
        let written = write_pack(&*files, &path, &pack);
        reporter.send(move |state| match written {
            Ok(()) => take_part_written(state, id, &path),
            Err(error) => state.problem(error.to_string()),
        });
    });
}

fn take_part_written(state: &mut State, id: Option<Arc<str>>, path: &Path) {
    state.say(format!("Wrote {}. Tag again to see what that changes", path.display()));
    listing::read_lists(state);
    if let Some(id) = id {
        state.rulebook.want(Some(RowKey::Part(id)));
    }
}

/// The file for new rules and lists of a folder, as it is so far.
fn new_place(packs: &OwnPacks, folder: PathBuf) -> Result<(PathBuf, Pack), String> {
    let path = folder.join(OWN_FILE);
    let file = path.display().to_string();
    let is_broken = packs.unread.iter().any(|fault| fault.to_string().starts_with(&file));
    if is_broken {
        return Err(format!("{file} is broken and would be overwritten; correct or rename it first"));
    }
    let there = packs.packs.iter().find(|own| own.path == path).map(|own| own.pack.clone());
    let new = || Pack { pack: "own".to_owned(), about: "Written in the Rules view.".to_owned(), ..Pack::default() };
    Ok((path, there.unwrap_or_else(new)))
}

/// Puts a rule or list in the place of the one that was, or at the end.
fn put(pack: &mut Pack, was: Option<&str>, written: &Written) {
    match written {
        Written::Rule(rule) => match pack.rules.iter_mut().find(|other| Some(other.id.as_str()) == was) {
            Some(before) => *before = rule.clone(),
            None => pack.rules.push(rule.clone()),
        },
        Written::List(list) => match pack.lists.iter_mut().find(|other| Some(other.id.as_str()) == was) {
            Some(before) => *before = list.clone(),
            None => pack.lists.push(list.clone()),
        },
    }
}
