//! `manicule simulate GOLD`: how many decisions a perfect corpus costs.

use super::tell::tell;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;
use serde_json::json;

use super::eval::{MapName, read};
use super::outcome::Outcome;
use crate::annotation::Scope;
use crate::decide::simulate::{self, Account, Method, Order};
use crate::tagger::Tagger;

#[derive(clap::Args)]
pub struct Args {
    /// What is right: JSONL, plain or gzipped
    #[arg(value_name = "GOLD.jsonl")]
    gold: PathBuf,
    /// What labels are folded to first, in gold and suggestions
    #[arg(long, value_enum, default_value_t = MapName::None)]
    map: MapName,
    /// How far every decision reaches
    #[arg(long, value_enum, default_value_t = ScopeName::Session)]
    scope: ScopeName,
    /// What the work begins with
    #[arg(long, value_enum, default_value_t = Beginning::Tagger)]
    from: Beginning,
    /// Whether settled articles teach the tagger
    #[arg(long, value_enum, default_value_t = Switch::On)]
    learn: Switch,
    /// Which article is read next
    #[arg(long, value_enum, default_value_t = OrderName::Reading)]
    order: OrderName,
    /// Print the account as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ScopeName {
    /// One mention
    Mention,
    /// Every mention of the name in the article
    Article,
    /// Every mention of the name in the whole session
    Session,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum OrderName {
    /// As they stand in the file
    Reading,
    /// The one with the most doubtful suggestions
    Learning,
}

#[derive(Clone, Copy, PartialEq, Debug, clap::ValueEnum)]
enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Beginning {
    /// The tagger's suggestions
    Tagger,
    /// Bare texts
    Nothing,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let mut has_findings = false;
    let gold = read(&args.gold, &mut |finding| {
        has_findings = true;
        tell!("manicule: {finding}");
    })?;
    let tagger = matches!(args.from, Beginning::Tagger).then(Tagger::standard);
    let map = args.map.map();
    let began = Instant::now();
    let method = Method {
        scope: match args.scope {
            ScopeName::Mention => Scope::Mention,
            ScopeName::Article => Scope::Article,
            ScopeName::Session => Scope::Session,
        },
        tagger: tagger.as_ref(),
        learns: args.learn == Switch::On,
        order: match args.order {
            OrderName::Reading => Order::Reading,
            OrderName::Learning => Order::Learning,
        },
        clock: &|| began.elapsed(),
        fold: &|label| map.fold(label),
    };
    let bar = match std::io::stderr().is_terminal() {
        true => indicatif::ProgressBar::new(gold.len() as u64),
        false => indicatif::ProgressBar::hidden(),
    };
    let account = simulate::simulate(&gold, &method, |_| bar.inc(1)).with_context(|| format!("{}", args.gold.display()))?;
    bar.finish_and_clear();
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", as_json(&account))?;
    } else {
        print(&account, &mut out)?;
    }
    if !account.equals_gold {
        tell!("manicule: the work did not end equal to the gold");
    }
    Ok(Outcome::of(has_findings || !account.equals_gold))
}

fn as_json(account: &Account) -> serde_json::Value {
    let curve = account.curve.iter().map(|point| {
        json!({
            "articles": point.articles,
            "entities": point.entities,
            "decisions": point.decisions,
            "suggested": point.suggested,
            "right": point.right,
        })
    });
    let verbs = account.verbs.iter().map(|(verb, [decisions, spreads, right])| {
        (verb.to_string(), json!({ "decisions": decisions, "spreads": spreads, "right": right }))
    });
    json!({
        "decisions_per_entity": round(account.decisions_per_entity()),
        "decisions": account.decisions,
        "entities": account.entities,
        "accepts": account.accepts,
        "spreads": account.spreads,
        "spread_precision": round(account.spread_precision()),
        "halves": account.halves().map(|half| json!({
            "articles": half.articles,
            "entities": half.entities,
            "decisions": half.decisions,
            "decisions_per_entity": round(half.decisions_per_entity()),
            "f1_before": round(half.f1()),
        })),
        "second_to_first": round(second_to_first(account)),
        "learning_seconds": round(account.learning.as_secs_f64()),
        "slowest_seconds": round(account.slowest.as_secs_f64()),
        "equals_gold": account.equals_gold,
        "verbs": verbs.collect::<serde_json::Map<_, _>>(),
        "curve": curve.collect::<Vec<_>>(),
    })
}

/// What the second half cost beside the first, by entity.
fn second_to_first(account: &Account) -> f64 {
    let [first, second] = account.halves().map(|half| half.decisions_per_entity());
    if first > 0.0 { second / first } else { 1.0 }
}

fn round(ratio: f64) -> f64 {
    (ratio * 10_000.0).round() / 10_000.0
}

fn print(account: &Account, out: &mut impl std::io::Write) -> std::io::Result<()> {
    writeln!(
        out,
        "{:.3} decisions per entity: {} decisions for {} entities, {} articles accepted",
        account.decisions_per_entity(),
        account.decisions,
        account.entities,
        account.accepts
    )?;
    writeln!(out, "{} mentions settled by spreading, {:.1} % of them rightly", account.spreads, 100.0 * account.spread_precision())?;
    for (verb, [decisions, spreads, right]) in &account.verbs {
        writeln!(out, "  {verb:<18}{decisions:>6} decisions{spreads:>7} spread{right:>7} rightly")?;
    }
    let [first, second] = account.halves();
    writeln!(
        out,
        "halves {:.3} and {:.3}, the second {:.2} of the first; suggestions before reading F1 {:.1} and {:.1}",
        first.decisions_per_entity(),
        second.decisions_per_entity(),
        second_to_first(account),
        100.0 * first.f1(),
        100.0 * second.f1()
    )?;
    if account.learning.as_nanos() > 0 {
        let (all, slowest) = (account.learning.as_secs_f64(), account.slowest.as_secs_f64());
        writeln!(out, "learning took {all:.1} s in all, at most {slowest:.2} s after an article")?;
    }
    writeln!(out, "{}", if account.equals_gold { "ended equal to the gold" } else { "did NOT end equal to the gold" })
}
