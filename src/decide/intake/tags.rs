//! The tags of one article, held against what its article here has.
//!
//! They are held against the article as it was before all of them: what nests in the import nests here.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::told::{Comparison, Kind, Taking};
use crate::annotation::{Article, FreshIds, How, Mention, MentionId, Op, Scheme, State};
use crate::decide::Stamp;
use crate::decide::merge::{contest, rival};
use crate::decide::overlaps::Overlaps;
use crate::decide::retag::is_kept;
use crate::decide::verdict::{confirmed, first_kept, is_suppressed};
use crate::text::Span;

/// The ops that bring tags into an article here; their spans are those of its text. How each compares is told.
pub fn ops(scheme: &Scheme, here: &Article, tags: &[Mention], taking: Taking, stamp: &Stamp, told: &mut Comparison) -> Vec<Op> {
    let mut page = Page {
        scheme,
        here,
        index: Overlaps::new(&here.mentions),
        ids: FreshIds::beside(here.mentions.iter().map(|mention| mention.id)),
        changed: BTreeMap::new(),
        stamp,
    };
    // What says the very same goes first, so that nothing else takes its suggestion away.
    let (exact, others): (Vec<&Mention>, Vec<&Mention>) = tags.iter().partition(|tag| page.same(tag).is_some());
    for tag in exact.into_iter().chain(others) {
        let is_suggestion = taking == Taking::Suggestions || tag.is_suggested();
        let (kind, met) = match tag.state {
            State::Rejected if taking == Taking::Suggestions => (Kind::Unsaid, None),
            State::Rejected => page.reject(tag),
            _ if is_suggestion => page.suggest(tag),
            _ => page.confirm(tag),
        };
        told.met(kind, here, tag, met);
    }
    let given: HashSet<Span> = tags.iter().map(|tag| tag.span).collect();
    let is_alone = |mention: &&Mention| mention.is_confirmed() && !given.contains(&mention.span) && !page.changed.contains_key(&mention.id);
    here.mentions.iter().filter(is_alone).for_each(|mention| told.met(Kind::OnlyHere, here, mention, None));
    page.ops()
}

struct Page<'a> {
    scheme: &'a Scheme,
    here: &'a Article,
    index: Overlaps<'a>,
    ids: FreshIds,
    /// What becomes of mentions, those that are here and new ones.
    changed: BTreeMap<MentionId, Option<Mention>>,
    stamp: &'a Stamp,
}

