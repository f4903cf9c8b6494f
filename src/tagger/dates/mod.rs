//! Dates, times, money, percentages, quantities and numbers, by a grammar: their span and their normalised value.
//!
//! A hand-written parser over words, because dates are a small language with a known grammar: a model trained under
//! another guideline does worse, and a value needs the parse anyway. Every form has a rule id of its own
//! (`date-absolute`, `date-relative`, …), so that an analyst whose guideline leaves some out can switch them off.
//! Spans leave out "the" and prepositions: `past five years` in "over the past five years". What the values mean, and which
//! day is meant where several could be, stands in `assets/rules/dates.md`.

mod absolute;
mod amounts;
mod calendar;
mod clock;
mod feasts;
mod grammar;
mod hints;
mod known;
mod lexemes;
mod periods;
mod ranges;
mod relations;
mod relative;
mod sets;
mod survey;
mod tense;

use std::sync::Arc;

use crate::annotation::Score;
use crate::text::Span;
use crate::text::tokens::Token;

/// The forms that the grammar knows: id, label, what it finds, an example.
pub const FORMS: &[(&str, &str, &str, &str)] = &[
    ("date-absolute", "DATE", "a date with a month, a year or a day", "Jan. 31, 2023"),
    ("date-year", "DATE", "a year by itself", "1998"),
    ("date-weekday", "DATE", "a day of the week", "Tuesday"),
    ("date-relative", "DATE", "a date told against today", "last year"),
    ("date-span", "DATE", "a stretch of time that ends or begins today", "past five years"),
    ("date-duration", "DATE", "a duration of a day or more", "five years"),
    ("date-age", "DATE", "an age", "45-year-old"),
    ("date-period", "DATE", "a season, quarter, decade or century", "the second quarter of 2023"),
    ("date-holiday", "DATE", "a holiday", "Christmas Eve"),
    ("time-clock", "TIME", "a time of day", "9:30 a.m."),
    ("time-duration", "TIME", "a duration under a day", "three hours"),
    ("time-relative", "TIME", "a part of a day", "Friday night"),
    ("amount-money", "MONEY", "an amount of money", "$5 billion"),
    ("amount-percent", "PERCENT", "a percentage", "5 percent"),
    ("amount-quantity", "QUANTITY", "a measured amount", "12 kilometres"),
    ("number-ordinal", "ORDINAL", "a place in an order", "third"),
    ("number-cardinal", "CARDINAL", "a number that is nothing else", "forty-two"),
];

/// A date or an amount in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeMatch {
    pub span: Span,
    pub label: &'static str,
    pub value: Option<Arc<str>>,
    /// One of [`FORMS`].
    pub form: &'static str,
    pub score: Score,
}

/// All dates and amounts of a text in reading order, without overlaps: at each place the longest, and what takes part
/// in none may begin another. `published` is ISO 8601, at least a year.
pub fn find(text: &str, tokens: &[Token], published: Option<&str>) -> Vec<TimeMatch> {
    let lexemes = lexemes::lexemes(text, tokens);
    let anchor = calendar::Anchor::new(published);
    let none = hints::Hints::default();
    let at_line = |at: usize| (at + 1..lexemes.len()).find(|&next| lexemes[next].first_of_line).unwrap_or(lexemes.len());
    let mut ends = 0;
    let places = (0..lexemes.len()).map(|at| {
        if at >= ends {
            ends = at_line(at);
        }
        grammar::Place { text, lexemes: &lexemes, at, limit: ends, anchor, hints: &none }
    });
    let hints = survey::hints(text, places);
    let mut out = Vec::new();
    let mut at = 0;
    let mut limit = 0;
    while at < lexemes.len() {
        if at >= limit {
            limit = at_line(at);
        }
        let place = grammar::Place { text, lexemes: &lexemes, at, limit, anchor, hints: &hints };
        let Some(hit) = place.longest() else {
            at += 1;
            continue;
        };
        let span = Span::new(lexemes[hit.start].span.start as usize, lexemes[hit.end - 1].span.end as usize);
        let score = Score::from_ratio(hit.p);
        out.push(TimeMatch { span, label: label_of(hit.form), value: hit.value.map(Into::into), form: hit.form, score });
        at = hit.end.max(at + 1);
    }
    out
}

/// The forms that are told against the day of publication, or are a length of time: guidelines that want days of the
/// calendar alone leave them out. `past five years` says how long, and that it ends today: it is none of them.
pub const RELATIVE: [&str; 5] = ["date-relative", "date-duration", "date-age", "time-duration", "time-relative"];

fn label_of(form: &str) -> &'static str {
    FORMS.iter().find(|known| known.0 == form).map_or("DATE", |known| known.1)
}

#[cfg(test)]
mod tests;
