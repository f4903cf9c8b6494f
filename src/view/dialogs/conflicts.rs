//! What two people decided differently, one key to settle each.

use eframe::egui::{Key, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, elided, is_struck, soft};
use super::typed::{Typed, move_row, title_ui};
use crate::workbench::{Command, Decide, Dispute, Screen};

const ROW: f32 = 62.0;

pub fn conflicts_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    let screen = ui.ctx().content_rect();
    ui.set_width((screen.width() - 80.0).min(760.0));
    let listed = &scene.state.dialogs.disputes;
    title_ui(ui, &format!("{} to settle", count(scene.state.work.conflict_count(), "conflict")));
    ui.label(soft(
        "Two people worked on this session at the same time. Space keeps what stands, Q takes the other, Enter shows the place.",
        &scene.tokens,
    ));
    move_row(ui, &mut state.row, listed.len());
    // Space belongs to a button that has the focus.
    let is_free = ui.memory(|memory| memory.focused()).is_none();
    let height = (screen.height() - 260.0).clamp(ROW, 480.0);
    let rows = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
    rows.show_rows(ui, ROW, listed.len(), |ui, range| {
        for row in range {
            if row_ui(ui, scene, &listed[row], row == state.row) {
                state.row = row;
            }
        }
    });
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Show", !listed.is_empty()) {
            out.push(Command::Decide(Decide::GoDispute(state.row)));
        }
        if button_ui(ui, "Keep").clicked() || is_free && is_struck(ui, Key::Space) {
            out.push(Command::Decide(Decide::Settle(state.row, false)));
        }
        if button_ui(ui, "Take the other").clicked() || is_struck(ui, Key::Q) {
            out.push(Command::Decide(Decide::Settle(state.row, true)));
        }
        if button_ui(ui, "Later").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

/// One dispute: what it is about, what stands, what the other side has. Answers a click.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, dispute: &Dispute, is_chosen: bool) -> bool {
    let tokens = &scene.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let (stands, other) = (format!("stands: {}", dispute.stands), format!("other: {}", dispute.other));
    let told = format!("{}, {stands}, {other}", dispute.about);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_chosen, &told));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, 5.0, if is_chosen { tokens.selection } else { tokens.hover });
    }
    let width = rect.width() - 20.0;
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = [
        (elided(ui, &one_line(&dispute.about), fonts::sans_medium(13.0), tokens.ink, width), 6.0),
        (elided(ui, &one_line(&stands), fonts::sans(12.0), tokens.ink, width), 25.0),
        (elided(ui, &one_line(&other), fonts::sans(12.0), tokens.soft, width), 42.0),
    ];
    for (galley, y) in lines {
        ui.painter().galley(pos2(rect.left() + 10.0, rect.top() + y), galley, tokens.ink);
    }
    response.clicked()
}
