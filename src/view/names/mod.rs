//! The Names view: the table of names on the left; on the right what one decision on the name in focus would reach.
//!
//! The decision keys of the page act on the row in focus, `/` goes to the filter, `F6` to the places and back.

mod table;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, RichText, Ui};

use super::concordance::{self, ListState, Place, Purpose};
use super::filter::FilterField;
use super::narrowing;
use super::panes::{pane_ui, side_pane_ui};
use super::scene::{Scene, count, grouped};
use super::sides::{Sides, panel_id};
use super::widgets;
use crate::annotation::{Scope, Score};
use crate::decide::names::{NameFilter, NameOrder};
use crate::workbench::{Command, Decide, Dialog, Names, Pane, Queue, Screen};

/// What the view keeps between frames.
#[derive(Default)]
pub struct NamesState {
    places: ListState,
    table: table::TableState,
    filter: FilterField,
}

pub fn names_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut NamesState, out: &mut Vec<Command>) {
    let width = ui.available_width();
    let side = Frame::new().fill(scene.tokens.panel).inner_margin(Margin { left: 18, right: 16, top: 16, bottom: 10 });
    let share = if width < 1100.0 { 0.42 } else { 0.39 };
    let places = Panel::right(panel_id(ui, "places")).default_size((width * share).min(900.0)).size_range(320.0..=width * 0.6).frame(side);
    let sides = Sides::of(ui, scene);
    match sides {
        Sides::Both => drop(places.show(ui, |ui| places_ui(ui, scene, state, out))),
        Sides::Side => {
            CentralPanel::default().frame(side).show(ui, |ui| places_ui(ui, scene, state, out));
            return;
        }
        Sides::List => {}
    }
    CentralPanel::default()
        .frame(Frame::new().fill(scene.tokens.page).inner_margin(Margin { left: 18, right: 18, top: 12, bottom: 4 }))
        .show(ui, |ui| {
            let queue = &scene.state.queue;
            if scene.state.names().is_none() {
                return concordance::empty_ui(ui, scene, "Gathering the names of the session…");
            }
            narrowing::over_ui(ui, scene, "Names that occur in these; a decision still reaches the whole session.", out);
            bar_ui(ui, scene, state, out);
            ui.add_space(6.0);
            if queue.totals.names == 0 {
                return concordance::empty_ui(ui, scene, "No names yet. Ctrl O opens articles; their names are gathered here.");
            }
            if queue.rows.is_empty() {
                return concordance::empty_ui(ui, scene, nothing_words(queue));
            }
            pane_ui(ui, scene, Pane::Page, ui.max_rect(), "Names", out);
            table::table_ui(ui, scene, queue, &mut state.table, out);
        });
}

fn nothing_words(queue: &Queue) -> &'static str {
    match (&queue.filter, queue.filter.text.is_empty()) {
        (filter, true) if filter.is_open && filter.label.is_none() => "Every name is settled.",
        _ => "No name passes the filter.",
    }
}

/// Filter, chips, order.
fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut NamesState, out: &mut Vec<Command>) {
    let queue = &scene.state.queue;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 7.0;
        let width = if ui.available_width() < 800.0 { 130.0 } else { 200.0 };
        state.filter.ui(ui, scene, "Filter names", width, out);
        if state.filter.text != queue.filter.text {
            out.push(Command::Names(Names::Filter(NameFilter { text: state.filter.text.clone(), ..queue.filter.clone() })));
        }
        let totals = queue.totals;
        let counted = [("Open", totals.open), ("Conflicts", totals.conflicting), ("Settled", totals.settled), ("All", totals.all)];
        for (i, ((name, n), filter)) in counted.into_iter().zip(table::filters(&queue.filter)).enumerate() {
            let is_current = queue.filter == filter;
            let response = widgets::chip_ui(ui, &format!("{name} {}", grouped(n)), is_current, &scene.tokens);
            if response.on_hover_text(format!("Key {}", i + 1)).clicked() && !is_current {
                out.push(Command::Names(Names::Filter(filter)));
            }
        }
        things_ui(ui, scene, out);
        label_menu_ui(ui, scene, out);
        more_menu_ui(ui, scene, out);
        order_menu_ui(ui, scene, out);
        Sides::switch_ui(ui, scene, "the places", out);
    });
}

