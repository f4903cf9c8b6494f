//! What a stream of articles is made of is read in a thread of its own and sent piece by piece: lines one by one, the articles of a
//! large file as its reader hands them out, other files by their names.

use std::io::{self, BufRead as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use crate::annotation::{Digest, Source, State};
use crate::formats::{BadLine, LARGE, Lines, Pairs, hands_out_as_it_reads, has_article_a_line, jsonl, readers};
use crate::reading::{self, Head, How, Incoming, Input, Reader, Sink, Trouble};

/// One thing to be read.
pub enum Item {
    /// A line that is an article to its reader.
    Line {
        path: Arc<Path>,
        number: u64,
        line: String,
        by: &'static Reader,
    },
    File {
        path: PathBuf,
    },
    /// What a reader handed out of a large file.
    Read {
        path: Arc<Path>,
        found: Result<Box<Incoming>, Trouble>,
    },
    /// All of stdin.
    Bytes {
        path: Arc<Path>,
        bytes: Vec<u8>,
    },
    Fault {
        path: Arc<Path>,
        trouble: Trouble,
    },
}

impl Item {
    /// About how many bytes it is in memory.
    pub fn len(&self) -> usize {
        match self {
            Item::Line { line, .. } => line.len(),
            // What is said of it takes more room than its text.
            Item::File { path } => 4 * path.metadata().map_or(0, |file| file.len() as usize),
            Item::Bytes { bytes, .. } => bytes.len(),
            Item::Read { found, .. } => found.as_ref().map_or(0, |incoming| 4 * incoming.article.text.len()),
            Item::Fault { .. } => 0,
        }
    }
}

/// Sends what there is to read, in its order.
pub struct Feeder {
    pub by: Option<&'static Reader>,
    pub encoding: Option<String>,
    pub whole_pages: bool,
    pub stateless: State,
    pub send: SyncSender<Item>,
}

impl Feeder {
    /// Sends everything at `inputs`. Ends early where nobody listens any more.
    pub fn feed(&self, inputs: &[PathBuf]) {
        let mut pairs = Pairs::default();
        for input in inputs {
            let is_sent = if input == Path::new("-") {
                self.feed_stdin(self.by.unwrap_or(&jsonl::READER))
            } else {
                let (files, faults) = reading::expand(std::slice::from_ref(input));
                let faults = faults.into_iter().map(|fault| Item::Fault { path: fault.path.into(), trouble: fault.trouble });
                let mut new = files.into_iter().filter(|path| pairs.is_new(path, readers()));
                faults.map(|fault| self.send.send(fault)).all(|sent| sent.is_ok()) && new.all(|path| self.feed_file(path))
            };
            if !is_sent {
                return;
            }
        }
    }

    /// Lines are sent as they come; what is no lines, when it is whole, unless it is large and its reader can do without.
    fn feed_stdin(&self, by: &'static Reader) -> bool {
        let (path, mut stdin) = (Path::new("stdin"), io::stdin().lock());
        // An error comes again when it is read on.
        let is_by_line = has_article_a_line(by, &Head::new(path, stdin.fill_buf().unwrap_or_default()));
        if is_by_line {
            return self.feed_lines(Lines::new(stdin), path, by);
        }
        let mut bytes = Vec::new();
        let mut read = stdin.by_ref().take(LARGE).read_to_end(&mut bytes);
        if bytes.len() as u64 == LARGE {
            drop(stdin);
            let all = io::Cursor::new(std::mem::take(&mut bytes)).chain(io::stdin());
            if hands_out_as_it_reads(by) {
                return match Input::of_stream(path, all) {
                    Ok(input) => self.feed_articles(input, by, None),
                    Err(error) => self.send.send(Item::Fault { path: path.into(), trouble: error.into() }).is_ok(),
                };
            }
            read = all.take(reading::MAX_BYTES).read_to_end(&mut bytes);
        }
        let item = match read {
            Ok(_) => Item::Bytes { path: path.into(), bytes },
            Err(error) => Item::Fault { path: path.into(), trouble: error.into() },
        };
        self.send.send(item).is_ok()
    }

    /// Lines are sent one by one, for a file of them may be of any length, and so are the articles of other large files whose
    /// reader comes to one after another; other files as they are.
    fn feed_file(&self, path: PathBuf) -> bool {
        if let Ok(input) = Input::open(&path)
            && let Ok(reader) = reading::reader_of(&input, readers(), How { by: self.by, ..How::default() })
        {
            if has_article_a_line(reader, &input.head()) {
                return self.feed_lines(Lines::new(input.into_stream()), &path, reader);
            }
            let is_large = path.metadata().is_ok_and(|file| file.len() >= LARGE);
            if is_large && hands_out_as_it_reads(reader) {
                // Of which file an article is, is told with it, so the file is gone through once before.
                let source = Input::open(&path).and_then(Input::finish);
                return self.feed_articles(input, reader, source.ok());
            }
        }
        self.send.send(Item::File { path }).is_ok()
    }

    fn feed_lines(&self, mut lines: Lines<impl io::BufRead>, path: &Path, by: &'static Reader) -> bool {
        let path: Arc<Path> = path.into();
        loop {
            let item = match lines.next_line() {
                Ok(None) => return true,
                Ok(Some(Ok((number, line)))) => Item::Line { path: path.clone(), number, line, by },
                Ok(Some(Err(bad))) => Item::Fault { path: path.clone(), trouble: skipped(bad) },
                Err(error) => return self.send.send(Item::Fault { path, trouble: error.into() }).is_ok(),
            };
            if self.send.send(item).is_err() {
                return false;
            }
        }
    }

    /// The articles of a file as its reader hands them out. `source` is how many bytes the file has, and their digest.
    fn feed_articles(&self, mut input: Input<'_>, by: &'static Reader, source: Option<(u64, Digest)>) -> bool {
        let path: Arc<Path> = input.path.into();
        let is_closed = AtomicBool::new(false);
        let send = |found| {
            if self.send.send(Item::Read { path: path.clone(), found }).is_err() {
                is_closed.store(true, Ordering::Relaxed);
            }
        };
        let mut take = |found: Result<Incoming, Trouble>| {
            send(found.map(|mut incoming| {
                if let Some((size, digest)) = source {
                    let (path, encoding) = (path.to_string_lossy().into_owned(), incoming.encoding.to_owned());
                    incoming.article.source.get_or_insert(Source { path, size, digest, encoding, number: incoming.number });
                }
                Box::new(incoming)
            }));
        };
        let encoding = self.encoding.as_deref();
        let how = How { encoding, is_whole: self.whole_pages, by: Some(by), stateless: self.stateless, ..How::default() };
        if let Err(trouble) = (by.read)(&mut input, how, &mut Sink::new(&mut take, &is_closed)) {
            send(Err(trouble));
        }
        !is_closed.load(Ordering::Relaxed)
    }
}

pub fn skipped(BadLine { number, why }: BadLine) -> Trouble {
    Trouble::Line { number, why }
}
