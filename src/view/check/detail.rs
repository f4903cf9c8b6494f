//! The finding in focus: what would be done, place by place, and what it is held against.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use super::super::caps::{caps_ui, command_cap_ui, line_ui};
use super::super::lines::{LINE, context};
use super::super::scene::Scene;
use super::super::widgets::{heading_ui, soft};
use super::super::{fonts, widgets};
use crate::annotation::Scope;
use crate::decide::consistency::{Finding, Place, Step, kind};
use crate::workbench::{Command, Decide, Go, Screen, View};

pub fn detail_ui(ui: &mut Ui, scene: &Scene<'_>, finding: &Finding, out: &mut Vec<Command>) {
    heading_ui(ui, kind(finding.kind).map_or("", |kind| kind.name), &scene.tokens);
    ui.add(Label::new(RichText::new(&finding.name).font(fonts::serif_bold(20.0)).color(scene.tokens.ink)).wrap());
    ui.label(soft(&finding.words, &scene.tokens));
    ui.add_space(6.0);
    caps_ui(ui, |ui| {
        if let Some(remedy) = &finding.remedy {
            command_cap_ui(ui, scene, Command::Decide(Decide::Confirm(Scope::Mention)), remedy, out);
        }
        command_cap_ui(ui, scene, Command::Decide(Decide::Reject(Scope::Mention)), "it is right so", out);
    });
    ui.add_space(8.0);
    let beside_height = if finding.beside.is_empty() { 0.0 } else { 40.0 + LINE * finding.beside.len() as f32 };
    let height = (ui.available_height() - beside_height - 40.0).max(LINE * 2.0);
    heading_ui(ui, if finding.remedy.is_some() { "What would change" } else { "Where" }, &scene.tokens);
    if finding.places.is_empty() {
        ui.label(soft("It stands in no article.", &scene.tokens));
    }
    lines_ui(ui, scene, "places", &finding.places, height, out);
    if !finding.beside.is_empty() {
        ui.add_space(8.0);
        heading_ui(ui, "Beside", &scene.tokens);
        lines_ui(ui, scene, "beside", &finding.beside, beside_height, out);
    }
}

/// Places with their context and what would become of them; a click opens the page there.
fn lines_ui(ui: &mut Ui, scene: &Scene<'_>, id: &str, places: &[Place], height: f32, out: &mut Vec<Command>) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = height.min(LINE * places.len() as f32);
        let area = ScrollArea::vertical().id_salt(id).max_height(height).auto_shrink([false, true]);
        area.show_rows(ui, LINE, places.len(), |ui, range| {
            for place in &places[range] {
                let Some(article) = scene.state.session().article(&place.article) else { continue };
                let [before, name, after] = context(article, place.span);
                let told = [change(scene, place), widgets::flat(article.title())];
                let told: Vec<&str> = told.iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
                if line_ui(ui, scene, [&before, &name, &after], &told.join(" · ")) {
                    out.push(Command::Screen(Screen::Show(View::Review)));
                    out.push(Command::Go(Go::At(place.article.clone(), place.span)));
                }
            }
        });
    });
}

/// `GPE → ORG`; what is there where nothing would be done.
fn change(scene: &Scene<'_>, place: &Place) -> String {
    let label = place.label.as_ref().map_or("untagged", |label| label.as_str());
    let after = match &place.step {
        None => return label.to_owned(),
        Some(Step::Retype(label) | Step::Add(label)) => label.to_string(),
        Some(Step::Move(span)) => {
            let article = scene.state.session().article(&place.article);
            return format!("→ {}", article.map(|article| widgets::flat(article.quote(*span))).unwrap_or_default());
        }
        Some(Step::Link(entity)) => scene.state.session().entity(entity).map_or(entity.to_string(), |entity| entity.name.clone()),
        Some(Step::Reject) => "no mention".to_owned(),
        Some(Step::Value(value)) => value.as_deref().unwrap_or("no value").to_owned(),
    };
    format!("{label} → {after}")
}
