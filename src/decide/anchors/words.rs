//! When two pieces of text are the same words, and how alike they are otherwise.
//!
//! A page that is saved again often comes with other quotation marks, dashes and blanks; a name written with a straight
//! apostrophe is still that name. Anything beyond that, capitals included, is another text that a person should see.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization as _;

/// Whether two pieces of text differ in nothing but quotation marks, dashes, blanks and the composition of accents.
pub fn same_words(a: &str, b: &str) -> bool {
    a == b || level(a).eq(level(b))
}

/// The characters of a text without its typography; white space is single and none at the ends.
fn level(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut is_first = true;
    text.split_whitespace().flat_map(move |word| {
        let blank = (!std::mem::take(&mut is_first)).then_some(' ');
        blank.into_iter().chain(word.nfc().filter_map(level_char))
    })
}

fn level_char(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => Some('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => None,
        c => Some(c),
    }
}

/// How much of two short texts is common, in thousandths of their characters.
pub fn likeness(a: &[char], b: &[char]) -> usize {
    let common: usize = capture_diff_slices(Algorithm::Myers, a, b).iter().map(equal_len).sum();
    common * 2000 / (a.len() + b.len()).max(1)
}

fn equal_len(op: &DiffOp) -> usize {
    match op {
        DiffOp::Equal { len, .. } => *len,
        _ => 0,
    }
}

/// The characters that [`likeness`] compares.
pub fn letters(text: &str) -> Vec<char> {
    level(text).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_makes_no_other_words() {
        for (a, b) in [("O'Brien", "O’Brien"), ("Zoë Pärn", "Zoe\u{308} Pa\u{308}rn"), ("a  b", " a\u{a0}b"), ("1939-45", "1939–45")]
        {
            assert!(same_words(a, b), "{a} {b}");
        }
        for (a, b) in [("Nato", "NATO"), ("Müller", "Muller"), ("Kishida", "Kishidas"), ("New York", "NewYork"), ("", "x")] {
            assert!(!same_words(a, b), "{a} {b}");
        }
    }

    #[test]
    fn likeness_is_in_common_characters() {
        let of = |a: &str, b: &str| likeness(&letters(a), &letters(b));
        assert_eq!(of("Zelensky", "Zelenskyy"), 16 * 1000 / 17);
        assert!(of("Merkel", "Trump") < 500);
        assert_eq!(of("NATO", "Nato"), 1000);
        assert_eq!(of("", ""), 0);
    }
}
