//! `manicule info SESSION.ron`: what is in a session and how far the work is.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::json;

use super::of_articles::OfArticles;
use super::outcome::Outcome;
use super::session;
use super::words::count;
use crate::decide::merge::open_conflicts;
use crate::quality::inventory::{Inventory, States};
use crate::reading::language;

#[derive(clap::Args)]
pub struct Args {
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    #[command(flatten)]
    articles: OfArticles,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let opened = session::open_to_read(&args.session)?;
    let session = &args.articles.of(&opened.saved.session);
    let inventory = Inventory::of(session);
    let conflicts = open_conflicts(session);
    let changes = opened.history.done().len();
    let unsaved = opened.history.revision() != opened.home.saved_revision();
    let mut out = std::io::stdout().lock();
    if args.json {
        let labels = inventory.labels.iter().map(|(label, states)| (label.to_string(), as_json(*states)));
        let tag = |tag: &Option<String>| tag.clone().unwrap_or_else(|| "und".to_owned());
        let languages = inventory.languages.iter().map(|(language, n)| (tag(language), json!(n)));
        let object = json!({
            "session": args.session.display().to_string(),
            "scheme": session.scheme().name,
            "articles": inventory.articles,
            "done": inventory.done,
            "languages": languages.collect::<serde_json::Map<_, _>>(),
            "text_bytes": inventory.text_bytes,
            "mentions": as_json(inventory.mentions),
            "labels": labels.collect::<serde_json::Map<_, _>>(),
            "entities": inventory.entities,
            "linked": inventory.linked,
            "rules": inventory.rules,
            "conflicts": conflicts,
            "changes": changes,
            "unsaved": unsaved,
        });
        writeln!(out, "{object}")?;
        return Ok(Outcome::Done);
    }
    let languages = in_languages(&inventory.languages);
    let Inventory { articles, done, text_bytes, mentions, entities, linked, rules, .. } = inventory;
    writeln!(out, "articles   {articles}, {done} of them done; {text_bytes} bytes of text")?;
    if !languages.is_empty() {
        writeln!(out, "languages  {languages}")?;
    }
    writeln!(out, "mentions   {}", in_words(mentions))?;
    for (label, states) in &inventory.labels {
        writeln!(out, "  {:<14}{}", label.as_str(), in_words(*states))?;
    }
    writeln!(out, "entities   {entities}, linked from {}", count(linked, "mention"))?;
    writeln!(out, "rules      {rules}")?;
    if conflicts > 0 {
        writeln!(out, "conflicts  {conflicts} to settle: two people decided differently")?;
    }
    writeln!(out, "scheme     {}", session.scheme().name)?;
    writeln!(out, "history    {changes} changes{}", if unsaved { ", the last of them only in the journal" } else { "" })?;
    Ok(Outcome::Done)
}

/// `12 English, 3 German, 1 unknown`.
fn in_languages(counts: &[(Option<String>, usize)]) -> String {
    let part = |(tag, n): &(Option<String>, usize)| format!("{n} {}", tag.as_deref().map_or("unknown", language::name_of));
    counts.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn in_words(states: States) -> String {
    let States { suggested, confirmed, rejected } = states;
    format!("{:>6}: {suggested} suggested, {confirmed} confirmed, {rejected} rejected", states.total())
}

fn as_json(states: States) -> serde_json::Value {
    json!({"suggested": states.suggested, "confirmed": states.confirmed, "rejected": states.rejected})
}
