//! Pieces: what names are compared by. A token is one piece, or several where hyphens join it, so that `U.S.-led`,
//! `US-China` and `Asia–Pacific` show the names inside. Case, diacritics, typographic marks and the full stops of
//! initials are levelled, so that `São Tomé` is `Sao Tome`, `U.S.` is `US` and `St. Louis` is `St Louis`.

use unicode_normalization::UnicodeNormalization as _;

use crate::text::Span;
use crate::text::tokens::{Token, TokenKind};

/// A stretch of one token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    pub span: Span,
    /// Index of the token it is of.
    pub token: u32,
    pub case: Case,
}

/// How a piece is written, as far as names care.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    /// Begins with a small letter.
    Lower,
    /// Begins with a capital.
    Title,
    /// Two capitals or more and no small letter.
    Capitals,
    /// A script without case, digits, marks.
    None,
}

/// Short forms whose full stop belongs to them, in the folded form.
const ABBREVIATIONS: &[&str] = &[
    "st", "ste", "mt", "ft", "dr", "mr", "mrs", "ms", "jr", "sr", "co", "corp", "inc", "ltd", "bros", "gen", "gov", "sen", "rep", "no",
    "pte", "bhd", "sdn", "pt", "univ", "intl", "dept", "assn",
];

/// The pieces of `tokens`, in order.
pub(crate) fn pieces(text: &str, tokens: &[Token]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(tokens.len() + tokens.len() / 8);
    for (i, token) in tokens.iter().enumerate() {
        let Some(surface) = token.span.of(text) else { continue };
        if token.kind == TokenKind::Mark && is_silent(text, tokens, i, surface, &out) {
            continue;
        }
        push_parts(surface, token.span, u32::try_from(i).unwrap_or(u32::MAX), &mut out);
    }
    out
}

/// Whether a mark only joins: a dash without blanks around it, or the full stop of a short form.
fn is_silent(text: &str, tokens: &[Token], i: usize, surface: &str, before: &[Piece]) -> bool {
    let (Some(previous), Some(next)) = (i.checked_sub(1).map(|p| tokens[p]), tokens.get(i + 1)) else {
        return false;
    };
    let here = tokens[i].span;
    if previous.span.end != here.start || previous.kind == TokenKind::Mark {
        return false;
    }
    match surface {
        "-" | "\u{2010}" | "\u{2011}" | "–" => next.span.start == here.end,
        "." => {
            let Some(word) = before.last().and_then(|piece| piece.span.of(text)) else { return false };
            let gap = &text[here.end as usize..next.span.start as usize];
            !gap.contains('\n') && (is_single_letter(word) || ABBREVIATIONS.iter().any(|short| word.eq_ignore_ascii_case(short)))
        }
        _ => false,
    }
}

fn is_single_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn push_parts(surface: &str, span: Span, token: u32, out: &mut Vec<Piece>) {
    let base = span.start as usize;
    if !surface.bytes().any(|b| b == b'-' || b == 0xE2) {
        out.push(Piece { span, token, case: case_of(surface) });
        return;
    }
    let mut from = 0;
    for (at, c) in surface.char_indices().chain([(surface.len(), '-')]) {
        if matches!(c, '-' | '\u{2010}' | '\u{2011}') {
            if at > from {
                out.push(Piece { span: Span::new(base + from, base + at), token, case: case_of(&surface[from..at]) });
            }
            from = at + c.len_utf8();
        }
    }
}

pub(crate) fn case_of(surface: &str) -> Case {
    let mut letters = surface.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut capitals = 1;
            for c in letters {
                if c.is_lowercase() {
                    return Case::Title;
                }
                capitals += 1;
            }
            if capitals > 1 { Case::Capitals } else { Case::Title }
        }
        Some(first) if first.is_lowercase() => Case::Lower,
        _ => Case::None,
    }
}

/// Appends the form by which a piece is compared.
pub(crate) fn fold_into(surface: &str, out: &mut String) {
    if surface.is_ascii() {
        let skip_stops = surface.len() > 1 && surface.as_bytes()[0].is_ascii_alphabetic();
        out.extend(surface.chars().filter(|&c| !(skip_stops && c == '.')).map(|c| c.to_ascii_lowercase()));
        if surface == "&" {
            out.pop();
            out.push_str("and");
        }
        return;
    }
    for c in surface.nfkd().flat_map(char::to_lowercase) {
        match c {
            '’' | '‘' | 'ʼ' | '`' | '´' | 'ʿ' | 'ʾ' | 'ʻ' => out.push('\''),
            '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '.' => {}
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ə' => out.push('a'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokens;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut folded = Vec::new();
        for piece in pieces(text, &tokens(text)) {
            let mut key = String::new();
            fold_into(&text[piece.span.range()], &mut key);
            folded.push(key);
        }
        assert_eq!(folded.join(" · "), expect);
    }

    #[test]
    fn forms_of_a_name_are_levelled() {
        check("the U.S.-led São Tomé", "the · us · led · sao · tome");
        check("St. Louis St Louis. Post", "st · louis · st · louis · . · post");
        check("Asia–Pacific Asia-Pacific – Asia", "asia · pacific · asia · pacific · – · asia");
        check("Johnson & Johnson’s Łódź", "johnson · and · johnson · 's · lodz");
    }
}
