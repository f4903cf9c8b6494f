//! Names: the normalised surface forms by which mentions are grouped.
//!
//! Only keys are normalised; stored text never is. Two surfaces with one key are taken for one name. A key is made of
//! the surface's words, each folded by itself, so that the places of a name can be found in a text by its tokens.

use unicode_normalization::UnicodeNormalization as _;

use super::Span;
use super::seam::Seam;
use super::tokens;

/// The key of a surface form: without title, leading article and possessive ending, diacritics, ligatures and
/// typographic quotes and dashes levelled, initialisms without full stops, white space single, case folded except in
/// short all-capital forms (so that `US` and `us` stay apart).
pub fn key(surface: &str) -> String {
    of(surface).0
}

/// The key of a surface form and the part of the surface that it speaks of, in bytes: `Kishida` in `Mr. Kishida’s`.
/// Nothing is ever stripped to nothing.
pub fn of(surface: &str) -> (String, Span) {
    let words = words(surface);
    let core = strip_trailing(strip_leading(&words));
    let (Some(first), Some(last)) = (core.first(), core.last()) else {
        return (surface.trim().to_owned(), Span::new(0, surface.len()));
    };
    let span = Span { start: first.span.start, end: last.span.end };
    if let [word] = core
        && let Some(capitals) = short_capitals(&surface[word.span.range()])
    {
        return (capitals, span);
    }
    let mut key = String::with_capacity(span.len());
    for word in core {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.folded);
    }
    (key, span)
}

/// Whether a key speaks of capitals: a name that is only meant where it is written so.
pub fn is_capitals(key: &str) -> bool {
    key.chars().any(char::is_uppercase)
}

/// Appends a word as keys hold it, case folded. Says nothing of short capitals, which a whole name decides.
pub fn fold(word: &str, out: &mut String) {
    if word.contains('\n') {
        let mut whole = String::with_capacity(word.len());
        word.lines().for_each(|line| Seam::join(&mut whole, line.trim()));
        return fold(whole.trim_start(), out);
    }
    let is_initialism = is_initialism(word);
    if word.is_ascii() {
        let kept = word.bytes().filter(|b| !(is_initialism && *b == b'.'));
        out.extend(kept.map(|b| if b == b'`' { '\'' } else { b.to_ascii_lowercase() as char }));
        return;
    }
    let level: String = word.nfkd().filter_map(level_char).filter(|c| !(is_initialism && *c == '.')).collect();
    for c in level.to_lowercase().chars() {
        match unligated(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
}

/// A number that equal folded tokens share, everywhere and always the same (FNV-1a). Unequal ones nearly never do.
pub fn fold_hash(folded: &str) -> u64 {
    folded.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3))
}

/// Whether the full stop only ends an abbreviation (St. Petersburg, John F. Kennedy), so that names are the same with and
/// without it.
fn is_abbreviating(text: &str, stop: Span, before: Option<Span>) -> bool {
    let is_stop = stop.of(text) == Some(".");
    is_stop && before.is_some_and(|word| word.end == stop.start && word.len() <= 4 && text[word.range()].chars().all(char::is_alphabetic))
}

/// The words that a key is made of, in a part of a text: tokens, those with inner hyphens taken apart (`U.S.` in
/// `U.S.-led`, so that names are found there too), without the full stops of abbreviations.
pub fn words_in(text: &str, part: Span) -> impl Iterator<Item = Span> + Clone + '_ {
    let mut last = None;
    let parts = tokens::iter_in(text, part).flat_map(move |token| parts(text, token.span));
    parts.filter(move |span| {
        let is_left_out = is_abbreviating(text, *span, last);
        last = Some(*span);
        !is_left_out
    })
}

/// A token taken apart at its inner hyphens, which are parts themselves.
fn parts(text: &str, token: Span) -> impl Iterator<Item = Span> + Clone + '_ {
    let mut at = token.start as usize;
    std::iter::from_fn(move || {
        let rest = &text[at..token.end as usize];
        let first = rest.chars().next()?;
        let len = if is_hyphen(first) { first.len_utf8() } else { hyphen_in(rest).unwrap_or(rest.len()) };
        at += len;
        Some(Span::new(at - len, at))
    })
}

