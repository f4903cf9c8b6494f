//! What would come in, before it does: how many articles of which kinds, days and languages, what is there already, what could
//! not be read. Each article can be left out.

use eframe::egui::{EventFilter, IdSalt, Response, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, scroll_area, vec2};

use super::super::fonts;
use super::super::page::readable_date;
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, elided, soft, tick_ui};
use super::typed::{Typed, move_row, title_ui, width_ui};
use crate::annotation::Article;
use crate::reading::language;
use crate::workbench::{Coming, ComingRow, Command, File, Screen};

const ROW: f32 = 46.0;

/// More of what could not be read is told once the rest is in.
const LISTED: usize = 200;

pub fn coming_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    width_ui(ui, 720.0);
    let Some(coming) = &scene.state.dialogs.coming else { return };
    let (chosen, all) = (coming.chosen(), coming.rows.len());
    title_ui(ui, &format!("{} would come in", count(all, "article")));
    ui.label(RichText::new(told(coming)).font(fonts::sans_medium(13.0)));
    let left_out = doubles(coming);
    if !left_out.is_empty() {
        ui.label(soft(left_out, &scene.tokens));
    }
    let before = state.row;
    move_row(ui, &mut state.row, all);
    let is_moved = state.is_new || before != state.row;
    rows_ui(ui, scene, coming, &mut state.row, is_moved, out);
    unread_ui(ui, scene, coming);
    ui.add_space(4.0);
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, &format!("Add {}", count(chosen, "article")), chosen > 0) {
            out.push(Command::File(File::TakeComing));
        }
        let is_all = chosen == all;
        if button_ui(ui, if is_all { "Leave all out" } else { "Take all" }).clicked() {
            out.push(Command::File(File::Choose(None, !is_all)));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
    ui.label(soft(
        "↑ ↓ go from article to article, Space takes it or leaves it out, Enter adds. One undo takes all of it back.",
        &scene.tokens,
    ));
}

/// `3 × a web page, 1 × an export of Nexis · 3 March 2019 to 5 July 2020 · 12 English, 2 German`.
fn told(coming: &Coming) -> String {
    let days = coming.days().map(|(first, last)| match first == last {
        true => readable_date(first),
        false => format!("{} to {}", readable_date(first), readable_date(last)),
    });
    let parts = [Some(coming.kinds()), days, Some(coming.languages())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn doubles(coming: &Coming) -> String {
    let doubles = match coming.doubles() {
        0 => None,
        1 => Some("1 is a double or an earlier version of another, and is left out unless you take it".to_owned()),
        n => Some(format!("{n} are doubles or earlier versions of others, and are left out unless you take them")),
    };
    let known = Some(coming.found.known).filter(|n| *n > 0).map(|n| format!("{} in the session already", count(n, "file")));
    let versions = match coming.found.versions.len() {
        0 => None,
        n => Some(format!("{} of stories that are here; what they change is asked afterwards", count(n, "later version"))),
    };
    doubles.into_iter().chain(versions).chain(known).collect::<Vec<_>>().join(". ")
}

/// The focus begins on a row, so that Space means that; where it is on a button it means the button.
fn rows_ui(ui: &mut Ui, scene: &Scene<'_>, coming: &Coming, chosen: &mut usize, is_moved: bool, out: &mut Vec<Command>) {
    let height = (ui.ctx().content_rect().height() - 330.0).clamp(ROW * 2.0, ROW * 9.0);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let needed = height.min(ROW * coming.rows.len() as f32);
        let mut rows = ScrollArea::vertical().id_salt("coming").max_height(height).min_scrolled_height(needed);
        if is_moved {
            let id = ui.make_persistent_id(IdSalt::new("coming"));
            let offset = scroll_area::State::load(ui.ctx(), id).map_or(0.0, |state| state.clamped_offset().y);
            let top = *chosen as f32 * ROW;
            let in_sight = offset.clamp((top + ROW - needed).max(0.0), top.max(0.0));
            rows = if in_sight == offset { rows } else { rows.vertical_scroll_offset(in_sight) };
        }
        rows.auto_shrink([false, true]).show_rows(ui, ROW, coming.rows.len(), |ui, range| {
            for at in range {
                let (row, article) = (&coming.rows[at], &coming.found.articles[at]);
                let response = row_ui(ui, scene, article, row, at == *chosen);
                if at == *chosen && is_moved {
                    response.request_focus();
                }
                // The arrows go from row to row here, not from control to control.
                if response.has_focus() {
                    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
                }
                if response.clicked() {
                    *chosen = at;
                    out.push(Command::File(File::Choose(Some(at), !row.is_in)));
                }
            }
        });
    });
}

/// An article: whether it comes in, its title, where it is from and of which day; whose double it is.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, article: &Article, row: &ComingRow, is_chosen: bool) -> Response {
    let tokens = &scene.tokens;
    // Of the rows the chosen one takes part in the round of Tab.
    let sense = if is_chosen { Sense::click() } else { Sense::CLICK };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let about = about(article, row);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, row.is_in, format!("{title}, {about}")));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, 5.0, if is_chosen { tokens.selection } else { tokens.hover });
    }
    tick_ui(ui, pos2(rect.left() + 18.0, rect.center().y), row.is_in, tokens);
    let width = rect.width() - 48.0;
    let ink = if row.is_in { tokens.ink } else { tokens.soft };
    let title = elided(ui, &title, fonts::sans_medium(13.0), ink, width);
    let about = elided(ui, &about, fonts::sans(11.5), tokens.soft, width);
    ui.painter().galley(rect.left_top() + vec2(38.0, 5.0), title, ink);
    ui.painter().galley(rect.left_top() + vec2(38.0, 25.0), about, tokens.soft);
    response
}

fn about(article: &Article, row: &ComingRow) -> String {
    let file = article.source.as_ref().map(|source| source.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
    let tag = language::primary(article);
    let parts = [
        article.meta.outlet.clone(),
        article.meta.published.as_deref().map(readable_date),
        tag.as_deref().map(|tag| language::name_of(tag).to_owned()),
        file,
        row.double.clone(),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What cannot be read, and why; what there is to be known besides.
fn unread_ui(ui: &mut Ui, scene: &Scene<'_>, coming: &Coming) {
    let found = &coming.found;
    let groups = found.unread.iter().map(|(_, why, group)| format!("{} × {why}: {}", group.count, group.places()));
    let lines: Vec<String> = found.faults.iter().cloned().chain(groups).chain(found.told.iter().cloned()).collect();
    if lines.is_empty() {
        return;
    }
    let unread = found.faults.len() + found.unread.iter().len();
    let heading = match unread {
        0 => "To be known".to_owned(),
        n => format!("{} that not everything can be read", count(n, "message")),
    };
    ui.add_space(4.0);
    ui.label(RichText::new(heading).font(fonts::sans_medium(13.0)));
    ScrollArea::vertical().id_salt("unread").max_height(90.0).auto_shrink([false, true]).show(ui, |ui| {
        for line in lines.iter().take(LISTED) {
            ui.label(soft(line, &scene.tokens));
        }
        if lines.len() > LISTED {
            ui.label(soft(format!("and {}", count(lines.len() - LISTED, "more line")), &scene.tokens));
        }
    });
}
