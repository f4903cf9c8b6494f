//! The statistical model, by the conventions of this program.

use std::sync::Arc;

use super::super::model::{Model, Scratch};
use super::super::part::{Part, PartKind};
use super::super::refine::{self, Lists};
use super::super::source::{Asked, Candidate, Fault, Source, Standing};
use super::super::spans;
use crate::annotation::{Label, Origin, Score};

#[derive(Debug)]
pub struct Trained {
    model: Arc<Model>,
    /// The model in origins.
    name: Arc<str>,
}

impl Trained {
    pub fn new(model: Arc<Model>) -> Self {
        let name = model.version().into();
        Self { model, name }
    }
}

impl Source for Trained {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        let page = asked.page();
        let lists = Lists::new(asked.lexicon, &asked.reading);
        let mut out = Vec::new();
        for found in self.model.find(page, &mut Scratch::default()) {
            if !refine::is_known_script(page, &found.tokens) {
                continue;
            }
            let score = Score::from_thousandths((found.probability * 1000.0) as u16);
            for part in spans::of(page, &lists, found.tokens, found.class) {
                let label = Label::new(refine::label(page, &lists, &part.tokens, part.class));
                out.push(Candidate { span: part.span, label, score, origin: Origin::Model(self.name.clone()), value: None });
            }
        }
        Ok(out)
    }

    fn standing(&self) -> Standing {
        Standing::Guess
    }

    fn parts(&self) -> Vec<Part> {
        vec![Part::new(&self.name, PartKind::Model, "", "what it learnt from annotated news")]
    }

    fn reason(&self, origin: &Origin) -> Option<String> {
        matches!(origin, Origin::Model(name) if *name == self.name).then(|| "the model knows such names in such places".to_owned())
    }
}
