//! Lines cut where words end, with an ellipsis for what is left out.

use std::borrow::Cow;

/// How wide a text is drawn, in points.
pub type Width<'w> = &'w dyn Fn(&str) -> f32;

/// The end of `text` from a word on, as much as fits into `room` (points).
pub fn tail<'t>(text: &'t str, room: f32, width: Width<'_>) -> Cow<'t, str> {
    let starts: Vec<usize> = words(text).filter(|(_, is_start)| *is_start).map(|(at, _)| at).collect();
    let kept = |at: usize| text.len() - at;
    cut(text, room, width, &starts, kept, |at| format!("… {}", &text[at..]))
}

/// The beginning of `text` up to the end of a word, as much as fits into `room` (points).
pub fn head<'t>(text: &'t str, room: f32, width: Width<'_>) -> Cow<'t, str> {
    let mut ends: Vec<usize> = words(text).filter(|(_, is_start)| !is_start).map(|(at, _)| at).collect();
    ends.reverse();
    cut(text, room, width, &ends, |at| at, |at| format!("{} …", &text[..at]))
}

/// The whole text, else the longest of its cuts that fits; where not even one word fits, nothing. `places` come with the longest
/// cut first; `kept` says how many bytes one leaves.
///
/// To measure a line costs far more than anything else here. So the first cut that is measured is the one that would fit were
/// all letters equally wide, and from there it is looked on in steps that double.
fn cut<'t>(
    text: &'t str,
    room: f32,
    width: Width<'_>,
    places: &[usize],
    kept: impl Fn(usize) -> usize,
    made: impl Fn(usize) -> String,
) -> Cow<'t, str> {
    let whole = width(text);
    if whole <= room {
        return Cow::Borrowed(text);
    }
    let fits = |i: usize| places.get(i).is_none_or(|at| width(&made(*at)) <= room);
    let guess = places.partition_point(|at| kept(*at) as f32 * whole > room * text.len() as f32);
    // Behind `short` everything fits, before `long` nothing does.
    let (mut long, mut short) = (0, places.len());
    let (mut at, mut step) = (guess, 1);
    while long < short {
        if fits(at) {
            short = at;
        } else {
            long = at + 1;
        }
        let left = short - long;
        at = match at == short {
            _ if step > left => long + left / 2,
            true => short - step,
            false => long + step - 1,
        };
        step *= 2;
    }
    places.get(short).map_or(Cow::Borrowed(""), |at| Cow::Owned(made(*at)))
}

/// Where words begin (true) and end. In a script without spaces a letter is a word.
fn words(text: &str) -> impl Iterator<Item = (usize, bool)> {
    let mut before = ' ';
    let is_alone = |c: char| c as u32 >= 0x2E80;
    let mut all: Vec<(usize, bool)> = Vec::new();
    for (at, c) in text.char_indices() {
        let (was, is) = (!before.is_whitespace(), !c.is_whitespace());
        if was && (!is || is_alone(c) || is_alone(before)) {
            all.push((at, false));
        }
        if is && (!was || is_alone(c) || is_alone(before)) {
            all.push((at, true));
        }
        before = c;
    }
    if !before.is_whitespace() {
        all.push((text.len(), false));
    }
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn lines_are_cut_between_words() {
        let letters = |text: &str| text.chars().count() as f32;
        let tail = |text: &'static str, room: u8| tail(text, f32::from(room), &letters);
        let head = |text: &'static str, room: u8| head(text, f32::from(room), &letters);
        let before = "the board was drafted by the ";
        assert_eq!(tail(before, 40), before);
        assert_eq!(tail(before, 17), "… drafted by the ");
        assert_eq!(tail(before, 16), "… by the ");
        assert_eq!(tail(before, 3), "");
        let after = ", who came late";
        assert_eq!(head(after, 15), after);
        assert_eq!(head(after, 14), ", who came …");
        assert_eq!(head(after, 1), "");
        assert_eq!(tail("開かれる機構（", 5), "… 機構（");
        assert_eq!(head("で開かれる", 5), "で開かれる");
        assert_eq!(head("で開かれる", 4), "で開 …");
        assert_eq!((tail("", 0), head("", 0)), ("".into(), "".into()));
    }

    /// A list of places cuts two lines a row in every frame.
    #[test]
    fn the_longest_that_fits_is_found_with_few_measurements() {
        let even = "word ".repeat(200);
        // Here the first guess is far off.
        let uneven = format!("{}{}", "i ".repeat(300), "mmmmmmmm ".repeat(60));
        for (text, most) in [(&even, 5), (&uneven, 18)] {
            for room in 1..400u16 {
                for is_tail in [true, false] {
                    let measured = Cell::new(0);
                    let letters = |text: &str| text.chars().map(|c| if c == 'm' { 1.6 } else { 0.5 }).sum::<f32>();
                    let width = |text: &str| {
                        measured.set(measured.get() + 1);
                        letters(text)
                    };
                    let room = f32::from(room);
                    let cut = if is_tail { tail(text, room, &width) } else { head(text, room, &width) };
                    assert!(measured.get() <= most, "{} times", measured.get());
                    let next = 9.0 * 1.6 + 1.0;
                    assert!(letters(&cut) <= room && (cut.len() == text.len() || letters(&cut) + next > room), "{room}: {cut}");
                }
            }
        }
    }
}
