//! What did not cross the border whole: each thing with its article, its place and the reason; and all of it grouped, for
//! people.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::annotation::{Article, ArticleId, Mention, MentionId};
use crate::reading::{Note, Trouble};
use crate::text::{Offsets, Span, Unit};

/// How much is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// An article, or a file of them.
    Article,
    /// The mention as a whole.
    Whole,
    /// Something about it.
    Part,
    /// Something that the format has no place for, whatever the article.
    Field,
}

/// A loss as a writer or reader tells it, inside one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    pub mention: Option<MentionId>,
    /// Bytes of the article's text, where the loss has a place.
    pub span: Option<Span>,
    /// What was lost or changed, for people: `PERSON “Angela Merkel”`.
    pub what: String,
    /// Why; the same words for all that was lost for the same reason.
    pub why: String,
    /// What stands in its place: `ORG “Bank of Spain”`.
    pub instead: Option<String>,
    pub extent: Extent,
}

impl Lost {
    pub fn of(article: &Article, mention: &Mention, extent: Extent, why: &str) -> Self {
        let what = told(article, mention);
        Self { mention: Some(mention.id), span: Some(mention.span), what, why: why.to_owned(), instead: None, extent }
    }

    /// A mention that another one stands in the place of.
    pub fn behind(article: &Article, mention: &Mention, other: &Mention, why: &str) -> Self {
        Self { instead: Some(told(article, other)), ..Self::of(article, mention, Extent::Whole, why) }
    }

    /// Something that is true of the article as a whole.
    pub fn of_article(what: String, why: String, extent: Extent) -> Self {
        Self { mention: None, span: None, what, why, instead: None, extent }
    }
}

fn told(article: &Article, mention: &Mention) -> String {
    format!("{} “{}”", mention.label, shorten(article.quote(mention.span)))
}

/// One thing that did not cross the border whole, on the way out or in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// The file that it stands in, where it was lost on the way in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    pub article: ArticleId,
    pub title: String,
    /// Code points of the article's text.
    #[serde(flatten)]
    pub place: Option<Place>,
    pub what: String,
    pub why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    pub extent: Extent,
}

/// Where something stands, in code points, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    pub start: usize,
    pub end: usize,
}

impl Loss {
    /// Tells losses of an article with its name and in code points.
    pub fn all(article: &Article, lost: Vec<Lost>) -> Vec<Loss> {
        if lost.is_empty() {
            return Vec::new();
        }
        let offsets = Offsets::new(&article.text);
        let place = |span| {
            let (start, end) = offsets.span_to(span, Unit::CodePoints);
            Place { start, end }
        };
        let title = shorten(article.title());
        let tell = |Lost { span, what, why, instead, extent, .. }| Loss {
            file: None,
            article: article.id.clone(),
            title: title.clone(),
            place: span.map(place),
            what,
            why,
            instead,
            extent,
        };
        lost.into_iter().map(tell).collect()
    }

    /// What a reader says of a file, or of an article in it; nothing where it is no loss.
    pub fn on_the_way_in(path: &Path, article: Option<&Article>, trouble: &Trouble) -> Option<Loss> {
        if trouble.is_word_only() {
            return None;
        }
        let (note, at) = match trouble {
            Trouble::Changed { at, note } => (note.clone(), at.trim_end_matches([' ', ':'])),
            other => (Note::from(other.to_string()), ""),
        };
        let lost = Lost {
            mention: None,
            span: note.span,
            what: if note.what.is_empty() { at.to_owned() } else { note.what },
            why: note.why,
            instead: None,
            extent: if note.is_missing { Extent::Whole } else { Extent::Part },
        };
        let mut loss = match article {
            Some(article) => Loss::all(article, vec![lost]).pop()?,
            None => {
                let title = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let Lost { what, why, instead, .. } = lost;
                Loss { file: None, article: ArticleId::new(""), title, place: None, what, why, instead, extent: Extent::Article }
            }
        };
        loss.file = Some(path.to_owned());
        Some(loss)
    }

