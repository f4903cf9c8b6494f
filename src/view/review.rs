//! The Review view: the page in the middle, with its menu and the labels offered beside a selection.

use eframe::egui::{self, Align2, Area, Frame, Id, Key, Margin, Order, Rect, Ui, vec2};

use super::page::{Page, PageAction, PageState, page_ui};
use super::scene::Scene;
use super::widgets::{label_chip_ui, soft};
use super::{menus, welcome};
use crate::annotation::{Article, Scope};
use crate::decide::article::undated;
use crate::store::Settings;
use crate::text::Span;
use crate::workbench::{Command, Decide, Dialog, Go, Renew, Screen, opening, told_of_omitted};

/// What the page is set in.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Size of reading: 1 is 18.5 points.
    pub scale: f32,
    /// Width of the column, in points at scale 1; about 70 characters.
    pub measure: f32,
}

impl Default for Reading {
    fn default() -> Self {
        Self { scale: 1.0, measure: 660.0 }
    }
}

impl Reading {
    /// As the settings say; a character of the reading face is about half as wide as it is high.
    pub fn of(settings: &Settings) -> Self {
        let standard = Self::default();
        let scale = f32::from(settings.text_size.clamp(9, 48)) / 18.0;
        Self { scale, measure: standard.measure * f32::from(settings.measure.clamp(30, 140)) / 70.0 }
    }
}

/// Draws the open article; answers what has been on screen.
pub fn review_ui(ui: &mut Ui, scene: &Scene<'_>, reading: Reading, state: &mut PageState, out: &mut Vec<Command>) -> Option<Span> {
    let Some(article) = scene.state.open_article() else {
        match opening(scene.state) {
            Some(path) => welcome::opening_ui(ui, scene, path),
            None => welcome::welcome_ui(ui, scene, out),
        }
        return None;
    };
    omitted_ui(ui, scene, out);
    undated_ui(ui, scene, article, out);
    let open = &scene.state.page;
    let find = &scene.state.find;
    // Matches are marked while they are being looked for or stepped through, and in nobody's way afterwards.
    let is_at_match = open.selection.is_some_and(|selection| find.matches.binary_search(&selection).is_ok());
    let shows_hits = scene.state.stage.dialog == Some(Dialog::Find) || is_at_match;
    let caret = open.caret.map(|caret| if caret.head < caret.anchor { caret.head.start } else { caret.head.end } as usize);
    let page = Page {
        article,
        scheme: scene.state.session().scheme(),
        focus: open.focus,
        selection: open.selection,
        caret,
        hits: if shows_hits { &find.matches } else { &[] },
        current_hit: find.at.filter(|_| shows_hits).and_then(|at| find.matches.get(at)).copied(),
        shows_rejected: open.shows_rejected,
        scale: reading.scale,
        measure: reading.measure,
    };
    let response = page_ui(ui, &page, state);
    response.response.context_menu(|ui| menus::page_menu_ui(ui, scene, out));
    offer_ui(ui, scene, state, out);
    let mut saw = None;
    for action in response.actions {
        match action {
            PageAction::Focus(id) => out.push(Command::Go(Go::ToMention(id))),
            PageAction::Select(span) => out.push(Command::Go(Go::Select(span))),
            PageAction::Place(offset) if open.caret.is_some() => out.push(Command::Go(Go::PlaceCaret(offset))),
            PageAction::Place(_) => out.push(Command::Go(Go::Select(None))),
            PageAction::Saw(span) => saw = Some(span),
        }
    }
    saw
}

/// A word over an article that much was left out of, and the way to bring it back.
fn omitted_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    if let Some(told) = told_of_omitted(scene.state) {
        strip_ui(ui, scene, "omitted", &told, ("Bring it back", Command::Renew(Renew::KeepWhole)), out);
    }
}

