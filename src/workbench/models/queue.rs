//! The names queue: every name of the session in a table, and beside it what one decision on the name in focus would
//! reach. Made from a session and its index of names, while the Names view is shown.
//!
//! The decision that is shown is confirming, until a key asks for another one: that key shows it first, and pressed
//! again (or `Enter`) applies it. So confirming a name is one key, and nothing is applied that was not on screen.
//!
//! A switch shows things instead of names: entities, and names that seem to be one thing. Confirming such a row also
//! links its mentions, and makes the entity where there is none.

use std::collections::HashSet;
use std::sync::Arc;

use crate::annotation::{ArticleId, Entity, EntityId, Label, Session, StandingRule, Verdict};
use crate::decide::entities::{self, Gathering};
use crate::decide::names::{Among, NameFilter, NameOrder, NameRow, NamesIndex, Subject, name_rows, sort_rows};
use crate::decide::spread::{self, Concordance, Decision, Part};
use crate::decide::{Refusal, Stamp};
use crate::text::name;
use crate::workbench::parts::sentence;

/// The table of names as it is shown.
#[derive(Debug)]
pub struct Queue {
    pub filter: NameFilter,
    pub order: NameOrder,
    /// Whether the order is turned round.
    pub is_reversed: bool,
    /// Whether rows are things rather than names.
    pub shows_things: bool,
    /// Names that the filter admits, in order.
    pub rows: Vec<NameRow>,
    /// How many names there are in all, open, in conflict and settled, of those that pass the rest of the filter.
    pub totals: Totals,
    /// The row in focus.
    pub at: Option<Subject>,
    /// The decision whose reach is shown.
    pub decision: Decision,
    /// What it would reach.
    pub preview: Option<Concordance>,
    /// Why that decision cannot be made on this name.
    pub refusal: Option<String>,
    /// Whether the decision is to stay as a standing rule.
    pub keeps_rule: bool,
    /// Names that seem to be one thing, where things are shown.
    gatherings: Vec<Gathering>,
    counted_for: Option<Wanted>,
    shown_for: Option<((u64, u64), Subject, Decision)>,
}

/// What the rows were made for: version, which articles, filter, order, turned round, things.
type Wanted = ((u64, u64), Option<u64>, NameFilter, NameOrder, bool, bool);

/// What a queue is made from.
#[derive(Clone, Copy)]
pub struct NamesOf<'s> {
    pub session: &'s Session,
    pub index: &'s NamesIndex,
    /// Names the moment: while it is the same, so are session and index.
    pub version: (u64, u64),
    /// The articles whose names are listed, where it is not all of them, and what names these: while it is the same, so are they.
    pub among: Option<(u64, &'s Among)>,
}

/// How many names fall under each of the filters that are offered, of those that pass whatever else is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    pub all: usize,
    pub open: usize,
    pub conflicting: usize,
    pub settled: usize,
    /// Names of the session, whatever is asked for, and their mentions that wait for a decision.
    pub names: usize,
    pub mentions: usize,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            filter: NameFilter { is_open: true, ..NameFilter::default() },
            order: NameOrder::default(),
            is_reversed: false,
            shows_things: false,
            rows: Vec::new(),
            totals: Totals::default(),
            at: None,
            decision: Decision::Confirm,
            preview: None,
            refusal: None,
            keeps_rule: false,
            gatherings: Vec::new(),
            counted_for: None,
            shown_for: None,
        }
    }
}

impl Queue {
    /// The place of the name in focus among the rows.
    pub fn row(&self) -> Option<usize> {
        self.rows.iter().position(|row| Some(&row.subject) == self.at.as_ref())
    }

    pub fn current(&self) -> Option<&NameRow> {
        self.row().map(|row| &self.rows[row])
    }

    /// Whether a standing rule can say what the decision shown says: a rule knows labels, and things not at all.
    pub fn may_be_kept(&self) -> bool {
        !matches!(self.decision, Decision::Link(_) | Decision::Create(_))
    }

    /// The standing rule that the decision shown would leave behind, where one is wanted.
    pub fn rule(&self, label: Option<&Label>, stamp: &Stamp) -> Option<StandingRule> {
        let row = self.current().filter(|_| self.keeps_rule && self.may_be_kept())?;
        let verdict = match (&self.decision, label) {
            (Decision::Reject, _) => Verdict::Never,
            (_, label) => Verdict::Always(label?.clone()),
        };
        Some(StandingRule { name: row.name.to_string(), verdict, off: false, note: String::new(), by: stamp.by.clone(), at: stamp.at })
    }

