//! Annotations of articles that the session knows, while it is asked what becomes of them.

use std::sync::Arc;

use crate::annotation::{Article, Entity};
use crate::decide::intake::{Comparison, Taking};

/// Articles as files brought them, with what their mentions are linked to.
#[derive(Debug, Default)]
pub struct Given {
    pub articles: Vec<Article>,
    pub entities: Vec<Entity>,
    /// The files, for people.
    pub from: String,
}

#[derive(Clone, Debug)]
pub struct Offering {
    pub given: Arc<Given>,
    pub taking: Taking,
    /// Whether labels that the scheme has not are added to it.
    pub adds_labels: bool,
    /// How they compare with what is here; nothing while that is looked up.
    pub told: Option<Comparison>,
}

impl Offering {
    pub fn new(given: Given) -> Self {
        Self { given: Arc::new(given), taking: Taking::Decisions, adds_labels: true, told: None }
    }
}
