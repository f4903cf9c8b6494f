//! What was learnt, to be carried from one session into others: the sums themselves, so that what is learnt there adds to them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::model::Model;
use super::edges::{CountedEdge, Edges};
use super::names::{CountedName, Names};
use super::weights::{CountedWeight, Sums};
use crate::annotation::{Label, Scheme};

/// The form of what is written; another one is another number.
const FORM: u32 = 1;

/// More settled articles than anybody has, so that no sum runs over.
const MOST: i64 = 1 << 24;

/// What so many settled articles came to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    form: u32,
    /// What it is called, for people.
    pub name: String,
    /// Under which terms others may have it: the analyst's own affair, since names and words of the articles are in it.
    #[serde(default)]
    pub licence: String,
    /// Which model the moved weights belong to.
    model: String,
    /// How many settled articles it was learnt from.
    pub articles: usize,
    names: Vec<CountedName>,
    /// Runs of words, by their hash, and in how many articles each is no name.
    bare: Vec<(u64, i32)>,
    edges: Vec<CountedEdge>,
    weights: Vec<CountedWeight>,
}

/// Why what was carried cannot be used, or not all of it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Misfit {
    #[error("it is of form {0}, which this program does not know; a newer one wrote it")]
    Form(u32),
    #[error("it is damaged: {0}")]
    Damaged(&'static str),
    #[error("its moved weights are for the model {0:?}, not {1:?}, and are left out; names and edges count")]
    OtherModel(String, String),
    #[error("the session has no label {0}, and what was learnt of such names is left out")]
    OtherLabels(String),
}

impl Misfit {
    /// Whether nothing of it can be used.
    pub fn is_whole(&self) -> bool {
        matches!(self, Misfit::Form(_) | Misfit::Damaged(_))
    }
}

impl Carried {
    /// What was counted in so many articles; `said` are its name and its licence.
    pub(super) fn of(said: [&str; 2], model: &Model, articles: usize, (names, edges, sums): (&Names, &Edges, &Sums)) -> Self {
        let (names, bare) = names.counted();
        let (edges, [name, licence]) = (edges.counted(), said.map(str::to_owned));
        let weights = sums.counted();
        Self { form: FORM, name, licence, model: model.mark(), articles, names, bare, edges, weights }
    }

    /// Whether it can be used at all.
    ///
    /// # Errors
    /// A form that is unknown, and numbers that no lesson can come to.
    pub fn check(&self) -> Result<(), Misfit> {
        if self.form != FORM {
            return Err(Misfit::Form(self.form));
        }
        let is_count = |n: &i32| (1..=MOST).contains(&i64::from(*n));
        let damaged = |is: bool, what| if is { Err(Misfit::Damaged(what)) } else { Ok(()) };
        damaged(!(1..=MOST as usize).contains(&self.articles), "it was learnt from no article")?;
        damaged(!self.names.iter().all(CountedName::is_sound), "a name is counted wrongly")?;
        damaged(!self.bare.iter().all(|(_, n)| is_count(n)), "what is no name is counted wrongly")?;
        damaged(!self.edges.iter().all(CountedEdge::is_sound), "an edge is counted wrongly")?;
        damaged(!self.weights.iter().all(CountedWeight::is_sound), "a weight is counted wrongly")
    }

    /// What of it does not fit a model and a scheme, and is left out.
    pub fn misfits(&self, model: &Model, scheme: &Scheme) -> Vec<Misfit> {
        let other = (self.model != model.mark()).then(|| Misfit::OtherModel(self.model.clone(), model.mark()));
        let labels: BTreeSet<&Label> =
            self.names.iter().flat_map(CountedName::labels).chain(self.edges.iter().map(CountedEdge::label)).collect();
        let labels: Vec<&str> = labels.into_iter().filter(|label| scheme.get(label).is_none()).map(Label::as_str).collect();
        let labels = (!labels.is_empty()).then(|| Misfit::OtherLabels(labels.join(", ")));
        other.into_iter().chain(labels).collect()
    }

    pub(super) fn names(&self) -> (&[CountedName], &[(u64, i32)]) {
        (&self.names, &self.bare)
    }

    pub(super) fn edges(&self) -> &[CountedEdge] {
        &self.edges
    }

    /// The weights, where they are of this model.
    pub(super) fn weights(&self, model: &Model) -> &[CountedWeight] {
        if self.model == model.mark() { &self.weights } else { &[] }
    }
}
