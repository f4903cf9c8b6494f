//! What readers hand out, those of article files and those of interchange formats alike.

use std::sync::atomic::{AtomicBool, Ordering};

use super::fault::Trouble;
use crate::annotation::{Article, Entity};

/// An article on its way in.
#[derive(Debug)]
pub struct Incoming {
    /// Its id is a wish, for another may have it. Where it has no source, it gets the file that it was read from.
    pub article: Article,
    /// Which article of the file it is, counted from 1, or its line; 0 where the file is one article.
    pub number: u32,
    /// Whether the file gave it its id, so that it is told where another has it.
    pub has_own_id: bool,
    /// The things that its mentions are linked to, as far as the file tells of them.
    pub entities: Vec<Entity>,
    /// What was left out of it, mended or not understood.
    pub notes: Vec<Trouble>,
    /// The encoding that it was decoded from, by its WHATWG name.
    pub encoding: &'static str,
}

impl Incoming {
    pub fn new(article: Article, encoding: &'static str) -> Self {
        Self { article, number: 0, has_own_id: false, entities: Vec::new(), notes: Vec::new(), encoding }
    }
}

/// Where a reader puts what it reads.
pub struct Sink<'a> {
    take: &'a mut dyn FnMut(Result<Incoming, Trouble>),
    cancel: &'a AtomicBool,
}

impl<'a> Sink<'a> {
    pub fn new(take: &'a mut dyn FnMut(Result<Incoming, Trouble>), cancel: &'a AtomicBool) -> Self {
        Self { take, cancel }
    }

    pub fn article(&mut self, incoming: Incoming) {
        (self.take)(Ok(incoming));
    }

    /// Tells what there is to say of the file, not of one of its articles.
    pub fn tell(&mut self, trouble: Trouble) {
        (self.take)(Err(trouble));
    }

    /// For one that stands before this one.
    pub fn cancel(&self) -> &'a AtomicBool {
        self.cancel
    }

    /// Whether nobody waits for more. A reader of many articles asks before each.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}
