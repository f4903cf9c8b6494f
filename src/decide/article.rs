//! Decisions on an article as a whole: accepting the rest, marking it, its zones, its metadata.

use super::decision::{confirmed, edit_of, find_article, is_suppressed};
use super::{Refusal, Stamp};
use crate::annotation::{Article, ArticleId, Desk, Edit, How, Mention, Meta, Op, Progress, Session, Target, Verb, Zone, ZoneKind};
use crate::text::Span;

/// Confirms everything still suggested in the article and marks it done. Of suggestions that overlap, the first in
/// reading order is taken and the others leave, unless the scheme lets them nest.
///
/// # Errors
/// [`Refusal::NothingLeft`] when nothing is suggested and the article is done.
pub fn accept_rest(session: &Session, article: &ArticleId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let article = find_article(session, article)?;
    let mut ops = Vec::new();
    let mut accepted: Vec<Mention> = Vec::new();
    for mention in article.mentions.iter().filter(|mention| mention.is_suggested()) {
        // Reading order: only the mentions accepted last can still reach this one.
        let reaches = |other: &&Mention| is_suppressed(session.scheme(), mention, other);
        let after = match accepted.iter().rev().take(REACH).find(reaches) {
            Some(_) => None,
            None => Some(confirmed(mention, How::AcceptedRest, stamp)),
        };
        accepted.extend(after.clone());
        ops.push(Op::Mention { article: article.id.clone(), before: Some(mention.clone()), after });
    }
    let done = Desk { progress: Progress::Done, ..article.desk.clone() };
    if article.desk != done {
        ops.push(Op::Desk { article: article.id.clone(), before: article.desk.clone(), after: done });
    }
    if ops.is_empty() {
        return Err(Refusal::NothingLeft);
    }
    Ok(on_article(Verb::AcceptRest, article, stamp, ops))
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
    let op = Op::Desk { article: article.id.clone(), before: article.desk.clone(), after: desk };
    Ok(on_article(Verb::MarkArticle, article, stamp, vec![op]))
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

/// Takes an article out of the session, with its mentions; undo brings it back.
///
/// # Errors
/// [`Refusal::NoArticle`].
pub fn remove(session: &Session, article: &ArticleId, stamp: &Stamp) -> Result<Edit, Refusal> {
    let at = session.position(article).ok_or_else(|| Refusal::NoArticle(article.clone()))?;
    let article = &session.articles()[at];
    let op = Op::Article { at, before: Some(article.clone()), after: None };
    Ok(on_article(Verb::RemoveArticle, article, stamp, vec![op]))
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
