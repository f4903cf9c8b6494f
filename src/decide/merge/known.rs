//! What a session knows besides its articles: labels, entities, standing rules.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::fields::Fields;
use super::lists::{changed, in_order, joined, set};
use crate::annotation::{Certificate, Conflict, Dismissal, Entity, EntityId, Label, LabelDef, Scheme, Session, Standing, StandingRule};
use crate::text::name;

/// The two sides and what they began from.
pub struct Three<'s> {
    pub base: &'s Session,
    pub ours: &'s Session,
    pub theirs: &'s Session,
}

impl<'s> Three<'s> {
    fn each<T>(&self, of: impl Fn(&'s Session) -> T) -> [T; 3] {
        [of(self.base), of(self.ours), of(self.theirs)]
    }
}

/// A thing that one of both sides may have removed: what stands, and whether that stands against a removal.
enum Kept<T> {
    Gone,
    Agreed(T),
    AgainstRemoval(T),
    Both,
}

fn kept<'v, T: PartialEq>(base: Option<&'v T>, ours: Option<&'v T>, theirs: Option<&'v T>) -> Kept<&'v T> {
    match (changed(base, ours, theirs), ours.or(theirs)) {
        (Some(Some(one)), _) => Kept::Agreed(one),
        (None, Some(_)) if ours.is_some() && theirs.is_some() => Kept::Both,
        (None, Some(one)) => Kept::AgainstRemoval(one),
        _ => Kept::Gone,
    }
}

/// The labels of both sides, in order. `used` are those that mentions and rules have: they stay.
pub fn scheme(three: &Three<'_>, used: &BTreeSet<Label>, conflicts: &mut Vec<Conflict>, told: &mut Vec<String>) -> Arc<Scheme> {
    let [base, ours, theirs] = three.each(Session::scheme);
    let list = |scheme: &Scheme| scheme.labels.iter().map(|def| def.name.clone()).collect::<Vec<Label>>();
    let mut labels: BTreeMap<Label, LabelDef> = BTreeMap::new();
    let names: BTreeSet<Label> = [base, ours, theirs].into_iter().flat_map(|scheme| list(scheme)).collect();
    for name in &names {
        let (was, ours, theirs) = (base.get(name), ours.get(name), theirs.get(name));
        let (def, conflict) = match kept(was, ours, theirs) {
            Kept::Agreed(def) => (Some(def.clone()), None),
            Kept::AgainstRemoval(def) => (Some(def.clone()), Some(None)),
            Kept::Both => {
                let (def, other) = ours.zip(theirs).map(|(ours, theirs)| label(was, ours, theirs)).unzip();
                (def, other.flatten().map(Some))
            }
            Kept::Gone => (ours.or(theirs).filter(|_| used.contains(name)).cloned(), None),
        };
        conflicts.extend(conflict.map(|other| Conflict::Label { label: name.clone(), other }));
        labels.extend(def.map(|def| (name.clone(), def)));
    }
    // Labels have an order that people gave them; where nothing was before, one side's is kept.
    let was = if base.labels.is_empty() { list(ours) } else { list(base) };
    let order = in_order(&was, &list(ours), &list(theirs), |name| labels.contains_key(name));
    let mut merged: Vec<LabelDef> = order.iter().filter_map(|name| labels.remove(name)).collect();
    let mut keys: HashMap<char, Label> = HashMap::new();
    for def in merged.iter_mut().filter(|def| def.standing != Standing::Retired) {
        let Some(key) = def.key else { continue };
        let other = keys.entry(key).or_insert_with(|| def.name.clone());
        let shares =
            |scheme: &Scheme| [&*other, &def.name].into_iter().all(|name| scheme.get(name).is_some_and(|def| def.key == Some(key)));
        if *other != def.name && ![ours, theirs].into_iter().any(|scheme| shares(scheme)) {
            told.push(format!("the labels {other} and {} were both given the key {key}: {} is without a key now", def.name, def.name));
            def.key = None;
        }
    }
    let name = changed(&base.name, &ours.name, &theirs.name).unwrap_or(&ours.name).clone();
    Arc::new(Scheme { name, labels: merged })
}

