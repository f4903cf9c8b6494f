//! What the answers come to so far.

use eframe::egui::{Grid, RichText, Ui};

use super::super::fonts;
use super::super::scene::{Scene, grouped};
use super::super::widgets::{button_ui, heading_ui, soft};
use crate::decide::certificate::Rate;
use crate::workbench::{Certify, Command};

/// The bounds for which it is told how many more to look at.
const BOUNDS: [f64; 3] = [0.05, 0.02, 0.01];

pub fn figures_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let asking = &scene.state.certifying;
    heading_ui(ui, "Certificate", &scene.tokens);
    let Some((certificate, _)) = asking.item(scene.state.session()) else {
        ui.label(soft("What the answers come to stands here.", &scene.tokens));
        return;
    };
    let told = asking.told();
    let speaks = format!(
        "{} of {} answered. It speaks for {} mentions in {} articles, as they were when the sample was drawn.",
        grouped(told.answered),
        grouped(told.asked),
        grouped(certificate.mentions()),
        grouped(certificate.articles as usize)
    );
    ui.label(soft(speaks, &scene.tokens));
    ui.add_space(8.0);
    if !asking.is_told() {
        ui.label(soft(
            "What the answers come to is shown when all are there: before that it would say of each what was decided.",
            &scene.tokens,
        ));
        ui.add_space(6.0);
        if told.answered > 0 && button_ui(ui, "Show what they come to so far").clicked() {
            out.push(Command::Certify(Certify::Tell));
        }
        return;
    }
    total_ui(ui, scene, "Settled wrongly", told.mentions);
    rates_ui(
        ui,
        scene,
        "by label",
        told.by_label.iter().map(|(label, rate)| (label.as_ref().map_or("rejected", |label| label.as_str()), *rate)),
    );
    rates_ui(ui, scene, "by how", told.by_how.iter().map(|(how, rate)| (how.as_str(), *rate)));
    ui.add_space(10.0);
    total_ui(ui, scene, "Sentences with a name missed", told.sentences);
    rates_ui(ui, scene, "missed", told.missed_by_label.iter().map(|(label, rate)| (label.as_str(), *rate)));
    ui.add_space(8.0);
    ui.label(soft(
        "Ranges are exact and hold at least 95 of 100 times. It is kept in the session and stands in the HTML report.",
        &scene.tokens,
    ));
}

fn total_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, rate: Rate) {
    ui.label(RichText::new(name).font(fonts::sans_medium(14.0)));
    if rate.looked_at == 0 {
        ui.label(soft("Nothing was looked at yet.", &scene.tokens));
        return;
    }
    ui.label(RichText::new(format!("{} – {}", share(rate.low), share(rate.high))).font(fonts::serif_bold(20.0)).color(scene.tokens.ink));
    ui.label(soft(format!("{} wrong of {} looked at", grouped(rate.wrong), grouped(rate.looked_at)), &scene.tokens));
    let more = BOUNDS.iter().filter_map(|bound| Some((bound, rate.more_for(*bound).filter(|more| *more > 0)?)));
    let more: Vec<String> = more.map(|(bound, more)| format!("{} more for at most {:.0} %", grouped(more), bound * 100.0)).collect();
    if !more.is_empty() {
        ui.label(soft(format!("If it goes on like this: {}", more.join(", ")), &scene.tokens));
    }
}

fn rates_ui<'r>(ui: &mut Ui, scene: &Scene<'_>, id: &str, rates: impl Iterator<Item = (&'r str, Rate)>) {
    Grid::new(("rates", id)).num_columns(3).spacing([14.0, 3.0]).show(ui, |ui| {
        for (name, rate) in rates {
            ui.label(RichText::new(name).font(fonts::sans(12.5)));
            ui.label(soft(format!("{} of {}", grouped(rate.wrong), grouped(rate.looked_at)), &scene.tokens));
            let range = if rate.looked_at == 0 { "–".to_owned() } else { format!("{} – {}", share(rate.low), share(rate.high)) };
            ui.label(RichText::new(range).font(fonts::sans(12.5)));
            ui.end_row();
        }
    });
}

/// `1.2 %`.
fn share(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
