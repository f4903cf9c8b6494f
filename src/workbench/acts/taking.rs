//! Annotations of articles that the session knows: compared in the background, shown, taken over as one change.

use std::sync::Arc;

use super::waiting;
use crate::annotation::{Edit, Session};
use crate::decide::Stamp;
use crate::decide::intake::{Asked, Comparison, Taking, take_in};
use crate::workbench::models::{Given, Offering};
use crate::workbench::parts::count;
use crate::workbench::state::State;

/// Looks how what was given compares with what is here, and asks what becomes of it where anything would change.
pub fn offer(state: &mut State, given: Given) {
    state.dialogs.offering = Some(Offering::new(given));
    compare(state);
}

/// Does the same in another way.
pub fn choose(state: &mut State, taking: Taking, adds_labels: bool) {
    let Some(offering) = &mut state.dialogs.offering else { return };
    offering.taking = taking;
    offering.adds_labels = adds_labels;
    compare(state);
}

fn compare(state: &mut State) {
    look(state, |state, of, (edit, told)| {
        let Some(offering) = state.dialogs.offering.as_mut().filter(|offering| offering.is_as(&of)) else { return };
        let is_first = offering.told.is_none();
        if edit.is_none() && told.conflicts() == 0 && is_first {
            let known = count(told.known_articles, "article");
            state.dialogs.offering = None;
            return state.say(format!("{known} with annotations in the session already; they say what stands here"));
        }
        offering.told = Some(told);
        if is_first {
            waiting::come_forward(state);
        }
    });
}

/// Takes it over.
pub fn take(state: &mut State) {
    look(state, |state, of, (edit, told)| {
        if state.version() != of.version {
            // Something was decided meanwhile.
            return take(state);
        }
        if state.dialogs.offering.take_if(|offering| offering.is_as(&of)).is_none() {
            return;
        }
        state.close_dialog();
        let Some(edit) = edit else { return state.say("Nothing was to be changed") };
        if state.perform(edit) {
            let conflicts = told.conflicts();
            let waiting =
                if conflicts == 0 || of.taking == Taking::Suggestions { String::new() } else { format!("; to settle: {conflicts}") };
            state.say(format!("Took over annotations of {}{waiting}", count(told.known_articles, "article")));
            if of.adds_labels {
                state.dialogs.came.add(&told.new_labels);
                waiting::come_forward(state);
            }
        }
    });
}

/// What an offering was looked at as.
struct Of {
    given: Arc<Given>,
    taking: Taking,
    adds_labels: bool,
    version: (u64, u64),
}

impl Offering {
    fn is_as(&self, of: &Of) -> bool {
        Arc::ptr_eq(&self.given, &of.given) && (self.taking, self.adds_labels) == (of.taking, of.adds_labels)
    }
}

/// Finds in the background what taking it over would change, and hands that to `then`.
fn look(state: &mut State, then: impl FnOnce(&mut State, Of, (Option<Edit>, Comparison)) + Send + 'static) {
    let Some(offering) = &state.dialogs.offering else { return };
    let of = Of { given: offering.given.clone(), taking: offering.taking, adds_labels: offering.adds_labels, version: state.version() };
    let (session, stamp) = (state.session().clone(), state.stamp());
    state.start("Comparing annotations", move |reporter| {
        let found = found(&session, &of, &stamp);
        reporter.send(move |state| then(state, of, found));
    });
}

fn found(session: &Session, of: &Of, stamp: &Stamp) -> (Option<Edit>, Comparison) {
    let asked = Asked { taking: of.taking, adds_labels: of.adds_labels, from: &of.given.from };
    take_in(session, &of.given.articles, &of.given.entities, asked, stamp)
}
