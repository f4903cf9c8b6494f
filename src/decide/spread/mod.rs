//! Decide once, everywhere: a decision that reaches every mention of a name in an article or in the session.
//!
//! [`preview`] answers with a [`Concordance`]: a row for every occurrence of the name, ticked where the decision should
//! reach it, unticked with the reason where its context speaks against it. [`apply`] makes one [`Edit`] of the ticked
//! rows, so that one undo takes all of it back. The rules:
//!
//! - longest match first: a name inside a longer mention is not that name (China in Bank of China);
//! - what a person has settled is never changed, unless its row was ticked by hand; an article marked done counts as
//!   read, so what was left untagged there stays so;
//! - where a decision moved an edge, the same wrong span elsewhere is moved alike;
//! - the mention in focus is settled as *looked*, the others as *spread*.

mod apply;
mod find;
#[cfg(test)]
mod tests;

pub use apply::apply;

use std::fmt;

use super::decision::{self, find_article};
use super::names::NamesIndex;
use super::{Refusal, Stamp};
use crate::annotation::{Article, ArticleId, Edit, EntityId, How, Label, Mention, MentionId, Op, Scope, Session, State, Target, Verb};
use crate::text::{Span, name};

/// The rule named as the origin of mentions that a spread put where nothing was tagged. Not the analyst: that very place
/// was not looked at, and rejecting it is worth remembering, or the next spread would put it there again.
pub const SPREAD: &str = "spread";

/// What is decided, apart from what it is decided on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    Confirm,
    /// Also deletes the analyst's own.
    Reject,
    Retype(Label),
    /// Tag the words in focus.
    Add(Label),
    /// Another span (bytes), perhaps another label: confirmed so.
    Correct(Span, Label),
    /// Link to an entity, or unlink.
    Link(Option<EntityId>),
}

/// What a decision is made on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Focus {
    Mention(ArticleId, MentionId),
    /// Words selected in an article, bytes.
    Words(ArticleId, Span),
}

impl Focus {
    pub fn article(&self) -> &ArticleId {
        match self {
            Focus::Mention(article, _) | Focus::Words(article, _) => article,
        }
    }
}

/// How far a decision goes, with what is needed to go there.
#[derive(Clone, Copy, Debug)]
pub enum Reach<'i> {
    Article,
    Session(&'i NamesIndex),
}

impl Reach<'_> {
    pub fn scope(self) -> Scope {
        match self {
            Reach::Article => Scope::Article,
            Reach::Session(_) => Scope::Session,
        }
    }
}

/// Every occurrence of a name, and which of them a decision will reach.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Concordance {
    pub scope: Scope,
    /// The normalised name.
    pub key: String,
    /// In order of articles and reading. The mention in focus is among them where it is not settled yet.
    pub rows: Vec<Row>,
    intent: Intent,
    /// What the decision does to the mention in focus; without ops where that was done before.
    edit: Edit,
}

/// One occurrence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub article: ArticleId,
    /// Where it stands now (bytes): the mention's span, or the words without a tag.
    pub span: Span,
    /// Where a mention will lie if the row is ticked.
    pub becomes: Span,
    /// The line around it, or what of the line lies near (bytes).
    pub context: Span,
    /// `None` where the words are not tagged.
    pub mention: Option<MentionId>,
    pub state: Option<State>,
    pub label: Option<Label>,
    /// The mention that the decision is made on: always ticked.
    pub is_focus: bool,
    pub ticked: bool,
    /// Why it came unticked.
    pub doubt: Option<Doubt>,
}

/// What speaks against reaching an occurrence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// It is so already.
    Already,
    /// The words of the longer mention.
    InsideLonger(String),
    /// It crosses or holds what a person confirmed.
    Overlaps(String),
    Confirmed(Label),
    Rejected,
    /// Suggested under a label that the decision was not about.
    OtherLabel(Label),
    OtherEntity(EntityId),
    LowerCase,
    /// The word with a capital that follows: perhaps a longer name.
    BeforeName(String),
    ArticleDone,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::Already => f.write_str("so already"),
            Doubt::InsideLonger(words) => write!(f, "inside “{words}”"),
            Doubt::Overlaps(words) => write!(f, "overlaps “{words}”"),
            Doubt::Confirmed(label) => write!(f, "confirmed as {label}"),
            Doubt::Rejected => f.write_str("rejected before"),
            Doubt::OtherLabel(label) => write!(f, "suggested as {label}"),
            Doubt::OtherEntity(entity) => write!(f, "linked to {entity}"),
            Doubt::BeforeName(next) => write!(f, "“{next}” follows"),
            Doubt::LowerCase => f.write_str("lower case"),
            Doubt::ArticleDone => f.write_str("left untagged in an article marked done"),
        }
    }
}

