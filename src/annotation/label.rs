//! Labels and the scheme that lists them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The name of a type of entity, such as `PERSON`. What it means stands in the [`Scheme`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Label(Arc<str>);

impl Label {
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Label {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The labels of a session, in the order in which they are shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    pub name: String,
    pub labels: Vec<LabelDef>,
}

/// What a label means to the analyst and how it is reached and shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelDef {
    pub name: Label,
    /// The letter that retypes to it, upper case.
    #[serde(default)]
    pub key: Option<char>,
    /// The line colour on a light page as `#RRGGBB`; tints and the dark variant are derived from it.
    pub colour: String,
    /// One line, shown beside the label.
    #[serde(default)]
    pub guideline: String,
    /// The longer guideline.
    #[serde(default)]
    pub details: String,
    /// The type in CoNLL's PER, ORG, LOC, MISC; `None` where it has none.
    #[serde(default)]
    pub conll: Option<String>,
    /// Whether its mentions may lie inside a confirmed mention, or around one, without being suppressed by it.
    #[serde(default)]
    pub nests: bool,
    /// Of dates and times: whether only days of the calendar are suggested, and nothing that is told against the day of
    /// publication or is a length of time.
    #[serde(default)]
    pub absolute_only: bool,
    #[serde(default)]
    pub standing: Standing,
}

/// Whether a label is in use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    #[default]
    On,
    /// Known, but neither suggested nor offered until it is switched on.
    Off,
    /// No longer offered; its name stays reserved for what the session's history says of it.
    Retired,
}

/// Letters that commands own and no label may have.
const RESERVED_KEYS: &str = "BIKMQSUVXZ";

/// What is wrong with a scheme; each names the label so that the window can point at it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SchemeFault {
    #[error("the label {0} is listed twice")]
    Twice(Label),
    #[error("a label's name is empty or holds a blank or a control character: {0:?}")]
    Name(String),
    #[error("the labels {0} and {1} share the key {2}")]
    SharedKey(Label, Label, char),
    #[error("the key {1} of {0} is no letter that a label may have (B I K M Q S U V X Z and digits belong to commands)")]
    ReservedKey(Label, char),
    #[error("the colour {1:?} of {0} is not of the form #RRGGBB")]
    Colour(Label, String),
}

impl LabelDef {
    /// A label of which nothing is known but its name.
    pub fn plain(name: Label) -> Self {
        Self {
            name,
            key: None,
            colour: "#515D6B".to_owned(),
            guideline: String::new(),
            details: String::new(),
            conll: None,
            nests: false,
            absolute_only: false,
            standing: Standing::On,
        }
    }
}

impl Scheme {
    /// The scheme that a new session begins with.
    pub fn standard() -> Self {
        ron::from_str(include_str!("../../assets/scheme.ron")).unwrap_or(Self { name: String::new(), labels: Vec::new() })
    }

    pub fn get(&self, label: &Label) -> Option<&LabelDef> {
        self.labels.iter().find(|def| def.name == *label)
    }

    pub fn by_name(&self, name: &str) -> Option<&LabelDef> {
        self.labels.iter().find(|def| def.name.as_str() == name)
    }

    /// The label in use whose key is `key`, in either case.
    pub fn by_key(&self, key: char) -> Option<&LabelDef> {
        let key = key.to_ascii_uppercase();
        self.in_use().find(|def| def.key == Some(key))
    }

    /// The labels that are suggested and offered.
    pub fn in_use(&self) -> impl Iterator<Item = &LabelDef> {
        self.labels.iter().filter(|def| def.standing == Standing::On)
    }

    pub fn is_in_use(&self, name: &str) -> bool {
        self.by_name(name).is_some_and(|def| def.standing == Standing::On)
    }

    pub fn nests(&self, label: &Label) -> bool {
        self.get(label).is_some_and(|def| def.nests)
    }

    /// Whether mentions of the two labels may overlap: the scheme says of either that it nests.
    pub fn may_overlap(&self, a: &Label, b: &Label) -> bool {
        self.nests(a) || self.nests(b)
    }

    /// Everything that keeps the scheme from being used; empty when it is sound.
    pub fn faults(&self) -> Vec<SchemeFault> {
        let mut faults = Vec::new();
        for (i, def) in self.labels.iter().enumerate() {
            let name = def.name.as_str();
            if name.is_empty() || name.chars().any(|c| c.is_whitespace() || c.is_control()) {
                faults.push(SchemeFault::Name(name.to_owned()));
            }
            if self.labels[..i].iter().any(|other| other.name == def.name) {
                faults.push(SchemeFault::Twice(def.name.clone()));
            }
            if !is_colour(&def.colour) {
                faults.push(SchemeFault::Colour(def.name.clone(), def.colour.clone()));
            }
            if def.standing == Standing::Retired {
                continue;
            }
            let Some(key) = def.key else { continue };
            if !key.is_ascii_uppercase() || RESERVED_KEYS.contains(key) {
                faults.push(SchemeFault::ReservedKey(def.name.clone(), key));
            }
            let sharing = self.labels[..i].iter().find(|other| other.key == Some(key) && other.standing != Standing::Retired);
            if let Some(other) = sharing {
                faults.push(SchemeFault::SharedKey(other.name.clone(), def.name.clone(), key));
            }
        }
        faults
    }
}

fn is_colour(colour: &str) -> bool {
    colour.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_scheme_is_sound() {
        let scheme = Scheme::standard();
        assert_eq!(scheme.faults(), []);
        assert_eq!(scheme.in_use().count(), 16);
        assert_eq!(scheme.labels.len(), 18);
        assert_eq!(scheme.by_key('o').map(|def| def.name.as_str()), Some("ORG"));
    }

    #[test]
    fn colliding_keys_are_told() {
        let mut scheme = Scheme::standard();
        scheme.labels[1].key = Some('P');
        scheme.labels[2].key = Some('X');
        scheme.labels[3].colour = "red".to_owned();
        let faults = scheme.faults();
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].to_string().contains("share the key P"));
    }
}