    pub fn is_whole(&self) -> bool {
        self.extent == Extent::Whole
    }

    /// What was lost and where: `GPE “Spain” at 21..26 (instead: ORG “Bank of Spain”)`.
    pub fn what_and_where(&self) -> String {
        let place = self.place.map(|Place { start, end }| format!(" at {start}..{end}")).unwrap_or_default();
        let instead = self.instead.as_ref().map(|other| format!(" (instead: {other})")).unwrap_or_default();
        format!("{}{place}{instead}", self.what)
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "article {:?}: {}: {}", self.article.as_str(), self.what_and_where(), self.why)
    }
}

/// Losses by their reason: how often, and the first few.
#[derive(Clone, Debug, Default)]
pub struct Grouped(BTreeMap<(Extent, String), Group>);

/// All that was lost for one reason.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub count: usize,
    /// The first of them, by title and place.
    pub first: Vec<String>,
}

/// How many of a group are shown.
const SHOWN: usize = 3;

impl Grouped {
    pub fn of(losses: &[Loss]) -> Self {
        let mut grouped = Self::default();
        losses.iter().for_each(|loss| grouped.add(loss));
        grouped
    }

    pub fn add(&mut self, loss: &Loss) {
        let group = self.0.entry((loss.extent, without_places(&loss.why))).or_default();
        group.count += 1;
        if group.first.len() < SHOWN {
            let what = loss.what_and_where();
            group.first.push(if what.is_empty() { format!("“{}”", loss.title) } else { format!("“{}”: {what}", loss.title) });
        }
    }

    /// Takes in what was grouped elsewhere.
    pub fn join(&mut self, other: Self) {
        for (reason, mut group) in other.0 {
            let here = self.0.entry(reason).or_default();
            here.count += group.count;
            group.first.truncate(SHOWN.saturating_sub(here.first.len()));
            here.first.append(&mut group.first);
        }
    }

    /// How many things are not as they were, but for what a format has no place for at all.
    pub fn carried_in_part(&self) -> usize {
        self.0.iter().filter(|((extent, _), _)| *extent != Extent::Field).map(|(_, group)| group.count).sum()
    }

    /// Whether a mention as a whole is missing.
    pub fn has_whole(&self) -> bool {
        self.0.keys().any(|(extent, _)| *extent == Extent::Whole)
    }

    /// Reasons with what was lost for them, whole mentions first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Extent, &str, &Group)> {
        self.0.iter().map(|((extent, why), group)| (*extent, why.as_str(), group))
    }

    /// One line a reason: `12 mentions: overlaps …: “Talks end”: GPE “Spain” at 3..8; …; and 9 more`.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.iter().map(|(extent, why, group)| format!("{}: {why}: {}", count(extent, group.count), group.places()))
    }
}

impl Group {
    /// The first places, and how many more there are.
    pub fn places(&self) -> String {
        let mut places = self.first.join("; ");
        if self.count > self.first.len() {
            places.push_str(&format!("; and {} more", self.count - self.first.len()));
        }
        places
    }
}

/// A reason in the words that it has wherever it holds: `does not stand at 3..7` is one reason at every place.
fn without_places(why: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit();
    let (mut out, mut rest) = (String::with_capacity(why.len()), why);
    while let Some(at) = rest.find("..") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let (words, behind) = (before.trim_end_matches(is_digit), after.trim_start_matches(is_digit));
        let is_place = words.len() < before.len() && behind.len() < after.len();
        out.push_str(if is_place { words } else { &rest[..at + 2] });
        out.push_str(if is_place { "…" } else { "" });
        rest = if is_place { behind } else { after };
    }
    out + rest
}

