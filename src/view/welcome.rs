//! What is shown before there is anything to read: the ways in.

use eframe::egui::{self, Rect, Response, RichText, Ui, vec2};

use super::desktop::takes_drops;
use super::dialogs::pathfield::file_name;
use super::scene::{Scene, grouped, has_keys};
use super::widgets::soft;
use super::{fonts, icon};
use crate::workbench::{Command, Dialog, File, Screen};

pub fn welcome_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let page = ui.available_rect_before_wrap();
    ui.painter().rect_filled(page, 0.0, scene.tokens.page);
    egui::ScrollArea::vertical().id_salt("welcome").auto_shrink(false).show(ui, |ui| ways_ui(ui, scene, page, out));
}

/// While a session is being read and nothing of it can be shown yet.
pub fn opening_ui(ui: &mut Ui, scene: &Scene<'_>, path: &std::path::Path) {
    let page = ui.available_rect_before_wrap();
    ui.painter().rect_filled(page, 0.0, scene.tokens.page);
    ui.vertical_centered(|ui| {
        ui.add_space((page.height() * 0.5 - 60.0).max(24.0));
        ui.label(RichText::new(format!("Reading {}", file_name(path))).font(fonts::serif_bold(22.0)));
        ui.add_space(10.0);
        let (done, total) = scene.state.jobs.told().next().map(|running| running.progress()).unwrap_or_default();
        let part = if total > 0 { done as f32 / total as f32 } else { 0.0 };
        ui.add(egui::ProgressBar::new(part).desired_width(320.0).desired_height(6.0).fill(scene.tokens.good));
        ui.add_space(6.0);
        let words = if total > 0 { format!("{} of {} articles", grouped(done), grouped(total)) } else { "One moment".to_owned() };
        ui.label(soft(words, &scene.tokens));
    });
}

fn ways_ui(ui: &mut Ui, scene: &Scene<'_>, page: Rect, out: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space((page.height() * 0.5 - 235.0).max(24.0));
        let (rect, _) = ui.allocate_exact_size(vec2(96.0, 64.0), egui::Sense::hover());
        icon::paint(ui.painter(), rect, scene.tokens.accent);
        ui.add_space(10.0);
        ui.label(RichText::new("Manicule").font(fonts::serif_bold(30.0)));
        ui.add_space(2.0);
        ui.label(RichText::new("Open articles, see their names marked, settle every mark from the keyboard.").font(fonts::serif(16.0)));
        ui.add_space(22.0);
        let first = way_ui(ui, scene, Command::Screen(Screen::Open(Dialog::OpenPath)), "Open articles, a folder or a session…", out);
        if has_keys(ui.ctx(), scene) && ui.memory(|memory| memory.focused()).is_none() {
            first.request_focus();
        }
        way_ui(ui, scene, Command::Screen(Screen::Open(Dialog::Paste)), "Paste the text of an article…", out);
        way_ui(ui, scene, Command::File(File::Sample), "Try the sample session: 25 invented articles", out);
        way_ui(ui, scene, Command::Screen(Screen::Open(Dialog::Help)), "See every key", out);
        recent_ui(ui, scene, out);
        ui.add_space(14.0);
        if takes_drops() {
            ui.label(soft("Files and folders can also be dropped on the window: text, web pages, PDF, Word, mail, JSONL.", &scene.tokens));
        } else {
            ui.label(soft("Files cannot be dropped here under Wayland: copy them in the file manager and press Ctrl+V,", &scene.tokens));
            ui.label(soft("or write their path: text, web pages, PDF, Word, mail, JSONL, folders.", &scene.tokens));
        }
        ui.label(soft("Nothing ever leaves this machine: the program opens no network connection.", &scene.tokens));
    });
}

/// Sessions of before, the last one first.
fn recent_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    if scene.state.settings().recent.is_empty() {
        return;
    }
    ui.add_space(10.0);
    ui.label(soft("Recent sessions", &scene.tokens));
    for path in scene.state.settings().recent.iter().take(5) {
        let folder = path.parent().unwrap_or(std::path::Path::new("")).display().to_string();
        let folder = RichText::new(folder).font(fonts::sans(11.5)).color(scene.tokens.soft);
        let button = egui::Button::new(file_name(path)).shortcut_text(folder).truncate().min_size(vec2(370.0, 26.0));
        let button = button.frame_when_inactive(false);
        if ui.add(button).on_hover_text(path.display().to_string()).clicked() {
            out.push(Command::File(File::Open(path.clone())));
        }
    }
}

fn way_ui(ui: &mut Ui, scene: &Scene<'_>, command: Command, words: &str, out: &mut Vec<Command>) -> Response {
    let key = RichText::new(scene.key(&command)).font(fonts::sans(11.5)).color(scene.tokens.soft);
    let button = egui::Button::new(RichText::new(words).font(fonts::sans(14.0))).shortcut_text(key).min_size(vec2(370.0, 36.0));
    // Words and key say it all: a note that comes with the focus would lie over the next way.
    let response = ui.add(button);
    if response.clicked() {
        out.push(command);
    }
    ui.add_space(2.0);
    response
}
