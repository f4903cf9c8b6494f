//! Finding in the whole session: what is looked for above, every place of it below, in the line that it stands in.

use eframe::egui::{self, DragValue, Key, RichText, TextEdit, Ui, vec2};

use super::super::concordance::{self, Place, Purpose, rows_have_keys};
use super::super::letters::{self, Lines};
use super::super::narrowing;
use super::super::scene::{Scene, count, grouped};
use super::super::widgets::{button_ui, buttons_ui, drop_down_ui, is_struck, keycap_ui, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::annotation::{EntityId, Label};
use crate::decide::seek::Sought;
use crate::decide::spread::Order;
use crate::text::pattern::Query;
use crate::workbench::{Command, Corpus, Screen, Seek};

/// What is looked for, as it is typed and chosen.
#[derive(Default)]
pub struct Draft {
    kind: usize,
    query: Query,
    /// The entity of the mention that was in focus.
    entity: Option<(EntityId, String)>,
    /// Places of labels among those in use.
    label: usize,
    other: usize,
    within: usize,
    order: usize,
}

const ORDERS: [(&str, Order); 3] =
    [("in order of articles", Order::Reading), ("by the words before", Order::Before), ("by the words after", Order::After)];

impl Draft {
    /// Goes on with what the find bar, or this dialog, looked for last.
    pub fn of(scene: &Scene<'_>) -> Self {
        let entity = scene.state.focused().and_then(|mention| mention.entity.as_ref());
        let entity = entity.and_then(|id| Some((id.clone(), scene.state.session().entity(id)?.name.clone())));
        let query = scene.state.find.query.clone();
        Self { query, entity, other: 1, within: 8, ..Self::default() }
    }

    fn sought(&self, labels: &[Label]) -> Option<Sought> {
        match (self.kind, &self.entity) {
            (0, _) => Some(Sought::Text(self.query.clone())),
            (1, _) => {
                Some(Sought::Near { label: labels.get(self.label)?.clone(), other: labels.get(self.other)?.clone(), within: self.within })
            }
            (_, entity) => entity.as_ref().map(|(id, _)| Sought::Names(id.clone())),
        }
    }
}

pub fn corpus_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    let screen = ui.ctx().content_rect();
    width_ui(ui, (screen.width() * 0.82).max(940.0));
    title_ui(ui, "Find in the session");
    let labels: Vec<Label> = scene.state.session().scheme().in_use().map(|def| def.name.clone()).collect();
    ui.horizontal_wrapped(|ui| sought_ui(ui, scene, state, draft, &labels));
    narrowing::over_ui(ui, scene, "Only these articles are looked through.", out);
    let corpus = &scene.state.corpus;
    told_ui(ui, scene, corpus, draft);
    let height = (screen.height() - 330.0).clamp(100.0, 720.0);
    if let Some(places) = corpus.places.as_ref().filter(|places| !places.rows.rows.is_empty()) {
        keys_ui(ui, scene, out);
        let place = Place { height, has_keys: true, is_dialog: true, purpose: Purpose::Found };
        concordance::rows_ui(ui, scene, &places.rows, &mut state.places, place, out);
    }
    buttons_ui(ui, |ui| {
        let first = corpus.places.as_ref().filter(|places| !places.rows.rows.is_empty());
        if state.main_ui(ui, scene, "Go there", first.is_some()) {
            out.extend(first.map(|places| concordance::go_there(&places.rows, &state.places)).into_iter().flatten());
        }
        if button_ui(ui, "Close").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        for (key, words) in [("↓", "to the places"), ("Space", "tick"), ("Ctrl A", "tick all"), ("X", "reject"), ("M", "flag the articles")]
        {
            keycap_ui(ui, key, &scene.tokens);
            ui.label(soft(words, &scene.tokens));
        }
        ui.label(soft("a label’s letter tags what is ticked", &scene.tokens));
    });
    if let Some(sought) = draft.sought(&labels) {
        let order = ORDERS.get(draft.order).map_or(Order::default(), |(_, order)| *order);
        let is_asked = corpus.search().is_some_and(|search| {
            let is_among = search.revision == scene.state.articles.revision();
            search.sought == sought && search.order == order && is_among
        });
        let is_nothing = matches!(&sought, Sought::Text(query) if query.is_empty()) && corpus.search().is_none();
        if !is_asked && !is_nothing {
            out.push(Command::Seek(Seek::In(sought, order)));
        }
    }
}

