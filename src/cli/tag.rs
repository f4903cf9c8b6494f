//! `manicule tag INPUT...`: suggestions for articles, as a filter.

use super::tell::tell;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::choosing::Choosing;
use super::given::{FormatName, StateName, use_threads};
use super::learn;
use super::outcome::{Outcome, WrongUse};
use super::stream::Stream;
use crate::annotation::{Article, LabelDef, Mention, Origin, Scheme};
use crate::decide::retag::mentions_of;
use crate::formats::{Format, Options, Pipe};
use crate::reading::Reader;
use crate::store::{OwnPacks, RealFiles};
use crate::tagger::gazetteer::Lexicon;
use crate::tagger::learned::Lessons;
use crate::tagger::model::Model;
use crate::tagger::rules::Rules;
use crate::tagger::{Context, Suggestion, Tagger};

#[derive(clap::Args)]
pub struct Args {
    /// Articles (.txt .md .html .pdf .docx .eml …), JSONL or folders of them; - reads JSONL on stdin
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// Where to; without it, stdout
    #[arg(short, value_name = "OUT")]
    out: Option<PathBuf>,
    /// In which format
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    to: FormatName,
    /// What an entity of the input without a state is; suggested ones are replaced
    #[arg(long = "as", value_enum, default_value_t = StateName::Confirmed)]
    stateless: StateName,
    /// The encoding of text files, where detection is wrong: utf-8, windows-1251, shift_jis …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Keep all that a browser shows of web pages, not their article alone
    #[arg(long)]
    whole_pages: bool,
    /// The day of publication of articles that do not tell theirs (2024-10-08); dates like "last year" have a value only
    /// where it is known
    #[arg(long, value_name = "DAY", value_parser = super::given::day)]
    published: Option<String>,
    /// Leave out dates that are told against the day of publication, and lengths of time: "last year", "two days"
    #[arg(long)]
    absolute_dates: bool,
    /// How many threads work; the output is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// A folder with lists and rules of your own (.ron), used beside those of the program
    #[arg(long, value_name = "FOLDER")]
    lists: Option<PathBuf>,
    /// A model of your own in place of the program's, made by `manicule train`
    #[arg(long, value_name = "FILE", conflicts_with = "tagger")]
    model: Option<PathBuf>,
    /// Begin with what settled sessions taught, from a file of `manicule learn` or of the window
    #[arg(long, value_name = "FILE")]
    learned: Vec<PathBuf>,
    /// A command that suggests instead: it reads our JSONL and writes a line, with its entities, for each line; it gets
    /// the articles and may do with them what it likes
    #[arg(long, value_name = "CMD")]
    tagger: Option<String>,
    /// The command of --tagger suggests beside the program's own sources, not instead of them
    #[arg(long, requires = "tagger")]
    beside: bool,
    #[command(flatten)]
    choosing: Choosing,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    use_threads(args.threads);
    let own = own_packs(args.lists)?;
    let mut tagger = args.model.as_deref().map_or_else(|| Ok(Tagger::standard()), tagger_of_model)?;
    if !own.packs.is_empty() {
        tagger = Arc::new(tagger.with(&own.sound(), &BTreeSet::new()));
    }
    let mut scheme = Scheme::standard();
    scheme.labels.iter_mut().for_each(|def| def.absolute_only = args.absolute_dates);
    add_labels(&mut scheme, &own);
    tagger = learned(tagger, &args.learned, &scheme)?;
    let mut pipe = args.tagger.as_deref().map(Pipe::new).transpose().map_err(|fault| WrongUse::new(fault.to_string()))?;
    if let Some(command) = &args.tagger {
        tell!("manicule: suggestions come from {command}; it gets the articles and may do with them what it likes");
    }
    if let Some(pipe) = pipe.take_if(|_| args.beside) {
        tagger = Arc::new(tagger.beside(Arc::new(pipe)));
    }
    let has_faults = own.faults().next().is_some();
    let format = args.to.writable()?;
    let reason = |origin: &Origin| tagger.reason(origin);
    let outcome = Stream {
        inputs: args.inputs,
        by: None,
        encoding: args.encoding,
        whole_pages: args.whole_pages,
        stateless: args.stateless.state(),
        finds_zones: true,
        format,
        out: args.out,
        options: Options { reason: Some(&reason), ..args.choosing.options(&scheme, None)? },
        losses: args.choosing.losses(format)?,
        work: &|article: &mut Article| {
            article.meta.published = article.meta.published.take().or_else(|| args.published.clone());
            match &pipe {
                Some(pipe) => tag_by(&scheme, article, |article| pipe.suggest(article)),
                None => tag_by(&scheme, article, |article| tagger.suggest_for(article, &scheme, &|| false)),
            }
        },
    }
    .run()?;
    Ok(if has_faults { Outcome::Findings } else { outcome })
}