impl Concordance {
    /// Ticks or unticks a row by hand. The row in focus stays ticked.
    pub fn tick(&mut self, row: usize, ticked: bool) {
        if let Some(row) = self.rows.get_mut(row).filter(|row| !row.is_focus) {
            row.ticked = ticked;
        }
    }

    pub fn ticked_count(&self) -> usize {
        self.rows.iter().filter(|row| row.ticked).count()
    }

    pub fn verb(&self) -> Verb {
        self.edit.verb
    }

    /// The label that the ticked rows will have; `None` for rejections and links.
    pub fn label(&self) -> Option<&Label> {
        match &self.intent {
            Intent::Is(label) => Some(label),
            Intent::Not(_) | Intent::Linked(..) => None,
        }
    }
}

/// What a decision says of every occurrence of the name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Intent {
    /// A mention with this label.
    Is(Label),
    /// No mention; decided on one with this label, or on the name as such.
    Not(Option<Label>),
    /// These mentions, if they have this label, speak of this thing.
    Linked(Option<EntityId>, Label),
}

/// The decision on `focus`, not yet made, for every occurrence of its name.
///
/// # Errors
/// As the decision on one mention ([`decision`]).
pub fn preview(session: &Session, reach: Reach<'_>, focus: &Focus, decision: &Decision, stamp: &Stamp) -> Result<Concordance, Refusal> {
    let edit = decide(session, focus, decision, How::Looked, stamp)?;
    let article = find_article(session, focus.article())?;
    let before = match focus {
        Focus::Mention(_, id) => article.mention(*id),
        Focus::Words(..) => None,
    };
    let span = match (decision, focus, before) {
        (Decision::Correct(span, _), ..) | (_, Focus::Words(_, span), _) => *span,
        (_, Focus::Mention(..), before) => before.ok_or(Refusal::NoMention)?.span,
    };
    let label_before = before.map(|mention| mention.label.clone());
    let intent = match decision {
        Decision::Confirm => Intent::Is(label_before.ok_or(Refusal::NoMention)?),
        Decision::Retype(label) | Decision::Add(label) | Decision::Correct(_, label) => Intent::Is(label.clone()),
        Decision::Reject => Intent::Not(Some(label_before.ok_or(Refusal::NoMention)?)),
        Decision::Link(entity) => Intent::Linked(entity.clone(), label_before.ok_or(Refusal::NoMention)?),
    };
    let wrong_span = before.map(|mention| mention.span).filter(|before| *before != span);
    Ok(concordance(session, reach, article, span, wrong_span, intent, edit))
}

/// The decision that was made on a mention, for every other occurrence of its name: `spread` of the command line and
/// the key that widens. A link is spread where the mention has one and `verb` says so.
///
/// # Errors
/// [`Refusal::Undecided`] where the mention is only suggested.
pub fn of_settled(
    session: &Session,
    reach: Reach<'_>,
    article: &ArticleId,
    mention: MentionId,
    verb: Option<Verb>,
    stamp: &Stamp,
) -> Result<Concordance, Refusal> {
    let article = find_article(session, article)?;
    let mention = article.mention(mention).ok_or(Refusal::NoMention)?;
    let intent = match mention.state {
        _ if verb == Some(Verb::Link) => Intent::Linked(mention.entity.clone(), mention.label.clone()),
        State::Suggested => return Err(Refusal::Undecided),
        State::Confirmed => Intent::Is(mention.label.clone()),
        State::Rejected => Intent::Not(Some(mention.label.clone())),
    };
    let verb = verb.unwrap_or_else(|| verb_of(mention));
    let wrong_span = mention.first.as_ref().map(|first| first.span).filter(|first| *first != mention.span);
    let edit = Edit {
        target: Some(Target { article: article.id.clone(), mention: Some(mention.id) }),
        ..decision::edit_of(verb, article.quote(mention.span), Some(mention.label.clone()), stamp, Vec::new())
    };
    Ok(concordance(session, reach, article, mention.span, wrong_span, intent, edit))
}

