//! `manicule man [-o FOLDER]`: the manual as pages for `man`.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;

use super::outcome::Outcome;

#[derive(clap::Args)]
pub struct Args {
    /// A folder for the pages of all commands; without it the first page is printed
    #[arg(short, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Of everything that `line` knows.
pub fn run(args: Args, line: clap::Command) -> anyhow::Result<Outcome> {
    match args.out {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(line).render(&mut page)?;
            std::io::stdout().write_all(&page)?;
        }
        Some(folder) => {
            let cannot = || format!("{} cannot be written", folder.display());
            std::fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(line, &folder)).with_context(cannot)?;
        }
    }
    Ok(Outcome::Done)
}
