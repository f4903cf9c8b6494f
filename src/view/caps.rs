//! Commands as key caps with words, as the inspector's parts have them.

use eframe::egui::{self, CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::scene::Scene;
use super::widgets::{self, keycap_button_ui, rule_ui};
use super::{fonts, letters};
use crate::workbench::Command;

/// Key caps side by side, rows close together.
pub fn caps_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        add(ui);
    });
}

/// A command as a key cap with a word.
pub fn command_cap_ui(ui: &mut Ui, scene: &Scene<'_>, command: Command, words: &str, out: &mut Vec<Command>) {
    let key = scene.key(&command);
    if keycap_button_ui(ui, &key, words, &scene.tokens).on_hover_text(scene.tooltip(&command)).clicked() {
        out.push(command);
    }
}

/// A line of a concordance: words before, the name, words after; where it stands at the right. Answers a click.
pub fn line_ui(ui: &mut Ui, scene: &Scene<'_>, [before, name, after]: [&str; 3], place: &str) -> bool {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 27.0), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{before}{name}{after}, {place}")));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 4.0, scene.tokens.hover);
    }
    let place = widgets::elided(ui, place, fonts::sans(10.5), scene.tokens.soft, width * 0.3);
    let right = rect.right() - place.size().x;
    ui.painter().galley(pos2(right, rect.center().y - place.size().y / 2.0), place, scene.tokens.soft);
    let room = right - 8.0 - rect.left();
    let before = fitting_tail(ui, before, name, room);
    let job = concordance_job(before, name, after, scene, room);
    let galley = letters::in_order(ui, job);
    ui.painter_at(Rect::from_min_max(rect.min, pos2(right - 6.0, rect.bottom()))).galley(
        pos2(rect.left(), rect.center().y - galley.size().y / 2.0),
        galley,
        scene.tokens.ink,
    );
    rule_ui(ui, &scene.tokens);
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

/// As many of the last words before a name as leave room for the name itself and a little after it.
fn fitting_tail<'a>(ui: &Ui, before: &'a str, name: &str, room: f32) -> &'a str {
    let width = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x;
    let left = (room - width(name, fonts::serif_bold(13.5))) * 0.6;
    let mut tail = before;
    while !tail.is_empty() && width(tail, fonts::serif(13.5)) > left {
        let first = tail.chars().next().map_or(0, char::len_utf8);
        tail = tail.find(' ').map_or(&tail[first..], |blank| &tail[blank + 1..]);
    }
    tail
}

fn concordance_job(before: &str, name: &str, after: &str, scene: &Scene<'_>, width: f32) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob { break_on_newline: false, ..Default::default() };
    job.wrap.max_rows = 1;
    job.wrap.max_width = width;
    let plain = egui::TextFormat::simple(fonts::serif(13.5), scene.tokens.soft);
    job.append(before, 0.0, plain.clone());
    job.append(name, 0.0, egui::TextFormat::simple(fonts::serif_bold(13.5), scene.tokens.ink));
    job.append(after, 0.0, plain);
    job
}
