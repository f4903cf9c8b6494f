//! What lists and rules say, as the model sees it: one bit per kind. The model knows kinds, not lists, so that a list
//! may grow, or be switched off, without training again.

use super::gazetteer::{Lexicon, ListMatch, Reading};
use super::page::Hit;

pub const COUNTRY: u8 = 0;
pub const GROUP: u8 = 1;
pub const KNOWN_CITY: u8 = 2;
pub const CITY: u8 = 3;
pub const PROVINCE: u8 = 4;
pub const NATURAL_PLACE: u8 = 5;
pub const FACILITY: u8 = 6;
pub const PERSON: u8 = 7;
pub const ORGANISATION: u8 = 8;
pub const PARTY: u8 = 9;
pub const COMPANY: u8 = 10;
pub const UNIVERSITY: u8 = 11;
pub const TEAM: u8 = 12;
pub const MEDIA: u8 = 13;
pub const EVENT: u8 = 14;
pub const LAW: u8 = 15;
pub const PRODUCT: u8 = 16;
pub const LANGUAGE: u8 = 17;
pub const ARMED_GROUP: u8 = 18;
pub const FOREIGN_PLACE: u8 = 19;
pub const CAMP: u8 = 20;
/// Dates, times, amounts of the grammar.
pub const TEMPORAL: u8 = 21;
pub const AMOUNT: u8 = 22;
/// A match that needs no context, and one that does.
pub const SURE: u8 = 24;
pub const DOUBTFUL: u8 = 25;
/// A match of two words or more.
pub const LONG: u8 = 26;
/// What a rule says, by its label.
pub const RULE_PERSON: u8 = 27;
pub const RULE_ORGANISATION: u8 = 28;
pub const RULE_PLACE: u8 = 29;
pub const RULE_GROUP: u8 = 30;
pub const RULE_OTHER: u8 = 31;

/// The kind of each list of a lexicon, by its id; lists that are not named here go by their label.
pub fn kinds(lexicon: &Lexicon) -> Vec<Option<u8>> {
    lexicon.lists().iter().map(|list| kind_of(&list.name, list.label.as_str())).collect()
}

fn kind_of(list: &str, label: &str) -> Option<u8> {
    Some(match list {
        "countries" => COUNTRY,
        "countries-in-other-languages" => FOREIGN_PLACE,
        "cities" => CITY,
        "provinces" => PROVINCE,
        "political-camps" => CAMP,
        "parties" => PARTY,
        "companies" => COMPANY,
        "universities" => UNIVERSITY,
        "teams" => TEAM,
        "media" => MEDIA,
        "armed-groups" => ARMED_GROUP,
        _ => match label {
            "GPE" => CITY,
            "LOC" => NATURAL_PLACE,
            "FAC" => FACILITY,
            "NORP" => GROUP,
            "PERSON" => PERSON,
            "ORG" => ORGANISATION,
            "EVENT" => EVENT,
            "LAW" => LAW,
            "PRODUCT" => PRODUCT,
            "LANGUAGE" => LANGUAGE,
            _ => return None,
        },
    })
}

/// The matches of a reading as hits, kinds as of [`kinds`].
pub fn hits(reading: &Reading, kinds: &[Option<u8>]) -> Vec<Hit> {
    let mut hits = Vec::with_capacity(reading.matches.len() * 2);
    for found in &reading.matches {
        let Some(kind) = kinds.get(usize::from(found.list.0)).copied().flatten() else { continue };
        let kind = if kind == CITY && found.mark.rank() >= 2 { KNOWN_CITY } else { kind };
        let tokens = tokens_of(found);
        hits.push(Hit { tokens: tokens.clone(), kind });
        let doubt = if found.mark.is_ambiguous() { DOUBTFUL } else { SURE };
        if tokens.len() > 1 {
            hits.push(Hit { tokens: tokens.clone(), kind: LONG });
        }
        hits.push(Hit { tokens, kind: doubt });
    }
    hits
}

pub fn tokens_of(found: &ListMatch) -> std::ops::Range<usize> {
    found.first_token..found.last_token
}
