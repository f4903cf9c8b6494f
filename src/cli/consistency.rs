//! `manicule check --consistency SESSION.ron`: what is settled in different ways.

use super::tell::tell;
use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use super::of_articles::OfArticles;
use super::outcome::Outcome;
use super::progress::Progress;
use super::session::open_to_read;
use crate::annotation::{ArticleId, Session};
use crate::decide::consistency::{Finding, Place, Report, check, kind};
use crate::text::{Offsets, Unit};

/// How many places of a finding are told where nobody asked for all of them.
const TOLD: usize = 3;

/// Neither the session nor its journal is changed.
pub fn run(path: &Path, articles: &OfArticles, as_json: bool) -> anyhow::Result<Outcome> {
    let session = articles.of(&open_to_read(path)?.saved.session);
    let progress = Progress::of_steps();
    // Whoever wants to stop it ends the program: nothing is being written.
    let report = check(&session, &AtomicBool::new(false), &|done, total| progress.set_of(done, total)).unwrap_or_default();
    progress.finish();
    let mut places = Places { session: &session, offsets: HashMap::new() };
    let mut out = std::io::stdout().lock();
    if as_json {
        let findings: Vec<Value> = report.findings.iter().map(|finding| places.json(finding)).collect();
        writeln!(out, "{}", Value::Array(findings))?;
    } else {
        report.findings.iter().try_for_each(|finding| places.print(finding, &mut out))?;
        writeln!(out, "{}: findings {}, found right before {}", path.display(), report.findings.len(), report.dismissed)?;
    }
    if !report.findings.is_empty() {
        tell!("manicule: {}: {}", path.display(), by_kind(&report));
    }
    Ok(Outcome::of(!report.findings.is_empty()))
}

/// `labels-across 3, untagged 1`.
fn by_kind(report: &Report) -> String {
    let kinds = report.findings.chunk_by(|a, b| a.kind == b.kind);
    kinds.map(|of_kind| format!("{} {}", of_kind[0].kind, of_kind.len())).collect::<Vec<_>>().join(", ")
}

/// Tells places in code points.
struct Places<'s> {
    session: &'s Session,
    offsets: HashMap<&'s ArticleId, Offsets<'s>>,
}

impl<'s> Places<'s> {
    /// Start and end of a place, and its words.
    fn of(&mut self, place: &Place) -> (usize, usize, &'s str) {
        let Some(article) = self.session.article(&place.article) else { return (0, 0, "") };
        let offsets = self.offsets.entry(&article.id).or_insert_with(|| Offsets::new(&article.text));
        let (start, end) = offsets.span_to(place.span, Unit::CodePoints);
        (start, end, article.quote(place.span))
    }

    fn place(&mut self, place: &Place) -> Value {
        let (start, end, text) = self.of(place);
        let label = place.label.as_ref().map(ToString::to_string);
        json!({ "article": place.article.as_str(), "start": start, "end": end, "label": label, "text": text })
    }

    fn json(&mut self, finding: &Finding) -> Value {
        let places: Vec<Value> = finding.places.iter().map(|place| self.place(place)).collect();
        let beside: Vec<Value> = finding.beside.iter().map(|place| self.place(place)).collect();
        json!({
            "kind": finding.kind,
            "key": &*finding.key,
            "name": finding.name,
            "words": finding.words,
            "fix": finding.remedy,
            "places": places,
            "beside": beside,
        })
    }

    fn print(&mut self, finding: &Finding, out: &mut impl std::io::Write) -> std::io::Result<()> {
        let kind = kind(finding.kind).map_or(finding.kind, |kind| kind.name);
        let remedy = finding.remedy.as_ref().map(|remedy| format!("; {remedy}")).unwrap_or_default();
        writeln!(out, "{kind}: {}{remedy}", finding.words)?;
        for place in finding.places.iter().take(TOLD) {
            let (start, end, text) = self.of(place);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let label = place.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
            writeln!(out, "    {} {start}..{end}{label} {text}", place.article)?;
        }
        match finding.places.len().saturating_sub(TOLD) {
            0 => Ok(()),
            more => writeln!(out, "    and {more} more"),
        }
    }
}
