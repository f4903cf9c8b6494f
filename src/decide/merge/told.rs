//! Conflicts in words: what they are about, what stands, and what the other side has.

use crate::annotation::{Article, Conflict, Desk, Entity, LabelDef, Mention, Meta, Rival, Session, StandingRule, State, Verdict};
use std::fmt;

use crate::decide::anchors::was;

/// One conflict, told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// `the title of “Ministers meet”`
    pub about: String,
    pub stands: String,
    pub other: String,
}

pub fn told(session: &Session, conflict: &Conflict) -> Told {
    let found = conflict.article().and_then(|id| session.article(id));
    let title = match (found, conflict.article()) {
        (Some(article), _) => format!("“{}”", article.title()),
        (None, Some(id)) => format!("the article {id:?}"),
        (None, None) => String::new(),
    };
    let tell = |about: String, stands: String, other: String| Told { about, stands, other };
    match conflict {
        Conflict::Removed(_) => tell(title, "worked on".to_owned(), "removed".to_owned()),
        Conflict::Text { other, .. } => {
            tell(format!("the text of {title}"), "the text that it has".to_owned(), format!("the text of {other:?}"))
        }
        Conflict::Meta { other, .. } => {
            let (stands, other) = differing(&meta(&found.map(|article| article.meta.clone()).unwrap_or_default()), &meta(other));
            tell(format!("the details of {title}"), stands, other)
        }
        Conflict::Zones { other, .. } => {
            let zones = |n: usize| if n == 1 { "1 zone".to_owned() } else { format!("{n} zones") };
            tell(format!("the zones of {title}"), zones(found.map_or(0, |article| article.zones.len())), zones(other.len()))
        }
        Conflict::Desk { other, .. } => {
            let word = |desk: &Desk| desk.progress.as_str().to_owned();
            tell(format!("the mark of {title}"), found.map_or_else(String::new, |article| word(&article.desk)), word(other))
        }
        Conflict::Mention { other, .. } => {
            let quote = found.map_or("", |article| article.quote(other.span));
            let link = other.entity.as_ref().map(|id| format!("linked to {id}"));
            let note = other.note.as_ref().map(|note| format!("noted “{note}”"));
            let was = was(other).map(|was| format!("{} before its words changed", was.state.as_str()));
            let marks: Vec<String> = [link, note, was].into_iter().flatten().collect();
            tell(format!("the suggestion “{quote}” in {title}"), "gone".to_owned(), marks.join(", "))
        }
        Conflict::Label { label, other } => {
            let (stands, other) = either(session.scheme().get(label), other.as_ref(), label_fields);
            tell(format!("the label {label}"), stands, other)
        }
        Conflict::Entity { id, other } => {
            let name = session.entity(id).or(other.as_ref()).map_or(id.as_str(), |entity| entity.name.as_str());
            let about = format!("the entity “{name}”");
            let (stands, other) = either(session.entity(id), other.as_ref(), entity_fields);
            tell(about, stands, other)
        }
        Conflict::Rule { name, other } => {
            let key = super::known::key_of(name);
            let rule = session.rules().iter().find(|rule| super::known::key_of(&rule.name) == key);
            let (stands, other) = either(rule, other.as_ref(), rule_fields);
            tell(format!("the standing rule on “{name}”"), stands, other)
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} here, {} on the other side", self.about, self.stands, self.other)
    }
}

/// What stands on a contested mention and what one rival says, each with who decided it.
pub fn sides(article: &Article, mention: &Mention, rival: &Rival) -> (String, String) {
    let said = |rival: &Rival| {
        let by = rival.by.as_deref().filter(|by| !by.is_empty()).map_or_else(String::new, |by| format!(" by {by}"));
        let at = rival.at.map_or_else(String::new, |at| format!(", {}", at.to_string().replace('T', " ").trim_end_matches('Z')));
        format!("{}{by}{at}", verdict(article, mention, rival))
    };
    (said(&super::mention::rival(mention)), said(rival))
}

