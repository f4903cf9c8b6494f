//! `manicule formats`: what `--from` and `--to` take.

use std::io::Write as _;

use serde_json::json;

use super::Outcome;
use crate::formats::{About, Format};
use crate::text::Unit;

#[derive(clap::Args)]
pub struct Args {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    if args.json {
        let rows: Vec<_> = Format::ALL
            .into_iter()
            .map(Format::about)
            .map(
                |about| json!({"name": about.name, "reads": about.reads, "writes": about.writes, "unit": unit(&about), "what": about.what}),
            )
            .collect();
        writeln!(out, "{}", serde_json::Value::from(rows))?;
        return Ok(Outcome::Done);
    }
    writeln!(out, "{:<14}{:<12}{:<14}what it is", "name", "direction", "offsets")?;
    for about in Format::ALL.map(Format::about) {
        let direction = match (about.reads, about.writes) {
            (true, true) => "in, out",
            (true, false) => "in",
            _ => "out",
        };
        writeln!(out, "{:<14}{direction:<12}{:<14}{}", about.name, unit(&about), about.what)?;
    }
    Ok(Outcome::Done)
}

fn unit(about: &About) -> &'static str {
    match about.unit {
        Some(Unit::CodePoints) => "code points",
        Some(Unit::Utf16) => "UTF-16 units",
        Some(Unit::Bytes) => "bytes",
        None => "none",
    }
}
