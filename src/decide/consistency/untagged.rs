//! A settled name that stands untagged in an article which somebody has gone through.
//!
//! Told only where nothing else is likely: written as it is where it is tagged, its decisions agree, it is no common word of
//! the corpus, and no capitalised word beside it makes it part of another name. A rejection anywhere says that the name needs
//! judgement, and speaks for all its places.

use std::collections::HashMap;

use rayon::prelude::*;

use super::finding::{Finding, Place, Step, flat, times};
use super::ground::{Ground, Name, Seen};
use crate::annotation::{Article, Label, Progress};
use crate::decide::overlaps::Overlaps;
use crate::text::Span;

/// How often a name of one word must be settled before its absence says something.
const SETTLED: usize = 2;
/// A name that stands in small letters this often, measured against its mentions, is a common word.
const COMMON: usize = 10;

/// A way in which a settled name is written, or its small letters, which tell that it is a common word.
struct Pattern<'a> {
    words: String,
    name: usize,
    label: &'a Label,
    is_small: bool,
}

/// What stands in the texts is compared word by word: by its first word, then as long as any that begin so.
struct Patterns<'a> {
    list: Vec<Pattern<'a>>,
    of_words: HashMap<String, usize>,
    /// How many bytes those have that begin with a word, the longest first.
    lengths: HashMap<String, Vec<usize>>,
}

impl<'a> Patterns<'a> {
    fn new(list: Vec<Pattern<'a>>) -> Self {
        let mut this = Self { of_words: HashMap::with_capacity(list.len()), lengths: HashMap::new(), list };
        for (at, pattern) in this.list.iter().enumerate() {
            let first = &pattern.words[..word_len(&pattern.words)];
            let lengths = match this.lengths.get_mut(first) {
                Some(lengths) => lengths,
                None => this.lengths.entry(first.to_owned()).or_default(),
            };
            if let Err(place) = lengths.binary_search_by(|len| pattern.words.len().cmp(len)) {
                lengths.insert(place, pattern.words.len());
            }
            this.of_words.entry(pattern.words.clone()).or_insert(at);
        }
        this
    }

    /// The longest one that stands whole at a byte, where a word begins.
    fn at(&self, text: &str, start: usize) -> Option<(usize, Span)> {
        let lengths = self.lengths.get(&text[start..start + word_len(&text[start..])])?;
        lengths.iter().find_map(|len| {
            let pattern = self.of_words.get(text.get(start..start + len)?)?;
            let span = Span::new(start, start + len);
            is_whole(text, span).then_some((*pattern, span))
        })
    }
}

