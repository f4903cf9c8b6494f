//! The lists and rules in force: those of the program and those of the analyst, without what is switched off.
//!
//! They are read when a worker first needs them, in that worker, so that neither the window nor articles that are being
//! added wait for a disk or go without them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::state::{Message, State};
use crate::annotation::{Article, Origin, Scheme};
use crate::decide::spread::SPREAD;
use crate::decide::standing::STANDING;
use crate::formats::{Pipe, PipeFault};
use crate::store::{Files, OwnPacks, PACK_FOLDER};
use crate::tagger::{Suggestion, Tagger};

#[derive(Debug)]
pub struct Lists {
    /// The tagger with the program's own parts alone.
    base: Arc<Tagger>,
    files: Arc<dyn Files>,
    folders: Vec<PathBuf>,
    off: BTreeSet<String>,
    /// A command that suggests in place of the tagger.
    command: String,
    pipe: Option<Result<Pipe, PipeFault>>,
    made: OnceLock<Made>,
}

#[derive(Debug)]
struct Made {
    packs: OwnPacks,
    tagger: Arc<Tagger>,
}

impl Lists {
    fn new(base: Arc<Tagger>, files: Arc<dyn Files>, folders: Vec<PathBuf>, off: BTreeSet<String>, command: String) -> Self {
        let pipe = (!command.trim().is_empty()).then(|| Pipe::new(&command));
        let lists = Self { base, files, folders, off, command, pipe, made: OnceLock::new() };
        if lists.folders.is_empty() && lists.off.is_empty() {
            lists.made.get_or_init(|| Made { packs: OwnPacks::default(), tagger: lists.base.clone() });
        }
        lists
    }

    /// Only what the program carries.
    pub(super) fn standard(base: Arc<Tagger>, files: Arc<dyn Files>) -> Self {
        Self::new(base, files, Vec::new(), BTreeSet::new(), String::new())
    }

    /// The tagger, made if need be: reads files, so this is for workers.
    pub(super) fn wait(&self) -> &Arc<Tagger> {
        let make = || {
            let packs = self.read();
            let tagger = match packs.packs.is_empty() && self.off.is_empty() {
                true => self.base.clone(),
                false => Arc::new(self.base.with(&packs.sound(), &self.off)),
            };
            Made { packs, tagger }
        };
        &self.made.get_or_init(make).tagger
    }

    /// Suggestions for an article: of the command where one is set, else of the tagger. For workers.
    ///
    /// # Errors
    /// Why the command gave none, in words; the article keeps what it has.
    pub(super) fn suggest(&self, article: &Article, scheme: &Scheme) -> Result<Vec<Suggestion>, String> {
        match &self.pipe {
            Some(Ok(pipe)) => pipe.suggest(article).map_err(|fault| format!("{}: {fault}", article.title())),
            Some(Err(fault)) => Err(fault.to_string()),
            None => Ok(super::tagging::suggest(self.wait(), article, scheme)),
        }
    }

    /// The tagger as far as it is made.
    pub fn tagger(&self) -> &Arc<Tagger> {
        self.made.get().map_or(&self.base, |made| &made.tagger)
    }

    /// The analyst's own files; `None` until they are read.
    pub fn packs(&self) -> Option<&OwnPacks> {
        self.made.get().map(|made| &made.packs)
    }

    /// The tagger without the analyst's own, nothing switched off.
    pub fn base(&self) -> &Tagger {
        &self.base
    }

    /// Why a mention is there, in a clause: a reason of the tagger, or the decision that reached further.
    pub fn reason(&self, origin: &Origin) -> String {
        match origin {
            Origin::Rule(id) if **id == *SPREAD => "a decision on this name elsewhere put it there".to_owned(),
            Origin::Rule(id) if **id == *STANDING => "a standing decision on this name put it there".to_owned(),
            origin => self.tagger().reason(origin),
        }
    }