fn label(base: Option<&LabelDef>, ours: &LabelDef, theirs: &LabelDef) -> (LabelDef, Option<LabelDef>) {
    let mut fields = Fields::default();
    let (key, other_key) = fields.take(base.map(|def| &def.key), &ours.key, &theirs.key);
    let (colour, other_colour) = fields.take(base.map(|def| &def.colour), &ours.colour, &theirs.colour);
    let (guideline, other_guideline) = fields.take(base.map(|def| &def.guideline), &ours.guideline, &theirs.guideline);
    let (details, other_details) = fields.take(base.map(|def| &def.details), &ours.details, &theirs.details);
    let (conll, other_conll) = fields.take(base.map(|def| &def.conll), &ours.conll, &theirs.conll);
    let (nests, other_nests) = fields.take(base.map(|def| &def.nests), &ours.nests, &theirs.nests);
    let (absolute_only, other_absolute_only) = fields.take(base.map(|def| &def.absolute_only), &ours.absolute_only, &theirs.absolute_only);
    let (standing, other_standing) = fields.take(base.map(|def| &def.standing), &ours.standing, &theirs.standing);
    let other = LabelDef {
        name: ours.name.clone(),
        key: other_key,
        colour: other_colour,
        guideline: other_guideline,
        details: other_details,
        conll: other_conll,
        nests: other_nests,
        absolute_only: other_absolute_only,
        standing: other_standing,
    };
    (LabelDef { name: ours.name.clone(), key, colour, guideline, details, conll, nests, absolute_only, standing }, fields.disputed(other))
}

/// What either side has found right: no dismissal is lost but one that a side took back and the other left as it was.
pub fn dismissals(three: &Three<'_>) -> Vec<Dismissal> {
    let [base, ours, theirs] = three.each(Session::dismissals);
    let findings: BTreeSet<&Arc<str>> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
    let merged = findings.into_iter().filter_map(|finding| {
        let (ours, theirs) = (ours.get(finding), theirs.get(finding));
        match kept(base.get(finding), ours, theirs) {
            Kept::Agreed(dismissal) | Kept::AgainstRemoval(dismissal) => Some(dismissal.clone()),
            Kept::Both => ours.zip(theirs).map(|(ours, theirs)| ours.joined(theirs)),
            Kept::Gone => None,
        }
    });
    merged.collect()
}

/// The samples of both sides, with the answers of both.
pub fn certificates(three: &Three<'_>) -> Vec<Certificate> {
    let [base, ours, theirs] = three.each(Session::certificates);
    let ids: BTreeSet<&Arc<str>> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
    let merged = ids.into_iter().filter_map(|id| {
        let (ours, theirs) = (ours.get(id), theirs.get(id));
        match kept(base.get(id), ours, theirs) {
            Kept::Agreed(certificate) | Kept::AgainstRemoval(certificate) => Some(Certificate::clone(certificate)),
            Kept::Both => ours.zip(theirs).map(|(ours, theirs)| ours.joined(theirs)),
            Kept::Gone => None,
        }
    });
    merged.collect()
}

/// The entities of both sides. One that a side removed stays where a mention that is there now speaks of it.
pub fn entities(three: &Three<'_>, linked: &BTreeSet<EntityId>, conflicts: &mut Vec<Conflict>) -> Vec<Entity> {
    let [base, ours, theirs] = three.each(Session::entities);
    let ids: BTreeSet<&EntityId> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        let (was, ours, theirs) = (base.get(id), ours.get(id), theirs.get(id));
        let (found, conflict) = match kept(was, ours, theirs) {
            Kept::Agreed(entity) => (Some(entity.clone()), None),
            Kept::AgainstRemoval(entity) => (Some(entity.clone()), Some(None)),
            Kept::Both => {
                let (entity, other) = ours.zip(theirs).map(|(ours, theirs)| entity(was, ours, theirs)).unzip();
                (entity, other.flatten().map(Some))
            }
            Kept::Gone => {
                let left = ours.or(theirs).filter(|_| linked.contains(id));
                (left.cloned(), left.map(|_| None))
            }
        };
        conflicts.extend(conflict.map(|other| Conflict::Entity { id: id.clone(), other }));
        out.extend(found);
    }
    out
}

