//! Names: the normalised surface forms by which mentions are grouped.
//!
//! Only keys are normalised; stored text never is. Two surfaces with one key are taken for one name.

use unicode_normalization::UnicodeNormalization as _;

/// The key of a surface form: without title, leading article and possessive ending, diacritics and typographic
/// quotes and dashes levelled, white space single, case folded except in short all-capital forms (so that `US` and
/// `us` stay apart).
pub fn key(surface: &str) -> String {
    let level: String = surface.nfkd().filter_map(level_char).collect();
    let words: Vec<&str> = level.split_whitespace().collect();
    let core = strip_ending(strip_leading(&words).join(" "));
    if is_short_capitals(&core) { core } else { core.to_lowercase() }
}

/// Words before a name that are not part of it.
const LEADING: &[&str] = &[
    "the", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "prof", "prof.", "sir", "dame", "lord", "lady", "sen", "sen.",
    "rep", "rep.", "gen", "gen.", "col", "col.", "lt", "lt.", "capt", "capt.", "sgt", "sgt.", "gov", "gov.", "rev", "rev.",
];

fn strip_leading<'w>(words: &'w [&'w str]) -> &'w [&'w str] {
    let mut rest = words;
    while rest.len() > 1 && LEADING.contains(&rest[0].to_lowercase().as_str()) {
        rest = &rest[1..];
    }
    rest
}

fn strip_ending(name: String) -> String {
    for ending in ["'s", "'S", "'"] {
        if let Some(stem) = name.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            return stem.to_owned();
        }
    }
    name
}

fn level_char(c: char) -> Option<char> {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' => Some('\''),
        '“' | '”' | '„' | '«' | '»' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => None,
        // Marks of scripts that carry meaning in them (kana voicing, Indic vowels) stay.
        '\u{0300}'..='\u{036F}' => None,
        c => Some(c),
    }
}

fn is_short_capitals(name: &str) -> bool {
    name.chars().count() <= 3 && name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_share_a_key() {
        for form in ["Mr. Kishida", "Kishida’s", "KISHIDA", "the Kishida", "Kishida"] {
            assert_eq!(key(form), "kishida", "{form}");
        }
        assert_eq!(key("São  Tomé"), key("Sao Tome"));
        assert_eq!(key("Asia–Pacific"), key("Asia-Pacific"));
    }

    #[test]
    fn short_capitals_are_no_common_words() {
        assert_ne!(key("US"), key("us"));
        assert_ne!(key("WHO"), key("who"));
    }

    #[test]
    fn a_name_is_never_emptied() {
        assert_eq!(key("The"), "the");
        assert_eq!(key("'"), "'");
    }
}
