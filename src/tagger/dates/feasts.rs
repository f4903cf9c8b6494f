//! Feasts whose day moves from year to year: those of Easter by the computus (Meeus, Jones and Butcher for the Gregorian
//! calendar, Meeus for the Julian), the Chinese, Korean, Hijri, Hebrew and Persian ones by `icu_calendar`.
//!
//! The Hijri calendar is that of Umm al-Qura. Where the moon is sighted a feast may begin a day earlier or later.

use icu_calendar::AsCalendar;
use icu_calendar::Date as Foreign;
use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri, KoreanTraditional, Persian};
use icu_calendar::types::Month;
use jiff::civil::{Date, Weekday};
use jiff::{Span as Period, ToSpan as _};

/// When a feast is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i64),
    /// Days after that of the Julian calendar.
    OrthodoxEaster(i64),
    /// Month, which of its weekdays (the last is -1), weekday, and days after it.
    Nth(i8, i8, Weekday, i64),
    /// The 20th of January after an election in the United States.
    Inauguration,
    /// Month and day of the calendar.
    Chinese(u8, u8),
    Korean(u8, u8),
    /// Month, day, and how many days; 0 is the whole month.
    Islamic(u8, u8, u8),
    Jewish(u8, u8, u8),
    Iranian(u8, u8),
    /// Another day in every country.
    Open,
}

impl Feast {
    /// The first and last day of the feasts that begin in the years about `year`, in order.
    pub fn around(self, year: i16) -> Vec<(Date, Date)> {
        let years = year.saturating_sub(1)..=year.saturating_add(1);
        let one = |days: Option<Date>| days.map(|day| (day, day));
        match self {
            Feast::Fixed(month, day) => years.filter_map(|year| one(Date::new(year, month, day).ok())).collect(),
            Feast::Easter(days) => years.filter_map(|year| one(after(easter(year)?, days))).collect(),
            Feast::OrthodoxEaster(days) => years.filter_map(|year| one(after(orthodox_easter(year)?, days))).collect(),
            Feast::Nth(month, nth, weekday, days) => {
                let of = |year: i16| Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok();
                years.filter_map(|year| one(after(of(year)?, days))).collect()
            }
            Feast::Inauguration => {
                let near = year.saturating_sub(3)..=year.saturating_add(3);
                near.filter(|year| year.rem_euclid(4) == 1).filter_map(|year| one(Date::new(year, 1, 20).ok())).collect()
            }
            Feast::Chinese(month, day) => of_calendar(year, month, day, 1, ChineseTraditional::new()),
            Feast::Korean(month, day) => of_calendar(year, month, day, 1, KoreanTraditional::new()),
            Feast::Islamic(month, day, days) => of_calendar(year, month, day, days, Hijri::new_umm_al_qura()),
            Feast::Jewish(month, day, days) => of_calendar(year, month, day, days, Hebrew::new()),
            Feast::Iranian(month, day) => of_calendar(year, month, day, 1, Persian::new()),
            Feast::Open => Vec::new(),
        }
    }
}

/// The feasts of a calendar that begin about a year of ours.
fn of_calendar<C: AsCalendar + Copy>(year: i16, month: u8, day: u8, days: u8, calendar: C) -> Vec<(Date, Date)> {
    let Ok(midyear) = Foreign::try_new_iso(i32::from(year), 7, 1) else { return Vec::new() };
    let theirs = midyear.to_calendar(calendar).year().extended_year();
    let of = |theirs: i32| -> Option<(Date, Date)> {
        let begins = Foreign::try_new(theirs.into(), Month::new(month), day, calendar).ok()?;
        let last = if days == 0 { begins.days_in_month() } else { days };
        let iso = begins.to_calendar(icu_calendar::Iso);
        let year = i16::try_from(iso.year().extended_year()).ok()?;
        let first = Date::new(year, iso.month().ordinal as i8, iso.day_of_month().0 as i8).ok()?;
        Some((first, after(first, i64::from(last) - 1)?))
    };
    (theirs - 2..=theirs + 2).filter_map(of).collect()
}

