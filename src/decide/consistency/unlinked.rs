//! A name that is not linked although what it speaks of is clear: the full name is linked in the same article, or the whole
//! session knows one thing that is called so.
//!
//! A surname or a firm’s short name only tells who is meant in the article of the full name; an acronym or a name in full
//! tells it everywhere, unless two entities are called so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::finding::{Finding, Place, Step};
use super::ground::{Ground, Seen};
use crate::annotation::{EntityId, Label};
use crate::decide::names::{Reason, ShortName, short_names};
use crate::text::name;

pub fn find(ground: &Ground<'_>) -> Vec<Finding> {
    if ground.session.entities().is_empty() {
        return Vec::new();
    }
    let everywhere = Everywhere::of(ground);
    let mut shorts = Shorts::default();
    let mut found: BTreeMap<(&EntityId, usize), Vec<&Seen<'_>>> = BTreeMap::new();
    for at in 0..ground.session.articles().len() {
        let seen = ground.in_article(at);
        if seen.iter().all(|seen| seen.mention.entity.is_some() || !seen.is_name()) {
            continue;
        }
        let here = Here::of(ground, seen, &mut shorts);
        for seen in seen.iter().filter(|seen| seen.mention.entity.is_none() && seen.is_name()) {
            if let Some(entity) = here.meant(ground, seen, &everywhere) {
                found.entry((entity, seen.name)).or_default().push(seen);
            }
        }
    }
    let mut linked: HashMap<&EntityId, Vec<Place>> = HashMap::new();
    for seen in &ground.seen {
        if let Some(places) =
            seen.mention.entity.as_ref().map(|entity| linked.entry(entity).or_default()).filter(|places| places.len() < SHOWN)
        {
            places.push(Place::of(seen.article, seen.mention));
        }
    }
    let beside = |entity: &EntityId| linked.get(entity).cloned().unwrap_or_default();
    found.into_iter().map(|((entity, _), seen)| finding(ground, entity, &seen, beside(entity))).collect()
}

/// How many linked mentions of an entity are shown.
const SHOWN: usize = 5;

fn finding(ground: &Ground<'_>, id: &EntityId, seen: &[&Seen<'_>], beside: Vec<Place>) -> Finding {
    let name = &ground.names[seen[0].name];
    let full = ground.session.entity(id).map_or(id.as_str(), |entity| entity.name.as_str());
    let words = format!(
        "“{}” is not linked to {full} {}",
        name.surface,
        match seen.len() {
            1 => "in one place".to_owned(),
            n => format!("in {n} places"),
        }
    );
    let places = seen.iter().map(|seen| Place::of(seen.article, seen.mention).with(Step::Link(id.clone()))).collect();
    Finding::new("unlinked", &format!("{} {id}", name.key), name.surface, words, places)
        .beside(beside)
        .mended_by(Some(format!("link it to {full}")))
}

/// The short names of surfaces, each worked out once.
#[derive(Default)]
struct Shorts<'s>(HashMap<(&'s str, &'s Label), Vec<ShortName>>);

impl<'s> Shorts<'s> {
    fn of(&mut self, seen: &Seen<'s>) -> &[ShortName] {
        let label = &seen.mention.label;
        self.0.entry((seen.words(), label)).or_insert_with(|| short_names(seen.words(), label))
    }
}

/// Who may be meant by which name in one article.
struct Here<'s> {
    meant: HashMap<(String, &'s Label), BTreeSet<&'s EntityId>>,
    /// Short names of what is not linked itself: somebody else may be meant by them.
    unknown: BTreeSet<String>,
}

impl<'s> Here<'s> {
    fn of(ground: &Ground<'s>, seen: &[Seen<'s>], shorts: &mut Shorts<'s>) -> Self {
        let mut this = Self { meant: HashMap::new(), unknown: BTreeSet::new() };
        for seen in seen.iter().filter(|seen| seen.is_name()) {
            let label = &seen.mention.label;
            let key = &ground.names[seen.name].key;
            let short = shorts.of(seen).iter().filter(|short| is_telling(&short.reason)).map(|short| short.key.clone());
            match &seen.mention.entity {
                Some(entity) => {
                    for key in short.chain([key.clone()]) {
                        this.meant.entry((key, label)).or_default().insert(entity);
                    }
                }
                None => this.unknown.extend(short),
            }
        }
        this
    }

    /// The one entity that an unlinked mention can speak of.
    fn meant(&self, ground: &Ground<'s>, seen: &Seen<'s>, everywhere: &Everywhere<'s>) -> Option<&'s EntityId> {
        let key = ground.names[seen.name].key.clone();
        let is_disputed = self.unknown.contains(&key);
        let here = self.meant.get(&(key.clone(), &seen.mention.label)).filter(|_| !is_disputed);
        match here {
            Some(entities) => entities.first().filter(|_| entities.len() == 1).copied(),
            None if is_disputed => None,
            None => everywhere.meant(&key, &seen.mention.label, seen.words()),
        }
    }
}

fn is_telling(reason: &Reason) -> bool {
    matches!(reason, Reason::Surname(_) | Reason::Acronym(_) | Reason::Short(_))
}

/// What the entities of the session are called: by names in full, and by acronyms of them.
struct Everywhere<'s>(HashMap<(String, &'s Label), BTreeSet<&'s EntityId>>);

impl<'s> Everywhere<'s> {
    fn of(ground: &Ground<'s>) -> Self {
        let mut called: HashMap<(String, &'s Label), BTreeSet<&'s EntityId>> = HashMap::new();
        for entity in ground.session.entities().values() {
            for surface in std::iter::once(&entity.name).chain(&entity.aliases) {
                let short = short_names(surface, &entity.label);
                let acronyms = short.into_iter().filter(|short| matches!(short.reason, Reason::Acronym(_))).map(|short| short.key);
                for key in acronyms.chain([name::key(surface)]) {
                    called.entry((key, &entity.label)).or_default().insert(&entity.id);
                }
            }
        }
        Self(called)
    }

    /// The one entity that is called so. A person of one name can be anybody.
    fn meant(&self, key: &str, label: &'s Label, words: &str) -> Option<&'s EntityId> {
        let is_acronym = words.chars().filter(|c| c.is_uppercase()).count() >= 2 && !words.chars().any(char::is_lowercase);
        let is_whole = key.contains(' ') || is_acronym || label.as_str() != "PERSON";
        let entities = self.0.get(&(key.to_owned(), label)).filter(|_| is_whole)?;
        entities.first().filter(|_| entities.len() == 1).copied()
    }
}
