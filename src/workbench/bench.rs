//! The workbench: the state, with the one place where commands are done and background work is taken in.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use super::acts::{
    arranging, certifying, checking, choosing, copying, deciding, entering, explaining, filing, going, learning, linking, naming, opening,
    preferring, recalling, renewing, ruling, saving, seeking, showing, watching,
};
use super::command::Command;
use super::parts::{Arrival, Chord, Dialog, Effect, Keymap, Ports, View};
use super::state::State;
use crate::annotation::Session;
use crate::store::Opened;
use crate::tagger::Tagger;
use crate::text::Span;

/// Everything of it can be read ([`Deref`]); only commands, and what they have set going, change it.
pub struct Workbench {
    state: State,
}

impl Deref for Workbench {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl Workbench {
    /// A workbench on a session that has no file yet.
    pub fn new(session: Session, tagger: Arc<Tagger>, ports: Ports) -> Self {
        let opened = entering::unsaved(session, ports.around.clone());
        Self::opened(opened, tagger, ports)
    }

    /// A workbench on a session as it was opened.
    pub fn opened(opened: Opened, tagger: Arc<Tagger>, ports: Ports) -> Self {
        let mut state = State::new(tagger, ports);
        entering::move_in(&mut state, opened);
        follow(&mut state);
        Self { state }
    }

    /// Does what a chord means here. `repeated` tells a held key: it moves, but decides nothing. Answers whether the
    /// chord meant anything; one that types text means nothing while a field or a dialog has the keys.
    pub fn key(&mut self, chord: Chord, repeated: bool) -> bool {
        if self.stage.dialog.is_some_and(Dialog::is_modal) && Keymap::types_text(chord) {
            return false;
        }
        let entry = self.preferences.keymap().entry(chord);
        let command = entry.map(|entry| entry.command.clone()).or_else(|| Keymap::label_command(chord, self.session().scheme()));
        let Some(command) = command else { return false };
        let decides = entry.is_none_or(|entry| entry.decides);
        if !(decides && repeated) {
            self.run(command);
        }
        true
    }

    /// Does a command.
    pub fn run(&mut self, command: impl Into<Command>) {
        let state = &mut self.state;
        let command = command.into();
        if command.is_action() {
            state.notices.leave();
        }
        state.notices.begin();
        let command = if state.stage.dialog.is_some() { Some(command) } else { run_in_view(state, command) };
        match command {
            Some(command) if state.stage.view != View::Review && command.needs_page() => state.say_where("an article", View::Review),
            Some(command) => run_anywhere(state, command),
            None => {}
        }
        follow(state);
    }

    /// Takes in what background work has finished. Answers whether anything came.
    pub fn poll(&mut self) -> bool {
        let state = &mut self.state;
        state.notices.begin();
        let arrivals = state.jobs.arrivals();
        let came = saving::watch_files(state) | watching::watch_journal(state) | !arrivals.is_empty();
        for arrival in arrivals {
            state.notices.begin();
            match arrival {
                Arrival::Answer(answer) => answer(state),
                Arrival::Failed(name) => opening::tell_broken_off(state, &name),
            }
        }
        if came {
            follow(state);
        }
        came
    }
}

/// What is shown follows what has happened.
fn follow(state: &mut State) {
    state.refresh_view();
    explaining::follow(state);
    copying::follow(state);
}

/// A command that means something else in the view that is shown than on the page.
fn run_in_view(state: &mut State, command: Command) -> Option<Command> {
    match state.stage.view {
        View::Names => naming::run_in_view(state, command),
        View::Rules => ruling::run_in_view(state, command),
        View::History => recalling::run_in_view(state, command),
        View::Check => checking::run_in_view(state, command),
        View::Certify => certifying::run_in_view(state, command),
        View::Review | View::Overview => Some(command),
    }
}

fn run_anywhere(state: &mut State, command: Command) {
    match command {
        Command::Decide(command) => deciding::run(state, command),
        Command::Go(command) => going::run(state, command),
        Command::Seek(command) => seeking::run(state, command),
        Command::Arrange(command) => arranging::run(state, command),
        Command::Articles(command) => choosing::run(state, command),
        Command::Renew(command) => renewing::run(state, command),
        Command::Learn(command) => learning::run(state, command),
        Command::Link(command) => linking::run(state, command),
        Command::Names(command) => naming::run(state, command),
        Command::Rules(command) => ruling::run(state, command),
        Command::Recall(command) => recalling::run(state, command),
        Command::Check(command) => checking::run(state, command),
        Command::Certify(command) => certifying::run(state, command),
        Command::Copies(command) => copying::run(state, command),
        Command::File(command) => filing::run(state, command),
        Command::Screen(command) => showing::run(state, command),
    }
}

/// What happens around the work: at its beginning, at its end, and to the window.
impl Workbench {
    /// Begins with the settings of an earlier run, or tells why they cannot be used.
    pub fn load_settings(&mut self) {
        preferring::load_settings(&mut self.state);
    }

    /// Begins with what the command line names.
    pub fn begin(&mut self, save_path: Option<PathBuf>, paths: Vec<PathBuf>) {
        opening::begin(&mut self.state, save_path, paths);
    }

    /// Begins where the last run ended, if there was one.
    pub fn begin_as_before(&mut self) {
        opening::begin_as_before(&mut self.state);
    }

    /// Offers what earlier runs left unsaved, and tells of those that broke off.
    pub fn offer_leftovers(&mut self) {
        opening::offer_leftovers(&mut self.state);
    }

    /// The window comes to the front: other programs may have changed a file.
    pub fn look_outside(&mut self) {
        watching::look_outside(&mut self.state);
    }

    /// Remembers that a piece of the open article is on screen.
    pub fn saw(&mut self, span: Span) {
        self.state.page.saw(span);
    }

    /// Remembers whether the window is drawn dark.
    pub fn is_drawn(&mut self, dark: bool) {
        self.state.preferences.is_dark = dark;
    }

    /// What only the window can do, asked for since the last call.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.state.effects)
    }

    /// Ends the work: everything decided is on the disk when this returns. What was never saved stays in its journal and
    /// is offered at the next start.
    pub fn close(self) {
        saving::close(self.state);
    }
}
