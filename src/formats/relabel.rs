//! Labels under other names: by the scheme's mapping to CoNLL's, or by a list that somebody wrote.

use std::collections::BTreeMap;

use super::lines::BadLine;
use crate::annotation::{Label, Scheme};

/// What labels are called in an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelMap {
    /// `None`: its mentions are left out.
    names: BTreeMap<Label, Option<Label>>,
    /// Labels that are not named go without; else they stay as they are.
    drops_others: bool,
}

/// The labels of CoNLL-2003.
const CONLL: [&str; 4] = ["PER", "ORG", "LOC", "MISC"];

impl LabelMap {
    /// As the scheme says; a label that it gives no type has none there.
    pub fn conll(scheme: &Scheme) -> Self {
        let named = scheme.labels.iter().map(|def| (def.name.clone(), def.conll.as_deref().map(Label::new)));
        let own = CONLL.map(|name| (Label::new(name), Some(Label::new(name))));
        Self { names: own.into_iter().chain(named).collect(), drops_others: true }
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
        let list = LabelMap::parse("# ours  theirs\nPERSON  human\r\nDATE\t-\n\n").unwrap();
        for (label, to) in [("PERSON", Some("human")), ("DATE", None), ("GENE", Some("GENE"))] {
            assert_eq!(name(&list, label).as_deref(), to, "{label}");
        }
        assert_eq!(LabelMap::parse("A B\nA C").unwrap_err().number, 2);
        assert_eq!(LabelMap::parse("\nA B C").unwrap_err().number, 2);
    }
}
