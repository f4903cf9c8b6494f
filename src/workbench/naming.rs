//! Names across the session: the index behind "every place of this name", and the concordance that a decision in the
//! whole session shows first.
//!
//! The index is built in the background when a session opens; edits made in the meantime wait and are followed when it
//! arrives.

use std::sync::Arc;

use super::Dialog;
use super::state::{Message, State};
use crate::annotation::{Article, Edit, Mention, Op, Verb};
use crate::decide::Refusal;
use crate::decide::names::NamesIndex;
use crate::decide::spread::{self, Concordance, Decision, Doubt, Focus, Reach};
use crate::quality::figures::{self, Share};

/// Of fewer suggestions, the range in which the share lies is too wide to say anything.
const ENOUGH: usize = 20;

#[derive(Debug, Default)]
pub(super) struct Naming {
    pub(super) index: Option<NamesIndex>,
    /// Tells an index of this session from one of a session opened before.
    generation: u64,
    /// Edits since the index was asked for.
    backlog: Vec<Edit>,
    tally: Tally,
}

/// What is counted of a session's mentions. Kept by the edits: counting them anew after every decision would take longer
/// than the decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Still suggested, or contested.
    open: usize,
    /// Those of them on which two people decided differently.
    contested: usize,
    /// Suggestions of the tagger that were looked at: right as they stood, and not.
    right: usize,
    wrong: usize,
}

impl Tally {
    fn of<'a>(mentions: impl IntoIterator<Item = &'a Mention>) -> Self {
        let mut tally = Self::default();
        for mention in mentions {
            tally.open += usize::from(mention.is_open());
            tally.contested += usize::from(mention.is_contested());
            match figures::verdict(mention) {
                Some(true) => tally.right += 1,
                Some(false) => tally.wrong += 1,
                None => {}
            }
        }
        tally
    }

    fn replace(&mut self, gone: Self, come: Self) {
        let counts = [
            (&mut self.open, gone.open, come.open),
            (&mut self.contested, gone.contested, come.contested),
            (&mut self.right, gone.right, come.right),
            (&mut self.wrong, gone.wrong, come.wrong),
        ];
        for (n, gone, come) in counts {
            *n = (*n + come).saturating_sub(gone);
        }
    }
}

impl Naming {
    /// Follows an edit; the undo of one is its inverse.
    pub(super) fn follow(&mut self, edit: &Edit) {
        for op in &edit.ops {
            let (gone, come) = counted_by(op);
            self.tally.replace(gone, come);
        }
        match &mut self.index {
            Some(index) => index.update(edit),
            None => self.backlog.push(edit.clone()),
        }
    }
}

/// What an op takes away, and what it brings.
fn counted_by(op: &Op) -> (Tally, Tally) {
    let article = |article: &Option<Arc<Article>>| article.as_ref().map(|article| Tally::of(&article.mentions)).unwrap_or_default();
    match op {
        Op::Mention { before, after, .. } => (Tally::of(before), Tally::of(after)),
        Op::Article { before, after, .. } => (article(before), article(after)),
        _ => Default::default(),
    }
}

impl State {
    /// How many mentions of the session wait for a decision.
    pub fn open_count(&self) -> usize {
        self.naming.tally.open
    }

    /// On how many mentions two people decided differently.
    pub(super) fn contested_count(&self) -> usize {
        self.naming.tally.contested
    }

    /// How often the tagger was right, of its suggestions that the analyst looked at; `None` while they are too few to say.
    pub fn tagger_share(&self) -> Option<Share> {
        let Tally { right, wrong, .. } = self.naming.tally;
        Share::new(right, right + wrong).filter(|share| share.whole >= ENOUGH)
    }

    /// The index of names; `None` while it is being built.
    pub fn names(&self) -> Option<&NamesIndex> {
        self.naming.index.as_ref()
    }

    /// Names what the session is at this moment: the session that was opened, and its history's revision. While it is the
    /// same, so is all that was made from it.
    pub fn version(&self) -> (u64, u64) {
        (self.naming.generation, self.history.revision())
    }

    /// Builds the index of a session just opened.
    pub(super) fn start_naming(&mut self) {
        let generation = self.naming.generation + 1;
        let session = self.session().clone();
        let tally = Tally::of(session.articles().iter().flat_map(|article| &article.mentions));
        self.naming = Naming { generation, tally, ..Naming::default() };
        self.start("Indexing names", move |reporter| {
            reporter.send(Message::Named(generation, Box::new(NamesIndex::build(&session))));
        });
    }

    pub(super) fn take_names(&mut self, generation: u64, mut index: NamesIndex) {
        if generation == self.naming.generation {
            self.naming.backlog.drain(..).for_each(|edit| index.update(&edit));
            self.naming.index = Some(index);
        }
    }

    /// Shows every place of the name that a decision would reach.
    pub(super) fn preview(&mut self, focus: &Focus, decision: &Decision) {
        let stamp = self.stamp();
        let Some(index) = &self.naming.index else { return self.say("The names are still being gathered; try again in a moment") };
        let rows = spread::preview(self.session(), Reach::Session(index), focus, decision, &stamp);
        self.show_concordance(rows);
    }

    pub(super) fn preview_widened(&mut self, last: &Edit) {
        let stamp = self.stamp();
        let Some(index) = &self.naming.index else { return self.say("The names are still being gathered; try again in a moment") };
        let rows = spread::widen(self.session(), Reach::Session(index), last, &stamp);
        self.show_concordance(rows);
    }

    fn show_concordance(&mut self, rows: Result<Concordance, Refusal>) {
        match rows {
            Ok(rows) if rows.rows.is_empty() => self.say("This name stands nowhere else in the session"),
            Ok(rows) if rows.rows.iter().all(|row| row.doubt == Some(Doubt::Already)) => {
                self.say("Every mention of this name is so already");
            }
            Ok(rows) => {
                self.concordance = Some(rows);
                self.stage.dialog = Some(Dialog::Concordance);
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }

    pub(super) fn tick_row(&mut self, row: usize, ticked: bool) {
        if let Some(concordance) = &mut self.concordance {
            concordance.tick(row, ticked);
        }
    }

    /// Applies the ticked rows: one edit, one undo.
    pub(super) fn apply_concordance(&mut self) {
        let Some(concordance) = self.concordance.take() else { return };
        self.stage.dialog = None;
        match spread::apply(self.session(), &concordance) {
            Ok(edit) => {
                let from = self.place();
                // An addition stays in focus for its edges to be moved; a link decides nothing that one goes on from.
                let stays = self.page.selection.is_some() || edit.verb == Verb::Link;
                if self.perform_told(edit) && !stays {
                    self.advance(from);
                }
                self.page.drop_selection();
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }
}
