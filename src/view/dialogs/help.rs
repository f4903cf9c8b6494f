//! The help sheet: every key on one screen, from the command table and the scheme; what the caret and the mouse can do.

use eframe::egui::{self, RichText, Ui, vec2};

use super::super::desktop::takes_drops;
use super::super::scene::{Scene, spaced};
use super::super::{fonts, widgets};
use super::typed::{Typed, width_ui};
use crate::workbench::{Command, Menu, Screen, entries};

/// A heading with the lines below it.
enum Part {
    Commands(Menu),
    Own(&'static str, &'static [(&'static str, &'static str, &'static str)]),
    Labels,
}

const CARET: Part = Part::Own(
    "With the caret",
    &[
        ("←, →", "Go from word to word", "The word under the caret is selected"),
        ("Shift ←, Shift →", "Select more words or fewer", "From where the caret stood"),
        ("↑, ↓", "Go to the line above or below", "To the word that stands there"),
        ("Tab", "Next likely name", "Words that look like a name and have no mention; they are selected, a letter adds them"),
        ("letter", "Add what is selected", "A label’s letter adds it as a mention that is yours"),
    ],
);

const MOUSE: Part = Part::Own(
    "With the mouse",
    &[
        ("click", "Go to a mention", "Another click goes to the one around it"),
        ("drag", "Select whole words", "With Alt held: single characters"),
        ("2 clicks, 3 clicks", "Select a word, a sentence", "Shift and a click extends what is selected"),
        ("right click", "Every decision", "On the mention or the selection"),
        ("Page ↑, Page ↓, ↑, ↓", "Scroll the page", "Home and End go to its ends"),
        DROP,
    ],
);

const LIST: Part = Part::Own(
    "In the list of articles",
    &[
        (
            "Shift ↑, Shift ↓",
            "Choose several",
            "Flag, done, set aside, tags, tagging again and removing then act on all of them; Ctrl and a click takes one along",
        ),
        ("Ctrl A", "Choose all that are listed", "Esc lets go"),
    ],
);

const DROP: (&str, &str, &str) = ("drop files", "Add them as articles", "On the window, from the file manager");
/// What does the same where no files can be dropped.
const PASTE: (&str, &str, &str) =
    ("Ctrl V", "Add copied files", "Copy them in the file manager; under Wayland they cannot be dropped here");

/// In the order in which a newcomer needs them.
const PARTS: [Part; 11] = [
    Part::Commands(Menu::Decide),
    CARET,
    MOUSE,
    LIST,
    Part::Commands(Menu::Help),
    Part::Labels,
    Part::Commands(Menu::Go),
    Part::Commands(Menu::Article),
    Part::Commands(Menu::View),
    Part::Commands(Menu::File),
    Part::Commands(Menu::Edit),
];

const ROW: f32 = 14.6;

pub fn help_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 1100.0);
    ui.spacing_mut().item_spacing.y = 0.5;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Keys").font(fonts::sans_strong(16.0)));
        let has_room = ui.available_width() > 660.0;
        widgets::right_ui(ui, |ui| {
            if has_room {
                let words = "Letters decide while the page has the keys; F6 goes from page to list to inspector";
                ui.label(widgets::soft(words, &scene.tokens));
            }
            if state.main_ui(ui, scene, "Close", true) {
                out.push(Command::Screen(Screen::Close));
            }
        });
    });
    ui.spacing_mut().interact_size.y = ROW;
    let heights = PARTS.each_ref().map(|part| lines(scene, part).len() + 2 + if matches!(part, Part::Labels) { LETTER_ROWS } else { 0 });
    let shown: Vec<&[Part]> = match ui.available_width() {
        800.0.. => {
            let (a, b) = balanced(&heights);
            vec![&PARTS[..a], &PARTS[a..b], &PARTS[b..]]
        }
        _ => vec![&PARTS],
    };
    ui.columns(shown.len(), |columns| {
        for (ui, parts) in columns.iter_mut().zip(shown) {
            column_ui(ui, scene, parts);
        }
    });
}

/// About as many rows as the letters of a scheme take, two in a row.
const LETTER_ROWS: usize = 8;

/// Where to cut so that the longest of three columns is as short as can be.
fn balanced(heights: &[usize]) -> (usize, usize) {
    let sum = |range: std::ops::Range<usize>| heights[range].iter().sum::<usize>();
    let n = heights.len();
    let cuts = (1..n).flat_map(|a| (a..n).map(move |b| (a, b)));
    cuts.min_by_key(|(a, b)| sum(0..*a).max(sum(*a..*b)).max(sum(*b..n))).unwrap_or((n, n))
}

fn column_ui(ui: &mut Ui, scene: &Scene<'_>, parts: &[Part]) {
    let lines: Vec<Vec<Line>> = parts.iter().map(|part| lines(scene, part)).collect();
    let start = start_of_names(ui, scene, &lines);
    for (part, lines) in parts.iter().zip(&lines) {
        ui.add_space(4.0);
        let title = match part {
            Part::Commands(menu) => menu.title(),
            Part::Own(title, _) => title,
            Part::Labels => "Labels",
        };
        widgets::heading_ui(ui, title, &scene.tokens);
        for Line { keys, name, help } in lines {
            line_ui(ui, scene, keys, name, help, start);
        }
        if matches!(part, Part::Labels) {
            letters_ui(ui, scene);
        }
    }
}

