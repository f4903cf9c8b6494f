//! `manicule eval GOLD PREDICTED`: how good predictions are.

use super::tell::tell;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::json;

use super::outcome::Outcome;
use super::words::count;
use crate::annotation::{Article, ArticleId};
use crate::formats::{jsonl, open_lines};
use crate::quality::eval::{Evaluation, Figures, Map, Tally};

#[derive(clap::Args)]
pub struct Args {
    /// What is right: JSONL, plain or gzipped
    #[arg(value_name = "GOLD.jsonl")]
    gold: PathBuf,
    /// What is judged; same ids, same texts
    #[arg(value_name = "PREDICTED.jsonl")]
    predicted: PathBuf,
    /// What labels are folded to first, on both sides
    #[arg(long, value_enum, default_value_t = MapName::None)]
    map: MapName,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum MapName {
    /// Labels as they are, spelling variants folded (PER is PERSON)
    None,
    /// PER, ORG, LOC with GPE and FAC
    Ner3,
    /// Those and MISC with NORP and EVENT, as CoNLL-2003 has it
    Ner4,
    /// PER, ORG, LOC, NORP, DATE with TIME, MONEY, EVENT, MISC
    News,
}

impl MapName {
    pub fn map(self) -> Map {
        match self {
            MapName::None => Map::None,
            MapName::Ner3 => Map::Ner3,
            MapName::Ner4 => Map::Ner4,
            MapName::News => Map::News,
        }
    }
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let mut has_findings = false;
    let mut find = |finding: String| {
        has_findings = true;
        tell!("manicule: {finding}");
    };
    let gold = read(&args.gold, &mut find)?;
    let mut predicted: BTreeMap<ArticleId, Article> = BTreeMap::new();
    for article in read(&args.predicted, &mut find)? {
        if let Some(double) = predicted.insert(article.id.clone(), article) {
            find(format!("{}: the id {:?} is there twice; the later line counts", args.predicted.display(), double.id.as_str()));
        }
    }

    let mut evaluation = Evaluation::new(args.map.map());
    for article in &gold {
        let mut judged = predicted.remove(&article.id);
        match &judged {
            None => find(format!("{}: no article {:?}; counted as without predictions", args.predicted.display(), article.id.as_str())),
            Some(other) if other.text != article.text => {
                find(format!(
                    "{}: another text in article {:?}; counted as without predictions",
                    args.predicted.display(),
                    article.id.as_str()
                ));
                judged = None;
            }
            Some(_) => {}
        }
        evaluation.add(article, judged.as_ref());
    }
    for id in predicted.keys() {
        find(format!("{}: no article {:?}; its predictions are not counted", args.gold.display(), id.as_str()));
    }

    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", as_json(&evaluation, args.map))?;
    } else {
        print(&evaluation, &mut out)?;
    }
    Ok(Outcome::of(has_findings))
}

pub fn read(path: &Path, find: &mut impl FnMut(String)) -> anyhow::Result<Vec<Article>> {
    let mut lines = open_lines(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut articles = Vec::new();
    while let Some(line) = lines.next_line().with_context(|| format!("{} cannot be read to its end", path.display()))? {
        match line.and_then(|(number, line)| jsonl::parse(number, &line, &jsonl::ReadOptions::default())) {
            Ok(parsed) => {
                parsed.notes.iter().for_each(|note| find(format!("{}: article {:?}: {note}", path.display(), parsed.article.id.as_str())));
                articles.push(parsed.article);
            }
            Err(bad) => find(format!("{}: {bad}; skipped", path.display())),
        }
    }
    Ok(articles)
}

fn as_json(evaluation: &Evaluation, map: MapName) -> serde_json::Value {
    let per_label: serde_json::Map<_, _> =
        evaluation.per_label.iter().map(|(label, figures)| (label.clone(), figures_json(figures))).collect();
    json!({
        "map": format!("{map:?}").to_lowercase(),
        "articles": evaluation.articles,
        "strict": tally_json(evaluation.micro.strict),
        "boundary": tally_json(evaluation.micro.boundary),
        "overlap": tally_json(evaluation.micro.overlap),
        "per_label": per_label,
    })
}

fn figures_json(figures: &Figures) -> serde_json::Value {
    json!({
        "strict": tally_json(figures.strict),
        "boundary": tally_json(figures.boundary),
        "overlap": tally_json(figures.overlap),
    })
}

fn tally_json(tally: Tally) -> serde_json::Value {
    let round = |percent: f64| (percent * 100.0).round() / 100.0;
    json!({
        "p": round(tally.precision()),
        "r": round(tally.recall()),
        "f1": round(tally.f1()),
        "tp": tally.hits,
        "pred": tally.predicted,
        "gold": tally.gold,
    })
}

fn print(evaluation: &Evaluation, out: &mut impl std::io::Write) -> std::io::Result<()> {
    writeln!(out, "{:<14}{:>8}{:>8}{:>8}{:>10}{:>9}{:>8}{:>8}", "", "P", "R", "F1", "boundary", "overlap", "gold", "pred")?;
    let micro = [("micro", &evaluation.micro)];
    let rows = evaluation.per_label.iter().map(|(label, figures)| (label.as_str(), figures)).chain(micro);
    for (name, figures) in rows {
        writeln!(
            out,
            "{name:<14}{:>8.2}{:>8.2}{:>8.2}{:>10.2}{:>9.2}{:>8}{:>8}",
            figures.strict.precision(),
            figures.strict.recall(),
            figures.strict.f1(),
            figures.boundary.f1(),
            figures.overlap.f1(),
            figures.strict.gold,
            figures.strict.predicted,
        )?;
    }
    writeln!(out, "strict P, R, F1; boundary and overlap F1; {}", count(evaluation.articles, "article"))
}
