//! Standing decisions, rules and lists: in the Rules view, and from wherever one of them is spoken of.

use super::{going, learning, preferring, spreading, writing};
use crate::annotation::{Edit, Label, Session, StandingRule, Verdict};
use crate::decide::names::NamesIndex;
use crate::decide::{Refusal, Stamp, ruling, standing};
use crate::tagger::LEARNED;
use crate::workbench::command::{Command, Decide, Go, Learn, Rules, Screen, Step};
use crate::workbench::models::{RowKey, RowKind, Writing};
use crate::workbench::parts::{Stage, View};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Rules) {
    match command {
        Rules::Row(key) => go_rule(state, key),
        Rules::Filter(text, filter) => (state.rulebook.text, state.rulebook.filter) = (text, filter),
        Rules::Sort(order) => state.rulebook.order = order,
        Rules::New => new_rule(state),
        Rules::Keep(keeping) => writing::keep_part(state, &keeping),
        Rules::ExportNames(path) => writing::export_names(state, path, false),
        Rules::SetStanding(at, rule) => set_standing(state, at, rule),
        Rules::Act(key) => edit_by_rule(state, &key, standing::act, "It finds nothing to settle in these articles"),
        Rules::TakeBack(key) => edit_by_rule(state, &key, standing::take_back, "Nothing is left that it settled"),
    }
}

/// Takes a command over that means something else in the list of rules than on the page. Hands back what it does not know.
pub fn run_in_view(state: &mut State, command: Command) -> Option<Command> {
    let book = &mut state.rulebook;
    let at = book.position().unwrap_or(0);
    match command {
        Command::Go(Go::Undecided(Step::On) | Go::Mention(Step::On)) => book.go(at + 1),
        Command::Go(Go::Undecided(Step::Back) | Go::Mention(Step::Back)) => book.go(at.saturating_sub(1)),
        Command::Decide(Decide::Confirm(_)) => switch_row(state),
        Command::Decide(Decide::Reject(_) | Decide::Reopen) => remove_row(state),
        Command::Decide(Decide::Apply) => write_row(state),
        Command::Decide(Decide::AcceptRest) if book.writing.is_none() => open_hit(state),
        Command::Screen(Screen::Leave) if book.writing.is_some() => writing::give_up(state),
        command => return Some(command),
    }
    None
}

/// Goes to a row, from any view.
fn go_rule(state: &mut State, key: RowKey) {
    if state.stage.view != View::Rules {
        state.show(View::Rules);
    }
    state.rulebook.at = Some(key);
    state.rulebook.removing = state.rulebook.removing.take().filter(|removing| Some(removing) == state.rulebook.at.as_ref());
    if state.rulebook.row().is_none() {
        state.rulebook.want(state.rulebook.at.clone());
    }
}

/// Puts another rule in the place of the one at `at`, or removes it.
fn set_standing(state: &mut State, at: usize, after: Option<StandingRule>) {
    if let Some(edit) = ruling::change(state.session(), at, after, &state.stamp()) {
        state.perform(edit);
    }
}

/// What makes an edit of a standing rule.
type Make = fn(&Session, &NamesIndex, &StandingRule, &Stamp) -> Result<Edit, Refusal>;

/// Lets a standing rule settle what it speaks of in the articles that are there, or takes back what it has settled.
fn edit_by_rule(state: &mut State, key: &str, make: Make, nothing: &str) {
    let Some(rule) = ruling::position(state.session(), key).map(|at| state.session().rules()[at].clone()) else { return };
    let Some(index) = state.names() else { return state.say(spreading::GATHERING) };
    match make(state.session(), index, &rule, &state.stamp()) {
        Ok(edit) => {
            state.perform_told(edit);
        }
        Err(Refusal::Already) => state.say(nothing),
        Err(refusal) => state.refuse(&refusal),
    }
}

