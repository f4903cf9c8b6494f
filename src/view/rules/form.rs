//! The form in which a rule or list of the analyst's own is written, with its live matches in the open article. Typed
//! text stays here until it is kept.

use std::path::PathBuf;

use eframe::egui::{self, Key, Modifiers, RichText, TextEdit, Ui, vec2};

use super::super::fonts;
use super::super::letters::{self, Lines};
use super::super::lines::lines_ui;
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, checkbox_ui, field_ui, heading_ui, keycap_ui, main_button_ui, radio_ui, soft};
use crate::annotation::ArticleId;
use crate::tagger::rules::{NameList, Pack, Rule};
use crate::tagger::{own::Own, rules};
use crate::text::tokens::tokens;
use crate::workbench::{Command, Hit, Keeping, Rules, Screen, Writing, Written, fault_of, label_for_rule, pack_folders, parts_of};

#[derive(Default)]
pub struct FormState {
    writing: Option<Writing>,
    draft: Draft,
    /// What is wrong with the draft, and its matches, for the draft and article that they were found for.
    checked_for: Option<(Draft, Option<ArticleId>)>,
    fault: Option<String>,
    matches: Vec<Hit>,
}

impl FormState {
    pub fn close(&mut self) {
        self.writing = None;
    }
}

/// What is typed.
#[derive(Clone, PartialEq, Debug, Default)]
struct Draft {
    was: Option<std::sync::Arc<str>>,
    is_list: bool,
    /// Whether the names of the list are never mentions.
    never: bool,
    id: String,
    label: String,
    pattern: String,
    reason: String,
    /// A line each.
    examples: String,
    names: String,
    /// Fields of a rule that the form does not show.
    rule: Option<Rule>,
    folder: Option<PathBuf>,
}

impl Draft {
    fn of(scene: &Scene<'_>, writing: &Writing) -> Self {
        let state = scene.state;
        let new = Self { label: label_for_rule(state).to_string(), folder: pack_folders(state).into_iter().next(), ..Self::default() };
        match writing {
            Writing::New(words) => {
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                let pattern = if words.is_empty() { String::new() } else { format!(r"\b{}\b", rules::escaped(&words)) };
                Self { id: id_of(&words), pattern, examples: if words.is_empty() { String::new() } else { format!("[{words}]") }, ..new }
            }
            Writing::Part(id) => {
                let pack = state.lists().packs().and_then(|packs| packs.of(id)).map(|own| &own.pack);
                let rule = pack.and_then(|pack| pack.rules.iter().find(|rule| rule.id == **id));
                let list = pack.and_then(|pack| pack.lists.iter().find(|list| list.id == **id));
                let known = Self { was: Some(id.clone()), id: id.to_string(), folder: None, ..new };
                match (rule, list) {
                    (Some(rule), _) => Self {
                        label: rule.label.clone(),
                        pattern: rule.pattern.clone(),
                        reason: rule.reason.clone(),
                        examples: rule.examples.join("\n"),
                        rule: Some(rule.clone()),
                        ..known
                    },
                    (_, Some(list)) => Self {
                        is_list: true,
                        never: list.never,
                        label: list.label.clone(),
                        reason: list.about.clone(),
                        names: list.names.join("\n"),
                        ..known
                    },
                    (None, None) => known,
                }
            }
        }
    }

    fn keeping(&self) -> Keeping {
        let lines = |text: &str| text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let written = if self.is_list {
            Written::List(NameList {
                id: self.id.clone(),
                label: self.label.clone(),
                about: self.reason.clone(),
                never: self.never,
                names: lines(&self.names),
            })
        } else {
            let (words, score) = self.rule.as_ref().map_or((Vec::new(), 0.9), |rule| (rule.words.clone(), rule.score));
            Written::Rule(Rule {
                id: self.id.clone(),
                label: self.label.clone(),
                pattern: self.pattern.clone(),
                words,
                score,
                reason: self.reason.clone(),
                examples: lines(&self.examples),
            })
        };
        Keeping { was: self.was.clone(), written, folder: self.folder.clone() }
    }
}

/// `kelp-board` for Kelp Board.
fn id_of(words: &str) -> String {
    let word = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    words.split_whitespace().map(word).filter(|word| !word.is_empty()).take(4).collect::<Vec<_>>().join("-")
}

