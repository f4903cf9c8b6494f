//! One people under two names that follow each other: `Coptic Christians`, `Rohingya Muslim`. What somebody is and what
//! they vote for stay apart: `British Communists` are two.

use super::super::page::Page;
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use crate::annotation::Origin;
use crate::text::Span;

/// How the rule is told.
pub const RULE: &str = "people-of-two-names";

/// The list of parties' followers.
const CAMPS: &str = "political-camps";

/// Joins the names of peoples and faiths that stand side by side.
pub fn join(page: &Page<'_>, lists: &Lists<'_>, drafts: &mut Drafts) {
    let mut joined: Vec<Draft> = Vec::new();
    for (first, second) in drafts.all().zip(drafts.all().skip(1)) {
        let is_beside = page.text.get(first.span.end as usize..second.span.start as usize) == Some(" ");
        let is_camp = |one: &Draft| lists.at(one.span).any(|found| lists.name(found).is_some_and(|list| **list == *CAMPS));
        if !is_beside || [first, second].iter().any(|one| one.label.as_str() != "NORP" || is_camp(one)) {
            continue;
        }
        match joined.last_mut() {
            Some(last) if last.span.end == first.span.end => {
                last.span.end = second.span.end;
                last.tokens.end = second.tokens.end;
                last.score = last.score.min(second.score);
            }
            _ => joined.push(Draft {
                tokens: first.tokens.start..second.tokens.end,
                span: Span { start: first.span.start, end: second.span.end },
                score: first.score.min(second.score),
                origin: Origin::Rule(RULE.into()),
                ..first.clone()
            }),
        }
    }
    drafts.put(joined);
}
