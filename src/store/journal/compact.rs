//! The short written form of an edit: JSON arrays, a mention told once and then only what changed of it.
//!
//! ```text
//! ["E","confirm",1778000000,"Ann","Zoë Pärn",["c","summit",["0f3ac1d2",24,9,"PERSON","model:1",870]]]
//! ```
//!
//! An edit is `["E", verb, at, by, what, …]`; then an object with what few edits have (`s` scope, `l` label where it is not
//! that of the first op's mention, `t` target where it is not that mention), then the ops. An op on a mention that stays is
//! `["m", article, mention, changes]`, or `["d", …]` where whoever made the edit is also who settled the mention, then;
//! and of these, one that was looked at and confirmed is `["c", article, mention]`, and one that was rejected `["x", …]`.
//! One that comes or goes is `["M", article, before, after]`. An article of `0` is that of the op before. Every other op is an object, as
//! [`Op`] is serialised. A mention is `[id, start, length, label, origin, score, rest]`, in bytes and thousandths, without a
//! score or a rest that it does not have; times are seconds since 1970.

use std::sync::Arc;

use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

use crate::annotation::{
    ArticleId, Edit, EntityId, Extra, First, How, Label, Mention, MentionId, Op, Origin, Rival, Scope, Score, State, Target, Time, Verb,
};
use crate::text::Span;

/// An edit to be written.
pub(super) struct Out<'a>(pub &'a Edit);

/// What few edits have.
#[derive(Serialize, Deserialize, Default, PartialEq)]
#[serde(deny_unknown_fields)]
struct Rare {
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    scope: Scope,
    /// `None` where it is that of the first op's mention.
    #[serde(rename = "l", default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    label: Option<Option<Label>>,
    /// `None` where it is the first op's own mention.
    #[serde(rename = "t", default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    target: Option<Option<Target>>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Tells what is written as nothing from what is not written.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Serialize for Out<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let edit = self.0;
        let mut seq = serializer.serialize_seq(None)?;
        seq.serialize_element("E")?;
        seq.serialize_element(&edit.verb)?;
        seq.serialize_element(&edit.at.0)?;
        seq.serialize_element(&*edit.by)?;
        seq.serialize_element(&edit.what)?;
        let target = (edit.target != own_target(&edit.ops)).then(|| edit.target.clone());
        let label = (edit.label != own_label(&edit.ops)).then(|| edit.label.clone());
        let rare = Rare { scope: edit.scope, label, target };
        if rare != Rare::default() {
            seq.serialize_element(&rare)?;
        }
        let mut last = None;
        for op in &edit.ops {
            seq.serialize_element(&OpOut { op, edit, last })?;
            last = article_of(op);
        }
        seq.end()
    }
}

/// The mention of the first op, which most edits are made on.
fn own_target(ops: &[Op]) -> Option<Target> {
    match ops.first() {
        Some(Op::Mention { article, before, after }) => {
            let mention = before.as_ref().or(after.as_ref()).map(|mention| mention.id);
            Some(Target { article: article.clone(), mention })
        }
        _ => None,
    }
}

/// The label that the first op leaves its mention with.
fn own_label(ops: &[Op]) -> Option<Label> {
    match ops.first() {
        Some(Op::Mention { before, after, .. }) => after.as_ref().or(before.as_ref()).map(|mention| mention.label.clone()),
        _ => None,
    }
}

fn article_of(op: &Op) -> Option<&ArticleId> {
    match op {
        Op::Mention { article, .. } => Some(article),
        _ => None,
    }
}

struct OpOut<'a> {
    op: &'a Op,
    edit: &'a Edit,
    last: Option<&'a ArticleId>,
}