impl<'a> Page<'a> {
    /// The mention here that has the words and the label of a tag.
    fn same(&self, tag: &Mention) -> Option<&'a Mention> {
        self.index.over(tag.span).find(|one| one.span == tag.span && one.label == tag.label)
    }

    /// What is settled here and cannot stand with a confirmed or suggested tag.
    fn against(&self, tag: &Mention) -> Option<(Kind, &'a Mention)> {
        let over = || self.index.over(tag.span);
        let exact = |one: &&&'a Mention| one.span == tag.span;
        let rejected = over().find(|one| one.is_rejected() && exact(&one));
        let bars = |one: &&'a Mention| one.is_confirmed() && !self.scheme.may_overlap(&one.label, &tag.label);
        let label = || over().find(|one| exact(&one) && bars(one)).map(|one| (Kind::OtherLabel, one));
        let edges = || over().find(bars).map(|one| (Kind::OtherEdges, one));
        rejected.map(|one| (Kind::OtherVerdict, one)).or_else(label).or_else(edges)
    }

    fn suggest(&mut self, tag: &Mention) -> (Kind, Option<&'a Mention>) {
        if let Some(same) = self.same(tag) {
            return (if same.is_rejected() { Kind::OtherVerdict } else { Kind::Agrees }, Some(same));
        }
        if let Some((kind, one)) = self.against(tag) {
            return (kind, Some(one));
        }
        let others: Vec<&Mention> =
            self.index.over(tag.span).filter(|one| one.is_suggested() && is_suppressed(self.scheme, one, tag)).collect();
        // What a person touched, or another import brought, is not taken away for a suggestion.
        if let Some(kept) = others.iter().find(|one| is_kept(one)) {
            return (Kind::OtherEdges, Some(kept));
        }
        others.iter().for_each(|one| self.remove(one));
        self.put(Mention { state: State::Suggested, how: None, by: None, at: None, ..tag.clone() });
        (if others.is_empty() { Kind::Comes } else { Kind::Replaces }, others.first().copied())
    }

    fn confirm(&mut self, tag: &Mention) -> (Kind, Option<&'a Mention>) {
        let same = self.same(tag);
        if let Some(same) = same.filter(|same| same.is_confirmed()) {
            return (Kind::Agrees, Some(same));
        }
        let stated = self.decided(tag);
        if let Some((kind, one)) = self.against(tag) {
            self.set_against(one, &stated);
            return (kind, Some(one));
        }
        let over = |page: &Self| -> Vec<&'a Mention> {
            page.index.over(tag.span).filter(|one| one.is_suggested() && !page.changed.contains_key(&one.id)).collect()
        };
        // A suggestion on the very words becomes this decision, and keeps what was suggested first.
        let settled = same.or_else(|| over(self).into_iter().find(|one| one.span == tag.span && is_suppressed(self.scheme, one, tag)));
        let settled = settled.filter(|one| !self.changed.contains_key(&one.id));
        let suppressed: Vec<&Mention> = over(self).into_iter().filter(|one| is_suppressed(self.scheme, one, tag)).collect();
        for one in suppressed.iter().filter(|one| settled.is_none_or(|settled| settled.id != one.id)) {
            self.remove(one);
        }
        match settled {
            Some(before) => {
                let mut after =
                    Mention { label: tag.label.clone(), ..confirmed(before, tag.how.unwrap_or(How::Imported), &self.stamp_of(tag)) };
                after.first = first_kept(Some(before), &after);
                after.entity = before.entity.clone().or_else(|| tag.entity.clone());
                after.value = tag.value.clone().or_else(|| before.value.clone());
                after.note = before.note.clone().or_else(|| tag.note.clone());
                self.changed.insert(before.id, Some(after));
                (Kind::Settles, Some(before))
            }
            None => {
                self.put(stated);
                (if suppressed.is_empty() { Kind::Comes } else { Kind::Replaces }, suppressed.first().copied())
            }
        }
    }

    fn reject(&mut self, tag: &Mention) -> (Kind, Option<&'a Mention>) {
        let Some(same) = self.same(tag) else {
            if let Some(other) = self.index.over(tag.span).find(|one| one.span == tag.span) {
                return (Kind::Agrees, Some(other));
            }
            self.put(self.decided(tag));
            return (Kind::Comes, None);
        };
        match same.state {
            State::Rejected => (Kind::Agrees, Some(same)),
            State::Confirmed => {
                let stated = self.decided(tag);
                self.set_against(same, &stated);
                (Kind::OtherVerdict, Some(same))
            }
            State::Suggested => {
                let after = Mention { state: State::Rejected, ..confirmed(same, tag.how.unwrap_or(How::Imported), &self.stamp_of(tag)) };
                self.changed.insert(same.id, Some(after));
                (Kind::Settles, Some(same))
            }
        }
    }

    /// Who decided there, and when, as far as the file tells; else whoever brings it in.
    fn stamp_of(&self, tag: &Mention) -> Stamp {
        Stamp { by: tag.by.clone().unwrap_or_else(|| Arc::clone(&self.stamp.by)), at: tag.at.unwrap_or(self.stamp.at) }
    }

    /// The tag as a decision that was made elsewhere.
    fn decided(&self, tag: &Mention) -> Mention {
        let Stamp { by, at } = self.stamp_of(tag);
        let by = Some(by).filter(|by| !by.is_empty());
        Mention { how: tag.how.or(Some(How::Imported)), by, at: Some(at), rivals: Vec::new(), ..tag.clone() }
    }

    fn set_against(&mut self, one: &Mention, other: &Mention) {
        let contested = self.changed.entry(one.id).or_insert_with(|| Some(one.clone()));
        if let Some(mention) = contested {
            contest(mention, rival(other));
        }
    }

    fn remove(&mut self, one: &Mention) {
        self.changed.entry(one.id).or_insert(None);
    }

    fn put(&mut self, mention: Mention) {
        let id = self.ids.take(MentionId::of(&self.here.id, mention.span, &mention.label));
        self.changed.insert(id, Some(Mention { id, ..mention }));
    }

    /// What leaves goes first, so that nothing new meets it.
    fn ops(self) -> Vec<Op> {
        let here: HashMap<MentionId, &Mention> = self.here.mentions.iter().map(|mention| (mention.id, mention)).collect();
        let op = |(id, after): (MentionId, Option<Mention>)| {
            let before = here.get(&id).copied().cloned();
            (before != after).then(|| Op::Mention { article: self.here.id.clone(), before, after })
        };
        let mut ops: Vec<Op> = self.changed.into_iter().filter_map(op).collect();
        ops.sort_by_key(|op| matches!(op, Op::Mention { after: Some(_), .. }));
        ops
    }
}
