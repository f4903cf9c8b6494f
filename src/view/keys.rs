//! From egui's keyboard events to the workbench's chords.

use std::collections::HashSet;

use eframe::egui::{self, Event, Modifiers};

use crate::workbench::{Chord, Key};

/// The chord of a pressed key; `None` for keys that Manicule has no name for.
pub fn chord(key: egui::Key, modifiers: Modifiers) -> Option<Chord> {
    let key = match key {
        egui::Key::Space => Key::Space,
        egui::Key::Enter => Key::Enter,
        egui::Key::Escape => Key::Escape,
        egui::Key::Tab => Key::Tab,
        egui::Key::Backspace => Key::Backspace,
        egui::Key::Delete => Key::Delete,
        egui::Key::ArrowLeft => Key::Left,
        egui::Key::ArrowRight => Key::Right,
        egui::Key::ArrowUp => Key::Up,
        egui::Key::ArrowDown => Key::Down,
        egui::Key::Home => Key::Home,
        egui::Key::End => Key::End,
        egui::Key::PageUp => Key::PageUp,
        egui::Key::PageDown => Key::PageDown,
        egui::Key::Minus => Key::Char('-'),
        egui::Key::Quote => Key::Char('\''),
        other => symbol(other)?,
    };
    Some(Chord { ctrl: modifiers.command, alt: modifiers.alt, shift: modifiers.shift, key }.normalised())
}

fn symbol(key: egui::Key) -> Option<Key> {
    let name = key.symbol_or_name();
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(Key::Char(c)),
        (Some('F'), Some(_)) => name[1..].parse().ok().filter(|n| (1..=12).contains(n)).map(Key::Function),
        _ => None,
    }
}

/// The chord of an event. Copying and cutting arrive as events of their own.
///
/// A command on a digit follows the key of that digit: on many keyboards, French and Czech ones among them, it types a
/// digit only with Shift. `has_command` says whether a chord has one.
pub fn chord_of(event: &Event, has_command: impl Fn(Chord) -> bool) -> Option<Chord> {
    match event {
        Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
            let digit = physical_key.filter(|_| modifiers.command && !modifiers.alt && !modifiers.shift).and_then(digit_of);
            let by_place = digit.map(|digit| Chord { ctrl: true, ..Chord::plain(digit) });
            by_place.filter(|chord| has_command(*chord)).or_else(|| chord(*key, *modifiers))
        }
        Event::Copy => Some(Chord { ctrl: true, ..Chord::plain(Key::Char('C')) }),
        _ => None,
    }
}

/// The digit that is printed on a key of the row of digits.
fn digit_of(key: egui::Key) -> Option<Key> {
    symbol(key).filter(|key| matches!(key, Key::Char(c) if c.is_ascii_digit()))
}

/// The keys that are down, by where they lie. egui counts by what they type, and so takes `+` for held for ever once
/// Shift is let go before the key: what goes up then is `=`.
#[derive(Default)]
pub struct Held(HashSet<egui::Key>);

impl Held {
    /// Takes in an event; answers whether it comes of a key that was down already.
    pub fn repeats(&mut self, event: &Event) -> bool {
        match event {
            Event::Key { key, physical_key, pressed, .. } => {
                let key = physical_key.unwrap_or(*key);
                let was_down = self.0.remove(&key);
                if *pressed {
                    self.0.insert(key);
                }
                was_down && *pressed
            }
            // Keys that go up elsewhere are not told.
            Event::WindowFocused(_) => {
                self.0.clear();
                false
            }
            _ => false,
        }
    }
}

