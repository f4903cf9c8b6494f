//! Days that come again: every Friday, on Fridays, Monday to Friday. None of them is one day.

use super::calendar::Tense;
use super::grammar::{Hit, Place};
use super::lexemes::Kind;

impl Place<'_> {
    pub(super) fn set(&self) -> Option<Hit> {
        match self.kind(0) {
            Kind::Word("every" | "each") => match self.kind(1) {
                Kind::Weekday(weekday) => self.hit(2, "date-weekday", Some(day(weekday))),
                Kind::Season(season) if self.surface(1) != "fall" => self.hit(2, "date-relative", Some(format!("XXXX-{season}"))),
                Kind::Month(month, false) if self.lexeme(1)?.capital => self.hit(2, "date-relative", Some(format!("XXXX-{month:02}"))),
                _ => None,
            },
            Kind::Weekdays(weekday) => self.hit(1, "date-weekday", Some(day(weekday))),
            Kind::Weekday(first) if self.lexeme(0)?.capital => {
                let Kind::Weekday(last) = self.kind(2) else { return None };
                let is_range = self.is(1, &["to", "through", "until", "till", "-", "–"]) && self.lexeme(2)?.capital;
                if !is_range {
                    return None;
                }
                let is_one_week = matches!(self.tense(3), Some(Tense::Past | Tense::Ahead));
                let value = if is_one_week { self.week_days(first, last) } else { None };
                self.hit(3, "date-weekday", Some(value.unwrap_or_else(|| format!("{}/{}", day(first), day(last)))))
            }
            _ => None,
        }
    }

    /// From one weekday to another of one stretch of days.
    fn week_days(&self, first: u8, last: u8) -> Option<String> {
        let tense = self.tense(3);
        let from = self.anchor.weekday(None, first, tense);
        let days = (i64::from(last) - i64::from(first)).rem_euclid(7);
        super::calendar::days_after(&from, days).map(|to| format!("{from}/{to}"))
    }
}

fn day(weekday: u8) -> String {
    format!("XXXX-WXX-{weekday}")
}