fn after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Period::new().try_days(days).ok()?).ok()
}

/// Easter Sunday of a year of the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, month as i8, day as i8).ok()
}

/// Easter Sunday of the Julian calendar, as a day of ours.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    let behind = y / 100 - y / 400 - 2;
    Date::new(year, month as i8, day as i8).ok()?.checked_add(i64::from(behind).days()).ok()
}

/// Feasts word by word.
pub(super) const FEASTS: &[(&[&str], Feast)] = {
    use Feast::{Chinese, Easter, Fixed, Inauguration, Iranian, Islamic, Jewish, Korean, Nth, Open, OrthodoxEaster};
    use Weekday::{Monday, Sunday, Thursday};
    &[
        (&["Christmas"], Fixed(12, 25)),
        (&["Christmas", "Day"], Fixed(12, 25)),
        (&["Christmas", "Eve"], Fixed(12, 24)),
        (&["Boxing", "Day"], Fixed(12, 26)),
        (&["New", "Year", "'s", "Eve"], Fixed(12, 31)),
        (&["New", "Year", "'s", "Day"], Fixed(1, 1)),
        (&["New", "Year", "'s"], Fixed(1, 1)),
        (&["Epiphany"], Fixed(1, 6)),
        (&["Lunar", "New", "Year"], Chinese(1, 1)),
        (&["Chinese", "New", "Year"], Chinese(1, 1)),
        (&["Tet"], Chinese(1, 1)),
        (&["Seollal"], Korean(1, 1)),
        (&["Chuseok"], Korean(8, 15)),
        (&["Mid", "-", "Autumn", "Festival"], Chinese(8, 15)),
        (&["Dragon", "Boat", "Festival"], Chinese(5, 5)),
        (&["Easter"], Easter(0)),
        (&["Easter", "Sunday"], Easter(0)),
        (&["Easter", "Monday"], Easter(1)),
        (&["Good", "Friday"], Easter(-2)),
        (&["Maundy", "Thursday"], Easter(-3)),
        (&["Holy", "Thursday"], Easter(-3)),
        (&["Palm", "Sunday"], Easter(-7)),
        (&["Ash", "Wednesday"], Easter(-46)),
        (&["Mardi", "Gras"], Easter(-47)),
        (&["Shrove", "Tuesday"], Easter(-47)),
        (&["Ascension", "Day"], Easter(39)),
        (&["Pentecost"], Easter(49)),
        (&["Whit", "Monday"], Easter(50)),
        (&["Corpus", "Christi", "Day"], Easter(60)),
        (&["Orthodox", "Easter"], OrthodoxEaster(0)),
        (&["Black", "Friday"], Nth(11, 4, Thursday, 1)),
        (&["Cyber", "Monday"], Nth(11, 4, Thursday, 4)),
        (&["Thanksgiving"], Nth(11, 4, Thursday, 0)),
        (&["Thanksgiving", "Day"], Nth(11, 4, Thursday, 0)),
        (&["Halloween"], Fixed(10, 31)),
        (&["Ramadan"], Islamic(9, 1, 0)),
        (&["Eid", "al", "-", "Fitr"], Islamic(10, 1, 1)),
        (&["Eid", "al", "-", "Adha"], Islamic(12, 10, 1)),
        (&["Eid"], Open),
        (&["Ashura"], Islamic(1, 10, 1)),
        (&["Islamic", "New", "Year"], Islamic(1, 1, 1)),
        (&["Passover"], Jewish(7, 15, 1)),
        (&["Hanukkah"], Jewish(3, 25, 8)),
        (&["Yom", "Kippur"], Jewish(1, 10, 1)),
        (&["Rosh", "Hashanah"], Jewish(1, 1, 1)),
        (&["Diwali"], Open),
        (&["Nowruz"], Iranian(1, 1)),
        (&["Independence", "Day"], Open),
        (&["Memorial", "Day"], Nth(5, -1, Monday, 0)),
        (&["Labor", "Day"], Nth(9, 1, Monday, 0)),
        (&["Labour", "Day"], Open),
        (&["Veterans", "Day"], Fixed(11, 11)),
        (&["Remembrance", "Day"], Fixed(11, 11)),
        (&["Armistice", "Day"], Fixed(11, 11)),
        (&["Presidents", "Day"], Nth(2, 3, Monday, 0)),
        (&["Martin", "Luther", "King", "Day"], Nth(1, 3, Monday, 0)),
        (&["Columbus", "Day"], Nth(10, 2, Monday, 0)),
        (&["Valentine", "'s", "Day"], Fixed(2, 14)),
        (&["Bastille", "Day"], Fixed(7, 14)),
        (&["Victory", "Day"], Fixed(5, 9)),
        (&["May", "Day"], Fixed(5, 1)),
        (&["Mother", "'s", "Day"], Nth(5, 2, Sunday, 0)),
        (&["Father", "'s", "Day"], Nth(6, 3, Sunday, 0)),
        (&["Earth", "Day"], Fixed(4, 22)),
        (&["Anzac", "Day"], Fixed(4, 25)),
        (&["Australia", "Day"], Fixed(1, 26)),
        (&["Republic", "Day"], Open),
        (&["National", "Day"], Open),
        (&["Election", "Day"], Nth(11, 1, Monday, 1)),
        (&["Inauguration", "Day"], Inauguration),
        (&["Fourth", "of", "July"], Fixed(7, 4)),
        (&["Juneteenth"], Fixed(6, 19)),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(feast: Feast, days: &[&str]) {
        for day in days {
            let day: Date = day.parse().unwrap();
            let found = feast.around(day.year());
            assert!(found.iter().any(|(first, _)| *first == day), "{feast:?}: {found:?} has no {day}");
        }
    }

    #[test]
    fn easter_by_both_calendars() {
        check(Feast::Easter(0), &["1818-03-22", "1943-04-25", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"]);
        check(Feast::OrthodoxEaster(0), &["2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02"]);
        check(Feast::Easter(-2), &["2026-04-03"]);
    }

    #[test]
    fn feasts_of_the_moon() {
        check(Feast::Chinese(1, 1), &["2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2030-02-03"]);
        check(Feast::Korean(1, 1), &["2025-01-29", "2027-02-07"]);
        check(Feast::Korean(8, 15), &["2025-10-06"]);
        check(Feast::Islamic(10, 1, 1), &["2024-04-10", "2025-03-30"]);
        check(Feast::Islamic(12, 10, 1), &["2025-06-06"]);
        check(Feast::Jewish(7, 15, 1), &["2025-04-13", "2026-04-02"]);
        check(Feast::Jewish(1, 1, 1), &["2025-09-23"]);
        check(Feast::Jewish(3, 25, 8), &["2025-12-15"]);
        check(Feast::Iranian(1, 1), &["2025-03-21", "2026-03-21"]);
        let ramadan = Feast::Islamic(9, 1, 0).around(2025);
        assert!(
            ramadan.iter().any(|(first, last)| (first.to_string().as_str(), last.to_string().as_str()) == ("2025-03-01", "2025-03-29"))
        );
    }

    #[test]
    fn weekdays_of_a_month() {
        check(Feast::Nth(11, 4, Weekday::Thursday, 0), &["2025-11-27", "2026-11-26"]);
        check(Feast::Nth(5, -1, Weekday::Monday, 0), &["2026-05-25"]);
        check(Feast::Nth(11, 1, Weekday::Monday, 1), &["2024-11-05", "2026-11-03"]);
        check(Feast::Inauguration, &["2025-01-20", "2029-01-20"]);
    }

    #[test]
    fn no_year_breaks_the_reckoning() {
        for year in [i16::MIN, -9999, -1, 0, 1, 1582, 9999, i16::MAX] {
            for (_, feast) in FEASTS {
                let _ = feast.around(year).len();
            }
        }
    }
}
