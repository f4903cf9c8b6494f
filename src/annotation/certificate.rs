//! A certificate of quality: a random sample of what is settled, and what was said of it by somebody who did not see what
//! was decided.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ArticleId, How, Label, PlaceMark, Time};

/// The sample with its answers. What it comes to is reckoned from it (`decide::certificate`), never stored.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    pub id: Arc<str>,
    /// What the sample was drawn with; the same session and seed give the same sample.
    pub seed: u64,
    /// How many settled articles it speaks for, and how many sentences stand in them.
    pub articles: u32,
    pub sentences: u32,
    /// How many mentions of each kind there are in them.
    pub strata: Vec<Stratum>,
    /// In the order in which they are asked.
    pub items: Vec<Item>,
    #[serde(default)]
    pub by: Arc<str>,
    #[serde(default)]
    pub at: Time,
}

/// Settled mentions that have one label and came to be settled in one way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// `None` for rejected ones.
    pub label: Option<Label>,
    pub how: How,
    pub size: u32,
}

/// One thing that is asked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub article: ArticleId,
    /// Start and end in code points, so that a file can tell them when the article has another text, or is gone.
    pub points: (u32, u32),
    /// Tells whether the words are still those that were drawn.
    pub mark: PlaceMark,
    pub decided: Decided,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// What was decided when the sample was drawn.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decided {
    /// A mention: its label, or that it was rejected.
    Mention { label: Option<Label>, how: How },
    /// A sentence: the labels of the confirmed mentions in it, sorted.
    Sentence(Vec<Label>),
}

/// What was said without seeing it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The words are a mention with this label.
    Label(Label),
    /// They are none.
    Nothing,
    /// They are a part of one, or more than one.
    Edges,
    /// The labels of all mentions in a sentence, sorted.
    Names(Vec<Label>),
}

impl Item {
    /// Whether the answer says that something was decided wrongly here; `None` before there is one that fits.
    pub fn is_wrong(&self) -> Option<bool> {
        match (&self.decided, self.answer.as_ref()?) {
            (Decided::Mention { label: Some(label), .. }, Answer::Label(said)) => Some(label != said),
            (Decided::Mention { label: Some(_), .. }, Answer::Nothing | Answer::Edges) => Some(true),
            // A rejection holds for these very words.
            (Decided::Mention { label: None, .. }, Answer::Label(_)) => Some(true),
            (Decided::Mention { label: None, .. }, Answer::Nothing | Answer::Edges) => Some(false),
            (Decided::Sentence(decided), Answer::Names(said)) => Some(said.len() > decided.len()),
            (Decided::Sentence(_), _) | (_, Answer::Names(_)) => None,
        }
    }

    pub fn is_sentence(&self) -> bool {
        matches!(self.decided, Decided::Sentence(_))
    }

    /// Whether an answer is one to this question.
    pub fn takes(&self, answer: &Answer) -> bool {
        self.is_sentence() == matches!(answer, Answer::Names(_))
    }
}

impl Certificate {
    /// How many were answered.
    pub fn answered(&self) -> usize {
        self.items.iter().filter(|item| item.answer.is_some()).count()
    }

    /// How many settled mentions it speaks for.
    pub fn mentions(&self) -> usize {
        self.strata.iter().map(|stratum| stratum.size as usize).sum()
    }

    /// Whether two differ in nothing but answers.
    pub fn is_same_sample(&self, other: &Self) -> bool {
        let blank = |certificate: &Self| {
            let items = certificate.items.iter().map(|item| Item { answer: None, ..item.clone() }).collect();
            Self { items, ..certificate.clone() }
        };
        blank(self) == blank(other)
    }

    /// Two people's answers to one sample. Where they answered one question differently, the answer that finds a fault stands,
    /// so that what is certified is never better than either said. It does not matter which is called which.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let mut joined = self.min(other).clone();
        for (item, (one, two)) in joined.items.iter_mut().zip(self.items.iter().zip(&other.items)) {
            item.answer = [one, two]
                .into_iter()
                .filter(|item| item.answer.is_some())
                .min_by_key(|item| (item.is_wrong() != Some(true), *item))
                .and_then(|item| item.answer.clone());
        }
        joined
    }
}
