//! Which way the letters of a line run: what is drawn from the left to the right becomes what is read.
//!
//! A PDF says where each glyph stands, not in which order it is read, and most programs draw Hebrew and Arabic from the left like
//! everything else. So a line is taken as it is seen, and the order of UAX 9 is undone: what it would turn round to be shown is
//! turned round again. Where a number stands before the first word of a line, it may have stood behind it; nothing seen tells.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_normalization::UnicodeNormalization as _;

/// Letters that run from the right, and those that run from the left.
pub fn count(text: &str) -> (usize, usize) {
    let is_left = |c: char| matches!(bidi_class(c), BidiClass::L);
    (text.chars().filter(|c| is_from_right(*c)).count(), text.chars().filter(|c| is_left(*c)).count())
}

pub fn is_from_right(c: char) -> bool {
    c >= '\u{590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Letters as they stand, not as they are shown at the beginning, in the middle or at the end of a word.
pub fn letters_of(form: char) -> Option<String> {
    let is_form = matches!(form, '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    is_form.then(|| form.nfkc().filter(|c| *c != ' ').collect())
}

/// What one glyph says, in the order of what is seen.
pub fn seen(letters: &str) -> String {
    if letters.chars().nth(1).is_some() && letters.contains(is_from_right) { reversed(letters) } else { letters.to_owned() }
}

pub fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// What is read where this is seen from the left. `is_rtl` is the way of its line.
pub fn read(seen: &str, is_rtl: bool) -> Vec<Read> {
    let text = if is_rtl { reversed(seen) } else { seen.to_owned() };
    let base = if is_rtl { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(&text, Some(base));
    let mut letters: Vec<Read> = text.char_indices().map(|(at, c)| Read { c, level: info.levels[at].number() }).collect();
    if is_rtl {
        join_numbers(&mut letters);
    }
    let highest = letters.iter().map(|letter| letter.level).max().unwrap_or(0);
    for level in (base.number() + 1..=highest).rev() {
        letters.chunk_by_mut(|one, next| (one.level >= level) == (next.level >= level)).for_each(|run| {
            if run[0].level >= level {
                run.reverse();
            }
        });
    }
    letters
}

/// A number beside a word of the other direction is taken for a part of that: `Route 66`.
fn join_numbers(letters: &mut [Read]) {
    for at in 1..letters.len().saturating_sub(1) {
        let (before, after) = (letters[at - 1], letters[at + 1]);
        let is_pair = before.c.is_ascii_digit() && after.c.is_alphabetic() || before.c.is_alphabetic() && after.c.is_ascii_digit();
        if letters[at].c == ' ' && before.level == 2 && after.level == 2 && is_pair {
            letters[at].level = 2;
        }
    }
}

/// A letter in the order of reading, and how deep it lies; those of an odd level run from the right.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Read {
    c: char,
    level: u8,
}

impl Read {
    pub fn text(letters: &[Self], is_mirrored: bool) -> String {
        letters.iter().map(|letter| if is_mirrored && letter.level % 2 == 1 { other_bracket(letter.c) } else { letter.c }).collect()
    }

    /// How many brackets that run from the right have no partner, as they stand and the other way round.
    pub fn lone_brackets(letters: &[Self]) -> (usize, usize) {
        let lone = |is_mirrored: bool| {
            let (mut open, mut lone) = (0_usize, 0_usize);
            for letter in letters.iter().filter(|letter| letter.level % 2 == 1) {
                let c = if is_mirrored { other_bracket(letter.c) } else { letter.c };
                match c {
                    '(' | '[' | '«' | '<' | '{' => open += 1,
                    ')' | ']' | '»' | '>' | '}' if open > 0 => open -= 1,
                    ')' | ']' | '»' | '>' | '}' => lone += 1,
                    _ => {}
                }
            }
            lone + open
        };
        (lone(false), lone(true))
    }
}

fn other_bracket(c: char) -> char {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»')];
    PAIRS.iter().find_map(|(open, close)| if c == *open { Some(*close) } else { (c == *close).then_some(*open) }).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Capitals stand for letters of Hebrew, as in the examples of UAX 9.
    fn hebrew(text: &str) -> String {
        text.chars().map(|c| if c.is_ascii_uppercase() { char::from_u32(0x5D0 + c as u32 - 'A' as u32).unwrap_or(c) } else { c }).collect()
    }

    #[test]
    fn what_is_seen_is_read_as_it_was_written() {
        for (written, is_rtl) in [
            ("ABC DEF", true),
            ("ABC north field DEF", true),
            ("ABC 1,250 DEF 31.12.2026", true),
            ("ABC, \"DEF\" GHI.", true),
            ("ABC 40%, DEF", true),
            ("ABC route 66 DEF", true),
            ("(ABC) DEF 2019 (GHI", true),
            ("the paper ABC DEF said", false),
            ("Lind (ABC DEF), on Monday", false),
            ("said ABC 12 DEF so", false),
            ("no such letters (at all), 12.5", false),
            ("", true),
        ] {
            let written = hebrew(written);
            let info = BidiInfo::new(&written, Some(if is_rtl { Level::rtl() } else { Level::ltr() }));
            let shown = info.paragraphs.first().map(|all| info.reorder_line(all, all.range.clone()).into_owned()).unwrap_or_default();
            let letters = read(&shown, is_rtl);
            let (as_is, mirrored) = Read::lone_brackets(&letters);
            assert_eq!(Read::text(&letters, mirrored < as_is), written, "seen as {shown}");
        }
    }

    #[test]
    fn brackets_that_were_drawn_the_other_way_round_are_known() {
        let letters = read(&hebrew("IHG )FED( CBA"), true);
        assert_eq!(Read::lone_brackets(&letters), (0, 2));
        let letters = read(&hebrew("IHG (FED) CBA"), true);
        assert_eq!(Read::lone_brackets(&letters), (2, 0));
        assert_eq!(Read::text(&letters, true), hebrew("ABC (DEF) GHI"));
    }

    #[test]
    fn forms_of_letters_are_the_letters() {
        assert_eq!(letters_of('\u{FEFB}').as_deref(), Some("لا"));
        assert_eq!(letters_of('\u{FE91}').as_deref(), Some("ب"));
        assert_eq!(letters_of('\u{FB2A}').as_deref(), Some("ש\u{5C1}"));
        assert_eq!(letters_of('ب'), None);
        assert_eq!(seen("لا"), "ال");
        assert_eq!(seen("ffi"), "ffi");
    }
}
