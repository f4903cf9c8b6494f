//! Sources that have changed: noticed, read again in the background, shown as a difference, taken over as one edit; and
//! the mentions that lost their words on the way.

use rayon::prelude::*;

use super::Dialog;
use super::deciding::{count, sentence};
use super::state::{Message, State};
use crate::annotation::{ArticleId, Edit, Op, ZoneKind};
use crate::decide::Refusal;
use crate::decide::anchors::{Orphan, Refreshed, Tally, orphan, orphans, refresh};
use crate::decide::standing::Standing;
use crate::reading::{How, Omitted};
use crate::store::{Found, Glances, Looked, look};
use crate::text::Span;

/// What is known of the sources of the open session.
#[derive(Debug, Default)]
pub struct Sources {
    /// What taking over changed sources would do, while it is shown.
    pub refreshing: Option<Refreshing>,
    /// Mentions without a place, as they were when their list was opened.
    pub orphans: Vec<Listed>,
    glances: Glances,
    /// Articles whose source has changed; the analyst was told.
    told: Vec<ArticleId>,
}

impl Sources {
    /// The articles whose source was found to have changed.
    pub fn changed(&self) -> &[ArticleId] {
        &self.told
    }
}

/// Articles as their sources have them now, waiting for the analyst's word.
#[derive(Debug, Default)]
pub struct Refreshing {
    pub changed: Vec<Refreshed>,
    /// Sources that are gone or cannot be read, each with its reason.
    pub problems: Vec<String>,
    /// How many sources were looked at.
    pub looked: usize,
    /// The encoding that was asked for.
    pub encoding: Option<String>,
}

impl Refreshing {
    pub fn tally(&self) -> Tally {
        self.changed.iter().fold(Tally::default(), |all, refreshed| all.plus(refreshed.tally))
    }
}

/// How sources are to be read.
#[derive(Default)]
struct Asked {
    encoding: Option<String>,
    is_whole: bool,
}

/// A mention without a place.
#[derive(Clone, Debug)]
pub struct Listed {
    pub article: ArticleId,
    pub orphan: Orphan,
    /// Where its words stand in the article now, where they do.
    pub guess: Option<Span>,
}

impl State {
    /// Reads the sources of the open article, or of all, again and shows what would change.
    pub(super) fn refresh(&mut self, all: bool) {
        let ids: Vec<ArticleId> = match all {
            true => self.session().articles().iter().map(|article| article.id.clone()).collect(),
            false => self.page.article.iter().cloned().collect(),
        };
        self.read_sources(ids, Asked::default());
    }

    /// Reads the source of the open article again in another encoding.
    pub(super) fn read_again(&mut self, encoding: String) {
        self.stage.dialog = None;
        if let Err(trouble) = crate::reading::check_encoding(&encoding) {
            return self.problem(sentence(&trouble.to_string()));
        }
        let ids = self.page.article.iter().cloned().collect();
        self.read_sources(ids, Asked { encoding: Some(encoding), is_whole: false });
    }

    /// Brings back what was left out of the open article: reads its page again and keeps all of it, else takes what it has of
    /// boilerplate for body.
    pub(super) fn keep_whole(&mut self) {
        let Some(open) = self.open_article_ref() else { return self.say("No article is open") };
        let (id, whole) = (open.id.clone(), Span::new(0, open.text.len()));
        if Omitted::of(open).is_some() && open.source.is_some() {
            return self.read_sources(vec![id], Asked { encoding: None, is_whole: true });
        }
        let edit = crate::decide::article::without_boilerplate(self.session(), &id, &self.stamp());
        match edit {
            Err(Refusal::Already) => self.say("Nothing was left out of this article"),
            Err(refusal) => self.refuse(&refusal),
            Ok(edit) => {
                if self.perform(edit) {
                    self.keep_focus_near(whole);
                    self.retag_zone(&id);
                }
            }
        }
    }

    /// What there is to say of an article that much was left out of, if there is.
    pub fn told_of_omitted(&self) -> Option<String> {
        let open = self.open_article_ref()?;
        if let Some(omitted) = Omitted::of(open) {
            return Some(format!("{omitted} on the page were left out as notices, talk and other stories"));
        }
        let boilerplate = open.zones.iter().filter(|zone| zone.kind == ZoneKind::Boilerplate).map(|zone| zone.span.len());
        let out: usize = boilerplate.sum();
        let is_much = out * 3 > open.text.len() && out > 200 && !Omitted::is_nothing(open);
        is_much.then(|| "Much of this text is taken for boilerplate and is not tagged".to_owned())
    }

