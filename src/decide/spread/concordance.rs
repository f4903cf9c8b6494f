//! What is decided, how far it reaches, and the occurrences of a name that it finds there.

use std::fmt;

use super::context::context;
use crate::annotation::{Article, ArticleId, Edit, Entity, EntityId, Label, Mention, MentionId, Op, Scope, Score, Session, State, Verb};
use crate::decide::entities;
use crate::decide::names::{NamesIndex, Reason};
use crate::decide::terms::{Stamp, edit_of};
use crate::text::Span;

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
    pub(super) intent: Intent,
    /// What the decision does to the mention in focus; without ops where that was done before.
    pub(super) edit: Edit,
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
    /// How likely the decision holds there; `None` where that is no question: the focus, what is settled, links.
    pub odds: Option<Score>,
}

impl Row {
    /// Whether a mention stands there that is not rejected.
    pub(super) fn is_living(&self) -> bool {
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
    Boilerplate,
    /// The tagger’s score of a suggestion that is not rejected unasked.
    Sure(Score),
    /// The word with a capital that follows: perhaps a longer name.
    BeforeName(String),
    ArticleDone,
    /// The word with a capital beside it: perhaps a longer name.
    Part(String),
    /// What the tagger says there, and is sure of.
    SureOf(Label),
    /// The label under which it was settled before, and how often.
    Settled(Label, u32),
    /// How often it was rejected or left untagged.
    LeftBefore(u32),
    /// Several signs together.
    Unlikely,
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
            Doubt::Boilerplate => f.write_str("in boilerplate"),
            Doubt::ArticleDone => f.write_str("left untagged in an article marked done"),
            Doubt::Part(word) => write!(f, "part of a longer name, with “{word}”"),
            Doubt::SureOf(label) => write!(f, "here the tagger is sure of {label}"),
            Doubt::Settled(label, n) => write!(f, "settled as {label} before, {}", times(*n)),
            Doubt::LeftBefore(n) => write!(f, "no name before, {}", times(*n)),
            Doubt::Unlikely => f.write_str("hardly meant here"),
        }
    }
}

fn times(n: u32) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}

impl Concordance {
    /// The mentions of an entity, none of them ticked: what its card lists.
    pub fn of_entity(session: &Session, entity: &EntityId) -> Self {
        let row = |(article, mention): (&Article, &Mention)| Row {
            article: article.id.clone(),
            span: mention.span,
            becomes: mention.span,
            context: context(&article.text, mention.span),
            mention: Some(mention.id),
            state: Some(mention.state),
            label: Some(mention.label.clone()),
            is_focus: false,
            ticked: false,
            because: None,
            doubt: None,
            odds: None,
        };
        let name = session.entity(entity).map_or("", |entity| &entity.name);
        let label = session.entity(entity).map_or_else(|| Label::new(""), |entity| entity.label.clone());
        Self {
            scope: Scope::Session,
            key: format!("entity {entity}"),
            rows: entities::change::mentions(session, entity).map(row).collect(),
            intent: Intent::Linked(None, label),
            edit: edit_of(Verb::Link, name, None, &Stamp::default(), Vec::new()),
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

    /// What is decided, as a word. To give what is ticked the label that it has already is to confirm it.
    pub fn verb(&self) -> Verb {
        match self.edit.verb {
            Verb::Retype if !self.changes_a_label() => Verb::Confirm,
            verb => verb,
        }
    }

    /// Whether anything that is decided has another label now.
    fn changes_a_label(&self) -> bool {
        let is_changed = |op: &Op| match op {
            Op::Mention { before: Some(before), after: Some(after), .. } => before.label != after.label,
            Op::Entity { before: Some(before), after: Some(after) } => before.label != after.label,
            _ => false,
        };
        let is_other = |row: &Row| row.label.as_ref().is_some_and(|label| Some(label) != self.label());
        self.edit.ops.iter().any(is_changed) || self.rows.iter().any(|row| row.ticked && !row.is_focus && is_other(row))
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
pub enum Intent {
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
    pub(super) fn label(&self) -> Option<&Label> {
        match self {
            Intent::Is(label) | Intent::Known(label, _) => Some(label),
            Intent::Not(_) | Intent::Linked(..) => None,
        }
    }
}
