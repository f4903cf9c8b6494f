//! Decisions on an article as a whole: accepting the rest, marking it, its zones, its metadata.

use super::conflicts;
use super::overlaps::Overlaps;
use super::terms::{edit_of, find_article};
use super::verdict::{confirmed, is_suppressed};
use super::{Refusal, Stamp};
use crate::annotation::{Article, ArticleId, Desk, Edit, How, Mention, Meta, Op, Origin, Progress, Session, Target, Verb, Zone, ZoneKind};
use crate::text::Span;

/// Confirms everything still suggested in the article and marks it done. Of suggestions that overlap, the first in
/// reading order is taken and the others leave, as do those that overlap a confirmed mention, unless the scheme lets
/// them nest. What is contested waits for a person: it stays as it is, and the article is not marked done.
///
/// # Errors
/// [`Refusal::NothingLeft`] when nothing is suggested and the article is done; [`Refusal::Contested`] when nothing but
/// contested mentions is left.
pub fn accept_rest(session: &Session, article: &ArticleId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = find_article(session, article)?;
    let mut ops = Vec::new();
    let mut accepted: Vec<Mention> = Vec::new();
    let confirmed_before = Overlaps::new(article.mentions.iter().filter(|mention| mention.is_confirmed()));
    for mention in article.mentions.iter().filter(|mention| mention.is_suggested() && !mention.is_contested()) {
        // Reading order: only the mentions accepted last can still reach this one.
        let suppresses = |other: &Mention| is_suppressed(session.scheme(), mention, other);
        let is_out = accepted.iter().rev().take(REACH).any(suppresses) || confirmed_before.over(mention.span).any(suppresses);
        let after = (!is_out).then(|| confirmed(mention, How::AcceptedRest, stamp));
        accepted.extend(after.clone());
        ops.push(Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after });
    }
    let done = Desk { progress: Progress::Done, ..article.desk.clone() };
    let contested = article.mentions.iter().filter(|mention| mention.is_contested()).count();
    if article.desk != done && contested == 0 {
        ops.push(Op::Desk { article: article.id.clone(), before: article.desk.clone(), after: done });
    }
    if ops.is_empty() {
        return Err(if contested > 0 { Refusal::Contested(contested) } else { Refusal::NothingLeft });
    }
    Ok(on_article(Verb::AcceptRest, article, stamp, ops))
}

/// How many of its dates say no day because nobody knows on which day the article was published; 0 where that is known.
/// What comes round again (`every Friday`) has no one day anyway.
pub fn undated(article: &Article) -> usize {
    let is_told_against_it = |mention: &&Mention| match (&mention.origin, mention.value.as_deref()) {
        (Origin::Rule(rule), None) => matches!(&**rule, "date-relative" | "time-relative"),
        (Origin::Rule(rule), Some(value)) => value.starts_with("XXXX") && (rule.starts_with("date-") || rule.starts_with("time-")),
        _ => false,
    };
    let comes_round = |mention: &Mention| {
        let words = article.quote(mention.span).to_lowercase();
        words.starts_with("every ") || words.starts_with("each ") || words.ends_with("days")
    };
    if article.meta.published.is_some() {
        return 0;
    }
    article.living().filter(is_told_against_it).filter(|mention| !comes_round(mention)).count()
}

/// How many mentions back an overlap is looked for; suggestions that nest deeper than this do not exist in practice,
/// and hostile input must not make acceptance quadratic.
const REACH: usize = 64;

/// Sets progress, flag, tags or note of an article.
///
/// # Errors
/// [`Refusal::Already`] when it is so.
pub fn mark(session: &Session, article: &ArticleId, desk: Desk, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = find_article(session, article)?;
    if article.desk == desk {
        return Err(Refusal::Already);
    }
    let what = marked_as(&article.desk, &desk);
    let op = Op::Desk { article: article.id.clone(), before: article.desk.clone(), after: desk };
    let edit = on_article(Verb::MarkArticle, article, stamp, vec![op]);
    Ok(Edit { what: what.map_or(edit.what, Into::into), ..edit })
}

/// What an article is marked as, in a word; its title says less to whoever looks for what to undo.
fn marked_as(before: &Desk, after: &Desk) -> Option<&'static str> {
    match (before.flagged, after.flagged, after.progress) {
        (false, true, _) => Some("flagged"),
        (true, false, _) => Some("not flagged"),
        (_, _, progress) if progress == before.progress => None,
        (_, _, Progress::Done) => Some("done"),
        (_, _, Progress::SetAside) => Some("set aside"),
        (_, _, Progress::Open) => Some("open"),
    }
}

