//! `manicule log SESSION.ron`: every decision that was ever made, oldest first.

use super::tell::tell;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::json;

use super::outcome::Outcome;
use super::session::open_to_read;
use crate::annotation::{Entry, Fate, History, Seal};
use crate::store::journal::{Record, scan};

#[derive(clap::Args)]
pub struct Args {
    /// The session whose history is told; or a journal by itself, such as one that was set aside
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let mut has_findings = false;
    let history = match is_journal(&args.session) {
        true => history_of(&args.session, &mut has_findings)?,
        false => open_to_read(&args.session)?.history,
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut seals = history.seals().iter().peekable();
    for (number, entry) in (1..).zip(history.entries()) {
        while let Some(seal) = seals.next_if(|seal| seal.after < number) {
            print_seal(seal, args.json, &mut out)?;
        }
        if args.json {
            writeln!(out, "{}", as_json(number, entry))?;
        } else {
            print(number, entry, &mut out)?;
        }
    }
    seals.try_for_each(|seal| print_seal(seal, args.json, &mut out))?;
    out.flush()?;
    Ok(Outcome::of(has_findings))
}

fn is_journal(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains(".journal"))
}

/// The history of a journal without its session. What is damaged is passed over and told.
fn history_of(path: &Path, has_findings: &mut bool) -> anyhow::Result<History> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let scan = scan(&bytes);
    if scan.entries.is_empty() {
        bail!("{} is no journal of a session", path.display());
    }
    *has_findings = scan.is_damaged();
    if *has_findings {
        tell!("manicule: {}: part of the journal is damaged; what can be read is told", path.display());
    }
    let mut history = History::default();
    for entry in scan.entries {
        match entry.record {
            Record::Edit(edit) => history.remember(edit),
            Record::Undo { .. } => history.remember_undo(),
            Record::Redo { .. } => history.remember_redo(),
            Record::Seal { away, at } => history.seal(&away, at),
            _ => {}
        }
    }
    Ok(history)
}

fn print(number: usize, entry: &Entry, out: &mut impl Write) -> std::io::Result<()> {
    let Entry { edit, fate } = entry;
    let who = if edit.by.is_empty() { "–" } else { &edit.by };
    let fate = if *fate == Fate::Done { String::new() } else { format!("  ({})", fate.words()) };
    writeln!(out, "{number:>6}  {}  {who}  {}{fate}", edit.at, edit.describe())
}

/// Where another version of the session came in: a merge, a pull, a copy that was put back.
fn print_seal(seal: &Seal, is_json: bool, out: &mut impl Write) -> std::io::Result<()> {
    if is_json {
        return writeln!(out, "{}", json!({ "at": seal.at, "verb": "other-version" }));
    }
    writeln!(out, "        {}  –  another version of the file came in", seal.at)
}

fn as_json(number: usize, entry: &Entry) -> serde_json::Value {
    let Entry { edit, fate } = entry;
    json!({
        "number": number,
        "at": edit.at,
        "by": &*edit.by,
        "verb": edit.verb,
        "scope": edit.scope,
        "article": edit.target.as_ref().map(|target| &target.article),
        "mention": edit.target.as_ref().and_then(|target| target.mention),
        "what": edit.what,
        "label": edit.label,
        "mentions": edit.mention_count(),
        "state": fate.as_str(),
    })
}
