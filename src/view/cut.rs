//! Lines cut where words end, with an ellipsis for what is left out.

use std::borrow::Cow;

/// The end of `text` from a word on, as much as fits.
pub fn tail<'t>(text: &'t str, fits: impl Fn(&str) -> bool) -> Cow<'t, str> {
    let starts: Vec<usize> = words(text).filter(|(_, is_start)| *is_start).map(|(at, _)| at).collect();
    kept(text, &starts, |at| format!("… {}", &text[at..]), fits)
}

/// The beginning of `text` up to the end of a word, as much as fits.
pub fn head<'t>(text: &'t str, fits: impl Fn(&str) -> bool) -> Cow<'t, str> {
    let mut ends: Vec<usize> = words(text).filter(|(_, is_start)| !is_start).map(|(at, _)| at).collect();
    ends.reverse();
    kept(text, &ends, |at| format!("{} …", &text[..at]), fits)
}

/// The whole text, else the longest of its cuts that fits; where not even one word fits, nothing. Places come with the longest
/// cut first. To measure a line costs far more than anything else here, so few are: where one fits, all that are shorter do.
fn kept<'t>(text: &'t str, places: &[usize], cut: impl Fn(usize) -> String, fits: impl Fn(&str) -> bool) -> Cow<'t, str> {
    if fits(text) {
        return Cow::Borrowed(text);
    }
    let first = places.partition_point(|at| !fits(&cut(*at)));
    places.get(first).map_or(Cow::Borrowed(""), |at| Cow::Owned(cut(*at)))
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
        let at_most = |n: usize| move |text: &str| text.chars().count() <= n;
        let before = "the board was drafted by the ";
        assert_eq!(tail(before, at_most(40)), before);
        assert_eq!(tail(before, at_most(17)), "… drafted by the ");
        assert_eq!(tail(before, at_most(16)), "… by the ");
        assert_eq!(tail(before, at_most(3)), "");
        let after = ", who came late";
        assert_eq!(head(after, at_most(15)), after);
        assert_eq!(head(after, at_most(14)), ", who came …");
        assert_eq!(head(after, at_most(1)), "");
        assert_eq!(tail("開かれる機構（", at_most(5)), "… 機構（");
        assert_eq!(head("で開かれる", at_most(5)), "で開かれる");
        assert_eq!(head("で開かれる", at_most(4)), "で開 …");
        assert_eq!((tail("", at_most(0)), head("", at_most(0))), ("".into(), "".into()));
    }

    /// A list of places cuts two lines a row in every frame.
    #[test]
    fn a_long_line_is_measured_a_few_times() {
        let text = "word ".repeat(200);
        for is_tail in [true, false] {
            let measured = Cell::new(0);
            let fits = |text: &str| {
                measured.set(measured.get() + 1);
                text.len() <= 60
            };
            let cut = if is_tail { tail(&text, fits) } else { head(&text, fits) };
            assert!((50..=60).contains(&cut.len()), "{cut}");
            assert!(measured.get() <= 10, "{} times", measured.get());
        }
    }
}
