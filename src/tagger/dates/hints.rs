//! What a whole article tells of its dates (`survey` gathers it before any of them is read): which years its days have, and whether a day is
//! written before its month.

use std::collections::BTreeMap;

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
    pub fn new(wrapped: bool) -> Self {
        Self { wrapped, ..Self::default() }
    }

    /// The year that a full date elsewhere in the article lends to a day.
    pub fn year_of(&self, month: u8, day: u8) -> Option<u16> {
        self.lent.get(&(month, day)).copied().flatten()
    }

    pub fn lend(&mut self, month: u8, day: u8, year: u16) {
        self.lent.entry((month, day)).and_modify(|held| *held = held.filter(|held| *held == year)).or_insert(Some(year));
    }
}