impl Serialize for OpOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Op::Mention { article, before, after } = self.op else {
            return self.op.serialize(serializer);
        };
        let mut seq = serializer.serialize_seq(None)?;
        let changed = before.as_ref().zip(after.as_ref()).filter(|(before, after)| before.id == after.id);
        let is_decided = changed.is_some_and(|(_, after)| is_settled_by(after, self.edit));
        let changes = changed.map(|(before, after)| Rest::between(before, after, is_decided));
        let verdict = changes.as_ref().filter(|_| is_decided).and_then(|changes| changes.verdict());
        seq.serialize_element(match changed {
            Some(_) => verdict.unwrap_or(if is_decided { "d" } else { "m" }),
            None => "M",
        })?;
        match self.last {
            Some(last) if last == article => seq.serialize_element(&0)?,
            _ => seq.serialize_element(article)?,
        }
        match changed {
            Some((before, _)) => {
                seq.serialize_element(&MentionOut(before))?;
                if verdict.is_none() {
                    seq.serialize_element(&changes)?;
                }
            }
            None => {
                seq.serialize_element(&before.as_ref().map(MentionOut))?;
                seq.serialize_element(&after.as_ref().map(MentionOut))?;
            }
        }
        seq.end()
    }
}

fn is_settled_by(mention: &Mention, edit: &Edit) -> bool {
    let by = Some(&edit.by).filter(|by| !by.is_empty());
    mention.at == Some(edit.at) && mention.by.as_ref() == by
}

struct MentionOut<'a>(&'a Mention);

impl Serialize for MentionOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mention = self.0;
        let mut seq = serializer.serialize_seq(None)?;
        seq.serialize_element(&mention.id)?;
        seq.serialize_element(&mention.span.start)?;
        seq.serialize_element(&mention.span.end.saturating_sub(mention.span.start))?;
        seq.serialize_element(&mention.label)?;
        seq.serialize_element(&mention.origin)?;
        if let Some(score) = mention.score {
            seq.serialize_element(&score)?;
        }
        let rest = Rest { score: None, ..Rest::of(mention) };
        if rest != Rest::default() {
            seq.serialize_element(&rest)?;
        }
        seq.end()
    }
}

/// What a mention has beyond its place, label and origin; or what an edit changed of it.
#[derive(Serialize, Deserialize, Default, PartialEq)]
#[serde(deny_unknown_fields)]
struct Rest {
    /// Start and length in bytes; in changes only, as are the next three.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    span: Option<(u32, u32)>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    label: Option<Label>,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    /// The letters of what was taken away.
    #[serde(rename = "-", default, skip_serializing_if = "String::is_empty")]
    gone: String,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    state: Option<Letter<State>>,
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    how: Option<Letter<How>>,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    score: Option<Score>,
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    first: Option<First>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    entity: Option<EntityId>,
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    value: Option<Arc<str>>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    note: Option<Arc<str>>,
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    by: Option<Arc<str>>,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
    #[serde(rename = "x", default, skip_serializing_if = "Vec::is_empty")]
    extras: Vec<Extra>,
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    rivals: Vec<Rival>,
}

impl Rest {
    fn of(mention: &Mention) -> Self {
        Self {
            state: Some(mention.state).filter(|state| *state != State::Suggested).map(Letter),
            how: mention.how.map(Letter),
            score: mention.score,
            first: mention.first.clone(),
            entity: mention.entity.clone(),
            value: mention.value.clone(),
            note: mention.note.clone(),
            by: mention.by.clone(),
            at: mention.at.map(|at| at.0),
            extras: mention.extras.clone(),
            rivals: mention.rivals.clone(),
            ..Self::default()
        }
    }

    fn mention(self, id: MentionId, span: Span, label: Label, origin: Origin) -> Mention {
        Mention {
            id,
            span,
            label,
            state: self.state.map_or(State::Suggested, |state| state.0),
            how: self.how.map(|how| how.0),
            origin,
            score: self.score,
            first: self.first,
            entity: self.entity,
            value: self.value,
            note: self.note,
            by: self.by,
            at: self.at.map(Time),
            extras: self.extras,
            rivals: self.rivals,
        }
    }
}

