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
pub fn chord_of(event: &Event) -> Option<Chord> {
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => chord(*key, *modifiers),
        Event::Copy => Some(Chord { ctrl: true, ..Chord::plain(Key::Char('C')) }),
        _ => None,
    }
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
