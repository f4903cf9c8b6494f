//! A session as the text of its file: canonical order, one mention a line, every default left out.
//!
//! Written by hand rather than by RON's pretty printer, because the layout is a promise: git diffs and merges it by
//! decision, and `read.rs` parses articles in parallel by their first lines. What is written here is plain RON; a test
//! reads it back through the library.

use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;

use super::form::{HowForm, ProgressForm, StandingForm, StateForm, ZoneKindForm};
use super::{FORMAT, Saved, SourcePaths};
use crate::annotation::{
    Answer, Article, ArticleId, Certificate, Conflict, Decided, Desk, Dismissal, Entity, Extra, How, Item, Label, LabelDef, Mention, Meta,
    Origin, Progress, Rival, Scheme, Session, Source, Standing, StandingRule, State, Stratum, Time, Verdict, Zone,
};
use crate::text::{Offsets, Span, Unit};

/// How many code points of a mention stand in its line; enough to find it again, and never a whole article.
pub(super) const QUOTE_POINTS: usize = 100;

/// The whole file. The same work gives the same bytes.
pub fn write(saved: &Saved, paths: &SourcePaths) -> String {
    let mut out = String::from("#![enable(implicit_some)]\n(\n");
    out.push_str(&format!("format: {},\n", format_for(&saved.session)));
    out.push_str("scheme: ");
    out.push_str(&scheme(saved.session.scheme()));
    out.push_str(",\nentities: [\n");
    saved.session.entities().values().for_each(|entity| push_line(&mut out, 1, &entity_line(entity)));
    out.push_str("],\nrules: [\n");
    saved.session.rules().iter().for_each(|rule| push_line(&mut out, 1, &rule_line(rule)));
    if !saved.session.conflicts().is_empty() {
        out.push_str("],\nconflicts: [\n");
        saved.session.conflicts().iter().for_each(|conflict| push_line(&mut out, 1, &conflict_line(conflict, &saved.session)));
    }
    if !saved.session.dismissals().is_empty() {
        out.push_str("],\ndismissals: [\n");
        saved.session.dismissals().values().for_each(|dismissal| push_line(&mut out, 1, &dismissal_line(dismissal)));
    }
    if !saved.session.certificates().is_empty() {
        out.push_str("],\ncertificates: [\n");
        saved.session.certificates().values().for_each(|certificate| out.push_str(&certificate_block(certificate)));
    }
    out.push_str("],\narticles: [\n");
    let blocks: Vec<String> = saved.session.articles().par_iter().map(|article| article_block(article, paths)).collect();
    out.reserve(blocks.iter().map(String::len).sum::<usize>() + 8);
    blocks.iter().for_each(|block| out.push_str(block));
    out.push_str("],\n)\n");
    out
}

/// The oldest format that has a place for all of a session.
fn format_for(session: &Session) -> u32 {
    let is_new = |mention: &Mention| mention.how == Some(How::Transferred) || matches!(mention.origin, Origin::Learned(_));
    let holds_more = !session.dismissals().is_empty()
        || !session.certificates().is_empty()
        || session.articles().iter().any(|article| article.mentions.iter().any(is_new));
    if holds_more { FORMAT } else { 1 }
}

/// A scheme as it stands in a session file and in a file of its own.
pub(super) fn scheme(scheme: &Scheme) -> String {
    let mut out = format!("(\n    name: {},\n    labels: [\n", quoted(&scheme.name));
    scheme.labels.iter().for_each(|def| push_line(&mut out, 2, &label_line(def)));
    out.push_str("    ],\n)");
    out
}

fn article_block(article: &Article, paths: &SourcePaths) -> String {
    let mut out = String::with_capacity(article.text.len() + article.mentions.len() * 180 + 500);
    let offsets = Offsets::new(&article.text);
    let _ = writeln!(out, "(article: {},", quoted(article.id.as_str()));
    if article.meta != Meta::default() {
        push_line(&mut out, 1, &format!("meta: {}", meta_line(&article.meta)));
    }
    if let Some(source) = &article.source {
        push_line(&mut out, 1, &format!("source: {}", source_line(source, paths)));
    }
    if article.desk != Desk::default() {
        push_line(&mut out, 1, &format!("desk: {}", desk_line(&article.desk)));
    }
    push_list(&mut out, "extras", article.extras.iter().map(extra_line));
    push_list(&mut out, "zones", article.zones.iter().map(|zone| zone_line(zone, &offsets)));
    out.push_str("    text: [\n");
    for piece in article.text.split_inclusive('\n') {
        out.push_str("        ");
        push_quoted(&mut out, piece);
        out.push_str(",\n");
    }
    out.push_str("    ],\n");
    push_list(&mut out, "mentions", article.mentions.iter().map(|mention| mention_line(mention, article, &offsets)));
    out.push_str("),\n");
    out
}

