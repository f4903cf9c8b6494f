//! Learning in the background, and renewing the suggestions of articles not yet read.
//!
//! It runs after an article is marked done, or when asked. The article on the page stays as it is then, so that nothing
//! changes under the analyst's eyes; only who asks has that one renewed too. What changed is one edit, which one undo takes
//! back.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::{going, preferring};
use crate::annotation::{Article, ArticleId, Session};
use crate::decide::learning::Learning;
use crate::decide::retag;
use crate::store::{Files, Settings, read_learned, write_learned, write_whole};
use crate::tagger::learned::Carried;
use crate::tagger::{Suggestion, Tagger};
use crate::workbench::command::Learn;
use crate::workbench::models::{Asked, Changed, Renewed, Replacing};
use crate::workbench::parts::{Dialog, Lists, count};
use crate::workbench::state::State;

/// How many articles are renewed between two looks at whether anybody waits.
const BATCH: usize = 32;

/// What a run of learning came to.
struct Outcome {
    learning: Arc<Learning>,
    tagger: Arc<Tagger>,
    tagged: Vec<(ArticleId, Vec<Suggestion>)>,
    /// The files that it began with, and what is wrong with them.
    brought: Vec<PathBuf>,
    told: Vec<String>,
}

pub fn run(state: &mut State, command: Learn) {
    match command {
        Learn::Now => learn(state, true),
        Learn::Switch => switch(state),
        Learn::Changes if state.dialogs.renewed.changes.is_empty() => state.say("Learning has changed no suggestion yet"),
        Learn::Changes => state.stage.dialog = Some(Dialog::Renewed),
        Learn::Save(path) => save(state, path, false),
        Learn::Bring(path) => bring(state, path),
        Learn::LetGo => let_go(state),
    }
}

/// After an article was settled.
pub fn follow(state: &mut State) {
    learn(state, false);
}

/// After a session was opened or files were chosen: where learning is brought in, articles get what it says.
pub fn begin(state: &mut State) {
    let generation = state.version().0;
    let wanted = state.settings().learned.clone();
    if wanted != state.taught.of(generation).brought {
        learn(state, false);
    }
}

/// What the files hold, those that cannot be used told.
fn read(files: &dyn Files, paths: &[PathBuf], plain: &Tagger, session: &Session, told: &mut Vec<String>) -> Vec<Arc<Carried>> {
    let mut carried = Vec::new();
    for path in paths {
        let read = files.read(path).map_err(|error| error.to_string());
        match read.and_then(|bytes| read_learned(&bytes).map_err(|fault| fault.to_string())) {
            Ok(one) => {
                let misfits = one.misfits(plain.model(), session.scheme());
                told.extend(misfits.iter().map(|misfit| format!("{}: {misfit}", path.display())));
                carried.push(Arc::new(one));
            }
            Err(why) => told.push(format!("{}: {why}", path.display())),
        }
    }
    carried
}

/// Writes what was learnt by now, with what it began with.
pub fn save(state: &mut State, path: PathBuf, sure: bool) {
    state.close_dialog();
    let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
    let generation = state.version().0;
    let learning = state.taught.of(generation).learning.clone();
    if learning.learned().articles == 0 {
        return state.say("Nothing was learnt yet; it learns from articles that are marked done");
    }
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let (lists, files) = (state.lists.clone(), state.ports.around.files.clone());
    state.start("Writing what was learnt", move |reporter| {
        if !sure && files.holds_something(&path) {
            let asked = Asked { there: vec![path.clone()], replacing: Replacing::Learned(path) };
            return reporter.send(move |state| state.ask(asked));
        }
        let text = write_learned(&learning.carried([&name, ""], lists.wait()));
        let written = write_whole(&*files, &path, text.as_bytes());
        let articles = learning.learned().articles;
        reporter.send(move |state| match written {
            Ok(()) => state.say(format!("Wrote what {} taught to {}", count(articles, "article"), path.display())),
            Err(error) => state.problem(error.to_string()),
        });
    });
}

/// Begins this session and those to come with what a file holds, once it is seen that it can be used.
fn bring(state: &mut State, path: PathBuf) {
    state.close_dialog();
    let files = state.ports.around.files.clone();
    state.start("Reading what was learnt", move |reporter| {
        let read = files.read(&path).map_err(|error| error.to_string());
        let read = read.and_then(|bytes| read_learned(&bytes).map_err(|fault| fault.to_string()));
        reporter.send(move |state| match read {
            Ok(carried) => take_brought(state, path, &carried),
            Err(why) => state.problem(format!("{}: {why}", path.display())),
        });
    });
}

fn take_brought(state: &mut State, path: PathBuf, carried: &Carried) {
    let mut learned = state.settings().learned.clone();
    learned.retain(|other| *other != path);
    learned.push(path);
    let settings = Settings { learned, ..state.settings().clone() };
    preferring::set_settings(state, settings);
    state.say(format!("Begins with what {} of “{}” taught, here and in other sessions", count(carried.articles, "article"), carried.name));
    // A file that was there before may hold something else by now.
    state.taught.brought.clear();
    learn(state, true);
}

fn let_go(state: &mut State) {
    if state.settings().learned.is_empty() {
        return state.say("Nothing was brought in");
    }
    let settings = Settings { learned: Vec::new(), ..state.settings().clone() };
    preferring::set_settings(state, settings);
    state.say("What was learnt in other sessions counts no more");
    learn(state, true);
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
    let wanted = state.settings().learned.clone();
    let is_brought = wanted == state.taught.brought;
    let (session, lists, files) = (state.session().clone(), state.lists.clone(), state.ports.around.files.clone());
    let page = state.page.article.clone().filter(|_| !is_asked);
    state.start("Learning", move |reporter| {
        let is_cancelled = || reporter.is_cancelled();
        let mut learning = (*learning).clone();
        let mut told = Vec::new();
        if !is_brought {
            learning.begin_with(read(&*files, &wanted, lists.wait(), &session, &mut told));
        }
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
            Outcome { learning: Arc::new(learning), tagger, tagged, brought: wanted, told }
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
    taught.brought = outcome.brought;
    state.lists.teach(Some(outcome.tagger));
    if !outcome.told.is_empty() {
        state.problem(outcome.told.join("\n"));
    }
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
