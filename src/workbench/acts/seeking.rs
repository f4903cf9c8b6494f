//! Finding on the page: steps through matches, all of them tagged at once.

use super::{corpus, going};
use crate::annotation::{Edit, How, Label, Scope, Session, Target, Verb};
use crate::decide::seek::Sought;
use crate::decide::{Stamp, decision};
use crate::text::Span;
use crate::text::pattern::Query;
use crate::workbench::command::{Seek, Step};
use crate::workbench::parts::{Effect, Find};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Seek) {
    match command {
        Seek::For(query) => find(state, query),
        Seek::Step(step) => find_step(state, step),
        Seek::Tag(label) => tag_matches(state, &label),
        Seek::In(sought, order) => {
            // On the page one goes on with it.
            if let Sought::Text(query) = &sought {
                find(state, query.clone());
            }
            corpus::look(state, sought, order);
        }
        Seek::TickFound(row, ticked) => corpus::tick(state, row, ticked),
        Seek::TagFound(label) => corpus::decide(state, Some(&label)),
        Seek::RejectFound => corpus::decide(state, None),
        Seek::FlagFound => corpus::flag(state),
    }
}

fn find(state: &mut State, query: Query) {
    if query != state.find.query {
        state.find = Find { query, ..Find::default() };
        state.follow_find();
    }
}

/// Selects the next or previous match, round the end of the article.
fn find_step(state: &mut State, step: Step) {
    let n = state.find.matches.len();
    if n == 0 {
        return state.say("Nothing is found");
    }
    let from = state.place();
    let at = match (state.find.at, step) {
        (Some(at), Step::On) => (at + 1) % n,
        (Some(at), Step::Back) => (at + n - 1) % n,
        (None, Step::On) => state.find.matches.partition_point(|found| *found < from) % n,
        (None, Step::Back) => (state.find.matches.partition_point(|found| *found < from) + n - 1) % n,
    };
    state.find.at = Some(at);
    let found = state.find.matches[at];
    going::select(state, Some(found));
    state.effects.push(Effect::Reveal);
}

/// Adds a mention on every match that lies in no boilerplate and crosses nothing settled; one edit, one undo.
fn tag_matches(state: &mut State, label: &Label) {
    let Some(id) = state.page.article.clone() else { return };
    let stamp = state.stamp();
    let mut scratch = state.session().clone();
    let mut ops = Vec::new();
    let mut count = 0;
    for span in state.find.matches.clone() {
        let Some(edit) = match_edit(state, &scratch, span, label, &stamp) else { continue };
        if scratch.apply(&edit).is_ok() {
            ops.extend(edit.ops);
            count += 1;
        }
    }
    if count == 0 {
        return state.say("No match is left to tag: they lie in boilerplate or in settled mentions");
    }
    let what = state.find.query.text.clone();
    let target = Some(Target { article: id, mention: None });
    let edit = Edit { verb: Verb::Add, scope: Scope::Article, target, what, label: Some(label.clone()), by: stamp.by, at: stamp.at, ops };
    state.perform_told(edit);
}

fn match_edit(state: &State, session: &Session, span: Span, label: &Label, stamp: &Stamp) -> Option<Edit> {
    let article = session.article(state.page.article.as_ref()?)?;
    let is_settled = article.overlapping(span).any(|mention| mention.is_confirmed());
    if is_settled || article.is_boilerplate_at(span.start as usize) {
        return None;
    }
    decision::add(session, &article.id, span, label, How::Spread, stamp).ok()
}
