//! What is settled in different ways: looked for in the background, mended, found right; and told where it is worth a look.

use super::going;
use crate::decide::consistency::{self, Finding};
use crate::workbench::command::{Check, Command, Decide, Go, Screen, Step};
use crate::workbench::parts::View;
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Check) {
    match command {
        Check::Row(row) => state.findings.go(row),
        Check::Kind(kind) => state.findings.filter(kind),
        _ if state.stage.view != View::Check => state.say_where("the list of what is settled in different ways", View::Check),
        Check::Fix => fix(state),
        Check::Dismiss => dismiss(state),
        Check::Open(place) => open(state, place),
    }
}

/// Takes a command over that means something else in the list of findings than on the page. Hands back what it does not
/// know.
pub fn run_in_view(state: &mut State, command: Command) -> Option<Command> {
    let row = state.findings.row().unwrap_or(0);
    match command {
        Command::Go(Go::Undecided(Step::On) | Go::Mention(Step::On)) => state.findings.go(row + 1),
        Command::Go(Go::Undecided(Step::Back) | Go::Mention(Step::Back)) => state.findings.go(row.saturating_sub(1)),
        Command::Decide(Decide::Confirm(_)) => fix(state),
        Command::Decide(Decide::Reject(_)) => dismiss(state),
        Command::Decide(Decide::AcceptRest | Decide::Apply) => open(state, 0),
        command => return Some(command),
    }
    None
}

/// Looks through the session in the background and tells what it came to, where there is something: the work is at an end,
/// and this is the moment for it.
pub fn look_at_the_end(state: &mut State) {
    let version = state.version();
    if state.findings.is_of(version) {
        return tell(state);
    }
    state.look_for_findings(|state| {
        if state.stage.view == View::Review {
            tell(state);
        }
    });
}

fn tell(state: &mut State) {
    if let Some(words) = told(state.findings.count()) {
        let key = state.key_of(Screen::Show(View::Check));
        state.say(format!("Every article is settled. {words}: {key} goes there"));
    }
}

/// `12 names are settled in different ways`; nothing where none is.
pub fn told(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("One thing is settled in different ways".to_owned()),
        n => Some(format!("{n} things are settled in different ways")),
    }
}

/// The finding in focus; says where there is none.
fn in_focus(state: &mut State) -> Option<Finding> {
    let finding = state.findings.focused().cloned();
    if finding.is_none() {
        state.say("No finding is in focus");
    }
    finding
}

fn fix(state: &mut State) {
    let Some(finding) = in_focus(state) else { return };
    if finding.remedy.is_none() {
        return state.say("What is right here has to be seen on the page: Enter goes there; X says that it is right so");
    }
    let edit = consistency::fix(state.session(), &finding, &state.stamp());
    let Some(edit) = state.accepted(edit) else { return };
    let answer = edit.answer();
    if state.perform(edit) {
        state.findings.settle();
        state.say(format!("{answer}. One undo takes it back"));
    }
}

fn dismiss(state: &mut State) {
    let Some(finding) = in_focus(state) else { return };
    let edit = consistency::dismiss(state.session(), &finding, &state.stamp());
    if state.perform(edit) {
        state.findings.settle();
        state.say(format!("“{}” is right so; it comes back only with another place", finding.name));
    }
}

fn open(state: &mut State, place: usize) {
    let Some(finding) = in_focus(state) else { return };
    let Some(place) = finding.places.get(place).or_else(|| finding.beside.first()) else {
        return state.say("It stands in no article: the entities are in the Names view");
    };
    if state.session().article(&place.article).is_none() {
        return state.say("The article is no longer in the session");
    }
    state.show(View::Review);
    match place.mention.filter(|id| state.session().mention(&place.article, *id).is_some()) {
        Some(mention) => going::open_mention(state, &place.article, Some(mention)),
        None => going::open_at(state, &place.article, place.span),
    }
}
