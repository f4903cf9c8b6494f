//! Finding in a whole session: text, the names of an entity, one label near another.
//!
//! Articles are looked through one by one and need no index: a text of 34 MB takes a moment. Whoever has threads asks about
//! several articles at once; the answers do not depend on each other.

use std::collections::BTreeSet;

use crate::annotation::{Article, EntityId, Label, Mention, Session};
use crate::decide::entities::change::mentions;
use crate::text::Span;
use crate::text::flow::Flow;
use crate::text::pattern::{BadPattern, Pattern, Query};
use crate::text::tokens::{self, TokenKind};

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sought {
    Text(Query),
    /// Every place of a name that an entity goes by, tagged or not: its own, its aliases, and the words of its mentions.
    Names(EntityId),
    /// Mentions with a label that have one with another label in the same paragraph, with at most so many words between.
    Near {
        label: Label,
        other: Label,
        within: usize,
    },
}

/// Something to look for, ready to be looked for in article after article.
#[derive(Debug)]
pub struct Seeker(How);

#[derive(Debug)]
enum How {
    Pattern(Pattern),
    Near { label: Label, other: Label, within: usize },
}

/// Why something cannot be looked for.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    #[error("{0}")]
    Pattern(#[from] BadPattern),
    #[error("there is no entity {0}")]
    NoEntity(EntityId),
}

impl Seeker {
    /// # Errors
    /// An expression that is none or too large; an entity that the session does not have.
    pub fn new(session: &Session, sought: &Sought) -> Result<Self, Fault> {
        Ok(Self(match sought {
            Sought::Text(query) => How::Pattern(query.pattern()?),
            Sought::Names(entity) => How::Pattern(names(session, entity)?.pattern()?),
            Sought::Near { label, other, within } => How::Near { label: label.clone(), other: other.clone(), within: *within },
        }))
    }

    /// Where it stands in an article (bytes), in the order of reading.
    pub fn places(&self, article: &Article) -> Vec<Span> {
        match &self.0 {
            How::Pattern(pattern) => pattern.places(&article.text).collect(),
            How::Near { label, other, within } => near(article, label, other, *within),
        }
    }
}

/// All names of an entity as one expression, the longest first: a shorter one is not found inside a longer.
fn names(session: &Session, id: &EntityId) -> Result<Query, Fault> {
    let entity = session.entity(id).ok_or_else(|| Fault::NoEntity(id.clone()))?;
    let own = std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str));
    let of_mentions = mentions(session, id).filter(|(_, mention)| !mention.is_rejected());
    let names: BTreeSet<&str> = own.chain(of_mentions.map(|(article, mention)| article.quote(mention.span))).map(str::trim).collect();
    let mut names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let text = names.into_iter().map(regex::escape).collect::<Vec<_>>().join("|");
    Ok(Query { text, regex: true, match_case: true, whole_words: true })
}

fn near(article: &Article, label: &Label, other: &Label, within: usize) -> Vec<Span> {
    let living: Vec<&Mention> = article.living().collect();
    let flow = Flow::of(&article.text);
    let is_near = |a: &Mention, b: &Mention| is_near(&article.text, a.span, b.span, within, &flow);
    let is_found = |i: usize| {
        let is_other = |mention: &&&Mention| mention.label == *other;
        let one = living[i];
        let after = living[i + 1..].iter().take_while(|mention| may_be_near(one.span, mention.span, within));
        let before = living[..i].iter().rev().take_while(|mention| may_be_near(mention.span, one.span, within));
        after.filter(is_other).any(|mention| is_near(one, mention)) || before.filter(is_other).any(|mention| is_near(mention, one))
    };
    (0..living.len()).filter(|i| living[*i].label == *label && is_found(*i)).map(|i| living[i].span).collect()
}

/// Of words longer than this on the average nothing is expected.
const LONG_WORD: usize = 64;

fn may_be_near(a: Span, b: Span, within: usize) -> bool {
    (b.start as usize).saturating_sub(a.end as usize) <= (within + 1) * LONG_WORD
}

