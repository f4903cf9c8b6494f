//! How a broken text reads: lines that a program broke off at 60 or 80 columns as one paragraph, words that a line end
//! cut in two whole again, without the characters that nobody sees. The stored text stays as it is; this only says what
//! is to be read instead of some of its bytes, and which bytes a place in the reading comes from.
//!
//! A line end means nothing only in a text that is broken all through: words cut in two, lines of about one length, or
//! line after line that begins in the middle of a sentence. There each line end is judged by itself, so that headings,
//! lists, tables and signatures keep theirs.

use super::Span;
use super::paragraphs::{lines, trim};
use super::seam::{Seam, is_unseen, is_unspaced_letter};

/// In characters: no program breaks lines off later than this, and a line that is longer is a paragraph.
const WIDEST: usize = 100;

/// In bytes: a gap of so many blanks between two words fills no line, it parts columns.
const COLUMN_GAP: &str = "    ";

/// What is read instead of a stretch of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Change {
    span: Span,
    /// A blank, or nothing.
    by: &'static str,
    ends_line: bool,
}

/// What of a text is to be read otherwise than it stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Flow {
    /// In order, without overlaps.
    changes: Vec<Change>,
    is_broken: bool,
}

impl Flow {
    pub fn of(text: &str) -> Self {
        let lines = lines_of(text);
        let form = Form::of(&lines);
        let mut changes = Vec::new();
        let mut goes_on = false;
        for (i, line) in lines.iter().enumerate() {
            let joint = form.and_then(|form| form.joint(&lines, i));
            // Blanks that fill lines to one length.
            let is_filled = joint.is_some() || goes_on;
            within_line(line, is_filled, &mut changes);
            goes_on = joint.is_some();
            if let (Some(joint), Some(next)) = (joint, lines.get(i + 1)) {
                let start = line.span.end as usize - joint.dropped;
                while changes.last().is_some_and(|last| last.span.end as usize > start) {
                    changes.pop();
                }
                changes.push(Change { span: Span::new(start, next.span.start as usize), by: joint.by, ends_line: true });
            }
        }
        let is_broken = changes.iter().any(|change| change.ends_line);
        Self { changes, is_broken }
    }

    /// Whether lines of the text are broken off in the middle of paragraphs.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// The paragraphs of the text, trimmed of white space: its lines, where those are not broken off.
    pub fn paragraphs<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        let mut lines = super::paragraphs::paragraphs(text).peekable();
        std::iter::from_fn(move || {
            let mut whole = lines.next()?;
            while let Some(next) = lines.next_if(|next| self.line_goes_on(whole.end, next.start)) {
                whole.end = next.end;
            }
            Some(whole)
        })
    }

    /// Whether a line end between these two places, with nothing but blanks beside it, means nothing.
    pub fn line_goes_on(&self, from: u32, to: u32) -> bool {
        let at = self.changes.partition_point(|change| change.span.end < to);
        self.changes.get(at).is_some_and(|change| change.ends_line && change.span.end == to && change.span.start <= from)
    }

    /// What lies around `span` up to where its paragraphs begin and end, with the blanks at their ends; `span` must lie on
    /// character boundaries.
    pub fn around(&self, text: &str, span: Span) -> Span {
        let mut start = line_start(text, span.start as usize);
        while let Some(change) = self.line_end_between(text[..start].trim_end().len(), start + 1) {
            start = line_start(text, change.span.start as usize);
        }
        let mut end = line_end(text, span.end as usize);
        while let Some(change) = self.line_end_between(text[..end].trim_end().len(), end + 1) {
            end = line_end(text, change.span.end as usize);
        }
        Span::new(start, end)
    }

    /// The line end that means nothing and has a byte in `from..to`.
    fn line_end_between(&self, from: usize, to: usize) -> Option<&Change> {
        let at = self.changes.partition_point(|change| change.span.end as usize <= from);
        self.changes[at..].iter().take_while(|change| (change.span.start as usize) < to).find(|change| change.ends_line)
    }

    /// How a part of the text reads; `None` where it reads as it stands.
    pub fn flowed(&self, text: &str, part: Span) -> Option<Flowed> {
        let first = self.changes.partition_point(|change| change.span.start < part.start);
        let inside: Vec<Change> = self.changes[first..].iter().take_while(|change| change.span.end <= part.end).copied().collect();
        let whole = part.of(text).filter(|_| !inside.is_empty())?;
        let mut out = String::with_capacity(whole.len());
        let mut joints = Vec::with_capacity(inside.len());
        let mut at = part.start as usize;
        for Change { span, by, .. } in inside {
            out.push_str(&text[at..span.start as usize]);
            joints.push(Joint { at: out.len() as u32, len: by.len() as u32, span });
            out.push_str(by);
            at = span.end as usize;
        }
        out.push_str(&text[at..part.end as usize]);
        Some(Flowed { text: out, part, joints })
    }
}

