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

/// Whether the lines of `text` are those of a typewriter rather than paragraphs: many, and none longer than 100 characters.
pub fn is_hard_wrapped(text: &str) -> bool {
    let mut full = 0;
    for line in paragraphs(text) {
        let length = line.of(text).unwrap_or_default().chars().count();
        if length > WIDEST {
            return false;
        }
        full += usize::from(length >= FULL);
    }
    full >= 3
}

/// In characters: the longest line that a program breaks off, and the shortest that is full.
const WIDEST: usize = 100;
const FULL: usize = 50;

/// What lies around `span` up to where its paragraphs begin and end; `span` must lie on character boundaries. In hard wrapped
/// text they end at blank lines, else at the end of a line.
pub fn around(text: &str, span: Span) -> Span {
    let is_end: fn(&str) -> bool = if is_hard_wrapped(text) { |line| line.trim().is_empty() } else { |_| true };
    let mut start = span.start as usize;
    while let Some(end) = text[..start].rfind('\n') {
        let before = text[..end].rfind('\n').map_or(0, |at| at + 1);
        if is_end(&text[before..end]) {
            break;
        }
        start = before;
    }
    start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let mut end = span.end as usize;
    loop {
        end += text[end..].find('\n').unwrap_or(text.len() - end);
        let Some(after) = text.get(end + 1..) else { break };
        let next = after.find('\n').unwrap_or(after.len());
        if is_end(&after[..next]) {
            break;
        }
        end += 1 + next;
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_ends_at_its_line_or_where_lines_are_wrapped_at_a_blank_one() {
        let around_words = |text: &str, words: &str| {
            let at = text.find(words).expect("it is there");
            text[around(text, Span::new(at, at + words.len())).range()].to_owned()
        };
        let lines = "Head of Port\nBy Ann\nThe port.\n";
        for (words, paragraph) in [("Port", "Head of Port"), ("By", "By Ann"), ("The", "The port."), ("Port\nBy", "Head of Port\nBy Ann")] {
            assert_eq!(around_words(lines, words), paragraph);
        }
        let one = "the council of the northern harbour said on Monday that";
        let wrapped = format!("Head\r\n\r\n{one}\r\n{one}\r\n{one} end.\r\n \r\nTail");
        let whole = format!("{one}\r\n{one}\r\n{one} end.\r");
        assert_eq!(around_words(&wrapped, "end"), whole);
        assert_eq!(around_words(&wrapped, "the"), whole);
        assert_eq!((around_words(&wrapped, "Head"), around_words(&wrapped, "Tail")), ("Head\r".to_owned(), "Tail".to_owned()));
        assert!(!is_hard_wrapped(&format!("{wrapped}\n{one} {one}")));
        assert_eq!(around("", Span::new(0, 0)), Span::new(0, 0));
        assert_eq!(around("\n", Span::new(1, 1)), Span::new(1, 1));
    }

    #[test]
    fn line_ends_of_both_kinds_are_left_out() {
        let text = "Head\r\n\r\n  Body one.\nTail\n";
        let of = |spans: Vec<Span>| spans.into_iter().map(|s| &text[s.range()]).collect::<Vec<_>>();
        assert_eq!(of(lines(text).collect()), ["Head", "", "  Body one.", "Tail", ""]);
        assert_eq!(of(paragraphs(text).collect()), ["Head", "Body one.", "Tail"]);
    }
}
