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
use crate::decide::spread::{self, Concordance, Decision, Focus, Reach};

#[derive(Debug, Default)]
pub(super) struct Naming {
    pub(super) index: Option<NamesIndex>,
    /// Tells an index of this session from one of a session opened before.
    generation: u64,
    /// Edits since the index was asked for.
    backlog: Vec<Edit>,
    /// How many mentions of the session are still suggested. Kept by the edits: counting them anew after every decision
    /// would take longer than the decision.
    open: usize,
}

impl Naming {
    /// Follows an edit; the undo of one is its inverse.
    pub(super) fn follow(&mut self, edit: &Edit) {
        let (gone, come) = edit.ops.iter().map(opened_by).fold((0, 0), |(gone, come), op| (gone + op.0, come + op.1));
        self.open = (self.open + come).saturating_sub(gone);
        match &mut self.index {
            Some(index) => index.update(edit),
            None => self.backlog.push(edit.clone()),
        }
    }
}

/// How many suggested mentions an op takes away, and how many it brings.
fn opened_by(op: &Op) -> (usize, usize) {
    let mention = |mention: &Option<Mention>| usize::from(mention.as_ref().is_some_and(Mention::is_suggested));
    let article = |article: &Option<Arc<Article>>| article.as_ref().map_or(0, |article| article.open_count());
    match op {
        Op::Mention { before, after, .. } => (mention(before), mention(after)),
        Op::Article { before, after, .. } => (article(before), article(after)),
        _ => (0, 0),
    }
}

impl State {
    /// How many mentions of the session wait for a decision.
    pub fn open_count(&self) -> usize {
        self.naming.open
    }

    /// The index of names; `None` while it is being built.
    pub fn names(&self) -> Option<&NamesIndex> {
        self.naming.index.as_ref()
    }

    /// Builds the index of a session just opened.
    pub(super) fn start_naming(&mut self) {
        let generation = self.naming.generation + 1;
        let session = self.session().clone();
        self.naming = Naming { generation, open: session.open_count(), ..Naming::default() };
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
