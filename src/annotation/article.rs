//! An article: one document, its text immutable, with what is known of it and the mentions in it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::mention::Extra;
use super::{ArticleId, Mention, MentionId};
use crate::text::{Span, flow};

/// One document of a session. Readers and importers build articles freely; inside a session they are only ever
/// changed by [`Session::apply`](super::Session::apply), which hands out shared references.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub id: ArticleId,
    /// As it was read, to the byte.
    pub text: Arc<str>,
    #[serde(default)]
    pub meta: Meta,
    #[serde(default)]
    pub source: Option<Source>,
    /// In order, without overlaps. What no zone covers is body.
    #[serde(default)]
    pub zones: Vec<Zone>,
    #[serde(default)]
    pub desk: Desk,
    /// In reading order.
    #[serde(default)]
    pub mentions: Vec<Mention>,
    /// What a foreign format said of the article as a whole.
    #[serde(default)]
    pub extras: Vec<Extra>,
}

impl Article {
    pub fn new(id: ArticleId, text: impl Into<Arc<str>>) -> Self {
        Self {
            id,
            text: text.into(),
            meta: Meta::default(),
            source: None,
            zones: Vec::new(),
            desk: Desk::default(),
            mentions: Vec::new(),
            extras: Vec::new(),
        }
    }

    /// The title to show: that of the metadata, else the headline zone, else the id.
    pub fn title(&self) -> &str {
        if let Some(title) = self.meta.title.as_deref().filter(|title| !title.trim().is_empty()) {
            return title;
        }
        let headline = self.zones.iter().find(|zone| zone.kind == ZoneKind::Headline);
        let text = headline.and_then(|zone| zone.span.of(&self.text)).map(str::trim);
        text.filter(|text| !text.is_empty()).unwrap_or(self.id.as_str())
    }

    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.mentions.iter().find(|mention| mention.id == id)
    }

    /// The words of a mention.
    pub fn quote(&self, span: Span) -> &str {
        span.of(&self.text).unwrap_or_default()
    }

    /// Mentions that are not rejected, in reading order.
    pub fn living(&self) -> impl DoubleEndedIterator<Item = &Mention> {
        self.mentions.iter().filter(|mention| !mention.is_rejected())
    }

    /// Mentions that share at least one byte with `span`, in reading order.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let end = self.mentions.partition_point(|mention| mention.span.start < span.end);
        self.mentions[..end].iter().filter(move |mention| mention.span.overlaps(span))
    }

    /// The kind of zone that the byte at `offset` lies in.
    pub fn zone_at(&self, offset: usize) -> ZoneKind {
        let after = self.zones.partition_point(|zone| zone.span.start as usize <= offset);
        let zone = after.checked_sub(1).map(|i| self.zones[i]);
        zone.filter(|zone| zone.span.holds(offset)).map_or(ZoneKind::Body, |zone| zone.kind)
    }

    /// How far the edges of a mention at `span` may be moved (bytes): to the end of its paragraph and of its zone.
    pub fn reach_of(&self, span: Span) -> Span {
        let paragraph = flow::around(&self.text, span);
        let last = (span.end as usize).saturating_sub(1).max(span.start as usize);
        let (mut start, mut end) = (paragraph.start, paragraph.end);
        for zone in &self.zones {
            for border in [zone.span.start, zone.span.end] {
                start = if border <= span.start { start.max(border) } else { start };
                end = if border as usize > last { end.min(border) } else { end };
            }
        }
        Span { start, end: end.max(span.end) }
    }

    /// Whether the byte at `offset` lies in boilerplate, which is not tagged.
    pub fn is_boilerplate_at(&self, offset: usize) -> bool {
        self.zone_at(offset) == ZoneKind::Boilerplate
    }

    /// How many mentions a person must still decide on.
    pub fn open_count(&self) -> usize {
        self.mentions.iter().filter(|mention| mention.is_open()).count()
    }

    /// The SHA-256 of the text's UTF-8 bytes.
    pub fn text_digest(&self) -> Digest {
        Digest::of(self.text.as_bytes())
    }
}

/// What is known of an article besides its text. All of it can be edited.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub byline: Option<String>,
    /// The publication. Called `source` in the interchange JSONL.
    #[serde(default)]
    pub outlet: Option<String>,
    /// The date of publication as ISO 8601, at least a year: `2023-07-11`. Relative dates are resolved against it.
    #[serde(default)]
    pub published: Option<String>,
    /// A BCP 47 tag such as `en`.
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
}

/// The file that an article was read from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Relative to the session's folder where possible, with `/` between parts.
    pub path: String,
    /// Bytes of the file.
    pub size: u64,
    /// Of the file's bytes, before decoding.
    pub digest: Digest,
    /// The encoding that it was decoded from, by its WHATWG name.
    pub encoding: String,
    /// Which article of the file it is, counted from 1; 0 where the file is one article.
    #[serde(default)]
    pub number: u32,
}

/// A SHA-256, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }
}

/// A SHA-256 of what comes piece by piece.
#[derive(Clone, Default)]
pub struct Digesting {
    hash: sha2::Sha256,
    size: u64,
}

impl Digesting {
    pub fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
    }

    /// How many bytes have come.
    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn digest(&self) -> Digest {
        Digest(self.hash.clone().finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a SHA-256 has 64 hexadecimal digits")]
pub struct BadDigest;

impl FromStr for Digest {
    type Err = BadDigest;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        if s.len() != 64 || !s.is_ascii() {
            return Err(BadDigest);
        }
        for (byte, pair) in bytes.iter_mut().zip(s.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| BadDigest)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| BadDigest)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A range of an article with a kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    pub span: Span,
    pub kind: ZoneKind,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneKind {
    Headline,
    Byline,
    Dateline,
    Body,
    Caption,
    Credit,
    Boilerplate,
}

impl ZoneKind {
    pub const ALL: [ZoneKind; 7] = [
        ZoneKind::Headline,
        ZoneKind::Byline,
        ZoneKind::Dateline,
        ZoneKind::Body,
        ZoneKind::Caption,
        ZoneKind::Credit,
        ZoneKind::Boilerplate,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ZoneKind::Headline => "headline",
            ZoneKind::Byline => "byline",
            ZoneKind::Dateline => "dateline",
            ZoneKind::Body => "body",
            ZoneKind::Caption => "caption",
            ZoneKind::Credit => "credit",
            ZoneKind::Boilerplate => "boilerplate",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What the analyst keeps on an article: how far the work is, a flag, tags, a note.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    #[serde(default)]
    pub progress: Progress,
    #[serde(default)]
    pub flagged: bool,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub note: String,
}

/// How far the work on an article is. Whether it was begun follows from its mentions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    #[default]
    Open,
    Done,
    SetAside,
}

impl Progress {
    pub const ALL: [Progress; 3] = [Progress::Open, Progress::Done, Progress::SetAside];

    pub fn as_str(self) -> &'static str {
        match self {
            Progress::Open => "open",
            Progress::Done => "done",
            Progress::SetAside => "set-aside",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|progress| progress.as_str() == name)
    }
}
