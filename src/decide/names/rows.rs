//! What the Names view shows: one row a name, or an entity, with everything that is counted of it.
//!
//! The counts are kept by the index edit by edit, so that a table of all names costs only the names, not the mentions.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use super::{NamesIndex, Reason, Tally};
use crate::annotation::{EntityId, Label, Score};
use crate::text::sought::Sought;

/// What a row speaks of, and what a decision on it reaches.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// Every mention of a normalised name.
    Name(Arc<str>),
    /// What is linked to an entity, and what is proposed for it.
    Entity(EntityId),
    /// Names that seem to be one thing; the fullest of them.
    Proposed(Arc<str>),
}

/// Another way in which the subject of a row is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alias {
    pub name: Arc<str>,
    /// Why it belongs here, where that is only proposed.
    pub reason: Option<Reason>,
}

/// One name of the session, or one thing with all its names.
#[derive(Clone, PartialEq, Debug)]
pub struct NameRow {
    pub subject: Subject,
    /// The normalised names, the first one that of `name`.
    pub keys: Vec<Arc<str>>,
    /// A name as it is most often written; an entity as the analyst calls it.
    pub name: Arc<str>,
    /// The other ways in which it is written, the most frequent first.
    pub aliases: Vec<Alias>,
    /// The id of an entity in a knowledge base.
    pub kb: Option<String>,
    /// Mentions in every state.
    pub mentions: u32,
    /// Articles that have such a mention.
    pub articles: u32,
    /// The labels of the mentions that are not rejected, each with how many, the most frequent first.
    pub labels: Vec<(Label, u32)>,
    pub suggested: u32,
    pub confirmed: u32,
    pub rejected: u32,
    /// Of the suggested mentions.
    pub mean_score: Option<Score>,
    /// How many mentions one confirmation settles: those still suggested under the label that most of these have.
    pub settles: u32,
    /// How many of these are wrong, by the tagger's own scores and by the labels that differ from the first, in
    /// thousandths of a mention.
    pub expected_wrong: u64,
    /// Whether mentions that are not rejected have different labels.
    pub is_conflicting: bool,
}

impl NameRow {
    /// Whether something is proposed that nobody has confirmed: a gathering, or a further name of an entity.
    pub fn is_proposed(&self) -> bool {
        matches!(self.subject, Subject::Proposed(_)) || self.aliases.iter().any(|alias| alias.reason.is_some())
    }
}

/// What rows are ordered by. Ties are broken by what is expected to be wrong, then by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum NameOrder {
    /// What one decision settles, most first.
    #[default]
    Settles,
    Name,
    Mentions,
    Articles,
    Label,
    /// The greatest share still suggested first.
    State,
    /// Lowest mean score first.
    Score,
    /// Conflicting labels first.
    Conflict,
    ExpectedWrong,
}

impl NameOrder {
    /// In the order of the table's columns.
    pub const ALL: [NameOrder; 9] = [
        NameOrder::Settles,
        NameOrder::ExpectedWrong,
        NameOrder::Conflict,
        NameOrder::Name,
        NameOrder::Mentions,
        NameOrder::Articles,
        NameOrder::Label,
        NameOrder::State,
        NameOrder::Score,
    ];

    /// The order after or before this one, round and round.
    #[must_use]
    pub fn stepped(self, on: bool) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self).unwrap_or(0);
        let n = Self::ALL.len();
        Self::ALL[(at + if on { 1 } else { n - 1 }) % n]
    }
}

/// Which rows are wanted; the default wants all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NameFilter {
    /// Part of a spelling of the name, in any case.
    pub text: String,
    pub label: Option<Label>,
    /// Only names with suggested mentions.
    pub is_open: bool,
    /// Only names without suggested mentions.
    pub is_settled: bool,
    /// Only names with confirmed mentions.
    pub has_confirmed: bool,
    /// Only names with rejected mentions.
    pub has_rejected: bool,
    /// Only names that seem to be one thing with others.
    pub is_proposed: bool,
    /// Only names whose labels differ.
    pub is_conflicting: bool,
    /// Only names whose suggestions score at most this on average.
    pub score_at_most: Option<Score>,
}

