//! Changing entities: name, label, aliases, note and knowledge-base id; two become one; one becomes two. Each is one
//! edit with its inverse, the links of all mentions included.

use super::id;
use crate::annotation::{Article, ArticleId, Edit, Entity, EntityId, Label, Mention, MentionId, Op, Session, Target, Verb};
use crate::decide::terms::{check_label, edit_of};
use crate::decide::{Refusal, Stamp};
use crate::text::name;

/// A new entity, named as given, with an id that no other has.
pub fn new(session: &Session, name: &str, label: &Label) -> Entity {
    let name = flat(name);
    Entity { id: id::fresh(session, &name), name, label: label.clone(), aliases: Vec::new(), kb: None, note: String::new() }
}

/// Puts `after` in the place of the entity with its id, or adds it. White space is levelled, aliases that say the name
/// again are dropped, a knowledge-base id is brought into its form.
///
/// # Errors
/// [`Refusal::Nameless`], [`Refusal::Label`], [`Refusal::KnowledgeId`], and [`Refusal::Already`] when nothing changes.
pub fn set(session: &Session, after: &Entity, stamp: &Stamp) -> Result<Edit, Refusal> {
    let before = session.entity(&after.id);
    let mut after = Entity { name: flat(&after.name), note: after.note.trim().to_owned(), ..after.clone() };
    if after.name.is_empty() {
        return Err(Refusal::Nameless);
    }
    if before.is_none_or(|before| before.label != after.label) {
        check_label(session, &after.label)?;
    }
    // What another tool brought may have a form of its own; it stays as long as nobody changes it.
    if before.is_none_or(|before| before.kb != after.kb) {
        after.kb = id::knowledge_id(after.kb.as_deref().unwrap_or_default())?;
    }
    after.aliases = aliases(&after.name, after.aliases.iter().map(String::as_str));
    if before == Some(&after) {
        return Err(Refusal::Already);
    }
    let what = after.name.clone();
    Ok(of_entity(Verb::EditEntity, &what, stamp, vec![Op::Entity { before: before.cloned(), after: Some(after) }]))
}

/// Two entities become one: what `from` has goes to `into`, which keeps its name, id and label; the name of `from`
/// becomes an alias.
///
/// # Errors
/// [`Refusal::NoEntity`]; [`Refusal::Already`] where they are one.
pub fn merge(session: &Session, from: &EntityId, into: &EntityId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (gone, kept) = (find(session, from)?, find(session, into)?);
    if from == into {
        return Err(Refusal::Already);
    }
    let names = kept.aliases.iter().chain([&gone.name]).chain(&gone.aliases).map(String::as_str);
    let notes: Vec<&str> = [&*kept.note, &*gone.note].into_iter().filter(|note| !note.is_empty()).collect();
    let after = Entity {
        aliases: aliases(&kept.name, names),
        kb: kept.kb.clone().or_else(|| gone.kb.clone()),
        note: notes.join(" "),
        ..kept.clone()
    };
    let mut ops = vec![Op::Entity { before: Some(kept.clone()), after: Some(after) }];
    ops.extend(mentions(session, from).map(|(article, mention)| linked(article, mention, Some(into))));
    ops.push(Op::Entity { before: Some(gone.clone()), after: None });
    let target = first_target(session, from);
    Ok(Edit { target, ..of_entity(Verb::Merge, &format!("{} into {}", gone.name, kept.name), stamp, ops) })
}