fn mention_line(mention: &Mention, article: &Article, offsets: &Offsets<'_>) -> String {
    let mut record = Record::new()
        .text("id", &mention.id.to_string())
        .raw("span", &span_words(offsets, mention.span))
        .text("label", mention.label.as_str())
        .text("quote", quote(article.quote(mention.span)));
    if mention.state != State::Suggested {
        record = record.raw("state", StateForm::word(mention.state));
    }
    if let Some(how) = mention.how {
        record = record.raw("how", HowForm::word(how));
    }
    record = record.text("origin", &mention.origin.to_string());
    if let Some(score) = mention.score {
        record = record.raw("score", &score.ratio().to_string());
    }
    if let Some(first) = &mention.first {
        let first = Record::new().raw("span", &span_words(offsets, first.span)).text("label", first.label.as_str()).end();
        record = record.raw("first", &first);
    }
    record
        .text_if("entity", mention.entity.as_ref().map(|entity| entity.as_str()))
        .text_if("value", mention.value.as_deref())
        .text_if("note", mention.note.as_deref())
        .text_if("by", mention.by.as_deref())
        .text_if("at", mention.at.map(|at| at.to_string()).as_deref())
        .records("extras", mention.extras.iter().map(extra_line))
        .records("rivals", mention.rivals.iter().map(|rival| rival_line(rival, mention, offsets)))
        .end()
}

fn rival_line(rival: &Rival, mention: &Mention, offsets: &Offsets<'_>) -> String {
    let mut record = Record::new().raw("state", StateForm::word(rival.state));
    if rival.span != mention.span {
        record = record.raw("span", &span_words(offsets, rival.span));
    }
    record = record
        .text_if("label", Some(rival.label.as_str()).filter(|_| rival.label != mention.label))
        .text_if("entity", rival.entity.as_ref().map(|entity| entity.as_str()));
    if let Some(how) = rival.how {
        record = record.raw("how", HowForm::word(how));
    }
    record.text_if("by", rival.by.as_deref()).text_if("at", rival.at.map(|at| at.to_string()).as_deref()).end()
}

fn zone_line(zone: &Zone, offsets: &Offsets<'_>) -> String {
    Record::new().raw("span", &span_words(offsets, zone.span)).raw("kind", ZoneKindForm::word(zone.kind)).end()
}

/// A conflict as a RON variant. Its places are those of the article as it stands.
fn conflict_line(conflict: &Conflict, session: &Session) -> String {
    let of = |id: &ArticleId| session.article(id).map_or_else(|| Arc::new(Article::new(id.clone(), "")), Arc::clone);
    let about = |id: &ArticleId, other: String| Record::new().text("article", id.as_str()).raw("other", &other).end();
    let either = |record: Record, other: Option<String>| match other {
        Some(other) => record.raw("other", &other).end(),
        None => record.end(),
    };
    match conflict {
        Conflict::Removed(article) => format!("removed({})", quoted(article.as_str())),
        Conflict::Text { article, other } => format!("text{}", about(article, quoted(other.as_str()))),
        Conflict::Meta { article, other } => format!("meta{}", about(article, meta_line(other))),
        Conflict::Zones { article, other } => {
            let found = of(article);
            let offsets = Offsets::new(&found.text);
            let zones: Vec<String> = other.iter().map(|zone| zone_line(zone, &offsets)).collect();
            format!("zones{}", about(article, format!("[{}]", zones.join(", "))))
        }
        Conflict::Desk { article, other } => format!("desk{}", about(article, desk_line(other))),
        Conflict::Mention { article, other } => {
            let found = of(article);
            format!("mention{}", about(article, mention_line(other, &found, &Offsets::new(&found.text))))
        }
        Conflict::Label { label, other } => {
            format!("label{}", either(Record::new().text("label", label.as_str()), other.as_ref().map(label_line)))
        }
        Conflict::Entity { id, other } => {
            format!("entity{}", either(Record::new().text("id", id.as_str()), other.as_ref().map(entity_line)))
        }
        Conflict::Rule { name, other } => format!("rule{}", either(Record::new().text("name", name), other.as_ref().map(rule_line))),
    }
}

