//! Bringing articles in: files and folders are read, cleaned and tagged in the background, the first one at once, so
//! that work can begin while the rest arrives.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{going, refreshing, taking, waiting};
use crate::annotation::{Article, ArticleId, Edit, Entity, EntityId, Op, Scheme, Scope, Session, StandingRule, Target, Verb};
use crate::decide::intake::Known;
use crate::decide::labels::with_new;
use crate::decide::standing::Standing;
use crate::decide::versions::{Stories, are_one, by_age};
use crate::decide::{Stamp, retag};
use crate::formats::{Collected, Extent, Grouped, brings_marks, expand, read_each};
use crate::reading::{self, How, ReadFault, Trouble};
use crate::workbench::models::{Coming, Found, Given};
use crate::workbench::parts::{Dialog, Lists, Reporter, View, count};
use crate::workbench::state::State;

/// Articles read and tagged, on their way into the session.
#[derive(Debug, Default)]
struct Batch {
    found: Found,
    /// Which reading it is part of; what one reading brings is one undo.
    reading: u64,
    is_last: bool,
}

/// How many articles make a batch after the first one.
const BATCH: usize = 32;

/// So many articles come in without a question, where each has a file of its own and none is here already.
const FEW: usize = 8;

/// Reads files and folders and adds what they hold.
pub fn add_articles(state: &mut State, paths: Vec<PathBuf>) {
    let work = begin(state);
    state.start("Reading articles", move |reporter| work.run(&paths, reporter));
}

/// The same, but where there is something to choose of, files of many articles, many files, doubles, what they hold is shown first.
pub fn offer_articles(state: &mut State, paths: Vec<PathBuf>) {
    let work = begin(state);
    state.start("Looking at what would come in", move |reporter| work.look(&paths, reporter));
}

/// Chooses an article of those that would come in, or leaves it out; all of them where none is named.
pub fn choose(state: &mut State, row: Option<usize>, is_in: bool) {
    let Some(coming) = &mut state.dialogs.coming else { return };
    let chosen = match row {
        Some(at) => coming.rows.get_mut(at).into_iter().collect::<Vec<_>>(),
        None => coming.rows.iter_mut().collect(),
    };
    chosen.into_iter().for_each(|row| row.is_in = is_in);
}

/// Takes in what was chosen of it.
pub fn take_coming(state: &mut State) {
    let Some(coming) = state.dialogs.coming.take() else { return };
    state.close_dialog();
    let work = begin(state);
    state.start("Adding articles", move |reporter| work.hand_in(coming.into_chosen(), reporter));
}

/// Shows what was told of the files that were read last.
pub fn show_notes(state: &mut State) {
    if state.dialogs.notes.is_empty() && state.dialogs.faults.is_empty() && state.dialogs.unread.iter().len() == 0 {
        return state.say("Of the files that were read last there is nothing to tell");
    }
    state.stage.dialog = Some(Dialog::Faults);
}

/// What one reading needs; what was told of the last goes.
fn begin(state: &mut State) -> Adding {
    let sources = state.session().articles().iter().filter_map(|article| article.source.as_ref());
    let known: HashSet<(String, u32)> = sources.map(|source| (source.path.clone(), source.number)).collect();
    state.filing.readings += 1;
    state.dialogs.faults.clear();
    state.dialogs.notes.clear();
    state.dialogs.unread = Grouped::default();
    (state.filing.added, state.filing.known) = (0, 0);
    Adding { work: Tagging::now(state), known, session: state.session().clone(), reading: state.filing.readings }
}

/// Makes an article of a text.
pub fn add_text(state: &mut State, text: String) {
    let work = Tagging::now(state);
    (state.filing.added, state.filing.known) = (0, 0);
    state.start("Reading the pasted text", move |reporter| {
        let mut article = reading::from_text(ArticleId::new("pasted"), &text);
        let faults = work.tag(&mut article).err().into_iter().collect();
        let found = Found { articles: vec![article], faults, ..Found::default() };
        let batch = Batch { found, is_last: true, ..Batch::default() };
        reporter.send(move |state| take_added(state, batch));
    });
}

