//! The Review view's panes: list, page, inspector, and the find bar under the page; how many stand side by side depends
//! on the room, and with it on the zoom.

use eframe::egui::{CentralPanel, EventFilter, Frame, Id, Margin, Panel, Rect, Role, Sense, Ui, WidgetInfo};

use super::articles::{self, ListState};
use super::findbar::{self, FindState};
use super::inspector::{self, InspectorState};
use super::page::PageState;
use super::review::{self, Reading};
use super::scene::{Scene, count, has_keys};
use super::sides::panel_id;
use crate::text::Span;
use crate::workbench::{Command, Dialog, Go, Pane, Screen};

/// What the panes keep between frames.
#[derive(Default)]
pub struct PaneStates {
    pub reading: Reading,
    pub page: PageState,
    list: ListState,
    inspector: InspectorState,
    find: FindState,
}

/// How many panes stand side by side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    All,
    /// The page, and beside it the list while that has the keys, else the inspector.
    Two,
    /// Only the one that has the keys.
    One,
}

impl Room {
    fn of(width: f32) -> Self {
        match width {
            880.0.. => Room::All,
            600.0.. => Room::Two,
            _ => Room::One,
        }
    }

    fn shows(self, pane: Pane, current: Pane) -> bool {
        let is_list = matches!(current, Pane::List | Pane::Filter);
        match (self, pane) {
            (Room::All, _) | (Room::Two, Pane::Page) => true,
            (_, Pane::List | Pane::Filter) => is_list,
            (Room::Two, Pane::Inspector) => !is_list,
            (Room::One, Pane::Inspector) => current == Pane::Inspector,
            (Room::One, Pane::Page) => current == Pane::Page,
        }
    }
}

/// Draws the panes; answers what of the article was on screen, and where the page lies.
pub fn panes_ui(ui: &mut Ui, scene: &Scene<'_>, states: &mut PaneStates, out: &mut Vec<Command>) -> (Option<Span>, Rect) {
    let width = ui.available_width();
    let room = Room::of(width);
    let finds = scene.state.stage.dialog == Some(Dialog::Find);
    let current = if finds { Pane::Page } else { scene.state.stage.pane };
    let has_articles = !scene.state.session().articles().is_empty();
    let has_article = scene.state.open_article().is_some();
    let side = Frame::new().fill(scene.tokens.panel);
    if room != Room::All && has_articles {
        let frame = side.inner_margin(Margin::symmetric(10, 3));
        Panel::top("panes").frame(frame).resizable(false).show(ui, |ui| switch_ui(ui, scene, room, out));
    }
    if has_articles && room.shows(Pane::List, current) {
        let list = |ui: &mut Ui| articles::articles_ui(ui, scene, &mut states.list, out);
        let panel = Panel::left(panel_id(ui, "list"))
            .default_size((width * 0.175).clamp(190.0, 250.0))
            .size_range(150.0..=(width * 0.33).max(160.0));
        let rect = match room {
            Room::One => CentralPanel::default().frame(side).show(ui, list).response.rect,
            _ => panel.frame(side).show(ui, list).response.rect,
        };
        pane_ui(ui, scene, Pane::List, rect, "Articles", out);
        if room == Room::One {
            if out.iter().any(|command| matches!(command, Command::Go(Go::ToArticle(_)))) {
                out.push(Command::Screen(Screen::Pane(Pane::Page)));
            }
            return (None, rect);
        }
    }
    if has_article && room.shows(Pane::Inspector, current) {
        let inspector = |ui: &mut Ui| {
            side_pane_ui(ui, scene, "Inspector");
            inspector::inspector_ui(ui, scene, &mut states.inspector, out);
        };
        if room == Room::One {
            return (None, CentralPanel::default().frame(side).show(ui, inspector).response.rect);
        }
        let panel = Panel::right(panel_id(ui, "inspector")).default_size((width * 0.222).clamp(240.0, 318.0));
        panel.size_range(210.0..=(width * 0.4).max(230.0)).frame(side).show(ui, inspector);
    }
    if finds {
        let frame = side.inner_margin(Margin::symmetric(10, 7));
        Panel::bottom("find").frame(frame).resizable(false).show(ui, |ui| findbar::find_ui(ui, scene, &mut states.find, out));
    } else {
        states.find.closed();
    }
    let page = CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
        let rect = ui.max_rect();
        if scene.state.stage.pane == Pane::Page && has_keys(ui.ctx(), scene) {
            review::scroll_keys(ui, scene, &mut states.page, states.reading, rect, out);
        }
        // Without an article its place is taken by ways in, which Tab and the arrow keys go through.
        if has_article {
            pane_ui(ui, scene, Pane::Page, rect, "Article", out);
        }
        name_article(ui, scene);
        review::review_ui(ui, scene, states.reading, &mut states.page, out)
    });
    (page.inner, page.response.rect)
}

