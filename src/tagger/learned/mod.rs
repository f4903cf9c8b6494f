//! The learned layer: what the decisions of a session teach the tagger, so that the rest of the work costs less.
//!
//! Each settled article is a [`Lesson`], made from its text and decisions alone. Everything that is learnt is a sum over
//! lessons in whole numbers, so the order in which articles were settled says nothing, one more costs the same however many
//! there were, and one can be taken out again. Three things are learnt:
//!
//! - how a **name** is labelled here, and what is never one ([`names`]);
//! - which words belong to a name at its **edges** ([`edges`]);
//! - by how much the **weights** of the shipped model are moved ([`weights`]), with the model itself as what holds where
//!   decisions say nothing.
//!
//! Like all of the tagger this knows no session: what is settled is told by `decide::learning`.

mod carried;
pub mod edges;
mod grams;
mod lesson;
mod line;
pub mod names;
pub mod weights;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use carried::{Carried, Misfit};
pub use lesson::{Lesson, Settled};
pub use line::Line;

use super::model::Model;
use super::overlay::Overlay;
use super::page::Page;
use super::resolve::Drafts;
use super::source::Candidate;
use crate::annotation::{ArticleId, Scheme};
use edges::Edges;
use names::Names;
use weights::Sums;

/// The lessons of a session, and what they come to.
#[derive(Clone, Debug, Default)]
pub struct Lessons {
    of: BTreeMap<ArticleId, Arc<Lesson>>,
    names: Names,
    edges: Edges,
    sums: Sums,
    /// Articles of other sessions whose lessons these began with.
    before: usize,
}

impl Lessons {
    /// Begins with what was learnt elsewhere: names and edges of the labels of the scheme, weights where they are of this model.
    pub fn begin_with(&mut self, carried: &Carried, model: &Model, scheme: &Scheme) {
        self.before += carried.articles;
        self.names.add(carried.names(), scheme);
        self.edges.add(carried.edges(), scheme);
        self.sums.add(carried.weights(model));
    }

    /// What all lessons came to, with those that they began with, to be carried elsewhere under a name and a licence.
    pub fn carried(&self, said: [&str; 2], model: &Model) -> Carried {
        Carried::of(said, model, self.articles(), (&self.names, &self.edges, &self.sums))
    }

    /// How many articles these lessons are of, elsewhere and here.
    pub fn articles(&self) -> usize {
        self.before + self.of.len()
    }

    /// Takes in the lesson of an article, in the place of the one that it had.
    pub fn put(&mut self, id: &ArticleId, lesson: Arc<Lesson>) {
        self.take(id);
        self.count(&lesson, 1);
        self.of.insert(id.clone(), lesson);
    }

    /// Forgets the lesson of an article.
    pub fn take(&mut self, id: &ArticleId) {
        if let Some(lesson) = self.of.remove(id) {
            self.count(&lesson, -1);
        }
    }

    pub fn get(&self, id: &ArticleId) -> Option<&Arc<Lesson>> {
        self.of.get(id)
    }

    pub fn len(&self) -> usize {
        self.of.len()
    }

    pub fn is_empty(&self) -> bool {
        self.articles() == 0
    }

    fn count(&mut self, lesson: &Lesson, by: i32) {
        self.names.count(&lesson.names, &lesson.bare, by);
        self.edges.count(&lesson.edges, by);
        self.sums.count(&lesson.shares, i64::from(by));
    }

    /// What the lessons come to by now.
    pub fn learned(&self) -> Learned {
        Learned {
            articles: self.articles(),
            names: self.names.clone(),
            edges: self.edges.clone(),
            overlay: Arc::new(self.sums.overlay(self.articles())),
        }
    }
}

/// What was learnt, ready for use.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    pub articles: usize,
    pub names: Names,
    pub edges: Edges,
    pub overlay: Arc<Overlay>,
}

impl Learned {
    /// The places of names that were settled before.
    pub(super) fn places(&self, page: &Page<'_>) -> Vec<Candidate> {
        self.names.places(page)
    }

    /// Brings the answer of all sources in line with what was decided: `places` as of [`Learned::places`]. `is_on` says
    /// whether a thing that was learnt counts, by its id.
    pub(super) fn revise(&self, page: &Page<'_>, places: &[Candidate], drafts: &mut Drafts, scheme: &Scheme, is_on: &dyn Fn(&str) -> bool) {
        self.edges.revise(page, drafts, scheme, is_on);
        places.iter().for_each(|one| names::weigh(page, one, drafts, scheme));
        self.names.strike(page, drafts, is_on);
    }

    /// What was learnt, line by line: of names, of edges, of the model.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.names.lines();
        lines.extend(self.edges.lines());
        lines.sort();
        if !self.overlay.rows.is_empty() {
            let about = format!("its weights moved by {} settled articles", self.articles);
            lines.push(Line { id: MODEL.into(), name: "the model".into(), label: None, about });
        }
        lines
    }

    /// Why something was suggested, in a clause, by what its origin names.
    pub fn reason(&self, what: &str) -> Option<String> {
        if what == MODEL {
            return Some(format!("the model, with its weights moved by {} settled articles of this session", self.articles));
        }
        self.names.reason(what).or_else(|| self.edges.reason(what))
    }
}

/// What an origin says of learning, where the lessons themselves are not at hand.
pub fn told(what: &str) -> String {
    match what.split_once('/') {
        Some(("name", name)) => format!("other decisions on “{name}” in this session"),
        Some((_, edge)) => format!("where names end in this session, by “{}”", edge.rsplit('/').next().unwrap_or(edge)),
        None => "the model, with its weights moved by what was settled in this session".to_owned(),
    }
}

/// What the moved weights of the model are called in origins.
pub const MODEL: &str = "model";