/// The part of a mention's words that stands in its line.
pub(super) fn quote(words: &str) -> &str {
    words.char_indices().nth(QUOTE_POINTS).map_or(words, |(at, _)| &words[..at])
}

fn label_line(def: &LabelDef) -> String {
    let mut record = Record::new().text("name", def.name.as_str());
    if let Some(key) = def.key {
        record = record.raw("key", &char_literal(key));
    }
    record = record
        .text("colour", &def.colour)
        .text_unless_empty("guideline", &def.guideline)
        .text_unless_empty("details", &def.details)
        .text_if("conll", def.conll.as_deref())
        .flag("nests", def.nests)
        .flag("absolute_only", def.absolute_only);
    if def.standing != Standing::On {
        record = record.raw("standing", StandingForm::word(def.standing));
    }
    record.end()
}

fn entity_line(entity: &Entity) -> String {
    Record::new()
        .text("id", entity.id.as_str())
        .text("name", &entity.name)
        .text("label", entity.label.as_str())
        .records("aliases", entity.aliases.iter().map(|alias| quoted(alias)))
        .text_if("kb", entity.kb.as_deref())
        .text_unless_empty("note", &entity.note)
        .end()
}

fn rule_line(rule: &StandingRule) -> String {
    let verdict = match &rule.verdict {
        Verdict::Always(label) => format!("always({})", quoted(label.as_str())),
        Verdict::Never => "never".to_owned(),
    };
    let mut record = Record::new().text("name", &rule.name).raw("verdict", &verdict).flag("off", rule.off);
    record = record.text_unless_empty("note", &rule.note).text_unless_empty("by", &rule.by);
    if rule.at != Time::default() {
        record = record.text("at", &rule.at.to_string());
    }
    record.end()
}

fn dismissal_line(dismissal: &Dismissal) -> String {
    let places: Vec<String> = dismissal.places.iter().map(ToString::to_string).collect();
    let record = Record::new()
        .text("finding", &dismissal.finding)
        .text_unless_empty("words", &dismissal.words)
        .text_unless_empty("places", &places.join(" "))
        .text_unless_empty("by", &dismissal.by);
    let at = Some(dismissal.at).filter(|at| *at != Time::default());
    record.text_if("at", at.map(|at| at.to_string()).as_deref()).end()
}

/// A certificate with its questions, one a line.
fn certificate_block(certificate: &Certificate) -> String {
    let record = Record::new()
        .text("id", &certificate.id)
        .raw("seed", &certificate.seed.to_string())
        .raw("articles", &certificate.articles.to_string())
        .raw("sentences", &certificate.sentences.to_string())
        .text_unless_empty("by", &certificate.by);
    let at = Some(certificate.at).filter(|at| *at != Time::default());
    let head = record.text_if("at", at.map(|at| at.to_string()).as_deref()).end();
    let mut out = format!("    {}, strata: [\n", head.trim_end_matches(')'));
    for Stratum { label, how, size } in &certificate.strata {
        let record = Record::new().text_if("label", label.as_ref().map(Label::as_str));
        push_line(&mut out, 2, &record.raw("how", HowForm::word(*how)).raw("size", &size.to_string()).end());
    }
    out.push_str("    ], items: [\n");
    certificate.items.iter().for_each(|item| push_line(&mut out, 2, &item_line(item)));
    out.push_str("    ]),\n");
    out
}

fn item_line(item: &Item) -> String {
    let labels = |labels: &[Label]| format!("[{}]", labels.iter().map(|label| quoted(label.as_str())).collect::<Vec<_>>().join(", "));
    let record = Record::new()
        .text("article", item.article.as_str())
        .raw("span", &format!("({}, {})", item.points.0, item.points.1))
        .text("mark", &item.mark.to_string());
    let record = match &item.decided {
        Decided::Mention { label, how } => record.text_if("label", label.as_ref().map(Label::as_str)).raw("how", HowForm::word(*how)),
        Decided::Sentence(names) => record.raw("names", &labels(names)),
    };
    match &item.answer {
        None => record,
        Some(Answer::Label(label)) => record.raw("answer", &format!("label({})", quoted(label.as_str()))),
        Some(Answer::Nothing) => record.raw("answer", "nothing"),
        Some(Answer::Edges) => record.raw("answer", "edges"),
        Some(Answer::Names(names)) => record.raw("answer", &format!("names({})", labels(names))),
    }
    .end()
}

