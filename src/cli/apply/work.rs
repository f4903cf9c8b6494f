//! Orders become edits: finds the mention that a line speaks of, lets the deciding room decide, tells the journal.

use super::super::tell::tell;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::script::{Deed, Order, Place, Points};
use crate::annotation::{Article, ArticleId, Edit, How, Label, Mention, MentionId, Op, Scope, Session, Stale, Time, Verb};
use crate::cli::session::rejoin;
use crate::decide::consistency::{self, Finding};
use crate::decide::copies::{self, Groups};
use crate::decide::names::NamesIndex;
use crate::decide::spread::{self, Reach};
use crate::decide::{Refusal, Stamp, article, decision};
use crate::store::journal::articles_of;
use crate::store::{HowRejoined, OpenError, Opened, Part};
use crate::text::{Offsets, Span, Unit, paragraphs};

/// A session that a script works on.
pub struct Work {
    pub opened: Opened,
    /// Where only a part of a large session is read: the rest of it.
    pub part: Option<Part>,
    /// The analyst's name in what is decided.
    by: Arc<str>,
    /// Built when a decision first goes through the whole session.
    names: Option<NamesIndex>,
    /// Found when a decision first goes to copies; decisions change no text.
    copies: Option<Groups>,
}

/// Why an order changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Decision(#[from] Refusal),
    #[error("{0}; this is a fault of the program")]
    Stale(#[from] Stale),
    #[error("{}..{} does not lie in the text of {} code points", .points.start, .points.end, .len)]
    OffText { points: Points, len: usize },
    #[error("{}..{} holds only blanks", .0.start, .0.end)]
    Blanks(Points),
    #[error("there is no {0}mention at {1}..{2}{3}")]
    NoMention(String, usize, usize, String),
    #[error("mentions {0} lie at {1}..{2}; write the label after the span")]
    Several(String, usize, usize),
    #[error("there is nothing to undo")]
    NothingDone,
    #[error("there is nothing to redo")]
    NothingUndone,
    #[error("the consistency check has no finding {0:?} now")]
    NoFinding(String),
    #[error("article {0} has no copies")]
    NoCopies(ArticleId),
    #[error("the article cannot be read: {0}")]
    Unread(String),
}

impl Work {
    pub fn new(opened: Opened, part: Option<Part>, by: Arc<str>) -> Self {
        Self { opened, part, by, names: None, copies: None }
    }

    /// Reads what an order needs of a session that is read in parts.
    fn fetch(&mut self, order: &Order) -> Result<(), Refused> {
        let Some(part) = &mut self.part else { return Ok(()) };
        let unread = |error: &dyn std::fmt::Display| Refused::Unread(error.to_string());
        let needed = match order {
            Order::On(place, _) | Order::Spread(place, Scope::Mention | Scope::Article) => Some([place.article.clone()].into()),
            Order::Add(article, ..) | Order::AcceptRest(article) => Some([article.clone()].into()),
            Order::Undo => self.opened.history.next_undo().map_or_else(|| Some(Default::default()), articles_of),
            Order::Redo => self.opened.history.next_redo().map_or_else(|| Some(Default::default()), articles_of),
            Order::Spread(_, Scope::Session) | Order::Fix(_) | Order::Dismiss(_) | Order::Transfer(_) => None,
        };
        let is_enough = match needed {
            Some(articles) => part.load(&mut self.opened, articles).map_err(|error| unread(&error))?,
            None => false,
        };
        if !is_enough {
            self.complete().map_err(|error| unread(&error))?;
        }
        Ok(())
    }

    /// Reads all of a session of which a part is read.
    fn complete(&mut self) -> Result<(), OpenError> {
        self.part.take().map_or(Ok(()), |part| part.complete(&mut self.opened))
    }

