//! `manicule pack-lists DATA -o FILE`: makes the file of lists that the program carries.

use super::tell::tell;
use std::path::PathBuf;

use super::outcome::Outcome;
use crate::store::{RealFiles, write_whole};
use crate::tagger::gazetteer::pack::pack;

#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds gazetteers/ and raw/, see assets/gazetteers/NOTICE.md
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// The folder of our own lists
    #[arg(long, value_name = "FOLDER", default_value = "assets/gazetteers/own")]
    own: PathBuf,
    /// The file to make
    #[arg(short, value_name = "FILE")]
    out: PathBuf,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let lexicon = pack(&args.data, &args.own)?;
    write_whole(&RealFiles, &args.out, &lexicon.write())?;
    tell!("manicule: {} lists in {}", lexicon.lists().len(), args.out.display());
    Ok(Outcome::Done)
}
