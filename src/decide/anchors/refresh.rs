//! A changed source taken over: one article with its new text, everything decided on the old one carried along.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use super::mark;
use super::orphan::{Orphan, orphans};
use super::place::{Anchors, Place};
use super::zones;
use crate::annotation::{
    Article, ArticleId, Conflict, Edit, Extra, First, FreshIds, Label, Mention, Meta, Op, Origin, Progress, Rival, Scheme, Session, Source,
    Target, Verb,
};
use crate::decide::conflicts;
use crate::decide::standing::Standing;
use crate::decide::terms::edit_of;
use crate::decide::{Refusal, Stamp, retag};
use crate::reading::Omitted;
use crate::tagger::Suggestion;
use crate::text::Span;

/// What became of the mentions of one or more articles.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct Tally {
    /// The same words at the same place.
    pub exact: usize,
    /// The same words elsewhere.
    pub moved: usize,
    /// Probably these words: they wait for a person.
    pub fuzzy: usize,
    /// Their words are gone: they are listed.
    pub orphaned: usize,
    /// Suggestions of the tagger that nobody had touched and whose words are gone; tagging again brings their like.
    pub dropped: usize,
    /// Orphans of an earlier refresh whose words are back.
    pub returned: usize,
}

impl Tally {
    /// How many mentions a person must look at.
    pub fn open(self) -> usize {
        self.fuzzy + self.orphaned
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            exact: self.exact + other.exact,
            moved: self.moved + other.moved,
            fuzzy: self.fuzzy + other.fuzzy,
            orphaned: self.orphaned + other.orphaned,
            dropped: self.dropped + other.dropped,
            returned: self.returned + other.returned,
        }
    }
}

impl fmt::Display for Tally {
    /// `12 exact, 30 moved, 1 fuzzy, 0 orphaned`, and what else there was.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} exact, {} moved, {} fuzzy, {} orphaned", self.exact, self.moved, self.fuzzy, self.orphaned)?;
        if self.returned > 0 {
            write!(f, ", {} returned", self.returned)?;
        }
        if self.dropped > 0 {
            write!(f, ", {} suggestions gone with their words", self.dropped)?;
        }
        Ok(())
    }
}

/// An article as its source has it now, not yet in the session.
#[derive(Clone, Debug)]
pub struct Refreshed {
    pub before: Arc<Article>,
    pub after: Arc<Article>,
    pub tally: Tally,
}

/// Carries an article over to `fresh`, the same source read anew.
pub fn article(before: &Arc<Article>, fresh: &Article) -> Refreshed {
    let keeps = |source: &Option<Source>| fresh.source.clone().or_else(|| source.clone());
    if before.text == fresh.text {
        let after = Article { source: keeps(&before.source), ..Article::clone(before) };
        let tally = Tally { exact: before.mentions.len(), ..Tally::default() };
        return Refreshed { before: before.clone(), after: Arc::new(after), tally };
    }
    let anchors = Anchors::new(&before.text, &fresh.text);
    let mut carrying = Carrying { anchors: &anchors, tally: Tally::default(), mentions: Vec::new(), orphans: Vec::new() };
    carrying.carry(&before.mentions);
    let zones = zones::carried(&anchors, &before.zones, &fresh.zones);
    let mut extras = carrying.return_orphans(before);
    // What the file says of its story, its revision among it, is what it says now.
    let is_of_file = |extra: &Extra| Omitted::is_carried_by(extra) || extra.format == "wire";
    extras.retain(|extra| !is_of_file(extra));
    extras.extend(fresh.extras.iter().filter(|extra| is_of_file(extra)).cloned());
    let Carrying { tally, mut mentions, .. } = carrying;
    mentions.sort_by(Mention::reading_order);
    let mut desk = before.desk.clone();
    if tally.open() > 0 && desk.progress == Progress::Done {
        desk.progress = Progress::Open;
    }
    let after = Article {
        id: before.id.clone(),
        text: fresh.text.clone(),
        meta: meta(before, fresh),
        source: keeps(&before.source),
        zones,
        desk,
        mentions,
        extras,
    };
    Refreshed { before: before.clone(), after: Arc::new(after), tally }
}

