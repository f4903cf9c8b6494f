//! What all kinds of findings are looked for in, gathered once: the confirmed mentions of a session, by article and by
//! name.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::annotation::{Article, Label, Mention, Session, Standing, Verdict};
use crate::decide::settled::is_name;
use crate::text::{Span, name};

pub struct Ground<'s> {
    pub session: &'s Session,
    /// The confirmed mentions, in order of articles and reading. Contested ones wait for a person anyway.
    pub seen: Vec<Seen<'s>>,
    /// Every name that something is settled on, by key.
    pub names: Vec<Name<'s>>,
    /// Where the mentions of each article begin in `seen`, and where the last ones end.
    starts: Vec<usize>,
    cancelled: &'s AtomicBool,
}

/// A confirmed mention.
#[derive(Clone, Copy)]
pub struct Seen<'s> {
    /// The position of the article.
    pub at: usize,
    pub article: &'s Article,
    pub mention: &'s Mention,
    /// Which of [`Ground::names`].
    pub name: usize,
    /// The part of the mention's words that is the name itself, in bytes of these words.
    pub core: Span,
}

impl<'s> Seen<'s> {
    pub fn words(&self) -> &'s str {
        self.article.quote(self.mention.span)
    }

    /// Whether it is a name, not a date or an amount.
    pub fn is_name(&self) -> bool {
        is_name(&self.mention.label)
    }
}

pub struct Name<'s> {
    pub key: String,
    /// Places in [`Ground::seen`].
    pub seen: Vec<usize>,
    /// How many mentions of it were rejected.
    pub rejected: usize,
    /// One way in which it is written.
    pub surface: &'s str,
}

/// What a surface comes to.
struct Surface<'s> {
    words: &'s str,
    key: String,
    core: Span,
}

impl<'s> Ground<'s> {
    pub fn of(session: &'s Session, cancelled: &'s AtomicBool) -> Self {
        let mut surfaces: Vec<&'s str> = Vec::new();
        let mut number_of: HashMap<&'s str, usize> = HashMap::new();
        let mut seen = Vec::new();
        let mut rejected = Vec::new();
        let mut starts = vec![0];
        for (at, article) in session.articles().iter().enumerate() {
            for mention in article.mentions.iter().filter(|mention| mention.is_settled() && !mention.is_contested()) {
                let words = article.quote(mention.span);
                let name = *number_of.entry(words).or_insert_with(|| {
                    surfaces.push(words);
                    surfaces.len() - 1
                });
                match mention.is_confirmed() {
                    true => seen.push(Seen { at, article, mention, name, core: Span::default() }),
                    false => rejected.push(name),
                }
            }
            starts.push(seen.len());
        }
        let surface = |words: &&'s str| {
            let (key, core) = name::of(words);
            Surface { words, key, core }
        };
        let surfaces: Vec<Surface<'s>> = surfaces.par_iter().map(surface).collect();
        let (names, number_of) = names(&surfaces);
        let mut this = Self { session, seen, names, starts, cancelled };
        for (i, seen) in this.seen.iter_mut().enumerate() {
            seen.core = surfaces[seen.name].core;
            seen.name = number_of[seen.name];
            this.names[seen.name].seen.push(i);
        }
        rejected.into_iter().for_each(|surface| this.names[number_of[surface]].rejected += 1);
        this
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The confirmed mentions of the article at a position.
    pub fn in_article(&self, at: usize) -> &[Seen<'s>] {
        &self.seen[self.starts[at]..self.starts[at + 1]]
    }

    /// The confirmed mentions of a name that are names.
    pub fn of_name<'a>(&'a self, name: &'a Name<'s>) -> impl Iterator<Item = &'a Seen<'s>> {
        name.seen.iter().map(|at| &self.seen[*at]).filter(|seen| seen.is_name())
    }

    /// Whether a label is out of use for good: the scheme has retired it, or does not know it.
    pub fn is_retired(&self, label: &Label) -> bool {
        self.session.scheme().get(label).is_none_or(|def| def.standing == Standing::Retired)
    }

    /// The label that a standing rule gives to a name.
    pub fn ruled(&self, key: &str) -> Option<&'s Label> {
        let rules = self.session.rules().iter().filter(|rule| !rule.off);
        let mut on_name = rules.filter(|rule| name::key(&rule.name) == key);
        match &on_name.next()?.verdict {
            Verdict::Always(label) => Some(label),
            Verdict::Never => None,
        }
    }
}

/// The names that surfaces come to, sorted by key, and for each surface which it is.
fn names<'s>(surfaces: &[Surface<'s>]) -> (Vec<Name<'s>>, Vec<usize>) {
    let mut order: Vec<usize> = (0..surfaces.len()).collect();
    order.sort_by(|a, b| (&surfaces[*a].key, *a).cmp(&(&surfaces[*b].key, *b)));
    let mut names: Vec<Name<'s>> = Vec::new();
    let mut number_of = vec![0; surfaces.len()];
    for at in order {
        let surface = &surfaces[at];
        if names.last().is_none_or(|name| name.key != surface.key) {
            let written = surface.core.of(surface.words).unwrap_or(surface.words);
            names.push(Name { key: surface.key.clone(), seen: Vec::new(), rejected: 0, surface: written });
        }
        number_of[at] = names.len() - 1;
        // A headline in capitals is not how it is written.
        let written = surface.core.of(surface.words).unwrap_or(surface.words);
        let is_small = |words: &str| words.chars().any(char::is_lowercase);
        if let Some(name) = names.last_mut().filter(|name| !is_small(name.surface) && is_small(written)) {
            name.surface = written;
        }
    }
    (names, number_of)
}
