//! Tokens: the steps by which edges move and the units that the tagger looks at.
//!
//! A token is a word, a number, one punctuation mark, or one character of a script that writes no spaces. A word that a
//! line end cuts in two is one, and what nobody sees (soft hyphens, blanks without width) ends none. Tokens only
//! guide: spans live on characters, and an imported span that cuts a token stays as it is.

use unicode_segmentation::UnicodeSegmentation as _;

use super::Span;
use super::seam::{cut_word_goes_on, is_unseen, is_unspaced_letter as is_unspaced};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenKind {
    /// Letters, perhaps with digits, inner hyphens, full stops of initials (U.S.) or apostrophes (O’Brien).
    Word,
    /// Begins with a digit: 2023, 1,200.50, 20th.
    Number,
    /// One mark or symbol; also the possessive ending (’s).
    Mark,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
}

/// The tokens of a whole text, in order. White space and control characters are in none, but for the line end that cuts a word.
pub fn tokens(text: &str) -> Vec<Token> {
    tokens_in(text, Span::new(0, text.len()))
}

/// The tokens of a part of a text; their spans count from the start of `text`. A span that does not lie in the text
/// has none.
pub fn tokens_in(text: &str, part: Span) -> Vec<Token> {
    let mut out = Vec::with_capacity(part.of(text).map_or(0, str::len) / 5);
    out.extend(iter_in(text, part));
    out
}

/// As [`tokens_in`], one after the other.
pub fn iter_in(text: &str, part: Span) -> impl Iterator<Item = Token> + Clone + '_ {
    let inner = part.of(text).unwrap_or_default();
    let base = part.start as usize;
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = inner[at..].trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
        at = inner.len() - rest.len();
        let (len, kind) = token_at(rest, rest.chars().next()?);
        let span = Span::new(base + at, base + at + len);
        at += len;
        Some(Token { span, kind })
    })
}

/// Length in bytes and kind of the token that `rest` begins with; `first` is its first character, not white space.
fn token_at(rest: &str, first: char) -> (usize, TokenKind) {
    // What nobody sees clings to what stands behind it.
    if is_unseen(first) {
        let seen = rest.trim_start_matches(is_unseen);
        let next = seen.chars().next().filter(|c| !c.is_whitespace() && !c.is_control());
        let (len, kind) = next.map_or((0, TokenKind::Mark), |next| token_at(seen, next));
        return (rest.len() - seen.len() + len, kind);
    }
    if is_unspaced(first) {
        return (whole(rest), TokenKind::Word);
    }
    if !is_alphanumeric(first) {
        return match possessive(rest) {
            Some(len) => (len, TokenKind::Mark),
            None => (whole(rest), TokenKind::Mark),
        };
    }
    let kind = if first.is_numeric() { TokenKind::Number } else { TokenKind::Word };
    let mut len = 0;
    let mut so_far = SoFar::default();
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        if let Some(below) = cut_word_goes_on(rest, at).filter(|_| kind == TokenKind::Word) {
            so_far.take(c);
            at = below;
            continue;
        }
        let end = at + c.len_utf8();
        let goes_on = is_word(c) || (at > 0 && (is_unseen(c) || so_far.joins(&rest[at..], c, rest[end..].chars().next(), kind)));
        if !goes_on {
            break;
        }
        if !is_unseen(c) {
            so_far.take(c);
        }
        (at, len) = (end, end);
    }
    (len, kind)
}

fn is_word(c: char) -> bool {
    (is_alphanumeric(c) || is_mark(c)) && !is_unspaced(c)
}

/// Letters and digits. The middle dots of Korean newsrooms count as letters in Unicode, but part words as commas do.
fn is_alphanumeric(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{119E}' | '\u{318D}')
}

/// What has been seen of a token, so that no character is looked at twice however long the token grows.
#[derive(Default)]
struct SoFar {
    has_stop: bool,
    /// Characters since the last full stop.
    since_stop: usize,
    /// Something that is no single letter between full stops was seen.
    no_initials: bool,
    /// Something that is no capital was seen.
    no_capitals: bool,
}

impl SoFar {
    fn take(&mut self, c: char) {
        if c == '.' {
            self.has_stop = true;
            self.since_stop = 0;
            return;
        }
        self.since_stop += 1;
        self.no_initials |= self.since_stop > 1 || !c.is_alphabetic();
        self.no_capitals |= !c.is_uppercase();
    }

    /// Single letters separated by full stops so far: `U`, `U.S`, `J.R.R`.
    fn is_initialism(&self) -> bool {
        !self.no_initials && self.since_stop == 1
    }

    /// Whether the mark `c`, which `rest` begins with, belongs to the token around it rather than ending it.
    fn joins(&self, rest: &str, c: char, next: Option<char>, kind: TokenKind) -> bool {
        let next_is_word = next.is_some_and(is_word);
        match c {
            '-' | '\u{2010}' | '\u{2011}' => next_is_word,
            '\'' | '’' => next_is_word && possessive(rest).is_none(),
            '.' | ',' if kind == TokenKind::Number => next.is_some_and(char::is_numeric),
            '.' => self.is_initialism() && (next_is_word || self.has_stop),
            '&' => next_is_word && !self.no_capitals && !self.has_stop && next.is_some_and(char::is_uppercase),
            '\u{200C}' | '\u{200D}' => next_is_word,
            _ => false,
        }
    }
}

