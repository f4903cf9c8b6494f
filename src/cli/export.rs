//! `manicule export SESSION.ron --to FORMAT -o PATH`: a session's annotations for the next tool.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::progress::Progress;
use super::{FormatName, Outcome, session};
use crate::annotation::Origin;
use crate::formats::{self, Format, Options, Report, StateFilter, Stop};
use crate::tagger::Tagger;

#[derive(clap::Args)]
pub struct Args {
    /// The session; what its journal adds is exported too
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    /// In which format
    #[arg(long, value_name = "FORMAT")]
    to: FormatName,
    /// Where to; - is stdout
    #[arg(short, value_name = "PATH")]
    out: PathBuf,
    /// Which mentions
    #[arg(long, value_enum, default_value_t = Which::Confirmed)]
    state: Which,
    /// Leave out who decided and when, where the articles lay, and what other tools said of them
    #[arg(long)]
    anonymous: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Which {
    /// What a person or an import settled
    Confirmed,
    /// What still waits for a decision
    Suggested,
    /// Both, and rejected ones in a list of their own where the format has a place for it
    All,
}

impl Which {
    fn filter(self) -> StateFilter {
        match self {
            Which::Confirmed => StateFilter::Confirmed,
            Which::Suggested => StateFilter::Suggested,
            Which::All => StateFilter::All,
        }
    }
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let format = args.to.writable()?;
    let opened = session::open_to_read(&args.session)?;
    let session = &opened.saved.session;
    let tagger = Tagger::standard();
    let reason = |origin: &Origin| tagger.reason(origin);
    let options =
        Options { state: args.state.filter(), entities: Some(session.entities()), reason: Some(&reason), is_anonymous: args.anonymous };
    let never = AtomicBool::new(false);
    let report = if args.out == Path::new("-") {
        formats::write(session, format, &options, &mut std::io::stdout().lock(), &|_, _| {}, &never).map_err(|stop| match stop {
            // As itself, so that a reader who has seen enough is recognised.
            Stop::Write(error) => anyhow::Error::from(error),
            stop => stop.into(),
        })?
    } else {
        let progress = Progress::of_steps();
        let report = formats::export(session, format, &options, &args.out, &|done, total| progress.set_of(done, total), &never)?;
        progress.finish();
        report
    };
    tell(&report, format);
    // What a format has no column for is told; only a mention that is missing makes a part of the work fail.
    Ok(Outcome::of(report.losses.iter().any(|loss| loss.is_whole)))
}

/// What was written, what was left out, and every single thing that the format could not carry.
fn tell(report: &Report, format: Format) {
    report.losses.iter().for_each(|loss| eprintln!("manicule: {loss}"));
    eprintln!("manicule: wrote {} of {} to {format}; left out: {}", mentions(report.written), articles(report.articles), report.left_out);
}

fn mentions(n: usize) -> String {
    if n == 1 { "1 mention".to_owned() } else { format!("{n} mentions") }
}

fn articles(n: usize) -> String {
    if n == 1 { "1 article".to_owned() } else { format!("{n} articles") }
}
