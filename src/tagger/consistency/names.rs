//! The names of an article and the vote on what each of them is.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::cues;
use super::super::page::{Case, Page};
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use super::super::tables;
use crate::annotation::Origin;

/// What a name may be, coarse enough to vote on: a country and a sea are places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Person,
    Organisation,
    Place,
    Group,
    Other,
}

impl Kind {
    /// The kind of a label of the standard scheme; `None` for dates and amounts.
    pub fn of(label: &str) -> Option<Self> {
        Some(match label {
            "PERSON" => Kind::Person,
            "ORG" => Kind::Organisation,
            "GPE" | "LOC" | "FAC" => Kind::Place,
            "NORP" => Kind::Group,
            "EVENT" | "LAW" | "PRODUCT" | "WORK_OF_ART" => Kind::Other,
            _ => return None,
        })
    }
}

const LABELS: [&str; 10] = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"];

/// The place of NORP in [`LABELS`].
const GROUP: usize = 5;

/// The place of GPE in [`LABELS`].
const STATE: usize = 2;

/// What one telling context weighs: more than a model's guess or two.
const SURE_VOTE: u32 = 1800;

/// Whether a name that the model takes for an organisation is a country and nothing else: a country that acts, or its
/// team, keeps the name of the country.
fn is_country(page: &Page<'_>, lists: &Lists<'_>, draft: &Draft) -> bool {
    let is_listed = || lists.at(draft.span).any(|found| lists.name(found).is_some_and(|list| &**list == "countries"));
    draft.label.as_str() == "ORG" && lists.is_only(page, &draft.tokens, &["GPE", "LOC"]) && is_listed()
}

/// Whether a name that the model takes for something else is a people or a following: lists know it as nothing else
/// (`Thais`), or the words after it or its ending say so: `the Ashmara tribe`, `Harvestists`. A place or organisation that
/// is well known stays one.
fn is_people(page: &Page<'_>, lists: &Lists<'_>, draft: &Draft) -> bool {
    const AFTER: &[&str] =
        &["people", "peoples", "tribe", "tribes", "tribesmen", "clan", "clans", "ethnic", "speakers", "villagers", "elders"];
    let is_known = || lists.best(page, &draft.tokens, &["GPE", "LOC", "ORG", "FAC"]).is_some_and(|found| found.mark.rank() >= 2);
    if Kind::of(draft.label.as_str()) == Some(Kind::Group) {
        return false;
    }
    let is_listed = |tokens: Range<usize>| lists.is_only(page, &tokens, &["NORP", "LANGUAGE"]);
    if is_listed(draft.tokens.clone()) || draft.tokens.clone().all(|i| is_listed(i..i + 1)) {
        return true;
    }
    if draft.tokens.len() != 1 || is_known() {
        return false;
    }
    let name = page.word_text(draft.tokens.start);
    let is_following = name.len() > 6
        && ["ians", "eans", "ists", "ites"].iter().any(|end| name.ends_with(end))
        && page.words[draft.tokens.start].run.is_some_and(|run| page.runs[run as usize].tokens.len() == 1);
    is_following || AFTER.contains(&page.word_text(draft.tokens.end))
}

/// A label of the standard scheme that names can have.
pub fn known(label: &str) -> &'static str {
    LABELS.into_iter().find(|known| *known == label).unwrap_or("ORG")
}

/// A name: the same words wherever they stand.
pub struct Name {
    /// Where it stands first.
    pub tokens: Range<usize>,
    /// Sums of scores by label.
    votes: [u32; LABELS.len()],
    /// How many drafts have it.
    pub count: u32,
    /// The winner of the vote.
    pub label: &'static str,
    /// The best score of a draft.
    pub score: u16,
    /// What part of the votes the winner has, in thousandths.
    part: u16,
    /// The key of the full name that this one shortens.
    full: Option<u64>,
    /// What the full names that it shortens are: bits by [`Kind`].
    full_kinds: u8,
    /// Whether it is a well-known place as well as a person of the article: each mention is judged by itself.
    is_divided: bool,
}

/// All names of an article by their keys.
#[derive(Default)]
pub struct Names {
    by_key: BTreeMap<u64, Name>,
}

/// The words of a name as one number. Case is levelled where it says nothing; short words of capitals keep theirs.
pub fn key(page: &Page<'_>, tokens: Range<usize>) -> u64 {
    tokens.fold(0xcbf2_9ce4_8422_2325, |state, i| step(state, page, i))
}

