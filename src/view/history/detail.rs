//! The decision in focus: what it changed, and its line as it stood right after it.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{RichText, ScrollArea, Stroke, Ui};

use super::super::caps::command_cap_ui;
use super::super::scene::{Scene, count, grouped, who};
use super::super::sides::Sides;
use super::super::{fonts, widgets};
use crate::annotation::{Article, Edit, Entry, Fate, Mention, Op, Scope};
use crate::text::Span;
use crate::text::flow::Flow;
use crate::text::seam::one_line;
use crate::workbench::{Command, Recall, title_of};

/// How many different changes of one decision are listed, and how many of its changes are put into words for it.
const LISTED: usize = 40;
const LOOKED_AT: usize = 400;

pub fn detail_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let past = &scene.state.past;
    Sides::switch_ui(ui, scene, "back to the list", out);
    let Some((at, entry)) = past.at.and_then(|at| Some((at, scene.state.history().entries().get(at)?))) else { return };
    let Entry { edit, fate } = entry;
    let what = past.what(at, entry);
    ui.label(RichText::new(sentence(edit.verb.words())).font(fonts::serif_bold(19.0)));
    if !what.is_empty() {
        ui.label(RichText::new(what).font(fonts::serif(16.0)));
    }
    ui.add_space(4.0);
    let reach = match edit.scope {
        Scope::Mention => String::new(),
        Scope::Article => ", in the article".to_owned(),
        Scope::Session => ", in the whole session".to_owned(),
    };
    ui.label(widgets::soft(format!("{}, {}", scene.when_and_where(edit.at), who(&edit.by)), &scene.tokens));
    if edit.mention_count() > 0 {
        ui.label(widgets::soft(format!("{}{reach}", count(edit.mention_count(), "mention")), &scene.tokens));
    }
    if *fate != Fate::Done {
        let words = match fate {
            Fate::Undone => format!("Taken back; {} does it again", scene.key(&Command::Recall(Recall::Redo))),
            Fate::Away => "Made on another version of the session, and not in this one".to_owned(),
            _ => "Taken back, and then something else was done".to_owned(),
        };
        ui.label(RichText::new(words).color(scene.tokens.accent));
    }
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        let is_on_article = edit.target.is_some();
        let help = "Go to what this was decided on";
        if is_on_article && widgets::keycap_button_ui(ui, "Enter", "go to it", &scene.tokens).on_hover_text(help).clicked() {
            out.push(Command::Recall(Recall::OpenEntry));
        }
        if *fate == Fate::Done {
            command_cap_ui(ui, scene, Command::Recall(Recall::GoBack), "go back to this moment", out);
        }
    });
    ui.add_space(12.0);
    if let Some((article, span)) = past.then.as_ref().zip(place_of(edit)) {
        widgets::heading_ui(ui, "As it stood then", &scene.tokens);
        ui.add_space(2.0);
        ui.label(line_then(ui, scene, article, span));
        ui.add_space(12.0);
    }
    let parts = scene.state.history().entries().get(past.parts(at)).unwrap_or_default();
    changes_ui(ui, scene, entry, parts);
}

/// Where in its article a decision was made: where its mention came to lie, else where it had lain.
fn place_of(edit: &Edit) -> Option<Span> {
    let id = edit.target.as_ref()?.mention?;
    edit.ops.iter().find_map(|op| match op {
        Op::Mention { before, after, .. } => {
            after.as_ref().or(before.as_ref()).filter(|mention| mention.id == id).map(|mention| mention.span)
        }
        _ => None,
    })
}

/// The line around `span` with the mentions that it had: settled ones tinted, suggested ones underlined.
fn line_then(ui: &Ui, scene: &Scene<'_>, article: &Article, span: Span) -> LayoutJob {
    let flow = Flow::of(&article.text);
    let line = flow.around(&article.text, Span { end: span.start, ..span });
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let plain = TextFormat::simple(fonts::serif(15.0), scene.tokens.ink);
    let mut at = line.start;
    let mut append = |from: u32, to: u32, format: TextFormat| {
        let part = Span { start: from, end: to };
        let flowed = flow.flowed(&article.text, part).map(|flowed| flowed.text);
        if let Some(text) = flowed.as_deref().or(part.of(&article.text)).filter(|text| !text.is_empty()) {
            job.append(text, 0.0, format);
        }
    };
    for mention in article.living().filter(|mention| line.contains(mention.span)) {
        // Of mentions that share words the outer one is shown.
        if mention.span.start < at {
            continue;
        }
        append(at, mention.span.start, plain.clone());
        append(mention.span.start, mention.span.end, marked(scene, mention, &plain));
        at = mention.span.end;
    }
    append(at, line.end, plain.clone());
    job
}