impl NameFilter {
    pub fn admits(&self, row: &NameRow) -> bool {
        (!self.is_open || row.suggested > 0)
            && (!self.is_settled || row.suggested == 0)
            && (!self.has_confirmed || row.confirmed > 0)
            && (!self.has_rejected || row.rejected > 0)
            && (!self.is_proposed || row.is_proposed())
            && (!self.is_conflicting || row.is_conflicting)
            && self.label.as_ref().is_none_or(|label| row.labels.iter().any(|(other, _)| other == label))
            && self.score_at_most.is_none_or(|limit| row.mean_score.is_some_and(|score| score <= limit))
            && self.has_text(row)
    }

    fn has_text(&self, row: &NameRow) -> bool {
        let wanted = Sought::phrase(&self.text);
        wanted.is_empty()
            || row.keys.iter().any(|key| wanted.is_in(key))
            || wanted.is_in(&row.name)
            || row.aliases.iter().any(|alias| wanted.is_in(&alias.name))
    }
}

/// The rows of all names that a filter admits, in an order. Linear in the names and their articles.
pub fn name_rows(index: &NamesIndex, filter: &NameFilter, order: NameOrder) -> Vec<NameRow> {
    let names = index.names.iter().filter(|name| !name.tallies.is_empty());
    let row = |name: &super::Name| row_of(Subject::Name(name.key.clone()), vec![name.key.clone()], &name.whole());
    let mut rows: Vec<NameRow> = names.map(row).filter(|row| filter.admits(row)).collect();
    sort_rows(&mut rows, order);
    rows
}

/// Sorts rows; the order is total, so equal rows never change places.
pub fn sort_rows(rows: &mut [NameRow], order: NameOrder) {
    let first_label = |row: &NameRow| row.labels.first().map(|(label, _)| label.clone());
    rows.sort_by(|a, b| {
        let by = match order {
            NameOrder::Settles => b.settles.cmp(&a.settles),
            NameOrder::Name => Ordering::Equal,
            NameOrder::Mentions => b.mentions.cmp(&a.mentions),
            NameOrder::Articles => b.articles.cmp(&a.articles),
            NameOrder::Label => first_label(a).cmp(&first_label(b)).then_with(|| b.mentions.cmp(&a.mentions)),
            NameOrder::State => {
                // Shares compared without dividing.
                let cross = |one: &NameRow, other: &NameRow| u64::from(one.suggested) * u64::from(other.mentions.max(1));
                cross(b, a).cmp(&cross(a, b))
            }
            NameOrder::Score => {
                let score = |row: &NameRow| (row.mean_score.is_none(), row.mean_score);
                score(a).cmp(&score(b))
            }
            NameOrder::Conflict => (Reverse(a.is_conflicting), Reverse(a.settles)).cmp(&(Reverse(b.is_conflicting), Reverse(b.settles))),
            NameOrder::ExpectedWrong => b.expected_wrong.cmp(&a.expected_wrong),
        };
        let wrong = || match order {
            NameOrder::Name => Ordering::Equal,
            _ => b.expected_wrong.cmp(&a.expected_wrong),
        };
        by.then_with(wrong).then_with(|| a.keys.cmp(&b.keys)).then_with(|| a.subject.cmp(&b.subject))
    });
}