/// Keys, each of which does it; what it is called; what it does.
struct Line {
    keys: Vec<String>,
    name: String,
    help: String,
}

fn lines(scene: &Scene<'_>, part: &Part) -> Vec<Line> {
    let own = |keys: &str, name: &str, help: &str| {
        let keys = keys.split(", ").map(str::to_owned).collect();
        Line { keys, name: name.to_owned(), help: help.to_owned() }
    };
    match part {
        Part::Commands(menu) => entries()
            .iter()
            .filter(|entry| entry.menu == *menu)
            .filter_map(|entry| {
                let keys: Vec<String> =
                    scene.state.preferences.keymap().chords(entry.id).iter().map(|chord| spaced(&chord.to_string())).collect();
                (!keys.is_empty()).then(|| Line { keys, name: entry.name.to_owned(), help: entry.help.to_owned() })
            })
            .collect(),
        Part::Own(_, lines) => {
            let here = |line: &(_, _, _)| if *line == DROP && !takes_drops() { PASTE } else { *line };
            lines.iter().map(here).map(|(keys, name, help)| own(keys, name, help)).collect()
        }
        Part::Labels => {
            let line = |keys: &str, name: &str| own(keys, name, "A selection is added as a mention");
            vec![
                line("letter", "Retype, or add the selection"),
                line("Shift letter", "The same for its name in this article"),
                line("Ctrl Shift letter", "The same in the whole session"),
            ]
        }
    }
}

fn letters_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let defs: Vec<_> = scene.state.session().scheme().in_use().filter_map(|def| def.key.map(|key| (key, def))).collect();
    let name_width = |name: &str| ui.painter().layout_no_wrap(name.to_owned(), fonts::sans(12.0), scene.tokens.ink).size().x;
    let widest = defs.iter().map(|(_, def)| name_width(def.name.as_str())).fold(0.0, f32::max);
    let n = (ui.available_width() / (widest + 26.0)).floor().clamp(1.0, 3.0) as usize;
    let width = ui.available_width() / n as f32;
    for row in defs.chunks(n) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (key, def) in row {
                let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), egui::Sense::hover());
                let colour = scene.tags.get(&def.name).line;
                let y = rect.center().y;
                let anchor = egui::Align2::LEFT_CENTER;
                ui.painter().text(egui::pos2(rect.left(), y), anchor, key, fonts::sans_strong(12.0), colour);
                let name = widgets::elided(ui, def.name.as_str(), fonts::sans(12.0), scene.tokens.ink, width - 22.0);
                ui.painter().galley(egui::pos2(rect.left() + 17.0, y - name.size().y / 2.0), name, scene.tokens.ink);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{key} {}", def.name)));
                response.on_hover_text(&def.guideline);
            }
        });
    }
}

/// The keys as caps, then what they do: names begin at `start`, or where the caps of their line end. Whole in any case: what has
/// no room on one line takes another.
fn line_ui(ui: &mut Ui, scene: &Scene<'_>, keys: &[String], name: &str, help: &str, start: f32) {
    let caps: Vec<_> = keys.iter().map(|key| cap(ui, scene, key)).collect();
    let end: f32 = caps.iter().map(|cap| cap.size().x + CAP_EDGES + BETWEEN_CAPS).sum();
    let left = start.max(end) + 4.0;
    let width = ui.available_width();
    let name_galley = ui.painter().layout(name.to_owned(), fonts::sans(12.0), scene.tokens.ink, (width - left).max(60.0));
    let (rect, response) = ui.allocate_exact_size(vec2(width, name_galley.size().y.max(ROW)), egui::Sense::hover());
    let middle = rect.top() + ROW / 2.0;
    let mut x = rect.left();
    for cap in caps {
        let at = egui::Rect::from_min_size(egui::pos2(x, middle - ROW / 2.0 + 0.5), vec2(cap.size().x + CAP_EDGES, ROW - 1.0));
        widgets::paint_keycap(ui, at, cap, &scene.tokens);
        x = at.right() + BETWEEN_CAPS;
    }
    let first_row = name_galley.rows.first().map_or(ROW, |row| row.height());
    ui.painter().galley(egui::pos2(rect.left() + left, middle - first_row / 2.0), name_galley, scene.tokens.ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(keys.join(", ")));
    response.on_hover_text(help);
}

fn cap(ui: &Ui, scene: &Scene<'_>, key: &str) -> std::sync::Arc<egui::Galley> {
    ui.painter().layout_no_wrap(key.to_owned(), fonts::sans(10.5), scene.tokens.soft)
}

/// Left and right of a key in its cap, together; and between two caps.
const CAP_EDGES: f32 = 8.0;
const BETWEEN_CAPS: f32 = 4.0;

/// Where names begin: behind the keys of four lines in five.
fn start_of_names(ui: &Ui, scene: &Scene<'_>, lines: &[Vec<Line>]) -> f32 {
    let width = |keys: &[String]| keys.iter().map(|key| cap(ui, scene, key).size().x + CAP_EDGES + BETWEEN_CAPS).sum::<f32>();
    let mut widths: Vec<f32> = lines.iter().flatten().map(|line| width(&line.keys)).collect();
    widths.sort_by(f32::total_cmp);
    widths.get(widths.len() * 4 / 5).copied().unwrap_or_default()
}