    fn read(&self) -> OwnPacks {
        let mut taken: BTreeSet<String> = self.base.parts().into_iter().map(|part| part.id.to_string()).collect();
        taken.extend([SPREAD, STANDING].map(str::to_owned));
        OwnPacks::read(&*self.files, &self.folders, &taken)
    }
}

impl State {
    /// The lists and rules in force.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// Where lists and rules of the analyst's own are looked for: beside the session, then with the settings.
    pub fn pack_folders(&self) -> Vec<PathBuf> {
        let beside = |path: &std::path::Path| path.parent().map(|folder| folder.join(PACK_FOLDER));
        let of_session = self.home.path().and_then(beside);
        let of_settings = self.settings.pack_folder.clone().or_else(|| self.ports.settings_file.as_deref().and_then(beside));
        let mut folders: Vec<PathBuf> = of_session.into_iter().chain(of_settings).collect();
        folders.dedup();
        folders
    }

    /// Reads lists and rules anew where session or settings name others now.
    pub(super) fn follow_lists(&mut self) {
        let (folders, settings) = (self.pack_folders(), &self.settings);
        let is_same = folders == self.lists.folders && settings.lists_off == self.lists.off;
        if !is_same || settings.tagger_command != self.lists.command {
            self.read_lists();
        }
    }

    /// Reads lists and rules anew.
    pub(super) fn read_lists(&mut self) {
        let (base, files) = (self.lists.base.clone(), self.ports.around.files.clone());
        let command = self.settings.tagger_command.clone();
        self.lists = Arc::new(Lists::new(base, files, self.pack_folders(), self.settings.lists_off.clone(), command));
        if self.lists.made.get().is_some() {
            return;
        }
        let lists = self.lists.clone();
        self.start("Reading lists", move |reporter| {
            lists.wait();
            reporter.send(Message::Lists(lists));
        });
    }

    /// Looks whether another program has changed a file of lists or rules.
    pub(super) fn look_at_lists(&mut self) {
        let lists = self.lists.clone();
        if lists.folders.is_empty() || lists.made.get().is_none() {
            return;
        }
        self.start("Looking at the lists", move |reporter| {
            if lists.packs() != Some(&lists.read()) {
                reporter.send(Message::ListsChanged(lists));
            }
        });
    }

    pub(super) fn take_lists(&mut self, lists: &Arc<Lists>) {
        if !Arc::ptr_eq(lists, &self.lists) {
            return;
        }
        let mut told: Vec<String> = lists.packs().into_iter().flat_map(OwnPacks::faults).map(ToString::to_string).collect();
        told.extend(self.strange_labels());
        let more = told.len().saturating_sub(TOLD);
        told.truncate(TOLD);
        for words in told {
            self.problem(words);
        }
        if more > 0 {
            self.problem(format!("{} more with lists and rules; the Rules view shows each", super::deciding::count(more, "fault")));
        }
    }

    pub(super) fn take_lists_changed(&mut self, lists: &Arc<Lists>) {
        if Arc::ptr_eq(lists, &self.lists) {
            self.read_lists();
        }
    }

    /// Rules and lists whose label the scheme in force does not have, told with what to do.
    fn strange_labels(&self) -> Vec<String> {
        let mut told = Vec::new();
        for own in self.lists.packs().into_iter().flat_map(|packs| &packs.packs) {
            let rules = own.sound.rules.iter().map(|rule| (&rule.id, &rule.label));
            let lists = own.sound.lists.iter().filter(|list| !list.never).map(|list| (&list.id, &list.label));
            let strange = rules.chain(lists).filter(|(_, label)| self.session().scheme().by_name(label).is_none());
            told.extend(strange.map(|(id, label)| {
                format!(
                    "{}: {id} gives the label {label}, which this session does not have; add it under Labels, or correct the file",
                    own.path.display()
                )
            }));
        }
        told
    }
}

/// How many faults are told one by one.
const TOLD: usize = 3;