/// A word over an article with dates that count from a day which nobody knows.
fn undated_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, out: &mut Vec<Command>) {
    let told = match undated(article) {
        0 => return,
        1 => "The day of publication is not known, so one date has no day".to_owned(),
        n => format!("The day of publication is not known, so {n} dates have no day"),
    };
    strip_ui(ui, scene, "undated", &told, ("Set it", Command::Screen(Screen::Open(Dialog::Day))), out);
}

/// A line over the page, and what can be done about what it tells.
fn strip_ui(ui: &mut Ui, scene: &Scene<'_>, id: &'static str, told: &str, (words, command): (&str, Command), out: &mut Vec<Command>) {
    let frame = Frame::new().fill(scene.tokens.panel).inner_margin(Margin::symmetric(14, 6));
    egui::Panel::top(id).frame(frame).resizable(false).show_separator_line(true).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(soft(told, &scene.tokens));
            let button = egui::Button::new(words).shortcut_text(egui::RichText::new(scene.key(&command)));
            if ui.add(button).on_hover_text(scene.tooltip(&command)).clicked() {
                out.push(command);
            }
        });
    });
}

/// Labels beside a selection that the pointer made: a click adds.
fn offer_ui(ui: &Ui, scene: &Scene<'_>, state: &PageState, out: &mut Vec<Command>) {
    let Some((span, at)) = state.offer else { return };
    if scene.state.page.selection != Some(span)
        || state.is_dragging()
        || egui::Popup::is_any_open(ui.ctx())
        || scene.state.stage.dialog.is_some_and(Dialog::is_modal)
    {
        return;
    }
    let page = ui.max_rect();
    let size = vec2(500.0, 150.0);
    let below = at.bottom() + 8.0 + size.y < page.bottom();
    let corner = if below { at.left_bottom() + vec2(0.0, 8.0) } else { at.left_top() - vec2(0.0, 26.0) };
    let pivot = if below { Align2::LEFT_TOP } else { Align2::LEFT_BOTTOM };
    let x = corner.x.clamp(page.left() + 8.0, (page.right() - size.x - 8.0).max(page.left() + 8.0));
    let area = Area::new(Id::unique("offer")).order(Order::Foreground).pivot(pivot).fixed_pos(egui::pos2(x, corner.y));
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.set_max_width(size.x);
            ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
            let defs: Vec<_> = scene.state.session().scheme().in_use().collect();
            for row in defs.chunks(4) {
                ui.horizontal(|ui| {
                    for def in row {
                        let tag = scene.tags.get(&def.name);
                        let name = short(def.name.as_str());
                        let response = label_chip_ui(ui, &name, def.key, tag, false, 119.0, &scene.tokens).on_hover_text(&def.guideline);
                        if response.clicked() {
                            out.push(Command::Decide(Decide::Label(def.name.clone(), Scope::Mention)));
                        }
                    }
                });
            }
        });
    });
}

/// Names too long for a small chip lose their underscores' second half.
fn short(name: &str) -> String {
    name.split('_').next().unwrap_or(name).to_owned()
}

/// Keys that scroll the page and move the caret by line; they change nothing and are no commands.
pub fn scroll_keys(ui: &Ui, scene: &Scene<'_>, state: &mut PageState, reading: Reading, page: Rect, out: &mut Vec<Command>) {
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
    if (up || down) && scene.state.page.caret.is_some() {
        let caret = scene.state.page.caret.map(|caret| caret.head.start as usize).unwrap_or_default();
        let article = scene.state.open_article();
        if let Some(offset) = article.and_then(|article| state.line_beside(article, caret, up, ui.ctx())) {
            out.push(Command::Go(Go::PlaceCaret(offset)));
        }
    } else if up || down {
        state.scroll_by(if up { -1.0 } else { 1.0 } * 60.0 * reading.scale);
    }
    for (key, pages) in [(Key::PageUp, -0.85), (Key::PageDown, 0.85), (Key::Home, f32::NEG_INFINITY), (Key::End, f32::INFINITY)] {
        if pressed(key) {
            state.scroll_by(if pages.is_finite() { pages * page.height() } else { pages });
        }
    }
}
