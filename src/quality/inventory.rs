//! What is in a session, counted.

use std::collections::BTreeMap;

use crate::annotation::{Label, Mention, Progress, Session, State};
use crate::reading::language;

/// Counts over a whole session.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inventory {
    pub articles: usize,
    /// Articles marked done.
    pub done: usize,
    /// Articles in each language by its tag, the most first; those of an unknown one under `None`, last.
    pub languages: Vec<(Option<String>, usize)>,
    /// Bytes of article text (UTF-8).
    pub text_bytes: usize,
    /// Over all labels.
    pub mentions: States,
    /// Per label that has mentions, in the order of the scheme, then labels that the scheme does not know.
    pub labels: Vec<(Label, States)>,
    pub entities: usize,
    /// Mentions that are linked to an entity, rejected ones aside.
    pub linked: usize,
    pub rules: usize,
}

/// Mentions by state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct States {
    pub suggested: usize,
    pub confirmed: usize,
    pub rejected: usize,
}

impl States {
    pub fn total(self) -> usize {
        self.suggested + self.confirmed + self.rejected
    }

    fn count(&mut self, mention: &Mention) {
        match mention.state {
            State::Suggested => self.suggested += 1,
            State::Confirmed => self.confirmed += 1,
            State::Rejected => self.rejected += 1,
        }
    }
}

impl Inventory {
    /// Linear in the mentions.
    pub fn of(session: &Session) -> Self {
        let mut inventory = Self {
            articles: session.articles().len(),
            languages: language::counts(session.articles().iter().map(|article| &**article)),
            entities: session.entities().len(),
            rules: session.rules().len(),
            ..Self::default()
        };
        let mut labels: BTreeMap<&Label, States> = BTreeMap::new();
        for article in session.articles() {
            inventory.done += usize::from(article.desk.progress == Progress::Done);
            inventory.text_bytes += article.text.len();
            for mention in &article.mentions {
                inventory.mentions.count(mention);
                inventory.linked += usize::from(mention.entity.is_some() && !mention.is_rejected());
                labels.entry(&mention.label).or_default().count(mention);
            }
        }
        let known = session.scheme().labels.iter().map(|def| &def.name);
        inventory.labels = known.filter_map(|label| Some((label.clone(), labels.remove(label)?))).collect();
        inventory.labels.extend(labels.into_iter().map(|(label, states)| (label.clone(), states)));
        inventory
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mention_is_counted_once_and_labels_keep_their_order() {
        let session = crate::dsl::session(&["[GPE? Peru] [PERSON! Ada Brink]", "[PERSON~ Rook] and [GPE! Peru]"]);
        let inventory = Inventory::of(&session);
        assert_eq!(inventory.articles, 2);
        assert_eq!(inventory.mentions, States { suggested: 1, confirmed: 2, rejected: 1 });
        let labels: Vec<_> = inventory.labels.iter().map(|(label, states)| (label.as_str(), states.total())).collect();
        assert_eq!(labels, [("PERSON", 2), ("GPE", 2)]);
    }
}
