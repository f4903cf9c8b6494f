//! Decisions on one mention.
//!
//! Retype, move and add also confirm. A confirmed mention suppresses every suggestion that overlaps it, unless the
//! scheme says of either label that it nests; the suppressed suggestions leave with the same edit and come back with
//! its undo. Rejecting what a machine suggested is remembered; rejecting the analyst's own mention deletes it.

use std::sync::Arc;

use super::entities;
use super::terms::{Refusal, Stamp, check_label, check_span, edit_of, find_article};
use super::verdict::{confirm_ops, confirmed, rejected, reopened};
use crate::annotation::{Article, ArticleId, Edit, Entity, EntityId, How, Label, Mention, MentionId, Op, Origin, Session, Target, Verb};
use crate::text::{Span, name};

/// Confirms a mention as it stands. A contested one that is confirmed is settled by it.
///
/// # Errors
/// [`Refusal::Already`] when it is confirmed and nobody contests it.
pub fn confirm(session: &Session, article: &ArticleId, mention: MentionId, how: How, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (article, mention) = find(session, article, mention)?;
    if mention.is_confirmed() && !mention.is_contested() {
        return Err(Refusal::Already);
    }
    let after = confirmed(mention, how, stamp);
    Ok(edit(
        Verb::Confirm,
        article,
        mention,
        Some(after.label.clone()),
        stamp,
        confirm_ops(session.scheme(), article, Some(mention), after),
    ))
}

/// Rejects a machine's mention, or deletes the analyst's own.
///
/// # Errors
/// [`Refusal::Already`] when it is rejected and nobody contests it.
pub fn reject(session: &Session, article: &ArticleId, mention: MentionId, how: How, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (article, mention) = find(session, article, mention)?;
    if mention.is_rejected() && !mention.is_contested() {
        return Err(Refusal::Already);
    }
    let op = Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after: rejected(mention, how, stamp) };
    let verb = if mention.origin.is_machine() { Verb::Reject } else { Verb::Delete };
    Ok(edit(verb, article, mention, Some(mention.label.clone()), stamp, vec![op]))
}

/// Gives a mention another label and confirms it. With its own label it is merely confirmed.
///
/// # Errors
/// [`Refusal::Label`] for a label that the scheme does not use, [`Refusal::Exists`] where that mention is there.
pub fn retype(session: &Session, article: &ArticleId, mention: MentionId, label: &Label, how: How, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (article, mention) = find(session, article, mention)?;
    if *label == mention.label {
        return confirm(session, &article.id, mention.id, how, stamp);
    }
    check_label(session, label)?;
    check_free(article, mention.span, label, Some(mention.id))?;
    let after = Mention { label: label.clone(), ..confirmed(mention, how, stamp) };
    Ok(edit(Verb::Retype, article, mention, Some(label.clone()), stamp, confirm_ops(session.scheme(), article, Some(mention), after)))
}

/// Moves a mention to `span` (bytes) and confirms it.
///
/// # Errors
/// [`Refusal::Span`] where the span is empty or off the text, [`Refusal::Exists`] where that mention is there.
pub fn move_to(session: &Session, article: &ArticleId, mention: MentionId, span: Span, how: How, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (article, mention) = find(session, article, mention)?;
    if span == mention.span {
        return Err(Refusal::Already);
    }
    check_span(article, span)?;
    check_free(article, span, &mention.label, Some(mention.id))?;
    let after = Mention { span, ..confirmed(mention, how, stamp) };
    Ok(edit(Verb::Move, article, mention, None, stamp, confirm_ops(session.scheme(), article, Some(mention), after)))
}

