//! `manicule export SESSION.ron --to FORMAT -o PATH`: a session's annotations for the next tool.

use super::tell::tell;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use std::sync::Arc;

use super::choosing::Choosing;
use super::given::FormatName;
use super::outcome::{Outcome, WrongUse};
use super::progress::Progress;
use super::replacing::Replacing;
use super::session;
use super::words::count;
use crate::annotation::{Article, Origin};
use crate::decide::certificate::latest;
use crate::formats::{self, ExportFault, Format, Options, Output, Report, Shares, StateFilter, Stop};
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
    /// Deal the articles to three files, PATH with .train, .dev and .test before its ending: 80/10/10
    #[arg(long, value_name = "TRAIN/DEV/TEST")]
    split: Option<Shares>,
    /// What the deal hangs on: the same number gives the same three files
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "split")]
    seed: u64,
    #[command(flatten)]
    choosing: Choosing,
    #[command(flatten)]
    replacing: Replacing,
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
    let is_stream = args.out == Path::new("-");
    if is_stream && args.split.is_some() {
        return Err(WrongUse::new("three files fit in no stream; name a file with -o").into());
    }
    let paths = match args.split {
        _ if is_stream => Vec::new(),
        None => vec![args.out.clone()],
        Some(_) => Shares::NAMES.map(|name| part_path(&args.out, name)).to_vec(),
    };
    let input = std::slice::from_ref(&args.session);
    paths.iter().try_for_each(|path| args.replacing.check(format, path, input))?;
    let opened = session::open_to_read(&args.session)?;
    let session = &opened.saved.session;
    let tagger = Tagger::standard();
    let reason = |origin: &Origin| tagger.reason(origin);
    let options = Options {
        state: args.state.filter(),
        entities: Some(session.entities()),
        certificate: latest(session),
        reason: Some(&reason),
        ..args.choosing.options(session.scheme(), Some(session))?
    };
    let mut losses = args.choosing.losses(format)?;
    let report = match args.split {
        _ if is_stream => to_stdout(session.articles(), format, &options)?,
        None => to_file(session.articles(), format, &options, &args.out)?,
        Some(shares) => {
            let ids: Vec<_> = session.articles().iter().map(|article| &article.id).collect();
            let dealt = shares.deal(&ids, args.seed);
            let mut all = Report::default();
            for (part, name) in Shares::NAMES.into_iter().enumerate() {
                let of_part = session.articles().iter().zip(&dealt).filter(|(_, dealt)| **dealt == part);
                let articles: Vec<Arc<Article>> = of_part.map(|(article, _)| article.clone()).collect();
                all.add(to_file(&articles, format, &options, &part_path(&args.out, name))?);
            }
            all
        }
    };
    losses.add(&report.losses)?;
    let is_missing = losses.finish(&report, &|line| tell!("manicule: {line}"))?;
    let without = match report.left_out_articles {
        0 => String::new(),
        n => format!(" and {}", count(n, "article")),
    };
    let (written, of) = (count(report.written, "mention"), count(report.articles, "article"));
    tell!("manicule: wrote {written} of {of} to {format}; left out: {}{without}", report.left_out);
    Ok(Outcome::of(is_missing))
}

fn to_stdout(articles: &[Arc<Article>], format: &Format, options: &Options<'_>) -> anyhow::Result<Report> {
    let mut out = std::io::stdout().lock();
    let mut output = Output::to_stream(format, &mut out)?;
    let report = formats::write(articles, format, options, &mut output, &|_, _| {}, &AtomicBool::new(false));
    let report = report.map_err(|stop| match stop {
        // As itself, so that a reader who has seen enough is recognised.
        Stop::Write(error) => anyhow::Error::from(error),
        stop => stop.into(),
    })?;
    output.finish()?;
    Ok(report)
}

fn to_file(articles: &[Arc<Article>], format: &Format, options: &Options<'_>, path: &Path) -> Result<Report, ExportFault> {
    let progress = Progress::of_steps();
    let set = |done, total| progress.set_of(done, total);
    let report = formats::export(articles, format, options, path, &set, &AtomicBool::new(false))?;
    progress.finish();
    Ok(report)
}

/// `corpus.conll` → `corpus.train.conll`; a folder `corpus` → `corpus.train`.
fn part_path(path: &Path, part: &str) -> PathBuf {
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_extension(format!("{part}{ending}"))
}
