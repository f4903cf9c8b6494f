//! What the Names view shows: one row a name, or an entity, with everything that is counted of it.
//!
//! The counts are kept by the index edit by edit, so that a table of all names costs only the names, not the mentions.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Name, NamesIndex};
use crate::annotation::{EntityId, Label, Score, Session};

/// One name of the session.
#[derive(Clone, PartialEq, Debug)]
pub struct NameRow {
    /// The normalised name.
    pub key: Arc<str>,
    /// As it is most often written.
    pub name: Arc<str>,
    /// The other ways in which it is written, the most frequent first.
    pub aliases: Vec<Arc<str>>,
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
    /// How many mentions one decision on this name settles: those still suggested.
    pub settles: u32,
    /// How many of these are wrong, by the tagger's own scores and by the labels that differ from the first, in
    /// thousandths of a mention.
    pub expected_wrong: u64,
    /// Whether mentions that are not rejected have different labels.
    pub is_conflicting: bool,
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
    /// Lowest mean score first.
    Score,
    /// Conflicting labels first.
    Conflict,
    ExpectedWrong,
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
    /// Only names with rejected mentions.
    pub has_rejected: bool,
    /// Only names whose labels differ.
    pub is_conflicting: bool,
    /// Only names whose suggestions score at most this on average.
    pub score_at_most: Option<Score>,
}

impl NameFilter {
    pub fn admits(&self, row: &NameRow) -> bool {
        (!self.is_open || row.suggested > 0)
            && (!self.is_settled || row.suggested == 0)
            && (!self.has_rejected || row.rejected > 0)
            && (!self.is_conflicting || row.is_conflicting)
            && self.label.as_ref().is_none_or(|label| row.labels.iter().any(|(other, _)| other == label))
            && self.score_at_most.is_none_or(|limit| row.mean_score.is_some_and(|score| score <= limit))
            && self.has_text(row)
    }

    fn has_text(&self, row: &NameRow) -> bool {
        let wanted = self.text.trim().to_lowercase();
        let holds = |spelling: &Arc<str>| spelling.to_lowercase().contains(&wanted);
        wanted.is_empty() || row.key.contains(&wanted) || holds(&row.name) || row.aliases.iter().any(holds)
    }
}

/// The rows of all names that a filter admits, in an order. Linear in the names and their articles.
pub fn name_rows(index: &NamesIndex, filter: &NameFilter, order: NameOrder) -> Vec<NameRow> {
    let names = index.names.iter().filter(|name| !name.mentions.is_empty());
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
        by.then_with(wrong).then_with(|| a.key.cmp(&b.key))
    });
}

fn row(name: &Name) -> NameRow {
    let sum = |state: usize| name.labels.iter().map(|(_, states)| states[state]).sum::<u32>();
    let (suggested, confirmed, rejected) = (sum(0), sum(1), sum(2));
    let mut labels: Vec<(Label, u32)> = name.labels.iter().map(|(label, states)| (label.clone(), states[0] + states[1])).collect();
    labels.retain(|(_, count)| *count > 0);
    labels.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let mut surfaces = name.surfaces.clone();
    surfaces.sort_by(|a, b| (b.1, a.0.len(), &a.0).cmp(&(a.1, b.0.len(), &b.0)));
    let mut surfaces = surfaces.into_iter().map(|(surface, _)| surface);
    let (scored, total) = name.scored;
    let unlike_first: u32 =
        name.labels.iter().filter(|(label, _)| labels.first().is_some_and(|(first, _)| first != label)).map(|(_, states)| states[0]).sum();
    NameRow {
        key: name.key.clone(),
        name: surfaces.next().unwrap_or_else(|| name.key.clone()),
        aliases: surfaces.collect(),
        mentions: suggested + confirmed + rejected,
        articles: article_count(name),
        is_conflicting: labels.len() > 1,
        labels,
        suggested,
        confirmed,
        rejected,
        mean_score: (scored > 0).then(|| Score::from_thousandths(u16::try_from(total / u64::from(scored)).unwrap_or(u16::MAX))),
        settles: suggested,
        expected_wrong: (u64::from(scored) * 1000).saturating_sub(total).max(u64::from(unlike_first) * 1000),
    }
}

