//! `manicule convert IN --from A --to B -o OUT`: from one format to another, with a list of what was lost.

use std::path::PathBuf;

use super::choosing::Choosing;
use super::given::{FormatName, StateName};
use super::outcome::Outcome;
use super::replacing::Replacing;
use super::stream::Stream;
use crate::annotation::{Article, Scheme};

#[derive(clap::Args)]
pub struct Args {
    /// The file; - reads stdin
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// What it is
    #[arg(long, value_name = "FORMAT")]
    from: FormatName,
    /// What it is to become
    #[arg(long, value_name = "FORMAT")]
    to: FormatName,
    /// Where to; - is stdout
    #[arg(short, value_name = "OUT")]
    out: PathBuf,
    /// What an entity without a state is
    #[arg(long = "as", value_enum, default_value_t = StateName::Confirmed)]
    stateless: StateName,
    #[command(flatten)]
    choosing: Choosing,
    #[command(flatten)]
    replacing: Replacing,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let by = args.from.readable()?;
    let format = args.to.writable()?;
    args.replacing.check(format, &args.out, std::slice::from_ref(&args.input))?;
    Stream {
        inputs: vec![args.input],
        by: Some(by),
        encoding: None,
        whole_pages: false,
        stateless: args.stateless.state(),
        finds_zones: false,
        format,
        out: Some(args.out),
        options: args.choosing.options(&Scheme::standard(), None)?,
        losses: args.choosing.losses(format)?,
        work: &|_: &mut Article| Ok(()),
    }
    .run()
}
