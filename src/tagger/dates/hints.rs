//! What a whole article tells of its dates before any of them is read: which years its days have, and whether a day is
//! written before its month.

use std::collections::BTreeMap;

use super::grammar::Place;
use super::lexemes::Kind;
use crate::text::sentences::is_wrapped;

#[derive(Debug, Default)]
pub(super) struct Hints {
    /// By month and day, the year that the article gives it; none where it gives two.
    lent: BTreeMap<(u8, u8), Option<u16>>,
    /// 11/7 is in July.
    pub day_first: bool,
    /// A line end means nothing.
    pub wrapped: bool,
}

impl Hints {
    /// The year that a full date elsewhere in the article lends to a day.
    pub fn year_of(&self, month: u8, day: u8) -> Option<u16> {
        self.lent.get(&(month, day)).copied().flatten()
    }

    /// From every place of a text.
    pub fn of<'t>(text: &str, places: impl Iterator<Item = Place<'t>>) -> Self {
        let mut hints = Self { wrapped: is_wrapped(text), ..Self::default() };
        let (mut n_day_first, mut n_month_first) = (0_usize, 0_usize);
        for place in places {
            let Kind::Month(month, _) = place.kind(0) else { continue };
            let n = place.month(0).map_or(1, |(n, _)| n);
            if let Some(day) = place.day_of_month(n) {
                n_month_first += 1;
                if let Some((_, year)) = place.year_after(n + 1) {
                    hints.lend(month, day, year);
                }
            } else if let Some(day) = place.day_before() {
                n_day_first += 1;
                if let Some((_, year)) = place.year_after(n) {
                    hints.lend(month, day, year);
                }
            }
        }
        hints.day_first = n_day_first > n_month_first;
        hints
    }

    fn lend(&mut self, month: u8, day: u8, year: u16) {
        self.lent.entry((month, day)).and_modify(|held| *held = held.filter(|held| *held == year)).or_insert(Some(year));
    }
}

impl Place<'_> {
    fn day_before(&self) -> Option<u8> {
        let at = self.at.checked_sub(1).filter(|_| !self.lexemes[self.at].first_of_line)?;
        Place { at, ..*self }.day_of_month(0)
    }
}
