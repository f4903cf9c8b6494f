//! Sources that have changed: noticed, read again in the background, shown as a difference, taken over as one edit.

use std::sync::Arc;

use rayon::prelude::*;

use super::{going, tagging};
use crate::annotation::{Article, ArticleId, Session, ZoneKind};
use crate::decide::anchors::{Refreshed, refresh};
use crate::decide::standing::Standing;
use crate::decide::{Refusal, Stamp, article};
use crate::formats::readers;
use crate::reading::{self, How, Omitted};
use crate::store::{Found, Glances, Looked, look};
use crate::text::Span;
use crate::workbench::command::{Renew, Screen};
use crate::workbench::models::Refreshing;
use crate::workbench::parts::{Dialog, Lists, count, sentence};
use crate::workbench::state::State;

/// How sources are to be read.
#[derive(Default)]
struct Asked {
    encoding: Option<String>,
    is_whole: bool,
}

/// Reads the sources of the open article, or of all, again and shows what would change.
pub fn refresh(state: &mut State, all: bool) {
    let ids: Vec<ArticleId> = match all {
        true => state.session().articles().iter().map(|article| article.id.clone()).collect(),
        false => state.page.article.iter().cloned().collect(),
    };
    read_sources(state, ids, Asked::default());
}

/// Reads the source of the open article again in another encoding.
pub fn read_again(state: &mut State, encoding: String) {
    state.stage.dialog = None;
    if let Err(trouble) = reading::check_encoding(&encoding) {
        return state.problem(sentence(&trouble.to_string()));
    }
    let ids = state.page.article.iter().cloned().collect();
    read_sources(state, ids, Asked { encoding: Some(encoding), is_whole: false });
}

/// Brings back what was left out of the open article: reads its page again and keeps all of it, else takes what it has of
/// boilerplate for body.
pub fn keep_whole(state: &mut State) {
    let Some(open) = state.open_article() else { return state.say("No article is open") };
    let (id, whole) = (open.id.clone(), Span::new(0, open.text.len()));
    if Omitted::of(open).is_some() && open.source.is_some() {
        return read_sources(state, vec![id], Asked { encoding: None, is_whole: true });
    }
    let edit = article::without_boilerplate(state.session(), &id, &state.stamp());
    match edit {
        Err(Refusal::Already) => state.say("Nothing was left out of this article"),
        Err(refusal) => state.refuse(&refusal),
        Ok(edit) => {
            if state.perform(edit) {
                going::keep_focus_near(state, whole);
                tagging::retag_zone(state, &id);
            }
        }
    }
}

fn read_sources(state: &mut State, ids: Vec<ArticleId>, asked: Asked) {
    let (session, lists, stamp) = (state.session().clone(), state.lists.clone(), state.stamp());
    state.start("Reading sources", move |reporter| {
        let progress = |done, total| reporter.progress(done, total);
        let how = How { encoding: asked.encoding.as_deref(), is_whole: asked.is_whole, ..How::default() };
        let looked = look(&session, &ids, readers(), how, &progress, reporter.cancel_flag());
        if reporter.is_cancelled() {
            return;
        }
        let carry = |looked: &Looked| {
            let Found::Changed(fresh) = &looked.found else { return None };
            Some(carried(&looked.article, fresh, &session, &lists, &stamp))
        };
        let carried: Vec<(Refreshed, Option<String>)> = looked.par_iter().filter_map(carry).collect();
        let (changed, untagged): (Vec<Refreshed>, Vec<Option<String>>) = carried.into_iter().unzip();
        let problems = looked.iter().filter_map(problem).chain(untagged.into_iter().flatten()).collect();
        let has_source = |looked: &&Looked| !matches!(looked.found, Found::NoSource);
        let looked = looked.iter().filter(has_source).count();
        let refreshing = Refreshing { changed, problems, looked, is_of_versions: false, encoding: asked.encoding };
        reporter.send(move |state| take_refreshed(state, refreshing));
    });
}

/// An article carried over to a text, with what the tagger and the standing rules say of that; and why the tagger says nothing.
fn carried(before: &Arc<Article>, fresh: &Article, session: &Session, lists: &Lists, stamp: &Stamp) -> (Refreshed, Option<String>) {
    let refreshed = refresh::article(before, fresh);
    let (refreshed, why) = match lists.suggest(&refreshed.after, session.scheme()) {
        Ok(suggestions) => (refreshed.tagged(&suggestions, session.scheme()), None),
        Err(why) => (refreshed, Some(format!("{why}; the new text comes without suggestions"))),
    };
    (refreshed.settled(&Standing::new(session.rules(), session.scheme()), session.scheme(), stamp), why)
}

