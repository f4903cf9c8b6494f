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
            return self.day_or_days(end + n_year, (month, day, last_day), year);
        }
        if let Some((n_year, year)) = self.year_after(end) {
            return self.hit(end + n_year, "date-absolute", Some(format!("{year:04}-{month:02}")));
        }
        let Kind::Month(_, is_short) = self.kind(ahead) else { return None };
        if is_short || !self.is_month_by_itself(ahead, month) {
            return None;
        }
        let value = self.anchor.month(month, self.tense(ahead + 1));
        Some(Hit { is_open: true, ..self.hit(ahead + 1, "date-absolute", Some(value))? })
    }

    /// A day with its month, or several of one month, that end before the lexeme `end`.
    fn day_or_days(&self, end: usize, (month, day, last): (u8, u8, Option<u8>), year: Option<u16>) -> Option<Hit> {
        let first = match year {
            Some(year) => calendar::full(year, month, day),
            None => Some(self.day_of_some_year(end, month, day)),
        };
        let value = match last {
            Some(last) => first.and_then(|first| calendar::through(&first, last)),
            None => first,
        };
        Some(Hit { is_open: year.is_none(), ..self.hit(end, "date-absolute", value)? })
    }

    /// A day whose year is not told: that of a known day, of its weekday, of the same day with its year elsewhere in the
    /// article, or as the tense has it.
    fn day_of_some_year(&self, end: usize, month: u8, day: u8) -> String {
        if let Some(known) = self.known_year(end, month, day).and_then(|year| calendar::full(year as u16, month, day)) {
            return known;
        }
        let tense = self.tense(end);
        if let Kind::Weekday(weekday) = self.kind(0) {
            return self.anchor.month_day_on(month, day, weekday, tense);
        }
        let told = self.anchor.month_day(month, day, tense);
        match self.hints.year_of(month, day).and_then(|year| calendar::full(year, month, day)) {
            Some(lent) if !self.anchor.is_near(&told) => lent,
            _ => told,
        }
    }

    /// The second day of "5-10", "5 to 10": how many lexemes, and the day.
    fn day_range(&self, ahead: usize) -> (usize, Option<u8>) {
        if self.is(ahead, &["-", "–", "to", "and"])
            && let Some(day) = self.day_of_month(ahead + 1)
        {
            let is_joined = self.is_glued(ahead) || self.is(ahead, &["to", "–"]) || self.is_next_day(ahead, day);
            let is_amount = self.is_quantity_after(ahead + 2) || matches!(self.kind(ahead + 2), Kind::Unit(_));
            if is_joined && !is_amount {
                return (2, Some(day));
            }
        }
        (0, None)
    }

    /// Whether `and` joins two days that follow each other, with their month after them: 9th and 10th of October.
    fn is_next_day(&self, and: usize, day: u8) -> bool {
        let follows = and.checked_sub(1).and_then(|before| self.day_of_month(before)).is_some_and(|before| before + 1 == day);
        let of = usize::from(self.is(and + 2, &["of"]));
        follows && matches!(self.kind(and + 2 + of), Kind::Month(..))
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
        self.day_or_days(end, (month, day, last_day), year)
    }

    /// 2023-07-11, 11/07/2023, 11.07.2023.
    pub(super) fn numeric_date(&self) -> Option<Hit> {
        if let Some(value) = dotted(self.surface(0)) {
            return self.hit(1, "date-absolute", Some(value));
        }
        let joined = |mark: usize| self.is(mark, &["-", "/", "."]) && self.is_glued(mark) && self.is_glued(mark + 1);
        let goes_on = self.is_glued(3) && !self.is(3, &[".", ",", "'s", "’s", ")"]);
        if self.surface(1) == "/" && joined(1) && !goes_on {
            return self.day_in_numbers();
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

    /// 11/7 after a word that leads a date. Which of the two is the month the other dates of the article tell.
    fn day_in_numbers(&self) -> Option<Hit> {
        let is_led = self.is_after(&["on", "since", "before", "after", "until", "by", "dated", "of"]);
        let (first, second) = (self.digits(0, 1..=2, 1..=31)? as u8, self.digits(2, 1..=2, 1..=31)? as u8);
        let (month, day) = match self.hints.day_first {
            true if second <= 12 => (second, first),
            _ if first <= 12 => (first, second),
            _ => (second, first),
        };
        let is_noun = matches!(self.kind(3), Kind::Other | Kind::Unit(_)) && self.surface(3).starts_with(char::is_lowercase);
        let is_date = is_led && self.surface(1) == "/" && self.is_glued(1) && month <= 12 && (!is_noun || self.is_verb(3));
        is_date.then(|| self.day_or_days(3, (month, day, None), None)).flatten()
    }

    fn is_verb(&self, ahead: usize) -> bool {
        matches!(self.surface(ahead), "was" | "were" | "is" | "will" | "has" | "had" | "would")
    }

    /// 1998, 2019-2021, 2019/20, early 2024. A number of four digits is a year where nothing is counted with it.
    pub(super) fn year(&self) -> Option<Hit> {
        let qualifier = self.qualifier();
        let year = self.year_number(qualifier)?;
        let before = if qualifier > 0 { "in" } else { self.before() };
        let is_glued =
            qualifier == 0 && self.is_glued(0) && !matches!(before, "(" | "-" | "–" | "—" | "/" | "“" | "\"" | "’" | "'" | "," | "[");
        let is_code = is_glued || matches!(before, "$" | "£" | "€" | "¥" | "#" | "+") || self.is_numbered();
        let end = qualifier + 1;
        if is_code || self.is_counted(end) || qualifier == 0 && self.is_before_several(end) {
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

    /// Whether the number is that of a room or a flight, or goes on from one before it: 555 2019.
    fn is_numbered(&self) -> bool {
        const NUMBERED: &[&str] = &[
            "no",
            "no.",
            "number",
            "resolution",
            "highway",
            "route",
            "room",
            "box",
            "flight",
            "gate",
            "suite",
            "extension",
            "ext",
            "unit",
            "apartment",
            "building",
            "channel",
            "page",
            "line",
            "platform",
            "track",
            "bus",
            "model",
            "section",
            "form",
            "lot",
            "locker",
            "code",
            "pin",
            "tel",
            "telephone",
            "phone",
            "call",
            "fax",
            "bravo",
            "block",
            "ward",
            "bed",
            "train",
            "interstate",
            "squadron",
        ];
        let before = match self.before() {
            "." | ":" | "#" | "-" => self.surface_before(2),
            before => before,
        };
        let is_number = before.len() > 1 && before.bytes().all(|b| b.is_ascii_digit());
        let is_other_year = is_number && before.len() == 4 && (before.starts_with("19") || before.starts_with("20"));
        let is_day = is_number && before.len() < 3;
        is_number && !is_other_year && !is_day || NUMBERED.iter().any(|word| before.eq_ignore_ascii_case(word))
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

    /// Whether things in the plural follow, which a number counts unless a word before it says that a year is meant: `1990
    /// goats`, but `the 2022 elections` and `in 2020 protests`.
    fn is_before_several(&self, end: usize) -> bool {
        let next = self.surface(end);
        let is_plural = next.len() > 4 && next.ends_with('s') && !next.ends_with("ss") && next.starts_with(char::is_lowercase);
        let before = self.before().to_lowercase();
        let is_year = matches!(
            before.as_str(),
            "the"
                | "a"
                | "an"
                | "in"
                | "since"
                | "during"
                | "of"
                | "its"
                | "his"
                | "her"
                | "their"
                | "our"
                | "'s"
                | "’s"
                | "late"
                | "early"
                | "for"
                | "from"
                | ""
                | "this"
        );
        is_plural && !is_year && matches!(self.kind(end), Kind::Other)
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