/// How much of a text is looked at on either side of a place to tell whether its lines are broken off, in bytes.
const WINDOW: usize = 1500;

/// What stands beside `span` in its line as it reads, up to `reach` bytes on either side, cut at characters.
pub fn near(text: &str, span: Span, reach: usize) -> Span {
    let range = span.range();
    let start = text.ceil_char_boundary(range.start.saturating_sub(reach)).min(range.start);
    let end = text.floor_char_boundary(range.end.saturating_add(reach).min(text.len())).max(range.end);
    let (first, last) = (line_start(text, range.start), line_end(text, range.end));
    let line = if start < first || last < end {
        let from = line_start(text, text.floor_char_boundary(range.start.saturating_sub(WINDOW)));
        let to = line_end(text, text.ceil_char_boundary(range.end.saturating_add(WINDOW).min(text.len())));
        let whole = around(&text[from..to], Span::new(range.start - from, range.end - from));
        (from + whole.start as usize)..(from + whole.end as usize)
    } else {
        first..last
    };
    let end = line.end.min(end);
    // A line may end in a carriage return too.
    let end = range.end + text[range.end..end].trim_end_matches('\r').len();
    Span::new(line.start.max(start), end)
}

/// What lies around `span` in a text, see [`Flow::around`].
pub fn around(text: &str, span: Span) -> Span {
    Flow::of(text).around(text, span)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    at + text[at..].find('\n').unwrap_or(text.len() - at)
}

/// A part of a text as it reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flowed {
    pub text: String,
    /// Bytes of the stored text.
    part: Span,
    joints: Vec<Joint>,
}

/// Where something else is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Joint {
    /// Bytes of the reading.
    at: u32,
    len: u32,
    /// Bytes of the stored text.
    span: Span,
}

impl Flowed {
    /// Where a byte of the stored text is read.
    pub fn read_at(&self, stored: u32) -> u32 {
        let after = self.joints.partition_point(|joint| joint.span.start < stored);
        match after.checked_sub(1).map(|i| self.joints[i]) {
            Some(joint) if stored < joint.span.end => joint.at,
            Some(joint) => joint.at + joint.len + (stored - joint.span.end),
            None => stored.saturating_sub(self.part.start),
        }
    }

    pub fn read(&self, stored: Span) -> Span {
        Span { start: self.read_at(stored.start), end: self.read_at(stored.end) }
    }

    /// The stored byte that a stretch which begins at a byte of the reading begins with.
    pub fn start_of(&self, read: u32) -> u32 {
        self.stored_by(read, self.joints.partition_point(|joint| joint.at + joint.len <= read))
    }

    /// Where in the stored text a stretch ends that ends before a byte of the reading.
    pub fn end_of(&self, read: u32) -> u32 {
        self.stored_by(read, self.joints.partition_point(|joint| joint.at < read))
    }

    /// The stored bytes of a stretch of the reading.
    pub fn stored(&self, read: Span) -> Span {
        let start = self.start_of(read.start);
        Span { start, end: self.end_of(read.end).max(start) }
    }

    fn stored_by(&self, read: u32, before: usize) -> u32 {
        match before.checked_sub(1).map(|i| self.joints[i]) {
            Some(joint) => joint.span.end + read.saturating_sub(joint.at + joint.len),
            None => self.part.start + read,
        }
    }
}

/// Unseen characters, and in a line that is filled the blanks that fill it.
fn within_line(line: &Line<'_>, is_filled: bool, changes: &mut Vec<Change>) {
    if line.text.is_ascii() && !(is_filled && line.text.contains("  ")) {
        return;
    }
    let base = line.span.start as usize;
    let mut blanks = 0;
    for (at, c) in line.text.char_indices() {
        blanks = if c == ' ' { blanks + 1 } else { 0 };
        let beside = |c: Option<char>| c.is_some_and(is_unspaced_letter);
        let is_left_out = is_filled && blanks > 1
            || is_unseen(c) && !(beside(line.text[..at].chars().next_back()) || beside(line.text[at + c.len_utf8()..].chars().next()));
        if !is_left_out {
            continue;
        }
        let span = Span::new(base + at, base + at + c.len_utf8());
        match changes.last_mut().filter(|last| last.span.end == span.start && last.by.is_empty()) {
            Some(last) => last.span.end = span.end,
            None => changes.push(Change { span, by: "", ends_line: false }),
        }
    }
}

