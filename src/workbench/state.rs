//! The state of the whole program: its parts, side by side, and what every command does with several of them.
//!
//! It holds and answers; what commands mean is in `acts`, which this file knows nothing of.

use std::sync::Arc;

use super::command::{Command, Screen};
use super::models::{
    ArticleList, Asked, Came, Certifying, Copies, Corpus, Counted, Dialogs, Explained, Facets, Findings, ListOf, NamesOf, Past, Question,
    Queue, Replacing, Rulebook, RulesOf, Sources,
};
use super::parts::{
    Choice, Dialog, Effect, Filing, Find, Jobs, Lists, NoticeKind, Notices, Page, Pane, Ports, Preferences, Reporter, Running, Stage,
    Taught, View, Wanted, Work, sentence,
};
use crate::annotation::{Article, ArticleId, Edit, History, Mention, MentionId, Progress, Session};
use crate::decide::consistency;
use crate::decide::names::NamesIndex;
use crate::decide::{Refusal, Stamp};
use crate::quality::figures::Figures;
use crate::store::{Home, Saved, Settings};
use crate::tagger::Tagger;
use crate::text::Span;

pub struct State {
    /// What is worked on.
    pub work: Work,
    // Where the analyst is.
    pub page: Page,
    pub stage: Stage,
    pub find: Find,
    pub corpus: Corpus,
    /// Which articles are wanted, and which of them are chosen.
    pub wanted: Wanted,
    pub choice: Choice,
    // What the views show, each made anew while it is shown.
    pub articles: ArticleList,
    pub facets: Facets,
    pub queue: Queue,
    pub rulebook: Rulebook,
    pub past: Past,
    pub findings: Findings,
    pub copies: Copies,
    pub certifying: Certifying,
    pub counted: Counted,
    pub explained: Explained,
    /// What the dialogs show.
    pub dialogs: Dialogs,
    pub sources: Sources,
    pub preferences: Preferences,
    pub lists: Arc<Lists>,
    pub taught: Taught,
    pub filing: Filing,
    pub notices: Notices,
    pub ports: Ports,
    /// What only the window can do, asked for by commands.
    pub effects: Vec<Effect>,
    pub jobs: Jobs<State>,
}

impl State {
    /// No work yet.
    pub fn new(tagger: Arc<Tagger>, ports: Ports) -> Self {
        Self {
            work: Work::new(Home::unsaved(ports.around.clone(), Saved::default())),
            page: Page::default(),
            stage: Stage::default(),
            find: Find::default(),
            corpus: Corpus::default(),
            wanted: Wanted::default(),
            choice: Choice::default(),
            articles: ArticleList::default(),
            facets: Facets::default(),
            queue: Queue::default(),
            rulebook: Rulebook::default(),
            past: Past::default(),
            findings: Findings::default(),
            copies: Copies::default(),
            certifying: Certifying::default(),
            counted: Counted::default(),
            explained: Explained::default(),
            dialogs: Dialogs::default(),
            sources: Sources::default(),
            preferences: Preferences::default(),
            lists: Arc::new(Lists::standard(tagger, ports.around.files.clone())),
            taught: Taught::default(),
            filing: Filing::default(),
            notices: Notices::default(),
            ports,
            effects: Vec::new(),
            jobs: Jobs::default(),
        }
    }

    pub fn session(&self) -> &Session {
        self.work.session()
    }

    pub fn history(&self) -> &History {
        self.work.history()
    }

    /// Names what the session is at this moment; while it is the same, so is all that was made from it.
    pub fn version(&self) -> (u64, u64) {
        self.work.version()
    }

    /// The index of names; `None` while it is being built.
    pub fn names(&self) -> Option<&NamesIndex> {
        self.work.names()
    }

    pub fn settings(&self) -> &Settings {
        self.preferences.settings()
    }

