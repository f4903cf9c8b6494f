//! `manicule refresh SESSION.ron`: sources that have changed are taken over, and mentions carried along.

use super::tell::tell;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use serde::Serialize;

use super::given::use_threads;
use super::outcome::{Outcome, WrongUse};
use super::progress::Progress;
use super::session::{open_to_read, open_to_work, save_and_close, who_decides};
use super::tag::{own_packs, tagger_with};
use crate::annotation::{Article, ArticleId, Mention, State};
use crate::decide::Stamp;
use crate::decide::anchors::{Orphan, Refreshed, Tally, orphans, refresh, was};
use crate::decide::standing::Standing;
use crate::formats::readers;
use crate::store::{Found, Looked, Opened, look};
use crate::tagger::Context;
use crate::text::{Offsets, Unit};
use crate::workbench::{Clock as _, SystemClock};

#[derive(clap::Args)]
#[command(after_help = "\
A mention is exact where its words stand where they stood, moved where the same words stand elsewhere in the same
surroundings. Where other words probably stand for it now it is fuzzy: it becomes a suggestion that remembers what it was,
and one key in the window settles it. A mention whose words are gone is orphaned: it is kept in a list, to be placed or let
go in the window, and returns by itself should its words return. Exit code 1 says that something waits for a person.")]
pub struct Args {
    /// The session whose sources are looked at; saved at the end
    #[arg(value_name = "SESSION.ron")]
    session: PathBuf,
    /// Only these articles
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Say what would happen and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Also tag the new text; what is settled stays
    #[arg(long)]
    tag: bool,
    /// A folder with lists and rules of your own (.ron), used beside those of the program where the session has their labels
    #[arg(long, value_name = "FOLDER", requires = "tag")]
    lists: Option<PathBuf>,
    /// Read the sources in this encoding, whether they have changed or not
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The report as JSON
    #[arg(long)]
    json: bool,
    /// Who takes the changes over; without it, the name in the settings of the window
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// How many threads work; the result is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    use_threads(args.threads);
    if let Some(label) = &args.encoding {
        crate::reading::check_encoding(label).map_err(|trouble| WrongUse::new(trouble.to_string()))?;
    }
    let own = own_packs(args.lists)?;
    let by = args.by.as_deref().unwrap_or_default();
    let mut opened = if args.dry_run { open_to_read(&args.session)? } else { open_to_work(&args.session, by, Arc::new(|| {}))? };
    let ids = chosen(&opened, &args.articles)?;
    let progress = Progress::of_steps();
    let step = |done, total| progress.set_of(done, total);
    let looked = look(
        &opened.saved.session,
        &ids,
        readers(),
        crate::reading::How { encoding: args.encoding.as_deref(), ..crate::reading::How::default() },
        &step,
        &AtomicBool::new(false),
    );
    progress.finish();
    let tagger = args.tag.then(|| tagger_with(&own));
    let scheme = opened.saved.session.scheme().clone();
    let by = who_decides(args.by.clone(), &opened.saved);
    let stamp = Stamp { by, at: SystemClock.now() };
    let rules = opened.saved.session.rules().to_vec();
    let standing = Standing::new(&rules, &scheme);
    let carry = |looked: &Looked| {
        let Found::Changed(fresh) = &looked.found else { return None };
        let refreshed = refresh::article(&looked.article, fresh);
        Some(match &tagger {
            Some(tagger) => {
                let article = &refreshed.after;
                let meta = &article.meta;
                let context = Context {
                    scheme: &scheme,
                    zones: &article.zones,
                    published: meta.published.as_deref(),
                    language: meta.language.as_deref(),
                };
                let suggestions = tagger.suggest(&article.text, &context);
                refreshed.tagged(&suggestions, &scheme).settled(&standing, &scheme, &stamp)
            }
            None => refreshed,
        })
    };
    let carried: Vec<Option<Refreshed>> = looked.par_iter().map(carry).collect();
    let report = Report::new(&looked, &carried, args.dry_run);
    let changed: Vec<Refreshed> = carried.into_iter().flatten().collect();
    if !args.dry_run && !changed.is_empty() {
        let edit = refresh::edit(&opened.saved.session, &changed, &stamp)?;
        opened.history.perform(&mut opened.saved.session, edit.clone())?;
        opened.home.edited(&edit);
    }
    // Told only once it is so.
    let was_changed = save_and_close(opened, None)?;
    if args.json {
        writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        report.print(&mut std::io::stdout().lock())?;
    }
    Ok(Outcome::of(was_changed || report.needs_a_person() || own.faults().next().is_some()))
}

