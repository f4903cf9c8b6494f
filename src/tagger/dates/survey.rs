//! Looks over a whole article before its dates are read.

use super::grammar::Place;
use super::hints::Hints;
use super::lexemes::Kind;
use crate::text::flow::Flow;

/// From every place of a text.
pub(super) fn hints<'t>(text: &str, places: impl Iterator<Item = Place<'t>>) -> Hints {
    let mut hints = Hints::new(Flow::of(text).is_broken());
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

impl Place<'_> {
    fn day_before(&self) -> Option<u8> {
        let at = self.at.checked_sub(1).filter(|_| !self.lexemes[self.at].first_of_line)?;
        Place { at, ..*self }.day_of_month(0)
    }
}
