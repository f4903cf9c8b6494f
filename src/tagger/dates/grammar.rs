//! A place in a text where dates, times and amounts are tried. The forms lie in files of their own: each function there
//! tries one kind of form at one place and answers with where it ends.

use super::calendar::Anchor;
use super::hints::Hints;
use super::lexemes::{Kind, Lexeme};

/// What was found at a place.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Hit {
    pub start: usize,
    /// The lexeme after the last.
    pub end: usize,
    pub form: &'static str,
    pub value: Option<String>,
    pub p: f64,
    /// Whether its year was not told but found out.
    pub is_open: bool,
}

/// A place in a text, with what stands around it. Nothing is read beyond `limit`, the end of the line.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub text: &'t str,
    pub lexemes: &'t [Lexeme],
    pub at: usize,
    pub limit: usize,
    pub anchor: Anchor,
    pub hints: &'t Hints,
}

impl Place<'_> {
    /// The longest form that begins here; of two as long, the one tried first.
    pub fn longest(&self) -> Option<Hit> {
        if matches!(self.kind(0), Kind::Other)
            && !self.surface(0).starts_with(|c: char| c.is_ascii_digit())
            && !self.may_be_holiday()
            && !self.may_be_money()
        {
            return None;
        }
        let tries = [
            self.date_with_month(),
            self.known_numbers(),
            self.numeric_date(),
            self.two_steps(),
            self.edge(),
            self.set(),
            self.relative(),
            self.ago_or_duration(),
            self.period(),
            self.year(),
            self.weekday(),
            self.day_of_a_month(),
            self.weekend(),
            self.holiday(),
            self.era(),
            self.clock(),
            self.money(),
            self.percent_or_quantity(),
            self.number(),
        ];
        let mut best: Option<Hit> = None;
        for hit in tries.into_iter().flatten() {
            if best.as_ref().is_none_or(|held| hit.end > held.end) {
                best = Some(hit);
            }
        }
        best.map(|hit| self.ranged(&hit).unwrap_or(hit))
    }

    /// The place so many lexemes on.
    pub(super) fn on(&self, ahead: usize) -> Option<Self> {
        let at = self.at + ahead;
        (at < self.limit && at < self.lexemes.len()).then_some(Self { at, ..*self })
    }

    /// The surface of the nth lexeme before, on the same line.
    pub(super) fn surface_before(&self, n: usize) -> &str {
        let Some(at) = self.at.checked_sub(n) else { return "" };
        if self.lexemes[at + 1..=self.at].iter().any(|lexeme| lexeme.first_of_line) {
            return "";
        }
        self.lexemes[at].span.of(self.text).unwrap_or_default()
    }

    pub(super) fn kind(&self, ahead: usize) -> Kind {
        self.lexeme(ahead).map_or(Kind::Other, |lexeme| lexeme.kind)
    }

    pub(super) fn lexeme(&self, ahead: usize) -> Option<&Lexeme> {
        let at = self.at + ahead;
        if at < self.limit { self.lexemes.get(at) } else { None }
    }

    pub(super) fn surface(&self, ahead: usize) -> &str {
        self.lexeme(ahead).and_then(|lexeme| lexeme.span.of(self.text)).unwrap_or_default()
    }

    pub(super) fn is(&self, ahead: usize, words: &[&str]) -> bool {
        matches!(self.kind(ahead), Kind::Word(word) if words.contains(&word))
    }

    pub(super) fn is_glued(&self, ahead: usize) -> bool {
        self.lexeme(ahead).is_some_and(|lexeme| lexeme.glued)
    }

    /// The surface of the lexeme before, on the same line.
    pub(super) fn before(&self) -> &str {
        if self.lexemes[self.at].first_of_line {
            return "";
        }
        self.at.checked_sub(1).and_then(|at| self.lexemes[at].span.of(self.text)).unwrap_or_default()
    }

    pub(super) fn is_after(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.before().eq_ignore_ascii_case(word))
    }

    pub(super) fn hit(&self, n_lexemes: usize, form: &'static str, value: Option<String>) -> Option<Hit> {
        Some(Hit { start: self.at, end: self.at + n_lexemes, form, value, p: 0.95, is_open: false })
    }

    /// A whole number of so many digits in a range, not an ordinal.
    pub(super) fn digits(&self, ahead: usize, n_digits: std::ops::RangeInclusive<u8>, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        match self.kind(ahead) {
            Kind::Number(number) if n_digits.contains(&number.digits) && !number.is_ordinal => {
                let value = number.value as u32;
                range.contains(&value).then_some(value)
            }
            _ => None,
        }
    }

    pub(super) fn day_of_month(&self, ahead: usize) -> Option<u8> {
        match self.kind(ahead) {
            Kind::Number(number) if (1..=2).contains(&number.digits) && (1.0..=31.0).contains(&number.value) => Some(number.value as u8),
            _ => None,
        }
    }

    pub(super) fn year_number(&self, ahead: usize) -> Option<u16> {
        self.digits(ahead, 4..=4, 1000..=2199).map(|year| year as u16)
    }

    /// A year that follows, perhaps after a comma or "of": how many lexemes, and the year.
    pub(super) fn year_after(&self, ahead: usize) -> Option<(usize, u16)> {
        let skip = usize::from(self.is(ahead, &[",", "of"]));
        self.year_number(ahead + skip).filter(|_| !self.is_quantity_after(ahead + skip + 1)).map(|year| (skip + 1, year))
    }

    pub(super) fn is_quantity_after(&self, ahead: usize) -> bool {
        self.is(ahead, &["%", "percent", "pct", "per", "million", "billion", "hundred", "thousand"])
    }

    /// The month at `ahead`, with its full stop: how many lexemes, and which.
    pub(super) fn month(&self, ahead: usize) -> Option<(usize, u8)> {
        let Kind::Month(month, is_short) = self.kind(ahead) else { return None };
        let has_stop = self.is(ahead + 1, &["."]) && self.is_glued(ahead + 1) && (is_short || self.day_of_month(ahead + 2).is_some());
        Some((1 + usize::from(has_stop), month))
    }

    /// How many: a number in digits or words, "a", "several", "a few": how many lexemes, and the number if it is told.
    pub(super) fn count(&self, ahead: usize) -> Option<(usize, Option<f64>)> {
        if self.is(ahead, &["a"]) && self.is(ahead + 1, &["few", "couple", "dozen"]) {
            let of = usize::from(self.is(ahead + 2, &["of"]));
            return Some((2 + of, if self.is(ahead + 1, &["couple"]) { Some(2.0) } else { None }));
        }
        if self.is(ahead, &["several", "few", "many", "couple"]) {
            return Some((1 + usize::from(self.is(ahead + 1, &["of"])), None));
        }
        if self.is(ahead, &["half"]) && self.is(ahead + 1, &["a"]) && self.is(ahead + 2, &["million", "billion", "trillion"]) {
            return self.number_phrase(ahead + 2).map(|(n, value)| (n + 2, Some(value / 2.0)));
        }
        if self.is(ahead, &["half"]) && self.is(ahead + 1, &["a", "an"]) {
            return Some((2, Some(0.5)));
        }
        if self.is(ahead, &["a", "an", "one"]) && matches!(self.kind(ahead + 1), Kind::Unit(_)) {
            return Some((1, Some(1.0)));
        }
        if self.is(ahead, &["a"]) && self.is(ahead + 1, &["hundred", "thousand", "million"]) {
            return self.number_phrase(ahead + 1).map(|(n, value)| (n + 1, Some(value)));
        }
        let (n, value) = self.number_phrase(ahead)?;
        if self.is_and_a_half(ahead + n) {
            return Some((n + 3, Some(value + 0.5)));
        }
        // 10-15 years, ten to fifteen years: the first is where it begins, the second where it ends.
        if self.is(ahead + n, &["-", "–", "to", "or"])
            && let Some((m, _)) = self.number_phrase(ahead + n + 1)
        {
            return Some((n + 1 + m, None));
        }
        Some((n, Some(value)))
    }

    pub(super) fn is_and_a_half(&self, ahead: usize) -> bool {
        self.is(ahead, &["and"]) && self.is(ahead + 1, &["a"]) && self.is(ahead + 2, &["half"])
    }
}