/// The switch between names and things.
fn things_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let shows_things = scene.state.queue.shows_things;
    let tooltip = scene.tooltip(&Command::Names(Names::ToggleThings));
    ui.spacing_mut().item_spacing.x = 2.0;
    for (words, is_current) in [("Names", !shows_things), ("Things", shows_things)] {
        if widgets::chip_ui(ui, words, is_current, &scene.tokens).on_hover_text(&tooltip).clicked() && !is_current {
            out.push(Command::Names(Names::ToggleThings));
        }
    }
    ui.spacing_mut().item_spacing.x = 7.0;
}

/// Filters by state and score.
fn more_menu_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let filter = &scene.state.queue.filter;
    let state = match filter {
        filter if filter.is_proposed => "proposed",
        filter if filter.has_confirmed => "with confirmed",
        filter if filter.has_rejected => "with rejected",
        _ => "any state",
    };
    let score = filter.score_at_most.map(|score| format!(", score at most {score}")).unwrap_or_default();
    let menu = ui.menu_button(widgets::soft(format!("{state}{score} ↓"), &scene.tokens), |ui| {
        let bare = NameFilter { is_proposed: false, has_confirmed: false, has_rejected: false, ..filter.clone() };
        for (words, filter) in [
            ("any state", bare.clone()),
            ("with confirmed mentions", NameFilter { has_confirmed: true, ..bare.clone() }),
            ("with rejected mentions", NameFilter { has_rejected: true, ..bare.clone() }),
            ("proposed as one thing", NameFilter { is_proposed: true, ..bare.clone() }),
        ] {
            if ui.button(words).clicked() {
                out.push(Command::Names(Names::Filter(filter)));
                ui.close();
            }
        }
        ui.separator();
        for limit in [None, Some(900), Some(700), Some(500)] {
            let words = limit.map_or("any score".to_owned(), |n| format!("mean score at most {}", Score::from_thousandths(n)));
            if ui.button(words).clicked() {
                out.push(Command::Names(Names::Filter(NameFilter { score_at_most: limit.map(Score::from_thousandths), ..filter.clone() })));
                ui.close();
            }
        }
    });
    menu.response.on_hover_text("Only names in this state, or with this score");
}

fn label_menu_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let filter = &scene.state.queue.filter;
    let shown = filter.label.as_ref().map_or("any label".to_owned(), ToString::to_string);
    let text = widgets::soft(format!("{shown} ↓"), &scene.tokens);
    let menu = ui.menu_button(text, |ui| {
        if ui.button("any label").clicked() {
            out.push(Command::Names(Names::Filter(NameFilter { label: None, ..filter.clone() })));
            ui.close();
        }
        for def in scene.state.session().scheme().in_use() {
            if ui.button(RichText::new(def.name.as_str()).color(scene.tags.get(&def.name).line)).clicked() {
                out.push(Command::Names(Names::Filter(NameFilter { label: Some(def.name.clone()), ..filter.clone() })));
                ui.close();
            }
        }
    });
    menu.response.on_hover_text("Only names with this label");
}

const ORDERS: [(NameOrder, &str); 9] = [
    (NameOrder::Settles, "most settled first"),
    (NameOrder::ExpectedWrong, "likely wrong first"),
    (NameOrder::Conflict, "conflicts first"),
    (NameOrder::Mentions, "most mentions first"),
    (NameOrder::Articles, "most articles first"),
    (NameOrder::State, "most suggested first"),
    (NameOrder::Score, "lowest score first"),
    (NameOrder::Label, "by label"),
    (NameOrder::Name, "by name"),
];

