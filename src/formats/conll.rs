//! CoNLL-2003: one token a line, its tag in the last of four columns, a blank line between sentences.
//!
//! An article begins with `-DOCSTART- -X- O O`: spaCy knows no other form of that line and takes `-DOCSTART- -X- -X- O` for a
//! word of the article.
//! The format has no text, no offsets and no overlaps, so of overlapping mentions the longest is written and the others
//! are reported. Tokens are cut where a mention begins or ends inside one; otherwise the mention would vanish.

use super::format::{Container, Format, ReadBack, Sheet, Write, Writer};
use crate::annotation::{Article, Label, Mention, MentionId, Origin};
use crate::text::{Span, sentences, tokens};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tags {
    /// Every mention begins with B-.
    Iob2,
    /// B- only where a mention touches one of the same label before it.
    Iob1,
    /// The last token has E-, a single one S-.
    Bioes,
}

pub static IOB2: Format = format(
    "conll",
    "CoNLL-2003 columns (IOB2)",
    "CoNLL-2003 columns, one token a line, IOB2 tags",
    |article, _, sheet| write(Tags::Iob2, article, sheet),
    |sheet, article| read_back(Tags::Iob2, sheet, article),
);

pub static IOB1: Format = format(
    "conll-iob1",
    "CoNLL-2003 columns (IOB1)",
    "the same with IOB1 tags, as CoNLL-2003 itself has them",
    |article, _, sheet| write(Tags::Iob1, article, sheet),
    |sheet, article| read_back(Tags::Iob1, sheet, article),
);

pub static BIOES: Format = format(
    "conll-bioes",
    "CoNLL-2003 columns (BIOES)",
    "the same with BIOES tags",
    |article, _, sheet| write(Tags::Bioes, article, sheet),
    |sheet, article| read_back(Tags::Bioes, sheet, article),
);

const fn format(name: &'static str, title: &'static str, what: &'static str, write: Write, read_back: ReadBack) -> Format {
    let container = Container::LINES;
    let writer = Writer { write, read_back, container, keeps: &[], is_flat: true, is_by_token: true, beside: None };
    Format { name, title, what, extension: "conll", unit: None, reader: None, writer: Some(writer) }
}

fn write(tags: Tags, article: &Article, sheet: &mut Sheet) -> Result<(), String> {
    let tokens = cut_tokens(&article.text, &article.mentions);
    let runs = runs(article, &tokens, sheet);

    let column = write_tags(tags, tokens.len(), &runs);
    let mut page = format!("{ARTICLE_MARK} -X- O O\n\n");
    let open = !tokens.is_empty();
    let mut begins = begins(article, &tokens).into_iter().peekable();
    for (i, (token, tag)) in tokens.iter().zip(&column).enumerate() {
        let begins = begins.next_if(|begin| *begin == i).is_some();
        // A blank line inside a mention would cut it in two.
        let is_inside = || runs[..runs.partition_point(|run| run.start < i)].last().is_some_and(|run| i < run.end);
        if begins && i > 0 && !is_inside() {
            page.push('\n');
        }
        page.push_str(&format!("{} -X- _ {tag}\n", article.quote(*token)));
    }
    if open {
        page.push('\n');
    }
    sheet.page().extend(page.as_bytes());
    Ok(())
}

/// Where sentences begin, by the tokens that are written. They are found on whole tokens, for a mention that cuts one ends no
/// sentence.
fn begins(article: &Article, tokens: &[Span]) -> Vec<usize> {
    let text = &article.text;
    let whole = tokens::tokens(text);
    let starts = sentences::sentences(text, &whole).into_iter().filter_map(|sentence| whole.get(sentence.start));
    let mut begins: Vec<usize> = starts.map(|token| tokens.partition_point(|written| written.start < token.span.start)).collect();
    begins.dedup();
    begins
}

/// A mention as tokens `start..end`.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Run {
    start: usize,
    end: usize,
    label: Label,
}

