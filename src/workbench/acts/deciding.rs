//! Deciding from the page: which mention is meant, what is decided, where the focus goes next.

use super::{checking, disputing, going, learning, spreading};
use crate::annotation::{Edit, How, Mention, MentionId, Scope};
use crate::decide::spread::{self, Decision, Focus, Reach};
use crate::decide::{Refusal, article, decision};
use crate::text::steps;
use crate::workbench::command::{Decide, Edge, Step};
use crate::workbench::parts::count;
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Decide) {
    match command {
        Decide::Confirm(scope) => decide(state, Decision::Confirm, scope),
        Decide::Reject(scope) => decide(state, Decision::Reject, scope),
        Decide::Label(label, scope) => decide(state, Decision::Retype(label), scope),
        Decide::MoveEdge(edge, step) => move_edge(state, edge, step),
        Decide::Widen => widen(state),
        Decide::Repeat => repeat(state),
        Decide::TickRow(row, ticked) => spreading::tick_row(state, row, ticked),
        Decide::Apply => spreading::apply_concordance(state),
        Decide::AcceptRest => accept_rest(state),
        Decide::Reopen => reopen(state),
        Decide::SetNote(note) => set_note(state, &note),
        Decide::TakeOther => disputing::take_other(state),
        Decide::Settle(row, takes_other) => disputing::settle(state, row, takes_other),
        Decide::GoDispute(row) => disputing::go(state, row),
    }
}

/// Decides the mention in focus, or with a label the selected words. In the article every mention of the name
/// follows at once; in the session every place is shown first.
pub fn decide(state: &mut State, decision: Decision, scope: Scope) {
    let Some(focus) = decided_on(state, &decision) else { return };
    let stamp = state.stamp();
    let edit = match scope {
        Scope::Mention => spread::decide(state.session(), &focus, &decision, How::Looked, &stamp),
        Scope::Article => spread::in_article(state.session(), &focus, &decision, &stamp),
        Scope::Session => return spreading::preview(state, &focus, &decision),
    };
    let from = state.place();
    match (edit, focus) {
        (Ok(edit), Focus::Mention(..)) => {
            if state.perform_told(edit) {
                going::advance(state, from);
            }
        }
        (Ok(edit), Focus::Words(..)) => perform_addition(state, edit),
        (Err(Refusal::Already), _) => going::advance(state, from),
        (Err(refusal), _) => state.refuse(&refusal),
    }
}

/// What a decision is made on now; says why where there is nothing.
fn decided_on(state: &mut State, decision: &Decision) -> Option<Focus> {
    let takes_words = matches!(decision, Decision::Add(_) | Decision::Retype(_));
    match (state.page.selection, state.target()) {
        (Some(span), _) if takes_words => Some(Focus::Words(state.page.article.clone()?, span)),
        (Some(_), _) => {
            state.say("A selection takes a label’s letter; Esc drops it");
            None
        }
        (None, Some((article, mention))) => Some(Focus::Mention(article, mention)),
        (None, None) => {
            state.say("No mention is in focus");
            None
        }
    }
}

/// Performs an addition and leaves the focus on the new mention, so that its edges can be moved.
fn perform_addition(state: &mut State, edit: Edit) {
    let mention = edit.target.as_ref().and_then(|target| target.mention);
    let caret = state.page.caret;
    if !state.perform_told(edit) {
        return;
    }
    if let Some(mention) = mention {
        going::focus(state, mention);
    }
    // In caret mode the next Tab goes on to the next likely name.
    if let Some(caret) = caret {
        state.page.put_caret(caret);
    }
}

/// Carries the last decision to the article, or from there to the session.
fn widen(state: &mut State) {
    let stamp = state.stamp();
    let Some(last) = state.history().next_undo().cloned() else { return state.say("Nothing has been decided yet") };
    if last.scope == Scope::Mention {
        let rows = spread::widen(state.session(), Reach::Article, &last, &stamp);
        match rows.and_then(|rows| spread::apply(state.session(), &rows)) {
            Ok(edit) => {
                let from = state.place();
                if state.perform_told(edit) && state.focused().is_none_or(Mention::is_settled) {
                    going::advance(state, from);
                }
                return;
            }
            Err(Refusal::Undecided) => return state.refuse(&Refusal::Undecided),
            // Nothing else in the article: the session is what is left.
            Err(_) => {}
        }
    }
    spreading::preview_widened(state, &last);
}

