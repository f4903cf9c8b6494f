//! Which articles of a session are copies of each other.
//!
//! One article after the other, in the order of the session, joins the group that it shares most with or begins one. It must be a
//! copy of more than half of those that stand for the group: so a roundup of two stories does not join what has nothing to do
//! with each other.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::sketch::Sketch;
use crate::annotation::{ArticleId, Session};

/// The groups of copies in a session.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Groups {
    /// Each with at least two articles, in the order of the session.
    groups: Vec<Vec<ArticleId>>,
    of: HashMap<ArticleId, usize>,
}

/// How many articles stand for a group at most; those that say nothing new do not.
const STANDING: usize = 8;
/// In how many groups something stands that is found in all of them, such as an outlet's notice: it finds nothing.
const COMMON: usize = 256;
/// How many groups are looked at for an article.
const CANDIDATES: usize = 6;

impl Groups {
    /// Looks through the texts of a session. `progress` is told articles done and all of them, on whatever thread; `None` where
    /// it was cancelled.
    pub fn find(session: &Session, cancelled: &AtomicBool, progress: &(dyn Fn(usize, usize) + Sync)) -> Option<Self> {
        let articles = session.articles();
        let done = AtomicUsize::new(0);
        let sketch = |article| {
            let sketch = (!cancelled.load(Ordering::Relaxed)).then(|| Sketch::of(article));
            let n = done.fetch_add(1, Ordering::Relaxed) + 1;
            if n.is_multiple_of(256) || n == articles.len() {
                progress(n, articles.len());
            }
            sketch
        };
        let sketches: Vec<Option<Sketch>> = articles.par_iter().map(|article| sketch(article)).collect();
        let sketches: Vec<Sketch> = sketches.into_iter().collect::<Option<_>>()?;
        let mut grouping = Grouping::over(&sketches);
        for at in 0..sketches.len() {
            if cancelled.load(Ordering::Relaxed) {
                return None;
            }
            grouping.take(at);
        }
        let ids = |members: Vec<usize>| members.into_iter().map(|at| articles[at].id.clone()).collect();
        let of_many = grouping.groups.into_iter().map(|group| group.members).filter(|members| members.len() > 1);
        let groups: Vec<Vec<ArticleId>> = of_many.map(ids).collect();
        let each = groups.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |id| (id.clone(), at)));
        Some(Self { of: each.collect(), groups })
    }

    pub fn all(&self) -> &[Vec<ArticleId>] {
        &self.groups
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The copies of an article, itself among them; empty where it has none.
    pub fn of(&self, article: &ArticleId) -> &[ArticleId] {
        self.of.get(article).map_or(&[], |at| &self.groups[*at])
    }

    /// Which of how many copies an article is, the first being 1.
    pub fn place(&self, article: &ArticleId) -> Option<(usize, usize)> {
        let group = self.of(article);
        Some((group.iter().position(|id| id == article)? + 1, group.len()))
    }

    /// How many articles would not have to be read if each text were read once.
    pub fn spare(&self) -> usize {
        self.groups.iter().map(|group| group.len() - 1).sum()
    }
}

#[derive(Default)]
struct Group {
    members: Vec<usize>,
    /// Those that a newcomer is compared with.
    standing: Vec<usize>,
}

struct Grouping<'s> {
    sketches: &'s [Sketch],
    groups: Vec<Group>,
    /// The groups in which a mark stands, in order.
    by_mark: HashMap<u32, Vec<usize>>,
    by_whole: HashMap<u64, usize>,
}

impl<'s> Grouping<'s> {
    fn over(sketches: &'s [Sketch]) -> Self {
        Self { sketches, groups: Vec::new(), by_mark: HashMap::new(), by_whole: HashMap::new() }
    }

    fn take(&mut self, at: usize) {
        let sketch = &self.sketches[at];
        let known = sketch.whole().and_then(|whole| self.by_whole.get(&whole)).copied();
        let group = known.or_else(|| self.candidates(sketch).into_iter().find(|group| self.fits(sketch, *group)));
        let group = group.unwrap_or_else(|| {
            self.groups.push(Group::default());
            self.groups.len() - 1
        });
        if let Some(whole) = sketch.whole() {
            self.by_whole.entry(whole).or_insert(group);
        }
        let Group { members, standing } = &mut self.groups[group];
        members.push(at);
        let is_new = known.is_none() && standing.iter().all(|other| !sketch.is_nearly(&self.sketches[*other]));
        if is_new && standing.len() < STANDING {
            standing.push(at);
            for mark in sketch.posted() {
                let groups = self.by_mark.entry(mark).or_default();
                if groups.len() < COMMON && !groups.contains(&group) {
                    groups.push(group);
                }
            }
        }
    }

    /// The groups that share most marks with an article, those with most first.
    fn candidates(&self, sketch: &Sketch) -> Vec<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let lists = sketch.posted().filter_map(|mark| self.by_mark.get(&mark)).filter(|groups| groups.len() < COMMON);
        lists.flatten().for_each(|group| *shared.entry(*group).or_default() += 1);
        let mut groups: Vec<(usize, usize)> = shared.into_iter().collect();
        groups.sort_unstable_by_key(|(group, n)| (std::cmp::Reverse(*n), *group));
        groups.into_iter().take(CANDIDATES).map(|(group, _)| group).collect()
    }

    fn fits(&self, sketch: &Sketch, group: usize) -> bool {
        let standing = &self.groups[group].standing;
        let copies = standing.iter().filter(|other| sketch.is_copy_of(&self.sketches[**other])).count();
        copies * 2 > standing.len()
    }
}
