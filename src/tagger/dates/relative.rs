//! Dates told against another day: last year, Tuesday, two days ago; and lengths of time.

use super::calendar::{self, Side};
use super::grammar::{Hit, Place};
use super::lexemes::{Kind, Unit};

impl Place<'_> {
    /// Last year, past five years, this week, next Monday, previous month, earlier this year, same period last year.
    pub(super) fn relative(&self) -> Option<Hit> {
        match self.kind(0) {
            Kind::Word("today") => return self.hit(1, "date-relative", Some(self.anchor.day(0))),
            Kind::Word("yesterday") => return self.with_part(1, self.anchor.day(-1)),
            Kind::Word("tomorrow") => return self.with_part(1, self.anchor.day(1)),
            Kind::Word("tonight") => return self.hit(1, "time-relative", Some(format!("{}TNI", self.anchor.day(0)))),
            Kind::Word("overnight") if self.is_after(&["killed", "on", "the"]) || !self.is_before_noun(1) => {
                // Told on a morning, the night before it.
                let night = self.anchor.day(-1);
                let day = if night.starts_with("UNDEF") { "" } else { &night };
                return self.hit(1, "time-relative", Some(format!("{day}TNI")));
            }
            _ => {}
        }
        let mut ahead = 0;
        if self.is(0, &["earlier", "later", "early", "late"]) && self.is(1, &["this", "last", "next", "that"]) {
            ahead = 1;
        }
        // This coming Sunday, this past week.
        ahead += usize::from(self.is(ahead, &["this"]) && self.is(ahead + 1, &["coming", "past"]));
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
            Kind::Weekday(weekday) => return self.with_part(end, self.anchor.weekday(Some(side), weekday, None)),
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
    pub(super) fn is_plural(&self, ahead: usize) -> bool {
        self.surface(ahead).ends_with(['s', 'S'])
    }

    fn is_before_noun(&self, ahead: usize) -> bool {
        matches!(self.kind(ahead), Kind::Other)
            && self.surface(ahead).starts_with(char::is_alphabetic)
            && !self.lexeme(ahead).is_some_and(|l| l.capital)
    }

    /// That day, the same month; "that" alone points anywhere, so only before a unit that is a date. The same period last year
    /// is one time.
    fn that_time(&self, ahead: usize) -> Option<Hit> {
        let is_same = self.is(ahead, &["same"]);
        let is_period = matches!(self.surface(ahead + 1), "period" | "time" | "day");
        let unit = match self.kind(ahead + 1) {
            Kind::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Quarter)) if !self.is_plural(ahead + 1) => unit,
            _ if is_same && is_period => Unit::Year,
            _ => return None,
        };
        let of = usize::from(self.is(ahead + 2, &["of", "in"]));
        let year = self.on(ahead + 2 + of).filter(|_| is_same).and_then(|place| place.whole_year());
        match (year, unit) {
            (Some(hit), Unit::Month | Unit::Quarter) => {
                let steps = if unit == Unit::Month { -12 } else { -4 };
                let is_last = hit.value.as_deref() == Some(self.anchor.unit_on(Side::Last, Unit::Year).as_str());
                let value = if is_last { Some(self.anchor.units_away(steps, unit)) } else { hit.value };
                self.hit(hit.end - self.at, "date-relative", value)
            }
            (Some(hit), _) => self.hit(hit.end - self.at, "date-relative", hit.value),
            (None, _) if is_period => None,
            (None, _) => self.hit(ahead + 2, "date-relative", None),
        }
    }

    /// Last year, a year ago, a year earlier, 2024.
    fn whole_year(&self) -> Option<Hit> {
        if self.is(0, &["same", "that"]) {
            return None;
        }
        let hit = self.relative().or_else(|| self.ago_or_duration()).or_else(|| self.year())?;
        let is_year = hit.value.as_deref().is_some_and(|value| value.len() == 4 || value.starts_with("UNDEF"));
        is_year.then_some(hit)
    }

    /// A day, perhaps with the part of it: Friday, Friday morning.
    fn with_part(&self, end: usize, day: String) -> Option<Hit> {
        match self.kind(end) {
            Kind::Part(part) => self.hit(end + 1, "time-relative", Some(format!("{day}{part}"))),
            _ => self.hit(end, "date-relative", Some(day)),
        }
    }

    pub(super) fn weekday(&self) -> Option<Hit> {
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
        // The Sun and what sat are no days of the week: those need the rest of their date.
        if is_short && matches!(self.surface(ahead), "Sat" | "Sun") {
            return None;
        }
        let side = if self.is_after(&["next", "coming"]) { Some(Side::Next) } else { None };
        let end = ahead + 1 + usize::from(is_short);
        let hit = self.with_part(end, self.anchor.weekday(side, weekday, self.tense(end)))?;
        Some(if hit.form == "date-relative" { Hit { form: "date-weekday", ..hit } } else { hit })
    }

    /// Five years, two-day, 45-year-old, two weeks ago, a day earlier.
    pub(super) fn ago_or_duration(&self) -> Option<Hit> {
        let (n, count) = if let Kind::Unit(_) = self.kind(0) { (0, None) } else { self.count(0)? };
        let mut end = n;
        end += usize::from(n > 0 && self.is(end, &["-", "–"]) && self.is_glued(end));
        end += usize::from(n > 0 && self.is(end, &["more", "full", "consecutive", "straight"]));
        end += usize::from(n > 0 && self.is(end, &["fiscal", "calendar"]));
        let Kind::Unit(unit) = self.kind(end) else { return None };
        let is_hyphenated = end > n && self.is(n, &["-"]);
        end += 1;
        // A year and a half.
        let (count, n_half) = match count {
            Some(count) if n > 0 && self.is_and_a_half(end) => (Some(count + 0.5), 3),
            count => (count, 0),
        };
        end += n_half;
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
            return self.away(n, count, unit, end);
        }
        if let Some(to) = self.end_of_span(end).filter(|_| !unit.is_time() && (n > 0 || unit == Unit::Year && self.is(end, &["to"]))) {
            return self.hit(to, "date-span", Some(calendar::duration(count.or(Some(1.0)).filter(|_| n == 0 || count.is_some()), unit)));
        }
        // Three quarters of them.
        if n == 0 || unit == Unit::Quarter && self.is(end, &["of"]) {
            return None;
        }
        self.hit(end, form, Some(calendar::duration(count, unit)))
    }

    /// Two weeks ago, a year earlier, two weeks ago today; the lexeme `end` says in which direction. The article is none of it.
    fn away(&self, n: usize, count: Option<f64>, unit: Unit, end: usize) -> Option<Hit> {
        let is_ago = self.is(end, &["ago"]);
        let is_after = self.is(end, &["later", "after"]);
        // Of figures: against those of a year earlier.
        let is_compared = self.is(end, &["earlier"]) && matches!(unit, Unit::Year | Unit::Quarter | Unit::Month);
        let whole = count.filter(|count| count.fract() == 0.0 && !unit.is_time()).map(|count| count as i64);
        let (mut end, form) = (end + 1, if unit.is_time() { "time-relative" } else { "date-relative" });
        let value = match (whole, count) {
            (Some(steps), _) if is_ago && self.is(end, &["today"]) => {
                end += 1;
                self.anchor.day_units_away(-steps, unit)
            }
            (Some(steps), _) if is_ago || is_compared && steps == 1 => self.anchor.units_away(-steps, unit),
            (_, Some(count)) => format!("{}{}", if is_after { "+" } else { "-" }, calendar::duration(Some(count), unit)),
            _ if is_ago => "PAST_REF".to_owned(),
            _ => "UNDEF".to_owned(),
        };
        let article = usize::from(n == 1 && self.is(0, &["a", "an"]));
        let hit = self.hit(end, form, Some(value))?;
        Some(Hit { start: hit.start + article, ..hit })
    }

    /// Where `to March 31`, `ended Sept. 30` ends, which says when a length of time does.
    fn end_of_span(&self, ahead: usize) -> Option<usize> {
        let is_end = self.is(ahead, &["to", "through"]) || matches!(self.surface(ahead), "ended" | "ending");
        let on = usize::from(self.is(ahead + 1, &["on", "in"]) && !self.is(ahead, &["to", "through"]));
        let hit = self.on(ahead + 1 + on).filter(|_| is_end)?.date_with_month()?;
        Some(hit.end - self.at)
    }

    /// Whether "a day earlier" ends there, rather than "a day before the vote".
    fn is_told_alone(&self, ahead: usize) -> bool {
        self.is(ahead, &["earlier", "later"]) && !self.is(ahead + 1, &["than"])
    }
}

fn form_of(unit: Unit) -> &'static str {
    if unit.is_time() { "time-duration" } else { "date-duration" }
}
