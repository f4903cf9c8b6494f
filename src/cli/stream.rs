//! Articles pass through: read, worked on by all cores, written in the order in which they came.
//!
//! What waits between reading and writing is bounded, so a stream of any length passes in constant memory; and nothing
//! waits for more input than is there, so a program that sends one line and waits for one gets it.

use std::io::{self, BufRead as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Context as _;
use rayon::prelude::*;

use super::choosing::Losses;
use super::outcome::{Outcome, WrongUse};
use super::progress::Progress;
use crate::annotation::{Article, ArticleId, Entity, State};
use crate::formats::jsonl::ReadOptions;
use crate::formats::{
    BadLine, Format, Lines, Loss, Options, Output, Pairs, Rendered, Report, StateFilter, has_article_a_line, jsonl, parse_line, readers,
};
use crate::reading::{self, Head, How, Incoming, Input, ReadFault, Reader, Sink, Trouble, UniqueIds};

/// What comes in, what goes out, and how.
pub struct Stream<'a> {
    /// Files, folders, or `-` for stdin, which is JSONL unless it is said what it is.
    pub inputs: Vec<PathBuf>,
    /// What the files are, whatever they look like.
    pub by: Option<&'static Reader>,
    pub encoding: Option<String>,
    /// Keep all of web pages.
    pub whole_pages: bool,
    /// What an entity without a state is.
    pub stateless: State,
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

/// One thing to be read.
enum Item {
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

/// One article, or what is told where there is none.
#[derive(Default)]
struct Piece {
    article: Option<Article>,
    /// The things that its mentions are linked to.
    entities: Vec<Entity>,
    /// The file's stem is a wish; what stands in a line is what somebody gave.
    is_wish: bool,
    told: Told,
}

#[derive(Default)]
struct Told {
    /// What went wrong.
    messages: Vec<String>,
    /// What is only to be known.
    words: Vec<String>,
    /// What went wrong, with its article and place.
    losses: Vec<Loss>,
}

impl Told {
    fn add(&mut self, path: &Path, article: Option<&Article>, trouble: Trouble) {
        self.losses.extend(Loss::on_the_way_in(path, article, &trouble));
        let place = if trouble.is_word_only() { &mut self.words } else { &mut self.messages };
        place.push(ReadFault::new(path, trouble).to_string());
    }
}

/// One article worked on: what to write, and what to say.
#[derive(Default)]
struct Done {
    written: Option<(ArticleId, Rendered)>,
    /// The filters kept it back.
    is_left_out: bool,
    told: Told,
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
        let (inputs, by) = (self.inputs.clone(), self.by);
        // Not joined: when the output is closed it may still wait for a line that never comes.
        std::thread::spawn(move || feed(&inputs, by, &send));
        let mut report = Report::default();
        let mut has_findings = false;
        let mut ids = UniqueIds::default();
        while let Some(batch) = next_batch(&receive) {
            let mut pieces: Vec<Piece> = batch.into_par_iter().flat_map_iter(|item| self.read(item)).collect();
            for piece in pieces.iter_mut().filter(|piece| piece.is_wish) {
                piece.article.iter_mut().for_each(|article| article.id = ids.take(&article.id));
            }
            let done: Vec<anyhow::Result<Done>> = pieces.into_par_iter().map(|piece| self.work_on(piece)).collect();
            for done in done {
                let done = done?;
                has_findings |= !done.told.messages.is_empty();
                done.told.messages.iter().chain(&done.told.words).for_each(|message| progress.say(message));
                self.losses.add_told(&done.told.losses)?;
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

    fn work_on(&self, Piece { article, entities, told, .. }: Piece) -> anyhow::Result<Done> {
        let mut done = Done { told, ..Done::default() };
        let Some(mut article) = article else { return Ok(done) };
        done.told.messages.extend((self.work)(&mut article).err());
        if !self.options.takes_article(&article) {
            done.is_left_out = true;
            return Ok(done);
        }
        let entities = entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
        let options = Options { entities: Some(&entities), ..self.options.clone() };
        done.written = Some((article.id.clone(), self.format.render(&article, &options)?));
        Ok(done)
    }

    fn read(&self, item: Item) -> Vec<Piece> {
        match item {
            Item::Fault { path, trouble } => vec![Piece::telling(&path, trouble)],
            Item::Line { path, number, line, by } if !is_jsonl(by) => self.read_line(&path, number, &line, by),
            Item::Line { path, number, line, .. } => {
                let parse = if self.finds_zones { parse_line } else { jsonl::parse };
                let piece = match parse(number, &line, &ReadOptions { stateless: self.stateless }) {
                    Ok(parsed) => {
                        let at = format!("line {number}: article {:?}: ", parsed.article.id.as_str());
                        let mut told = Told::default();
                        for note in parsed.notes {
                            told.add(&path, Some(&parsed.article), Trouble::Changed { at: at.clone(), note });
                        }
                        Piece { article: Some(parsed.article), entities: parsed.entities, told, ..Piece::default() }
                    }
                    Err(bad) => Piece::telling(&path, skipped(bad)),
                };
                vec![piece]
            }
            Item::File { path } => pieces(&path, reading::read(&path, readers(), self.how(), &AtomicBool::new(false))),
            Item::Bytes { path, bytes } => match Input::of_bytes(&path, &bytes) {
                Ok(input) => pieces(&path, reading::read_input(input, readers(), self.how(), &AtomicBool::new(false))),
                Err(error) => vec![Piece::telling(&path, error.into())],
            },
        }
    }

    fn how(&self) -> How<'_> {
        How { encoding: self.encoding.as_deref(), is_whole: self.whole_pages, by: self.by, stateless: self.stateless, ..How::default() }
    }

    /// A line as its reader reads a file of one.
    fn read_line(&self, path: &Path, number: u64, line: &str, by: &'static Reader) -> Vec<Piece> {
        let lines_before = u32::try_from(number.saturating_sub(1)).unwrap_or(u32::MAX);
        let mut pieces = Vec::new();
        let mut take = |found| match found {
            Ok(incoming) => pieces.push(Piece::of(path, incoming)),
            Err(trouble) => pieces.push(Piece::telling(path, trouble)),
        };
        let never = AtomicBool::new(false);
        let read = Input::of_bytes(path, line.as_bytes())
            .map_err(Trouble::from)
            .and_then(|mut input| (by.read)(&mut input, How { lines_before, ..self.how() }, &mut Sink::new(&mut take, &never)));
        pieces.extend(read.err().map(|trouble| Piece::telling(path, trouble)));
        pieces
    }
}

fn is_jsonl(reader: &'static Reader) -> bool {
    std::ptr::eq(reader, &jsonl::READER)
}

fn pieces(path: &Path, read: reading::Read) -> Vec<Piece> {
    let articles = read.articles.into_iter().map(|incoming| Piece::of(path, incoming));
    articles.chain(read.troubles.into_iter().map(|trouble| Piece::telling(path, trouble))).collect()
}

impl Piece {
    fn of(path: &Path, incoming: Incoming) -> Self {
        let mut told = Told::default();
        incoming.notes.into_iter().for_each(|note| told.add(path, Some(&incoming.article), note));
        Self { article: Some(incoming.article), entities: incoming.entities, is_wish: !incoming.has_own_id, told }
    }

    fn telling(path: &Path, trouble: Trouble) -> Self {
        let mut told = Told::default();
        told.add(path, None, trouble);
        Self { told, ..Self::default() }
    }
}

fn skipped(BadLine { number, why }: BadLine) -> Trouble {
    Trouble::Line { number, why }
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
            // What is said of it takes more room than its text.
            Item::File { path } => 4 * path.metadata().map_or(0, |file| file.len() as usize),
            Item::Bytes { bytes, .. } => bytes.len(),
            Item::Fault { .. } => 0,
        }
    }
}

/// Sends everything at `inputs`. Ends early where nobody listens any more.
fn feed(inputs: &[PathBuf], by: Option<&'static Reader>, send: &SyncSender<Item>) {
    let mut pairs = Pairs::default();
    for input in inputs {
        let is_sent = if input == Path::new("-") {
            feed_stdin(by.unwrap_or(&jsonl::READER), send)
        } else {
            let (files, faults) = reading::expand(std::slice::from_ref(input));
            let faults = faults.into_iter().map(|fault| Item::Fault { path: fault.path.into(), trouble: fault.trouble });
            let mut new = files.into_iter().filter(|path| pairs.is_new(path, readers()));
            faults.map(|fault| send.send(fault)).all(|sent| sent.is_ok()) && new.all(|path| feed_file(path, by, send))
        };
        if !is_sent {
            return;
        }
    }
}

/// Lines are sent as they come; what is no lines, when it is whole.
fn feed_stdin(by: &'static Reader, send: &SyncSender<Item>) -> bool {
    let (path, mut stdin) = (Path::new("stdin"), io::stdin().lock());
    // An error comes again when it is read on.
    let is_by_line = has_article_a_line(by, &Head::new(path, stdin.fill_buf().unwrap_or_default()));
    if is_by_line {
        return feed_lines(Lines::new(stdin), path, by, send);
    }
    let mut bytes = Vec::new();
    let item = match stdin.take(reading::MAX_BYTES).read_to_end(&mut bytes) {
        Ok(_) => Item::Bytes { path: path.into(), bytes },
        Err(error) => Item::Fault { path: path.into(), trouble: error.into() },
    };
    send.send(item).is_ok()
}

/// Lines are sent one by one, for a file of them may be of any length; other files as they are.
fn feed_file(path: PathBuf, by: Option<&'static Reader>, send: &SyncSender<Item>) -> bool {
    if let Ok(input) = Input::open(&path) {
        let reader = reading::reader_of(&input, readers(), How { by, ..How::default() });
        if let Some(reader) = reader.ok().filter(|reader| has_article_a_line(reader, &input.head())) {
            return feed_lines(Lines::new(input.into_stream()), &path, reader, send);
        }
    }
    send.send(Item::File { path }).is_ok()
}

fn feed_lines(mut lines: Lines<impl io::BufRead>, path: &Path, by: &'static Reader, send: &SyncSender<Item>) -> bool {
    let path: Arc<Path> = path.into();
    loop {
        let item = match lines.next_line() {
            Ok(None) => return true,
            Ok(Some(Ok((number, line)))) => Item::Line { path: path.clone(), number, line, by },
            Ok(Some(Err(bad))) => Item::Fault { path: path.clone(), trouble: skipped(bad) },
            Err(error) => return send.send(Item::Fault { path, trouble: error.into() }).is_ok(),
        };
        if send.send(item).is_err() {
            return false;
        }
    }
}
