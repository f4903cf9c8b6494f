//! Times of day.

use super::grammar::{Hit, Place};
use super::lexemes::{Kind, clock_hour};

impl Place<'_> {
    /// 9 a.m., 9:30, 21:30 GMT, noon, 10 o'clock.
    pub(super) fn clock(&self) -> Option<Hit> {
        if let Kind::Clock(hour, minute) = self.kind(0) {
            return self.zone(1, format!("T{hour:02}:{minute:02}"));
        }
        if self.is(0, &["noon", "midday", "midnight"]) {
            let is_midnight = self.is(0, &["midnight"]);
            let hit = self.zone(1, if is_midnight { "T00:00" } else { "T12:00" }.to_owned())?;
            // Noon alone is that of the day of publication; midnight may be that before it or behind it.
            let today = Some(self.anchor.day(0)).filter(|today| !is_midnight && !today.starts_with("UNDEF"));
            let value = hit.value.as_deref().zip(today).filter(|(value, _)| value.starts_with('T')).map(|(value, today)| today + value);
            return Some(Hit { value: value.or_else(|| hit.value.clone()), ..hit });
        }
        // 0300 GMT.
        if self.is_zone(1)
            && let Some(clock) = self.digits(0, 4..=4, 0..=2359).filter(|clock| clock % 100 < 60)
        {
            return self.zone(1, format!("T{:02}:{:02}", clock / 100, clock % 100));
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
            return self.with_day(end + 1, format!("T{hour:02}:00"));
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

    /// A time of day with its zone and its day, where they follow. Only the time of all zones has a mark in the value.
    fn zone(&self, end: usize, value: String) -> Option<Hit> {
        if self.is_zone(end) {
            let mark = if self.is(end, &["gmt", "utc"]) { "Z" } else { "" };
            return self.with_day(end + 1, format!("{value}{mark}"));
        }
        let is_local = self.is(end, &["local"]) && self.is(end + 1, &["time"]);
        self.with_day(end + if is_local { 2 } else { 0 }, value)
    }

    /// Noon on Thursday, 5 p.m. Monday: one point in time.
    fn with_day(&self, end: usize, value: String) -> Option<Hit> {
        let on = usize::from(self.is(end, &["on", ","]));
        let day = self.on(end + on).and_then(|place| match place.kind(0) {
            Kind::Weekday(_) | Kind::Month(..) | Kind::Number(_) => place.date_with_month().or_else(|| place.weekday()),
            Kind::Word("today" | "yesterday" | "tomorrow") if on == 0 => place.relative(),
            _ => None,
        });
        let is_day = |hit: &Hit| hit.value.as_deref().is_some_and(|day| day.len() == 10 && !day.contains('T'));
        match day.filter(is_day) {
            Some(hit) => self.hit(hit.end - self.at, "time-clock", hit.value.map(|day| day + &value)),
            None => self.hit(end, "time-clock", Some(value)),
        }
    }
}
