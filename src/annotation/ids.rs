//! Identifiers and points in time.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Label;
use crate::text::Span;

/// Names an article in its session: the stem of its file, made unique.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub Arc<str>);

impl ArticleId {
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ArticleId {
    /// Quoted, as messages show it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Names an entity in its session: a readable slug such as `angela-merkel`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntityId(pub Arc<str>);

impl EntityId {
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EntityId {
    /// Quoted, as messages show it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A short hash of article id, first span and first label, so that two analysts' equal additions are one mention.
/// Written as eight base-32 digits; where two living mentions would collide, `-1`, `-2`, … follow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId {
    hash: u64,
    suffix: u16,
}

const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const HASH_DIGITS: u32 = 8;

impl MentionId {
    /// The id before all others.
    pub const LEAST: MentionId = MentionId { hash: 0, suffix: 0 };

    /// `span` in bytes, as the mention first stood.
    pub fn of(article: &ArticleId, span: Span, label: &Label) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(article.as_str().as_bytes());
        hasher.update([0]);
        hasher.update(span.start.to_le_bytes());
        hasher.update(span.end.to_le_bytes());
        hasher.update(label.as_str().as_bytes());
        let digest = hasher.finalize();
        let mut hash = 0;
        for byte in &digest[..5] {
            hash = hash << 8 | u64::from(*byte);
        }
        Self { hash, suffix: 0 }
    }

    /// The next id to try where this one is taken. However often it is asked, another one comes.
    #[must_use]
    pub fn next(self) -> Self {
        match self.suffix.checked_add(1) {
            Some(suffix) => Self { suffix, ..self },
            None => Self { hash: (self.hash + 1) % (1 << (5 * HASH_DIGITS)), suffix: 0 },
        }
    }
}

/// Gives out ids that nobody has, in a time that does not grow with how many are alike.
#[derive(Default)]
pub struct FreshIds {
    taken: HashSet<MentionId>,
    /// The last id that was tried after one that was taken.
    last: HashMap<MentionId, MentionId>,
}

impl FreshIds {
    pub fn beside(taken: impl IntoIterator<Item = MentionId>) -> Self {
        Self { taken: taken.into_iter().collect(), ..Self::default() }
    }

    /// `wanted`, or the next id after it that is free.
    pub fn take(&mut self, wanted: MentionId) -> MentionId {
        if self.taken.insert(wanted) {
            return wanted;
        }
        let mut id = self.last.get(&wanted).copied().unwrap_or(wanted).next();
        while !self.taken.insert(id) {
            id = id.next();
        }
        self.last.insert(wanted, id);
        id
    }
}

impl fmt::Display for MentionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for digit in (0..HASH_DIGITS).rev() {
            let value = (self.hash >> (5 * digit)) & 31;
            write!(f, "{}", DIGITS[value as usize] as char)?;
        }
        if self.suffix > 0 {
            write!(f, "-{}", self.suffix)?;
        }
        Ok(())
    }
}

impl fmt::Debug for MentionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no mention id (eight letters a-z or digits 2-7, perhaps -N)")]
pub struct BadMentionId(String);

impl FromStr for MentionId {
    type Err = BadMentionId;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bad = || BadMentionId(s.chars().take(40).collect());
        let (digits, suffix) = match s.split_once('-') {
            Some((digits, suffix)) => (digits, suffix.parse().ok().filter(|n| *n > 0).ok_or_else(bad)?),
            None => (s, 0),
        };
        if digits.len() != HASH_DIGITS as usize {
            return Err(bad());
        }
        let mut hash = 0;
        for byte in digits.bytes() {
            let value = DIGITS.iter().position(|d| *d == byte).ok_or_else(bad)?;
            hash = hash << 5 | value as u64;
        }
        Ok(Self { hash, suffix })
    }
}

impl Serialize for MentionId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MentionId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Seconds since 1970 in UTC. Comes from a clock that is passed in; nothing in the core reads one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Time(pub i64);

impl fmt::Display for Time {
    /// RFC 3339 in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(self.0) {
            Ok(time) => write!(f, "{time}"),
            Err(_) => write!(f, "1970-01-01T00:00:00Z"),
        }
    }
}

impl FromStr for Time {
    type Err = jiff::Error;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse::<jiff::Timestamp>().map(|time| Self(time.as_second()))
    }
}

impl Serialize for Time {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_id_survives_its_written_form() {
        let id = MentionId::of(&ArticleId::new("a"), Span::new(3, 9), &Label::new("ORG"));
        for id in [id, id.next(), id.next().next()] {
            assert_eq!(id.to_string().parse::<MentionId>().ok(), Some(id));
        }
        assert!("abc".parse::<MentionId>().is_err());
        assert!("abcdefg1".parse::<MentionId>().is_err());
    }

    #[test]
    fn ids_never_run_out() {
        let first = MentionId::of(&ArticleId::new("a"), Span::new(3, 9), &Label::new("ORG"));
        let mut fresh = FreshIds::default();
        let ids: HashSet<MentionId> = (0..200_000).map(|_| fresh.take(first)).collect();
        assert_eq!(ids.len(), 200_000);
        assert!(ids.iter().all(|id| id.to_string().parse().ok() == Some(*id)));
    }

    #[test]
    fn equal_additions_are_one() {
        let of = |label| MentionId::of(&ArticleId::new("a"), Span::new(3, 9), &Label::new(label));
        assert_eq!(of("ORG"), of("ORG"));
        assert_ne!(of("ORG"), of("GPE"));
    }

    #[test]
    fn time_is_written_in_utc() {
        assert_eq!(Time(1_700_000_000).to_string(), "2023-11-14T22:13:20Z");
        assert_eq!("2023-11-14T22:13:20Z".parse::<Time>().ok(), Some(Time(1_700_000_000)));
    }
}
