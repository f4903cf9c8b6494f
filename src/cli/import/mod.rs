//! `manicule import INPUT...`: a new session from articles and annotations, or more of them for one that is there.

mod into;

use super::tell::tell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::bail;
use rayon::prelude::*;

use super::choosing::{Losses, label_map};
use super::given::{FormatName, StateName, use_threads};
use super::outcome::{Outcome, WrongUse};
use super::progress::Progress;
use super::tag::{add_labels, own_packs, tag, tagger_with};
use super::versions::{Passed, keep_last};
use super::words;
use crate::annotation::{Article, Entity, Scheme, Session};
use crate::decide::intake::{Asked, Taking};
use crate::formats::{Collected, LEFT_OUT, LabelMap, Loss, read_paths, scheme_for};
use crate::reading::How;
use crate::store::{OwnPacks, RealFiles, Saved, write_new};
use crate::tagger::Tagger;
use into::Intake;

#[derive(clap::Args)]
pub struct Args {
    /// JSONL, articles (.txt .md .html .pdf .docx .eml …) or folders of them
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// What the inputs are; without it, what their names say
    #[arg(long, value_name = "FORMAT")]
    from: Option<FormatName>,
    /// The session to make
    #[arg(short, value_name = "SESSION.ron", required_unless_present = "into")]
    out: Option<PathBuf>,
    /// The session to add to: new articles come in, and articles whose text it knows take the annotations, as decisions or, with
    /// --as suggested, as suggestions. What is settled there stays; what says otherwise stands beside it, to be settled. One undo
    #[arg(long, value_name = "SESSION.ron", conflicts_with = "out")]
    into: Option<PathBuf>,
    /// Only tell how the annotations compare with what the session has
    #[arg(long, requires = "into", conflicts_with = "out")]
    preview: bool,
    /// Tell it as JSON
    #[arg(long, requires = "into", conflicts_with = "out")]
    json: bool,
    /// Who brings them in; without it, the name in the settings of the window
    #[arg(long, value_name = "NAME", requires = "into", conflicts_with = "out")]
    by: Option<String>,
    /// Tag the articles too
    #[arg(long)]
    tag: bool,
    /// A folder with lists and rules of your own (.ron), used beside those of the program
    #[arg(long, value_name = "FOLDER", requires = "tag")]
    lists: Option<PathBuf>,
    /// What an entity without a state is
    #[arg(long = "as", value_enum, default_value_t = StateName::Confirmed)]
    stateless: StateName,
    /// Other names for the labels: conll (CoNLL’s types as labels of the scheme), or a file with LABEL NAME on each line
    #[arg(long, value_name = "conll|FILE")]
    map: Option<PathBuf>,
    /// What becomes of labels that the scheme has not
    #[arg(long, value_enum, default_value_t = NewLabels::Add)]
    new_labels: NewLabels,
    /// Write everything that did not come in as it stands in the files to this file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The day of publication of articles that do not tell theirs (2024-10-08)
    #[arg(long, value_name = "DAY", value_parser = super::given::day)]
    published: Option<String>,
    /// The encoding of text files, where detection is wrong
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Keep all that a browser shows of web pages, not their article alone
    #[arg(long)]
    whole_pages: bool,
    /// Of the versions of one story that are in the inputs (updates, corrections, refiles), keep the last alone
    #[arg(long)]
    last_versions: bool,
    /// How many threads work
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum NewLabels {
    /// They are added to the scheme
    Add,
    /// Mentions that have them are left out
    LeaveOut,
}

/// How an import went, as its report sums it up.
#[derive(serde::Serialize)]
struct Sums {
    articles: usize,
    mentions: usize,
}

/// How many articles are tagged between two looks at the progress.
const BATCH: usize = 64;

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    use_threads(args.threads);
    if let Some(label) = &args.encoding {
        crate::reading::check_encoding(label).map_err(|trouble| WrongUse::new(trouble.to_string()))?;
    }
    if let Some(out) = args.out.as_ref().filter(|out| out.exists()) {
        bail!("{0} is there already; --into {0} adds to it, and another name makes a new session", out.display());
    }
    let own = own_packs(args.lists)?;
    let map = label_map(args.map.as_deref(), || LabelMap::from_conll(&Scheme::standard()))?;
    let mut report = Losses::begin(args.report.as_deref(), args.from.map_or("import", |from| from.0.name))?;
    let how = How {
        encoding: args.encoding.as_deref(),
        by: args.from.map(FormatName::readable).transpose()?,
        is_whole: args.whole_pages,
        stateless: args.stateless.state(),
        ..How::default()
    };
    let progress = Progress::of_steps();
    let Collected { mut articles, mut entities, faults, losses, .. } =
        read_paths(&args.inputs, how, &|done, total| progress.set_of(done, total), &AtomicBool::new(false));
    faults.iter().for_each(|fault| progress.say(&fault.to_string()));
    if articles.is_empty() {
        bail!("there is nothing to import; no session was made");
    }