/// Moves a mention and retypes it in one decision: a wrong span with a wrong label costs one.
///
/// # Errors
/// As [`move_to`] and [`retype`].
pub fn correct(
    session: &Session,
    article: &ArticleId,
    mention: MentionId,
    span: Span,
    label: &Label,
    how: How,
    stamp: &Stamp,
) -> Result<Edit, Refusal> {
    let (article, mention) = find(session, article, mention)?;
    if span == mention.span {
        return retype(session, &article.id, mention.id, label, how, stamp);
    }
    check_label(session, label)?;
    check_span(article, span)?;
    check_free(article, span, label, Some(mention.id))?;
    let after = Mention { span, label: label.clone(), ..confirmed(mention, how, stamp) };
    Ok(edit(Verb::Move, article, mention, Some(label.clone()), stamp, confirm_ops(session.scheme(), article, Some(mention), after)))
}

/// Adds a confirmed mention over `span` (bytes). Where a suggestion or a rejected mention has exactly this span, that
/// one is confirmed with the label instead, so that its origin and history are kept.
///
/// # Errors
/// [`Refusal::Span`], [`Refusal::Label`], or [`Refusal::Exists`] when it is there and confirmed.
pub fn add(session: &Session, article: &ArticleId, span: Span, label: &Label, how: How, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = find_article(session, article)?;
    check_span(article, span)?;
    check_label(session, label)?;
    let same_span = || article.overlapping(span).filter(|mention| mention.span == span);
    if same_span().any(|mention| mention.is_confirmed() && mention.label == *label) {
        return Err(Refusal::Exists(label.clone()));
    }
    let unsettled = same_span().filter(|mention| !mention.is_confirmed());
    let revived = unsettled.min_by_key(|mention| (mention.label != *label, mention.state));
    let after = match revived {
        Some(mention) => Mention { label: label.clone(), ..confirmed(mention, how, stamp) },
        None => {
            let id = session.fresh_mention_id(article, span, label);
            confirmed(&Mention::suggested(id, span, label.clone(), Origin::Analyst), how, stamp)
        }
    };
    let target = Target { article: article.id.clone(), mention: Some(after.id) };
    let ops = confirm_ops(session.scheme(), article, revived, after);
    Ok(Edit { target: Some(target), ..edit_of(Verb::Add, article.quote(span), Some(label.clone()), stamp, ops) })
}

/// Takes a decision back: the analyst's own mention is deleted, a settled one becomes suggested again, as it was first
/// suggested.
///
/// # Errors
/// [`Refusal::Already`] when it is a suggestion.
pub fn reopen(session: &Session, article: &ArticleId, mention: MentionId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (article, mention) = find(session, article, mention)?;
    if !mention.origin.is_machine() {
        return reject(session, &article.id, mention.id, How::Looked, stamp);
    }
    if mention.is_suggested() {
        return Err(Refusal::Already);
    }
    let op = Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after: Some(reopened(mention)) };
    Ok(edit(Verb::Reopen, article, mention, None, stamp, vec![op]))
}

/// Links a mention to an entity, or unlinks it. The link does not confirm. An entity that is not there yet is made, named
/// by the words of the mention.
///
/// # Errors
/// [`Refusal::Already`] when it is linked so.
pub fn link(session: &Session, article: &ArticleId, mention: MentionId, entity: Option<&EntityId>, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (found, mention) = find(session, article, mention)?;
    if mention.entity.as_ref() == entity {
        return Err(Refusal::Already);
    }
    match entity.filter(|id| session.entity(id).is_none()) {
        Some(id) => {
            let name = &name::of(found.quote(mention.span)).1.of(found.quote(mention.span)).unwrap_or_default();
            link_new(
                session,
                article,
                mention.id,
                &Entity { id: id.clone(), ..entities::change::new(session, name, &mention.label) },
                stamp,
            )
        }
        None => {
            let done = edit(Verb::Link, found, mention, None, stamp, vec![link_op(found, mention, entity)]);
            let target = entity.and_then(|id| session.entity(id)).map(|entity| entity.name.as_str());
            Ok(Edit { what: linked_words(&done.what, target), ..done })
        }
    }
}

