//! `manicule apply SESSION.ron [SCRIPT]`: decisions as lines, each answered once it is on the disk.
//!
//! One thread reads, one decides and hands edits to the journal, which syncs what has gathered as one group; a third
//! answers in order as groups become durable. So a program that sends one line and waits gets its answer after one sync,
//! and one that sends a thousand needs hardly more syncs. What was answered `ok` is in the journal whatever happens next.
//! Where other programs change the session's files meanwhile, the work is brought to what lies there then, before anything
//! more is answered.

mod script;
mod taking;
mod work;

use super::tell::tell;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};

use anyhow::Context as _;

use super::outcome::Outcome;
use super::session::{open_for_decisions, save_and_close, who_decides};
use crate::formats::{Lines, open_lines};
use crate::store::HowRejoined;
use crate::store::journal::Journal;
use crate::workbench::{Clock as _, SystemClock};
use script::Order;
use work::Work;

#[derive(clap::Args)]
#[command(after_help = "\
A script holds one decision a line; offsets count code points, the end is exclusive:
  confirm ART S..E · reject ART S..E · delete ART S..E · retype ART S..E LABEL · move ART S..E S2..E2
  add ART S..E LABEL · link ART S..E ENTITY · spread ART S..E article|session · accept-rest ART
  transfer ART (what is settled in it goes to its copies, as `manicule check --copies` tells them)
  fix FINDING · dismiss FINDING (keys of `manicule check --consistency --json`) · undo · redo
Where several mentions share a span, the label of the one that is meant stands after the span. An article or entity whose
name holds a blank is a JSON string; the entity \"\" takes a link away. Blank lines and lines that begin with # say nothing.
Line N is answered `ok N` once it is durable, or `error N: why`, and then nothing was changed.
In the place of a script a journal may stand, the own one or one that was set aside: its changes that the session does not hold
are laid over it, and where the session has something else a conflict waits to be settled.")]
pub struct Args {
    /// The session to work on. It is saved at the end; a large one when its journal has grown to a tenth of it
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    /// Decisions, one a line, or a journal; - or nothing reads stdin
    #[arg(value_name = "SCRIPT")]
    script: Option<PathBuf>,
    /// Who decides; without it, the name in the settings of the window
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let script = args.script.filter(|path| path != Path::new("-"));
    if let Some(journal) = script.as_deref().filter(|path| taking::is_journal(path)) {
        return taking::run(&args.session, journal, args.by);
    }
    let lines = script.as_deref().map(|path| open_lines(path).with_context(|| format!("{} cannot be read", path.display()))).transpose()?;
    // A pipe has a path too, and its lines may come one by one.
    let is_whole = script.as_deref().is_some_and(Path::is_file);
    let (events, arriving) = sync_channel(WAITING);
    let (opened, part) = open_for_decisions(&args.session, args.by.as_deref().unwrap_or_default(), waker(events.clone()))?;
    let by = who_decides(args.by, &opened.saved);
    let mut work = Work::new(opened, part, by);
    // Not waited for at the end: it may hang on an input that nobody closes.
    let reader = events.clone();
    std::thread::Builder::new().name("script".to_owned()).spawn(move || match lines {
        Some(lines) => read(lines, |_| is_whole, &reader),
        // Whoever writes a line and waits for its answer gets it.
        None => read(Lines::new(BufReader::new(io::stdin())), Lines::has_line, &reader),
    })?;
    let followed = follow(&arriving, events, &mut work, BufWriter::new(io::stdout()));
    // Whatever ended the script, what it decided is saved; a file that cannot be written leaves it in the journal.
    // Nothing that the journal did not take is saved: it was answered with an error.
    let saved = save_and_close(work.opened, work.part);
    let (tally, was_changed) = followed?;
    let was_changed = saved? || was_changed;
    tell!("manicule: {}: {} lines done, {} refused", args.session.display(), tally.done, tally.refused);
    Ok(Outcome::of(tally.refused > 0 || was_changed))
}

/// What the deciding thread waits for.
enum Event {
    /// Lines with their numbers, and what they ask for; nothing in a comment.
    Lines(Vec<(u64, Result<Option<Order>, String>)>),
    /// The script has ended, or broken off.
    End(io::Result<()>),
    /// Something has changed with the journal.
    Stirred,
    /// All lines have been answered, or nobody hears the answers any more.
    Answered,
}

/// Wakes the deciding thread. Where that has enough to do it looks at the journal anyway.
fn waker(events: SyncSender<Event>) -> Arc<dyn Fn() + Send + Sync> {
    Arc::new(move || {
        events.try_send(Event::Stirred).ok();
    })
}

