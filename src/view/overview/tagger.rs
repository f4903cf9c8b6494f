//! The tagger's precision and recall on this session, by label and by rule or list, with their intervals.

use std::sync::Arc;

use eframe::egui::{Align2, FontId, Rect, Sense, Ui, pos2, vec2};

use super::super::interval::{self, Mark};
use super::super::scene::{Scene, count, grouped};
use super::super::widgets::soft;
use super::super::{fonts, widgets};
use super::parts::{labels, open_label, row_ui};
use crate::quality::figures::{Measure, Share, Source};
use crate::tagger::LEARNED;
use crate::workbench::{Command, RowKey, Rules};

pub fn labels_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let figures = scene.state.figures();
    let all = &figures.tagger;
    if all.precision().is_none() && all.recall().is_none() {
        ui.label(soft("Nothing was looked at yet. Each mention that you settle one by one is counted here.", &scene.tokens));
        return;
    }
    head_ui(ui, scene, "Recall");
    total_ui(ui, scene, all);
    for (label, measure) in labels(scene) {
        if measure.precision().is_none() && measure.recall().is_none() {
            continue;
        }
        let words = format!("{label}: precision {}, recall {}", interval::words(measure.precision()), interval::words(measure.recall()));
        let (rect, response) = row_ui(ui, scene, &words);
        let tag = scene.tags.get(label);
        let y = rect.center().y;
        ui.painter().rect_filled(Rect::from_center_size(pos2(rect.left() + 5.0, y), vec2(8.0, 8.0)), 2.0, tag.line);
        name_ui(ui, scene, rect, label.as_str(), fonts::sans(12.5));
        shares_ui(ui, scene, rect, measure.precision(), measure.recall());
        if response.on_hover_text(words).clicked() {
            open_label(label, out);
        }
    }
    ui.add_space(6.0);
    ui.label(soft(recall_words(scene), &scene.tokens));
}

fn total_ui(ui: &mut Ui, scene: &Scene<'_>, all: &Measure) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), super::parts::ROW), Sense::hover());
    name_ui(ui, scene, rect, "All labels", fonts::sans_strong(12.5));
    shares_ui(ui, scene, rect, all.precision(), all.recall());
    response.on_hover_text(format!("Precision {}, recall {}", interval::words(all.precision()), interval::words(all.recall())));
}

/// What recall is taken from, and its other bound.
fn recall_words(scene: &Scene<'_>) -> String {
    let figures = scene.state.figures();
    let mut words = match figures.is_recall_so_far() {
        true => "Recall is of all articles so far, which flatters: missed names are found by reading, and no article is marked done yet."
            .to_owned(),
        false => format!("Recall is of the {} marked done.", count(figures.articles_done, "article")),
    };
    let (accepted, bound) = (figures.tagger.accepted, figures.tagger.recall_with_accepted());
    if let Some(bound) = bound.filter(|bound| accepted > 0 && !bound.is_of_few()) {
        let n = count(accepted, "suggestion");
        words.push_str(&format!(" {n} accepted with the rest, unlooked, would make it {}.", interval::percent(bound)));
    }
    words
}

/// More rows than these say little.
const SOURCES: usize = 14;

pub fn sources_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let id = |source: &Source| -> Option<Arc<str>> {
        match source {
            Source::Rule(id) | Source::List(id) | Source::Model(id) => Some(id.clone()),
            Source::Learned(what) => Some(format!("{LEARNED}{what}").into()),
            Source::Alias | Source::Import(_) => None,
        }
    };
    let sources = scene.state.figures().sources.iter();
    let mut rows: Vec<(&Source, Arc<str>, &Measure)> =
        sources.filter_map(|(source, measure)| Some((source, id(source)?, measure))).filter(|(_, _, m)| m.precision().is_some()).collect();
    if rows.is_empty() {
        ui.label(soft("Nothing was looked at yet. The Rules view lists every rule and list with its mentions.", &scene.tokens));
        return;
    }
    rows.sort_by(|a, b| (b.2.wrong, b.2.right, a.0).cmp(&(a.2.wrong, a.2.right, b.0)));
    head_ui(ui, scene, "Share of all");
    let more = rows.len().saturating_sub(SOURCES);
    for (source, id, measure) in rows.into_iter().take(SOURCES) {
        let kind = match source {
            Source::List(_) => "list",
            Source::Model(_) => "model",
            Source::Learned(_) => "learned",
            _ => "rule",
        };
        let words = format!("{kind} {id}: precision {}, share {}", interval::words(measure.precision()), interval::words(measure.recall()));
        let (rect, response) = row_ui(ui, scene, &words);
        name_ui(ui, scene, rect, &format!("{kind} {id}"), fonts::sans(12.5));
        shares_ui(ui, scene, rect, measure.precision(), measure.recall());
        if response.on_hover_text(words).clicked() {
            out.push(Command::Rules(Rules::Row(RowKey::Part(id))));
        }
    }
    if more > 0 {
        ui.label(soft(format!("and {}; the Rules view has them all", count(more, "more source")), &scene.tokens));
    }
}

/// Where the two shares lie in a row: figures, then the bar.
struct Columns {
    name: f32,
    precision: Rect,
    recall: Rect,
}

impl Columns {
    fn of(rect: Rect) -> Self {
        let name = rect.left() + 16.0;
        let from = rect.left() + (rect.width() * 0.31).clamp(120.0, 180.0);
        let width = (rect.right() - from) / 2.0;
        let at = |i: f32| Rect::from_min_size(pos2(from + i * width, rect.top()), vec2(width - 8.0, rect.height()));
        Self { name, precision: at(0.0), recall: at(1.0) }
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, second: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let columns = Columns::of(rect);
    for (column, text) in [(columns.precision, "Precision"), (columns.recall, second)] {
        let at = pos2(column.left() + 74.0, rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, text, fonts::sans(11.5), scene.tokens.soft);
    }
}

fn name_ui(ui: &Ui, scene: &Scene<'_>, rect: Rect, name: &str, font: FontId) {
    let columns = Columns::of(rect);
    let galley = widgets::elided(ui, name, font, scene.tokens.ink, columns.precision.left() - columns.name - 4.0);
    ui.painter().galley(pos2(columns.name, rect.center().y - galley.size().y / 2.0), galley, scene.tokens.ink);
}

fn shares_ui(ui: &Ui, scene: &Scene<'_>, rect: Rect, precision: Option<Share>, recall: Option<Share>) {
    let tokens = &scene.tokens;
    let columns = Columns::of(rect);
    for (column, share, mark) in [(columns.precision, precision, Mark::Disc), (columns.recall, recall, Mark::Diamond)] {
        let y = column.center().y;
        let text = |x: f32, words: String, font: FontId, colour| {
            ui.painter().text(pos2(column.left() + x, y), Align2::RIGHT_CENTER, words, font, colour);
        };
        match share {
            Some(share) => {
                let (font, colour) = if share.is_of_few() { (fonts::sans(10.5), tokens.soft) } else { (fonts::sans(12.5), tokens.ink) };
                text(36.0, interval::percent(share), font, colour);
                text(66.0, format!("of {}", grouped(share.whole)), fonts::sans(10.5), tokens.soft);
                interval::paint(ui.painter(), column.with_min_x(column.left() + 76.0).shrink2(vec2(5.0, 0.0)), Some(share), mark, tokens);
            }
            None => text(36.0, "–".to_owned(), fonts::sans(12.5), tokens.soft),
        }
    }
}