/// Chords that a text field keeps for itself while it has the keys.
pub fn belongs_to_text(chord: Chord) -> bool {
    match chord.key {
        Key::Function(_) | Key::Escape => false,
        Key::Char(c) => !chord.ctrl || (!chord.shift && "ACHUVWXYZ".contains(c)) || (chord.shift && c == 'Z'),
        Key::PageUp | Key::PageDown => !chord.ctrl,
        Key::Enter => !(chord.ctrl || chord.alt),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::entries;

    /// The key of egui that types a key of ours.
    fn egui_key(key: Key) -> Option<egui::Key> {
        egui::Key::ALL.iter().copied().find(|candidate| chord(*candidate, Modifiers::NONE).is_some_and(|chord| chord.key == key))
    }

    #[test]
    fn every_default_key_can_be_typed() {
        for key in entries().iter().flat_map(|entry| entry.keys) {
            let wanted: Chord = key.parse().unwrap();
            let typed = egui_key(wanted.key).unwrap_or_else(|| panic!("no key types {key}"));
            let modifiers = Modifiers { alt: wanted.alt, ctrl: wanted.ctrl, shift: wanted.shift, mac_cmd: false, command: wanted.ctrl };
            assert_eq!(chord(typed, modifiers), Some(wanted), "{key}");
        }
    }

    /// What keys type with each layout without Shift, as xkeyboard-config has it, and what is meant with Ctrl held.
    #[test]
    fn commands_on_digits_follow_the_key() {
        use egui::Key as E;
        let command = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
        let keymap = crate::workbench::Keymap::default();
        let check = |layout: &str, physical: E, key: E, modifiers: Modifiers, expected: &str| {
            let event = Event::Key { key, physical_key: Some(physical), pressed: true, repeat: false, modifiers };
            let found = chord_of(&event, |chord| keymap.entry(chord).is_some());
            assert_eq!(found.map(|chord| chord.to_string()).as_deref(), Some(expected), "{layout}");
        };
        let digits = [E::Num1, E::Num2, E::Num3, E::Num4, E::Num5];
        // Where the sign has no name in egui the key itself is handed on.
        let layouts: [(&str, [E; 5]); 7] = [
            ("us de ru gr", digits),
            ("fr be", [E::Num1, E::Num2, E::Num3, E::Quote, E::Num5]),
            ("cz", [E::Plus, E::Num2, E::Num3, E::Num4, E::Num5]),
            ("sk", [E::Plus, E::Num2, E::Num3, E::Num4, E::Num5]),
            ("lt", digits),
            ("fr bepo", [E::Quote, E::Num2, E::Num3, E::OpenBracket, E::CloseBracket]),
            ("hu", [E::Num1, E::Num2, E::Plus, E::Exclamationmark, E::Slash]),
        ];
        for (layout, typed) in layouts {
            for (n, (physical, key)) in digits.into_iter().zip(typed).enumerate() {
                check(layout, physical, key, command, &format!("Ctrl+{}", n + 1));
            }
        }
        check("fr: minus lies on the key of 6, which has no command", E::Num6, E::Minus, command, "Ctrl+-");
        check("fr: normal size", E::Num0, E::Num0, command, "Ctrl+0");
        check("cz: without Ctrl it is the sign", E::Num1, E::Plus, Modifiers::NONE, "+");
        check("us: plus", E::Equals, E::Equals, command, "Ctrl+=");
        check("de: a question mark", E::Minus, E::Questionmark, Modifiers::SHIFT, "?");
    }

    #[test]
    fn a_key_is_held_until_it_goes_up_whatever_it_types_then() {
        let event =
            |key, pressed| Event::Key { key, physical_key: Some(egui::Key::Equals), pressed, repeat: false, modifiers: Modifiers::NONE };
        let mut held = Held::default();
        assert!(!held.repeats(&event(egui::Key::Plus, true)));
        assert!(held.repeats(&event(egui::Key::Plus, true)));
        assert!(!held.repeats(&event(egui::Key::Equals, false)), "Shift was let go first");
        assert!(!held.repeats(&event(egui::Key::Plus, true)));
        held.repeats(&Event::WindowFocused(false));
        assert!(!held.repeats(&event(egui::Key::Plus, true)));
    }

    #[test]
    fn a_text_field_keeps_what_edits_text() {
        for kept in ["A", "Shift+P", "Space", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+C", "←", "Backspace", "Enter", "?", "Ctrl+V"] {
            assert!(belongs_to_text(kept.parse().unwrap()), "{kept}");
        }
        for ours in ["Ctrl+K", "Ctrl+S", "F6", "Esc", "Ctrl+PageDown", "Ctrl+1", "Ctrl+Enter"] {
            assert!(!belongs_to_text(ours.parse().unwrap()), "{ours}");
        }
    }
}
