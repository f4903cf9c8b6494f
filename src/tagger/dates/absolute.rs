//! Dates of the calendar: with a month, in numbers, a year alone.

use super::calendar;
use super::grammar::{Hit, Place};
use super::lexemes::Kind;

impl Place<'_> {
    pub(super) fn date_with_month(&self) -> Option<Hit> {
        let mut ahead = 0;
        if matches!(self.kind(0), Kind::Weekday(_)) {
            ahead += 1 + usize::from(self.is(1, &["."]) && self.is_glued(1));
            ahead += usize::from(self.is(ahead, &[","]));
            ahead += usize::from(self.is(ahead, &["the"]));
        }
        let qualifier = if ahead == 0 { self.qualifier() } else { 0 };
        ahead += qualifier;
        if let Some((n, month)) = self.month(ahead) {
            return self.month_first(ahead, n, month, qualifier > 0);
        }
        let day = self.day_of_month(ahead)?;
        self.day_first(ahead, day)
    }

    /// "early", "mid-", "late" before a month or year: how many lexemes.
    pub(super) fn qualifier(&self) -> usize {
        match self.kind(0) {
            Kind::Word("early" | "late" | "mid") => 1 + usize::from(self.is(1, &["-"])),
            _ => 0,
        }
    }

    fn month_first(&self, ahead: usize, n: usize, month: u8, is_qualified: bool) -> Option<Hit> {
        let mut end = ahead + n;
        if let Some(day) = self.day_of_month(end).filter(|_| !is_qualified && !self.is_quantity_after(end + 1)) {
            end += 1;
            let (to, last_day) = self.day_range(end);
            end += to;
            let (n_year, year) = self.year_after(end).map_or((0, None), |(n, year)| (n, Some(year)));
            end += n_year;
            let one = |day: u8| match year {
                Some(year) => calendar::full(year, month, day),
                None => Some(self.anchor.month_day(month, day)),
            };
            let value = match last_day {
                Some(last) => one(day).zip(one(last)).map(|(from, to)| format!("{from}/{to}")),
                None => one(day),
            };
            return self.hit(end, "date-absolute", value);
        }
        if let Some((n_year, year)) = self.year_after(end) {
            return self.hit(end + n_year, "date-absolute", Some(format!("{year:04}-{month:02}")));
        }
        let Kind::Month(_, is_short) = self.kind(ahead) else { return None };
        if is_short || !self.is_month_by_itself(ahead, month) {
            return None;
        }
        self.hit(ahead + 1, "date-absolute", Some(self.anchor.month(month)))
    }

    /// The second day of "5-10", "5 to 10": how many lexemes, and the day.
    fn day_range(&self, ahead: usize) -> (usize, Option<u8>) {
        if self.is(ahead, &["-", "–", "to", "and"])
            && let Some(day) = self.day_of_month(ahead + 1)
        {
            let is_joined = self.is_glued(ahead) || self.is(ahead, &["to", "–"]);
            let is_amount = self.is_quantity_after(ahead + 2) || matches!(self.kind(ahead + 2), Kind::Unit(_));
            if is_joined && !is_amount {
                return (2, Some(day));
            }
        }
        (0, None)
    }

    /// May, March and August are words, April and June names of people: where they stand alone, something must say
    /// that a month is meant.
    fn is_month_by_itself(&self, ahead: usize, month: u8) -> bool {
        let Some(lexeme) = self.lexeme(ahead) else { return false };
        if !lexeme.capital {
            return false;
        }
        let before = if ahead > 0 { self.surface(ahead - 1) } else { self.before() };
        const LEADS: &[&str] = &[
            "in", "since", "until", "till", "by", "of", "from", "to", "through", "during", "between", "early", "late", "mid", "-", "last",
            "next", "this", "and", "or", "for", "before", "after", "around", "end", "per", "on", "–", "(",
        ];
        let is_led = LEADS.iter().any(|lead| before.eq_ignore_ascii_case(lead));
        let next_is_name = self.lexeme(ahead + 1).is_some_and(|next| next.capital && !next.glued && next.kind == Kind::Other);
        match month {
            3 | 5 => is_led && !next_is_name || before.is_empty() && self.is(ahead + 1, &["'s", "’s"]),
            4 | 6 | 8 => !next_is_name || is_led,
            _ => true,
        }
    }

    /// 31 January 2023, 5-10 May, the 3rd of June.
    fn day_first(&self, ahead: usize, day: u8) -> Option<Hit> {
        let mut end = ahead + 1;
        let (n_range, last_day) = self.day_range(end);
        end += n_range;
        if self.is(end, &["of", "-", "/", "."]) && matches!(self.kind(end + 1), Kind::Month(..)) {
            end += 1;
        }
        let (n, month) = self.month(end)?;
        // "2 May" is a date, "in 2 March" is none that anybody writes; "at 3 Sept" neither.
        end += n;
        let (n_year, year) = self.year_after(end).map_or((0, None), |(n, year)| (n, Some(year)));
        let n_year = if n_year == 0 && self.is(end, &["-"]) { self.year_number(end + 1).map_or(0, |_| 2) } else { n_year };
        let year = year.or_else(|| if n_year == 2 { self.year_number(end + 1) } else { None });
        end += n_year;
        let one = |day: u8| match year {
            Some(year) => calendar::full(year, month, day),
            None => Some(self.anchor.month_day(month, day)),
        };
        let value = match last_day {
            Some(last) => one(day).zip(one(last)).map(|(from, to)| format!("{from}/{to}")),
            None => one(day),
        };
        self.hit(end, "date-absolute", value)
    }

    /// 2023-07-11, 11/07/2023, 11.07.2023.
    pub(super) fn numeric_date(&self) -> Option<Hit> {
        if let Some(value) = dotted(self.surface(0)) {
            return self.hit(1, "date-absolute", Some(value));
        }
        let joined = |mark: usize| self.is(mark, &["-", "/", "."]) && self.is_glued(mark) && self.is_glued(mark + 1);
        if self.surface(0) == "9" && self.surface(1) == "/" && self.surface(2) == "11" && joined(1) && !self.is_glued(3) {
            return self.hit(3, "date-absolute", Some("2001-09-11".to_owned()));
        }
        if !(joined(1) && joined(3)) || self.surface(1) != self.surface(3) {
            return None;
        }
        if let (Some(year), Some(month), Some(day)) = (self.year_number(0), self.digits(2, 1..=2, 1..=12), self.digits(4, 1..=2, 1..=31)) {
            return self.hit(5, "date-absolute", calendar::full(year, month as u8, day as u8));
        }
        let (first, second) = (self.digits(0, 1..=2, 1..=31)?, self.digits(2, 1..=2, 1..=31)?);
        let year = self.year_number(4)?;
        let value = match (first, second, self.surface(1)) {
            (day, month, ".") if month <= 12 => calendar::full(year, month as u8, day as u8),
            (day, month, _) if day > 12 && month <= 12 => calendar::full(year, month as u8, day as u8),
            (month, day, _) if day > 12 && month <= 12 => calendar::full(year, month as u8, day as u8),
            // 3/4/2023 is March or April.
            _ => None,
        };
        self.hit(5, "date-absolute", value)
    }

    /// 1998, 2019-2021, 2019/20, early 2024. A number of four digits is a year where nothing is counted with it.
    pub(super) fn year(&self) -> Option<Hit> {
        let qualifier = self.qualifier();
        let year = self.year_number(qualifier)?;
        let before = if qualifier > 0 { "in" } else { self.before() };
        let is_glued =
            qualifier == 0 && self.is_glued(0) && !matches!(before, "(" | "-" | "–" | "—" | "/" | "“" | "\"" | "’" | "'" | "," | "[");
        let is_code =
            is_glued || matches!(before, "$" | "£" | "€" | "¥" | "#" | "No" | "number" | "Number" | "Resolution" | "Highway" | "Route");
        let end = qualifier + 1;
        if is_code || self.is_counted(end) {
            return None;
        }
        if let Some(hit) = self.year_range(end, year) {
            return Some(hit);
        }
        const LEADS: &[&str] = &[
            "in", "since", "until", "till", "by", "of", "from", "to", "through", "during", "between", "before", "after", "around", "early",
            "late", "mid", "circa", "year", "and", "or", "for", "election", "(",
        ];
        let is_led = qualifier > 0 || LEADS.iter().any(|lead| before.eq_ignore_ascii_case(lead));
        let range = if is_led { 1300..=2099 } else { 1900..=2049 };
        if !range.contains(&year) {
            return None;
        }
        let hit = self.hit(end, "date-year", Some(format!("{year:04}")))?;
        Some(Hit { p: if is_led { 0.97 } else { 0.9 }, ..hit })
    }

    fn year_range(&self, end: usize, year: u16) -> Option<Hit> {
        let is_joined = self.is(end, &["-", "–", "/"]) && self.is_glued(end) && self.is_glued(end + 1);
        if !is_joined || !(1300..=2099).contains(&year) {
            return None;
        }
        let to = match self.year_number(end + 1) {
            Some(to) if to > year => to,
            Some(_) => return None,
            None => {
                let short = self.digits(end + 1, 2..=2, 0..=99)? as u16;
                let to = year / 100 * 100 + short;
                if to <= year || self.is(end + 2, &["-", "/"]) {
                    return None;
                }
                to
            }
        };
        self.hit(end + 2, "date-year", Some(format!("{year:04}/{to:04}")))
    }

    /// Whether what follows is counted or measured by the number.
    fn is_counted(&self, ahead: usize) -> bool {
        const COUNTED: &[&str] = &[
            "people",
            "soldiers",
            "troops",
            "metres",
            "meters",
            "km",
            "kilometres",
            "kilometers",
            "miles",
            "feet",
            "tons",
            "tonnes",
            "dollars",
            "euros",
            "pounds",
            "yen",
            "rupees",
            "yuan",
            "roubles",
            "rubles",
            "workers",
            "employees",
            "jobs",
            "homes",
            "houses",
            "members",
            "deaths",
            "cases",
            "men",
            "women",
            "children",
            "students",
            "points",
            "times",
            "cars",
            "vehicles",
            "barrels",
            "litres",
            "liters",
            "calories",
            "acres",
            "hectares",
            "square",
            "words",
            "residents",
            "households",
            "civilians",
            "refugees",
            "migrants",
            "m",
            "mm",
            "cm",
            "kg",
            "mg",
            "g",
            "mph",
            "hp",
            "cc",
            "MW",
            "GW",
            "rpm",
            "votes",
            "voters",
            "seats",
            "fans",
            "shares",
            "companies",
            "prisoners",
            "fighters",
            "police",
            "officers",
            "guests",
            "delegates",
            "sq",
            "USD",
            "EUR",
            "respondents",
            "others",
            "new",
        ];
        let next = self.surface(ahead);
        let is_glued_unit = self.is_glued(ahead) && next.starts_with(char::is_alphabetic);
        COUNTED.contains(&next) || self.is_quantity_after(ahead) || is_glued_unit || matches!(self.kind(ahead), Kind::Unit(_))
    }
}

/// 24.12.2022, one word.
fn dotted(surface: &str) -> Option<String> {
    let mut parts = surface.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || day.len() > 2 || month.len() > 2 || year.len() != 4 {
        return None;
    }
    calendar::full(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
