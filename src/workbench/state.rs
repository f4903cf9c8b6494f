//! The state of the whole program, and the one place where commands are done.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::adding::Batch;
use super::exporting::Exported;
use super::jobs::{Arrival, Jobs, Reporter, Running};
use super::keymap::Keymap;
use super::linking::Card;
use super::lists::Lists;
use super::naming::Naming;
use super::notices::{NoticeKind, Notices};
use super::preferences::Writing;
use super::queue::Queue;
use super::refreshing::{self, Refreshing, Sources};
use super::rejoining::{Offered, Rejoining};
use super::rulebook::Rulebook;
use super::sessions::{self, Pending, Troubles};
use super::tagging::{Purpose, Retagging};
use super::{Chord, Command, Dialog, Effect, Find, Page, Pane, Past, Ports, Step, View};
use crate::annotation::{Article, ArticleId, Edit, History, Mention, Scheme, Session};
use crate::decide::Stamp;
use crate::decide::names::NamesIndex;
use crate::decide::spread::{Concordance, Decision};
use crate::formats::ExportFault;
use crate::quality::figures::Figures;
use crate::store::{Glances, Settings};
use crate::store::{Home, Leftover, OpenError, Opened, Receipt, RejoinError, Rejoined, SaveError, Saved};
use crate::tagger::{Suggestion, Tagger};

/// Where in the window the analyst is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stage {
    pub view: View,
    pub pane: Pane,
    pub dialog: Option<Dialog>,
}

impl Stage {
    /// The pane that `F6` goes to.
    fn next_pane(self) -> Pane {
        match (self.view, self.pane) {
            (View::Review, pane) => pane.next(),
            (View::Names | View::Rules | View::History, Pane::Page | Pane::List | Pane::Filter) => Pane::Inspector,
            _ => Pane::Page,
        }
    }
}

/// What background work sends to the workbench.
pub(super) enum Message {
    /// The index of names, for the session that was asked of.
    Named(u64, Box<NamesIndex>),
    Tagged(Purpose, Vec<(ArticleId, Vec<Suggestion>)>),
    Opened(Box<Result<Opened, OpenError>>),
    /// The session to open is the one that is open.
    OpenAlready(PathBuf),
    Saved(Box<Result<Receipt, SaveError>>),
    Added(Batch),
    Refreshed(Box<Refreshing>),
    /// How sources looked, and the articles of those that have changed.
    SourcesChanged(Glances, Vec<ArticleId>),
    Exported(Result<Exported, ExportFault>),
    /// A rule or list was written, or taken out; its file.
    PartWritten(Option<Arc<str>>, PathBuf),
    /// How many settled names were written, and where.
    NamesWritten(usize, PathBuf),
    Lists(Arc<Lists>),
    ListsChanged(Arc<Lists>),
    /// The labels of a file.
    Scheme(PathBuf, Scheme),
    /// Why the settings could not be written, where they could not.
    SettingsWritten(Option<String>),
    ChangedOutside,
    /// The work was brought to files that others have changed, or why not.
    Rejoined(Box<Result<Rejoined, Box<RejoinError>>>),
    Told(String),
    Problem(String),
}