pub fn entity(base: Option<&Entity>, ours: &Entity, theirs: &Entity) -> (Entity, Option<Entity>) {
    let mut fields = Fields::default();
    let (name, other_name) = fields.take(base.map(|entity| &entity.name), &ours.name, &theirs.name);
    let (label, other_label) = fields.take(base.map(|entity| &entity.label), &ours.label, &theirs.label);
    let (kb, other_kb) = fields.take(Some(base.map_or(&None, |entity| &entity.kb)), &ours.kb, &theirs.kb);
    let note_was = base.map_or("", |entity| &entity.note);
    let note = changed(note_was, &ours.note, &theirs.note).map_or_else(|| joined(&ours.note, &theirs.note), str::to_owned);
    let aliases = set(base.map_or(&[], |entity| &entity.aliases), &ours.aliases, &theirs.aliases);
    let entity = Entity { id: ours.id.clone(), name, label, aliases, kb, note };
    let other = Entity { name: other_name, label: other_label, kb: other_kb, ..entity.clone() };
    (entity, fields.disputed(other))
}

/// The name of a rule as it is matched, and which of the rules with this name it is.
type RuleKey = (String, usize);

/// The standing rules of both sides, by name.
pub fn rules(three: &Three<'_>, conflicts: &mut Vec<Conflict>) -> Vec<StandingRule> {
    let [base, ours, theirs] = three.each(|session| keyed(session.rules()));
    let find = |rules: &[(RuleKey, &'_ StandingRule)]| -> HashMap<RuleKey, StandingRule> {
        rules.iter().map(|(key, rule)| (key.clone(), (*rule).clone())).collect()
    };
    let [was, in_ours, in_theirs] = [&base, &ours, &theirs].map(|rules| find(rules));
    let keys: BTreeSet<&RuleKey> = was.keys().chain(in_ours.keys()).chain(in_theirs.keys()).collect();
    let mut merged: HashMap<RuleKey, StandingRule> = HashMap::new();
    for key in keys {
        let (was, ours, theirs) = (was.get(key), in_ours.get(key), in_theirs.get(key));
        let (rule, conflict) = match kept(was, ours, theirs) {
            Kept::Agreed(rule) => (Some(rule.clone()), None),
            Kept::AgainstRemoval(rule) => (Some(rule.clone()), Some(None)),
            Kept::Both => {
                let (rule, other) = ours.zip(theirs).map(|(ours, theirs)| rule(was, ours, theirs)).unzip();
                (rule, other.flatten().map(Some))
            }
            Kept::Gone => (None, None),
        };
        let name = rule.as_ref().map(|rule| rule.name.as_str().into());
        conflicts.extend(conflict.zip(name).map(|(other, name)| Conflict::Rule { name, other }));
        merged.extend(rule.map(|rule| (key.clone(), rule)));
    }
    let list = |rules: &[(RuleKey, &'_ StandingRule)]| rules.iter().map(|(key, _)| key.clone()).collect::<Vec<RuleKey>>();
    let order = in_order(&list(&base), &list(&ours), &list(&theirs), |key| merged.contains_key(key));
    order.iter().filter_map(|key| merged.remove(key)).collect()
}

/// A rule's name as it is matched.
pub fn key_of(name: &str) -> String {
    name::key(name)
}

fn keyed(rules: &[StandingRule]) -> Vec<(RuleKey, &StandingRule)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let key = |rule: &StandingRule| {
        let key = key_of(&rule.name);
        let n = seen.entry(key.clone()).or_default();
        *n += 1;
        (key, *n)
    };
    rules.iter().map(key).zip(rules).collect()
}

pub fn rule(base: Option<&StandingRule>, ours: &StandingRule, theirs: &StandingRule) -> (StandingRule, Option<StandingRule>) {
    // As with verdicts on a mention, the earlier one stands.
    let stamp = |rule: &StandingRule| (rule.at, rule.by.clone());
    let (first, second) = if stamp(theirs) < stamp(ours) { (theirs, ours) } else { (ours, theirs) };
    let mut fields = Fields::default();
    let (verdict, other_verdict) = fields.take(base.map(|rule| &rule.verdict), &first.verdict, &second.verdict);
    let (name, _) = Fields::default().take(base.map(|rule| &rule.name), &first.name, &second.name);
    let note_was = base.map_or("", |rule| &rule.note);
    let note = changed(note_was, &first.note, &second.note).map_or_else(|| joined(&first.note, &second.note), str::to_owned);
    let off = changed(base.is_some_and(|rule| rule.off), first.off, second.off).unwrap_or(first.off);
    let made = if verdict == first.verdict { first } else { second };
    let rule = StandingRule { name, verdict, off, note, by: made.by.clone(), at: made.at };
    let other = StandingRule { verdict: other_verdict, by: second.by.clone(), at: second.at, ..rule.clone() };
    (rule, fields.disputed(other))
}
