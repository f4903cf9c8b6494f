//! What `export`, `convert` and `tag` are told of what to write, and how they tell what could not be written.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;

use super::of_articles::OfArticles;
use super::outcome::WrongUse;
use crate::annotation::{How, Label, Scheme, Score, Session, ZoneKind};
use crate::formats::{Format, Grouped, LabelMap, Loss, LossFile, Only, Options, Policy, WholeFile};

#[derive(clap::Args)]
pub struct Choosing {
    /// Only mentions that were settled so: looked, spread, accepted-rest, rule, imported
    #[arg(long, value_name = "HOW", value_delimiter = ',', value_parser = how)]
    how: Vec<How>,
    /// Only mentions with these labels
    #[arg(long = "label", value_name = "LABEL", value_delimiter = ',')]
    labels: Vec<String>,
    /// Only mentions in these zones: headline, byline, dateline, body, caption, credit, boilerplate
    #[arg(long = "zone", value_name = "ZONE", value_delimiter = ',', value_parser = zone)]
    zones: Vec<ZoneKind>,
    /// Only mentions whose score is at least this, from 0 to 1; mentions without a score pass
    #[arg(long, value_name = "SCORE", value_parser = score)]
    min_score: Option<Score>,
    #[command(flatten)]
    articles: OfArticles,
    /// Other names for the labels: conll (PER ORG LOC MISC, as the scheme says), or a file with LABEL NAME on each line
    #[arg(long, value_name = "conll|FILE")]
    map: Option<PathBuf>,
    /// Which of overlapping mentions a format without overlaps takes: longest, outermost, or LABEL,LABEL… in their order
    #[arg(long, value_name = "POLICY", default_value = "longest")]
    overlaps: String,
    /// Leave out who decided and when, where the articles lay, and what other tools said of them
    #[arg(long)]
    anonymous: bool,
    /// Write everything that could not be carried to this file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl Choosing {
    /// # Errors
    /// A label map that cannot be read or is none; a filter of articles that only a session can tell.
    pub fn options(&self, scheme: &Scheme, session: Option<&Session>) -> Result<Options<'static>, WrongUse> {
        let labels = label_map(self.map.as_deref(), || LabelMap::conll(scheme))?;
        let only = Only {
            hows: self.how.clone(),
            labels: self.labels.iter().map(|label| Label::new(label)).collect(),
            zones: self.zones.clone(),
            min_score: self.min_score,
            articles: self.articles.matcher(session)?,
        };
        let overlaps = Policy::from_name(&self.overlaps);
        Ok(Options { only, labels, overlaps, is_anonymous: self.anonymous, ..Options::default() })
    }

    /// # Errors
    /// Where the report cannot be written.
    pub fn losses(&self, format: &Format) -> anyhow::Result<Losses> {
        Losses::begin(self.report.as_deref(), format.name)
    }
}

/// What labels are called where `--map` says so.
///
/// # Errors
/// A label map that cannot be read or is none.
pub fn label_map(path: Option<&Path>, conll: impl FnOnce() -> LabelMap) -> Result<LabelMap, WrongUse> {
    match path {
        None => Ok(LabelMap::default()),
        Some(path) if path == Path::new("conll") => Ok(conll()),
        Some(path) => {
            let wrong = |why: String| WrongUse::new(format!("{}: {why}", path.display()));
            let list = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
            LabelMap::parse(&list).map_err(|bad| wrong(bad.to_string()))
        }
    }
}

/// What could not be carried: grouped for people, and one by one in a file where one was asked for. However many there are,
/// they take no memory.
pub struct Losses {
    grouped: Grouped,
    file: Option<(LossFile<WholeFile>, PathBuf)>,
}

impl Losses {
    /// `format` is what the report is of.
    ///
    /// # Errors
    /// Where the report cannot be written.
    pub fn begin(report: Option<&Path>, format: &str) -> anyhow::Result<Self> {
        let begin = |path: &Path| {
            let cannot = || format!("{} cannot be written", path.display());
            let file = WholeFile::create(path).with_context(cannot)?;
            anyhow::Ok((LossFile::begin(file, format).with_context(cannot)?, path.to_owned()))
        };
        Ok(Self { grouped: Grouped::default(), file: report.map(begin).transpose()? })
    }

    /// Those that were told one by one already: they stand in the file alone.
    ///
    /// # Errors
    /// Where the report cannot be written.
    pub fn add_told(&mut self, losses: &[Loss]) -> io::Result<()> {
        let Some((file, _)) = &mut self.file else { return Ok(()) };
        losses.iter().try_for_each(|loss| file.add(loss))
    }

    /// # Errors
    /// Where the report cannot be written.
    pub fn add(&mut self, losses: &[Loss]) -> io::Result<()> {
        losses.iter().for_each(|loss| self.grouped.add(loss));
        self.add_told(losses)
    }

    /// Tells the groups by `say` and ends the file. Whether a mention as a whole is missing, which makes a part of the work
    /// fail; what a format has no column for does not.
    ///
    /// # Errors
    /// Where the report cannot be written.
    pub fn finish(self, sums: &impl Serialize, say: &dyn Fn(&str)) -> anyhow::Result<bool> {
        self.grouped.lines().for_each(|line| say(&line));
        if let Some((file, path)) = self.file {
            let finish = || file.finish(sums)?.finish();
            finish().with_context(|| format!("{} cannot be written", path.display()))?;
        }
        Ok(self.grouped.has_whole())
    }
}

fn one_of<T: Copy>(all: &[T], as_str: fn(T) -> &'static str, name: &str) -> Result<T, String> {
    let known = || all.iter().map(|one| as_str(*one)).collect::<Vec<_>>().join(", ");
    all.iter().copied().find(|one| as_str(*one) == name).ok_or_else(|| format!("known are: {}", known()))
}

fn how(name: &str) -> Result<How, String> {
    one_of(&How::ALL, How::as_str, name)
}

fn zone(name: &str) -> Result<ZoneKind, String> {
    one_of(&ZoneKind::ALL, ZoneKind::as_str, name)
}

fn score(text: &str) -> Result<Score, String> {
    text.parse().ok().filter(|score| (0.0..=1.0).contains(score)).map(Score::from_ratio).ok_or("a score is a number from 0 to 1".to_owned())
}
