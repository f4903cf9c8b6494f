//! Dates and times that no calendar and no clock has: a value such as 2023-02-30, words such as 31 April.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::finding::{Finding, Place, Step, flat};
use super::ground::{Ground, Seen};
use crate::tagger::dates;
use crate::text::tokens;

pub fn find(ground: &Ground<'_>) -> Vec<Finding> {
    let is_date = |seen: &&Seen<'_>| matches!(seen.mention.label.as_str(), "DATE" | "TIME");
    let mut found: BTreeMap<(String, String), Vec<Place>> = BTreeMap::new();
    for seen in ground.seen.iter().filter(is_date) {
        let words = flat(seen.words());
        let place = || Place::of(seen.article, seen.mention);
        match seen.mention.value.as_deref() {
            Some(value) if !is_possible(value) => {
                let place = place().with(Step::Value(value_of(seen)));
                found.entry((words, value.to_owned())).or_default().push(place);
            }
            _ if !names_possible_day(&words) => found.entry((words, String::new())).or_default().push(place()),
            _ => {}
        }
    }
    let finding = |((words, value), places): ((String, String), Vec<Place>)| {
        let said = if value.is_empty() {
            format!("no calendar has “{words}”")
        } else {
            format!("“{words}” has the value {value}, which no calendar or clock has")
        };
        let remedy = places.first().and_then(|place| match &place.step {
            Some(Step::Value(Some(value))) => Some(format!("make it {value}")),
            Some(Step::Value(None)) => Some("take the value away".to_owned()),
            _ => None,
        });
        Finding::new("dates", &format!("{words} {value}"), &words, said, places).mended_by(remedy)
    };
    found.into_iter().map(finding).collect()
}

/// What the words are read as, where that is possible.
fn value_of(seen: &Seen<'_>) -> Option<Arc<str>> {
    let text = &seen.article.text;
    let read = dates::find(text, &tokens::tokens(text), seen.article.meta.published.as_deref());
    let same = read.into_iter().find(|read| read.span == seen.mention.span)?;
    same.value.filter(|value| is_possible(value))
}

/// Whether a value is one that can be. Of forms that are not of ISO 8601 nothing is said.
fn is_possible(value: &str) -> bool {
    let ends: Vec<&str> = value.split('/').collect();
    let in_order = match ends[..] {
        [start, end] if is_day(start) && is_day(end) => start <= end,
        _ => true,
    };
    in_order && ends.into_iter().all(is_possible_end)
}

fn is_day(value: &str) -> bool {
    value.len() == 10 && value.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}

fn is_possible_end(value: &str) -> bool {
    // A length of time, or one from another point on.
    if value.trim_start_matches(['+', '-']).starts_with('P') {
        return true;
    }
    let (day, clock) = value.split_once('T').map_or((value, None), |(day, clock)| (day, Some(clock)));
    let mut parts = day.split('-');
    let year = parts.next().and_then(|year| year.parse::<i64>().ok());
    let number = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten();
    let is_possible_day = match (parts.next(), parts.next()) {
        (Some(month), day) if number(month).is_some() => {
            let month = number(month).unwrap_or_default();
            let last = days_in(year, month);
            last > 0 && day.and_then(number).is_none_or(|day| (1..=last).contains(&day))
        }
        (Some(week), _) if week.starts_with('W') => number(&week[1..]).is_none_or(|week| (1..=53).contains(&week)),
        (Some(quarter), _) if quarter.starts_with('Q') => matches!(&quarter[1..], "1" | "2" | "3" | "4" | "X"),
        _ => true,
    };
    is_possible_day && clock.is_none_or(is_possible_clock)
}

fn is_possible_clock(clock: &str) -> bool {
    let mut parts = clock.split(':');
    let number = |part: Option<&str>| part.and_then(|part| part.get(..2)?.parse::<u8>().ok());
    let (hour, minute) = (number(parts.next()), number(parts.next()));
    hour.is_none_or(|hour| hour < 24 || hour == 24 && minute.is_none_or(|minute| minute == 0)) && minute.is_none_or(|minute| minute < 60)
}

/// How many days a month has; 0 where there is no such month. In a year that is not known February may have 29.
fn days_in(year: Option<i64>, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_some_and(|year| year % 4 != 0 || year % 100 == 0 && year % 400 != 0) => 28,
        2 => 29,
        _ => 0,
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a day of a month that the words name is one that it has. Says only of English months and of days up to 31.
fn names_possible_day(words: &str) -> bool {
    let words: Vec<String> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let month = |word: &str| {
        let full =
            ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
        let at = full.iter().position(|full| *full == word).or_else(|| MONTHS.iter().position(|short| *short == word));
        at.or((word == "sept").then_some(8)).map(|at| at as u8 + 1)
    };
    let day = |word: Option<&String>| {
        let word = word?;
        let digits = word.trim_end_matches(["st", "nd", "rd", "th"].iter().find(|end| word.ends_with(**end)).copied().unwrap_or("\0"));
        digits.parse::<u8>().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))
    };
    let year = words.iter().filter(|word| word.len() == 4).find_map(|word| word.parse::<i64>().ok());
    let named = words.iter().enumerate().find_map(|(at, word)| Some((month(word)?, at)));
    let Some((month, at)) = named else { return true };
    let beside = day(at.checked_sub(1).and_then(|before| words.get(before))).or_else(|| day(words.get(at + 1)));
    beside.is_none_or(|day| day <= days_in(year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possible_values_are_told_from_impossible_ones() {
        let possible = [
            "2023-07-11",
            "2024-02-29",
            "2023-07",
            "2023",
            "199X",
            "XXXX-02-29",
            "2025-W42-WE",
            "XXXX-WXX-5",
            "2025-Q3",
            "FY2025-Q3",
            "P2.5Y",
            "+PT38M",
            "T17:00",
            "2025-10-19T03:00Z",
            "2025-10-18TNI",
            "2025-10-31/2025-11-02",
            "2025-SU",
            "2025-12-31T24:00",
            "PRESENT_REF",
            "",
        ];
        possible.iter().for_each(|value| assert!(is_possible(value), "{value}"));
        let impossible = [
            "2023-02-29",
            "1900-02-29",
            "2023-13",
            "2023-00-10",
            "2023-04-31",
            "2023-06-00",
            "2025-W54",
            "2025-Q5",
            "T25:00",
            "2025-10-19T23:61",
            "2025-11-02/2025-10-31",
            "2025-10-19T24:30",
        ];
        impossible.iter().for_each(|value| assert!(!is_possible(value), "{value}"));
    }

    #[test]
    fn days_that_no_month_has_are_noticed_in_words() {
        for words in ["30 June", "June 30, 2023", "Feb. 29", "February 29, 2024", "May 1968", "March 35", "31st of May", "Tuesday", "May"] {
            assert!(names_possible_day(words), "{words}");
        }
        for words in ["31 June", "June 31, 2023", "Feb. 30", "29 February 2023", "Sept. 31", "November 31st"] {
            assert!(!names_possible_day(words), "{words}");
        }
    }
}
