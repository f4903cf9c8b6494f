//! `manicule learn SESSION.ron...`: what settled sessions teach, as a file that others can begin with.

use std::path::PathBuf;
use std::sync::Arc;

use super::outcome::{Outcome, WrongUse};
use super::session;
use super::tell::tell;
use super::words::count;
use crate::decide::learning::Learning;
use crate::store::{RealFiles, read_learned, write_learned, write_whole};
use crate::tagger::Tagger;
use crate::tagger::learned::Carried;

#[derive(clap::Args)]
pub struct Args {
    /// Sessions; their articles that are marked done teach
    #[arg(value_name = "SESSION.ron", required = true)]
    sessions: Vec<PathBuf>,
    /// Where to
    #[arg(short, value_name = "OUT", required = true)]
    out: PathBuf,
    /// Begin with what was learnt before, from such a file
    #[arg(long, value_name = "FILE")]
    learned: Vec<PathBuf>,
    /// What it is called; without it, the name of the file
    #[arg(long)]
    name: Option<String>,
    /// Under which terms others may have it: names of your articles are in it
    #[arg(long, value_name = "TEXT", default_value = "")]
    licence: String,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let tagger = Tagger::standard();
    let name = args.name.or_else(|| args.out.file_stem().map(|stem| stem.to_string_lossy().into_owned())).unwrap_or_default();
    let mut carried = read(&args.learned)?;
    for path in &args.sessions {
        let opened = session::open_to_read(path)?;
        let mut learning = Learning::default();
        learning.begin_with(std::mem::take(&mut carried));
        let fresh = learning.follow(&tagger, &opened.saved.session, &|| false).unwrap_or_default();
        tell!("manicule: {}: learnt from {}", path.display(), count(fresh, "article"));
        if learning.learned().articles > 0 {
            carried = vec![Arc::new(learning.carried([&name, &args.licence], &tagger))];
        }
    }
    let [carried] = &carried[..] else {
        return Err(WrongUse::new("no article of these sessions is marked done, so there is nothing to learn from".to_owned()).into());
    };
    write_whole(&RealFiles, &args.out, write_learned(carried).as_bytes())?;
    tell!("manicule: wrote what {} taught to {}", count(carried.articles, "article"), args.out.display());
    Ok(Outcome::Done)
}

/// What files of what was learnt hold.
///
/// # Errors
/// The first that cannot be used.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<Arc<Carried>>, WrongUse> {
    let read = |path: &PathBuf| {
        let wrong = |what: String| WrongUse::new(format!("{}: {what}", path.display()));
        let bytes = std::fs::read(path).map_err(|fault| wrong(fault.to_string()))?;
        read_learned(&bytes).map(Arc::new).map_err(|fault| wrong(fault.to_string()))
    };
    paths.iter().map(read).collect()
}
