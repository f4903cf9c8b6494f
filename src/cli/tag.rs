//! `manicule tag INPUT...`: suggestions for articles, as a filter.

use std::path::PathBuf;

use super::stream::Stream;
use super::{FormatName, Outcome, StateName, use_threads};
use crate::annotation::{Article, Mention, Origin, Scheme};
use crate::decide::retag::mentions_of;
use crate::formats::Format;
use crate::formats::jsonl::ReadOptions;
use crate::tagger::{Context, Tagger};

#[derive(clap::Args)]
pub struct Args {
    /// Articles (.txt .md .html), JSONL or folders of them; - reads JSONL on stdin
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
    /// How many threads work; the output is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    use_threads(args.threads);
    let tagger = Tagger::standard();
    let scheme = Scheme::standard();
    Stream {
        inputs: args.inputs,
        all_lines: false,
        encoding: args.encoding,
        read: ReadOptions { stateless: args.stateless.state() },
        finds_zones: true,
        format: args.to.writable()?,
        out: args.out,
        reason: Some(&|origin: &Origin| tagger.reason(origin)),
        work: &|article: &mut Article| tag(&tagger, &scheme, article),
    }
    .run()
}

/// Puts the tagger's suggestions in the place of all that are there; what is settled stays.
pub fn tag(tagger: &Tagger, scheme: &Scheme, article: &mut Article) {
    article.mentions.retain(Mention::is_settled);
    let meta = &article.meta;
    let context = Context { scheme, zones: &article.zones, published: meta.published.as_deref(), language: meta.language.as_deref() };
    let suggestions = tagger.suggest(&article.text, &context);
    article.mentions = mentions_of(article, &suggestions, scheme);
}

impl FormatName {
    /// A format to write.
    pub(super) fn writable(self) -> Result<Format, super::WrongUse> {
        let format = self.0;
        let refusal = || super::WrongUse::new(format!("{format} can be read but not written; see manicule formats"));
        if format.about().writes { Ok(format) } else { Err(refusal()) }
    }

    /// A format to read.
    pub(super) fn readable(self) -> Result<Format, super::WrongUse> {
        let format = self.0;
        let refusal = || super::WrongUse::new(format!("{format} can be written but not read yet; see manicule formats"));
        if format.about().reads { Ok(format) } else { Err(refusal()) }
    }
}