/// Some mentions of an entity become another one, named `name`.
///
/// # Errors
/// [`Refusal::NoEntity`]; [`Refusal::NoMention`] where none of `chosen` is linked to it; [`Refusal::NothingStays`] where
/// all are.
pub fn split(session: &Session, entity: &EntityId, chosen: &[(ArticleId, MentionId)], name: &str, stamp: &Stamp) -> Result<Edit, Refusal> {
    let before = find(session, entity)?;
    let other = new(session, name, &before.label);
    if other.name.is_empty() {
        return Err(Refusal::Nameless);
    }
    let mut ops = vec![Op::Entity { before: None, after: Some(other.clone()) }];
    ops.extend(relinked(session, entity, chosen, Some(&other.id))?);
    let moved = ops.len() - 1;
    if moved == mentions(session, entity).count() {
        return Err(Refusal::NothingStays);
    }
    // An alias that nothing but the new entity is called by goes with it.
    let keys: Vec<String> = std::iter::once(name::key(&other.name)).collect();
    let is_left = |key: &str| {
        let stays = |(article, mention): &(&Article, &Mention)| !chosen.contains(&(article.id.clone(), mention.id));
        mentions(session, entity).filter(stays).any(|(article, mention)| name::key(article.quote(mention.span)) == key)
    };
    let mut after = before.clone();
    after.aliases.retain(|alias| {
        let key = name::key(alias);
        !keys.contains(&key) || is_left(&key)
    });
    if after != *before {
        ops.push(Op::Entity { before: Some(before.clone()), after: Some(after) });
    }
    let target = chosen.first().map(|(article, mention)| Target { article: article.clone(), mention: Some(*mention) });
    Ok(Edit { target, ..of_entity(Verb::Split, &format!("{} from {}", other.name, before.name), stamp, ops) })
}

/// Some mentions are of this entity no longer; the mentions themselves stay.
///
/// # Errors
/// [`Refusal::NoEntity`]; [`Refusal::NoMention`] where none of `chosen` is linked to it.
pub fn unlink(session: &Session, entity: &EntityId, chosen: &[(ArticleId, MentionId)], stamp: &Stamp) -> Result<Edit, Refusal> {
    let before = find(session, entity)?;
    let ops = relinked(session, entity, chosen, None)?;
    let target = chosen.first().map(|(article, mention)| Target { article: article.clone(), mention: Some(*mention) });
    Ok(Edit { target, ..of_entity(Verb::Link, &format!("{} to nothing", before.name), stamp, ops) })
}

/// Takes an entity out of the session; its mentions stay, unlinked.
///
/// # Errors
/// [`Refusal::NoEntity`].
pub fn remove(session: &Session, entity: &EntityId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let before = find(session, entity)?;
    let mut ops: Vec<Op> = mentions(session, entity).map(|(article, mention)| linked(article, mention, None)).collect();
    ops.push(Op::Entity { before: Some(before.clone()), after: None });
    let target = first_target(session, entity);
    Ok(Edit { target, ..of_entity(Verb::EditEntity, &before.name, stamp, ops) })
}

/// The mentions that are linked to an entity, in every state, in order of articles and reading. Linear in the mentions.
pub fn mentions<'s>(session: &'s Session, entity: &EntityId) -> impl Iterator<Item = (&'s Article, &'s Mention)> {
    let of = |article: &'s Article| article.mentions.iter().map(move |mention| (article, mention));
    session.articles().iter().flat_map(move |article| of(article)).filter(move |(_, mention)| mention.entity.as_ref() == Some(entity))
}

fn relinked(session: &Session, entity: &EntityId, chosen: &[(ArticleId, MentionId)], to: Option<&EntityId>) -> Result<Vec<Op>, Refusal> {
    let found = chosen.iter().filter_map(|(article, id)| {
        let article = session.article(article)?;
        let mention = article.mention(*id).filter(|mention| mention.entity.as_ref() == Some(entity))?;
        Some(linked(article, mention, to))
    });
    let ops: Vec<Op> = found.collect();
    if ops.is_empty() { Err(Refusal::NoMention) } else { Ok(ops) }
}

fn linked(article: &Article, mention: &Mention, to: Option<&EntityId>) -> Op {
    let after = Mention { entity: to.cloned(), ..mention.clone() };
    Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after: Some(after) }
}

fn first_target(session: &Session, entity: &EntityId) -> Option<Target> {
    let (article, mention) = mentions(session, entity).next()?;
    Some(Target { article: article.id.clone(), mention: Some(mention.id) })
}

fn find<'s>(session: &'s Session, entity: &EntityId) -> Result<&'s Entity, Refusal> {
    session.entity(entity).ok_or_else(|| Refusal::NoEntity(entity.clone()))
}

fn of_entity(verb: Verb, what: &str, stamp: &Stamp, ops: Vec<Op>) -> Edit {
    edit_of(verb, what, None, stamp, ops)
}

/// Aliases in their order, each once, without the name itself. Different spellings of one key are different aliases.
fn aliases<'a>(name: &str, aliases: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for alias in aliases.map(flat) {
        if !alias.is_empty() && alias != name && !out.contains(&alias) {
            out.push(alias);
        }
    }
    out
}

fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
