//! Values of dates, in the manner of TIMEX3: `2023-07-11`, `2023-W28`, `199X`, `P5Y`, `2023-Q2`, `XXXX-07-11`.
//!
//! What is told against today is resolved against the day of publication; without one it stays open: `XXXX` where a
//! year is missing, `UNDEF-last-year` where all depends on it.

use jiff::civil::Date;
use jiff::{Span as Period, ToSpan as _};

use super::lexemes::Unit;

/// The day of publication, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Anchor {
    day: Option<Date>,
    year: Option<i16>,
}

/// Before, at or after the anchor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Last,
    This,
    Next,
}

impl Side {
    fn steps(self) -> i64 {
        match self {
            Side::Last => -1,
            Side::This => 0,
            Side::Next => 1,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Side::Last => "last",
            Side::This => "this",
            Side::Next => "next",
        }
    }
}

impl Anchor {
    /// From ISO 8601, at least a year. Anything else is no anchor.
    pub fn new(published: Option<&str>) -> Self {
        let Some(text) = published else { return Self::default() };
        let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
        let year = day.map(Date::year).or_else(|| text.get(..4).and_then(|year| year.parse().ok()));
        Self { day, year }
    }

    pub fn year(self) -> Option<i16> {
        self.year
    }

    /// A day of the year: of the year in which it is nearest to publication.
    pub fn month_day(self, month: u8, day: u8) -> String {
        let near = self.day.and_then(|anchor| {
            let of_year = |year: i16| Date::new(year, month as i8, day as i8).ok();
            let days = [anchor.year() - 1, anchor.year(), anchor.year() + 1].into_iter().filter_map(of_year);
            days.min_by_key(|one| days_between(anchor, *one).abs())
        });
        match (near, self.year) {
            (Some(day), _) => day.to_string(),
            (None, Some(year)) if self.day.is_none() => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("XXXX-{month:02}-{day:02}"),
        }
    }

    /// A month without a year: the nearest, the one just past where two are as near.
    pub fn month(self, month: u8) -> String {
        match (self.day, self.year) {
            (Some(anchor), _) => {
                let ahead = (i16::from(month) - i16::from(anchor.month())).rem_euclid(12);
                let year = anchor.year() + i16::from(ahead < 6 && i16::from(month) < i16::from(anchor.month()))
                    - i16::from(ahead >= 6 && i16::from(month) > i16::from(anchor.month()));
                format!("{year:04}-{month:02}")
            }
            (None, Some(year)) => format!("{year:04}-{month:02}"),
            _ => format!("XXXX-{month:02}"),
        }
    }

    pub fn month_on(self, side: Side, month: u8) -> String {
        let Some(anchor) = self.day else { return format!("XXXX-{month:02}") };
        let now = anchor.month() as u8;
        let year = match side {
            Side::This => anchor.year(),
            Side::Last => anchor.year() - i16::from(month >= now),
            Side::Next => anchor.year() + i16::from(month <= now),
        };
        format!("{year:04}-{month:02}")
    }

    /// A weekday: the last one up to the day of publication, unless the next is meant.
    pub fn weekday(self, side: Option<Side>, weekday: u8) -> String {
        let Some(anchor) = self.day else { return format!("XXXX-WXX-{weekday}") };
        let now = anchor.weekday().to_monday_one_offset() as i64;
        let ahead = (i64::from(weekday) - now).rem_euclid(7);
        let step = match side {
            Some(Side::Next) if ahead == 0 => 7,
            Some(Side::Next) => ahead,
            Some(Side::This) => i64::from(weekday) - now,
            Some(Side::Last) if ahead == 0 => -7,
            _ if ahead == 0 => 0,
            _ => ahead - 7,
        };
        self.moved(step.days()).map_or_else(|| format!("XXXX-WXX-{weekday}"), |day| day.to_string())
    }

    /// The day so many days away.
    pub fn day(self, steps: i64) -> String {
        let name = match steps {
            0 => "UNDEF-today",
            1 => "UNDEF-tomorrow",
            -1 => "UNDEF-yesterday",
            _ => "UNDEF-day",
        };
        self.moved(steps.days()).map_or_else(|| name.to_owned(), |day| day.to_string())
    }

    /// Last week, this month, next year.
    pub fn unit_on(self, side: Side, unit: Unit) -> String {
        self.unit_away(side.steps(), unit).unwrap_or_else(|| format!("UNDEF-{}-{}", side.as_str(), unit_name(unit)))
    }

