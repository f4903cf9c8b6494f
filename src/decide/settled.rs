//! What was settled in one session, as lists for the next: confirmed names by label, and names that never are one.
//!
//! A name counts as settled where its decisions agree: every confirmed mention has one label and none was rejected, or
//! all were rejected by a person more than once. Standing rules that are on say so by themselves. Dates and amounts are
//! no names.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::{Label, Session, Verdict};
use crate::tagger::rules::{NameList, Pack};
use crate::text::name;

/// Labels whose mentions are no names.
const NO_NAMES: [&str; 7] = ["DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"];

/// Whether mentions with this label are names: neither dates nor amounts.
pub fn is_name(label: &Label) -> bool {
    !NO_NAMES.contains(&label.as_str())
}

/// From so many rejections on a name is taken for none.
const REJECTIONS: usize = 2;

/// What is known of one name.
#[derive(Default)]
struct Name<'s> {
    labels: BTreeSet<&'s Label>,
    /// As it is written where it is confirmed.
    surfaces: BTreeSet<&'s str>,
    rejected: BTreeMap<&'s str, usize>,
}

/// The settled names of a session: a list for each label, and one of names that are never mentions. `name` tells the
/// lists from those of other sessions.
pub fn settled_names(session: &Session, name: &str) -> Pack {
    let mut names: BTreeMap<String, Name<'_>> = BTreeMap::new();
    for article in session.articles() {
        for mention in article.mentions.iter().filter(|mention| mention.is_settled()) {
            if !is_name(&mention.label) {
                continue;
            }
            let quote = article.quote(mention.span);
            let (key, core) = name::of(quote);
            let surface = &quote[core.range()];
            let known = names.entry(key).or_default();
            if mention.is_confirmed() {
                known.labels.insert(&mention.label);
                known.surfaces.insert(surface);
            } else {
                *known.rejected.entry(surface).or_default() += 1;
            }
        }
    }
    let mut always: BTreeMap<&Label, BTreeSet<&str>> = BTreeMap::new();
    let mut never: BTreeSet<&str> = BTreeSet::new();
    for known in names.values() {
        let rejections: usize = known.rejected.values().sum();
        match (known.labels.iter().next(), known.labels.len(), rejections) {
            (Some(label), 1, 0) => always.entry(label).or_default().extend(&known.surfaces),
            (None, _, REJECTIONS..) => never.extend(known.rejected.keys()),
            _ => {}
        }
    }
    for rule in session.rules().iter().filter(|rule| !rule.off) {
        match &rule.verdict {
            Verdict::Always(label) => always.entry(label).or_default().insert(&rule.name),
            Verdict::Never => never.insert(&rule.name),
        };
    }
    pack(name, always, &never)
}

fn pack(name: &str, always: BTreeMap<&Label, BTreeSet<&str>>, never: &BTreeSet<&str>) -> Pack {
    let flat = |names: &BTreeSet<&str>| -> Vec<String> {
        let flat: BTreeSet<String> = names.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        flat.into_iter().filter(|name| crate::tagger::gazetteer::build::is_name(name)).collect()
    };
    let list = |(label, names): (&Label, &BTreeSet<&str>)| NameList {
        id: format!("{name}-{}", label.as_str().to_lowercase()),
        label: label.to_string(),
        about: "settled names".to_owned(),
        never: false,
        names: flat(names),
    };
    let mut lists: Vec<NameList> = always.iter().map(|(label, names)| list((label, names))).collect();
    if !never.is_empty() {
        let (id, about) = (format!("{name}-never"), "no names".to_owned());
        lists.push(NameList { id, label: String::new(), about, never: true, names: flat(never) });
    }
    lists.retain(|list| !list.names.is_empty());
    Pack { pack: name.to_owned(), about: "Names settled in a session, to be used in the next.".to_owned(), lists, ..Pack::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{StandingRule, Time};
    use crate::dsl;

    #[test]
    fn names_that_decisions_agree_on_become_lists() {
        let session = dsl::session(&[
            "[ORG! Kelp Board], the [ORG! Kelp  Board]’s, [PERSON! Mr. Reed], [GPE! Reed], [PERSON? Ann], [DATE! Monday]",
            "[ORG~ Board], [PERSON~ Board], [GPE~ Oslo], [GPE! Chad], [PERSON~ Chad], [GPE!* Peru]",
        ]);
        let rule = |name: &str, verdict, off| StandingRule {
            name: name.to_owned(),
            verdict,
            off,
            note: String::new(),
            by: "".into(),
            at: Time(0),
        };
        let rules = vec![
            rule("Ann", Verdict::Always("PERSON".into()), false),
            rule("Monday", Verdict::Never, false),
            rule("Lima", Verdict::Always("GPE".into()), true),
        ];
        let (session, _) = Session::from_parts((**session.scheme()).clone(), session.articles().iter().cloned(), [], rules);
        let pack = settled_names(&session, "harbour");
        let lists: Vec<String> = pack.lists.iter().map(|list| format!("{} {}: {}", list.id, list.label, list.names.join(", "))).collect();
        assert_eq!(
            lists,
            ["harbour-gpe GPE: Peru", "harbour-org ORG: Kelp Board", "harbour-person PERSON: Ann", "harbour-never : Board, Monday"]
        );
        assert_eq!(Pack::parse("harbour.ron", &pack.text()), Ok(pack));
    }
}
