//! Tags of the open article, or of all that are chosen in the list.

use std::collections::BTreeMap;

use eframe::egui::{ScrollArea, Ui};

use super::super::scene::{Scene, count, grouped};
use super::super::widgets::{button_ui, buttons_ui, checkbox_ui, field_ui, flat, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::annotation::Article;
use crate::workbench::{Articles, Command, Screen};

#[derive(Default)]
pub struct Draft {
    /// The articles that are meant.
    titles: Vec<String>,
    /// Tags of the session, each with how many of those articles have it, the most used first.
    tags: Vec<(String, usize)>,
    /// Tags that were ticked or not.
    changed: BTreeMap<String, bool>,
}

/// So many tags are offered.
const MOST: usize = 40;

impl Draft {
    pub fn of(scene: &Scene<'_>) -> Self {
        let session = scene.state.session();
        let chosen: Vec<&Article> = match scene.state.chosen() {
            Some(ids) => ids.iter().filter_map(|id| session.article(id)).map(AsRef::as_ref).collect(),
            None => scene.state.open_article().into_iter().collect(),
        };
        let mut used: BTreeMap<&str, usize> = BTreeMap::new();
        session.articles().iter().flat_map(|article| &article.desk.tags).for_each(|tag| *used.entry(tag).or_default() += 1);
        let mut used: Vec<(&str, usize)> = used.into_iter().collect();
        used.sort_by_key(|(tag, n)| (std::cmp::Reverse(*n), *tag));
        let with = |tag: &str| chosen.iter().filter(|article| article.desk.tags.iter().any(|other| other == tag)).count();
        let is_here = |tag: &str| with(tag) > 0;
        let offered = used.iter().enumerate().filter(|(i, (tag, _))| *i < MOST || is_here(tag));
        let tags = offered.map(|(_, (tag, _))| ((*tag).to_owned(), with(tag))).collect();
        Self { titles: chosen.iter().map(|article| flat(article.title())).collect(), tags, changed: BTreeMap::new() }
    }
}

pub fn tags_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    width_ui(ui, 430.0);
    let n = draft.titles.len();
    let title = match &draft.titles[..] {
        [title] => format!("Tags of “{}”", title.chars().take(40).collect::<String>()),
        _ => format!("Tags of {}", count(n, "article")),
    };
    title_ui(ui, &title);
    let field = field_ui(ui, "Add", &mut state.text, "for instance shipping, wire copy", &scene.tokens);
    if state.is_new {
        field.request_focus();
    }
    let height = (ui.ctx().content_rect().height() - 280.0).clamp(60.0, 260.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (tag, with) in &draft.tags {
            let mut is_on = draft.changed.get(tag).copied().unwrap_or(*with == n);
            let is_mixed = *with > 0 && *with < n && !draft.changed.contains_key(tag);
            let words = if is_mixed { format!("{tag}  {} of {}", grouped(*with), grouped(n)) } else { tag.clone() };
            if checkbox_ui(ui, &mut is_on, words).changed() {
                draft.changed.insert(tag.clone(), is_on);
            }
        }
    });
    let typed = state.text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned);
    let ticked = |is_on: bool| draft.changed.iter().filter(move |(_, on)| **on == is_on).map(|(tag, _)| tag.clone());
    let (add, remove): (Vec<String>, Vec<String>) = (typed.chain(ticked(true)).collect(), ticked(false).collect());
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Keep", !add.is_empty() || !remove.is_empty()) {
            out.extend([Command::Screen(Screen::Close), Command::Articles(Articles::Tag { add, remove })]);
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        ui.label(soft("One undo takes it back", &scene.tokens));
    });
}