/// A line that is not blank, without the blanks at its ends.
struct Line<'t> {
    span: Span,
    text: &'t str,
    chars: usize,
    /// Blanks before it.
    indent: usize,
    first_word: usize,
    /// A blank line stands before it, or nothing.
    is_apart: bool,
    is_caps: bool,
    /// Of a table, a list, a quotation or a rule: it goes on with no other.
    stands_alone: bool,
}

fn lines_of(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let mut is_apart = true;
    for line in lines(text) {
        let Some(span) = trim(text, line) else {
            is_apart = true;
            continue;
        };
        let words = span.of(text).unwrap_or_default();
        let is_too_long = words.len() > 4 * WIDEST;
        out.push(Line {
            span,
            text: words,
            chars: if is_too_long { words.len() } else { words.chars().count() },
            indent: (span.start - line.start) as usize,
            first_word: if is_too_long { 0 } else { words.split_whitespace().next().unwrap_or_default().chars().count() },
            is_apart,
            is_caps: !is_too_long && is_caps(words),
            stands_alone: is_too_long || stands_alone(words),
        });
        is_apart = false;
    }
    out
}

fn is_caps(words: &str) -> bool {
    words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).nth(1).is_some()
        && !words.chars().any(char::is_lowercase)
        && words.chars().any(char::is_uppercase)
}

fn stands_alone(line: &str) -> bool {
    let mut chars = line.chars();
    let first = chars.next().unwrap_or(' ');
    let is_bullet =
        matches!(first, '-' | '*' | '+' | '•' | '·' | '–' | '—' | '▪' | '◦' | '#') && chars.next().is_some_and(char::is_whitespace);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = (1..=2).contains(&digits) && matches!(line.as_bytes().get(digits..digits + 2), Some(b". " | b") "));
    is_bullet
        || is_numbered
        || matches!(first, '>' | '|')
        || line.contains('\t')
        || line.contains(COLUMN_GAP)
        || !line.chars().any(char::is_alphanumeric)
}

/// Whether a line ends as a sentence does.
fn ends(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', ';', '"', '”', '“', '»', '…', ')', '。', '」', '』', '！', '？', '।', '؟'])
}

/// How the lines of a text are broken off.
#[derive(Clone, Copy)]
enum Form {
    /// Where the next word would have been too long, in characters.
    Full(usize),
    /// Anywhere.
    Ragged,
}