    /// Does what a line asks for, and returns the number by which the journal knows it.
    pub fn take(&mut self, order: &Order, at: Time) -> Result<u64, Refused> {
        self.fetch(order)?;
        let stamp = &Stamp { by: self.by.clone(), at };
        if matches!(order, Order::Transfer(_)) && self.copies.is_none() {
            self.copies = Groups::find(&self.opened.saved.session, &AtomicBool::new(false), &|_, _| {});
        }
        let session = &self.opened.saved.session;
        let edit = match order {
            Order::Undo => return self.undo(at),
            Order::Redo => return self.redo(at),
            Order::Spread(place, scope) => self.spread(place, *scope, stamp)?,
            Order::On(place, deed) => on_mention(session, place, deed, stamp)?,
            Order::Add(id, points, label) => {
                let span = words_at(find_article(session, id)?, *points)?;
                decision::add(session, id, span, label, How::Looked, stamp)?
            }
            Order::AcceptRest(id) => article::accept_rest(session, id, stamp)?,
            Order::Fix(key) => consistency::fix(session, &found_now(session, key)?, stamp)?,
            Order::Transfer(id) => self.transfer(id, stamp)?,
            Order::Dismiss(key) => consistency::dismiss(session, &found_now(session, key)?, stamp),
        };
        self.opened.history.perform(&mut self.opened.saved.session, edit.clone())?;
        if let Some(names) = &mut self.names {
            names.update(&edit);
        }
        Ok(self.opened.home.edited(&edit))
    }

    /// Brings the work to what lies there now, where other programs have been at the session's files.
    pub fn rejoin(&mut self) -> anyhow::Result<HowRejoined> {
        (self.names, self.copies) = (None, None);
        self.complete()?;
        rejoin(&mut self.opened)
    }

    fn undo(&mut self, at: Time) -> Result<u64, Refused> {
        let undone = self.opened.history.undo(&mut self.opened.saved.session)?.ok_or(Refused::NothingDone)?;
        if let Some(names) = &mut self.names {
            names.revert(undone);
        }
        Ok(self.opened.home.undone(at))
    }

    fn redo(&mut self, at: Time) -> Result<u64, Refused> {
        let redone = self.opened.history.redo(&mut self.opened.saved.session)?.ok_or(Refused::NothingUndone)?;
        if let Some(names) = &mut self.names {
            names.update(redone);
        }
        Ok(self.opened.home.redone(at))
    }

    fn spread(&mut self, place: &Place, scope: Scope, stamp: &Stamp) -> Result<Edit, Refused> {
        let session = &self.opened.saved.session;
        let found = find(session, place);
        let last = self.last_on(place, found.as_ref().ok().copied())?;
        let reach = match scope {
            Scope::Session => Reach::Session(self.names.get_or_insert_with(|| NamesIndex::build(session))),
            Scope::Mention | Scope::Article => Reach::Article,
        };
        let concordance = match last {
            Some(last) => spread::widen(session, reach, &last, stamp)?,
            None => spread::of_settled(session, reach, &place.article, found?, None, stamp)?,
        };
        Ok(spread::apply(session, &concordance)?)
    }

    fn transfer(&self, id: &ArticleId, stamp: &Stamp) -> Result<Edit, Refused> {
        let session = &self.opened.saved.session;
        find_article(session, id)?;
        let copies = self.copies.as_ref().map_or(&[][..], |groups| groups.of(id));
        if copies.is_empty() {
            return Err(Refused::NoCopies(id.clone()));
        }
        Ok(copies::edit(session, &copies::plan(session, std::slice::from_ref(id), copies, &AtomicBool::new(false))?, stamp)?)
    }

    /// The last decision on a mention: it tells what is to spread. Where no mention is, the last deletion of one there.
    fn last_on(&self, place: &Place, mention: Option<MentionId>) -> Result<Option<Edit>, Refused> {
        let span = span(find_article(&self.opened.saved.session, &place.article)?, place.points)?;
        let gone = |op: &Op| match op {
            Op::Mention { article, before: Some(before), after: None } => *article == place.article && before.span == span,
            _ => false,
        };
        let is_on = |edit: &Edit| match (edit.verb, mention) {
            (Verb::Confirm | Verb::Reject | Verb::Retype | Verb::Move | Verb::Add | Verb::Link, Some(_)) => {
                edit.target.as_ref().is_some_and(|target| target.article == place.article && target.mention == mention)
            }
            (Verb::Delete, None) => edit.ops.iter().any(gone),
            _ => false,
        };
        Ok(self.opened.history.done().rev().find(|edit| is_on(edit)).cloned())
    }
}