fn take_added(state: &mut State, batch: Batch) {
    let Batch { found, reading, is_last } = batch;
    let Found { articles, entities, faults, told, unread, given, versions, known, .. } = found;
    state.dialogs.faults.extend(faults);
    state.dialogs.notes.extend(told);
    state.dialogs.unread.join(unread);
    let before = state.history().revision();
    let (added, is_first) = (articles.len(), state.filing.added == 0);
    let first = add_batch(state, articles, entities);
    if state.history().revision() != before {
        state.work.bundle(reading, before);
    }
    if let Some(first) = first {
        state.filing.added += added;
        if is_first {
            state.show(View::Review);
            going::open_article(state, &first);
        }
    }
    state.filing.known += known;
    if is_last {
        tell_added(state);
    }
    // The notes stand with them.
    if is_last && (!state.dialogs.faults.is_empty() || state.dialogs.unread.iter().len() > 0) {
        state.stage.dialog = Some(Dialog::Faults);
    }
    if is_last {
        waiting::come_forward(state);
    }
    if !given.articles.is_empty() {
        taking::offer(state, given);
    }
    if !versions.is_empty() {
        refreshing::offer_versions(state, versions);
    }
}

/// How many came, and what did not, in one notice.
fn tell_added(state: &mut State) {
    /// More notes are counted.
    const TOLD: usize = 2;
    let (added, known) = (state.filing.added, state.filing.known);
    let notes = &state.dialogs.notes;
    let came = (added > 0).then(|| format!("{} added", count(added, "article")));
    let were_there = (known > 0).then(|| format!("{} in the session already", count(known, "file")));
    let told = match notes.len() {
        0..=TOLD => notes.clone(),
        n => vec![format!("{n} notes of the reading; File › What was told of the reading shows them")],
    };
    let words: Vec<String> = came.into_iter().chain(were_there).chain(told).collect();
    if !words.is_empty() {
        state.say(words.join(". "));
    }
}

/// Adds articles at the end as one edit; answers with the first one's id.
fn add_batch(state: &mut State, articles: Vec<Article>, entities: Vec<Entity>) -> Option<ArticleId> {
    let stamp = state.stamp();
    let mut scratch = state.session().clone();
    let mut ops = Vec::with_capacity(articles.len());
    let titles: Vec<String> = articles.iter().take(2).map(|article| article.title().to_owned()).collect();
    let mut first = None;
    let (with_new, new) = with_new(scratch.scheme(), articles.iter().flat_map(|article| &article.mentions).map(|mention| &mention.label));
    if !new.is_empty() {
        let op = Op::Scheme { before: scratch.scheme().clone(), after: Arc::new(with_new) };
        state.dialogs.came.add(&new);
        ops.push(op);
    }
    for entity in entities.into_iter().filter(|entity| scratch.entity(&entity.id).is_none()) {
        ops.push(Op::Entity { before: None, after: Some(entity) });
    }
    for mut article in articles {
        article.id = scratch.fresh_article_id(article.id.as_str());
        first.get_or_insert_with(|| article.id.clone());
        let op = Op::Article { at: scratch.articles().len(), before: None, after: Some(Arc::new(article)) };
        let probe = Edit {
            verb: Verb::AddArticles,
            scope: Scope::Mention,
            target: None,
            what: String::new(),
            label: None,
            by: stamp.by.clone(),
            at: stamp.at,
            ops: vec![op],
        };
        match scratch.apply(&probe) {
            Ok(()) => ops.extend(probe.ops),
            Err(stale) => state.problem(format!("An article could not be added: {stale}")),
        }
    }
    let added = ops.iter().filter(|op| matches!(op, Op::Article { .. })).count();
    let what = match (&titles[..], added) {
        (_, 0) => return None,
        ([title], _) => title.clone(),
        _ => count(added, "article"),
    };
    let target = first.clone().map(|article| Target { article, mention: None });
    let edit = Edit { verb: Verb::AddArticles, scope: Scope::Mention, target, what, label: None, by: stamp.by, at: stamp.at, ops };
    if state.perform(edit) { first } else { None }
}

/// What the reading thread needs.
struct Adding {
    work: Tagging,
    /// What articles of the session came from: paths, with their number in files of many.
    known: HashSet<(String, u32)>,
    /// The session as it was when the reading began.
    session: Session,
    reading: u64,
}