fn order_menu_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let order = scene.state.queue.order;
    let shown = ORDERS.iter().find(|(other, _)| *other == order).map_or("", |(_, words)| words);
    let turned = if scene.state.queue.is_reversed { ", turned round" } else { "" };
    ui.menu_button(widgets::soft(format!("{shown}{turned} ↓"), &scene.tokens), |ui| {
        for (order, words) in ORDERS {
            if ui.button(words).clicked() {
                out.push(Command::Names(Names::Sort(order)));
                ui.close();
            }
        }
        ui.separator();
        if ui.button("turned round").clicked() {
            out.push(Command::Names(Names::Reverse));
            ui.close();
        }
    })
    .response
    .on_hover_text("The order of the names");
}

/// What one decision on the name in focus reaches.
fn places_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut NamesState, out: &mut Vec<Command>) {
    let queue = &scene.state.queue;
    let rect = ui.max_rect();
    let pressed = ui.input(|input| input.pointer.primary_pressed().then(|| input.pointer.interact_pos()).flatten());
    let has_keys = scene.state.stage.pane == Pane::Inspector && !scene.state.stage.dialog.is_some_and(Dialog::is_modal);
    if pressed.is_some_and(|at| rect.contains(at)) && !has_keys && scene.state.stage.dialog.is_none() {
        out.push(Command::Screen(Screen::Pane(Pane::Inspector)));
    }
    let gets_keys = side_pane_ui(ui, scene, "Places");
    Sides::switch_ui(ui, scene, "back to the names", out);
    let Some(concordance) = &scene.state.queue.preview else {
        let words = queue.refusal.as_deref().unwrap_or("Choose a name: its places stand here.");
        return concordance::empty_ui(ui, scene, words);
    };
    if gets_keys {
        state.places.take_keys();
    }
    let height = (ui.available_height() - 330.0).max(120.0);
    concordance::concordance_ui(
        ui,
        scene,
        concordance,
        &mut state.places,
        Place { height, has_keys, is_dialog: false, purpose: Purpose::Decision },
        out,
    );
    ui.add_space(10.0);
    keep_ui(ui, scene, concordance.label().map(ToString::to_string), out);
    ui.add_space(10.0);
    keys_ui(ui, scene, out);
}

/// The tick that makes a standing rule of the decision.
fn keep_ui(ui: &mut Ui, scene: &Scene<'_>, label: Option<String>, out: &mut Vec<Command>) {
    let queue = &scene.state.queue;
    let Some(row) = queue.row().map(|row| &queue.rows[row]).filter(|_| queue.may_be_kept()) else { return };
    widgets::heading_ui(ui, "Keep as a rule", &scene.tokens);
    let verdict = label.map_or("never a name".to_owned(), |label| format!("always {label}"));
    let words = widgets::soft(format!("{}: {verdict}, also in articles added later", row.name), &scene.tokens);
    let (mut keeps, keep) = (queue.keeps_rule, Command::Names(Names::ToggleKeepRule));
    ui.horizontal_wrapped(|ui| {
        let ticked = widgets::checkbox_ui(ui, &mut keeps, words).on_hover_text(scene.tooltip(&keep)).changed();
        widgets::keycap_ui(ui, &scene.key(&keep), &scene.tokens);
        if ticked {
            out.push(keep);
        }
    });
}

fn keys_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        for (command, words) in [
            (Command::Decide(Decide::Reject(Scope::Mention)), "reject"),
            (Command::Decide(Decide::AcceptRest), "open the article"),
            (Command::Screen(Screen::Open(Dialog::Link)), "join with…"),
            (Command::Screen(Screen::Open(Dialog::Card)), "card"),
            (Command::Screen(Screen::NextPane), "places and back"),
        ] {
            if widgets::keycap_button_ui(ui, &scene.key(&command), words, &scene.tokens).clicked() {
                out.push(command);
            }
        }
    });
    ui.label(widgets::soft(
        format!("A label’s letter retypes. {} to settle.", count(scene.state.queue.totals.mentions, "mention")),
        &scene.tokens,
    ));
}