    /// The lists and rules in force.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    pub fn tagger(&self) -> &Tagger {
        self.lists.tagger()
    }

    /// Figures of the tagger on this session, as of the last time that a view with them was drawn.
    pub fn figures(&self) -> &Figures {
        self.counted.figures()
    }

    /// Background work that is under way.
    pub fn running(&self) -> &[Running] {
        self.jobs.running()
    }

    /// The open article.
    pub fn open_article(&self) -> Option<&Article> {
        self.session().article(self.page.article.as_ref()?).map(AsRef::as_ref)
    }

    /// Why a mention is there, in a clause: of what the tagger must be asked, its words once they have come.
    pub fn why(&self, article: &Article, mention: &Mention) -> String {
        let told = self.explained.words(&self.question(article, mention));
        told.map_or_else(|| self.lists.reason(&mention.origin), str::to_owned)
    }

    /// What the tagger is asked about a mention, as the session is now.
    pub fn question(&self, article: &Article, mention: &Mention) -> Question {
        Question { article: article.id.clone(), mention: mention.id, version: self.version() }
    }

    /// The mention in focus.
    pub fn focused(&self) -> Option<&Mention> {
        self.open_article()?.mention(self.page.focus?)
    }

    /// The mention in focus, where it is not hidden.
    pub fn target(&self) -> Option<(ArticleId, MentionId)> {
        let article = self.page.article.clone()?;
        self.focused().map(|mention| (article, mention.id))
    }

    /// The words that are selected, else those of the mention in focus.
    pub fn words(&self) -> Option<Span> {
        self.page.selection.or_else(|| self.focused().map(|mention| mention.span))
    }

    /// Where the analyst is on the page: the selection, else the mention in focus, else the top.
    pub fn place(&self) -> Span {
        self.words().unwrap_or_default()
    }

    /// Whether the open article is marked done.
    pub fn is_done(&self) -> bool {
        self.open_article().is_some_and(|article| article.desk.progress == Progress::Done)
    }

    /// The key of a listed command, for sentences.
    pub fn key_of(&self, command: impl Into<Command>) -> String {
        self.preferences.keymap().shown(&command.into())
    }

    /// Whoever decides now, at this time.
    pub fn stamp(&self) -> Stamp {
        Stamp { by: self.work.analyst.clone(), at: self.ports.clock.now() }
    }
}

impl State {
    pub fn say(&mut self, text: impl Into<String>) {
        self.notices.push(NoticeKind::Done, text, self.ports.clock.now());
    }

    pub fn problem(&mut self, text: impl Into<String>) {
        self.notices.push(NoticeKind::Problem, text, self.ports.clock.now());
    }

    /// Says why something was not decided.
    pub fn refuse(&mut self, refusal: &Refusal) {
        self.say(sentence(&refusal.to_string()));
    }

    /// Says where a command belongs that means nothing here.
    pub fn say_where(&mut self, what: &str, view: View) {
        let key = self.key_of(Screen::Show(view));
        self.say(format!("That acts on {what}; {key} goes there"));
    }

    /// The edit, where there is one; else says why not.
    pub fn accepted(&mut self, edit: Result<Edit, Refusal>) -> Option<Edit> {
        edit.inspect_err(|refusal| self.refuse(refusal)).ok()
    }

    /// Does an edit. Answers whether it was done.
    pub fn perform(&mut self, edit: Edit) -> bool {
        match self.work.perform(edit) {
            Ok(retexted) => {
                // Whoever decides in between has not asked twice.
                self.page.accept_asked = None;
                self.follow_texts(&retexted, true);
                true
            }
            Err(stale) => {
                self.problem(format!("That could not be done: {stale}. Nothing was changed"));
                false
            }
        }
    }

    /// Does an edit and tells how many mentions it reached where that is more than one.
    pub fn perform_told(&mut self, edit: Edit) -> bool {
        let answer = edit.answer();
        let reached = edit.mention_count();
        let done = self.perform(edit);
        if done && reached > 1 {
            self.say(format!("{answer}. One undo takes all of it back"));
        }
        done
    }

    /// After an edit, or its undo: what is told from here on tells of it, and where it gave articles another text, what
    /// counted bytes of the old one goes.
    pub fn follow_texts(&mut self, retexted: &[ArticleId], can_undo: bool) {
        self.notices.changed(self.history().revision(), can_undo);
        self.refresh_articles();
        for id in retexted {
            self.page.forget_seen(id);
            if self.page.article.as_ref() == Some(id) {
                self.page.drop_selection();
                self.follow_find();
            }
        }
    }

    /// Looks in the article that is open now for what is looked for.
    pub fn follow_find(&mut self) {
        let text = self.open_article().map(|article| article.text.clone());
        self.find.turn_to(text.as_deref());
    }

    pub fn show(&mut self, view: View) {
        self.close_dialog();
        self.stage = Stage { view, ..Stage::default() };
    }

    pub fn close_dialog(&mut self) {
        match self.stage.dialog.take() {
            Some(Dialog::Given) => self.dialogs.offering = None,
            Some(Dialog::Came) => self.dialogs.came = Came::default(),
            _ => {}
        }
        // Whoever turns from a question stays, also where another one came over it: a save later on must not quit after all.
        self.filing.pending = None;
        self.corpus.clear();
        self.copies.plan = None;
        self.dialogs.close();
    }

    /// Asks whether what is there is replaced.
    pub fn ask(&mut self, asked: Asked) {
        if let Replacing::Export(how, path) = &asked.replacing {
            self.dialogs.kept = Some((how.clone(), path.clone()));
        }
        self.dialogs.asked = Some(asked);
        self.stage.dialog = Some(Dialog::Replace);
    }

    /// Does work in the background, under a name that the status bar shows.
    pub fn start(&mut self, name: &str, work: impl FnOnce(&Reporter<State>) + Send + 'static) {
        self.jobs.start(name, &*self.ports.spawn, &self.ports.waker, work);
    }