pub struct State {
    pub(super) ports: Ports,
    session: Session,
    pub(super) history: History,
    pub page: Page,
    pub stage: Stage,
    pub find: Find,
    pub keymap: Keymap,
    pub notices: Notices,
    pub(super) naming: Naming,
    /// What a decision in the whole session would reach, while it is shown.
    pub concordance: Option<Concordance>,
    /// The entity whose card is shown.
    pub card: Option<Card>,
    /// The table of names, kept up to date while it is shown.
    pub queue: Queue,
    /// The list of rules, kept up to date while it is shown.
    pub rulebook: Rulebook,
    /// The tagger's figures, and the revision that they are of.
    pub(super) figures: (Option<u64>, Figures),
    /// The list of decisions, kept up to date while it is shown.
    pub past: Past,
    /// What tagging again would change, while it is shown.
    pub retagging: Option<Retagging>,
    /// Sources that have changed, and mentions that lost their words.
    pub sources: Sources,
    /// What two people decided differently, as it was when the list was opened.
    pub disputes: Vec<super::Dispute>,
    pub(super) effects: Vec<Effect>,
    pub(super) jobs: Jobs<Message>,
    pub(super) home: Home,
    pub(super) pending: Option<Pending>,
    /// Whether unsaved work is left behind by what is done next.
    pub(super) gives_up: bool,
    /// Whether the work that is open is discarded when other work takes its place, or the program ends.
    pub(super) discards: bool,
    pub(super) troubles: Troubles,
    pub(super) rejoining: Rejoining,
    /// The session file that is being read.
    pub(super) opening: Option<PathBuf>,
    /// What was decided on another version of the session, and is asked about.
    pub offered: Option<Offered>,
    /// Work of earlier runs that was never saved.
    pub leftovers: Vec<Leftover>,
    /// What was discarded of it in the last days, and can be restored.
    pub discarded: Vec<Leftover>,
    /// The work of which is asked whether to discard it.
    pub discarding: Option<Leftover>,
    /// Files that could not be read, each with its reason and remedy.
    pub faults: Vec<String>,
    /// The last export, with what it could not carry.
    pub exported: Option<Exported>,
    /// Articles to add once the session that is being opened is there.
    pub(super) then_add: Vec<PathBuf>,
    /// How often articles were read, and the last batch of one with the revision after it.
    pub(super) readings: u64,
    pub(super) last_added: Option<(u64, u64)>,
    /// How many articles the last reading has brought so far.
    pub(super) added: usize,
    /// Whether this is the sample that the program carries.
    pub(super) is_sample: bool,
    /// Edits, by their numbers, that undo takes back together with the one before them.
    pub(super) joined: BTreeSet<u64>,
    /// Where a session without a file is saved first.
    pub(super) save_path: Option<PathBuf>,
    /// Whether the window is drawn dark now; where the desktop decides, only the window knows.
    pub is_dark: bool,
    pub(super) settings: Settings,
    pub(super) lists: Arc<Lists>,
    pub(super) settings_writing: Writing,
    /// The analyst's name, as it stands in decisions.
    pub analyst: Arc<str>,
}

impl State {
    /// A workbench on a session that has no file yet.
    pub fn new(session: Session, tagger: Arc<Tagger>, ports: Ports) -> Self {
        let opened = sessions::unsaved(session, ports.around.clone());
        Self::opened(opened, tagger, ports)
    }

    /// A workbench on a session as it was opened.
    pub fn opened(opened: Opened, tagger: Arc<Tagger>, ports: Ports) -> Self {
        let mut state = Self {
            home: Home::unsaved(ports.around.clone(), Saved::default()),
            lists: Arc::new(Lists::standard(tagger, ports.around.files.clone())),
            ports,
            session: Session::default(),
            history: History::default(),
            page: Page::default(),
            stage: Stage::default(),
            find: Find::default(),
            keymap: Keymap::default(),
            notices: Notices::default(),
            naming: Naming::default(),
            concordance: None,
            card: None,
            queue: Queue::default(),
            rulebook: Rulebook::default(),
            figures: Default::default(),
            past: Past::default(),
            retagging: None,
            sources: Sources::default(),
            disputes: Vec::new(),
            effects: Vec::new(),
            jobs: Jobs::default(),
            pending: None,
            gives_up: false,
            discards: false,
            troubles: Troubles::default(),
            rejoining: Rejoining::default(),
            opening: None,
            offered: None,
            leftovers: Vec::new(),
            discarded: Vec::new(),
            discarding: None,
            faults: Vec::new(),
            exported: None,
            then_add: Vec::new(),
            readings: 0,
            last_added: None,
            added: 0,
            is_sample: false,
            joined: BTreeSet::new(),
            save_path: None,
            is_dark: false,
            settings: Settings::default(),
            settings_writing: Writing::default(),
            analyst: Arc::from(""),
        };
        state.move_in(opened);
        state
    }

