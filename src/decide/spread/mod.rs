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
mod named;
mod related;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use named::{Part, of_name, of_names};

use std::fmt;

use super::decision::{self, find_article};
use super::entities;
use super::names::{NamesIndex, Reason};
use super::{Refusal, Stamp};
use crate::annotation::{
    Article, ArticleId, Edit, Entity, EntityId, How, Label, Mention, MentionId, Op, Scope, Score, Session, State, Target, Verb,
};
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
    /// Link to a new entity, which comes with the decision.
    Create(Entity),
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
    /// Why it belongs here, where the words are another name than the one decided on.
    pub because: Option<Reason>,
    /// Why it came unticked.
    pub doubt: Option<Doubt>,
}

impl Row {
    /// Whether a mention stands there that is not rejected.
    fn is_living(&self) -> bool {
        self.state.is_some_and(|state| state != State::Rejected)
    }
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
    /// What else of the session may be meant here.
    Perhaps(String),
    LowerCase,
    /// The tagger’s score of a suggestion that is not rejected unasked.
    Sure(Score),
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
            Doubt::Perhaps(other) => write!(f, "perhaps {other}"),
            Doubt::BeforeName(next) => write!(f, "“{next}” follows"),
            Doubt::Sure(score) => write!(f, "sure here, {score}"),
            Doubt::LowerCase => f.write_str("lower case"),
            Doubt::ArticleDone => f.write_str("left untagged in an article marked done"),
        }
    }
}

impl Concordance {
    /// The mentions of an entity, none of them ticked: what its card lists.
    pub fn of_entity(session: &Session, entity: &EntityId) -> Self {
        let row = |(article, mention): (&Article, &Mention)| Row {
            article: article.id.clone(),
            span: mention.span,
            becomes: mention.span,
            context: find::context(&article.text, mention.span),
            mention: Some(mention.id),
            state: Some(mention.state),
            label: Some(mention.label.clone()),
            is_focus: false,
            ticked: false,
            because: None,
            doubt: None,
        };
        let name = session.entity(entity).map_or("", |entity| &entity.name);
        let label = session.entity(entity).map_or_else(|| Label::new(""), |entity| entity.label.clone());
        Self {
            scope: Scope::Session,
            key: format!("entity {entity}"),
            rows: entities::change::mentions(session, entity).map(row).collect(),
            intent: Intent::Linked(None, label),
            edit: decision::edit_of(Verb::Link, name, None, &Stamp::default(), Vec::new()),
        }
    }

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
        self.intent.label()
    }

    /// The name of what the ticked rows will be linked to, where that is all that is decided; it may come with the decision.
    pub fn linked_to<'a>(&'a self, session: &'a Session) -> Option<&'a str> {
        let Intent::Linked(Some(id), _) = &self.intent else { return None };
        let made = self.edit.ops.iter().find_map(|op| match op {
            Op::Entity { after: Some(entity), .. } if entity.id == *id => Some(entity),
            _ => None,
        });
        made.or(session.entity(id)).map(|entity| entity.name.as_str())
    }

    /// The entity that the ticked rows will be linked to, where the decision says one.
    pub fn entity(&self) -> Option<&EntityId> {
        match &self.intent {
            Intent::Known(_, entity) | Intent::Linked(Some(entity), _) => Some(entity),
            Intent::Is(_) | Intent::Not(_) | Intent::Linked(None, _) => None,
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
    /// A mention with this label that speaks of this thing.
    Known(Label, EntityId),
}

impl Intent {
    /// The label that a mention will have.
    fn label(&self) -> Option<&Label> {
        match self {
            Intent::Is(label) | Intent::Known(label, _) => Some(label),
            Intent::Not(_) | Intent::Linked(..) => None,
        }
    }
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
        Decision::Create(entity) => Intent::Linked(Some(entity.id.clone()), label_before.ok_or(Refusal::NoMention)?),
    };
    let entity = before.and_then(|mention| mention.entity.as_ref());
    let wrong_span = before.map(|mention| mention.span).filter(|before| *before != span);
    Ok(concordance(session, reach, article, Place { span, wrong_span, entity }, intent, edit))
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
    let target = mention.entity.as_ref().filter(|_| verb == Verb::Link).and_then(|id| session.entity(id));
    let what = decision::linked_words(article.quote(mention.span), target.map(|entity| entity.name.as_str()));
    let edit = Edit {
        target: Some(Target { article: article.id.clone(), mention: Some(mention.id) }),
        ..decision::edit_of(verb, &what, Some(mention.label.clone()), stamp, Vec::new())
    };
    let place = Place { span: mention.span, wrong_span, entity: mention.entity.as_ref() };
    Ok(concordance(session, reach, article, place, intent, edit))
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
    // What was deleted is gone; widened once already, the others of its article still tell its name.
    let gone_in = |wanted: Option<MentionId>| {
        last.ops.iter().find_map(|op| match op {
            Op::Mention { article, before: Some(before), after } if *article == target.article => match wanted {
                Some(wanted) => (before.id == wanted && after.is_none()).then_some(before),
                None => Some(before),
            },
            _ => None,
        })
    };
    let gone = gone_in(Some(id)).or_else(|| gone_in(None));
    let gone = gone.filter(|_| last.verb == Verb::Delete).ok_or(Refusal::Undecided)?;
    let article = find_article(session, &target.article)?;
    let edit = Edit { ops: Vec::new(), by: stamp.by.clone(), at: stamp.at, ..last.clone() };
    let place = Place { span: gone.span, wrong_span: None, entity: gone.entity.as_ref() };
    Ok(concordance(session, reach, article, place, Intent::Not(Some(gone.label.clone())), edit))
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
            Decision::Create(entity) => decision::link_new(session, article, *mention, entity, stamp),
        },
        (Focus::Words(article, span), Decision::Add(label) | Decision::Retype(label)) => {
            decision::add(session, article, *span, label, how, stamp)
        }
        (Focus::Words(article, _), Decision::Correct(span, label)) => decision::add(session, article, *span, label, how, stamp),
        (Focus::Words(..), Decision::Confirm | Decision::Reject | Decision::Link(_) | Decision::Create(_)) => Err(Refusal::NoMention),
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

