//! Interchange formats: one file per format, each saying what it could not carry.
//!
//! A format renders one article at a time, so that a stream of any length passes in constant memory, and every
//! rendering is read back and compared before it counts as written. Offsets leave in the unit that the format's row
//! in [`Format::about`] names; inside there are only bytes.

mod anonymous;
mod conll;
mod csv;
mod edges;
mod export;
pub mod jsonl;
mod lines;
mod open;
mod pipe;

use std::collections::BTreeMap;
use std::fmt;

pub use export::{ExportFault, Stop, WholeFile, export, write};
pub use lines::{BadLine, Lines, open_lines};
pub use open::{Collected, is_lines, parse_line, read_each, read_paths, scheme_for};
pub use pipe::{Pipe, PipeFault};

use crate::annotation::{Article, ArticleId, Entity, EntityId, Mention, Origin, State};
use crate::text::{Offsets, Span, Unit};

/// A format by the name that `--from` and `--to` take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Jsonl,
    Csv,
    Tsv,
    Conll,
    ConllIob1,
    ConllBioes,
}

/// What `manicule formats` says of a format.
pub struct About {
    pub name: &'static str,
    /// The usual ending of its files, without the full stop.
    pub extension: &'static str,
    pub reads: bool,
    pub writes: bool,
    /// What its offsets count; `None` where it has none.
    pub unit: Option<Unit>,
    pub what: &'static str,
}

impl Format {
    pub const ALL: [Format; 6] = [Format::Jsonl, Format::Csv, Format::Tsv, Format::Conll, Format::ConllIob1, Format::ConllBioes];

    pub fn about(self) -> About {
        let about = |name, extension, reads, unit, what| About { name, extension, reads, writes: true, unit, what };
        let points = Some(Unit::CodePoints);
        match self {
            Format::Jsonl => about("jsonl", "jsonl", true, points, "one article a line as JSON, with everything known of its mentions"),
            Format::Csv => about("csv", "csv", false, points, "one mention a row with its context, for spreadsheets (RFC 4180)"),
            Format::Tsv => about("tsv", "tsv", false, points, "the same, between tabs; tab, line end and backslash as \\t \\n \\r \\\\"),
            Format::Conll => about("conll", "conll", false, None, "CoNLL-2003 columns, one token a line, IOB2 tags"),
            Format::ConllIob1 => about("conll-iob1", "conll", false, None, "the same with IOB1 tags, as CoNLL-2003 itself has them"),
            Format::ConllBioes => about("conll-bioes", "conll", false, None, "the same with BIOES tags"),
        }
    }

    pub fn name(self) -> &'static str {
        self.about().name
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What a file begins with, before the first article.
    pub fn head(self) -> Vec<u8> {
        match self {
            Format::Csv => csv::head(csv::Flavour::Comma),
            Format::Tsv => csv::head(csv::Flavour::Tab),
            Format::Jsonl | Format::Conll | Format::ConllIob1 | Format::ConllBioes => Vec::new(),
        }
    }

    /// Appends one article to `out`, reads it back and compares.
    ///
    /// # Errors
    /// [`Unequal`] where what was written does not say what the article says; that is a fault of the program.
    pub fn render(self, article: &Article, options: &Options<'_>, out: &mut Vec<u8>) -> Result<Report, Unequal> {
        let (mended, mut losses) = edges::without_blanks(article);
        let article = mended.as_ref().unwrap_or(article);
        let (chosen, left_out) = options.state.choose(article);
        losses.retain(|(mention, _)| options.state.takes(mention.state));
        let from = out.len();
        let found = match self {
            Format::Jsonl => jsonl::render(article, &chosen, options, out),
            Format::Csv => csv::render(csv::Flavour::Comma, article, &chosen, options, out),
            Format::Tsv => csv::render(csv::Flavour::Tab, article, &chosen, options, out),
            Format::Conll => conll::render(conll::Tags::Iob2, article, &chosen, out),
            Format::ConllIob1 => conll::render(conll::Tags::Iob1, article, &chosen, out),
            Format::ConllBioes => conll::render(conll::Tags::Bioes, article, &chosen, out),
        }
        .map_err(|why| Unequal { article: article.id.clone(), format: self.name(), why })?;
        debug_assert!(out.len() >= from);
        let lost = found.iter().filter(|loss| loss.is_whole).count();
        let mut losses: Vec<Loss> = losses.into_iter().map(|(_, loss)| loss).chain(found).collect();
        Loss::place(article, &mut losses);
        Ok(Report { articles: 1, written: chosen.len() - lost, left_out, losses })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What to write besides the article itself.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    pub state: StateFilter,
    /// For names and knowledge-base ids of linked entities.
    pub entities: Option<&'a BTreeMap<EntityId, Entity>>,
    /// Tells an origin in words.
    pub reason: Option<&'a (dyn Fn(&Origin) -> String + Sync)>,
    /// Leaves out who decided and when, where the articles lay, and what other tools said of them.
    pub is_anonymous: bool,
}

/// Which mentions are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum StateFilter {
    #[default]
    Confirmed,
    Suggested,
    /// Confirmed and suggested.
    Living,
    /// Living ones, and rejected ones where the format keeps them apart.
    All,
}