/// Whether at most `within` words of one paragraph lie between two spans, of which `a` begins first.
fn is_near(text: &str, a: Span, b: Span, within: usize, flow: &Flow) -> bool {
    if b.start <= a.end {
        return true;
    }
    let between = Span { start: a.end, end: b.start };
    let is_one = between.of(text).is_some() && flow.around(text, a).end >= b.start;
    is_one && tokens::iter_in(text, between).filter(|token| token.kind != TokenKind::Mark).nth(within).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Edit, Entity, Op, Scope, Time, Verb};
    use crate::dsl;

    fn found(session: &Session, sought: &Sought) -> Vec<String> {
        let seeker = Seeker::new(session, sought).expect("it can be looked for");
        let in_one = |article: &std::sync::Arc<Article>| {
            let places = seeker.places(article).into_iter();
            places.map(|span| format!("{} {}", article.id, article.quote(span))).collect::<Vec<_>>()
        };
        session.articles().iter().flat_map(in_one).collect()
    }

    #[test]
    fn text_is_found_in_every_article() {
        let session = dsl::session(&["The port of [GPE? Oslo].", "No ports here.", "Port!"]);
        assert_eq!(found(&session, &Sought::Text(Query { whole_words: true, ..Query::plain("port") })), ["a port", "c Port"]);
        let fault = Seeker::new(&session, &Sought::Text(Query { regex: true, ..Query::plain("(") })).expect_err("no expression");
        assert!(!fault.to_string().is_empty());
    }

    #[test]
    fn an_entity_is_found_by_all_its_names_tagged_or_not() {
        let mut session =
            dsl::session(&["[ORG! Northgate] fell. The NB rose.", "Northgate Bank and Northgates; northgate. [ORG~ Nothing]."]);
        let bank = Entity {
            id: EntityId::new("bank"),
            name: "Northgate Bank".to_owned(),
            label: "ORG".into(),
            aliases: vec!["NB".to_owned()],
            kb: None,
            note: String::new(),
        };
        let (article, id) = dsl::nth(&session, "a", "Northgate", 0);
        let before = session.mention(&article, id).cloned();
        let after = before.clone().map(|mention| Mention { entity: Some(bank.id.clone()), ..mention });
        let ops = vec![Op::Entity { before: None, after: Some(bank.clone()) }, Op::Mention { article, before, after }];
        let (what, by) = (String::new(), "".into());
        session
            .apply(&Edit { verb: Verb::Link, scope: Scope::Mention, target: None, what, label: None, by, at: Time(0), ops })
            .expect("it fits");
        assert_eq!(found(&session, &Sought::Names(bank.id)), ["a Northgate", "a NB", "b Northgate Bank"]);
        let nobody = EntityId::new("nobody");
        assert_eq!(Seeker::new(&session, &Sought::Names(nobody.clone())).expect_err("nobody"), Fault::NoEntity(nobody));
    }

    #[test]
    fn a_label_is_found_near_another_in_either_order_and_within_the_paragraph() {
        let session = dsl::session(&[
            "[ORG? Castor] paid [MONEY? $5] to nobody.",
            "It cost [MONEY! $7], said the clerk of the old [ORG? Castor].",
            "[ORG? Castor] left.\n\n[MONEY? $9] was gone.",
            "[ORG~ Castor] paid [MONEY? $5].",
            "[ORG? Bank of [GPE? Oslo]] said so.",
        ]);
        let near = |label: &str, other: &str, within| Sought::Near { label: label.into(), other: other.into(), within };
        assert_eq!(found(&session, &near("ORG", "MONEY", 1)), ["a Castor"]);
        assert_eq!(found(&session, &near("ORG", "MONEY", 6)), ["a Castor", "b Castor"]);
        assert_eq!(found(&session, &near("MONEY", "ORG", 5)), ["a $5"]);
        assert_eq!(found(&session, &near("GPE", "ORG", 0)), ["e Oslo"], "what lies inside is near");
    }
}