fn marked(scene: &Scene<'_>, mention: &Mention, plain: &TextFormat) -> TextFormat {
    let tag = scene.tags.get(&mention.label);
    let mut format = plain.clone();
    match mention.is_confirmed() {
        true => format.background = tag.tint,
        false => format.underline = Stroke::new(1.5, tag.line),
    }
    format
}

/// What became of each mention, and whatever else changed; what changed alike is told once.
fn changes_ui(ui: &mut Ui, scene: &Scene<'_>, entry: &Entry, parts: &[Entry]) {
    let ops: Vec<&Op> = parts.iter().flat_map(|part| &part.edit.ops).collect();
    widgets::heading_ui(ui, "What it changed", &scene.tokens);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let mut told: Vec<(String, usize)> = Vec::new();
        for op in ops.iter().take(LOOKED_AT) {
            let words = change(scene, op);
            match told.iter_mut().find(|(other, _)| *other == words) {
                Some((_, n)) => *n += 1,
                None => told.push((words, 1)),
            }
        }
        let listed: usize = told.iter().take(LISTED).map(|(_, n)| n).sum();
        for (words, n) in told.into_iter().take(LISTED) {
            let words = if n > 1 { format!("{} × {words}", grouped(n)) } else { words };
            ui.label(RichText::new(words).font(fonts::sans(12.5)));
        }
        if ops.len() > listed {
            ui.label(widgets::soft(format!("and {}", count(ops.len() - listed, "more change")), &scene.tokens));
        }
        let title = title_of(entry, scene.state.session());
        if !title.is_empty() && parts.len() <= 1 {
            ui.label(widgets::soft(format!("in {title}"), &scene.tokens));
        }
    });
}

fn change(scene: &Scene<'_>, op: &Op) -> String {
    match op {
        Op::Mention { article, before, after } => {
            let article = scene.state.session().article(article);
            let words = |mention: &Mention| {
                let quote = article.and_then(|article| mention.span.of(&article.text)).unwrap_or_default();
                format!("“{}”", one_line(quote))
            };
            mention_change(before.as_ref(), after.as_ref(), &words)
        }
        Op::Article { before, after, .. } => match (before, after) {
            (None, Some(after)) => format!("article “{}” came", after.title()),
            (Some(before), None) => format!("article “{}” went", before.title()),
            _ => "the text of an article".to_owned(),
        },
        Op::Meta { .. } => "title, byline, outlet, date".to_owned(),
        Op::Zones { .. } => "zones".to_owned(),
        Op::Extras { .. } => "what another tool said of the article".to_owned(),
        Op::Desk { .. } => "the article’s mark".to_owned(),
        Op::Scheme { .. } => "labels".to_owned(),
        Op::Entity { before, after } => {
            let name = after.as_ref().or(before.as_ref()).map_or("", |entity| entity.name.as_str());
            format!("entity “{name}”")
        }
        Op::Rule { before, after, .. } => {
            let name = after.as_ref().or(before.as_ref()).map_or("", |rule| rule.name.as_str());
            format!("standing rule on “{name}”")
        }
        Op::Conflict { after, .. } => if after.is_some() { "a conflict to settle" } else { "a conflict, settled" }.to_owned(),
        Op::Dismissal { before, after } => {
            let words = after.as_ref().or(before.as_ref()).map_or("", |dismissal| dismissal.words.as_str());
            format!("{}: {words}", if after.is_some() { "right as it is" } else { "to be looked at again" })
        }
        Op::Certificate { after, .. } => if after.is_some() { "a sample for a certificate" } else { "a sample, gone" }.to_owned(),
        // What was said is not told: whoever reads it would not answer blind.
        Op::Answer { item, .. } => format!("the answer to question {}", item + 1),
    }
}

fn mention_change(before: Option<&Mention>, after: Option<&Mention>, words: &dyn Fn(&Mention) -> String) -> String {
    match (before, after) {
        (None, Some(after)) => format!("{} {} {}, new", words(after), after.label, after.state.as_str()),
        (Some(before), None) => format!("{} {} {}, gone", words(before), before.label, before.state.as_str()),
        (Some(before), Some(after)) => {
            let mut told = vec![words(after)];
            if before.span != after.span {
                told.push(format!("(was {})", words(before)));
            }
            told.push(if before.label == after.label { after.label.to_string() } else { format!("{} → {}", before.label, after.label) });
            if before.state != after.state {
                told.push(format!("{} → {}", before.state.as_str(), after.state.as_str()));
            }
            if before.entity != after.entity {
                let entity: Option<Arc<str>> = after.entity.as_ref().map(|entity| entity.0.clone());
                told.push(entity.map_or("unlinked".to_owned(), |entity| format!("→ {entity}")));
            }
            if before.note != after.note {
                told.push("note".to_owned());
            }
            told.join(" ")
        }
        (None, None) => String::new(),
    }
}

fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