/// The first hyphen that is no line's end.
fn hyphen_in(token: &str) -> Option<usize> {
    let goes_on = |at: usize| token[at..].chars().nth(1).is_none_or(|next| !next.is_whitespace());
    token.match_indices(is_hyphen).map(|(at, _)| at).find(|at| goes_on(*at))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

struct Word {
    folded: String,
    span: Span,
}

/// The words that count, folded.
fn words(surface: &str) -> Vec<Word> {
    let folded = |span: Span| {
        let mut folded = String::new();
        fold(&surface[span.range()], &mut folded);
        Word { folded, span }
    };
    words_in(surface, Span::new(0, surface.len())).map(folded).collect()
}

/// Words before a name that are no part of it. Only such as are hardly ever part of a name themselves: King, Lord and
/// General are not here.
const LEADING: &[&str] = &[
    "the",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mme",
    "dr",
    "prof",
    "sir",
    "dame",
    "sen",
    "rep",
    "gen",
    "lt",
    "col",
    "maj",
    "capt",
    "cmdr",
    "adm",
    "sgt",
    "gov",
    "rev",
    "hon",
    "president",
    "chancellor",
    "premier",
    "senator",
    "congressman",
    "congresswoman",
    "ayatollah",
    "sheikh",
];

/// Titles of two words.
const LEADING_PAIRS: &[(&str, &str)] = &[("prime", "minister"), ("foreign", "minister"), ("vice", "president")];

fn strip_leading(words: &[Word]) -> &[Word] {
    let mut rest = words;
    loop {
        rest = match rest {
            [first, _, ..] if LEADING.contains(&first.folded.as_str()) || is_quote(&first.folded) => &rest[1..],
            [first, second, _, ..] if LEADING_PAIRS.contains(&(&first.folded, &second.folded)) => &rest[2..],
            _ => return rest,
        };
    }
}

fn strip_trailing(words: &[Word]) -> &[Word] {
    let mut rest = words;
    while let [.., _, last] = rest
        && (matches!(last.folded.as_str(), "'s" | "." | "," | ";" | ":") || is_quote(&last.folded))
    {
        rest = &rest[..rest.len() - 1];
    }
    rest
}

fn is_quote(folded: &str) -> bool {
    matches!(folded, "'" | "\"")
}

/// Single letters between full stops: `U.S`, `U.S.`.
fn is_initialism(token: &str) -> bool {
    token.contains('.') && token.split('.').all(|part| part.chars().nth(1).is_none() && part.chars().all(char::is_alphabetic))
}

pub(super) fn level_char(c: char) -> Option<char> {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' => Some('\''),
        '“' | '”' | '„' | '«' | '»' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        // What the middle dot of Korean newsrooms (U+318D) decomposes to.
        '\u{119E}' => Some('·'),
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => None,
        // Marks of scripts that carry meaning in them (kana voicing, Indic vowels) stay.
        '\u{0300}'..='\u{036F}' => None,
        c => Some(c),
    }
}

/// Latin letters that decomposition leaves alone, as newsrooms spell them without.
pub(super) fn unligated(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

/// At most three letters or digits, none of them small, one of them a letter: levelled and without full stops.
fn short_capitals(token: &str) -> Option<String> {
    if token.len() > 24 || !token.chars().any(char::is_uppercase) || token.chars().any(char::is_lowercase) {
        return None;
    }
    let is_initialism = is_initialism(token);
    let level: String = token.nfkd().filter_map(level_char).filter(|c| !(is_initialism && *c == '.')).collect();
    (level.chars().count() <= 3).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_one_name_share_a_key() {
        for form in ["Mr. Kishida", "Kishida’s", "KISHIDA", "the Kishida", "Kishida", "Prime Minister Kishida", "“Kishida”", "Kishida,"]
        {
            assert_eq!(key(form), "kishida", "{form}");
        }
        assert_eq!(key("São  Tomé"), key("Sao Tome"));
        assert_eq!(key("Asia–Pacific"), key("Asia-Pacific"));
        assert_eq!(key("St. Petersburg"), key("St Petersburg"));
        for broken in ["Nordmåhl\u{AD} Kelp\u{200B} Board", "Nord-\nmåhl Kelp\nBoard", "Nord\u{AD}\r\n  måhl\n Kelp Bo-\nard"] {
            assert_eq!(key(broken), key("Nordmåhl Kelp Board"), "{broken:?}");
        }
        assert_eq!(key("Asia-\nPacific"), key("Asia-Pacific"));
        assert_eq!(key("John F. Kennedy Jr."), key("John F Kennedy Jr"));
        assert_eq!(key("Łukasz Ørsted"), key("Lukasz Orsted"));
        assert_eq!(key("the Philippines’"), key("Philippines"));
        assert_eq!(key("서울\u{318D}부산"), key("서울·부산"));
        assert_ne!(key("서울\u{318D}부산"), key("서울부산"));
    }

    #[test]
    fn names_that_differ_keep_different_keys() {
        for (one, other) in [("General Motors", "Motors"), ("Lord Howe", "Howe"), ("$5", "£5"), ("Washington. Moscow", "Washington Moscow")]
        {
            assert_ne!(key(one), key(other));
        }
    }

    #[test]
    fn short_capitals_are_no_common_words() {
        assert_ne!(key("US"), key("us"));
        assert_ne!(key("WHO"), key("who"));
        assert_eq!(key("U.S."), "US");
        assert_eq!(key("the U.S.’s"), "US");
        assert_eq!(key("NATO"), key("Nato"));
        assert!(is_capitals(&key("U.N.")) && !is_capitals(&key("Nato")));
    }

    #[test]
    fn a_name_is_never_emptied() {
        assert_eq!(key("The"), "the");
        assert_eq!(key("'"), "'");
        assert_eq!(key("Mr."), "mr");
        assert_eq!(key("  "), "");
    }

    #[test]
    fn the_core_lies_where_the_name_is() {
        let core = |surface: &'static str| &surface[of(surface).1.range()];
        assert_eq!(core("Mr. Kishida’s"), "Kishida");
        assert_eq!(core("the Bank of China"), "Bank of China");
        assert_eq!(core("The"), "The");
    }

    proptest! {
        #[test]
        fn the_key_of_a_core_is_the_key(surface in "(?s)((the|Mr\\.|U\\.S\\.|O’Neil|“|’s|\\.| |[A-Zé]{1,4}|.)){0,6}") {
            let (whole, core) = of(&surface);
            prop_assert_eq!(key(core.of(&surface).unwrap()), whole);
        }
    }
}