impl Refreshed {
    /// The same with what a tagger says of the new text. Suggestions that came to stand on other words make room for its.
    #[must_use]
    pub fn tagged(self, suggestions: &[Suggestion], scheme: &Scheme) -> Self {
        let mut after = Article::clone(&self.after);
        let asked_before = |mention: &Mention| mark::was(mention).is_none_or(|was| was.state != mention.state);
        after.mentions.retain(|mention| is_touched(mention) || asked_before(mention));
        after.mentions = retag::mentions_of(&after, suggestions, scheme);
        if after.desk.progress == Progress::Done && after.open_count() > self.before.open_count() {
            after.desk.progress = Progress::Open;
        }
        Self { after: Arc::new(after), ..self }
    }

    /// With what the standing rules say of the new text.
    #[must_use]
    pub fn settled(mut self, standing: &Standing<'_>, scheme: &Scheme, stamp: &Stamp) -> Self {
        if !standing.is_empty() {
            standing.settle(scheme, Arc::make_mut(&mut self.after), stamp);
        }
        self
    }
}

/// The edit that takes changed articles over, all of them at once.
///
/// # Errors
/// [`Refusal::Already`] when there are none, [`Refusal::NoArticle`] when one has left or is not what it was.
pub fn edit(session: &Session, refreshed: &[Refreshed], stamp: &Stamp) -> Result<Edit, Refusal> {
    let op = |refreshed: &Refreshed| {
        let id = &refreshed.before.id;
        let at = session.position(id).filter(|at| session.articles()[*at] == refreshed.before);
        let at = at.ok_or_else(|| Refusal::NoArticle(id.clone()))?;
        Ok(Op::Article { at, before: Some(refreshed.before.clone()), after: Some(refreshed.after.clone()) })
    };
    let mut ops = refreshed.iter().map(op).collect::<Result<Vec<Op>, Refusal>>()?;
    let has_other_text =
        |conflict: &Conflict| refreshed.iter().any(|one| conflict.is_of_text(&one.before.id) && one.before.text != one.after.text);
    ops.extend(conflicts::removals(session, has_other_text));
    let first = refreshed.first().ok_or(Refusal::Already)?;
    let what = match refreshed.len() {
        1 => first.before.title().to_owned(),
        n => format!("{n} articles"),
    };
    let mut edit = edit_of(Verb::Refresh, &what, None, stamp, ops);
    let article: ArticleId = first.before.id.clone();
    let mention = first.after.mentions.iter().find(|mention| mark::was(mention).is_some()).map(|mention| mention.id);
    edit.target = Some(Target { article, mention });
    Ok(edit)
}

struct Carrying<'a, 't> {
    anchors: &'a Anchors<'t>,
    tally: Tally,
    mentions: Vec<Mention>,
    orphans: Vec<Orphan>,
}

impl Carrying<'_, '_> {
    fn carry(&mut self, mentions: &[Mention]) {
        let mut unsure: Vec<(&Mention, Span)> = Vec::new();
        // New and old span of what is sure, each pair once.
        let mut sure: Vec<(Span, Span)> = Vec::new();
        let mut last: Option<(Span, Place)> = None;
        for mention in mentions {
            // Mentions of one span follow each other; however many they are, their words are looked for once.
            let place = last.filter(|(span, _)| *span == mention.span).map_or_else(|| self.anchors.place(mention.span), |(_, place)| place);
            last = Some((mention.span, place));
            match place {
                Place::Same(span) => {
                    if sure.last() != Some(&(span, mention.span)) {
                        sure.push((span, mention.span));
                    }
                    self.keep(mention, span);
                }
                Place::Like(span) => unsure.push((mention, span)),
                Place::Nowhere => self.lose(mention),
            }
        }
        self.put_unsure(&sure, &unsure);
    }

    fn keep(&mut self, mention: &Mention, span: Span) {
        match span == mention.span {
            true => self.tally.exact += 1,
            false => self.tally.moved += 1,
        }
        self.mentions.push(self.moved(mention, span));
    }

    /// What is unsure comes second: it does not go where something sure has come to stand that it did not touch before.
    fn put_unsure(&mut self, sure: &[(Span, Span)], unsure: &[(&Mention, Span)]) {
        let mut sure: Vec<(Span, Span)> = sure.to_vec();
        sure.sort();
        let mut taken: HashSet<(Span, &Label)> = HashSet::new();
        let mut last: Option<((Span, Span), bool)> = None;
        for (mention, span) in unsure {
            let both = (mention.span, *span);
            let is_free = last.filter(|(key, _)| *key == both).map_or_else(|| is_free(&sure, both), |(_, is_free)| is_free);
            last = Some((both, is_free));
            if is_free && taken.insert((*span, &mention.label)) {
                self.tally.fuzzy += 1;
                let quote = mention.span.of(self.anchors.old.text).unwrap_or_default();
                let moved = self.moved(mention, *span);
                self.mentions.push(mark::to_confirm(&moved, *span, quote));
            } else {
                self.lose(mention);
            }
        }
    }