    /// A number of units ago or ahead, as coarse as the unit.
    pub fn units_away(self, steps: i64, unit: Unit) -> String {
        let side = if steps < 0 { "ago" } else { "ahead" };
        self.unit_away(steps, unit).unwrap_or_else(|| format!("UNDEF-{}-{}-{side}", steps.unsigned_abs(), unit_name(unit)))
    }

    fn unit_away(self, steps: i64, unit: Unit) -> Option<String> {
        match unit {
            Unit::Year => {
                let year = i64::from(self.year?).checked_add(steps)?;
                (0..=9999).contains(&year).then(|| format!("{year:04}"))
            }
            Unit::Decade => Some(format!("{:03}X", (i64::from(self.year?) / 10).checked_add(steps).filter(|n| (0..1000).contains(n))?)),
            Unit::Century => Some(format!("{:02}XX", (i64::from(self.year?) / 100).checked_add(steps).filter(|n| (0..100).contains(n))?)),
            Unit::Day => self.moved(Period::new().try_days(steps).ok()?).map(|day| day.to_string()),
            Unit::Week | Unit::Fortnight | Unit::Weekend => {
                let weeks = if unit == Unit::Fortnight { steps.checked_mul(2)? } else { steps };
                let week = self.moved(Period::new().try_weeks(weeks).ok()?)?.iso_week_date();
                let end = if unit == Unit::Weekend { "-WE" } else { "" };
                Some(format!("{:04}-W{:02}{end}", week.year(), week.week()))
            }
            Unit::Month => {
                let day = self.moved(Period::new().try_months(steps).ok()?)?;
                Some(format!("{:04}-{:02}", day.year(), day.month()))
            }
            Unit::Quarter => {
                let day = self.moved(Period::new().try_months(steps.checked_mul(3)?).ok()?)?;
                Some(format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3))
            }
            Unit::Second | Unit::Minute | Unit::Hour => None,
        }
    }

    pub fn season_on(self, side: Side, season: &str) -> String {
        let Some(year) = self.year else { return format!("XXXX-{season}") };
        let now = self.day.map_or(12, |day| day.month());
        let begins = [("SP", 3), ("SU", 6), ("FA", 9), ("WI", 12)].iter().find(|(name, _)| *name == season).map_or(1, |(_, month)| *month);
        let year = match side {
            Side::This => year,
            Side::Last => year - i16::from(begins + 2 >= now),
            Side::Next => year + i16::from(begins <= now),
        };
        format!("{year:04}-{season}")
    }

    fn moved(self, by: Period) -> Option<Date> {
        self.day?.checked_add(by).ok()
    }
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days())
}

/// A full date, or `None` where there is no such day.
pub(super) fn full(year: u16, month: u8, day: u8) -> Option<String> {
    Date::new(year as i16, month as i8, day as i8).ok().map(|date| date.to_string())
}

/// `P5Y`, `PT3H`; an unknown number is `X`.
pub(super) fn duration(count: Option<f64>, unit: Unit) -> String {
    let (factor, letter) = match unit {
        Unit::Second => (1.0, "S"),
        Unit::Minute => (1.0, "M"),
        Unit::Hour => (1.0, "H"),
        Unit::Day => (1.0, "D"),
        Unit::Weekend => (1.0, "WE"),
        Unit::Week => (1.0, "W"),
        Unit::Fortnight => (2.0, "W"),
        Unit::Month => (1.0, "M"),
        Unit::Quarter => (1.0, "Q"),
        Unit::Year => (1.0, "Y"),
        Unit::Decade => (10.0, "Y"),
        Unit::Century => (100.0, "Y"),
    };
    let time = if unit.is_time() { "T" } else { "" };
    let count = count.map_or_else(|| "X".to_owned(), |count| plain(count * factor));
    let letter = if count == "X" && unit == Unit::Decade { "DE" } else { letter };
    format!("P{time}{count}{letter}")
}

/// A number without needless decimals.
pub(super) fn plain(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0;
    format!("{rounded}")
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "second",
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::Weekend => "weekend",
        Unit::Week => "week",
        Unit::Fortnight => "fortnight",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Year => "year",
        Unit::Decade => "decade",
        Unit::Century => "century",
    }
}
