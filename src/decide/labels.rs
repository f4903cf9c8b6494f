//! Changing the scheme: labels added, renamed, recoloured, retired, or taken over from a file.
//!
//! What becomes of the mentions, entities and standing rules that have a label which goes is part of the same edit, so
//! that one undo takes all of it back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Stamp;
use crate::annotation::{
    Article, Edit, Entity, How, Label, LabelDef, Mention, Op, Scheme, SchemeFault, Scope, Session, Standing, Verb, Verdict,
};

/// A changed scheme, and what becomes of the mentions of labels that go.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SchemeChange {
    pub scheme: Scheme,
    /// What becomes of labels of the scheme as it was.
    pub fates: BTreeMap<Label, Fate>,
}

/// What becomes of the mentions of a label that goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    Becomes(Label),
    Rejected,
    /// They are taken out, as though they had never come.
    Gone,
}

impl Fate {
    /// The label that takes the place of the one that goes.
    pub fn other(&self) -> Option<&Label> {
        match self {
            Fate::Becomes(other) => Some(other),
            Fate::Rejected | Fate::Gone => None,
        }
    }
}

impl SchemeChange {
    /// The scheme of a file in the place of the session's. Labels that the file lacks and the session uses stay known,
    /// without being offered; so nothing that was decided is touched.
    pub fn taken_over(session: &Session, mut scheme: Scheme) -> Self {
        let used = used(session);
        let kept = session.scheme().labels.iter().filter(|def| scheme.get(&def.name).is_none() && used.contains(&def.name));
        let kept: Vec<_> = kept.cloned().collect();
        for mut def in kept {
            def.key = None;
            def.standing = if def.standing == Standing::Retired { Standing::Retired } else { Standing::Off };
            scheme.labels.push(def);
        }
        Self { scheme, fates: BTreeMap::new() }
    }
}

/// The labels that mentions, entities or standing rules have.
fn used(session: &Session) -> BTreeSet<Label> {
    let mut used: BTreeSet<Label> = session.entities().values().map(|entity| entity.label.clone()).collect();
    used.extend(session.rules().iter().filter_map(|rule| match &rule.verdict {
        Verdict::Always(label) => Some(label.clone()),
        Verdict::Never => None,
    }));
    for article in session.articles() {
        used.extend(article.mentions.iter().map(|mention| mention.label.clone()));
    }
    used
}

/// The edit that puts a changed scheme in force; `None` where it changes nothing.
///
/// # Errors
/// The first thing that keeps the scheme from being used.
pub fn change(session: &Session, change: &SchemeChange, stamp: &Stamp) -> Result<Option<Edit>, SchemeFault> {
    if let Some(fault) = change.scheme.faults().into_iter().next() {
        return Err(fault);
    }
    let before = session.scheme().clone();
    let mut ops = Vec::new();
    for article in session.articles() {
        mention_ops(article, change, stamp, &mut ops);
    }
    for entity in session.entities().values() {
        let after = match change.fates.get(&entity.label) {
            Some(Fate::Becomes(label)) => Some(Entity { label: label.clone(), ..entity.clone() }),
            Some(Fate::Gone) if !is_linked(session, change, entity) => None,
            _ => continue,
        };
        ops.push(Op::Entity { before: Some(entity.clone()), after });
    }
    for (at, rule) in session.rules().iter().enumerate() {
        let Verdict::Always(label) = &rule.verdict else { continue };
        let mut after = rule.clone();
        match change.fates.get(label) {
            Some(Fate::Becomes(other)) => after.verdict = Verdict::Always(other.clone()),
            Some(Fate::Rejected | Fate::Gone) => after.off = true,
            None => continue,
        }
        ops.push(Op::Rule { at, before: Some(rule.clone()), after: Some(after) });
    }
    let what = words(&before, change);
    if *before != change.scheme {
        ops.insert(0, Op::Scheme { before, after: Arc::new(change.scheme.clone()) });
    }
    if ops.is_empty() {
        return Ok(None);
    }
    let Stamp { by, at } = stamp.clone();
    Ok(Some(Edit { verb: Verb::EditScheme, scope: Scope::Mention, target: None, what, label: None, by, at, ops }))
}

