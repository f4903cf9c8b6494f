//! Every place of a name that a decision would reach, as a concordance with ticks. Enter applies what is ticked.

use eframe::egui::{
    self, Align2, CornerRadius, Key, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{self, button_ui, heading_ui, main_button_ui, soft};
use super::{DialogState, entered, move_row};
use crate::annotation::{Article, Verb};
use crate::decide::spread::{Concordance, Row};
use crate::workbench::Command;

const ROW: f32 = 34.0;

pub fn concordance_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut DialogState, out: &mut Vec<Command>) {
    let Some(concordance) = &scene.state.concordance else { return };
    let screen = ui.ctx().content_rect();
    ui.set_width((screen.width() - 80.0).min(860.0));
    move_row(ui, &mut state.row, concordance.rows.len());
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space))
        && let Some(row) = concordance.rows.get(state.row)
    {
        out.push(Command::TickRow(state.row, !row.ticked));
    }
    heading_ui(ui, &title(concordance), &scene.tokens);
    let words = concordance.rows.iter().find_map(|row| words_of(scene, row)).unwrap_or(&concordance.key);
    ui.label(RichText::new(words).font(fonts::serif_bold(20.0)));
    ui.label(soft(summary(concordance), &scene.tokens));
    ui.add_space(4.0);
    let height = (screen.height() - 300.0).clamp(120.0, ROW * 14.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        concordance.rows.len(),
        |ui, range| {
            for i in range {
                if row_ui(ui, scene, &concordance.rows[i], i == state.row) {
                    state.row = i;
                    out.push(Command::TickRow(i, !concordance.rows[i].ticked));
                }
            }
        },
    );
    ui.add_space(12.0);
    let n = concordance.ticked_count();
    let is_entered = entered(ui);
    ui.horizontal(|ui| {
        let verb = verb_words(concordance.verb());
        if main_button_ui(ui, &format!("{verb} {n}"), n > 0, &scene.tokens).clicked() || (is_entered && n > 0) {
            out.push(Command::ApplyConcordance);
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Close);
        }
        ui.label(soft("Enter applies · ↑ ↓ and Space tick · one undo takes all of it back", &scene.tokens));
    });
}

fn verb_words(verb: Verb) -> &'static str {
    match verb {
        Verb::Confirm => "Confirm",
        Verb::Reject | Verb::Delete => "Reject",
        Verb::Retype => "Retype",
        Verb::Add => "Add",
        Verb::Move => "Move",
        Verb::Link => "Link",
        _ => "Apply to",
    }
}

fn title(concordance: &Concordance) -> String {
    let label = concordance.label().map(|label| format!(" {label}")).unwrap_or_default();
    format!("{}{label} everywhere", verb_words(concordance.verb()))
}

/// `27 mentions in 9 articles, 2 untagged occurrences, 28 ticked`.
fn summary(concordance: &Concordance) -> String {
    let tagged = concordance.rows.iter().filter(|row| row.mention.is_some()).count();
    let untagged = concordance.rows.len() - tagged;
    let mut articles: Vec<_> = concordance.rows.iter().map(|row| &row.article).collect();
    articles.dedup();
    let untagged = match untagged {
        0 => String::new(),
        n => format!(", {}", count(n, "untagged occurrence")),
    };
    format!("{} in {}{untagged}. {} ticked.", count(tagged, "mention"), count(articles.len(), "article"), concordance.ticked_count())
}

fn words_of<'a>(scene: &Scene<'a>, row: &Row) -> Option<&'a str> {
    scene.state.session().article(&row.article).map(|article| article.quote(row.becomes))
}

/// One occurrence; answers whether its tick was clicked.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, row: &Row, is_current: bool) -> bool {
    let tokens = &scene.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let Some(article) = scene.state.session().article(&row.article) else { return false };
    let [before, words, after] = parts(article, row);
    let state = state_words(row);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, !row.is_focus, row.ticked, format!("{before}{words}{after}, {state}")));
    if is_current || response.hovered() {
        ui.painter().rect_filled(rect, 5.0, tokens.hover);
    }
    if is_current {
        ui.painter().rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, tokens.accent);
    }
    ui.painter().rect_filled(rect.with_min_y(rect.bottom() - 1.0), 0.0, tokens.line);
    tick_ui(ui, Rect::from_center_size(pos2(rect.left() + 18.0, rect.center().y), vec2(14.0, 14.0)), row, scene);
    let state_colour = if row.doubt.is_some() { tokens.accent } else { tokens.soft };
    let state = widgets::elided(ui, &state, fonts::sans(11.0), state_colour, 170.0);
    let state_left = rect.right() - 178.0;
    let y = |height: f32| rect.center().y - height / 2.0;
    ui.painter().galley(pos2(state_left, y(state.size().y)), state, state_colour);
    let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let title = widgets::elided(ui, &title, fonts::sans(11.0), tokens.soft, 110.0);
    let title_left = state_left - 122.0;
    ui.painter().galley(pos2(title_left, y(title.size().y)), title, tokens.soft);
    // The name stands in one column, as in a concordance.
    let lines = Rect::from_min_max(pos2(rect.left() + 36.0, rect.top()), pos2(title_left - 8.0, rect.bottom()));
    let painter = ui.painter_at(lines);
    let ink = if row.ticked { tokens.ink } else { tokens.soft };
    let name = painter.layout_no_wrap(flat(words), fonts::serif_bold(14.5), ink);
    let pivot = pos2(lines.left() + lines.width() * 0.42, y(name.size().y));
    let after = painter.layout_no_wrap(flat(after), fonts::serif(14.5), tokens.soft);
    let before = painter.layout_no_wrap(flat(before), fonts::serif(14.5), tokens.soft);
    let end = pivot.x + name.size().x;
    painter.galley(Align2::RIGHT_TOP.anchor_size(pivot, before.size()).min, before, tokens.soft);
    painter.galley(pivot, name, ink);
    painter.galley(pos2(end, pivot.y), after, tokens.soft);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn tick_ui(ui: &Ui, rect: Rect, row: &Row, scene: &Scene<'_>) {
    let tokens = &scene.tokens;
    let painter = ui.painter();
    if !row.ticked {
        painter.rect(rect, CornerRadius::same(3), tokens.field, Stroke::new(1.2, tokens.soft), StrokeKind::Inside);
        return;
    }
    painter.rect_filled(rect, CornerRadius::same(3), if row.is_focus { tokens.accent } else { tokens.good });
    let at = |x: f32, y: f32| pos2(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    painter.line(
        vec![at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.30)],
        Stroke::new(1.8, if tokens.is_dark { tokens.page } else { tokens.on_accent }),
    );
}

fn state_words(row: &Row) -> String {
    if row.is_focus {
        return "in focus".to_owned();
    }
    match (&row.doubt, row.state) {
        (Some(doubt), _) => doubt.to_string(),
        (None, Some(state)) => state.as_str().to_owned(),
        (None, None) => "untagged".to_owned(),
    }
}

fn parts<'a>(article: &'a Article, row: &Row) -> [&'a str; 3] {
    let text = &article.text;
    let slice = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
    [slice(row.context.start, row.becomes.start), slice(row.becomes.start, row.becomes.end), slice(row.becomes.end, row.context.end)]
}

fn flat(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}
