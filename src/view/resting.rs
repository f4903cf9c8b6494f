//! A pointer that rests while keys are pressed points at nothing.
//!
//! Whoever works from the keyboard leaves the pointer lying somewhere. What comes to lie under it would show its tooltip over
//! what is read, and a second row would seem to be in focus. It wakes when it is moved, clicked or wheeled.

use eframe::egui::{Event, Key, Pos2};

#[derive(Default)]
pub struct Resting {
    /// Where the pointer was last seen.
    at: Option<Pos2>,
    is_down: bool,
    sleeps: bool,
}

impl Resting {
    /// Changes the events of a frame to what a pointer that sleeps while keys are pressed would have sent.
    pub fn follow(&mut self, events: &mut Vec<Event>) {
        let mut all = Vec::with_capacity(events.len() + 1);
        for event in events.drain(..) {
            match &event {
                Event::PointerMoved(at) => (self.at, self.sleeps) = (Some(*at), false),
                Event::PointerButton { pos, pressed, .. } => (self.at, self.is_down, self.sleeps) = (Some(*pos), *pressed, false),
                Event::PointerGone => self.at = None,
                // What the wheel scrolls lies where the pointer does.
                Event::MouseWheel { .. } | Event::Zoom(_) if std::mem::take(&mut self.sleeps) => {
                    all.extend(self.at.map(Event::PointerMoved))
                }
                Event::Key { key, pressed: true, .. } if !self.sleeps && !self.is_down && self.at.is_some() && !is_modifier(*key) => {
                    self.sleeps = true;
                    all.push(Event::PointerGone);
                }
                _ => {}
            }
            all.push(event);
        }
        *events = all;
    }
}

/// Modifiers go with clicks and the wheel.
fn is_modifier(key: Key) -> bool {
    use Key as K;
    matches!(key, K::ShiftLeft | K::ShiftRight | K::ControlLeft | K::ControlRight | K::AltLeft | K::AltRight | K::SuperLeft | K::SuperRight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, pos2, vec2};

    #[test]
    fn a_key_sends_the_pointer_to_sleep_and_the_hand_wakes_it() {
        let key = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        let moved = || Event::PointerMoved(pos2(5.0, 5.0));
        let wheel = || Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: vec2(0.0, 1.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        };
        let mut resting = Resting::default();
        let mut followed = |mut events: Vec<Event>| {
            resting.follow(&mut events);
            events
        };
        assert_eq!(followed(vec![moved(), key(Key::ShiftLeft)]), [moved(), key(Key::ShiftLeft)]);
        assert_eq!(followed(vec![key(Key::X)]), [Event::PointerGone, key(Key::X)]);
        assert_eq!(followed(vec![key(Key::X)]), [key(Key::X)], "it sleeps already");
        assert_eq!(followed(vec![wheel()]), [moved(), wheel()]);
        assert_eq!(followed(vec![wheel(), key(Key::X), moved()]), [wheel(), Event::PointerGone, key(Key::X), moved()]);
    }
}
