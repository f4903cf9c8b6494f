//! `manicule pack-classes DATA -o FILE`: makes the file of word classes that the program carries.

use std::path::PathBuf;

use anyhow::Context as _;

use super::outcome::Outcome;
use super::tell::tell;
use crate::store::{RealFiles, write_whole};
use crate::tagger::train::vectors::pack;

#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds vectors/, see assets/model/README.md
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// The file to make
    #[arg(short, value_name = "FILE")]
    out: PathBuf,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let packed = pack(&args.data)?;
    let bytes = packed.write().context("the word classes cannot be packed")?;
    write_whole(&RealFiles, &args.out, &bytes)?;
    tell!("manicule: {} words of {} rows in {} bytes", packed.words.len(), packed.rows.len(), bytes.len());
    Ok(Outcome::Done)
}