    fn read_sources(&mut self, ids: Vec<ArticleId>, asked: Asked) {
        let (session, lists, stamp) = (self.session().clone(), self.lists.clone(), self.stamp());
        self.start("Reading sources", move |reporter| {
            let progress = |done, total| reporter.progress(done, total);
            let how = How { encoding: asked.encoding.as_deref(), is_whole: asked.is_whole, ..How::default() };
            let looked = look(&session, &ids, how, &progress, reporter.cancel_flag());
            if reporter.is_cancelled() {
                return;
            }
            let standing = Standing::new(session.rules(), session.scheme());
            let carry = |looked: &Looked| {
                let Found::Changed(fresh) = &looked.found else { return None };
                let refreshed = refresh::article(&looked.article, fresh);
                let (refreshed, why) = match lists.suggest(&refreshed.after, session.scheme()) {
                    Ok(suggestions) => (refreshed.tagged(&suggestions, session.scheme()), None),
                    Err(why) => (refreshed, Some(format!("{why}; the new text comes without suggestions"))),
                };
                Some((refreshed.settled(&standing, session.scheme(), &stamp), why))
            };
            let carried: Vec<(Refreshed, Option<String>)> = looked.par_iter().filter_map(carry).collect();
            let (changed, untagged): (Vec<Refreshed>, Vec<Option<String>>) = carried.into_iter().unzip();
            let problems = looked.iter().filter_map(problem).chain(untagged.into_iter().flatten()).collect();
            let has_source = |looked: &&Looked| !matches!(looked.found, Found::NoSource);
            let looked = looked.iter().filter(has_source).count();
            reporter.send(Message::Refreshed(Box::new(Refreshing { changed, problems, looked, encoding: asked.encoding })));
        });
    }

    pub(super) fn take_refreshed(&mut self, refreshing: Refreshing) {
        match (&refreshing.changed[..], &refreshing.problems[..]) {
            ([], []) if refreshing.looked == 0 => {
                self.say("There is no source to read again: the text was pasted or came from a file of many")
            }
            ([], []) => self.say("The source says what it said before"),
            ([], [problem]) => self.problem(problem.clone()),
            _ => {
                self.sources.refreshing = Some(refreshing);
                self.stage.dialog = Some(Dialog::Refresh);
            }
        }
    }

    /// Takes changed sources over. An article that was worked on meanwhile keeps its old text.
    pub(super) fn apply_refresh(&mut self) {
        self.stage.dialog = None;
        let Some(mut refreshing) = self.sources.refreshing.take() else { return };
        let all = refreshing.changed.len();
        refreshing.changed.retain(|refreshed| self.session().article(&refreshed.before.id) == Some(&refreshed.before));
        let left_out = all - refreshing.changed.len();
        let edit = match refresh::edit(self.session(), &refreshing.changed, &self.stamp()) {
            Err(Refusal::Already) if left_out > 0 => return self.say("The article has changed meanwhile; refresh it again"),
            Err(refusal) => return self.refuse(&refusal),
            Ok(edit) => edit,
        };
        let target = edit.target.clone();
        let from = self.place();
        if !self.perform(edit) {
            return;
        }
        self.sources.told.retain(|id| refreshing.changed.iter().all(|refreshed| refreshed.before.id != *id));
        let is_open = refreshing.changed.iter().any(|refreshed| Some(&refreshed.before.id) == self.page.article.as_ref());
        match target.filter(|target| !is_open || target.mention.is_some()) {
            Some(target) => self.open_mention(&target.article, target.mention),
            None => self.keep_focus_near(from),
        }
        let tally = refreshing.tally();
        let mut told = sentence(&tally.to_string());
        if left_out > 0 {
            told.push_str(&format!("; {} changed meanwhile and kept its text", count(left_out, "article")));
        }
        if tally.orphaned > 0 {
            let key = self.keymap.shown(&super::Command::Open(Dialog::Orphans));
            told.push_str(&format!("; {key} lists what has lost its place"));
        }
        self.say(told);
    }

    /// After an edit, or its undo, that gave articles another text: what counted bytes of the old one goes.
    pub(super) fn follow_texts(&mut self, retexted: &[ArticleId]) {
        for id in retexted {
            self.page.forget_seen(id);
            if self.page.article.as_ref() == Some(id) {
                self.page.drop_selection();
                self.find.leave_article();
                self.refresh_find();
            }
        }
    }

