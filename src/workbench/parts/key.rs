//! Keys as Manicule names them, so that nothing below the view knows a window library.

use std::fmt;
use std::str::FromStr;

/// One key, by what it means rather than by where it lies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Key {
    /// A letter (upper case), digit or symbol.
    Char(char),
    Space,
    Enter,
    Escape,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 to F12.
    Function(u8),
}

/// A key with its modifiers. `ctrl` means Command on macOS. For symbols that need Shift on some keyboards (`?`, `+`)
/// Shift is left out, so that one chord serves every keyboard.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Chord {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
    pub key: Key,
}

impl Chord {
    pub const fn plain(key: Key) -> Self {
        Self { ctrl: false, alt: false, shift: false, key }
    }

    /// A chord with Shift dropped where the key is a symbol that Shift helped to type.
    #[must_use]
    pub fn normalised(self) -> Self {
        let is_symbol = matches!(self.key, Key::Char(c) if !c.is_alphanumeric());
        let key = match self.key {
            Key::Char(c) => Key::Char(c.to_uppercase().next().unwrap_or(c)),
            key => key,
        };
        Self { shift: self.shift && !is_symbol, key, ..self }
    }

    /// The letter, where the key is one.
    pub fn letter(self) -> Option<char> {
        match self.key {
            Key::Char(c) if c.is_ascii_alphabetic() => Some(c),
            _ => None,
        }
    }
}

const NAMED: &[(Key, &str)] = &[
    (Key::Space, "Space"),
    (Key::Enter, "Enter"),
    (Key::Escape, "Esc"),
    (Key::Tab, "Tab"),
    (Key::Backspace, "Backspace"),
    (Key::Delete, "Delete"),
    (Key::Left, "←"),
    (Key::Right, "→"),
    (Key::Up, "↑"),
    (Key::Down, "↓"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PageUp, "PageUp"),
    (Key::PageDown, "PageDown"),
];

/// Other spellings that a person may write in a settings file.
const SPELLINGS: &[(&str, Key)] = &[
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Escape", Key::Escape),
    ("Return", Key::Enter),
    ("Plus", Key::Char('+')),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, name)) = NAMED.iter().find(|(key, _)| key == self) {
            return f.write_str(name);
        }
        match self {
            Key::Char(c) => write!(f, "{c}"),
            Key::Function(n) => write!(f, "F{n}"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Chord {
    /// `Ctrl+Shift+Space`, as keys are told in the interface and written in settings.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                f.write_str(name)?;
            }
        }
        self.key.fmt(f)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0:?} is no key; write for instance Ctrl+Shift+Space, Alt+Left, F6 or a letter")]
pub struct BadChord(String);

impl FromStr for Chord {
    type Err = BadChord;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bad = || BadChord(s.chars().take(40).collect());
        let mut chord = Chord::plain(Key::Space);
        let mut rest = s.trim();
        while let Some((modifier, after)) = rest.split_once('+').filter(|(modifier, after)| !modifier.is_empty() && !after.is_empty()) {
            let held = match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "cmd" | "command" => &mut chord.ctrl,
                "alt" | "option" => &mut chord.alt,
                "shift" => &mut chord.shift,
                _ => return Err(bad()),
            };
            *held = true;
            rest = after;
        }
        chord.key = key_named(rest).ok_or_else(bad)?;
        Ok(chord.normalised())
    }
}

fn key_named(name: &str) -> Option<Key> {
    let named = NAMED.iter().map(|(key, name)| (*name, *key)).chain(SPELLINGS.iter().copied());
    if let Some((_, key)) = named.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(key);
    }
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if !c.is_whitespace() && !c.is_control() => Some(Key::Char(c)),
        (Some('F' | 'f'), Some(_)) => name[1..].parse().ok().filter(|n| (1..=12).contains(n)).map(Key::Function),
        _ => None,
    }
}

/// A literal of this program as a chord; only for tables that a test walks.
pub fn chord(literal: &str) -> Option<Chord> {
    literal.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_survive_their_written_form() {
        for text in ["Space", "Ctrl+Shift+Space", "Alt+←", "Shift+→", "Ctrl+PageDown", "F6", "?", "+", "Ctrl+Alt+Enter", ";", "X", "Ctrl+1"]
        {
            assert_eq!(text.parse::<Chord>().map(|chord| chord.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn spellings_of_people_are_read() {
        assert_eq!("ctrl+shift+s".parse::<Chord>(), "Ctrl+Shift+S".parse());
        assert_eq!("Alt+Left".parse::<Chord>(), "Alt+←".parse());
        assert_eq!("Shift+?".parse::<Chord>(), "?".parse(), "Shift that types a symbol is no modifier");
        for bad in ["", "Ctrl+", "Hyper+X", "F13", "ab", "Ctrl"] {
            assert!(bad.parse::<Chord>().is_err(), "{bad}");
        }
    }
}