impl Form {
    /// `None` for a text whose lines are its paragraphs.
    fn of(lines: &[Line<'_>]) -> Option<Self> {
        let pairs: Vec<(&Line<'_>, &Line<'_>)> = lines
            .windows(2)
            .filter_map(|two| if let [line, next] = two { Some((line, next)) } else { None })
            .filter(|(line, next)| !next.is_apart && line.chars <= WIDEST && next.chars <= WIDEST)
            .filter(|(line, next)| !line.stands_alone && !next.stands_alone && !line.is_caps && !next.is_caps)
            .collect();
        if pairs.is_empty() {
            return None;
        }
        let count = |fits: &dyn Fn(&Line<'_>, &Line<'_>) -> bool| pairs.iter().filter(|(line, next)| fits(line, next)).count();
        let mut widths: Vec<usize> = pairs.iter().map(|(line, _)| line.indent + line.chars).collect();
        widths.sort_unstable();
        let width = widths[(widths.len() * 19 / 20).min(widths.len() - 1)];
        let all = pairs.len();
        let cut = count(&|line, next| Seam::of(line.text, next.text).is_cut_word());
        let in_sentence = count(&goes_on_inside);
        let full = count(&|line, next| line.is_full(next, width));
        let stopped = count(&|line, _| ends(line.text));
        let is_even = full * 10 >= all * 6 && width >= 40 && stopped * 10 <= all * 5;
        // Lines of one length to the letter.
        let is_filled = all >= 3 && width >= 45 && widths[0] * 10 >= width * 9 && stopped * 10 <= all * 2;
        let full_inside = count(&|line, next| goes_on_inside(line, next) && line.is_full(next, width));
        let is_even_inside = in_sentence >= 2 && width >= 40 && full_inside * 10 >= in_sentence * 8 && in_sentence * 4 >= all;
        let is_caseless = count(&|line, _| line.text.chars().any(|c| c.is_lowercase() || c.is_uppercase())) * 10 < all;
        let is_full_caseless = is_caseless && full * 10 >= all * 9 && all >= 3 && stopped * 2 < all && width >= 12;
        if is_filled || is_even_inside || is_full_caseless || is_even && in_sentence * 6 >= all {
            Some(Form::Full(width))
        } else if cut > 0 && in_sentence * 10 >= all * 4 || in_sentence * 10 >= all * 6 && all >= 3 && is_prose(&pairs) {
            Some(Form::Ragged)
        } else {
            None
        }
    }

    /// How line `i` goes on with the next, if it does.
    fn joint(self, lines: &[Line<'_>], i: usize) -> Option<Seam> {
        let (line, next) = (&lines[i], lines.get(i + 1)?);
        if next.is_apart || line.stands_alone || next.stands_alone || line.chars > WIDEST || next.chars > WIDEST {
            return None;
        }
        let seam = Seam::of(line.text, next.text);
        let is_indented = next.indent > line.indent && !(i == 0 || line.is_apart);
        if seam.is_cut_word() {
            return Some(seam);
        }
        if is_indented || line.is_caps != next.is_caps || is_byline(line.text) || is_byline(next.text) {
            return None;
        }
        let goes_on = goes_on_inside(line, next)
            || next.text.starts_with(char::is_lowercase)
            || line.is_caps && !ends(line.text)
            || match self {
                Form::Full(width) => line.is_full(next, width),
                Form::Ragged => !ends(line.text) && block(lines, i).any(|(line, next)| goes_on_inside(line, next)),
            };
        goes_on.then_some(seam)
    }
}

/// The pairs of lines that stand together with line `i`, near it.
fn block<'a, 't>(lines: &'a [Line<'t>], i: usize) -> impl Iterator<Item = (&'a Line<'t>, &'a Line<'t>)> {
    const NEAR: usize = 20;
    let first = (i.saturating_sub(NEAR)..=i).rev().find(|at| lines[*at].is_apart).unwrap_or(i.saturating_sub(NEAR));
    let end = (i + 1..lines.len().min(i + NEAR)).find(|at| lines[*at].is_apart).unwrap_or(lines.len().min(i + NEAR));
    lines[first..end].windows(2).filter_map(|two| if let [line, next] = two { Some((line, next)) } else { None })
}

/// Whether a line end stands in the middle of a sentence.
fn goes_on_inside(line: &Line<'_>, next: &Line<'_>) -> bool {
    let begins = next.text.trim_start_matches(['“', '"', '‘', '\'', '(']);
    let is_open = begins.starts_with(char::is_lowercase) || has_inner_end(line.text);
    Seam::of(line.text, next.text).is_cut_word() || is_open && !ends(line.text)
}

/// Whether a sentence ends inside a line, behind a word that is no short form.
fn has_inner_end(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| {
        let is_word = line[..at].chars().rev().take(4).filter(|c| c.is_lowercase()).count() == 4;
        is_word && line[at + 2..].starts_with(char::is_uppercase)
    })
}

/// Whether lines are words rather than a program, a log or verse.
fn is_prose(pairs: &[(&Line<'_>, &Line<'_>)]) -> bool {
    let (mut words, mut marks, mut chars) = (0, 0, 0);
    for (line, _) in pairs {
        words += line.text.split_whitespace().count();
        marks += line.text.chars().filter(|c| matches!(c, '{' | '}' | '=' | '<' | '>' | '_' | '[' | ']' | '/' | '\\' | '|' | ';')).count();
        chars += line.chars;
    }
    words >= pairs.len() * 5 && marks * 50 <= chars
}

/// Who wrote it, on a line of its own.
fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let by = words.next().unwrap_or_default().to_lowercase();
    matches!(by.as_str(), "by" | "von" | "par" | "por" | "door" | "di")
        && words.clone().count() <= 6
        && words.next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && !ends(line)
}

