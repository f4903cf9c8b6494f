//! Changing what surrounds the mentions: an article's zones, marks and metadata, the labels of the scheme.

use std::path::{Path, PathBuf};

use super::{choosing, going, learning, tagging};
use crate::annotation::{Desk, Meta, Progress, Scheme, ZoneKind};
use crate::decide::article;
use crate::decide::labels::{self, SchemeChange};
use crate::store::{read_scheme, write_scheme, write_whole};
use crate::text::{Span, flow, paragraphs};
use crate::workbench::command::Arrange;
use crate::workbench::models::{Asked, Replacing};
use crate::workbench::parts::count;
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Arrange) {
    match command {
        Arrange::FlipZone => flip_zone(state),
        Arrange::SetZone(span, kind) => set_zone(state, span, kind),
        Arrange::ToggleFlag => toggle_flag(state),
        Arrange::ToggleProgress(progress) => toggle_progress(state, progress),
        Arrange::Mark(desk) => mark(state, desk),
        Arrange::Describe(meta) => describe_article(state, meta),
        Arrange::Remove => remove_article(state),
        Arrange::ChangeScheme(change) => {
            change_scheme(state, &change);
        }
    }
}

/// Turns the selection, or the paragraph at the focus, into boilerplate or back into body.
fn flip_zone(state: &mut State) {
    let Some(open) = state.open_article() else { return };
    let at = state.place();
    let Some(span) = state.page.selection.filter(|_| state.page.caret.is_none()).or_else(|| line_at(&open.text, at.start as usize)) else {
        return state.say("There is no text here");
    };
    let kind = if open.is_boilerplate_at(span.start as usize) { ZoneKind::Body } else { ZoneKind::Boilerplate };
    set_zone(state, span, kind);
}

fn set_zone(state: &mut State, span: Span, kind: ZoneKind) {
    let Some(id) = state.page.article.clone() else { return };
    let edit = article::set_zone(state.session(), &id, span, kind, &state.stamp());
    let Some(edit) = state.accepted(edit) else { return };
    if state.perform(edit) {
        going::keep_focus_near(state, span);
        if kind != ZoneKind::Boilerplate {
            tagging::retag_zone(state, &id);
        }
    }
}

fn toggle_flag(state: &mut State) {
    if let Some(chosen) = state.chosen() {
        return choosing::toggle_flag(state, &chosen);
    }
    let Some(open) = state.open_article() else { return };
    let mut desk = open.desk.clone();
    desk.flagged = !desk.flagged;
    mark(state, desk);
}

/// Marks the article, or those that are chosen, done or set aside, or takes that mark off again.
fn toggle_progress(state: &mut State, progress: Progress) {
    if let Some(chosen) = state.chosen() {
        choosing::toggle_progress(state, &chosen, progress);
    } else if let Some(open) = state.open_article() {
        let mut desk = open.desk.clone();
        desk.progress = if desk.progress == progress { Progress::Open } else { progress };
        mark(state, desk);
    } else {
        return state.say("No article is open");
    }
    // An article that is done teaches, and one that is done no more does so no longer.
    if progress == Progress::Done {
        learning::follow(state);
    }
}

fn mark(state: &mut State, desk: Desk) {
    let Some(id) = state.page.article.clone() else { return };
    let edit = article::mark(state.session(), &id, desk, &state.stamp());
    if let Some(edit) = state.accepted(edit) {
        state.perform(edit);
    }
}

fn remove_article(state: &mut State) {
    if let Some(chosen) = state.chosen() {
        return choosing::remove(state, &chosen);
    }
    let Some(id) = state.page.article.clone() else { return };
    let at = state.session().position(&id).unwrap_or(0);
    let edit = article::remove(state.session(), &id, &state.stamp());
    let Some(edit) = state.accepted(edit) else { return };
    let what = edit.what.clone();
    let beside = going::beside(state, std::slice::from_ref(&id));
    if state.perform(edit) {
        state.say(format!("Removed “{what}” from the session; its file stays as it is"));
        state.page.close_article();
        let articles = state.session().articles();
        let next = beside.or_else(|| articles.get(at).or(articles.last()).map(|article| article.id.clone()));
        if let Some(next) = next {
            going::open_article(state, &next);
        }
    }
}

fn describe_article(state: &mut State, meta: Meta) {
    let Some(id) = state.page.article.clone() else { return };
    let day = meta.published.clone();
    let was = state.open_article().and_then(|article| article.meta.published.clone());
    let Ok(edit) = article::describe(state.session(), &id, meta, &state.stamp()) else { return };
    if state.perform(edit) && day != was {
        tagging::retag_day(state, &id);
    }
}

/// Takes over a changed scheme where it is sound. Answers whether anything changed.
fn change_scheme(state: &mut State, change: &SchemeChange) -> bool {
    match labels::change(state.session(), change, &state.stamp()) {
        Ok(Some(edit)) => {
            let from = state.place();
            let words = edit.answer();
            let done = state.perform(edit);
            if done {
                state.say(words);
                going::keep_focus_near(state, from);
            }
            done
        }
        Ok(None) => false,
        Err(fault) => {
            state.problem(format!("The labels are not changed: {fault}"));
            false
        }
    }
}

pub fn import_scheme(state: &mut State, path: PathBuf) {
    state.close_dialog();
    let files = state.ports.around.files.clone();
    state.start("Reading labels", move |reporter| {
        let read = files.read(&path).map_err(|error| error.to_string());
        let scheme = read.and_then(|bytes| read_scheme(&bytes).map_err(|fault| fault.to_string()));
        reporter.send(move |state| match scheme {
            Ok(scheme) => take_scheme(state, &path, scheme),
            Err(why) => state.problem(format!("{}: {why}", path.display())),
        });
    });
}

/// Takes over the labels of a file, and says which of the session's it lacks.
fn take_scheme(state: &mut State, path: &Path, scheme: Scheme) {
    let n = scheme.labels.len();
    let change = SchemeChange::taken_over(state.session(), scheme);
    let kept: Vec<&str> = change.scheme.labels[n..].iter().map(|def| def.name.as_str()).collect();
    let kept = if kept.is_empty() { String::new() } else { format!("; kept but not offered, as mentions have them: {}", kept.join(", ")) };
    if change_scheme(state, &change) {
        state.say(format!("Took over {} from {}{kept}", count(n, "label"), path.display()));
    } else {
        state.say(format!("The labels of {} are those of the session", path.display()));
    }
}

pub fn export_scheme(state: &mut State, path: PathBuf, sure: bool) {
    state.close_dialog();
    let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
    let (text, files) = (write_scheme(state.session().scheme()), state.ports.around.files.clone());
    state.start("Writing labels", move |reporter| {
        if !sure && files.holds_something(&path) {
            let asked = Asked { there: vec![path.clone()], replacing: Replacing::Labels(path) };
            return reporter.send(move |state| state.ask(asked));
        }
        let written = write_whole(&*files, &path, text.as_bytes());
        reporter.send(move |state| match written {
            Ok(()) => state.say(format!("Wrote the labels to {}", path.display())),
            Err(error) => state.problem(error.to_string()),
        });
    });
}

fn line_at(text: &str, offset: usize) -> Option<Span> {
    paragraphs::trim(text, flow::around(text, Span::new(offset, offset)))
}
