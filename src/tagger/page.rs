//! An article as the model sees it: tokens with their shape, clusters, list matches and cues, sentences, runs of
//! capitalised words, and what the whole article says of each word.
//!
//! Built once per article in linear time; features only combine what stands here.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::classes::{Classes, WordClasses};
use super::cues::{self, Cues};
use super::gazetteer::WordClass;
use super::hash;
use super::table::Table;
use crate::text::Span;
use crate::text::sentences::{cells, sentences};
use crate::text::tokens::{Token, TokenKind, tokens_in};

/// A match of a list or rule that the model may lean on, in tokens of the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    pub tokens: Range<usize>,
    /// Below 32: which kind of list, see [`super::evidence`].
    pub kind: u8,
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// No letter, or letters of a script without case.
    None,
    Lower,
    /// First letter a capital, the rest not all.
    Capital,
    /// Two or more letters, all capitals.
    Upper,
    /// A capital after the first letter, which is none: iPhone.
    Inner,
}

#[derive(Clone, Debug)]
pub struct Word {
    pub exact: u32,
    pub lower: u32,
    pub shape: u32,
    pub case: Case,
    /// Hashes of the first two, three, four characters in lower case; 0 where the word is shorter.
    pub prefix: [u32; 3],
    pub suffix: [u32; 3],
    pub cues: Cues,
    pub classes: Classes,
    /// Kinds of lists that a match begins with here, and those that one goes on with.
    pub starts: u32,
    pub inside: u32,
    /// What the lists know of the word itself.
    pub class: WordClass,
    /// Index into [`Page::forms`].
    pub form: u32,
    /// Index into [`Page::runs`], if the word is in one.
    pub run: Option<u32>,
}

impl Word {
    pub fn is_capital(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }
}

#[derive(Clone, Debug)]
pub struct Sentence {
    pub tokens: Range<usize>,
    /// Written in capitals throughout: case says nothing.
    pub is_caps: bool,
    /// Most longer words are capitalised and no full stop ends them, as in headlines: case says little.
    pub is_title: bool,
}

/// A stretch of capitalised words.
#[derive(Clone, Debug)]
pub struct Run {
    pub tokens: Range<usize>,
    /// The cues of all its words together.
    pub cues: Cues,
}

/// What the article says of a word in any case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form {
    /// Occurrences in lower case.
    pub lower: u16,
    /// Capitalised occurrences where a capital means something.
    pub capital: u16,
    /// Contexts of those, see the constants in this file.
    pub contexts: u32,
    /// Kinds of lists that a match of two or more words around it is in.
    pub lists: u32,
}

pub const AFTER_TITLE: u32 = 1;
pub const AFTER_GIVEN_NAME: u32 = 1 << 1;
pub const BEFORE_ORG_FORM: u32 = 1 << 2;
pub const AFTER_AT: u32 = 1 << 3;
pub const BEFORE_SPEECH: u32 = 1 << 4;
pub const IN_BRACKETS: u32 = 1 << 5;
pub const BEFORE_POSSESSIVE: u32 = 1 << 6;
pub const AFTER_THE: u32 = 1 << 7;
pub const ENDS_RUN: u32 = 1 << 8;
pub const BEGINS_RUN: u32 = 1 << 9;
pub const IS_RUN: u32 = 1 << 10;
pub const RUN_HAS_ORG_HEAD: u32 = 1 << 11;
pub const RUN_HAS_PLACE_HEAD: u32 = 1 << 12;
pub const BEFORE_PEOPLE: u32 = 1 << 13;
pub const AFTER_COMMA_RUN: u32 = 1 << 14;
/// How many contexts there are.
pub const CONTEXTS: u32 = 15;

/// Word classes of the model, needed while a page is built.
pub struct Lexis<'m> {
    pub cues: &'m Table<Cues>,
    pub classes: &'m WordClasses,
}