/// The decision of an edit made a moment ago, for every other occurrence of the name: the key that widens. Also knows
/// what was deleted, which leaves no mention behind.
///
/// # Errors
/// [`Refusal::Undecided`] where the edit was no decision on one name.
pub fn widen(session: &Session, reach: Reach<'_>, last: &Edit, stamp: &Stamp) -> Result<Concordance, Refusal> {
    let target = last.target.as_ref().ok_or(Refusal::Undecided)?;
    let id = target.mention.ok_or(Refusal::Undecided)?;
    let is_decision = matches!(last.verb, Verb::Confirm | Verb::Reject | Verb::Retype | Verb::Move | Verb::Add | Verb::Link);
    if is_decision && session.mention(&target.article, id).is_some() {
        return of_settled(session, reach, &target.article, id, Some(last.verb), stamp);
    }
    let gone = last.ops.iter().find_map(|op| match op {
        Op::Mention { before: Some(before), after: None, .. } if before.id == id => Some(before),
        _ => None,
    });
    let gone = gone.filter(|_| last.verb == Verb::Delete).ok_or(Refusal::Undecided)?;
    let article = find_article(session, &target.article)?;
    let edit = Edit { ops: Vec::new(), by: stamp.by.clone(), at: stamp.at, ..last.clone() };
    Ok(concordance(session, reach, article, gone.span, None, Intent::Not(Some(gone.label.clone())), edit))
}

/// The decision in one article: ticked as offered and applied at once.
///
/// # Errors
/// As [`preview`].
pub fn in_article(session: &Session, focus: &Focus, decision: &Decision, stamp: &Stamp) -> Result<Edit, Refusal> {
    apply(session, &preview(session, Reach::Article, focus, decision, stamp)?)
}

/// A decision on one mention, or on selected words.
///
/// # Errors
/// See the functions of [`decision`]; [`Refusal::NoMention`] where the decision needs one.
pub fn decide(session: &Session, focus: &Focus, decision: &Decision, how: How, stamp: &Stamp) -> Result<Edit, Refusal> {
    match (focus, decision) {
        (Focus::Mention(article, mention), decision) => match decision {
            Decision::Confirm => decision::confirm(session, article, *mention, how, stamp),
            Decision::Reject => decision::reject(session, article, *mention, how, stamp),
            Decision::Retype(label) | Decision::Add(label) => decision::retype(session, article, *mention, label, how, stamp),
            Decision::Correct(span, label) => decision::correct(session, article, *mention, *span, label, how, stamp),
            Decision::Link(entity) => decision::link(session, article, *mention, entity.as_ref(), stamp),
        },
        (Focus::Words(article, span), Decision::Add(label) | Decision::Retype(label)) => {
            decision::add(session, article, *span, label, how, stamp)
        }
        (Focus::Words(article, _), Decision::Correct(span, label)) => decision::add(session, article, *span, label, how, stamp),
        (Focus::Words(..), Decision::Confirm | Decision::Reject | Decision::Link(_)) => Err(Refusal::NoMention),
    }
}

/// What the last edit decided, to be repeated on another mention with the same scope: the key `.`. `None` where it was
/// no decision that can be made on something else.
pub fn decision_of(last: &Edit) -> Option<(Decision, Scope)> {
    let id = last.target.as_ref()?.mention?;
    let decision = match last.verb {
        Verb::Confirm => Decision::Confirm,
        Verb::Reject | Verb::Delete => Decision::Reject,
        Verb::Retype => Decision::Retype(last.label.clone()?),
        Verb::Add => Decision::Add(last.label.clone()?),
        Verb::Link => Decision::Link(last.ops.iter().find_map(|op| match op {
            Op::Mention { after: Some(after), .. } if after.id == id => Some(after.entity.clone()),
            _ => None,
        })?),
        _ => return None,
    };
    Some((decision, last.scope))
}