fn count(extent: Extent, n: usize) -> String {
    match (extent, n) {
        (Extent::Article, 1) => "1 article or file did not come whole".to_owned(),
        (Extent::Article, n) => format!("{n} articles or files did not come whole"),
        (Extent::Whole, 1) => "1 mention is missing".to_owned(),
        (Extent::Whole, n) => format!("{n} mentions are missing"),
        (Extent::Part, 1) => "1 is changed".to_owned(),
        (Extent::Part, n) => format!("{n} are changed"),
        (Extent::Field, 1) => "1 article says less".to_owned(),
        (Extent::Field, n) => format!("{n} articles say less"),
    }
}

/// A loss report as JSON, written as the losses come, one a line.
pub struct LossFile<W> {
    out: W,
    is_empty: bool,
}

impl<W: Write> LossFile<W> {
    /// # Errors
    /// Those of the file system.
    pub fn begin(mut out: W, format: &str) -> io::Result<Self> {
        write!(out, "{{\"format\": {}, \"losses\": [", serde_json::to_string(format)?)?;
        Ok(Self { out, is_empty: true })
    }

    /// # Errors
    /// Those of the file system.
    pub fn add(&mut self, loss: &Loss) -> io::Result<()> {
        self.out.write_all(if std::mem::take(&mut self.is_empty) { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut self.out, loss)?;
        Ok(())
    }

    /// Ends the list and tells how it went in all.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(mut self, sums: &impl Serialize) -> io::Result<W> {
        write!(self.out, "\n], \"sums\": {}}}\n", serde_json::to_string(sums)?)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// At most 48 characters on one line. Looks no further than these, for a quote may be as long as its article.
pub fn shorten(quote: &str) -> String {
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

    fn loss(n: usize, why: &str, extent: Extent) -> Loss {
        let place = Some(Place { start: n, end: n + 3 });
        Loss {
            file: None,
            article: ArticleId::new("a"),
            title: "Talks end".to_owned(),
            place,
            what: "GPE “Oslo”".to_owned(),
            why: why.to_owned(),
            instead: None,
            extent,
        }
    }

    #[test]
    fn thousands_are_told_in_a_line_for_each_reason() {
        let mut losses: Vec<_> = (0..2000).map(|n| loss(n, "overlaps a longer one", Extent::Whole)).collect();
        losses.push(loss(7, "blanks at its edges were left out", Extent::Part));
        let grouped = Grouped::of(&losses);
        let lines: Vec<_> = grouped.lines().collect();
        assert_eq!(
            lines,
            [
                "2000 mentions are missing: overlaps a longer one: “Talks end”: GPE “Oslo” at 0..3; “Talks end”: GPE “Oslo” at 1..4; \
                 “Talks end”: GPE “Oslo” at 2..5; and 1997 more",
                "1 is changed: blanks at its edges were left out: “Talks end”: GPE “Oslo” at 7..10",
            ]
        );
        assert!(grouped.has_whole());
        // What says its place is one reason at every place.
        let placed: Vec<_> = (0..9).map(|n| loss(n, &format!("stands at {n}..{}, not at 5..1x... or a..b", n * 7), Extent::Part)).collect();
        let mut twice = Grouped::of(&placed);
        twice.join(Grouped::of(&placed));
        let lines: Vec<_> = twice.lines().collect();
        assert!(lines.len() == 1 && lines[0].starts_with("18 are changed: stands at …, not at …x... or a..b: “Talks end”"), "{lines:?}");
        assert_eq!((twice.carried_in_part(), twice.has_whole()), (18, false));
    }

    #[test]
    fn a_report_is_one_json_value_however_many_losses_there_are() {
        for n in [0, 1, 3] {
            let mut file = LossFile::begin(Vec::new(), "conll").unwrap();
            (0..n).for_each(|n| file.add(&loss(n, "why", Extent::Whole)).unwrap());
            let bytes = file.finish(&serde_json::json!({"written": 5})).unwrap();
            let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!((value["losses"].as_array().map(Vec::len), &value["sums"]["written"]), (Some(n), &5.into()));
            if n > 0 {
                let first = &value["losses"][0];
                assert_eq!((&first["title"], &first["start"], &first["extent"]), (&"Talks end".into(), &0.into(), &"whole".into()));
            }
        }
    }
}