/// Switches the row in focus on or off.
fn switch_row(state: &mut State) {
    let Some(row) = state.rulebook.row().cloned() else { return state.say("No rule is in focus") };
    match &row.key {
        RowKey::Standing(key) => {
            let Some(at) = ruling::position(state.session(), key) else { return };
            let rule = state.session().rules()[at].clone();
            set_standing(state, at, Some(StandingRule { off: row.is_on, ..rule }));
        }
        RowKey::Part(_) if row.kind == RowKind::Model => state.say("The model cannot be switched off; a label can, under Labels"),
        RowKey::Part(id) => {
            let is_learned = row.kind == RowKind::Learned;
            let mut settings = state.settings().clone();
            if !settings.lists_off.remove(&**id) {
                settings.lists_off.insert(id.to_string());
            }
            preferring::set_settings(state, settings);
            let words = if row.is_on { "off" } else { "on" };
            if is_learned {
                state.say(format!("What was learnt of “{}” is {words}", row.name));
                return learning::run(state, Learn::Now);
            }
            state.say(format!("{} is {words}. Tag again to see what that changes", row.name));
        }
    }
}

/// Removes the row in focus, where it is the analyst's: a standing rule at once, for undo brings it back; a rule or
/// list of a file when asked twice.
fn remove_row(state: &mut State) {
    let Some(row) = state.rulebook.row().cloned() else { return state.say("No rule is in focus") };
    match &row.key {
        RowKey::Standing(key) => {
            if let Some(at) = ruling::position(state.session(), key) {
                set_standing(state, at, None);
            }
        }
        RowKey::Part(id) if row.kind == RowKind::Learned => learning::forget(state, id.strip_prefix(LEARNED).unwrap_or(id)),
        RowKey::Part(_) if !row.kind.is_own() => state.say("This one belongs to the program; it can be switched off"),
        RowKey::Part(id) if state.rulebook.removing.as_ref() == Some(&row.key) => writing::remove_part(state, id),
        RowKey::Part(_) => {
            state.say(format!("Once more removes {} from its file; there is no undo, but the file as it was is kept", row.name));
            state.rulebook.removing = Some(row.key);
        }
    }
}

/// Writes on the row in focus, where it is the analyst's.
fn write_row(state: &mut State) {
    let Some(row) = state.rulebook.row() else { return };
    match (&row.key, row.kind) {
        (RowKey::Part(id), RowKind::Learned) if id.starts_with(NAME) => keep_learned(state),
        (RowKey::Part(id), RowKind::OwnRule | RowKind::OwnList) => writing::start(state, Writing::Part(id.clone())),
        _ => open_hit(state),
    }
}

/// What begins the keys of rows that tell of a name.
const NAME: &str = "learned:name/";

/// Makes a standing rule of what was learnt of a name.
fn keep_learned(state: &mut State) {
    let Some(row) = state.rulebook.row().cloned() else { return };
    let verdict = if row.label.is_empty() { Verdict::Never } else { Verdict::Always(Label::new(&row.label)) };
    let Stamp { by, at } = state.stamp();
    let rule = StandingRule { name: row.name, verdict, off: false, note: String::new(), by, at };
    let told = ruling::words(&rule);
    let edit = ruling::put(state.session(), rule, &state.stamp());
    if state.perform(edit) {
        state.say(format!("Kept as a rule: {told}"));
    }
}

/// Begins a new rule, for the words selected or in focus on the page.
fn new_rule(state: &mut State) {
    let span = state.words().filter(|_| state.stage.view == View::Review);
    let words = span.and_then(|span| state.open_article().map(|article| article.quote(span).to_owned()));
    let from = Some(state.stage).filter(|stage| stage.view != View::Rules);
    state.show(View::Rules);
    writing::start(state, Writing::New(words.unwrap_or_default()));
    state.rulebook.came_from = from.map(|stage| Stage { dialog: None, ..stage });
}

/// Opens the article at the first mention of the row in focus.
fn open_hit(state: &mut State) {
    match state.rulebook.hits.first().cloned() {
        Some(hit) => {
            state.show(View::Review);
            going::open_at(state, &hit.article, hit.span);
        }
        None => state.say("It has no mention in this session"),
    }
}

/// The label that a new rule begins with: that of the words in focus, where they have one.
pub fn label_for_rule(state: &State) -> Label {
    let focused = state.focused().map(|mention| mention.label.clone());
    let first = || state.session().scheme().in_use().next().map(|def| def.name.clone());
    focused.or_else(first).unwrap_or_else(|| Label::new("ORG"))
}
