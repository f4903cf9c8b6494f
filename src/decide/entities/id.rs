//! Ids: an entity’s own, readable and stable, and the one that a knowledge base gives it.

use crate::annotation::{EntityId, Session};
use crate::text::name;

/// `angela-merkel` for `Angela Merkel`, with `-2`, `-3`, … where another entity of the session has it.
pub fn fresh(session: &Session, name: &str) -> EntityId {
    let slug = slug(name);
    let slug = if slug.is_empty() { "entity" } else { &slug };
    let free = |id: &EntityId| session.entity(id).is_none();
    let numbered = (2u64..).map(|n| EntityId::new(&format!("{slug}-{n}")));
    let mut ids = std::iter::once(EntityId::new(slug)).chain(numbered);
    ids.find(free).unwrap_or_else(|| EntityId::new(slug))
}

/// A name as an id: its words in lower case, joined by hyphens. Empty where the name has neither letters nor digits.
pub fn slug(name: &str) -> String {
    let core = &name[name::of(name).1.range()];
    let words = core.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let folded = words.map(|word| {
        let mut folded = String::new();
        name::fold(word, &mut folded);
        folded.to_lowercase()
    });
    folded.collect::<Vec<_>>().join("-")
}

/// What was typed as a knowledge-base id has not the form of one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0:?} is no Wikidata id: that is Q and a number, such as Q567, or the address of its page")]
pub struct BadKnowledgeId(String);

/// A Wikidata id as it was typed or pasted: `Q567`, `wd:q567`, the address of its page. `None` where nothing was typed.
/// Only the form is looked at; whether there is such an item only the network knows.
///
/// # Errors
/// [`BadKnowledgeId`], which says what the form is.
pub fn knowledge_id(typed: &str) -> Result<Option<String>, BadKnowledgeId> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let bad = || BadKnowledgeId(typed.chars().take(60).collect());
    let bare = typed.split(['?', '#']).next().unwrap_or(typed).trim_end_matches('/');
    let last = match bare.rsplit_once('/') {
        Some((address, last)) if address.to_ascii_lowercase().contains("wikidata.org") => last,
        Some(_) => return Err(bad()),
        None => bare,
    };
    let last = last.strip_prefix("wd:").or_else(|| last.strip_prefix("Special:EntityPage:")).unwrap_or(last);
    let digits = last.strip_prefix(['Q', 'q']).ok_or_else(bad)?;
    let is_number = !digits.is_empty() && digits.len() <= 12 && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { Ok(Some(format!("Q{digits}"))) } else { Err(bad()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Entity, Scheme};

    #[test]
    fn an_id_is_readable_and_nobody_elses() {
        let entity = |id: &str| Entity {
            id: EntityId::new(id),
            name: String::new(),
            label: "PERSON".into(),
            aliases: Vec::new(),
            kb: None,
            note: String::new(),
        };
        let (session, _) = Session::from_parts(Scheme::standard(), [], [entity("oja"), entity("oja-2"), entity("entity")], Vec::new());
        assert_eq!(fresh(&session, "Dr. Maarika  Oja’s").as_str(), "maarika-oja");
        assert_eq!(fresh(&session, "Oja").as_str(), "oja-3");
        assert_eq!(fresh(&session, "…").as_str(), "entity-2");
        assert_eq!(fresh(&session, "東京").as_str(), "東京");
    }

    #[test]
    fn a_knowledge_id_is_taken_in_every_form_that_is_pasted() {
        for typed in [
            "Q567",
            " q567 ",
            "wd:Q567",
            "https://www.wikidata.org/wiki/Q567",
            "http://www.wikidata.org/entity/Q567",
            "https://m.wikidata.org/wiki/Q567?uselang=de#sitelinks",
            "www.wikidata.org/wiki/Special:EntityPage/Q567/",
        ] {
            assert_eq!(knowledge_id(typed).ok().flatten().as_deref(), Some("Q567"), "{typed}");
        }
        assert_eq!(knowledge_id("  "), Ok(None));
        for typed in ["567", "Q", "Q0", "Q12x", "P31", "https://example.org/Q567", "Q1234567890123", "Angela Merkel"] {
            let fault = knowledge_id(typed).unwrap_err().to_string();
            assert!(fault.contains("Q567"), "{fault}");
        }
    }
}
