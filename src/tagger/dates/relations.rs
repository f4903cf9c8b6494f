//! Dates of two steps: the day before yesterday, Tuesday of last week, two days from now, the end of next month.

use super::calendar::{self, Side, Tense};
use super::grammar::{Hit, Place};
use super::lexemes::{Kind, Unit};

impl Place<'_> {
    pub(super) fn two_steps(&self) -> Option<Hit> {
        match self.kind(0) {
            Kind::Unit(Unit::Day) if self.is(1, &["before"]) && self.is(2, &["yesterday"]) => {
                self.hit(3, "date-relative", Some(self.anchor.day(-2)))
            }
            Kind::Unit(Unit::Day) if self.is(1, &["after"]) && self.is(2, &["tomorrow"]) => {
                self.hit(3, "date-relative", Some(self.anchor.day(2)))
            }
            Kind::Unit(unit) if self.is(1, &["before"]) && self.is(2, &["last"]) && !unit.is_time() => {
                self.hit(3, "date-relative", Some(self.anchor.units_away(-2, unit)))
            }
            Kind::Unit(unit) if self.is(1, &["after"]) && self.is(2, &["next"]) && !unit.is_time() => {
                self.hit(3, "date-relative", Some(self.anchor.units_away(2, unit)))
            }
            Kind::Unit(Unit::Week) if self.is(1, &["of"]) => {
                let day = self.on(2 + usize::from(self.is(2, &["the"])))?.date_with_month()?;
                let week = calendar::week_of(day.value.as_deref()?)?;
                self.hit(day.end - self.at, "date-relative", Some(week))
            }
            Kind::Weekday(weekday) if self.lexeme(0)?.capital => self.weekday_of_a_week(weekday),
            _ => self.after_now(),
        }
    }

    /// Tuesday of last week, Friday week.
    fn weekday_of_a_week(&self, weekday: u8) -> Option<Hit> {
        let of = if self.is(1, &["of", "in"]) { 2 } else { 1 };
        let steps = match self.kind(of) {
            Kind::Word("last" | "previous") => -1,
            Kind::Word("this") => 0,
            Kind::Word("next" | "following") => 1,
            Kind::Unit(Unit::Week) if of == 1 && self.surface(1) == "week" && !self.surface(2).starts_with(['\'', '’']) => {
                let day = self.anchor.weekday(None, weekday, Some(Tense::Ahead));
                return self.hit(2, "date-relative", Some(calendar::days_after(&day, 7).unwrap_or(day)));
            }
            _ => return None,
        };
        let is_week = matches!(self.kind(of + 1), Kind::Unit(Unit::Week)) && !self.is_plural(of + 1);
        is_week.then(|| self.hit(of + 2, "date-relative", Some(self.anchor.weekday_of_week(steps, weekday)))).flatten()
    }

    /// Two days from now, a week from Monday, in two weeks' time. The article is none of it.
    fn after_now(&self) -> Option<Hit> {
        let (n, count) = self.count(0)?;
        let Kind::Unit(unit) = self.kind(n) else { return None };
        let steps = count.filter(|count| count.fract() == 0.0 && *count < 1000.0 && !unit.is_time())? as i64;
        let end = n + 1;
        let article = usize::from(n == 1 && self.is(0, &["a", "an"]));
        let shifted = |hit: Hit| Hit { start: hit.start + article, ..hit };
        let mark = usize::from(self.is(end, &["'", "’", "'s", "’s"]));
        if mark > 0 && self.is(end + mark, &["time"]) {
            return self.hit(end + mark + 1, "date-relative", Some(self.anchor.units_away(steps, unit))).map(shifted);
        }
        if !self.is(end, &["from"]) {
            return None;
        }
        let value = match self.kind(end + 1) {
            Kind::Word("now") => self.anchor.units_away(steps, unit),
            Kind::Word("today") => self.anchor.day_units_away(steps, unit),
            Kind::Weekday(weekday) => {
                let days = match unit {
                    Unit::Day => steps,
                    Unit::Week => 7 * steps,
                    _ => return None,
                };
                let day = self.anchor.weekday(None, weekday, Some(Tense::Ahead));
                calendar::days_after(&day, days).unwrap_or(day)
            }
            _ => return None,
        };
        self.hit(end + 2, "date-relative", Some(value)).map(shifted)
    }

    /// End of the month, start of 2023, end of next year, year-end: as coarse as what it is the edge of.
    pub(super) fn edge(&self) -> Option<Hit> {
        if let Kind::Unit(unit @ (Unit::Month | Unit::Quarter | Unit::Year)) = self.kind(0)
            && self.is(1, &["-"])
            && self.is(2, &["end"])
            && self.is_glued(1)
            && self.is_glued(2)
        {
            let side = if self.is_after(&["last"]) { Side::Last } else { Side::This };
            return self.hit(3, "date-relative", Some(self.anchor.unit_on(side, unit)));
        }
        if !self.is(0, &["end", "start", "beginning", "middle", "turn"]) || !self.is(1, &["of"]) {
            return None;
        }
        let the = usize::from(self.is(2, &["the"]));
        if let Kind::Unit(unit @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century)) =
            self.kind(2 + the)
            && the == 1
            && !self.is_plural(3)
        {
            return self.hit(4, "date-relative", Some(self.anchor.unit_on(Side::This, unit)));
        }
        let place = self.on(2 + the)?;
        let whole = [place.date_with_month(), place.relative(), place.period(), place.year()];
        let longest = whole.into_iter().flatten().max_by_key(|hit| hit.end)?;
        let is_stretch =
            longest.value.as_deref().is_some_and(|value| matches!(value.len(), 4..=8) && !value.starts_with('P') && !value.contains('/'));
        is_stretch.then(|| self.hit(longest.end - self.at, longest.form, longest.value)).flatten()
    }

    /// Over the weekend, at the weekend.
    pub(super) fn weekend(&self) -> Option<Hit> {
        let is_one = matches!(self.kind(0), Kind::Unit(Unit::Weekend)) && !self.is_plural(0) && self.is_after(&["the"]);
        let is_led =
            ["over", "during", "at", "on", "for", "throughout", "by"].iter().any(|lead| self.surface_before(2).eq_ignore_ascii_case(lead));
        (is_one && is_led).then(|| self.hit(1, "date-relative", Some(self.anchor.weekend(self.tense(1))))).flatten()
    }

    /// On the 11th: a day of the month that runs. The 11th floor is none.
    pub(super) fn day_of_a_month(&self) -> Option<Hit> {
        let Kind::Number(number) = self.kind(0) else { return None };
        let day = self.day_of_month(0).filter(|_| number.is_ordinal)?;
        let is_led =
            self.is_after(&["the"]) && ["on", "since", "until", "by"].iter().any(|lead| self.surface_before(2).eq_ignore_ascii_case(lead));
        let next = self.surface(1);
        let goes_on = next.starts_with(char::is_alphabetic)
            && !matches!(next, "and" | "or" | "in" | "at" | "after" | "before" | "to" | "when" | "by" | "that");
        let is_date = is_led && !goes_on && !self.is(1, &["-"]);
        is_date.then(|| self.hit(1, "date-relative", Some(self.anchor.day_of_month(day, self.tense(1))))).flatten()
    }
}
