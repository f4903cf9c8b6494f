//! Bringing articles in: files and folders are read, cleaned and tagged in the background, the first one at once, so
//! that work can begin while the rest arrives.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{going, taking, waiting};
use crate::annotation::{Article, ArticleId, Edit, Entity, EntityId, Op, Scheme, Scope, Session, StandingRule, Target, Verb};
use crate::decide::intake::Known;
use crate::decide::labels::with_new;
use crate::decide::standing::Standing;
use crate::decide::{Stamp, retag};
use crate::formats::{Collected, Extent, Grouped, brings_marks, expand, read_each};
use crate::reading::{self, How, ReadFault};
use crate::workbench::models::Given;
use crate::workbench::parts::{Dialog, Lists, Reporter, View, count};
use crate::workbench::state::State;

/// Articles read and tagged, on their way into the session.
#[derive(Debug, Default)]
struct Batch {
    articles: Vec<Article>,
    entities: Vec<Entity>,
    faults: Vec<String>,
    /// What is only to be known.
    told: Vec<String>,
    /// What of articles did not come in as it stands in the files.
    unread: Grouped,
    /// What files say of articles that the session holds already.
    given: Given,
    /// Files that the session holds already.
    known: usize,
    /// Which reading it is part of; what one reading brings is one undo.
    reading: u64,
    is_last: bool,
}

/// How many articles make a batch after the first one.
const BATCH: usize = 32;

pub fn add_articles(state: &mut State, paths: Vec<PathBuf>) {
    let sources = state.session().articles().iter().filter_map(|article| article.source.as_ref());
    let known: HashSet<(String, u32)> = sources.map(|source| (source.path.clone(), source.number)).collect();
    state.filing.readings += 1;
    let work = Adding { work: Tagging::now(state), known, session: state.session().clone(), reading: state.filing.readings };
    state.dialogs.faults.clear();
    state.dialogs.unread = Grouped::default();
    (state.filing.added, state.filing.known) = (0, 0);
    state.start("Reading articles", move |reporter| work.run(&paths, reporter));
}

/// Makes an article of a text.
pub fn add_text(state: &mut State, text: String) {
    let work = Tagging::now(state);
    (state.filing.added, state.filing.known) = (0, 0);
    state.start("Reading the pasted text", move |reporter| {
        let mut article = reading::from_text(ArticleId::new("pasted"), &text);
        let faults = work.tag(&mut article).err().into_iter().collect();
        let batch = Batch { articles: vec![article], faults, is_last: true, ..Batch::default() };
        reporter.send(move |state| take_added(state, batch));
    });
}

fn take_added(state: &mut State, batch: Batch) {
    state.dialogs.faults.extend(batch.faults);
    state.dialogs.unread.join(batch.unread);
    let before = state.history().revision();
    let (added, is_first) = (batch.articles.len(), state.filing.added == 0);
    let first = add_batch(state, batch.articles, batch.entities);
    if state.history().revision() != before {
        state.work.bundle(batch.reading, before);
    }
    if let Some(first) = first {
        state.filing.added += added;
        if is_first {
            state.show(View::Review);
            going::open_article(state, &first);
        }
    }
    state.filing.known += batch.known;
    if batch.is_last {
        // A notice goes while a dialog is read.
        if !state.dialogs.faults.is_empty() {
            state.dialogs.faults.extend_from_slice(&batch.told);
        }
        tell_added(state, batch.told);
    }
    if batch.is_last && (!state.dialogs.faults.is_empty() || state.dialogs.unread.iter().len() > 0) {
        state.stage.dialog = Some(Dialog::Faults);
    }
    if batch.is_last {
        waiting::come_forward(state);
    }
    if !batch.given.articles.is_empty() {
        taking::offer(state, batch.given);
    }
}

/// How many came, and what did not, in one notice.
fn tell_added(state: &mut State, told: Vec<String>) {
    let (added, known) = (state.filing.added, state.filing.known);
    let came = (added > 0).then(|| format!("{} added", count(added, "article")));
    let were_there = (known > 0).then(|| format!("{} in the session already", count(known, "file")));
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
        let (files, faults) = expand(&paths);
        let is_known = |path: &PathBuf| self.known.contains(&(path.to_string_lossy().into_owned(), 0));
        // A file that is here is read again where it brings annotations, which somebody may have changed.
        let (known, files): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|path| is_known(path) && !brings_marks(path));
        let texts = Known::of(&self.session);
        let (told, faults): (Vec<ReadFault>, Vec<ReadFault>) = faults.into_iter().partition(|fault| fault.trouble.is_word_only());
        let words = |faults: Vec<ReadFault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        let told = words(told);
        let mut waiting = Batch { faults: words(faults), known: known.len(), ..Batch::default() };
        let mut sent = 0;
        read_each(&files, How::default(), reporter.cancel_flag(), &mut |read, done, total| {
            waiting.take(read, &self.known, &texts);
            // One article is shown at once. Which batch is the last is known after the last file alone.
            while !reporter.is_cancelled() && waiting.articles.len() >= if sent == 0 { 1 } else { BATCH } {
                let n = if sent == 0 { 1 } else { BATCH };
                let given = std::mem::take(&mut waiting.given);
                let rest = Batch { articles: waiting.articles.split_off(n), given, ..Batch::default() };
                self.send(std::mem::replace(&mut waiting, rest), reporter);
                sent += n;
                if total == 1 {
                    reporter.progress(sent, sent + waiting.articles.len());
                }
            }
            if total > 1 {
                reporter.progress(done, total);
            }
        });
        if reporter.is_cancelled() {
            waiting.articles.clear();
            waiting.given = Given::default();
        }
        waiting.given.from = names_of(&paths);
        self.send(Batch { is_last: true, told, ..waiting }, reporter);
    }

    /// Sends articles once they are tagged.
    fn send(&self, mut batch: Batch, reporter: &Reporter<State>) {
        self.work.lists.wait();
        let untagged: Vec<String> = batch.articles.par_iter_mut().filter_map(|article| self.work.tag(article).err()).collect();
        batch.faults.extend(untagged);
        let batch = Batch { reading: self.reading, ..batch };
        reporter.send(move |state| take_added(state, batch));
    }
}

impl Batch {
    /// Adds what a file gave, but for what the session has of it already.
    fn take(&mut self, mut read: Collected, known: &HashSet<(String, u32)>, texts: &Known) {
        let count = read.articles.len();
        let (mut given, mut new): (Vec<Article>, Vec<Article>) =
            read.articles.into_iter().partition(|article| !article.mentions.is_empty() && texts.has(article));
        new.retain(|article| match &article.source {
            Some(source) if source.number > 0 => !known.contains(&(source.path.clone(), source.number)),
            _ => true,
        });
        self.known += usize::from(given.is_empty() && new.is_empty() && count > 0);
        let linked = |articles: &[Article]| -> HashSet<EntityId> {
            articles.iter().flat_map(|article| &article.mentions).filter_map(|mention| mention.entity.clone()).collect()
        };
        let (of_given, of_new) = (linked(&given), linked(&new));
        self.given.entities.extend(read.entities.iter().filter(|entity| of_given.contains(&entity.id)).cloned());
        read.entities.retain(|entity| of_new.contains(&entity.id));
        self.given.articles.append(&mut given);
        self.articles.append(&mut new);
        self.entities.append(&mut read.entities);
        // What was left out of a page stands over its article.
        for loss in &read.losses {
            match &loss.file {
                Some(file) if loss.extent == Extent::Article => self.faults.push(format!("{}: {}", file.display(), loss.why)),
                _ => self.unread.add(loss),
            }
        }
    }
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
