//! The labels: added, renamed, recoloured, given another key, switched on and off, retired. Nothing holds until it is
//! kept; then all of it is one change, and one undo takes it back.

use std::collections::BTreeMap;

use eframe::egui::{self, Color32, Grid, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::super::fonts;
use super::super::letters::{self, Lines};
use super::super::scene::{Scene, count};
use super::super::theme::{parse_hex, to_hex};
use super::super::widgets::{button_ui, buttons_ui, checkbox_ui, drop_down_ui, is_pressed, outlined_ui, radio_ui, soft};
use super::typed::{LINE_BREAK, Typed, select_all, title_ui, width_ui};
use crate::annotation::{Label, LabelDef, Scheme, SchemeFault, Standing};
use crate::decide::labels::{Fate, SchemeChange};
use crate::workbench::{Arrange, Command, Dialog, Screen};

#[derive(Default)]
pub struct Draft {
    name: String,
    rows: Vec<Row>,
    /// The row that is open for its guideline.
    at: usize,
    /// The row about to be retired, and what its mentions become.
    retiring: Option<(usize, Option<Label>)>,
    /// A row that was just added, whose name wants to be typed.
    fresh: Option<usize>,
}

/// A label as it is being changed.
#[derive(Clone)]
struct Row {
    /// Its name in the session; `None` for a new one.
    old: Option<Label>,
    def: LabelDef,
    /// What the mentions of a label retired here become.
    fate: Option<Label>,
}

impl Draft {
    pub fn of(scene: &Scene<'_>) -> Self {
        let scheme = scene.state.session().scheme();
        let rows = scheme.labels.iter().map(|def| Row { old: Some(def.name.clone()), def: def.clone(), fate: None });
        Self { name: scheme.name.clone(), rows: rows.collect(), ..Self::default() }
    }

    fn scheme(&self) -> Scheme {
        Scheme { name: self.name.clone(), labels: self.rows.iter().map(|row| row.def.clone()).collect() }
    }

    fn change(&self, before: &Scheme) -> SchemeChange {
        let mut fates = BTreeMap::new();
        for row in &self.rows {
            let Some(old) = &row.old else { continue };
            let was_retired = before.get(old).is_some_and(|def| def.standing == Standing::Retired);
            if row.def.standing == Standing::Retired && !was_retired {
                let fate = row.fate.as_ref().map_or(Fate::Rejected, |other| Fate::Becomes(self.name_now(other)));
                fates.insert(old.clone(), fate);
            } else if row.def.name != *old {
                fates.insert(old.clone(), Fate::Becomes(row.def.name.clone()));
            }
        }
        SchemeChange { scheme: self.scheme(), fates }
    }

    /// The name that a label of the session will have.
    fn name_now(&self, label: &Label) -> Label {
        let row = self.rows.iter().find(|row| row.old.as_ref() == Some(label));
        row.map_or_else(|| label.clone(), |row| row.def.name.clone())
    }
}

pub fn scheme_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    let screen = ui.ctx().content_rect();
    width_ui(ui, 760.0);
    if draft.retiring.is_some() {
        return retire_ui(ui, scene, state, draft);
    }
    title_ui(ui, "Labels");
    let scheme = draft.scheme();
    let faults = scheme.faults();
    let height = (screen.height() - 400.0).clamp(120.0, 430.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        Grid::new("labels").num_columns(7).spacing(vec2(8.0, 5.0)).show(ui, |ui| {
            for heading in ["Name", "Key", "Colour", "", "", "", ""] {
                ui.label(soft(heading, &scene.tokens));
            }
            ui.end_row();
            let mut gone = None;
            for i in 0..draft.rows.len() {
                if draft.rows[i].def.standing == Standing::Retired {
                    retired_ui(ui, scene, draft, i);
                } else if row_ui(ui, scene, draft, i, &faults) {
                    gone = Some(i);
                }
                ui.end_row();
            }
            if let Some(i) = gone {
                draft.rows.remove(i);
                draft.at = 0;
            }
        });
    });
    if is_pressed(&ui.button("Add a label")) {
        draft.rows.push(Row { old: None, def: new_label(&scheme), fate: None });
        draft.at = draft.rows.len() - 1;
        draft.fresh = Some(draft.at);
    }
    guideline_ui(ui, scene, draft);
    for fault in faults.iter().take(3) {
        ui.label(RichText::new(fault.to_string()).color(scene.tokens.accent));
    }
    ui.add_space(4.0);
    let before = scene.state.session().scheme();
    let is_same = **before == scheme;
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Keep", faults.is_empty()) {
            out.push(Command::Screen(Screen::Close));
            out.push(Command::Arrange(Arrange::ChangeScheme(Box::new(draft.change(before)))));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        ui.add_enabled_ui(is_same, |ui| {
            for (dialog, words) in [(Dialog::ImportLabels, "Import…"), (Dialog::ExportLabels, "Export…")] {
                let open = Command::Screen(Screen::Open(dialog));
                let response = button_ui(ui, words).on_hover_text(scene.tooltip(&open));
                if response.on_disabled_hover_text("Keep or cancel the changes first").clicked() {
                    out.push(open);
                }
            }
        });
        ui.label(soft("A renamed label takes its mentions along", &scene.tokens));
    });
}

