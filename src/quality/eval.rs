//! Evaluation of predicted entities against gold: strict, boundary and overlap figures, per label and micro.
//!
//! - strict: same start, same end, same label;
//! - boundary: same start and end, whatever the label;
//! - overlap: same label and at least one shared character; every span is used once, in reading order.
//!
//! Label names differ between corpora, so spellings are folded first (PER is PERSON), then mapped; what maps to nothing
//! is left out on both sides.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::Article;
use crate::text::Span;

/// What labels are folded to before they are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Map {
    /// Spelling variants only.
    #[default]
    None,
    /// PER, ORG, LOC (with GPE and FAC); nothing else.
    Ner3,
    /// Those and MISC, as CoNLL-2003 has it: groups, events, works, products, laws, languages.
    Ner4,
    /// PER, ORG, LOC, NORP, DATE (with times and durations), MONEY, EVENT, MISC.
    News,
}

impl Map {
    /// The label that `label` counts as; `None` where it is left out.
    pub fn fold(self, label: &str) -> Option<String> {
        let label = one_spelling(label);
        let folded = match (self, label.as_str()) {
            (Map::None, _) => return Some(label),
            (_, "PERSON") => "PER",
            (_, "ORG") => "ORG",
            (_, "LOC" | "GPE" | "FAC") => "LOC",
            (Map::Ner3, _) => return None,
            (Map::Ner4, "MISC" | "NORP" | "EVENT" | "WORK_OF_ART" | "PRODUCT" | "LAW" | "LANGUAGE") => "MISC",
            (Map::Ner4, _) => return None,
            (Map::News, "NORP") => "NORP",
            (Map::News, "DATE" | "TIME" | "DURATION") => "DATE",
            (Map::News, "MONEY") => "MONEY",
            (Map::News, "EVENT") => "EVENT",
            (Map::News, "MISC" | "WORK_OF_ART" | "PRODUCT" | "LAW" | "LANGUAGE") => "MISC",
            (Map::News, _) => return None,
        };
        Some(folded.to_owned())
    }
}

fn one_spelling(label: &str) -> String {
    let upper = label.to_uppercase().replace(' ', "_");
    let one = match upper.as_str() {
        "PER" | "POLITICIAN" | "B-PER" => "PERSON",
        "ORGANIZATION" | "ORGANISATION" | "CORPORATION" | "GROUP" | "POLITICALPARTY" | "COMPANY" => "ORG",
        "LOCATION" | "GEO" | "PLACE" => "LOC",
        "COUNTRY" | "CITY" | "STATE_OR_PROVINCE" => "GPE",
        "FACILITY" => "FAC",
        "NATIONALITY" => "NORP",
        "TIM" | "TEMPORAL" => "DATE",
        "MEASURE" => "QUANTITY",
        "EVE" | "ELECTION" => "EVENT",
        "VEHICLE" => "PRODUCT",
        "ART" | "CREATIVE-WORK" => "WORK_OF_ART",
        "NAT" => "MISC",
        _ => return upper,
    };
    one.to_owned()
}

/// How many were found, and of how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Right ones.
    pub hits: usize,
    pub predicted: usize,
    pub gold: usize,
}

impl Tally {
    /// Per cent.
    pub fn precision(self) -> f64 {
        percent(self.hits, self.predicted)
    }

    /// Per cent.
    pub fn recall(self) -> f64 {
        percent(self.hits, self.gold)
    }

    /// Per cent.
    pub fn f1(self) -> f64 {
        // The harmonic mean of precision and recall, multiplied out.
        percent(2 * self.hits, self.predicted + self.gold)
    }

    fn add(&mut self, hits: usize, predicted: usize, gold: usize) {
        self.hits += hits;
        self.predicted += predicted;
        self.gold += gold;
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    pub strict: Tally,
    pub boundary: Tally,
    pub overlap: Tally,
}

/// Figures that grow article by article.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    map: Map,
    pub articles: usize,
    pub micro: Figures,
    pub per_label: BTreeMap<String, Figures>,
}

/// Start, end, label: one entity of one article. Equal ones count once.
type Entities = BTreeSet<(u32, u32, String)>;

impl Evaluation {
    pub fn new(map: Map) -> Self {
        Self { map, ..Self::default() }
    }

    /// Counts one article: its mentions that are not rejected against those of `predicted`, which has the same text.
    /// `None` counts as an article without predictions.
    pub fn add(&mut self, gold: &Article, predicted: Option<&Article>) {
        let spans = |article: &Article| article.living().map(|m| (m.span, m.label.as_str().to_owned())).collect::<Vec<_>>();
        self.add_spans(spans(gold), predicted.map(spans).unwrap_or_default());
    }