impl Adding {
    fn run(&self, paths: &[PathBuf], reporter: &Reporter<State>) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| absolute(path)).collect();
        let (files, mut waiting) = self.files_of(&paths);
        let told = std::mem::take(&mut waiting.told);
        let mut sent = 0;
        self.read(&files, &mut waiting, reporter, &mut |waiting, total| {
            // One article is shown at once. Which batch is the last is known after the last file alone.
            while !reporter.is_cancelled() && waiting.articles.len() >= if sent == 0 { 1 } else { BATCH } {
                let n = if sent == 0 { 1 } else { BATCH };
                let rest = later_part(waiting, n);
                self.send(std::mem::replace(waiting, rest), false, reporter);
                sent += n;
                if total == 1 {
                    reporter.progress(sent, sent + waiting.articles.len());
                }
            }
        });
        if reporter.is_cancelled() {
            waiting.articles.clear();
            waiting.versions.clear();
            waiting.given = Given::default();
        }
        waiting.given.from = names_of(&paths);
        waiting.told.splice(0..0, told);
        self.send(waiting, true, reporter);
    }

    /// Reads all of it, and asks what of it is wanted where there is a choice.
    fn look(&self, paths: &[PathBuf], reporter: &Reporter<State>) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| absolute(path)).collect();
        let (files, mut found) = self.files_of(&paths);
        self.read(&files, &mut found, reporter, &mut |_, _| {});
        if reporter.is_cancelled() {
            return reporter.send(|state| state.say("Nothing was added"));
        }
        found.given.from = names_of(&paths);
        let coming = Coming::of(found, &Known::of(&self.session));
        let is_few = coming.rows.len() <= FEW && !coming.found.is_of_many;
        if is_few && coming.doubles() == 0 {
            return self.hand_in(coming.found, reporter);
        }
        reporter.send(move |state| {
            state.dialogs.coming = Some(coming);
            state.stage.dialog = Some(Dialog::Coming);
        });
    }

    /// Hands in what was read, the first article at once.
    fn hand_in(&self, mut found: Found, reporter: &Reporter<State>) {
        let total = found.articles.len();
        let told = std::mem::take(&mut found.told);
        let mut sent = 0;
        while !reporter.is_cancelled() && sent + 1 < total {
            let n = if sent == 0 { 1 } else { BATCH.min(found.articles.len()) };
            let rest = later_part(&mut found, n);
            self.send(std::mem::replace(&mut found, rest), false, reporter);
            sent += n;
            reporter.progress(sent, total);
        }
        if reporter.is_cancelled() {
            found.articles.clear();
            found.versions.clear();
        }
        self.send(Found { told, ..found }, true, reporter);
    }

    /// The files at some paths that are to be read, and what there is to say before.
    fn files_of(&self, paths: &[PathBuf]) -> (Vec<PathBuf>, Found) {
        let (files, faults) = expand(paths);
        let is_known = |path: &PathBuf| self.known.contains(&(path.to_string_lossy().into_owned(), 0));
        // A file that is here is read again where it brings annotations, which somebody may have changed.
        let (known, files): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|path| is_known(path) && !brings_marks(path));
        let (told, faults): (Vec<ReadFault>, Vec<ReadFault>) = faults.into_iter().partition(|fault| fault.trouble.is_word_only());
        let words = |faults: Vec<ReadFault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        (files, Found { told: words(told), faults: words(faults), known: known.len(), ..Found::default() })
    }

    /// Reads files into `found`; after each, `then` gets that with how many there are.
    fn read(&self, files: &[PathBuf], found: &mut Found, reporter: &Reporter<State>, then: &mut dyn FnMut(&mut Found, usize)) {
        let texts = Known::of(&self.session);
        let stories = Stories::of(self.session.articles().iter().map(|article| &**article));
        read_each(files, How::default(), reporter.cancel_flag(), &mut |read, done, total| {
            self.take(found, read, &texts, &stories);
            then(found, total);
            if total > 1 {
                reporter.progress(done, total);
            }
        });
    }

    /// Adds what a file gave, but for what the session has of it already.
    fn take(&self, found: &mut Found, mut read: Collected, texts: &Known, stories: &Stories) {
        let count = read.articles.len();
        let (mut given, mut new): (Vec<Article>, Vec<Article>) =
            read.articles.into_iter().partition(|article| !article.mentions.is_empty() && texts.has(article));
        new.retain(|article| match &article.source {
            Some(source) if source.number > 0 => !self.known.contains(&(source.path.clone(), source.number)),
            _ => true,
        });
        found.known += usize::from(given.is_empty() && new.is_empty() && count > 0);
        if let Some(what) = read.what.filter(|_| !new.is_empty()) {
            *found.kinds.entry(what).or_default() += 1;
        }
        found.is_of_many |= new.len() > 1;
        new.retain(|article| !self.is_version(article, stories, found));
        let linked = |articles: &[Article]| -> HashSet<EntityId> {
            articles.iter().flat_map(|article| &article.mentions).filter_map(|mention| mention.entity.clone()).collect()
        };
        let (of_given, of_new) = (linked(&given), linked(&new));
        found.given.entities.extend(read.entities.iter().filter(|entity| of_given.contains(&entity.id)).cloned());
        read.entities.retain(|entity| of_new.contains(&entity.id));
        found.given.articles.append(&mut given);
        found.articles.append(&mut new);
        found.entities.append(&mut read.entities);
        // What was left out of a page stands over its article.
        let notes = read.faults.iter().filter(|fault| matches!(fault.trouble, Trouble::Told(_)));
        found.told.extend(notes.map(ToString::to_string));
        for loss in &read.losses {
            match &loss.file {
                Some(file) if loss.extent == Extent::Article => found.faults.push(format!("{}: {}", file.display(), loss.why)),
                _ => found.unread.add(loss),
            }
        }
    }

    /// Whether an article is another version of a story that is here: a later one is put apart, an earlier one is told.
    fn is_version(&self, article: &Article, stories: &Stories, found: &mut Found) -> bool {
        let here = |id| self.session.articles().get(self.session.position(id)?);
        let mut others = stories.like(article).filter_map(here);
        let Some(here) = others.find(|other| other.text != article.text && are_one(other, article)) else { return false };
        if by_age(article, here) == Ordering::Less {
            found.told.push(format!("an earlier version of {}, which is here, was left out", here.title()));
            return true;
        }
        // Of several the last.
        match found.versions.iter_mut().find(|(other, _)| other.id == here.id) {
            Some((_, known)) if by_age(known, article) == Ordering::Greater => {}
            Some((_, known)) => *known = article.clone(),
            None => found.versions.push((here.clone(), article.clone())),
        }
        true
    }

    /// Sends articles once they are tagged.
    fn send(&self, mut found: Found, is_last: bool, reporter: &Reporter<State>) {
        self.work.lists.wait();
        let untagged: Vec<String> = found.articles.par_iter_mut().filter_map(|article| self.work.tag(article).err()).collect();
        found.faults.extend(untagged);
        let batch = Batch { found, reading: self.reading, is_last };
        reporter.send(move |state| take_added(state, batch));
    }
}

