//! The window: egui's frame around the workbench.
//!
//! Each frame: background work is taken in, keys become commands, the panels are drawn and return commands, the
//! commands are done. What only the window can do (clipboard, native choosers, closing) is carried out here.

use std::path::PathBuf;

use eframe::egui::{self, Frame, Id, Panel, Ui, ViewportCommand};

use super::chooser::{Answer, Chooser, Chosen};
use super::desktop::{Desktop, Told};
use super::dialogs::{self, DialogState};
use super::notices::{self, NoticesState};
use super::panes::{self, PaneStates};
use super::resting::Resting;
use super::review::Reading;
use super::scene::Scene;
use super::spoken::{Spoken, spoken_ui};
use super::status::{self, LeftOver};
use super::views::Views;
use super::{keys, topbar};
use crate::store::Theme;
use crate::workbench::{Chord, Command, Dialog, Effect, File, Key, Pane, Screen, View, Workbench, pasted_paths, session_name};

pub struct App {
    pub workbench: Workbench,
    panes: PaneStates,
    notices: NoticesState,
    left: LeftOver,
    dialogs: DialogState,
    views: Views,
    spoken: Spoken,
    chooser: Chooser,
    desktop: Desktop,
    pub(super) is_closing: bool,
    title: String,
    was_focused: bool,
    held: keys::Held,
    resting: Resting,
    /// Theme, zoom, text size and measure as they are drawn.
    look: Option<(Theme, u16, u16, u16)>,
    /// Whether the theme was given at the start and holds whatever the settings say.
    pub(super) has_own_theme: bool,
    /// When this thread is to break off; see [`super::Options`].
    pub(super) breaks_at: Option<std::time::Instant>,
}

impl App {
    pub fn new(workbench: Workbench, ctx: &egui::Context) -> Self {
        super::fonts::install(ctx);
        super::theme::install(ctx);
        // Quitting is a command with a question; egui must not take its key.
        ctx.options_mut(|options| {
            options.quit_shortcuts = Vec::new();
            options.zoom_with_keyboard = false;
            options.fallback_theme = egui::Theme::Light;
        });
        Self {
            workbench,
            panes: PaneStates::default(),
            notices: NoticesState::default(),
            left: LeftOver::default(),
            dialogs: DialogState::default(),
            views: Views::default(),
            spoken: Spoken::default(),
            chooser: Chooser::default(),
            desktop: Desktop::default(),
            is_closing: false,
            title: String::new(),
            was_focused: true,
            held: keys::Held::default(),
            resting: Resting::default(),
            look: None,
            has_own_theme: false,
            breaks_at: None,
        }
    }

