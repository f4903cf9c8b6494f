//! What would be settled in copies of an article: every place with its sentence, and what stays open.

use eframe::egui::{RichText, ScrollArea, Ui};

use super::super::caps::line_ui;
use super::super::fonts;
use super::super::lines::{LINE, context};
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, flat, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::annotation::ArticleId;
use crate::decide::copies::{Fate, Lay};
use crate::workbench::{Command, Copies, Go, Screen};

/// A line of the list.
enum Line<'p> {
    /// A copy, and how many of its places come.
    Head(&'p ArticleId, usize),
    Place(&'p Lay),
}

pub fn copies_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 760.0);
    let Some(plan) = &scene.state.copies.plan else { return };
    let tally = plan.tally();
    title_ui(ui, "Settle copies alike");
    ui.label(RichText::new(format!("{tally}.")).font(fonts::sans_medium(14.0)));
    let stays = "Only the same words in the same sentence are settled; what a copy has settled itself stays. One undo takes it back.";
    ui.label(soft(stays, &scene.tokens));
    let lines = lines(&plan.places);
    let height = (ui.ctx().content_rect().height() - 280.0).clamp(80.0, 420.0);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        area.show_rows(ui, LINE, lines.len(), |ui, range| {
            // The bar stands beside the words.
            ui.set_width(ui.available_width() - 14.0);
            for line in &lines[range] {
                match line {
                    Line::Head(id, comes) => head_ui(ui, scene, id, *comes),
                    Line::Place(place) => place_ui(ui, scene, place, out),
                }
            }
        });
    });
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        let words = if tally.comes > 0 { format!("Settle {}", count(tally.comes, "place")) } else { "Close".to_owned() };
        if state.answer_ui(ui, scene, &words) {
            out.push(if tally.comes > 0 { Command::Copies(Copies::Settle) } else { Command::Screen(Screen::Close) });
        }
        if tally.comes > 0 && button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

/// Each copy with what would come to it, what stays open, and what it has settled otherwise.
fn lines(places: &[Lay]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for of_copy in places.chunk_by(|a, b| a.article == b.article) {
        let told: Vec<&Lay> = of_copy.iter().filter(|place| !matches!(place.fate, Fate::Agrees | Fate::Gone)).collect();
        let comes = told.iter().filter(|place| place.fate == Fate::Comes).count();
        if !told.is_empty() {
            lines.push(Line::Head(&of_copy[0].article, comes));
            lines.extend(told.into_iter().map(Line::Place));
        }
    }
    lines
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, id: &ArticleId, comes: usize) {
    let article = scene.state.session().article(id);
    let title = article.map(|article| flat(article.title())).unwrap_or_default();
    let outlet = article.and_then(|article| article.meta.outlet.clone()).map(|outlet| format!(" · {outlet}")).unwrap_or_default();
    ui.horizontal(|ui| {
        ui.set_height(LINE);
        let words = format!("{title}{outlet} · {}", count(comes, "place"));
        ui.add(eframe::egui::Label::new(RichText::new(words).font(fonts::sans_medium(13.0)).color(scene.tokens.ink)).truncate());
    });
}

/// A place in its sentence; a click goes there and leaves the question.
fn place_ui(ui: &mut Ui, scene: &Scene<'_>, place: &Lay, out: &mut Vec<Command>) {
    let Some(article) = scene.state.session().article(&place.article) else { return };
    let [before, name, after] = context(article, place.span);
    let settled = place.settled.label.as_ref().map_or("no mention", |label| label.as_str());
    let told = match place.fate {
        Fate::Comes | Fate::Agrees => format!("→ {settled}"),
        Fate::Differs => format!("{settled} elsewhere, stays"),
        Fate::Changed | Fate::Gone => "the sentence differs, stays open".to_owned(),
    };
    if line_ui(ui, scene, [&before, &name, &after], &told) {
        out.push(Command::Screen(Screen::Close));
        out.push(Command::Go(Go::At(place.article.clone(), place.span)));
    }
}
