//! The filter of the articles, wherever it is told and changed: the field over the list, the order, and the chip that says in
//! every view that not all articles are meant, with the way to take it off.

use eframe::egui::{RichText, Ui};

use super::filter::FilterField;
use super::scene::{Scene, count, grouped};
use super::{fonts, widgets};
use crate::decide::articles::{ArticleOrder, Filter, Having, Term, What};
use crate::workbench::{Articles, Command, Dialog, Pane, Screen};

/// A field with the filter as it is typed, which other controls write into, too.
#[derive(Default)]
pub struct AskedField {
    field: FilterField,
    /// What stood in it when it was last told.
    told: String,
}

impl AskedField {
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
        self.follow(scene);
        self.field.field_ui(ui, scene, ("Filter articles", Pane::List), f32::INFINITY, out);
        self.tell(out);
    }

    /// What is typed; taken over from elsewhere where it was changed there.
    pub fn follow(&mut self, scene: &Scene<'_>) -> &mut String {
        let typed = scene.state.wanted.typed();
        if self.told != typed {
            typed.clone_into(&mut self.told);
            typed.clone_into(&mut self.field.text);
        }
        &mut self.field.text
    }

    /// Asks for what has been typed since.
    pub fn tell(&mut self, out: &mut Vec<Command>) {
        if self.field.text != self.told {
            self.told.clone_from(&self.field.text);
            out.push(Command::Articles(Articles::Filter(self.told.clone())));
        }
    }
}

/// What stands over the list besides the field: the order, the way to the menu, what is chosen, what is left.
pub fn head_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    faults_ui(ui, scene);
    // In a low window the room is the rows’; the order stands in the menu, too.
    if ui.available_height() > LOW {
        ui.add_space(6.0);
        sort_ui(ui, scene, out);
        copies_ui(ui, scene, out);
    }
    if !scene.state.wanted.filter().is_empty() {
        ui.add_space(6.0);
        chip_ui(ui, scene, out);
    }
    if !scene.state.choice.is_empty() {
        ui.add_space(5.0);
        chosen_ui(ui, scene, out);
    }
}

/// Points.
const LOW: f32 = 180.0;

/// The order, and the way to the menu.
fn sort_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let which = Command::Screen(Screen::Open(Dialog::Which));
        let room = ui.available_width() - 42.0;
        order_ui(ui, scene, room, out);
        let button = widgets::keycap_button_ui(ui, &scene.key(&which), "", &scene.tokens).on_hover_text(scene.tooltip(&which));
        if button.clicked() {
            out.push(which);
        }
    });
}

/// The order of the list, in which one goes from article to article.
pub fn order_ui(ui: &mut Ui, scene: &Scene<'_>, width: f32, out: &mut Vec<Command>) {
    let wanted = &scene.state.wanted;
    let turned = |is_reversed: bool| if is_reversed { ", turned round" } else { "" };
    let rows: Vec<(ArticleOrder, bool, String)> = ArticleOrder::ALL
        .into_iter()
        .flat_map(|order| [false, true].map(|is_reversed| (order, is_reversed, format!("{}{}", order.words(), turned(is_reversed)))))
        .collect();
    let choices: Vec<(&str, &str)> = rows.iter().map(|(_, _, words)| (words.as_str(), "")).collect();
    let mut at = rows.iter().position(|row| (row.0, row.1) == (wanted.order, wanted.is_reversed)).unwrap_or(0);
    if widgets::drop_down_ui(ui, "Order of the articles", &mut at, &choices, width - 8.0, &scene.tokens)
        && let Some((order, is_reversed, _)) = rows.get(at)
    {
        if *order != wanted.order {
            out.push(Command::Articles(Articles::Sort(*order)));
        }
        // Another order begins the right way round.
        let is_now = *order == wanted.order && wanted.is_reversed;
        if is_now != *is_reversed {
            out.push(Command::Articles(Articles::Reverse));
        }
    }
}

/// Whether copies are listed, where there are some.
fn copies_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let groups = scene.state.copies.groups();
    if groups.is_empty() {
        return;
    }
    ui.add_space(6.0);
    let all = scene.state.session().articles().len();
    let numbers = [all, all.saturating_sub(groups.spare()), groups.all().iter().map(Vec::len).sum()].map(grouped);
    let names = ["With all copies", "Each text once", "Only copies"];
    let choices: Vec<(&str, &str)> = names.into_iter().zip(numbers.iter().map(String::as_str)).collect();
    let term = |is_left_out, having| Term { is_left_out, what: What::Has(having) };
    let terms = [None, Some(term(true, Having::Earlier)), Some(term(false, Having::Copies))];
    let filter = scene.state.wanted.filter();
    let is_asked = |term: &Option<Term>| term.as_ref().is_some_and(|term| filter.terms().contains(term));
    let mut at = terms.iter().position(is_asked).unwrap_or(0);
    if widgets::drop_down_ui(ui, "Copies among the articles", &mut at, &choices, ui.available_width() - 8.0, &scene.tokens) {
        let others = filter.terms().iter().filter(|term| !matches!(term.what, What::Has(Having::Copies | Having::Earlier)));
        let asked: Filter = others.cloned().chain(terms.into_iter().nth(at).flatten()).collect();
        out.push(Command::Articles(Articles::Filter(asked.to_string())));
    }
}

/// What of the filter is not understood.
pub fn faults_ui(ui: &mut Ui, scene: &Scene<'_>) {
    for fault in scene.state.wanted.faults().iter().take(2) {
        ui.add_space(3.0);
        ui.label(RichText::new(fault).font(fonts::sans(11.5)).color(scene.tokens.accent));
    }
}

/// `12 of 25 articles · state:open`, and the way back to all of them.
pub fn chip_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let all = Command::Articles(Articles::All);
    let words = told(scene);
    let response = widgets::tag_chip_ui(ui, &words, &scene.tokens);
    if response.on_hover_text(scene.tooltip(&all)).clicked() {
        out.push(all);
    }
}

/// How many articles the filter leaves.
fn told(scene: &Scene<'_>) -> String {
    let state = scene.state;
    let (left, all) = (state.articles.passing(), state.session().articles().len());
    format!("{} of {} · {}", grouped(left), count(all, "article"), state.wanted.filter())
}

/// The chip over a view, with what it means there; nothing where all articles are meant.
pub fn over_ui(ui: &mut Ui, scene: &Scene<'_>, meaning: &str, out: &mut Vec<Command>) {
    if scene.state.wanted.filter().is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        chip_ui(ui, scene, out);
        ui.label(widgets::soft(meaning, &scene.tokens));
    });
}

/// How many are chosen, and what can be done with them.
fn chosen_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let n = scene.state.choice.len();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(5.0, 4.0);
        ui.label(RichText::new(format!("{} chosen", grouped(n))).font(fonts::sans_strong(12.0)));
        let tags = Command::Screen(Screen::Open(Dialog::Tags));
        let let_go = Command::Articles(Articles::LetGo);
        for (key, words, command) in [(scene.key(&tags), "tags", tags), ("Esc".to_owned(), "let go", let_go)] {
            if widgets::keycap_button_ui(ui, &key, words, &scene.tokens).clicked() {
                // They are acted on while the list has the keys.
                out.extend([Command::Screen(Screen::Pane(Pane::List)), command]);
            }
        }
    });
}
