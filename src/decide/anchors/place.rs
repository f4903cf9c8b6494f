//! Where a span of the old text stands in the new one.
//!
//! A span is carried without a question only where its words are the same, the words around it are too, and no new
//! capitalised word has come to stand beside it (`Paris` in `Paris Hilton`). Everything less sure is found but asked
//! about; what is found nowhere is said to be nowhere. So no mention ever comes to stand on other words unseen.

use std::collections::HashMap;
use std::ops::Range;

use super::align::{Alignment, Lexicon, Row};
use super::words::{letters, likeness, same_words};
use crate::text::tokens::tokens;
use crate::text::{Span, name};

/// Two texts side by side.
pub struct Anchors<'t> {
    pub(super) old: Row<'t>,
    pub(super) new: Row<'t>,
    pub(super) alignment: Alignment,
    lexicon: Lexicon,
    /// New tokens that no old one was found for, by their number: where text that was moved may stand.
    unclaimed: HashMap<u32, Vec<u32>>,
}

/// What became of a span.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The same words in the same surroundings.
    Same(Span),
    /// Words that are probably meant; a person must look.
    Like(Span),
    Nowhere,
}

/// The words of a mention and those around it, as an orphan keeps them.
#[derive(Clone, Copy, Debug)]
pub struct Quote<'q> {
    pub words: &'q str,
    pub before: &'q str,
    pub after: &'q str,
}

/// How many tokens on each side count as surroundings.
pub(super) const SURROUNDINGS: usize = 8;
/// How far around a mention its changed words are looked for, in tokens.
const WINDOW: usize = 48;
/// Mentions of more tokens, or of more bytes, are not searched for by likeness.
const LONGEST: usize = 16;
const LONGEST_BYTES: usize = 300;
/// From how many bytes on a mention is not compared word by word but always asked about.
const LONG: usize = 4096;
/// From which likeness on, in thousandths, other words may be the same name.
const ALIKE: usize = 600;
/// A word that stands in more places than this finds nothing; the search stays linear.
const MOST_PLACES: usize = 64;

impl<'t> Anchors<'t> {
    /// Lays the texts side by side. A 1 MB text takes a fraction of a second.
    pub fn new(old: &'t str, new: &'t str) -> Self {
        let mut lexicon = Lexicon::default();
        let (old, new) = (Row::new(old, &mut lexicon), Row::new(new, &mut lexicon));
        let alignment = Alignment::of(&old, &new);
        let mut unclaimed: HashMap<u32, Vec<u32>> = HashMap::new();
        for (token, id) in new.ids.iter().enumerate() {
            if alignment.old_of(token).is_none() {
                unclaimed.entry(*id).or_default().push(token as u32);
            }
        }
        Self { old, new, alignment, lexicon, unclaimed }
    }

    /// Where a span of the old text stands now.
    pub fn place(&self, span: Span) -> Place {
        let tokens = self.old.over(span);
        if tokens.is_empty() || span.of(self.old.text).is_none() {
            return Place::Nowhere;
        }
        if span.len() > LONG {
            return self.by_its_ends(&tokens).map_or(Place::Nowhere, Place::Like);
        }
        match self.aligned(&tokens).and_then(|new| Some((self.edges(span, &tokens, &new)?, new))) {
            Some((moved, new)) if self.is_sure(span, moved, &tokens, &new) => Place::Same(moved),
            Some((moved, _)) => Place::Like(moved),
            None => self.changed(&tokens).map_or_else(|| self.moved_away(&tokens), Place::Like),
        }
    }

    /// Where words that stood in an older text stand in the new one.
    pub fn seek(&self, quote: Quote<'_>) -> Place {
        let ids = |text: &str| tokens(text).iter().map(|token| self.lexicon.look(&text[token.span.range()])).collect::<Vec<u32>>();
        self.find(&ids(quote.words), &ids(quote.before), &ids(quote.after), quote.words)
    }

    /// The new tokens, where every old one has its own and nothing stands between them.
    fn aligned(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let first = self.alignment.new_of(tokens.start)?;
        let is_whole = tokens.clone().enumerate().all(|(i, token)| self.alignment.new_of(token) == Some(first + i));
        is_whole.then(|| first..first + tokens.len())
    }

    /// A very long mention by its first and last token alone, so that many of them cost no more than their number.
    fn by_its_ends(&self, tokens: &Range<usize>) -> Option<Span> {
        let (first, last) = (self.alignment.new_of(tokens.start)?, self.alignment.new_of(tokens.end - 1)?);
        Some(self.new.span_of(&(first..last + 1)))
    }

