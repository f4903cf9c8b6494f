//! The stages in their order: tokens and sentences, lists, rules and grammars, the model that takes what these say as
//! features, names made consistent over the article, and one answer out of all candidates.

use super::evidence;
use super::gazetteer::Reading;
use super::lattice::Class;
use super::model::{Scratch, Source};
use super::page::{Hit, Page};
use super::refine::{self, Lists};
use super::resolve::{Draft, Drafts};
use super::symbolic::{self, Candidate};
use super::{Context, Suggestion, Tagger, consistency, dates, own, spans, tables};
use crate::annotation::{Label, Origin, ZoneKind};
use crate::text::Span;
use crate::text::sentences::Gaps;
use crate::text::tokens::Token;

/// What is known of a text before the model reads it.
pub struct Evidence {
    pub reading: Reading,
    /// What lists, rules and grammars propose by themselves.
    pub candidates: Vec<Candidate>,
    /// What the analyst's own lists and rules find, the longest first.
    pub own: Vec<Candidate>,
    /// All of it as the model's features want it.
    pub hits: Vec<Hit>,
}

impl Tagger {
    /// Lists, rules and grammars on a text with these tokens; dates are resolved against the day of publication.
    pub fn evidence(&self, text: &str, tokens: &[Token], published: Option<&str>) -> Evidence {
        let mut reading = self.lexicon.look(text, tokens);
        if !self.off.is_empty() {
            reading.matches.retain(|found| self.lexicon.list(found.list).is_some_and(|list| !self.off.contains(&*list.name)));
        }
        let gaps = Gaps::of(text);
        let is_whole = |span: Span| !gaps.lie_in(span.of(text).unwrap_or_default());
        reading.matches.retain(|found| is_whole(found.span));
        let mut candidates = symbolic::candidates(text, tokens, &self.lexicon, &reading, &self.rules, published);
        candidates.retain(|one| !matches!(&one.origin, Origin::Rule(id) if self.off.contains(&**id)));
        candidates.retain(|one| is_whole(one.span));
        let own = self.own.find(text, tokens);
        let mut hits = evidence::hits(&reading, &self.kinds);
        hits.extend(own::hits(tokens, &own));
        for one in candidates.iter().filter(|one| matches!(one.origin, Origin::Rule(_))) {
            let Some(kind) = refine::rule_kind(one.label.as_str()) else { continue };
            let from = tokens.partition_point(|token| token.span.end <= one.span.start);
            let to = tokens.partition_point(|token| token.span.start < one.span.end);
            hits.push(Hit { tokens: from..to.max(from), kind });
        }
        Evidence { reading, candidates, own, hits }
    }

    /// A text as the model sees it.
    pub fn page<'t>(&self, text: &'t str, tokens: Vec<Token>) -> Page<'t> {
        let Evidence { reading, hits, .. } = self.evidence(text, &tokens, None);
        Page::new(text, tokens, &hits, &reading.words, &self.model.lexis())
    }

    /// See [`Tagger::suggest`].
    pub(super) fn run(&self, text: &str, context: &Context<'_>) -> Vec<Suggestion> {
        let mut drafts = self.suggest_raw(text, context);
        for draft in &mut drafts {
            // What the analyst's own lists say is sure.
            if let Some(class) = Class::of_name(draft.label.as_str()).filter(|_| draft.score < 1000) {
                draft.score = self.model.calibrated(Source::of(&draft.origin), class, draft.score);
            }
        }
        drafts
            .into_iter()
            .filter_map(|draft| Some(Suggestion::from(Draft { label: fitted(&draft.label, context.scheme)?, ..draft })))
            .collect()
    }

    /// What is suggested, with the labels of the standard scheme and scores before calibration.
    pub fn suggest_raw(&self, text: &str, context: &Context<'_>) -> Vec<Draft> {
        let parts = tagged_parts(text, context);
        let tokens = super::page::tokens_of(text, &parts);
        let Evidence { reading, mut candidates, own, hits } = self.evidence(text, &tokens, context.published);
        let page = Page::new(text, tokens, &hits, &reading.words, &self.model.lexis());
        let lists = Lists::new(&self.lexicon, &reading);
        let mut drafts = Drafts::default();
        for found in self.model.find(&page, &mut Scratch::default()) {
            if !refine::is_known_script(&page, &found.tokens) {
                continue;
            }
            for part in spans::of(&page, &lists, found.tokens, found.class) {
                let label = refine::label(&page, &lists, &part.tokens, part.class).into();
                let origin = Origin::Model(self.model_name.clone());
                drafts.push(Draft {
                    tokens: part.tokens,
                    span: part.span,
                    label,
                    score: (found.probability * 1000.0) as u16,
                    origin,
                    value: None,
                });
            }
        }
        // Without a day of publication, `last year` and `two days` stand at no place of the calendar.
        if context.published.is_none() {
            candidates.retain(|one| !matches!(&one.origin, Origin::Rule(form) if dates::is_relative(form)));
        }
        for one in candidates.iter_mut().filter(|one| one.label.as_str() == "PERSON") {
            let tokens = page.tokens_in_span(one.span);
            let rest = spans::without_lead(&page, &lists, tokens.clone(), Class::Person);
            if rest != tokens {
                one.span = page.span(&rest);
            }
        }
        drafts.support(&page, candidates);
        own::impose(&page, &mut drafts, &own);
        // What a table says counts in the vote on a name, and stands whatever the vote says.
        let is_on = |id: &str| !self.off.contains(id);
        tables::apply(&page, &lists, &mut drafts, &is_on);
        consistency::apply(&page, &lists, &mut drafts, &is_on);
        tables::apply(&page, &lists, &mut drafts, &is_on);
        // Whatever was made consistent with the rest of the article, the analyst's own says what it says.
        own::impose(&page, &mut drafts, &own);
        self.own.strike(text, &mut drafts);
        let gaps = Gaps::of(text);
        drafts.retain(|draft| !gaps.lie_in(draft.span.of(text).unwrap_or_default()));
        drafts.finish(context.scheme)
    }
}

/// The parts of a text that are not boilerplate.
fn tagged_parts(text: &str, context: &Context<'_>) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut from = 0;
    for zone in context.zones.iter().filter(|zone| zone.kind == ZoneKind::Boilerplate) {
        if zone.span.start > from {
            parts.push(Span { start: from, end: zone.span.start });
        }
        from = from.max(zone.span.end);
    }
    let all = Span::new(0, text.len());
    if from < all.end {
        parts.push(Span { start: from, end: all.end });
    }
    parts
}

impl From<Draft> for Suggestion {
    fn from(draft: Draft) -> Self {
        Self {
            span: draft.span,
            label: draft.label,
            score: crate::annotation::Score::from_thousandths(draft.score),
            origin: draft.origin,
            value: draft.value,
        }
    }
}

/// Labels as the scheme in force names them: a scheme of coarser labels gets those, any other what it has in use.
pub(super) fn fitted(label: &Label, scheme: &crate::annotation::Scheme) -> Option<Label> {
    if scheme.get(label).is_some() {
        return scheme.is_in_use(label.as_str()).then(|| label.clone());
    }
    let coarser = match label.as_str() {
        "GPE" | "FAC" => "LOC",
        "PERSON" => "PER",
        "NORP" | "EVENT" | "LAW" | "PRODUCT" | "WORK_OF_ART" | "LANGUAGE" => "MISC",
        _ => return None,
    };
    scheme.is_in_use(coarser).then(|| Label::new(coarser))
}