/// The key of a name that is one word longer.
pub fn step(state: u64, page: &Page<'_>, i: usize) -> u64 {
    let word = &page.words[i];
    let is_short_capitals = word.case == Case::Upper && page.tokens[i].span.len() <= 3;
    let part = if is_short_capitals { word.exact } else { word.lower };
    (state ^ u64::from(part)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
}

impl Names {
    /// The names of `drafts`, with those short forms that follow from them.
    pub fn gather(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Self {
        let mut names = Self::default();
        for draft in drafts.all() {
            let Some(label) = LABELS.iter().position(|known| *known == draft.label.as_str()) else { continue };
            let is_whole = page.span(&draft.tokens) == draft.span;
            if draft.tokens.is_empty() || !is_whole {
                continue;
            }
            let name = names.name(page, draft.tokens.clone());
            let is_anchor = matches!(&draft.origin, Origin::Rule(id) if &**id == tables::RULE);
            name.votes[label] += u32::from(draft.score) * if is_anchor { 2 } else { 1 };
            name.count += 1;
            if is_people(page, lists, draft) {
                name.votes[GROUP] += SURE_VOTE;
            } else if is_country(page, lists, draft) {
                name.votes[STATE] += SURE_VOTE;
            }
            name.score = name.score.max(draft.score);
        }
        names.shorten(page, lists);
        for name in names.by_key.values_mut() {
            name.is_divided = name.is_divided(page, lists);
            name.settle();
        }
        names
    }

    pub fn get(&self, key: u64) -> Option<&Name> {
        self.by_key.get(&key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (u64, &Name)> {
        self.by_key.iter().map(|(key, name)| (*key, name))
    }

    fn name(&mut self, page: &Page<'_>, tokens: Range<usize>) -> &mut Name {
        self.by_key.entry(key(page, tokens.clone())).or_insert_with(|| Name {
            tokens,
            votes: [0; LABELS.len()],
            count: 0,
            label: "",
            score: 0,
            part: 0,
            full: None,
            full_kinds: 0,
            is_divided: false,
        })
    }

    /// Lets every full name vote for its short forms.
    fn shorten(&mut self, page: &Page<'_>, lists: &Lists<'_>) {
        let mut votes: Vec<(u64, Range<usize>, usize, u32, u16)> = Vec::new();
        for (full, name) in &self.by_key {
            for (short, label, share) in short_forms(page, lists, name) {
                let vote = name.votes[label].min(2 * u32::from(name.score)) * share / 100;
                votes.push((*full, short, label, vote, name.score));
            }
        }
        for (full, short, label, vote, score) in votes {
            let name = self.name(page, short);
            name.votes[label] += vote;
            name.full_kinds |= Kind::of(LABELS[label]).map_or(0, |kind| 1 << kind as u8);
            if name.full.is_none() || name.score < score {
                name.full = Some(full);
            }
            name.score = name.score.max(score - score / 10);
        }
    }

    /// Gives every draft the label that its name has won.
    pub fn relabel(&self, page: &Page<'_>, drafts: &mut Drafts) {
        let mut told: BTreeMap<u64, [u32; 2]> = BTreeMap::new();
        for draft in drafts.all() {
            let key = key(page, draft.tokens.clone());
            if self.by_key.get(&key).is_some_and(|name| name.is_divided)
                && let Some(label) = told_by_neighbours(page, &draft.tokens)
            {
                told.entry(key).or_default()[usize::from(label == "PERSON")] += 1;
            }
        }
        for draft in drafts.all_mut() {
            if Kind::of(draft.label.as_str()).is_none() || page.span(&draft.tokens) != draft.span {
                continue;
            }
            let Some(name) = self.by_key.get(&key(page, draft.tokens.clone())) else { continue };
            if name.is_divided {
                let [places, people] = told.get(&key(page, draft.tokens.clone())).copied().unwrap_or_default();
                let usual = if places > 2 * people {
                    Some("GPE")
                } else if people > 2 * places {
                    Some("PERSON")
                } else {
                    None
                };
                if let Some(label) = told_by_neighbours(page, &draft.tokens).or(usual)
                    && Kind::of(label) != Kind::of(draft.label.as_str())
                {
                    draft.label = label.into();
                    draft.score = 700;
                }
                continue;
            }
            let share = name.share();
            if draft.label.as_str() != name.label {
                draft.label = name.label.into();
                draft.score = share;
                draft.origin = self.origin(page, name);
            }
        }
    }

    /// Told of a mention that owes its label to another: the full name, or the name where it stands first.
    pub fn origin(&self, page: &Page<'_>, name: &Name) -> Origin {
        let full = name.full.and_then(|full| self.by_key.get(&full)).unwrap_or(name);
        Origin::Alias(page.span(&full.tokens).of(page.text).unwrap_or_default().into())
    }
}

/// What a name that may be a place or a person is by the words beside it.
fn told_by_neighbours(page: &Page<'_>, tokens: &Range<usize>) -> Option<&'static str> {
    let before = tokens.start.checked_sub(1);
    let cues_of = |i: usize| page.words.get(i).map_or(0, |word| word.cues);
    let before_cues = before.map_or(0, cues_of);
    let before_text = before.map_or("", |i| page.word_text(i));
    if before_cues & cues::TITLE != 0 || cues_of(tokens.end) & cues::SPEECH != 0 {
        return Some("PERSON");
    }
    let is_after_place = before_text == "," && before.and_then(|i| i.checked_sub(1)).is_some_and(|i| page.words[i].is_capital());
    (before_cues & cues::AT != 0 || is_after_place).then_some("GPE")
}

impl Name {
    fn is_divided(&self, page: &Page<'_>, lists: &Lists<'_>) -> bool {
        let is_person = self.full_kinds & 1 << Kind::Person as u8 != 0;
        is_person && lists.best(page, &self.tokens, &["GPE", "LOC"]).is_some_and(|found| found.mark.rank() >= 2)
    }

    fn settle(&mut self) {
        let mut kinds = [0_u32; 5];
        for (label, votes) in LABELS.iter().zip(self.votes) {
            if let Some(kind) = Kind::of(label) {
                kinds[kind as usize] += votes;
            }
        }
        // The first word of an organisation, alone, is the organisation rather than a person without a full name.
        let (person, organisation) = (Kind::Person as u8, Kind::Organisation as u8);
        if self.full_kinds >> organisation & 1 == 1 && self.full_kinds >> person & 1 == 0 {
            kinds[organisation as usize] += kinds[person as usize];
            kinds[person as usize] = 0;
        }
        let best = (0..LABELS.len()).max_by_key(|label| {
            let kind = Kind::of(LABELS[*label]).map_or(0, |kind| kinds[kind as usize]);
            (kind, self.votes[*label], std::cmp::Reverse(*label))
        });
        self.label = LABELS[best.unwrap_or(1)];
        let own = Kind::of(self.label).map_or(0, |kind| kinds[kind as usize]);
        self.part = (u64::from(own) * 1000 / u64::from(kinds.iter().sum::<u32>().max(1))) as u16;
    }

    /// How sure the winner is, in thousandths: its part of the votes, no more than the best score.
    pub fn share(&self) -> u16 {
        self.part.min(self.score)
    }
}

/// The shorter names that may follow a name, with their label and how much of its vote they get, in hundredths.
fn short_forms(page: &Page<'_>, lists: &Lists<'_>, name: &Name) -> Vec<(Range<usize>, usize, u32)> {
    let tokens = name.tokens.clone();
    if tokens.len() < 2 {
        return Vec::new();
    }
    let best = (0..LABELS.len()).max_by_key(|label| (name.votes[*label], std::cmp::Reverse(*label))).unwrap_or(0);
    match LABELS[best] {
        "PERSON" => surnames(page, tokens).into_iter().map(|short| (short, best, 80)).collect(),
        "ORG" => heads(page, lists, tokens).into_iter().map(|short| (short, best, 50)).collect(),
        _ => Vec::new(),
    }
}

/// The last word of a person's name, and with the small words before it: Leyen, von der Leyen.
fn surnames(page: &Page<'_>, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut end = tokens.end;
    while end > tokens.start + 1 && is_no_surname(page, end - 1) {
        end -= 1;
    }
    let mut last = end - 1;
    if last == tokens.start {
        return Vec::new();
    }
    let mut out = Vec::with_capacity(2);
    out.push(last..end);
    while last > tokens.start + 1 && page.words[last - 1].cues & cues::PARTICLE != 0 && page.words[last - 1].case == Case::Lower {
        last -= 1;
    }
    if last < end - 1 {
        out.push(last..end);
    }
    out
}

fn is_no_surname(page: &Page<'_>, i: usize) -> bool {
    let text = page.word_text(i);
    matches!(text, "Jr" | "Sr" | "II" | "III" | "IV" | "." | ",") || text.chars().count() < 2
}

/// The name of an organisation without its form, and the word that it begins with if that alone tells it.
fn heads(page: &Page<'_>, lists: &Lists<'_>, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut end = tokens.end;
    while end > tokens.start + 1 && (page.words[end - 1].cues & cues::ORG_FORM != 0 || page.tokens[end - 1].span.len() == 1) {
        end -= 1;
    }
    if end < tokens.end {
        out.push(tokens.start..end);
    }
    let first = tokens.start..tokens.start + 1;
    let word = &page.words[tokens.start];
    let is_own = !word.class.is_common() && word.cues == 0 && page.tokens[tokens.start].span.len() > 2;
    let is_known = || lists.best(page, &first, &["GPE", "LOC", "NORP", "FAC"]).is_some_and(|found| found.mark.rank() >= 2);
    if is_own && end > tokens.start + 1 && !is_known() && !word.class.is_given_name() {
        out.push(first);
    }
    out
}
