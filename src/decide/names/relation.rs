//! When two names may be names of one thing, and why: in words, for the analyst to judge.
//!
//! Only the names are looked at here, never where they stand: a surname says nothing of which Kishida is meant. Whoever
//! asks decides by the articles.

use std::fmt;

use crate::annotation::Label;
use crate::text::{Span, name};

/// Why a name may speak of the thing that the longer name given here speaks of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reason {
    /// The entity, or a mention linked to it, has this name.
    SameName,
    /// The longer name is followed by it in brackets.
    Defined(String),
    Form(String),
    /// It is the longer name itself.
    Longer(String),
    Surname(String),
    Acronym(String),
    Short(String),
    /// The first word of a person’s name: a given name, or the surname where that comes first.
    FirstWord(String),
}

impl Reason {
    /// The order of their strength, the strongest first, whatever name they give.
    pub fn rank(&self) -> u8 {
        match self {
            Reason::SameName => 0,
            Reason::Defined(_) => 1,
            Reason::Form(_) => 2,
            Reason::Longer(_) => 3,
            Reason::Surname(_) => 4,
            Reason::Acronym(_) => 5,
            Reason::Short(_) => 6,
            Reason::FirstWord(_) => 7,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::SameName => f.write_str("same name"),
            Reason::Defined(long) => write!(f, "in brackets after {long}"),
            Reason::Form(long) => write!(f, "another form of {long}"),
            Reason::Longer(short) => write!(f, "longer form of {short}"),
            Reason::Surname(long) => write!(f, "surname of {long}"),
            Reason::Acronym(long) => write!(f, "acronym of {long}"),
            Reason::Short(long) => write!(f, "short for {long}"),
            Reason::FirstWord(long) => write!(f, "first word of {long}"),
        }
    }
}

/// A shorter name that is made of a longer one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShortName {
    pub key: String,
    /// As it would be written.
    pub surface: String,
    pub reason: Reason,
}

/// The shorter names by which newsrooms go on after a name was given in full.
pub fn short_names(surface: &str, label: &Label) -> Vec<ShortName> {
    let (key, core) = name::of(surface);
    let core = &surface[core.range()];
    let full = flat(core);
    let words: Vec<&str> = name::words_in(core, Span::new(0, core.len())).filter_map(|word| word.of(core)).collect();
    let mut out: Vec<ShortName> = Vec::new();
    let mut add = |surface: &str, reason: Reason| {
        let short = name::key(surface);
        if !short.is_empty() && short != key && !out.iter().any(|known| known.key == short) {
            out.push(ShortName { key: short, surface: surface.to_owned(), reason });
        }
    };
    if label.as_str() == "PERSON" {
        if let [first, .., last] = without_suffix(&words) {
            if is_worth(last) {
                add(last, Reason::Surname(full.clone()));
            }
            if is_worth(first) {
                add(first, Reason::FirstWord(full));
            }
        }
    } else if is_named_by_words(label) {
        for initials in initials(&full) {
            add(&initials, Reason::Acronym(full.clone()));
        }
        if let Some(short) = without_company(core, &words).filter(|_| label.as_str() == "ORG") {
            add(&short, Reason::Short(full));
        }
    }
    out
}

/// Whether two names are forms of one: John F. Kennedy and John Kennedy, J. Brandt and Jonas Brandt. Both are keys.
pub fn are_forms(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (a, b) = (without_suffix(&a), without_suffix(&b));
    let ([first_a, .., last_a], [first_b, .., last_b]) = (a, b) else { return false };
    let is_initial_of = |short: &str, long: &str| {
        let mut letters = short.trim_end_matches('.').chars();
        let first = letters.next();
        letters.next().is_none() && first.is_some() && first == long.chars().next()
    };
    let same_first = first_a == first_b || is_initial_of(first_a, first_b) || is_initial_of(first_b, first_a);
    let is_whole = |first: &str| first.trim_end_matches('.').chars().nth(1).is_some();
    // Two full middle names that differ are two people.
    let (middle_a, middle_b) = (&a[1..a.len() - 1], &b[1..b.len() - 1]);
    let fits = middle_a.is_empty()
        || middle_b.is_empty()
        || middle_a.len() == middle_b.len() && {
            middle_a.iter().zip(middle_b).all(|(a, b)| a == b || is_initial_of(a, b) || is_initial_of(b, a))
        };
    last_a == last_b && same_first && fits && (is_whole(first_a) || is_whole(first_b)) && a != b
}

/// Whether `short`, in brackets after `long`, is made of letters of `long` in their order: PBOC after People’s Bank of
/// China. Tells a definition from a party, a place or a number in brackets.
pub fn is_defined_by(short: &str, long: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| *c != '.').collect();
    let is_capitals =
        letters.len() >= 2 && letters.iter().all(|c| c.is_alphanumeric()) && letters.iter().filter(|c| c.is_uppercase()).count() >= 2;
    let mut rest = long.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let begins_alike = long.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_lowercase().to_string())
        == letters.first().map(|c| c.to_lowercase().to_string());
    is_capitals && begins_alike && letters.iter().flat_map(|c| c.to_lowercase()).all(|wanted| rest.any(|c| c == wanted))
}

