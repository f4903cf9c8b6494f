//! The help sheet: every key on one screen, from the command table and the scheme; what the caret and the mouse can do.

use eframe::egui::{self, RichText, Ui, vec2};

use super::super::scene::{Scene, spaced};
use super::super::{fonts, widgets};
use super::typed::width_ui;
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
        ("← →", "Go from word to word", "The word under the caret is selected"),
        ("Shift ← →", "Select more words or fewer", "From where the caret stood"),
        ("↑ ↓", "Go to the line above or below", "To the word that stands there"),
        ("Tab", "Next likely name", "Words that look like a name and have no mention; they are selected, a letter adds them"),
        ("a label’s letter", "Add what is selected", "As a mention that is yours"),
    ],
);

const MOUSE: Part = Part::Own(
    "With the mouse",
    &[
        ("click", "Go to a mention", "Another click goes to the one around it"),
        ("drag", "Select whole words", "With Alt held: single characters"),
        ("two, three clicks", "Select a word, a sentence", "Shift and a click extends what is selected"),
        ("right click", "Every decision", "On the mention or the selection"),
        ("Page keys, ↑ ↓", "Scroll the page", "Home and End go to its ends"),
        ("drop files", "Add them as articles", "Under Wayland: copy them in the file manager, then Ctrl+V here"),
    ],
);

/// In the order in which a newcomer needs them.
const PARTS: [Part; 10] = [
    Part::Commands(Menu::Decide),
    CARET,
    MOUSE,
    Part::Commands(Menu::Help),
    Part::Labels,
    Part::Commands(Menu::Go),
    Part::Commands(Menu::Article),
    Part::Commands(Menu::View),
    Part::Commands(Menu::File),
    Part::Commands(Menu::Edit),
];

const ROW: f32 = 16.0;

pub fn help_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    width_ui(ui, 1100.0);
    ui.spacing_mut().item_spacing.y = 0.5;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Keys").font(fonts::sans_strong(16.0)));
        super::super::inspector::right_ui(ui, |ui| {
            if ui.button("Close").clicked() {
                out.push(Command::Screen(Screen::Close));
            }
            if ui.available_width() > 560.0 {
                let words = "Letters decide while the page has the keys; F6 goes from page to list to inspector";
                ui.label(widgets::soft(words, &scene.tokens));
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
    let lines: Vec<Vec<[String; 3]>> = parts.iter().map(|part| lines(scene, part)).collect();
    let font = fonts::sans(11.5);
    let width = |keys: &String| ui.painter().layout_no_wrap(keys.clone(), font.clone(), scene.tokens.soft).size().x;
    let widest = lines.iter().flatten().map(|[keys, ..]| width(keys)).fold(0.0, f32::max);
    let keys_width = widest.min(ui.available_width() * 0.62) + 10.0;
    for (part, lines) in parts.iter().zip(&lines) {
        ui.add_space(6.0);
        let title = match part {
            Part::Commands(menu) => menu.title(),
            Part::Own(title, _) => title,
            Part::Labels => "Labels",
        };
        widgets::heading_ui(ui, title, &scene.tokens);
        for [keys, name, help] in lines {
            line_ui(ui, scene, keys, name, help, keys_width);
        }
        if matches!(part, Part::Labels) {
            letters_ui(ui, scene);
        }
    }
}

fn lines(scene: &Scene<'_>, part: &Part) -> Vec<[String; 3]> {
    match part {
        Part::Commands(menu) => entries()
            .iter()
            .filter(|entry| entry.menu == *menu)
            .filter_map(|entry| {
                let keys: Vec<String> =
                    scene.state.preferences.keymap().chords(entry.id).iter().map(|chord| spaced(&chord.to_string())).collect();
                (!keys.is_empty()).then(|| [keys.join(" or "), entry.name.to_owned(), entry.help.to_owned()])
            })
            .collect(),
        Part::Own(_, lines) => lines.iter().map(|(keys, name, help)| [keys, name, help].map(|&text| text.to_owned())).collect(),
        Part::Labels => {
            let line = |keys: &str, name: &str| [keys.to_owned(), name.to_owned(), "A selection is added as a mention".to_owned()];
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
    let n = (ui.available_width() / 98.0).floor().clamp(1.0, 3.0) as usize;
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

fn line_ui(ui: &mut Ui, scene: &Scene<'_>, keys: &str, name: &str, help: &str, keys_width: f32) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let galley = widgets::elided(ui, keys, fonts::sans(11.5), scene.tokens.soft, keys_width - 8.0);
        let (rect, response) = ui.allocate_exact_size(vec2(keys_width, ROW), egui::Sense::hover());
        ui.painter().galley(egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, scene.tokens.soft);
        response.on_hover_text(keys);
        ui.add(egui::Label::new(RichText::new(name).font(fonts::sans(12.0))).truncate()).on_hover_text(help);
    });
}