/// The finding with this key, as the session is now.
fn found_now(session: &Session, key: &str) -> Result<Finding, Refused> {
    let report = consistency::check(session, &AtomicBool::new(false), &|_, _| {}).unwrap_or_default();
    let found = report.findings.into_iter().find(|finding| &*finding.key == key);
    found.ok_or_else(|| Refused::NoFinding(key.to_owned()))
}

fn on_mention(session: &Session, place: &Place, deed: &Deed, stamp: &Stamp) -> Result<Edit, Refused> {
    let id = find(session, place)?;
    let article = &place.article;
    Ok(match deed {
        Deed::Confirm => decision::confirm(session, article, id, How::Looked, stamp)?,
        Deed::Retype(label) => decision::retype(session, article, id, label, How::Looked, stamp)?,
        Deed::Move(points) => {
            let to = words_at(find_article(session, article)?, *points)?;
            decision::move_to(session, article, id, to, How::Looked, stamp)?
        }
        Deed::Link(entity) => decision::link(session, article, id, entity.as_ref(), stamp)?,
        Deed::Reject => decision::reject(session, article, id, How::Looked, stamp)?,
    })
}

fn find_article<'s>(session: &'s Session, id: &ArticleId) -> Result<&'s Article, Refused> {
    Ok(session.article(id).ok_or_else(|| Refusal::NoArticle(id.clone()))?)
}

fn span(article: &Article, points: Points) -> Result<Span, Refused> {
    let offsets = Offsets::new(&article.text);
    let span = offsets.span_from(points.start, points.end, Unit::CodePoints);
    span.ok_or_else(|| Refused::OffText { points, len: offsets.len(Unit::CodePoints) })
}

/// The span of a mention to be: blanks at its edges are left out and told, for other tools read such a mention as none.
fn words_at(article: &Article, points: Points) -> Result<Span, Refused> {
    let whole = span(article, points)?;
    let words = paragraphs::trim(&article.text, whole).ok_or(Refused::Blanks(points))?;
    if words != whole {
        let (start, end) = Offsets::new(&article.text).span_to(words, Unit::CodePoints);
        let Points { start: from, end: to } = points;
        tell!("manicule: {}: {from}..{to} has blanks at its edges, which were left out; the mention is {start}..{end}", article.id);
    }
    Ok(words)
}

/// The mention at a place. A rejected one is meant only where no other is.
fn find(session: &Session, place: &Place) -> Result<MentionId, Refused> {
    let article = find_article(session, &place.article)?;
    let span = span(article, place.points)?;
    let fits = |mention: &&Mention| mention.span == span && place.label.as_ref().is_none_or(|label| mention.label == *label);
    let mut found: Vec<&Mention> = article.overlapping(span).filter(fits).collect();
    if found.iter().any(|mention| !mention.is_rejected()) {
        found.retain(|mention| !mention.is_rejected());
    }
    let Points { start, end } = place.points;
    match found[..] {
        [] => Err(Refused::NoMention(words(place.label.as_ref()), start, end, neighbours(article, span))),
        [one] => Ok(one.id),
        [first, ..] if place.label.is_some() => Ok(first.id),
        [..] => Err(Refused::Several(list(found.iter().map(|mention| mention.label.to_string())), start, end)),
    }
}

fn words(label: Option<&Label>) -> String {
    label.map(|label| format!("{label} ")).unwrap_or_default()
}

/// What lies across a span where nothing lies at it.
fn neighbours(article: &Article, span: Span) -> String {
    let offsets = Offsets::new(&article.text);
    let told = article.overlapping(span).take(3).map(|mention| {
        let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
        format!("{} {start}..{end}", mention.label)
    });
    let told = list(told);
    if told.is_empty() { told } else { format!("; there is {told}") }
}

fn list(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
