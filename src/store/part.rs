//! The part of a large session that a few decisions need.
//!
//! One decision on a session of ten thousand articles needs one of them. So the file is only looked through: hashed, and
//! noted where each article lies in it; the articles that are asked for are read from there. Whatever is out of the ordinary
//! (another layout, something to repair, a journal that does not simply go on) makes the session be read whole, as does an
//! order that reaches further. The file stays open, so that all of it can be had even when another has taken its place.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use memchr::memmem;
use sha2::Digest as _;

use super::files::Source;
use super::home::{Home, LARGE};
use super::journal::{self, Fit, replay};
use super::names::beside;
use super::open::{Notice, OpenError, Opened, lock};
use super::watch::KnownFile;
use super::{Files, Intent, Saved, SourcePaths, Surroundings, read};
use crate::annotation::{ArticleId, Digest, Session};

/// How many articles are read singly before it pays to read all.
const MOST: usize = 256;

/// A session file of which some articles are read.
pub struct Part {
    file: Box<dyn Source>,
    path: PathBuf,
    paths: SourcePaths,
    digest: Digest,
    /// Everything before the first article.
    head: Vec<u8>,
    /// Where the block of each article lies, in bytes of the file.
    blocks: HashMap<ArticleId, Range<u64>>,
    last: Option<ArticleId>,
    loaded: usize,
}

/// How the text of a file of this layout ends.
const TAIL: &[u8] = b"],\n)\n";

/// How the first line of an article begins.
const FIRST_LINE: &[u8] = b"\n(article: \"";

/// The first line of an article must lie in as many bytes.
const FIRST_LINE_MOST: usize = 4096;

const CHUNK: usize = 1 << 20;

impl Opened {
    /// Opens a large session for work on some of its articles: those that its journal tells of, at first. `None` where it
    /// is to be opened whole.
    ///
    /// # Errors
    /// [`OpenError`], which names the file and what to do.
    pub fn open_part(path: &Path, around: Surroundings) -> Result<Option<(Self, Part)>, OpenError> {
        let disk = |source| OpenError::Disk { path: path.to_path_buf(), source };
        let path = around.files.resolve(path).map_err(disk)?;
        let disk = |source| OpenError::Disk { path: path.clone(), source };
        let stamp = around.files.stamp(&path).map_err(disk)?;
        if stamp.len < LARGE || stamp.is_read_only || stamp.names > 1 {
            return Ok(None);
        }
        let (lock, read_only) = lock(&path, Intent::Work, &around);
        if read_only.is_some() {
            return Ok(None);
        }
        let Some(mut part) = Part::look(&*around.files, &path).map_err(disk)? else {
            return Ok(None);
        };
        let journal_path = beside(&path, ".journal");
        let bytes = match around.files.read(&journal_path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            bytes => bytes.map_err(|source| OpenError::Disk { path: journal_path.clone(), source })?,
        };
        let Some(mut touched) = journal::touched(&bytes, part.digest) else {
            return Ok(None);
        };
        // Whatever stands behind the articles would be taken for the last of them, and refused with it.
        touched.extend(part.last.clone());
        let Some(saved) = part.read(&touched).map_err(disk)? else {
            return Ok(None);
        };
        let replay = replay(&bytes, part.digest, saved.session, &part.paths, around.owner.at);
        if !matches!(replay.fit, Fit::Whole { .. } | Fit::Missing) {
            return Ok(None);
        }
        let known = KnownFile::default();
        known.set(part.digest, Some(stamp));
        let mut notices: Vec<Notice> =
            lock.as_ref().and_then(|lock| lock.taken_over_from.clone()).map(Notice::TookOver).into_iter().collect();
        if replay.recovered > 0 {
            notices.push(Notice::Recovered { edits: replay.recovered });
        }
        let mut home = Home::unsaved(around, Saved::default());
        (home.base, home.path, home.paths, home.lock, home.known) = (None, Some(path), part.paths.clone(), lock, known);
        (home.saved_revision, home.in_file, home.held_len) = (replay.saved_revision, replay.base.clone(), replay.held_len);
        let start = home.settle_journal(&replay, part.digest, &journal_path, bytes.len() as u64, &mut notices)?;
        home.journal = start.map(|start| home.writer(&journal_path, start));
        home.journal_path = Some(journal_path);
        let saved = Saved { session: replay.session, ..saved };
        Ok(Some((Self { saved, history: replay.history, home, notices, missing: Vec::new() }, part)))
    }
}

