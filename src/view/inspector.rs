//! The inspector: everything about the mention in focus, and what can be decided on it.

use eframe::egui::{self, Align, CursorIcon, Layout, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::caps::{caps_ui, command_cap_ui};
use super::page::state_words;
use super::scene::{Scene, count};
use super::widgets::{CHIP, elided, heading_ui, keycap_button_ui, label_chip_ui, label_chip_width, soft};
use super::{entity, fonts, letters, samename};
use crate::annotation::{Article, Label, LabelDef, Mention, Scope, Standing, State};
use crate::decide::anchors::{Was, was};
use crate::decide::merge::told;
use crate::text::seam::one_line;
use crate::workbench::{Arrange, Command, Decide, Dialog, Edge, Go, Screen, Step};

/// What the inspector keeps between frames.
#[derive(Default)]
pub struct InspectorState {
    same: samename::SameName,
    entity: entity::EntityPart,
    shows_all_labels: bool,
}

pub fn inspector_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut InspectorState, out: &mut Vec<Command>) {
    ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
        egui::Frame::NONE.inner_margin(egui::Margin { left: 18, right: 16, top: 15, bottom: 20 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(7.0, 6.0);
            match (scene.state.open_article(), scene.state.focused(), scene.state.page.selection) {
                (Some(article), _, Some(span)) => selection_ui(ui, scene, article.quote(span), state, out),
                (Some(article), Some(mention), None) => mention_ui(ui, scene, article, mention, state, out),
                (Some(article), None, None) => nothing_ui(ui, scene, article, out),
                (None, _, _) => {}
            }
        });
    });
}

/// What is decided with stands first, in places that are the same for every mention; what differs in length stands below.
fn mention_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, mention: &Mention, state: &mut InspectorState, out: &mut Vec<Command>) {
    heading_ui(ui, "Mention", &scene.tokens);
    line_ui(ui, scene, article.quote(mention.span));
    part_ui(ui, "decisions", |ui| decisions_ui(ui, scene, mention, out));
    space_ui(ui);
    part_ui(ui, "labels", |ui| labels_ui(ui, scene, Some(mention), state, out));
    space_ui(ui);
    part_ui(ui, "why", |ui| why_ui(ui, scene, article, mention, out));
    space_ui(ui);
    part_ui(ui, "entity", |ui| entity::entity_ui(ui, scene, article, mention, &mut state.entity, out));
    space_ui(ui);
    part_ui(ui, "same name", |ui| samename::same_name_ui(ui, scene, article, mention, &mut state.same, out));
}

/// How it came to be what it is, and what was left with it.
fn why_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, mention: &Mention, out: &mut Vec<Command>) {
    let tokens = &scene.tokens;
    heading_ui(ui, "Why", tokens);
    contested_ui(ui, scene, article, mention, out);
    if let Some(was) = was(mention).filter(|_| mention.is_suggested()) {
        changed_ui(ui, scene, &was);
    }
    ui.label(soft(reason_words(mention, &scene.state.why(article, mention)), tokens));
    if let Some(first) = &mention.first {
        let was = format!("First suggested as {} “{}”.", first.label, article.quote(first.span));
        ui.label(soft(was, tokens));
    }
    // A value with open places (any Monday) says nothing that the words do not.
    if let Some(value) = mention.value.as_deref().filter(|value| !value.contains('X')) {
        ui.label(soft(format!("Means {value}."), tokens));
    }
    if let Some(note) = &mention.note {
        ui.add_space(4.0);
        let response = ui.add(egui::Label::new(RichText::new(format!("“{note}”")).font(fonts::serif_italic(14.0))).sense(Sense::click()));
        if response
            .on_hover_text(scene.tooltip(&Command::Screen(Screen::Open(Dialog::Note))))
            .on_hover_cursor(CursorIcon::PointingHand)
            .clicked()
        {
            out.push(Command::Screen(Screen::Open(Dialog::Note)));
        }
    }
}

/// A part whose controls stay the same ones to a screen reader, whatever stands above them.
fn part_ui(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(egui::UiBuilder::new().scope_id(egui::Id::unique(("inspector", name))), add);
}

