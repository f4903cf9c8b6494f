//! Whether what is told of a day lies behind or ahead: the verb that stands nearest decides. `will vote on Friday` is the
//! Friday to come, `voted on Friday` the one that was.
//!
//! No parse is needed: of the words before the day, the nearest that tells a tense does; where none does, the first after
//! it. (TimeML calls the relation by which such days are anchored the tense of the governing event.)

use super::calendar::Tense;
use super::grammar::Place;
use super::lexemes::Kind;

/// Words that are looked at on either side.
const WINDOW: usize = 14;

const AHEAD: &[&str] = &[
    "will",
    "shall",
    "'ll",
    "’ll",
    "won't",
    "won’t",
    "due",
    "slated",
    "upcoming",
    "scheduled",
    "expected",
    "planned",
    "poised",
    "forecast",
    "looming",
    "going",
];

/// Verbs of timetables in the present.
const PRESENT: &[&str] = &[
    "starts",
    "begins",
    "opens",
    "reopens",
    "closes",
    "ends",
    "expires",
    "resumes",
    "reconvenes",
    "convenes",
    "meets",
    "votes",
    "arrives",
    "leaves",
    "returns",
    "takes",
    "goes",
    "faces",
    "visits",
    "plays",
    "hosts",
    "holds",
    "marks",
    "falls",
    "comes",
    "kicks",
    "launches",
    "speaks",
    "appears",
    "travels",
    "airs",
    "matures",
    "lapses",
    "runs",
];

/// Their form after a plural.
const PRESENT_OF_MANY: &[&str] = &[
    "start",
    "begin",
    "open",
    "reopen",
    "close",
    "end",
    "expire",
    "resume",
    "reconvene",
    "meet",
    "vote",
    "arrive",
    "leave",
    "return",
    "take",
    "go",
    "face",
    "play",
    "host",
    "hold",
    "mark",
];

/// A present farther before the day than this, in words, tells nothing of it.
const NEAR: usize = 6;

/// Verbs of the past that do not end in -ed, and auxiliaries.
const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "has",
    "have",
    "did",
    "said",
    "told",
    "met",
    "fell",
    "rose",
    "won",
    "lost",
    "held",
    "began",
    "made",
    "took",
    "came",
    "went",
    "gave",
    "left",
    "saw",
    "found",
    "kept",
    "led",
    "ran",
    "spoke",
    "wrote",
    "brought",
    "broke",
    "struck",
    "shot",
    "hit",
    "sank",
    "sold",
    "sent",
    "became",
    "grew",
    "drew",
    "fled",
    "fought",
    "got",
    "paid",
    "stood",
    "hurt",
    "bought",
    "built",
    "burnt",
    "caught",
    "died",
    "flew",
    "threw",
    "withdrew",
    "overthrew",
    "sought",
    "swept",
    "tore",
    "wore",
    "quit",
    "beat",
    "slid",
    "sprang",
    "spent",
    "taught",
    "thought",
    "understood",
    "set",
    "put",
    "cut",
    "read",
    "since",
    "ago",
    "last",
    "previously",
    "earlier",
];

