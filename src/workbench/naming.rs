//! Names across the session: the index behind "every place of this name", and the concordance that a decision in the
//! whole session shows first.
//!
//! The index is built in the background when a session opens; edits made in the meantime wait and are followed when it
//! arrives.

use super::Dialog;
use super::state::{Message, State};
use crate::annotation::Edit;
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
}

impl Naming {
    /// Follows an edit; the undo of one is its inverse.
    pub(super) fn follow(&mut self, edit: &Edit) {
        match &mut self.index {
            Some(index) => index.update(edit),
            None => self.backlog.push(edit.clone()),
        }
    }
}

impl State {
    /// The index of names; `None` while it is being built.
    pub fn names(&self) -> Option<&NamesIndex> {
        self.naming.index.as_ref()
    }

    /// Builds the index of a session just opened.
    pub(super) fn start_naming(&mut self) {
        let generation = self.naming.generation + 1;
        self.naming = Naming { generation, ..Naming::default() };
        let session = self.session().clone();
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
                let adds = self.page.selection.is_some();
                if self.perform_told(edit) && !adds {
                    self.advance(from);
                }
                self.page.drop_selection();
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }
}
