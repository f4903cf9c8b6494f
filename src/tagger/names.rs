//! Names of people by their grammar, and runs of capitals that are likely names.
//!
//! A given name followed by capitalised words is a person in any culture whose given names the lists know; titles and
//! roles before a name are rules. What is found here is evidence like that of the lists.

use crate::annotation::Score;
use crate::text::Span;
use crate::text::tokens::{Token, TokenKind};

use super::gazetteer::{Case, WordClass, case_of};

/// A run of tokens that reads like the name of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PersonMatch {
    pub first_token: usize,
    /// The token after the last.
    pub last_token: usize,
    pub span: Span,
    pub score: Score,
}

/// Small words inside names: Ursula von der Leyen, Osama bin Laden.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "la", "las", "los", "da", "das", "dos", "do", "du", "di", "della", "ten", "ter", "le", "el",
    "al", "bin", "bint", "ibn", "abu", "ben", "ul", "y", "e", "af", "av",
];

/// Capitalised words that end a name rather than being of it.
const NO_NAMES: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "But",
    "And",
    "In",
    "On",
    "At",
    "For",
    "From",
    "By",
    "Of",
    "With",
    "As",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "Since",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "Here",
    "His",
    "Her",
    "Their",
    "Our",
    "My",
    "Your",
    "Its",
    "Not",
    "No",
    "Yes",
    "So",
    "Or",
    "To",
    "Who",
    "What",
    "Why",
    "How",
    "Where",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "President",
    "Prime",
    "Minister",
    "Secretary",
    "Senator",
    "General",
];

/// The people that the grammar finds: a given name, then initials, particles and capitalised words. `classes` holds one
/// class per token.
pub fn people(text: &str, tokens: &[Token], classes: &[WordClass]) -> Vec<PersonMatch> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match person_at(text, tokens, classes, at) {
            Some(found) => {
                at = found.last_token;
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

fn person_at(text: &str, tokens: &[Token], classes: &[WordClass], at: usize) -> Option<PersonMatch> {
    let first = word(text, tokens, at)?;
    let class = *classes.get(at)?;
    let starts_with_initial = is_initial(first) && follows(text, tokens, at);
    if case_of(first) != Case::Title || is_no_name(first) || !(class.is_given_name() || starts_with_initial) {
        return None;
    }
    let (last, n_words) = extent(text, tokens, at);
    if n_words < 2 {
        return None;
    }
    let family = classes.get(last).copied().unwrap_or_default();
    let mut p: f64 = if starts_with_initial {
        if family.is_surname() { 0.75 } else { 0.5 }
    } else {
        match (class.has(WordClass::GIVEN_FREQUENT), family.is_surname(), family.has(WordClass::SURNAME_FREQUENT)) {
            (true, _, true) => 0.92,
            (true, true, _) => 0.88,
            (true, false, _) => 0.78,
            (false, _, true) => 0.72,
            (false, true, _) => 0.65,
            (false, false, _) => 0.5,
        }
    };
    if class.is_common() || class.has(WordClass::PROPER) && !class.has(WordClass::GIVEN_FREQUENT) {
        p -= 0.15;
    }
    if family.is_mostly_common() {
        p -= 0.25;
    }
    let span = Span::new(tokens[at].span.start as usize, tokens[last].span.end as usize);
    (p >= 0.4).then(|| PersonMatch { first_token: at, last_token: last + 1, span, score: Score::from_ratio(p) })
}

/// How far a name goes that begins at `at`: its last token and how many words it has, initials and particles apart.
fn extent(text: &str, tokens: &[Token], at: usize) -> (usize, usize) {
    let (mut last, mut n_words) = (at, usize::from(!word(text, tokens, at).is_some_and(is_initial)));
    let mut next = at + 1;
    let mut had_initial = n_words == 0;
    while next < tokens.len() && n_words < 5 && next < at + 10 {
        let surface = tokens[next].span.of(text).unwrap_or_default();
        let gap = &text[tokens[next - 1].span.end as usize..tokens[next].span.start as usize];
        if gap.contains('\n') || gap.len() > 2 {
            break;
        }
        let is_stop = surface == "." && gap.is_empty() && tokens[next - 1].span.of(text).is_some_and(is_initial);
        if is_stop || PARTICLES.contains(&surface) {
            next += 1;
            continue;
        }
        if tokens[next].kind != TokenKind::Word || is_no_name(surface) {
            break;
        }
        match case_of(surface) {
            Case::Title if is_initial(surface) => had_initial = true,
            Case::Title => {
                last = next;
                n_words += 1;
            }
            // al-Assad begins small and has its capital inside.
            Case::Lower if surface.contains('-') && surface.chars().any(char::is_uppercase) => {
                last = next;
                n_words += 1;
            }
            Case::Capitals if matches!(surface, "II" | "III" | "IV" | "VI" | "XIV" | "XVI") && n_words > 0 => {
                return (next, n_words + 1);
            }
            _ => break,
        }
        next += 1;
    }
    (last, n_words + usize::from(had_initial && n_words > 0))
}

fn word<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<&'t str> {
    tokens.get(at).filter(|token| token.kind == TokenKind::Word)?.span.of(text)
}

fn is_initial(surface: &str) -> bool {
    let mut chars = surface.chars();
    match (chars.next(), chars.next()) {
        (Some(first), None) => first.is_uppercase(),
        // J.R. is one token.
        (Some(first), Some('.')) => first.is_uppercase() && surface.split('.').all(|part| part.chars().count() <= 1),
        _ => false,
    }
}

/// Whether an initial has its full stop, or is J.R. already.
fn follows(text: &str, tokens: &[Token], at: usize) -> bool {
    let is_long = tokens[at].span.len() > 1;
    is_long || tokens.get(at + 1).is_some_and(|next| next.span.start == tokens[at].span.end && next.span.of(text) == Some("."))
}

pub(crate) fn is_no_name(surface: &str) -> bool {
    NO_NAMES.contains(&surface)
}

/// Runs of words in `tokens` that look like names: capitalised ones with small joining words between them, and runs of
/// katakana. The first word of a sentence counts only if it is no common word, or if the run goes on.
pub fn likely(text: &str, tokens: &[Token], classes: &[WordClass]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = run_end(text, tokens, at);
        if end == at {
            at += 1;
            continue;
        }
        let mut start = at;
        // The first word of a sentence has its capital from there.
        while start < end && is_sentence_start(text, tokens, start) && is_ordinary(text, tokens, classes, start) {
            start += 1;
        }
        // A letter alone marks a list, or who stands where in a picture.
        let surface = tokens[end - 1].span.of(text).unwrap_or_default();
        if start == end - 1 && (is_no_name(surface) || surface.chars().count() == 1) {
            start = end;
        }
        if start < end {
            out.push(Span::new(tokens[start].span.start as usize, tokens[end - 1].span.end as usize));
        }
        at = end;
    }
    out
}

