//! A pattern for texts in letters of English, or of Latin script. Letters of every script make an automaton of thousands
//! of states, and most of them are never met: nearly all that rules look at is ASCII with a few typographic marks. On such
//! a text the pattern here finds exactly what the full one finds, and its automaton is small.

use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// Which characters a text may hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Letters {
    /// ASCII and marks that are of no word.
    English,
    /// And the letters of European languages.
    Latin,
    /// Any.
    All,
}

const MARKS: [(char, char); 3] = [('\u{A0}', '\u{A9}'), ('\u{2010}', '\u{203E}'), ('\u{20A0}', '\u{20BF}')];
const LATIN: (char, char) = ('\u{AA}', '\u{17F}');

impl Letters {
    /// The least that holds a text.
    pub fn of(text: &str) -> Self {
        let is_in = |(first, last): (char, char), c: char| (first..=last).contains(&c);
        let of = |c: char| match c {
            _ if c.is_ascii() || MARKS.iter().any(|marks| is_in(*marks, c)) => Letters::English,
            _ if is_in(LATIN, c) => Letters::Latin,
            _ => Letters::All,
        };
        if text.is_ascii() { Letters::English } else { text.chars().map(of).max().unwrap_or(Letters::English) }
    }

    /// A pattern that finds in texts of these letters what `pattern` finds there; `None` where `pattern` is wrong.
    pub fn pattern(self, pattern: &str) -> Option<String> {
        if self == Letters::All {
            return Some(pattern.to_owned());
        }
        let mut foreign = ClassUnicode::new(MARKS.map(|(first, last)| ClassUnicodeRange::new(first, last)));
        foreign.push(ClassUnicodeRange::new('\0', '\u{7F}'));
        if self == Letters::Latin {
            foreign.push(ClassUnicodeRange::new(LATIN.0, LATIN.1));
        }
        foreign.negate();
        Some(self.levelled(regex_syntax::parse(pattern).ok()?, &foreign).to_string())
    }

    fn levelled(self, hir: Hir, foreign: &ClassUnicode) -> Hir {
        let of = |hir: Hir| self.levelled(hir, foreign);
        match hir.into_kind() {
            HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(without(class, foreign))),
            HirKind::Look(Look::WordUnicode) if self == Letters::English => Hir::look(Look::WordAscii),
            HirKind::Repetition(part) => Hir::repetition(Repetition { sub: Box::new(of(*part.sub)), ..part }),
            HirKind::Capture(part) => Hir::capture(Capture { sub: Box::new(of(*part.sub)), ..part }),
            HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(of).collect()),
            HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(of).collect()),
            HirKind::Class(class) => Hir::class(class),
            HirKind::Literal(literal) => Hir::literal(literal.0),
            HirKind::Look(look) => Hir::look(look),
            HirKind::Empty => Hir::empty(),
        }
    }
}

/// The class with all characters that no text holds, or with none of them: whichever is the shorter list.
fn without(class: ClassUnicode, foreign: &ClassUnicode) -> ClassUnicode {
    let (mut with, mut without) = (class.clone(), class);
    with.union(foreign);
    without.difference(foreign);
    if with.ranges().len() < without.ranges().len() { with } else { without }
}

#[cfg(test)]
mod tests {
    use super::super::{Pack, Ready};
    use super::*;
    use proptest::prelude::*;
    use regex::Regex;

    /// What a pattern finds: the spans of the whole and of the groups.
    fn found(regex: &Regex, text: &str) -> Vec<Vec<Option<std::ops::Range<usize>>>> {
        regex.captures_iter(text).map(|groups| groups.iter().map(|group| group.map(|group| group.range())).collect()).collect()
    }

    #[track_caller]
    fn check(full: &str, text: &str) {
        let least = Letters::of(text).pattern(full).unwrap();
        assert_eq!(found(&Regex::new(&least).unwrap(), text), found(&Regex::new(full).unwrap(), text), "{full} on {text}");
    }

    #[test]
    fn letters_marks_borders_and_what_is_none_of_them_are_the_same() {
        for full in [r"\b\p{Lu}[\p{L}\p{M}.'’-]*", r"[^\p{L}\p{N}-]", r"\w+\s\S", r"(?i)straße|k", r"\bé?x\b", r"[“”].(?<m>\d)?", r"^\W\D"]
        {
            check(full, "The U.S.-led “Kelp” Board’s 3 ships — 5\u{a0}m, £2, x1 €9.\n“x”k K");
            check(full, "Straße in Łódź, São Tomé’s ªx² “ÉX” — STRASSE éx.");
            check(full, "Львів x９ “東京”éx");
        }
    }

    #[test]
    fn the_least_letters_that_hold_a_text() {
        for (text, letters) in [
            ("Kelp—5 € “x”", Letters::English),
            ("é", Letters::Latin),
            ("Łódź", Letters::Latin),
            ("ª", Letters::Latin),
            ("e\u{301}", Letters::All),
            ("２", Letters::All),
            ("\u{200d}", Letters::All),
            ("‿", Letters::All),
            ("Ж", Letters::All),
        ] {
            assert_eq!(Letters::of(text), letters, "{text}");
        }
    }

    #[test]
    fn every_rule_of_the_program_finds_the_same_with_few_letters() {
        let packs = Pack::standard();
        let rules = packs.iter().flat_map(|pack| pack.rules.iter().map(|rule| Ready::new(rule.clone(), pack.expand(&rule.pattern))));
        for ready in rules {
            assert!(!ready.rule.examples.is_empty());
            for example in &ready.rule.examples {
                let text = example.replace(['[', ']'], "");
                check(&ready.pattern, &text);
                check(&ready.pattern, &text.replace('e', "é"));
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_the_same(text in "[A-Za-z0-9 .,’“”—\u{a0}€'-]{0,40}", foreign in "[éŁßªЖ\u{301}]?") {
            for full in [r"\b(?<m>\p{Lu}[\p{L}\p{M}.'’-]*(?: \p{Lu}\p{L}*)?)(?:[^\p{L}\p{N}-]|$)", r"\W\b\w+\b", r"\s*[\p{P}--[.]]\p{Ll}?"] {
                check(full, &(text.clone() + &foreign + &text));
            }
        }
    }
}
