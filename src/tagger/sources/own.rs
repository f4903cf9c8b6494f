//! Lists and rules of the analyst's own. They find exactly what they say, and win over everything else: who writes a rule
//! means it. Only a name of a list gives way to a longer name around it.
//!
//! They are looked up beside the packed lists, so that a change to them costs nothing but their own size.

use std::collections::BTreeSet;

use super::super::gazetteer::build::Builder;
use super::super::gazetteer::{Lexicon, Mark};
use super::super::rules::{Pack, Rules};
use super::super::source::{Asked, Candidate, Fault, Source, Standing};
use crate::annotation::{Origin, Score};
use crate::text::name;
use crate::text::tokens::Token;

/// How sure a name of the analyst's own list is.
const SURE: Score = Score::MAX;
/// Lists in one lexicon; it has room for 255.
const LISTS: usize = 200;

/// What the analyst's own packs find.
#[derive(Debug, Default)]
pub struct Own {
    lexicons: Vec<Lexicon>,
    rules: Rules,
    /// The keys of names that never are mentions.
    never: BTreeSet<String>,
}

impl Own {
    /// The lists and rules of `packs` without those in `off`. Packs are checked before; what is unsound finds nothing.
    pub fn new(packs: &[Pack], off: &BTreeSet<String>) -> Self {
        let lists = packs.iter().flat_map(|pack| &pack.lists).filter(|list| !off.contains(&list.id));
        let (never, lists): (Vec<_>, Vec<_>) = lists.partition(|list| list.never);
        let never = never.into_iter().flat_map(|list| &list.names).map(|name| name::key(name)).collect();
        let lexicons = lists.chunks(LISTS).map(|lists| {
            let mut builder = Builder::default();
            for list in lists {
                let id = builder.list(&list.id, &list.label);
                list.names.iter().for_each(|name| {
                    builder.name(id, name, Mark::ranked(3));
                });
            }
            builder.finish()
        });
        Self { lexicons: lexicons.collect(), rules: Rules::new(packs, off), never }
    }

    /// Everything that lists and rules find in a text with these tokens.
    pub fn find(&self, text: &str, tokens: &[Token]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for lexicon in &self.lexicons {
            for hit in lexicon.look(text, tokens).matches {
                let Some(list) = lexicon.list(hit.list) else { continue };
                let origin = Origin::Gazetteer { list: list.name.clone(), entry: text[hit.span.range()].into() };
                found.push(Candidate { span: hit.span, label: list.label.clone(), score: SURE, origin, value: None });
            }
        }
        if !self.rules.is_empty() {
            found.extend(self.rules.find(text).into_iter().map(|hit| Candidate {
                span: hit.span,
                label: hit.label,
                score: hit.score,
                origin: Origin::Rule(hit.rule),
                value: None,
            }));
        }
        found
    }
}

impl Source for Own {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        Ok(self.find(asked.text, &asked.tokens))
    }

    fn standing(&self) -> Standing {
        Standing::Word
    }

    fn denies(&self, words: &str) -> bool {
        !self.never.is_empty() && self.never.contains(&name::key(words))
    }

    fn reason(&self, origin: &Origin) -> Option<String> {
        let Origin::Rule(id) = origin else { return None };
        self.rules.reason(id).filter(|reason| !reason.is_empty()).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Scheme;
    use crate::tagger::{Context, Tagger};

    const PACK: &str = r##"(
        pack: "mine",
        rules: [(id: "vessels", label: "PRODUCT", pattern: r"\bMV (?<m>\p{Lu}\w+)", reason: "a ship’s name after MV")],
        lists: [
            (id: "boards", label: "ORG", names: ["Merkel", "Kelp Board", "the Bank of Tallinn Bay"]),
            (id: "berths", label: "BERTH", names: ["Quay 7"]),
            (id: "no-names", never: true, names: ["May"]),
        ],
    )"##;

    fn found(tagger: &Tagger, scheme: &Scheme, text: &str) -> Vec<String> {
        let context = Context { scheme, zones: &[], published: None, language: None };
        let of = |one: crate::tagger::Suggestion| format!("{} {} {}", one.label, &text[one.span.range()], one.origin);
        tagger.suggest(text, &context).into_iter().map(of).collect()
    }

    fn with(off: &[&str]) -> Tagger {
        let pack = Pack::parse("mine.ron", PACK).unwrap();
        Tagger::standard().with(&[pack], &off.iter().map(|id| (*id).to_owned()).collect())
    }

    #[test]
    fn own_lists_and_rules_win_and_are_told() {
        let text = "Chancellor Merkel saw the Kelp Board on MV Esmeralda, the MV Kelp Board at Quay 7.";
        let mut scheme = Scheme::standard();
        let all = found(&with(&[]), &scheme, text);
        for line in ["ORG Merkel gazetteer:boards/Merkel", "ORG Kelp Board gazetteer:boards/Kelp Board", "PRODUCT Esmeralda rule:vessels"] {
            assert!(all.contains(&line.to_owned()), "{line}: {all:?}");
        }
        assert!(!all.iter().any(|line| line.starts_with("BERTH")), "the scheme does not have it: {all:?}");
        scheme.labels[0].name = "BERTH".into();
        assert!(found(&with(&[]), &scheme, text).contains(&"BERTH Quay 7 gazetteer:berths/Quay 7".to_owned()));
        assert_eq!(with(&[]).reason(&Origin::Rule("vessels".into())), "a ship’s name after MV");
    }

    #[test]
    fn what_is_longer_wins_whosever_it_is() {
        let all = found(&with(&[]), &Scheme::standard(), "Esther Merkel Institute of Technology and the Bank of Tallinn Bay agreed.");
        assert!(all.contains(&"ORG the Bank of Tallinn Bay gazetteer:boards/the Bank of Tallinn Bay".to_owned()), "{all:?}");
        assert!(!all.iter().any(|line| line.contains(" Merkel gazetteer")), "{all:?}");
    }

    #[test]
    fn a_name_that_is_never_one_is_not_suggested() {
        let text = "Theresa May met Ms. May in Oslo.";
        let all = found(&with(&[]), &Scheme::standard(), text).join("\n");
        assert!(all.contains("Theresa May") && all.contains("Oslo") && !all.contains("PERSON May "), "{all}");
        let more = found(&with(&["no-names"]), &Scheme::standard(), text).join("\n");
        assert!(more.contains("PERSON May "), "{more}");
    }

    #[test]
    fn every_list_rule_and_grammar_can_be_switched_off() {
        let text = "Chancellor Merkel saw the Kelp Board on MV Esmeralda in Lithuania on Tuesday.";
        let scheme = Scheme::standard();
        let all = found(&with(&[]), &scheme, text).join("\n");
        let less = found(&with(&["boards", "vessels", "countries", "date-weekday"]), &scheme, text).join("\n");
        for one in ["gazetteer:boards/", "rule:vessels", "gazetteer:countries/", "rule:date-weekday"] {
            assert!(all.contains(one) && !less.contains(one), "{one}\n{all}\n\n{less}");
        }
    }
}
