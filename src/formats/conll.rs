//! CoNLL-2003: one token a line, its tag in the last of four columns, a blank line between sentences.
//!
//! An article begins with `-DOCSTART- -X- O O`: spaCy knows no other form of that line and takes `-DOCSTART- -X- -X- O` for a
//! word of the article.
//! The format has no text, no offsets and no overlaps, so of overlapping mentions the longest is written and the others
//! are reported. Tokens are cut where a mention begins or ends inside one; otherwise the mention would vanish.

mod entity;
mod join;
mod read;
mod shape;
mod tags;
mod write;

use std::io::{BufRead, Cursor, Read as _};
use std::path::Path;

pub use join::join;
pub use read::{Columns, read};
pub use tags::{Tags, read as read_tags};
pub use write::tagged;

use super::format::{Container, Format, Write, Writer};
use super::handing::{Begun, Hands, begun, whole_lines};
use super::lines::{BadLine, Lines};
use crate::reading::{How, Input, Reader, Sink, Trouble};
use write::{read_back, write};

pub static IOB2: Format =
    format("conll", "CoNLL-2003 columns (IOB2)", "CoNLL-2003 columns, one token a line, IOB2 tags", |article, _, sheet| {
        write(Tags::Iob2, article, sheet)
    });

pub static IOB1: Format =
    format("conll-iob1", "CoNLL-2003 columns (IOB1)", "the same with IOB1 tags, as CoNLL-2003 itself has them", |article, _, sheet| {
        write(Tags::Iob1, article, sheet)
    });

pub static BIOES: Format =
    format("conll-bioes", "CoNLL-2003 columns (BIOES)", "the same with BIOES tags", |article, _, sheet| write(Tags::Bioes, article, sheet));

const fn format(name: &'static str, title: &'static str, what: &'static str, write: Write) -> Format {
    let container = Container::LINES;
    let writer = Writer { keeps: &[], is_flat: true, is_by_token: true, ..Writer::new(write, read_back, container) };
    Format { name, title, what, extension: "conll", unit: None, reader: Some(&READER), writer: Some(writer) }
}

static READER: Reader = Reader {
    name: "conll",
    what: "columns of CoNLL, a token a line",
    endings: &["conll", "conll2003", "conllu", "iob", "iob2", "bio", "bioes", "bilou"],
    knows: |head| shape::is_columns(&head.text),
    read: read_file,
};

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    match begun(input, how)? {
        Begun::Whole(text, encoding) => {
            let mut hands = Hands::new(sink, path, encoding, "line");
            let read = read(&text, how.stateless, &mut |line, drafted| hands.take(line, Ok(drafted)));
            read.map_err(Trouble::Partial)?;
            hands.finish()
        }
        Begun::Long { head, rest } => read_long(head, rest, path, how, sink),
    }
}

/// Reads a large file, whose articles are handed out as they come.
///
/// # Errors
/// Where it cannot be read on, or has no columns.
pub fn read_long(head: String, rest: impl BufRead, path: &Path, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut columns = Columns::of(whole_lines(&head), how.stateless).map_err(Trouble::Partial)?;
    let mut lines = Lines::with_blank(Cursor::new(head).chain(rest));
    let mut hands = Hands::new(sink, path, "UTF-8", "line");
    while let Some(line) = lines.next_line()? {
        match line {
            Ok((number, line)) => {
                if let Some((line, drafted)) = columns.line(usize::try_from(number).unwrap_or(usize::MAX), &line) {
                    hands.take(line, Ok(drafted));
                }
            }
            Err(BadLine { number, why }) => hands.tell(Trouble::Line { number, why }),
        }
        if hands.is_cancelled() {
            return Ok(());
        }
    }
    if let Some((line, drafted)) = columns.end() {
        hands.take(line, Ok(drafted));
    }
    hands.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::ArticleId;
    use crate::annotation::{Article, Label, Mention, MentionId, Origin};
    use crate::formats::loss::Extent;
    use crate::formats::options::{Options, StateFilter};
    use crate::text::Span;

    #[track_caller]
    fn check_column(format: &Format, text: &str, mentions: &[(&str, &str)], expect: &str, lost: usize) {
        let mut article = Article::new(ArticleId::new("a"), text);
        for (quote, label) in mentions {
            let at = text.find(quote).expect("the quote stands in the text");
            let span = Span::new(at, at + quote.len());
            let id = MentionId::of(&article.id, span, &Label::new(label));
            article.mentions.push(Mention::suggested(id, span, Label::new(label), Origin::Analyst));
        }
        article.mentions.sort_by(Mention::reading_order);
        let options = Options { state: StateFilter::Living, ..Options::default() };
        let rendered = format.render(&article, &options).expect("it reads back");
        let losses: Vec<_> = rendered.report.losses.iter().filter(|loss| loss.extent == Extent::Whole).collect();
        let page = std::str::from_utf8(rendered.sheet.bytes()).expect("it is UTF-8");
        let lines: Vec<_> = page.lines().skip(2).map(|line| line.replace(" -X- _ ", "/")).collect();
        assert_eq!(lines.join(" "), expect);
        assert_eq!(losses.len(), lost, "{losses:?}");
    }

    #[test]
    fn the_three_kinds_of_tags() {
        let text = "Al Gore Bo met NATO.";
        let mentions = [("Al Gore", "PER"), ("Bo", "PER"), ("NATO", "ORG")];
        check_column(&IOB2, text, &mentions, "Al/B-PER Gore/I-PER Bo/B-PER met/O NATO/B-ORG ./O ", 0);
        check_column(&IOB1, text, &mentions, "Al/I-PER Gore/I-PER Bo/B-PER met/O NATO/I-ORG ./O ", 0);
        check_column(&BIOES, text, &mentions, "Al/B-PER Gore/E-PER Bo/S-PER met/O NATO/S-ORG ./O ", 0);
    }

    #[test]
    fn the_longest_wins_and_tokens_are_cut() {
        let mentions = [("Bank of Spain", "ORG"), ("Spain", "GPE"), ("野家", "ORG")];
        check_column(&IOB2, "Bank of Spain\n\n𠮷野家x", &mentions, "Bank/B-ORG of/I-ORG Spain/I-ORG  𠮷/O 野/B-ORG 家/I-ORG x/O ", 1);
    }

    #[test]
    fn no_word_looks_like_the_beginning_of_an_article() {
        check_column(&IOB2, "xx-DOCSTART-yy", &[("xx", "ORG")], "xx/B-ORG -/O DOCSTART-yy/O ", 0);
    }

    #[test]
    fn a_blank_line_never_cuts_a_mention() {
        check_column(&IOB2, "New\nYork\nTimes", &[("New\nYork", "GPE")], "New/B-GPE York/I-GPE  Times/O ", 0);
    }

    #[test]
    fn blanks_of_every_kind_stay_out_of_tokens() {
        check_column(&IOB2, "a\u{a0}b\u{3000}c\u{1c}d \u{1c} ", &[("\u{1c} ", "X")], "a/O b/O c/O d/O ", 1);
        check_column(&IOB2, "", &[], "", 0);
    }
}
