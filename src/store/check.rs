//! The integrity of a session on the disk: its file, what stands in it, its journal. Nothing is written.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use memchr::memmem;

use super::files::remedy;
use super::journal::{Chains, Fit, Replay, decode, replay};
use super::names::{beside, free_beside};
use super::watch::version_of;
use super::{Files, SourcePaths, read};
use crate::annotation::{Article, Session, Time, Verdict};
use crate::decide::merge;
use crate::text::paragraphs;

/// What was looked at, and everything that is wrong with it.
#[derive(Debug, Default)]
pub struct Check {
    pub findings: Vec<Finding>,
    pub articles: usize,
    pub mentions: usize,
    /// Edits in the history, those taken back included.
    pub decisions: usize,
    /// Changes that are in the journal and not yet in the file.
    pub unsaved: usize,
}

/// Something that is not as it should be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub file: PathBuf,
    /// 1-based.
    pub line: Option<usize>,
    pub what: String,
    pub remedy: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ": line {line}")?;
        }
        write!(f, ": {}; {}", self.what, self.remedy)
    }
}

/// Looks at a session file and its journal.
pub fn check(files: &dyn Files, path: &Path) -> Check {
    let mut check = Check::default();
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            check.find(path, None, format!("the file cannot be read: {error}"), remedy(&error));
            return check;
        }
    };
    let paths = SourcePaths::beside(path);
    let reading = match read(&bytes, &paths) {
        Ok(reading) => reading,
        Err(fault) => {
            let (what, remedy) = fault.in_its_line();
            check.find(path, fault.line(), what, &remedy);
            return check;
        }
    };
    if reading.is_newer() {
        let what = format!("it is of format {}, which is newer than this program", reading.format);
        check.find(path, None, what, "open it with a newer version; this one does not write it");
    }
    for repair in &reading.repairs {
        let remedy = "correct the line, or save the session in Manicule to keep the repair";
        check.find(path, Some(repair.line), repair.what.clone(), remedy);
    }
    let text = String::from_utf8_lossy(&bytes);
    Contents { text: &text, path, session: &reading.saved.session, check: &mut check }.look();
    check.articles = reading.saved.session.articles().len();
    check.mentions = reading.saved.session.articles().iter().map(|article| article.mentions.len()).sum();
    let digest = version_of(&bytes);
    drop(text);
    drop(bytes);
    check.journal(files, &beside(path, ".journal"), |bytes| replay(bytes, digest, reading.saved.session, &paths, Time(0)));
    check
}

impl Check {
    fn find(&mut self, file: &Path, line: Option<usize>, what: String, remedy: &str) {
        self.findings.push(Finding { file: file.to_path_buf(), line, what, remedy: remedy.to_owned() });
    }

    fn journal(&mut self, files: &dyn Files, path: &Path, replay: impl FnOnce(&[u8]) -> Replay) {
        let bytes = match files.read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return self.set_aside(files, path),
            Err(error) => return self.find(path, None, format!("the journal cannot be read: {error}"), remedy(&error)),
        };
        let replay = replay(&bytes);
        self.decisions = replay.history.entries().len();
        self.unsaved = replay.recovered;
        match replay.fit {
            Fit::Whole { .. } | Fit::Older { .. } | Fit::Missing => {}
            Fit::Newer { format } => {
                let what = format!("the journal is of format {format}, which is newer than this program");
                self.find(path, None, what, "open the session with a newer version");
            }
            Fit::Elsewhere { .. } if replay.missing.is_empty() => {}
            Fit::Elsewhere { unsaved, .. } => {
                let missing = replay.missing.len();
                let what = format!(
                    "the session file is another version than the one that was worked on here: changes made then and not in it {missing}, of them never saved {unsaved}"
                );
                let remedy = "manicule apply SESSION JOURNAL takes them; once the session was opened for work they count as history";
                self.find(path, None, what, remedy);
            }
            Fit::Foreign { edits } => {
                let what = format!("the journal does not tell which session it belongs to, so its {edits} changes are not in this one");
                self.find(path, None, what, "opening the session for work sets the journal aside");
            }
            Fit::Damaged { lost, .. } => {
                let kept = "opening the session keeps a copy of the journal and goes on with what can be read";
                damages(&bytes).into_iter().for_each(|(line, what)| self.find(path, Some(line), what, kept));
                if lost > 0 {
                    self.find(path, None, format!("{lost} changes after the damage can be read and do not fit any more"), kept);
                }
            }
        }
        self.set_aside(files, path);
    }

    /// Journals that an earlier opening could not use and kept.
    fn set_aside(&mut self, files: &dyn Files, journal: &Path) {
        let next = free_beside(files, journal, ".aside");
        let kept = (1u32..).map(|n| beside(journal, &format!(".aside-{n}"))).take_while(|path| *path != next);
        let kept: Vec<PathBuf> = kept.collect();
        for path in kept {
            let what = "a journal that could not be used was set aside here".to_owned();
            self.find(&path, None, what, "see what it holds with manicule log, then move it elsewhere or remove it");
        }
    }
}

