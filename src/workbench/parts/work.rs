//! The work in hand: session, history and their side on the disk, with the names and counts that follow every edit.
//!
//! The one place where an edit is done, taken back and done again. It answers with what happened; who is told of it, and
//! where the analyst looks then, is no matter of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::tally::Tally;
use crate::annotation::{Article, ArticleId, Edit, History, Op, Session, Stale, Target, Time};
use crate::decide::names::NamesIndex;
use crate::quality::figures::Share;
use crate::store::{Home, Receipt, RejoinJob, SaveAsError, SaveError, SaveJob, Saved};

/// Of fewer suggestions, the range in which the share lies is too wide to say anything.
const ENOUGH: usize = 20;

pub struct Work {
    session: Session,
    history: History,
    /// The disk side of the session.
    pub home: Home,
    /// The analyst's name, as it stands in decisions.
    pub analyst: Arc<str>,
    /// Tells a session from those that were open before.
    generation: u64,
    followers: Followers,
    /// Edits, by their numbers, that undo takes back together with the one before them.
    joined: BTreeSet<u64>,
    /// The last edit of one bundle: which bundle, and the revision after it.
    last_bundled: Option<(u64, u64)>,
}

/// What follows every edit, so that nothing is gathered anew.
#[derive(Debug, Default)]
struct Followers {
    tally: Tally,
    index: Option<NamesIndex>,
    /// Edits since the index was asked for.
    backlog: Vec<Edit>,
}

/// What an edit, taken back or done again, leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    pub target: Option<Target>,
    /// The edit in words.
    pub words: String,
    /// The articles that have another text now.
    pub retexted: Vec<ArticleId>,
    /// Whether the next edit goes the same way at once, as it was made together with this one.
    pub goes_on: bool,
}

impl Work {
    /// Nothing yet; its disk side is `home`.
    pub fn new(home: Home) -> Self {
        Self {
            session: Session::default(),
            history: History::default(),
            home,
            analyst: Arc::from(""),
            generation: 0,
            followers: Followers::default(),
            joined: BTreeSet::new(),
            last_bundled: None,
        }
    }