/// Offers later versions of stories that are here: each takes the place of the one before, with what was decided there.
pub fn offer_versions(state: &mut State, versions: Vec<(Arc<Article>, Article)>) {
    let (session, lists, stamp) = (state.session().clone(), state.lists.clone(), state.stamp());
    state.start("Comparing versions", move |reporter| {
        let carried = versions.par_iter().map(|(before, fresh)| carried(before, fresh, &session, &lists, &stamp));
        let (changed, untagged): (Vec<Refreshed>, Vec<Option<String>>) = carried.unzip();
        let problems = untagged.into_iter().flatten().collect();
        let refreshing = Refreshing { looked: changed.len(), changed, problems, is_of_versions: true, encoding: None };
        reporter.send(move |state| take_refreshed(state, refreshing));
    });
}

fn take_refreshed(state: &mut State, refreshing: Refreshing) {
    match (&refreshing.changed[..], &refreshing.problems[..]) {
        ([], []) if refreshing.looked == 0 => state.say("There is no source to read again: the text was pasted"),
        ([], []) => state.say("The source says what it said before"),
        ([], [problem]) => state.problem(problem.clone()),
        _ => {
            state.dialogs.refreshing = Some(refreshing);
            state.stage.dialog = Some(Dialog::Refresh);
        }
    }
}

/// Takes changed sources over. An article that was worked on meanwhile keeps its old text.
pub fn apply_refresh(state: &mut State) {
    state.stage.dialog = None;
    let Some(mut refreshing) = state.dialogs.refreshing.take() else { return };
    let all = refreshing.changed.len();
    refreshing.changed.retain(|refreshed| state.session().article(&refreshed.before.id) == Some(&refreshed.before));
    let left_out = all - refreshing.changed.len();
    let edit = match refresh::edit(state.session(), &refreshing.changed, &state.stamp()) {
        Err(Refusal::Already) if left_out > 0 => return state.say("The article has changed meanwhile; refresh it again"),
        Err(refusal) => return state.refuse(&refusal),
        Ok(edit) => edit,
    };
    let target = edit.target.clone();
    let from = state.place();
    if !state.perform(edit) {
        return;
    }
    state.sources.changed.retain(|id| refreshing.changed.iter().all(|refreshed| refreshed.before.id != *id));
    let is_open = refreshing.changed.iter().any(|refreshed| Some(&refreshed.before.id) == state.page.article.as_ref());
    match target.filter(|target| !is_open || target.mention.is_some()) {
        Some(target) => going::open_mention(state, &target.article, target.mention),
        None => going::keep_focus_near(state, from),
    }
    let tally = refreshing.tally();
    let mut told = sentence(&tally.to_string());
    if left_out > 0 {
        told.push_str(&format!("; {} changed meanwhile and kept its text", count(left_out, "article")));
    }
    if tally.orphaned > 0 {
        let key = state.key_of(Screen::Open(Dialog::Orphans));
        told.push_str(&format!("; {key} lists what has lost its place"));
    }
    state.say(told);
}

/// Looks in the background whether sources have changed; called when a session opens and when the window comes to
/// the front. Looking again costs a glance at each file.
pub fn look_at_sources(state: &mut State) {
    let session = state.session().clone();
    if session.articles().iter().all(|article| article.source.is_none()) {
        return;
    }
    let mut glances = std::mem::take(&mut state.sources.glances);
    state.start("Looking at sources", move |reporter| {
        let changed = glances.changed(&session, reporter.cancel_flag());
        reporter.send(move |state| take_changed_sources(state, glances, changed));
    });
}

fn take_changed_sources(state: &mut State, glances: Glances, mut changed: Vec<ArticleId>) {
    state.sources.glances = glances;
    changed.retain(|id| state.session().article(id).is_some());
    let is_news = changed.iter().any(|id| !state.sources.changed.contains(id));
    if is_news {
        let what = match &changed[..] {
            [one] => {
                format!("The source of {} has changed", state.session().article(one).map_or("an article", |article| article.title()))
            }
            many => format!("The sources of {} have changed", count(many.len(), "article")),
        };
        let key = state.key_of(Renew::RefreshAll);
        state.say(format!("{what}; {key} shows what a refresh would do"));
    }
    state.sources.changed = changed;
}

/// Why a source could not be read.
fn problem(looked: &Looked) -> Option<String> {
    let path = looked.article.source.as_ref().map(|source| source.path.as_str()).unwrap_or_default();
    match &looked.found {
        Found::Missing => Some(format!("{path} is not there any more; the article stays as it is")),
        Found::Unreadable(trouble) => Some(format!("{path} {trouble}; the article stays as it is")),
        Found::NoSource | Found::Unchanged | Found::Changed(_) => None,
    }
}

/// What there is to say of an article that much was left out of, if there is.
pub fn told_of_omitted(state: &State) -> Option<String> {
    let open = state.open_article()?;
    if let Some(omitted) = Omitted::of(open) {
        return Some(format!("{omitted} on the page were left out as notices, talk and other stories"));
    }
    let boilerplate = open.zones.iter().filter(|zone| zone.kind == ZoneKind::Boilerplate).map(|zone| zone.span.len());
    let out: usize = boilerplate.sum();
    let is_much = out * 3 > open.text.len() && out > 200 && !Omitted::is_nothing(open);
    is_much.then(|| "Much of this text is taken for boilerplate and is not tagged".to_owned())
}
