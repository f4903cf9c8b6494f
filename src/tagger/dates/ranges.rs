//! From one day to another: `Oct. 31-Nov. 2`, `2019 to 2023`, `May 2020 to June 2021`, `10 p.m.-6 a.m.` are one mention each.
//! The end is never before the beginning.

use super::grammar::{Hit, Place};

impl Place<'_> {
    /// The range that a hit at this place begins.
    pub(super) fn ranged(&self, first: &Hit) -> Option<Hit> {
        let n = first.end - self.at;
        if first.start != self.at || !self.is(n, &["-", "–", "to", "through", "until", "till"]) {
            return None;
        }
        let place = self.on(n + 1)?;
        let from = first.value.as_deref()?;
        if first.form == "time-clock" {
            let last = place.clock().filter(|last| last.form == "time-clock" && from.starts_with('T'))?;
            let to = last.value.as_deref().filter(|to| to.starts_with('T'))?;
            return Some(Hit { value: Some(format!("{from}/{to}")), end: last.end, ..first.clone() });
        }
        let last = match first.form {
            "date-absolute" => place.date_with_month()?,
            "date-year" => place.year()?,
            _ => return None,
        };
        let to = last.value.as_deref()?;
        let (from, to) = ordered((from, first.is_open), (to, last.is_open))?;
        Some(Hit { value: Some(format!("{from}/{to}")), end: last.end, ..first.clone() })
    }
}

/// Both ends with the years that they must have; `None` where they are no range.
fn ordered((from, from_is_open): (&str, bool), (to, to_is_open): (&str, bool)) -> Option<(String, String)> {
    if from.len() != to.len() || from.contains('/') || to.contains('/') || !matches!(from.len(), 4 | 7 | 10) {
        return None;
    }
    let (from_day, to_day) = (from.get(4..)?, to.get(4..)?);
    let year = |of: &str| of.get(..4).and_then(|year| year.parse::<i16>().ok());
    let (from, to) = match (year(from), year(to)) {
        (Some(begins), Some(_)) if to_is_open => (from.to_owned(), format!("{:04}{to_day}", begins + i16::from(to_day < from_day))),
        (Some(_), Some(ends)) if from_is_open => (format!("{:04}{from_day}", ends - i16::from(from_day > to_day)), to.to_owned()),
        (None, Some(ends)) => (format!("{:04}{from_day}", ends - i16::from(from_day > to_day)), to.to_owned()),
        (Some(begins), None) => (from.to_owned(), format!("{:04}{to_day}", begins + i16::from(to_day < from_day))),
        _ => (from.to_owned(), to.to_owned()),
    };
    (from < to || from.starts_with("XXXX")).then_some((from, to))
}
