//! One article of a session file, from its shape to the core's type, with everything put right that can be.
//!
//! A hand or a merge may have touched the file. A mention whose span no longer covers its quote is looked for by the
//! quote; what cannot be placed is left out and told, and the first save after that keeps the file as it was.

use std::collections::{BTreeMap, HashMap};

use memchr::memmem;

use super::form::{ArticleForm, DeskForm, ExtraForm, MentionForm, MetaForm, RivalForm, SourceForm, ZoneForm};
use super::write::{QUOTE_POINTS, quote};
use super::{Repair, SourcePaths};
use crate::annotation::{
    Article, ArticleId, Desk, EntityId, Extra, First, FreshIds, Label, Mention, MentionId, Meta, Progress, Rival, Score, Source, State,
    Zone,
};
use crate::decide::merge;
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

    /// The line in which the `n`-th (from 0) of these words end; that of the part where there are none.
    fn line_of(self, words: &str, n: usize) -> usize {
        let found = memmem::find_iter(self.text.as_bytes(), words.as_bytes()).nth(n);
        self.line + found.map_or(0, |at| line_ends(&self.text[..at + words.len()]))
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
        self.note_at(&format!("\"{id}\""), n, what);
    }

    /// Notes a repair on the line in which the `n`-th (from 0) of these words end.
    pub fn note_at(&mut self, words: &str, n: usize, what: impl FnOnce() -> String) {
        if self.is_full() {
            self.untold += 1;
            return;
        }
        let line = self.place.line_of(words, n);
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
    let source = form.source.map(|source| self::source(source, paths));
    let (meta, desk) = (meta(form.meta), desk(form.desk));
    Article { id, meta, source, zones, desk, mentions, extras: extras(form.extras), text: text.into() }
}

pub(super) fn meta(form: MetaForm) -> Meta {
    let MetaForm { title, byline, outlet, published, language, url } = form;
    Meta { title, byline, outlet, published, language, url }
}

pub(super) fn desk(form: DeskForm) -> Desk {
    let progress = form.progress.map_or(Progress::Open, Into::into);
    Desk { progress, flagged: form.flagged, tags: form.tags, note: form.note }
}

/// One mention of an article that is there already.
pub(super) fn mention(form: MentionForm, article: &Article, repairs: &mut Repairs<'_>) -> Option<Mention> {
    let offsets = Offsets::new(&article.text);
    let mentions = Mentions {
        article: &article.id,
        text: &article.text,
        offsets: &offsets,
        labels: BTreeMap::new(),
        taken: FreshIds::default(),
        repairs,
    };
    mentions.read(vec![form]).pop()
}

fn source(form: SourceForm, paths: &SourcePaths) -> Source {
    let SourceForm { path, size, digest, encoding, number } = form;
    Source { path: paths.inward(&path).into_owned(), size, digest, encoding, number }
}

fn extras(forms: Vec<ExtraForm>) -> Vec<Extra> {
    forms.into_iter().map(|form| Extra { format: form.format, key: form.key, value: form.value }).collect()
}

pub(super) fn zones(forms: &[ZoneForm], offsets: &Offsets<'_>, article: &str, repairs: &mut Repairs<'_>) -> Vec<Zone> {
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
        let mut at: HashMap<MentionId, usize> = HashMap::with_capacity(forms.len());
        let mut mentions: Vec<Mention> = Vec::with_capacity(forms.len());
        for form in forms {
            let Some((written, mut mention)) = self.mention(form) else { continue };
            let parsed: Option<MentionId> = written.parse().ok();
            let twin = parsed.and_then(|id| at.get(&id)).map(|at| &mut mentions[*at]);
            match (twin, parsed) {
                (Some(twin), Some(id)) if is_one(twin, &mention) => self.unite(twin, &mention, id),
                _ => {
                    mention.id = self.id(parsed, &mention, &written);
                    at.entry(mention.id).or_insert(mentions.len());
                    mentions.push(mention);
                }
            }
        }
        mentions.sort_by(Mention::reading_order);
        mentions
    }

    /// Two lines of one mention: what a merge of lines leaves where two people worked on neighbours.
    fn unite(&mut self, twin: &mut Mention, other: &Mention, id: MentionId) {
        let united = merge::one_mention(twin, other);
        let how = match (twin.is_settled(), other.is_settled()) {
            _ if united.rivals.len() > twin.rivals.len().max(other.rivals.len()) => "both are kept until one is chosen in the window",
            (true, false) | (false, true) => "the settled one was kept",
            _ => "they were made one",
        };
        let what = format!("the mention {id} stands in two lines, as a merge of lines leaves it: {how}");
        self.repairs.note(&id.to_string(), 1, || what);
        *twin = united;
    }

    /// A mention that waits for its id, and the id as it is written.
    fn mention(&mut self, form: MentionForm) -> Option<(String, Mention)> {
        let span = self.span(&form)?;
        let label = self.label(&form.label);
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
        let rivals = form.rivals.into_iter().map(|rival| self.rival(rival, &form.id, span, &label)).collect();
        let mention = Mention {
            id: MentionId::LEAST,
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
            rivals,
        };
        Some((form.id, mention))
    }

    fn rival(&mut self, form: RivalForm, id: &str, span: Span, label: &Label) -> Rival {
        let written = form.span.map(|(start, end)| self.offsets.span_from(start, end, Unit::CodePoints).filter(|span| !span.is_empty()));
        if written == Some(None) {
            self.repairs
                .note(id, 0, || format!("the other verdict on mention {id} has a span outside the text: that of the mention was taken"));
        }
        Rival {
            state: form.state.into(),
            span: written.flatten().unwrap_or(span),
            label: form.label.map_or_else(|| label.clone(), |label| self.label(&label)),
            entity: form.entity.as_deref().map(EntityId::new),
            how: form.how.map(Into::into),
            by: form.by.map(Into::into),
            at: form.at,
        }
    }

    fn label(&mut self, name: &str) -> Label {
        if let Some(label) = self.labels.get(name) {
            return label.clone();
        }
        let label = Label::new(name);
        self.labels.insert(name.to_owned(), label.clone());
        label
    }

    fn id(&mut self, parsed: Option<MentionId>, mention: &Mention, written: &str) -> MentionId {
        let id = self.taken.take(parsed.unwrap_or_else(|| MentionId::of(self.article, mention.span, &mention.label)));
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

/// Whether two lines with one id speak of one mention. Two suggestions of different words or labels are two; so are
/// mentions that stand apart: somebody copied the line.
fn is_one(a: &Mention, b: &Mention) -> bool {
    let is_same = a.span == b.span && a.label == b.label;
    is_same || a.span.overlaps(b.span) && (a.is_settled() || b.is_settled())
}