    /// The new span: on the edges of tokens where the old one is, else as far inside them. White space that the old span
    /// began or ended with is taken along where it is still there.
    fn edges(&self, span: Span, old: &Range<usize>, new: &Range<usize>) -> Option<Span> {
        let (was, is) = (self.old.span_of(old), self.new.span_of(new));
        let inside = |token: usize, at: u32| {
            let (old_token, new_token) = (self.old.spans[token], self.new.spans[self.alignment.new_of(token)?]);
            let (old_word, new_word) = (old_token.of(self.old.text)?, new_token.of(self.new.text)?);
            let before = old_word.get(..(at - old_token.start) as usize)?.chars().count();
            let same_length = old_word.chars().count() == new_word.chars().count();
            let at = new_word.char_indices().nth(before).map(|(at, _)| at as u32).filter(|_| same_length)?;
            Some(new_token.start + at)
        };
        let start = match span.start {
            start if start > was.start => inside(old.start, start)?,
            start => {
                let lead = Span { start, end: was.start }.of(self.old.text)?;
                let is_there = self.new.text[..is.start as usize].ends_with(lead);
                if is_there { is.start - lead.len() as u32 } else { is.start }
            }
        };
        let end = match span.end {
            end if end < was.end => inside(old.end - 1, end)?,
            end => {
                let tail = Span { start: was.end, end }.of(self.old.text)?;
                let is_there = self.new.text[is.end as usize..].starts_with(tail);
                if is_there { is.end + tail.len() as u32 } else { is.end }
            }
        };
        (start < end).then_some(Span { start, end })
    }

    fn is_sure(&self, span: Span, moved: Span, old: &Range<usize>, new: &Range<usize>) -> bool {
        let words = |text, span: Span| span.of(text).unwrap_or_default();
        same_words(words(self.old.text, span), words(self.new.text, moved)) && self.has_support(old, new) && !self.has_grown(old, new)
    }

    /// Whether enough words around the mention came along: two for a single word, one for more. The edge of a line that
    /// was and is one counts as a word.
    fn has_support(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        let own = (self.old.words_before[old.end] - self.old.words_before[old.start]) as usize;
        let wanted = 3usize.saturating_sub(own).max(1);
        let (old_line, new_line) = (self.old.line_of(old.start), self.new.line_of(new.start));
        let (old_line_end, new_line_end) = (self.old.line_of(old.end - 1), self.new.line_of(new.end - 1));
        let left = walk(
            Side { row: &self.old, from: old.start, line: &self.old.lines[old_line] },
            Side { row: &self.new, from: new.start, line: &self.new.lines[new_line] },
            wanted,
            Direction::Back,
        );
        let right = walk(
            Side { row: &self.old, from: old.end, line: &self.old.lines[old_line_end] },
            Side { row: &self.new, from: new.end, line: &self.new.lines[new_line_end] },
            wanted,
            Direction::On,
        );
        left + right >= wanted
    }

    /// Whether a capitalised word that is new stands right beside the mention, so that the name may be a longer one now. A
    /// title before it is no part of it; nor is what took the place of another capitalised word beside a name of several words.
    fn has_grown(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        let is_whole = self.old.words_before[old.end] - self.old.words_before[old.start] > 1;
        let is_new = |token: usize| self.alignment.old_of(token).is_none();
        let grew =
            |beside_new: Option<usize>, beside_old: Option<usize>| beside_new.is_some_and(is_new) && !(is_whole && beside_old.is_some());
        let before = self.new.capital_before(new);
        let is_title = before.is_some_and(|token| {
            let words = self.new.span_of(&(token..new.end)).of(self.new.text).unwrap_or_default();
            name::of(words).1.start as usize >= self.new.spans[token].len()
        });
        grew(before, self.old.capital_before(old)) && !is_title || grew(self.new.capital_after(new), self.old.capital_after(old))
    }

    /// What stands in the place of changed words, where it is alike enough.
    fn changed(&self, tokens: &Range<usize>) -> Option<Span> {
        let window = self.window(tokens)?;
        let words = self.old.span_of(tokens).of(self.old.text)?;
        if tokens.len() > LONGEST || words.len() > LONGEST_BYTES {
            return None;
        }
        let wanted = letters(words);
        let lengths = (tokens.len() / 2).max(1)..=tokens.len() + 3;
        let mut best: Option<(usize, Span)> = None;
        for start in window.clone() {
            for len in lengths.clone().take_while(|len| start + len <= window.end) {
                let span = self.new.span_of(&(start..start + len));
                // Words of another length cannot be alike: a likeness counts characters.
                if span.len() > words.len() * 3 + 8 {
                    break;
                }
                let found = letters(span.of(self.new.text)?);
                let most = wanted.len().min(found.len()) * 2000 / (wanted.len() + found.len()).max(1);
                if most < ALIKE.max(best.map_or(0, |(score, _)| score)) {
                    continue;
                }
                let score = likeness(&wanted, &found);
                if score >= ALIKE && best.is_none_or(|(other, _)| score > other) {
                    best = Some((score, span));
                }
            }
        }
        best.map(|(_, span)| span)
    }

