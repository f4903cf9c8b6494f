//! Lines of a concordance that lead to the page, in a list that scrolls.

use eframe::egui::{ScrollArea, Ui};

use super::caps::line_ui;
use super::scene::Scene;
use crate::annotation::Article;
use crate::text::seam::in_line;
use crate::text::{Span, flow};
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
    let near = flow::near(text, span, CONTEXT).range();
    let before = in_line(&text[near.start..range.start]);
    // Begins with a word.
    let is_cut = near.start > 0 && !text[..near.start].ends_with('\n');
    let before = if is_cut { before.split_once(' ').map_or(before.as_str(), |(_, rest)| rest).to_owned() } else { before };
    [before, in_line(&text[range.clone()]), in_line(&text[range.end..near.end])]
}
