//! What is known of the article besides its text.

use eframe::egui::{RichText, ScrollArea, Ui};

use super::super::fonts;
use super::super::scene::Scene;
use super::super::widgets::{button_ui, buttons_ui, drop_down_ui, field_ui, is_pressed, radio_ui, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::annotation::{Article, Desk, Meta, Progress};
use crate::workbench::{Arrange, Command, Renew, Screen};

#[derive(Default)]
pub struct Draft {
    title: String,
    byline: String,
    outlet: String,
    published: String,
    language: String,
    url: String,
    note: String,
    tags: String,
    progress: Progress,
    encoding: String,
}

impl Draft {
    pub fn of(scene: &Scene<'_>) -> Self {
        let Some(article) = scene.state.open_article() else { return Self::default() };
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let meta = &article.meta;
        Self {
            title: text(&meta.title),
            byline: text(&meta.byline),
            outlet: text(&meta.outlet),
            published: text(&meta.published),
            language: text(&meta.language),
            url: text(&meta.url),
            note: article.desk.note.clone(),
            tags: article.desk.tags.join(", "),
            progress: article.desk.progress,
            encoding: article.source.as_ref().map(|source| source.encoding.clone()).unwrap_or_default(),
        }
    }

    fn meta(&self) -> Meta {
        let value = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Meta {
            title: value(&self.title),
            byline: value(&self.byline),
            outlet: value(&self.outlet),
            published: value(&self.published),
            language: value(&self.language),
            url: value(&self.url),
        }
    }

    fn desk(&self, before: &Desk) -> Desk {
        let tags = self.tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
        Desk { progress: self.progress, tags, note: self.note.trim().to_owned(), ..before.clone() }
    }
}

pub fn details_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    width_ui(ui, 500.0);
    let Some(article) = scene.state.open_article() else { return };
    title_ui(ui, "Details of the article");
    // The buttons stay on screen, however little of the fields has room.
    let room = (ui.ctx().content_rect().height() - BESIDE_FIELDS).max(60.0);
    ScrollArea::vertical().id_salt("fields").max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        fields_ui(ui, scene, article, state, draft, out);
    });
    ui.add_space(4.0);
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Keep", true) {
            out.push(Command::Screen(Screen::Close));
            if draft.meta() != article.meta {
                out.push(Command::Arrange(Arrange::Describe(draft.meta())));
            }
            if draft.desk(&article.desk) != article.desk {
                out.push(Command::Arrange(Arrange::Mark(draft.desk(&article.desk))));
            }
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

fn fields_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, state: &Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    let shown_title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let shown_title = format!("as the text begins: {shown_title}");
    let first = field_ui(ui, "Title", &mut draft.title, &shown_title, &scene.tokens);
    if state.is_new {
        first.request_focus();
    }
    pair_ui(
        ui,
        scene,
        ("Byline", &mut draft.byline, "for instance Liis Tamme"),
        ("Outlet", &mut draft.outlet, "for instance Coastal Herald"),
    );
    pair_ui(
        ui,
        scene,
        ("Published", &mut draft.published, "for instance 2026-11-05"),
        ("Language", &mut draft.language, "for instance en"),
    );
    let date = draft.published.trim();
    if !date.is_empty() && !is_date(date) {
        ui.label(RichText::new("Write the date as 2026-11-05, 2026-11 or 2026; relative dates count from it").color(scene.tokens.accent));
    }
    field_ui(ui, "Address", &mut draft.url, "for instance https://…", &scene.tokens);
    field_ui(ui, "Tags", &mut draft.tags, "for instance shipping, wire copy", &scene.tokens);
    field_ui(ui, "Note", &mut draft.note, "", &scene.tokens);
    ui.horizontal_wrapped(|ui| {
        for progress in Progress::ALL {
            let words = match progress {
                Progress::Open => "open",
                Progress::Done => "done",
                Progress::SetAside => "set aside",
            };
            radio_ui(ui, &mut draft.progress, progress, words);
        }
    });
    source_ui(ui, scene, draft, out);
}

/// What of the window's height is not the fields': the dialog's edges, its title and its buttons.
const BESIDE_FIELDS: f32 = 170.0;

/// Two short fields side by side, where there is room.
fn pair_ui(ui: &mut Ui, scene: &Scene<'_>, left: (&str, &mut String, &str), right: (&str, &mut String, &str)) {
    let n = if ui.available_width() < 360.0 { 1 } else { 2 };
    ui.columns(n, |columns| {
        for (i, (name, value, hint)) in [left, right].into_iter().enumerate() {
            field_ui(&mut columns[i % n], name, value, hint, &scene.tokens);
        }
    });
}

/// Where the text was read from, and in which encoding; another one can be tried.
fn source_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft, out: &mut Vec<Command>) {
    let article = scene.state.open_article();
    let Some(source) = article.and_then(|article| article.source.as_ref()) else { return };
    ui.label(soft(format!("Read from {}, {} bytes", source.path, super::super::scene::grouped(source.size as usize)), &scene.tokens));
    ui.horizontal(|ui| {
        ui.label(soft("Encoding", &scene.tokens));
        // One that the table lacks stands first.
        let known = ENCODINGS.iter().copied().filter(|name| *name != source.encoding);
        let choices: Vec<(&str, &str)> = std::iter::once(source.encoding.as_str()).chain(known).map(|name| (name, "")).collect();
        let mut at = choices.iter().position(|(name, _)| *name == draft.encoding).unwrap_or(0);
        if drop_down_ui(ui, "Encoding", &mut at, &choices, 170.0, &scene.tokens) {
            draft.encoding = choices[at].0.to_owned();
        }
        let is_another = draft.encoding != source.encoding;
        if is_another && is_pressed(&ui.button(RichText::new("Read again").font(fonts::sans_medium(13.0)))) {
            out.push(Command::Screen(Screen::Close));
            out.push(Command::Renew(Renew::ReadAgain(draft.encoding.clone())));
        }
    });
}

/// The encodings that news files have, by their WHATWG names.
const ENCODINGS: &[&str] = &[
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "ISO-8859-2",
    "ISO-8859-5",
    "ISO-8859-7",
    "KOI8-R",
    "KOI8-U",
    "Shift_JIS",
    "EUC-JP",
    "ISO-2022-JP",
    "EUC-KR",
    "GBK",
    "gb18030",
    "Big5",
    "TIS-620",
];

/// Whether it is a year, a month or a day as ISO 8601 writes them.
pub fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_number = |part: &str, digits: usize| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = parts.next().is_some_and(|part| is_number(part, 4));
    let rest: Vec<&str> = parts.collect();
    match rest.len() {
        2 => text.parse::<jiff::civil::Date>().is_ok(),
        1 => year && is_number(rest[0], 2),
        n => year && n == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_years_months_or_days() {
        for good in ["2026", "2026-11", "2026-11-05"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["5 Nov", "2026-13-01", "26", "2026-11-05-01"] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
