//! Tagging again: run in the background, shown as a difference, applied as one edit.

use std::sync::Arc;

use rayon::prelude::*;

use super::going;
use crate::annotation::{Article, ArticleId};
use crate::decide::{Refusal, retag};
use crate::tagger::Suggestion;
use crate::workbench::models::{Changed, Retagging};
use crate::workbench::parts::{Dialog, count};
use crate::workbench::state::State;

/// Why articles were tagged again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Purpose {
    /// Asked for: the difference is shown first.
    Asked,
    /// The day of publication is another one, so that other days are meant: shown first, where anything changes.
    Day,
    /// A zone came back into the article: its suggestions simply come.
    Zone,
}

/// How many articles are tagged between two looks at the progress.
const BATCH: usize = 64;

/// Tags the open article, what is chosen in the list, or all of them, and shows what would change.
pub fn retag(state: &mut State, all: bool) {
    let ids: Vec<ArticleId> = match all {
        true => state.session().articles().iter().map(|article| article.id.clone()).collect(),
        false => state.chosen().unwrap_or_else(|| state.page.article.iter().cloned().collect()),
    };
    tag_again(state, ids, Purpose::Asked);
}

/// Brings the suggestions of a zone that is body again.
pub fn retag_zone(state: &mut State, article: &ArticleId) {
    tag_again(state, vec![article.clone()], Purpose::Zone);
}

/// Offers what the tagger says of an article whose day of publication was set.
pub fn retag_day(state: &mut State, article: &ArticleId) {
    tag_again(state, vec![article.clone()], Purpose::Day);
}

fn tag_again(state: &mut State, ids: Vec<ArticleId>, purpose: Purpose) {
    let session = state.session().clone();
    let lists = state.lists.clone();
    state.start("Tagging", move |reporter| {
        let mut tagged = Vec::with_capacity(ids.len());
        let mut fault = None;
        for batch in ids.chunks(BATCH) {
            reporter.progress(tagged.len(), ids.len());
            if reporter.is_cancelled() {
                return;
            }
            let articles = batch.par_iter().filter_map(|id| session.article(id));
            let suggest = |article: &Arc<Article>| Ok((article.id.clone(), lists.suggest(article, session.scheme())?));
            let found: Vec<Result<_, String>> = articles.map(suggest).collect();
            for one in found {
                match one {
                    Ok(one) => tagged.push(one),
                    Err(why) => fault = fault.or(Some(why)),
                }
            }
        }
        if let Some(why) = fault {
            let n = count(ids.len() - tagged.len(), "article");
            reporter.send(move |state| state.problem(format!("{why}. Such articles keep what they had: {n}")));
        }
        reporter.send(move |state| take_tagged(state, purpose, tagged));
    });
}

fn take_tagged(state: &mut State, purpose: Purpose, mut tagged: Vec<(ArticleId, Vec<Suggestion>)>) {
    // An article may have been removed while it was being tagged.
    tagged.retain(|(id, _)| state.session().article(id).is_some());
    match retag::retag(state.session(), &tagged, &state.stamp()) {
        Ok((edit, _)) if purpose == Purpose::Zone => {
            state.perform(edit);
        }
        Ok((edit, _)) if purpose == Purpose::Day && Changed::by(&edit).iter().all(|changed| changed.words().is_none()) => {}
        Ok((edit, difference)) => {
            state.dialogs.retagging = Some(Retagging { tagged, difference, changes: Changed::by(&edit) });
            state.stage.dialog = Some(Dialog::Retag);
        }
        Err(Refusal::Already) if purpose == Purpose::Asked => state.say("The tagger says what it said before"),
        Err(_) => {}
    }
}

/// Takes the new suggestions over; what was settled since they were made stays settled.
pub fn apply_retag(state: &mut State) {
    state.stage.dialog = None;
    let Some(mut retagging) = state.dialogs.retagging.take() else { return };
    retagging.tagged.retain(|(id, _)| state.session().article(id).is_some());
    match retag::retag(state.session(), &retagging.tagged, &state.stamp()) {
        Ok((edit, difference)) => {
            let from = state.place();
            let changes = Changed::by(&edit);
            let new = changes.iter().find(|changed| changed.before.is_none()).or(changes.iter().find(|changed| changed.words().is_some()));
            let first = new.and_then(|changed| Some((changed.article.clone(), changed.after.as_ref()?.id)));
            if state.perform(edit) {
                match first {
                    Some((article, mention)) => going::open_mention(state, &article, Some(mention)),
                    None => going::keep_focus_near(state, from),
                }
                state.say(format!("{difference}"));
            }
        }
        Err(refusal) => state.refuse(&refusal),
    }
}
