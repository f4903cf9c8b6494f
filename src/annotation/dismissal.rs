//! What the consistency check is not to tell again.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ArticleId, Time};
use crate::text::Span;

/// A finding of the consistency check that a person looked at and found right as it stands. It stays away until it has a
/// place that was not seen then.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// Which finding: its kind and what it is about.
    pub finding: Arc<str>,
    /// What the finding said, for people.
    #[serde(default)]
    pub words: String,
    /// The places that were seen.
    pub places: BTreeSet<PlaceMark>,
    #[serde(default)]
    pub by: Arc<str>,
    #[serde(default)]
    pub at: Time,
}

impl Dismissal {
    /// Two people's dismissals of one finding: what either has seen. It does not matter which is called which.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let (first, second) = if (self.at, &self.by, self) <= (other.at, &other.by, other) { (self, other) } else { (other, self) };
        Self { places: first.places.union(&second.places).copied().collect(), ..first.clone() }
    }
}

/// Tells one place of a finding from others: a number made of the article and of the words at the place and around it, so that
/// a text that changes elsewhere leaves it as it is. Written as eight hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceMark(u32);

/// How many bytes of the text on either side of a place count, at least.
const AROUND: usize = 24;

impl PlaceMark {
    /// `span` in bytes of `text`; `says` is what is tagged there.
    pub fn of(article: &ArticleId, text: &str, span: Span, says: &str) -> Self {
        let (start, end) = ((span.start as usize).min(text.len()), (span.end as usize).min(text.len()));
        let before = (0..=start.saturating_sub(AROUND)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let after = (end.saturating_add(AROUND)..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let parts = [article.as_str(), says, text.get(before..start).unwrap_or_default(), text.get(start..after).unwrap_or_default()];
        // FNV-1a, its halves laid over each other.
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        Self((hash ^ (hash >> 32)) as u32)
    }
}

impl fmt::Display for PlaceMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for PlaceMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no mark of a place (eight hexadecimal digits)")]
pub struct BadMark(String);

impl FromStr for PlaceMark {
    type Err = BadMark;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let is_sound = s.len() == 8 && s.bytes().all(|b| b.is_ascii_hexdigit());
        let number = u32::from_str_radix(s, 16).ok().filter(|_| is_sound);
        number.map(Self).ok_or_else(|| BadMark(s.chars().take(20).collect()))
    }
}

impl Serialize for PlaceMark {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PlaceMark {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_keeps_to_its_place_and_survives_its_written_form() {
        let id = ArticleId::new("a");
        let of = |text: &str, words: &str, says: &str| {
            let start = text.find(words).unwrap();
            PlaceMark::of(&id, text, Span::new(start, start + words.len()), says)
        };
        let text = "Rain fell. The ferry to Kelpö left the old harbour at seven, said Kelpö.";
        let mark = of(text, "Kelpö", "GPE");
        assert_eq!(of(&format!("Much {text}"), "Kelpö", "GPE"), mark, "what is far away does not count");
        assert_ne!(of(text, "Kelpö", "ORG"), mark);
        assert_ne!(of(&text.replace("ferry", "train"), "Kelpö", "GPE"), mark);
        assert_eq!(mark.to_string().parse::<PlaceMark>().ok(), Some(mark));
        assert!("12345".parse::<PlaceMark>().is_err() && "+1234567".parse::<PlaceMark>().is_err());
        PlaceMark::of(&id, "ö", Span { start: 1, end: 900 }, "");
    }
}
