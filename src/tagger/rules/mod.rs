//! Rules: patterns that find names by the words around them, each with its reason in words and with examples that a
//! test runs. They are RON files, those of the program in `assets/rules`, the analyst's own in folders beside.
//!
//! A rule may name words of which one must stand near; then its pattern is tried only there. All these words are found
//! in one pass, so that many rules cost little more than few.

mod letters;
mod pack;
mod text;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};
use regex::{Regex, RegexBuilder};

use crate::annotation::{Label, Score};
use crate::text::Span;

use letters::Letters;
pub use pack::{NameList, Pack, PackError, Rule};

/// A text as a pattern that finds exactly it.
pub fn escaped(text: &str) -> String {
    regex::escape(text)
}

/// The most that the lazily built automaton of one rule may hold, per thread. A rule looks at short windows only, where doing
/// without one is as fast: measured over 1,000 articles, 16 MB for each took 90 MB more memory in all and a tenth more time.
const DFA_BYTES: usize = 256 << 10;

/// How far around one of its words a rule looks, in bytes.
const REACH: usize = 120;

/// What a rule found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleMatch {
    /// Bytes of the text.
    pub span: Span,
    pub label: Label,
    pub score: Score,
    pub rule: Arc<str>,
}

/// Rules that are switched on, ready to be tried.
#[derive(Debug, Default)]
pub struct Rules {
    rules: Vec<Ready>,
    /// The words of all rules; `None` where no rule has any.
    words: Option<AhoCorasick>,
    /// Per word, the rules that it wakes.
    wakes: Vec<Vec<usize>>,
    /// Rules without words, tried on every line.
    always: Vec<usize>,
}

#[derive(Debug)]
struct Ready {
    rule: Rule,
    id: Arc<str>,
    label: Label,
    /// With the parts of its pack put in.
    pattern: String,
    /// Compiled when the rule is first woken. `None` where the pattern is wrong; packs are checked when they are read.
    /// One for each of [`Letters`].
    regexes: [OnceLock<Option<Regex>>; 3],
}

impl Ready {
    fn new(rule: Rule, pattern: String) -> Self {
        Self { id: rule.id.as_str().into(), label: Label::new(&rule.label), pattern, regexes: Default::default(), rule }
    }

    /// What finds the pattern in `text`.
    fn regex(&self, text: &str) -> Option<&Regex> {
        let letters = Letters::of(text);
        let compile = || RegexBuilder::new(&letters.pattern(&self.pattern)?).dfa_size_limit(DFA_BYTES).build().ok();
        self.regexes[letters as usize].get_or_init(compile).as_ref()
    }
}

impl Rules {
    /// The rules of `packs` without those in `off`.
    pub fn new(packs: &[Pack], off: &BTreeSet<String>) -> Self {
        let rules = packs.iter().flat_map(|pack| pack.rules.iter().map(|rule| Ready::new(rule.clone(), pack.expand(&rule.pattern))));
        Self::of(rules.filter(|ready| !off.contains(&ready.rule.id)).collect())
    }

    /// These rules without those in `off`.
    pub fn without(&self, off: &BTreeSet<String>) -> Self {
        let kept = self.rules.iter().filter(|ready| !off.contains(&ready.rule.id));
        Self::of(kept.map(|ready| Ready::new(ready.rule.clone(), ready.pattern.clone())).collect())
    }

