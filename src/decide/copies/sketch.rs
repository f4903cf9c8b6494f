//! What is kept of an article's words to tell how much of them it shares with another.
//!
//! Every four words that follow each other are a shingle with a number. Of a long text only the shingles are kept whose
//! number is divisible by a power of two: Broder's sketch modulo m (On the resemblance and containment of documents,
//! SEQUENCES 1997). Unlike one minimum for each of many permutations it tells containment, and a story that was cut to a half
//! is contained in the whole one without resembling it much.

use crate::annotation::{Article, ZoneKind};
use crate::text::tokens::{TokenKind, iter_in};
use crate::text::{Span, name};

/// How many words a shingle has.
const WORDS: usize = 4;
/// How many marks are kept at most.
const KEPT: usize = 512;
/// How many of them lead to candidates at most.
const POSTED: usize = 64;
/// Texts with fewer shingles are copies only of what says the very same.
const FEWEST: usize = 12;

pub struct Sketch {
    /// Numbers of shingles, ascending; those that end in at least `level` zeros.
    marks: Vec<u32>,
    level: u32,
    /// What the text comes to as a whole; nothing where it is too short to be anybody's.
    whole: Option<u64>,
}

impl Sketch {
    pub fn of(article: &Article) -> Self {
        let words = words(article);
        let whole = (words.len() >= WORDS).then(|| words.iter().fold(words.len() as u64, |hash, word| mix(hash ^ word)));
        let shingle = |words: &[u64]| (words.iter().fold(0, |hash, word| mix(hash ^ word)) >> 32) as u32;
        let mut marks: Vec<u32> = words.windows(WORDS).map(shingle).collect();
        marks.sort_unstable();
        marks.dedup();
        let level = level_for(&marks, KEPT);
        marks.retain(|mark| mark.trailing_zeros() >= level);
        Self { marks, level, whole }
    }

    /// The marks by which candidates are found; few, and those that a longer article has of them are among its own.
    pub fn posted(&self) -> impl Iterator<Item = u32> + '_ {
        let level = level_for(&self.marks, POSTED);
        self.marks.iter().copied().filter(move |mark| mark.trailing_zeros() >= level)
    }

    /// What articles with the very same words share, whatever their length.
    pub fn whole(&self) -> Option<u64> {
        self.whole
    }

    /// Whether two articles are copies: half of the shorter one is in the longer one, and three tenths of the longer one in the
    /// shorter. A quotation or a paragraph of background that stands in both is less.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        if self.is_same(other) {
            return true;
        }
        let Shared { common, shorter, longer } = self.shared(other);
        shorter >= FEWEST && common * 2 >= shorter && common * 10 >= longer * 3
    }

    /// Whether it says hardly anything that the other does not, and the other way round.
    pub fn is_nearly(&self, other: &Self) -> bool {
        let Shared { common, longer, .. } = self.shared(other);
        self.is_same(other) || longer > 0 && common * 20 >= longer * 19
    }

    fn is_same(&self, other: &Self) -> bool {
        self.whole.is_some() && self.whole == other.whole
    }

    fn shared(&self, other: &Self) -> Shared {
        let level = self.level.max(other.level);
        let at_level = |mark: &&u32| mark.trailing_zeros() >= level;
        let (mut mine, mut theirs) = (self.marks.iter().filter(at_level).peekable(), other.marks.iter().filter(at_level).peekable());
        let (mut common, mut only_mine, mut only_theirs) = (0, 0, 0);
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => only_mine += usize::from(mine.next().is_some()),
                std::cmp::Ordering::Greater => only_theirs += usize::from(theirs.next().is_some()),
                std::cmp::Ordering::Equal => {
                    mine.next();
                    theirs.next();
                    common += 1;
                }
            }
        }
        let (mine, theirs) = (common + only_mine + mine.count(), common + only_theirs + theirs.count());
        Shared { common, shorter: mine.min(theirs), longer: mine.max(theirs) }
    }
}

/// How many marks two articles have in common, and each of them.
struct Shared {
    common: usize,
    shorter: usize,
    longer: usize,
}

/// How many zeros a mark must end in so that at most `most` of them are left.
fn level_for(marks: &[u32], most: usize) -> u32 {
    let is_enough = |level: &u32| marks.iter().filter(|mark| mark.trailing_zeros() >= *level).count() <= most;
    (0..32).find(is_enough).unwrap_or(32)
}

/// The words of an article as numbers, without those that change from outlet to outlet: captions, credits, bylines. Where
/// nothing else is there, all of them.
fn words(article: &Article) -> Vec<u64> {
    let told = |kind: ZoneKind| matches!(kind, ZoneKind::Headline | ZoneKind::Body);
    let mut words = Vec::with_capacity(article.text.len() / 6);
    let mut at = 0;
    for zone in article.zones.iter().filter(|zone| !told(zone.kind)) {
        push_words(&article.text, Span { start: at, end: zone.span.start }, &mut words);
        at = zone.span.end;
    }
    push_words(&article.text, Span { start: at, end: article.text.len() as u32 }, &mut words);
    if words.is_empty() {
        push_words(&article.text, Span::new(0, article.text.len()), &mut words);
    }
    words
}

fn push_words(text: &str, part: Span, words: &mut Vec<u64>) {
    let mut folded = String::new();
    for token in iter_in(text, part).filter(|token| token.kind != TokenKind::Mark) {
        folded.clear();
        name::fold(&text[token.span.range()], &mut folded);
        words.push(name::fold_hash(&folded));
    }
}

/// Spreads a number over all its bits (the finaliser of SplitMix64).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}