    /// Puts other work in the place of this, and returns the disk side of what was there. Its names are gathered by
    /// whoever asks for them next ([`Work::gather`]).
    pub fn replace(&mut self, session: Session, history: History, home: Home) -> Home {
        self.session = session;
        self.history = history;
        // Numbers of another history.
        self.joined.clear();
        self.last_bundled = None;
        let tally = Tally::of(self.session.articles().iter().flat_map(|article| &article.mentions));
        self.followers = Followers { tally, ..Followers::default() };
        self.generation += 1;
        std::mem::replace(&mut self.home, home)
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// Names what the session is at this moment: the session that was opened, and its history's revision. While it is the
    /// same, so is all that was made from it.
    pub fn version(&self) -> (u64, u64) {
        (self.generation, self.history.revision())
    }

    /// Does an edit and remembers it; answers with the articles that have another text now.
    ///
    /// # Errors
    /// [`Stale`] when the edit does not fit; nothing changes then.
    pub fn perform(&mut self, edit: Edit) -> Result<Vec<ArticleId>, Stale> {
        self.history.perform(&mut self.session, edit)?;
        let Some(edit) = self.history.next_undo() else { return Ok(Vec::new()) };
        self.followers.follow(edit);
        self.home.edited(edit);
        Ok(retexted(edit))
    }

    /// Joins the edit just done to the one before it, where both belong to one bundle and nothing was done in between.
    pub fn bundle(&mut self, bundle: u64, before: u64) {
        let after = self.history.revision();
        if self.last_bundled == Some((bundle, before)) {
            self.joined.insert(after);
        }
        self.last_bundled = Some((bundle, after));
    }

    /// Takes the last edit back; `None` where there is none.
    ///
    /// # Errors
    /// [`Stale`] when it cannot be taken back; nothing changes then.
    pub fn undo(&mut self, at: Time) -> Result<Option<Moved>, Stale> {
        let goes_on = self.joined.contains(&self.history.revision());
        let Some(edit) = self.history.undo(&mut self.session)? else { return Ok(None) };
        self.followers.follow(&edit.inverse());
        self.home.undone(at);
        Ok(Some(Moved::by(edit, goes_on)))
    }

    /// Does the last undone edit again; `None` where there is none.
    ///
    /// # Errors
    /// [`Stale`] when it cannot be done again; nothing changes then.
    pub fn redo(&mut self, at: Time) -> Result<Option<Moved>, Stale> {
        if self.history.redo(&mut self.session)?.is_none() {
            return Ok(None);
        }
        self.home.redone(at);
        let goes_on = self.history.next_redo_number().is_some_and(|number| self.joined.contains(&number));
        let Some(edit) = self.history.next_undo() else { return Ok(None) };
        self.followers.follow(edit);
        Ok(Some(Moved::by(edit, goes_on)))
    }

    /// The index of names; `None` while it is being built.
    pub fn names(&self) -> Option<&NamesIndex> {
        self.followers.index.as_ref()
    }

    /// What builds the index of names, to be done elsewhere: its answer goes to [`Work::take_names`].
    pub fn gather(&mut self) -> (u64, impl FnOnce() -> NamesIndex + Send + 'static) {
        self.followers.backlog.clear();
        let session = self.session.clone();
        (self.generation, move || NamesIndex::build(&session))
    }

    /// Takes in an index of names, where it is of this session; edits made meanwhile are followed.
    pub fn take_names(&mut self, generation: u64, mut index: NamesIndex) {
        if generation == self.generation {
            self.followers.backlog.drain(..).for_each(|edit| index.update(&edit));
            self.followers.index = Some(index);
        }
    }

    /// How many mentions of the session wait for a decision.
    pub fn open_count(&self) -> usize {
        self.followers.tally.open
    }

    /// How many mentions and other things two people decided differently.
    pub fn conflict_count(&self) -> usize {
        self.followers.tally.contested + self.session.conflicts().len()
    }

    /// How often the tagger was right, of its suggestions that the analyst looked at; `None` while they are too few to say.
    pub fn tagger_share(&self) -> Option<Share> {
        let Tally { right, wrong, .. } = self.followers.tally;
        Share::new(right, right + wrong).filter(|share| share.whole >= ENOUGH)
    }

    /// Whether something was changed since the session was last written to its file.
    pub fn is_unsaved(&self) -> bool {
        self.history.revision() != self.home.saved_revision()
    }

    /// The session's file, where it has one.
    pub fn path(&self) -> Option<&Path> {
        self.home.path()
    }

    /// What saves the session under its name, to be done elsewhere.
    ///
    /// # Errors
    /// Why that cannot be.
    pub fn save_job(&mut self) -> Result<SaveJob, SaveError> {
        self.home.save_job(self.to_save(), self.history.revision(), false)
    }

    /// The same under another name.
    ///
    /// # Errors
    /// Why that cannot be.
    pub fn save_as(&mut self, path: &Path, at: Time) -> Result<SaveJob, SaveAsError> {
        let saved = self.to_save();
        self.home.save_as(path, saved, &self.history, at)
    }

    /// A save is done.
    pub fn saved(&mut self, receipt: &Receipt, at: Time) {
        self.home.saved(receipt, &self.history, at);
    }

    /// What brings the work to files that other programs have changed, to be done elsewhere; `None` where there are none.
    pub fn rejoin_job(&mut self, at: Time) -> Option<RejoinJob> {
        let saved = self.to_save();
        self.home.rejoin_job(saved, &self.history, at)
    }

    fn to_save(&self) -> Saved {
        Saved { session: self.session.clone(), ..Saved::default() }
    }
}

impl Followers {
    fn follow(&mut self, edit: &Edit) {
        self.tally.follow(edit);
        match &mut self.index {
            Some(index) => index.update(edit),
            None => self.backlog.push(edit.clone()),
        }
    }
}

impl Moved {
    fn by(edit: &Edit, goes_on: bool) -> Self {
        Self { target: edit.target.clone(), words: edit.describe(), retexted: retexted(edit), goes_on }
    }
}

/// The articles that an edit gave another text.
fn retexted(edit: &Edit) -> Vec<ArticleId> {
    let other = |before: &Arc<Article>, after: &Arc<Article>| before.text != after.text;
    let replaced = edit.ops.iter().filter_map(|op| match op {
        Op::Article { before: Some(before), after: Some(after), .. } if other(before, after) => Some(before.id.clone()),
        _ => None,
    });
    replaced.collect()
}
