//! Days that go by their date alone: `the Sept. 11 attacks` is a day of 2001, whichever September is nearest.

use super::grammar::{Hit, Place};

/// Month, day, year, and the words beside which the date means that day.
const KNOWN: &[(u8, u8, i16, &[&str])] = &[
    (
        9,
        11,
        2001,
        &["attack", "attacks", "hijackers", "hijackings", "terrorist", "terror", "bombings", "memorial", "commission", "victims"],
    ),
    (10, 7, 2023, &["attack", "attacks", "massacre", "massacres", "hostages", "assault", "raid", "onslaught"]),
    (1, 6, 2021, &["riot", "riots", "rioters", "attack", "insurrection", "committee", "hearings", "defendants"]),
    (7, 7, 2005, &["bombing", "bombings", "bombers", "attacks"]),
    (11, 26, 2008, &["attack", "attacks", "gunmen"]),
    (3, 11, 2011, &["disaster", "tsunami"]),
];

impl Place<'_> {
    /// The year of a known day whose date ends before the lexeme `end`.
    pub(super) fn known_year(&self, end: usize, month: u8, day: u8) -> Option<i16> {
        let words = [self.surface(end), if self.is(end, &["terrorist", "terror"]) { "" } else { self.surface(end + 1) }];
        let of = if self.is_after(&["of"]) { self.surface_before(2) } else { "" };
        let is_past = |year: i16| self.anchor.year().is_none_or(|now| now >= year);
        let is_beside =
            |beside: &[&str]| beside.contains(&words[0]) || beside.contains(&of) || beside.contains(&words[1]) && words[0] != ".";
        KNOWN.iter().find(|known| (known.0, known.1) == (month, day) && is_past(known.2) && is_beside(known.3)).map(|known| known.2)
    }

    /// 9/11, 7/7, 26/11: dates in numbers that are names.
    pub(super) fn known_numbers(&self) -> Option<Hit> {
        let joined = self.surface(1) == "/" && self.is_glued(1) && self.is_glued(2);
        let goes_on = self.is_glued(3) && (self.surface(3) == "/" || self.surface(3).starts_with(|c: char| c.is_ascii_digit()));
        if !joined || goes_on {
            return None;
        }
        let value = match (self.surface(0), self.surface(2)) {
            ("9", "11") => "2001-09-11",
            ("7", "7") if self.known_year(3, 7, 7).is_some() => "2005-07-07",
            ("26", "11") if self.known_year(3, 11, 26).is_some() => "2008-11-26",
            _ => return None,
        };
        self.hit(3, "date-absolute", Some(value.to_owned()))
    }
}
