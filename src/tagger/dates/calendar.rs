//! Values of dates, in the manner of TIMEX3: `2023-07-11`, `2023-W28`, `199X`, `P5Y`, `2023-Q2`, `XXXX-07-11`.
//!
//! What is told against today is resolved against the day of publication; without one it stays open: `XXXX` where a
//! year is missing, `UNDEF-last-year` where all depends on it.

use jiff::civil::Date;
use jiff::{Span as Period, ToSpan as _};

use super::feasts::Feast;
use super::lexemes::Unit;

/// A day of the year that is no farther ahead is to come, where no verb tells; in days.
const NEAR: i32 = 30;

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

/// Which side of the day of publication is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tense {
    Past,
    /// Something is announced: will, is due, is set for, by, until.
    Ahead,
    /// The present, which in a timetable means what is to come: starts, opens, is.
    Present,
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

    /// Whether a day that is written in full lies about the day of publication.
    pub fn is_near(self, day: &str) -> bool {
        let day = day.parse::<Date>().ok();
        self.day.zip(day).is_some_and(|(anchor, day)| days_between(anchor, day).abs() <= 10)
    }

    pub fn year(self) -> Option<i16> {
        self.year
    }

    /// A day of the year without the year: the latest that was, or the first that comes. Where no verb tells which, one that
    /// is near ahead is to come.
    pub fn month_day(self, month: u8, day: u8, tense: Option<Tense>) -> String {
        let of_year = |year: i16| Date::new(year, month as i8, day as i8).ok();
        let found = self.day.and_then(|anchor| {
            // A leap day may be eight years away.
            let mut before = (0..9).filter_map(|n| of_year(anchor.year().checked_sub(n)?)).filter(|one| *one <= anchor);
            let mut after = (0..9).filter_map(|n| of_year(anchor.year().checked_add(n)?)).filter(|one| *one >= anchor);
            match tense {
                Some(Tense::Past) => before.next(),
                Some(Tense::Ahead | Tense::Present) => after.next(),
                None => after.next().filter(|one| days_between(anchor, *one) <= NEAR).or_else(|| before.next()),
            }
        });
        match (found, self.year) {
            (Some(day), _) => day.to_string(),
            (None, Some(year)) if self.day.is_none() => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("XXXX-{month:02}-{day:02}"),
        }
    }

    /// The same with its weekday told: of the years about, the one whose day falls on it.
    pub fn month_day_on(self, month: u8, day: u8, weekday: u8, tense: Option<Tense>) -> String {
        let told = self.month_day(month, day, tense);
        let Some(anchor) = self.day else { return told };
        let of_year = |year: i16| Date::new(year, month as i8, day as i8).ok();
        let near = [told.parse::<Date>().ok(), of_year(anchor.year()), of_year(anchor.year() - 1), of_year(anchor.year() + 1)];
        let fits = |day: &Date| day.weekday().to_monday_one_offset() as u8 == weekday;
        near.into_iter().flatten().find(fits).map_or(told, |day| day.to_string())
    }

    /// A day of a month that is not told.
    pub fn day_of_month(self, day: u8, tense: Option<Tense>) -> String {
        let found = self.day.and_then(|anchor| {
            let of_month = |steps: i32| {
                let month = anchor.first_of_month().checked_add(steps.months()).ok()?;
                Date::new(month.year(), month.month(), day as i8).ok()
            };
            match tense {
                Some(Tense::Ahead | Tense::Present) => (0..3).filter_map(of_month).find(|one| *one >= anchor),
                Some(Tense::Past) | None => (-3..=0).rev().filter_map(of_month).find(|one| *one <= anchor),
            }
        });
        found.map_or_else(|| format!("XXXX-XX-{day:02}"), |day| day.to_string())
    }

    /// A month without a year: the latest that has begun, or the next where something is announced.
    pub fn month(self, month: u8, tense: Option<Tense>) -> String {
        match (self.day, self.year) {
            (Some(anchor), _) => {
                let now = anchor.month() as u8;
                let year = match tense {
                    Some(Tense::Ahead | Tense::Present) => anchor.year() + i16::from(month < now),
                    Some(Tense::Past) | None => anchor.year() - i16::from(month > now),
                };
                format!("{year:04}-{month:02}")
            }
            (None, Some(year)) => format!("{year:04}-{month:02}"),
            _ => format!("XXXX-{month:02}"),
        }
    }

    /// A quarter or half without a year: the latest that has begun, in the past one that has ended.
    pub fn period(self, period: &str, tense: Option<Tense>) -> String {
        let Some(year) = self.year else { return format!("XXXX-{period}") };
        let (first, last) = match period {
            "Q1" => (1, 3),
            "Q2" => (4, 6),
            "Q3" => (7, 9),
            "Q4" => (10, 12),
            "H1" => (1, 6),
            _ => (7, 12),
        };
        let now = self.day.map_or(last, Date::month);
        let year = match tense {
            Some(Tense::Ahead) => year + i16::from(last < now),
            Some(Tense::Past) if self.day.is_some() => year - i16::from(last >= now),
            _ => year - i16::from(first > now),
        };
        format!("{year:04}-{period}")
    }

    /// The weekend: the one just past, the one that runs, or the next where something is announced.
    pub fn weekend(self, tense: Option<Tense>) -> String {
        let is_on = self.day.is_some_and(|day| day.weekday().to_monday_one_offset() > 5);
        match tense {
            Some(Tense::Ahead | Tense::Present) => self.unit_on(Side::This, Unit::Weekend),
            Some(Tense::Past) | None => self.unit_on(if is_on { Side::This } else { Side::Last }, Unit::Weekend),
        }
    }

    /// The nearest feast, in the past or ahead where that is told: one day, or the first and the last.
    pub fn feast(self, feast: Feast, tense: Option<Tense>) -> Option<String> {
        let Some(anchor) = self.day else {
            return match (feast, self.year) {
                (Feast::Fixed(month, day), Some(year)) => Some(format!("{year:04}-{month:02}-{day:02}")),
                (Feast::Fixed(month, day), None) => Some(format!("XXXX-{month:02}-{day:02}")),
                _ => None,
            };
        };
        let all = feast.around(anchor.year());
        let away = |(first, last): &(Date, Date)| match () {
            () if anchor < *first => days_between(anchor, *first),
            () if anchor > *last => days_between(*last, anchor),
            () => 0,
        };
        let is_told = |(first, last): &(Date, Date)| match tense {
            Some(Tense::Past) => *first <= anchor,
            Some(Tense::Ahead) => *last >= anchor,
            Some(Tense::Present) | None => true,
        };
        let (first, last) = all.iter().filter(|days| is_told(days)).min_by_key(|days| away(days))?;
        Some(if first == last { first.to_string() } else { format!("{first}/{last}") })
    }

    /// A feast of a year.
    pub fn feast_of(feast: Feast, year: u16) -> Option<String> {
        let year = i16::try_from(year).ok()?;
        let (first, last) = feast.around(year).into_iter().find(|(first, _)| first.year() == year)?;
        Some(if first == last { first.to_string() } else { format!("{first}/{last}") })
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

    /// A weekday: the last one up to the day of publication, unless another is meant or something is announced.
    pub fn weekday(self, side: Option<Side>, weekday: u8, tense: Option<Tense>) -> String {
        let Some(anchor) = self.day else { return format!("XXXX-WXX-{weekday}") };
        let now = anchor.weekday().to_monday_one_offset() as i64;
        let ahead = (i64::from(weekday) - now).rem_euclid(7);
        let step = match (side, tense) {
            (Some(Side::Next), _) if ahead == 0 => 7,
            (Some(Side::Next), _) => ahead,
            (Some(Side::This), _) => i64::from(weekday) - now,
            (Some(Side::Last), _) if ahead == 0 => -7,
            (None, Some(Tense::Ahead | Tense::Present)) => ahead,
            _ if ahead == 0 => 0,
            _ => ahead - 7,
        };
        self.moved(step.days()).map_or_else(|| format!("XXXX-WXX-{weekday}"), |day| day.to_string())
    }

    /// A weekday of a week so many weeks away.
    pub fn weekday_of_week(self, steps: i64, weekday: u8) -> String {
        let now = self.day.map_or(1, |day| i64::from(day.weekday().to_monday_one_offset()));
        let day = self.moved((steps * 7 + i64::from(weekday) - now).days());
        day.map_or_else(|| format!("XXXX-WXX-{weekday}"), |day| day.to_string())
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

    /// The day that lies a number of units before or after that of publication: two weeks ago today.
    pub fn day_units_away(self, steps: i64, unit: Unit) -> String {
        let period = match unit {
            Unit::Week => Period::new().try_weeks(steps),
            Unit::Fortnight => Period::new().try_weeks(steps.saturating_mul(2)),
            Unit::Month => Period::new().try_months(steps),
            Unit::Year => Period::new().try_years(steps),
            Unit::Decade => Period::new().try_years(steps.saturating_mul(10)),
            _ => Period::new().try_days(steps),
        };
        let day = period.ok().and_then(|period| self.moved(period));
        day.map_or_else(|| self.units_away(steps, unit), |day| day.to_string())
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

/// The day so many days after one that is written in full.
pub(super) fn days_after(day: &str, days: i64) -> Option<String> {
    let day: Date = day.parse().ok()?;
    day.checked_add(Period::new().try_days(days).ok()?).ok().map(|day| day.to_string())
}

/// From a day that is written in full or without its year to another of the same month.
pub(super) fn through(first: &str, last: u8) -> Option<String> {
    let month = first.get(..8)?;
    let to = format!("{month}{last:02}");
    let is_day = month.starts_with("XXXX") || to.parse::<Date>().is_ok();
    (is_day && first <= to.as_str()).then(|| format!("{first}/{to}"))
}

/// The week that a day which is written in full lies in.
pub(super) fn week_of(day: &str) -> Option<String> {
    let week = day.parse::<Date>().ok()?.iso_week_date();
    Some(format!("{:04}-W{:02}", week.year(), week.week()))
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
