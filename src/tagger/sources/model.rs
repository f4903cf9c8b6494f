//! The statistical model, by the conventions of this program.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::cues;
use super::super::lattice::Class;
use super::super::model::{Found, Model, Scratch};
use super::super::overlay::Overlay;
use super::super::page::{Case, Page};
use super::super::part::{Part, PartKind};
use super::super::refine::{self, Lists};
use super::super::source::{Asked, Candidate, Fault, Source, Standing};
use super::super::spans;
use crate::annotation::{Label, Origin, Score};
use crate::text::tokens::TokenKind;

#[derive(Debug)]
pub struct Trained {
    model: Arc<Model>,
    /// The model in origins.
    name: Arc<str>,
    /// Room for the model's work, handed from article to article.
    room: Mutex<Vec<Scratch>>,
}

impl Trained {
    pub fn new(model: Arc<Model>) -> Self {
        let name = model.version().into();
        Self { model, name, room: Mutex::default() }
    }

    fn found(&self, page: &Page<'_>) -> Vec<Found> {
        let room = || self.room.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = room().pop().unwrap_or_default();
        let found = self.model.find(page, &mut scratch);
        room().push(scratch);
        found
    }
}

impl Source for Trained {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        let page = asked.page();
        let lists = Lists::new(asked.lexicon, &asked.reading);
        let mut out = Vec::new();
        for found in self.found(page) {
            if !refine::is_known_script(page, &found.tokens) {
                continue;
            }
            let score = Score::from_thousandths((found.probability * 1000.0) as u16);
            for part in spans::of(page, &lists, found.tokens, found.class) {
                if part.class == Class::Event && is_day_and_noun(page, &part.tokens) {
                    continue;
                }
                let label = Label::new(refine::label(page, &lists, &part.tokens, part.class));
                out.push(Candidate { span: part.span, label, score, origin: Origin::Model(self.name.clone()), value: None });
            }
        }
        Ok(out)
    }

    fn standing(&self) -> Standing {
        Standing::Guess
    }

    fn moved(&self, by: &Arc<Overlay>) -> Option<Arc<dyn Source>> {
        Some(Arc::new(Self::new(Arc::new(self.model.moved(by)))))
    }

    fn parts(&self) -> Vec<Part> {
        vec![Part::new(&self.name, PartKind::Model, "", "what it learnt from annotated news")]
    }

    fn reason(&self, origin: &Origin) -> Option<String> {
        matches!(origin, Origin::Model(name) if *name == self.name)
            .then(|| "the model, for how it is written and what stands around it".to_owned())
    }
}

/// `Sept. 11 attacks`: a day, and what happened on it in plain words, is no name.
fn is_day_and_noun(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let is_month = |i: usize| page.words[i].cues & cues::CALENDAR != 0;
    let is_number = |i: usize| page.tokens[i].kind == TokenKind::Number;
    let is_plain = |i: usize| is_month(i) || is_number(i) || page.word_text(i) == "." || page.words[i].case == Case::Lower;
    tokens.clone().any(is_month) && tokens.clone().any(is_number) && tokens.clone().all(is_plain)
}