fn is_ordinary(text: &str, tokens: &[Token], classes: &[WordClass], at: usize) -> bool {
    let surface = tokens[at].span.of(text).unwrap_or_default();
    is_no_name(surface) || classes.get(at).is_some_and(|class| class.is_common() && case_of(surface) != Case::Capitals)
}

fn is_sentence_start(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| tokens[before]) else { return true };
    let gap = &text[before.span.end as usize..tokens[at].span.start as usize];
    let mark = before.span.of(text).unwrap_or_default();
    gap.contains('\n') || (before.kind == TokenKind::Mark && matches!(mark, "." | "!" | "?" | ":" | "“" | "\"" | "‘" | "(" | "•" | "…"))
}

/// The token after the run that begins at `at`; `at` itself where none does.
fn run_end(text: &str, tokens: &[Token], at: usize) -> usize {
    if is_katakana(tokens[at].span.of(text).unwrap_or_default()) {
        let length = tokens[at..].iter().take_while(|token| token.span.of(text).is_some_and(is_katakana)).count();
        return if length > 2 { at + length } else { at };
    }
    let mut end = at;
    let mut next = at;
    while next < tokens.len() && next < at + 12 {
        let token = tokens[next];
        let surface = token.span.of(text).unwrap_or_default();
        if next > at {
            let gap = &text[tokens[next - 1].span.end as usize..token.span.start as usize];
            if gap.contains('\n') {
                break;
            }
        }
        let is_joining = next > at && (matches!(surface, "of" | "&") || PARTICLES.contains(&surface));
        let is_stop = next > at && surface == "." && word(text, tokens, next - 1).is_some_and(is_initial);
        if is_joining || is_stop {
            next += 1;
            continue;
        }
        let has_capital = surface.chars().any(char::is_uppercase) && surface.chars().any(char::is_alphabetic);
        if token.kind == TokenKind::Mark || !has_capital || (next > at && is_sentence_start(text, tokens, next)) {
            break;
        }
        next += 1;
        end = next;
    }
    end
}

fn is_katakana(surface: &str) -> bool {
    surface.chars().next().is_some_and(|c| matches!(c, '\u{30A1}'..='\u{30FC}' | '\u{FF66}'..='\u{FF9F}'))
}

#[cfg(test)]
mod tests {
    use super::super::gazetteer::Lexicon;
    use super::*;
    use crate::text::tokens::tokens;

    #[track_caller]
    fn check_people(text: &str, expect: &str) {
        let tokens = tokens(text);
        let reading = Lexicon::standard().look(text, &tokens);
        let found: Vec<_> = people(text, &tokens, &reading.words).iter().map(|found| &text[found.span.range()]).collect();
        assert_eq!(found.join(", "), expect);
    }

    #[track_caller]
    fn check_likely(text: &str, expect: &str) {
        let tokens = tokens(text);
        let reading = Lexicon::standard().look(text, &tokens);
        let found: Vec<_> = likely(text, &tokens, &reading.words).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found.join(", "), expect);
    }

    #[test]
    fn given_names_begin_people() {
        check_people("Then Maria von der Heide met John F. Kestrel on Monday.", "Maria von der Heide, John F. Kestrel");
        check_people("Ahmed al-Rashidi and Pope John Paul II", "Ahmed al-Rashidi, John Paul II");
        check_people("Maria went. The end", "");
    }

    #[test]
    fn runs_of_capitals_are_likely_names() {
        check_likely("The old man met Zorvath of Quell on the bridge. They left for Brimhaven.", "Zorvath of Quell, Brimhaven");
        check_likely("Zorvath (L) met Quell (R) of the U.S. Navy", "Zorvath, Quell, U.S. Navy");
        check_likely("Police in Orkan said so.\nMonday was cold", "Orkan");
        check_likely("昨日、アレクサンドラは東京", "アレクサンドラ");
    }
}
