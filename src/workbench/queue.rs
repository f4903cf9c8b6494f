//! The names queue: every name of the session in a table, and beside it what one decision on the name in focus would
//! reach. Kept up to date while the Names view is shown; a decision applies it as one edit.
//!
//! The decision that is shown is confirming, until a key asks for another one: that key shows it first, and pressed
//! again (or `Enter`) applies it. So confirming a name is one key, and nothing is applied that was not on screen.
//!
//! A switch shows things instead of names: entities, and names that seem to be one thing. Confirming such a row also
//! links its mentions, and makes the entity where there is none.

use std::sync::Arc;

use super::command::Step;
use super::state::State;
use super::{Command, View, ruling};
use crate::annotation::{ArticleId, Entity, EntityId, Label, StandingRule, Verdict};
use crate::decide::entities::{self, Gathering};
use crate::decide::names::{NameFilter, NameOrder, NameRow, Subject, name_rows, sort_rows};
use crate::decide::spread::{self, Concordance, Decision, Part};
use crate::decide::{Refusal, Stamp};
use crate::text::name;

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
    /// How many names there are in all, open, in conflict and settled.
    pub totals: Totals,
    /// The row in focus.
    pub at: Option<Subject>,
    /// The decision whose reach is shown.
    pub decision: Decision,
    /// Why that decision cannot be made on this name.
    pub refusal: Option<String>,
    /// Whether the decision is to stay as a standing rule.
    pub keeps_rule: bool,
    /// Names that seem to be one thing, where things are shown.
    gatherings: Vec<Gathering>,
    counted_for: Option<Wanted>,
    shown_for: Option<(u64, Subject, Decision)>,
}

/// What the rows were made for: revision, filter, order, turned round, things.
type Wanted = (u64, NameFilter, NameOrder, bool, bool);

/// How many names fall under each of the filters that are offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    pub all: usize,
    pub open: usize,
    pub conflicting: usize,
    pub settled: usize,
    /// Mentions that wait for a decision.
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
    fn rule(&self, label: Option<&Label>, stamp: &Stamp) -> Option<StandingRule> {
        let row = self.current().filter(|_| self.keeps_rule && self.may_be_kept())?;
        let verdict = match (&self.decision, label) {
            (Decision::Reject, _) => Verdict::Never,
            (_, label) => Verdict::Always(label?.clone()),
        };
        Some(StandingRule { name: row.name.to_string(), verdict, off: false, note: String::new(), by: stamp.by.clone(), at: stamp.at })
    }

    /// Goes to a name; what is shown there first is confirming it.
    fn go(&mut self, row: usize) {
        let at = self.rows.get(row.min(self.rows.len().saturating_sub(1))).map(|row| row.subject.clone());
        if at != self.at {
            self.decision = Decision::Confirm;
            self.keeps_rule = false;
        }
        self.at = at;
    }

    /// Sorts by another column; by the same one the other way round.
    fn sort(&mut self, order: NameOrder) {
        self.is_reversed = self.order == order && !self.is_reversed;
        self.order = order;
    }
}

impl State {
    /// Takes a command over that means something else in the table of names than on the page. Hands back what it does
    /// not know.
    pub(super) fn run_in_names(&mut self, command: Command) -> Option<Command> {
        let row = self.queue.row().unwrap_or(0);
        match command {
            Command::Confirm(_) => self.decide_name(Decision::Confirm),
            Command::Reject(_) => self.decide_name(Decision::Reject),
            Command::Label(label, _) => self.decide_name(Decision::Retype(label)),
            Command::ApplyConcordance => self.apply_to_name(),
            Command::GoOpen(Step::On) | Command::GoMention(Step::On) => self.queue.go(row + 1),
            Command::GoOpen(Step::Back) | Command::GoMention(Step::Back) => self.queue.go(row.saturating_sub(1)),
            Command::GoRow(subject) => {
                let row = self.queue.rows.iter().position(|row| row.subject == subject);
                self.queue.go(row.unwrap_or(0));
            }
            Command::FilterNames(filter) => self.queue.filter = filter,
            Command::SortNames(order) => self.queue.sort(order),
            Command::SortStep(step) => self.queue.sort(self.queue.order.stepped(step == Step::On)),
            Command::ReverseOrder => self.queue.is_reversed = !self.queue.is_reversed,
            Command::ToggleThings => {
                self.queue.shows_things = !self.queue.shows_things;
                self.queue.decision = Decision::Confirm;
            }
            Command::LinkTo(entity, _) => self.link_name(Decision::Link(entity)),
            Command::LinkNew(entity, _) => self.link_name(Decision::Create(*entity)),
            Command::ToggleKeepRule => self.toggle_keep_rule(),
            Command::AcceptRest => self.open_name(),
            command => return Some(command),
        }
        None
    }

