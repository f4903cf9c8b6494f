//! Lines of a text. News files end a paragraph with a line end, so a line is a paragraph here.

use super::Span;

/// The lines of `text` without their line ends (`\n`, `\r\n`), blank ones included, in order.
pub fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let from = start;
        let end = match memchr::memchr(b'\n', &text.as_bytes()[from..]) {
            Some(at) => {
                start = from + at + 1;
                from + at
            }
            None => {
                done = true;
                text.len()
            }
        };
        let end = if end > from && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end };
        Some(Span::new(from, end))
    })
}

/// The lines that hold something other than white space, trimmed of it.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Span> + '_ {
    lines(text).filter_map(|line| trim(text, line))
}

/// `span` without white space at its ends, or `None` if nothing is left.
pub fn trim(text: &str, span: Span) -> Option<Span> {
    let inner = span.of(text)?;
    let start = span.start as usize + (inner.len() - inner.trim_start().len());
    let trimmed = inner.trim();
    (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_both_kinds_are_left_out() {
        let text = "Head\r\n\r\n  Body one.\nTail\n";
        let of = |spans: Vec<Span>| spans.into_iter().map(|s| &text[s.range()]).collect::<Vec<_>>();
        assert_eq!(of(lines(text).collect()), ["Head", "", "  Body one.", "Tail", ""]);
        assert_eq!(of(paragraphs(text).collect()), ["Head", "Body one.", "Tail"]);
    }
}
