//! What the window shows: views, panes, dialogs; and the settings.

use super::{disputing, linking, orphans, preferring, waiting};
use crate::workbench::command::Screen;
use crate::workbench::parts::{Dialog, Effect, Pane, View};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Screen) {
    match command {
        Screen::Show(view) => state.show(view),
        Screen::Pane(pane) => go_to_pane(state, pane),
        Screen::NextPane => go_to_pane(state, state.stage.next_pane()),
        Screen::Open(dialog) => open_dialog(state, dialog),
        Screen::Close => close(state),
        Screen::Leave => leave(state),
        Screen::Browse(dialog) => state.effects.push(Effect::Browse(dialog)),
        Screen::BrowseFolder => state.effects.push(Effect::BrowseFolder),
        Screen::Zoom(step) => preferring::zoom(state, step),
        Screen::ZoomReset => preferring::zoom_reset(state),
        Screen::ToggleTheme => preferring::toggle_theme(state),
        Screen::Set(settings) => preferring::set_settings(state, *settings),
        Screen::Dismiss(text) => state.notices.withdraw(&text),
    }
}

/// Before there is an article there is nothing beside the page of the ways in.
fn go_to_pane(state: &mut State, pane: Pane) {
    let is_alone = state.stage.view == View::Review && state.session().articles().is_empty();
    state.stage.pane = if is_alone { Pane::Page } else { pane };
}

/// Closes the dialog; what waited behind it is asked then.
fn close(state: &mut State) {
    state.close_dialog();
    waiting::come_forward(state);
}

/// `Esc`: closes what lies on top, one thing at a time.
fn leave(state: &mut State) {
    if state.stage.dialog.is_some() {
        return close(state);
    }
    if state.page.selection.is_some() || state.page.caret.is_some() {
        return state.page.drop_selection();
    }
    if state.stage.pane == Pane::List && !state.choice.is_empty() {
        return state.choice.let_go();
    }
    if state.notices.dismiss() {
        return;
    }
    state.stage.pane = Pane::Page;
}

fn open_dialog(state: &mut State, dialog: Dialog) {
    // Find, once more, widens: to every article.
    let widens = dialog == Dialog::Find && (state.stage.dialog == Some(Dialog::Find) || state.stage.view != View::Review);
    let dialog = if widens { Dialog::Corpus } else { dialog };
    let needs_mention = dialog == Dialog::Note || matches!(dialog, Dialog::Link | Dialog::Card) && state.stage.view != View::Names;
    if needs_mention && state.stage.view != View::Review {
        return state.say_where("a mention on the page", View::Review);
    }
    if dialog == Dialog::Card {
        return linking::open_card_in_focus(state);
    }
    if dialog == Dialog::Link && state.stage.view == View::Names && state.queue.at.is_none() {
        return state.say("No name is in focus");
    }
    let needs_article = matches!(dialog, Dialog::Day | Dialog::Details | Dialog::Find | Dialog::Tags);
    if needs_mention && state.focused().is_none() {
        return state.say("No mention is in focus");
    }
    if needs_article && state.page.article.is_none() {
        return state.say("No article is open");
    }
    if dialog == Dialog::TagMatches && state.find.matches.is_empty() {
        let key = state.key_of(Screen::Open(Dialog::Find));
        return state.say(format!("Nothing was looked for, or nothing found; {key} opens the find bar"));
    }
    state.stage.dialog = Some(dialog);
    match dialog {
        Dialog::Orphans => orphans::list(state),
        Dialog::Conflicts => disputing::list(state),
        // What is about to be handed on is looked through while its format is chosen.
        Dialog::Export => state.look_for_findings(|_| {}),
        _ => {}
    }
}
