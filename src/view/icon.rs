//! The manicule, the little pointing hand, as strokes: the same drawing as `assets/icon/manicule.svg`.
//!
//! Drawn rather than taken from a font, so that it looks the same everywhere and scales to an icon.

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// A path of cubic curves in a box of 48 × 32: start, then control, control, end.
type Path = (Pos2, &'static [[Pos2; 3]]);

/// Cuff, back of the hand, pointing finger, folded fingers, thumb.
const PATHS: &[Path] = &[
    // The cuff.
    (
        p(3.0, 9.5),
        &[
            [p(3.0, 8.2), p(3.6, 7.5), p(4.8, 7.6)],
            [p(6.6, 7.8), p(8.3, 8.0), p(10.0, 8.3)],
            [p(10.2, 13.5), p(10.2, 18.7), p(9.6, 24.0)],
            [p(7.8, 24.4), p(6.0, 24.6), p(4.3, 24.6)],
            [p(3.2, 24.6), p(2.7, 24.0), p(2.7, 22.9)],
            [p(2.6, 18.4), p(2.7, 13.9), p(3.0, 9.5)],
        ],
    ),
    // Back of the hand into the upper edge of the finger, round its tip and back.
    (
        p(10.2, 9.4),
        &[
            [p(13.6, 8.6), p(16.4, 6.4), p(19.6, 6.6)],
            [p(22.4, 6.8), p(24.6, 8.6), p(27.4, 9.0)],
            [p(32.4, 9.5), p(37.6, 9.6), p(42.8, 9.8)],
            [p(45.4, 9.9), p(46.4, 11.0), p(46.4, 12.4)],
            [p(46.4, 13.8), p(45.2, 14.8), p(43.0, 14.8)],
            [p(38.4, 14.9), p(33.8, 15.0), p(29.2, 15.2)],
        ],
    ),
    // Thumb, lying along the finger.
    (
        p(20.6, 12.4),
        &[
            [p(23.4, 11.4), p(26.8, 11.8), p(29.4, 13.0)],
            [p(30.6, 13.6), p(30.8, 15.0), p(29.6, 15.8)],
            [p(27.6, 16.8), p(24.6, 16.4), p(22.2, 16.6)],
        ],
    ),
    // Folded fingers.
    (p(29.4, 15.6), &[[p(31.0, 16.2), p(31.4, 18.4), p(29.8, 19.4)], [p(28.4, 20.1), p(26.4, 20.0), p(24.8, 19.9)]]),
    (p(29.2, 19.6), &[[p(30.6, 20.6), p(30.4, 22.6), p(28.8, 23.3)], [p(27.2, 23.9), p(25.2, 23.6), p(23.6, 23.4)]]),
    (p(27.8, 23.6), &[[p(28.8, 24.8), p(28.0, 26.6), p(26.2, 26.8)], [p(21.0, 27.2), p(15.4, 25.0), p(10.0, 23.4)]]),
];

const fn p(x: f32, y: f32) -> Pos2 {
    Pos2 { x, y }
}

/// Draws the hand into `rect`, keeping its proportion.
pub fn paint(painter: &Painter, rect: Rect, colour: Color32) {
    let scale = (rect.width() / 48.0).min(rect.height() / 32.0);
    let origin = rect.center() - vec2(24.0, 16.0) * scale;
    let stroke = Stroke::new((2.1 * scale).max(1.2), colour);
    for (start, curves) in PATHS {
        let points = flatten(*start, curves).into_iter().map(|at| origin + at.to_vec2() * scale).collect();
        painter.add(Shape::line(points, stroke));
    }
}

fn flatten(start: Pos2, curves: &[[Pos2; 3]]) -> Vec<Pos2> {
    let mut points = vec![start];
    let mut from = start;
    for [a, b, to] in curves {
        for step in 1..=8u8 {
            let t = f32::from(step) / 8.0;
            let u = 1.0 - t;
            let weigh = |from: f32, a: f32, b: f32, to: f32| u * u * u * from + 3.0 * u * u * t * a + 3.0 * u * t * t * b + t * t * t * to;
            points.push(pos2(weigh(from.x, a.x, b.x, to.x), weigh(from.y, a.y, b.y, to.y)));
        }
        from = *to;
    }
    points
}

/// The icon for the window's title bar and the task list: the hand on a round vermilion ground, `side` pixels square.
pub fn rgba(side: usize) -> Vec<u8> {
    let mut pixels = vec![0; side * side * 4];
    let scale = side as f32 / 60.0;
    let segments: Vec<[Pos2; 2]> = PATHS
        .iter()
        .flat_map(|(start, curves)| flatten(*start, curves).windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>())
        .collect();
    for (i, pixel) in pixels.chunks_exact_mut(4).enumerate() {
        let (x, y) = ((i % side) as f32 + 0.5, (i / side) as f32 + 0.5);
        let centre = side as f32 / 2.0;
        let inside = (centre - ((x - centre).powi(2) + (y - centre).powi(2)).sqrt()).clamp(0.0, 1.0);
        let at = pos2(x / scale - 6.0, y / scale - 14.0);
        let distance = segments.iter().map(|segment| distance(at, *segment)).fold(f32::MAX, f32::min);
        let ink = ((1.5 - distance) * scale + 0.5).clamp(0.0, 1.0);
        for (channel, (ground, hand)) in pixel.iter_mut().zip([(0xC2, 0xFB), (0x41, 0xFA), (0x1F, 0xF6)]) {
            *channel = (f32::from(ground as u8) + (f32::from(hand as u8) - f32::from(ground as u8)) * ink) as u8;
        }
        pixel[3] = (inside * 255.0) as u8;
    }
    pixels
}

fn distance(at: Pos2, [a, b]: [Pos2; 2]) -> f32 {
    let along = b - a;
    let length = along.length_sq();
    let t = if length == 0.0 { 0.0 } else { ((at - a).dot(along) / length).clamp(0.0, 1.0) };
    at.distance(a + along * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_a_hand_on_a_round_ground() {
        let pixels = rgba(64);
        let at = |x: usize, y: usize| &pixels[(y * 64 + x) * 4..][..4];
        assert_eq!(at(0, 0)[3], 0, "corners are clear");
        assert_eq!(at(32, 4), [0xC2, 0x41, 0x1F, 255], "the ground is vermilion");
        assert!(pixels.chunks(4).filter(|pixel| pixel[2] > 0xC0 && pixel[3] == 255).count() > 60, "there is a hand");
    }
}