    fn lose(&mut self, mention: &Mention) {
        if is_touched(mention) {
            self.tally.orphaned += 1;
            self.orphans.push(Orphan::of(mention, self.anchors));
        } else {
            self.tally.dropped += 1;
        }
    }

    /// `mention` at its new place, and what was first suggested at the place that this has now.
    fn moved(&self, mention: &Mention, span: Span) -> Mention {
        let first = mention.first.clone().map(|first| First { span: self.anchors.nearest(first.span).unwrap_or(span), ..first });
        let place = |rival: &Rival| if rival.span == mention.span { span } else { self.anchors.nearest(rival.span).unwrap_or(span) };
        let rivals = mention.rivals.iter().map(|rival| Rival { span: place(rival), ..rival.clone() }).collect();
        Mention { span, first, rivals, ..mention.clone() }
    }

    /// Orphans of earlier refreshes go where their words stand again; the rest stay on the list, the new ones after them.
    fn return_orphans(&mut self, before: &Article) -> Vec<Extra> {
        let mut extras = before.extras.clone();
        let mut there: HashSet<(Span, Label)> = self.mentions.iter().map(|mention| (mention.span, mention.label.clone())).collect();
        let mut gone = HashSet::new();
        let mut taken = FreshIds::beside(self.mentions.iter().map(|mention| mention.id));
        for (at, orphan) in orphans(before) {
            let Place::Same(span) = self.anchors.seek(orphan.quoted()) else { continue };
            if orphan.is_cut() || !there.insert((span, orphan.mention.label.clone())) {
                continue;
            }
            let id = taken.take(orphan.mention.id);
            gone.insert(at);
            self.tally.returned += 1;
            self.mentions.push(orphan.at(span, id));
        }
        let mut at = 0;
        extras.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        extras.extend(self.orphans.drain(..).filter_map(Orphan::into_extra));
        extras
    }
}

/// Whether nothing sure stands at the new span but what overlapped the old one. `sure` holds new and old spans, sorted.
fn is_free(sure: &[(Span, Span)], (old, new): (Span, Span)) -> bool {
    // Sure spans keep their order and hardly ever nest deeply: those that begin a little before may still reach in.
    let end = sure.partition_point(|(other, _)| other.start < new.end);
    let near = sure[..end].iter().rev().take(NEAR);
    near.filter(|(other, _)| other.overlaps(new)).all(|(_, was)| was.overlaps(old))
}

/// How many sure mentions before a place are looked at.
const NEAR: usize = 256;

/// Whether a person or an import has had a hand in a mention; such a one is never let go unasked.
fn is_touched(mention: &Mention) -> bool {
    let is_taggers = !matches!(mention.origin, Origin::Import(_) | Origin::Analyst);
    let has_extras = mention.extras.iter().any(|extra| !mark::is_mark(extra));
    mention.is_settled() || !is_taggers || mention.note.is_some() || mention.entity.is_some() || has_extras
}

/// What was known of the article, and what only the new text says of itself. A title or date that the old text had said
/// follows the new one; one that a person gave stays.
fn meta(before: &Article, fresh: &Article) -> Meta {
    let mut said = Meta::default();
    crate::reading::zones::complete_meta(&before.text, &before.zones, &mut said);
    let newer = |known: &Option<String>, said: &Option<String>, now: &Option<String>| match known {
        known if known.is_none() || known == said => now.clone().or_else(|| known.clone()),
        known => known.clone(),
    };
    let (known, now) = (&before.meta, &fresh.meta);
    Meta {
        title: newer(&known.title, &said.title, &now.title),
        byline: newer(&known.byline, &said.byline, &now.byline),
        outlet: newer(&known.outlet, &said.outlet, &now.outlet),
        published: newer(&known.published, &said.published, &now.published),
        language: newer(&known.language, &None, &now.language),
        url: newer(&known.url, &None, &now.url),
    }
}
