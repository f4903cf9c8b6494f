//! One question: the words in their place, nothing of what was decided, and the keys that answer.

use eframe::egui::text::LayoutJob;
use eframe::egui::{Button, Key, Label, Modifiers, RichText, TextFormat, Ui};

use super::super::caps::{caps_ui, command_cap_ui};
use super::super::scene::{Scene, count, grouped, has_keys};
use super::super::widgets::{flat, heading_ui, label_chip_ui, label_chip_width, soft};
use super::super::{fonts, letters};
use crate::annotation::{Article, Scope, Standing};
use crate::decide::certificate::shown;
use crate::text::{Span, flow};
use crate::workbench::{Certify, Command, Decide, Edge, Go, Pane, Step};

/// Sizes of samples that are offered: mentions, sentences, and what it means where nothing of that is wrong.
const SAMPLES: [(usize, usize, &str); 3] = [(60, 30, "6 %"), (200, 100, "1.9 %"), (500, 250, "0.8 %")];

pub fn question_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let session = scene.state.session();
    let asking = &scene.state.certifying;
    let Some((certificate, item)) = asking.item(session) else { return begin_ui(ui, scene, out) };
    let told = asking.told();
    heading_ui(ui, &format!("Question {} of {}", grouped(asking.at + 1), grouped(certificate.items.len())), &scene.tokens);
    if told.answered == told.asked {
        ui.label(soft("Every question is answered. A new sample tells how it is now.", &scene.tokens));
        samples_ui(ui, scene, None, out);
    }
    let Some((article, span)) = shown(session, item) else {
        ui.add_space(8.0);
        ui.label("The words that were drawn are not there any more. Tab goes on to the next question.");
        return caps_ui(ui, |ui| command_cap_ui(ui, scene, Command::Go(Go::Undecided(Step::On)), "next question", out));
    };
    ui.add(Label::new(soft(flat(article.title()), &scene.tokens)).truncate());
    ui.add_space(10.0);
    words_ui(ui, scene, (article, span), item.is_sentence());
    ui.add_space(14.0);
    match item.is_sentence() {
        true => sentence_ui(ui, scene),
        false => ui.label("Which label do the marked words have?"),
    };
    labels_ui(ui, scene, out);
    ui.add_space(6.0);
    caps_ui(ui, |ui| {
        if item.is_sentence() {
            command_cap_ui(ui, scene, Command::Decide(Decide::Confirm(Scope::Mention)), "that is all", out);
            command_cap_ui(ui, scene, Command::Decide(Decide::Reopen), "take the last one back", out);
        } else {
            command_cap_ui(ui, scene, Command::Decide(Decide::Reject(Scope::Mention)), "no name", out);
            command_cap_ui(ui, scene, Command::Decide(Decide::MoveEdge(Edge::End, Step::On)), "a name with other edges", out);
        }
        command_cap_ui(ui, scene, Command::Go(Go::Undecided(Step::On)), "next question", out);
    });
    if item.answer.is_some() {
        ui.add_space(6.0);
        ui.label(soft("This question was answered. Another answer takes the place of that one.", &scene.tokens));
    }
    // Enter belongs to the page's lists; here it ends a sentence.
    let is_entered = scene.state.stage.pane == Pane::Page && has_keys(ui.ctx(), scene);
    if item.is_sentence() && is_entered && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        out.push(Command::Certify(Certify::Said));
    }
}

/// What a certificate is, before there is a sample.
fn begin_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    ui.add(Label::new(RichText::new("How much of what is settled is wrong?").font(fonts::serif_bold(22.0)).color(scene.tokens.ink)));
    ui.add_space(6.0);
    let words = "A random sample of what is settled is shown to you without what was decided: words, of which you say the label, and \
                 sentences, of which you say every name. From your answers the error that is left is told by label, with exact \
                 intervals, and how many more to look at for a bound you want. The sample speaks for articles in which nothing is open.";
    ui.add(Label::new(words).wrap());
    samples_ui(ui, scene, Some("Enter"), out);
    let [(mentions, sentences, _), ..] = SAMPLES;
    let is_entered = scene.state.stage.pane == Pane::Page && has_keys(ui.ctx(), scene);
    if is_entered && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        out.push(Command::Certify(Certify::Draw(mentions, sentences)));
    }
}