impl Place<'_> {
    /// The tense of what is told of a day that ends before the lexeme `end`; `None` where nothing tells.
    pub(super) fn tense(&self, end: usize) -> Option<Tense> {
        if let Some(at_once) = self.tense_beside(end) {
            return Some(at_once);
        }
        let mut at = self.at;
        for n in 1..=WINDOW {
            let is_first = self.lexemes[at].first_of_line && !self.hints.wrapped;
            if at == 0 || is_first || self.ends_sentence(at - 1) {
                break;
            }
            at -= 1;
            match self.tense_of(at) {
                Some(Tense::Present) if n > if self.is_copula(at) { 3 } else { NEAR } => {}
                None => {}
                told => return told,
            }
        }
        let from = self.at + end;
        let mut after = (from..self.limit.min(from + WINDOW)).take_while(|at| *at == from || !self.ends_sentence(*at - 1));
        after.find_map(|at| self.tense_of(at).filter(|_| !self.is_copula(at)))
    }

    fn is_copula(&self, at: usize) -> bool {
        matches!(self.lexemes[at].span.of(self.text), Some("is" | "are"))
    }

    /// What the words right beside the day say: `by Friday`, `since March`, `Friday will be`.
    fn tense_beside(&self, end: usize) -> Option<Tense> {
        let next = self.surface(end);
        match next {
            "will" | "would" | "'ll" | "’ll" => return Some(Tense::Ahead),
            "was" | "were" => return Some(Tense::Past),
            _ => {}
        }
        let before = |n: usize| self.surface_before(n).to_lowercase();
        let first = match before(1).as_str() {
            "the" => before(2),
            first => first.to_owned(),
        };
        match first.as_str() {
            "since" => Some(Tense::Past),
            "until" | "till" | "by" => Some(Tense::Ahead),
            "of" if before(2) == "ahead" => Some(Tense::Ahead),
            "for" if matches!(before(2).as_str(), "set" | "scheduled" | "slated" | "planned" | "due" | "called") => Some(Tense::Ahead),
            _ => None,
        }
    }

    /// The tense that the word at a place of the text tells.
    fn tense_of(&self, at: usize) -> Option<Tense> {
        let surface = self.lexemes.get(at)?.span.of(self.text)?;
        if surface.len() > 14 {
            return None;
        }
        let word = surface.to_lowercase();
        let word = word.as_str();
        let before = |n: usize| at.checked_sub(n).and_then(|at| self.lexemes[at].span.of(self.text)).unwrap_or_default();
        let is_being = |word: &str| matches!(word, "is" | "are" | "be" | "being" | "'s" | "’s");
        if word == "to" && matches!(before(1), "is" | "are") {
            return Some(Tense::Ahead);
        }
        let is_told_to_come =
            |word: &str| matches!(word, "to" | "will" | "would" | "must" | "should" | "could" | "can" | "may" | "might" | "'ll" | "’ll");
        if word == "be" && is_told_to_come(before(1)) || matches!(word, "would" | "must" | "should") {
            return Some(Tense::Ahead);
        }
        if AHEAD.contains(&word) {
            let was = matches!(before(1), "was" | "were" | "been" | "had");
            return Some(if was && matches!(word, "planned" | "expected") { Tense::Past } else { Tense::Ahead });
        }
        if matches!(word, "after" | "following") {
            return Some(Tense::Past);
        }
        // Set to, is held: with a present before it a participle is none of the past.
        let ends_in_ed = word.len() > 4 && word.ends_with("ed") && !matches!(word, "hundred" | "united" | "indeed" | "proceed" | "succeed");
        let is_participle = ends_in_ed || matches!(word, "set" | "held" | "sworn" | "sold" | "put" | "paid" | "built" | "made");
        if is_participle && (1..=3).any(|n| is_being(before(n))) {
            let is_to_come = word == "set" || (2..=4).any(|n| is_told_to_come(before(n)));
            return Some(if is_to_come { Tense::Ahead } else { Tense::Present });
        }
        if ends_in_ed || PAST.contains(&word) {
            // Will cut: its present looks like its past.
            return Some(if is_told_to_come(before(1)) { Tense::Ahead } else { Tense::Past });
        }
        if surface.starts_with(char::is_uppercase) {
            return None;
        }
        let is_many = |word: &str| word.ends_with('s') && word.len() > 2 || matches!(word, "they" | "we" | "people" | "and");
        let is_present = matches!(word, "is" | "are")
            || PRESENT.contains(&word) && !matches!(before(1), "the" | "a" | "an" | "two" | "of")
            || PRESENT_OF_MANY.contains(&word) && is_many(before(1));
        if is_present || PRESENT_OF_MANY.contains(&word) && is_told_to_come(before(1)) {
            return Some(if is_told_to_come(before(1)) { Tense::Ahead } else { Tense::Present });
        }
        None
    }

    /// Whether a sentence ends with the lexeme at a place of the text. The full stop of `Oct.` and of `a.m.` ends none.
    fn ends_sentence(&self, at: usize) -> bool {
        let mark = self.lexemes[at].span.of(self.text).unwrap_or_default();
        match mark {
            "!" | "?" | ";" => true,
            "." => {
                let is_short = at.checked_sub(1).is_some_and(|before| match self.lexemes[before].kind {
                    Kind::Month(_, is_short) => is_short,
                    Kind::Weekday(_) => self.lexemes[before].span.len() < 6,
                    _ => self.lexemes[before].capital && self.lexemes[before].span.len() < 4,
                });
                !is_short && self.lexemes.get(at + 1).is_some_and(|next| !next.glued)
            }
            _ => false,
        }
    }
}