fn space_ui(ui: &mut Ui) {
    ui.add_space(11.0);
}

fn quote_ui(ui: &mut Ui, scene: &Scene<'_>, quote: &str) {
    let quote = one_line(quote);
    let job = egui::text::LayoutJob::simple(quote, fonts::serif_bold(18.5), scene.tokens.ink, ui.available_width());
    ui.label(letters::in_order(ui, job));
}

/// The words of a mention on one line; the page has them whole, and so has whoever points at it.
fn line_ui(ui: &mut Ui, scene: &Scene<'_>, quote: &str) {
    let quote = one_line(quote);
    let galley = elided(ui, &quote, fonts::serif_bold(18.5), scene.tokens.ink, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 27.0), Sense::hover());
    let is_cut = galley.elided;
    ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, scene.tokens.ink);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &quote));
    if is_cut {
        response.on_hover_text(&quote);
    }
}

/// The source has changed under a mention: what it was, and that one key settles it.
fn changed_ui(ui: &mut Ui, scene: &Scene<'_>, was: &Was) {
    let by = was.by.as_deref().filter(|by| !by.is_empty()).map(|by| format!(" by {by}")).unwrap_or_default();
    let quote = one_line(&was.quote);
    let (settled, key) = match was.state {
        State::Suggested => ("suggested".to_owned(), None),
        State::Confirmed => (format!("confirmed{by}"), Some(Command::Decide(Decide::Confirm(Scope::Mention)))),
        State::Rejected => (format!("rejected{by}"), Some(Command::Decide(Decide::Reject(Scope::Mention)))),
    };
    let again = key.map(|key| format!(" {} says so again.", scene.key(&key))).unwrap_or_default();
    let text = format!("The source has changed here: it was “{quote}”, {settled}.{again}");
    ui.label(RichText::new(text).font(fonts::sans_medium(12.5)).color(scene.tokens.accent));
}

/// Two people decided differently: what each said, and the key that lets it hold.
fn contested_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, mention: &Mention, out: &mut Vec<Command>) {
    if !mention.is_contested() {
        return;
    }
    let tokens = &scene.tokens;
    let strong = |text: String| RichText::new(text).font(fonts::sans_medium(12.5));
    ui.label(strong("Two people decided differently.".to_owned()).color(tokens.accent));
    for (at, rival) in mention.rivals.iter().enumerate() {
        let (stands, other) = told::sides(article, mention, rival);
        if at == 0 {
            ui.label(strong(format!("It stands {stands}.")));
        }
        ui.label(strong(format!("The other: {other}.")));
    }
    let keep = if mention.is_rejected() {
        Command::Decide(Decide::Reject(Scope::Mention))
    } else {
        Command::Decide(Decide::Confirm(Scope::Mention))
    };
    caps_ui(ui, |ui| {
        command_cap_ui(ui, scene, keep, "keep", out);
        command_cap_ui(ui, scene, Command::Decide(Decide::TakeOther), "take the other", out);
    });
}

/// `Suggested as ORG, 0.91: ends in “Board”.`
fn reason_words(mention: &Mention, reason: &str) -> String {
    if mention.is_suggested() {
        let score = mention.score.map(|score| format!(", {score}")).unwrap_or_default();
        return format!("Suggested as {}{score}: {reason}.", mention.label);
    }
    let by = mention.by.as_deref().filter(|by| !by.is_empty()).map(|by| format!(" by {by}")).unwrap_or_default();
    let words = state_words(mention);
    let mut chars = words.chars();
    let words: String = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    format!("{words} as {}{by}. From: {reason}.", mention.label)
}

fn decisions_ui(ui: &mut Ui, scene: &Scene<'_>, mention: &Mention, out: &mut Vec<Command>) {
    caps_ui(ui, |ui| {
        command_cap_ui(ui, scene, Command::Decide(Decide::Confirm(Scope::Mention)), "confirm", out);
        command_cap_ui(ui, scene, Command::Decide(Decide::Reject(Scope::Mention)), "reject", out);
        command_cap_ui(ui, scene, Command::Screen(Screen::Open(Dialog::Note)), "note", out);
        // Where there is nothing to take back its place is kept.
        if !mention.is_settled() {
            ui.disable();
        }
        command_cap_ui(ui, scene, Command::Decide(Decide::Reopen), "undecide", out);
    });
    edges_ui(ui, scene, &[Edge::Start, Edge::End], out);
}

