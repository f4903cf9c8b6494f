//! Steps by token from a place in a text, without reading the whole of it.

use super::Span;
use super::tokens::{Token, tokens_in};

/// How far a step looks, in bytes. Longer runs without a blank are cut here, so that a step never depends on the
/// length of the text.
const WINDOW: usize = 2048;

/// The token at `offset` (bytes), or the next one where white space lies there.
pub fn token_at(text: &str, offset: usize) -> Option<Span> {
    around(text, offset).into_iter().map(|token| token.span).find(|span| span.end as usize > offset)
}

/// The first token that begins at or after `offset`.
pub fn next_token(text: &str, offset: usize) -> Option<Span> {
    around(text, offset).into_iter().map(|token| token.span).find(|span| span.start as usize >= offset)
}

/// The last token that ends at or before `offset`.
pub fn previous_token(text: &str, offset: usize) -> Option<Span> {
    around(text, offset).into_iter().map(|token| token.span).rev().find(|span| span.end as usize <= offset)
}

/// `span` with its start moved to the start of the token before, or of the next one inside.
pub fn start_moved(text: &str, span: Span, back: bool) -> Option<Span> {
    let start = if back { previous_token(text, span.start as usize)?.start } else { next_token(text, span.start as usize + 1)?.start };
    (start < span.end).then_some(Span { start, ..span })
}

/// `span` with its end moved to the end of the token after, or of the one before it inside.
pub fn end_moved(text: &str, span: Span, back: bool) -> Option<Span> {
    let end = match back {
        true => previous_token(text, (span.end as usize).checked_sub(1)?)?.end,
        false => token_at(text, span.end as usize)?.end,
    };
    (span.start < end && end != span.end).then_some(Span { end, ..span })
}

/// `span` widened to whole tokens and trimmed of white space; `None` where nothing but white space is left.
pub fn snapped(text: &str, span: Span) -> Option<Span> {
    let inner = super::paragraphs::trim(text, on_boundaries(text, span))?;
    let first = token_at(text, inner.start as usize)?;
    let last = token_at(text, floor(text, inner.end as usize - 1))?;
    Some(Span { start: first.start.min(inner.start), end: last.end.max(inner.end) })
}

fn on_boundaries(text: &str, span: Span) -> Span {
    Span::new(floor(text, span.start as usize), text.ceil_char_boundary(span.end as usize))
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// The tokens near `offset`. The window begins and ends beside white space where there is some, so that its tokens are
/// those of the whole text; where white space is wider than the window, it grows.
fn around(text: &str, offset: usize) -> Vec<Token> {
    let offset = floor(text, offset);
    let before = text[..offset].trim_end();
    let after_blank = text[offset..].len() - text[offset..].trim_start().len();
    let start = window_start(before);
    let end = window_end(text, offset + after_blank);
    tokens_in(text, Span::new(start, end))
}

fn window_start(before: &str) -> usize {
    let from = before.floor_char_boundary(before.len().saturating_sub(WINDOW));
    match before[from..].char_indices().find(|(_, c)| c.is_whitespace()) {
        Some((at, _)) if from > 0 => from + at,
        _ => from,
    }
}

fn window_end(text: &str, from: usize) -> usize {
    let end = text.ceil_char_boundary((from + WINDOW).min(text.len()));
    match text[from..end].rfind(char::is_whitespace) {
        Some(at) if end < text.len() => from + at,
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Angela Merkel’s trip  to the U.S.\n\n岸田文雄 spoke.";

    fn of(span: Option<Span>) -> Option<&'static str> {
        span.and_then(|span| span.of(TEXT))
    }

    #[test]
    fn steps_go_from_token_to_token() {
        assert_eq!(of(token_at(TEXT, 3)), Some("Angela"));
        assert_eq!(of(token_at(TEXT, 6)), Some("Merkel"));
        assert_eq!(of(next_token(TEXT, 7)), Some("Merkel"));
        assert_eq!(of(next_token(TEXT, 8)), Some("’s"));
        assert_eq!(of(previous_token(TEXT, 7)), Some("Angela"));
        assert_eq!(of(previous_token(TEXT, 0)), None);
        assert_eq!(of(next_token(TEXT, TEXT.len())), None);
    }

    #[test]
    fn edges_move_by_one_token_and_never_past_each_other() {
        let merkel = Span::new(7, 13);
        assert_eq!(of(start_moved(TEXT, merkel, true)), Some("Angela Merkel"));
        assert_eq!(of(start_moved(TEXT, merkel, false)), None);
        assert_eq!(of(end_moved(TEXT, merkel, false)), Some("Merkel’s"));
        assert_eq!(of(end_moved(TEXT, merkel, true)), None);
        let both = Span::new(0, 13);
        assert_eq!(of(start_moved(TEXT, both, false)), Some("Merkel"));
        assert_eq!(of(end_moved(TEXT, both, true)), Some("Angela"));
    }

    #[test]
    fn edges_step_into_scripts_without_spaces_by_character() {
        let start = TEXT.find('岸').unwrap_or_default();
        let surname = Span::new(start, start + 6);
        assert_eq!(of(end_moved(TEXT, surname, false)), Some("岸田文"));
        assert_eq!(of(end_moved(TEXT, surname, true)), Some("岸"));
    }

    #[test]
    fn a_rough_selection_snaps_to_tokens() {
        assert_eq!(of(snapped(TEXT, Span::new(2, 9))), Some("Angela Merkel"));
        assert_eq!(snapped("a   b", Span::new(1, 3)), None);
    }

    #[test]
    fn a_step_in_a_text_without_blanks_stays_short() {
        let long = "x".repeat(100_000);
        assert!(token_at(&long, 50_000).is_some());
        let blank = format!("a{}b", " ".repeat(100_000));
        assert_eq!(next_token(&blank, 1), Some(Span::new(100_001, 100_002)));
        assert_eq!(previous_token(&blank, 100_001), Some(Span::new(0, 1)));
    }
}