    /// Goes to a name; what is shown there first is confirming it.
    pub fn go(&mut self, row: usize) {
        let at = self.rows.get(row.min(self.rows.len().saturating_sub(1))).map(|row| row.subject.clone());
        if at != self.at {
            self.decision = Decision::Confirm;
            self.keeps_rule = false;
        }
        self.at = at;
    }

    /// Sorts by another column; by the same one the other way round.
    pub fn sort(&mut self, order: NameOrder) {
        self.is_reversed = self.order == order && !self.is_reversed;
        self.order = order;
    }

    /// Shows what another decision would reach.
    pub fn show(&mut self, decision: Decision) {
        self.decision = decision;
        self.keeps_rule = false;
    }

    /// Goes to the first row that has a name.
    pub fn go_to_name(&mut self, key: &str) {
        if let Some(row) = self.rows.iter().position(|row| row.keys.iter().any(|other| **other == *key)) {
            self.go(row);
        }
    }

    /// Brings table and preview up to date where something changed since they were made.
    pub fn refresh(&mut self, of: NamesOf<'_>, stamp: &Stamp) {
        let key =
            (of.version, of.among.map(|(revision, _)| revision), self.filter.clone(), self.order, self.is_reversed, self.shows_things);
        if self.counted_for.as_ref() != Some(&key) {
            self.count(of, key);
        }
        self.refresh_preview(of, stamp);
    }

    fn count(&mut self, of: NamesOf<'_>, key: Wanted) {
        // What is looked for stands first; a row that leaves gives its place to the next.
        let seeks = self.counted_for.as_ref().is_some_and(|was| was.2.text != self.filter.text) && !self.filter.text.is_empty();
        let was_at = self.row().filter(|_| !seeks).unwrap_or(0);
        let (gatherings, mut rows) = match self.shows_things {
            true => {
                let gatherings = entities::gather(of.session, of.index);
                let mut rows = entities::thing_rows(of.session, of.index, &gatherings);
                sort_rows(&mut rows, self.order);
                (gatherings, rows)
            }
            false => (Vec::new(), name_rows(of.index, &NameFilter::default(), self.order)),
        };
        if self.is_reversed {
            rows.reverse();
        }
        if let Some((_, among)) = of.among {
            rows.retain(|row| row.keys.iter().any(|key| of.index.occurs(key, among)));
        }
        self.totals = totals(&rows, &self.filter);
        rows.retain(|row| self.filter.admits(row));
        (self.rows, self.gatherings) = (rows, gatherings);
        self.counted_for = Some(key);
        if seeks || self.row().is_none() {
            self.go(was_at);
        }
    }

    fn refresh_preview(&mut self, of: NamesOf<'_>, stamp: &Stamp) {
        let Some(at) = self.at.clone() else {
            self.preview = None;
            self.shown_for = None;
            return;
        };
        let wanted = (of.version, at, self.decision.clone());
        let is_shown = self.preview.is_some() || self.refusal.is_some();
        if is_shown && self.shown_for.as_ref() == Some(&wanted) {
            return;
        }
        let shown = self.preview_of_row(of, stamp);
        self.shown_for = Some(wanted);
        self.refusal = shown.as_ref().err().map(|refusal| sentence(&refusal.to_string()));
        self.preview = shown.ok();
    }

    /// What the decision would reach on the row in focus.
    fn preview_of_row(&self, of: NamesOf<'_>, stamp: &Stamp) -> Result<Concordance, Refusal> {
        let Some(row) = self.current() else { return Err(Refusal::NoMention) };
        let decision = &self.decision;
        let thing = self.thing_of(of.session, row);
        let mut parts = self.names_of(of, row);
        if let Decision::Create(entity) = decision {
            // Whatever is called so is gathered in it.
            for called in std::iter::once(&entity.name).chain(&entity.aliases) {
                let key = name::key(called);
                if !parts.iter().any(|part| *part.key == *key) {
                    parts.push(Part::of(&key));
                }
            }
        }
        spread::of_names(of.session, of.index, &parts, thing.as_ref(), decision, stamp)
    }

    /// The entity of a row; a new one for names that are only proposed to be one thing.
    fn thing_of(&self, session: &Session, row: &NameRow) -> Option<Entity> {
        match &row.subject {
            Subject::Name(_) => None,
            Subject::Entity(id) => session.entity(id).cloned(),
            Subject::Proposed(key) => {
                let gathering = self.gathering(row)?;
                let others = gathering.members.iter().filter(|member| !member.is_shared && member.key != *key);
                let aliases = others.map(|member| member.name.to_string()).collect();
                Some(Entity { aliases, ..entities::change::new(session, &gathering.name, &gathering.label) })
            }
        }
    }

