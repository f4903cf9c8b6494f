//! A share with its interval, drawn: the line from low to high with a stop at either end, the share itself a mark on it.
//! Told by form, so that it reads without colour.

use eframe::egui::{Painter, Rect, Shape, Stroke, pos2, vec2};

use super::theme::Tokens;
use crate::quality::figures::Share;

/// How the share itself is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Disc,
    Diamond,
}

/// Draws a share over the width of `rect`, from 0 on the left to 1 on the right.
pub fn paint(painter: &Painter, rect: Rect, share: Option<Share>, mark: Mark, tokens: &Tokens) {
    let y = rect.center().y;
    let at = |ratio: f64| rect.left() + rect.width() * ratio as f32;
    painter.hline(rect.x_range(), y, Stroke::new(1.0, tokens.line));
    for ratio in [0.0, 0.5, 1.0] {
        painter.vline(at(ratio), y - 2.5..=y + 2.5, Stroke::new(1.0, tokens.line));
    }
    let Some(share) = share.filter(|share| !share.is_of_few()) else { return };
    let (low, high) = share.interval();
    painter.hline(at(low)..=at(high), y, Stroke::new(2.0, tokens.soft));
    for end in [low, high] {
        painter.vline(at(end), y - 3.5..=y + 3.5, Stroke::new(1.5, tokens.soft));
    }
    let middle = pos2(at(share.ratio()), y);
    match mark {
        Mark::Disc => {
            painter.circle(middle, 4.0, tokens.ink, Stroke::new(1.0, tokens.page));
        }
        Mark::Diamond => {
            let r = 5.0;
            let corners = [vec2(0.0, -r), vec2(r, 0.0), vec2(0.0, r), vec2(-r, 0.0)].map(|corner| middle + corner);
            painter.add(Shape::convex_polygon(corners.to_vec(), tokens.ink, Stroke::new(1.0, tokens.page)));
        }
    }
}

/// `93 %`, or `too few` of which it would be a share.
pub fn percent(share: Share) -> String {
    if share.is_of_few() { "too few".to_owned() } else { format!("{:.0} %", 100.0 * share.ratio()) }
}

/// `93 % (81 to 98) of 41`; that nothing was looked at, or too few: `too few yet (2 of 3)`.
pub fn words(share: Option<Share>) -> String {
    let Some(share) = share else { return "nothing looked at yet".to_owned() };
    if share.is_of_few() {
        return format!("too few yet ({} of {})", share.part, share.whole);
    }
    let (low, high) = share.interval();
    format!("{} ({:.0} to {:.0}) of {}", percent(share), 100.0 * low, 100.0 * high, share.whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_in_words() {
        assert_eq!(words(Some(Share { part: 8, whole: 10 })), "80 % (49 to 94) of 10");
        assert_eq!(words(Some(Share { part: 5, whole: 5 })), "100 % (57 to 100) of 5");
        assert_eq!(words(Some(Share { part: 1, whole: 1 })), "too few yet (1 of 1)");
        assert_eq!(percent(Share { part: 4, whole: 4 }), "too few");
        assert_eq!(words(None), "nothing looked at yet");
    }
}
