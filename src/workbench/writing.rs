//! Writing rules and lists of the analyst's own into their files. The file is written in the background and read again,
//! so that what is shown is what the file says.

use std::path::PathBuf;
use std::sync::Arc;

use super::rulebook::{RowKey, Written};
use super::state::{Message, State};
use crate::decide::settled::settled_names;
use crate::store::{OWN_FILE, OwnPacks, write_pack};
use crate::tagger::rules::{Pack, PackError};

/// A rule or list to be kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Keeping {
    /// Its name in the file so far; `None` where it is new.
    pub was: Option<Arc<str>>,
    pub written: Written,
    /// The folder that a new one goes to; one of [`State::pack_folders`].
    pub folder: Option<PathBuf>,
}

impl State {
    /// Puts a rule or list into its file, where it is sound.
    pub(super) fn keep_part(&mut self, keeping: &Keeping) {
        match self.kept(keeping) {
            Ok((path, pack)) => {
                self.write_part(path, pack, Some(keeping.written.id().into()));
                self.stop_writing();
            }
            Err(why) => self.problem(why),
        }
    }

    /// What is wrong with a rule or list as it is written; the first fault, in words, without the file.
    pub fn fault_of(&self, keeping: &Keeping) -> Option<String> {
        let (id, pack) = match &keeping.written {
            Written::Rule(rule) => (&rule.id, Pack { parts: self.parts_of(keeping), rules: vec![rule.clone()], ..Pack::default() }),
            Written::List(list) => (&list.id, Pack { lists: vec![list.clone()], ..Pack::default() }),
        };
        if id.trim().is_empty() || id.chars().any(|c| c.is_whitespace() || c.is_control() || c == '/') {
            return Some("a name is one word, such as harbour-boards: mentions name it as where they came from".to_owned());
        }
        let is_taken = keeping.was.as_deref() != Some(id) && self.rulebook.has(&RowKey::Part(id.as_str().into()));
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
    pub fn parts_of(&self, keeping: &Keeping) -> Vec<(String, String)> {
        let own = keeping.was.as_deref().zip(self.lists.packs()).and_then(|(id, packs)| packs.of(id));
        own.map(|own| own.pack.parts.clone()).unwrap_or_default()
    }

    /// The file, and what will stand in it.
    fn kept(&self, keeping: &Keeping) -> Result<(PathBuf, Pack), String> {
        if let Some(fault) = self.fault_of(keeping) {
            return Err(super::deciding::sentence(&format!("not saved: {fault}")));
        }
        let packs = self.lists.packs().ok_or("The lists are still being read; try again in a moment")?;
        let (path, mut pack) = match keeping.was.as_deref().map(|was| packs.of(was)) {
            Some(own) => own.map(|own| (own.path.clone(), own.pack.clone())).ok_or("That rule or list is in no file any more")?,
            None => new_place(packs, keeping.folder.clone().ok_or("Save the session first: its folder is where its lists are kept")?)?,
        };
        put(&mut pack, keeping.was.as_deref(), &keeping.written);
        Ok((path, pack))
    }

    /// Takes a rule or list out of its file.
    pub(super) fn remove_part(&mut self, id: &str) {
        let Some(own) = self.lists.packs().and_then(|packs| packs.of(id)) else { return };
        let mut pack = own.pack.clone();
        pack.rules.retain(|rule| rule.id != id);
        pack.lists.retain(|list| list.id != id);
        self.write_part(own.path.clone(), pack, None);
    }

    /// Where the settled names are best written: with the settings, so that every session has them.
    pub fn names_path(&self) -> PathBuf {
        let folder = self.pack_folders().pop().unwrap_or_default();
        folder.join(format!("settled-{}.ron", self.session_stem()))
    }

    /// The session’s file as one word.
    fn session_stem(&self) -> String {
        let stem = self.path().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
        let stem = stem.unwrap_or_else(|| "session".to_owned());
        stem.chars().map(|c| if c.is_whitespace() || c.is_control() || c == '/' { '-' } else { c }).collect()
    }

    /// Writes settled names and standing rules as lists.
    pub(super) fn export_names(&mut self, path: PathBuf) {
        self.close_dialog();
        let (session, stem, files) = (self.session().clone(), self.session_stem(), self.ports.around.files.clone());
        self.start("Writing the names", move |reporter| {
            let pack = settled_names(&session, &stem);
            let n: usize = pack.lists.iter().map(|list| list.names.len()).sum();
            reporter.send(match n {
                0 => Message::Told("No name is settled yet; nothing was written".to_owned()),
                _ => match write_pack(&*files, &path, &pack) {
                    Ok(()) => Message::NamesWritten(n, path),
                    Err(error) => Message::Problem(error.to_string()),
                },
            });
        });
    }

    pub(super) fn take_names_written(&mut self, n: usize, path: &std::path::Path) {
        self.say(format!("Wrote {} to {}", super::deciding::count(n, "name"), path.display()));
        self.read_lists();
    }

    fn write_part(&mut self, path: PathBuf, pack: Pack, id: Option<Arc<str>>) {
        let files = self.ports.around.files.clone();
        self.start("Writing the list", move |reporter| {
            reporter.send(match write_pack(&*files, &path, &pack) {
                Ok(()) => Message::PartWritten(id, path),
                Err(error) => Message::Problem(error.to_string()),
            });
        });
    }

    pub(super) fn take_part_written(&mut self, id: Option<Arc<str>>, path: &std::path::Path) {
        self.say(format!("Wrote {}. Tag again to see what that changes", path.display()));
        self.read_lists();
        if let Some(id) = id {
            self.want_rule(Some(RowKey::Part(id)));
        }
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
