//! Articles pass through: read, worked on by all cores, written in the order in which they came.
//!
//! What waits between reading and writing is bounded, so a stream of any length passes in constant memory; and nothing
//! waits for more input than is there, so a program that sends one line and waits for one gets it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, sync_channel};

use anyhow::Context as _;
use rayon::prelude::*;

use super::choosing::Losses;
use super::feeding::{Feeder, Item, skipped};
use super::outcome::{Outcome, WrongUse};
use super::progress::Progress;
use super::versions::Passed;
use crate::annotation::{Article, ArticleId, Entity, State};
use crate::formats::jsonl::ReadOptions;
use crate::formats::{Format, Loss, Options, Output, Rendered, Report, StateFilter, jsonl, parse_line, readers};
use crate::reading::{self, How, Incoming, Input, ReadFault, Reader, Sink, Trouble, UniqueIds};

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
/// How many are worked on before anything is written.
const FIRST: usize = 4;
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
        let feeder =
            Feeder { by: self.by, encoding: self.encoding.clone(), whole_pages: self.whole_pages, stateless: self.stateless, send };
        let inputs = self.inputs.clone();
        // Not joined: when the output is closed it may still wait for a line that never comes.
        std::thread::spawn(move || feeder.feed(&inputs));
        let mut report = Report::default();
        let mut has_findings = false;
        let mut ids = UniqueIds::default();
        let mut passed = Passed::default();
        while let Some(batch) = next_batch(&receive) {
            let mut pieces: Vec<Piece> = batch.into_par_iter().flat_map_iter(|item| self.read(item)).collect();
            for piece in pieces.iter_mut().filter(|piece| piece.is_wish) {
                piece.article.iter_mut().for_each(|article| article.id = ids.take(&article.id));
            }
            for piece in &mut pieces {
                let told = piece.article.as_ref().and_then(|article| passed.told(article));
                piece.told.words.extend(told);
            }
            for part in in_parts(pieces) {
                let done: Vec<anyhow::Result<Done>> = part.into_par_iter().map(|piece| self.work_on(piece)).collect();
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
            Item::Fault { path, trouble } | Item::Read { path, found: Err(trouble) } => vec![Piece::telling(&path, trouble)],
            Item::Read { path, found: Ok(incoming) } => vec![Piece::of(&path, *incoming)],
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

/// One file may hold hundreds of articles; the first of them go on before the others are worked on.
fn in_parts<T>(mut items: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut size = FIRST;
    std::iter::from_fn(move || {
        let rest = items.split_off(size.min(items.len()));
        size = BATCH;
        Some(std::mem::replace(&mut items, rest)).filter(|part| !part.is_empty())
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_articles_of_a_file_go_on_before_the_others() {
        let sizes = |count: usize| in_parts((0..count).collect()).map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!((sizes(0), sizes(3), sizes(70)), (vec![], vec![3], vec![FIRST, BATCH, 2]));
        assert_eq!(in_parts((0..200).collect()).flatten().collect::<Vec<_>>(), (0..200).collect::<Vec<_>>());
    }
}
