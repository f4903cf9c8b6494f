//! `manicule apply SESSION.ron [SCRIPT]`: decisions as lines, each answered once it is on the disk.
//!
//! One thread reads, decides and hands edits to the journal, which syncs what has gathered as one group; another answers
//! in order as groups become durable. So a program that sends one line and waits gets its answer after one sync, and one
//! that sends a thousand needs hardly more syncs. What was answered `ok` is in the journal whatever happens next; the
//! session file is saved at the end.

mod script;
mod work;

use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

use anyhow::Context as _;

use super::Outcome;
use super::session::{open_to_work, save_and_close};
use crate::annotation::Time;
use crate::formats::{Lines, open_lines};
use crate::store::journal::Journal;
use crate::workbench::{Clock as _, SystemClock};
use work::Work;

#[derive(clap::Args)]
#[command(after_help = "\
A script holds one decision a line; offsets count code points, the end is exclusive:
  confirm ART S..E · reject ART S..E · delete ART S..E · retype ART S..E LABEL · move ART S..E S2..E2
  add ART S..E LABEL · link ART S..E ENTITY · spread ART S..E article|session · accept-rest ART · undo · redo
Where several mentions share a span, the label of the one that is meant stands after the span. An article or entity whose
name holds a blank is a JSON string; the entity \"\" takes a link away. Blank lines and lines that begin with # say nothing.
Line N is answered `ok N` once it is durable, or `error N: why`, and then nothing was changed.")]
pub struct Args {
    /// The session to work on; saved at the end
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    /// Decisions, one a line; - or nothing reads stdin
    #[arg(value_name = "SCRIPT")]
    script: Option<PathBuf>,
    /// Who decides; without it, the analyst that the session names
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let script = args.script.filter(|path| path != Path::new("-"));
    let lines = script.as_deref().map(|path| open_lines(path).with_context(|| format!("{} cannot be read", path.display()))).transpose()?;
    let opened = open_to_work(&args.session, args.by.as_deref().unwrap_or_default())?;
    let by: Arc<str> = args.by.unwrap_or_else(|| opened.saved.analyst.clone()).into();
    let mut work = Work::new(opened, by);
    let answers = BufWriter::new(io::stdout());
    let now = || SystemClock.now();
    let tally = match lines {
        Some(lines) => follow(lines, &mut work, answers, now),
        None => follow(Lines::new(io::stdin().lock()), &mut work, answers, now),
    };
    // Whatever ended the script, what it decided is saved; a file that cannot be written leaves it in the journal.
    // Nothing that the journal did not take is saved: it was answered with an error.
    let saved = save_and_close(work.opened);
    let tally = tally?;
    saved?;
    eprintln!("manicule: {}: {} lines done, {} refused", args.session.display(), tally.done, tally.refused);
    Ok(Outcome::of(tally.refused > 0))
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
    Record(u64),
    Error(String),
}

/// How many lines may wait for their answer.
const WAITING: usize = 4096;

/// Follows a script to its end.
fn follow(mut lines: Lines<impl BufRead>, work: &mut Work, out: impl Write + Send, now: impl Fn() -> Time) -> anyhow::Result<Tally> {
    // A session that is open for work has a journal.
    let journal = work.opened.home.journal().context("the session has no journal")?.clone();
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(WAITING);
        let answerer = scope.spawn(move || answer(&receive, &journal, out));
        let read = loop {
            let (number, line) = match lines.next_line() {
                Ok(None) => break Ok(()),
                Ok(Some(Ok((number, line)))) => (number, Ok(line)),
                Ok(Some(Err(bad))) => (bad.number, Err(bad.why)),
                Err(error) => break Err(error),
            };
            let Some(answer) = take(line, work, now()) else { continue };
            if send.send((number, answer)).is_err() {
                // Nobody hears the answers any more.
                break Ok(());
            }
        };
        drop(send);
        let answered = answerer.join().map_err(|_| anyhow::anyhow!("the answers broke off; this is a fault of the program"))?;
        read.context("the script cannot be read further")?;
        Ok(answered?)
    })
}

/// `None` where the line asks for nothing.
fn take(line: Result<String, String>, work: &mut Work, at: Time) -> Option<Answer> {
    let order = line.and_then(|line| script::parse(&line).map_err(|fault| fault.to_string()));
    let answer = match order {
        Ok(None) => return None,
        Ok(Some(order)) => work.take(&order, at).map(Answer::Record).map_err(|refused| refused.to_string()),
        Err(fault) => Err(fault),
    };
    Some(answer.unwrap_or_else(Answer::Error))
}

/// Answers lines in their order, each when the journal has it.
fn answer(lines: &Receiver<(u64, Answer)>, journal: &Journal, mut out: impl Write) -> io::Result<Tally> {
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
            Answer::Record(record) => {
                if journal.status().durable_below <= record {
                    out.flush()?;
                }
                journal.wait(record).map_err(|fault| fault.to_string())
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