pub struct Page<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
    pub words: Vec<Word>,
    /// Cut where columns part.
    pub sentences: Vec<Sentence>,
    /// Whole sentences, which lines of tables are.
    pub rows: Vec<Range<usize>>,
    pub runs: Vec<Run>,
    pub forms: Vec<Form>,
}

/// The tokens of several parts of a text as one sequence.
pub fn tokens_of(text: &str, parts: &[Span]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for part in parts {
        tokens.append(&mut tokens_in(text, *part));
    }
    tokens
}

impl<'t> Page<'t> {
    /// `hits` may come in any order; `classes` has one entry per token, or fewer.
    pub fn new(text: &'t str, tokens: Vec<Token>, hits: &[Hit], classes: &[WordClass], lexis: &Lexis<'_>) -> Self {
        let mut forms_by_key: HashMap<u32, u32, Keyed> = HashMap::with_capacity_and_hasher(tokens.len() / 3 + 1, Keyed::default());
        let words: Vec<Word> = tokens
            .iter()
            .enumerate()
            .map(|(at, token)| {
                let mut word = word_of(token.span.of(text).unwrap_or_default(), token.kind);
                word.cues = lexis.cues.get(word.lower).unwrap_or_default();
                word.classes = lexis.classes.of(word.exact, word.lower);
                word.class = classes.get(at).copied().unwrap_or_default();
                let next = forms_by_key.len() as u32;
                word.form = *forms_by_key.entry(word.lower).or_insert(next);
                word
            })
            .collect();
        let rows = sentences(text, &tokens);
        let sentences = cells(text, &tokens, &rows);
        let forms = vec![Form::default(); forms_by_key.len()];
        let mut page = Self { text, tokens, words, sentences: Vec::new(), rows, runs: Vec::new(), forms };
        page.sentences = sentences.into_iter().map(|range| page.sentence(range)).collect();
        page.mark_hits(hits);
        page.find_runs();
        page.survey();
        page
    }