    /// Counts one article's gold and predicted spans with their labels.
    pub fn add_spans(&mut self, gold: impl IntoIterator<Item = (Span, String)>, predicted: impl IntoIterator<Item = (Span, String)>) {
        let gold = self.fold(gold);
        let predicted = self.fold(predicted);
        let spans = |entities: &Entities| entities.iter().map(|(start, end, _)| (*start, *end)).collect::<BTreeSet<_>>();
        let (gold_spans, predicted_spans) = (spans(&gold), spans(&predicted));

        self.articles += 1;
        self.micro.strict.add(gold.intersection(&predicted).count(), predicted.len(), gold.len());
        self.micro.boundary.add(gold_spans.intersection(&predicted_spans).count(), predicted_spans.len(), gold_spans.len());
        for (label, (gold, predicted)) in by_label(&gold, &predicted) {
            let figures = self.per_label.entry(label.to_owned()).or_default();
            figures.strict.add(gold.intersection(&predicted).count(), predicted.len(), gold.len());
            figures.boundary.add(gold.intersection(&predicted_spans).count(), predicted.len(), gold.len());
            let overlapping = overlapping(&gold, &predicted);
            figures.overlap.add(overlapping, predicted.len(), gold.len());
            self.micro.overlap.add(overlapping, predicted.len(), gold.len());
        }
    }

    fn fold(&self, entities: impl IntoIterator<Item = (Span, String)>) -> Entities {
        entities.into_iter().filter_map(|(span, label)| Some((span.start, span.end, self.map.fold(&label)?))).collect()
    }
}

type Spans = BTreeSet<(u32, u32)>;

fn by_label<'e>(gold: &'e Entities, predicted: &'e Entities) -> BTreeMap<&'e str, (Spans, Spans)> {
    let mut out: BTreeMap<&str, (Spans, Spans)> = BTreeMap::new();
    for (start, end, label) in gold {
        out.entry(label).or_default().0.insert((*start, *end));
    }
    for (start, end, label) in predicted {
        out.entry(label).or_default().1.insert((*start, *end));
    }
    out
}

/// How many gold spans find a predicted one to share a character with, the first that is still free.
fn overlapping(gold: &Spans, predicted: &Spans) -> usize {
    let mut free: Vec<(u32, u32)> = predicted.iter().copied().collect();
    let mut first = 0;
    let mut hits = 0;
    for (start, end) in gold {
        // What ends before this gold span ends before all later ones.
        while free.get(first).is_some_and(|span| span.1 <= *start) {
            first += 1;
        }
        let candidates = free[first..].iter().take_while(|span| span.0 < *end);
        if let Some(at) = candidates.enumerate().find(|(_, span)| span.1 > *start).map(|(i, _)| first + i) {
            // A span that ends nowhere after its start overlaps nothing: it is used up.
            free[at].1 = 0;
            hits += 1;
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evaluate(map: Map, gold: &[(usize, usize, &str)], predicted: &[(usize, usize, &str)]) -> Evaluation {
        let spans = |list: &[(usize, usize, &str)]| {
            list.iter().map(|(start, end, label)| (Span::new(*start, *end), (*label).to_owned())).collect::<Vec<_>>()
        };
        let mut evaluation = Evaluation::new(map);
        evaluation.add_spans(spans(gold), spans(predicted));
        evaluation
    }

    #[test]
    fn strict_boundary_and_overlap_differ_as_they_should() {
        let gold = [(0, 5, "PER"), (10, 20, "ORG"), (30, 40, "GPE")];
        let predicted = [(0, 5, "PERSON"), (10, 20, "GPE"), (30, 35, "GPE"), (36, 40, "GPE")];
        let micro = evaluate(Map::None, &gold, &predicted).micro;
        assert_eq!(micro.strict, Tally { hits: 1, predicted: 4, gold: 3 });
        assert_eq!(micro.boundary, Tally { hits: 2, predicted: 4, gold: 3 });
        assert_eq!(micro.overlap, Tally { hits: 2, predicted: 4, gold: 3 });
        assert!((micro.strict.f1() - 200.0 / 7.0).abs() < 1e-9);
    }

    #[test]
    fn labels_are_folded_on_both_sides_and_equal_ones_count_once() {
        let gold = [(0, 5, "country"), (0, 5, "FAC"), (6, 9, "DATE")];
        let evaluation = evaluate(Map::Ner3, &gold, &[(0, 5, "LOC")]);
        assert_eq!(evaluation.micro.strict, Tally { hits: 1, predicted: 1, gold: 1 });
        assert_eq!(evaluation.per_label.keys().collect::<Vec<_>>(), ["LOC"]);
        assert_eq!(Map::News.fold("temporal").as_deref(), Some("DATE"));
        assert_eq!(Map::Ner4.fold("nationality").as_deref(), Some("MISC"));
        assert_eq!(Map::News.fold("CARDINAL"), None);
    }

    #[test]
    fn a_predicted_span_is_used_once() {
        let gold = [(0, 4, "ORG"), (5, 9, "ORG")];
        assert_eq!(evaluate(Map::None, &gold, &[(0, 9, "ORG")]).micro.overlap.hits, 1);
        assert_eq!(evaluate(Map::None, &[(0, 9, "ORG")], &gold).micro.overlap.hits, 1);
        // A long span before a short one that ended early must stay in reach.
        assert_eq!(evaluate(Map::None, &[(0, 2, "X"), (8, 9, "X")], &[(0, 20, "X"), (1, 2, "X")]).micro.overlap.hits, 1);
    }
}
