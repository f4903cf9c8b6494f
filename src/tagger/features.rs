//! Features of a token: what the model may learn a weight for. Each is one 64-bit key.
//!
//! What depends on the form of a word alone, wherever it stands, is told apart from what depends on its place: the model
//! sums the weights of the first once a form.

use super::cues;
use super::hash::feature;
use super::page::{CONTEXTS, Case, Page, Sentence, Word};

/// In the place of a word beyond the sentence.
const OUTSIDE: u32 = 0xffff_ffff;

/// Templates below name the very word, so that training may hide them (see `train`).
pub const LEXICAL_TEMPLATES: u32 = 20;

/// Words that a token's features look at: two before it, itself, two after.
pub const SLOTS: usize = 5;

/// The slot of the token itself.
const HERE: usize = 2;

/// The words in the slots of token `i` of `sentence`, with where they stand.
pub fn near<'p>(page: &'p Page<'_>, sentence: &Sentence, i: usize) -> [Option<(usize, &'p Word)>; SLOTS] {
    std::array::from_fn(|slot| (i + slot).checked_sub(HERE).filter(|at| sentence.tokens.contains(at)).map(|at| (at, &page.words[at])))
}

/// What a word says in a slot by its form alone.
pub fn of_word(word: Option<&Word>, slot: usize, add: &mut impl FnMut(u32, u32, u32)) {
    let s = slot as u32;
    let Some(word) = word else {
        add(s, OUTSIDE, 0);
        if (1..4).contains(&slot) {
            add(20 + s, OUTSIDE, 0);
        }
        return;
    };
    add(s, word.lower, 0);
    let case = word.case as u32;
    if slot == HERE {
        add(7, word.exact, 0);
    }
    if word.classes.row != 0 {
        add(13 + s, u32::from(word.classes.row), 0);
        for (level, class) in word.classes.levels.iter().enumerate() {
            add(100 + 8 * level as u32 + s, u32::from(*class), 0);
        }
    }
    if (1..4).contains(&slot) {
        add(20 + s, word.shape, 0);
        add_bits(63 + s, u32::from(word.class.bits()), case, add);
    }
    if slot == HERE {
        for n in 0..3 {
            if word.prefix[n] != 0 {
                add(27 + n as u32, word.prefix[n], case);
            }
            if word.suffix[n] != 0 {
                add(30 + n as u32, word.suffix[n], case);
            }
        }
        add_bits(55, word.cues, case, add);
    } else {
        add_bits(56 + s, word.cues, u32::from(word.is_capital()), add);
    }
}

