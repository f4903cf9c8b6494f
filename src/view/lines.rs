//! Lines of a concordance that lead to the page, in a list that scrolls.

use eframe::egui::{ScrollArea, Ui};

use super::caps::line_ui;
use super::scene::Scene;
use crate::annotation::Article;
use crate::text::Span;
use crate::workbench::{Command, Go, Hit, Screen, View};

/// Height of a line of a concordance, with its rule.
pub const LINE: f32 = 28.0;

/// Mentions or matches with their context; a click opens the page there.
pub fn lines_ui(ui: &mut Ui, scene: &Scene<'_>, hits: &[Hit], height: f32, out: &mut Vec<Command>) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = height.min(LINE * hits.len() as f32);
        let area = ScrollArea::vertical().id_salt("mentions").max_height(height).auto_shrink([false, true]);
        area.show_rows(ui, LINE, hits.len(), |ui, range| {
            for hit in &hits[range] {
                let Some(article) = scene.state.session().article(&hit.article) else { continue };
                let [before, name, after] = context(article, hit.span);
                let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
                if line_ui(ui, scene, [&before, &name, &after], &title) {
                    out.push(Command::Screen(Screen::Show(View::Review)));
                    out.push(Command::Go(Go::At(hit.article.clone(), hit.span)));
                }
            }
        });
    });
}

/// Bytes of context on either side.
const CONTEXT: usize = 40;

/// The words of a span and what stands beside them in its line.
pub fn context(article: &Article, span: Span) -> [String; 3] {
    let (text, range) = (&article.text, span.range());
    let start = text.ceil_char_boundary(range.start.saturating_sub(CONTEXT)).min(range.start);
    let end = text.floor_char_boundary((range.end + CONTEXT).min(text.len())).max(range.end);
    let (before, after) = (&text[start..range.start], &text[range.end..end]);
    let before = before.rsplit('\n').next().unwrap_or_default();
    // Begins with a word.
    let before =
        if start > 0 && before.len() == range.start - start { before.split_once(' ').map_or(before, |(_, rest)| rest) } else { before };
    let after = after.split('\n').next().unwrap_or_default();
    let flat = |part: &str| part.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect::<String>();
    [flat(before), flat(&text[range]), flat(after)]
}
