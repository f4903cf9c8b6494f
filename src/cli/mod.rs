//! The command line: what may be typed, which subcommand it names, and what the exit code says.
//!
//! A subcommand is one file here with `pub struct Args` (clap) and `pub fn run(args: Args) -> anyhow::Result<Outcome>`.
//! It parses, calls the rooms below and prints; what can be tested without a terminal lives in those rooms. To add one:
//! its `mod` line, its variant in [`Command`] (the doc comment is its help) and its arm in [`Command::run`].

mod apply;
mod check;
mod choosing;
mod completions;
mod convert;
mod diagnostics;
mod eval;
mod export;
mod formats;
mod import;
mod info;
mod licences;
mod log;
mod merge;
mod pack_lists;
mod progress;
mod refresh;
mod session;
mod simulate;
mod stream;
mod tag;
mod train;

pub use diagnostics::{break_after, break_if_asked, log_to_stderr};

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::annotation::State;
use crate::formats::{FORMATS, Format, named};

/// What the arguments ask for.
pub enum Request {
    Command(Box<Command>),
    Window(WindowArgs),
}

/// Reads the arguments, the program's name first. A subcommand's name wins over a file of that name.
///
/// # Errors
/// Wrong use, or a request for help or the version: clap's error prints itself and knows its exit code.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Request, clap::Error> {
    let line = Line::try_parse_from(args)?;
    Ok(match line.command {
        Some(command) => Request::Command(Box::new(command)),
        None => Request::Window(line.window),
    })
}

#[derive(Parser)]
#[command(
    name = "manicule",
    version,
    about = "A workbench for correcting the named entities in news articles; its subcommands do the same without a window",
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 done, 1 findings or partial failure (each named on stderr), 2 wrong use."
)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    window: WindowArgs,
}

#[derive(Subcommand)]
pub enum Command {
    /// Tag articles: people, organisations, places, groups, dates and events, with a reason for each
    Tag(tag::Args),
    /// Make a session of articles and annotations
    Import(import::Args),
    /// Hand the annotations of a session on in an interchange format
    Export(export::Args),
    /// Turn a file of one interchange format into another
    Convert(convert::Args),
    /// Make decisions that a script tells, one a line, each durable when it is answered
    Apply(apply::Args),
    /// Tell what is in a session and how far the work is
    Info(info::Args),
    /// Look at the sources of a session again and carry mentions over to those that have changed
    Refresh(refresh::Args),
    /// Bring together what two people made of one session; a merge driver for git
    Merge(merge::Args),
    /// Look at a session file and its journal: is everything there and as it should be?
    Check(check::Args),
    /// Tell every decision that was ever made in a session, oldest first
    Log(log::Args),
    /// Compare predicted entities with gold: strict, boundary and overlap F1, per label and micro
    Eval(eval::Args),
    /// Let a simulated analyst work through a gold corpus: how many decisions it costs
    Simulate(simulate::Args),
    /// Learn the tagger's model from openly licensed data
    Train(train::Args),
    /// List the interchange formats with direction and offset unit
    Formats(formats::Args),
    /// Print the licences of everything in this binary
    Licences(licences::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Make the packed file of lists that the program carries
    #[command(hide = true)]
    PackLists(pack_lists::Args),
}

impl Command {
    /// # Errors
    /// Whatever kept the whole command from being done. What failed in part is told on stderr and in the outcome.
    pub fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Command::Tag(args) => tag::run(args),
            Command::Import(args) => import::run(args),
            Command::Export(args) => export::run(args),
            Command::Convert(args) => convert::run(args),
            Command::Apply(args) => apply::run(args),
            Command::Info(args) => info::run(args),
            Command::Refresh(args) => refresh::run(args),
            Command::Merge(args) => merge::run(args),
            Command::Check(args) => check::run(args),
            Command::Log(args) => log::run(args),
            Command::Eval(args) => eval::run(args),
            Command::Simulate(args) => simulate::run(args),
            Command::Train(args) => train::run(args),
            Command::Formats(args) => formats::run(args),
            Command::Licences(args) => licences::run(args),
            Command::Completions(args) => completions::run(args),
            Command::PackLists(args) => pack_lists::run(args),
        }
    }
}

/// What the window is to open with.
#[derive(Args, Clone, Debug, Default)]
pub struct WindowArgs {
    /// Sessions, articles or folders to open; with none, the last session or the sample
    #[arg(value_name = "SESSION.ron|ARTICLE|FOLDER")]
    pub paths: Vec<PathBuf>,
    /// Where work is saved: opened if it exists (articles not yet in it are added), else created at the first save
    #[arg(long, value_name = "FILE")]
    pub session: Option<PathBuf>,
    /// Draw the window once into this PNG file and exit
    #[arg(long, value_name = "PNG")]
    pub screenshot: Option<PathBuf>,
    /// Size of the window in points, such as 1280x800
    #[arg(long, value_name = "WxH")]
    pub size: Option<Size>,
    /// Light or dark, whatever the settings say
    #[arg(long)]
    pub theme: Option<Theme>,
    /// The view to begin with
    #[arg(long)]
    pub view: Option<ViewName>,
}