/// Sets title, byline, outlet, date, language, address of an article.
///
/// # Errors
/// [`Refusal::Already`] when it is so.
pub fn describe(session: &Session, article: &ArticleId, meta: Meta, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = find_article(session, article)?;
    if article.meta == meta {
        return Err(Refusal::Already);
    }
    let op = Op::Meta { article: article.id.clone(), before: article.meta.clone(), after: meta };
    Ok(on_article(Verb::EditArticle, article, stamp, vec![op]))
}

/// Takes an article out of the session, with its mentions and the conflicts about it; undo brings it back.
///
/// # Errors
/// [`Refusal::NoArticle`].
pub fn remove(session: &Session, article: &ArticleId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let at = session.position(article).ok_or_else(|| Refusal::NoArticle(article.clone()))?;
    let article = &session.articles()[at];
    let mut ops = conflicts::removals(session, |conflict| conflict.needs(&article.id));
    ops.push(Op::Article { at, before: Some(article.clone()), after: None });
    Ok(on_article(Verb::RemoveArticle, article, stamp, ops))
}

/// Gives `span` (bytes) a kind of zone, cutting what overlaps it. Suggestions that then lie in boilerplate leave with
/// the same edit; settled mentions stay.
///
/// # Errors
/// [`Refusal::Already`] when nothing changes, [`Refusal::Span`] off the text.
pub fn set_zone(session: &Session, article: &ArticleId, span: Span, kind: ZoneKind, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = find_article(session, article)?;
    if span.is_empty() || span.of(&article.text).is_none() {
        return Err(Refusal::Span);
    }
    let zones = painted(&article.zones, span, kind);
    if zones == article.zones {
        return Err(Refusal::Already);
    }
    let mut ops = vec![Op::Zones { article: article.id.clone(), before: article.zones.clone(), after: zones }];
    if kind == ZoneKind::Boilerplate {
        let hidden = article.overlapping(span).filter(|mention| mention.is_suggested());
        ops.extend(hidden.map(|mention| Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after: None }));
    }
    Ok(Edit { what: kind.as_str().to_owned(), ..on_article(Verb::FlipZone, article, stamp, ops) })
}

/// Takes all that is boilerplate for body.
///
/// # Errors
/// [`Refusal::Already`] where there is none.
pub fn without_boilerplate(session: &Session, article: &ArticleId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = find_article(session, article)?;
    let kept: Vec<Zone> = article.zones.iter().filter(|zone| zone.kind != ZoneKind::Boilerplate).copied().collect();
    if kept.len() == article.zones.len() {
        return Err(Refusal::Already);
    }
    let ops = vec![Op::Zones { article: article.id.clone(), before: article.zones.clone(), after: kept }];
    Ok(Edit { what: ZoneKind::Body.as_str().to_owned(), ..on_article(Verb::FlipZone, article, stamp, ops) })
}

/// `zones` with `span` painted over in `kind`; neighbours of one kind that touch become one, body is left out.
fn painted(zones: &[Zone], span: Span, kind: ZoneKind) -> Vec<Zone> {
    let mut out: Vec<Zone> = Vec::with_capacity(zones.len() + 2);
    for zone in zones {
        let before = Span { start: zone.span.start, end: zone.span.end.min(span.start) };
        let after = Span { start: zone.span.start.max(span.end), end: zone.span.end };
        out.extend([before, after].into_iter().filter(|part| !part.is_empty()).map(|part| Zone { span: part, kind: zone.kind }));
    }
    if kind != ZoneKind::Body {
        out.push(Zone { span, kind });
    }
    out.sort_by_key(|zone| zone.span);
    out.dedup_by(|next, last| {
        let touch = last.span.end == next.span.start && last.kind == next.kind && last.kind == ZoneKind::Boilerplate;
        if touch {
            last.span.end = next.span.end;
        }
        touch
    });
    out
}