/// The samples that can be drawn; `key` draws the first.
fn samples_ui(ui: &mut Ui, scene: &Scene<'_>, mut key: Option<&str>, out: &mut Vec<Command>) {
    ui.add_space(10.0);
    for (mentions, sentences, most) in SAMPLES {
        ui.horizontal_wrapped(|ui| {
            let words = format!("Draw {} and {}", count(mentions, "mention"), count(sentences, "sentence"));
            let button = Button::new(words).shortcut_text(key.take().unwrap_or_default());
            if ui.add(button).clicked() {
                out.push(Command::Certify(Certify::Draw(mentions, sentences)));
            }
            ui.label(soft(format!("where no mention is wrong, at most {most} of all are"), &scene.tokens));
        });
    }
    ui.add_space(10.0);
}

/// How much of a paragraph is shown on either side, in bytes.
const AROUND: usize = 420;

/// The words in their paragraph, those that are asked about marked.
fn words_ui(ui: &mut Ui, scene: &Scene<'_>, (article, span): (&Article, Span), is_sentence: bool) {
    let text = &article.text;
    let around = flow::around(text, span);
    let start = text.ceil_char_boundary((around.start as usize).max((span.start as usize).saturating_sub(AROUND)));
    let end = text.floor_char_boundary((around.end as usize).min(span.end as usize + AROUND));
    let (start, end) = (start.min(span.start as usize), end.max(span.end as usize));
    let part = |from: usize, to: usize| Span::new(from, to).of(text).unwrap_or_default().replace(['\n', '\r', '\t'], " ");
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width().min(640.0);
    let (plain, tokens) = (fonts::serif(18.0), &scene.tokens);
    let soft = TextFormat { line_height: Some(28.0), ..TextFormat::simple(plain.clone(), tokens.soft) };
    let ink = TextFormat { line_height: Some(28.0), ..TextFormat::simple(plain, tokens.ink) };
    let marked = TextFormat { background: tokens.selection, ..ink.clone() };
    job.append(&part(start, span.start as usize), 0.0, soft.clone());
    job.append(&part(span.start as usize, span.end as usize), 0.0, if is_sentence { ink } else { marked });
    job.append(&part(span.end as usize, end), 0.0, soft);
    let galley = letters::in_order(ui, job);
    ui.label(galley);
}

fn sentence_ui(ui: &mut Ui, scene: &Scene<'_>) -> eframe::egui::Response {
    let draft = &scene.state.certifying.draft;
    ui.label("Press the letter of every name in the sentence that stands out, one for each.");
    let said = draft.iter().map(|label| label.as_str()).collect::<Vec<_>>().join(", ");
    let said = if said.is_empty() { "No name so far".to_owned() } else { format!("{}: {said}", count(draft.len(), "name")) };
    ui.label(RichText::new(said).font(fonts::sans_medium(14.0)))
}

/// The labels in use with their letters; a click is the letter.
fn labels_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let scheme = scene.state.session().scheme();
    ui.horizontal_wrapped(|ui| {
        for def in scheme.labels.iter().filter(|def| def.standing == Standing::On) {
            let width = label_chip_width(ui, def.name.as_str(), def.key.is_some());
            let chip = label_chip_ui(ui, def.name.as_str(), def.key, scene.tags.get(&def.name), false, width, &scene.tokens);
            if chip.on_hover_text(&def.guideline).clicked() {
                out.push(Command::Decide(Decide::Label(def.name.clone(), Scope::Mention)));
            }
        }
    });
}
