//! From the bytes of a session file to a session.
//!
//! A file that is laid out as `write.rs` does it is cut at the first lines of its articles, and the articles are parsed
//! in parallel. Any other layout, and any block that does not parse by itself, makes the file be read whole: slower, the
//! same result, and with an error that names the place.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use memchr::memmem;
use rayon::prelude::*;
use ron::extensions::Extensions;
use serde::Deserialize;

use super::form::{ArticleForm, EntityForm, LabelForm, PlaceForm, RuleForm, SchemeForm, SessionForm, VerdictForm};
use super::repair::{Place, Repairs, article};
use super::{FORMAT, Fault, Repair, Saved, SourcePaths};
use crate::annotation::{Article, ArticleId, Entity, EntityId, Label, LabelDef, Scheme, Session, Standing, StandingRule, Target, Verdict};
use crate::reading::UniqueIds;

/// What a file held, and what had to be put right.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    pub saved: Saved,
    /// In the order of the file.
    pub repairs: Vec<Repair>,
    /// The format of the file; newer than [`FORMAT`] means that it must not be overwritten.
    pub format: u32,
}

impl Reading {
    /// Whether the file is of a format that this version reads but must not write over.
    pub fn is_newer(&self) -> bool {
        self.format > FORMAT
    }
}

/// Reads a session file.
///
/// # Errors
/// [`Fault`], which names the line and the remedy. Smaller faults are put right and told in [`Reading::repairs`].
pub fn read(bytes: &[u8], paths: &SourcePaths) -> Result<Reading, Fault> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::Encoding(error.valid_up_to()))?;
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    let format = format_of(text).ok_or(Fault::NoSession)?;
    // A format that comes after 1 adds its arm here: parse its own forms, and turn those of 1 into them.
    match format {
        0 => Err(Fault::NoFormat(0)),
        1 => parse(text, paths).map(|(saved, repairs)| Reading { saved, repairs, format }),
        newer => match parse(text, paths) {
            Ok((saved, repairs)) => Ok(Reading { saved, repairs, format }),
            Err(_) => Err(Fault::Newer(newer, FORMAT)),
        },
    }
}

/// Parses RON as all of Manicule's files are written: `Some(…)` may be left out.
///
/// # Errors
/// [`Fault::Malformed`], with line and column.
pub(super) fn parse_ron<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Fault> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|error| Fault::Malformed {
        line: error.span.start.line,
        column: error.span.start.col,
        what: error.code.to_string(),
    })
}

/// The number in `(format: N`, which stands before everything but blanks, comments and extensions.
fn format_of(text: &str) -> Option<u32> {
    let mut rest = text.trim_start();
    loop {
        rest = if rest.starts_with("#!") {
            rest.split_once(']')?.1
        } else if rest.starts_with("//") {
            rest.split_once('\n')?.1
        } else if rest.starts_with("/*") {
            rest.split_once("*/")?.1
        } else {
            break;
        }
        .trim_start();
    }
    let rest = rest.strip_prefix("Session").unwrap_or(rest).trim_start().strip_prefix('(')?;
    let rest = rest.trim_start().strip_prefix("format")?.trim_start().strip_prefix(':')?.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    rest[..digits].parse().ok()
}

fn parse(text: &str, paths: &SourcePaths) -> Result<(Saved, Vec<Repair>), Fault> {
    let (head, articles) = match parse_blocks(text, paths) {
        Some(parsed) => parsed,
        None => parse_whole(text, paths)?,
    };
    Ok(assemble(head, articles, text))
}

/// An article as one block of the file gave it.
struct Parsed {
    article: Article,
    /// Every label that its mentions have, with the line of the first mention that has it.
    labels: BTreeSet<Label>,
    repairs: Vec<Repair>,
    line: usize,
}

/// Everything but the articles.
type Head = SessionForm;

/// `None` where the file is not laid out in blocks or one of them does not parse.
fn parse_blocks(text: &str, paths: &SourcePaths) -> Option<(Head, Vec<Parsed>)> {
    let blocks = Blocks::of(text)?;
    let head: Head = parse_ron(&format!("{}],)", blocks.head)).ok()?;
    let articles: Option<Vec<Parsed>> = blocks.articles.par_iter().map(|place| parse_block(*place, paths)).collect();
    Some((head, articles?))
}

fn parse_block(place: Place<'_>, paths: &SourcePaths) -> Option<Parsed> {
    let form: ArticleForm = parse_ron(place.text).ok()?;
    Some(parsed(form, place, paths))
}

fn parsed(form: ArticleForm, place: Place<'_>, paths: &SourcePaths) -> Parsed {
    let mut repairs = Repairs::new(place);
    let article = article(form, paths, &mut repairs);
    let labels = article.mentions.iter().map(|mention| mention.label.clone()).collect();
    Parsed { article, labels, line: place.line, repairs: repairs.into_list() }
}

fn parse_whole(text: &str, paths: &SourcePaths) -> Result<(Head, Vec<Parsed>), Fault> {
    let mut head: Head = parse_ron(text)?;
    let mut rest = Place { text, line: 1 };
    let mut articles = Vec::with_capacity(head.articles.len());
    let mut misses = 0;
    for form in std::mem::take(&mut head.articles) {
        // An id written with escapes is not found, and each search for one goes to the end of the file.
        if misses < MAX_MISSES {
            let next = rest.after_quote().skip_to(&form.article);
            misses += usize::from(next.text.len() == rest.after_quote().text.len());
            rest = next;
        }
        articles.push(parsed(form, rest, paths));
    }
    Ok((head, articles))
}