/// How many lines are handed on together at most.
const BATCH: usize = 256;

/// Reads a script to its end, or until nobody wants it. Lines are handed on together for as long as another is at hand.
fn read<R: BufRead>(mut lines: Lines<R>, is_at_hand: impl Fn(&Lines<R>) -> bool, events: &SyncSender<Event>) {
    let mut batch = Vec::new();
    let end = loop {
        match lines.next_line() {
            Ok(None) => break Ok(()),
            Ok(Some(Ok((number, line)))) => batch.push((number, script::parse(&line).map_err(|fault| fault.to_string()))),
            Ok(Some(Err(bad))) => batch.push((bad.number, Err(bad.why))),
            Err(error) => break Err(error),
        }
        if (batch.len() >= BATCH || !is_at_hand(&lines)) && events.send(Event::Lines(std::mem::take(&mut batch))).is_err() {
            return;
        }
    };
    if events.send(Event::Lines(batch)).is_ok() {
        events.send(Event::End(end)).ok();
    }
}

/// How a script went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Tally {
    done: usize,
    refused: usize,
}

/// What there is to say of a line.
enum Answer {
    /// It waits for this record of the journal.
    Record(Journal, u64),
    Error(String),
}

/// How many lines may wait for their answer.
const WAITING: usize = 4096;

/// Follows a script to its end. Answers also whether other programs changed the session file meanwhile.
fn follow(arriving: &Receiver<Event>, events: SyncSender<Event>, work: &mut Work, out: impl Write + Send) -> anyhow::Result<(Tally, bool)> {
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(WAITING);
        let answerer = scope.spawn(move || {
            let tally = answer(&receive, out);
            drop(receive);
            events.send(Event::Answered).ok();
            tally
        });
        let mut send = Some(send);
        let (mut read, mut rejoined, mut was_changed) = (Ok(()), Ok(()), false);
        for event in arriving {
            match event {
                Event::Lines(lines) => {
                    for (number, order) in lines {
                        let answer = match order {
                            Ok(order) => order.map(|order| take(&order, work)),
                            Err(why) => Some(Answer::Error(why)),
                        };
                        if let (Some(answer), Some(send)) = (answer, &send) {
                            // Where nobody hears the answers any more, the end of them is told.
                            send.send((number, answer)).ok();
                        }
                    }
                }
                Event::End(how) => (read, send) = (how, None),
                Event::Stirred => {}
                Event::Answered => break,
            }
            if work.opened.home.disturbance().is_some() && rejoined.is_ok() {
                match work.rejoin() {
                    Ok(how) => was_changed |= how != HowRejoined::JournalAnew,
                    Err(error) => rejoined = Err(error),
                }
            }
        }
        let answered = answerer.join().map_err(|_| anyhow::anyhow!("the answers broke off; this is a fault of the program"))?;
        rejoined?;
        read.context("the script cannot be read further")?;
        Ok((answered?, was_changed))
    })
}

/// Does what a line asks for.
fn take(order: &Order, work: &mut Work) -> Answer {
    let number = match work.take(order, SystemClock.now()) {
        Ok(number) => number,
        Err(refused) => return Answer::Error(refused.to_string()),
    };
    match work.opened.home.journal() {
        Some(journal) => Answer::Record(journal.clone(), number),
        None => Answer::Error("the session has no journal".to_owned()),
    }
}

/// Answers lines in their order, each when the journal has it.
fn answer(lines: &Receiver<(u64, Answer)>, mut out: impl Write) -> io::Result<Tally> {
    let mut tally = Tally::default();
    loop {
        let (number, answer) = match lines.try_recv() {
            Ok(line) => line,
            Err(TryRecvError::Empty) => {
                out.flush()?;
                match lines.recv() {
                    Ok(line) => line,
                    Err(_) => break,
                }
            }
            Err(TryRecvError::Disconnected) => break,
        };
        let outcome = match answer {
            Answer::Record(journal, record) => {
                if !journal.has(record) {
                    out.flush()?;
                }
                journal.wait_out(record).map_err(|fault| fault.to_string())
            }
            Answer::Error(why) => Err(why),
        };
        match outcome {
            Ok(()) => {
                tally.done += 1;
                writeln!(out, "ok {number}")?;
            }
            Err(why) => {
                tally.refused += 1;
                writeln!(out, "error {number}: {}", why.replace(['\n', '\r'], " "))?;
            }
        }
    }
    out.flush()?;
    Ok(tally)
}
