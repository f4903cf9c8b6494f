//! The lists and rules in force: those of the program and those of the analyst, without what is switched off.
//!
//! They are read when a worker first needs them, in that worker, so that neither the window nor articles that are being
//! added wait for a disk or go without them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::annotation::{Article, Origin, Scheme};
use crate::decide::spread::SPREAD;
use crate::decide::standing::STANDING;
use crate::formats::{Pipe, PipeFault};
use crate::store::{Files, OwnPacks, Settings};
use crate::tagger::{Context, Suggestion, Tagger};

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
    /// The tagger with what the decisions of the session taught.
    taught: Mutex<Option<Arc<Tagger>>>,
}

#[derive(Debug)]
struct Made {
    packs: OwnPacks,
    tagger: Arc<Tagger>,
}

impl Lists {
    fn new(base: Arc<Tagger>, files: Arc<dyn Files>, folders: Vec<PathBuf>, off: BTreeSet<String>, command: String) -> Self {
        let pipe = (!command.trim().is_empty()).then(|| Pipe::new(&command));
        let lists = Self { base, files, folders, off, command, pipe, made: OnceLock::new(), taught: Mutex::default() };
        if lists.folders.is_empty() && lists.off.is_empty() {
            lists.made.get_or_init(|| Made { packs: OwnPacks::default(), tagger: lists.base.clone() });
        }
        lists
    }

    /// The lists of other folders and settings, on the same tagger.
    pub fn anew(&self, folders: Vec<PathBuf>, settings: &Settings) -> Self {
        let (base, files) = (self.base.clone(), self.files.clone());
        Self::new(base, files, folders, settings.lists_off.clone(), settings.tagger_command.clone())
    }

    /// Whether they are those of these folders and settings.
    pub fn is_of(&self, folders: &[PathBuf], settings: &Settings) -> bool {
        folders == self.folders && settings.lists_off == self.off && settings.tagger_command == self.command
    }

    /// Whether there is anything of the analyst's own to look for.
    pub fn has_folders(&self) -> bool {
        !self.folders.is_empty()
    }

    /// Whether they have been read.
    pub fn is_made(&self) -> bool {
        self.made.get().is_some()
    }

    /// Whether a file has changed since they were read. Reads files, so this is for workers.
    pub fn are_changed(&self) -> bool {
        self.packs() != Some(&self.read())
    }

    /// Only what the program carries.
    pub fn standard(base: Arc<Tagger>, files: Arc<dyn Files>) -> Self {
        Self::new(base, files, Vec::new(), BTreeSet::new(), String::new())
    }

    /// The tagger, made if need be: reads files, so this is for workers.
    pub fn wait(&self) -> &Arc<Tagger> {
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
    pub fn suggest(&self, article: &Article, scheme: &Scheme) -> Result<Vec<Suggestion>, String> {
        match &self.pipe {
            Some(Ok(pipe)) => pipe.suggest(article).map_err(|fault| format!("{}: {fault}", article.title())),
            Some(Err(fault)) => Err(fault.to_string()),
            None => Ok(suggest(&self.taught().unwrap_or_else(|| self.wait().clone()), article, scheme)),
        }
    }

    /// Whether a command suggests in place of the tagger; it learns nothing.
    pub fn is_command(&self) -> bool {
        self.pipe.is_some()
    }

    /// Suggests from now on by what was learnt, or as if nothing was.
    pub fn teach(&self, taught: Option<Arc<Tagger>>) {
        *self.taught.lock().unwrap_or_else(PoisonError::into_inner) = taught;
    }

    /// The tagger with what was learnt, where anything was.
    pub fn taught(&self) -> Option<Arc<Tagger>> {
        self.taught.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
            Origin::Learned(_) => self.taught().as_ref().unwrap_or(self.tagger()).reason(origin),
            origin => self.tagger().reason(origin),
        }
    }

    fn read(&self) -> OwnPacks {
        let mut taken: BTreeSet<String> = self.base.parts().into_iter().map(|part| part.id.to_string()).collect();
        taken.extend([SPREAD, STANDING].map(str::to_owned));
        OwnPacks::read(&*self.files, &self.folders, &taken)
    }
}

/// Suggestions for one article as it stands.
fn suggest(tagger: &Tagger, article: &Article, scheme: &Scheme) -> Vec<Suggestion> {
    let meta = &article.meta;
    let context = Context { scheme, zones: &article.zones, published: meta.published.as_deref(), language: meta.language.as_deref() };
    tagger.suggest(&article.text, &context)
}
