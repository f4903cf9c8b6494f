//! The bar at the bottom: what is saved, what is left, what undo would undo, what runs.

use eframe::egui::{self, Align, Layout, ProgressBar, RichText, Ui, vec2};

use super::interval;
use super::scene::{Scene, count, grouped};
use super::widgets::{keycap_button_ui, soft};
use super::{fonts, widgets};
use crate::workbench::{Command, Dialog, File, Recall, Renew, Screen, read_only};

pub const HEIGHT: f32 = 27.0;
/// What the key of undo takes at the right, with its edges.
const UNDO_CAP: f32 = 76.0;

pub fn status_ui(ui: &mut Ui, scene: &Scene<'_>, left: &LeftOver, out: &mut Vec<Command>) {
    let bar = ui.max_rect();
    let left_part = ui.scope_builder(
        egui::UiBuilder::new().max_rect(bar.with_max_x(bar.left() + bar.width() * 0.62)).layout(Layout::left_to_right(Align::Center)),
        |ui| {
            ui.add_space(8.0);
            ui.spacing_mut().item_spacing.x = 16.0;
            saved_ui(ui, scene, out);
            if let Some(running) = scene.state.jobs.told().next() {
                let (done, total) = running.progress();
                ui.label(soft(&running.name, &scene.tokens));
                if total > 0 {
                    let bar = ProgressBar::new(done as f32 / total as f32).desired_width(90.0).desired_height(6.0).fill(scene.tokens.good);
                    ui.add(bar);
                    ui.label(soft(format!("{} of {}", grouped(done), grouped(total)), &scene.tokens));
                }
                if ui.add(egui::Button::new(soft("Cancel", &scene.tokens)).small()).clicked() {
                    out.push(Command::File(File::Cancel));
                }
                return;
            }
            if scene.state.open_article().is_some() {
                let (here, session) = (grouped(left.here), grouped(left.session));
                let words = match scene.state.session().articles().len() {
                    1 => vec![format!("{here} to settle")],
                    _ => vec![
                        format!("{here} to settle in this article · {session} in the session"),
                        format!("{here} here · {session} in all"),
                        format!("{here} here"),
                    ],
                };
                // The longest that leaves room for what undo would undo, or at least for its key.
                let end = bar.right() - UNDO_CAP - if bar.width() > 560.0 { 180.0 } else { 0.0 };
                let room = end - ui.cursor().left();
                let galleys = words.into_iter().map(|words| ui.painter().layout_no_wrap(words, fonts::sans(13.0), scene.tokens.soft));
                let fitting: Vec<_> = galleys.filter(|galley| galley.size().x <= room).collect();
                if let Some(galley) = fitting.into_iter().next() {
                    ui.label(galley).on_hover_text("Mentions that wait for a decision");
                }
            } else {
                ui.label(soft(count(left.session, "mention") + " to settle", &scene.tokens));
            }
            conflicts_ui(ui, scene, out);
            sources_ui(ui, scene, bar.width(), out);
            share_ui(ui, scene);
        },
    );
    let mut right = ui.new_child(egui::UiBuilder::new().id_salt("right").max_rect(bar.with_max_x(bar.right() - 8.0)));
    // What undo would undo is told where the left part leaves room for it.
    let room = (bar.right() - left_part.response.rect.right() - UNDO_CAP).min(bar.width() * 0.34);
    let room = if room < 80.0 { 0.0 } else { room };
    widgets::right_ui(&mut right, |ui| undo_ui(ui, scene, room, out));
}

/// How good the tagger is on this very work, where there is room to say so.
fn share_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(share) = scene.state.work.tagger_share() else { return };
    let words = format!("tagger right: {}", interval::words(Some(share)));
    let galley = ui.painter().layout_no_wrap(words, fonts::sans(13.0), scene.tokens.soft);
    if galley.size().x + ui.spacing().item_spacing.x > ui.available_width() {
        return;
    }
    let (part, whole) = (grouped(share.part), grouped(share.whole));
    let (low, high) = share.interval();
    let (low, high) = (100.0 * low, 100.0 * high);
    ui.label(galley).on_hover_text(format!(
        "Of {whole} suggestions that were looked at, {part} were right as they stood; of all its suggestions, {low:.0} to {high:.0} % are likely right",
    ));
}