/// The tokens of the text, cut at the ends of the mentions; none holds a blank or a control character.
fn cut_tokens(text: &str, mentions: &[Mention]) -> Vec<Span> {
    let mut cuts = mentions.iter().flat_map(|mention| [mention.span.start, mention.span.end]).peekable();
    let mut out = Vec::new();
    for token in tokens::tokens(text) {
        let Span { mut start, end } = token.span;
        while cuts.next_if(|cut| *cut <= start).is_some() {}
        while let Some(cut) = cuts.next_if(|cut| *cut < end) {
            out.extend(without_mark(text, Span { start, end: cut }));
            start = cut;
        }
        out.extend(without_mark(text, Span { start, end }));
    }
    // Python takes some control characters for blanks.
    out.retain(|token| {
        !token.is_empty() && token.of(text).is_some_and(|word| !word.contains(|c: char| c.is_control() || c.is_whitespace()))
    });
    out
}

/// A token, in two where it would look like the line that begins an article.
fn without_mark(text: &str, token: Span) -> impl Iterator<Item = Span> {
    let is_mark = token.of(text).is_some_and(|word| word.starts_with(ARTICLE_MARK));
    let middle = if is_mark { token.start + 1 } else { token.end };
    [Span { end: middle, ..token }, Span { start: middle, ..token }].into_iter().filter(|part| !part.is_empty())
}

/// What the line that begins an article begins with.
const ARTICLE_MARK: &str = "-DOCSTART-";

fn runs(article: &Article, tokens: &[Span], sheet: &mut Sheet) -> Vec<Run> {
    let mut runs = Vec::new();
    for mention in &article.mentions {
        let start = tokens.partition_point(|token| token.start < mention.span.start);
        let end = tokens.partition_point(|token| token.end <= mention.span.end);
        if start < end {
            runs.push(Run { start, end, label: mention.label.clone() });
        } else {
            sheet.lose(article, mention, "holds no word, only control characters and blanks");
        }
    }
    runs
}

fn write_tags(tags: Tags, count: usize, runs: &[Run]) -> Vec<String> {
    let mut column = vec!["O".to_owned(); count];
    let mut previous: Option<&Run> = None;
    for run in runs {
        let touches = previous.is_some_and(|before| before.end == run.start && before.label == run.label);
        for (i, cell) in column.iter_mut().enumerate().take(run.end).skip(run.start) {
            let prefix = match tags {
                Tags::Iob1 if i == run.start && touches => "B",
                Tags::Iob1 => "I",
                Tags::Bioes if run.end - run.start == 1 => "S",
                Tags::Bioes if i + 1 == run.end => "E",
                _ if i == run.start => "B",
                _ => "I",
            };
            *cell = format!("{prefix}-{}", run.label);
        }
        previous = Some(run);
    }
    column
}

/// Reads the columns back and finds their words again in the article, one behind the other.
fn read_back(tags: Tags, sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let page = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let (mut tokens, mut column) = (Vec::new(), Vec::new());
    let mut at = 0;
    for line in page.lines().filter(|line| !line.is_empty() && !line.starts_with(ARTICLE_MARK)) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [word, _, _, tag] = cells[..] else {
            return Err(format!("the line {line:?} has not four columns"));
        };
        let rest = &article.text[at..];
        let start = at + rest.find(word).ok_or_else(|| format!("the word {word:?} stands nowhere"))?;
        if !article.text[at..start].chars().all(|c| c.is_whitespace() || c.is_control()) {
            return Err(format!("words before {word:?} are missing"));
        }
        at = start + word.len();
        tokens.push(Span::new(start, at));
        column.push(tag);
    }
    let mentions = read_tags(tags, &column).into_iter().map(|run| {
        let span = Span { start: tokens[run.start].start, end: tokens[run.end - 1].end };
        Mention::suggested(MentionId::of(&article.id, span, &run.label), span, run.label, Origin::Analyst)
    });
    Ok(Article { mentions: mentions.collect(), ..article.clone() })
}

fn read_tags(tags: Tags, column: &[&str]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for (i, tag) in column.iter().enumerate() {
        let Some((prefix, label)) = tag.split_once('-') else {
            open = false;
            continue;
        };
        let goes_on = open
            && match tags {
                Tags::Bioes => matches!(prefix, "I" | "E"),
                Tags::Iob1 | Tags::Iob2 => prefix == "I",
            };
        match runs.last_mut().filter(|run| goes_on && run.label.as_str() == label) {
            Some(run) => run.end = i + 1,
            None => runs.push(Run { start: i, end: i + 1, label: Label::new(label) }),
        }
        open = !(tags == Tags::Bioes && matches!(prefix, "E" | "S"));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::ArticleId;
    use crate::formats::loss::Extent;
    use crate::formats::options::{Options, StateFilter};

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
