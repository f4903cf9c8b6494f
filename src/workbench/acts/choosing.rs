//! Which articles are listed and chosen, and what is done with all that are chosen.

use super::{going, preferring};
use crate::annotation::{ArticleId, Progress};
use crate::decide::articles::{Mark, mark_all, remove_all};
use crate::store::Settings;
use crate::workbench::command::{Articles, Step};
use crate::workbench::parts::{Pane, count};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Articles) {
    match command {
        Articles::Filter(typed) => state.wanted.ask(&typed),
        Articles::Toggle(what) => {
            let typed = state.wanted.filter().toggled(what).to_string();
            state.wanted.ask(&typed);
        }
        Articles::All => show_all(state),
        Articles::Sort(order) => state.wanted.sort(order),
        Articles::Reverse => state.wanted.is_reversed = !state.wanted.is_reversed,
        Articles::Choose(id) => choose(state, &id),
        Articles::ChooseTo(id) => choose_to(state, &id),
        Articles::ChooseStep(step) => choose_step(state, step),
        Articles::ChooseAll => choose_all(state),
        Articles::LetGo => state.choice.let_go(),
        Articles::Tag { add, remove } => tag(state, add, remove),
        Articles::Keep(name) => keep(state, name),
        Articles::Rename(name, other) => rename(state, &name, other),
        Articles::Forget(name) => {
            change_filters(state, |filters| drop(filters.remove(&name)));
        }
    }
}

fn show_all(state: &mut State) {
    if state.wanted.typed().is_empty() {
        return state.say("Every article is listed");
    }
    state.wanted.ask("");
}

fn choose(state: &mut State, id: &ArticleId) {
    // Whoever takes a second one along means the one that is open, too.
    if let Some(open) = state.page.article.clone().filter(|open| state.choice.is_empty() && open != id) {
        state.choice.toggle(&open);
    }
    state.choice.toggle(id);
    state.stage.pane = Pane::List;
}

fn choose_to(state: &mut State, id: &ArticleId) {
    let anchor = state.choice.anchor().or(state.page.article.as_ref()).unwrap_or(id).clone();
    let row = |id: &ArticleId| state.session().position(id).and_then(|place| state.articles.row_of(place));
    let (Some(from), Some(to)) = (row(&anchor).or(row(id)), row(id)) else { return };
    let run = state.listed().skip(from.min(to)).take(from.abs_diff(to) + 1);
    let ids: Vec<ArticleId> = run.map(|article| article.id.clone()).collect();
    state.choice.run(anchor, ids);
    state.stage.pane = Pane::List;
}

/// The run goes on to the next article of the list, which is opened.
fn choose_step(state: &mut State, step: Step) {
    let from = state.page.article.clone();
    if state.choice.is_empty()
        && let Some(from) = &from
    {
        state.choice.run(from.clone(), [from.clone()]);
    }
    going::go_article(state, step);
    if let Some(open) = state.page.article.clone() {
        choose_to(state, &open);
    }
}

fn choose_all(state: &mut State) {
    let ids: Vec<ArticleId> = state.listed().map(|article| article.id.clone()).collect();
    let Some(first) = ids.first().cloned() else { return state.say("No article is listed") };
    state.choice.run(first, ids);
    state.stage.pane = Pane::List;
}

/// Flags all that are chosen; where all of them are flagged, takes the flags off.
pub fn toggle_flag(state: &mut State, ids: &[ArticleId]) {
    let is_flagged = |id: &ArticleId| state.session().article(id).is_some_and(|article| article.desk.flagged);
    let mark = Mark::Flag(!ids.iter().all(is_flagged));
    mark_chosen(state, ids, &mark);
}

/// Marks all that are chosen done or set aside; where all of them are, takes that off.
pub fn toggle_progress(state: &mut State, ids: &[ArticleId], progress: Progress) {
    let is_so = |id: &ArticleId| state.session().article(id).is_some_and(|article| article.desk.progress == progress);
    let mark = Mark::Progress(if ids.iter().all(is_so) { Progress::Open } else { progress });
    mark_chosen(state, ids, &mark);
}

fn tag(state: &mut State, add: Vec<String>, remove: Vec<String>) {
    let ids = state.chosen().unwrap_or_else(|| state.page.article.iter().cloned().collect());
    mark_chosen(state, &ids, &Mark::Tags { add, remove });
}

fn mark_chosen(state: &mut State, ids: &[ArticleId], mark: &Mark) {
    let edit = mark_all(state.session(), ids, mark, &state.stamp());
    let Some(edit) = state.accepted(edit) else { return };
    let n = edit.ops.len();
    if state.perform(edit) && n > 1 {
        state.say(format!("{}: {mark}. One undo takes it back", count(n, "article")));
    }
}

/// Takes all that are chosen out of the session, and opens what then stands in their place in the list.
pub fn remove(state: &mut State, ids: &[ArticleId]) {
    let edit = remove_all(state.session(), ids, &state.stamp());
    let Some(edit) = state.accepted(edit) else { return };
    let next = going::beside(state, ids);
    if state.perform(edit) {
        state.choice.let_go();
        match ids.len() {
            1 => state.say("Removed the article from the session; its file stays as it is"),
            n => state.say(format!("Removed {} from the session; their files stay. One undo brings them back", count(n, "article"))),
        }
        state.page.close_article();
        let next = next.or_else(|| state.session().articles().first().map(|article| article.id.clone()));
        if let Some(next) = next {
            going::open_article(state, &next);
        }
    }
}

fn keep(state: &mut State, name: String) {
    let typed = state.wanted.filter().to_string();
    if typed.is_empty() || name.trim().is_empty() {
        return state.say("There is no filter to keep, or no name for it");
    }
    let name = name.trim().to_owned();
    change_filters(state, |filters| drop(filters.insert(name, typed)));
}

fn rename(state: &mut State, name: &str, other: String) {
    let is_taken = other != *name && state.settings().filters.contains_key(&other);
    if is_taken || other.trim().is_empty() {
        return state.say("Another filter is called so already, or the name is empty");
    }
    change_filters(state, |filters| {
        if let Some(typed) = filters.remove(name) {
            filters.insert(other.trim().to_owned(), typed);
        }
    });
}

fn change_filters(state: &mut State, change: impl FnOnce(&mut std::collections::BTreeMap<String, String>)) {
    let mut settings: Settings = state.settings().clone();
    change(&mut settings.filters);
    preferring::set_settings(state, settings);
}