/// `CCP` of Chinese Communist Party, with and without the small words: `FBI`, `FBOI`.
fn initials(full: &str) -> Vec<String> {
    let words: Vec<&str> = full.split([' ', '-', '\u{2010}', '\u{2011}']).filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let of = |all: bool| -> Option<String> {
        let kept: Vec<&&str> = words.iter().filter(|word| all || !is_small(word)).collect();
        let letters: String =
            kept.iter().filter_map(|word| word.chars().find(|c| c.is_alphanumeric())).flat_map(char::to_uppercase).collect();
        (kept.len() >= 2 && letters.chars().all(char::is_alphabetic)).then_some(letters)
    };
    let (content, whole) = (of(false), of(true));
    content.clone().into_iter().chain(whole.filter(|whole| Some(whole) != content.as_ref())).collect()
}

fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "for" | "in" | "on" | "to" | "de" | "du" | "des" | "la" | "le" | "del" | "y" | "und" | "&")
}

/// Labels whose names are made of words, so that their initials stand for them.
fn is_named_by_words(label: &Label) -> bool {
    matches!(label.as_str(), "ORG" | "GPE" | "EVENT" | "LAW" | "FAC" | "PRODUCT")
}

/// A company’s name without what tells its legal form.
fn without_company(core: &str, words: &[&str]) -> Option<String> {
    const FORMS: &[&str] = &[
        "inc",
        "corp",
        "ltd",
        "co",
        "plc",
        "llc",
        "ag",
        "sa",
        "nv",
        "gmbh",
        "bhd",
        "sdn",
        "group",
        "holdings",
        "corporation",
        "limited",
        "company",
    ];
    let mut rest = words;
    while let [kept @ .., last] = rest
        && (FORMS.contains(&last.to_lowercase().as_str()) || matches!(*last, "," | "."))
    {
        rest = kept;
    }
    let last = rest.last().filter(|_| rest.len() < words.len())?;
    let end = last.as_ptr() as usize - core.as_ptr() as usize + last.len();
    (end > 2 && rest.len() <= words.len()).then(|| flat(&core[..end]))
}

/// A person’s words without Jr., Sr., III.
fn without_suffix<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    match words {
        [rest @ .., last]
            if rest.len() > 1 && matches!(last.to_lowercase().as_str(), "jr" | "sr" | "jr." | "sr." | "ii" | "iii" | "iv") =>
        {
            match rest {
                [inner @ .., ","] => inner,
                _ => rest,
            }
        }
        _ => words,
    }
}

/// Long enough to be a name by itself: not an initial.
fn is_worth(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some() && !word.ends_with('.')
}

fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(surface: &str, label: &str, expect: &[&str]) {
        let found: Vec<String> =
            short_names(surface, &Label::new(label)).iter().map(|short| format!("{}: {}", short.key, short.reason)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_person_goes_on_by_surname_or_first_word() {
        check("Mr. Maarika Oja", "PERSON", &["oja: surname of Maarika Oja", "maarika: first word of Maarika Oja"]);
        check("J. F. Brandt Jr.", "PERSON", &["brandt: surname of J. F. Brandt Jr"]);
        check("Oja", "PERSON", &[]);
    }

    #[test]
    fn an_organisation_goes_on_by_initials_or_without_its_form() {
        check("the Northern Cable Board", "ORG", &["NCB: acronym of Northern Cable Board"]);
        check(
            "Bureau of Salt and Roads",
            "ORG",
            &["BSR: acronym of Bureau of Salt and Roads", "bosar: acronym of Bureau of Salt and Roads"],
        );
        check(
            "Halvorsen Mutual Ltd.",
            "ORG",
            &["HML: acronym of Halvorsen Mutual Ltd", "halvorsen mutual: short for Halvorsen Mutual Ltd"],
        );
        check("Monday", "DATE", &[]);
    }

    #[test]
    fn forms_of_one_person_are_told_from_two_people() {
        let forms = |a, b| are_forms(&name::key(a), &name::key(b));
        assert!(forms("John F. Kerrigan", "John Kerrigan"));
        assert!(forms("J. Kerrigan", "John Kerrigan"));
        assert!(forms("John Kerrigan Jr.", "John Fitz Kerrigan"));
        assert!(!forms("Jack Kerrigan", "John Kerrigan"));
        assert!(!forms("John Adam Kerrigan", "John Bede Kerrigan"));
        assert!(!forms("Kerrigan", "John Kerrigan"));
    }

    #[test]
    fn a_definition_is_told_from_other_brackets() {
        assert!(is_defined_by("NCB", "Northern Cable Board"));
        assert!(is_defined_by("PBoS", "People’s Bank of Salt"));
        assert!(!is_defined_by("CA", "Long Reach"));
        assert!(!is_defined_by("Labour", "Lena Aaltonen"));
        assert!(!is_defined_by("5", "Five Roads"));
    }
}
