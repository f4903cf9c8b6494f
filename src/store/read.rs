//! From the bytes of a session file to a session.
//!
//! A file that is laid out as `write.rs` does it is cut at the first lines of its articles, and the articles are parsed
//! in parallel, each by `plain.rs` or, where that refuses it, by the library. Any other layout, and any block that does not
//! parse by itself, makes the file be read whole: slower, the same result, and with an error that names the place.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::conflict::conflicts;
use super::form::{ArticleForm, CertificateForm, DismissalForm, EntityForm, PlaceForm, RuleForm, SchemeForm, SessionForm};
use super::head::{format_of, parse_ron};
use super::markers;
use super::plain::parse_plain;
use super::repair::{Place, Repairs, article};
use super::taken::{certificate, dismissal, entity, label, rule};
use super::{FORMAT, Fault, Repair, Saved, SourcePaths};
use crate::annotation::{
    Article, ArticleId, Certificate, Conflict, Dismissal, Entity, EntityId, Label, LabelDef, Scheme, Session, StandingRule, Target,
};
use crate::decide::merge;
use crate::reading::UniqueIds;
use memchr::memmem;
use rayon::prelude::*;

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
    read_with(bytes, paths, &|_, _| {})
}

/// Tells how many articles of how many have been read; called from several threads.
pub(super) type Progress<'p> = &'p (dyn Fn(usize, usize) + Sync);

/// The same, telling how far it has come.
///
/// # Errors
/// As [`read`].
pub(super) fn read_with(bytes: &[u8], paths: &SourcePaths, progress: Progress<'_>) -> Result<Reading, Fault> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::Encoding(error.valid_up_to()))?;
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    if let Some(size) = pointer(text) {
        return Err(Fault::Pointer(size));
    }
    let format = format_of(text).and_then(|format| format.ok_or(Fault::NoSession)).map_err(|fault| markers::named(fault, text))?;
    // The forms of 2 are those of 1 with more fields. One that changes them adds its arm here: parse its own forms, and turn those
    // of 1 into them.
    match format {
        0 => Err(Fault::NoFormat(0)),
        1 | 2 => match parse(text, paths, progress) {
            Ok((saved, repairs)) => Ok(Reading { saved, repairs, format }),
            Err(fault) => Err(markers::named(fault, text)),
        },
        newer => match parse(text, paths, progress) {
            Ok((saved, repairs)) => Ok(Reading { saved, repairs, format }),
            Err(_) => Err(markers::named(Fault::Newer(newer, FORMAT), text)),
        },
    }
}

/// The size of the file that a pointer of git LFS stands for.
fn pointer(text: &str) -> Option<u64> {
    let is_one =
        text.starts_with("version https://git-lfs.github.com/spec/") || text.starts_with("version https://hawser.github.com/spec/");
    is_one.then(|| text.lines().find_map(|line| line.strip_prefix("size ")?.trim().parse().ok()).unwrap_or_default())
}

