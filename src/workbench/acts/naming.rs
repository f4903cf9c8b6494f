//! Names first: decisions on the row in focus of the table of names, applied as one edit.

use super::going;
use crate::decide::entities;
use crate::decide::names::Subject;
use crate::decide::ruling;
use crate::decide::spread::{self, Decision};
use crate::text::name;
use crate::workbench::command::{Command, Decide, Go, Link, Names, Step};
use crate::workbench::parts::View;
use crate::workbench::state::State;

/// Commands of the table while another view is shown.
pub fn run(state: &mut State, command: Names) {
    match command {
        Names::SortStep(_) | Names::Reverse | Names::ToggleThings | Names::ToggleKeepRule => {
            state.say_where("the table of names", View::Names);
        }
        // The table is set up beforehand, by what leads to it.
        command => run_on_table(state, command),
    }
}

/// Takes a command over that means something else in the table of names than on the page. Hands back what it does not
/// know.
pub fn run_in_view(state: &mut State, command: Command) -> Option<Command> {
    let row = state.queue.row().unwrap_or(0);
    match command {
        Command::Names(command) => run_on_table(state, command),
        Command::Decide(Decide::Confirm(_)) => decide_name(state, Decision::Confirm),
        Command::Decide(Decide::Reject(_)) => decide_name(state, Decision::Reject),
        Command::Decide(Decide::Label(label, _)) => decide_name(state, Decision::Retype(label)),
        Command::Decide(Decide::TickRow(row, ticked)) => tick_row(state, row, ticked),
        Command::Decide(Decide::Apply) => apply_to_name(state),
        Command::Decide(Decide::AcceptRest) => open_name(state),
        Command::Go(Go::Undecided(Step::On) | Go::Mention(Step::On)) => state.queue.go(row + 1),
        Command::Go(Go::Undecided(Step::Back) | Go::Mention(Step::Back)) => state.queue.go(row.saturating_sub(1)),
        Command::Link(Link::To(entity, _)) => link_name(state, Decision::Link(entity)),
        Command::Link(Link::New(entity, _)) => link_name(state, Decision::Create(*entity)),
        command => return Some(command),
    }
    None
}

fn run_on_table(state: &mut State, command: Names) {
    let queue = &mut state.queue;
    match command {
        Names::Row(subject) => {
            let row = queue.rows.iter().position(|row| row.subject == subject);
            queue.go(row.unwrap_or(0));
        }
        Names::Filter(filter) => queue.filter = filter,
        Names::Sort(order) => queue.sort(order),
        Names::SortStep(step) => queue.sort(queue.order.stepped(step == Step::On)),
        Names::Reverse => queue.is_reversed = !queue.is_reversed,
        Names::ToggleThings => {
            queue.shows_things = !queue.shows_things;
            queue.decision = Decision::Confirm;
        }
        Names::ToggleKeepRule => toggle_keep_rule(state),
    }
}

fn tick_row(state: &mut State, row: usize, ticked: bool) {
    if let Some(preview) = &mut state.queue.preview {
        preview.tick(row, ticked);
    }
}

/// Said in words too: the tick that tells it is not on screen in a narrow window, nor where there is nothing to preview.
fn toggle_keep_rule(state: &mut State) {
    if state.queue.row().is_none() {
        return state.say("No name is in focus");
    }
    if !state.queue.may_be_kept() {
        return state.say("A rule keeps a label or a rejection, not a link");
    }
    state.queue.keeps_rule = !state.queue.keeps_rule;
    state.say(match state.queue.keeps_rule {
        true => "The next decision stays as a rule",
        false => "The next decision does not stay as a rule",
    });
}

/// Applies the decision where it is the one on screen; else shows it.
fn decide_name(state: &mut State, decision: Decision) {
    if state.queue.at.is_none() {
        return state.say("No name is in focus");
    }
    if state.queue.decision == decision { apply_to_name(state) } else { state.queue.show(decision) }
}

/// Applies what is ticked as one edit, the standing rule with it, and goes to the next name.
fn apply_to_name(state: &mut State) {
    state.refresh_queue();
    let Some(concordance) = state.queue.preview.take() else {
        return state.say(state.queue.refusal.clone().unwrap_or_else(|| "No name is in focus".to_owned()));
    };
    let stamp = state.stamp();
    let rule = state.queue.rule(concordance.label(), &stamp);
    let at = state.queue.row().unwrap_or(0);
    let subject = state.queue.at.clone();
    let edit = match (spread::apply(state.session(), &concordance), rule) {
        (Ok(edit), None) => Ok(edit),
        (Ok(edit), Some(rule)) => Ok(ruling::with_rule(state.session(), edit, rule)),
        (Err(_), Some(rule)) => Ok(ruling::put(state.session(), rule, &stamp)),
        (Err(refusal), None) => Err(refusal),
    };
    if let Some(edit) = state.accepted(edit) {
        state.perform_told(edit);
    }
    state.queue.show(Decision::Confirm);
    state.refresh_queue();
    // A settled name leaves the list of open ones, so that the next one stands in its place already.
    let stays = state.queue.rows.get(at).map(|row| row.subject.clone()) == subject;
    state.queue.go(if stays { at + 1 } else { at });
}

/// Links the row in focus: a name is shown first, two entities become one at once.
fn link_name(state: &mut State, decision: Decision) {
    let of_row = state.queue.current().map(|row| row.subject.clone());
    match (of_row, &decision) {
        (Some(Subject::Entity(from)), Decision::Link(Some(into))) => {
            let edit = entities::change::merge(state.session(), &from, into, &state.stamp());
            if let Some(edit) = state.accepted(edit) {
                state.perform_told(edit);
            }
        }
        (Some(_), _) => state.queue.show(decision),
        (None, _) => state.say("No name is in focus"),
    }
}

/// Goes to the name of the mention in focus on the page: what undo changed there.
pub fn go_to_name_in_focus(state: &mut State) {
    let quote = state.focused().zip(state.open_article()).map(|(mention, article)| article.quote(mention.span));
    let Some(key) = quote.map(name::key) else { return };
    state.refresh_queue();
    state.queue.go_to_name(&key);
}

/// Opens the article at the first place of the name that waits for a decision, else at its first place.
fn open_name(state: &mut State) {
    let rows = state.queue.preview.iter().flat_map(|preview| &preview.rows);
    let place = rows.clone().find(|row| row.ticked).or(rows.clone().next());
    if let Some((article, span)) = place.map(|row| (row.article.clone(), row.span)) {
        state.show(View::Review);
        going::open_at(state, &article, span);
    }
}
