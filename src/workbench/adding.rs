//! Bringing articles in: files and folders are read, cleaned and tagged in the background, the first one at once, so
//! that work can begin while the rest arrives.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::deciding::count;
use super::jobs::Reporter;
use super::lists::Lists;
use super::sessions::Pending;
use super::state::{Message, State};
use super::{Dialog, View};
use crate::annotation::{Article, ArticleId, Edit, Entity, Op, Scheme, Scope, StandingRule, Target, Verb};
use crate::decide::standing::Standing;
use crate::decide::{Stamp, retag};
use crate::formats::{self, jsonl::ReadOptions};
use crate::reading::{self, How};

/// The files that a pasted text names and nothing else: `file://` addresses with percent escapes, as file managers copy them,
/// or absolute paths, each on a line.
pub fn pasted_paths(text: &str) -> Option<Vec<PathBuf>> {
    // What some file managers write before the addresses.
    const MARKS: [&str; 3] = ["x-special/nautilus-clipboard", "copy", "cut"];
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let named = lines.iter().position(|line| !MARKS.contains(line))?;
    lines[named..].iter().map(|line| pasted_path(line)).collect()
}

fn pasted_path(line: &str) -> Option<PathBuf> {
    let Some(address) = line.strip_prefix("file://") else {
        let is_path = line.starts_with('/') && line[1..].contains('/') && line.len() < 4096;
        return is_path.then(|| PathBuf::from(line));
    };
    let path = address.strip_prefix("localhost").unwrap_or(address);
    let path = path.strip_prefix('/').map(|_| path)?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = escape.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    path_of_bytes(bytes)
}

#[cfg(unix)]
fn path_of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes)))
}

/// `file:///C:/a.txt`
#[cfg(not(unix))]
fn path_of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    let path = String::from_utf8(bytes).ok()?;
    Some(PathBuf::from(path.strip_prefix('/').filter(|rest| rest.get(1..2) == Some(":")).unwrap_or(&path)))
}

/// Articles read and tagged, on their way into the session.
#[derive(Debug, Default)]
pub(super) struct Batch {
    articles: Vec<Article>,
    entities: Vec<Entity>,
    faults: Vec<String>,
    /// Files that the session holds already.
    known: usize,
    /// Which reading it is part of; what one reading brings is one undo.
    reading: u64,
    is_last: bool,
}

/// How many files make a batch after the first one.
const BATCH: usize = 32;

impl State {
    /// Opens what was dropped, typed or given on the command line: a session, or articles and folders to add.
    pub(super) fn add_paths(&mut self, paths: Vec<PathBuf>) {
        self.stage.dialog = None;
        let (sessions, articles): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| is_session(path));
        if sessions.len() > 1 {
            self.problem("Only one session can be open; the first one is opened");
        }
        match sessions.into_iter().next() {
            Some(session) => {
                self.then_add = articles;
                self.open_session(session);
            }
            None => self.add_articles(articles),
        }
    }

    pub(super) fn add_articles(&mut self, paths: Vec<PathBuf>) {
        if paths.is_empty() || self.leaves_sample(Pending::Add(paths.clone())) {
            return;
        }
        let known: HashSet<String> =
            self.session().articles().iter().filter_map(|article| article.source.as_ref()).map(|source| source.path.clone()).collect();
        self.readings += 1;
        let work = Adding { work: self.tagging(), known, reading: self.readings };
        self.faults.clear();
        self.added = 0;
        self.start("Reading articles", move |reporter| work.run(&paths, reporter));
    }

    pub(super) fn paste_article(&mut self, text: String) {
        self.stage.dialog = None;
        if text.trim().is_empty() {
            return self.say("The clipboard holds no text");
        }
        if let Some(paths) = pasted_paths(&text) {
            return self.add_paths(paths);
        }
        if self.leaves_sample(Pending::Paste(text.clone())) {
            return;
        }
        let work = self.tagging();
        self.start("Reading the pasted text", move |reporter| {
            let mut article = reading::from_text(ArticleId::new("pasted"), &text);
            let faults = work.tag(&mut article).err().into_iter().collect();
            reporter.send(Message::Added(Batch { articles: vec![article], faults, is_last: true, ..Batch::default() }));
        });
    }

    pub(super) fn take_added(&mut self, batch: Batch) {
        self.faults.extend(batch.faults);
        let before = self.history.revision();
        let (added, is_first) = (batch.articles.len(), self.added == 0);
        let first = self.add_batch(batch.articles, batch.entities);
        let after = self.history.revision();
        if after != before {
            // Only where nothing was decided in between.
            if self.last_added == Some((batch.reading, before)) {
                self.joined.insert(after);
            }
            self.last_added = Some((batch.reading, after));
        }
        if let Some(first) = first {
            self.added += added;
            if is_first {
                self.show(View::Review);
                self.open_article(&first);
            }
        }
        if batch.known > 0 {
            self.say(format!("{} in the session already", count(batch.known, "file")));
        }
        if batch.is_last && self.added > 0 {
            self.say(format!("{} added", count(self.added, "article")));
        }
        if batch.is_last && !self.faults.is_empty() {
            self.stage.dialog = Some(Dialog::Faults);
        }
    }

    /// Adds articles at the end as one edit; answers with the first one's id.
    fn add_batch(&mut self, articles: Vec<Article>, entities: Vec<Entity>) -> Option<ArticleId> {
        let stamp = self.stamp();
        let mut scratch = self.session().clone();
        let mut ops = Vec::with_capacity(articles.len());
        let titles: Vec<String> = articles.iter().take(2).map(|article| article.title().to_owned()).collect();
        let mut first = None;
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
                Err(stale) => self.problem(format!("An article could not be added: {stale}")),
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
        if self.perform(edit) { first } else { None }
    }
}