fn chosen(opened: &Opened, names: &[String]) -> anyhow::Result<Vec<ArticleId>> {
    let session = &opened.saved.session;
    if names.is_empty() {
        return Ok(session.articles().iter().map(|article| article.id.clone()).collect());
    }
    let find = |name: &String| {
        let id = ArticleId::new(name);
        session.article(&id).map(|_| id.clone()).ok_or_else(|| WrongUse::new(format!("the session has no article {name:?}")).into())
    };
    names.iter().map(find).collect()
}

#[derive(Serialize)]
struct Report {
    articles: Vec<Row>,
    /// Of all changed articles together.
    changed: usize,
    unchanged: usize,
    missing: usize,
    unreadable: usize,
    #[serde(flatten)]
    tally: Tally,
    /// Fuzzy mentions and orphans that wait, those of earlier refreshes included.
    waiting: usize,
    dry_run: bool,
}

#[derive(Serialize)]
struct Row {
    id: String,
    source: Option<String>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    tally: Option<Tally>,
    /// What waits for a person in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waiting: Vec<Waiting>,
}

/// A mention that waits for a person. Offsets in code points.
#[derive(Serialize)]
struct Waiting {
    status: &'static str,
    label: String,
    /// What was decided before the source changed.
    was: &'static str,
    quote: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl Report {
    fn new(looked: &[Looked], carried: &[Option<Refreshed>], dry_run: bool) -> Self {
        let articles: Vec<Row> = looked.iter().zip(carried).map(|(looked, carried)| row(looked, carried.as_ref())).collect();
        let count = |status| articles.iter().filter(|row| row.status == status).count();
        Self {
            changed: count("changed"),
            unchanged: count("unchanged"),
            missing: count("missing"),
            unreadable: count("unreadable"),
            tally: articles.iter().filter_map(|row| row.tally).fold(Tally::default(), Tally::plus),
            waiting: articles.iter().map(|row| row.waiting.len()).sum(),
            articles,
            dry_run,
        }
    }

    fn needs_a_person(&self) -> bool {
        self.waiting + self.missing + self.unreadable > 0
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        for row in &self.articles {
            let told = match (&row.tally, &row.why) {
                (Some(tally), _) => format!(": {tally}"),
                (None, Some(why)) => format!(": {why}"),
                (None, None) => String::new(),
            };
            writeln!(out, "{}: {}{told}", row.id, row.status)?;
            row.waiting.iter().try_for_each(|waiting| waiting.print(out))?;
        }
        let would = if self.dry_run { "; nothing was written" } else { "" };
        tell!(
            "manicule: {} changed, {} unchanged, {} missing, {} unreadable; {} to look at{would}",
            self.changed,
            self.unchanged,
            self.missing,
            self.unreadable,
            self.waiting
        );
        Ok(())
    }
}

impl Waiting {
    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        match (&self.text, self.start, self.end) {
            (Some(text), Some(start), Some(end)) => {
                writeln!(out, "  {} {} {start}..{end} “{text}”, {} as “{}”", self.status, self.label, self.was, self.quote)
            }
            _ => writeln!(out, "  {} {} “{}”, {}", self.status, self.label, self.quote, self.was),
        }
    }
}

fn row(looked: &Looked, carried: Option<&Refreshed>) -> Row {
    let article = carried.map_or(&looked.article, |carried| &carried.after);
    let source = looked.article.source.as_ref().map(|source| source.path.clone());
    let (status, why) = match &looked.found {
        Found::NoSource => ("no source", None),
        Found::Unchanged => ("unchanged", None),
        Found::Changed(_) => ("changed", None),
        Found::Missing => ("missing", source.clone().map(|path| format!("there is no {path}"))),
        Found::Unreadable(trouble) => ("unreadable", source.clone().map(|path| format!("{path} {trouble}"))),
    };
    Row { id: article.id.to_string(), source, status, why, tally: carried.map(|carried| carried.tally), waiting: waiting(article) }
}

fn waiting(article: &Article) -> Vec<Waiting> {
    let offsets = Offsets::new(&article.text);
    let fuzzy = article.mentions.iter().filter(|mention| mention.is_suggested()).filter_map(|mention| {
        let was = was(mention)?;
        let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
        let text = article.quote(mention.span).to_owned();
        Some(Waiting { start: Some(start), end: Some(end), text: Some(text), ..Waiting::new("fuzzy", mention, was.state, was.quote) })
    });
    let orphaned = orphans(article).map(|(_, Orphan { mention, quote, .. })| Waiting::new("orphaned", &mention, mention.state, quote));
    fuzzy.chain(orphaned).collect()
}

impl Waiting {
    fn new(status: &'static str, mention: &Mention, was: State, quote: String) -> Self {
        Self { status, label: mention.label.to_string(), was: was.as_str(), quote, start: None, end: None, text: None }
    }
}
