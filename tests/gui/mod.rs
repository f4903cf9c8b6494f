//! The window without a screen: keys and pointer go in as a person's would, pages come out.
//!
//! No GPU and no display: egui lays everything out and describes it for screen readers, and the tests read that.
//! egui_kittest's check that every control has a name stays on, so each of these tests is one for access too.

mod answers;
mod articles;
mod certify;
mod check;
mod coming;
mod conflicts;
mod copies;
mod dialogs;
mod files;
mod handing;
mod history;
mod inspector;
mod keys;
mod labels;
mod letters;
mod overview;
mod page;
mod pointer;
mod reach;
mod rules;
mod sources;
mod speed;
mod spoken;
mod ways;

use eframe::egui::{self, Modifiers};
use egui_kittest::Harness;
use manicule::annotation::Session;
use manicule::view::App;
use manicule::workbench::{Chord, Command, Key, Workbench};

use crate::support::dsl;

/// A window of 1280 × 800 points on a session.
pub struct Window {
    pub harness: Harness<'static, App>,
}

impl Window {
    pub fn open(session: Session) -> Self {
        Self::sized(session, 1280.0, 800.0)
    }

    pub fn sized(session: Session, width: f32, height: f32) -> Self {
        Self::on(crate::workbench::state(session), width, height)
    }

    pub fn on(state: Workbench, width: f32, height: f32) -> Self {
        let builder = Harness::builder().with_size(egui::vec2(width, height)).with_max_steps(20);
        let mut harness = builder.build_eframe(move |creation| App::new(state, &creation.egui_ctx));
        harness.run();
        Self { harness }
    }

    pub fn state(&self) -> &Workbench {
        &self.harness.state().workbench
    }

    /// Presses chords as the interface writes them, separated by blanks.
    #[track_caller]
    pub fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let chord: Chord = key.parse().unwrap_or_else(|error| panic!("{error}"));
            let modifiers = Modifiers { alt: chord.alt, ctrl: chord.ctrl, shift: chord.shift, mac_cmd: false, command: chord.ctrl };
            self.harness.key_press_modifiers(modifiers, egui_key(chord.key));
            self.harness.run();
        }
    }

    /// Types text into whatever has the keys.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.harness.run();
    }

    /// Where the nth piece of the page that is named so lies.
    #[track_caller]
    pub fn rect(&self, label: &str) -> egui::Rect {
        use egui_kittest::kittest::Queryable as _;
        let node = self.harness.query_all_by_label_contains(label).next();
        node.unwrap_or_else(|| panic!("{label:?} is not on screen")).rect()
    }

    /// The same for the piece that was drawn last, as what lies on top is. What is only said is not drawn.
    #[track_caller]
    pub fn top_rect(&self, label: &str) -> egui::Rect {
        use egui_kittest::kittest::Queryable as _;
        let is_drawn = |node: &egui_kittest::Node<'_>| node.rect().width() > 1.0;
        let node = self.harness.query_all_by_label_contains(label).rfind(is_drawn);
        node.unwrap_or_else(|| panic!("{label:?} is not on screen")).rect()
    }

    /// Every text that was painted: its words, where they lie, and whether they were cut.
    pub fn texts(&self) -> Vec<(String, egui::Rect, bool)> {
        fn gather(shape: &egui::Shape, found: &mut Vec<(String, egui::Rect, bool)>) {
            match shape {
                egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| gather(shape, found)),
                egui::Shape::Text(text) => {
                    found.push((text.galley.text().to_owned(), text.visual_bounding_rect(), text.galley.elided));
                }
                _ => {}
            }
        }
        let mut found = Vec::new();
        self.harness.output().shapes.iter().for_each(|clipped| gather(&clipped.shape, &mut found));
        found
    }

    pub fn shows(&self, label: &str) -> bool {
        use egui_kittest::kittest::Queryable as _;
        let by_label = self.harness.query_all_by_label_contains(label).next().is_some();
        by_label || self.harness.query_all_by_value(label).next().is_some()
    }

    pub fn click(&mut self, at: egui::Pos2) {
        self.button(at, egui::PointerButton::Primary, Modifiers::NONE);
    }

    pub fn button(&mut self, at: egui::Pos2, button: egui::PointerButton, modifiers: Modifiers) {
        self.harness.hover_at(at);
        self.harness.run_ok();
        for pressed in [true, false] {
            self.harness.event_modifiers(egui::Event::PointerButton { pos: at, button, pressed, modifiers }, modifiers);
        }
        self.harness.run_ok();
    }

    /// Clicks `n` times so quickly that it counts as one gesture.
    pub fn clicks(&mut self, at: egui::Pos2, n: usize) {
        self.harness.hover_at(at);
        self.harness.run_ok();
        for pressed in [true, false].repeat(n) {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            self.harness.input_mut().events.push(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        }
        self.harness.run_ok();
    }

    /// Draws the pointer from one place to another with the button held.
    pub fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        self.harness.drag_at(from);
        self.harness.step();
        for share in [0.3, 0.6, 1.0] {
            self.harness.hover_at(from + (to - from) * share);
            self.harness.step();
        }
        self.harness.drop_at(to);
        self.harness.run_ok();
    }

    /// Does a command that no key leads to.
    pub fn run(&mut self, command: impl Into<Command>) {
        self.harness.state_mut().workbench.run(command);
        self.harness.run();
    }

    pub fn pages(&self) -> Vec<String> {
        dsl::show_all(self.state().session())
    }
}

fn egui_key(key: Key) -> egui::Key {
    match key {
        Key::Space => egui::Key::Space,
        Key::Enter => egui::Key::Enter,
        Key::Escape => egui::Key::Escape,
        Key::Tab => egui::Key::Tab,
        Key::Backspace => egui::Key::Backspace,
        Key::Delete => egui::Key::Delete,
        Key::Left => egui::Key::ArrowLeft,
        Key::Right => egui::Key::ArrowRight,
        Key::Up => egui::Key::ArrowUp,
        Key::Down => egui::Key::ArrowDown,
        Key::Home => egui::Key::Home,
        Key::End => egui::Key::End,
        Key::PageUp => egui::Key::PageUp,
        Key::PageDown => egui::Key::PageDown,
        Key::Function(n) => egui::Key::from_name(&format!("F{n}")).expect("F1 to F12 are keys"),
        Key::Char(c) => egui::Key::from_name(&c.to_string()).unwrap_or_else(|| panic!("no key types {c:?}")),
    }
}

/// One article: the page, the keys, the page after; then undo, back to the beginning.
#[track_caller]
pub fn check(page: &str, keys: &str, expect: &str) {
    check_all(&[page], keys, &[expect]);
}

#[track_caller]
pub fn check_all(pages: &[&str], keys: &str, expect: &[&str]) {
    let before = dsl::session(pages);
    let mut window = Window::open(before.clone());
    window.press(keys);
    assert_eq!(window.pages(), expect, "after {keys}");
    while window.state().history().next_undo().is_some() {
        window.press("Ctrl+Z");
    }
    assert_eq!(*window.state().session(), before, "undo goes back to the beginning");
}