/// Moves an edge of the selection, or of the mention in focus, by one token.
fn move_edge(state: &mut State, edge: Edge, step: Step) {
    if let (Some(_), Edge::End) = (state.page.caret, edge) {
        return going::move_caret(state, step, true);
    }
    let Some(article) = state.open_article() else { return };
    let Some(span) = state.words() else {
        return state.say("No mention is in focus");
    };
    let moved = match edge {
        Edge::Start => steps::start_moved(&article.text, span, step == Step::Back),
        Edge::End => steps::end_moved(&article.text, span, step == Step::Back),
    };
    let Some(moved) = moved.filter(|moved| article.reach_of(span).contains(*moved)) else {
        return state.say("The edge cannot go further: a name does not reach past its paragraph");
    };
    if state.page.selection.is_some() {
        return going::select(state, Some(moved));
    }
    let Some((article, mention)) = state.target() else { return };
    let edit = decision::move_to(state.session(), &article, mention, moved, How::Looked, &state.stamp());
    if let Some(edit) = state.accepted(edit) {
        state.perform(edit);
    }
}

/// The last decision again, on the mention in focus or the selection.
fn repeat(state: &mut State) {
    let last = state.history().done().rev().find_map(spread::decision_of);
    match last {
        Some((decision, Scope::Session)) => decide(state, decision, Scope::Mention),
        Some((decision, scope)) => decide(state, decision, scope),
        None => state.say("Nothing has been decided yet that could be repeated"),
    }
}

fn reopen(state: &mut State) {
    let Some((article, mention)) = state.target() else { return state.say("No mention is in focus") };
    let from = state.focused().map(|mention| mention.span).unwrap_or_default();
    let edit = decision::reopen(state.session(), &article, mention, &state.stamp());
    if let Some(edit) = state.accepted(edit) {
        state.perform(edit);
        going::keep_focus_near(state, from);
    }
}

fn set_note(state: &mut State, note: &str) {
    let Some((article, mention)) = state.target() else { return };
    let edit = decision::note(state.session(), &article, mention, note, &state.stamp());
    if let Some(edit) = state.accepted(edit) {
        state.perform(edit);
    }
}

/// Steps to the first suggestion that nobody should accept unseen; asked twice in a row, accepts everything and says
/// how much of it was unseen.
fn accept_rest(state: &mut State) {
    let Some(open) = state.open_article() else { return state.say("No article is open") };
    let id = open.id.clone();
    let doubt = state.preferences.doubt_threshold();
    let doubtful: Vec<MentionId> = state.page.doubtful(open, doubt).map(|mention| mention.id).collect();
    let unseen = open.mentions.iter().filter(|mention| mention.is_suggested() && !state.page.has_seen(&id, mention.span)).count();
    let first_asked = state.page.accept_asked.as_ref() != Some(&id);
    if let (true, Some(first)) = (first_asked, doubtful.first()) {
        going::focus(state, *first);
        state.page.accept_asked = Some(id);
        let key = state.key_of(Decide::AcceptRest);
        let n = count(doubtful.len(), "mention");
        return state.say(format!("{n} to look at first: never on screen, doubtful, or contested. {key} again accepts all that is left"));
    }
    let edit = article::accept_rest(state.session(), &id, &state.stamp());
    let Some(edit) = state.accepted(edit) else { return };
    let accepted = edit.mention_count();
    if !state.perform(edit) {
        return;
    }
    if let Some(first) = state.open_article().and_then(|open| open.mentions.iter().find(|mention| mention.is_contested())) {
        let id = first.id;
        going::focus(state, id);
        return state.say("Accepted the rest; what two people decided differently waits for you");
    }
    let told = if unseen > 0 { format!(", {unseen} of them never on screen") } else { String::new() };
    let accepted = if accepted > 0 { format!("Accepted {}{told}; the", count(accepted, "suggestion")) } else { "The".to_owned() };
    state.say(format!("{accepted} article is done"));
    state.page.accept_asked = None;
    open_next(state, &accepted);
    // The article that comes next stays as it is now that it is on the page.
    learning::follow(state);
}

fn open_next(state: &mut State, accepted: &str) {
    match going::article_with_open(state, Step::On) {
        Some(next) => {
            going::open_article(state, &next);
            // The list of articles tells what it comes to.
            state.look_for_findings(|_| {});
        }
        None if !state.wanted.filter().is_empty() => {
            state.say(format!("{accepted} article is done. Every article that the filter leaves is settled"));
        }
        None => {
            state.say(format!("{accepted} article is done. Every article is settled"));
            checking::look_at_the_end(state);
        }
    }
}
