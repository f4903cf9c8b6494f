//! Articles pass through: read, worked on by all cores, written in the order in which they came.
//!
//! What waits between reading and writing is bounded, so a stream of any length passes in constant memory; and nothing
//! waits for more input than is there, so a program that sends one line and waits for one gets it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Context as _;
use rayon::prelude::*;

use super::choosing::Losses;
use super::outcome::{Outcome, WrongUse};
use super::progress::Progress;
use crate::annotation::{Article, ArticleId};
use crate::formats::jsonl::ReadOptions;
use crate::formats::{BadLine, Format, Lines, Options, Output, Rendered, Report, StateFilter, is_lines, jsonl, open_lines, parse_line};
use crate::reading::{self, How, Omitted, ReadFault, Trouble, UniqueIds};

/// What comes in, what goes out, and how.
pub struct Stream<'a> {
    /// Files, folders, or `-` for JSONL on stdin.
    pub inputs: Vec<PathBuf>,
    /// Read as JSONL whatever the files are called.
    pub all_lines: bool,
    pub encoding: Option<String>,
    /// Keep all of web pages.
    pub whole_pages: bool,
    pub read: ReadOptions,
    /// Whether zones are looked for where a line says nothing of them.
    pub finds_zones: bool,
    pub format: &'static Format,
    /// What is written; rejected mentions too, where the format has a place for them.
    pub options: Options<'a>,
    pub losses: Losses,
    /// Where to; `None` or `-` is stdout.
    pub out: Option<PathBuf>,
    /// What is done to each article between the two; an error is told, and the article written as it is then.
    pub work: &'a (dyn Fn(&mut Article) -> Result<(), String> + Sync),
}

/// One thing to be worked on.
enum Item {
    Line { path: Arc<Path>, number: u64, line: String },
    File { path: PathBuf, id: ArticleId },
    Fault(String),
}

/// One thing worked on: what to write, and what to say.
#[derive(Default)]
struct Done {
    written: Option<(ArticleId, Rendered)>,
    /// The filters kept it back.
    is_left_out: bool,
    /// What went wrong.
    messages: Vec<String>,
    /// What is only to be known.
    words: Vec<String>,
}

/// How many items wait to be worked on, and how many are worked on at a time.
const WAITING: usize = 64;
const BATCH: usize = 64;
/// Beyond this many bytes a batch is full.
const BATCH_BYTES: usize = 8 << 20;

impl Stream<'_> {
    /// Runs to the end of the input.
    ///
    /// # Errors
    /// When the output cannot be written, or was not what it should have been. What cannot be read is told on stderr.
    pub fn run(mut self) -> anyhow::Result<Outcome> {
        if let Some(label) = &self.encoding {
            reading::check_encoding(label).map_err(|trouble| WrongUse::new(trouble.to_string()))?;
        }
        self.options.state = if self.format.keeps_rejected() { StateFilter::All } else { StateFilter::Living };
        match self.out.clone().filter(|path| path != Path::new("-")) {
            None => {
                let mut out = io::stdout().lock();
                let output = Output::to_stream(self.format, &mut out)?;
                self.pass(output)
            }
            Some(path) => {
                let cannot = || format!("{} cannot be written", path.display());
                let output = Output::create(self.format, &path).with_context(cannot)?;
                self.pass(output)
            }
        }
    }

    fn pass(mut self, mut output: Output<'_>) -> anyhow::Result<Outcome> {
        let progress = Progress::of_stream(self.out.is_some());
        let (send, receive) = sync_channel(WAITING);
        let (inputs, all_lines) = (self.inputs.clone(), self.all_lines);
        // Not joined: when the output is closed it may still wait for a line that never comes.
        std::thread::spawn(move || feed(&inputs, all_lines, &send));
        let mut report = Report::default();
        let mut has_findings = false;
        while let Some(batch) = next_batch(&receive) {
            let done: Vec<anyhow::Result<Done>> = batch.into_par_iter().map(|item| self.work_on(item)).collect();
            for done in done {
                let done = done?;
                has_findings |= !done.messages.is_empty();
                done.messages.iter().chain(&done.words).for_each(|message| progress.say(message));
                report.left_out_articles += usize::from(done.is_left_out);
                if let Some((id, rendered)) = done.written {
                    let mut part = output.put(&id, rendered)?;
                    self.losses.add(&part.losses)?;
                    part.losses.clear();
                    report.add(part);
                }
            }
            output.flush()?;
            progress.set(report.articles);
        }
        output.finish().with_context(|| format!("{} cannot be written", self.out.unwrap_or_default().display()))?;
        progress.finish();
        has_findings |= self.losses.finish(&report, &|line| progress.say(line))?;
        Ok(Outcome::of(has_findings))
    }

    fn work_on(&self, item: Item) -> anyhow::Result<Done> {
        let mut done = Done::default();
        let mut article = match self.read(item, &mut done) {
            Some(article) => article,
            None => return Ok(done),
        };
        done.messages.extend((self.work)(&mut article).err());
        if !self.options.takes_article(&article) {
            done.is_left_out = true;
            return Ok(done);
        }
        done.written = Some((article.id.clone(), self.format.render(&article, &self.options)?));
        Ok(done)
    }

    fn read(&self, item: Item, Done { messages, words, .. }: &mut Done) -> Option<Article> {
        match item {
            Item::Fault(message) => {
                messages.push(message);
                None
            }
            Item::Line { path, number, line } => {
                let parse = if self.finds_zones { parse_line } else { jsonl::parse };
                match parse(number, &line, &self.read) {
                    Ok(parsed) => {
                        messages.extend(parsed.losses.iter().map(|loss| format!("{}: line {number}: {loss}", path.display())));
                        Some(parsed.article)
                    }
                    Err(bad) => {
                        messages.push(skipped(&path, &bad));
                        None
                    }
                }
            }
            Item::File { path, id } => {
                let how = How { encoding: self.encoding.as_deref(), is_whole: self.whole_pages, ..How::default() };
                match reading::read_file(&path, how) {
                    Ok(article) => {
                        words.extend(Omitted::of(&article).map(|left| ReadFault::new(&path, Trouble::Omitted(left)).to_string()));
                        Some(Article { id, ..article })
                    }
                    Err(trouble) => {
                        messages.push(ReadFault::new(&path, trouble).to_string());
                        None
                    }
                }
            }
        }
    }
}

