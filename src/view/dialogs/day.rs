//! On which day the article was published, asked by itself: what is told against that day hangs on it.

use eframe::egui::{RichText, Ui};

use super::super::scene::Scene;
use super::super::widgets::{button_ui, buttons_ui, field_ui, is_pressed, soft};
use super::details::is_date;
use super::typed::{Typed, title_ui, width_ui};
use crate::annotation::{Article, Meta};
use crate::decide::article::undated;
use crate::workbench::{Arrange, Command, Screen};

/// So many days that the text tells in full are offered.
const OFFERED: usize = 3;

pub fn day_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    width_ui(ui, 430.0);
    let Some(article) = scene.state.open_article() else { return };
    title_ui(ui, "Day of publication");
    let field = field_ui(ui, "Published", &mut state.text, "for instance 2026-11-05", &scene.tokens);
    if state.is_new {
        field.request_focus();
    }
    let days = told_days(article);
    if !days.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.label(soft("The text tells of", &scene.tokens));
            for day in days {
                if is_pressed(&ui.button(day)) {
                    state.text = day.to_owned();
                }
            }
        });
    }
    let text = state.text.trim();
    let is_fit = text.is_empty() || is_date(text);
    if is_fit {
        ui.label(soft(told_of_effect(article), &scene.tokens));
    } else {
        ui.label(RichText::new("Write the day as 2026-11-05, 2026-11 or 2026").color(scene.tokens.accent));
    }
    let published = Some(text.to_owned()).filter(|text| !text.is_empty());
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Set the day", is_fit) {
            out.push(Command::Screen(Screen::Close));
            if published != article.meta.published {
                out.push(Command::Arrange(Arrange::Describe(Meta { published, ..article.meta.clone() })));
            }
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

/// The whole days among the article's dates, in the order of reading, each once.
fn told_days(article: &Article) -> Vec<&str> {
    let mut days: Vec<&str> = Vec::new();
    for value in article.living().filter_map(|mention| mention.value.as_deref()) {
        if days.len() < OFFERED && value.len() == "2026-11-05".len() && is_date(value) && !days.contains(&value) {
            days.push(value);
        }
    }
    days
}

fn told_of_effect(article: &Article) -> String {
    match undated(article) {
        0 => "Dates such as “last year” count from it".to_owned(),
        1 => "Dates such as “last year” count from it; one here has no day yet".to_owned(),
        n => format!("Dates such as “last year” count from it; {n} here have no day yet"),
    }
}