    fn of(rules: Vec<Ready>) -> Self {
        let mut out = Self::default();
        let mut words: Vec<String> = Vec::new();
        for (at, ready) in rules.iter().enumerate() {
            for word in &ready.rule.words {
                let place = words.iter().position(|known| known == word).unwrap_or_else(|| {
                    words.push(word.clone());
                    out.wakes.push(Vec::new());
                    words.len() - 1
                });
                out.wakes[place].push(at);
            }
            if ready.rule.words.is_empty() {
                out.always.push(at);
            }
        }
        // Fails only beyond billions of words.
        out.words = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&words).ok().filter(|_| !words.is_empty());
        out.rules = rules;
        out
    }

    /// In their order.
    pub fn all(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|ready| &ready.rule)
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rules that the program carries.
    pub fn standard() -> Arc<Self> {
        static STANDARD: OnceLock<Arc<Rules>> = OnceLock::new();
        STANDARD.get_or_init(|| Arc::new(Self::new(Pack::standard(), &BTreeSet::new()))).clone()
    }

    /// Why a rule finds what it finds, in words.
    pub fn reason(&self, id: &str) -> Option<&str> {
        self.rules.iter().find(|ready| &*ready.id == id).map(|ready| ready.rule.reason.as_str())
    }

    /// What the rules find in `text`, by span in reading order, then in the order of the rules. No match crosses a line.
    pub fn find(&self, text: &str) -> Vec<RuleMatch> {
        let mut found: Vec<(usize, RuleMatch)> = Vec::new();
        for (at, windows) in self.windows(text).into_iter().enumerate() {
            let ready = &self.rules[at];
            for window in windows {
                let (base, window) = (window.start, &text[window]);
                let Some(regex) = ready.regex(window) else { continue };
                for groups in regex.captures_iter(window) {
                    let Some(hit) = groups.name("m").or_else(|| groups.get(0)).filter(|hit| !hit.is_empty()) else { continue };
                    let span = Span::new(base + hit.start(), base + hit.end());
                    let score = Score::from_ratio(f64::from(ready.rule.score));
                    found.push((at, RuleMatch { span, label: ready.label.clone(), score, rule: ready.id.clone() }));
                }
            }
        }
        found.sort_by_key(|(at, one)| (one.span, *at));
        found.dedup_by(|a, b| a.0 == b.0 && a.1.span == b.1.span);
        found.into_iter().map(|(_, one)| one).collect()
    }

    /// Per rule, the parts of the text to try it on: in order, without overlaps, inside lines.
    fn windows(&self, text: &str) -> Vec<Vec<Range<usize>>> {
        let mut out: Vec<Vec<Range<usize>>> = vec![Vec::new(); self.rules.len()];
        if !self.always.is_empty() {
            let lines: Vec<Range<usize>> = crate::text::paragraphs::paragraphs(text).map(Span::range).collect();
            for &rule in &self.always {
                out[rule].clone_from(&lines);
            }
        }
        let Some(words) = &self.words else { return out };
        let mut near = Near::default();
        for hit in words.find_overlapping_iter(text) {
            let window = near.around(text, hit.start(), hit.end());
            for &rule in &self.wakes[hit.pattern().as_usize()] {
                match out[rule].last_mut() {
                    Some(last) if last.end >= window.start => last.end = last.end.max(window.end),
                    _ => out[rule].push(window.clone()),
                }
            }
        }
        out
    }
}

/// The window around the last place asked for; words stand close together, so that it is often the same again.
#[derive(Default)]
struct Near {
    at: usize,
    window: Range<usize>,
}

impl Near {
    /// The text around a place: as far as [`REACH`], to a blank, inside the line.
    fn around(&mut self, text: &str, start: usize, end: usize) -> Range<usize> {
        if self.at == end && self.window.start <= start {
            return self.window.clone();
        }
        let bytes = text.as_bytes();
        let mut from = start.saturating_sub(REACH);
        if let Some(line_end) = memchr::memrchr(b'\n', &bytes[from..start]) {
            from += line_end + 1;
        } else if from > 0 {
            from = memchr::memchr(b' ', &bytes[from..start]).map_or(start, |blank| from + blank + 1);
        }
        let mut to = (end + REACH).min(text.len());
        if let Some(line_end) = memchr::memchr(b'\n', &bytes[end..to]) {
            to = end + line_end;
        } else if to < text.len() {
            to = memchr::memrchr(b' ', &bytes[end..to]).map_or(end, |blank| end + blank);
        }
        *self = Self { at: end, window: from..to };
        self.window.clone()
    }
}

#[cfg(test)]
mod tests;