/// How many bytes the letters and figures at the start have.
fn word_len(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

pub fn find(ground: &Ground<'_>) -> Vec<Finding> {
    let patterns = Patterns::new(patterns(ground));
    if patterns.list.is_empty() {
        return Vec::new();
    }
    let in_article = |article: &std::sync::Arc<Article>| match ground.is_cancelled() {
        true => Vec::new(),
        false => untagged(article, &patterns),
    };
    let found: Vec<Vec<(usize, Option<Span>)>> = ground.session.articles().par_iter().map(in_article).collect();
    let mut places: Vec<(Vec<Place>, usize)> = vec![(Vec::new(), 0); ground.names.len()];
    for (article, found) in ground.session.articles().iter().zip(found) {
        for (pattern, span) in found {
            let of = &mut places[patterns.list[pattern].name];
            match span {
                Some(span) => of.0.push(Place::untagged(article, span).with(Step::Add(patterns.list[pattern].label.clone()))),
                None => of.1 += 1,
            }
        }
    }
    let of_name = |(name, (places, small)): (&Name<'_>, (Vec<Place>, usize))| {
        let first = ground.of_name(name).next()?;
        let tagged = ground.of_name(name).count();
        (!places.is_empty() && small * COMMON <= tagged).then(|| finding(ground, name, first, tagged, places))
    };
    ground.names.iter().zip(places).filter_map(of_name).collect()
}

fn finding(ground: &Ground<'_>, name: &Name<'_>, first: &Seen<'_>, tagged: usize, places: Vec<Place>) -> Finding {
    let label = &first.mention.label;
    let words = format!("“{}” is {label} {}, and stands untagged {}", flat(name.surface), times(tagged), times(places.len()));
    let beside = ground.of_name(name).map(|seen| Place::of(seen.article, seen.mention));
    Finding::new("untagged", &name.key, name.surface, words, places).beside(beside).mended_by(Some(format!("tag it {label}")))
}

/// Every way of writing a name whose decisions agree.
fn patterns<'a>(ground: &'a Ground<'_>) -> Vec<Pattern<'a>> {
    let mut patterns = Vec::new();
    for (number, name) in ground.names.iter().enumerate().filter(|(_, name)| name.rejected == 0) {
        let Some(first) = ground.of_name(name).next() else { continue };
        let label = &first.mention.label;
        let is_one_word = !name.key.contains(' ');
        let agree = ground.of_name(name).all(|seen| seen.mention.label == *label);
        let is_usable = ground.session.scheme().is_in_use(label.as_str());
        if !agree || !is_usable || is_one_word && ground.of_name(name).take(SETTLED).count() < SETTLED {
            continue;
        }
        let core = |seen: &Seen<'_>| seen.core.of(seen.words()).unwrap_or_default().to_owned();
        let mut surfaces: Vec<String> = ground.of_name(name).map(core).filter(|words| is_telling(words)).collect();
        surfaces.sort_unstable();
        surfaces.dedup();
        let small = surfaces.iter().filter(|_| is_one_word).map(|words| words.to_lowercase()).filter(|small| !surfaces.contains(small));
        let small: Vec<String> = small.collect();
        let pattern = |words, is_small| Pattern { words, name: number, label, is_small };
        patterns.extend(small.into_iter().map(|words| pattern(words, true)));
        patterns.extend(surfaces.into_iter().map(|words| pattern(words, false)));
    }
    patterns
}

/// A name has no more bytes than this.
const LONGEST: usize = 200;

/// Whether words are told from others by how they are written: they begin with a capital or a figure, or their script has no
/// capitals; and they are more than a letter.
fn is_telling(words: &str) -> bool {
    let first = words.chars().next();
    let begins = first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
    begins && words.chars().nth(1).is_some() && words.len() <= LONGEST
}

/// The places of patterns in one article that nothing is tagged at; without a span those in small letters.
fn untagged(article: &Article, patterns: &Patterns<'_>) -> Vec<(usize, Option<Span>)> {
    let text = &*article.text;
    let overlaps = Overlaps::new(&article.mentions);
    let is_read = is_read(article);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(skipped) = text[at..].find(char::is_alphanumeric) {
        at += skipped;
        let Some((pattern, span)) = patterns.at(text, at) else {
            at += word_len(&text[at..]);
            continue;
        };
        at = span.end as usize;
        if patterns.list[pattern].is_small {
            out.push((pattern, None));
            continue;
        }
        let is_free = is_read && !article.is_boilerplate_at(span.start as usize) && overlaps.over(span).next().is_none();
        if is_free && !is_in_longer_name(text, span) {
            out.push((pattern, Some(span)));
        }
    }
    out
}

/// Whether somebody has gone through the article: it is done, or something is settled and nothing is open.
fn is_read(article: &Article) -> bool {
    let is_settled = || article.mentions.iter().any(|mention| mention.is_settled()) && article.open_count() == 0;
    article.desk.progress == Progress::Done || is_settled()
}

/// Whether the words stand by themselves: not part of a word, a compound, an address or a handle.
fn is_whole(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let is_joining = |c: char| c.is_alphanumeric() || matches!(c, '-' | '‐' | '‑' | '_' | '@' | '#' | '/' | '&');
    let mut next = after.chars();
    let is_followed = match next.next() {
        Some('.') => next.next().is_some_and(char::is_alphanumeric),
        Some(c) => is_joining(c),
        None => false,
    };
    !is_followed && !before.chars().next_back().is_some_and(|c| is_joining(c) || c == '.')
}

/// Whether a capitalised word beside it, on the same line and without a mark between, may make it part of another name.
fn is_in_longer_name(text: &str, span: Span) -> bool {
    let begins = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let after = text[span.end as usize..].strip_prefix(' ').is_some_and(begins);
    let before = text[..span.start as usize].strip_suffix(' ').is_some_and(|before| {
        let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let word = word.trim_start_matches(['“', '"', '(', '‘']);
        begins(word) && word.ends_with(char::is_alphanumeric) && !OPENING.contains(&word)
    });
    after || before
}

/// Words that begin a sentence before a name and are no part of it.
const OPENING: [&str; 28] = [
    "The",
    "A",
    "In",
    "On",
    "At",
    "By",
    "To",
    "For",
    "From",
    "With",
    "Of",
    "But",
    "And",
    "Or",
    "As",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "Since",
    "Until",
    "Because",
    "That",
    "Then",
    "Yesterday",
    "Today",
    "Both",
];
