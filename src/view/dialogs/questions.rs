//! Questions that the workbench asks: unsaved work, a file changed by another program, work left by earlier runs, what
//! tagging again would change.

use eframe::egui::{RichText, ScrollArea, Ui};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::workbench::{Changed, Command, File, Renew, Retagging, Screen};

pub fn unsaved_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 460.0);
    title_ui(ui, "Save first?");
    ui.label(match scene.state.work.path() {
        Some(_) => "The session’s file does not hold everything yet. What is not saved stays in the journal beside it, and is there again \
                    when the file is opened."
            .to_owned(),
        None => format!(
            "This work has no file yet. Without saving it is discarded; for {} days File › Restore unsaved work brings it back.",
            crate::store::DAYS_KEPT
        ),
    });
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        if state.answer_ui(ui, scene, "Save") {
            out.push(Command::File(File::Save));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        if button_ui(ui, "Go on without saving").clicked() {
            out.push(Command::File(File::GoOnUnsaved));
        }
    });
}

/// What was decided on another version of the session's file, to be taken or left.
pub fn other_version_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 600.0);
    let Some(offered) = &scene.state.dialogs.offered else { return };
    let changes = offered.changes.len();
    title_ui(ui, "This is another version of the file");
    ui.label(format!(
        "Since you worked on it here, another program put this version in its place, and {} that you made then {} not in it.",
        count(changes, "change"),
        if changes == 1 { "is" } else { "are" }
    ));
    let line = |change: &crate::annotation::Edit| (change.describe(), scene.when_and_where(change.at));
    list_ui(ui, scene, offered.changes.iter().map(line));
    ui.label(soft(format!("Whatever you choose, {} keeps them.", offered.kept.display()), &scene.tokens));
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        if state.answer_ui(ui, scene, "Use the file as it is") {
            out.push(Command::Screen(Screen::Close));
        }
        if button_ui(ui, &format!("Add my {}", count(changes, "change"))).clicked() {
            out.push(Command::File(File::TakeOffered));
        }
    });
}

pub fn retag_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 560.0);
    let Some(retagging) = &scene.state.dialogs.retagging else { return };
    title_ui(ui, "Tag again");
    let told: Vec<(&Changed, String)> = retagging.changes.iter().filter_map(|changed| Some((changed, changed.words()?))).collect();
    ui.label(RichText::new(counted(retagging, told.len())).font(fonts::sans_medium(14.0)));
    let line = |(changed, words): (&Changed, String)| {
        let article = scene.state.session().article(&changed.article);
        let mention = changed.after.as_ref().or(changed.before.as_ref());
        let quote = article.zip(mention).map(|(article, mention)| article.quote(mention.span)).unwrap_or_default();
        let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = if retagging.tagged.len() > 1 { article.map_or("", |article| article.title()) } else { "" };
        (format!("“{quote}”"), if title.is_empty() { words } else { format!("{words}, in {title}") })
    };
    list_ui(ui, scene, told.into_iter().map(line));
    ui.label(soft("Everything that was settled stays as it is, rejections included. One undo takes it back.", &scene.tokens));
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        if state.answer_ui(ui, scene, "Take over") {
            out.push(Command::Renew(Renew::ApplyRetag));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

/// What learning changed the last time, each with its reason.
pub fn renewed_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 600.0);
    let renewed = &scene.state.dialogs.renewed;
    title_ui(ui, "What learning changed");
    let told = format!("{} in {}", count(renewed.changes.len(), "suggestion"), count(renewed.articles, "article"));
    ui.label(RichText::new(told).font(fonts::sans_medium(14.0)));
    let line = |(changed, reason): &(Changed, String)| {
        let article = scene.state.session().article(&changed.article);
        let mention = changed.after.as_ref().or(changed.before.as_ref());
        let quote = article.zip(mention).map(|(article, mention)| article.quote(mention.span)).unwrap_or_default();
        let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = article.map_or("", |article| article.title());
        (format!("“{quote}”"), format!("{}, in {title}: {reason}", changed.words().unwrap_or_default()))
    };
    list_ui(ui, scene, renewed.changes.iter().map(line));
    ui.label(soft("Everything that was settled stays as it is. One undo took or takes it back.", &scene.tokens));
    close_ui(ui, scene, state, out);
}

/// `4 suggestions come, 1 goes, 2 become others`.
fn counted(retagging: &Retagging, told: usize) -> String {
    let difference = retagging.difference;
    let others = told.saturating_sub(difference.added + difference.removed);
    let verb = |n: usize, one: &str, many: &str| if n == 1 { one.to_owned() } else { many.to_owned() };
    let parts = [
        (difference.added, format!("{} {}", count(difference.added, "suggestion"), verb(difference.added, "comes", "come"))),
        (difference.removed, format!("{} {}", count(difference.removed, "suggestion"), verb(difference.removed, "goes", "go"))),
        (others, format!("{others} {}", verb(others, "becomes another", "become others"))),
        (difference.settled, format!("{} settled by standing rules", difference.settled)),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    if parts.is_empty() { "Only scores and reasons change".to_owned() } else { parts.join(", ") }
}

/// Files that could not be read, each with its reason and what to do. The others are open.
pub fn faults_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 600.0);
    let (faults, unread, notes) = (&scene.state.dialogs.faults, &scene.state.dialogs.unread, &scene.state.dialogs.notes);
    let is_whole = faults.is_empty() && unread.iter().len() == 0;
    title_ui(ui, if is_whole { "What was told of the reading" } else { "Not everything could be read" });
    let messages = count(faults.len() + unread.iter().len() + notes.len(), "message");
    let rest = if is_whole { "everything is in the session" } else { "everything else is in the session" };
    ui.label(soft(format!("{messages}; {rest}."), &scene.tokens));
    let groups = unread.iter().map(|(_, why, group)| (format!("{} × {why}", group.count), group.places()));
    let lines = faults.iter().map(|fault| (String::new(), fault.clone())).chain(groups);
    let lines: Vec<(String, String)> = lines.chain(notes.iter().map(|note| (String::new(), note.clone()))).collect();
    list_ui(ui, scene, lines.into_iter());
    close_ui(ui, scene, state, out);
}

/// What an export could not carry.
pub fn losses_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 600.0);
    let Some(exported) = &scene.state.dialogs.exported else { return };
    title_ui(ui, &format!("{} could not carry everything", exported.format.title));
    let path = exported.path.display();
    ui.label(soft(format!("{} written to {path}.", count(exported.report.written, "mention")), &scene.tokens));
    let groups = exported.grouped.iter().map(|(_, why, group)| (format!("{} × {why}", group.count), group.places()));
    list_ui(ui, scene, groups);
    close_ui(ui, scene, state, out);
}

/// Many of a list are told; all of them are in the command line's report.
const LISTED: usize = 500;

fn list_ui(ui: &mut Ui, scene: &Scene<'_>, lines: impl ExactSizeIterator<Item = (String, String)>) {
    let more = lines.len().saturating_sub(LISTED);
    let height = (ui.ctx().content_rect().height() - 280.0).clamp(120.0, 420.0);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (what, why) in lines.take(LISTED) {
            if !what.is_empty() {
                ui.label(RichText::new(what).font(fonts::sans_medium(13.0)));
            }
            ui.label(why);
            ui.add_space(3.0);
        }
        if more > 0 {
            ui.label(soft(format!("and {}", count(more, "more line")), &scene.tokens));
        }
    });
}

fn close_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    if state.answer_ui(ui, scene, "Close") {
        out.push(Command::Screen(Screen::Close));
    }
}