/// What becomes of the mentions of one article. Where a mention comes to say the same as another one of the same words,
/// one of the two stays: the settled one, else the one that had the label all along.
fn mention_ops(article: &Article, change: &SchemeChange, stamp: &Stamp, ops: &mut Vec<Op>) {
    let moves = |mention: &Mention| change.fates.contains_key(&mention.label);
    for same_words in article.mentions.chunk_by(|a, b| a.span == b.span).filter(|same_words| same_words.iter().any(moves)) {
        let mut order: Vec<&Mention> = same_words.iter().collect();
        order.sort_by_key(|mention| (!mention.is_confirmed(), moves(mention)));
        let mut taken = Vec::new();
        for before in order {
            let after = fate(before, change, stamp);
            let is_twin = |after: &Mention| !after.is_rejected() && taken.contains(&after.label);
            let after = after.filter(|after| !is_twin(after));
            taken.extend(after.iter().filter(|after| !after.is_rejected()).map(|after| after.label.clone()));
            if after.as_ref() != Some(before) {
                ops.push(Op::Mention { article: article.id.clone(), before: Some(before.clone()), after });
            }
        }
    }
}

fn fate(mention: &Mention, change: &SchemeChange, stamp: &Stamp) -> Option<Mention> {
    match change.fates.get(&mention.label) {
        None => Some(mention.clone()),
        Some(Fate::Becomes(other)) => Some(Mention { label: other.clone(), ..mention.clone() }),
        Some(Fate::Rejected) if mention.is_rejected() => Some(mention.clone()),
        Some(Fate::Rejected) => super::verdict::rejected(mention, How::Rule, stamp),
        Some(Fate::Gone) => None,
    }
}

/// Whether a mention that stays is linked to an entity.
fn is_linked(session: &Session, change: &SchemeChange, entity: &Entity) -> bool {
    let stays = |mention: &Mention| change.fates.get(&mention.label) != Some(&Fate::Gone);
    let mut mentions = session.articles().iter().flat_map(|article| &article.mentions);
    mentions.any(|mention| mention.entity.as_ref() == Some(&entity.id) && stays(mention))
}

/// `ORG becomes FIRM`, `new SHIP`, `LAW retired`; many changes are counted.
fn words(before: &Scheme, change: &SchemeChange) -> String {
    let mut parts = Vec::new();
    for (label, fate) in &change.fates {
        parts.push(match (fate, change.scheme.get(label)) {
            (Fate::Becomes(other), None) => format!("{label} becomes {other}"),
            (Fate::Gone, _) => format!("{label} left out"),
            _ => format!("{label} retired"),
        });
    }
    for def in &change.scheme.labels {
        let is_new_name = change.fates.values().any(|fate| fate.other() == Some(&def.name));
        match before.get(&def.name) {
            None if !is_new_name => parts.push(format!("new {}", def.name)),
            Some(old) if old != def && !change.fates.contains_key(&def.name) => parts.push(def.name.to_string()),
            _ => {}
        }
    }
    match &parts[..] {
        [] => String::new(),
        [..] if parts.len() <= 3 => parts.join(", "),
        many => format!("{} labels", many.len()),
    }
}

/// A scheme with the labels that are used and it lacks, and those labels in the order of their names.
pub fn with_new<'l>(scheme: &Scheme, used: impl Iterator<Item = &'l Label>) -> (Scheme, Vec<Label>) {
    let mut scheme = scheme.clone();
    let used: BTreeSet<&Label> = used.collect();
    let added: Vec<Label> = used.into_iter().filter(|label| scheme.get(label).is_none()).cloned().collect();
    for (i, label) in added.iter().enumerate() {
        scheme.labels.push(LabelDef {
            colour: SPARE_COLOURS[i % SPARE_COLOURS.len()].to_owned(),
            guideline: "Came with an import.".to_owned(),
            ..LabelDef::plain(label.clone())
        });
    }
    (scheme, added)
}

