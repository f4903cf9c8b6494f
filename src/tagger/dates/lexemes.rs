//! The words of the date grammar: tokens cut at hyphens and classified.

use crate::text::Span;
use crate::text::tokens::Token;

/// One word or mark as the grammar sees it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Lexeme {
    pub span: Span,
    pub kind: Kind,
    /// Stands right after the lexeme before, without a blank.
    pub glued: bool,
    /// A line end lies before it: nothing goes on across it.
    pub first_of_line: bool,
    pub capital: bool,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Kind {
    Number(Number),
    /// 1 to 12, and whether it was an abbreviation.
    Month(u8, bool),
    /// 1 is Monday.
    Weekday(u8),
    /// Fridays.
    Weekdays(u8),
    Unit(Unit),
    Season(&'static str),
    /// A part of the day, as TIMEX writes it.
    Part(&'static str),
    /// The first year of a decade; two digits mean the last century.
    Decade(u16),
    /// `Q2`, `2Q23`, `H1`: the period and perhaps the year.
    Period(&'static str, Option<u16>),
    /// `FY23`.
    Fiscal(u16),
    /// `9am`: hour, minute.
    Clock(u8, u8),
    /// A word or mark that the grammar names.
    Word(&'static str),
    Other,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Number {
    pub value: f64,
    /// How many digits it was written with; 0 in words, and where marks stood between digits.
    pub digits: u8,
    pub is_ordinal: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub fn is_time(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }
}

/// The lexemes of a text, in order.
pub(super) fn lexemes(text: &str, tokens: &[Token]) -> Vec<Lexeme> {
    let mut out: Vec<Lexeme> = Vec::with_capacity(tokens.len() + tokens.len() / 8);
    let mut last_end = 0;
    for token in tokens {
        let Some(surface) = token.span.of(text) else { continue };
        let start = token.span.start as usize;
        let gap = text.get(last_end..start).unwrap_or_default();
        let mut glued = gap.is_empty() && !out.is_empty();
        let mut first_of_line = out.is_empty() || gap.contains('\n');
        let mut push = |from: usize, to: usize| {
            let part = &surface[from..to];
            let kind = classify(part);
            let capital = part.starts_with(char::is_uppercase);
            out.push(Lexeme { span: Span::new(start + from, start + to), kind, glued, first_of_line, capital });
            (glued, first_of_line) = (true, false);
        };
        let mut from = 0;
        for (at, c) in surface.char_indices().filter(|(_, c)| matches!(c, '-' | '\u{2010}' | '\u{2011}')) {
            if at > from {
                push(from, at);
            }
            push(at, at + c.len_utf8());
            from = at + c.len_utf8();
        }
        if from < surface.len() {
            push(from, surface.len());
        }
        last_end = token.span.end as usize;
    }
    out
}

fn classify(surface: &str) -> Kind {
    if surface.starts_with(|c: char| c.is_ascii_digit()) {
        return number(surface);
    }
    if surface.len() > 14 {
        return Kind::Other;
    }
    if let Some(kind) = with_capital(surface) {
        return kind;
    }
    let lower = surface.to_lowercase();
    if surface.starts_with(char::is_uppercase)
        && let Some(kind) = period(&lower)
    {
        return kind;
    }
    if let Some(value) = number_word(&lower) {
        return Kind::Number(Number { value, digits: 0, is_ordinal: false });
    }
    if let Some(value) = ordinal_word(&lower) {
        return Kind::Number(Number { value, digits: 0, is_ordinal: true });
    }
    word(&lower)
}

/// Months and weekdays are names; written small they count only in full and only where they mean nothing else.
fn with_capital(surface: &str) -> Option<Kind> {
    let lower = surface.to_lowercase();
    let (month, is_short) = match lower.as_str() {
        "january" => (1, false),
        "february" => (2, false),
        "march" => (3, false),
        "april" => (4, false),
        "may" => (5, false),
        "june" => (6, false),
        "july" => (7, false),
        "august" => (8, false),
        "september" => (9, false),
        "october" => (10, false),
        "november" => (11, false),
        "december" => (12, false),
        "jan" => (1, true),
        "feb" => (2, true),
        "mar" => (3, true),
        "apr" => (4, true),
        "jun" => (6, true),
        "jul" => (7, true),
        "aug" => (8, true),
        "sep" | "sept" => (9, true),
        "oct" => (10, true),
        "nov" => (11, true),
        "dec" => (12, true),
        _ => (0, false),
    };
    let has_capital = surface.starts_with(char::is_uppercase);
    if month > 0 {
        let is_plain = !is_short && !matches!(month, 3 | 5 | 8);
        return (has_capital || is_plain).then_some(Kind::Month(month, is_short));
    }
    let weekday = match lower.as_str() {
        "monday" | "mon" => 1,
        "tuesday" | "tues" | "tue" => 2,
        "wednesday" | "wed" => 3,
        "thursday" | "thurs" | "thu" | "thur" => 4,
        "friday" | "fri" => 5,
        "saturday" => 6,
        "sunday" => 7,
        "sat" if surface == "Sat" => 6,
        "sun" if surface == "Sun" => 7,
        plural => return plural.strip_suffix('s').and_then(full_weekday).filter(|_| has_capital).map(Kind::Weekdays),
    };
    (lower.ends_with("day") || (has_capital && surface != "MON" && surface != "SUN")).then_some(Kind::Weekday(weekday))
}

fn full_weekday(lower: &str) -> Option<u8> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().position(|day| *day == lower).map(|at| at as u8 + 1)
}

fn number(surface: &str) -> Kind {
    let n_digits = surface.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = surface.split_at(n_digits);
    let plain = |digits: usize, is_ordinal: bool| {
        head.parse().map_or(Kind::Other, |value| Kind::Number(Number { value, digits: digits.min(99) as u8, is_ordinal }))
    };
    let small = head.parse::<u16>().unwrap_or(u16::MAX);
    match tail {
        "" => plain(n_digits, false),
        "st" | "nd" | "rd" | "th" => plain(n_digits, true),
        "k" | "m" | "mn" | "bn" | "tn" | "trn" => {
            let scale = match tail {
                "k" => 1e3,
                "m" | "mn" => 1e6,
                "bn" => 1e9,
                _ => 1e12,
            };
            head.parse::<f64>().map_or(Kind::Other, |value| Kind::Number(Number { value: value * scale, digits: 0, is_ordinal: false }))
        }
        "s" if (n_digits == 4 || n_digits == 2) && small % 10 == 0 && (n_digits == 2 || (1000..2100).contains(&small)) => {
            Kind::Decade(small)
        }
        "am" | "pm" | "AM" | "PM" if (1..=12).contains(&small) => Kind::Clock(clock_hour(small as u8, tail), 0),
        "Q" if (1..=4).contains(&small) => Kind::Period(QUARTERS[usize::from(small) - 1], None),
        _ if tail.starts_with('Q') && (1..=4).contains(&small) => {
            year_of(&tail[1..]).map_or(Kind::Other, |year| Kind::Period(QUARTERS[usize::from(small) - 1], Some(year)))
        }
        _ if tail.starts_with(',') || tail.starts_with('.') => {
            let end = surface.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(surface.len());
            let digits: String = surface[..end].chars().filter(|c| *c != ',').collect();
            let scale = match &surface[end..] {
                "" => 1.0,
                "k" => 1e3,
                "m" | "mn" => 1e6,
                "bn" => 1e9,
                "tn" | "trn" => 1e12,
                _ => return Kind::Other,
            };
            digits.parse::<f64>().map_or(Kind::Other, |value| Kind::Number(Number { value: value * scale, digits: 0, is_ordinal: false }))
        }
        _ => Kind::Other,
    }
}

pub(super) const QUARTERS: [&str; 4] = ["Q1", "Q2", "Q3", "Q4"];
pub(super) const HALVES: [&str; 2] = ["H1", "H2"];

pub(super) fn clock_hour(hour: u8, half: &str) -> u8 {
    let is_late = half.starts_with(['p', 'P']);
    hour % 12 + if is_late { 12 } else { 0 }
}

/// `Q2`, `H1`, `FY23`, folded.
fn period(lower: &str) -> Option<Kind> {
    let digit = |rest: &str| rest.parse::<usize>().ok().filter(|_| rest.len() == 1);
    if let Some(q) = lower.strip_prefix('q').and_then(digit).filter(|q| (1..=4).contains(q)) {
        return Some(Kind::Period(QUARTERS[q - 1], None));
    }
    if let Some(h) = lower.strip_prefix('h').and_then(digit).filter(|h| (1..=2).contains(h)) {
        return Some(Kind::Period(HALVES[h - 1], None));
    }
    lower.strip_prefix("fy").and_then(year_of).map(Kind::Fiscal)
}

/// Two or four digits as a year.
fn year_of(digits: &str) -> Option<u16> {
    let value = digits.parse::<u16>().ok()?;
    match digits.len() {
        2 => Some(if value < 60 { 2000 + value } else { 1900 + value }),
        4 if (1000..2200).contains(&value) => Some(value),
        _ => None,
    }
}

pub(super) fn number_word(lower: &str) -> Option<f64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [&str; 7] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small = WORDS.iter().position(|word| *word == lower).map(|at| at as f64);
    small.or_else(|| TENS.iter().position(|word| *word == lower).map(|at| 30.0 + 10.0 * at as f64))
}

pub(super) fn ordinal_word(lower: &str) -> Option<f64> {
    const WORDS: [&str; 21] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twenty-first",
    ];
    WORDS.iter().position(|word| *word == lower).map(|at| 1.0 + at as f64)
}

/// Every word that the grammar names, as itself.
const NAMED: &[&str] = &[
    ",",
    ".",
    "-",
    "–",
    "—",
    "/",
    ":",
    "'",
    "’",
    "(",
    ")",
    "%",
    "$",
    "£",
    "€",
    "¥",
    "₹",
    "₽",
    "₩",
    "₺",
    "the",
    "a",
    "an",
    "of",
    "to",
    "and",
    "or",
    "in",
    "on",
    "since",
    "by",
    "from",
    "until",
    "till",
    "during",
    "through",
    "before",
    "after",
    "between",
    "for",
    "at",
    "than",
    "around",
    "about",
    "circa",
    "nearly",
    "almost",
    "over",
    "more",
    "less",
    "some",
    "last",
    "past",
    "next",
    "previous",
    "this",
    "coming",
    "following",
    "recent",
    "same",
    "current",
    "upcoming",
    "preceding",
    "final",
    "early",
    "mid",
    "late",
    "earlier",
    "later",
    "ago",
    "old",
    "few",
    "several",
    "couple",
    "many",
    "half",
    "dozen",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "mn",
    "bn",
    "tn",
    "m",
    "k",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "overnight",
    "noon",
    "midnight",
    "midday",
    "fiscal",
    "calendar",
    "financial",
    "that",
    "each",
    "every",
    "all",
    "now",
    "local",
    "time",
    "a.m.",
    "p.m.",
    "a.m",
    "p.m",
    "am",
    "pm",
    "gmt",
    "utc",
    "est",
    "edt",
    "et",
    "pst",
    "pdt",
    "pt",
    "cet",
    "bst",
    "ist",
    "jst",
    "msk",
    "o'clock",
    "o’clock",
    "percent",
    "pct",
    "per",
    "cent",
    "percentage",
    "point",
    "points",
    "year-old",
    "aged",
    "age",
    "ages",
    "day’s",
    "entire",
    "whole",
    "'s",
    "’s",
    "back",
    "end",
    "start",
    "beginning",
    "middle",
    "turn",
    "eve",
    "first",
    "other",
];

fn word(lower: &str) -> Kind {
    use Kind::{Part, Season};
    match lower {
        "second" | "seconds" => Kind::Unit(Unit::Second),
        "minute" | "minutes" | "mins" => Kind::Unit(Unit::Minute),
        "hour" | "hours" | "hrs" => Kind::Unit(Unit::Hour),
        "day" | "days" => Kind::Unit(Unit::Day),
        "weekend" | "weekends" => Kind::Unit(Unit::Weekend),
        "week" | "weeks" => Kind::Unit(Unit::Week),
        "fortnight" => Kind::Unit(Unit::Fortnight),
        "month" | "months" => Kind::Unit(Unit::Month),
        "quarter" | "quarters" => Kind::Unit(Unit::Quarter),
        "year" | "years" => Kind::Unit(Unit::Year),
        "decade" | "decades" => Kind::Unit(Unit::Decade),
        "century" | "centuries" => Kind::Unit(Unit::Century),
        "spring" => Season("SP"),
        "summer" => Season("SU"),
        "autumn" | "fall" => Season("FA"),
        "winter" => Season("WI"),
        "morning" => Part("TMO"),
        "afternoon" => Part("TAF"),
        "evening" => Part("TEV"),
        "night" => Part("TNI"),
        "nineties" => Kind::Decade(90),
        "eighties" => Kind::Decade(80),
        "seventies" => Kind::Decade(70),
        "sixties" => Kind::Decade(60),
        "fifties" => Kind::Decade(50),
        _ => NAMED.iter().find(|named| **named == lower).map_or(Kind::Other, |named| Kind::Word(named)),
    }
}