impl Part {
    /// Looks through a file; `None` where it is not laid out as this version writes it.
    fn look(files: &dyn Files, path: &Path) -> io::Result<Option<Self>> {
        let mut file = files.source(path)?;
        let mut starts: Vec<(ArticleId, u64)> = Vec::new();
        let mut hash = sha2::Sha256::new();
        // What is left of the last piece, so that no first line is cut, and where in the file it begins.
        let (mut window, mut from, mut is_end) = (Vec::with_capacity(CHUNK + FIRST_LINE_MOST), 0u64, false);
        let mut head = Vec::new();
        while !is_end {
            let kept = window.len();
            window.resize(kept + CHUNK, 0);
            let got = fill(&mut file, &mut window[kept..])?;
            window.truncate(kept + got);
            is_end = got < CHUNK;
            hash.update(&window[kept..]);
            // First lines that begin in the last bytes wait for the next piece.
            let sure = if is_end { window.len() } else { window.len().saturating_sub(FIRST_LINE_MOST) };
            for at in memmem::find_iter(&window, FIRST_LINE).take_while(|at| *at < sure) {
                let Some(id) = id_of(&window[at + 1..]) else { return Ok(None) };
                starts.push((id, from + at as u64 + 1));
            }
            if let (true, Some((_, first))) = (head.is_empty(), starts.first()) {
                // All that came before is still here unless it was longer than a piece.
                let Some(before) = first.checked_sub(from).and_then(|len| window.get(..len as usize)).filter(|_| from == 0) else {
                    return Ok(None);
                };
                head = before.to_vec();
            }
            if !is_end {
                window.drain(..sure);
                from += sure as u64;
            }
        }
        let len = from + window.len() as u64;
        if starts.is_empty() || !window.ends_with(TAIL) {
            return Ok(None);
        }
        let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([len - TAIL.len() as u64]);
        let blocks: HashMap<ArticleId, Range<u64>> = starts.iter().zip(ends).map(|((id, start), end)| (id.clone(), *start..end)).collect();
        // Two articles of one id are a matter of repair.
        let is_plain = blocks.len() == starts.len();
        let part = Self {
            file,
            path: path.to_path_buf(),
            paths: SourcePaths::beside(path),
            digest: Digest(hash.finalize().into()),
            head,
            blocks,
            last: starts.pop().map(|(id, _)| id),
            loaded: 0,
        };
        Ok(is_plain.then_some(part))
    }

    /// Reads some articles, with everything that is no article. `None` where something in them has to be put right.
    fn read(&mut self, ids: &BTreeSet<ArticleId>) -> io::Result<Option<Saved>> {
        let mut text = self.head.clone();
        for range in ids.iter().filter_map(|id| self.blocks.get(id)).cloned().collect::<Vec<_>>() {
            let at = text.len();
            text.resize(at + (range.end - range.start) as usize, 0);
            self.file.seek(SeekFrom::Start(range.start))?;
            self.file.read_exact(&mut text[at..])?;
        }
        text.extend_from_slice(TAIL);
        self.loaded += ids.len();
        let reading = read(&text, &self.paths).ok();
        let is_plain =
            |reading: &super::Reading| reading.repairs.is_empty() && !reading.is_newer() && reading.saved.session.conflicts().is_empty();
        Ok(reading.filter(is_plain).map(|reading| reading.saved))
    }

    /// Adds articles to what is read of the session; they are as the file has them. Answers whether that was done, or the
    /// session is to be read whole.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn load(&mut self, opened: &mut Opened, ids: impl IntoIterator<Item = ArticleId>) -> io::Result<bool> {
        let session = &opened.saved.session;
        let missing: BTreeSet<ArticleId> = ids.into_iter().filter(|id| session.article(id).is_none()).collect();
        if missing.is_empty() {
            return Ok(true);
        }
        // What was not found may stand in another layout.
        if self.loaded + missing.len() > MOST || !missing.iter().all(|id| self.blocks.contains_key(id)) {
            return Ok(false);
        }
        let Some(more) = self.read(&missing)? else { return Ok(false) };
        opened.saved.session = joined(&opened.saved.session, &more.session);
        opened.home.in_file = joined(&opened.home.in_file, &more.session);
        Ok(true)
    }

    /// Puts the whole session in the place of the part. What was done since stays done.
    ///
    /// # Errors
    /// [`OpenError`] where the file cannot be read any more, or another program wrote into it.
    pub fn complete(mut self, opened: &mut Opened) -> Result<(), OpenError> {
        let mut bytes = Vec::new();
        let seeking = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.read_to_end(&mut bytes));
        let disk = |source| OpenError::Disk { path: self.path.clone(), source };
        seeking.map_err(disk)?;
        if Digest::of(&bytes) != self.digest {
            return Err(disk(io::Error::other("another program wrote into it while it was open")));
        }
        let reading = read(&bytes, &self.paths).map_err(|fault| OpenError::Fault(self.path.clone(), fault))?;
        opened.home.keeps_old |= !reading.repairs.is_empty();
        let whole = reading.saved.session;
        let part = &opened.saved.session;
        let articles = whole.articles().iter().map(|article| part.article(&article.id).unwrap_or(article).clone());
        opened.saved.session = part.with_articles(articles);
        opened.home.in_file = whole;
        Ok(())
    }
}

/// A session with the articles of another behind its own.
fn joined(session: &Session, more: &Session) -> Session {
    session.with_articles(session.articles().iter().chain(more.articles()).cloned())
}

/// The id in the first line of an article.
fn id_of(line: &[u8]) -> Option<ArticleId> {
    let line = &line[..line.len().min(FIRST_LINE_MOST)];
    let line = &line[..memchr::memchr(b'\n', line)?];
    let quoted = line.strip_prefix(b"(article: ")?.strip_suffix(b",")?;
    let id: String = super::head::parse_ron(std::str::from_utf8(quoted).ok()?).ok()?;
    Some(ArticleId::new(&id))
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut dyn Source, buffer: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < buffer.len() {
        match file.read(&mut buffer[got..]) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(got)
}