    /// Puts other work in the place of this, and returns the disk side of what was there.
    pub(super) fn replace_work(&mut self, session: Session, history: History, home: Home) -> Home {
        self.session = session;
        self.history = history;
        // Numbers of another history.
        self.joined.clear();
        self.last_added = None;
        self.find.clear();
        self.page = Page::default();
        self.queue = Queue::default();
        self.forget_troubles();
        self.rulebook = Rulebook::default();
        self.figures = Default::default();
        self.past = Past::default();
        // The offer of work that was never saved stands, whatever opens behind it.
        let offer = self.stage.dialog.filter(|dialog| *dialog == Dialog::Leftovers);
        self.close_dialog();
        self.stage.dialog = offer;
        std::mem::replace(&mut self.home, home)
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    pub fn tagger(&self) -> &Tagger {
        self.lists.tagger()
    }

    /// The open article.
    pub fn open_article_ref(&self) -> Option<&Article> {
        self.session.article(self.page.article.as_ref()?).map(AsRef::as_ref)
    }

    /// The mention in focus.
    pub fn focused(&self) -> Option<&Mention> {
        self.open_article_ref()?.mention(self.page.focus?)
    }

    /// What only the window can do, asked for since the last call.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Does what a chord means here. `repeated` tells a held key: it moves, but decides nothing. Answers whether the
    /// chord meant anything; one that types text means nothing while a field or a dialog has the keys.
    pub fn key(&mut self, chord: Chord, repeated: bool) -> bool {
        if self.stage.dialog.is_some_and(Dialog::is_modal) && Keymap::types_text(chord) {
            return false;
        }
        let entry = self.keymap.entry(chord);
        let command = entry.map(|entry| entry.command.clone()).or_else(|| Keymap::label_command(chord, self.session.scheme()));
        let Some(command) = command else { return false };
        let decides = entry.is_none_or(|entry| entry.decides);
        if !(decides && repeated) {
            self.run(command);
        }
        true
    }

    /// Does a command.
    pub fn run(&mut self, command: Command) {
        self.notices.begin();
        let command = if self.stage.dialog.is_some() { Some(command) } else { self.run_in_view(command) };
        match command {
            Some(command) if self.stage.view != View::Review && command.needs_page() => {
                self.say_where("an article", View::Review);
            }
            Some(command) => self.run_anywhere(command),
            None => {}
        }
        self.refresh_queue();
        self.refresh_rulebook();
        self.refresh_past();
    }

    /// A command that means something else in the view that is shown than on the page.
    fn run_in_view(&mut self, command: Command) -> Option<Command> {
        match self.stage.view {
            View::Names => self.run_in_names(command),
            View::Rules => self.run_in_rules(command),
            View::History => self.run_in_history(command),
            View::Review | View::Overview => Some(command),
        }
    }

    fn run_anywhere(&mut self, command: Command) {
        match command {
            Command::Confirm(scope) => self.decide(Decision::Confirm, scope),
            Command::Reject(scope) => self.decide(Decision::Reject, scope),
            Command::Label(label, scope) => self.decide(Decision::Retype(label), scope),
            Command::Widen => self.widen(),
            Command::TickRow(row, ticked) => self.tick_row(row, ticked),
            Command::ApplyConcordance => self.apply_concordance(),
            Command::SetRule(at, rule) => self.set_rule(at, rule),
            Command::ActStanding(key) => self.act_standing(&key),
            Command::TakeBackStanding(key) => self.take_back_standing(&key),
            Command::GoRule(key) => self.go_rule(key),
            Command::NewRule => self.new_rule(),
            Command::ExportNames(path) => self.export_names(path),
            Command::KeepPart(keeping) => self.keep_part(&keeping),
            Command::MoveEdge(edge, step) => self.move_edge(edge, step),
            Command::Repeat => self.repeat(),
            Command::AcceptRest => self.accept_rest(),
            Command::Reopen => self.reopen(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::LinkTo(entity, scope) => self.link(Decision::Link(entity), scope),
            Command::LinkNew(entity, scope) => self.link(Decision::Create(*entity), scope),
            Command::OpenCard(entity) => self.open_card(&entity),
            Command::SetEntity(entity) => self.set_entity(&entity),
            Command::RemoveEntity(entity) => self.remove_entity(&entity),
            Command::MergeEntities(from, into) => self.merge_entities(&from, &into),
            Command::TickCard(row, ticked) => self.tick_card(row, ticked),
            Command::SplitTicked(name) => self.split_ticked(&name),
            Command::UnlinkTicked => self.unlink_ticked(),
            Command::SortStep(_) | Command::ReverseOrder | Command::ToggleThings | Command::ToggleKeepRule => {
                self.say_where("the table of names", View::Names)
            }
            Command::GoBack => self.say_where("the list of decisions", View::History),
            Command::SetNote(note) => self.set_note(&note),
            Command::GoOpen(step) => self.go_open(step),
            Command::GoMention(step) => self.go_mention(step),
            Command::GoArticle(step) => self.go_article(step),
            Command::FocusMention(id) => self.focus(id),
            Command::OpenArticle(id) => self.open_article(&id),
            Command::OpenAt(id, span) => self.open_at(&id, span),
            Command::CaretMode => self.enter_caret(),
            Command::MoveCaret(step) => self.move_caret(step, false),
            Command::SelectCaret(step) => self.move_caret(step, true),
            Command::PlaceCaret(offset) => self.place_caret(offset),
            Command::GoLikelyName(step) => self.go_likely_name(step),
            Command::Select(span) => self.select(span),
            Command::SelectWord(offset) => self.select_word(offset),
            Command::SelectSentence(offset) => self.select_sentence(offset),
            Command::Leave => self.leave(),
            Command::FlipZone => self.flip_zone(),
            Command::KeepWhole => self.keep_whole(),
            Command::SetZone(span, kind) => self.set_zone(span, kind),
            Command::ToggleRejected => self.page.shows_rejected = !self.page.shows_rejected,
            Command::ToggleFlag => self.toggle_flag(),
            Command::ToggleProgress(progress) => self.toggle_progress(progress),
            Command::MarkArticle(desk) => self.mark(desk),
            Command::RemoveArticle => self.remove_article(),
            Command::CopyText => self.copy(),
            Command::Find(query) => self.find(query),
            Command::FindStep(step) => self.find_step(step),
            Command::TagMatches(label) => self.tag_matches(&label),
            Command::Show(view) => self.show(view),
            Command::FocusPane(pane) => self.stage.pane = pane,
            Command::NextPane => self.stage.pane = self.stage.next_pane(),
            Command::Open(dialog) => self.open_dialog(dialog),
            Command::Close => self.close_dialog(),
            Command::DismissNotice(text) => self.notices.withdraw(&text),
            Command::DescribeArticle(meta) => self.describe_article(meta),
            Command::ChangeScheme(change) => {
                self.change_scheme(&change);
            }
            Command::Retag => self.retag(false),
            Command::RetagAll => self.retag(true),
            Command::ApplyRetag => self.apply_retag(),
            Command::Refresh => self.refresh(false),
            Command::RefreshAll => self.refresh(true),
            Command::ApplyRefresh => self.apply_refresh(),
            Command::ReadAgain(encoding) => self.read_again(encoding),
            Command::TakeOther => self.take_other(),
            Command::SettleDispute(row, takes_other) => self.settle_dispute(row, takes_other),
            Command::GoDispute(row) => self.go_dispute(row),
            Command::PlaceOrphan(row) => self.place_orphan(row),
            Command::DropOrphan(row) => self.drop_orphan(row),
            Command::SetSettings(settings) => self.set_settings(*settings),
            Command::Zoom(step) => self.zoom(step),
            Command::ZoomReset => self.zoom_reset(),
            Command::ToggleTheme => self.toggle_theme(),
            Command::ForgetRecent => self.forget_recent(),
            other => self.run_files(other),
        }
    }

    /// Takes in what background work has finished. Answers whether anything came.
    pub fn poll(&mut self) -> bool {
        self.notices.begin();
        let arrivals = self.jobs.arrivals();
        let came = self.watch_files() | self.watch_journal() | !arrivals.is_empty();
        for arrival in arrivals {
            self.notices.begin();
            match arrival {
                Arrival::Message(message) => self.take(message),
                Arrival::Failed(name) => {
                    let what = format!("{name} broke off; nothing that was decided is lost");
                    if !self.tell_reports(&what) {
                        self.problem(what);
                    }
                }
            }
        }
        if came {
            self.refresh_queue();
            self.refresh_rulebook();
            self.refresh_past();
        }
        came
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Named(generation, index) => self.take_names(generation, *index),
            Message::Tagged(purpose, tagged) => self.take_tagged(purpose, tagged),
            Message::Opened(opened) => self.take_opened(*opened),
            Message::OpenAlready(path) => self.stay_open(&path),
            Message::Saved(saved) => self.take_saved(*saved),
            Message::Added(batch) => self.take_added(batch),
            Message::Refreshed(refreshing) => self.take_refreshed(*refreshing),
            Message::SourcesChanged(glances, changed) => self.take_changed_sources(glances, changed),
            Message::Exported(exported) => self.take_exported(exported),
            Message::PartWritten(id, path) => self.take_part_written(id, &path),
            Message::NamesWritten(n, path) => self.take_names_written(n, &path),
            Message::Lists(lists) => self.take_lists(&lists),
            Message::ListsChanged(lists) => self.take_lists_changed(&lists),
            Message::Scheme(path, scheme) => self.take_scheme(&path, scheme),
            Message::SettingsWritten(fault) => self.take_settings_written(fault),
            Message::ChangedOutside => self.rejoin(),
            Message::Rejoined(rejoined) => self.take_rejoined(*rejoined),
            Message::Told(text) => self.say(text),
            Message::Problem(text) => self.problem(text),
        }
    }

    pub(super) fn start(&mut self, name: &str, work: impl FnOnce(&Reporter<Message>) + Send + 'static) {
        self.jobs.start(name, &*self.ports.spawn.clone(), &self.ports.waker, work);
    }

    /// Background work that is under way.
    pub fn running(&self) -> &[Running] {
        self.jobs.running()
    }

    /// Does an edit and remembers it. Answers whether it was done.
    pub(super) fn perform(&mut self, edit: Edit) -> bool {
        match self.history.perform(&mut self.session, edit) {
            Ok(()) => {
                // Whoever decides in between has not asked twice.
                self.page.accept_asked = None;
                self.notices.changed(self.history.revision(), true);
                if let Some(edit) = self.history.next_undo() {
                    let retexted = refreshing::retexted(edit);
                    self.naming.follow(edit);
                    self.home.edited(edit);
                    self.follow_texts(&retexted);
                }
                true
            }
            Err(stale) => {
                self.problem(format!("That could not be done: {stale}. Nothing was changed"));
                false
            }
        }
    }

    pub(super) fn show(&mut self, view: View) {
        self.close_dialog();
        self.stage = Stage { view, ..Stage::default() };
    }

    fn undo(&mut self) {
        let at = self.ports.clock.now();
        let number = self.history.revision();
        match self.history.undo(&mut self.session) {
            Ok(Some(edit)) => {
                let (target, words, retexted) = (edit.target.clone(), edit.describe(), refreshing::retexted(edit));
                self.naming.follow(&edit.inverse());
                self.home.undone(at);
                self.notices.changed(self.history.revision(), false);
                self.follow_texts(&retexted);
                self.say(format!("Undone: {words}"));
                self.go_to_edit(target);
                if self.joined.contains(&number) {
                    self.undo();
                }
            }
            Ok(None) => self.say("Nothing is left to undo"),
            Err(stale) => self.problem(format!("The last change cannot be undone: {stale}")),
        }
    }

    fn redo(&mut self) {
        let at = self.ports.clock.now();
        match self.history.redo(&mut self.session) {
            Ok(Some(edit)) => {
                let (target, words, retexted) = (edit.target.clone(), edit.describe(), refreshing::retexted(edit));
                self.naming.follow(edit);
                self.home.redone(at);
                self.notices.changed(self.history.revision(), true);
                self.follow_texts(&retexted);
                self.say(format!("Done again: {words}"));
                self.go_to_edit(target);
                if self.history.next_redo_number().is_some_and(|number| self.joined.contains(&number)) {
                    self.redo();
                }
            }
            Ok(None) => self.say("Nothing is left to do again"),
            Err(stale) => self.problem(format!("That cannot be done again: {stale}")),
        }
    }

    /// Undo and redo go to the article and mention that they change.
    fn go_to_edit(&mut self, target: Option<crate::annotation::Target>) {
        let from = self.focused().map(|mention| mention.span).unwrap_or_default();
        if let Some(target) = target {
            self.open_mention(&target.article, target.mention);
        }
        let is_gone = self.page.article.as_ref().is_some_and(|id| self.session.article(id).is_none());
        if is_gone {
            self.page.close_article();
        }
        if self.page.article.is_none() {
            self.go_article(Step::On);
        }
        self.keep_focus_near(from);
        if self.stage.view == View::Names {
            self.go_to_name_in_focus();
        }
    }

    fn copy(&mut self) {
        let span = self.page.selection.or_else(|| self.focused().map(|mention| mention.span));
        let words = span.and_then(|span| self.open_article_ref().map(|article| article.quote(span).to_owned()));
        match words {
            Some(words) => self.effects.push(Effect::Copy(words)),
            None => self.say("Nothing is selected"),
        }
    }

    pub(super) fn stamp(&self) -> Stamp {
        Stamp { by: self.analyst.clone(), at: self.ports.clock.now() }
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        let at = self.ports.clock.now();
        self.notices.push(NoticeKind::Done, text, at);
    }

    pub(super) fn problem(&mut self, text: impl Into<String>) {
        let at = self.ports.clock.now();
        self.notices.push(NoticeKind::Problem, text, at);
    }
}