    /// The same for a moment's work that no bar tells of.
    pub fn start_unseen(&mut self, name: &str, work: impl FnOnce(&Reporter<State>) + Send + 'static) {
        self.jobs.start_unseen(name, &*self.ports.spawn, &self.ports.waker, work);
    }

    /// Brings what the view shows up to date where something changed since it was made.
    pub fn refresh_view(&mut self) {
        self.refresh_articles();
        let version = self.work.version();
        if self.stage.dialog == Some(Dialog::Which) {
            self.facets.refresh(self.work.session(), version, &self.articles, &self.copies, self.wanted.filter());
        }
        match self.stage.view {
            View::Review => {}
            View::Names => self.refresh_queue(),
            View::Overview if self.wanted.filter().is_empty() => self.counted.refresh(self.work.session(), version, None),
            View::Overview => {
                let revision = self.articles.revision();
                if !self.counted.is_of(version, Some(revision)) {
                    self.counted.refresh(&self.narrowed(), version, Some(revision));
                }
            }
            View::Rules => {
                self.counted.refresh(self.work.session(), version, None);
                self.rulebook.refresh(RulesOf {
                    session: self.work.session(),
                    version,
                    index: self.work.names(),
                    lists: &self.lists,
                    learning: &self.taught.learning,
                    settings: self.preferences.settings(),
                    figures: self.counted.figures(),
                });
            }
            View::History => self.past.refresh(self.work.history(), self.work.session()),
            View::Check => self.look_for_findings(|_| {}),
            View::Certify => self.certifying.refresh(self.work.session(), version),
        }
    }

    /// Brings the list of articles up to date, which every view goes by.
    pub fn refresh_articles(&mut self) {
        let (session, version) = (self.work.session(), self.work.version());
        self.articles.refresh(ListOf { session, version, wanted: &self.wanted, current: self.page.article.as_ref(), copies: &self.copies });
        let (articles, work) = (&self.articles, &self.work);
        self.choice.keep(|id| work.session().position(id).is_some_and(|place| articles.passes(place)));
    }

    /// The articles of the list, in its order.
    pub fn listed(&self) -> impl Iterator<Item = &Article> {
        self.articles.rows().iter().filter_map(|place| self.session().articles().get(*place)).map(AsRef::as_ref)
    }

    /// The row of the list that the open article stands in.
    pub fn row_of_open(&self) -> Option<usize> {
        self.articles.row_of(self.session().position(self.page.article.as_ref()?)?)
    }

    /// The articles that are chosen, in the order of the list, where the list has the keys and they are what is acted on.
    pub fn chosen(&self) -> Option<Vec<ArticleId>> {
        let Stage { view, pane, .. } = self.stage;
        let is_acted_on = view == View::Review && pane == Pane::List && !self.choice.is_empty();
        is_acted_on.then(|| self.listed().map(|article| &article.id).filter(|id| self.choice.has(id)).cloned().collect())
    }

    /// The session without the articles that the filter leaves out.
    pub fn narrowed(&self) -> Session {
        match self.wanted.filter().is_empty() {
            true => self.session().clone(),
            false => {
                let articles = self.session().articles().iter().enumerate();
                self.session().with_articles(articles.filter(|(place, _)| self.articles.passes(*place)).map(|(_, article)| article.clone()))
            }
        }
    }

    /// Has the session looked through in the background for what is settled in different ways, where it was not since it
    /// changed; `then` follows what was found.
    pub fn look_for_findings(&mut self, then: impl FnOnce(&mut State) + Send + 'static) {
        let version = self.version();
        let Some(underway) = self.findings.begin(version) else { return };
        let session = self.session().clone();
        let is_long = session.articles().len() > AT_ONCE;
        let work = move |reporter: &Reporter<State>| {
            let _underway = underway;
            let report = consistency::check(&session, reporter.cancel_flag(), &|done, total| reporter.progress(done, total));
            reporter.send(move |state| {
                state.findings.take(report, version);
                then(state);
            });
        };
        match is_long {
            true => self.start("Checking", work),
            false => self.start_unseen("Checking", work),
        }
    }

    /// Brings the table of names up to date; nothing happens while the names are being gathered.
    pub fn refresh_queue(&mut self) {
        let stamp = self.stamp();
        let Some(index) = self.work.names() else { return };
        let (session, version) = (self.work.session(), self.work.version());
        let passing = session.articles().iter().enumerate().filter(|(place, _)| self.articles.passes(*place));
        let among = (!self.wanted.filter().is_empty()).then(|| index.among(passing.map(|(_, article)| &article.id)));
        let among = among.as_ref().map(|among| (self.articles.revision(), among));
        self.queue.refresh(NamesOf { session, index, version, among }, &stamp);
    }
}

/// So many articles are looked through before anybody could read that it is done.
const AT_ONCE: usize = 2_000;