fn meta_line(meta: &Meta) -> String {
    Record::new()
        .text_if("title", meta.title.as_deref())
        .text_if("byline", meta.byline.as_deref())
        .text_if("outlet", meta.outlet.as_deref())
        .text_if("published", meta.published.as_deref())
        .text_if("language", meta.language.as_deref())
        .text_if("url", meta.url.as_deref())
        .end()
}

fn source_line(source: &Source, paths: &SourcePaths) -> String {
    let record = Record::new()
        .text("path", &paths.outward(&source.path))
        .raw("size", &source.size.to_string())
        .text("digest", &source.digest.to_string())
        .text("encoding", &source.encoding);
    if source.number == 0 { record } else { record.raw("number", &source.number.to_string()) }.end()
}

fn desk_line(desk: &Desk) -> String {
    let mut record = Record::new();
    if desk.progress != Progress::Open {
        record = record.raw("progress", ProgressForm::word(desk.progress));
    }
    record
        .flag("flagged", desk.flagged)
        .records("tags", desk.tags.iter().map(|tag| quoted(tag)))
        .text_unless_empty("note", &desk.note)
        .end()
}

fn extra_line(extra: &Extra) -> String {
    Record::new().text("format", &extra.format).text("key", &extra.key).text("value", &extra.value).end()
}

/// In code points, as every border of the program but the journal counts.
fn span_words(offsets: &Offsets<'_>, span: Span) -> String {
    let (start, end) = offsets.span_to(span, Unit::CodePoints);
    format!("({start}, {end})")
}

fn push_line(out: &mut String, depth: usize, line: &str) {
    (0..depth).for_each(|_| out.push_str("    "));
    out.push_str(line);
    out.push_str(",\n");
}

fn push_list(out: &mut String, name: &str, lines: impl ExactSizeIterator<Item = String>) {
    if lines.len() == 0 {
        return;
    }
    let _ = writeln!(out, "    {name}: [");
    lines.for_each(|line| push_line(out, 2, &line));
    out.push_str("    ],\n");
}

/// A RON struct on one line, grown field by field.
struct Record(String);

impl Record {
    fn new() -> Self {
        Self("(".to_owned())
    }

    fn raw(mut self, name: &str, value: &str) -> Self {
        self.begin(name);
        self.0.push_str(value);
        self
    }

    fn text(mut self, name: &str, value: &str) -> Self {
        self.begin(name);
        push_quoted(&mut self.0, value);
        self
    }

    fn text_if(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    fn text_unless_empty(self, name: &str, value: &str) -> Self {
        self.text_if(name, Some(value).filter(|value| !value.is_empty()))
    }

    fn flag(self, name: &str, is_set: bool) -> Self {
        if is_set { self.raw(name, "true") } else { self }
    }

    fn records(self, name: &str, values: impl ExactSizeIterator<Item = String>) -> Self {
        if values.len() == 0 {
            return self;
        }
        let values: Vec<String> = values.collect();
        self.raw(name, &format!("[{}]", values.join(", ")))
    }

    fn begin(&mut self, name: &str) {
        if self.0.len() > 1 {
            self.0.push_str(", ");
        }
        self.0.push_str(name);
        self.0.push_str(": ");
    }

    fn end(mut self) -> String {
        self.0.push(')');
        self.0
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

/// A RON string. What could end a line, hide, or turn the direction of an editor's line is escaped; all else is as it is.
fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        if !needs_escape(c) {
            continue;
        }
        out.push_str(&text[plain..at]);
        push_escape(out, c);
        plain = at + c.len_utf8();
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

fn needs_escape(c: char) -> bool {
    match c {
        '"' | '\\' => true,
        ' '..='~' => false,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => true,
        c => c.is_control(),
    }
}

fn push_escape(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '"' | '\\' => out.extend(['\\', c]),
        c => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
    }
}

fn char_literal(c: char) -> String {
    let mut out = String::from("'");
    match c {
        '\'' => out.push_str("\\'"),
        '"' => out.push('"'),
        c if needs_escape(c) => push_escape(&mut out, c),
        c => out.push(c),
    }
    out.push('\'');
    out
}
