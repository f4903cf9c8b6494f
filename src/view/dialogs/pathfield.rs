//! A field for a path: `~` is the home folder, the rest of a name is offered while it is typed, and below stand the rows
//! that `↓` reaches. What lies in a folder is looked up in the background.

use std::path::{Path, PathBuf};

use eframe::egui::text::{CCursor, CCursorRange, CharIndex};
use eframe::egui::{self, EventFilter, Key, Modifiers, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::super::scene::Scene;
use super::super::widgets::{elided, field_ui, heading_ui};
use super::super::{fonts, letters};
use super::typed::{Typed, move_row, select_all};
use crate::workbench::{Command, File, common, pasted_paths, split};

/// How many names of a folder are offered at once.
const OFFERED: usize = 6;
const ROW: f32 = 26.0;

/// What stands below the field.
#[derive(Default)]
pub struct Rows {
    /// Paths that begin as what is typed does.
    pub names: Vec<String>,
    pub recent: Vec<PathBuf>,
}

/// What came of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Taken {
    Name(String),
    Recent(PathBuf),
}

impl Rows {
    pub fn of(scene: &Scene<'_>, typed: &str, recent: &[PathBuf]) -> Self {
        let (folder, begun) = split(typed);
        let known = &scene.state.dialogs.folder;
        let is_there = !typed.is_empty() && is_one_path(typed) && known.path == folder_of(typed);
        let names = known.beginning(begun).filter(|name| *name != begun).take(OFFERED).map(|name| format!("{folder}{name}"));
        Self { names: if is_there { names.collect() } else { Vec::new() }, recent: recent.to_vec() }
    }

    /// What the row in focus stands for; row 0 is the field.
    pub fn taken(&self, row: usize) -> Option<Taken> {
        let at = row.checked_sub(1)?;
        let recent = || at.checked_sub(self.names.len()).and_then(|at| self.recent.get(at));
        self.names.get(at).cloned().map(Taken::Name).or_else(|| recent().cloned().map(Taken::Recent))
    }

    fn len(&self) -> usize {
        self.names.len() + self.recent.len()
    }

    /// What Tab makes of what is typed: the row in focus, else as much as all the names share.
    fn completed(&self, typed: &str, row: usize) -> Option<String> {
        let shared = || common(self.names.iter().map(String::as_str));
        let name = match self.taken(row) {
            Some(Taken::Name(name)) => Some(name),
            _ => shared(),
        };
        name.filter(|name| name.chars().count() > typed.chars().count() || row > 0)
    }
}

/// Draws the field, asks for what lies in its folder, and lets its keys choose a row or complete the path.
pub fn path_field_ui(ui: &mut Ui, scene: &Scene<'_>, [name, hint]: [&str; 2], rows: &Rows, state: &mut Typed, out: &mut Vec<Command>) {
    let has_focus = state.field.is_some() && ui.memory(|memory| memory.focused()) == state.field;
    if has_focus {
        move_row(ui, &mut state.row, rows.len() + 1);
    }
    let completed = rows.completed(&state.text, state.row);
    let mut wants_end = false;
    if let (true, Some(completed)) = (has_focus, &completed)
        && (takes(ui, Key::Tab) || state.field.is_some_and(|id| is_at_end(ui, id, &state.text)) && takes(ui, Key::ArrowRight))
    {
        put(state, completed);
        wants_end = true;
    }
    wants_end |= std::mem::take(&mut state.wants_end);
    let response = field_ui(ui, name, &mut state.text, hint, &scene.tokens);
    state.field = Some(response.id);
    if state.is_new {
        response.request_focus();
        select_all(ui, response.id, &state.text);
    }
    if wants_end {
        response.request_focus();
        put_at_end(ui, response.id, &state.text);
    }
    if response.changed() {
        state.row = 0;
    }
    if response.has_focus() {
        let filter = EventFilter { tab: completed.is_some(), horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    let folder = folder_of(&state.text);
    let is_asked = state.is_new || scene.state.dialogs.folder.path != folder;
    if is_asked && is_one_path(&state.text) && !state.text.is_empty() {
        out.push(Command::File(File::LookInto(folder)));
    }
}

/// Puts a name into the field; the rest is typed behind it.
pub fn put(state: &mut Typed, name: &str) {
    name.clone_into(&mut state.text);
    (state.row, state.wants_end) = (0, true);
}

/// Draws the rows; answers the one that was clicked.
pub fn rows_ui(ui: &mut Ui, scene: &Scene<'_>, rows: &Rows, state: &Typed) -> Option<Taken> {
    let mut clicked = None;
    let mut drawn = |ui: &mut Ui, row: usize, words: &str, about: &str| {
        if row_ui(ui, scene, words, about, row == state.row) {
            clicked = rows.taken(row);
        }
    };
    for (i, name) in rows.names.iter().enumerate() {
        drawn(ui, i + 1, name, "");
    }
    if !rows.recent.is_empty() {
        ui.add_space(8.0);
        heading_ui(ui, "Recent sessions", &scene.tokens);
    }
    for (i, path) in rows.recent.iter().enumerate() {
        let folder = path.parent().unwrap_or(Path::new("")).display().to_string();
        drawn(ui, rows.names.len() + i + 1, &file_name(path), &folder);
    }
    clicked
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str, about: &str, is_current: bool) -> bool {
    let tokens = &scene.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_current, words));
    if is_current || response.hovered() {
        ui.painter().rect_filled(rect, 5.0, if is_current { tokens.selection } else { tokens.hover });
    }
    if is_current {
        response.scroll_to_me(None);
    }
    let about = elided(ui, about, fonts::sans(11.5), tokens.soft, rect.width() * 0.5);
    let words = letters::line(ui, words, fonts::sans(13.0), tokens.ink, false);
    let y = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    let right = pos2(rect.right() - about.size().x - 10.0, y(&about));
    ui.painter_at(rect.with_max_x(right.x - 8.0)).galley(pos2(rect.left() + 10.0, y(&words)), words, tokens.ink);
    ui.painter().galley(right, about, tokens.soft);
    response.clicked()
}