/// What two people decided differently, for as long as it waits.
fn conflicts_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let conflicts = scene.state.work.conflict_count();
    if conflicts == 0 {
        return;
    }
    let open = Command::Screen(Screen::Open(Dialog::Conflicts));
    if keycap_button_ui(ui, &scene.key(&open), &count(conflicts, "conflict"), &scene.tokens).on_hover_text(scene.tooltip(&open)).clicked() {
        out.push(open);
    }
}

/// Sources that have changed since they were read, for as long as they wait.
fn sources_ui(ui: &mut Ui, scene: &Scene<'_>, width: f32, out: &mut Vec<Command>) {
    let changed = scene.state.sources.changed.len();
    if changed == 0 || width < 900.0 {
        return;
    }
    let refresh = Command::Renew(Renew::RefreshAll);
    let words = format!("{} changed", count(changed, "source"));
    if keycap_button_ui(ui, &scene.key(&refresh), &words, &scene.tokens).on_hover_text(scene.tooltip(&refresh)).clicked() {
        out.push(refresh);
    }
}

/// How many mentions are left to decide; counted once per change.
#[derive(Default)]
pub struct LeftOver {
    counted_for: Option<((u64, u64), usize, Option<crate::annotation::ArticleId>)>,
    here: usize,
    session: usize,
}

impl LeftOver {
    pub fn refresh(&mut self, scene: &Scene<'_>) {
        let state = scene.state;
        let key = (state.version(), state.session().articles().len(), state.page.article.clone());
        if self.counted_for.as_ref() != Some(&key) {
            self.here = state.open_article().map_or(0, crate::annotation::Article::open_count);
            self.session = state.work.open_count();
            self.counted_for = Some(key);
        }
    }
}

/// Saved, durable, or neither: three states, told in words and by colour.
fn saved_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let tokens = &scene.tokens;
    let durability = scene.state.work.home.durability();
    let is_unsaved = scene.state.work.is_unsaved();
    if durability.is_durable && durability.fault.is_none() {
        let history = scene.state.history();
        log::debug!("shown as durable: {} decisions, revision {}", history.entries().len(), history.revision());
    }
    let (dot, words, why) = match (&durability.fault, read_only(scene.state), is_unsaved) {
        (Some(fault), _, _) => (tokens.accent, "decisions cannot be written".to_owned(), fault.to_string()),
        (None, Some(why), _) => (tokens.accent, "read only".to_owned(), why),
        (None, None, false) if scene.state.work.path().is_none() => {
            (tokens.faint, "nothing to save yet".to_owned(), "The session has no file; nothing was changed in it".to_owned())
        }
        (None, None, false) => (tokens.good, "saved".to_owned(), "The session’s file holds everything".to_owned()),
        (None, None, true) if durability.is_durable => {
            (tokens.good, "all decisions on disk".to_owned(), "In the journal; saving writes them into the session’s file".to_owned())
        }
        (None, None, true) => (tokens.faint, "writing…".to_owned(), "The last decisions are on their way to the disk".to_owned()),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (rect, _) = ui.allocate_exact_size(vec2(9.0, 9.0), egui::Sense::hover());
        ui.painter().circle_filled(rect.center(), 4.0, dot);
        let colour = if dot == tokens.faint { tokens.soft } else { dot };
        ui.label(RichText::new(words).font(fonts::sans(12.0)).color(colour)).on_hover_text(why);
        if is_unsaved {
            let save = Command::File(File::Save);
            if keycap_button_ui(ui, &scene.key(&save), "save", tokens).on_hover_text(scene.tooltip(&save)).clicked() {
                out.push(save);
            }
        }
    });
}

fn undo_ui(ui: &mut Ui, scene: &Scene<'_>, room: f32, out: &mut Vec<Command>) {
    let Some(edit) = scene.state.history().next_undo() else {
        if room > 0.0 {
            ui.label(soft("Nothing to undo", &scene.tokens));
        }
        return;
    };
    let words = format!("Undo: {}", edit.describe());
    if room > 0.0 {
        ui.label(widgets::elided(ui, &words, fonts::sans(12.0), scene.tokens.soft, room));
    }
    let response = keycap_button_ui(ui, &scene.key(&Command::Recall(Recall::Undo)), "", &scene.tokens).accessible_name(&words);
    if response.on_hover_text(scene.tooltip(&Command::Recall(Recall::Undo))).clicked() {
        out.push(Command::Recall(Recall::Undo));
    }
}
