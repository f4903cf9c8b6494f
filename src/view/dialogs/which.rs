//! Which articles are wanted: the filter as it is typed, everything that it may ask for with counts, the order, and the filters that
//! were kept under a name.

use eframe::egui::{self, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::super::letters::{self, Lines};
use super::super::narrowing::{self, AskedField};
use super::super::scene::{Scene, count, grouped};
use super::super::widgets::{button_ui, buttons_ui, checkbox_ui, heading_ui, is_pressed, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::workbench::{Articles, Command, Screen};

#[derive(Default)]
pub struct Draft {
    asked: AskedField,
}

pub fn which_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    width_ui(ui, 820.0);
    title_ui(ui, "Which articles");
    query_ui(ui, scene, state, draft, out);
    let wanted = &scene.state.wanted;
    let (left, all) = (scene.state.articles.passing(), scene.state.session().articles().len());
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("{} of {}", grouped(left), count(all, "article"))).strong());
        narrowing::order_ui(ui, scene, 230.0, out);
    });
    facets_ui(ui, scene, out);
    kept_ui(ui, scene, state, out);
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Done", true) {
            out.push(Command::Screen(Screen::Close));
        }
        if !wanted.typed().is_empty() && button_ui(ui, "Every article").clicked() {
            out.push(Command::Articles(Articles::All));
        }
    });
    ui.label(soft(
        "Several of one kind: any of them. Different kinds: all of them. A minus before a term leaves such articles out; entity: and note: look for words. Names, Overview, Find and Export go by the filter; a decision everywhere still reaches the whole session.",
        &scene.tokens,
    ));
}

fn query_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    let text = draft.asked.follow(scene);
    let hint = RichText::new("for instance state:begun label:ORG outlet:\"Harbour Courier\" day:2026-10..2026-11-15 -tag:wire budget");
    let mut letters = letters::field(None, Lines::One);
    let edit = TextEdit::singleline(text).layouter(&mut letters).hint_text(hint.color(scene.tokens.soft));
    let response = ui.add(edit.desired_width(f32::INFINITY).margin(vec2(9.0, 6.0))).accessible_name("Filter of the articles");
    if state.is_new {
        response.request_focus();
    }
    draft.asked.tell(out);
    narrowing::faults_ui(ui, scene);
}

/// Everything that may be asked for, to be ticked.
fn facets_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let height = (ui.ctx().content_rect().height() - 470.0).clamp(120.0, 300.0);
    let columns = ((ui.available_width() / 190.0).floor() as usize).max(1);
    ScrollArea::vertical().id_salt("facets").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for groups in scene.state.facets.groups.chunks(columns) {
            ui.columns(columns, |columns| {
                for (ui, (name, facets)) in columns.iter_mut().zip(groups) {
                    ui.push_id(*name, |ui| {
                        ui.spacing_mut().item_spacing.y = 2.0;
                        heading_ui(ui, name, &scene.tokens);
                        for facet in facets {
                            let mut is_ticked = facet.is_wanted;
                            let words = format!("{}  {}", facet.words, grouped(facet.count));
                            if checkbox_ui(ui, &mut is_ticked, words).changed() {
                                out.push(Command::Articles(Articles::Toggle(facet.what.clone())));
                            }
                        }
                    });
                }
            });
            ui.add_space(6.0);
        }
    });
}

/// Filters under names, and the way to keep this one.
fn kept_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    let filters = &scene.state.settings().filters;
    heading_ui(ui, "Kept filters", &scene.tokens);
    let height = 26.0 * filters.len().min(4) as f32;
    ScrollArea::vertical().id_salt("kept").max_height(height.max(1.0)).auto_shrink([false, true]).show(ui, |ui| {
        for (name, typed) in filters {
            ui.horizontal(|ui| {
                let mut act = |ui: &mut Ui, words: &str, told: String, command: Articles| {
                    let button = ui.add(egui::Button::new(words)).accessible_name(told);
                    if is_pressed(&button) {
                        out.push(Command::Articles(command));
                    }
                };
                act(ui, name, format!("Use the filter {name}"), Articles::Filter(typed.clone()));
                act(ui, "Forget", format!("Forget the filter {name}"), Articles::Forget(name.clone()));
                let other = state.text.trim();
                if !other.is_empty() && !filters.contains_key(other) {
                    act(ui, &format!("Call it {other}"), format!("Call {name} {other}"), Articles::Rename(name.clone(), other.to_owned()));
                }
                ui.label(soft(typed, &scene.tokens));
            });
        }
    });
    let can_keep = !scene.state.wanted.filter().is_empty() && !state.text.trim().is_empty();
    ui.horizontal(|ui| {
        let hint = RichText::new("for instance still to read").color(scene.tokens.faint).italics();
        let mut letters = letters::field(None, Lines::One);
        let edit = TextEdit::singleline(&mut state.text).layouter(&mut letters).hint_text(hint).desired_width(240.0);
        ui.add(edit.margin(vec2(8.0, 6.0))).accessible_name("Name of this filter");
        let keep = ui.add_enabled(can_keep, egui::Button::new("Keep this filter"));
        if is_pressed(&keep) {
            out.push(Command::Articles(Articles::Keep(state.text.clone())));
            state.text.clear();
        }
    });
}