/// The verb by which a settled mention was settled, as far as it tells.
fn verb_of(mention: &Mention) -> Verb {
    match (&mention.first, mention.state) {
        (_, State::Rejected) => Verb::Reject,
        (Some(first), _) if first.span != mention.span => Verb::Move,
        (Some(_), _) => Verb::Retype,
        (None, _) if mention.origin.is_machine() => Verb::Confirm,
        (None, _) => Verb::Add,
    }
}

/// A decision on a name as such, made from the list of names: no mention is in focus, so all are *spread*. Confirming
/// takes the label that most mentions have and leaves those with another unticked; rejecting reaches every label.
///
/// # Errors
/// [`Refusal::NoMention`] where the name has no living mention, [`Refusal::Undecided`] for a decision on a span.
pub fn of_name(session: &Session, index: &NamesIndex, key: &str, decision: &Decision, stamp: &Stamp) -> Result<Concordance, Refusal> {
    let mentions = index.mentions(session, key);
    let living = || mentions.iter().filter(|(_, mention)| !mention.is_rejected());
    let (article, first) = living().next().copied().ok_or(Refusal::NoMention)?;
    let mut counts: Vec<(&Label, usize)> = Vec::new();
    for (_, mention) in living() {
        match counts.iter_mut().find(|(label, _)| **label == mention.label) {
            Some((_, count)) => *count += 1,
            None => counts.push((&mention.label, 1)),
        }
    }
    counts.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    let most = counts.first().map_or(&first.label, |(label, _)| *label);
    let (verb, intent) = match decision {
        Decision::Confirm => (Verb::Confirm, Intent::Is(most.clone())),
        Decision::Retype(label) | Decision::Add(label) => (Verb::Retype, Intent::Is(label.clone())),
        Decision::Reject => (Verb::Reject, Intent::Not(None)),
        Decision::Link(entity) => (Verb::Link, Intent::Linked(entity.clone(), most.clone())),
        Decision::Correct(..) => return Err(Refusal::Undecided),
    };
    if let Decision::Retype(label) | Decision::Add(label) = decision {
        decision::check_label(session, label)?;
    }
    let surface = article.quote(first.span);
    let label = if let Intent::Is(label) = &intent { Some(label.clone()) } else { None };
    let target = Target { article: article.id.clone(), mention: Some(first.id) };
    let edit = Edit { target: Some(target), ..decision::edit_of(verb, surface, label, stamp, Vec::new()) };
    let core = name::of(surface).1;
    let query = find::Query {
        session,
        scheme: session.scheme(),
        intent: &intent,
        key,
        wrong_key: None,
        lead: "",
        tail: "",
        core: &surface[core.range()],
        focus: None,
        is_decided: true,
        is_label_kept: *decision == Decision::Confirm,
    };
    let rows = query.rows(Reach::Session(index), article);
    Ok(Concordance { scope: Scope::Session, key: key.to_owned(), rows, intent, edit: Edit { scope: Scope::Session, ..edit } })
}

/// `span` is where the mention in focus lies once decided, `wrong_span` where it lay if that was another.
fn concordance(
    session: &Session,
    reach: Reach<'_>,
    article: &Article,
    span: Span,
    wrong_span: Option<Span>,
    intent: Intent,
    mut edit: Edit,
) -> Concordance {
    let surface = article.quote(span);
    let (key, core) = name::of(surface);
    let query = find::Query {
        session,
        scheme: session.scheme(),
        intent: &intent,
        wrong_key: wrong_span.map(|wrong| name::key(article.quote(wrong))).filter(|wrong| *wrong != key),
        lead: &surface[..core.start as usize],
        tail: &surface[core.end as usize..],
        core: &surface[core.range()],
        focus: Some((&article.id, span, edit.target.as_ref().and_then(|target| target.mention))),
        is_decided: edit.ops.is_empty(),
        is_label_kept: false,
        key: &key,
    };
    let rows = query.rows(reach, article);
    edit.scope = reach.scope();
    Concordance { scope: reach.scope(), key, rows, intent, edit }
}
