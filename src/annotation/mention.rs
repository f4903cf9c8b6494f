//! A mention: a span of an article with a label, where it came from and what was decided on it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{EntityId, Label, MentionId, Time};
use crate::text::Span;

/// Serialised as the journal writes it, spans in bytes; the session file and every format have forms of their own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    pub id: MentionId,
    /// Bytes of the article's text.
    pub span: Span,
    pub label: Label,
    pub state: State,
    /// How the state came about; `None` while suggested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<How>,
    pub origin: Origin,
    /// The tagger's estimate that span and label are right. The analyst's own mentions have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// What was suggested at first, where an analyst moved or retyped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<First>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityId>,
    /// The normalised value of a date, time or amount, such as `2023-07-11`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Arc<str>>,
    /// Who settled it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
    /// What a foreign format brought and Manicule does not edit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
    /// What others decided here at the same time, until a person settles what holds. The next decision removes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rivals: Vec<Rival>,
}

/// Another person's verdict on a mention, that came with a merge and differs from the one that stands. An analyst's own
/// mention that the other person deleted has a rejected rival without a time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rival {
    pub state: State,
    /// Bytes of the article's text.
    pub span: Span,
    pub label: Label,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<How>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl Mention {
    /// A mention as a machine or an analyst first puts it: suggested, without history.
    pub fn suggested(id: MentionId, span: Span, label: Label, origin: Origin) -> Self {
        Self {
            id,
            span,
            label,
            state: State::Suggested,
            how: None,
            origin,
            score: None,
            first: None,
            entity: None,
            value: None,
            note: None,
            by: None,
            at: None,
            extras: Vec::new(),
            rivals: Vec::new(),
        }
    }

    pub fn is_suggested(&self) -> bool {
        self.state == State::Suggested
    }

    pub fn is_confirmed(&self) -> bool {
        self.state == State::Confirmed
    }

    pub fn is_rejected(&self) -> bool {
        self.state == State::Rejected
    }

    /// Whether a person has decided on it (or a rule or import on a person's behalf).
    pub fn is_settled(&self) -> bool {
        !self.is_suggested()
    }

    /// Whether two people's verdicts on it stand against each other.
    pub fn is_contested(&self) -> bool {
        !self.rivals.is_empty()
    }

    /// Whether a person must still decide: it is suggested, or contested.
    pub fn is_open(&self) -> bool {
        self.is_suggested() || self.is_contested()
    }

    /// Whether a page shows it where rejected mentions are hidden.
    pub fn is_shown(&self) -> bool {
        !self.is_rejected() || self.is_contested()
    }

    /// Order in which a page is read: outer before nested, then by label and id so that the order is total.
    pub fn reading_order(&self, other: &Self) -> std::cmp::Ordering {
        (self.span, &self.label, self.id).cmp(&(other.span, &other.label, other.id))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Suggested,
    Confirmed,
    Rejected,
}

impl State {
    pub const ALL: [State; 3] = [State::Suggested, State::Confirmed, State::Rejected];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Suggested => "suggested",
            State::Confirmed => "confirmed",
            State::Rejected => "rejected",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// How a state came about. Live figures of the tagger's quality count only [`How::Looked`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// This very mention was in focus.
    Looked,
    Spread,
    AcceptedRest,
    Rule,
    Imported,
    /// It was settled in another copy of the same text.
    Transferred,
}

impl How {
    pub const ALL: [How; 6] = [How::Looked, How::Spread, How::AcceptedRest, How::Rule, How::Imported, How::Transferred];

    pub fn as_str(self) -> &'static str {
        match self {
            How::Looked => "looked",
            How::Spread => "spread",
            How::AcceptedRest => "accepted-rest",
            How::Rule => "rule",
            How::Imported => "imported",
            How::Transferred => "transferred",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.as_str() == name)
    }
}

