//! The desktop's own file chooser, which answers from a thread of its own. Not every desktop has one; then that is said,
//! and the path field does.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui;

use crate::workbench::Dialog;

/// What the native chooser is asked for.
#[derive(Clone, Copy)]
pub enum Chosen {
    /// A file for a dialog that asks for a path.
    For(Dialog),
    Folder,
}

impl Chosen {
    fn title(self) -> &'static str {
        match self {
            Chosen::For(Dialog::SavePath) => "Save the session – Manicule",
            Chosen::For(Dialog::Export) => "Export – Manicule",
            Chosen::For(Dialog::ExportLabels) => "Write the labels – Manicule",
            Chosen::For(Dialog::ExportNames) => "Write settled names – Manicule",
            Chosen::For(Dialog::SaveLearned) => "Save what was learnt – Manicule",
            Chosen::For(Dialog::BringLearned) => "Bring in what was learnt – Manicule",
            Chosen::For(Dialog::ImportLabels) => "Take over labels – Manicule",
            Chosen::For(_) => "Open a session or articles – Manicule",
            Chosen::Folder => "Add a folder of articles – Manicule",
        }
    }
}

/// What came of asking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    Paths(Vec<PathBuf>),
    Cancelled,
    /// No portal answers, and there is no zenity.
    NoChooser,
}

pub struct Chooser {
    sender: Sender<Answer>,
    receiver: Receiver<Answer>,
    is_open: bool,
}

thread_local! {
    /// Whether rfd has said on this thread that it found no chooser; its answer is the same as for one that was cancelled.
    static FOUND_NONE: Cell<bool> = const { Cell::new(false) };
}

/// Listens to what rfd says of its last resort.
pub fn hear(record: &log::Record<'_>) {
    let is_last_resort = record.level() == log::Level::Error && record.target().starts_with("rfd");
    if is_last_resort && record.args().to_string().contains("zenity") {
        FOUND_NONE.set(true);
    }
}

impl Default for Chooser {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, is_open: false }
    }
}

impl Chooser {
    /// Opens the desktop's chooser without stopping the window.
    pub fn open(&mut self, wanted: Chosen, ctx: &egui::Context, frame: &eframe::Frame) {
        if std::mem::replace(&mut self.is_open, true) {
            return;
        }
        let chooser = rfd::FileDialog::new().set_parent(frame).set_title(wanted.title());
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        std::thread::spawn(move || {
            let one = |path: Option<PathBuf>| path.into_iter().collect();
            let paths: Vec<PathBuf> = match wanted {
                Chosen::For(Dialog::SavePath | Dialog::Export | Dialog::ExportLabels | Dialog::ExportNames | Dialog::SaveLearned) => {
                    one(chooser.save_file())
                }
                Chosen::For(Dialog::OpenPath) => chooser.pick_files().unwrap_or_default(),
                Chosen::For(_) => one(chooser.pick_file()),
                Chosen::Folder => one(chooser.pick_folder()),
            };
            let answer = match paths.is_empty() {
                false => Answer::Paths(paths),
                true if FOUND_NONE.get() => Answer::NoChooser,
                true => Answer::Cancelled,
            };
            sender.send(answer).ok();
            ctx.request_repaint();
        });
    }

    pub fn answer(&mut self) -> Option<Answer> {
        let answer = self.receiver.try_recv().ok()?;
        self.is_open = false;
        Some(answer)
    }
}
