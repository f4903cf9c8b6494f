//! `manicule formats`: what `--from` and `--to` take.

use std::io::Write as _;

use serde_json::json;

use super::outcome::Outcome;
use crate::formats::{Container, FORMATS, Format};
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
        writeln!(out, "{}", serde_json::Value::from_iter(FORMATS.iter().map(|format| row(format))))?;
        return Ok(Outcome::Done);
    }
    writeln!(out, "{:<16}{:<11}{:<14}{:<8}what it is", "name", "direction", "offsets", "makes")?;
    for format in FORMATS {
        let direction = match (format.reader.is_some(), format.writer.is_some()) {
            (true, true) => "in, out",
            (true, false) => "in",
            _ => "out",
        };
        writeln!(out, "{:<16}{direction:<11}{:<14}{:<8}{}", format.name, unit(format), makes(format), format.what)?;
    }
    Ok(Outcome::Done)
}

fn row(format: &Format) -> serde_json::Value {
    json!({
        "name": format.name,
        "title": format.title,
        "reads": format.reader.is_some(),
        "writes": format.writer.is_some(),
        "unit": unit(format),
        "makes": makes(format),
        "extension": format.extension,
        "what": format.what,
    })
}

fn unit(format: &Format) -> &'static str {
    match format.unit {
        Some(Unit::CodePoints) => "code points",
        Some(Unit::Utf16) => "UTF-16 units",
        Some(Unit::Bytes) => "bytes",
        None => "none",
    }
}

fn makes(format: &Format) -> &'static str {
    match format.writer.as_ref().map(|writer| &writer.container) {
        Some(Container::Folder { .. }) => "folder",
        Some(Container::File { .. } | Container::Whole { .. }) => "file",
        None => "nothing",
    }
}