    fn run(&mut self, commands: Vec<Command>, ctx: &egui::Context, frame: &eframe::Frame) {
        if !commands.is_empty() {
            // What a command changed is drawn in the next frame.
            ctx.request_repaint();
        }
        for command in commands {
            self.workbench.run(command);
        }
        for effect in self.workbench.take_effects() {
            match effect {
                Effect::Copy(text) => ctx.copy_text(text),
                Effect::Quit => {
                    self.is_closing = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
                Effect::Browse(dialog) => self.chooser.open(Chosen::For(dialog), ctx, frame),
                Effect::BrowseFolder => self.chooser.open(Chosen::Folder, ctx, frame),
                Effect::Reveal => self.panes.page.reveal(),
            }
        }
    }

    /// Takes the keys of this frame that mean commands, before a widget sees them.
    fn take_keys(&mut self, ctx: &egui::Context) {
        let is_modal = self.workbench.stage.dialog.is_some_and(Dialog::is_modal);
        let is_theirs = is_modal || egui::Popup::is_any_open(ctx);
        // A filter that was asked for has the keys, also in a frame in which its field has lost them: a keyboard that is taken
        // away and comes again does that.
        let in_text = ctx.text_edit_focused() || self.workbench.stage.pane == Pane::Filter;
        let is_review = self.workbench.stage.view == View::Review && self.workbench.open_article().is_some();
        let on_page = is_review && self.workbench.stage.pane == Pane::Page && !in_text;
        let events = ctx.input_mut(|input| std::mem::take(&mut input.events));
        let mut left = Vec::with_capacity(events.len());
        for event in events {
            let repeated = self.held.repeats(&event);
            self.desktop.hear(&event, ctx);
            if is_theirs {
                // Whatever is open, its key closes the window, after a question where something is unsaved.
                let chord = keys::chord_of(&event, |chord| self.workbench.preferences.keymap().entry(chord).is_some());
                let entry = chord.and_then(|chord| self.workbench.preferences.keymap().entry(chord));
                if !repeated && entry.is_some_and(|entry| entry.command == Command::File(File::Quit)) {
                    self.workbench.run(File::Quit);
                } else {
                    left.push(event);
                }
                continue;
            }
            if let (egui::Event::Paste(text), false) = (&event, in_text) {
                if let Some(paths) = pasted_paths(text) {
                    self.workbench.run(dropped_command(paths));
                } else {
                    self.workbench.run(Screen::Open(Dialog::Paste));
                    self.dialogs.pasted(text.clone());
                }
                continue;
            }
            let Some(chord) = keys::chord_of(&event, |chord| self.workbench.preferences.keymap().entry(chord).is_some()) else {
                left.push(event);
                continue;
            };
            let stays = in_text && keys::belongs_to_text(chord) || self.moves_in_panel(chord);
            // Enter and Space must not click a control while the page has the keys.
            let is_spent = on_page && matches!(chord.key, Key::Space | Key::Enter | Key::Tab);
            if stays || (!self.workbench.key(chord, repeated) && !is_spent) {
                left.push(event);
            }
        }
        ctx.input_mut(|input| input.events = left);
    }

    /// Keys that go from control to control in the inspector, or along the list.
    fn moves_in_panel(&mut self, chord: Chord) -> bool {
        let is_plain = !chord.ctrl && !chord.alt;
        // The form of the Rules view keeps what is written.
        let is_form = self.workbench.stage.view == View::Rules && self.workbench.rulebook.writing.is_some();
        if is_form && chord.ctrl && chord.key == Key::Enter {
            return true;
        }
        let is_welcome = self.workbench.stage.view == View::Review && self.workbench.open_article().is_none();
        if self.workbench.stage.view == View::Overview || is_welcome && self.workbench.stage.pane == Pane::Page {
            return is_plain && matches!(chord.key, Key::Tab | Key::Space | Key::Enter | Key::Up | Key::Down | Key::Left | Key::Right);
        }
        match self.workbench.stage.pane {
            Pane::Inspector => {
                is_plain && matches!(chord.key, Key::Tab | Key::Space | Key::Enter | Key::Up | Key::Down | Key::Left | Key::Right)
            }
            Pane::List => is_plain && matches!(chord.key, Key::Up | Key::Down | Key::Enter),
            Pane::Page | Pane::Filter => false,
        }
    }

    fn drawn_ui(&mut self, ui: &mut Ui, out: &mut Vec<Command>) {
        let scene = Scene::new(&self.workbench, ui.ctx());
        let tokens = scene.tokens;
        let bar = |panel: Panel, height: f32| {
            panel.exact_size(height).frame(Frame::new().fill(tokens.panel)).show_separator_line(true).resizable(false)
        };
        bar(Panel::top("top"), topbar::HEIGHT).show(ui, |ui| topbar::topbar_ui(ui, &scene, &self.title, out));
        // The bar at the bottom comes last, so that Tab reaches it last.
        let rest = ui.available_rect_before_wrap();
        let middle = rest.with_max_y(rest.bottom() - status::HEIGHT);
        let mut middle_ui = ui.new_child(egui::UiBuilder::new().id_salt("middle").max_rect(middle));
        let (saw, page) = match scene.state.stage.view {
            View::Review => panes::panes_ui(&mut middle_ui, &scene, &mut self.panes, out),
            _ => (None, self.views.ui(&mut middle_ui, &scene, out)),
        };
        self.left.refresh(&scene);
        bar(Panel::bottom("status"), status::HEIGHT).show(ui, |ui| status::status_ui(ui, &scene, &self.left, out));
        dialogs::dialogs_ui(ui, &scene, &mut self.dialogs, out);
        notices::notices_ui(ui, &scene, page, &mut self.notices, out);
        spoken_ui(ui, &scene, &mut self.spoken);
        if let Some(span) = saw {
            self.workbench.saw(span);
        }
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let mark = if self.workbench.work.is_unsaved() { "• " } else { "" };
        let title = format!("{mark}{} – Manicule", self.title);
        let id = Id::unique("window title");
        let was: Option<String> = ctx.data(|data| data.get_temp(id));
        if was.as_ref() != Some(&title) {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            ctx.data_mut(|data| data.insert_temp(id, title.clone()));
        }
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(title));
    }
}

impl App {
    /// What the native chooser's answer leads to. Where the desktop has none, the path field says so and is ready.
    pub fn answered(&mut self, answer: Answer) -> Vec<Command> {
        match answer {
            Answer::Paths(paths) => self.chosen(paths),
            Answer::Cancelled => Vec::new(),
            Answer::NoChooser => {
                self.dialogs.has_no_chooser();
                Vec::new()
            }
        }
    }

    /// From here on the desktop is listened to, which a test or a picture has none of.
    pub fn follow_desktop(&self, ctx: &egui::Context) {
        self.desktop.follow_theme(ctx);
    }

