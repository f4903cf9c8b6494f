//! The Rules view: standing decisions, rules and lists on the left; on the right the one in focus with its mentions, or
//! the form in which one of the analyst's own is written.
//!
//! `Space` switches the row in focus on or off, `Enter` edits it, `X` removes it, `/` goes to the filter, `F6` to the
//! right side and back.

mod detail;
mod form;
mod table;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use super::concordance::empty_ui;
use super::filter::FilterField;
use super::panes::{pane_ui, side_pane_ui};
use super::scene::{Scene, grouped};
use super::sides::{Sides, panel_id};
use super::widgets::{self, chip_ui};
use crate::workbench::{Command, Dialog, Pane, RuleFilter, RuleOrder, Rules, Screen};

/// What the view keeps between frames.
#[derive(Default)]
pub struct RulesState {
    table: table::TableState,
    form: form::FormState,
    filter: FilterField,
}

pub fn rules_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut RulesState, out: &mut Vec<Command>) {
    let width = ui.available_width();
    let sides = Sides::of(ui, scene);
    let side = Frame::new().fill(scene.tokens.panel).inner_margin(Margin { left: 18, right: 16, top: 16, bottom: 10 });
    if sides == Sides::Side {
        CentralPanel::default().frame(side).show(ui, |ui| side_ui(ui, scene, state, out));
        return;
    }
    let right = Panel::right(panel_id(ui, "rule")).default_size((width * 0.38).min(600.0)).size_range(320.0..=width * 0.6).frame(side);
    if sides == Sides::Both {
        right.show(ui, |ui| side_ui(ui, scene, state, out));
    }
    CentralPanel::default()
        .frame(Frame::new().fill(scene.tokens.page).inner_margin(Margin { left: 18, right: 18, top: 12, bottom: 4 }))
        .show(ui, |ui| {
            bar_ui(ui, scene, state, out);
            ui.add_space(6.0);
            if scene.state.rulebook.rows.is_empty() {
                return empty_ui(ui, scene, nothing_words(scene));
            }
            pane_ui(ui, scene, Pane::Page, ui.max_rect(), "Rules", out);
            table::table_ui(ui, scene, &mut state.table, out);
        });
}

fn nothing_words(scene: &Scene<'_>) -> &'static str {
    let book = &scene.state.rulebook;
    match book.filter {
        _ if !book.text.is_empty() => "No rule or list passes the filter.",
        RuleFilter::Standing => "No standing decisions yet. In the Names view, “Keep as a rule” makes one.",
        RuleFilter::Own => "No rules or lists of your own yet. Ctrl M writes one.",
        RuleFilter::Learned => "Nothing was learnt yet. What is settled in articles marked done teaches the tagger.",
        RuleFilter::Off => "Nothing is switched off.",
        _ => "There are no rules.",
    }
}

/// Filter, chips, order, a new rule.
fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut RulesState, out: &mut Vec<Command>) {
    let book = &scene.state.rulebook;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 7.0;
        let width = if ui.available_width() < 800.0 { 130.0 } else { 180.0 };
        let response = state.filter.ui(ui, scene, "Filter rules", width, out);
        if response.changed() {
            out.push(Command::Rules(Rules::Filter(state.filter.text.clone(), book.filter)));
        } else if !response.has_focus() {
            state.filter.text.clone_from(&book.text);
        }
        for (filter, n) in RuleFilter::ALL.into_iter().zip(book.totals) {
            let is_current = book.filter == filter;
            let words = if n > 0 { format!("{} {}", filter.name(), grouped(n)) } else { filter.name().to_owned() };
            if chip_ui(ui, &words, is_current, &scene.tokens).clicked() && !is_current {
                out.push(Command::Rules(Rules::Filter(state.filter.text.clone(), filter)));
            }
        }
        order_menu_ui(ui, scene, out);
        let new = Command::Rules(Rules::New);
        if widgets::keycap_button_ui(ui, &scene.key(&new), "new rule", &scene.tokens).on_hover_text(scene.tooltip(&new)).clicked() {
            out.push(new);
        }
        Sides::switch_ui(ui, scene, "the rule", out);
    });
}

const ORDERS: [(RuleOrder, &str); 5] = [
    (RuleOrder::Kind, "yours first"),
    (RuleOrder::Hits, "most hits first"),
    (RuleOrder::Rejected, "most rejected first"),
    (RuleOrder::Precision, "least precise first"),
    (RuleOrder::Name, "by name"),
];

fn order_menu_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let order = scene.state.rulebook.order;
    let shown = ORDERS.iter().find(|(other, _)| *other == order).map_or("", |(_, words)| words);
    ui.menu_button(widgets::soft(format!("{shown} ↓"), &scene.tokens), |ui| {
        for (order, words) in ORDERS {
            if ui.button(words).clicked() {
                out.push(Command::Rules(Rules::Sort(order)));
                ui.close();
            }
        }
    })
    .response
    .on_hover_text("The order of the rules");
}

/// The row in focus, or what is being written.
fn side_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut RulesState, out: &mut Vec<Command>) {
    let rect = ui.max_rect();
    let is_side = scene.state.stage.pane == Pane::Inspector && !scene.state.stage.dialog.is_some_and(Dialog::is_modal);
    let pressed = ui.input(|input| input.pointer.primary_pressed().then(|| input.pointer.interact_pos()).flatten());
    if pressed.is_some_and(|at| rect.contains(at)) && !is_side && scene.state.stage.dialog.is_none() {
        out.push(Command::Screen(Screen::Pane(Pane::Inspector)));
    }
    let takes_keys = side_pane_ui(ui, scene, "Rule");
    Sides::switch_ui(ui, scene, "back to the list", out);
    // Where it does not fit, it scrolls.
    if ui.available_height() < LOW {
        ScrollArea::vertical().id_salt("rule side").auto_shrink(false).show(ui, |ui| {
            ui.set_max_height(LOW);
            shown_ui(ui, scene, state, takes_keys, out);
        });
    } else {
        shown_ui(ui, scene, state, takes_keys, out);
    }
}

/// From this height on the right side needs no scrolling.
const LOW: f32 = 620.0;

fn shown_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut RulesState, takes_keys: bool, out: &mut Vec<Command>) {
    if scene.state.rulebook.writing.is_some() {
        return form::form_ui(ui, scene, &mut state.form, out);
    }
    state.form.close();
    match scene.state.rulebook.row() {
        Some(row) => detail::detail_ui(ui, scene, row, takes_keys, out),
        None => empty_ui(ui, scene, "Choose a rule: what it did stands here."),
    }
}
