//! What the Linux desktop tells besides what the toolkit hears: whether it is dark, and which files were copied.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui::{self, Event, Theme};

/// Whether windows can have files dropped on them: winit does not take them under Wayland.
pub fn takes_drops() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || !(is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET"))
}

/// What the desktop has told since the last look.
pub struct Desktop {
    sender: Sender<Told>,
    receiver: Receiver<Told>,
    /// Whether text was pasted since the key went down.
    pasted: bool,
    /// Whether the key of V went down by itself.
    is_down: bool,
}

pub enum Told {
    Theme(Theme),
    /// Files that were copied in a file manager.
    Files(Vec<PathBuf>),
}

impl Default for Desktop {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, pasted: false, is_down: false }
    }
}

impl Desktop {
    pub fn told(&mut self) -> Option<Told> {
        self.receiver.try_recv().ok()
    }

    /// Asks the desktop whether it is dark, now and whenever that changes.
    #[cfg(target_os = "linux")]
    pub fn follow_theme(&self, ctx: &egui::Context) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let tell = move |theme| {
            let is_heard = sender.send(Told::Theme(theme)).is_ok();
            ctx.request_repaint();
            is_heard
        };
        // Where there is no portal nothing is told, and the window stays light.
        std::thread::spawn(move || portal::follow(tell).ok());
    }

    #[cfg(not(target_os = "linux"))]
    pub fn follow_theme(&self, _: &egui::Context) {}

    /// Looks at an event: where Ctrl+V brought no text, files may have been copied.
    pub fn hear(&mut self, event: &Event, ctx: &egui::Context) {
        if self.wants_files(event) {
            self.look_for_files(ctx);
        }
    }

    /// Of a key that pastes the toolkit keeps the press for itself: it goes up without having gone down, whichever of Ctrl
    /// and V is let go first.
    fn wants_files(&mut self, event: &Event) -> bool {
        match event {
            Event::Paste(_) => self.pasted = true,
            Event::Key { key: egui::Key::V, pressed: true, .. } => self.is_down = true,
            Event::Key { key: egui::Key::V, pressed: false, .. } => {
                let has_text = std::mem::take(&mut self.pasted);
                return !std::mem::take(&mut self.is_down) && !has_text;
            }
            _ => {}
        }
        false
    }

    /// Whoever owns the clipboard may take its time to answer.
    fn look_for_files(&self, ctx: &egui::Context) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        std::thread::spawn(move || {
            let files = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get().file_list()).unwrap_or_default();
            if !files.is_empty() {
                sender.send(Told::Files(files)).ok();
                ctx.request_repaint();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_without_text_asks_for_files() {
        let key = |pressed| Event::Key { key: egui::Key::V, physical_key: None, pressed, repeat: false, modifiers: egui::Modifiers::NONE };
        let paste = || Event::Paste("text".to_owned());
        for (events, expected) in [
            (vec![key(false)], true),
            (vec![paste(), key(false)], false),
            (vec![key(true), key(false)], false),
            (vec![paste(), paste(), key(false), key(false)], true),
        ] {
            let mut desktop = Desktop::default();
            let asked = events.iter().filter(|event| desktop.wants_files(event)).count();
            assert_eq!(asked == 1, expected, "{events:?}");
        }
    }
}

#[cfg(target_os = "linux")]
mod portal {
    use eframe::egui::Theme;
    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::{OwnedValue, Value};

    const SCHEME: (&str, &str) = ("org.freedesktop.appearance", "color-scheme");

    /// Tells the colour scheme of the desktop's settings portal until nobody hears it any more.
    pub fn follow(tell: impl Fn(Theme) -> bool) -> zbus::Result<()> {
        let connection = Connection::session()?;
        let name = "org.freedesktop.portal.Desktop";
        let settings = Proxy::new(&connection, name, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")?;
        let changes = settings.receive_signal("SettingChanged")?;
        let now: OwnedValue = settings.call("Read", &SCHEME)?;
        if let Some(theme) = theme_of(&now) {
            tell(theme);
        }
        for change in changes {
            let body = change.body();
            let Ok((space, key, value)) = body.deserialize::<(String, String, Value<'_>)>() else { continue };
            let theme = theme_of(&value).filter(|_| (space.as_str(), key.as_str()) == SCHEME);
            if theme.is_some_and(|theme| !tell(theme)) {
                break;
            }
        }
        Ok(())
    }

    /// 1 prefers dark, 2 light, 0 says nothing; older portals wrap it once more.
    fn theme_of(value: &Value<'_>) -> Option<Theme> {
        match value {
            Value::Value(inner) => theme_of(inner),
            Value::U32(1) => Some(Theme::Dark),
            Value::U32(_) => Some(Theme::Light),
            _ => None,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_colour_scheme_is_read_in_both_wrappings() {
            for (number, theme) in [(0, Theme::Light), (1, Theme::Dark), (2, Theme::Light)] {
                assert_eq!(theme_of(&Value::U32(number)), Some(theme));
                assert_eq!(theme_of(&Value::Value(Box::new(Value::U32(number)))), Some(theme));
            }
            assert_eq!(theme_of(&Value::from("dark")), None);
        }
    }
}