    /// The new tokens between those that stand for what was before and after the old ones. `None` where nothing near is
    /// certain.
    fn window(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let before = (tokens.start.saturating_sub(WINDOW)..tokens.start).rev().find_map(|token| self.alignment.new_of(token));
        let after = (tokens.end..(tokens.end + WINDOW).min(self.old.ids.len())).find_map(|token| self.alignment.new_of(token));
        let is_first = tokens.start <= WINDOW;
        let is_last = tokens.end + WINDOW >= self.old.ids.len();
        let start = before.map(|token| token + 1).or(is_first.then_some(0));
        let end = after.or(is_last.then_some(self.new.ids.len()));
        let window = match (start, end) {
            (Some(start), Some(end)) => start..end,
            (Some(start), None) => start..start + WINDOW,
            (None, Some(end)) => end.saturating_sub(WINDOW)..end,
            (None, None) => return None,
        };
        let end = window.end.min(window.start + WINDOW).min(self.new.ids.len());
        Some(window.start.min(end)..end)
    }

    /// Where the words went with a paragraph that was moved.
    fn moved_away(&self, tokens: &Range<usize>) -> Place {
        let before = &self.old.ids[tokens.start.saturating_sub(SURROUNDINGS)..tokens.start];
        let after = &self.old.ids[tokens.end..(tokens.end + SURROUNDINGS).min(self.old.ids.len())];
        let words = self.old.span_of(tokens).of(self.old.text).unwrap_or_default();
        self.find(&self.old.ids[tokens.clone()], before, after, words)
    }

    /// Finds words by their surroundings where no old text was found to stand.
    fn find(&self, words: &[u32], before: &[u32], after: &[u32], quote: &str) -> Place {
        let places = |i: usize| self.unclaimed.get(&words[i]).map_or(&[][..], Vec::as_slice);
        let Some(rarest) = (0..words.len()).min_by_key(|i| places(*i).len()) else { return Place::Nowhere };
        if places(rarest).len() > MOST_PLACES {
            return Place::Nowhere;
        }
        let starts = places(rarest).iter().filter_map(|token| (*token as usize).checked_sub(rarest));
        let mut found: Vec<(usize, usize, Range<usize>)> = Vec::new();
        for start in starts.filter(|start| self.new.ids[*start..].starts_with(words)) {
            let new = start..start + words.len();
            if new.clone().any(|token| self.alignment.old_of(token).is_some()) {
                continue;
            }
            let left = common(self.new.ids[..start].iter().rev(), before.iter().rev());
            let right = common(self.new.ids[new.end..].iter(), after.iter());
            found.push((left, right, new));
        }
        found.sort_by_key(|(left, right, new)| (std::cmp::Reverse(left + right), new.start));
        let Some((left, right, new)) = found.first() else { return Place::Nowhere };
        let is_only = found.get(1).is_none_or(|(other_left, other_right, _)| other_left + other_right < left + right);
        let span = self.new.span_of(new);
        let is_same = span.of(self.new.text).is_some_and(|words| same_words(words, quote));
        match is_only {
            true if *left >= 3 && *right >= 3 && is_same => Place::Same(span),
            true if left + right >= 2 => Place::Like(span),
            _ => Place::Nowhere,
        }
    }

    /// The nearest place of a span whose words need not be there any more.
    pub fn nearest(&self, span: Span) -> Option<Span> {
        match self.place(span) {
            Place::Same(place) | Place::Like(place) => Some(place),
            Place::Nowhere => None,
        }
    }
}

fn common<'a>(a: impl Iterator<Item = &'a u32>, b: impl Iterator<Item = &'a u32>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[derive(Clone, Copy)]
enum Direction {
    Back,
    On,
}

/// One of the two texts at an edge of a mention.
struct Side<'a, 't> {
    row: &'a Row<'t>,
    from: usize,
    line: &'a Range<usize>,
}

impl Side<'_, '_> {
    /// The words from the edge on, to the end of the line. Marks are passed over: they come and go.
    fn words(&self, direction: Direction) -> Box<dyn Iterator<Item = u32> + '_> {
        let is_word = move |token: &usize| self.row.is_word(*token);
        let id = move |token: usize| self.row.ids[token];
        match direction {
            Direction::Back => Box::new((self.line.start..self.from).rev().take(WINDOW).filter(is_word).map(id)),
            Direction::On => Box::new((self.from..self.line.end).take(WINDOW).filter(is_word).map(id)),
        }
    }
}

/// How many words on one side are the same in both texts, at most `wanted`; the end of both lines counts as one.
fn walk(old: Side<'_, '_>, new: Side<'_, '_>, wanted: usize, direction: Direction) -> usize {
    let (mut old, mut new) = (old.words(direction), new.words(direction));
    let mut same = 0;
    while same < wanted {
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => same += 1,
            (None, None) => return same + 1,
            _ => break,
        }
    }
    same
}
