//! Seasons, quarters, decades, centuries and holidays.

use super::calendar::{self, Side};
use super::grammar::{Hit, Place};
use super::lexemes::{HALVES, Kind, QUARTERS, Unit};

impl Place<'_> {
    /// Seasons, quarters, halves, decades, centuries, fiscal years.
    pub(super) fn period(&self) -> Option<Hit> {
        let qualifier = self.qualifier();
        let ahead = qualifier;
        match self.kind(ahead) {
            Kind::Word("'" | "’") if self.is_glued(ahead + 1) && qualifier == 0 => {
                let Kind::Decade(decade @ 0..=99) = self.kind(1) else { return None };
                return self.hit(2, "date-period", Some(decade_value(decade)));
            }
            Kind::Decade(decade) => {
                let is_said = decade >= 1000 || self.is_after(&["the", "early", "late", "mid", "-"]) || qualifier > 0;
                return if is_said { self.hit(ahead + 1, "date-period", Some(decade_value(decade))) } else { None };
            }
            Kind::Season(season) => {
                let (n, year) = self.year_after(ahead + 1)?;
                return self.hit(ahead + 1 + n, "date-period", Some(format!("{year:04}-{season}")));
            }
            Kind::Period(period, year) if qualifier == 0 => {
                let (n, year) = match year {
                    Some(year) => (0, Some(year)),
                    None => self.year_after(1).map_or((0, None), |(n, year)| (n, Some(year))),
                };
                let year = year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
                return self.hit(1 + n, "date-period", Some(format!("{year}-{period}")));
            }
            Kind::Fiscal(year) => return self.hit(ahead + 1, "date-period", Some(format!("FY{year:04}"))),
            Kind::Word("fiscal" | "financial") => {
                let n = usize::from(matches!(self.kind(ahead + 1), Kind::Unit(Unit::Year)));
                let (m, year) = self.year_after(ahead + 1 + n)?;
                return self.hit(ahead + 1 + n + m, "date-period", Some(format!("FY{year:04}")));
            }
            Kind::Month(month, false) if qualifier == 0 && matches!(self.kind(1), Kind::Unit(Unit::Quarter)) && !self.is_plural(1) => {
                let (n, year) = self.year_after(2).map_or((0, None), |(n, year)| (n, Some(year)));
                let year = year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
                return self.hit(2 + n, "date-period", Some(format!("{year}-{}", QUARTERS[usize::from(month.saturating_sub(1) / 3) % 4])));
            }
            _ => {}
        }
        self.ordinal_period(ahead)
    }

    /// The second quarter of 2023, first half of last year, 19th century.
    fn ordinal_period(&self, ahead: usize) -> Option<Hit> {
        let Kind::Number(number) = self.kind(ahead) else {
            let is_second = self.surface(ahead).eq_ignore_ascii_case("second");
            return if is_second { self.quarter(ahead, 2) } else { None };
        };
        if !number.is_ordinal {
            return None;
        }
        let place = number.value as usize;
        let hyphen = usize::from(self.is(ahead + 1, &["-"]));
        if matches!(self.kind(ahead + 1 + hyphen), Kind::Unit(Unit::Century)) && (1..=22).contains(&place) {
            return self.hit(ahead + 2 + hyphen, "date-period", Some(format!("{:02}XX", place - 1)));
        }
        self.quarter(ahead, place)
    }

    fn quarter(&self, ahead: usize, place: usize) -> Option<Hit> {
        let mut end = ahead + 1;
        end += usize::from(self.is(end, &["-"]) && self.is_glued(end));
        end += usize::from(self.is(end, &["fiscal"]));
        let period = match self.kind(end) {
            Kind::Unit(Unit::Quarter) if !self.is_plural(end) => QUARTERS.get(place.checked_sub(1)?)?,
            Kind::Word("half") => {
                let of_time = self.is(end + 1, &["of"])
                    && (self.year_number(end + 2).is_some() || self.is(end + 2, &["the", "this", "last", "next"]));
                let of_year = of_time
                    && (self.year_number(end + 2).is_some() || (end + 3..=end + 4).any(|at| matches!(self.kind(at), Kind::Unit(_))));
                if !of_year {
                    return None;
                }
                HALVES.get(place.checked_sub(1)?)?
            }
            _ => return None,
        };
        end += 1;
        let (n, year) = self.year_of_period(end);
        end += n;
        let year = year.or_else(|| self.anchor.year().map(|year| format!("{year:04}")).filter(|_| n > 0));
        self.hit(end, "date-period", Some(format!("{}-{period}", year.as_deref().unwrap_or("XXXX"))))
    }

    /// "of 2023", "2023", "of last year", "of the year".
    fn year_of_period(&self, ahead: usize) -> (usize, Option<String>) {
        if let Some((n, year)) = self.year_after(ahead) {
            return (n, Some(format!("{year:04}")));
        }
        if !self.is(ahead, &["of"]) {
            return (0, None);
        }
        let at = ahead + 1 + usize::from(self.is(ahead + 1, &["the"]));
        let side = match self.kind(at) {
            Kind::Word("last" | "previous") => Side::Last,
            Kind::Word("this" | "current") => Side::This,
            Kind::Word("next") => Side::Next,
            Kind::Unit(Unit::Year) => return (at + 1 - ahead, None),
            _ => return (0, None),
        };
        let fiscal = usize::from(self.is(at + 1, &["fiscal"]));
        match self.kind(at + 1 + fiscal) {
            Kind::Unit(Unit::Year) => (at + 2 + fiscal - ahead, Some(self.anchor.unit_on(side, Unit::Year)).filter(|year| year.len() == 4)),
            _ => (0, None),
        }
    }

    pub(super) fn may_be_holiday(&self) -> bool {
        self.lexeme(0).is_some_and(|lexeme| lexeme.capital)
    }

    pub(super) fn holiday(&self) -> Option<Hit> {
        if !self.lexeme(0)?.capital {
            return None;
        }
        let (n, value) =
            HOLIDAYS.iter().filter(|(name, _)| self.reads(name)).map(|(name, value)| (name.len(), *value)).max_by_key(|(n, _)| *n)?;
        let (m, year) = self.year_after(n).map_or((0, None), |(m, year)| (m, Some(year)));
        let value = match (value, year) {
            (Some((month, day)), Some(year)) => calendar::full(year, month, day),
            (Some((month, day)), None) => Some(self.anchor.month_day(month, day)),
            (None, Some(year)) => Some(format!("{year:04}")),
            (None, None) => None,
        };
        self.hit(n + m, "date-holiday", value)
    }

    fn reads(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| {
            let here = self.surface(i);
            here == *word || (word.starts_with('\'') && here.trim_start_matches('’') == &word[1..])
        })
    }
}

