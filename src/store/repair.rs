//! One article of a session file, from its shape to the core's type, with everything put right that can be.
//!
//! A hand or a merge may have touched the file. A mention whose span no longer covers its quote is looked for by the
//! quote; what cannot be placed is left out and told, and the first save after that keeps the file as it was.

use std::collections::BTreeMap;

use memchr::memmem;

use super::form::{ArticleForm, ExtraForm, MentionForm, SourceForm, ZoneForm};
use super::write::{QUOTE_POINTS, quote};
use super::{Repair, SourcePaths};
use crate::annotation::{
    Article, ArticleId, Desk, EntityId, Extra, First, FreshIds, Label, Mention, MentionId, Meta, Progress, Score, Source, State, Zone,
};
use crate::text::{Offsets, Span, Unit};

/// A part of the file and the number of its first line.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub text: &'t str,
    /// 1-based.
    pub line: usize,
}

impl<'t> Place<'t> {
    /// The rest of the part from the first string `id` on; all of it where there is none.
    pub fn skip_to(self, id: &str) -> Self {
        let Some(at) = memmem::find(self.text.as_bytes(), format!("\"{id}\"").as_bytes()) else {
            return self;
        };
        Self { text: &self.text[at..], line: self.line + line_ends(&self.text[..at]) }
    }

    /// Without the quotation mark that it begins with, so that the next search finds another place.
    pub fn after_quote(self) -> Self {
        Self { text: self.text.strip_prefix('"').unwrap_or(self.text), ..self }
    }

    /// The line of the `n`-th (from 0) string `id`; that of the part where there is none.
    fn line_of(self, id: &str, n: usize) -> usize {
        let needle = format!("\"{id}\"");
        let found = memmem::find_iter(self.text.as_bytes(), needle.as_bytes()).nth(n);
        self.line + found.map_or(0, |at| line_ends(&self.text[..at]))
    }
}

fn line_ends(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// How many repairs of one article are told singly, and how many lost mentions are looked for. Each costs a pass over the
/// article, so that a file full of faults would otherwise take time quadratic in its size.
const MAX_TOLD: usize = 100;

/// Collects what was put right in one part of the file.
pub(super) struct Repairs<'t> {
    place: Place<'t>,
    list: Vec<Repair>,
    untold: usize,
}

impl<'t> Repairs<'t> {
    pub fn new(place: Place<'t>) -> Self {
        Self { place, list: Vec::new(), untold: 0 }
    }

    /// Notes a repair on the line that holds the `n`-th (from 0) string `id`.
    pub fn note(&mut self, id: &str, n: usize, what: impl FnOnce() -> String) {
        if self.is_full() {
            self.untold += 1;
            return;
        }
        let line = self.place.line_of(id, n);
        self.list.push(Repair { line, what: what() });
    }

    fn is_full(&self) -> bool {
        self.list.len() >= MAX_TOLD
    }

    pub fn into_list(mut self) -> Vec<Repair> {
        if self.untold > 0 {
            let what = format!("{} more places of this part were put right in the same way or left out", self.untold);
            self.list.push(Repair { line: self.place.line, what });
        }
        self.list
    }
}

pub(super) fn article(form: ArticleForm, paths: &SourcePaths, repairs: &mut Repairs<'_>) -> Article {
    let text: String = form.text.concat();
    let offsets = Offsets::new(&text);
    let zones = zones(&form.zones, &offsets, &form.article, repairs);
    let id = ArticleId::new(&form.article);
    let mentions = Mentions { article: &id, text: &text, offsets: &offsets, labels: BTreeMap::new(), taken: FreshIds::default(), repairs };
    let mentions = mentions.read(form.mentions);
    let meta = Meta {
        title: form.meta.title,
        byline: form.meta.byline,
        outlet: form.meta.outlet,
        published: form.meta.published,
        language: form.meta.language,
        url: form.meta.url,
    };
    let desk = Desk {
        progress: form.desk.progress.map_or(Progress::Open, Into::into),
        flagged: form.desk.flagged,
        tags: form.desk.tags,
        note: form.desk.note,
    };
    let source = form.source.map(|source| self::source(source, paths));
    Article { id, meta, source, zones, desk, mentions, extras: extras(form.extras), text: text.into() }
}

fn source(form: SourceForm, paths: &SourcePaths) -> Source {
    Source { path: paths.inward(&form.path).into_owned(), size: form.size, digest: form.digest, encoding: form.encoding }
}

fn extras(forms: Vec<ExtraForm>) -> Vec<Extra> {
    forms.into_iter().map(|form| Extra { format: form.format, key: form.key, value: form.value }).collect()
}

fn zones(forms: &[ZoneForm], offsets: &Offsets<'_>, article: &str, repairs: &mut Repairs<'_>) -> Vec<Zone> {
    let zone = |form: &ZoneForm| {
        let span = offsets.span_from(form.span.0, form.span.1, Unit::CodePoints).filter(|span| !span.is_empty());
        span.map(|span| Zone { span, kind: form.kind.into() })
    };
    let mut zones: Vec<Zone> = forms.iter().filter_map(zone).collect();
    zones.sort_by_key(|zone| zone.span);
    let mut end = 0;
    zones.retain(|zone| {
        let is_free = zone.span.start >= end;
        if is_free {
            end = zone.span.end;
        }
        is_free
    });
    let lost = forms.len() - zones.len();
    if lost > 0 {
        repairs.note(article, 0, || format!("{lost} zones of the article lie outside its text or in another zone: they were left out"));
    }
    zones
}

