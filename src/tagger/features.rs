//! Features of a token: what the model may learn a weight for. Each is one 64-bit key; nothing is allocated per token.

use super::cues;
use super::hash::feature;
use super::page::{CONTEXTS, Case, Page, Sentence, Word};

/// Where a list's kinds of the tokens stand beyond the sentence.
const OUTSIDE: u32 = 0xffff_ffff;

/// Whether a template names the very word, so that training may hide it (see `train`).
pub const LEXICAL_TEMPLATES: u32 = 20;

/// Writes the keys of token `i` of `sentence` into `out`, in a fixed order. Keys whose template is below
/// [`LEXICAL_TEMPLATES`] come first; their number is returned.
pub fn features(page: &Page<'_>, sentence: &Sentence, i: usize, out: &mut Vec<u64>) -> usize {
    out.clear();
    let mut add = |template: u32, a: u32, b: u32| out.push(feature(template, a, b));
    let range = &sentence.tokens;
    let at = |offset: isize| -> Option<&Word> { i.checked_add_signed(offset).filter(|at| range.contains(at)).map(|at| &page.words[at]) };
    let word = &page.words[i];
    let near = [at(-2), at(-1), Some(word), at(1), at(2)];
    let lower = near.map(|word| word.map_or(OUTSIDE, |word| word.lower));
    let mode = u32::from(sentence.is_caps) + 2 * u32::from(sentence.is_title);

    // The words themselves.
    for (slot, key) in lower.iter().enumerate() {
        add(slot as u32, *key, 0);
    }
    add(5, lower[1], lower[2]);
    add(6, lower[2], lower[3]);
    add(7, word.exact, 0);
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
    let lexical = out.len();
    let mut add = |template: u32, a: u32, b: u32| out.push(feature(template, a, b));
    add(20, mode, 0);

    // Shape and affixes.
    let shapes = near.map(|word| word.map_or(OUTSIDE, |word| word.shape));
    add(21, shapes[1], mode);
    add(22, shapes[2], mode);
    add(23, shapes[3], mode);
    add(24, shapes[1], shapes[2]);
    add(25, shapes[2], shapes[3]);
    add(26, shapes[1] ^ shapes[3].rotate_left(16), shapes[2]);
    let case = word.case as u32;
    for n in 0..3 {
        if word.prefix[n] != 0 {
            add(27 + n as u32, word.prefix[n], case);
        }
        if word.suffix[n] != 0 {
            add(30 + n as u32, word.suffix[n], case);
        }
    }

    // Word classes.
    for (slot, word) in near.iter().enumerate() {
        if let Some(word) = word.filter(|word| word.fine != 0) {
            add(34 + slot as u32, u32::from(word.fine), 0);
            add(40 + slot as u32, u32::from(word.coarse), 0);
        }
    }
    let coarse = near.map(|word| word.map_or(OUTSIDE, |word| u32::from(word.coarse) + 256 * word.case as u32));
    add(46, coarse[1], coarse[2]);
    add(47, coarse[2], coarse[3]);
    add(48, coarse[1], coarse[3]);

    // Lists and rules.
    let mut add_bits = |template: u32, bits: u32, with: u32| {
        let mut rest = bits;
        while rest != 0 {
            out.push(feature(template, rest.trailing_zeros(), with));
            rest &= rest - 1;
        }
    };
    let lists = near.map(|word| word.map_or(0, |word| word.starts | word.inside));
    add_bits(50, word.starts, case);
    add_bits(51, word.inside, case);
    add_bits(52, lists[1], case);
    add_bits(53, lists[3], case);
    add_bits(54, page.forms[word.form as usize].lists, case);
    // Cues of the words around and of the run.
    add_bits(55, word.cues, case);
    for (slot, template) in [(0, 56), (1, 57), (3, 58), (4, 59)] {
        add_bits(template, near[slot].map_or(0, |word| word.cues), near[slot].map_or(0, |word| u32::from(word.is_capital())));
    }
    if let Some(run) = run {
        add_bits(60, run.cues, u32::from(i + 1 == run.tokens.end));
        let before = run.tokens.start.checked_sub(1).filter(|at| range.contains(at)).map_or(0, |at| page.words[at].cues);
        let after = Some(run.tokens.end).filter(|at| range.contains(at)).map_or(0, |at| page.words[at].cues);
        let len = (run.tokens.len() as u32).min(4);
        add_bits(61, before, len);
        add_bits(62, after, len);
    }
    for (slot, template) in [(1, 64), (2, 65), (3, 66)] {
        add_bits(template, near[slot].map_or(0, |word| u32::from(word.class.bits())), near[slot].map_or(0, |word| word.case as u32));
    }
    let form = &page.forms[word.form as usize];
    if word.case != Case::Lower && word.case != Case::None {
        add_bits(63, form.contexts & ((1 << CONTEXTS) - 1), 0);
    }

    let mut add = |template: u32, a: u32, b: u32| out.push(feature(template, a, b));
    add(70, word.starts, word.inside);
    add(71, lists[1], word.starts | word.inside);
    add(72, word.starts | word.inside, lists[3]);
    let classes = near.map(|word| word.map_or(256, |word| u32::from(word.class.bits()) + 512 * word.case as u32));
    add(78, classes[2], classes[3]);
    add(79, classes[1], classes[2]);
    add(80, classes[2], word.starts | word.inside);
    if let Some(run) = run {
        let place = u32::from(i + 1 == run.tokens.end) + 2 * u32::from(i == run.tokens.start);
        add(73, (run.tokens.len() as u32).min(5), place);
        let last = &page.words[run.tokens.end - 1];
        add(74, u32::from(last.fine), place);
    }
    // What the article says of the word, where its own case may say nothing.
    let is_begin = i == range.start || (i == range.start + 1 && page.words[range.start].case == Case::None);
    let seen = u32::from(form.lower > 0) + 2 * u32::from(form.capital.min(2));
    add(75, seen + 16 * u32::from(is_begin), case + 8 * mode);
    let common = u32::from(word.cues & cues::COMMON != 0);
    add(76, u32::from(is_begin) + 2 * common + 4 * u32::from(form.lower > form.capital), case + 8 * mode);
    add(77, u32::from(is_begin), 0);
    lexical
}
