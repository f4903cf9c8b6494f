//! Which chord does what: the defaults of the command table, changed by the analyst's settings.

use std::collections::BTreeMap;

use super::key::{Chord, Key, chord};
use crate::annotation::{Scheme, Scope};
use crate::workbench::command::{Command, Decide, Entry, entries};

/// Chords by command id, as settings hold them: a command listed here has these keys and no others.
pub type Overrides = BTreeMap<String, Vec<String>>;

#[derive(Clone, Debug)]
pub struct Keymap {
    /// To places in the command table.
    bindings: BTreeMap<Chord, usize>,
    /// By place in the command table, the one to show first.
    chords: Vec<Vec<Chord>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(&Overrides::new()).0
    }
}

impl Keymap {
    /// The keymap with `overrides`, and what could not be taken over, in words.
    pub fn new(overrides: &Overrides) -> (Self, Vec<String>) {
        let mut bindings: BTreeMap<Chord, usize> = BTreeMap::new();
        let mut chords = vec![Vec::new(); entries().len()];
        let mut faults: Vec<String> = overrides
            .keys()
            .filter(|id| !entries().iter().any(|entry| entry.id == id.as_str()))
            .map(|id| format!("there is no command {id:?}"))
            .collect();
        for (i, entry) in entries().iter().enumerate() {
            let own = overrides.get(entry.id).map(|keys| keys.iter().map(String::as_str).collect::<Vec<_>>());
            for key in own.unwrap_or_else(|| entry.keys.to_vec()) {
                let Some(chord) = chord(key) else {
                    faults.push(format!("{}: {key:?} is no key", entry.id));
                    continue;
                };
                if let Some(other) = bindings.get(&chord).copied() {
                    faults.push(format!("{chord} belongs to both {} and {}", entries()[other].id, entry.id));
                    continue;
                }
                bindings.insert(chord, i);
                chords[i].push(chord);
            }
        }
        (Self { bindings, chords }, faults)
    }

    /// The listed command that a chord does.
    pub fn entry(&self, chord: Chord) -> Option<&'static Entry> {
        self.bindings.get(&chord.normalised()).map(|i| &entries()[*i])
    }

    /// The keys of a listed command, the default one first.
    pub fn chords(&self, id: &str) -> Vec<Chord> {
        let at = entries().iter().position(|entry| entry.id == id);
        at.map(|at| self.chords[at].clone()).unwrap_or_default()
    }

    /// The key of a command as the interface shows it; empty when it has none.
    pub fn shown(&self, command: &Command) -> String {
        let entry = entries().iter().find(|entry| entry.command == *command);
        let chord = entry.and_then(|entry| self.chords(entry.id).into_iter().next());
        chord.map(|chord| chord.to_string()).unwrap_or_default()
    }

    /// What a letter of the scheme does, where no listed command has the chord: alone it retypes, with Shift in the
    /// article, with Ctrl+Shift in the session.
    pub fn label_command(chord: Chord, scheme: &Scheme) -> Option<Command> {
        let scope = match (chord.ctrl, chord.alt, chord.shift) {
            (false, false, false) => Scope::Mention,
            (false, false, true) => Scope::Article,
            (true, false, true) => Scope::Session,
            _ => return None,
        };
        let def = scheme.by_key(chord.letter()?)?;
        Some(Command::Decide(Decide::Label(def.name.clone(), scope)))
    }

    /// Whether a chord types text, so that it is left to a text field that has the keys.
    pub fn types_text(chord: Chord) -> bool {
        let types = matches!(chord.key, Key::Char(_) | Key::Space);
        types && !chord.ctrl && !chord.alt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_keymap_has_no_faults() {
        assert_eq!(Keymap::new(&Overrides::new()).1, Vec::<String>::new());
    }

    #[test]
    fn an_override_takes_the_keys_of_its_command_only() {
        let overrides = Overrides::from([("confirm".to_owned(), vec!["Ctrl+Alt+J".to_owned(), "Enter".to_owned()])]);
        let (keymap, faults) = Keymap::new(&overrides);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(keymap.shown(&Command::Decide(Decide::Confirm(Scope::Mention))), "Ctrl+Alt+J");
        assert!(keymap.entry(Chord::plain(Key::Space)).is_none());
        assert_eq!(keymap.entry(Chord::plain(Key::Char('x'))).map(|entry| entry.id), Some("reject"));
    }

    #[test]
    fn collisions_and_nonsense_are_told() {
        let overrides = Overrides::from([
            ("confirm".to_owned(), vec!["X".to_owned()]),
            ("nonsense".to_owned(), vec![]),
            ("reject".to_owned(), vec!["Hyper+Q".to_owned(), "X".to_owned()]),
        ]);
        assert_eq!(Keymap::new(&overrides).1.len(), 3);
    }

    #[test]
    fn letters_of_the_scheme_reach_three_scopes() {
        let scheme = Scheme::standard();
        let command = |text: &str| text.parse().ok().and_then(|chord| Keymap::label_command(chord, &scheme));
        assert_eq!(command("O"), Some(Command::Decide(Decide::Label("ORG".into(), Scope::Mention))));
        assert_eq!(command("Shift+O"), Some(Command::Decide(Decide::Label("ORG".into(), Scope::Article))));
        assert_eq!(command("Ctrl+Shift+O"), Some(Command::Decide(Decide::Label("ORG".into(), Scope::Session))));
        assert_eq!(command("Ctrl+O"), None);
        assert_eq!(command("Q"), None);
    }
}