    /// Looks in the background whether sources have changed; called when a session opens and when the window comes to
    /// the front. Looking again costs a glance at each file.
    pub(super) fn look_at_sources(&mut self) {
        let session = self.session().clone();
        if session.articles().iter().all(|article| article.source.is_none()) {
            return;
        }
        let mut glances = std::mem::take(&mut self.sources.glances);
        self.start("Looking at sources", move |reporter| {
            let changed = glances.changed(&session, reporter.cancel_flag());
            reporter.send(Message::SourcesChanged(glances, changed));
        });
    }

    pub(super) fn take_changed_sources(&mut self, glances: Glances, mut changed: Vec<ArticleId>) {
        self.sources.glances = glances;
        changed.retain(|id| self.session().article(id).is_some());
        let is_news = changed.iter().any(|id| !self.sources.told.contains(id));
        if is_news {
            let what = match &changed[..] {
                [one] => {
                    format!("The source of {} has changed", self.session().article(one).map_or("an article", |article| article.title()))
                }
                many => format!("The sources of {} have changed", count(many.len(), "article")),
            };
            let key = self.keymap.shown(&super::Command::RefreshAll);
            self.say(format!("{what}; {key} shows what a refresh would do"));
        }
        self.sources.told = changed;
    }

    /// Gathers the mentions without a place, those of the open article first.
    pub(super) fn list_orphans(&mut self) {
        let open = self.page.article.clone();
        let listed = self.session().articles().iter().flat_map(|article| {
            let of_article =
                orphans(article).map(|(_, orphan)| Listed { article: article.id.clone(), guess: orphan::guess(article, &orphan), orphan });
            of_article.collect::<Vec<_>>()
        });
        let mut listed: Vec<Listed> = listed.collect();
        listed.sort_by_key(|listed| Some(&listed.article) != open.as_ref());
        self.sources.orphans = listed;
        if self.sources.orphans.is_empty() {
            self.stage.dialog = None;
            self.say("Every mention has its place");
        }
    }

    /// Gives a mention of the list its place: the selected words, else where its words stand. Where they stand nowhere,
    /// the article is opened so that words can be selected.
    pub(super) fn place_orphan(&mut self, row: usize) {
        let Some(Listed { article, orphan, guess }) = self.sources.orphans.get(row).cloned() else { return };
        let selected = self.page.selection.filter(|_| self.page.article.as_ref() == Some(&article));
        let Some(span) = selected.or(guess) else {
            self.close_dialog();
            self.open_mention(&article, None);
            self.stage.view = super::View::Review;
            let key = self.keymap.shown(&super::Command::Open(Dialog::Orphans));
            return self.say(format!("Select the words for “{}”, then {key} and Enter", orphan.quote));
        };
        match orphan::place(self.session(), &article, &orphan, span, &self.stamp()) {
            Ok(edit) => {
                let target = edit.target.clone();
                if self.perform(edit) {
                    self.open_mention(&article, target.and_then(|target| target.mention));
                    self.list_orphans();
                }
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }

    /// Lets a mention of the list go for good, or with no row all of them.
    pub(super) fn drop_orphan(&mut self, row: Option<usize>) {
        let chosen: Vec<(ArticleId, Orphan)> = match row {
            Some(row) => self.sources.orphans.get(row).into_iter().map(|listed| (listed.article.clone(), listed.orphan.clone())).collect(),
            None => self.sources.orphans.iter().map(|listed| (listed.article.clone(), listed.orphan.clone())).collect(),
        };
        match orphan::drop_all(self.session(), &chosen, &self.stamp()) {
            Ok(edit) => {
                if self.perform(edit) {
                    self.list_orphans();
                }
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }
}

/// The articles that an edit gave another text.
pub(super) fn retexted(edit: &Edit) -> Vec<ArticleId> {
    let replaced = edit.ops.iter().filter_map(|op| match op {
        Op::Article { before: Some(before), after: Some(after), .. } if before.text != after.text => Some(before.id.clone()),
        _ => None,
    });
    replaced.collect()
}

/// Why a source could not be read.
fn problem(looked: &Looked) -> Option<String> {
    let path = looked.article.source.as_ref().map(|source| source.path.as_str()).unwrap_or_default();
    match &looked.found {
        Found::Missing => Some(format!("{path} is not there any more; the article stays as it is")),
        Found::Unreadable(trouble) => Some(format!("{path} {trouble}; the article stays as it is")),
        Found::NoSource | Found::Unchanged | Found::Changed(_) => None,
    }
}