/// How many damaged lines are told.
const MAX_TOLD: usize = 100;

/// The lines of a journal that cannot be read, and those before which some are missing.
fn damages(bytes: &[u8]) -> Vec<(usize, String)> {
    let whole = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    let mut chains = Chains::default();
    let mut found = Vec::new();
    let mut is_told = false;
    for (line, content) in (1..).zip(bytes[..whole].split_inclusive(|byte| *byte == b'\n')) {
        let entry = decode(&content[..content.len() - 1]);
        match &entry {
            None => found.push((line, "the record does not agree with its checksum".to_owned())),
            Some(entry) => {
                let (number, expected) = (entry.number, chains.expected(entry.writer));
                // A line that cannot be read was told of already.
                if chains.breaks_at(Some(entry)) && number != expected && !is_told {
                    found.push((line, format!("the record has number {number} where {expected} should follow")));
                }
            }
        }
        is_told = entry.is_none();
        if found.len() == MAX_TOLD {
            break;
        }
    }
    found
}

/// Looks at what a session says of itself.
struct Contents<'a> {
    text: &'a str,
    path: &'a Path,
    session: &'a Session,
    check: &'a mut Check,
}

impl Contents<'_> {
    fn look(&mut self) {
        for fault in self.session.scheme().faults() {
            self.find(&["scheme: "], fault.to_string(), "change the label in the window (Labels…) or in the file");
        }
        for rule in self.session.rules() {
            if let Verdict::Always(label) = &rule.verdict
                && self.session.scheme().get(label).is_none()
            {
                let what = format!("the standing rule on {:?} gives the label {label}, which the scheme does not list", rule.name);
                self.find(&["rules: ["], what, "add the label to the scheme, or remove the rule");
            }
        }
        for conflict in self.session.conflicts() {
            let what = format!("two people changed one thing differently: {}", merge::told::told(self.session, conflict));
            self.find(&["conflicts: ["], what, "open the session in Manicule and settle it there (Conflicts…)");
        }
        let articles = self.session.articles();
        articles.iter().for_each(|article| self.article(article));
    }

    fn article(&mut self, article: &Article) {
        let mut confirmed = HashSet::new();
        for mention in &article.mentions {
            let quote = article.quote(mention.span);
            if let Some(entity) = mention.entity.as_ref().filter(|id| self.session.entity(id).is_none()) {
                let what = format!("the mention {:?} is linked to the entity {entity:?}, which the session does not list", quote);
                self.find_at(article, &mention.id.to_string(), what, "add the entity to the file, or link the mention again");
            }
            if mention.is_contested() {
                let what = format!("two people decided differently: {}", merge::told::contested(article, mention));
                let remedy = "open the session in Manicule: Space keeps what stands, Q takes the other, X rejects";
                self.find_at(article, &mention.id.to_string(), what, remedy);
            }
            if paragraphs::trim(&article.text, mention.span) != Some(mention.span) {
                let what =
                    format!("the mention {quote:?} has blanks at its edges, which other tools read as no mention; exports leave them out");
                self.find_at(article, &mention.id.to_string(), what, "move its edges in the window, or with manicule apply");
            }
            if mention.is_confirmed() && !confirmed.insert((mention.span, &mention.label)) {
                let what = format!("the mention {:?} is confirmed twice as {}", quote, mention.label);
                self.find_at(article, &mention.id.to_string(), what, "reject one of the two");
            }
        }
    }

    fn find_at(&mut self, article: &Article, id: &str, what: String, remedy: &str) {
        let article = format!("(article: {:?}", article.id.as_str());
        self.find(&[&article, &format!("\"{id}\"")], what, remedy);
    }

    /// A finding on the line to which the words lead one after the other.
    fn find(&mut self, words: &[&str], what: String, remedy: &str) {
        let place = words.iter().try_fold(0, |from, word| memmem::find(&self.text.as_bytes()[from..], word.as_bytes()).map(|at| from + at));
        let line = place
            .filter(|_| self.check.findings.len() < MAX_TOLD)
            .map(|at| 1 + memchr::memchr_iter(b'\n', &self.text.as_bytes()[..at]).count());
        self.check.find(self.path, line, what, remedy);
    }
}