/// For labels that bring no colour.
const SPARE_COLOURS: [&str; 6] = ["#5B5B5B", "#7A4A21", "#1F6F6B", "#6B3A6E", "#3F5E1A", "#8A2F45"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{EntityId, History, LabelDef, StandingRule, Time};
    use crate::dsl;

    fn stamp() -> Stamp {
        Stamp { by: "Liis".into(), at: Time(7) }
    }

    fn renamed(scheme: &Scheme, old: &str, new: &str) -> SchemeChange {
        let mut scheme = scheme.clone();
        scheme.labels.iter_mut().filter(|def| def.name.as_str() == old).for_each(|def| def.name = Label::new(new));
        SchemeChange { scheme, fates: BTreeMap::from([(Label::new(old), Fate::Becomes(Label::new(new)))]) }
    }

    fn retired(scheme: &Scheme, old: &str, fate: Fate) -> SchemeChange {
        let mut scheme = scheme.clone();
        for def in scheme.labels.iter_mut().filter(|def| def.name.as_str() == old) {
            (def.standing, def.key) = (Standing::Retired, None);
        }
        SchemeChange { scheme, fates: BTreeMap::from([(Label::new(old), fate)]) }
    }

    #[track_caller]
    fn check(pages: &[&str], made: impl Fn(&Scheme) -> SchemeChange, expect: &[&str], words: &str) {
        let before = dsl::session(pages);
        let edit = change(&before, &made(before.scheme()), &stamp()).expect("a sound scheme").expect("a change");
        assert_eq!(edit.what, words);
        let (mut session, mut history) = (before.clone(), History::default());
        history.perform(&mut session, edit).expect("the edit fits");
        assert_eq!(dsl::show_all(&session), expect);
        history.undo(&mut session).expect("undo fits");
        assert_eq!(session, before);
    }

    #[test]
    fn a_renamed_label_takes_its_mentions_along() {
        let pages = ["[ORG? NATO] and [ORG~ Oslo]", "[ORG! EU] in [GPE? Riga]"];
        let expect = ["[FIRM? NATO] and [FIRM~ Oslo]", "[FIRM! EU] in [GPE? Riga]"];
        check(&pages, |scheme| renamed(scheme, "ORG", "FIRM"), &expect, "ORG becomes FIRM");
    }

    #[test]
    fn mentions_of_a_retired_label_get_another_or_are_rejected() {
        let pages = ["[ORG? NATO] and [ORG!* EU] and [GPE? Riga]"];
        check(
            &pages,
            |scheme| retired(scheme, "ORG", Fate::Becomes("GPE".into())),
            &["[GPE? NATO] and [GPE!* EU] and [GPE? Riga]"],
            "ORG retired",
        );
        check(&pages, |scheme| retired(scheme, "ORG", Fate::Rejected), &["[ORG~ NATO] and EU and [GPE? Riga]"], "ORG retired");
    }

    #[test]
    fn a_label_that_goes_takes_its_mentions_and_what_only_they_were_linked_to() {
        let gone = |scheme: &Scheme| {
            let mut scheme = scheme.clone();
            scheme.labels.retain(|def| def.name.as_str() != "ORG");
            SchemeChange { scheme, fates: BTreeMap::from([(Label::new("ORG"), Fate::Gone)]) }
        };
        check(
            &["[ORG? NATO] and [ORG!* EU] and [ORG~ Oslo] in [GPE? Riga]"],
            gone,
            &["NATO and EU and Oslo in [GPE? Riga]"],
            "ORG left out",
        );
        let before = dsl::session(&["[ORG! NATO] and [ORG! EU] in [GPE? EU]"]);
        let mut article = Article::clone(&before.articles()[0]);
        for mention in &mut article.mentions {
            mention.entity = Some(article.text[mention.span.range()].into()).map(|id: &str| EntityId::new(id));
        }
        let entity = |id: &str| Entity {
            id: EntityId::new(id),
            name: id.to_owned(),
            label: "ORG".into(),
            aliases: Vec::new(),
            kb: None,
            note: String::new(),
        };
        let (mut session, _) =
            Session::from_parts(before.scheme().as_ref().clone(), [Arc::new(article)], ["NATO", "EU"].map(entity), Vec::new());
        let edit = change(&session, &gone(session.scheme()), &stamp()).expect("a sound scheme").expect("a change");
        session.apply(&edit).expect("the edit fits");
        assert_eq!(session.entities().keys().map(EntityId::as_str).collect::<Vec<_>>(), ["EU"]);
    }

    #[test]
    fn of_two_mentions_that_come_to_say_the_same_the_settled_one_stays() {
        let made = |scheme: &Scheme| retired(scheme, "ORG", Fate::Becomes("GPE".into()));
        check(&["[ORG! [GPE? Bank]] ran"], made, &["[GPE! Bank] ran"], "ORG retired");
        check(&["[ORG? [GPE! Bank]] ran"], made, &["[GPE! Bank] ran"], "ORG retired");
        check(&["[ORG? [GPE? Bank]] ran"], made, &["[GPE? Bank] ran"], "ORG retired");
    }

    #[test]
    fn two_labels_can_change_places() {
        let made = |scheme: &Scheme| {
            let mut scheme = scheme.clone();
            scheme.labels.iter_mut().for_each(|def| match def.name.as_str() {
                "ORG" => def.name = "GPE".into(),
                "GPE" => def.name = "ORG".into(),
                _ => {}
            });
            let fates = [("ORG", "GPE"), ("GPE", "ORG")].map(|(a, b)| (Label::new(a), Fate::Becomes(Label::new(b))));
            SchemeChange { scheme, fates: fates.into() }
        };
        let before = dsl::session(&["[ORG? NATO] in [GPE! Riga]"]);
        let edit = change(&before, &made(before.scheme()), &stamp()).expect("a sound scheme").expect("a change");
        let mut session = before.clone();
        session.apply(&edit).expect("the edit fits");
        assert_eq!(dsl::show_all(&session), ["[GPE? NATO] in [ORG! Riga]"]);
    }

    #[test]
    fn standing_rules_follow_their_label_or_are_switched_off() {
        let rule = |label: &str, off| StandingRule {
            name: "NATO".to_owned(),
            verdict: Verdict::Always(label.into()),
            off,
            note: String::new(),
            by: "".into(),
            at: Time(0),
        };
        let (session, _) = Session::from_parts(Scheme::standard(), [], [], vec![rule("ORG", false)]);
        for (made, expect) in [
            (renamed(session.scheme(), "ORG", "FIRM"), rule("FIRM", false)),
            (retired(session.scheme(), "ORG", Fate::Rejected), rule("ORG", true)),
        ] {
            let edit = change(&session, &made, &stamp()).expect("a sound scheme").expect("a change");
            let mut session = session.clone();
            session.apply(&edit).expect("the edit fits");
            assert_eq!(session.rules(), [expect]);
        }
    }

    #[test]
    fn a_scheme_from_a_file_touches_nothing_that_was_decided() {
        let session = dsl::session(&["[ORG! NATO] in [GPE? Riga]"]);
        let mut file = Scheme::standard();
        file.labels.retain(|def| !["ORG", "LAW"].contains(&def.name.as_str()));
        let ship = LabelDef { name: "SHIP".into(), key: Some('O'), ..file.labels[0].clone() };
        file.labels.push(ship);
        let made = SchemeChange::taken_over(&session, file);
        assert_eq!(made.scheme.get(&"ORG".into()).map(|def| (def.standing, def.key)), Some((Standing::Off, None)));
        assert!(made.scheme.get(&"LAW".into()).is_none(), "nothing has it");
        let edit = change(&session, &made, &stamp()).expect("a sound scheme").expect("a change");
        let mut after = session.clone();
        after.apply(&edit).expect("the edit fits");
        assert_eq!(dsl::show_all(&after), dsl::show_all(&session));
    }

    #[test]
    fn an_unsound_scheme_is_refused_and_the_same_one_is_no_edit() {
        let session = dsl::session(&["[ORG! NATO]"]);
        let same = SchemeChange { scheme: (**session.scheme()).clone(), ..SchemeChange::default() };
        assert_eq!(change(&session, &same, &stamp()), Ok(None));
        let mut unsound = same;
        unsound.scheme.labels[0].key = Some('X');
        assert!(change(&session, &unsound, &stamp()).is_err());
    }
}
