//! Articles with annotations from elsewhere, brought into a session that holds work.
//!
//! What the session has not is added. Where it knows an article's text (but for blanks and line ends, which formats change), its
//! own article stays and takes the tags: as suggestions, or as the decisions that they were. Nothing that is settled here is
//! changed by that: where a decision from elsewhere says otherwise, it stands beside the one here as a rival until a person
//! settles it. All of it is one edit, and can be told before it is made.

mod fit;
mod tags;
mod told;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

pub use told::{Comparison, Kind, Met, Taking};

pub use self::fit::key as words_of;
use self::fit::{Fit, key};
use super::Stamp;
use super::labels::with_new;
use super::terms::edit_of;
use crate::annotation::{Article, ArticleId, Digest, Edit, Entity, EntityId, Label, Mention, Op, Scope, Session, Target, Verb};

/// How articles from elsewhere are taken in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    pub taking: Taking,
    /// Whether labels that the scheme has not are added to it; else mentions that have them are left out.
    pub adds_labels: bool,
    /// Where they come from, for the history.
    pub from: &'a str,
}

/// The edit that takes articles in, `None` where there is nothing to change, and how they compare with what is here.
pub fn take_in(
    session: &Session,
    articles: &[Article],
    entities: &[Entity],
    asked: Asked<'_>,
    stamp: &Stamp,
) -> (Option<Edit>, Comparison) {
    let known = Known::of(session);
    let mut told = Comparison::default();
    let mut ops = Vec::new();
    let mut scratch = session.clone();
    let mut target = None;
    let mut linked: BTreeSet<EntityId> = BTreeSet::new();
    let mut used: BTreeSet<Label> = BTreeSet::new();
    let mut article_ops = Vec::new();
    for article in articles {
        let is_known_label = |mention: &Mention| asked.adds_labels || session.scheme().get(&mention.label).is_some();
        let (mut taken, strange): (Vec<Mention>, Vec<Mention>) = article.mentions.iter().cloned().partition(is_known_label);
        strange.iter().for_each(|mention| told.met(Kind::Unlabelled, article, mention, None));
        let Some(here) = known.article(session, article) else {
            told.new_articles += 1;
            told.new_mentions += taken.len();
            used.extend(taken.iter().map(|mention| mention.label.clone()));
            linked.extend(taken.iter().filter_map(|mention| mention.entity.clone()));
            let id = scratch.fresh_article_id(article.id.as_str());
            let after = Arc::new(Article { id: id.clone(), mentions: taken, ..article.clone() });
            let op = Op::Article { at: scratch.articles().len(), before: None, after: Some(after) };
            if scratch.apply(&edit_of(Verb::Import, "", None, stamp, vec![op.clone()])).is_ok() {
                target.get_or_insert(id);
                article_ops.push(op);
            }
            continue;
        };
        told.known_articles += 1;
        let fit = Fit::of(&article.text, &here.text);
        for mention in &mut taken {
            mention.first = None;
            mention.span = fit.span(mention.span).unwrap_or_default();
        }
        taken.retain(|mention| !mention.span.is_empty());
        let changed = tags::ops(session.scheme(), here, &taken, asked.taking, stamp, &mut told);
        for op in &changed {
            if let Op::Mention { after: Some(after), .. } = op {
                used.insert(after.label.clone());
                used.extend(after.rivals.iter().map(|rival| rival.label.clone()));
                linked.extend(after.entity.clone());
            }
        }
        if !changed.is_empty() {
            target.get_or_insert(here.id.clone());
        }
        ops.extend(changed);
    }
    let (scheme, added) = with_new(session.scheme(), used.iter());
    told.new_labels = added;
    let mut all = Vec::new();
    if !told.new_labels.is_empty() {
        all.push(Op::Scheme { before: session.scheme().clone(), after: Arc::new(scheme) });
    }
    let mut seen = BTreeSet::new();
    let new = |entity: &&Entity| linked.contains(&entity.id) && session.entity(&entity.id).is_none();
    for entity in entities.iter().filter(new) {
        if seen.insert(entity.id.clone()) {
            all.push(Op::Entity { before: None, after: Some(entity.clone()) });
        }
    }
    all.extend(article_ops);
    all.extend(ops);
    let target = target.map(|article| Target { article, mention: None });
    let edit = Edit { scope: Scope::Session, target, ..edit_of(Verb::Import, asked.from, None, stamp, all) };
    ((!edit.ops.is_empty()).then_some(edit), told)
}

/// The articles of a session by their texts.
pub struct Known {
    by_text: HashMap<Digest, Vec<ArticleId>>,
}

impl Known {
    pub fn of(session: &Session) -> Self {
        let mut by_text: HashMap<Digest, Vec<ArticleId>> = HashMap::new();
        for article in session.articles() {
            by_text.entry(key(&article.text)).or_default().push(article.id.clone());
        }
        Self { by_text }
    }

    /// Whether the session has an article of this text.
    pub fn has(&self, article: &Article) -> bool {
        self.by_text.contains_key(&key(&article.text))
    }

    /// The articles of the session that have this text.
    pub fn with_words_of(&self, text: &str) -> &[ArticleId] {
        self.by_text.get(&key(text)).map_or(&[], Vec::as_slice)
    }

    /// The article of the session that has this text; of several the one of the same name.
    fn article<'s>(&self, session: &'s Session, article: &Article) -> Option<&'s Arc<Article>> {
        let ids = self.by_text.get(&key(&article.text))?;
        let id = ids.iter().find(|id| **id == article.id).or(ids.first())?;
        session.article(id)
    }
}

#[cfg(test)]
mod tests;
