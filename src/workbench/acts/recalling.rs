//! The history: undo and redo, the list of decisions, going back to a moment.

use super::{going, naming};
use crate::annotation::{Op, Stale, Target, Time};
use crate::decide::past;
use crate::workbench::command::{Command, Decide, Go, Recall, Step};
use crate::workbench::parts::{Moved, View, Work};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Recall) {
    match command {
        Recall::Undo => go(state, &BACK),
        Recall::Redo => go(state, &ON),
        Recall::GoBack if state.stage.view != View::History => state.say_where("the list of decisions", View::History),
        Recall::GoBack => go_back(state),
        Recall::Entry(place) => state.past.at = Some(place),
        Recall::Filter(filter) => state.past.filter = filter,
        Recall::OpenEntry => open_entry(state),
    }
}

/// Takes a command over that means something else in the list of decisions than on the page. Hands back what it does not
/// know.
pub fn run_in_view(state: &mut State, command: Command) -> Option<Command> {
    let row = state.past.row().unwrap_or(0);
    match command {
        Command::Go(Go::Undecided(Step::On) | Go::Mention(Step::On)) => state.past.go(row + 1),
        Command::Go(Go::Undecided(Step::Back) | Go::Mention(Step::Back)) => state.past.go(row.saturating_sub(1)),
        Command::Decide(Decide::AcceptRest) => open_entry(state),
        command => return Some(command),
    }
    None
}

/// A way through the history, and how it is told.
struct Way {
    step: fn(&mut Work, Time) -> Result<Option<Moved>, Stale>,
    done: &'static str,
    nothing: &'static str,
    fault: &'static str,
    /// Whether undo takes back what was done.
    can_undo: bool,
}

const BACK: Way = Way {
    step: Work::undo,
    done: "Undone",
    nothing: "Nothing is left to undo",
    fault: "The last change cannot be undone",
    can_undo: false,
};

const ON: Way = Way {
    step: Work::redo,
    done: "Done again",
    nothing: "Nothing is left to do again",
    fault: "That cannot be done again",
    can_undo: true,
};

/// Takes the last edit back, or does it again, and those that were made together with it.
fn go(state: &mut State, way: &Way) {
    loop {
        let at = state.ports.clock.now();
        match (way.step)(&mut state.work, at) {
            Ok(Some(moved)) => {
                state.follow_texts(&moved.retexted, way.can_undo);
                state.say(format!("{}: {}", way.done, moved.words));
                go_to_edit(state, moved.target);
                if !moved.goes_on {
                    return;
                }
            }
            Ok(None) => return state.say(way.nothing),
            Err(stale) => return state.problem(format!("{}: {stale}", way.fault)),
        }
    }
}

/// Undo and redo go to the article and mention that they change.
fn go_to_edit(state: &mut State, target: Option<Target>) {
    let from = state.focused().map(|mention| mention.span).unwrap_or_default();
    if let Some(target) = target {
        going::open_mention(state, &target.article, target.mention);
    }
    if is_gone(state) {
        state.page.close_article();
    }
    if state.page.article.is_none() {
        going::go_article(state, Step::On);
    }
    going::keep_focus_near(state, from);
    if state.stage.view == View::Names {
        naming::go_to_name_in_focus(state);
    }
}

/// Whether the article that was open is no longer in the session.
fn is_gone(state: &State) -> bool {
    state.page.article.as_ref().is_some_and(|id| state.session().article(id).is_none())
}

/// Goes to what the decision in focus was made on, or to where that stood.
fn open_entry(state: &mut State) {
    let Some(entry) = state.past.at.and_then(|at| state.history().entries().get(at)) else {
        return state.say("No decision is in focus");
    };
    let Some(target) = entry.edit.target.clone() else { return state.say("This decision was not made on one article") };
    if state.session().article(&target.article).is_none() {
        return state.say("The article is no longer in the session");
    }
    let span = entry.edit.ops.iter().find_map(|op| match op {
        Op::Mention { before, after, .. } => {
            after.as_ref().or(before.as_ref()).filter(|mention| Some(mention.id) == target.mention).map(|mention| mention.span)
        }
        _ => None,
    });
    let is_there = target.mention.is_some_and(|id| state.session().mention(&target.article, id).is_some());
    state.show(View::Review);
    match span {
        Some(span) if !is_there => going::open_at(state, &target.article, span),
        _ => going::open_mention(state, &target.article, target.mention),
    }
}

/// Makes the session what it was right after the decision in focus.
fn go_back(state: &mut State) {
    let Some(at) = state.past.at else { return state.say("No decision is in focus") };
    let edit = past::go_back(state.history(), at, &state.stamp());
    let Some(edit) = state.accepted(edit) else { return };
    let words = edit.answer();
    if state.perform(edit) {
        if is_gone(state) || state.page.article.is_none() {
            going::resume(state, None);
        }
        state.say(format!("{words}. One undo takes it back"));
    }
}
