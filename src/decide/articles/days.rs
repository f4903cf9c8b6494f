//! Days of publication: of an article as far as it is known, and spans of them that are asked for.

use std::fmt;
use std::str::FromStr;

/// A day, or only its month or year where no more is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// A span of days, open at an end that is not said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Days {
    /// Of articles whose day nobody knows.
    Unknown,
    Span(Option<Day>, Option<Day>),
}

impl Day {
    /// Of a day of publication as articles have it: at least a year, perhaps with a time behind it. `None` where it is no day.
    pub fn of_published(published: &str) -> Option<Self> {
        let published = published.trim();
        let end = published.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(published.len());
        let is_day = published[end..].is_empty() || (end == 10 && published[end..].starts_with(['T', 't', ' ']));
        published[..end].parse().ok().filter(|_| is_day)
    }

    /// The first and the last day that it may be, as numbers that sort.
    fn bounds(self) -> (u32, u32) {
        let number = |month: u8, day: u8| u32::from(self.year) * 10_000 + u32::from(month) * 100 + u32::from(day);
        let (first, last) = self.month.map_or((1, 12), |month| (month, month));
        let (from, to) = self.day.map_or((1, 31), |day| (day, day));
        (number(first, from), number(last, to))
    }

    /// `2026-11`, as the month that a day lies in is asked for; a year where no more is known.
    #[must_use]
    pub fn month(self) -> Self {
        Self { day: None, ..self }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// It is no day that a calendar has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("days are written 2026-11-03, 2026-11 or 2026, spans 2026-10..2026-11-15; none asks for those without a day")]
pub struct NoDay;

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(s: &str) -> Result<Self, NoDay> {
        let mut parts = s.split('-');
        let number = |digits: &str, len: usize| {
            let is_number = digits.len() == len && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<u16>().ok().filter(|_| is_number).ok_or(NoDay)
        };
        let year = number(parts.next().unwrap_or_default(), 4)?;
        let two = |part: Option<&str>| part.map(|part| number(part, 2)).transpose();
        let (month, day) = (two(parts.next())?, two(parts.next())?);
        let whole = |n: Option<u16>| i8::try_from(n.unwrap_or(1)).map_err(|_| NoDay);
        let year_number = i16::try_from(year).map_err(|_| NoDay)?;
        jiff::civil::Date::new(year_number, whole(month)?, whole(day)?).map_err(|_| NoDay)?;
        match parts.next() {
            None => Ok(Self { year, month: month.map(|month| month as u8), day: day.map(|day| day as u8) }),
            Some(_) => Err(NoDay),
        }
    }
}

impl Days {
    /// Whether an article of that day, `None` where it is not known, may lie in the span.
    pub fn hold(self, day: Option<Day>) -> bool {
        match (self, day) {
            (Days::Unknown, day) => day.is_none(),
            (Days::Span(..), None) => false,
            (Days::Span(from, to), Some(day)) => {
                let (first, last) = day.bounds();
                from.is_none_or(|from| from.bounds().0 <= last) && to.is_none_or(|to| first <= to.bounds().1)
            }
        }
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Days::Unknown => f.write_str("none"),
            Days::Span(Some(from), to) if Some(from) == to.as_ref() => write!(f, "{from}"),
            Days::Span(from, to) => {
                from.map_or(Ok(()), |from| write!(f, "{from}"))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |to| write!(f, "{to}"))
            }
        }
    }
}

impl FromStr for Days {
    type Err = NoDay;

    fn from_str(s: &str) -> Result<Self, NoDay> {
        if s.eq_ignore_ascii_case("none") {
            return Ok(Days::Unknown);
        }
        let Some((from, to)) = s.split_once("..") else {
            let day = s.parse()?;
            return Ok(Days::Span(Some(day), Some(day)));
        };
        let end = |s: &str| if s.is_empty() { Ok(None) } else { s.parse().map(Some) };
        let (from, to): (Option<Day>, Option<Day>) = (end(from)?, end(to)?);
        let is_span = match (from, to) {
            (None, None) => false,
            (Some(from), Some(to)) => from.bounds().0 <= to.bounds().1,
            _ => true,
        };
        if is_span { Ok(Days::Span(from, to)) } else { Err(NoDay) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_the_days_that_may_lie_in_it() {
        let rows = [
            ("2026-11-03", "2026-11-03", true),
            ("2026-11-03", "2026-11-04", false),
            ("2026-11", "2026-11-30", true),
            ("2026-11", "2026-12-01", false),
            ("2026-10..2026-11-15", "2026-09-30", false),
            ("2026-10..2026-11-15", "2026-10-01", true),
            ("2026-10..2026-11-15", "2026-11-15T23:10:00Z", true),
            ("2026-10..2026-11-15", "2026-11-16", false),
            ("2026-10..2026-11-15", "2026", true),
            ("2026-10..2026-11-15", "2026-12", false),
            ("2026..", "2031-01-01", true),
            ("2026..", "2025-12-31", false),
            ("..2025", "2025-12-31 08:00", true),
            ("..2025", "2026", false),
            ("none", "last week", true),
            ("none", "2026", false),
            ("2026", "last week", false),
            ("2026", "2026-11-03x", false),
        ];
        for (days, published, expect) in rows {
            let days: Days = days.parse().expect(days);
            assert_eq!(days.hold(Day::of_published(published)), expect, "{days} and {published}");
        }
        assert!(!"2026".parse::<Days>().expect("a year").hold(None));
    }

    #[test]
    fn what_no_calendar_has_is_no_day() {
        for bad in ["", "..", "26", "2026-13", "2026-02-30", "2026-1-1", "2026-11-03-04", "2027..2026", "+026", "2026-11-03..x", "today"] {
            assert_eq!(bad.parse::<Days>(), Err(NoDay), "{bad}");
        }
    }
}