    /// Said in words too: the tick that tells it is not on screen in a narrow window, nor where there is nothing to preview.
    fn toggle_keep_rule(&mut self) {
        if self.queue.row().is_none() {
            return self.say("No name is in focus");
        }
        if !self.queue.may_be_kept() {
            return self.say("A rule keeps a label or a rejection, not a link");
        }
        self.queue.keeps_rule = !self.queue.keeps_rule;
        self.say(match self.queue.keeps_rule {
            true => "The next decision stays as a rule",
            false => "The next decision does not stay as a rule",
        });
    }

    /// Brings table and preview up to date where something changed since they were made.
    pub(super) fn refresh_queue(&mut self) {
        if self.stage.view != View::Names {
            return;
        }
        let revision = self.history().revision();
        let Some(index) = self.naming.index.as_ref() else { return };
        let Queue { filter, order, is_reversed, shows_things, .. } = &self.queue;
        let key = (revision, filter.clone(), *order, *is_reversed, *shows_things);
        if self.queue.counted_for.as_ref() != Some(&key) {
            // What is looked for stands first; a row that leaves gives its place to the next.
            let seeks = self.queue.counted_for.as_ref().is_some_and(|was| was.1.text != filter.text) && !filter.text.is_empty();
            let was_at = self.queue.row().filter(|_| !seeks).unwrap_or(0);
            let (gatherings, mut rows) = match shows_things {
                true => {
                    let gatherings = entities::gather(self.session(), index);
                    let mut rows = entities::thing_rows(self.session(), index, &gatherings);
                    sort_rows(&mut rows, *order);
                    (gatherings, rows)
                }
                false => (Vec::new(), name_rows(index, &NameFilter::default(), *order)),
            };
            if *is_reversed {
                rows.reverse();
            }
            self.queue.totals = totals(&rows);
            rows.retain(|row| self.queue.filter.admits(row));
            (self.queue.rows, self.queue.gatherings) = (rows, gatherings);
            self.queue.counted_for = Some(key);
            if seeks || self.queue.row().is_none() {
                self.queue.go(was_at);
            }
        }
        self.refresh_preview(revision);
    }

    fn refresh_preview(&mut self, revision: u64) {
        let Some(at) = self.queue.at.clone() else {
            self.concordance = None;
            self.queue.shown_for = None;
            return;
        };
        let wanted = (revision, at, self.queue.decision.clone());
        let is_shown = self.concordance.is_some() || self.queue.refusal.is_some();
        if is_shown && self.queue.shown_for.as_ref() == Some(&wanted) {
            return;
        }
        let shown = self.preview_of_row();
        self.queue.shown_for = Some(wanted);
        self.queue.refusal = shown.as_ref().err().map(|refusal| super::deciding::sentence(&refusal.to_string()));
        self.concordance = shown.ok();
    }

    /// What the decision would reach on the row in focus.
    fn preview_of_row(&self) -> Result<Concordance, Refusal> {
        let (Some(row), Some(index)) = (self.queue.current(), self.names()) else { return Err(Refusal::NoMention) };
        let decision = &self.queue.decision;
        let thing = self.thing_of(row);
        let mut parts = self.names_of(row);
        if let Decision::Create(entity) = decision {
            // Whatever is called so is gathered in it.
            for called in std::iter::once(&entity.name).chain(&entity.aliases) {
                let key = name::key(called);
                if !parts.iter().any(|part| *part.key == *key) {
                    parts.push(Part::of(&key));
                }
            }
        }
        spread::of_names(self.session(), index, &parts, thing.as_ref(), decision, &self.stamp())
    }

    /// The entity of a row; a new one for names that are only proposed to be one thing.
    fn thing_of(&self, row: &NameRow) -> Option<Entity> {
        match &row.subject {
            Subject::Name(_) => None,
            Subject::Entity(id) => self.session().entity(id).cloned(),
            Subject::Proposed(key) => {
                let gathering = self.gathering(row)?;
                let others = gathering.members.iter().filter(|member| !member.is_shared && member.key != *key);
                let aliases = others.map(|member| member.name.to_string()).collect();
                Some(Entity { aliases, ..entities::change::new(self.session(), &gathering.name, &gathering.label) })
            }
        }
    }

    fn gathering(&self, row: &NameRow) -> Option<&Gathering> {
        self.queue.gatherings.iter().find(|gathering| match &row.subject {
            Subject::Name(_) => false,
            Subject::Entity(id) => gathering.entity.as_ref() == Some(id),
            Subject::Proposed(key) => gathering.entity.is_none() && gathering.key == *key,
        })
    }

    /// The names of a row, each with why it belongs there and where it does.
    fn names_of(&self, row: &NameRow) -> Vec<Part> {
        let gathering = self.gathering(row);
        let part = |key: &Arc<str>| {
            let member = gathering.and_then(|gathering| gathering.members.iter().find(|member| member.key == *key));
            let reason = member.map(|member| member.reason.clone());
            let only =
                gathering.filter(|_| member.is_some_and(|member| member.is_shared)).map(|gathering| self.where_meant(gathering, key));
            Part { key: key.clone(), reason, only }
        };
        row.keys.iter().map(part).collect()
    }