/// What token `i` of `sentence` says by its place: the words together, lists, rules, runs, the article.
pub fn of_place(page: &Page<'_>, sentence: &Sentence, i: usize, add: &mut impl FnMut(u32, u32, u32)) {
    let range = &sentence.tokens;
    let word = &page.words[i];
    let near = near(page, sentence, i).map(|word| word.map(|(_, word)| word));
    let lower = near.map(|word| word.map_or(OUTSIDE, |word| word.lower));
    let mode = u32::from(sentence.is_caps) + 2 * u32::from(sentence.is_title);

    // The words themselves.
    add(5, lower[1], lower[2]);
    add(6, lower[2], lower[3]);
    let run = word.run.map(|run| &page.runs[run as usize]);
    if let Some(run) = run {
        let last = &page.words[run.tokens.end - 1];
        let first = &page.words[run.tokens.start];
        let place = u32::from(i + 1 == run.tokens.end) + 2 * u32::from(i == run.tokens.start);
        let len = (run.tokens.len() as u32).min(5);
        let before = run.tokens.start.checked_sub(1).filter(|at| range.contains(at)).map_or(OUTSIDE, |at| page.words[at].lower);
        let after = Some(run.tokens.end).filter(|at| range.contains(at)).map_or(OUTSIDE, |at| page.words[at].lower);
        add(8, last.lower, u32::from(i + 1 == run.tokens.end));
        add(9, first.lower, place & 2);
        add(10, before, len.min(3));
        add(11, after, len.min(3));
        add(12, before, after);
    }
    add(20, mode, 0);

    // Shape and affixes.
    let shapes = near.map(|word| word.map_or(OUTSIDE, |word| word.shape));
    if mode != 0 {
        for (slot, shape) in (1..4).zip(&shapes[1..4]) {
            add(240 + slot, *shape, mode);
        }
    }
    add(24, shapes[1], shapes[2]);
    add(25, shapes[2], shapes[3]);
    add(26, shapes[1] ^ shapes[3].rotate_left(16), shapes[2]);
    let case = word.case as u32;

    // Word classes.
    let coarse = near.map(|word| word.map_or(OUTSIDE, |word| u32::from(word.classes.levels[0]) + 256 * word.case as u32));
    add(146, coarse[1], coarse[2]);
    add(147, coarse[2], coarse[3]);
    add(148, coarse[1], coarse[3]);

    // Lists and rules.
    let lists = near.map(|word| word.map_or(0, |word| word.starts | word.inside));
    add_bits(50, word.starts, case, add);
    add_bits(51, word.inside, case, add);
    add_bits(52, lists[1], case, add);
    add_bits(53, lists[3], case, add);
    add_bits(54, page.forms[word.form as usize].lists, case, add);
    // Cues of the words around and of the run.
    if let Some(run) = run {
        add_bits(70, run.cues, u32::from(i + 1 == run.tokens.end), add);
        let before = run.tokens.start.checked_sub(1).filter(|at| range.contains(at)).map_or(0, |at| page.words[at].cues);
        let after = Some(run.tokens.end).filter(|at| range.contains(at)).map_or(0, |at| page.words[at].cues);
        let len = (run.tokens.len() as u32).min(4);
        add_bits(71, before, len, add);
        add_bits(72, after, len, add);
    }
    let form = &page.forms[word.form as usize];
    if word.case != Case::Lower && word.case != Case::None {
        add_bits(73, form.contexts & ((1 << CONTEXTS) - 1), 0, add);
    }

    add(74, word.starts, word.inside);
    add(75, lists[1], word.starts | word.inside);
    add(76, word.starts | word.inside, lists[3]);
    let classes = near.map(|word| word.map_or(256, |word| u32::from(word.class.bits()) + 512 * word.case as u32));
    add(78, classes[2], classes[3]);
    add(79, classes[1], classes[2]);
    add(80, classes[2], word.starts | word.inside);
    if let Some(run) = run {
        let place = u32::from(i + 1 == run.tokens.end) + 2 * u32::from(i == run.tokens.start);
        add(81, (run.tokens.len() as u32).min(5), place);
        let last = &page.words[run.tokens.end - 1];
        add(83, u32::from(last.classes.levels[2]), place);
    }
    // What the article says of the word, where its own case may say nothing.
    let is_begin = i == range.start || (i == range.start + 1 && page.words[range.start].case == Case::None);
    let seen = u32::from(form.lower > 0) + 2 * u32::from(form.capital.min(2));
    add(85, seen + 16 * u32::from(is_begin), case + 8 * mode);
    let common = u32::from(word.cues & cues::COMMON != 0);
    add(86, u32::from(is_begin) + 2 * common + 4 * u32::from(form.lower > form.capital), case + 8 * mode);
    add(87, u32::from(is_begin), 0);
}

fn add_bits(template: u32, bits: u32, with: u32, add: &mut impl FnMut(u32, u32, u32)) {
    let mut rest = bits;
    while rest != 0 {
        add(template, rest.trailing_zeros(), with);
        rest &= rest - 1;
    }
}

/// The keys of all features of token `i` of `sentence` in a fixed order, those of [`LEXICAL_TEMPLATES`] first; their number
/// is returned.
pub fn features(page: &Page<'_>, sentence: &Sentence, i: usize, out: &mut Vec<u64>, rest: &mut Vec<u64>) -> usize {
    out.clear();
    rest.clear();
    let mut add = |template: u32, a: u32, b: u32| {
        if template < LEXICAL_TEMPLATES { &mut *out } else { &mut *rest }.push(feature(template, a, b));
    };
    for (slot, word) in near(page, sentence, i).into_iter().enumerate() {
        of_word(word.map(|(_, word)| word), slot, &mut add);
    }
    of_place(page, sentence, i, &mut add);
    let lexical = out.len();
    out.append(rest);
    lexical
}