/// Reads the mentions of one article.
struct Mentions<'a, 't, 'r> {
    article: &'a ArticleId,
    text: &'a str,
    offsets: &'a Offsets<'a>,
    /// A label is named once per article in memory.
    labels: BTreeMap<String, Label>,
    taken: FreshIds,
    repairs: &'r mut Repairs<'t>,
}

impl Mentions<'_, '_, '_> {
    fn read(mut self, forms: Vec<MentionForm>) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = forms.into_iter().filter_map(|form| self.mention(form)).collect();
        mentions.sort_by(Mention::reading_order);
        mentions
    }

    fn mention(&mut self, form: MentionForm) -> Option<Mention> {
        let span = self.span(&form)?;
        let label = self.label(&form.label);
        let id = self.id(&form.id, span, &label);
        let first = form.first.as_ref().and_then(|first| {
            let span = self.offsets.span_from(first.span.0, first.span.1, Unit::CodePoints)?;
            Some(First { span, label: self.label(&first.label) })
        });
        if form.first.is_some() && first.is_none() {
            self.repairs.note(&form.id, 0, || format!("the first span of mention {} lies outside the text: it was left out", form.id));
        }
        if form.score.is_some_and(|score| !(0.0..=1.0).contains(&score)) {
            self.repairs.note(&form.id, 0, || format!("the score of mention {} lies outside 0 to 1: the nearest was taken", form.id));
        }
        Some(Mention {
            id,
            span,
            label,
            state: form.state.map_or(State::Suggested, Into::into),
            how: form.how.map(Into::into),
            origin: form.origin,
            score: form.score.map(Score::from_ratio),
            first,
            entity: form.entity.as_deref().map(EntityId::new),
            value: form.value.map(Into::into),
            note: form.note.map(Into::into),
            by: form.by.map(Into::into),
            at: form.at,
            extras: extras(form.extras),
            rivals: Vec::new(),
        })
    }

    fn label(&mut self, name: &str) -> Label {
        if let Some(label) = self.labels.get(name) {
            return label.clone();
        }
        let label = Label::new(name);
        self.labels.insert(name.to_owned(), label.clone());
        label
    }

    fn id(&mut self, written: &str, span: Span, label: &Label) -> MentionId {
        let parsed: Option<MentionId> = written.parse().ok();
        let wanted = parsed.unwrap_or_else(|| MentionId::of(self.article, span, label));
        let id = self.taken.take(wanted);
        if parsed == Some(id) {
            return id;
        }
        let (n, fault) = if parsed.is_some() { (1, "is used twice") } else { (0, "is no mention id") };
        self.repairs.note(written, n, || format!("{written:?} {fault}: the mention was given the id {id}"));
        id
    }

    /// The span of a mention, mended by its quote where it does not fit. `None` leaves the mention out.
    fn span(&mut self, form: &MentionForm) -> Option<Span> {
        let (start, end) = form.span;
        let span = self.offsets.span_from(start, end, Unit::CodePoints).filter(|span| !span.is_empty());
        let covers = |span: &Span| form.quote.is_empty() || span.of(self.text).is_some_and(|words| quote(words) == form.quote);
        if let Some(span) = span.filter(covers) {
            return Some(span);
        }
        let fault = match span {
            Some(_) => format!("the span ({start}, {end}) does not cover {:?}", form.quote),
            None => format!("the span ({start}, {end}) does not lie in the text of {} code points", self.offsets.len(Unit::CodePoints)),
        };
        let found = if self.repairs.is_full() { None } else { self.find(form) };
        let (id, label) = (&form.id, &form.label);
        match found {
            Some(found) => {
                let (start, end) = self.offsets.span_to(found, Unit::CodePoints);
                self.repairs.note(id, 0, || format!("{fault}: mention {id} was put where its quote stands, at ({start}, {end})"));
            }
            None => self.repairs.note(id, 0, || {
                format!("{fault}, nor does its quote stand in it: mention {id} ({label}) was left out; correct its span in the file, or add it again")
            }),
        }
        found
    }

    /// The place of the quote nearest to where the mention was.
    fn find(&self, form: &MentionForm) -> Option<Span> {
        if form.quote.is_empty() {
            return None;
        }
        let near = self.offsets.to_byte(form.span.0, Unit::CodePoints).unwrap_or(self.text.len());
        let places = memmem::find_iter(self.text.as_bytes(), form.quote.as_bytes());
        let start = places.min_by_key(|at| at.abs_diff(near))?;
        let is_cut = quote(&form.quote).len() == form.quote.len() && form.quote.chars().count() >= QUOTE_POINTS;
        if !is_cut {
            return Some(Span::new(start, start + form.quote.len()));
        }
        let from = self.offsets.from_byte(start, Unit::CodePoints);
        self.offsets.span_from(from, from.checked_add(form.span.1.checked_sub(form.span.0)?)?, Unit::CodePoints)
    }
}
