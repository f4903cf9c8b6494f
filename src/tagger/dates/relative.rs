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
    pub(super) fn is_plural(&self, ahead: usize) -> bool {
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
        let side = if self.is_after(&["next", "coming"]) { Some(Side::Next) } else { None };
        let hit = self.with_part(ahead + 1 + usize::from(is_short), self.anchor.weekday(side, weekday))?;
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
}

fn form_of(unit: Unit) -> &'static str {
    if unit.is_time() { "time-duration" } else { "date-duration" }
}