fn decade_value(decade: u16) -> String {
    let first = if decade < 100 { 1900 + decade } else { decade };
    format!("{:03}X", first / 10)
}

type DayOfYear = Option<(u8, u8)>;

/// Holidays word by word, and their day where it is the same every year.
const HOLIDAYS: &[(&[&str], DayOfYear)] = &[
    (&["Christmas"], Some((12, 25))),
    (&["Christmas", "Day"], Some((12, 25))),
    (&["Christmas", "Eve"], Some((12, 24))),
    (&["Boxing", "Day"], Some((12, 26))),
    (&["New", "Year", "'s", "Eve"], Some((12, 31))),
    (&["New", "Year", "'s", "Day"], Some((1, 1))),
    (&["New", "Year", "'s"], Some((1, 1))),
    (&["Lunar", "New", "Year"], None),
    (&["Chinese", "New", "Year"], None),
    (&["Easter"], None),
    (&["Easter", "Sunday"], None),
    (&["Easter", "Monday"], None),
    (&["Good", "Friday"], None),
    (&["Palm", "Sunday"], None),
    (&["Ash", "Wednesday"], None),
    (&["Black", "Friday"], None),
    (&["Cyber", "Monday"], None),
    (&["Thanksgiving"], None),
    (&["Thanksgiving", "Day"], None),
    (&["Halloween"], Some((10, 31))),
    (&["Ramadan"], None),
    (&["Eid", "al", "-", "Fitr"], None),
    (&["Eid", "al", "-", "Adha"], None),
    (&["Eid"], None),
    (&["Passover"], None),
    (&["Hanukkah"], None),
    (&["Yom", "Kippur"], None),
    (&["Rosh", "Hashanah"], None),
    (&["Diwali"], None),
    (&["Nowruz"], None),
    (&["Independence", "Day"], None),
    (&["Memorial", "Day"], None),
    (&["Labor", "Day"], None),
    (&["Labour", "Day"], None),
    (&["Veterans", "Day"], Some((11, 11))),
    (&["Remembrance", "Day"], Some((11, 11))),
    (&["Armistice", "Day"], Some((11, 11))),
    (&["Presidents", "Day"], None),
    (&["Columbus", "Day"], None),
    (&["Valentine", "'s", "Day"], Some((2, 14))),
    (&["Bastille", "Day"], Some((7, 14))),
    (&["Victory", "Day"], Some((5, 9))),
    (&["May", "Day"], Some((5, 1))),
    (&["Mother", "'s", "Day"], None),
    (&["Father", "'s", "Day"], None),
    (&["Earth", "Day"], Some((4, 22))),
    (&["Anzac", "Day"], Some((4, 25))),
    (&["Australia", "Day"], Some((1, 26))),
    (&["Republic", "Day"], None),
    (&["National", "Day"], None),
    (&["Election", "Day"], None),
    (&["Inauguration", "Day"], None),
    (&["Fourth", "of", "July"], Some((7, 4))),
    (&["Juneteenth"], Some((6, 19))),
];