/// The row of some names with what is counted of them.
pub(crate) fn row_of(subject: Subject, keys: Vec<Arc<str>>, tally: &Tally) -> NameRow {
    let sum = |state: usize| tally.labels.iter().map(|(_, states)| states[state]).sum::<u32>();
    let (suggested, confirmed, rejected) = (sum(0), sum(1), sum(2));
    let mut labels: Vec<(Label, u32)> = tally.labels.iter().map(|(label, states)| (label.clone(), states[0] + states[1])).collect();
    labels.retain(|(_, count)| *count > 0);
    labels.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let mut surfaces: Vec<&(Arc<str>, u32)> = tally.surfaces.iter().collect();
    surfaces.sort_by(|a, b| (b.1, a.0.len(), &a.0).cmp(&(a.1, b.0.len(), &b.0)));
    let mut surfaces = surfaces.into_iter().map(|(surface, _)| surface.clone());
    let (scored, total) = tally.scored;
    let unlike_first: u32 =
        tally.labels.iter().filter(|(label, _)| labels.first().is_some_and(|(first, _)| first != label)).map(|(_, states)| states[0]).sum();
    NameRow {
        name: surfaces.next().or_else(|| keys.first().cloned()).unwrap_or_default(),
        subject,
        keys,
        aliases: surfaces.map(|name| Alias { name, reason: None }).collect(),
        kb: None,
        mentions: suggested + confirmed + rejected,
        articles: u32::try_from(tally.slots().count()).unwrap_or(u32::MAX),
        is_conflicting: labels.len() > 1,
        labels,
        suggested,
        confirmed,
        rejected,
        mean_score: (scored > 0).then(|| Score::from_thousandths(u16::try_from(total / u64::from(scored)).unwrap_or(u16::MAX))),
        settles: tally.labels.iter().map(|(_, states)| states[0]).max().unwrap_or(0),
        expected_wrong: (u64::from(scored) * 1000).saturating_sub(total).max(u64::from(unlike_first) * 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::How;
    use crate::decide::{Stamp, decision};
    use crate::dsl;

    fn brief(rows: &[NameRow]) -> Vec<String> {
        let labels = |row: &NameRow| row.labels.iter().map(|(label, count)| format!("{label} {count}")).collect::<Vec<_>>().join(", ");
        let mark = |row: &NameRow| if row.is_conflicting { " !" } else { "" };
        rows.iter()
            .map(|row| format!("{}: {}/{} in {} ({}){}", row.name, row.settles, row.mentions, row.articles, labels(row), mark(row)))
            .collect()
    }

    #[test]
    fn rows_are_ordered_by_what_one_decision_settles() {
        let session = dsl::session(&[
            "[ORG? Amazon], [ORG? Amazon]’s, [LOC? Amazon], [PERSON! Bezos]",
            "[ORG? AMAZON] and Mr. [PERSON? Bezos], [ORG~ Mr]",
        ]);
        let mut index = NamesIndex::build(&session);
        let rows = name_rows(&index, &NameFilter::default(), NameOrder::default());
        assert_eq!(brief(&rows), ["Amazon: 3/4 in 2 (ORG 3, LOC 1) !", "Bezos: 1/2 in 2 (PERSON 2)", "Mr: 0/1 in 1 ()"]);
        assert_eq!(rows[0].aliases, [Alias { name: "AMAZON".into(), reason: None }]);
        let by_name = name_rows(&index, &NameFilter { is_open: true, ..NameFilter::default() }, NameOrder::Name);
        assert_eq!(by_name.len(), 2);
        for (filter, count) in [
            (NameFilter { text: "AMA".to_owned(), ..NameFilter::default() }, 1),
            (NameFilter { label: Some(Label::new("LOC")), ..NameFilter::default() }, 1),
            (NameFilter { is_settled: true, ..NameFilter::default() }, 1),
            (NameFilter { has_rejected: true, ..NameFilter::default() }, 1),
            (NameFilter { is_conflicting: true, ..NameFilter::default() }, 1),
            (NameFilter { score_at_most: Some(Score::MAX), ..NameFilter::default() }, 0),
        ] {
            assert_eq!(name_rows(&index, &filter, NameOrder::Name).len(), count, "{filter:?}");
        }

        let mut session = session;
        let (article, mention) = dsl::nth(&session, "a", "Amazon", 2);
        let edit = decision::retype(&session, &article, mention, &Label::new("ORG"), How::Looked, &Stamp::default()).unwrap();
        session.apply(&edit).unwrap();
        index.update(&edit);
        assert_eq!(brief(&name_rows(&index, &NameFilter::default(), NameOrder::default()))[0], "Amazon: 3/4 in 2 (ORG 4)");
        index.revert(&edit);
        assert_eq!(name_rows(&index, &NameFilter::default(), NameOrder::default()), rows);
    }
}