    pub fn word_text(&self, i: usize) -> &'t str {
        self.tokens.get(i).and_then(|token| token.span.of(self.text)).unwrap_or_default()
    }

    /// The bytes from the first to the last token of a range.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        let (Some(first), Some(last)) = (self.tokens.get(tokens.start), self.tokens.get(tokens.end.wrapping_sub(1))) else {
            return Span::default();
        };
        Span { start: first.span.start, end: last.span.end }
    }

    /// Whether a token, or one of the two on either side, is capitalised or in a match of a list or rule.
    pub fn is_near_name(&self, sentence: &Sentence, i: usize) -> bool {
        let from = i.saturating_sub(2).max(sentence.tokens.start);
        let to = (i + 3).min(sentence.tokens.end);
        self.words[from..to].iter().any(|word| !matches!(word.case, Case::Lower | Case::None) || word.starts | word.inside != 0)
    }

    /// The tokens that a span covers wholly or in part; empty where it covers none.
    pub fn tokens_in_span(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        let last = self.tokens.partition_point(|token| token.span.start < span.end);
        first..last.max(first)
    }

    fn sentence(&self, tokens: Range<usize>) -> Sentence {
        let (mut letters, mut upper, mut long, mut long_capital) = (0, 0, 0, 0);
        for i in tokens.clone() {
            let word = &self.words[i];
            match word.case {
                Case::None => continue,
                Case::Upper => upper += 1,
                _ => {}
            }
            letters += 1;
            if self.tokens[i].span.len() > 3 {
                long += 1;
                long_capital += usize::from(word.is_capital());
            }
        }
        let is_caps = letters >= 3 && upper * 10 >= letters * 7;
        // Short sentences that are full of names end otherwise than headlines: He works for Delta Media in Oslo.
        let is_stopped = tokens.end > tokens.start && self.word_text(tokens.end - 1) == ".";
        let is_title = !is_caps && !is_stopped && long >= 4 && long_capital * 10 >= long * 7;
        Sentence { tokens, is_caps, is_title }
    }

    fn mark_hits(&mut self, hits: &[Hit]) {
        for hit in hits {
            let bit = 1_u32 << (hit.kind & 31);
            let Some(words) = self.words.get_mut(hit.tokens.clone()) else { continue };
            let several = words.len() > 1;
            for (at, word) in words.iter_mut().enumerate() {
                if at == 0 {
                    word.starts |= bit;
                } else {
                    word.inside |= bit;
                }
                if several {
                    self.forms[word.form as usize].lists |= bit;
                }
            }
        }
    }

    fn find_runs(&mut self) {
        for s in 0..self.sentences.len() {
            let sentence = &self.sentences[s];
            if sentence.is_caps {
                continue;
            }
            let mut i = sentence.tokens.start;
            while i < sentence.tokens.end {
                if !self.words[i].is_capital() {
                    i += 1;
                    continue;
                }
                let first = i;
                let mut cues = 0;
                while i < sentence.tokens.end && (self.words[i].is_capital() || self.is_initial_stop(first, i)) {
                    cues |= self.words[i].cues;
                    i += 1;
                }
                let run = self.runs.len() as u32;
                for word in &mut self.words[first..i] {
                    word.run = Some(run);
                }
                self.runs.push(Run { tokens: first..i, cues });
            }
        }
    }

    /// The full stop of an initial or title inside a run: George W. Bush.
    fn is_initial_stop(&self, first: usize, i: usize) -> bool {
        i > first
            && self.tokens[i].span.len() == 1
            && self.word_text(i) == "."
            && self.tokens[i - 1].span.end == self.tokens[i].span.start
            && (self.tokens[i - 1].span.len() == 1 || self.words[i - 1].cues & cues::TITLE != 0)
            && self.words.get(i + 1).is_some_and(Word::is_capital)
    }

    /// Gathers what the article says of each form.
    fn survey(&mut self) {
        for s in 0..self.sentences.len() {
            let Sentence { tokens, is_caps, is_title } = self.sentences[s].clone();
            if is_caps {
                continue;
            }
            for i in tokens.clone() {
                let form = self.words[i].form as usize;
                if self.words[i].case == Case::Lower {
                    self.forms[form].lower = self.forms[form].lower.saturating_add(1);
                }
                let Some(run) = self.words[i].run else { continue };
                if is_title {
                    continue;
                }
                let is_begin = i == tokens.start || (i == tokens.start + 1 && self.words[tokens.start].case == Case::None);
                if !is_begin {
                    self.forms[form].capital = self.forms[form].capital.saturating_add(1);
                }
                let contexts = self.contexts(i, run as usize, &tokens);
                self.forms[form].contexts |= contexts;
            }
        }
    }

    fn contexts(&self, i: usize, run: usize, sentence: &Range<usize>) -> u32 {
        let Run { tokens: run, cues } = &self.runs[run];
        let cue = |at: Option<usize>| at.filter(|at| sentence.contains(at)).map_or(0, |at| self.words[at].cues);
        let text = |at: Option<usize>| at.filter(|at| sentence.contains(at)).map_or("", |at| self.word_text(at));
        let before = i.checked_sub(1);
        let before_run = run.start.checked_sub(1);
        let mut contexts = 0;
        let mut set = |bit, condition: bool| contexts |= if condition { bit } else { 0 };
        let title_before = cue(before) & cues::TITLE != 0 || (text(before) == "." && cue(i.checked_sub(2)) & cues::TITLE != 0);
        set(AFTER_TITLE, title_before);
        let after_given = before.filter(|b| run.contains(b)).is_some_and(|b| self.words[b].class.is_given_name());
        set(AFTER_GIVEN_NAME, after_given);
        set(BEFORE_ORG_FORM, (i + 1..run.end).take(4).any(|at| self.words[at].cues & cues::ORG_FORM != 0));
        set(AFTER_AT, cue(before_run) & cues::AT != 0);
        set(BEFORE_SPEECH, i + 1 == run.end && cue(Some(i + 1)) & cues::SPEECH != 0);
        set(IN_BRACKETS, run.len() == 1 && text(before) == "(" && text(Some(i + 1)) == ")");
        set(BEFORE_POSSESSIVE, matches!(text(Some(i + 1)), "'s" | "’s"));
        set(AFTER_THE, matches!(text(before_run), "the" | "The"));
        set(ENDS_RUN, run.len() > 1 && i + 1 == run.end);
        set(BEGINS_RUN, run.len() > 1 && i == run.start);
        set(IS_RUN, run.len() == 1);
        set(RUN_HAS_ORG_HEAD, run.len() > 1 && cues & cues::ORG_HEAD != 0);
        set(RUN_HAS_PLACE_HEAD, run.len() > 1 && cues & (cues::PLACE_HEAD | cues::FACILITY_HEAD | cues::STATE_HEAD) != 0);
        set(BEFORE_PEOPLE, cue(Some(run.end)) & cues::PEOPLE != 0);
        let comma_run = text(before_run) == "," && before_run.and_then(|b| b.checked_sub(1)).is_some_and(|b| self.words[b].is_capital());
        set(AFTER_COMMA_RUN, comma_run);
        contexts
    }
}

