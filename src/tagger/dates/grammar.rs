//! The forms of dates and times. Each function tries one kind of form at one place and answers with where it ends.

use super::calendar::{self, Anchor, Side};
use super::lexemes::{HALVES, Kind, Lexeme, QUARTERS, Unit, clock_hour};

/// What was found at a place.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Hit {
    pub start: usize,
    /// The lexeme after the last.
    pub end: usize,
    pub form: &'static str,
    pub value: Option<String>,
    pub p: f64,
}

/// A place in a text, with what stands around it. Nothing is read beyond `limit`, the end of the line.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub text: &'t str,
    pub lexemes: &'t [Lexeme],
    pub at: usize,
    pub limit: usize,
    pub anchor: Anchor,
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
            self.numeric_date(),
            self.relative(),
            self.ago_or_duration(),
            self.period(),
            self.year(),
            self.weekday(),
            self.holiday(),
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
        best
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
        Some(Hit { start: self.at, end: self.at + n_lexemes, form, value, p: 0.95 })
    }

    /// A whole number of so many digits in a range, not an ordinal.
    fn digits(&self, ahead: usize, n_digits: std::ops::RangeInclusive<u8>, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        match self.kind(ahead) {
            Kind::Number(number) if n_digits.contains(&number.digits) && !number.is_ordinal => {
                let value = number.value as u32;
                range.contains(&value).then_some(value)
            }
            _ => None,
        }
    }

    fn day_of_month(&self, ahead: usize) -> Option<u8> {
        match self.kind(ahead) {
            Kind::Number(number) if (1..=2).contains(&number.digits) && (1.0..=31.0).contains(&number.value) => Some(number.value as u8),
            _ => None,
        }
    }

    fn year_number(&self, ahead: usize) -> Option<u16> {
        self.digits(ahead, 4..=4, 1000..=2199).map(|year| year as u16)
    }

    /// A year that follows, perhaps after a comma or "of": how many lexemes, and the year.
    fn year_after(&self, ahead: usize) -> Option<(usize, u16)> {
        let skip = usize::from(self.is(ahead, &[",", "of"]));
        self.year_number(ahead + skip).filter(|_| !self.is_quantity_after(ahead + skip + 1)).map(|year| (skip + 1, year))
    }

    fn is_quantity_after(&self, ahead: usize) -> bool {
        self.is(ahead, &["%", "percent", "pct", "per", "million", "billion", "hundred", "thousand"])
    }

    /// The month at `ahead`, with its full stop: how many lexemes, and which.
    fn month(&self, ahead: usize) -> Option<(usize, u8)> {
        let Kind::Month(month, is_short) = self.kind(ahead) else { return None };
        let has_stop = self.is(ahead + 1, &["."]) && self.is_glued(ahead + 1) && (is_short || self.day_of_month(ahead + 2).is_some());
        Some((1 + usize::from(has_stop), month))
    }

    fn date_with_month(&self) -> Option<Hit> {
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
    fn qualifier(&self) -> usize {
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
    fn numeric_date(&self) -> Option<Hit> {
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

    /// Last year, past five years, this week, next Monday, previous month, earlier this year, same period last year.
    fn relative(&self) -> Option<Hit> {
        match self.kind(0) {
            Kind::Word("today") => return self.hit(1, "date-relative", Some(self.anchor.day(0))),
            Kind::Word("yesterday") => return self.with_part(1, self.anchor.day(-1)),
            Kind::Word("tomorrow") => return self.with_part(1, self.anchor.day(1)),
            Kind::Word("tonight") => return self.hit(1, "time-relative", Some(format!("{}TNI", self.anchor.day(0)))),
            Kind::Word("overnight") if self.is_after(&["killed", "on", "the"]) || !self.is_before_noun(1) => {
                return self.hit(1, "time-relative", Some("TNI".to_owned()));
            }
            _ => {}
        }
        let mut ahead = 0;
        if self.is(0, &["earlier", "later", "early", "late"]) && self.is(1, &["this", "last", "next", "that"]) {
            ahead = 1;
        }
        let side = match self.kind(ahead) {
            Kind::Word("last" | "past" | "previous" | "preceding" | "recent") => Side::Last,
            Kind::Word("this" | "current") => Side::This,
            Kind::Word("next" | "coming" | "following" | "upcoming") => Side::Next,
            Kind::Word("same" | "that") => return self.that_time(ahead),
            _ => return None,
        };
        let word = self.surface(ahead).to_lowercase();
        ahead += 1;
        if let Some((n, count)) = self.count(ahead)
            && let Kind::Unit(unit) = self.kind(ahead + n)
        {
            let form = if unit.is_time() { "time-duration" } else { "date-span" };
            return self.hit(ahead + n + 1, form, Some(calendar::duration(count, unit)));
        }
        let end = ahead + 1;
        let value = match self.kind(ahead) {
            Kind::Unit(unit) if unit.is_time() => return self.hit(end, "time-duration", Some(calendar::duration(Some(1.0), unit))),
            // "recent years", "past decades": how many is not said.
            Kind::Unit(unit) if self.is_plural(ahead) => {
                return (word != "this").then(|| self.hit(end, "date-relative", Some(calendar::duration(None, unit)))).flatten();
            }
            Kind::Unit(Unit::Day) if word == "past" || word == "recent" => calendar::duration(Some(1.0), Unit::Day),
            Kind::Unit(unit) if word == "past" => calendar::duration(Some(1.0), unit),
            Kind::Unit(unit) => self.anchor.unit_on(side, unit),
            Kind::Word("fiscal" | "calendar" | "financial") if matches!(self.kind(ahead + 1), Kind::Unit(Unit::Year | Unit::Quarter)) => {
                return self.hit(end + 1, "date-relative", Some(self.anchor.unit_on(side, Unit::Year)));
            }
            Kind::Weekday(weekday) => return self.with_part(end, self.anchor.weekday(Some(side), weekday)),
            Kind::Month(month, false) if self.lexeme(ahead).is_some_and(|lexeme| lexeme.capital) => self.anchor.month_on(side, month),
            Kind::Season(season) => self.anchor.season_on(side, season),
            Kind::Part(part) => {
                let day = self.anchor.day(if side == Side::Last { -1 } else { 0 });
                return self.hit(end, "time-relative", Some(format!("{day}{part}")));
            }
            _ => return None,
        };
        self.hit(end, "date-relative", Some(value))
    }

    /// Whether the unit at `ahead` is written in the plural.
    fn is_plural(&self, ahead: usize) -> bool {
        self.surface(ahead).ends_with(['s', 'S'])
    }

    fn is_before_noun(&self, ahead: usize) -> bool {
        matches!(self.kind(ahead), Kind::Other)
            && self.surface(ahead).starts_with(char::is_alphabetic)
            && !self.lexeme(ahead).is_some_and(|l| l.capital)
    }

    /// That day, the same month; "that" alone points anywhere, so only before a unit that is a date.
    fn that_time(&self, ahead: usize) -> Option<Hit> {
        match self.kind(ahead + 1) {
            Kind::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Quarter)) if !self.is_plural(ahead + 1) => {
                let _ = unit;
                self.hit(ahead + 2, "date-relative", None)
            }
            _ => None,
        }
    }

    /// A day, perhaps with the part of it: Friday, Friday morning.
    fn with_part(&self, end: usize, day: String) -> Option<Hit> {
        match self.kind(end) {
            Kind::Part(part) => self.hit(end + 1, "time-relative", Some(format!("{day}{part}"))),
            _ => self.hit(end, "date-relative", Some(day)),
        }
    }

    fn weekday(&self) -> Option<Hit> {
        let ahead = usize::from(self.is(0, &["early", "late"]));
        let Kind::Weekday(weekday) = self.kind(ahead) else { return None };
        if !self.lexeme(ahead)?.capital && self.surface(ahead).len() < 6 {
            return None;
        }
        // Abbreviations only with a full stop; "Sun" and "Sat" are words.
        let is_short = !self.surface(ahead).to_lowercase().ends_with("day");
        if is_short && !(self.is(ahead + 1, &["."]) && self.is_glued(ahead + 1)) {
            return None;
        }
        let side = if self.is_after(&["next", "coming"]) { Some(Side::Next) } else { None };
        let hit = self.with_part(ahead + 1 + usize::from(is_short), self.anchor.weekday(side, weekday))?;
        Some(if hit.form == "date-relative" { Hit { form: "date-weekday", ..hit } } else { hit })
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
        // 10-15 years, ten to fifteen years: the first is where it begins, the second where it ends.
        if self.is(ahead + n, &["-", "–", "to", "or"])
            && let Some((m, _)) = self.number_phrase(ahead + n + 1)
        {
            return Some((n + 1 + m, None));
        }
        Some((n, Some(value)))
    }

    /// Five years, two-day, 45-year-old, two weeks ago, a day earlier.
    fn ago_or_duration(&self) -> Option<Hit> {
        let (n, count) = if let Kind::Unit(_) = self.kind(0) { (0, None) } else { self.count(0)? };
        let mut end = n;
        end += usize::from(n > 0 && self.is(end, &["-", "–"]) && self.is_glued(end));
        end += usize::from(n > 0 && self.is(end, &["more", "full", "consecutive", "straight"]));
        end += usize::from(n > 0 && self.is(end, &["fiscal", "calendar"]));
        let Kind::Unit(unit) = self.kind(end) else { return None };
        let is_hyphenated = end > n && self.is(n, &["-"]);
        end += 1;
        if unit == Unit::Second && count.is_none_or(|count| count == 1.0) {
            return None;
        }
        let is_old = |at: usize| self.is(at, &["old", "olds"]) || self.surface(at) == "olds";
        if is_hyphenated && self.is(end, &["-"]) && is_old(end + 1) {
            return self.hit(end + 2, "date-age", Some(calendar::duration(count, unit)));
        }
        if n > 0 && is_old(end) && unit != Unit::Decade {
            return self.hit(end + 1, "date-age", Some(calendar::duration(count, unit)));
        }
        let form = form_of(unit);
        if self.is(end, &["ago"]) || self.is(end, &["earlier", "later", "before", "after"]) && self.is_told_alone(end) {
            let is_after = self.is(end, &["later", "after"]);
            let value = match count {
                Some(count) if count.fract() == 0.0 && self.is(end, &["ago"]) && !unit.is_time() => {
                    self.anchor.units_away(-(count as i64), unit)
                }
                Some(count) => format!("{}{}", if is_after { "+" } else { "-" }, calendar::duration(Some(count), unit)),
                None => {
                    if self.is(end, &["ago"]) {
                        "PAST_REF".to_owned()
                    } else {
                        "UNDEF".to_owned()
                    }
                }
            };
            let form = if unit.is_time() { "time-relative" } else { "date-relative" };
            return self.hit(end + 1, form, Some(value));
        }
        if n == 0 {
            return None;
        }
        self.hit(end, form, Some(calendar::duration(count, unit)))
    }

    /// Whether "a day earlier" ends there, rather than "a day before the vote".
    fn is_told_alone(&self, ahead: usize) -> bool {
        self.is(ahead, &["earlier", "later"]) && !self.is(ahead + 1, &["than"])
    }

    /// Seasons, quarters, halves, decades, centuries, fiscal years.
    fn period(&self) -> Option<Hit> {
        let qualifier = self.qualifier();
        let ahead = qualifier;
        match self.kind(ahead) {
            Kind::Word("'" | "’") if self.is_glued(ahead + 1) && qualifier == 0 => {
                let Kind::Decade(decade @ 0..=99) = self.kind(1) else { return None };
                return self.hit(2, "date-period", Some(decade_value(decade)));
            }
            Kind::Decade(decade) => {
                let is_said = decade >= 1000 || self.is_after(&["the", "early", "late", "mid", "-"]) || qualifier > 0;
                return if is_said { self.hit(ahead + 1, "date-period", Some(decade_value(decade))) } else { None };
            }
            Kind::Season(season) => {
                let (n, year) = self.year_after(ahead + 1)?;
                return self.hit(ahead + 1 + n, "date-period", Some(format!("{year:04}-{season}")));
            }
            Kind::Period(period, year) if qualifier == 0 => {
                let (n, year) = match year {
                    Some(year) => (0, Some(year)),
                    None => self.year_after(1).map_or((0, None), |(n, year)| (n, Some(year))),
                };
                let year = year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
                return self.hit(1 + n, "date-period", Some(format!("{year}-{period}")));
            }
            Kind::Fiscal(year) => return self.hit(ahead + 1, "date-period", Some(format!("FY{year:04}"))),
            Kind::Word("fiscal" | "financial") => {
                let n = usize::from(matches!(self.kind(ahead + 1), Kind::Unit(Unit::Year)));
                let (m, year) = self.year_after(ahead + 1 + n)?;
                return self.hit(ahead + 1 + n + m, "date-period", Some(format!("FY{year:04}")));
            }
            Kind::Month(month, false) if qualifier == 0 && matches!(self.kind(1), Kind::Unit(Unit::Quarter)) && !self.is_plural(1) => {
                let (n, year) = self.year_after(2).map_or((0, None), |(n, year)| (n, Some(year)));
                let year = year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
                return self.hit(2 + n, "date-period", Some(format!("{year}-{}", QUARTERS[usize::from(month.saturating_sub(1) / 3) % 4])));
            }
            _ => {}
        }
        self.ordinal_period(ahead)
    }

    /// The second quarter of 2023, first half of last year, 19th century.
    fn ordinal_period(&self, ahead: usize) -> Option<Hit> {
        let Kind::Number(number) = self.kind(ahead) else {
            let is_second = self.surface(ahead).eq_ignore_ascii_case("second");
            return if is_second { self.quarter(ahead, 2) } else { None };
        };
        if !number.is_ordinal {
            return None;
        }
        let place = number.value as usize;
        let hyphen = usize::from(self.is(ahead + 1, &["-"]));
        if matches!(self.kind(ahead + 1 + hyphen), Kind::Unit(Unit::Century)) && (1..=22).contains(&place) {
            return self.hit(ahead + 2 + hyphen, "date-period", Some(format!("{:02}XX", place - 1)));
        }
        self.quarter(ahead, place)
    }

    fn quarter(&self, ahead: usize, place: usize) -> Option<Hit> {
        let mut end = ahead + 1;
        end += usize::from(self.is(end, &["-"]) && self.is_glued(end));
        end += usize::from(self.is(end, &["fiscal"]));
        let period = match self.kind(end) {
            Kind::Unit(Unit::Quarter) if !self.is_plural(end) => QUARTERS.get(place.checked_sub(1)?)?,
            Kind::Word("half") => {
                let of_time = self.is(end + 1, &["of"])
                    && (self.year_number(end + 2).is_some() || self.is(end + 2, &["the", "this", "last", "next"]));
                let of_year = of_time
                    && (self.year_number(end + 2).is_some() || (end + 3..=end + 4).any(|at| matches!(self.kind(at), Kind::Unit(_))));
                if !of_year {
                    return None;
                }
                HALVES.get(place.checked_sub(1)?)?
            }
            _ => return None,
        };
        end += 1;
        let (n, year) = self.year_of_period(end);
        end += n;
        let year = year.or_else(|| self.anchor.year().map(|year| format!("{year:04}")).filter(|_| n > 0));
        self.hit(end, "date-period", Some(format!("{}-{period}", year.as_deref().unwrap_or("XXXX"))))
    }

    /// "of 2023", "2023", "of last year", "of the year".
    fn year_of_period(&self, ahead: usize) -> (usize, Option<String>) {
        if let Some((n, year)) = self.year_after(ahead) {
            return (n, Some(format!("{year:04}")));
        }
        if !self.is(ahead, &["of"]) {
            return (0, None);
        }
        let at = ahead + 1 + usize::from(self.is(ahead + 1, &["the"]));
        let side = match self.kind(at) {
            Kind::Word("last" | "previous") => Side::Last,
            Kind::Word("this" | "current") => Side::This,
            Kind::Word("next") => Side::Next,
            Kind::Unit(Unit::Year) => return (at + 1 - ahead, None),
            _ => return (0, None),
        };
        let fiscal = usize::from(self.is(at + 1, &["fiscal"]));
        match self.kind(at + 1 + fiscal) {
            Kind::Unit(Unit::Year) => (at + 2 + fiscal - ahead, Some(self.anchor.unit_on(side, Unit::Year)).filter(|year| year.len() == 4)),
            _ => (0, None),
        }
    }

    /// 1998, 2019-2021, 2019/20, early 2024. A number of four digits is a year where nothing is counted with it.
    fn year(&self) -> Option<Hit> {
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

    /// 9 a.m., 9:30, 21:30 GMT, noon, 10 o'clock.
    fn clock(&self) -> Option<Hit> {
        if let Kind::Clock(hour, minute) = self.kind(0) {
            return self.zone(1, format!("T{hour:02}:{minute:02}"));
        }
        if self.is(0, &["noon", "midday", "midnight"]) {
            let value = if self.is(0, &["midnight"]) { "T00:00" } else { "T12:00" };
            return self.zone(1, value.to_owned());
        }
        let hour = self.digits(0, 1..=2, 0..=24)? as u8;
        let mut end = 1;
        let mut minute = 0;
        let has_minutes = self.is(1, &[":", "."]) && self.is_glued(1) && self.is_glued(2);
        if has_minutes && let Some(minutes) = self.digits(2, 2..=2, 0..=59) {
            minute = minutes as u8;
            end = 3;
            let has_seconds = self.is(3, &[":"]) && self.is_glued(3);
            if has_seconds && self.digits(4, 2..=2, 0..=59).is_some() {
                end = 5;
            }
        }
        if self.is(end, &["a.m.", "p.m.", "a.m", "p.m", "am", "pm"]) && (1..=12).contains(&hour) {
            let hour = clock_hour(hour, self.surface(end));
            return self.zone(end + 1, format!("T{hour:02}:{minute:02}"));
        }
        if self.is(end, &["o'clock", "o’clock"]) {
            return self.hit(end + 1, "time-clock", Some(format!("T{hour:02}:00")));
        }
        let has_colon = end >= 3 && self.surface(1) == ":";
        let is_led = self.is_after(&["at", "by", "until", "before", "after", "around", "from", "about", "to"]);
        if has_colon && (is_led || self.is_zone(end)) {
            return self.zone(end, format!("T{hour:02}:{minute:02}"));
        }
        None
    }

    fn is_zone(&self, ahead: usize) -> bool {
        self.is(ahead, &["gmt", "utc", "est", "edt", "et", "pst", "pdt", "pt", "cet", "bst", "ist", "jst", "msk"])
            && self.surface(ahead).starts_with(char::is_uppercase)
    }

    fn zone(&self, end: usize, value: String) -> Option<Hit> {
        if self.is_zone(end) {
            return self.hit(end + 1, "time-clock", Some(value));
        }
        let is_local = self.is(end, &["local"]) && self.is(end + 1, &["time"]);
        self.hit(end + if is_local { 2 } else { 0 }, "time-clock", Some(value))
    }

    fn may_be_holiday(&self) -> bool {
        self.lexeme(0).is_some_and(|lexeme| lexeme.capital)
    }

    fn holiday(&self) -> Option<Hit> {
        if !self.lexeme(0)?.capital {
            return None;
        }
        let (n, value) =
            HOLIDAYS.iter().filter(|(name, _)| self.reads(name)).map(|(name, value)| (name.len(), *value)).max_by_key(|(n, _)| *n)?;
        let (m, year) = self.year_after(n).map_or((0, None), |(m, year)| (m, Some(year)));
        let value = match (value, year) {
            (Some((month, day)), Some(year)) => calendar::full(year, month, day),
            (Some((month, day)), None) => Some(self.anchor.month_day(month, day)),
            (None, Some(year)) => Some(format!("{year:04}")),
            (None, None) => None,
        };
        self.hit(n + m, "date-holiday", value)
    }

    fn reads(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| {
            let here = self.surface(i);
            here == *word || (word.starts_with('\'') && here.trim_start_matches('’') == &word[1..])
        })
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

fn form_of(unit: Unit) -> &'static str {
    if unit.is_time() { "time-duration" } else { "date-duration" }
}

fn decade_value(decade: u16) -> String {
    let first = if decade < 100 { 1900 + decade } else { decade };
    format!("{:03}X", first / 10)
}

type DayOfYear = Option<(u8, u8)>;

/// Holidays word by word, and their day where it is the same every year.
const HOLIDAYS: &[(&[&str], DayOfYear)] = &[
    (&["Christmas"], Some((12, 25))),
    (&["Christmas", "Day"], Some((12, 25))),
    (&["Christmas", "Eve"], Some((12, 24))),
    (&["Boxing", "Day"], Some((12, 26))),
    (&["New", "Year", "'s", "Eve"], Some((12, 31))),
    (&["New", "Year", "'s", "Day"], Some((1, 1))),
    (&["New", "Year", "'s"], Some((1, 1))),
    (&["Lunar", "New", "Year"], None),
    (&["Chinese", "New", "Year"], None),
    (&["Easter"], None),
    (&["Easter", "Sunday"], None),
    (&["Easter", "Monday"], None),
    (&["Good", "Friday"], None),
    (&["Palm", "Sunday"], None),
    (&["Ash", "Wednesday"], None),
    (&["Black", "Friday"], None),
    (&["Cyber", "Monday"], None),
    (&["Thanksgiving"], None),
    (&["Thanksgiving", "Day"], None),
    (&["Halloween"], Some((10, 31))),
    (&["Ramadan"], None),
    (&["Eid", "al", "-", "Fitr"], None),
    (&["Eid", "al", "-", "Adha"], None),
    (&["Eid"], None),
    (&["Passover"], None),
    (&["Hanukkah"], None),
    (&["Yom", "Kippur"], None),
    (&["Rosh", "Hashanah"], None),
    (&["Diwali"], None),
    (&["Nowruz"], None),
    (&["Independence", "Day"], None),
    (&["Memorial", "Day"], None),
    (&["Labor", "Day"], None),
    (&["Labour", "Day"], None),
    (&["Veterans", "Day"], Some((11, 11))),
    (&["Remembrance", "Day"], Some((11, 11))),
    (&["Armistice", "Day"], Some((11, 11))),
    (&["Presidents", "Day"], None),
    (&["Columbus", "Day"], None),
    (&["Valentine", "'s", "Day"], Some((2, 14))),
    (&["Bastille", "Day"], Some((7, 14))),
    (&["Victory", "Day"], Some((5, 9))),
    (&["May", "Day"], Some((5, 1))),
    (&["Mother", "'s", "Day"], None),
    (&["Father", "'s", "Day"], None),
    (&["Earth", "Day"], Some((4, 22))),
    (&["Anzac", "Day"], Some((4, 25))),
    (&["Australia", "Day"], Some((1, 26))),
    (&["Republic", "Day"], None),
    (&["National", "Day"], None),
    (&["Election", "Day"], None),
    (&["Inauguration", "Day"], None),
    (&["Fourth", "of", "July"], Some((7, 4))),
    (&["Juneteenth"], Some((6, 19))),
];