/// A label in use or off; answers whether a new one is to go again.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft, i: usize, faults: &[SchemeFault]) -> bool {
    let Row { old, def, .. } = &mut draft.rows[i];
    let is_new = old.is_none();
    let name_fault = faults.iter().any(|fault| match fault {
        SchemeFault::Twice(label) => *label == def.name,
        SchemeFault::Name(name) => *name == def.name.as_str(),
        _ => false,
    });
    let key_fault = faults.iter().any(|fault| match fault {
        SchemeFault::SharedKey(a, b, _) => *a == def.name || *b == def.name,
        SchemeFault::ReservedKey(label, _) => *label == def.name,
        _ => false,
    });
    let colour = |is_wrong: bool| if is_wrong { scene.tokens.accent } else { scene.tokens.ink };
    let mut name = def.name.to_string();
    let field = TextEdit::singleline(&mut name).font(fonts::sans_medium(13.0)).text_color(colour(name_fault));
    let response = ui.add_sized([170.0, 24.0], field).accessible_name(format!("Name of {}", def.name));
    let mut is_chosen = response.has_focus();
    if draft.fresh == Some(i) {
        draft.fresh = None;
        response.request_focus();
        response.scroll_to_me(None);
        select_all(ui, response.id, &name);
    }
    if response.changed() {
        def.name = Label::new(name.trim());
    }
    let mut key = def.key.map(String::from).unwrap_or_default();
    let field = TextEdit::singleline(&mut key).char_limit(2).align(egui::Align2::CENTER_CENTER).text_color(colour(key_fault));
    let response = ui.add_sized([32.0, 24.0], field).accessible_name(format!("Key of {}", def.name));
    is_chosen |= response.has_focus();
    if response.changed() {
        def.key = key.chars().last().map(|c| c.to_ascii_uppercase());
    }
    let hue = parse_hex(&def.colour).unwrap_or(Color32::GRAY);
    let mut channels = [hue.r(), hue.g(), hue.b()];
    let response = ui.color_edit_button_srgb(&mut channels).accessible_name(format!("Colour of {}", def.name));
    if response.changed() {
        def.colour = to_hex(Color32::from_rgb(channels[0], channels[1], channels[2]));
    }
    let tag = scene.tokens.tag(&def.colour);
    ui.label(RichText::new(" Sample ").font(fonts::serif(15.0)).background_color(tag.tint).color(scene.tokens.ink));
    let mut is_on = def.standing == Standing::On;
    let response = checkbox_ui(ui, &mut is_on, "in use").on_hover_text("Suggested and offered");
    if response.changed() {
        def.standing = if is_on { Standing::On } else { Standing::Off };
    }
    checkbox_ui(ui, &mut def.nests, "nests").on_hover_text("Its mentions may lie inside or around others");
    let verb = if is_new { "Remove" } else { "Retire…" };
    let wants_to_go = is_pressed(&ui.button(verb).accessible_name(format!("{} {}", verb.trim_end_matches('…'), def.name)));
    if wants_to_go && !is_new {
        draft.retiring = Some((i, None));
    }
    if is_chosen {
        draft.at = i;
    }
    wants_to_go && is_new
}

/// A label that is no longer offered.
fn retired_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft, i: usize) {
    let before = scene.state.session().scheme();
    let Row { old, def, fate } = &mut draft.rows[i];
    ui.label(RichText::new(def.name.as_str()).color(scene.tokens.soft).strikethrough());
    ui.label("");
    ui.label("");
    let was_retired = old.as_ref().and_then(|old| before.get(old)).is_some_and(|def| def.standing == Standing::Retired);
    let words = match (was_retired, fate.as_ref()) {
        (true, _) => "retired".to_owned(),
        (false, Some(other)) => format!("becomes {other}"),
        (false, None) => "no longer".to_owned(),
    };
    ui.label(soft(words, &scene.tokens));
    ui.label("");
    ui.label("");
    if is_pressed(&ui.button("Bring back").accessible_name(format!("Bring back {}", def.name))) {
        def.standing = Standing::On;
        def.key = old.as_ref().and_then(|old| before.get(old)).and_then(|def| def.key);
        *fate = None;
    }
}

