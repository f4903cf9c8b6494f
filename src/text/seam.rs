//! How two lines are read as one, and which characters are never read.

use std::borrow::Cow;

/// How a line goes on with the one below it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seam {
    /// Bytes at the end of the first line that are not read.
    pub dropped: usize,
    /// What is read between them.
    pub by: &'static str,
}

impl Seam {
    /// A word that was broken is whole again; a hyphen before a capital or a figure is one of the word.
    pub fn of(line: &str, next: &str) -> Self {
        let first = next.chars().next().unwrap_or(' ');
        let mut ending = line.chars().rev();
        let last = ending.next().unwrap_or(' ');
        let is_broken = is_hyphen(last) && ending.next().is_some_and(char::is_alphanumeric);
        // "Land- und Forstwirtschaft"
        let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let is_shared = last != '\u{AD}'
            && matches!(word, "und" | "oder" | "bzw" | "sowie" | "and" | "or" | "en" | "of" | "et" | "ou" | "och" | "og" | "eller");
        if is_broken && is_shared {
            Self { dropped: 0, by: " " }
        } else if is_broken && (last == '\u{AD}' || first.is_lowercase()) {
            Self { dropped: last.len_utf8(), by: "" }
        } else if is_broken && first.is_alphanumeric() || is_unspaced(last) && is_unspaced(first) {
            Self { dropped: 0, by: "" }
        } else {
            Self { dropped: 0, by: " " }
        }
    }

    /// Whether a word was cut in two.
    pub fn is_cut_word(self) -> bool {
        self.dropped > 0
    }

    /// Adds the next line to a paragraph.
    pub fn join(text: &mut String, next: &str) {
        let Self { dropped, by } = Self::of(text, next);
        text.truncate(text.len() - dropped);
        text.push_str(by);
        text.push_str(next);
    }
}

/// Words as they read: on one line where they reach over the end of another, without what nobody sees; others as they stand.
pub fn as_read(words: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c != '\n' && !is_unseen(c);
    if words.chars().all(is_plain) { Cow::Borrowed(words) } else { Cow::Owned(one_line(words)) }
}

/// A part of a line as it reads, with the blanks at its ends: what no line can hold is a blank.
pub fn in_line(part: &str) -> String {
    let flat = |part: &str| part.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect::<String>();
    if !part.contains('\n') {
        return flat(part);
    }
    let blank = |is_there: bool| if is_there { " " } else { "" };
    let ends = (part.starts_with(char::is_whitespace), part.ends_with(char::is_whitespace));
    let words = flat(&one_line(part));
    if words.is_empty() { " ".to_owned() } else { format!("{}{words}{}", blank(ends.0), blank(ends.1)) }
}

/// Words that may reach over the ends of broken lines, on one line as they read.
pub fn one_line(words: &str) -> String {
    let mut whole = String::with_capacity(words.len());
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if whole.is_empty() { whole.push_str(line) } else { Seam::join(&mut whole, line) }
    }
    let mut out = String::with_capacity(whole.len());
    let mut chars = whole.chars().peekable();
    while let Some(c) = chars.next() {
        let beside = |c: Option<char>| c.is_some_and(is_unspaced_letter);
        let is_left_out = if c.is_whitespace() || c.is_control() {
            out.ends_with(' ')
        } else {
            is_unseen(c) && !beside(out.chars().next_back()) && !beside(chars.peek().copied())
        };
        if !is_left_out {
            out.push(if c.is_whitespace() || c.is_control() { ' ' } else { c });
        }
    }
    out
}

/// What stands at the end of a line that cuts a word.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{AD}')
}

/// How far the second half of a word may stand from the hyphen, in bytes.
const FAR: usize = 60;

/// Where a word goes on that a line end cuts in two before the byte at `at`, which is its hyphen's.
pub fn cut_word_goes_on(text: &str, at: usize) -> Option<usize> {
    let hyphen = text[at..].chars().next().filter(|c| is_hyphen(*c))?;
    let line = &text[..at + hyphen.len_utf8()];
    let after = text.get(line.len()..text.floor_char_boundary(line.len() + FAR))?;
    let next = after.trim_start();
    let gap = &after[..after.len() - next.len()];
    let is_line_end = gap.bytes().filter(|byte| *byte == b'\n').count() == 1;
    (is_line_end && next.starts_with(char::is_lowercase) && Seam::of(line, next).is_cut_word()).then_some(line.len() + gap.len())
}

/// Characters that are never seen and mean nothing inside a word: soft hyphens, blanks and joiners without width.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters and marks of scripts that write no blanks between words.
fn is_unspaced(c: char) -> bool {
    is_unspaced_letter(c) || matches!(c as u32, 0x2E80..=0x303F | 0xFF00..=0xFFEF)
}

/// Letters of scripts that write no blanks between words.
pub fn is_unspaced_letter(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_broken_are_whole() {
        for (before, after, expected) in [
            ("the first diffi-", "cult weeks", "the first difficult weeks"),
            ("Müller-", "Lüdenscheidt met", "Müller-Lüdenscheidt met"),
            ("in Northfield\u{2010}", "Reyl", "in Northfield\u{2010}Reyl"),
            ("inter\u{AD}", "national", "international"),
            ("Land-", "und Forstwirtschaft", "Land- und Forstwirtschaft"),
            ("the talks -", "said Lind", "the talks - said Lind"),
            ("Covid-", "19 came", "Covid-19 came"),
            ("The harbour", "opened", "The harbour opened"),
            ("岸田文雄", "首相", "岸田文雄首相"),
        ] {
            let mut text = before.to_owned();
            Seam::join(&mut text, after);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn words_over_several_lines_are_on_one() {
        for (words, line) in [
            ("Northern\n   Alliance", "Northern Alliance"),
            ("Nord-\r\nmåhl  of Asia-\nPacific", "Nordmåhl of Asia-Pacific"),
            ("Nord\u{AD}m\u{200B}åhl", "Nordmåhl"),
            ("岸田\n文雄", "岸田文雄"),
            ("กรุง\u{200B}เทพ", "กรุง\u{200B}เทพ"),
            ("a\tb\u{A0}c", "a b c"),
            ("", ""),
        ] {
            assert_eq!(one_line(words), line, "{words:?}");
            assert!(as_read(words) == line || !words.contains('\n'), "{words:?}");
        }
    }

    #[test]
    fn a_word_goes_on_below() {
        for (text, rest) in [("minis-\nter", Some("ter")), ("minis- \r\n   ter", Some("ter")), ("Asia-\nPacific", None)] {
            let at = text.find('-').unwrap();
            assert_eq!(cut_word_goes_on(text, at).map(|at| &text[at..]), rest, "{text}");
        }
        for text in ["minis- ter", "minis-\n\nter", "minis-", "-\nter"] {
            assert_eq!(cut_word_goes_on(text, text.find('-').unwrap()), None, "{text}");
        }
    }
}