/// `start Alt ← →`: the caps that move an edge.
fn edges_ui(ui: &mut Ui, scene: &Scene<'_>, edges: &[Edge], out: &mut Vec<Command>) {
    // An edge's two caps stay together.
    if edges.len() > 1 && ui.available_width() < 240.0 {
        return edges.iter().for_each(|edge| edges_ui(ui, scene, &[*edge], out));
    }
    caps_ui(ui, |ui| {
        for edge in edges {
            let name = if *edge == Edge::Start { "start" } else { "end" };
            let commands = [Step::Back, Step::On].map(|step| Command::Decide(Decide::MoveEdge(*edge, step)));
            let keys = commands.each_ref().map(|command| scene.key(command));
            let held = keys[0].rsplit_once(' ').map_or("", |(held, _)| held);
            ui.label(soft(name, &scene.tokens));
            for (i, (command, arrow)) in commands.into_iter().zip(["back", "on"]).enumerate() {
                let key = keys[i].strip_prefix(held).filter(|_| i > 0).map_or(&*keys[i], str::trim_start);
                let response = keycap_button_ui(ui, key, "", &scene.tokens).accessible_name(format!("Move the {name} {arrow}"));
                if response.on_hover_text(scene.tooltip(&command)).clicked() {
                    out.push(command);
                }
            }
            ui.add_space(5.0);
        }
    });
}

/// Labels in two columns, the ones in use; the guideline of the current one below. The grid has its place and its height
/// whatever label the mention has.
fn labels_ui(ui: &mut Ui, scene: &Scene<'_>, mention: Option<&Mention>, state: &mut InspectorState, out: &mut Vec<Command>) {
    let scheme = scene.state.session().scheme();
    heading_ui(ui, if mention.is_some() { "Label" } else { "Add as" }, &scene.tokens);
    let current = mention.map(|mention| &mention.label);
    let in_use: Vec<&LabelDef> = scheme.labels.iter().filter(|def| def.standing == Standing::On || Some(&def.name) == current).collect();
    let has_more = in_use.len() > FIRST_LABELS + 2;
    let first = if state.shows_all_labels || !has_more { in_use.len() } else { FIRST_LABELS };
    let (shown, rest) = in_use.split_at(first);
    let width = ((ui.available_width() - BETWEEN) / 2.0).floor();
    let mut pointed = None;
    let mut chip = |ui: &mut Ui, def: &'_ LabelDef, width: f32| {
        let is_current = Some(&def.name) == current;
        let response = label_chip_ui(ui, def.name.as_str(), def.key, scene.tags.get(&def.name), is_current, width, &scene.tokens);
        if response.hovered() {
            pointed = Some(def.name.clone());
        }
        if response.clicked() {
            out.push(Command::Decide(Decide::Label(def.name.clone(), Scope::Mention)));
        }
    };
    for row in rows_of(ui, shown, width) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = BETWEEN;
            for def in row {
                let width = if row.len() == 1 && !fits_ui(ui, def, width) { 2.0 * width + BETWEEN } else { width };
                chip(ui, def, width);
            }
        });
    }
    if has_more {
        // A current label that is not among the first stands here, in the height of a chip that is kept for it.
        let row = ui.allocate_ui_with_layout(vec2(ui.available_width(), CHIP), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(CHIP);
            ui.spacing_mut().item_spacing.x = BETWEEN;
            let current = rest.iter().find(|def| Some(&def.name) == current);
            if let Some(def) = current {
                let needed = label_chip_width(ui, def.name.as_str(), def.key.is_some());
                chip(ui, def, width.max(needed));
            }
            let words = match (rest.len() - usize::from(current.is_some()), current) {
                (0, _) => "fewer labels".to_owned(),
                (n, Some(_)) => format!("{n} more"),
                (n, None) => count(n, "more label"),
            };
            ui.link(soft(words, &scene.tokens)).clicked()
        });
        if row.inner {
            state.shows_all_labels = !state.shows_all_labels;
        }
    }
    let told = |name: &Label| scheme.get(name).map(|def| (format!("{}: {}", def.name, def.guideline), &def.details));
    let height = in_use.iter().filter_map(|def| told(&def.name)).map(|(words, _)| height_of(ui, words)).fold(0.0, f32::max);
    let room = vec2(ui.available_width(), height.min(MOST_GUIDELINE));
    ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
        ui.set_min_height(room.y);
        if let Some((words, details)) = pointed.as_ref().or(current).and_then(told) {
            ui.label(soft(words, &scene.tokens)).on_hover_text(details);
        }
    });
}

