//! Seasons, quarters, decades, centuries and holidays.

use super::calendar::{Anchor, Side};
use super::feasts::FEASTS;
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
                let is_date = is_said && (decade >= 1000 || !self.is_measured());
                return if is_date { self.hit(ahead + 1, "date-period", Some(decade_value(decade))) } else { None };
            }
            Kind::Season(season) => {
                let (n, year) = self.year_after(ahead + 1)?;
                let n_next = self.next_year(ahead + 1 + n, year).map_or(0, |(n, _)| n);
                return self.hit(ahead + 1 + n + n_next, "date-period", Some(format!("{year:04}-{season}")));
            }
            Kind::Period(period, year) if qualifier == 0 => {
                let (n, year) = match year {
                    Some(year) => (0, Some(year)),
                    None => self.year_after(1).map_or((0, None), |(n, year)| (n, Some(year))),
                };
                let value = year.map_or_else(|| self.anchor.period(period, self.tense(1)), |year| format!("{year:04}-{period}"));
                return self.hit(1 + n, "date-period", Some(value));
            }
            Kind::Fiscal(_) | Kind::Word("fiscal" | "financial") => {
                let (n, value) = self.fiscal_year(ahead)?;
                return self.hit(ahead + n, "date-period", Some(value));
            }
            Kind::Month(month, false) if qualifier == 0 && matches!(self.kind(1), Kind::Unit(Unit::Quarter)) && !self.is_plural(1) => {
                let (n, year) = self.year_after(2).map_or((0, None), |(n, year)| (n, Some(year)));
                let quarter = QUARTERS[usize::from(month.saturating_sub(1) / 3) % 4];
                let value = year.map_or_else(|| self.anchor.period(quarter, self.tense(2)), |year| format!("{year:04}-{quarter}"));
                return self.hit(2 + n, "date-period", Some(value));
            }
            Kind::Other if self.surface(ahead) == "FY" => {
                let (n, value) = self.fiscal_year(ahead)?;
                return self.hit(ahead + n, "date-period", Some(value));
            }
            _ => {}
        }
        self.ordinal_period(ahead)
    }

    /// Fiscal 2023, FY26, FY 2025-26, fiscal year 2024/25: how many lexemes, and the value.
    fn fiscal_year(&self, ahead: usize) -> Option<(usize, String)> {
        let (n, year) = match self.kind(ahead) {
            Kind::Fiscal(year) => (1, year),
            _ => {
                let unit = usize::from(matches!(self.kind(ahead + 1), Kind::Unit(Unit::Year)));
                let (n, year) = self.year_after(ahead + 1 + unit)?;
                (1 + unit + n, year)
            }
        };
        Some(match self.next_year(ahead + n, year) {
            Some((m, next)) => (n + m, format!("FY{year:04}/FY{next:04}")),
            None => (n, format!("FY{year:04}")),
        })
    }

    /// The year after a year, joined to it: -26 in 2025-26.
    fn next_year(&self, ahead: usize, year: u16) -> Option<(usize, u16)> {
        let is_joined = self.is(ahead, &["-", "–", "/"]) && self.is_glued(ahead) && self.is_glued(ahead + 1);
        let short = self.digits(ahead + 1, 2..=2, 0..=99).map(|short| year / 100 * 100 + short as u16);
        let next = self.year_number(ahead + 1).or(short)?;
        (is_joined && next == year + 1).then_some((2, next))
    }

    /// Whether tens in the plural are degrees or an age: `in the 80s` of temperatures, `in his early 30s`.
    fn is_measured(&self) -> bool {
        const MEASURED: &[&str] = &[
            "temperature",
            "temperatures",
            "highs",
            "high",
            "lows",
            "low",
            "degrees",
            "fahrenheit",
            "celsius",
            "mercury",
            "humidity",
            "readings",
            "thermometer",
            "thermometers",
            "warm",
            "heat",
            "forecast",
            "aged",
        ];
        let is_word = |word: &str| MEASURED.iter().any(|measured| word.eq_ignore_ascii_case(measured));
        let is_age = ["his", "her", "their", "my", "our", "your"]
            .iter()
            .any(|owner| (1..=3).any(|n| self.surface_before(n).eq_ignore_ascii_case(owner)));
        is_age
            || (1..=12).map(|n| self.surface_before(n)).take_while(|word| !word.is_empty()).any(is_word)
            || (1..=3).any(|n| is_word(self.surface(n)))
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
        let value = year.map_or_else(|| self.anchor.period(period, self.tense(end)), |year| format!("{year}-{period}"));
        self.hit(end, "date-period", Some(value))
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
        if let Some((n, value)) = self.fiscal_year(at).filter(|_| self.is(at, &["fiscal"]) || matches!(self.kind(at), Kind::Fiscal(_))) {
            return (at + n - ahead, Some(value));
        }
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
        let named = FEASTS.iter().filter(|(name, _)| self.reads(name));
        let (n, feast) = named.map(|(name, feast)| (name.len(), *feast)).max_by_key(|(n, _)| *n)?;
        let (m, year) = self.year_after(n).map_or((0, None), |(m, year)| (m, Some(year)));
        let value = match year {
            Some(year) => Anchor::feast_of(feast, year).or_else(|| Some(format!("{year:04}"))),
            None => self.anchor.feast(feast, self.tense(n)),
        };
        self.hit(n + m, "date-holiday", value)
    }

    /// Years of Japan's eras: Reiwa 7.
    pub(super) fn era(&self) -> Option<Hit> {
        let before = match self.surface(0) {
            "Reiwa" => 2018,
            "Heisei" => 1988,
            "Showa" => 1925,
            "Taisho" => 1911,
            "Meiji" => 1867,
            _ => return None,
        };
        let year = before + self.digits(1, 1..=2, 1..=64)?;
        self.hit(2, "date-year", Some(format!("{year:04}")))
    }

    fn reads(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| {
            let here = self.surface(i);
            here == *word || (word.starts_with('\'') && here.trim_start_matches('’') == &word[1..])
        })
    }
}

/// The 1990s are a decade, and so are the 2000s; the 1800s are a century.
fn decade_value(decade: u16) -> String {
    if (1000..2000).contains(&decade) && decade.is_multiple_of(100) {
        return format!("{:02}XX", decade / 100);
    }
    let first = if decade < 100 { 1900 + decade } else { decade };
    format!("{:03}X", first / 10)
}