fn on_article(verb: Verb, article: &Article, stamp: &Stamp, ops: Vec<Op>) -> Edit {
    let target = Target { article: article.id.clone(), mention: None };
    Edit { target: Some(target), ..edit_of(verb, article.title(), None, stamp, ops) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::History;
    use crate::dsl;

    #[track_caller]
    fn check(page: &str, decide: impl Fn(&Session, &ArticleId) -> Result<Edit, Refusal>, expect: &str) -> Session {
        let mut session = dsl::session(&[page]);
        let before = session.clone();
        let mut history = History::default();
        let edit = decide(&session, &ArticleId::new("a")).unwrap();
        history.perform(&mut session, edit).unwrap();
        let after = session.clone();
        assert_eq!(dsl::show(&session.articles()[0]), expect);
        history.undo(&mut session).unwrap();
        assert_eq!(session, before);
        after
    }

    fn accept(session: &Session, article: &ArticleId) -> Result<Edit, Refusal> {
        accept_rest(session, article, &Stamp::default())
    }

    #[test]
    fn accepting_the_rest_takes_the_outer_of_two_suggestions() {
        let after = check(
            "[PERSON? Merkel] met the [ORG? [ORG? Bank] of China], [ORG~ Foo] and [GPE! Paris]",
            accept,
            "[PERSON! Merkel] met the [ORG! Bank of China], [ORG~ Foo] and [GPE! Paris]",
        );
        assert_eq!(after.articles()[0].desk.progress, Progress::Done);
        assert_eq!(after.articles()[0].mentions[0].how, Some(How::AcceptedRest));
        assert_eq!(accept(&after, &ArticleId::new("a")), Err(Refusal::NothingLeft));
    }

    #[test]
    fn what_is_confirmed_keeps_out_suggestions_that_overlap_it() {
        check("the [ORG? [ORG! Bank] of China] met", accept, "the [ORG! Bank] of China met");
    }

    #[test]
    fn an_article_without_suggestions_is_marked_done() {
        let after = check("nobody was there", accept, "nobody was there");
        assert_eq!(after.articles()[0].desk.progress, Progress::Done);
    }

    #[test]
    fn boilerplate_hides_suggestions_and_keeps_decisions() {
        let flip =
            |session: &Session, article: &ArticleId| set_zone(session, article, Span::new(0, 20), ZoneKind::Boilerplate, &Stamp::default());
        let after = check("Read [ORG? More] and [GPE! Paris] [ORG? NATO]", flip, "Read More and [GPE! Paris] [ORG? NATO]");
        assert!(after.articles()[0].is_boilerplate_at(0));
        assert_eq!(flip(&after, &ArticleId::new("a")), Err(Refusal::Already));
        let body = set_zone(&after, &ArticleId::new("a"), Span::new(5, 9), ZoneKind::Body, &Stamp::default()).unwrap();
        let mut session = after;
        session.apply(&body).unwrap();
        assert_eq!(session.articles()[0].zones.len(), 2, "the hole splits the zone");
    }

    #[test]
    fn marks_metadata_and_removal_are_taken_back() {
        let desk = Desk { flagged: true, note: "check".to_owned(), ..Desk::default() };
        check("NATO", |session, article| mark(session, article, desk.clone(), &Stamp::default()), "NATO");
        let meta = Meta { title: Some("A title".to_owned()), ..Meta::default() };
        let after = check("NATO", |session, article| describe(session, article, meta.clone(), &Stamp::default()), "NATO");
        assert_eq!(describe(&after, &ArticleId::new("a"), meta, &Stamp::default()), Err(Refusal::Already));
        let mut session = dsl::session(&["one", "two", "three"]);
        let before = session.clone();
        let edit = remove(&session, &ArticleId::new("b"), &Stamp::default()).unwrap();
        session.apply(&edit).unwrap();
        assert_eq!(dsl::show_all(&session), ["one", "three"]);
        session.apply(&edit.inverse()).unwrap();
        assert_eq!(session, before);
    }

    #[test]
    fn what_has_no_day_without_the_day_of_publication_is_counted() {
        let rows = [
            ("last year", "date-relative", None, 1),
            ("Tuesday", "date-weekday", Some("XXXX-WXX-2"), 1),
            ("Friday night", "time-relative", Some("XXXX-WXX-5TNI"), 1),
            ("July 11", "date-absolute", Some("XXXX-07-11"), 1),
            ("third quarter", "date-period", Some("XXXX-Q3"), 1),
            ("last year", "date-relative", Some("2025"), 0),
            ("Every Friday", "date-weekday", Some("XXXX-WXX-5"), 0),
            ("each spring", "date-relative", Some("XXXX-SP"), 0),
            ("Fridays", "date-weekday", Some("XXXX-WXX-5"), 0),
            ("five years", "date-duration", Some("P5Y"), 0),
            ("a few years ago", "date-relative", Some("PAST_REF"), 0),
            ("Eid", "date-holiday", None, 0),
        ];
        for (words, form, value, expect) in rows {
            let mut article = dsl::article("a", &format!("It began [DATE? {words}]."));
            article.mentions[0].origin = Origin::Rule(form.into());
            article.mentions[0].value = value.map(Into::into);
            assert_eq!(undated(&article), expect, "{words}");
            article.mentions[0].state = crate::annotation::State::Rejected;
            assert_eq!(undated(&article), 0, "{words}, rejected");
            article.mentions[0].state = crate::annotation::State::Confirmed;
            article.meta.published = Some("2026-11-05".to_owned());
            assert_eq!(undated(&article), 0, "{words}, of a day that is known");
        }
    }
}
