//! Progress over the articles.

use eframe::egui::{Align2, Color32, Rect, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use super::super::scene::{Scene, count, grouped};
use super::super::widgets::soft;
use super::super::{fonts, widgets};
use super::parts::{ROW, row_ui};
use crate::annotation::{Article, Progress};
use crate::workbench::{Command, Go, Screen, View};

/// The list scrolls beyond this many rows.
const ROWS: usize = 9;

pub fn articles_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let (articles, rows) = (scene.state.session().articles(), scene.state.articles.rows());
    let done = scene.state.figures().articles_done;
    ui.label(soft(format!("{} of {} done", grouped(done), count(scene.state.figures().articles, "article")), &scene.tokens));
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), 8.0), Sense::hover());
    ui.painter().rect_stroke(bar, 2.0, Stroke::new(1.0, scene.tokens.line), eframe::egui::StrokeKind::Inside);
    let share = done as f32 / scene.state.figures().articles.max(1) as f32;
    ui.painter().rect_filled(bar.with_max_x(bar.left() + bar.width() * share), 2.0, scene.tokens.good);
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = ROW * rows.len().min(ROWS) as f32;
    let area = ScrollArea::vertical().id_salt("progress").max_height(height).min_scrolled_height(height).auto_shrink(false);
    area.show_rows(ui, ROW, rows.len(), |ui, range| {
        for article in rows[range].iter().filter_map(|place| articles.get(*place)) {
            article_ui(ui, scene, article, out);
        }
    });
}

fn article_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, out: &mut Vec<Command>) {
    let tokens = &scene.tokens;
    let is_done = article.desk.progress == Progress::Done;
    let open = article.open_count();
    let state = match (is_done, open) {
        (true, 0) => "done".to_owned(),
        (true, n) => format!("done, {} open", grouped(n)),
        (false, n) => format!("{} to settle", grouped(n)),
    };
    let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let (rect, response) = row_ui(ui, scene, &format!("{title}, {state}"));
    let y = rect.center().y;
    let mark = pos2(rect.left() + 6.0, y);
    if is_done {
        ui.painter().circle_filled(mark, 5.5, tokens.good);
        let tick = [mark + vec2(-2.5, 0.3), mark + vec2(-0.6, 2.1), mark + vec2(2.7, -2.0)];
        ui.painter().line(tick.to_vec(), Stroke::new(1.3, if tokens.is_dark { Color32::BLACK } else { Color32::WHITE }));
    } else {
        ui.painter().circle_stroke(mark, 5.0, Stroke::new(1.1, tokens.soft));
    }
    let galley = ui.painter().layout_no_wrap(state, fonts::sans(12.0), tokens.soft);
    let right = rect.right() - 12.0;
    let room = right - galley.size().x - 12.0 - rect.left() - 20.0;
    ui.painter().galley(Align2::RIGHT_CENTER.anchor_size(pos2(right, y), galley.size()).min, galley, tokens.soft);
    let title = widgets::elided(ui, &title, fonts::serif(14.5), tokens.ink, room);
    ui.painter().galley(pos2(rect.left() + 20.0, y - title.size().y / 2.0), title, tokens.ink);
    ui.painter().rect_filled(Rect::from_min_max(pos2(rect.left(), rect.bottom() - 1.0), rect.max), 0.0, tokens.line);
    if response.clicked() {
        out.push(Command::Screen(Screen::Show(View::Review)));
        out.push(Command::Go(Go::ToArticle(article.id.clone())));
    }
}