/// A tagger that begins with what files of what was learnt hold; what does not fit is told.
fn learned(plain: Arc<Tagger>, paths: &[PathBuf], scheme: &Scheme) -> Result<Arc<Tagger>, WrongUse> {
    let mut lessons = Lessons::default();
    for (path, carried) in paths.iter().zip(learn::read(paths)?) {
        for misfit in carried.misfits(plain.model(), scheme) {
            tell!("manicule: {}: {misfit}", path.display());
        }
        lessons.begin_with(&carried, plain.model(), scheme);
    }
    Ok(if lessons.is_empty() { plain } else { Arc::new(plain.taught(&Arc::new(lessons.learned()), &BTreeSet::new())) })
}

/// The program's lists and rules, and the model of a file.
fn tagger_of_model(path: &Path) -> Result<Arc<Tagger>, WrongUse> {
    let wrong = |what: &dyn Display| WrongUse::new(format!("{}: {what}; name a file that `manicule train` made", path.display()));
    let bytes = fs::read(path).map_err(|fault| wrong(&fault))?;
    let model = Model::read(&bytes).map_err(|fault| wrong(&fault))?;
    Ok(Arc::new(Tagger::new(Lexicon::standard(), Rules::standard(), Arc::new(model))))
}

/// The lists and rules of a folder; faults in them are told. One that is not there is wrong use, unlike the folders that
/// the window looks into.
pub(super) fn own_packs(folder: Option<PathBuf>) -> Result<OwnPacks, WrongUse> {
    let Some(folder) = folder else { return Ok(OwnPacks::default()) };
    if !folder.is_dir() {
        return Err(WrongUse::new(format!("{} is no folder", folder.display())));
    }
    let taken = Tagger::standard().parts().into_iter().map(|part| part.id.to_string()).collect();
    let own = OwnPacks::read(&RealFiles, &[folder], &taken);
    own.faults().for_each(|fault| tell!("manicule: {fault}"));
    Ok(own)
}

/// The tagger of the program with these lists and rules beside its own.
pub(super) fn tagger_with(own: &OwnPacks) -> Arc<Tagger> {
    if own.packs.is_empty() { Tagger::standard() } else { Arc::new(Tagger::standard().with(&own.sound(), &BTreeSet::new())) }
}

/// Adds the labels that lists and rules give and the scheme lacks.
pub(super) fn add_labels(scheme: &mut Scheme, own: &OwnPacks) {
    for pack in own.sound() {
        let labels = pack.rules.iter().map(|rule| &rule.label).chain(pack.lists.iter().map(|list| &list.label));
        for label in labels {
            if scheme.by_name(label).is_none() {
                scheme.labels.push(LabelDef::plain(label.as_str().into()));
            }
        }
    }
}

/// Puts suggestions in the place of all that are there; what is settled stays. Where there are none for a fault, the article
/// keeps what it had.
fn tag_by<E: Display>(
    scheme: &Scheme,
    article: &mut Article,
    suggest: impl Fn(&Article) -> Result<Vec<Suggestion>, E>,
) -> Result<(), String> {
    let suggestions = suggest(article).map_err(|fault| format!("{}: {fault}; the article keeps what it had", article.id))?;
    put(article, &suggestions, scheme);
    Ok(())
}

/// Puts the suggestions of the program's own sources in the place of all that are there; what is settled stays.
pub fn tag(tagger: &Tagger, scheme: &Scheme, article: &mut Article) {
    let suggestions = tagger.suggest(&article.text, &Context::of(article, scheme));
    put(article, &suggestions, scheme);
}

/// What another program marked in a file of its own is not the tagger's and stays too; a line of JSONL is our own.
fn put(article: &mut Article, suggestions: &[Suggestion], scheme: &Scheme) {
    let is_of_others = |mention: &Mention| matches!(&mention.origin, Origin::Import(tool) if &**tool != "jsonl");
    article.mentions.retain(|mention| mention.is_settled() || is_of_others(mention));
    article.mentions = mentions_of(article, suggestions, scheme);
}

impl FormatName {
    /// A format to write.
    pub(super) fn writable(self) -> Result<&'static Format, WrongUse> {
        let format = self.0;
        let refusal = || WrongUse::new(format!("{format} can be read but not written; see manicule formats"));
        if format.writer.is_some() { Ok(format) } else { Err(refusal()) }
    }

    /// A format to read.
    pub(super) fn readable(self) -> Result<&'static Reader, WrongUse> {
        let format = self.0;
        let refusal = || WrongUse::new(format!("{format} can be written but not read yet; see manicule formats"));
        format.reader.ok_or_else(refusal)
    }
}
