//! The labels: added, renamed, recoloured, given another key, switched on and off, retired; taken from a file and
//! written to one.

use eframe::egui::{self, Color32, ComboBox, Grid, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::super::fonts;
use super::super::scene::Scene;
use super::super::theme::{parse_hex, to_hex};
use super::super::widgets::{button_ui, field_ui, main_button_ui, soft};
use super::{DialogState, paths, title_ui};
use crate::annotation::{Label, LabelDef, Scheme, Standing};
use crate::workbench::Command;

#[derive(Default)]
pub struct Draft {
    scheme: Option<Scheme>,
    /// The label that is open for its guideline.
    row: usize,
    /// A label about to be retired, and what its mentions become.
    retiring: Option<(Label, Option<Label>)>,
    file: String,
}

impl Draft {
    pub fn of(scene: &Scene<'_>) -> Self {
        Self { scheme: Some((**scene.state.session().scheme()).clone()), ..Self::default() }
    }
}

pub fn scheme_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut DialogState, out: &mut Vec<Command>) {
    let screen = ui.ctx().content_rect();
    ui.set_width((screen.width() - 80.0).min(720.0));
    let Draft { scheme, row, retiring, file } = &mut state.scheme;
    let Some(scheme) = scheme else { return };
    title_ui(ui, "Labels");
    if retiring.is_some() {
        retire_ui(ui, scene, scheme, retiring, out);
        return;
    }
    ScrollArea::vertical().max_height(screen.height() - 400.0).auto_shrink([false, true]).show(ui, |ui| {
        Grid::new("labels").num_columns(6).spacing(vec2(8.0, 5.0)).show(ui, |ui| {
            for i in 0..scheme.labels.len() {
                if scheme.labels[i].standing != Standing::Retired {
                    label_ui(ui, scene, scheme, i, row, retiring);
                    ui.end_row();
                }
            }
        });
    });
    if ui.button("Add a label").clicked() {
        scheme.labels.push(new_label(scheme));
        *row = scheme.labels.len() - 1;
    }
    ui.add_space(4.0);
    if let Some(def) = scheme.labels.get_mut(*row) {
        ui.label(RichText::new(format!("Guideline of {}", def.name)).font(fonts::sans_medium(12.0)).color(scene.tokens.soft));
        ui.add(TextEdit::singleline(&mut def.guideline).desired_width(f32::INFINITY)).accessible_name("Guideline in one line");
        ui.add(TextEdit::multiline(&mut def.details).desired_rows(2).desired_width(f32::INFINITY)).accessible_name("Longer guideline");
    }
    let faults = scheme.faults();
    for fault in faults.iter().take(3) {
        ui.label(RichText::new(fault.to_string()).color(scene.tokens.accent));
    }
    ui.add_space(2.0);
    file_ui(ui, scene, file, out);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        if main_button_ui(ui, "Keep", faults.is_empty(), &scene.tokens).clicked() {
            out.push(Command::Close);
            out.push(Command::SetScheme(scheme.clone()));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Close);
        }
        ui.label(soft("B I K M Q S U V X Z belong to commands; a renamed label takes its mentions along", &scene.tokens));
    });
}