fn word_of(surface: &str, kind: TokenKind) -> Word {
    let (mut exact, mut lower, mut shape) = (hash::START, hash::START, hash::START);
    let mut prefix = [0; 3];
    let mut tail = ['\0'; 4];
    let (mut letters, mut capitals, mut first_capital, mut count) = (0_usize, 0_usize, false, 0_usize);
    let mut last_class = 0;
    for c in surface.chars() {
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            exact = hash::step(exact, u32::from(byte));
        }
        lower = hash::step_lower(lower, c);
        let is_capital = c.is_uppercase();
        letters += usize::from(is_capital || c.is_lowercase());
        capitals += usize::from(is_capital);
        first_capital |= count == 0 && is_capital;
        let class = class_of(c, is_capital);
        if class != last_class {
            shape = hash::step(shape, class);
            last_class = class;
        }
        tail.rotate_left(1);
        tail[3] = c;
        count += 1;
        if (2..=4).contains(&count) {
            prefix[count - 2] = hash::finish(lower);
        }
    }
    let mut suffix = [0; 3];
    for (n, slot) in (2..=4).zip(&mut suffix) {
        if count > n {
            *slot = hash::finish(tail[4 - n..].iter().fold(hash::START, |state, c| hash::step_lower(state, *c)));
        }
    }
    let case = match (letters, capitals) {
        (0, _) => Case::None,
        (_, 0) => Case::Lower,
        (2.., n) if n == letters => Case::Upper,
        _ if first_capital => Case::Capital,
        _ => Case::Inner,
    };
    let length = match (kind, case) {
        (TokenKind::Number, _) | (_, Case::Upper) => count.min(5) as u32,
        _ => 0,
    };
    Word {
        exact: hash::finish(exact),
        lower: hash::finish(lower),
        shape: hash::finish(hash::step(shape, 0x100 + length)),
        case,
        prefix,
        suffix,
        cues: 0,
        classes: Classes::default(),
        starts: 0,
        inside: 0,
        class: WordClass::default(),
        form: 0,
        run: None,
    }
}

fn class_of(c: char, is_capital: bool) -> u32 {
    match c {
        _ if is_capital => 1,
        '0'..='9' => 3,
        '-' | '–' | '\u{2010}' | '\u{2011}' => 4,
        '\'' | '’' => 5,
        '.' | ',' | '&' | '(' | ')' | '"' | '“' | '”' | ':' | ';' | '/' | '$' | '%' | '@' | '#' => 0x20 + c as u32,
        _ if c.is_alphabetic() => 2,
        _ => 6,
    }
}

/// The keys are hashes already.
type Keyed = BuildHasherDefault<Passed>;

#[derive(Default)]
struct Passed(u64);

impl Hasher for Passed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
