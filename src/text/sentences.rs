//! Sentences: stretches of tokens within which names and their contexts are read.
//!
//! News is kind to a splitter in most places and cruel in a few: initials (George W. Bush), titles (Gen. Mattis),
//! months (Jan. 31), quotations, datelines, bullet lists, headlines in capitals, and old wire copy broken into lines
//! of equal length. A line end ends a sentence unless the text is broken that way.

use std::ops::Range;

use super::Span;
use super::flow::Flow;
use super::tokens::{Token, TokenKind, tokens};

/// The sentences of a text as ranges of `tokens` (those of the whole text or of a part of it), in order and without gaps.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let flow = Flow::of(text);
    let mut out = Vec::new();
    let mut first = 0;
    for i in 0..tokens.len() {
        let Some(next) = tokens.get(i + 1) else { break };
        let gap = text.get(tokens[i].span.end as usize..next.span.start as usize).unwrap_or_default();
        let line_ends = count_line_ends(gap);
        let ends = match line_ends {
            0 => ends_sentence(text, tokens, first, i, gap),
            1 if flow.line_goes_on(tokens[i].span.end, next.span.start) => ends_sentence(text, tokens, first, i, " "),
            _ => true,
        };
        if ends {
            out.push(first..i + 1);
            first = i + 1;
        }
    }
    if first < tokens.len() {
        out.push(first..tokens.len());
    }
    out
}

/// The sentences of a whole text as spans, each from its first token to its last.
pub fn spans(text: &str) -> Vec<Span> {
    let tokens = tokens(text);
    let span = |range: Range<usize>| Span { start: tokens[range.start].span.start, end: tokens[range.end - 1].span.end };
    sentences(text, &tokens).into_iter().filter(|range| !range.is_empty()).map(span).collect()
}

/// The sentences cut where columns part, so that no name goes from one cell of a table into the next.
pub fn cells(text: &str, tokens: &[Token], sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let gaps = Gaps::of(text);
    let mut out = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut first = sentence.start;
        for i in sentence.clone().skip(1) {
            let gap = Span { start: tokens[i - 1].span.end, end: tokens[i].span.start };
            if gaps.parts(gap.of(text).unwrap_or_default()) {
                out.push(first..i);
                first = i;
            }
        }
        out.push(first..sentence.end);
    }
    out
}

/// What parts the columns of a text: a tab, or two blanks and more. In a text that is broken into lines of one length blanks
/// are there to fill the lines, and part nothing.
#[derive(Clone, Copy)]
pub struct Gaps {
    by_blanks: bool,
}

impl Gaps {
    pub fn of(text: &str) -> Self {
        Self { by_blanks: !Flow::of(text).is_broken() }
    }

    /// Whether what stands between two tokens parts columns.
    fn parts(self, gap: &str) -> bool {
        gap.len() > 1 && self.by_blanks && !gap.contains('\n') && gap.chars().filter(|c| c.is_whitespace()).nth(1).is_some()
            || gap.contains('\t') && !gap.contains('\n')
    }

    /// Whether a gap lies in `words`.
    pub fn lie_in(self, words: &str) -> bool {
        let mut from = None;
        words.char_indices().any(|(at, c)| {
            if c.is_whitespace() {
                from.get_or_insert(at);
                return false;
            }
            from.take().is_some_and(|from| self.parts(&words[from..at]))
        })
    }
}

fn count_line_ends(gap: &str) -> usize {
    gap.bytes().filter(|b| *b == b'\n').take(2).count()
}