/// Width and height in points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

#[derive(Debug, thiserror::Error)]
#[error("a size is WIDTHxHEIGHT in points, each from 100 to 16384, such as 1280x800")]
pub struct BadSize;

impl std::str::FromStr for Size {
    type Err = BadSize;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let (width, height) = s.split_once(['x', 'X', '×']).ok_or(BadSize)?;
        let side = |n: &str| n.trim().parse().ok().filter(|n| (100..=16384).contains(n)).ok_or(BadSize);
        Ok(Self { width: side(width)?, height: side(height)? })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Theme {
    Light,
    Dark,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ViewName {
    Review,
    Names,
    Overview,
    Rules,
    History,
}

/// A format as it is typed.
#[derive(Clone, Copy, Debug)]
pub struct FormatName(&'static Format);

#[derive(Debug, thiserror::Error)]
#[error("known formats: {}", FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(" "))]
pub struct NoFormat;

impl std::str::FromStr for FormatName {
    type Err = NoFormat;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        named(s).map(Self).ok_or(NoFormat)
    }
}

/// What an entity that says nothing of its state is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum StateName {
    Suggested,
    Confirmed,
}

impl StateName {
    fn state(self) -> State {
        match self {
            StateName::Suggested => State::Suggested,
            StateName::Confirmed => State::Confirmed,
        }
    }
}

/// A day as ISO 8601 has it.
fn day(text: &str) -> Result<String, String> {
    let day: jiff::civil::Date = text.parse().map_err(|_| "a day is written like 2024-10-08".to_owned())?;
    Ok(day.to_string())
}

/// Sets the number of threads; without one, all cores work.
fn use_threads(count: Option<usize>) {
    if let Some(count) = count {
        // Fails only where the pool was built already, and then it works with what it has.
        rayon::ThreadPoolBuilder::new().num_threads(count).build_global().unwrap_or_default();
    }
}

/// How a command that ran to its end went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Done,
    /// Something was found, or a part failed; every case has been named on stderr.
    Findings,
}

impl Outcome {
    /// [`Outcome::Findings`] if there were any.
    pub fn of(has_findings: bool) -> Self {
        if has_findings { Outcome::Findings } else { Outcome::Done }
    }
}

/// Arguments that do not fit together in a way that the parser cannot see. Exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongUse(String);

impl WrongUse {
    pub fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

/// The exit code; an error is told on stderr here and nowhere else.
pub fn finish(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // Whoever read our output has seen enough (`manicule tag … | head`).
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("manicule: {}", in_words(&error));
            ExitCode::from(if error.is::<WrongUse>() { 2 } else { 1 })
        }
    }
}

/// The error and its causes, without those that it has told already.
fn in_words(error: &anyhow::Error) -> String {
    let mut words = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !words.contains(&cause) {
            words = format!("{words}: {cause}");
        }
    }
    words
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Request, clap::Error> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn the_frame_is_sound() {
        use clap::CommandFactory as _;
        Line::command().debug_assert();
    }

    #[test]
    fn paths_are_for_the_window_and_a_subcommand_wins_over_a_file() {
        let Ok(Request::Window(args)) = parse_line("manicule a.txt folder --session s.ron --size 1280x800 --theme dark --view names")
        else {
            panic!("no window");
        };
        assert_eq!(args.paths, [PathBuf::from("a.txt"), PathBuf::from("folder")]);
        assert_eq!(args.size, Some(Size { width: 1280, height: 800 }));
        assert_eq!((args.theme, args.view), (Some(Theme::Dark), Some(ViewName::Names)));
        assert!(matches!(parse_line("manicule completions bash"), Ok(Request::Command(_))));
        assert!(matches!(parse_line("manicule ./completions"), Ok(Request::Window(_))));
    }

    #[test]
    fn an_error_tells_each_cause_once() {
        let error = anyhow::Error::from(std::io::Error::other("the disk is full")).context("a.ron cannot be written: the disk is full");
        assert_eq!(in_words(&error), "a.ron cannot be written: the disk is full");
        let error = anyhow::Error::from(std::io::Error::other("the disk is full")).context("a.ron cannot be written");
        assert_eq!(in_words(&error), "a.ron cannot be written: the disk is full");
    }

    #[test]
    fn wrong_use_has_exit_code_2() {
        for line in ["manicule --size big a.txt", "manicule completions", "manicule --nonsense"] {
            assert_eq!(parse_line(line).err().map(|error| error.exit_code()), Some(2), "{line}");
        }
        assert_eq!(parse_line("manicule --version").err().map(|error| error.exit_code()), Some(0));
    }
}