fn sought_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, labels: &[Label]) {
    ui.spacing_mut().item_spacing.x = 6.0;
    let names = draft.entity.as_ref().map(|(_, name)| format!("names of {name}"));
    let mut kinds = vec![("text", ""), ("a label near another", "")];
    kinds.extend(names.as_deref().map(|names| (names, "")));
    drop_down_ui(ui, "What to look for", &mut draft.kind, &kinds, 190.0, &scene.tokens);
    match draft.kind {
        0 => query_ui(ui, scene, state, &mut draft.query),
        1 => {
            let choices: Vec<(&str, &str)> = labels.iter().map(|label| (label.as_str(), "")).collect();
            drop_down_ui(ui, "Label", &mut draft.label, &choices, 130.0, &scene.tokens);
            ui.label("within");
            ui.add(DragValue::new(&mut draft.within).range(0..=100)).on_hover_text("At most so many words between the two");
            ui.label("words of");
            drop_down_ui(ui, "Other label", &mut draft.other, &choices, 130.0, &scene.tokens);
        }
        _ => {}
    }
    let orders: Vec<(&str, &str)> = ORDERS.iter().map(|(words, _)| (*words, "")).collect();
    drop_down_ui(ui, "Order", &mut draft.order, &orders, 170.0, &scene.tokens);
}

fn query_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, query: &mut Query) {
    let width = (ui.available_width() - 330.0).clamp(140.0, 380.0);
    let hint = RichText::new("Find in every article").color(scene.tokens.soft);
    let mut letters = letters::field(None, Lines::One);
    let id = egui::Id::unique("find in every article");
    // From the field down to what was found, before the field can take the key.
    if ui.memory(|memory| memory.has_focus(id)) && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown)) {
        ui.memory_mut(|memory| memory.surrender_focus(id));
        state.places.take_keys();
    }
    let edit =
        TextEdit::singleline(&mut query.text).id(id).layouter(&mut letters).hint_text(hint).desired_width(width).margin(vec2(8.0, 5.0));
    let response = ui.add(edit).accessible_name("Find in every article");
    if state.is_new {
        response.request_focus();
        super::typed::select_all(ui, response.id, &query.text);
    }
    ui.toggle_value(&mut query.regex, ".*").on_hover_text("Regular expression");
    ui.toggle_value(&mut query.whole_words, "ab").on_hover_text("Whole words only");
    ui.toggle_value(&mut query.match_case, "Aa").on_hover_text("Upper and lower case matter");
}

/// How much was found, or why nothing can be.
fn told_ui(ui: &mut Ui, scene: &Scene<'_>, corpus: &Corpus, draft: &Draft) {
    let (fault, places) = (&corpus.fault, &corpus.places);
    let words = match (fault, places) {
        (Some(fault), _) => {
            ui.label(RichText::new(fault).color(scene.tokens.accent));
            return;
        }
        (None, None) if corpus.is_looking() => "Looking…".to_owned(),
        (None, None) if draft.kind == 0 => "Text, or a regular expression".to_owned(),
        (None, None) => "Nothing is found".to_owned(),
        (None, Some(places)) if places.total == 0 => "Nothing is found".to_owned(),
        (None, Some(places)) => {
            let all = format!("{} in {}", count(places.total, "place"), count(places.articles, "article"));
            match places.total > places.rows.rows.len() {
                true => format!("{all}. The first {} are shown; look for something narrower to decide on them", grouped(Corpus::MOST)),
                false => format!("{all}. {} ticked", grouped(places.rows.ticked_count())),
            }
        }
    };
    ui.label(soft(words, &scene.tokens));
}

/// What the keys do while the rows have them.
fn keys_ui(ui: &Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    if !rows_have_keys(ui.ctx()) {
        return;
    }
    let is_pressed = |key: Key| is_struck(ui, key);
    for def in scene.state.session().scheme().in_use() {
        let key = def.key.and_then(|letter| egui::Key::from_name(&letter.to_string()));
        if key.is_some_and(is_pressed) {
            return out.push(Command::Seek(Seek::TagFound(def.name.clone())));
        }
    }
    if is_pressed(Key::X) {
        out.push(Command::Seek(Seek::RejectFound));
    }
    if is_pressed(Key::M) {
        out.push(Command::Seek(Seek::FlagFound));
    }
}
