//! Labels under other names, on the way out and in: by the scheme's mapping to CoNLL's, or by a list that somebody wrote.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::BadLine;
use super::loss::{Extent, Lost};
use crate::annotation::{Article, Label, Mention, Scheme};

/// What labels are called outside, or what labels of others are called here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelMap {
    /// `None`: its mentions are left out.
    names: BTreeMap<Label, Option<Label>>,
    /// Labels that are not named go without; else they stay as they are.
    drops_others: bool,
}

/// Why a mention is not there that a map leaves out.
pub const LEFT_OUT: &str = "the label map leaves its label out";

/// The labels of CoNLL-2003.
const CONLL: [&str; 4] = ["PER", "ORG", "LOC", "MISC"];

impl LabelMap {
    /// As the scheme says; a label that it gives no type has none there.
    pub fn conll(scheme: &Scheme) -> Self {
        let named = scheme.labels.iter().map(|def| (def.name.clone(), def.conll.as_deref().map(Label::new)));
        let own = CONLL.map(|name| (Label::new(name), Some(Label::new(name))));
        Self { names: own.into_iter().chain(named).collect(), drops_others: true }
    }

    /// The other way round: CoNLL's types as the labels of the scheme, where one label alone has that type.
    pub fn from_conll(scheme: &Scheme) -> Self {
        let one = |name: &'static str| {
            let mut having = scheme.labels.iter().filter(|def| def.conll.as_deref() == Some(name));
            let only = having.next().filter(|_| having.next().is_none())?;
            Some((Label::new(name), Some(only.name.clone())))
        };
        let is_label = |name: &&'static str| scheme.get(&Label::new(name)).is_some();
        Self { names: CONLL.into_iter().filter(|name| !is_label(name)).filter_map(one).collect(), drops_others: false }
    }

    /// The labels of the scheme as they are; no others.
    pub fn of_scheme(scheme: &Scheme) -> Self {
        Self { names: scheme.labels.iter().map(|def| (def.name.clone(), Some(def.name.clone()))).collect(), drops_others: true }
    }

    /// Gives the mentions of an article their labels' names; what is left out, and why, or is the same now, is told.
    pub fn rename(&self, article: &mut Article, left_out: &str) -> Vec<Lost> {
        let mut lost = Vec::new();
        if self.changes_nothing() {
            return lost;
        }
        let mentions = std::mem::take(&mut article.mentions);
        let mut seen = BTreeSet::new();
        for mention in mentions {
            let Some(renamed) = self.renamed(mention.clone()) else {
                lost.push(Lost::of(article, &mention, Extent::Whole, left_out));
                continue;
            };
            if !seen.insert((renamed.span, renamed.label.clone(), renamed.state)) {
                lost.push(Lost::of(article, &mention, Extent::Part, "is now the same as another, and is taken once"));
                continue;
            }
            article.mentions.push(renamed);
        }
        article.mentions.sort_by(Mention::reading_order);
        lost
    }

    /// A mention under the name that its label has; `None` where it is left out.
    pub fn renamed(&self, mut mention: Mention) -> Option<Mention> {
        mention.label = self.name(&mention.label)?;
        if let Some(first) = &mut mention.first {
            first.label = self.name(&first.label).unwrap_or_else(|| first.label.clone());
        }
        mention.first = mention.first.filter(|first| (first.span, &first.label) != (mention.span, &mention.label));
        Some(mention)
    }

    /// From a list with `LABEL NAME` on each line; `-` leaves a label out, `#` begins a remark, labels that are not listed stay.
    ///
    /// # Errors
    /// [`BadLine`].
    pub fn parse(list: &str) -> Result<Self, BadLine> {
        let mut names = BTreeMap::new();
        for (line, number) in list.trim_start_matches('\u{FEFF}').lines().zip(1..) {
            let bad = |why: &str| BadLine { number, why: why.to_owned() };
            let words: Vec<_> = line.split('#').next().unwrap_or_default().split_whitespace().collect();
            let (label, name) = match words[..] {
                [] => continue,
                [label, name] => (Label::new(label), (name != "-").then(|| Label::new(name))),
                _ => return Err(bad("a line of a label map is LABEL NAME, or LABEL - to leave it out")),
            };
            if names.insert(label, name).is_some() {
                return Err(bad("the label is mapped twice"));
            }
        }
        Ok(Self { names, drops_others: false })
    }

    /// The name of a label; `None` where it has none.
    pub fn name(&self, label: &Label) -> Option<Label> {
        match self.names.get(label) {
            Some(name) => name.clone(),
            None => (!self.drops_others).then(|| label.clone()),
        }
    }

    pub fn changes_nothing(&self) -> bool {
        self.names.is_empty() && !self.drops_others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_maps_to_conll_and_a_list_to_anything() {
        let name = |map: &LabelMap, label: &str| map.name(&Label::new(label)).map(|label| label.to_string());
        let conll = LabelMap::conll(&Scheme::standard());
        let expected = [("PERSON", Some("PER")), ("GPE", Some("LOC")), ("DATE", None), ("PER", Some("PER")), ("GENE", None)];
        for (label, to) in expected {
            assert_eq!(name(&conll, label).as_deref(), to, "{label}");
        }
        let back = LabelMap::from_conll(&Scheme::standard());
        for (label, to) in [("PER", "PERSON"), ("ORG", "ORG"), ("LOC", "LOC"), ("MISC", "MISC"), ("GENE", "GENE")] {
            assert_eq!(name(&back, label).as_deref(), Some(to), "{label}");
        }
        let list = LabelMap::parse("# ours  theirs\nPERSON  human\r\nDATE\t-\n\n").unwrap();
        for (label, to) in [("PERSON", Some("human")), ("DATE", None), ("GENE", Some("GENE"))] {
            assert_eq!(name(&list, label).as_deref(), to, "{label}");
        }
        assert_eq!(LabelMap::parse("A B\nA C").unwrap_err().number, 2);
        assert_eq!(LabelMap::parse("\nA B C").unwrap_err().number, 2);
    }
}
