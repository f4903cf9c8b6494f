//! What labels are here that came with articles and that the scheme had not: new ones, others by another name, or none.

use eframe::egui::{Grid, ScrollArea, Ui, vec2};

use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, drop_down_ui, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::annotation::Label;
use crate::workbench::{Arrange, Becomes, Command, Screen};

#[derive(Default)]
pub struct Draft {
    /// For each row of the question.
    chosen: Vec<Becomes>,
}

impl Draft {
    /// What each label is most likely called here.
    pub fn of(scene: &Scene<'_>) -> Self {
        let likely = |likely: &Option<Label>| likely.clone().map_or(Becomes::New, Becomes::Other);
        Self { chosen: scene.state.dialogs.came.rows.iter().map(|row| likely(&row.likely)).collect() }
    }
}

pub fn came_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    width_ui(ui, 520.0);
    let (came, scheme) = (&scene.state.dialogs.came, scene.state.session().scheme());
    title_ui(ui, &format!("{} came with the articles", count(came.rows.len(), "new label")));
    ui.label("What are their mentions here?");
    let known: Vec<&Label> = came.known(scheme).collect();
    let choices: Vec<Becomes> =
        [Becomes::New, Becomes::Nothing].into_iter().chain(known.into_iter().cloned().map(Becomes::Other)).collect();
    let height = (ui.ctx().content_rect().height() - 300.0).clamp(100.0, 360.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        Grid::new("came").num_columns(3).spacing(vec2(12.0, 6.0)).show(ui, |ui| {
            for (row, chosen) in came.rows.iter().zip(&mut draft.chosen) {
                ui.label(row.label.as_str());
                ui.label(soft(count(row.mentions, "mention"), &scene.tokens));
                let titles: Vec<(&str, &str)> = choices.iter().map(|becomes| (words(becomes), "")).collect();
                let mut at = choices.iter().position(|becomes| becomes == chosen).unwrap_or_default();
                if drop_down_ui(ui, &format!("{} becomes", row.label), &mut at, &titles, 220.0, &scene.tokens) {
                    chosen.clone_from(&choices[at]);
                }
                ui.end_row();
            }
        });
    });
    ui.label(soft("One undo takes it back; another takes back the articles. Under Labels… any label can be renamed later.", &scene.tokens));
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        if state.answer_ui(ui, scene, "Keep") {
            let change = came.change(scheme, &draft.chosen);
            out.push(Command::Screen(Screen::Close));
            out.push(Command::Arrange(Arrange::ChangeScheme(Box::new(change))));
        }
        if button_ui(ui, "All are new labels").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

fn words(becomes: &Becomes) -> &str {
    match becomes {
        Becomes::New => "a new label",
        Becomes::Nothing => "left out",
        Becomes::Other(label) => label.as_str(),
    }
}
