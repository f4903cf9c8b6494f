//! What an export is asked for, whatever the format.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::format::Context;
use super::overlaps::Policy;
use super::relabel::LabelMap;
use crate::annotation::{Article, Certificate, Entity, EntityId, How, Label, Mention, Origin, Score, State, ZoneKind};
use crate::decide::articles::{Facts, Matcher};

/// What to write besides the article itself.
#[derive(Clone, Default)]
pub struct Options<'a> {
    pub state: StateFilter,
    pub only: Only,
    pub labels: LabelMap,
    /// Which of overlapping mentions a format without overlaps takes.
    pub overlaps: Policy,
    /// For names and knowledge-base ids of linked entities.
    pub entities: Option<&'a BTreeMap<EntityId, Entity>>,
    /// The certificate of the session, for a report.
    pub certificate: Option<&'a Certificate>,
    /// Tells an origin in words.
    pub reason: Option<&'a (dyn Fn(&Origin) -> String + Sync)>,
    /// Leaves out who decided and when, where the articles lay, and what other tools said of them.
    pub is_anonymous: bool,
}

impl Options<'_> {
    pub fn context(&self) -> Context<'_> {
        let lists_rejected = self.state == StateFilter::All;
        Context { entities: self.entities, reason: self.reason, overlaps: Some(&self.overlaps), lists_rejected }
    }

    /// Whether an article is written at all.
    pub fn takes_article(&self, article: &Article) -> bool {
        self.only.articles.is_all() || self.only.articles.admits(article, &Facts::of(article))
    }

    pub fn takes(&self, article: &Article, mention: &Mention) -> bool {
        self.state.takes(mention.state) && self.only.takes(article, mention)
    }
}

/// Which mentions are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum StateFilter {
    #[default]
    Confirmed,
    Suggested,
    /// Confirmed and suggested.
    Living,
    /// Living ones, and rejected ones where the format keeps them apart.
    All,
}

impl StateFilter {
    pub fn takes(self, state: State) -> bool {
        match self {
            StateFilter::Confirmed => state == State::Confirmed,
            StateFilter::Suggested => state == State::Suggested,
            StateFilter::Living => state != State::Rejected,
            StateFilter::All => true,
        }
    }
}

/// Narrower choices; where nothing is named, everything is taken.
#[derive(Clone, Debug, Default)]
pub struct Only {
    pub hows: Vec<How>,
    /// As they are called in the session, before they are mapped.
    pub labels: Vec<Label>,
    pub zones: Vec<ZoneKind>,
    /// Mentions without a score pass: a person put them there.
    pub min_score: Option<Score>,
    pub articles: Matcher,
}

impl Only {
    fn takes(&self, article: &Article, mention: &Mention) -> bool {
        let how = || mention.how.is_some_and(|how| self.hows.contains(&how));
        let zone = || self.zones.contains(&article.zone_at(mention.span.start as usize));
        (self.hows.is_empty() || how())
            && (self.labels.is_empty() || self.labels.contains(&mention.label))
            && (self.zones.is_empty() || zone())
            && self.min_score.is_none_or(|least| mention.score.is_none_or(|score| score >= least))
    }
}

/// Mentions that the filters kept back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    pub confirmed: usize,
    pub suggested: usize,
    pub rejected: usize,
}

impl LeftOut {
    pub fn total(self) -> usize {
        self.confirmed + self.suggested + self.rejected
    }

    pub fn count(&mut self, state: State) {
        match state {
            State::Confirmed => self.confirmed += 1,
            State::Suggested => self.suggested += 1,
            State::Rejected => self.rejected += 1,
        }
    }

    pub fn add(&mut self, other: LeftOut) {
        self.confirmed += other.confirmed;
        self.suggested += other.suggested;
        self.rejected += other.rejected;
    }
}

impl fmt::Display for LeftOut {
    /// `12 suggested, 3 rejected`; `none` where nothing was left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [(self.confirmed, "confirmed"), (self.suggested, "suggested"), (self.rejected, "rejected")];
        let parts: Vec<_> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        f.write_str(if parts.is_empty() { "none" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}