    let mut passed = Passed::default();
    let told = if args.last_versions { keep_last(&mut articles) } else { articles.iter().filter_map(|one| passed.told(one)).collect() };
    told.iter().for_each(|told| progress.say(told));
    report.add_told(&losses)?;
    for entity in &mut entities {
        entity.label = map.name(&entity.label).unwrap_or_else(|| entity.label.clone());
    }
    for article in &mut articles {
        let lost = map.rename(article, LEFT_OUT);
        report.add(&Loss::all(article, lost))?;
        article.meta.published = article.meta.published.take().or_else(|| args.published.clone());
    }
    let count = articles.len();
    let mut has_findings = faults.iter().any(|fault| !fault.trouble.is_word_only()) || own.faults().next().is_some();
    let mentions = match &args.into {
        Some(session) => {
            let tagger = args.tag.then(|| tagger_with(&own));
            let tag_one = |scheme: &Scheme, article: &mut Article| tagger.iter().for_each(|tagger| tag(tagger, scheme, article));
            let from = args.inputs.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy()).collect::<Vec<_>>();
            let into = Intake {
                session,
                is_preview: args.preview,
                is_json: args.json,
                by: args.by,
                asked: Asked {
                    taking: if args.stateless == StateName::Suggested { Taking::Suggestions } else { Taking::Decisions },
                    adds_labels: args.new_labels == NewLabels::Add,
                    from: &from.join(", "),
                },
                tag: args.tag.then_some(&tag_one),
            };
            let taken = into.run(articles, &entities)?;
            let told = &taken.told;
            has_findings |= taken.was_changed || told.conflicts() > 0;
            let done = if args.preview { "would be added; nothing was changed" } else { "added" };
            let new =
                format!("{} with {} {done}", words::count(told.new_articles, "new article"), words::count(told.new_mentions, "mention"));
            tell!("manicule: {}: {new}; {} known; to settle: {}", session.display(), told.known_articles, told.conflicts());
            told.new_mentions + told.kinds.values().map(|met| met.count).sum::<usize>()
        }
        None => {
            for article in articles.iter_mut().filter(|_| args.new_labels == NewLabels::LeaveOut) {
                let lost = LabelMap::of_scheme(&Scheme::standard()).rename(article, "the scheme has not its label");
                report.add(&Loss::all(article, lost))?;
            }
            let tagger = args.tag.then(|| tagger_with(&own));
            let made = New { tagger: tagger.as_deref(), own: &own, progress: &progress };
            made.write(articles, entities, &args.out.unwrap_or_default())?
        }
    };
    let is_missing = report.finish(&Sums { articles: count, mentions }, &|line| progress.say(line))?;
    progress.finish();
    Ok(Outcome::of(is_missing || has_findings))
}

/// A session that is made of articles.
struct New<'a> {
    /// Tags them too.
    tagger: Option<&'a Tagger>,
    own: &'a OwnPacks,
    progress: &'a Progress,
}

impl New<'_> {
    /// Writes it; answers how many mentions it holds.
    fn write(&self, mut articles: Vec<Article>, entities: Vec<Entity>, path: &Path) -> anyhow::Result<usize> {
        let (mut scheme, added) = scheme_for(&articles);
        if let Some(tagger) = self.tagger {
            add_labels(&mut scheme, self.own);
            let total = articles.len();
            for (i, batch) in articles.chunks_mut(BATCH).enumerate() {
                batch.par_iter_mut().for_each(|article: &mut Article| tag(tagger, &scheme, article));
                self.progress.set_of((i + 1) * BATCH, total);
            }
        }
        let new = |label| format!("the label {label} is new and was added to the scheme, without a key");
        added.iter().for_each(|label| self.progress.say(&new(label)));
        // What two lines say of one thing: the earlier stays.
        let entities: BTreeMap<_, Entity> = entities.into_iter().rev().map(|entity| (entity.id.clone(), entity)).collect();
        let mentions: usize = articles.iter().map(|article| article.mentions.len()).sum();
        let count = articles.len();
        // Ids are unique already, so none is sent back.
        let (session, _) = Session::from_parts(scheme, articles.into_iter().map(Arc::new), entities.into_values(), Vec::new());
        let left_over = write_new(&RealFiles, path, &Saved { session, ..Saved::default() })?;
        self.progress.finish();
        if let Some(aside) = left_over {
            tell!("manicule: a session that was here before left its journal, which is kept as {}", aside.display());
        }
        let (articles, of_them) = (words::count(count, "article"), words::count(mentions, "mention"));
        tell!("manicule: {articles} with {of_them} in {}", path.display());
        Ok(mentions)
    }
}