/// Whether a sentence that begins at `first` ends after token `i`, which `gap` separates from the next one.
fn ends_sentence(text: &str, tokens: &[Token], first: usize, i: usize, gap: &str) -> bool {
    // Closing quotes and brackets belong to the sentence before them.
    let mut stop = i;
    while stop > first && is_closing(word(text, tokens, stop)) && i - stop < 3 {
        stop -= 1;
    }
    let mark = word(text, tokens, stop);
    if gap.is_empty() {
        return false;
    }
    if !is_stop(mark) {
        // `U.S.` and other initialisms carry their full stop inside; they end a sentence only before a usual beginning.
        return mark.len() > 2 && mark.ends_with('.') && begins_like_sentence(word(text, tokens, i + 1));
    }
    let next = word(text, tokens, i + 1);
    if is_closing(next) && gap.is_empty() {
        return false;
    }
    let Some(begin) = next.chars().next() else { return true };
    if begin.is_lowercase() || matches!(begin, ',' | ';' | ')' | '-' | '–') {
        return false;
    }
    if mark != "." || stop != i {
        return true;
    }
    let Some(before) = stop.checked_sub(1).filter(|b| *b >= first) else { return true };
    // A number before the stop at the head of a line is a list marker.
    if before == first && tokens[before].kind == TokenKind::Number {
        return false;
    }
    let before_word = word(text, tokens, before);
    // The stop must touch its word: `Inc .` in text rebuilt from tokens still counts as an abbreviation.
    !is_abbreviation(before_word, next)
}

fn word<'t>(text: &'t str, tokens: &[Token], i: usize) -> &'t str {
    tokens.get(i).and_then(|token| token.span.of(text)).unwrap_or_default()
}

fn is_stop(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "…" | "。" | "！" | "？" | "।" | "؟")
}

fn is_closing(mark: &str) -> bool {
    matches!(mark, "\"" | "”" | "’" | "'" | ")" | "]" | "»")
}

/// Words with which sentences begin and names in the middle of one seldom go on.
fn begins_like_sentence(word: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "A",
        "After",
        "All",
        "Also",
        "An",
        "And",
        "As",
        "At",
        "Before",
        "But",
        "By",
        "During",
        "For",
        "From",
        "He",
        "Her",
        "His",
        "How",
        "However",
        "I",
        "If",
        "In",
        "It",
        "Its",
        "Meanwhile",
        "Mr",
        "Mrs",
        "Ms",
        "No",
        "On",
        "One",
        "Our",
        "She",
        "Since",
        "So",
        "Some",
        "That",
        "The",
        "Their",
        "Then",
        "There",
        "These",
        "They",
        "This",
        "Those",
        "To",
        "Under",
        "We",
        "What",
        "When",
        "Where",
        "While",
        "Who",
        "Why",
        "With",
        "Yet",
        "You",
    ];
    BEGINNINGS.binary_search(&word).is_ok()
}

/// Whether the word before a full stop is one that is written with it in the middle of a sentence.
fn is_abbreviation(before: &str, next: &str) -> bool {
    let mut chars = before.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && c.is_alphabetic()
    {
        // An initial. `I` is one only before another name.
        return c.is_uppercase() && (c != 'I' || !begins_like_sentence(next));
    }
    if TITLES.contains(&before) {
        return true;
    }
    let next_is_number = next.starts_with(|c: char| c.is_ascii_digit());
    if BEFORE_NUMBERS.contains(&before) {
        return next_is_number;
    }
    ENDINGS.contains(&before) && !begins_like_sentence(next)
}

/// Whether a word, without its full stop, is a shortened one that a sentence may go on or end after: Corp, Calif.
pub fn is_shortened(word: &str) -> bool {
    ENDINGS.contains(&word)
}

/// Written with a full stop before a name.
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Cmdr", "Adm", "Sgt", "Cpl", "Pvt", "Brig", "Sen", "Rep", "Gov",
    "Rev", "Fr", "Hon", "Pres", "Supt", "Insp", "Det", "St", "Ste", "Mt", "Ft", "Messrs", "Mme", "Mlle", "Sr", "Sra", "Amb", "Atty",
    "Msgr", "Sens", "Reps", "Gens", "vs", "v", "cf", "e.g", "i.e", "al",
];

