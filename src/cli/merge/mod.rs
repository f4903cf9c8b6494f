//! `manicule merge BASE OURS THEIRS`: two people's work on one session, brought together; a merge driver for git.

mod install;

use super::tell::tell;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use super::outcome::{Outcome, WrongUse};
use crate::annotation::Session;
use crate::decide::merge::{Merged, merge, told};
use crate::store::{Fault, RealFiles, Saved, SourcePaths, read, write, write_whole};

#[derive(clap::Args)]
#[command(after_help = "\
The result is a session that opens, whatever the two sides did. Where two decisions cannot both stand, one does and the \
other waits beside it: the window shows both (Space keeps, Q takes the other), `manicule check` names each, and the exit \
code is 1. To git that is a conflict: settle it, then `git add` the file. A file that is no session is merged by lines.

git: `manicule merge --install`, once in every clone. To do a merge anew: `git checkout --merge FILE`.

Mercurial, in .hg/hgrc:
  [merge-tools]
  manicule.args = merge $base $local $other -o $output
  manicule.premerge = False
  [merge-patterns]
  **.ron = manicule

jj, in its configuration, then `jj resolve --tool manicule FILE`:
  [merge-tools.manicule]
  merge-args = [\"merge\", \"$base\", \"$left\", \"$right\", \"-o\", \"$output\", \"--waiting-is-done\"]")]
pub struct Args {
    /// The session that both sides began from; an empty file where there was none
    #[arg(value_name = "BASE", required_unless_present = "install")]
    base: Option<PathBuf>,
    /// One side; the result is written over it
    #[arg(value_name = "OURS", required_unless_present = "install")]
    ours: Option<PathBuf>,
    /// The other side
    #[arg(value_name = "THEIRS", required_unless_present = "install")]
    theirs: Option<PathBuf>,
    /// Write the result here instead of over OURS
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Exit with 0 also where conflicts wait in the result, for programs that take anything else for a failure
    #[arg(long)]
    waiting_is_done: bool,
    /// Make this the merge driver of the git repository that one stands in, after asking
    #[arg(long, conflicts_with_all = ["base", "output", "waiting_is_done"])]
    install: bool,
    /// Install without asking
    #[arg(long, requires = "install")]
    yes: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    if args.install {
        return install::run(args.yes);
    }
    let (Some(base), Some(ours), Some(theirs)) = (args.base, args.ours, args.theirs) else {
        return Err(WrongUse::new("BASE, OURS and THEIRS are needed").into());
    };
    let out = args.output.unwrap_or_else(|| ours.clone());
    let sides = [&base, &ours, &theirs].map(|path| Side::read(path));
    if sides.iter().any(|side| matches!(side, Ok(Side::Other))) {
        return by_lines(&base, &ours, &theirs, &out);
    }
    let [base, ours, theirs] = sides;
    let Merged { session, conflicts, told } = merge(&base?.session(), &ours?.session(), &theirs?.session());
    told.iter().for_each(|told| tell!("manicule: {told}"));
    tell_conflicts(&session);
    let text = write(&Saved { session, ..Saved::default() }, &SourcePaths::unchanged());
    write_whole(&RealFiles, &out, text.as_bytes())?;
    if conflicts > 0 {
        tell!("manicule: {conflicts} to settle; the session opens, and manicule check names each");
    }
    Ok(Outcome::of(conflicts > 0 && !args.waiting_is_done))
}

/// How many conflicts are told singly.
const MAX_TOLD: usize = 20;

fn tell_conflicts(session: &Session) {
    let of_session = session.conflicts().iter().map(|conflict| told::told(session, conflict).to_string());
    let of_mentions = session.articles().iter().flat_map(|article| {
        let contested = article.mentions.iter().filter(|mention| mention.is_contested());
        contested.map(|mention| format!("{}: {}", article.id, told::contested(article, mention)))
    });
    of_session.chain(of_mentions).take(MAX_TOLD).for_each(|told| tell!("manicule: to settle: {told}"));
}

/// A file that is to be merged.
enum Side {
    Session(Box<Session>),
    /// There was none.
    Empty,
    /// It has the ending of a session and is none.
    Other,
}

impl Side {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        match read(&bytes, &SourcePaths::unchanged()) {
            Ok(reading) if reading.is_newer() => {
                anyhow::bail!(
                    "{}: it is of format {}, which is newer than this program; nothing was merged",
                    path.display(),
                    reading.format
                )
            }
            Ok(reading) => {
                reading.repairs.iter().for_each(|repair| tell!("manicule: {}: {repair}", path.display()));
                Ok(Side::Session(Box::new(reading.saved.session)))
            }
            Err(Fault::Empty) => Ok(Side::Empty),
            Err(Fault::NoSession | Fault::Encoding(_)) => Ok(Side::Other),
            Err(fault) => Err(fault).with_context(|| format!("{} cannot be merged", path.display())),
        }
    }

    fn session(self) -> Session {
        match self {
            Side::Session(session) => *session,
            Side::Empty | Side::Other => Session::new(crate::annotation::Scheme { name: String::new(), labels: Vec::new() }),
        }
    }
}

/// Merges a file that is no session as git would without this driver.
fn by_lines(base: &Path, ours: &Path, theirs: &Path, out: &Path) -> anyhow::Result<Outcome> {
    let mut git = Command::new("git");
    git.args(["merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs", "--"]).args([ours, base, theirs]);
    let merged = git.output();
    let merged = merged.context("it is no session, and git, which merges other files, cannot be run")?;
    // The exit code is the number of conflicts; 255 says that nothing was merged.
    let conflicts = merged.status.code().filter(|code| (0..=127).contains(code));
    let Some(conflicts) = conflicts else {
        anyhow::bail!("{} is no session and cannot be merged by lines: {}", ours.display(), String::from_utf8_lossy(&merged.stderr).trim());
    };
    write_whole(&RealFiles, out, &merged.stdout)?;
    if conflicts > 0 {
        tell!("manicule: {} is no session; merged by lines it has {conflicts} conflicts", ours.display());
    }
    Ok(Outcome::of(conflicts > 0))
}