impl StateFilter {
    pub fn takes(self, state: State) -> bool {
        match self {
            StateFilter::Confirmed => state == State::Confirmed,
            StateFilter::Suggested => state == State::Suggested,
            StateFilter::Living => state != State::Rejected,
            StateFilter::All => true,
        }
    }

    fn choose(self, article: &Article) -> (Vec<&Mention>, LeftOut) {
        let (chosen, rest): (Vec<_>, Vec<_>) = article.mentions.iter().partition(|mention| self.takes(mention.state));
        let count = |state| rest.iter().filter(|mention| mention.state == state).count();
        let left_out = LeftOut { confirmed: count(State::Confirmed), suggested: count(State::Suggested), rejected: count(State::Rejected) };
        (chosen, left_out)
    }
}

/// How an export went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub articles: usize,
    /// Mentions written.
    pub written: usize,
    pub left_out: LeftOut,
    pub losses: Vec<Loss>,
}

impl Report {
    pub fn add(&mut self, other: Report) {
        self.articles += other.articles;
        self.written += other.written;
        self.left_out.confirmed += other.left_out.confirmed;
        self.left_out.suggested += other.left_out.suggested;
        self.left_out.rejected += other.left_out.rejected;
        self.losses.extend(other.losses);
    }
}

/// Mentions that the filter kept back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub confirmed: usize,
    pub suggested: usize,
    pub rejected: usize,
}

impl LeftOut {
    pub fn total(self) -> usize {
        self.confirmed + self.suggested + self.rejected
    }
}

impl fmt::Display for LeftOut {
    /// `12 suggested, 3 rejected`; `none` where nothing was left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [(self.confirmed, "confirmed"), (self.suggested, "suggested"), (self.rejected, "rejected")];
        let parts: Vec<_> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        f.write_str(if parts.is_empty() { "none" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

/// One thing that did not cross the border whole, on the way out or in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub article: ArticleId,
    /// Bytes of the article's text, where the loss has a place.
    pub span: Option<Span>,
    /// What was lost or changed, for people: `PERSON “Angela Merkel” at 12..25`, in code points.
    pub what: String,
    pub why: String,
    /// The mention as a whole is missing, not only something about it.
    pub is_whole: bool,
}

impl Loss {
    fn of_mention(article: &Article, mention: &Mention, why: &str) -> Self {
        Self {
            article: article.id.clone(),
            span: Some(mention.span),
            what: format!("{} “{}”", mention.label, shorten(article.quote(mention.span))),
            why: why.to_owned(),
            is_whole: true,
        }
    }

    /// Tells the places of losses that have one.
    fn place(article: &Article, losses: &mut [Loss]) {
        if losses.is_empty() {
            return;
        }
        let offsets = Offsets::new(&article.text);
        for loss in losses {
            let Some(span) = loss.span else { continue };
            let (start, end) = offsets.span_to(span, Unit::CodePoints);
            loss.what = format!("{} at {start}..{end}", loss.what);
        }
    }

    fn about_mention(article: &Article, mention: &Mention, why: &str) -> Self {
        Self { is_whole: false, ..Self::of_mention(article, mention, why) }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "article {:?}: {}: {}", self.article.as_str(), self.what, self.why)
    }
}

/// What was written does not read back as what it was.
#[derive(Clone, Debug, thiserror::Error)]
#[error("article {article:?} does not read back from {format} as it was ({why}); nothing was written. Please report this")]
pub struct Unequal {
    pub article: ArticleId,
    pub format: &'static str,
    pub why: String,
}

/// At most 48 characters on one line. Looks no further than these, for a quote may be as long as its article.
fn shorten(quote: &str) -> String {
    let mut chars = quote.split_whitespace().flat_map(|word| std::iter::once(' ').chain(word.chars())).skip(1);
    let mut line: String = chars.by_ref().take(48).collect();
    if chars.next().is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_shortened_to_one_line() {
        assert_eq!(shorten("  Ann \r\n Lee\t"), "Ann Lee");
        assert_eq!(shorten(&"x".repeat(48)), "x".repeat(48));
        assert_eq!(shorten(&"äx  ".repeat(1_000_000)), format!("{}…", "äx ".repeat(16)));
    }
}