fn article_count(name: &Name) -> u32 {
    let mut count = 0;
    let mut last = None;
    for (slot, _, _) in &name.mentions {
        count += u32::from(last != Some(*slot));
        last = Some(*slot);
    }
    count
}

/// One row an entity: the names that are linked to it and what is counted of the linked mentions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntityRow {
    pub entity: EntityId,
    pub name: String,
    pub label: Label,
    pub kb: Option<String>,
    /// The ways in which it is written, with how often, the most frequent first.
    pub surfaces: Vec<(String, u32)>,
    pub mentions: u32,
    pub articles: u32,
    pub suggested: u32,
}

/// The entities of a session with their mentions, by name. Linear in the mentions.
pub fn entity_rows(session: &Session) -> Vec<EntityRow> {
    let mut surfaces: BTreeMap<&EntityId, BTreeMap<&str, u32>> = BTreeMap::new();
    let mut articles: BTreeMap<&EntityId, BTreeSet<&str>> = BTreeMap::new();
    let mut suggested: BTreeMap<&EntityId, u32> = BTreeMap::new();
    for article in session.articles() {
        for mention in article.living() {
            let Some(entity) = &mention.entity else { continue };
            *surfaces.entry(entity).or_default().entry(article.quote(mention.span)).or_default() += 1;
            articles.entry(entity).or_default().insert(article.id.as_str());
            *suggested.entry(entity).or_default() += u32::from(mention.is_suggested());
        }
    }
    let row = |entity: &crate::annotation::Entity| {
        let mut surfaces: Vec<(String, u32)> =
            surfaces.get(&entity.id).into_iter().flatten().map(|(surface, count)| ((*surface).to_owned(), *count)).collect();
        surfaces.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        EntityRow {
            entity: entity.id.clone(),
            name: entity.name.clone(),
            label: entity.label.clone(),
            kb: entity.kb.clone(),
            mentions: surfaces.iter().map(|(_, count)| count).sum(),
            surfaces,
            articles: articles.get(&entity.id).map_or(0, |articles| u32::try_from(articles.len()).unwrap_or(u32::MAX)),
            suggested: suggested.get(&entity.id).copied().unwrap_or_default(),
        }
    };
    let mut rows: Vec<EntityRow> = session.entities().values().map(row).collect();
    rows.sort_by(|a, b| (&a.name, &a.entity).cmp(&(&b.name, &b.entity)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{ArticleId, How};
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
        assert_eq!(brief(&rows), ["Amazon: 4/4 in 2 (ORG 3, LOC 1) !", "Bezos: 1/2 in 2 (PERSON 2)", "Mr: 0/1 in 1 ()"]);
        assert_eq!(rows[0].aliases, ["AMAZON".into()]);
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

    #[test]
    fn an_entity_gathers_its_surfaces() {
        let mut session = dsl::session(&["[PERSON? Fumio Kishida], [PERSON! Kishida]", "[PERSON? Kishida]"]);
        let id = EntityId::new("fumio-kishida");
        for (article, words) in [("a", "Fumio Kishida"), ("a", "Kishida"), ("b", "Kishida")] {
            let (article, mention) = dsl::nth(&session, article, words, 0);
            let edit = decision::link(&session, &article, mention, Some(&id), &Stamp::default()).unwrap();
            session.apply(&edit).unwrap();
        }
        let rows = entity_rows(&session);
        assert_eq!((rows.len(), rows[0].mentions, rows[0].articles, rows[0].suggested), (1, 3, 2, 2));
        assert_eq!(rows[0].surfaces, [("Kishida".to_owned(), 2), ("Fumio Kishida".to_owned(), 1)]);
        assert_eq!(session.position(&ArticleId::new("a")), Some(0));
    }
}