    fn gathering(&self, row: &NameRow) -> Option<&Gathering> {
        self.gatherings.iter().find(|gathering| match &row.subject {
            Subject::Name(_) => false,
            Subject::Entity(id) => gathering.entity.as_ref() == Some(id),
            Subject::Proposed(key) => gathering.entity.is_none() && gathering.key == *key,
        })
    }

    /// The names of a row, each with why it belongs there and where it does.
    fn names_of(&self, of: NamesOf<'_>, row: &NameRow) -> Vec<Part> {
        let gathering = self.gathering(row);
        let part = |key: &Arc<str>| {
            let member = gathering.and_then(|gathering| gathering.members.iter().find(|member| member.key == *key));
            let reason = member.map(|member| member.reason.clone());
            let only =
                gathering.filter(|_| member.is_some_and(|member| member.is_shared)).map(|gathering| self.where_meant(of, gathering, key));
            Part { key: key.clone(), reason, only }
        };
        row.keys.iter().map(part).collect()
    }

    /// The articles in which a shared name means this gathering and no other, and what else it may mean.
    fn where_meant(&self, of: NamesOf<'_>, gathering: &Gathering, key: &str) -> (HashSet<ArticleId>, String) {
        let mut articles = articles_of(of, gathering);
        let has = |other: &&Gathering| **other != *gathering && other.members.iter().any(|member| *member.key == *key);
        let others: Vec<&Gathering> = self.gatherings.iter().filter(has).collect();
        for other in &others {
            let theirs = articles_of(of, other);
            articles.retain(|article| !theirs.contains(article));
        }
        (articles, others.first().map_or_else(|| "another".to_owned(), |other| other.name.to_string()))
    }
}

/// The articles that speak of a gathering by a name that is only its own.
fn articles_of(of: NamesOf<'_>, gathering: &Gathering) -> HashSet<ArticleId> {
    let own = gathering.members.iter().filter(|member| !member.is_shared).map(|member| &member.key);
    let found = own.chain([&gathering.key]).flat_map(|key| of.index.mentions(of.session, key));
    let is_of = |entity: Option<&EntityId>| entity == gathering.entity.as_ref() || entity.is_none();
    let living = found.filter(|(_, mention)| !mention.is_rejected() && is_of(mention.entity.as_ref()));
    living.map(|(article, _)| article.id.clone()).collect()
}

/// Counts what each of the filters that are offered would admit: words, label and score hold in all of them.
fn totals(rows: &[NameRow], filter: &NameFilter) -> Totals {
    let (text, label, score_at_most) = (filter.text.clone(), filter.label.clone(), filter.score_at_most);
    let any_state = NameFilter { text, label, score_at_most, ..NameFilter::default() };
    let admitted: Vec<&NameRow> = rows.iter().filter(|row| any_state.admits(row)).collect();
    let open = admitted.iter().filter(|row| row.suggested > 0).count();
    Totals {
        all: admitted.len(),
        open,
        conflicting: admitted.iter().filter(|row| row.is_conflicting).count(),
        settled: admitted.len() - open,
        names: rows.len(),
        mentions: rows.iter().map(|row| row.suggested as usize).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Time;
    use crate::dsl;

    /// A queue on some pages, brought up to date.
    fn queue(session: &Session, version: u64, queue: &mut Queue) {
        let index = NamesIndex::build(session);
        queue.refresh(NamesOf { session, index: &index, version: (1, version), among: None }, &Stamp { by: "ada".into(), at: Time(7) });
    }

    #[test]
    fn rows_follow_the_session_and_the_filter_and_the_first_is_shown_with_its_places() {
        let session = dsl::session(&["[ORG? NATO] met [PERSON? Ann].", "[ORG? NATO] left."]);
        let mut names = Queue::default();
        queue(&session, 1, &mut names);
        assert_eq!(names.rows.iter().map(|row| &*row.name).collect::<Vec<_>>(), ["NATO", "Ann"]);
        assert_eq!(names.preview.as_ref().map(Concordance::ticked_count), Some(2));
        names.go(1);
        names.show(Decision::Reject);
        queue(&session, 1, &mut names);
        assert_eq!(names.preview.as_ref().map(|preview| preview.key.clone()), Some("ann".to_owned()));
        names.filter.text = "nat".to_owned();
        queue(&session, 1, &mut names);
        assert_eq!((names.rows.len(), names.current().map(|row| row.mentions)), (1, Some(2)));
        // Another moment, another session: nothing of before is left.
        let other = dsl::session(&["[ORG? NATO] met."]);
        queue(&other, 2, &mut names);
        assert_eq!(names.preview.as_ref().map(Concordance::ticked_count), Some(1));
    }
}
