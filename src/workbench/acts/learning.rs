//! Learning in the background, and renewing the suggestions of articles not yet read.
//!
//! It runs after an article is marked done, or when asked. The article on the page stays as it is then, so that nothing
//! changes under the analyst's eyes; only who asks has that one renewed too. What changed is one edit, which one undo takes
//! back.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::going;
use crate::annotation::{Article, ArticleId};
use crate::decide::learning::Learning;
use crate::decide::retag;
use crate::tagger::{Suggestion, Tagger};
use crate::workbench::command::Learn;
use crate::workbench::models::{Changed, Renewed};
use crate::workbench::parts::{Dialog, Lists, count};
use crate::workbench::state::State;

/// How many articles are renewed between two looks at whether anybody waits.
const BATCH: usize = 32;

/// What a run of learning came to.
struct Outcome {
    learning: Arc<Learning>,
    tagger: Arc<Tagger>,
    tagged: Vec<(ArticleId, Vec<Suggestion>)>,
}

pub fn run(state: &mut State, command: Learn) {
    match command {
        Learn::Now => learn(state, true),
        Learn::Switch => switch(state),
        Learn::Changes if state.dialogs.renewed.changes.is_empty() => state.say("Learning has changed no suggestion yet"),
        Learn::Changes => state.stage.dialog = Some(Dialog::Renewed),
    }
}

/// After an article was settled.
pub fn follow(state: &mut State) {
    learn(state, false);
}

/// Learns what the session teaches by now; `is_asked` tells that the analyst waits for it.
fn learn(state: &mut State, is_asked: bool) {
    let generation = state.version().0;
    let taught = state.taught.of(generation);
    if state.lists.is_command() || taught.is_off && !is_asked {
        if is_asked {
            state.say("A command suggests here; it learns nothing");
        }
        return;
    }
    if taught.is_busy {
        taught.is_asked |= is_asked;
        return;
    }
    taught.is_busy = true;
    let (learning, is_off) = (taught.learning.clone(), taught.is_off);
    let (session, lists) = (state.session().clone(), state.lists.clone());
    let page = state.page.article.clone().filter(|_| !is_asked);
    state.start("Learning", move |reporter| {
        let is_cancelled = || reporter.is_cancelled();
        let mut learning = (*learning).clone();
        let outcome = learning.follow(lists.wait(), &session, &is_cancelled).map(|_| {
            let tagger = if is_off { lists.wait().clone() } else { learning.tagger(lists.wait()) };
            let open = |article: &&Arc<Article>| article.open_count() > 0 && Some(&article.id) != page.as_ref();
            let articles: Vec<&Arc<Article>> = session.articles().iter().filter(open).collect();
            let mut tagged = Vec::with_capacity(articles.len());
            for batch in articles.chunks(BATCH) {
                reporter.progress(tagged.len(), articles.len());
                let renew = |article: &&Arc<Article>| {
                    let both = tagger.both(article, session.scheme(), &is_cancelled).ok()?;
                    Some((article.id.clone(), learning.renewed(session.scheme(), article, both)))
                };
                tagged.par_extend(batch.par_iter().filter_map(renew));
            }
            Outcome { learning: Arc::new(learning), tagger, tagged }
        });
        reporter.send(move |state| take(state, generation, is_asked, &lists, outcome));
    });
}

/// Takes in what was learnt, where it is of this session.
fn take(state: &mut State, generation: u64, is_asked: bool, lists: &Arc<Lists>, outcome: Option<Outcome>) {
    if state.version().0 != generation {
        return;
    }
    let taught = state.taught.of(generation);
    taught.is_busy = false;
    let asked_again = std::mem::take(&mut taught.is_asked);
    let Some(outcome) = outcome.filter(|_| Arc::ptr_eq(lists, &state.lists)) else {
        if asked_again {
            learn(state, true);
        }
        return;
    };
    let stepped_back = outcome.learning.steps_back() && !taught.learning.steps_back();
    taught.learning = outcome.learning;
    state.lists.teach(Some(outcome.tagger));
    if stepped_back {
        state.problem(STEPPED_BACK);
    }
    renew(state, is_asked, outcome.tagged);
    if asked_again {
        learn(state, true);
    }
}

const STEPPED_BACK: &str =
    "What was learnt made the suggestions of the last articles worse, so it is set aside until later ones say otherwise";

/// Puts the new suggestions in, and tells how many changed.
fn renew(state: &mut State, is_asked: bool, mut tagged: Vec<(ArticleId, Vec<Suggestion>)>) {
    let page = state.page.article.clone().filter(|_| !is_asked);
    tagged.retain(|(id, _)| Some(id) != page.as_ref() && state.session().article(id).is_some_and(|article| article.open_count() > 0));
    let Ok((edit, _)) = retag::retag(state.session(), &tagged, &state.stamp()) else {
        if is_asked {
            state.say("Nothing that was learnt changes a suggestion");
        }
        return;
    };
    let changes: Vec<(Changed, String)> = Changed::by(&edit)
        .into_iter()
        .filter(|changed| changed.words().is_some())
        .map(|changed| {
            let reason = changed.after.as_ref().map_or_else(|| GONE.to_owned(), |after| state.lists.reason(&after.origin));
            (changed, reason)
        })
        .collect();
    let articles = changes.iter().map(|(changed, _)| &changed.article).collect::<BTreeSet<_>>().len();
    Arc::make_mut(&mut state.taught.learning).note(&edit);
    let from = state.place();
    if !state.perform(edit) || changes.is_empty() {
        return;
    }
    if is_asked {
        going::keep_focus_near(state, from);
    }
    let key = state.key_of(Learn::Changes);
    let words = format!("{} changed in {}; {key} shows them", count(changes.len(), "suggestion"), count(articles, "article"));
    state.dialogs.renewed = Renewed { changes, articles };
    state.say(words);
}

const GONE: &str = "by what was decided, it is no longer suggested";

/// Switches learning off or on for this session. Off, articles not yet read get back the suggestions that they had before.
fn switch(state: &mut State) {
    let generation = state.version().0;
    let taught = state.taught.of(generation);
    taught.is_off = !taught.is_off;
    state.say(if state.taught.is_off { "Learning is off for this session" } else { "Learning is on" });
    learn(state, true);
}

/// Lets a line of what was learnt count no more.
pub fn forget(state: &mut State, id: &str) {
    let generation = state.version().0;
    let taught = state.taught.of(generation);
    Arc::make_mut(&mut taught.learning).forget(id);
    state.say("Forgotten for as long as this session is open");
    learn(state, true);
}