/// Length of the possessive ending that `rest` begins with: an apostrophe and an s that no letter follows.
fn possessive(rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’'))?.len_utf8();
    let mut after = rest[mark..].chars();
    let s = after.next().filter(|c| matches!(c, 's' | 'S'))?;
    match after.next() {
        Some(c) if c.is_alphanumeric() => None,
        _ => Some(mark + s.len_utf8()),
    }
}

/// Length of the character that `rest` begins with, as readers take it, with every mark behind it.
fn whole(rest: &str) -> usize {
    // Most marks stand beside ASCII, and nothing there joins them.
    if let [0..0x80, 0..0x80, ..] | [0..0x80] = rest.as_bytes() {
        return 1;
    }
    let len = rest.graphemes(true).next().map_or(0, str::len);
    len + rest[len..].chars().take_while(|c| is_mark(*c)).map(char::len_utf8).sum::<usize>()
}

/// Combining marks, joiners and variation selectors: never a token of their own.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let found: Vec<_> = tokens(text).iter().map(|t| &text[t.span.range()]).collect();
        assert_eq!(found.join(" · "), expect);
    }

    #[test]
    fn words_and_marks() {
        check(
            "Mr. Kishida’s visit, (L) on Jan. 31, 2023.",
            "Mr · . · Kishida · ’s · visit · , · ( · L · ) · on · Jan · . · 31 · , · 2023 · .",
        );
        check("the U.S.-led alliance", "the · U.S.-led · alliance");
        check("O’Brien and Asia-Pacific partners—Australia", "O’Brien · and · Asia-Pacific · partners · — · Australia");
        check("cost 1,200.50 on the 20th", "cost · 1,200.50 · on · the · 20th");
        check("AT&T and Q&A", "AT&T · and · Q&A");
        check("the U.S. Senate", "the · U.S. · Senate");
    }

    #[test]
    fn a_word_that_a_line_end_cuts_is_one() {
        check("the minis-\nter of Asia-\nPacific", "the · minis-\nter · of · Asia · - · Pacific");
        check("Nord\u{AD}\r\n  måhl met 20-\nfold", "Nord\u{AD}\r\n  måhl · met · 20 · - · fold");
    }

    #[test]
    fn what_nobody_sees_ends_no_word() {
        check(
            "Kari Nord\u{AD}måhl\u{AD}, \u{FEFF}O\u{2060}s\u{200B}lo\u{200B} U.\u{AD}S. \u{200B} 岸\u{200B}田",
            "Kari · Nord\u{AD}måhl\u{AD} · , · \u{FEFF}O\u{2060}s\u{200B}lo\u{200B} · U · . · \u{AD}S · . · \u{200B} · 岸 · \u{200B}田",
        );
    }

    #[test]
    fn control_characters_are_in_no_token() {
        check("\u{1}Ann\u{2}Lee\u{1f}\u{0} left\u{3}.", "Ann · Lee · left · .");
    }

    #[test]
    fn a_hostile_text_takes_linear_time() {
        for unit in ["A.", "A&", "a'", "’s", "1,", "é", "\u{301}"] {
            let text = unit.repeat(200_000);
            let covered: usize = tokens(&text).iter().map(|token| token.span.len()).sum();
            assert_eq!(covered, text.len(), "{unit}");
        }
    }

    #[test]
    fn scripts_without_spaces_step_by_character() {
        check("岸田文雄は東京", "岸 · 田 · 文 · 雄 · は · 東 · 京");
        check("น้ำคำ ສຳນັກ", "น้ำ · คำ · ສຳ · ນັ · ກ");
    }

    #[test]
    fn no_mark_is_cut_where_readers_see_one() {
        check("👩\u{200D}🚀 👍🏽 🇪🇪🇱🇻 ok", "👩\u{200D}🚀 · 👍🏽 · 🇪🇪 · 🇱🇻 · ok");
    }

    #[test]
    fn the_middle_dots_of_korean_newsrooms_are_marks() {
        check("서울\u{318D}부산, 인천\u{119E}대구", "서울 · \u{318D} · 부산 · , · 인천 · \u{119E} · 대구");
        check("3\u{318D}1운동", "3 · \u{318D} · 1운동");
    }

    proptest! {
        #[test]
        fn tokens_cover_everything_but_white_space_and_controls(text in "(?s).{0,60}[A-Z.’'s&0-9,\\- é岸\u{301}]{0,60}") {
            let mut covered = String::new();
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start as usize >= last && !token.span.is_empty());
                last = token.span.end as usize;
                covered.push_str(&text[token.span.range()]);
            }
            let is_left_out = |c: &char| c.is_whitespace() || c.is_control();
            let wanted: String = text.chars().filter(|c| !is_left_out(c)).collect();
            let covered: String = covered.chars().filter(|c| !is_left_out(c)).collect();
            prop_assert_eq!(covered, wanted);
        }
    }
}