/// What an edit that links says it is about: the words and the name of what they are linked to, if they are.
pub(super) fn linked_words(words: &str, target: Option<&str>) -> String {
    target.map_or_else(|| words.to_owned(), |target| format!("{} → {target}", words.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Links a mention to an entity that comes with this decision. One that is there already is merely linked.
///
/// # Errors
/// As [`link`]; [`Refusal::Nameless`].
pub fn link_new(session: &Session, article: &ArticleId, mention: MentionId, entity: &Entity, stamp: &Stamp) -> Result<Edit, Refusal> {
    if session.entity(&entity.id).is_some() {
        return link(session, article, mention, Some(&entity.id), stamp);
    }
    let (article, mention) = find(session, article, mention)?;
    let mut ops = entities::change::set(session, entity, stamp)?.ops;
    ops.push(link_op(article, mention, Some(&entity.id)));
    let done = edit(Verb::Link, article, mention, None, stamp, ops);
    Ok(Edit { what: linked_words(&done.what, Some(&entity.name)), ..done })
}

fn link_op(article: &Article, mention: &Mention, entity: Option<&EntityId>) -> Op {
    let after = Mention { entity: entity.cloned(), ..mention.clone() };
    Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after: Some(after) }
}

/// Sets the note of a mention; an empty one removes it.
///
/// # Errors
/// [`Refusal::Already`] when it is the note.
pub fn note(session: &Session, article: &ArticleId, mention: MentionId, note: &str, stamp: &Stamp) -> Result<Edit, Refusal> {
    let (article, mention) = find(session, article, mention)?;
    let note = Some(note.trim()).filter(|note| !note.is_empty());
    if mention.note.as_deref() == note {
        return Err(Refusal::Already);
    }
    let after = Mention { note: note.map(Arc::from), ..mention.clone() };
    let op = Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after: Some(after) };
    Ok(edit(Verb::Note, article, mention, None, stamp, vec![op]))
}

fn edit(verb: Verb, article: &Article, mention: &Mention, label: Option<Label>, stamp: &Stamp, ops: Vec<Op>) -> Edit {
    let target = Target { article: article.id.clone(), mention: Some(mention.id) };
    Edit { target: Some(target), ..edit_of(verb, article.quote(mention.span), label, stamp, ops) }
}

fn find<'s>(session: &'s Session, article: &ArticleId, id: MentionId) -> Result<(&'s Article, &'s Mention), Refusal> {
    let article = find_article(session, article)?;
    Ok((article, article.mention(id).ok_or(Refusal::NoMention)?))
}