/// What the reading thread needs.
struct Adding {
    work: Tagging,
    /// Paths that articles of the session came from.
    known: HashSet<String>,
    reading: u64,
}

impl Adding {
    fn run(&self, paths: &[PathBuf], reporter: &Reporter<Message>) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| absolute(path)).collect();
        let (files, faults) = reading::expand(&paths);
        let (known, files): (Vec<PathBuf>, Vec<PathBuf>) =
            files.into_iter().partition(|path| self.known.contains(&*path.to_string_lossy()));
        let first = Batch {
            faults: faults.iter().map(ToString::to_string).collect(),
            known: known.len(),
            reading: self.reading,
            ..Batch::default()
        };
        reporter.send(Message::Added(Batch { is_last: files.is_empty(), ..first }));
        let mut done = 0;
        while done < files.len() && !reporter.is_cancelled() {
            let n = if done == 0 { 1 } else { BATCH.min(files.len() - done) };
            let mut batch = self.read(&files[done..done + n], reporter);
            done += n;
            batch.reading = self.reading;
            batch.is_last = done == files.len() || reporter.is_cancelled();
            reporter.progress(done, files.len());
            reporter.send(Message::Added(batch));
        }
    }

    fn read(&self, files: &[PathBuf], reporter: &Reporter<Message>) -> Batch {
        let read = formats::read_paths(files, How::default(), &ReadOptions::default(), &|_, _| {}, reporter.cancel_flag());
        let mut articles = read.articles;
        self.work.lists.wait();
        let untagged: Vec<String> = articles.par_iter_mut().filter_map(|article| self.work.tag(article).err()).collect();
        // What was left out of a page stands over its article.
        let faults = read.faults.iter().filter(|fault| !fault.trouble.is_word_only());
        let faults = faults.map(ToString::to_string).chain(untagged).collect();
        Batch { articles, entities: read.entities, faults, ..Batch::default() }
    }
}

/// What is needed to tag articles on their way into the session.
struct Tagging {
    lists: Arc<Lists>,
    scheme: Arc<Scheme>,
    rules: Vec<StandingRule>,
    stamp: Stamp,
}

impl State {
    fn tagging(&self) -> Tagging {
        let session = self.session();
        Tagging { lists: self.lists.clone(), scheme: session.scheme().clone(), rules: session.rules().to_vec(), stamp: self.stamp() }
    }
}

impl Tagging {
    /// # Errors
    /// Why the article came without suggestions.
    fn tag(&self, article: &mut Article) -> Result<(), String> {
        let suggestions = self.lists.suggest(article, &self.scheme).map_err(|why| format!("{why}. The article is there, untagged"))?;
        article.mentions = retag::mentions_of(article, &suggestions, &self.scheme);
        Standing::new(&self.rules, &self.scheme).settle(&self.scheme, article, &self.stamp);
        Ok(())
    }
}

pub(super) fn is_session(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_file_managers_copy_is_files() {
        let check = |text: &str, expected: Option<&[&str]>| {
            let paths = pasted_paths(text);
            let told: Option<Vec<&str>> = paths.as_ref().map(|paths| paths.iter().filter_map(|path| path.to_str()).collect());
            assert_eq!(told.as_deref(), expected, "{text:?}");
        };
        check("file:///home/ann/a.txt", Some(&["/home/ann/a.txt"]));
        check("file:///home/ann/caf%C3%A9%20noir.txt\r\nfile://localhost/b%25.html\r\n", Some(&["/home/ann/café noir.txt", "/b%.html"]));
        check("# copied\nfile:///a/b\n", Some(&["/a/b"]));
        check("x-special/nautilus-clipboard\ncopy\nfile:///a/b\nfile:///a/c\n", Some(&["/a/b", "/a/c"]));
        check("copy\nfile:///a/100%", Some(&["/a/100%"]));
        check("/home/ann/a b.txt\n/home/ann/c.txt", Some(&["/home/ann/a b.txt", "/home/ann/c.txt"]));
        for text in [
            "",
            "copy",
            "/",
            "He left.",
            "file://server/share/a.txt",
            "file:///a/b\nHe left.",
            "See file:///a/b",
            "/and so on",
            "https://example.org/a",
        ] {
            check(text, None);
        }
    }
}