    /// The articles in which a shared name means this gathering and no other, and what else it may mean.
    fn where_meant(&self, gathering: &Gathering, key: &str) -> (std::collections::HashSet<ArticleId>, String) {
        let mut articles = self.articles_of(gathering);
        let has = |other: &&Gathering| **other != *gathering && other.members.iter().any(|member| *member.key == *key);
        let others: Vec<&Gathering> = self.queue.gatherings.iter().filter(has).collect();
        for other in &others {
            let theirs = self.articles_of(other);
            articles.retain(|article| !theirs.contains(article));
        }
        (articles, others.first().map_or_else(|| "another".to_owned(), |other| other.name.to_string()))
    }

    /// The articles that speak of a gathering by a name that is only its own.
    fn articles_of(&self, gathering: &Gathering) -> std::collections::HashSet<ArticleId> {
        let own = gathering.members.iter().filter(|member| !member.is_shared).map(|member| &member.key);
        let Some(index) = self.names() else { return Default::default() };
        let found = own.chain([&gathering.key]).flat_map(|key| index.mentions(self.session(), key));
        let is_of = |entity: Option<&EntityId>| entity == gathering.entity.as_ref() || entity.is_none();
        let living = found.filter(|(_, mention)| !mention.is_rejected() && is_of(mention.entity.as_ref()));
        living.map(|(article, _)| article.id.clone()).collect()
    }

    /// Applies the decision where it is the one on screen; else shows it.
    fn decide_name(&mut self, decision: Decision) {
        if self.queue.at.is_none() {
            return self.say("No name is in focus");
        }
        if self.queue.decision == decision {
            self.apply_to_name();
        } else {
            self.queue.decision = decision;
            self.queue.keeps_rule = false;
        }
    }

    /// Applies what is ticked as one edit, the standing rule with it, and goes to the next name.
    fn apply_to_name(&mut self) {
        self.refresh_queue();
        let Some(concordance) = self.concordance.take() else {
            return self.say(self.queue.refusal.clone().unwrap_or_else(|| "No name is in focus".to_owned()));
        };
        let stamp = self.stamp();
        let rule = self.queue.rule(concordance.label(), &stamp);
        let at = self.queue.row().unwrap_or(0);
        let subject = self.queue.at.clone();
        let edit = match (spread::apply(self.session(), &concordance), rule) {
            (Ok(edit), None) => Ok(edit),
            (Ok(edit), Some(rule)) => Ok(ruling::with_rule(self.session(), edit, rule)),
            (Err(_), Some(rule)) => Ok(ruling::rule_edit(self.session(), rule, &stamp)),
            (Err(refusal), None) => Err(refusal),
        };
        match edit {
            Ok(edit) => self.perform_told(edit),
            Err(refusal) => {
                self.refuse(&refusal);
                false
            }
        };
        self.queue.decision = Decision::Confirm;
        self.queue.keeps_rule = false;
        self.refresh_queue();
        // A settled name leaves the list of open ones, so that the next one stands in its place already.
        let stays = self.queue.rows.get(at).map(|row| row.subject.clone()) == subject;
        self.queue.go(if stays { at + 1 } else { at });
    }

    /// Links the row in focus: a name is shown first, two entities become one at once.
    fn link_name(&mut self, decision: Decision) {
        let of_row = self.queue.current().map(|row| row.subject.clone());
        match (of_row, &decision) {
            (Some(Subject::Entity(from)), Decision::Link(Some(into))) => {
                let edit = entities::change::merge(self.session(), &from, into, &self.stamp());
                match edit {
                    Ok(edit) => {
                        self.perform_told(edit);
                    }
                    Err(refusal) => self.refuse(&refusal),
                }
            }
            (Some(_), _) => {
                self.queue.decision = decision;
                self.queue.keeps_rule = false;
            }
            (None, _) => self.say("No name is in focus"),
        }
    }

    /// Goes to the name of the mention in focus on the page: what undo changed there.
    pub(super) fn go_to_name_in_focus(&mut self) {
        let quote = self.focused().zip(self.open_article_ref()).map(|(mention, article)| article.quote(mention.span));
        let Some(key) = quote.map(crate::text::name::key) else { return };
        self.refresh_queue();
        if let Some(row) = self.queue.rows.iter().position(|row| row.keys.iter().any(|other| **other == *key)) {
            self.queue.go(row);
        }
    }

    /// Opens the article at the first place of the name that waits for a decision, else at its first place.
    fn open_name(&mut self) {
        let rows = self.concordance.iter().flat_map(|concordance| &concordance.rows);
        let place = rows.clone().find(|row| row.ticked).or(rows.clone().next());
        if let Some((article, span)) = place.map(|row| (row.article.clone(), row.span)) {
            self.run(Command::Show(View::Review));
            self.run(Command::OpenAt(article, span));
        }
    }
}

fn totals(rows: &[NameRow]) -> Totals {
    let open = rows.iter().filter(|row| row.suggested > 0).count();
    Totals {
        all: rows.len(),
        open,
        conflicting: rows.iter().filter(|row| row.is_conflicting).count(),
        settled: rows.len() - open,
        mentions: rows.iter().map(|row| row.suggested as usize).sum(),
    }
}
