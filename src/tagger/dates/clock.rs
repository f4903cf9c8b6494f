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
}