/// A contested mention in words: `“NATO” is confirmed as ORG by Ann, and was rejected as ORG by Bo`.
pub fn contested(article: &Article, mention: &Mention) -> String {
    let by = |by: Option<&str>| by.map_or_else(String::new, |by| format!(" by {by}"));
    let stands = format!("{}{}", verdict(article, mention, &super::mention::rival(mention)), by(mention.by.as_deref()));
    let others: Vec<String> =
        mention.rivals.iter().map(|rival| format!("{}{}", verdict(article, mention, rival), by(rival.by.as_deref()))).collect();
    format!("“{}” is {stands}, against: {}", article.quote(mention.span), others.join("; "))
}

/// A verdict on a mention in words: `confirmed as ORG, linked to nato`.
pub fn verdict(article: &Article, mention: &Mention, rival: &Rival) -> String {
    let mut words = match rival.state {
        State::Confirmed => format!("confirmed as {}", rival.label),
        State::Rejected if mention.origin.is_machine() => format!("rejected as {}", rival.label),
        State::Rejected => "deleted".to_owned(),
        State::Suggested if mention.is_suggested() => format!("suggested as {}", rival.label),
        State::Suggested => format!("returned to suggested, as {}", rival.label),
    };
    if rival.span != mention.span {
        words.push_str(&format!(" over “{}”", article.quote(rival.span)));
    }
    if rival.entity != mention.entity || mention.rivals.iter().any(|other| other.entity != mention.entity) {
        words.push_str(&rival.entity.as_ref().map_or_else(|| ", not linked".to_owned(), |id| format!(", linked to {id}")));
    }
    words
}

type Field = (&'static str, String);

/// What differs between two records; one that is not there is removed.
fn either<T>(stands: Option<&T>, other: Option<&T>, fields: fn(&T) -> Vec<Field>) -> (String, String) {
    match (stands, other) {
        (Some(stands), Some(other)) => differing(&fields(stands), &fields(other)),
        (Some(_), None) => ("changed or in use".to_owned(), "removed".to_owned()),
        (None, Some(other)) => ("gone".to_owned(), differing(&[], &fields(other)).1),
        (None, None) => ("gone".to_owned(), "removed".to_owned()),
    }
}

fn differing(stands: &[Field], other: &[Field]) -> (String, String) {
    let words = |all: &[Field], than: &[Field]| {
        let differ = all.iter().filter(|field| !than.contains(field));
        let words: Vec<String> = differ.map(|(name, value)| format!("{name} {}", if value.is_empty() { "none" } else { value })).collect();
        if words.is_empty() { "the same by now".to_owned() } else { words.join(", ") }
    };
    (words(stands, other), words(other, stands))
}

fn meta(meta: &Meta) -> Vec<Field> {
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        ("title", value(&meta.title)),
        ("byline", value(&meta.byline)),
        ("outlet", value(&meta.outlet)),
        ("date", value(&meta.published)),
        ("language", value(&meta.language)),
        ("address", value(&meta.url)),
    ]
}

fn label_fields(def: &LabelDef) -> Vec<Field> {
    vec![
        ("key", def.key.map(String::from).unwrap_or_default()),
        ("colour", def.colour.clone()),
        ("guideline", def.guideline.clone()),
        ("details", def.details.clone()),
        ("CoNLL type", def.conll.clone().unwrap_or_default()),
        ("nesting", if def.nests { "yes" } else { "no" }.to_owned()),
        ("absolute dates only", if def.absolute_only { "yes" } else { "no" }.to_owned()),
        ("standing", format!("{:?}", def.standing).to_lowercase()),
    ]
}

fn entity_fields(entity: &Entity) -> Vec<Field> {
    vec![("name", entity.name.clone()), ("label", entity.label.to_string()), ("knowledge-base id", entity.kb.clone().unwrap_or_default())]
}

fn rule_fields(rule: &StandingRule) -> Vec<Field> {
    let verdict = match &rule.verdict {
        Verdict::Always(label) => format!("always {label}"),
        Verdict::Never => "never".to_owned(),
    };
    vec![("verdict", verdict)]
}