/// Abbreviations only before a figure: `Jan. 31`, `No. 4`.
const BEFORE_NUMBERS: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "No", "Nos", "Art", "Sec", "Vol", "p", "pp", "Ch",
    "Fig",
];

/// Written with a full stop, and a sentence may end with them.
const ENDINGS: &[&str] = &[
    "Inc", "Corp", "Co", "Ltd", "Bros", "Jr", "Esq", "Ph.D", "Dept", "Univ", "Assn", "Ave", "Blvd", "Rd", "Hwy", "Ala", "Ariz", "Ark",
    "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mass", "Mich", "Minn", "Miss", "Mo", "Mont",
    "Neb", "Nev", "Okla", "Ore", "Pa", "Penn", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "etc", "est", "approx",
];

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let tokens = tokens(text);
        let found: Vec<_> = sentences(text, &tokens)
            .into_iter()
            .map(|range| &text[tokens[range.start].span.start as usize..tokens[range.end - 1].span.end as usize])
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn abbreviations_and_initials_end_nothing() {
        check("Gen. John R. Allen met Mr. Li on Jan. 31. He left.", &["Gen. John R. Allen met Mr. Li on Jan. 31.", "He left."]);
        check("Acme Corp. of Ohio sued. Acme Corp. The rest fell.", &["Acme Corp. of Ohio sued.", "Acme Corp.", "The rest fell."]);
        check("He left the U.S. The U.S. Senate met.", &["He left the U.S.", "The U.S. Senate met."]);
    }

    #[test]
    fn quotations_keep_their_closing_marks() {
        check("“We go.” They went. “Why?” he asked.", &["“We go.”", "They went.", "“Why?” he asked."]);
    }

    #[test]
    fn lines_end_sentences_unless_the_text_is_wrapped() {
        check(
            "Minister Resigns\nVILNIUS — The minister left.\n1. First point",
            &["Minister Resigns", "VILNIUS — The minister left.", "1. First point"],
        );
        let wrapped = "The minister of the interior of the republic, Ms. Anna\nNowak, said on Tuesday that the government of Prime Minister\nJan Kowalski would not accept any further delay in the talks\nthat began last year.\nHe agreed.\n";
        let found = sentences(wrapped, &tokens(wrapped));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn columns_are_parted_by_tabs_and_runs_of_blanks() {
        #[track_caller]
        fn check_cells(text: &str, expect: &[&str]) {
            let tokens = tokens(text);
            let found = cells(text, &tokens, &sentences(text, &tokens)).into_iter();
            let of = |range: Range<usize>| &text[tokens[range.start].span.start as usize..tokens[range.end - 1].span.end as usize];
            assert_eq!(found.map(of).collect::<Vec<_>>(), expect);
        }
        check_cells("Marta Lind\tRiga\t2019\nAdam Teller", &["Marta Lind", "Riga", "2019", "Adam Teller"]);
        check_cells("Nora Hale     Tallinn  clerk", &["Nora Hale", "Tallinn", "clerk"]);
        check_cells("Ewa\u{a0}Lis\u{a0}\u{a0}Graz", &["Ewa\u{a0}Lis", "Graz"]);
        check_cells("Ewa Lis met\n    Nora Hale.  She left.", &["Ewa Lis met", "Nora Hale.", "She left."]);
        // Lines filled with blanks to one length.
        let filled = "The  minister  of the  interior, Ms.  Anna\n".repeat(6).replace("Anna", "Anna Nowak said");
        assert!(!Gaps::of(&filled).lie_in("Anna  Nowak") && Gaps::of(&filled).lie_in("Anna\tNowak"));
        assert!(Gaps::of("").lie_in("Anna  Nowak") && !Gaps::of("").lie_in("Anna Nowak\n  Graz"));
    }

    #[test]
    fn the_lists_of_words_are_sorted_where_they_are_searched() {
        for word in ["A", "After", "He", "The", "You"] {
            assert!(begins_like_sentence(word), "{word}");
        }
        assert!(!begins_like_sentence("Senate"));
    }
}
