//! `manicule check SESSION.ron`: is everything there and as it should be?

use super::tell::tell;
use std::io::Write as _;
use std::path::PathBuf;

use serde_json::json;

use super::of_articles::OfArticles;
use super::outcome::{Outcome, WrongUse};
use crate::store::{Check, Finding, RealFiles, check};

#[derive(clap::Args)]
pub struct Args {
    /// The session to look at; neither it nor its journal is changed
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    /// Look instead for what is settled in different ways: names, edges, links, dates, labels
    #[arg(long)]
    consistency: bool,
    /// Look instead for articles that say the same, and for what is settled in one of them and open in another
    #[arg(long, conflicts_with = "consistency")]
    copies: bool,
    #[command(flatten)]
    articles: OfArticles,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    if args.consistency {
        return super::consistency::run(&args.session, &args.articles, args.json);
    }
    if !args.articles.are_all() {
        return Err(WrongUse::new("a file is looked at as a whole; --articles goes with --consistency").into());
    }
    if args.copies {
        return super::copies::run(&args.session, args.json);
    }
    let found = check(&RealFiles, &args.session);
    let mut out = std::io::stdout().lock();
    found.findings.iter().for_each(|finding| tell!("manicule: {finding}"));
    if args.json {
        writeln!(out, "{}", as_json(&args, &found))?;
    } else if found.findings.is_empty() {
        let Check { articles, mentions, decisions, unsaved, .. } = found;
        writeln!(
            out,
            "{}: nothing is wrong; articles {articles}, mentions {mentions}, decisions in the history {decisions}, of them not yet in the file {unsaved}",
            args.session.display()
        )?;
    } else {
        writeln!(out, "{}: findings {}", args.session.display(), found.findings.len())?;
    }
    Ok(Outcome::of(!found.findings.is_empty()))
}

fn as_json(args: &Args, found: &Check) -> serde_json::Value {
    let finding = |finding: &Finding| json!({ "file": finding.file.display().to_string(), "line": finding.line, "what": finding.what, "remedy": finding.remedy });
    json!({
        "session": args.session.display().to_string(),
        "articles": found.articles,
        "mentions": found.mentions,
        "decisions": found.decisions,
        "unsaved": found.unsaved,
        "findings": found.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}
