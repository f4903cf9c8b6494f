//! What a session knows besides its articles: entities, and standing rules on names.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{EntityId, Label, Time};

/// A thing in the world that mentions speak of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    pub id: EntityId,
    /// The canonical name.
    pub name: String,
    pub label: Label,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// An id in a knowledge base, for instance the Wikidata QID `Q567`.
    #[serde(default)]
    pub kb: Option<String>,
    #[serde(default)]
    pub note: String,
}

/// A decision that stays: it also acts on articles added later.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingRule {
    /// The surface form as the analyst saw it; matched by its normalised name.
    pub name: String,
    pub verdict: Verdict,
    #[serde(default)]
    pub off: bool,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub by: Arc<str>,
    #[serde(default)]
    pub at: Time,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Verdict {
    /// Every occurrence of the name is a mention with this label.
    Always(Label),
    /// The name is never a mention.
    Never,
}
