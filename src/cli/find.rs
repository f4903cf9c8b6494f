//! `manicule find SESSION.ron PATTERN`: every place of a text, of an entity's names, or of a label near another.

use std::io::Write as _;
use std::path::PathBuf;

use rayon::prelude::*;
use serde_json::json;

use super::of_articles::OfArticles;
use super::outcome::{Outcome, WrongUse};
use super::session;
use super::tell::tell;
use crate::annotation::{Article, EntityId, Label};
use crate::decide::seek::{Fault, Seeker, Sought};
use crate::text::pattern::Query;
use crate::text::seam::in_line;
use crate::text::{Offsets, Span, Unit};

#[derive(clap::Args)]
pub struct Args {
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    /// Text, in whatever case
    #[arg(required_unless_present_any = ["entity", "near"])]
    pattern: Option<String>,
    /// The pattern is a regular expression, as the Rust crate regex reads them
    #[arg(short = 'E', long, requires = "pattern")]
    regex: bool,
    /// Upper and lower case matter
    #[arg(short = 'c', long, requires = "pattern")]
    match_case: bool,
    /// What begins or ends within a word is not found
    #[arg(short = 'w', long, requires = "pattern")]
    whole_words: bool,
    /// Every place of the names that an entity goes by, tagged or not
    #[arg(long, value_name = "ID", conflicts_with_all = ["pattern", "near"])]
    entity: Option<String>,
    /// Mentions with the first label that have one with the second near them
    #[arg(long, num_args = 2, value_names = ["LABEL", "OTHER"], conflicts_with = "pattern")]
    near: Option<Vec<String>>,
    /// With --near: at most so many words between
    #[arg(long, value_name = "N", default_value_t = 8, requires = "near")]
    within: usize,
    #[command(flatten)]
    articles: OfArticles,
    /// Print a JSON object a place; offsets count code points
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let opened = session::open_to_read(&args.session)?;
    let session = &opened.saved.session;
    let seeker = Seeker::new(session, &sought(&args)).map_err(|fault| {
        WrongUse::new(match fault {
            Fault::Pattern(why) => format!("the pattern cannot be looked for: {why}"),
            fault @ Fault::NoEntity(_) => format!("{fault}; manicule export --to csv tells the ids of all entities that are linked"),
        })
    })?;
    // What an entity is called is told by all of them.
    let session = &args.articles.of(session);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut places, mut articles) = (0, 0);
    // Some at a time, so that the first lines come at once and a closed pipe ends the work.
    for batch in session.articles().chunks(BATCH) {
        let found: Vec<Vec<Span>> = batch.par_iter().map(|article| seeker.places(article)).collect();
        for (article, found) in batch.iter().zip(found) {
            articles += usize::from(!found.is_empty());
            places += found.len();
            let offsets = Offsets::new(&article.text);
            for span in found {
                let line = if args.json { as_json(article, span, &offsets) } else { in_words(article, span, &offsets) };
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush()?;
    let noun = if places == 1 { "place" } else { "places" };
    tell!("manicule: found {places} {noun} in {articles} of {} articles", session.articles().len());
    Ok(Outcome::of(places == 0))
}

const BATCH: usize = 256;

fn sought(args: &Args) -> Sought {
    match (&args.entity, args.near.as_deref()) {
        (Some(id), _) => Sought::Names(EntityId::new(id)),
        (None, Some([label, other])) => Sought::Near { label: Label::new(label), other: Label::new(other), within: args.within },
        _ => Sought::Text(Query {
            text: args.pattern.clone().unwrap_or_default(),
            regex: args.regex,
            match_case: args.match_case,
            whole_words: args.whole_words,
        }),
    }
}

/// `summit 103..117  … drafted by the [Northgate Bank] in May …`: offsets count code points.
fn in_words(article: &Article, span: Span, offsets: &Offsets<'_>) -> String {
    let (start, end) = offsets.span_to(span, Unit::CodePoints);
    let [before, words, after] = around(article, span);
    format!("{} {start}..{end}  {before}[{words}]{after}", article.id)
}

fn as_json(article: &Article, span: Span, offsets: &Offsets<'_>) -> String {
    let (start, end) = offsets.span_to(span, Unit::CodePoints);
    let [before, words, after] = around(article, span);
    let mention = article.living().find(|mention| mention.span == span);
    json!({
        "article": article.id.as_str(),
        "title": article.title(),
        "start": start,
        "end": end,
        "words": words,
        "before": before,
        "after": after,
        "label": mention.map(|mention| mention.label.as_str()),
        "state": mention.map(|mention| mention.state.as_str()),
    })
    .to_string()
}

/// The line before, the words, the line after, each on one line.
fn around(article: &Article, span: Span) -> [String; 3] {
    let near = crate::decide::spread::context(&article.text, span);
    [(near.start, span.start), (span.start, span.end), (span.end, near.end)]
        .map(|(start, end)| in_line(Span { start, end }.of(&article.text).unwrap_or_default()))
}