/// An edit's changes of a mention.
impl Rest {
    fn between(before: &Mention, after: &Mention, is_decided: bool) -> Self {
        let (old, new) = (Rest::of(before), Rest::of(after));
        let mut gone = String::new();
        /// The new value where it is another; what is there no more is noted by its letter.
        fn change<T: PartialEq>(letter: char, old: Option<T>, new: Option<T>, gone: &mut String) -> Option<T> {
            if old == new {
                return None;
            }
            if new.is_none() {
                gone.push(letter);
            }
            new
        }
        Self {
            span: (before.span != after.span).then_some((after.span.start, after.span.end.saturating_sub(after.span.start))),
            label: (before.label != after.label).then(|| after.label.clone()),
            origin: (before.origin != after.origin).then(|| after.origin.clone()),
            state: change('s', old.state, new.state, &mut gone),
            how: change('h', old.how, new.how, &mut gone),
            score: change('p', old.score, new.score, &mut gone),
            first: change('f', old.first, new.first, &mut gone),
            entity: change('e', old.entity, new.entity, &mut gone),
            value: change('v', old.value, new.value, &mut gone),
            note: change('n', old.note, new.note, &mut gone),
            by: if is_decided { None } else { change('b', old.by, new.by, &mut gone) },
            at: if is_decided { None } else { change('t', old.at, new.at, &mut gone) },
            extras: change('x', filled(old.extras), filled(new.extras), &mut gone).unwrap_or_default(),
            rivals: change('r', filled(old.rivals), filled(new.rivals), &mut gone).unwrap_or_default(),
            gone,
        }
    }

    /// The letter of an op that does nothing but this.
    fn verdict(&self) -> Option<&'static str> {
        ["c", "x"].into_iter().find(|kind| Self::of_verdict(kind).as_ref() == Some(self))
    }

    /// What is changed of a mention that was looked at and settled as it stands.
    fn of_verdict(kind: &str) -> Option<Self> {
        let state = match kind {
            "c" => State::Confirmed,
            "x" => State::Rejected,
            _ => return None,
        };
        Some(Self { state: Some(Letter(state)), how: Some(Letter(How::Looked)), ..Self::default() })
    }

    /// The mention after the edit. `settled` is who settled it and when, where that is whoever made the edit.
    fn applied_to(self, before: &Mention, settled: Option<(Option<Arc<str>>, Time)>) -> Option<Mention> {
        let old = Rest::of(before);
        let is_gone = |letter| self.gone.contains(letter);
        fn pick<T>(new: Option<T>, old: Option<T>, is_gone: bool) -> Option<T> {
            if is_gone { None } else { new.or(old) }
        }
        let rest = Rest {
            state: pick(self.state, old.state, is_gone('s')),
            how: pick(self.how, old.how, is_gone('h')),
            score: pick(self.score, old.score, is_gone('p')),
            first: pick(self.first, old.first, is_gone('f')),
            entity: pick(self.entity, old.entity, is_gone('e')),
            value: pick(self.value, old.value, is_gone('v')),
            note: pick(self.note, old.note, is_gone('n')),
            by: pick(self.by, old.by, is_gone('b')),
            at: pick(self.at, old.at, is_gone('t')),
            extras: pick(filled(self.extras), Some(old.extras), is_gone('x')).unwrap_or_default(),
            rivals: pick(filled(self.rivals), Some(old.rivals), is_gone('r')).unwrap_or_default(),
            ..Rest::default()
        };
        let span = match self.span {
            Some((start, len)) => Span { start, end: start.checked_add(len)? },
            None => before.span,
        };
        let label = self.label.unwrap_or_else(|| before.label.clone());
        let mut after = rest.mention(before.id, span, label, self.origin.unwrap_or_else(|| before.origin.clone()));
        if let Some((by, at)) = settled {
            (after.by, after.at) = (by, Some(at));
        }
        Some(after)
    }
}

fn filled<T>(list: Vec<T>) -> Option<Vec<T>> {
    if list.is_empty() { None } else { Some(list) }
}

/// An enumeration written as the first letter of its name; the names of both differ in it.
#[derive(Clone, Copy, PartialEq)]
struct Letter<T>(T);

