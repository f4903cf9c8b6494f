//! Labels that came with articles and that the scheme had not, while it is asked what they are here.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::{Label, Scheme, Session};
use crate::decide::labels::{Fate, SchemeChange};
use crate::formats::LabelMap;

#[derive(Clone, Debug, Default)]
pub struct Came {
    labels: BTreeSet<Label>,
    /// While it is asked.
    pub rows: Vec<CameRow>,
}

/// A label that is new, and is one of the scheme's for now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CameRow {
    pub label: Label,
    /// How many mentions have it.
    pub mentions: usize,
    /// What it is called here, most likely.
    pub likely: Option<Label>,
}

/// What becomes of a label that came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Becomes {
    New,
    Other(Label),
    /// Its mentions go as though they had never come.
    Nothing,
}

impl Came {
    pub fn add(&mut self, labels: &[Label]) {
        self.labels.extend(labels.iter().cloned());
    }

    /// Whether there is anything to ask about.
    pub fn is_waiting(&self) -> bool {
        !self.labels.is_empty()
    }

    /// The same, looked up in a session that holds the articles.
    pub fn looked_up(mut self, session: &Session) -> Self {
        let scheme = self.without(session.scheme());
        let mut counts: BTreeMap<&Label, usize> = self.labels.iter().map(|label| (label, 0)).collect();
        for mention in session.articles().iter().flat_map(|article| &article.mentions) {
            counts.entry(&mention.label).and_modify(|count| *count += 1);
        }
        let rows = counts.into_iter().filter(|(label, _)| session.scheme().get(label).is_some());
        self.rows = rows.map(|(label, mentions)| CameRow { label: label.clone(), mentions, likely: likely(&scheme, label) }).collect();
        self
    }

    /// The labels that were here before, of those that are offered.
    pub fn known<'s>(&'s self, scheme: &'s Scheme) -> impl Iterator<Item = &'s Label> {
        scheme.in_use().map(|def| &def.name).filter(|name| !self.labels.contains(name))
    }

    /// The scheme as it is once this was chosen for the rows, in their order.
    pub fn change(&self, scheme: &Scheme, chosen: &[Becomes]) -> SchemeChange {
        let fate = |(row, becomes): (&CameRow, &Becomes)| match becomes {
            Becomes::New => None,
            Becomes::Other(label) => Some((row.label.clone(), Fate::Becomes(label.clone()))),
            Becomes::Nothing => Some((row.label.clone(), Fate::Gone)),
        };
        let fates: BTreeMap<Label, Fate> = self.rows.iter().zip(chosen).filter_map(fate).collect();
        let mut scheme = scheme.clone();
        scheme.labels.retain(|def| !fates.contains_key(&def.name));
        SchemeChange { scheme, fates }
    }

    fn without(&self, scheme: &Scheme) -> Scheme {
        let mut scheme = scheme.clone();
        scheme.labels.retain(|def| !self.labels.contains(&def.name));
        scheme
    }
}

/// The label of a scheme that is called so but for the case, or that alone is CoNLL's type of that name.
fn likely(scheme: &Scheme, label: &Label) -> Option<Label> {
    let name = label.as_str().to_uppercase();
    let same = scheme.in_use().map(|def| &def.name).find(|known| known.as_str().to_uppercase() == name);
    let conll = || LabelMap::from_conll(scheme).name(&Label::new(&name)).filter(|known| known.as_str() != name);
    same.cloned().or_else(conll)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::Stamp;
    use crate::decide::labels::{change, with_new};
    use crate::dsl;

    #[test]
    fn each_label_that_came_is_a_new_one_or_another_or_goes() {
        let pages = ["[PER! Ann Lee] met [PER! Bo] in [GPE! Oslo]", "[GENE! TP53] and [MISC! Danes] [PER? Cy]"];
        let read = dsl::session(&pages);
        let labels = read.articles().iter().flat_map(|article| &article.mentions).map(|mention| &mention.label);
        let (scheme, added) = with_new(&Scheme::standard(), labels);
        let (session, _) = Session::from_parts(scheme, read.articles().to_vec(), [], Vec::new());
        let mut came = Came::default();
        came.add(&added[..1]);
        came.add(&added);
        let came = came.looked_up(&session);
        let shown: Vec<_> =
            came.rows.iter().map(|row| (row.label.as_str(), row.mentions, row.likely.as_ref().map(Label::as_str))).collect();
        assert_eq!(shown, [("GENE", 1, None), ("MISC", 1, None), ("PER", 3, Some("PERSON"))]);
        assert!(came.known(session.scheme()).all(|label| Scheme::standard().get(label).is_some()));
        let chosen = [Becomes::New, Becomes::Nothing, Becomes::Other(Label::new("PERSON"))];
        let edit = change(&session, &came.change(session.scheme(), &chosen), &Stamp::default()).unwrap().unwrap();
        let mut after = session.clone();
        after.apply(&edit).unwrap();
        let expect = ["[PERSON! Ann Lee] met [PERSON! Bo] in [GPE! Oslo]", "[GENE! TP53] and Danes [PERSON? Cy]"];
        assert_eq!(dsl::show_all(&after), expect);
        let has = |name: &str| after.scheme().by_name(name).is_some();
        assert_eq!(["GENE", "MISC", "PER"].map(has), [true, false, false]);
        let as_new = came.change(session.scheme(), &[const { Becomes::New }; 3]);
        assert_eq!(change(&session, &as_new, &Stamp::default()), Ok(None), "they are new ones already");
        for (name, expect) in [("person", Some("PERSON")), ("Per", Some("PERSON")), ("Misc", None), ("gene", None)] {
            assert_eq!(likely(&Scheme::standard(), &Label::new(name)).as_ref().map(Label::as_str), expect, "{name}");
        }
    }
}