fn takes(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

fn is_at_end(ui: &Ui, field: egui::Id, text: &str) -> bool {
    let end = CCursor::new(CharIndex(text.chars().count()));
    let range = TextEdit::load_state(ui.ctx(), field).and_then(|state| state.cursor.char_range());
    range.is_none_or(|range| range.primary.index == end.index && range.secondary.index == end.index)
}

fn put_at_end(ui: &Ui, field: egui::Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(CharIndex(text.chars().count())))));
    TextEdit::store_state(ui.ctx(), field, state);
}

/// Whether what is typed is a path rather than addresses that were pasted.
fn is_one_path(typed: &str) -> bool {
    !typed.contains("://") && !typed.contains('\n')
}

fn folder_of(typed: &str) -> PathBuf {
    match split(typed).0 {
        "" => PathBuf::from("."),
        folder => home(folder),
    }
}

/// The last part of a path, as people call the file.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// `~/x` as people type it, and `file://` addresses as they paste them.
pub fn home(typed: &str) -> PathBuf {
    if let Some(path) = pasted_paths(typed).and_then(|mut paths| paths.pop()) {
        return path;
    }
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    with_home(typed, home.as_deref())
}

fn with_home(typed: &str, home: Option<&Path>) -> PathBuf {
    match (typed.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_path_buf(),
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_folder_and_an_address_its_path() {
        let ann = Some(Path::new("/home/ann"));
        for (typed, expected) in [("~/a b", "/home/ann/a b"), ("~", "/home/ann"), ("~ann/x", "~ann/x"), ("/~/x", "/~/x")] {
            assert_eq!(with_home(typed, ann), PathBuf::from(expected));
        }
        assert_eq!(with_home("~/a", None), PathBuf::from("~/a"));
        assert_eq!(home("file:///a/caf%C3%A9%20b.txt"), Path::new("/a/café b.txt"));
    }

    #[test]
    fn tab_completes_as_far_as_the_names_agree_or_to_the_row_in_focus() {
        let rows = Rows { names: vec!["~/articles/".into(), "~/arctic.html".into()], recent: vec!["/w/s.ron".into()] };
        assert_eq!(rows.completed("~/a", 0).as_deref(), Some("~/ar"));
        assert_eq!(rows.completed("~/ar", 0), None, "Tab goes on to the buttons");
        assert_eq!(rows.completed("~/ar", 2).as_deref(), Some("~/arctic.html"));
        assert_eq!((rows.taken(0), rows.taken(3)), (None, Some(Taken::Recent("/w/s.ron".into()))));
        assert_eq!(rows.taken(4), None);
    }
}