/// What becomes of the mentions of a label that is no longer offered.
fn retire_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, draft: &mut Draft) {
    let Some((i, mut other)) = draft.retiring.take() else { return };
    let label = draft.rows[i].def.name.clone();
    let old = draft.rows[i].old.clone().unwrap_or_else(|| label.clone());
    let articles = scene.state.session().articles();
    let n: usize = articles.iter().map(|article| article.living().filter(|mention| mention.label == old).count()).sum();
    title_ui(ui, &format!("Retire {label}?"));
    ui.label(match n {
        0 => "It is no longer offered. No mention has it".to_owned(),
        n => format!("It is no longer offered. What becomes of its {}?", count(n, "mention")),
    });
    if n > 0 {
        radio_ui(ui, &mut other, None, "They are rejected; your own are deleted");
        let others: Vec<&Row> = draft.rows.iter().filter(|row| row.old.is_some() && row.def.standing == Standing::On).collect();
        let others: Vec<_> = others.into_iter().filter(|row| row.def.name != label).collect();
        ui.horizontal(|ui| {
            if outlined_ui(ui, |ui| ui.radio(other.is_some(), "They become")).clicked() && other.is_none() {
                other = others.first().and_then(|row| row.old.clone());
            }
            // While none is chosen, there is nothing in the list's place.
            let mut at = others.iter().position(|row| row.old == other).unwrap_or(usize::MAX);
            let choices: Vec<(&str, &str)> = others.iter().map(|row| (row.def.name.as_str(), "")).collect();
            if drop_down_ui(ui, "Label that they become", &mut at, &choices, 180.0, &scene.tokens) {
                other = others.get(at).and_then(|row| row.old.clone());
            }
        });
    }
    ui.add_space(6.0);
    // Back to the labels, not out of them.
    let mut is_asking = !ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Retire", true) {
            is_asking = false;
            let row = &mut draft.rows[i];
            (row.def.standing, row.def.key) = (Standing::Retired, None);
            row.fate.clone_from(&other);
        }
        is_asking &= !button_ui(ui, "Back").clicked();
        ui.label(soft("Holds once the labels are kept; one undo takes it back", &scene.tokens));
    });
    if is_asking {
        draft.retiring = Some((i, other));
    }
}

fn guideline_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft) {
    let Some(Row { def, .. }) = draft.rows.get_mut(draft.at) else { return };
    ui.add_space(4.0);
    ui.label(RichText::new(format!("Guideline of {}", def.name)).font(fonts::sans_medium(12.0)).color(scene.tokens.soft));
    let hint = RichText::new("One line, shown beside the label").color(scene.tokens.faint);
    let mut letters = letters::field(None, Lines::One);
    let line =
        TextEdit::singleline(&mut def.guideline).layouter(&mut letters).desired_width(f32::INFINITY).margin(vec2(8.0, 5.0)).hint_text(hint);
    ui.add(line).accessible_name("Guideline in one line");
    let hint = RichText::new("The longer guideline, shown when the pointer rests on the short one").color(scene.tokens.faint);
    let mut letters = letters::field(None, Lines::Many);
    let details = TextEdit::multiline(&mut def.details).layouter(&mut letters).desired_rows(2).desired_width(f32::INFINITY);
    let details = details.margin(vec2(8.0, 5.0)).return_key(LINE_BREAK);
    ui.add(details.hint_text(hint)).accessible_name("Longer guideline");
    // Nothing else is told against a day.
    if matches!(def.name.as_str(), "DATE" | "TIME") {
        checkbox_ui(ui, &mut def.absolute_only, "Suggest absolute dates only").on_hover_text("No “last year”, no durations, no ages");
    }
}

fn new_label(scheme: &Scheme) -> LabelDef {
    let mut n = 1;
    while scheme.by_name(&format!("LABEL_{n}")).is_some() {
        n += 1;
    }
    // The first letter that no label has; most are taken already.
    let key = ('A'..='Z').find(|key| {
        let mut scheme = scheme.clone();
        let before = scheme.faults().len();
        scheme.labels.push(LabelDef { key: Some(*key), ..LabelDef::plain(Label::new("NEW")) });
        scheme.faults().len() == before
    });
    LabelDef { key, ..LabelDef::plain(Label::new(&format!("LABEL_{n}"))) }
}
