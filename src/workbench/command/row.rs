//! A line of the command table: how a command is called, explained, reached.

/// Where a command stands in the menu bar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Menu {
    File,
    Edit,
    Decide,
    Go,
    Article,
    View,
    Help,
}

impl Menu {
    pub const ALL: [Menu; 7] = [Menu::File, Menu::Edit, Menu::Decide, Menu::Go, Menu::Article, Menu::View, Menu::Help];

    pub fn title(self) -> &'static str {
        match self {
            Menu::File => "File",
            Menu::Edit => "Edit",
            Menu::Decide => "Decide",
            Menu::Go => "Go",
            Menu::Article => "Article",
            Menu::View => "View",
            Menu::Help => "Help",
        }
    }
}

/// A listed command of the group `C`.
#[derive(Clone, Debug)]
pub struct Row<C> {
    /// Names it in settings files; never changes.
    pub id: &'static str,
    pub command: C,
    pub name: &'static str,
    pub help: &'static str,
    /// Default keys; the first is the one that is shown.
    pub keys: &'static [&'static str],
    pub menu: Menu,
    /// Where it stands in that menu, from the top; the numbers have gaps for commands to come.
    pub place: u16,
    /// Whether it decides something, so that a held key must not repeat it.
    pub decides: bool,
}

impl<C> Row<C> {
    /// The same line in the table of all groups.
    pub fn of<D: From<C>>(self) -> Row<D> {
        let Row { id, command, name, help, keys, menu, place, decides } = self;
        Row { id, command: command.into(), name, help, keys, menu, place, decides }
    }
}

/// The table of a group, a line each: menu and place in it, whether it `decides` or `acts`, the name that settings files
/// know it by, its default keys, the command, its name and its help line.
macro_rules! rows {
    ($group:ident $($menu:ident $place:literal $kind:ident $id:literal [$($key:literal)*] $command:expr, $name:literal, $help:literal;)*) => {
        impl $group {
            /// Those of the group that are listed.
            pub fn rows() -> Vec<Row<$group>> {
                vec![$(Row {
                    id: $id,
                    command: $command,
                    name: $name,
                    help: $help,
                    keys: &[$($key),*],
                    menu: super::row::Menu::$menu,
                    place: $place,
                    decides: stringify!($kind).as_bytes() == b"decides",
                }),*]
            }
        }
    };
}

pub(super) use rows;