/// Names the page after the article that is open, and says how far it is.
fn name_article(ui: &Ui, scene: &Scene<'_>) {
    let Some(article) = scene.state.open_article() else { return };
    ui.ctx().accesskit_node_builder(Id::unique(("pane", "Article")), |node| {
        node.set_label(format!("Article: {}", article.title().split_whitespace().collect::<Vec<_>>().join(" ")));
        let settled = article.mentions.len() - article.open_count();
        node.set_description(format!("{settled} of {} settled", count(article.mentions.len(), "mention")));
    });
}

/// Where not all panes fit: which one is shown, and a way to the others for the pointer. `F6` does the same.
fn switch_ui(ui: &mut Ui, scene: &Scene<'_>, room: Room, out: &mut Vec<Command>) {
    let current = scene.state.stage.pane;
    ui.horizontal(|ui| {
        for (pane, words) in [(Pane::Page, "article"), (Pane::List, "list"), (Pane::Inspector, "inspector")] {
            let is_shown = room.shows(pane, current);
            let response = ui.selectable_label(is_shown, words).on_hover_text(scene.tooltip(&Command::Screen(Screen::NextPane)));
            if response.clicked() {
                out.push(Command::Screen(Screen::Pane(pane)));
            }
        }
    });
}

/// What stands beside a list or a page. Where it has the keys, Tab goes from control to control: focus begins before the first of
/// them, also after what lay over the window. Answers whether it has just got the keys.
pub fn side_pane_ui(ui: &Ui, scene: &Scene<'_>, name: &str) -> bool {
    let id = Id::unique(("side", name));
    let response = ui.interact(ui.max_rect(), id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Pane, true, name));
    if scene.state.stage.pane != Pane::Inspector || scene.state.stage.dialog.is_some_and(Dialog::is_modal) {
        return false;
    }
    mark_pane(ui, scene, ui.clip_rect());
    // It may not have been drawn at all while something else had the keys.
    let frame = ui.ctx().cumulative_frame_nr();
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<u64>(id), frame));
    let gets_keys = before + 1 < frame;
    if gets_keys || ui.memory(|memory| memory.focused()).is_none() {
        response.request_focus();
    }
    gets_keys
}

/// A line in the accent over the pane that has the keys, where it is not the page.
fn mark_pane(ui: &Ui, scene: &Scene<'_>, rect: Rect) {
    ui.painter().rect_filled(rect.with_max_y(rect.top() + 2.0), 0.0, scene.tokens.accent);
}

/// Gives a pane the keyboard focus while it is the current one, so that egui moves no other focus by Tab and arrows.
pub fn pane_ui(ui: &Ui, scene: &Scene<'_>, pane: Pane, rect: Rect, name: &str, out: &mut Vec<Command>) {
    let id = Id::unique(("pane", name));
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, name));
    if scene.state.stage.pane == pane && has_keys(ui.ctx(), scene) {
        if !response.has_focus() {
            response.request_focus();
        }
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let pressed = ui.input(|input| input.pointer.primary_pressed().then(|| input.pointer.interact_pos()).flatten());
    let is_pressed = pressed.is_some_and(|at| rect.contains(at)) && has_keys(ui.ctx(), scene);
    if pane == Pane::Page && is_pressed && scene.state.stage.pane != Pane::Page {
        out.push(Command::Screen(Screen::Pane(Pane::Page)));
    }
    if pane == Pane::List && scene.state.stage.pane == Pane::List {
        mark_pane(ui, scene, rect);
    }
}