fn skipped(path: &Path, bad: &BadLine) -> String {
    format!("{}: {bad}; the line is skipped", path.display())
}

/// Waits for one item and takes what else is there already; `None` at the end.
fn next_batch(receive: &Receiver<Item>) -> Option<Vec<Item>> {
    let first = receive.recv().ok()?;
    let mut bytes = first.len();
    let mut batch = vec![first];
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Ok(item) = receive.try_recv() else { break };
        bytes += item.len();
        batch.push(item);
    }
    Some(batch)
}

impl Item {
    fn len(&self) -> usize {
        match self {
            Item::Line { line, .. } => line.len(),
            // Most articles are small; what they hold is known only once they are read.
            Item::File { .. } | Item::Fault(_) => 1 << 14,
        }
    }
}

/// Sends everything at `inputs`. Ends early where nobody listens any more.
fn feed(inputs: &[PathBuf], all_lines: bool, send: &SyncSender<Item>) {
    let mut ids = UniqueIds::default();
    for input in inputs {
        let is_sent = if input == Path::new("-") {
            feed_lines(Lines::new(io::stdin().lock()), Path::new("stdin"), send)
        } else {
            let (files, faults) = reading::expand(std::slice::from_ref(input));
            let faults = faults.into_iter().map(|fault| Item::Fault(fault.to_string()));
            faults.map(|fault| send.send(fault)).all(|sent| sent.is_ok())
                && files.into_iter().all(|path| feed_file(path, all_lines, &mut ids, send))
        };
        if !is_sent {
            return;
        }
    }
}

fn feed_file(path: PathBuf, all_lines: bool, ids: &mut UniqueIds, send: &SyncSender<Item>) -> bool {
    if all_lines || is_lines(&path) {
        return match open_lines(&path) {
            Ok(lines) => feed_lines(lines, &path, send),
            Err(error) => send.send(Item::Fault(ReadFault::new(&path, error.into()).to_string())).is_ok(),
        };
    }
    let id = ids.take(&reading::id_of(&path));
    send.send(Item::File { path, id }).is_ok()
}

fn feed_lines(mut lines: Lines<impl io::BufRead>, path: &Path, send: &SyncSender<Item>) -> bool {
    let path: Arc<Path> = path.into();
    loop {
        let item = match lines.next_line() {
            Ok(None) => return true,
            Ok(Some(Ok((number, line)))) => Item::Line { path: path.clone(), number, line },
            Ok(Some(Err(bad))) => Item::Fault(skipped(&path, &bad)),
            Err(error) => return send.send(Item::Fault(ReadFault::new(&path, error.into()).to_string())).is_ok(),
        };
        if send.send(item).is_err() {
            return false;
        }
    }
}
