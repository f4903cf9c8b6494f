//! One article that two people have worked on.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::fields::Fields;
use super::lists::{changed, joined, set};
use super::mention;
use super::page::{Side, tidy};
use crate::annotation::{Article, Conflict, Desk, Mention, MentionId, Meta, Scheme};
use crate::decide::anchors::refresh;

/// What becomes of an article.
#[derive(Default)]
pub struct Outcome {
    pub article: Option<Arc<Article>>,
    /// The other side's article of the same id and another text, which gets an id of its own.
    pub beside: Option<Arc<Article>>,
    /// Whether both are versions of one article, of which one is to be chosen.
    pub is_version: bool,
    pub conflicts: Vec<Conflict>,
}

type Version<'a> = Option<&'a Arc<Article>>;

pub fn merged(scheme: &Scheme, base: Version<'_>, ours: Version<'_>, theirs: Version<'_>) -> Outcome {
    if let Some(one) = changed(base, ours, theirs) {
        return Outcome { article: one.cloned(), ..Outcome::default() };
    }
    match (base, ours, theirs) {
        (base, Some(ours), Some(theirs)) => both(scheme, base, ours, theirs),
        (Some(base), Some(left), None) | (Some(base), None, Some(left)) if is_worked_on(base, left) => {
            Outcome { article: Some(left.clone()), conflicts: vec![Conflict::Removed(left.id.clone())], ..Outcome::default() }
        }
        _ => Outcome::default(),
    }
}

/// Whether a person has changed anything; other suggestions alone are nobody's work.
fn is_worked_on(base: &Article, left: &Article) -> bool {
    let decided = |article: &Article| -> Vec<Mention> {
        let is_work = |mention: &&Mention| mention.is_settled() || mention.entity.is_some() || mention.note.is_some();
        article.mentions.iter().filter(is_work).cloned().collect()
    };
    let rest = |article: &Article| (article.text.clone(), article.meta.clone(), article.zones.clone(), article.desk.clone());
    rest(base) != rest(left) || decided(base) != decided(left)
}

fn both(scheme: &Scheme, base: Version<'_>, ours: &Arc<Article>, theirs: &Arc<Article>) -> Outcome {
    let Some(base) = base else {
        if ours.text != theirs.text {
            return Outcome { article: Some(ours.clone()), beside: Some(theirs.clone()), ..Outcome::default() };
        }
        return on_one_text(scheme, None, ours, theirs);
    };
    // Where a source was taken over on one side, what the other side decided on the old text goes along with it.
    if ours.text == theirs.text {
        return on_one_text(scheme, Some(&carried(base, ours)), ours, theirs);
    }
    if ours.text == base.text {
        return on_one_text(scheme, Some(&carried(base, theirs)), &carried(ours, theirs), theirs);
    }
    if theirs.text == base.text {
        return on_one_text(scheme, Some(&carried(base, ours)), ours, &carried(theirs, ours));
    }
    let outcome = on_one_text(scheme, Some(&carried(base, ours)), ours, &carried(theirs, ours));
    Outcome { beside: Some(theirs.clone()), is_version: true, ..outcome }
}

/// `article` on the text of `onto`.
fn carried(article: &Arc<Article>, onto: &Article) -> Arc<Article> {
    if article.text == onto.text { article.clone() } else { refresh::article(article, onto).after }
}

fn on_one_text(scheme: &Scheme, base: Option<&Article>, ours: &Article, theirs: &Article) -> Outcome {
    let id = &ours.id;
    let mut conflicts = Vec::new();
    let blank = Article::new(id.clone(), ours.text.clone());
    let was = base.unwrap_or(&blank);
    let (meta, other) = meta(&was.meta, &ours.meta, &theirs.meta);
    conflicts.extend(other.map(|other| Conflict::Meta { article: id.clone(), other }));
    let (desk, other) = desk(&was.desk, &ours.desk, &theirs.desk);
    conflicts.extend(other.map(|other| Conflict::Desk { article: id.clone(), other }));
    let zones = changed(&was.zones, &ours.zones, &theirs.zones).unwrap_or_else(|| {
        conflicts.push(Conflict::Zones { article: id.clone(), other: theirs.zones.clone() });
        &ours.zones
    });
    let mut page = Article {
        id: id.clone(),
        text: ours.text.clone(),
        meta,
        source: changed(&was.source, &ours.source, &theirs.source).unwrap_or(&ours.source).clone(),
        zones: zones.clone(),
        desk,
        mentions: Vec::new(),
        extras: set(&was.extras, &ours.extras, &theirs.extras),
    };
    let sides = [Side::of(ours), Side::of(theirs)];
    if let Some(one) = changed(&was.mentions, &ours.mentions, &theirs.mentions) {
        page.mentions.clone_from(one);
    } else {
        let before: HashMap<MentionId, &Mention> = was.mentions.iter().map(|mention| (mention.id, mention)).collect();
        let ids: BTreeSet<MentionId> = before.keys().chain(sides[0].mentions.keys()).chain(sides[1].mentions.keys()).copied().collect();
        let [ours, theirs] = [&sides[0].mentions, &sides[1].mentions];
        let get = |side: &HashMap<MentionId, &'_ Mention>, id: &MentionId| side.get(id).map(|mention| (*mention).clone());
        page.mentions = ids
            .iter()
            .filter_map(|id| mention::merged(get(&before, id).as_ref(), get(ours, id).as_ref(), get(theirs, id).as_ref()))
            .collect();
    }
    tidy(&mut page, &sides, scheme, &mut conflicts);
    Outcome { article: Some(Arc::new(page)), conflicts, ..Outcome::default() }
}

fn meta(base: &Meta, ours: &Meta, theirs: &Meta) -> (Meta, Option<Meta>) {
    let mut fields = Fields::default();
    let mut take = |of: fn(&Meta) -> &Option<String>| fields.take(Some(of(base)), of(ours), of(theirs));
    let (title, other_title) = take(|meta| &meta.title);
    let (byline, other_byline) = take(|meta| &meta.byline);
    let (outlet, other_outlet) = take(|meta| &meta.outlet);
    let (published, other_published) = take(|meta| &meta.published);
    let (language, other_language) = take(|meta| &meta.language);
    let (url, other_url) = take(|meta| &meta.url);
    let other = Meta {
        title: other_title,
        byline: other_byline,
        outlet: other_outlet,
        published: other_published,
        language: other_language,
        url: other_url,
    };
    (Meta { title, byline, outlet, published, language, url }, fields.disputed(other))
}

fn desk(base: &Desk, ours: &Desk, theirs: &Desk) -> (Desk, Option<Desk>) {
    let mut fields = Fields::default();
    let (progress, other) = fields.take(Some(&base.progress), &ours.progress, &theirs.progress);
    let desk = Desk {
        progress,
        flagged: changed(base.flagged, ours.flagged, theirs.flagged).unwrap_or(true),
        tags: set(&base.tags, &ours.tags, &theirs.tags),
        note: changed(&base.note, &ours.note, &theirs.note).cloned().unwrap_or_else(|| joined(&ours.note, &theirs.note)),
    };
    let other = Desk { progress: other, ..desk.clone() };
    (desk, fields.disputed(other))
}
