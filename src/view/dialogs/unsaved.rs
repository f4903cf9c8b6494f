//! Work that earlier runs left unsaved, and what was discarded of it: restored, or discarded after a question.

use eframe::egui::{Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, elided, soft};
use super::typed::{Typed, move_row, title_ui, width_ui};
use crate::store::{DAYS_KEPT, Leftover};
use crate::workbench::{Command, Dialog, File, Screen};

const ROW: f32 = 44.0;

pub fn leftovers_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    width_ui(ui, 580.0);
    let (left, discarded) = (&scene.state.dialogs.leftovers, &scene.state.dialogs.discarded);
    title_ui(ui, "Restore unsaved work");
    ui.label(match (left.len(), discarded.len()) {
        (0, 0) => "There is none: everything was saved to a file.".to_owned(),
        (0, _) => format!("This was discarded in the last {DAYS_KEPT} days."),
        _ => "This was never saved to a file. Nothing of it is lost. What is neither restored nor discarded is offered again at the next \
              start."
            .to_owned(),
    });
    let listed: Vec<(&Leftover, bool)> =
        left.iter().map(|work| (work, false)).chain(discarded.iter().rev().map(|work| (work, true))).collect();
    move_row(ui, &mut state.row, listed.len());
    let rows = ScrollArea::vertical().max_height(ROW * 6.0).auto_shrink([false, true]);
    rows.show_rows(ui, ROW, listed.len(), |ui, range| {
        for row in range {
            let (work, is_discarded) = listed[row];
            if row_ui(ui, scene, work, is_discarded, row == state.row) {
                state.row = row;
            }
        }
    });
    ui.add_space(6.0);
    let chosen = listed.get(state.row);
    buttons_ui(ui, |ui| {
        let restores = match chosen {
            Some(_) => state.answer_ui(ui, scene, "Restore"),
            None => state.main_ui(ui, scene, "Restore", false),
        };
        if let (true, Some((work, _))) = (restores, chosen) {
            out.push(Command::File(File::Restore(work.path.clone())));
        }
        if button_ui(ui, "Later").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        // What destroys stands apart from what saves.
        ui.add_space(28.0);
        if let Some((work, false)) = chosen
            && button_ui(ui, "Discard…").clicked()
        {
            out.push(Command::File(File::AskDiscard(work.path.clone())));
        }
    });
}

/// Unsaved work by its first title, how much it is and of when. Answers a click.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, work: &Leftover, is_discarded: bool, is_chosen: bool) -> bool {
    let tokens = &scene.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let discarded = if is_discarded { ", discarded" } else { "" };
    let told = format!("{}, the last {}{discarded}", amount(work), scene.when_and_where(work.at));
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_chosen, format!("{}, {told}", work.title)));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, 5.0, if is_chosen { tokens.selection } else { tokens.hover });
    }
    let width = rect.width() - 20.0;
    let title = elided(ui, &work.title, fonts::sans_medium(13.0), tokens.ink, width);
    ui.painter().galley(pos2(rect.left() + 10.0, rect.top() + 5.0), title, tokens.ink);
    let told = elided(ui, &told, fonts::sans(12.0), tokens.soft, width);
    ui.painter().galley(pos2(rect.left() + 10.0, rect.top() + 23.0), told, tokens.soft);
    response.clicked()
}

fn amount(work: &Leftover) -> String {
    format!("{}, {}", count(work.articles, "article"), count(work.edits, "change"))
}

pub fn discard_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 460.0);
    let Some(work) = &scene.state.dialogs.discarding else { return };
    title_ui(ui, "Discard this work?");
    ui.label(format!("“{}”: {}.", work.title, amount(work)));
    ui.label(soft(format!("For {DAYS_KEPT} days File › Restore unsaved work brings it back."), &scene.tokens));
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        if state.answer_ui(ui, scene, "Keep") {
            out.push(Command::Screen(Screen::Open(Dialog::Leftovers)));
        }
        ui.add_space(28.0);
        if button_ui(ui, "Discard").clicked() {
            out.push(Command::File(File::Discard));
        }
    });
}