/// Two confirmed mentions with one span and one label would say one thing twice.
fn check_free(article: &Article, span: Span, label: &Label, except: Option<MentionId>) -> Result<(), Refusal> {
    let mut others = article.overlapping(span).filter(|other| Some(other.id) != except);
    match others.any(|other| other.is_confirmed() && other.span == span && other.label == *label) {
        true => Err(Refusal::Exists(label.clone())),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{History, Time};
    use crate::dsl;

    /// Decides on the `nth` mention over `words`, compares the page, and takes it back.
    #[track_caller]
    fn check(page: &str, words: &str, decide: impl Fn(&Session, &ArticleId, MentionId) -> Result<Edit, Refusal>, expect: &str) -> Edit {
        let mut session = dsl::session(&[page]);
        let (article, mention) = dsl::nth(&session, "a", words, 0);
        let edit = decide(&session, &article, mention).unwrap();
        let before = session.clone();
        let mut history = History::default();
        history.perform(&mut session, edit.clone()).unwrap();
        assert_eq!(dsl::show(&session.articles()[0]), expect);
        history.undo(&mut session).unwrap();
        assert_eq!(session, before, "undo brings everything back");
        edit
    }

    #[track_caller]
    fn refused(page: &str, words: &str, decide: impl Fn(&Session, &ArticleId, MentionId) -> Result<Edit, Refusal>) -> Refusal {
        let session = dsl::session(&[page]);
        let (article, mention) = dsl::nth(&session, "a", words, 0);
        decide(&session, &article, mention).unwrap_err()
    }

    fn stamp() -> Stamp {
        Stamp { by: "ada".into(), at: Time(7) }
    }

    #[test]
    fn confirming_says_who_how_and_when() {
        let edit = check(
            "[PERSON? Merkel] met [ORG? NATO]",
            "NATO",
            |session, article, mention| confirm(session, article, mention, How::Looked, &stamp()),
            "[PERSON? Merkel] met [ORG! NATO]",
        );
        let Some(Op::Mention { after: Some(after), .. }) = edit.ops.first() else { panic!("{edit:?}") };
        assert_eq!((after.how, after.by.as_deref(), after.at), (Some(How::Looked), Some("ada"), Some(Time(7))));
        assert_eq!(edit.describe(), "confirm “NATO” ORG");
    }

    #[test]
    fn a_confirmed_mention_suppresses_suggestions_that_overlap_it() {
        check(
            "the [ORG? [ORG? Bank] of [GPE? China]] and [GPE! China]",
            "Bank of China",
            |session, article, mention| confirm(session, article, mention, How::Looked, &stamp()),
            "the [ORG! Bank of China] and [GPE! China]",
        );
    }

    #[test]
    fn what_is_settled_inside_a_confirmed_mention_stays() {
        check(
            "the [ORG? Bank of [GPE! China]]",
            "Bank of China",
            |session, article, mention| confirm(session, article, mention, How::Looked, &stamp()),
            "the [ORG! Bank of [GPE! China]]",
        );
    }

    #[test]
    fn rejecting_a_machines_mention_is_remembered_and_the_analysts_own_is_deleted() {
        let decide = |session: &Session, article: &ArticleId, mention| reject(session, article, mention, How::Looked, &stamp());
        let edit = check("[PERSON? May] came", "May", decide, "[PERSON~ May] came");
        assert_eq!(edit.verb, Verb::Reject);
        let edit = check("[PERSON!* May] came", "May", decide, "May came");
        assert_eq!(edit.verb, Verb::Delete);
        assert_eq!(refused("[PERSON~ May] came", "May", decide), Refusal::Already);
    }

    #[test]
    fn retyping_confirms_and_keeps_what_was_first_suggested() {
        let to = |label: &'static str| {
            move |session: &Session, article: &ArticleId, mention| {
                retype(session, article, mention, &Label::new(label), How::Looked, &stamp())
            }
        };
        let edit = check("[PERSON? Amazon] grew", "Amazon", to("ORG"), "[ORG! Amazon] grew");
        let Some(Op::Mention { after: Some(after), .. }) = edit.ops.first() else { panic!("{edit:?}") };
        assert_eq!(after.first.as_ref().map(|first| first.label.as_str()), Some("PERSON"));
        assert_eq!(check("[ORG? Amazon] grew", "Amazon", to("ORG"), "[ORG! Amazon] grew").verb, Verb::Confirm);
        assert_eq!(refused("[ORG? Amazon] grew", "Amazon", to("CARDINAL")), Refusal::Label(Label::new("CARDINAL")));
        let twice = refused("[LOC? [ORG! Amazon]] grew", "Amazon", |session, article, _| {
            let loc = session.articles()[0].mentions.iter().find(|mention| mention.label.as_str() == "LOC").unwrap().id;
            retype(session, article, loc, &Label::new("ORG"), How::Looked, &stamp())
        });
        assert_eq!(twice, Refusal::Exists(Label::new("ORG")));
    }

    #[test]
    fn moving_an_edge_confirms_and_suppresses() {
        let onto = |start, end| {
            move |session: &Session, article: &ArticleId, mention| {
                move_to(session, article, mention, Span::new(start, end), How::Looked, &stamp())
            }
        };
        check("the [ORG? Bank] of [GPE? China]", "Bank", onto(4, 17), "the [ORG! Bank of China]");
        assert_eq!(refused("the [ORG? Bank]", "Bank", onto(4, 99)), Refusal::Span);
        assert_eq!(refused("the [ORG? Bank]", "Bank", onto(3, 4)), Refusal::Span, "blanks are no mention");
        assert_eq!(refused("the [ORG? Bank]", "Bank", onto(4, 8)), Refusal::Already);
    }

    #[test]
    fn a_wrong_span_and_label_are_one_decision() {
        let edit = check(
            "[PERSON? Bank] of China",
            "Bank",
            |session, article, mention| correct(session, article, mention, Span::new(0, 13), &Label::new("ORG"), How::Looked, &stamp()),
            "[ORG! Bank of China]",
        );
        assert_eq!((edit.verb, edit.label), (Verb::Move, Some(Label::new("ORG"))));
    }

    #[test]
    fn adding_over_an_unsettled_or_rejected_mention_takes_it_up() {
        let over = |start, end, label: &'static str| {
            move |session: &Session, article: &ArticleId, _| {
                add(session, article, Span::new(start, end), &Label::new(label), How::Looked, &stamp())
            }
        };
        check("[PERSON? Merkel] met NATO", "Merkel", over(11, 15, "ORG"), "[PERSON? Merkel] met [ORG!* NATO]");
        check("[PERSON? Merkel] met", "Merkel", over(0, 6, "ORG"), "[ORG! Merkel] met");
        check("[PERSON~ Merkel] met", "Merkel", over(0, 6, "PERSON"), "[PERSON! Merkel] met");
        check("[PERSON? Merkel] met", "Merkel", over(0, 10, "EVENT"), "[EVENT!* Merkel met]");
        assert_eq!(refused("[PERSON! Merkel]", "Merkel", over(0, 6, "PERSON")), Refusal::Exists(Label::new("PERSON")));
    }

    #[test]
    fn reopening_brings_the_first_suggestion_back() {
        let mut session = dsl::session(&["the [PERSON? Bank] of China"]);
        let (article, mention) = dsl::nth(&session, "a", "Bank", 0);
        let moved = correct(&session, &article, mention, Span::new(4, 17), &Label::new("ORG"), How::Looked, &stamp()).unwrap();
        session.apply(&moved).unwrap();
        let edit = reopen(&session, &article, mention, &stamp()).unwrap();
        session.apply(&edit).unwrap();
        assert_eq!(dsl::show(&session.articles()[0]), "the [PERSON? Bank] of China");
        assert_eq!(session.articles()[0].mentions[0].how, None);
        assert_eq!(reopen(&session, &article, mention, &stamp()), Err(Refusal::Already));
    }

    #[test]
    fn linking_makes_the_entity_and_leaves_the_state() {
        let id = EntityId::new("nato");
        let mut session = dsl::session(&["[ORG? NATO] met"]);
        let (article, mention) = dsl::nth(&session, "a", "NATO", 0);
        session.apply(&link(&session, &article, mention, Some(&id), &stamp()).unwrap()).unwrap();
        assert_eq!(session.entity(&id).map(|entity| entity.name.as_str()), Some("NATO"));
        assert!(session.articles()[0].mentions[0].is_suggested());
        assert_eq!(link(&session, &article, mention, Some(&id), &stamp()), Err(Refusal::Already));
        session.apply(&link(&session, &article, mention, None, &stamp()).unwrap()).unwrap();
        assert_eq!(session.articles()[0].mentions[0].entity, None);
    }

    #[test]
    fn a_note_comes_and_goes() {
        let set =
            |text: &'static str| move |session: &Session, article: &ArticleId, mention| note(session, article, mention, text, &stamp());
        let edit = check("[ORG? NATO]", "NATO", set(" which? "), "[ORG? NATO]");
        let Some(Op::Mention { after: Some(after), .. }) = edit.ops.first() else { panic!("{edit:?}") };
        assert_eq!(after.note.as_deref(), Some("which?"));
        assert_eq!(refused("[ORG? NATO]", "NATO", set("  ")), Refusal::Already);
    }
}