trait Named: Copy + 'static {
    const ALL: &'static [Self];
    fn name(self) -> &'static str;
}

impl Named for State {
    const ALL: &'static [Self] = &State::ALL;
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for How {
    const ALL: &'static [Self] = &How::ALL;
    fn name(self) -> &'static str {
        self.as_str()
    }
}

fn letter<T: Named>(value: T) -> char {
    value.name().chars().next().unwrap_or('?')
}

impl<T: Named> Serialize for Letter<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(letter(self.0))
    }
}

impl<'de, T: Named> Deserialize<'de> for Letter<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = char::deserialize(deserializer)?;
        let found = T::ALL.iter().copied().find(|value| letter(*value) == written);
        found.map(Letter).ok_or_else(|| de::Error::custom("no such letter"))
    }
}

/// Reads the elements of an edit that follow its `"E"`; `None` where they are of another form.
pub(super) fn read(parts: &[&RawValue]) -> Option<Edit> {
    let [verb, at, by, what, rest @ ..] = parts else {
        return None;
    };
    let verb: Verb = parse(verb)?;
    let at = Time(parse(at)?);
    let by: Arc<str> = parse::<String>(by)?.into();
    let what: String = parse(what)?;
    let (rare, ops) = match rest.split_first() {
        Some((first, ops)) => match parse::<Rare>(first) {
            Some(rare) => (rare, ops),
            None => (Rare::default(), rest),
        },
        None => (Rare::default(), rest),
    };
    let mut last = None;
    let mut list = Vec::with_capacity(ops.len());
    for op in ops {
        let op = read_op(op, &mut last, &by, at)?;
        list.push(op);
    }
    let target = rare.target.unwrap_or_else(|| own_target(&list));
    let label = rare.label.unwrap_or_else(|| own_label(&list));
    Some(Edit { verb, scope: rare.scope, target, what, label, by, at, ops: list })
}

fn parse<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

fn read_op(raw: &RawValue, last: &mut Option<ArticleId>, by: &Arc<str>, at: Time) -> Option<Op> {
    if raw.get().starts_with('{') {
        *last = None;
        return parse(raw);
    }
    let parts: Vec<&RawValue> = parse(raw)?;
    let [kind, article, before, ref after @ ..] = parts[..] else {
        return None;
    };
    let after = after.first().copied();
    let article = match article.get() {
        "0" => last.clone()?,
        _ => parse(article)?,
    };
    *last = Some(article.clone());
    let mention = |raw: &RawValue| match raw.get() {
        "null" => Some(None),
        _ => read_mention(raw).map(Some),
    };
    let kind: &str = parse(kind)?;
    let before = mention(before)?;
    let after = match kind {
        "M" => mention(after?)?,
        "m" | "d" | "c" | "x" => {
            let settled = (kind != "m").then(|| (Some(by.clone()).filter(|by| !by.is_empty()), at));
            let changes = match Rest::of_verdict(kind) {
                Some(changes) => changes,
                None => parse(after?)?,
            };
            Some(changes.applied_to(before.as_ref()?, settled)?)
        }
        _ => return None,
    };
    Some(Op::Mention { article, before, after })
}

fn read_mention(raw: &RawValue) -> Option<Mention> {
    let parts: Vec<&RawValue> = parse(raw)?;
    let [id, start, len, label, origin, rest @ ..] = &parts[..] else {
        return None;
    };
    let (score, rest) = match rest {
        [score, rest @ ..] if !score.get().starts_with('{') => (Some(parse(score)?), rest),
        rest => (None, rest),
    };
    let rest = match rest {
        [] => Rest::default(),
        [rest] => parse(rest)?,
        _ => return None,
    };
    let rest = Rest { score, ..rest };
    let start: u32 = parse(start)?;
    let span = Span { start, end: start.checked_add(parse(len)?)? };
    Some(rest.mention(parse(id)?, span, parse(label)?, parse(origin)?))
}
