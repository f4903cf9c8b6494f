//! The bar at the top: the hand with the menus, the session, the views, the palette.

use eframe::egui::{self, Align, Button, CursorIcon, Layout, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::scene::{Scene, count};
use super::{fonts, icon, menus, widgets};
use crate::workbench::{Command, Dialog, Screen, View};

pub const HEIGHT: f32 = 38.0;

pub fn topbar_ui(ui: &mut Ui, scene: &Scene<'_>, title: &str, out: &mut Vec<Command>) {
    let bar = ui.max_rect();
    ui.scope_builder(egui::UiBuilder::new().max_rect(bar).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.add_space(6.0);
        hand_ui(ui, scene, out);
        ui.add_space(4.0);
        let room = if has_tabs(bar) { (bar.width() * 0.5 - 330.0).max(90.0) } else { bar.width() - 290.0 };
        if room > 40.0 {
            let shown = widgets::elided(ui, title, fonts::sans_strong(13.0), scene.tokens.ink, room);
            ui.label(shown).on_hover_text(title);
        }
        if bar.width() > 900.0 {
            ui.label(widgets::soft(count(scene.state.session().articles().len(), "article"), &scene.tokens));
        }
    });
    if has_tabs(bar) {
        tabs_ui(ui, scene, bar, out);
    }
    let mut right = ui.new_child(egui::UiBuilder::new().id_salt("right").max_rect(bar.with_max_x(bar.right() - 8.0)));
    widgets::right_ui(&mut right, |ui| {
        if !has_tabs(bar) {
            view_menu_ui(ui, scene, out);
        }
        let palette = Command::Screen(Screen::Open(Dialog::Palette));
        let words = if bar.width() > 1000.0 { "commands" } else { "" };
        if widgets::keycap_button_ui(ui, &scene.key(&palette), words, &scene.tokens).on_hover_text(scene.tooltip(&palette)).clicked() {
            out.push(palette);
        }
        let help = Command::Screen(Screen::Open(Dialog::Help));
        if widgets::keycap_button_ui(ui, "?", "", &scene.tokens).on_hover_text(scene.tooltip(&help)).clicked() {
            out.push(help);
        }
    });
}

/// Whether there is room for a tab a view; else a menu names the current one.
fn has_tabs(bar: Rect) -> bool {
    bar.width() >= 640.0
}

fn view_menu_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    ui.menu_button(scene.state.stage.view.name(), |ui| {
        for view in View::ALL {
            let show = Command::Screen(Screen::Show(view));
            if ui.add(Button::new(view.name()).shortcut_text(scene.key(&show))).clicked() {
                out.push(show);
                ui.close();
            }
        }
    });
}

fn hand_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let button = Button::new(RichText::new("            ").size(13.0)).frame_when_inactive(false).min_size(vec2(46.0, 28.0));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(130.0);
        menus::menu_ui(ui, scene, out);
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Menu"));
    let hand = Rect::from_center_size(response.rect.center() - vec2(5.0, 0.0), vec2(25.0, 17.0));
    icon::paint(ui.painter(), hand, scene.tokens.accent);
    let tip = response.rect.right_center() - vec2(8.0, 0.0);
    let triangle = vec![tip + vec2(-3.0, -1.5), tip + vec2(3.0, -1.5), tip + vec2(0.0, 2.0)];
    ui.painter().add(egui::Shape::convex_polygon(triangle, scene.tokens.soft, egui::Stroke::NONE));
    response.on_hover_text("Menu: every command");
}

fn tabs_ui(ui: &mut Ui, scene: &Scene<'_>, bar: Rect, out: &mut Vec<Command>) {
    let widths: Vec<f32> = View::ALL.iter().map(|view| tab_width(ui, *view)).collect();
    let gap = 2.0;
    let total: f32 = widths.iter().sum::<f32>() + gap * (View::ALL.len() - 1) as f32;
    // In the middle, or as near to it as the session's name allows.
    let mut x = (bar.center().x - total / 2.0).max(bar.left() + 240.0).min(bar.right() - total - 110.0).round();
    for (view, width) in View::ALL.into_iter().zip(widths) {
        let rect = Rect::from_min_size(pos2(x, bar.top()), vec2(width, bar.height()));
        x += width + gap;
        let is_current = scene.state.stage.view == view;
        let response = ui.interact(rect, ui.unique_id().with(("tab", view)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, view.name()));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(is_current));
        let (font, colour) = match (is_current, response.hovered() || response.has_focus()) {
            (true, _) => (fonts::sans_strong(13.0), scene.tokens.ink),
            (false, true) => (fonts::sans(13.0), scene.tokens.ink),
            (false, false) => (fonts::sans(13.0), scene.tokens.soft),
        };
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, view.name(), font, colour);
        if is_current {
            let line = Rect::from_min_max(pos2(rect.left() + 9.0, rect.bottom() - 2.0), pos2(rect.right() - 9.0, rect.bottom()));
            ui.painter().rect_filled(line, 1.0, scene.tokens.accent);
        }
        let show = Command::Screen(Screen::Show(view));
        if response.on_hover_text(scene.tooltip(&show)).on_hover_cursor(CursorIcon::PointingHand).clicked() {
            out.push(show);
        }
    }
}

fn tab_width(ui: &Ui, view: View) -> f32 {
    ui.painter().layout_no_wrap(view.name().to_owned(), fonts::sans_strong(13.0), egui::Color32::WHITE).size().x.ceil() + 20.0
}