pub fn form_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut FormState, out: &mut Vec<Command>) {
    let Some(writing) = &scene.state.rulebook.writing else { return };
    let is_new = state.writing.as_ref() != Some(writing);
    if is_new {
        *state = FormState { writing: Some(writing.clone()), draft: Draft::of(scene, writing), ..FormState::default() };
    }
    let keeps = keys_ui(ui, out);
    fields_ui(ui, scene, &mut state.draft, is_new);
    check(scene, state);
    ui.add_space(4.0);
    // An empty form is not wrong yet.
    let is_begun = !(state.draft.id.is_empty() || state.draft.pattern.is_empty() && state.draft.names.is_empty());
    match state.fault.as_ref().filter(|_| is_begun) {
        Some(fault) => ui.label(RichText::new(fault).color(scene.tokens.accent)),
        None => ui.label(soft(place_words(scene, &state.draft), &scene.tokens)),
    };
    buttons_ui(ui, |ui| {
        let is_sound = state.fault.is_none();
        if main_button_ui(ui, "Keep", is_sound, &scene.tokens).clicked() || keeps && is_sound {
            out.push(Command::Rules(Rules::Keep(Box::new(state.draft.keeping()))));
        }
        keycap_ui(ui, "Ctrl Enter", &scene.tokens);
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Leave));
        }
    });
    ui.add_space(8.0);
    matches_ui(ui, scene, state, out);
}

/// `Esc` gives the form up, `Ctrl+Enter` keeps it; answers whether it was that.
fn keys_ui(ui: &Ui, out: &mut Vec<Command>) -> bool {
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        out.push(Command::Screen(Screen::Leave));
    }
    ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter))
}

fn fields_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft, is_new: bool) {
    let tokens = &scene.tokens;
    heading_ui(ui, if draft.was.is_some() { "Edit" } else { "New" }, tokens);
    if draft.was.is_none() {
        ui.horizontal(|ui| {
            radio_ui(ui, &mut draft.is_list, false, "rule").on_hover_text("A regular expression");
            radio_ui(ui, &mut draft.is_list, true, "list").on_hover_text("Names, each as it is written");
        });
    }
    let name =
        field_ui(ui, "Name, one word; mentions tell it as where they came from", &mut draft.id, "for instance harbour-boards", tokens);
    if is_new && draft.pattern.is_empty() {
        name.request_focus();
    }
    label_ui(ui, scene, draft);
    if draft.is_list {
        field_ui(ui, "What it holds", &mut draft.reason, "for instance boards of harbours", tokens);
        checkbox_ui(ui, &mut draft.never, "never names").on_hover_text("Nothing of this name is suggested, whatever else says so");
        lines_field_ui(ui, "Names, a line each", &mut draft.names, 8, scene);
        return;
    }
    let title = ui.label(
        RichText::new("Pattern, a regular expression; (?<m>…) marks the mention in it").font(fonts::sans_medium(12.0)).color(tokens.soft),
    );
    let hint = RichText::new(r"for instance \bPort of (?<m>\p{Lu}\w+)").color(tokens.faint).italics();
    let mut letters = letters::field(Some(egui::FontId::monospace(13.0)), Lines::One);
    let edit = TextEdit::singleline(&mut draft.pattern).layouter(&mut letters).font(egui::FontId::monospace(13.0)).hint_text(hint);
    let pattern = ui.add(edit.desired_width(f32::INFINITY).margin(vec2(8.0, 6.0))).labelled_by(title.id);
    if is_new && !draft.pattern.is_empty() {
        pattern.request_focus();
    }
    field_ui(ui, "Reason, one clause", &mut draft.reason, "for instance a place after Port of", tokens);
    lines_field_ui(ui, "Examples, a line each, what is found in [brackets]", &mut draft.examples, 3, scene);
}

fn label_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft) {
    ui.horizontal(|ui| {
        let title = ui.label(RichText::new("Label").font(fonts::sans_medium(12.0)).color(scene.tokens.soft));
        let combo = egui::ComboBox::from_id_salt("rule label").selected_text(&draft.label).width(170.0).show_ui(ui, |ui| {
            for def in scene.state.session().scheme().in_use() {
                ui.selectable_value(&mut draft.label, def.name.to_string(), def.name.as_str());
            }
        });
        combo.response.labelled_by(title.id);
    });
    let folders = pack_folders(scene.state);
    if draft.was.is_none() && folders.len() > 1 {
        ui.horizontal_wrapped(|ui| {
            for (folder, words) in folders.iter().zip(["with this session", "for every session"]) {
                radio_ui(ui, &mut draft.folder, Some(folder.clone()), words).on_hover_text(folder.display().to_string());
            }
        });
    }
}