impl Line<'_> {
    /// Whether the first word of the next line had no room on this one.
    fn is_full(&self, next: &Line<'_>, width: usize) -> bool {
        (self.indent + self.chars + 1 + next.first_word) * 20 > width * 17
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The paragraphs as they read.
    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let flow = Flow::of(text);
        let read = |span: Span| flow.flowed(text, span).map_or_else(|| text[span.range()].to_owned(), |flowed| flowed.text);
        assert_eq!(flow.paragraphs(text).map(read).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn what_stands_beside_a_name_is_its_line_as_it_reads() {
        let wrapped = "Quay to close\n\nThe council of the northern harbour decided on Monday that the old\nquay is to be closed to ships in the spring, and that Marta\nLind of the Harbour Board shall see to it, for the Acqua-\nviva Company has\nno ships of its own and will not have any.\n\nShe said no more.\n";
        let plain = "One line of Graz.\r\nMarta Lind left.\r\nAnother line.";
        for (text, name, reach, expected) in [
            (wrapped, "Marta\nLind", 30, "the spring, and that [Marta Lind] of the Harbour Board shall se"),
            (
                wrapped,
                "Harbour Board",
                60,
                "to ships in the spring, and that Marta Lind of the [Harbour Board] shall see to it, for the Acquaviva Company has no ships o",
            ),
            (wrapped, "She", 60, "[She] said no more."),
            (wrapped, "Quay", 60, "[Quay] to close"),
            (plain, "Marta Lind", 60, "[Marta Lind] left."),
        ] {
            let at = text.find(name).unwrap_or_default();
            let span = Span::new(at, at + name.len());
            let near = near(text, span, reach);
            let [before, words, after] = [(near.start, span.start), (span.start, span.end), (span.end, near.end)]
                .map(|(start, end)| super::super::seam::in_line(&text[start as usize..end as usize]));
            assert!(format!("{before}[{words}]{after}").ends_with(expected), "{before}[{words}]{after}");
        }
    }

    #[test]
    fn broken_lines_are_paragraphs() {
        // Broken anywhere, with words cut in two.
        check(
            "MINISTERS OF NORTHERN\nALLIANCE MEET\n\nThe Norwegian foreign minis-\nter, Kari Nordm\u{AD}åhl, met the leader of the Northern\nAlliance in New\nYork on Tuesday, offi-\ncials said.",
            &[
                "MINISTERS OF NORTHERN ALLIANCE MEET",
                "The Norwegian foreign minister, Kari Nordmåhl, met the leader of the Northern Alliance in New York on Tuesday, officials said.",
            ],
        );
        // At a width, with a heading, a byline and a signature that are not broken.
        let letter = "Quay to close in spring\nBy Ann Lee\nThe council of the northern harbour decided on Monday that the old\nquay is to be closed to ships in the spring, and that Marta Lind of\nthe Harbour Board shall see to it. The decision was not expected by\nanyone.\n\nShe said no more.\nThe Harbour\nCourier\n";
        check(
            letter,
            &[
                "Quay to close in spring",
                "By Ann Lee",
                "The council of the northern harbour decided on Monday that the old quay is to be closed to ships in the spring, and that Marta Lind of the Harbour Board shall see to it. The decision was not expected by anyone.",
                "She said no more.",
                "The Harbour",
                "Courier",
            ],
        );
        let windows = letter.replace('\n', "  \r\n");
        let (flow, same) = (Flow::of(letter), Flow::of(&windows));
        let same: Vec<String> = same.paragraphs(&windows).map(|span| windows[span.range()].replace("  \r\n", "\n")).collect();
        let paragraphs: Vec<&str> = flow.paragraphs(letter).map(|span| &letter[span.range()]).collect();
        assert_eq!(same, paragraphs, "whatever stands at the ends of lines");
        // Paragraphs that are told by their first lines' indent, in lines that are filled with blanks.
        check(
            "   The  port of Ostrava on the river will be closed for a week, said\nthe  mayor of the  town, Nora Hale, after a storm on Friday had sunk\nfour ships and a barge that belonged to the Kelp Board.\n   Nobody  was hurt on the ships, but it will be some weeks until they\nare  raised from the mud.\n",
            &[
                "The port of Ostrava on the river will be closed for a week, said the mayor of the town, Nora Hale, after a storm on Friday had sunk four ships and a barge that belonged to the Kelp Board.",
                "Nobody was hurt on the ships, but it will be some weeks until they are raised from the mud.",
            ],
        );
        // Without capitals, and without blanks.
        check(
            "東京都は十日、港の工事を始めると\n発表した。工事は来年の春まで続く\n見込みで、船は横浜の港に入ること\nになる。市長は住民に説明する。",
            &[
                "東京都は十日、港の工事を始めると発表した。工事は来年の春まで続く見込みで、船は横浜の港に入ることになる。市長は住民に説明する。",
            ],
        );
    }

    #[test]
    fn lines_that_begin_with_names_are_told_by_the_sentences_in_them() {
        let text = "The mayor of Ostrava, Marta Lindqvist of the Kelp Board, met Adam\nTeller of Northgate Bank in New York on Tuesday. She told the\nHarbour Commission of South Korea that Nora Haldane would fly to\nBuenos Aires on 4 March 2024, and that the World Health\nOrganization had been asked for help.";
        assert_eq!(Flow::of(text).paragraphs(text).count(), 1);
    }

    #[test]
    fn lines_that_mean_something_stay() {
        for text in [
            "Head of Port\nBy Ann\nThe port.\n",
            "Marta Lind\nAdam Teller\nNora Hale\nOtto Lark",
            "Ferry runs aground off the coast\nMinister resigns after the vote on the bridge\nPort strike enters its second week\nWhale seen near Bergen",
            "The port was closed on Monday.\nNobody was hurt, said the mayor of the town.\nIt will open again on Friday, if the wind allows it.\nShe said no more than that.",
            "def tar(rope):\n    kelp = rope + 1\n    return kelp\nprint(tar(2))\nfor rope in kelp:\n    tar(rope)",
            "- kelp for the stove\n- tar for the boat and the pier\n- rope for the boat\n- lamps",
            "Bergen\t12\topen\nOslo\t9\tclosed\nRiga\t3\topen",
            "2024-01-03 10:12:11 kelp[12]: started /srv/tar\n2024-01-03 10:12:12 kelp[12]: stopped /srv/tar\n2024-01-03 10:12:13 kelp[12]: started /srv/rope",
        ] {
            assert!(!Flow::of(text).is_broken(), "{text}");
        }
    }

    #[test]
    fn what_nobody_sees_is_not_read() {
        check("Kari Nord\u{AD}m\u{200B}åhl\u{2060} in\u{FEFF} Oslo", &["Kari Nordmåhl in Oslo"]);
        // It parts words where nothing else does.
        check("กรุง\u{200B}เทพ", &["กรุง\u{200B}เทพ"]);
    }

    #[test]
    fn a_paragraph_lies_around_what_is_in_it() {
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
        let cut = "The foreign minis-\nter of the town met offi-\ncials.\n\nTail";
        assert_eq!(around_words(cut, "ter"), cut.trim_end_matches("\n\nTail"));
        assert_eq!(around("", Span::new(0, 0)), Span::new(0, 0));
        assert_eq!(around("\n", Span::new(1, 1)), Span::new(1, 1));
    }

    #[test]
    fn a_hostile_text_takes_linear_time() {
        for unit in ["a-\n", "\u{AD}", "a\u{AD}\nb ", "the port of\n", " \n", "  a  \n", "港\n"] {
            let text = unit.repeat(200_000);
            let flow = Flow::of(&text);
            let _ = flow.flowed(&text, Span::new(0, text.len()));
            assert!(flow.paragraphs(&text).count() <= 200_000);
        }
    }

    proptest! {
        #[test]
        fn every_place_is_read_and_found_again(text in "(([a-zA-Zå港]{1,8}[- \u{AD}.]?){1,6}(\r?\n *){0,2}){0,8}") {
            let flow = Flow::of(&text);
            if let Some(flowed) = flow.flowed(&text, Span::new(0, text.len())) {
                for (at, c) in flowed.text.char_indices() {
                    let read = Span::new(at, at + c.len_utf8());
                    let stored = flowed.stored(read);
                    // What is read stands there, unless it is a blank for a line end.
                    prop_assert!(c == ' ' || stored.of(&text) == Some(c.encode_utf8(&mut [0; 4])));
                    prop_assert_eq!(flowed.read(stored), read);
                }
                for (at, _) in text.char_indices() {
                    prop_assert!(flowed.text.is_char_boundary(flowed.read_at(at as u32) as usize));
                }
            }
            let mut end = 0;
            for paragraph in flow.paragraphs(&text) {
                prop_assert!(paragraph.start >= end && paragraph.of(&text).is_some_and(|words| words.trim() == words));
                prop_assert!(flow.around(&text, paragraph).contains(paragraph));
                end = paragraph.end;
            }
        }
    }
}
