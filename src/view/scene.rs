//! What every panel is given to draw: the state, the colours, and a list to put commands on.

use eframe::egui;

use super::theme::{Tags, Tokens};
use crate::annotation::Time;
use crate::workbench::{Command, Dialog, State, entries};

/// Read by the panels, never changed by them.
pub struct Scene<'a> {
    pub state: &'a State,
    pub tokens: Tokens,
    pub tags: Tags,
    /// Seconds since the window was opened, for what goes by itself.
    pub now: f64,
}

impl<'a> Scene<'a> {
    pub fn new(state: &'a State, ctx: &egui::Context) -> Self {
        let tokens = Tokens::of(ctx);
        Self { state, tokens, tags: Tags::of(&tokens, state.session().scheme()), now: ctx.input(|input| input.time) }
    }

    /// The key of a command as it is shown: `Ctrl Shift Space`.
    pub fn key(&self, command: &Command) -> String {
        spaced(&self.state.preferences.keymap().shown(command))
    }

    /// A moment by the analyst's clock: `2026-11-24 08:35:48`.
    pub fn when(&self, at: Time) -> String {
        self.told(at, "%Y-%m-%d %H:%M:%S")
    }

    /// The same with the name of the zone: `2026-11-24 08:35:48 CET`.
    pub fn when_and_where(&self, at: Time) -> String {
        self.told(at, "%Y-%m-%d %H:%M:%S %Z")
    }

    fn told(&self, at: Time, form: &str) -> String {
        let moment = jiff::Timestamp::from_second(at.0).unwrap_or_default();
        moment.to_zoned_datetime(self.state.ports.zone.clone()).strftime(form).to_string()
    }

    /// What a control says of itself: what it does, and its key.
    pub fn tooltip(&self, command: &Command) -> String {
        let help = entries().iter().find(|entry| entry.command == *command).map_or("", |entry| entry.help);
        match self.key(command) {
            key if key.is_empty() => help.to_owned(),
            key => format!("{help} ({key})"),
        }
    }
}

/// Whether keys go to the panes rather than to something over them.
pub fn has_keys(ctx: &egui::Context, scene: &Scene<'_>) -> bool {
    !scene.state.stage.dialog.is_some_and(Dialog::is_modal) && !ctx.text_edit_focused() && !egui::Popup::is_any_open(ctx)
}

/// `Ctrl+Shift+S` as `Ctrl Shift S`; a plus sign as a key stays.
pub fn spaced(chord: &str) -> String {
    let mut out = String::with_capacity(chord.len());
    let mut rest = chord;
    while let Some((modifier, after)) = rest.split_once('+').filter(|(modifier, after)| !modifier.is_empty() && !after.is_empty()) {
        out.push_str(modifier);
        out.push(' ');
        rest = after;
    }
    out + rest
}

/// `1,234`.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 article`, `24 articles`.
pub fn count(n: usize, noun: &str) -> String {
    let ending = if noun.ends_with("ch") { "es" } else { "s" };
    if n == 1 { format!("1 {noun}") } else { format!("{} {noun}{ending}", grouped(n)) }
}

/// The analyst's name, or that there is none.
pub fn who(by: &str) -> &str {
    if by.is_empty() { "no name set" } else { by }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_numbers_are_written_for_people() {
        assert_eq!(spaced("Ctrl+Shift+Space"), "Ctrl Shift Space");
        assert_eq!(spaced("Ctrl++"), "Ctrl +");
        assert_eq!(spaced("+"), "+");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!((count(1, "article"), count(1200, "article")), ("1 article".to_owned(), "1,200 articles".to_owned()));
    }
}
