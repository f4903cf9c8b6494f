//! The command line: what may be typed, which subcommand it names, and what the exit code says.
//!
//! A subcommand is one file here with `pub struct Args` (clap) and `pub fn run(args: Args) -> anyhow::Result<Outcome>`.
//! It parses, calls the rooms below and prints; what can be tested without a terminal lives in those rooms. To add one:
//! its `mod` line, its variant in [`Command`] (the doc comment is its help) and its arm in [`Command::run`].

mod apply;
mod certify;
mod check;
mod choosing;
mod completions;
mod consistency;
mod convert;
mod copies;
mod diagnostics;
mod eval;
mod export;
mod feeding;
mod find;
mod formats;
mod given;
mod import;
mod info;
mod learn;
mod licences;
mod log;
mod man;
mod merge;
mod of_articles;
mod outcome;
mod pack_classes;
mod pack_lists;
mod progress;
mod refresh;
mod replacing;
mod session;
mod simulate;
mod stream;
mod tag;
mod tell;
mod train;
mod versions;
mod words;

pub use diagnostics::{break_after, break_if_asked, log_to_stderr};
pub use outcome::{Outcome, WrongUse, finish};

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

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
    /// Find text, an entity's names, or one label near another in a session
    Find(find::Args),
    /// Look at the sources of a session again and carry mentions over to those that have changed
    Refresh(refresh::Args),
    /// Bring together what two people made of one session; a merge driver for git
    Merge(merge::Args),
    /// Look at a session file and its journal: is everything there and as it should be?
    Check(check::Args),
    /// Say how much of what is settled is wrong, from a random sample that is answered blind
    Certify(certify::Args),
    /// Tell every decision that was ever made in a session, oldest first
    Log(log::Args),
    /// Compare predicted entities with gold: strict, boundary and overlap F1, per label and micro
    Eval(eval::Args),
    /// Learn from the settled articles of sessions, as a file that other sessions and `tag` can begin with
    Learn(learn::Args),
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
    /// Print the manual for man, or write the pages of all commands into a folder
    Man(man::Args),
    /// Make the packed file of lists that the program carries
    #[command(hide = true)]
    PackLists(pack_lists::Args),
    /// Make the packed file of word classes that the program carries
    #[command(hide = true)]
    PackClasses(pack_classes::Args),
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
            Command::Find(args) => find::run(args),
            Command::Refresh(args) => refresh::run(args),
            Command::Merge(args) => merge::run(args),
            Command::Check(args) => check::run(args),
            Command::Certify(args) => certify::run(args),
            Command::Log(args) => log::run(args),
            Command::Eval(args) => eval::run(args),
            Command::Learn(args) => learn::run(args),
            Command::Simulate(args) => simulate::run(args),
            Command::Train(args) => train::run(args),
            Command::Formats(args) => formats::run(args),
            Command::Licences(args) => licences::run(args),
            Command::Completions(args) => completions::run(args, &mut Line::command()),
            Command::Man(args) => man::run(args, Line::command()),
            Command::PackLists(args) => pack_lists::run(args),
            Command::PackClasses(args) => pack_classes::run(args),
        }
    }
}

/// What the window is to open with.
#[derive(Args, Clone, Debug, Default)]
pub struct WindowArgs {
    /// Sessions, articles or folders to open; with none, the last session or the ways in
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
    Check,
    Certify,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Request, clap::Error> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn the_frame_is_sound() {
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
    fn wrong_use_has_exit_code_2() {
        for line in ["manicule --size big a.txt", "manicule completions", "manicule --nonsense"] {
            assert_eq!(parse_line(line).err().map(|error| error.exit_code()), Some(2), "{line}");
        }
        assert_eq!(parse_line("manicule --version").err().map(|error| error.exit_code()), Some(0));
    }
}