/// Pairs of labels, and by itself one whose name does not fit beside another.
fn rows_of<'d>(ui: &Ui, defs: &'d [&'d LabelDef], width: f32) -> Vec<&'d [&'d LabelDef]> {
    let mut rows = Vec::new();
    let mut rest = defs;
    while let [first, more @ ..] = rest {
        let is_pair = fits_ui(ui, first, width) && more.first().is_some_and(|second| fits_ui(ui, second, width));
        let (row, after) = rest.split_at(if is_pair { 2 } else { 1 });
        rows.push(row);
        rest = after;
    }
    rows
}

fn fits_ui(ui: &Ui, def: &LabelDef, width: f32) -> bool {
    label_chip_width(ui, def.name.as_str(), def.key.is_some()) <= width
}

/// How high a text of second rank is over the width there is.
fn height_of(ui: &Ui, words: String) -> f32 {
    let font = egui::TextStyle::Body.resolve(ui.style());
    ui.painter().layout(words, font, egui::Color32::PLACEHOLDER, ui.available_width()).size().y
}

/// Between two chips.
const BETWEEN: f32 = 6.0;
/// The height that guidelines may take for themselves, in points.
const MOST_GUIDELINE: f32 = 90.0;

/// The labels that are always offered; the rest at a click, or by letter at any time.
const FIRST_LABELS: usize = 8;

fn selection_ui(ui: &mut Ui, scene: &Scene<'_>, quote: &str, state: &mut InspectorState, out: &mut Vec<Command>) {
    let has_caret = scene.state.page.caret.is_some();
    heading_ui(ui, if has_caret { "Caret" } else { "Selection" }, &scene.tokens);
    quote_ui(ui, scene, quote);
    ui.label(soft("A label’s letter adds it as a mention.", &scene.tokens));
    if has_caret {
        ui.label(soft("Arrows go from word to word and line to line; with Shift they select.", &scene.tokens));
    }
    caps_ui(ui, |ui| {
        if has_caret {
            command_cap_ui(ui, scene, Command::Go(Go::Undecided(Step::On)), "next likely name", out);
        }
        command_cap_ui(ui, scene, Command::Screen(Screen::Leave), if has_caret { "leave" } else { "drop it" }, out);
        command_cap_ui(ui, scene, Command::Arrange(Arrange::FlipZone), "boilerplate", out);
        command_cap_ui(ui, scene, Command::Go(Go::Copy), "copy", out);
    });
    edges_ui(ui, scene, &[Edge::Start, Edge::End], out);
    space_ui(ui);
    labels_ui(ui, scene, None, state, out);
}

fn nothing_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, out: &mut Vec<Command>) {
    heading_ui(ui, "Article", &scene.tokens);
    quote_ui(ui, scene, article.title());
    ui.label(soft(count(article.mentions.len(), "mention"), &scene.tokens));
    ui.label(soft(
        "Nothing is in focus. Select words with the pointer, or press I to move by words and Tab to step to likely names.",
        &scene.tokens,
    ));
    caps_ui(ui, |ui| {
        command_cap_ui(ui, scene, Command::Go(Go::CaretMode), "caret", out);
        command_cap_ui(ui, scene, Command::Go(Go::Undecided(Step::On)), "next undecided", out);
        if article.open_count() == 0 && !scene.state.is_done() {
            command_cap_ui(ui, scene, Command::Decide(Decide::AcceptRest), "done, next article", out);
        }
        command_cap_ui(ui, scene, Command::Screen(Screen::Open(Dialog::Details)), "details", out);
    });
}