/// Where a mention came from. Written `rule:ID`, `gazetteer:LIST/ENTRY`, `model:VERSION`, `alias:NAME`, `import:TOOL`
/// `learned:WHAT` or `analyst`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    Rule(Arc<str>),
    Gazetteer {
        list: Arc<str>,
        entry: Arc<str>,
    },
    Model(Arc<str>),
    /// Another mention of the article whose name this one shortens or repeats.
    Alias(Arc<str>),
    /// What the decisions of the session taught: of a name, an edge, by the model's moved weights.
    Learned(Arc<str>),
    Import(Arc<str>),
    Analyst,
}

impl Origin {
    /// Whether a machine put the mention there, so that removing it is a rejection worth remembering.
    pub fn is_machine(&self) -> bool {
        !matches!(self, Origin::Analyst)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Rule(id) => write!(f, "rule:{id}"),
            Origin::Gazetteer { list, entry } => write!(f, "gazetteer:{list}/{entry}"),
            Origin::Model(version) => write!(f, "model:{version}"),
            Origin::Alias(of) => write!(f, "alias:{of}"),
            Origin::Learned(what) => write!(f, "learned:{what}"),
            Origin::Import(tool) => write!(f, "import:{tool}"),
            Origin::Analyst => f.write_str("analyst"),
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no origin (rule:, gazetteer:LIST/ENTRY, model:, alias:, learned:, import: or analyst)")]
pub struct BadOrigin(String);

impl FromStr for Origin {
    type Err = BadOrigin;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bad = || BadOrigin(s.chars().take(60).collect());
        if s == "analyst" {
            return Ok(Origin::Analyst);
        }
        let (kind, rest) = s.split_once(':').ok_or_else(bad)?;
        match kind {
            "rule" => Ok(Origin::Rule(rest.into())),
            "gazetteer" => {
                let (list, entry) = rest.split_once('/').ok_or_else(bad)?;
                Ok(Origin::Gazetteer { list: list.into(), entry: entry.into() })
            }
            "model" => Ok(Origin::Model(rest.into())),
            "alias" => Ok(Origin::Alias(rest.into())),
            "learned" => Ok(Origin::Learned(rest.into())),
            "import" => Ok(Origin::Import(rest.into())),
            _ => Err(bad()),
        }
    }
}

impl Serialize for Origin {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A probability in thousandths, so that it is equal on every machine and in every file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Score(u16);

impl Score {
    pub const MAX: Score = Score(1000);

    /// Thousandths; more than 1000 count as 1000.
    pub const fn from_thousandths(n: u16) -> Self {
        Self(if n > 1000 { 1000 } else { n })
    }

    /// From a probability in 0..=1; anything else is clamped, NaN is 0.
    pub fn from_ratio(p: f64) -> Self {
        Self((p.clamp(0.0, 1.0) * 1000.0).round() as u16)
    }

    pub fn thousandths(self) -> u16 {
        self.0
    }

    pub fn ratio(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl fmt::Display for Score {
    /// Two decimals, as the interface shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.ratio())
    }
}

impl fmt::Debug for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.ratio())
    }
}

/// A suggestion as it was before an analyst changed its span or label.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct First {
    pub span: Span,
    pub label: Label,
}

/// One thing that a foreign format said of a mention and that travels along unedited.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// The format it belongs to, such as `brat`.
    pub format: String,
    pub key: String,
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_origin_survives_its_written_form() {
        let origins = [
            Origin::Rule("title-name".into()),
            Origin::Gazetteer { list: "countries".into(), entry: "Côte d’Ivoire / west".into() },
            Origin::Model("2026-11".into()),
            Origin::Alias("Fumio: Kishida".into()),
            Origin::Import("spacy".into()),
            Origin::Learned("name/Kelp: Board".into()),
            Origin::Analyst,
        ];
        for origin in origins {
            assert_eq!(origin.to_string().parse::<Origin>().ok(), Some(origin));
        }
        assert!("gazetteer:x".parse::<Origin>().is_err());
    }

    #[test]
    fn scores_are_clamped() {
        assert_eq!(Score::from_ratio(f64::NAN).thousandths(), 0);
        assert_eq!(Score::from_ratio(7.0), Score::MAX);
        assert_eq!(Score::from_ratio(0.9704).thousandths(), 970);
    }
}