/// Where a decision is made: where the mention lies once it is decided, where it lay if that was another place, and what
/// it is linked to.
struct Place<'a> {
    span: Span,
    wrong_span: Option<Span>,
    entity: Option<&'a EntityId>,
}

fn concordance(session: &Session, reach: Reach<'_>, article: &Article, place: Place<'_>, intent: Intent, mut edit: Edit) -> Concordance {
    let surface = article.quote(place.span);
    let (key, core) = name::of(surface);
    let query = find::Query {
        session,
        scheme: session.scheme(),
        intent: &intent,
        focus: Some((&article.id, place.span, edit.target.as_ref().and_then(|target| target.mention))),
        is_decided: edit.ops.is_empty(),
        is_label_kept: false,
        weighs_scores: matches!(reach, Reach::Session(_)),
        // A link says itself which other links it leaves alone.
        entity: (!matches!(intent, Intent::Linked(..))).then_some(place.entity),
    };
    let part = find::Part {
        key: &key,
        wrong_key: place.wrong_span.map(|wrong| name::key(article.quote(wrong))).filter(|wrong| *wrong != key),
        lead: &surface[..core.start as usize],
        tail: &surface[core.end as usize..],
        core: &surface[core.range()],
        reason: None,
        meant: find::Meant::Everywhere,
    };
    let mut rows = query.rows(reach, article, std::slice::from_ref(&part));
    if let Reach::Session(_) = reach {
        related::add(&query, reach, article, &part, &mut rows);
    }
    edit.scope = reach.scope();
    Concordance { scope: reach.scope(), key, rows, intent, edit }
}
