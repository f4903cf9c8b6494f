//! One edit out of the ticked rows of a concordance.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::concordance::{Concordance, Intent, Row};
use crate::annotation::{Article, Edit, EntityId, How, Label, Mention, MentionId, Op, Origin, Scheme, Session};
use crate::decide::overlaps::Overlaps;
use crate::decide::verdict::{confirmed, first_kept, is_suppressed, rejected};
use crate::decide::{Refusal, Stamp};
use crate::text::Span;

/// The decision on the mention in focus and on every ticked row, as one edit.
///
/// # Errors
/// [`Refusal::NoArticle`] or [`Refusal::NoMention`] where the session is no longer what the concordance was made from;
/// [`Refusal::Already`] where nothing changes.
pub fn apply(session: &Session, concordance: &Concordance) -> Result<Edit, Refusal> {
    let mut rows: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    for row in concordance.rows.iter().filter(|row| row.ticked && !row.is_focus) {
        let at = session.position(&row.article).ok_or_else(|| Refusal::NoArticle(row.article.clone()))?;
        rows.entry(at).or_default().push(row);
    }
    let mut edit = Edit { verb: concordance.verb(), ..concordance.edit.clone() };
    let stamp = Stamp { by: edit.by.clone(), at: edit.at };
    let of_focus = edit.target.as_ref().map(|target| &target.article).cloned();
    let done = std::mem::take(&mut edit.ops);
    for (at, mut rows) in rows {
        let article = &session.articles()[at];
        let mut changes = Changes::new(session.scheme(), article, &stamp);
        if of_focus.as_ref() == Some(&article.id) {
            changes.note(&done);
        }
        rows.sort_by_key(|row| (Reverse(row.becomes.len()), row.becomes, row.mention));
        for row in rows {
            changes.take(row, &concordance.intent)?;
        }
        edit.ops.append(&mut changes.ops);
    }
    edit.ops.splice(0..0, done);
    if edit.ops.is_empty() { Err(Refusal::Already) } else { Ok(edit) }
}

/// What an edit has done to one article so far.
struct Changes<'a> {
    scheme: &'a Scheme,
    article: &'a Article,
    stamp: &'a Stamp,
    others: Overlaps<'a>,
    touched: HashSet<MentionId>,
    /// Spans and labels that are confirmed by this edit.
    put: HashSet<(Span, Label)>,
    ids: HashSet<MentionId>,
    ops: Vec<Op>,
}

impl<'a> Changes<'a> {
    fn new(scheme: &'a Scheme, article: &'a Article, stamp: &'a Stamp) -> Self {
        Self {
            scheme,
            article,
            stamp,
            others: Overlaps::new(&article.mentions),
            touched: HashSet::new(),
            put: HashSet::new(),
            ids: HashSet::new(),
            ops: Vec::new(),
        }
    }

    /// Takes notice of ops that are in the edit already.
    fn note(&mut self, ops: &[Op]) {
        for op in ops {
            let Op::Mention { before, after, .. } = op else { continue };
            self.touched.extend(before.iter().chain(after).map(|mention| mention.id));
            self.ids.extend(after.iter().map(|mention| mention.id));
            self.put.extend(after.iter().filter(|after| after.is_confirmed()).map(|after| (after.span, after.label.clone())));
        }
    }

    fn take(&mut self, row: &Row, intent: &Intent) -> Result<(), Refusal> {
        let before = match row.mention {
            Some(id) if self.touched.contains(&id) => return Ok(()),
            Some(id) => Some(self.others.over(row.span).find(|mention| mention.id == id).ok_or(Refusal::NoMention)?),
            None => None,
        };
        match intent {
            Intent::Is(label) => self.confirm(before, row.becomes, label, None),
            // What is confirmed so already only learns whom it speaks of.
            Intent::Known(label, entity) => match before.filter(|before| before.is_confirmed() && before.label == *label) {
                Some(before) if before.entity.as_ref() == Some(entity) => {}
                Some(before) => self.change(Some(before), Some(Mention { entity: Some(entity.clone()), ..before.clone() })),
                None => self.confirm(before, row.becomes, label, Some(entity)),
            },
            Intent::Not(_) => {
                if let Some(before) = before.filter(|before| !before.is_rejected()) {
                    self.change(Some(before), rejected(before, How::Spread, self.stamp));
                }
            }
            Intent::Linked(entity, _) => {
                if let Some(before) = before.filter(|before| before.entity != *entity) {
                    self.change(Some(before), Some(Mention { entity: entity.clone(), ..before.clone() }));
                }
            }
        }
        Ok(())
    }

    fn confirm(&mut self, before: Option<&Mention>, span: Span, label: &Label, entity: Option<&EntityId>) {
        let is_there = |other: &Mention| other.is_confirmed() && other.span == span && other.label == *label;
        if self.others.over(span).any(|other| is_there(other) && !self.touched.contains(&other.id)) {
            return;
        }
        if !self.put.insert((span, label.clone())) {
            return;
        }
        // As in `add`: a rejected mention with exactly this span is taken up again.
        let revived = || self.others.over(span).find(|other| other.span == span && !self.touched.contains(&other.id));
        let before = before.or_else(revived);
        let mut after = match before {
            Some(before) => Mention { span, label: label.clone(), ..confirmed(before, How::Spread, self.stamp) },
            None => {
                let id = self.fresh_id(span, label);
                confirmed(&Mention::suggested(id, span, label.clone(), Origin::Rule(super::SPREAD.into())), How::Spread, self.stamp)
            }
        };
        after.first = first_kept(before, &after);
        if entity.is_some() {
            after.entity = entity.cloned();
        }
        let suppressed: Vec<&Mention> = self
            .others
            .over(span)
            .filter(|other| other.is_suggested() && before.is_none_or(|before| before.id != other.id))
            .filter(|other| !self.touched.contains(&other.id) && is_suppressed(self.scheme, other, &after))
            .collect();
        for other in suppressed {
            self.change(Some(other), None);
        }
        self.change(before, Some(after));
    }

    fn change(&mut self, before: Option<&Mention>, after: Option<Mention>) {
        self.touched.extend(before.map(|before| before.id));
        self.ids.extend(after.as_ref().map(|after| after.id));
        self.ops.push(Op::Mention { article: self.article.id.clone(), before: before.cloned(), after });
    }

    fn fresh_id(&self, span: Span, label: &Label) -> MentionId {
        let mut id = MentionId::of(&self.article.id, span, label);
        while self.ids.contains(&id) || self.article.mention(id).is_some() {
            id = id.next();
        }
        id
    }
}