/// How many articles are looked for in vain before their lines are no longer told.
const MAX_MISSES: usize = 100;

/// A file cut at the first lines of its articles.
struct Blocks<'t> {
    head: &'t str,
    articles: Vec<Place<'t>>,
}

/// How the first line of every article begins.
const FIRST_LINE: &str = "\n(article: \"";

impl<'t> Blocks<'t> {
    /// `None` where the file does not end as one laid out in blocks, or has no article.
    fn of(text: &'t str) -> Option<Self> {
        let body = strip_lines(text.trim_end(), &["],", ")"])?;
        let starts: Vec<usize> = memmem::find_iter(body.as_bytes(), FIRST_LINE).map(|at| at + 1).collect();
        let head = &body[..*starts.first()?];
        let mut line = 1 + line_ends(head);
        let ends = starts.iter().skip(1).copied().chain([body.len()]);
        let cut = starts.iter().zip(ends).try_fold(Vec::with_capacity(starts.len()), |mut articles, (&start, end)| {
            let block = &body[start..end];
            let Some(inner) = strip_lines(block.trim_end(), &["),"]) else {
                return ControlFlow::Break(());
            };
            articles.push(Place { text: &block[..inner.len() + block[inner.len()..].find(')').unwrap_or(0) + 1], line });
            line += line_ends(block);
            ControlFlow::Continue(articles)
        });
        match cut {
            ControlFlow::Continue(articles) => Some(Self { head, articles }),
            ControlFlow::Break(()) => None,
        }
    }
}

/// `text` without the given last lines, whatever its line ends.
fn strip_lines<'t>(text: &'t str, lines: &[&str]) -> Option<&'t str> {
    lines.iter().rev().try_fold(text, |text, line| {
        let text = text.strip_suffix(line)?.strip_suffix('\n')?;
        Some(text.strip_suffix('\r').unwrap_or(text))
    })
}

fn line_ends(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

fn assemble(head: Head, articles: Vec<Parsed>, text: &str) -> (Saved, Vec<Repair>) {
    let whole = Place { text, line: 1 };
    let mut repairs = Repairs::new(whole);
    let mut scheme = scheme(head.scheme);
    let entities = entities(head.entities, &mut repairs);
    let rules = head.rules.into_iter().map(rule).collect();
    let mut repairs = repairs.into_list();
    let mut ids = UniqueIds::default();
    let mut known: BTreeSet<Label> = scheme.labels.iter().map(|def| def.name.clone()).collect();
    let mut list = Vec::with_capacity(articles.len());
    for mut parsed in articles {
        for label in &parsed.labels {
            if known.insert(label.clone()) {
                let what = format!("the scheme does not list the label {label}, which the article uses: it was added to the scheme");
                repairs.push(Repair { line: parsed.line, what });
                scheme.labels.push(unknown_label(label));
            }
        }
        let id = ids.take(&parsed.article.id);
        if id != parsed.article.id {
            let what = format!("a second article has the id {:?}: it was renamed {:?}", parsed.article.id.as_str(), id.as_str());
            repairs.push(Repair { line: parsed.line, what });
            parsed.article.id = id;
        }
        repairs.append(&mut parsed.repairs);
        list.push(Arc::new(parsed.article));
    }
    // Ids were made unique above, so nothing is left over.
    let (session, _) = Session::from_parts(scheme, list, entities, rules);
    let place = head.place.and_then(|form| place(form, &session));
    (Saved { session, place, analyst: head.analyst }, repairs)
}

fn place(form: PlaceForm, session: &Session) -> Option<Target> {
    let article = ArticleId::new(&form.article);
    let mention = form.mention.and_then(|id| id.parse().ok());
    let mention = mention.filter(|id| session.mention(&article, *id).is_some());
    session.article(&article).is_some().then_some(Target { article, mention })
}

pub(super) fn scheme(form: SchemeForm) -> Scheme {
    let label = |form: LabelForm| LabelDef {
        name: Label::new(&form.name),
        key: form.key,
        colour: form.colour,
        guideline: form.guideline,
        details: form.details,
        conll: form.conll,
        nests: form.nests,
        standing: form.standing.map_or(Standing::On, Into::into),
    };
    Scheme { name: form.name, labels: form.labels.into_iter().map(label).collect() }
}

fn unknown_label(label: &Label) -> LabelDef {
    LabelDef {
        name: label.clone(),
        key: None,
        colour: "#515D6B".to_owned(),
        guideline: String::new(),
        details: String::new(),
        conll: None,
        nests: false,
        standing: Standing::On,
    }
}

fn entities(forms: Vec<EntityForm>, repairs: &mut Repairs<'_>) -> Vec<Entity> {
    let mut ids = UniqueIds::default();
    let mut out = Vec::with_capacity(forms.len());
    for form in forms {
        let id = EntityId(ids.take(&ArticleId::new(&form.id)).0);
        if id.as_str() != form.id {
            repairs.note(&form.id, 1, || format!("a second entity has the id {:?}: it was renamed {:?}", form.id, id.as_str()));
        }
        out.push(Entity { id, name: form.name, label: Label::new(&form.label), aliases: form.aliases, kb: form.kb, note: form.note });
    }
    out
}

fn rule(form: RuleForm) -> StandingRule {
    let verdict = match form.verdict {
        VerdictForm::Always(label) => Verdict::Always(Label::new(&label)),
        VerdictForm::Never => Verdict::Never,
    };
    StandingRule { name: form.name, verdict, off: form.off, note: form.note, by: form.by.into(), at: form.at }
}
