//! The commands: everything a user can do, once, in groups.
//!
//! Menu, palette, help sheet and keymap are all derived from the [`entries`], which join the tables of the groups; the view
//! returns [`Command`]s and draws nothing that is not one. Commands with a payload come from the mouse, from dialogs and
//! from label letters; they have no line in a table because a listed command leads to each of them.

use std::sync::LazyLock;

use super::arrange::Arrange;
use super::articles::Articles;
use super::certify::Certify;
use super::check::Check;
use super::copies::Copies;
use super::decide::Decide;
use super::file::File;
use super::go::Go;
use super::learn::Learn;
use super::link::Link;
use super::names::Names;
use super::recall::Recall;
use super::renew::Renew;
use super::row::Row;
use super::rules::Rules;
use super::screen::Screen;
use super::seek::Seek;

/// A listed command.
pub type Entry = Row<Command>;

macro_rules! groups {
    ($($group:ident)*) => {
        /// One thing that a user can do, in its group.
        #[derive(Clone, PartialEq, Debug)]
        pub enum Command {
            $($group($group),)*
        }

        $(impl From<$group> for Command {
            fn from(command: $group) -> Self {
                Command::$group(command)
            }
        })*

        /// The lines of every group, the groups in their order.
        fn joined() -> Vec<Entry> {
            let mut rows = Vec::new();
            $(rows.extend($group::rows().into_iter().map(Row::of));)*
            rows
        }
    };
}

groups! { Decide Go Seek Arrange Articles Renew Learn Link Names Rules Recall Check Copies Certify File Screen }

/// Every listed command, in the order of the menus.
pub fn entries() -> &'static [Entry] {
    static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let mut rows = joined();
        rows.sort_by_key(|row| (row.menu, row.place));
        rows
    });
    &ENTRIES
}

impl Command {
    /// Whether it acts on the article on the page, and so only while the page is shown.
    pub fn needs_page(&self) -> bool {
        match self {
            Command::Decide(decide) => decide.needs_page(),
            Command::Go(go) => go.needs_page(),
            Command::Seek(seek) => seek.needs_page(),
            Command::Arrange(arrange) => arrange.needs_page(),
            Command::Renew(renew) => renew.needs_page(),
            Command::Copies(copies) => copies.needs_page(),
            Command::Link(link) => link.needs_page(),
            Command::Screen(screen) => screen.needs_page(),
            Command::Articles(_)
            | Command::Learn(_)
            | Command::Names(_)
            | Command::Rules(_)
            | Command::Recall(_)
            | Command::Check(_)
            | Command::Certify(_)
            | Command::File(_) => false,
        }
    }

    /// Whether something new begins with it, rather than that what was done ends: a dialog closes after its command, a click
    /// takes the keys along.
    pub fn is_action(&self) -> bool {
        !matches!(self, Command::Screen(Screen::Close | Screen::Pane(_) | Screen::Dismiss(_)))
    }

    /// Whether the command moves about rather than changes something.
    pub fn is_motion(&self) -> bool {
        let Command::Go(go) = self else { return false };
        matches!(go, Go::Undecided(_) | Go::Mention(_) | Go::Article(_) | Go::MoveCaret(_) | Go::SelectCaret(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_line_of_every_group_stands_in_the_menus_at_a_place_of_its_own() {
        let mut places = HashSet::new();
        for row in joined() {
            let found = entries().iter().find(|entry| entry.id == row.id).unwrap_or_else(|| panic!("{} is not listed", row.id));
            assert_eq!(found.command, row.command, "{}", row.id);
            assert!(places.insert((row.menu, row.place)), "{} takes another command’s place in the menu", row.id);
        }
        assert_eq!(joined().len(), entries().len());
    }

    #[test]
    fn every_entry_is_told_apart_named_and_explained() {
        let mut ids = HashSet::new();
        for entry in entries() {
            assert!(ids.insert(entry.id), "{} is listed twice", entry.id);
            assert!(!entry.name.is_empty() && entry.help.len() > 8, "{} says too little", entry.id);
            assert!(!entry.help.ends_with('.'), "{}: one-liners carry no full stop", entry.id);
        }
    }

    #[test]
    fn every_default_key_is_a_key_and_belongs_to_one_command() {
        let mut owners = std::collections::HashMap::new();
        let mut every_letter = crate::annotation::Scheme::standard();
        let letters: Vec<char> = ('A'..='Z').filter(|letter| !"BIKMQSUVXZ".contains(*letter)).collect();
        every_letter.labels.truncate(letters.len());
        for (def, letter) in every_letter.labels.iter_mut().zip(&letters) {
            (def.key, def.standing) = (Some(*letter), crate::annotation::Standing::On);
        }
        for entry in entries() {
            for key in entry.keys {
                let chord: super::super::super::Chord = key.parse().unwrap_or_else(|error| panic!("{}: {error}", entry.id));
                if let Some(other) = owners.insert(chord, entry.id) {
                    panic!("{key} belongs to {other} and {}", entry.id);
                }
                let label = super::super::super::Keymap::label_command(chord, &every_letter);
                assert!(label.is_none(), "{key} of {} takes a label’s letter its reach", entry.id);
            }
        }
    }
}
