//! What an export would write, shown while it is chosen: the first lines, and how many mentions of how many articles.

use eframe::egui::{RichText, ScrollArea, Ui};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::soft;
use crate::workbench::{Command, ExportAs, File, Previewed};

/// Height of the lines.
const HEIGHT: f32 = 132.0;

/// Asks for the preview of what is chosen where it is not there yet, and shows what is.
pub fn preview_ui(ui: &mut Ui, scene: &Scene<'_>, how: &ExportAs, out: &mut Vec<Command>) {
    let shown = scene.state.dialogs.previewed.as_ref().filter(|shown| shown.is_of(how, scene.state.version()));
    if shown.is_none() {
        out.push(Command::File(File::Preview(how.clone())));
    }
    let counted = ui.label(soft(shown.map_or_else(|| COUNTING.to_owned(), told), &scene.tokens));
    ScrollArea::both().id_salt("preview").max_height(HEIGHT).min_scrolled_height(HEIGHT).auto_shrink([false, false]).show(ui, |ui| {
        let lines = shown.map(|shown| shown.preview.lines.join("\n")).unwrap_or_default();
        let label = ui.label(RichText::new(lines).font(fonts::sans(12.0)));
        label.labelled_by(counted.id);
    });
}

const COUNTING: &str = "Counting…";

/// `12 mentions of 3 articles; left out: 4 suggested; 2 cannot be carried whole`.
fn told(shown: &Previewed) -> String {
    if let Some(fault) = &shown.fault {
        return fault.clone();
    }
    let Some((report, grouped)) = &shown.preview.counts else { return COUNTING.to_owned() };
    let mut words = format!("{} of {}", count(report.written, "mention"), count(report.articles, "article"));
    if report.left_out.total() > 0 {
        words.push_str(&format!("; left out: {}", report.left_out));
    }
    let losses = grouped.carried_in_part();
    if losses > 0 {
        words.push_str(&format!("; {} cannot be carried whole", count(losses, "thing")));
    }
    if shown.preview.lines.is_empty() && report.written > 0 {
        words.push_str("; no text, so no lines are shown");
    }
    words
}
