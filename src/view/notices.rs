//! Notices over the lower edge of the page, clear of what is worked on: what was done and how to take it back, or what went
//! wrong.

use eframe::egui::{self, Area, CornerRadius, Frame, Id, Margin, Order, Rect, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::scene::Scene;
use super::widgets::keycap_button_ui;
use super::{attention, fonts};
use crate::annotation::Time;
use crate::workbench::{Command, Notice, NoticeKind, Recall, Screen};

/// How long a notice stays that goes by itself.
const STAYS_SECS: f64 = 5.0;

#[derive(Default)]
pub struct NoticesState {
    /// The notice that is shown and when it appeared.
    shown: Option<(String, Time, f64)>,
}

pub fn notices_ui(ui: &Ui, scene: &Scene<'_>, within: Rect, state: &mut NoticesState, out: &mut Vec<Command>) {
    let notices = scene.state.notices.all();
    let problems: Vec<&Notice> = notices.iter().filter(|notice| notice.kind == NoticeKind::Problem).collect();
    let latest = scene.state.notices.latest().filter(|notice| notice.kind == NoticeKind::Done);
    if latest.is_none() {
        // The same words said again stay as long as at first.
        state.shown = None;
    }
    let done = latest.filter(|notice| is_fresh(ui, scene, notice, state));
    let shown: Vec<&Notice> = problems.into_iter().rev().take(2).chain(done).collect();
    if shown.is_empty() {
        return;
    }
    let id = Id::unique("notices");
    let width = (within.width() - 60.0).clamp(160.0, 620.0);
    // As large as it was in the frame before; a guess for the first one, which egui does not show.
    let size = ui.ctx().memory(|memory| memory.area_rect(id)).map_or(vec2(width, 40.0), |rect| rect.size());
    let at = attention::clear_place(size, within, ui.ctx().content_rect(), &attention::rects(ui.ctx()));
    Area::new(id).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
        ui.set_max_width(width);
        for notice in shown {
            notice_ui(ui, scene, notice, out);
        }
    });
}

/// A notice goes after a while; one that tells of a change, with the next change at the latest: the key that takes it back
/// would take back another.
fn is_fresh(ui: &Ui, scene: &Scene<'_>, notice: &Notice, state: &mut NoticesState) -> bool {
    let revision = scene.state.history().revision();
    if notice.change.is_some_and(|change| change.revision != revision) {
        return false;
    }
    let is_new = state.shown.as_ref().is_none_or(|(text, at, _)| *text != notice.text || *at != notice.at);
    if is_new {
        state.shown = Some((notice.text.clone(), notice.at, scene.now));
    }
    let since = state.shown.as_ref().map_or(0.0, |(_, _, since)| scene.now - since);
    if since < STAYS_SECS {
        ui.ctx().request_repaint_after_secs((STAYS_SECS - since) as f32 + 0.05);
    }
    since < STAYS_SECS
}

fn notice_ui(ui: &mut Ui, scene: &Scene<'_>, notice: &Notice, out: &mut Vec<Command>) {
    let tokens = &scene.tokens;
    let is_problem = notice.kind == NoticeKind::Problem;
    let line = if is_problem { tokens.accent } else { tokens.line };
    let frame = Frame::new()
        .fill(tokens.panel)
        .stroke(Stroke::new(1.0, line))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(14, 8))
        .shadow(ui.visuals().popup_shadow);
    let response = frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            let words = egui::Label::new(RichText::new(&notice.text).font(fonts::sans(13.0)).color(tokens.ink)).wrap();
            ui.add(words);
            if is_problem && keycap_button_ui(ui, &scene.key(&Command::Screen(Screen::Leave)), "dismiss", tokens).clicked() {
                out.push(Command::Screen(Screen::Dismiss(notice.text.clone())));
            }
            if !is_problem && notice.change.is_some_and(|change| change.can_undo) {
                let undo = Command::Recall(Recall::Undo);
                if keycap_button_ui(ui, &scene.key(&undo), "undo", tokens).on_hover_text(scene.tooltip(&undo)).clicked() {
                    out.push(undo);
                }
            }
        });
    });
    let text = notice.text.clone();
    response.response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
    // What was done is said with what comes next; a problem for itself, and at once.
    if is_problem {
        ui.ctx().accesskit_node_builder(response.response.id, |node| node.set_live(egui::accesskit::Live::Assertive));
    }
}