/// What is sent after the first `n` articles: those behind them, and what is asked about once all are there.
fn later_part(found: &mut Found, n: usize) -> Found {
    let (given, versions) = (std::mem::take(&mut found.given), std::mem::take(&mut found.versions));
    Found { articles: found.articles.split_off(n), given, versions, ..Found::default() }
}

/// What is needed to tag articles on their way into the session.
struct Tagging {
    lists: Arc<Lists>,
    scheme: Arc<Scheme>,
    rules: Vec<StandingRule>,
    stamp: Stamp,
}

impl Tagging {
    fn now(state: &State) -> Self {
        let session = state.session();
        Self { lists: state.lists.clone(), scheme: session.scheme().clone(), rules: session.rules().to_vec(), stamp: state.stamp() }
    }

    /// # Errors
    /// Why the article came without suggestions.
    fn tag(&self, article: &mut Article) -> Result<(), String> {
        let suggestions = self.lists.suggest(article, &self.scheme).map_err(|why| format!("{why}. The article is there, untagged"))?;
        article.mentions = retag::mentions_of(article, &suggestions, &self.scheme);
        Standing::new(&self.rules, &self.scheme).settle(&self.scheme, article, &self.stamp);
        Ok(())
    }
}

/// Files as people call them; of many the first.
fn names_of(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().take(3).filter_map(|path| path.file_name()).map(|name| name.to_string_lossy()).collect();
    let more = if paths.len() > names.len() { format!(" and {} more", paths.len() - names.len()) } else { String::new() };
    format!("{}{more}", names.join(", "))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