    /// What paths from the native chooser lead to: whoever chose there need not say it again. An export still wants its
    /// format, so its path goes into the field.
    fn chosen(&mut self, paths: Vec<PathBuf>) -> Vec<Command> {
        match (self.workbench.stage.dialog, &paths[..]) {
            (_, []) | (None, _) => Vec::new(),
            (Some(Dialog::Export), [path, ..]) => {
                self.dialogs.chose(path.clone());
                Vec::new()
            }
            (Some(Dialog::OpenPath), [_, _, ..]) => vec![Command::Screen(Screen::Close), Command::File(File::Add(paths))],
            (Some(dialog), [path, ..]) => dialogs::paths::commands(dialog, path).collect(),
        }
    }

    /// Takes over theme, zoom and page sizes where the settings have changed.
    fn follow_settings(&mut self, ctx: &egui::Context) {
        let settings = self.workbench.settings();
        let look = (settings.theme, settings.zoom, settings.text_size, settings.measure);
        if self.look == Some(look) {
            return;
        }
        self.look = Some(look);
        if !self.has_own_theme {
            ctx.set_theme(match settings.theme {
                Theme::System => egui::ThemePreference::System,
                Theme::Light => egui::ThemePreference::Light,
                Theme::Dark => egui::ThemePreference::Dark,
            });
        }
        ctx.set_zoom_factor(f32::from(settings.zoom) / 100.0);
        self.panes.reading = Reading::of(settings);
        ctx.request_repaint();
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        if let Some(at) = self.breaks_at {
            let left = at.saturating_duration_since(std::time::Instant::now());
            assert!(!left.is_zero(), "MANICULE_BREAK asks for it");
            ctx.request_repaint_after(left);
        }
        self.follow_settings(ctx);
        self.workbench.is_drawn(ctx.global_style().visuals.dark_mode);
        let is_focused = ctx.input(|input| input.focused);
        if is_focused && !std::mem::replace(&mut self.was_focused, is_focused) {
            self.workbench.look_outside();
        }
        self.was_focused = is_focused;
        if self.workbench.poll() {
            ctx.request_repaint();
        }
        while let Some(answer) = self.chooser.answer() {
            let commands = self.answered(answer);
            self.run(commands, ctx, frame);
        }
        while let Some(told) = self.desktop.told() {
            match told {
                Told::Theme(theme) => ctx.options_mut(|options| options.fallback_theme = theme),
                Told::Files(paths) => self.run(vec![dropped_command(paths)], ctx, frame),
            }
        }
        let is_asked = ctx.input(|input| input.viewport().close_requested());
        if is_asked && !self.is_closing {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.run(vec![Command::File(File::Quit)], ctx, frame);
        }
    }

    fn raw_input_hook(&mut self, _: &egui::Context, input: &mut egui::RawInput) {
        self.resting.follow(&mut input.events);
    }

    /// The window is gone; what still writes (settings, say) may end, what only computes is given up.
    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.workbench.run(File::Cancel);
        for _ in 0..200 {
            self.workbench.poll();
            if self.workbench.running().is_empty() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.take_keys(ui.ctx());
        let mut out = Vec::new();
        let dropped = ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect::<Vec<_>>());
        if !dropped.is_empty() {
            out.push(dropped_command(dropped));
        }
        self.title = session_name(&self.workbench);
        self.drawn_ui(ui, &mut out);
        hovering_ui(ui);
        self.set_title(ui.ctx());
        self.run(out, ui.ctx(), frame);
    }
}

/// What happens to files that are held over the window, before they are let go.
fn hovering_ui(ui: &Ui) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let tokens = super::theme::Tokens::of(ui.ctx());
    let screen = ui.ctx().content_rect();
    let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Tooltip, Id::unique("hovering")));
    painter.rect_filled(screen, 0.0, tokens.page.gamma_multiply(0.85));
    painter.rect_stroke(screen.shrink(14.0), 10.0, egui::Stroke::new(2.0, tokens.accent), egui::StrokeKind::Inside);
    // On the veil, in one layer with it: whatever lies in a layer of its own may be drawn under it.
    let words = "Let go to open: articles and folders are added, a .ron file is a session";
    let galley = painter.layout(words.to_owned(), super::fonts::sans_medium(16.0), tokens.ink, screen.width() - 60.0);
    let place = egui::Align2::CENTER_CENTER.align_size_within_rect(galley.size(), screen);
    painter.rect_filled(place.expand(14.0), 8.0, tokens.page);
    painter.galley(place.min, galley, tokens.ink);
    let id = Id::unique("hovering words");
    ui.interact(place, id, egui::Sense::hover()).widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}

/// One session file opens; anything else becomes articles.
fn dropped_command(mut paths: Vec<PathBuf>) -> Command {
    let is_session = |path: &PathBuf| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"));
    match paths.iter().position(is_session).filter(|_| paths.len() == 1) {
        Some(at) => Command::File(File::Open(paths.swap_remove(at))),
        None => Command::File(File::Add(paths)),
    }
}