fn parse(text: &str, paths: &SourcePaths, progress: Progress<'_>) -> Result<(Saved, Vec<Repair>), Fault> {
    let (head, articles) = match parse_blocks(text, paths, progress) {
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
fn parse_blocks(text: &str, paths: &SourcePaths, progress: Progress<'_>) -> Option<(Head, Vec<Parsed>)> {
    let blocks = Blocks::of(text)?;
    let head: Head = parse_ron(&format!("{}],)", blocks.head)).ok()?;
    let (read, total) = (AtomicUsize::new(0), blocks.articles.len());
    let parse = |place: &Place<'_>| {
        let parsed = parse_block(*place, paths);
        let done = read.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(STEP) {
            progress(done, total);
        }
        parsed
    };
    let articles: Option<Vec<Parsed>> = blocks.articles.par_iter().map(parse).collect();
    Some((head, articles?))
}

/// After how many articles it is told how far the reading has come.
const STEP: usize = 64;

fn parse_block(place: Place<'_>, paths: &SourcePaths) -> Option<Parsed> {
    let form: ArticleForm = parse_plain(place.text).or_else(|_| parse_ron(place.text)).ok()?;
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
    for field in head.repeated {
        repairs.note_at(&format!("\n{field}:"), 1, || {
            format!("the field {field} stands twice, as a merge of lines leaves it: it is not needed any more")
        });
    }
    let mut disputed = Vec::new();
    let entities = entities(head.entities, &mut disputed, &mut repairs);
    let rules = rules(head.rules, &mut disputed, &mut repairs);
    let mut repairs = repairs.into_list();
    let mut ids = UniqueIds::default();
    let mut known: BTreeSet<Label> = scheme.labels.iter().map(|def| def.name.clone()).collect();
    let mut list = Vec::with_capacity(articles.len());
    for mut parsed in articles {
        for label in &parsed.labels {
            if known.insert(label.clone()) {
                let what = format!("the scheme does not list the label {label}, which the article uses: it was added to the scheme");
                repairs.push(Repair { line: parsed.line, what });
                scheme.labels.push(LabelDef::plain(label.clone()));
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
    let mut last = Repairs::new(whole);
    disputed.extend(conflicts(head.conflicts, &session, &mut last));
    repairs.extend(last.into_list());
    let session = session.with_conflicts(disputed).with_dismissals(dismissals(head.dismissals));
    let session = session.with_certificates(certificates(head.certificates));
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
    Scheme { name: form.name, labels: form.labels.into_iter().map(label).collect() }
}

fn entities(forms: Vec<EntityForm>, disputed: &mut Vec<Conflict>, repairs: &mut Repairs<'_>) -> Vec<Entity> {
    let mut ids = UniqueIds::default();
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut out: Vec<Entity> = Vec::with_capacity(forms.len());
    for form in forms {
        let mut entity = entity(form);
        let written = entity.id.as_str().to_owned();
        if let Some(twin) = at.get(&written).map(|at| &mut out[*at]).filter(|twin| twin.name == entity.name) {
            let (united, conflict) = merge::one_entity(twin, &entity);
            *twin = united;
            disputed.extend(conflict);
            repairs.note(&written, 1, || {
                format!("the entity {written:?} stands in two lines, as a merge of lines leaves it: they were made one")
            });
            continue;
        }
        entity.id = EntityId(ids.take(&ArticleId::new(&written)).0);
        if entity.id.as_str() != written {
            repairs.note(&written, 1, || format!("a second entity has the id {written:?}: it was renamed {:?}", entity.id.as_str()));
        }
        at.entry(written).or_insert(out.len());
        out.push(entity);
    }
    out
}

/// A merge of lines may leave two of one finding: then what either has seen counts.
fn dismissals(forms: Vec<DismissalForm>) -> Vec<Dismissal> {
    let mut out: BTreeMap<Arc<str>, Dismissal> = BTreeMap::new();
    for dismissal in forms.into_iter().map(dismissal) {
        let joined = out.get(&dismissal.finding).map(|twin| twin.joined(&dismissal)).unwrap_or(dismissal);
        out.insert(joined.finding.clone(), joined);
    }
    out.into_values().collect()
}

/// The same for two of one sample.
fn certificates(forms: Vec<CertificateForm>) -> Vec<Certificate> {
    let mut out: BTreeMap<Arc<str>, Certificate> = BTreeMap::new();
    for certificate in forms.into_iter().map(certificate) {
        let joined = out.get(&certificate.id).map(|twin| twin.joined(&certificate)).unwrap_or(certificate);
        out.insert(joined.id.clone(), joined);
    }
    out.into_values().collect()
}

fn rules(forms: Vec<RuleForm>, disputed: &mut Vec<Conflict>, repairs: &mut Repairs<'_>) -> Vec<StandingRule> {
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut out: Vec<StandingRule> = Vec::with_capacity(forms.len());
    for form in forms {
        let rule = rule(form);
        if let Some(twin) = at.get(&rule.name).map(|at| &mut out[*at]) {
            let (united, conflict) = merge::one_rule(twin, &rule);
            *twin = united;
            disputed.extend(conflict);
            repairs.note(&rule.name, 1, || {
                format!("the rule on {:?} stands in two lines, as a merge of lines leaves it: they were made one", rule.name)
            });
            continue;
        }
        at.insert(rule.name.clone(), out.len());
        out.push(rule);
    }
    out
}