fn lines_field_ui(ui: &mut Ui, name: &str, text: &mut String, rows: usize, scene: &Scene<'_>) {
    let title = ui.label(RichText::new(name).font(fonts::sans_medium(12.0)).color(scene.tokens.soft));
    let area = egui::ScrollArea::vertical().id_salt(name).max_height(180.0);
    area.show(ui, |ui| {
        let mut letters = letters::field(Some(fonts::serif(14.0)), Lines::Many);
        let edit = TextEdit::multiline(text).layouter(&mut letters).font(fonts::serif(14.0)).desired_rows(rows);
        let edit = edit.desired_width(f32::INFINITY).margin(vec2(8.0, 6.0));
        ui.add(edit).labelled_by(title.id);
    });
}

fn place_words(scene: &Scene<'_>, draft: &Draft) -> String {
    let own = draft.was.as_deref().zip(scene.state.lists().packs()).and_then(|(was, packs)| packs.of(was));
    match (own, &draft.folder) {
        (Some(own), _) => format!("Kept in {}; comments of the file go to its .bak", own.path.display()),
        (None, Some(folder)) => format!("Kept in {}", folder.join(crate::store::OWN_FILE).display()),
        (None, None) => "Save the session first: its folder is where its lists are kept".to_owned(),
    }
}

/// More matches than anyone reads.
const SHOWN: usize = 500;
/// Bytes of an article that are searched at every key.
const SEARCHED: usize = 400_000;

/// Checks the draft and looks for its matches where it or the article has changed.
fn check(scene: &Scene<'_>, state: &mut FormState) {
    let key = (state.draft.clone(), scene.state.page.article.clone());
    if state.checked_for.as_ref() == Some(&key) {
        return;
    }
    let keeping = state.draft.keeping();
    state.fault = fault_of(scene.state, &keeping);
    state.matches = matches(scene, &keeping);
    state.checked_for = Some(key);
}

fn matches(scene: &Scene<'_>, keeping: &Keeping) -> Vec<Hit> {
    let Some(article) = scene.state.open_article() else { return Vec::new() };
    let text = &article.text[..article.text.floor_char_boundary(SEARCHED)];
    let spans: Vec<_> = match &keeping.written {
        Written::Rule(rule) if rule.pattern.is_empty() => Vec::new(),
        Written::Rule(rule) => {
            let pack = Pack { parts: parts_of(scene.state, keeping), rules: vec![rule.clone()], ..Pack::default() };
            rules::Rules::new(&[pack], &Default::default()).find(text).into_iter().map(|found| found.span).collect()
        }
        Written::List(list) => {
            let own = Own::new(&[Pack { lists: vec![list.clone()], ..Pack::default() }], &Default::default());
            let mut spans: Vec<_> = own.find(text, &tokens(text)).into_iter().map(|found| found.span).collect();
            spans.sort_unstable();
            spans
        }
    };
    let spans = spans.into_iter().filter(|span| !article.is_boilerplate_at(span.start as usize));
    spans.take(SHOWN).map(|span| Hit { article: article.id.clone(), span }).collect()
}

fn matches_ui(ui: &mut Ui, scene: &Scene<'_>, state: &FormState, out: &mut Vec<Command>) {
    heading_ui(ui, "In the open article", &scene.tokens);
    let Some(article) = scene.state.open_article() else {
        ui.label(soft("No article is open.", &scene.tokens));
        return;
    };
    let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let words = match state.matches.len() {
        0 => format!("No match in “{title}”."),
        SHOWN => format!("{SHOWN} matches and more in “{title}”."),
        n => format!("{} in “{title}”.", count(n, "match").replace("matchs", "matches")),
    };
    ui.add(egui::Label::new(soft(words, &scene.tokens)).truncate());
    let height = (ui.available_height() - 8.0).clamp(60.0, 900.0);
    lines_ui(ui, scene, &state.matches, height, out);
}