fn label_ui(ui: &mut Ui, scene: &Scene<'_>, scheme: &mut Scheme, i: usize, row: &mut usize, retiring: &mut Option<(Label, Option<Label>)>) {
    let def = &mut scheme.labels[i];
    let mut name = def.name.to_string();
    let response = ui.add_sized([150.0, 24.0], TextEdit::singleline(&mut name).font(fonts::sans_medium(13.0))).accessible_name("Name");
    if response.changed() {
        def.name = Label::new(&name);
    }
    let mut is_chosen = response.has_focus();
    let mut key = def.key.map(String::from).unwrap_or_default();
    let response = ui.add_sized([34.0, 24.0], TextEdit::singleline(&mut key).char_limit(2)).accessible_name(format!("Key of {name}"));
    is_chosen |= response.has_focus();
    if response.changed() {
        def.key = key.chars().last().map(|c| c.to_ascii_uppercase());
    }
    let colour = parse_hex(&def.colour).unwrap_or(Color32::GRAY);
    let mut channels = [colour.r(), colour.g(), colour.b()];
    let response = ui.color_edit_button_srgb(&mut channels).accessible_name(format!("Colour of {name}"));
    if response.changed() {
        def.colour = to_hex(Color32::from_rgb(channels[0], channels[1], channels[2]));
    }
    let tag = scene.tokens.tag(&def.colour);
    ui.label(RichText::new(" Sample ").font(fonts::serif(15.0)).background_color(tag.tint).color(scene.tokens.ink));
    let mut is_on = def.standing == Standing::On;
    if ui.checkbox(&mut is_on, "in use").changed() {
        def.standing = if is_on { Standing::On } else { Standing::Off };
    }
    ui.horizontal(|ui| {
        ui.checkbox(&mut def.nests, "nests").on_hover_text("Its mentions may lie inside or around others");
        let is_known = scene.state.session().scheme().get(&def.name).is_some();
        if ui.add_enabled(is_known, egui::Button::new("Retire…")).clicked() {
            *retiring = Some((def.name.clone(), None));
        }
    });
    if is_chosen {
        *row = i;
    }
}

/// What becomes of the mentions of a label that is no longer offered.
fn retire_ui(ui: &mut Ui, scene: &Scene<'_>, scheme: &Scheme, retiring: &mut Option<(Label, Option<Label>)>, out: &mut Vec<Command>) {
    let Some((label, other)) = retiring else { return };
    let articles = scene.state.session().articles();
    let n: usize = articles.iter().map(|article| article.living().filter(|mention| mention.label == *label).count()).sum();
    ui.label(format!("{label} is no longer offered. What becomes of its {n} mentions?"));
    ui.radio_value(other, None, "They are rejected");
    ui.horizontal(|ui| {
        let first = scheme.in_use().find(|def| def.name != *label).map(|def| def.name.clone());
        if ui.radio(other.is_some(), "They become").clicked() {
            *other = first;
        }
        let shown = other.as_ref().map(Label::to_string).unwrap_or_default();
        let combo = ComboBox::from_id_salt("other label").selected_text(shown).show_ui(ui, |ui| {
            for def in scheme.in_use().filter(|def| def.name != *label) {
                ui.selectable_value(other, Some(def.name.clone()), def.name.as_str());
            }
        });
        combo.response.accessible_name("Label that they become");
    });
    ui.add_space(4.0);
    let command = Command::RetireLabel(label.clone(), other.clone());
    ui.horizontal(|ui| {
        if main_button_ui(ui, "Retire", true, &scene.tokens).clicked() {
            out.push(Command::Close);
            out.push(command);
        }
        if button_ui(ui, "Back").clicked() {
            *retiring = None;
        }
        ui.label(soft("One undo takes it back. Other changes to the labels are not kept by this", &scene.tokens));
    });
}

fn file_ui(ui: &mut Ui, scene: &Scene<'_>, file: &mut String, out: &mut Vec<Command>) {
    field_ui(ui, "Scheme file (RON)", file, "/home/you/scheme.ron", &scene.tokens);
    let typed = file.trim().to_owned();
    ui.add_enabled_ui(!typed.is_empty(), |ui| {
        ui.horizontal(|ui| {
            if ui.button("Import").on_hover_text("Take the labels of this file over").clicked() {
                out.push(Command::Close);
                out.push(Command::ImportScheme(paths::home(&typed)));
            }
            if ui.button("Export").on_hover_text("Write the labels of the session to this file").clicked() {
                out.push(Command::ExportScheme(paths::home(&typed)));
            }
        });
    });
}

fn new_label(scheme: &Scheme) -> LabelDef {
    let mut n = 1;
    while scheme.by_name(&format!("LABEL_{n}")).is_some() {
        n += 1;
    }
    LabelDef {
        name: Label::new(&format!("LABEL_{n}")),
        key: None,
        colour: "#515D6B".to_owned(),
        guideline: String::new(),
        details: String::new(),
        conll: None,
        nests: false,
        standing: Standing::On,
    }
}
