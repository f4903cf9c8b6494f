//! CoNLL-2003: one token a line, its tag in the last of four columns, a blank line between sentences.
//!
//! An article begins with `-DOCSTART- -X- O O`: spaCy knows no other form of that line and takes `-DOCSTART- -X- -X- O` for a
//! word of the article.
//! The format has no text, no offsets and no overlaps, so of overlapping mentions the longest is written and the others
//! are reported. Tokens are cut where a mention begins or ends inside one; otherwise the mention would vanish.

use super::Loss;
use crate::annotation::{Article, Label, Mention};
use crate::text::{Span, sentences, tokens};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tags {
    /// Every mention begins with B-.
    Iob2,
    /// B- only where a mention touches one of the same label before it.
    Iob1,
    /// The last token has E-, a single one S-.
    Bioes,
}

pub fn render(tags: Tags, article: &Article, chosen: &[&Mention], out: &mut Vec<u8>) -> Result<Vec<Loss>, String> {
    let mut losses = Vec::new();
    let flat = flatten(article, chosen, &mut losses);
    let tokens = cut_tokens(&article.text, &flat);
    let runs = runs(article, &tokens, &flat, &mut losses);

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
    check(tags, article, &tokens, &runs, &page)?;
    out.extend(page.as_bytes());
    Ok(losses)
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

/// The mentions that can stand side by side, in reading order: longest first, then the earlier, then by label.
fn flatten<'m>(article: &Article, chosen: &[&'m Mention], losses: &mut Vec<Loss>) -> Vec<&'m Mention> {
    let (rejected, mut order): (Vec<_>, Vec<_>) = chosen.iter().copied().partition(|mention| mention.is_rejected());
    losses.extend(rejected.iter().map(|mention| Loss::of_mention(article, mention, "the format has no place for rejected mentions")));
    order.sort_by(|a, b| (b.span.len(), a.span, &a.label).cmp(&(a.span.len(), b.span, &b.label)));
    let mut kept: std::collections::BTreeMap<u32, &Mention> = std::collections::BTreeMap::new();
    for mention in order {
        let before = kept.range(..mention.span.end).next_back().map(|(_, other)| *other);
        match before.filter(|other| other.span.overlaps(mention.span)) {
            None => {
                kept.insert(mention.span.start, mention);
            }
            Some(other) => {
                let why = format!("overlaps the longer {} “{}”", other.label, super::shorten(article.quote(other.span)));
                losses.push(Loss::of_mention(article, mention, &why));
            }
        }
    }
    kept.into_values().collect()
}

/// The tokens of the text, cut at the ends of the mentions; none holds a blank or a control character.
fn cut_tokens(text: &str, mentions: &[&Mention]) -> Vec<Span> {
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

fn runs(article: &Article, tokens: &[Span], mentions: &[&Mention], losses: &mut Vec<Loss>) -> Vec<Run> {
    let mut runs = Vec::new();
    for mention in mentions {
        let start = tokens.partition_point(|token| token.start < mention.span.start);
        let end = tokens.partition_point(|token| token.end <= mention.span.end);
        if start < end {
            runs.push(Run { start, end, label: mention.label.clone() });
        } else {
            losses.push(Loss::of_mention(article, mention, "holds no token, only blanks"));
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

/// Reads the columns back: the same words, and the same mentions on them.
fn check(tags: Tags, article: &Article, tokens: &[Span], runs: &[Run], page: &str) -> Result<(), String> {
    let mut words = Vec::new();
    let mut column = Vec::new();
    for line in page.lines().filter(|line| !line.is_empty() && !line.starts_with(ARTICLE_MARK)) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [word, _, _, tag] = cells[..] else {
            return Err(format!("the line {line:?} has not four columns"));
        };
        words.push(word);
        column.push(tag);
    }
    if !words.iter().copied().eq(tokens.iter().map(|token| article.quote(*token))) {
        return Err("the tokens differ".to_owned());
    }
    if read_tags(tags, &column) != *runs {
        return Err("the mentions differ".to_owned());
    }
    Ok(())
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
    use crate::annotation::{ArticleId, MentionId, Origin};

    #[track_caller]
    fn check_column(tags: Tags, text: &str, mentions: &[(&str, &str)], expect: &str, lost: usize) {
        let mut article = Article::new(ArticleId::new("a"), text);
        for (quote, label) in mentions {
            let at = text.find(quote).expect("the quote stands in the text");
            let span = Span::new(at, at + quote.len());
            let id = MentionId::of(&article.id, span, &Label::new(label));
            article.mentions.push(Mention::suggested(id, span, Label::new(label), Origin::Analyst));
        }
        article.mentions.sort_by(Mention::reading_order);
        let chosen: Vec<_> = article.mentions.iter().collect();
        let mut out = Vec::new();
        let losses = render(tags, &article, &chosen, &mut out).expect("it reads back");
        let page = String::from_utf8(out).expect("it is UTF-8");
        let lines: Vec<_> = page.lines().skip(2).map(|line| line.replace(" -X- _ ", "/")).collect();
        assert_eq!(lines.join(" "), expect);
        assert_eq!(losses.len(), lost, "{losses:?}");
    }

    #[test]
    fn the_three_kinds_of_tags() {
        let text = "Al Gore Bo met NATO.";
        let mentions = [("Al Gore", "PER"), ("Bo", "PER"), ("NATO", "ORG")];
        check_column(Tags::Iob2, text, &mentions, "Al/B-PER Gore/I-PER Bo/B-PER met/O NATO/B-ORG ./O ", 0);
        check_column(Tags::Iob1, text, &mentions, "Al/I-PER Gore/I-PER Bo/B-PER met/O NATO/I-ORG ./O ", 0);
        check_column(Tags::Bioes, text, &mentions, "Al/B-PER Gore/E-PER Bo/S-PER met/O NATO/S-ORG ./O ", 0);
    }

    #[test]
    fn the_longest_wins_and_tokens_are_cut() {
        let mentions = [("Bank of Spain", "ORG"), ("Spain", "GPE"), ("野家", "ORG")];
        check_column(Tags::Iob2, "Bank of Spain\n\n𠮷野家x", &mentions, "Bank/B-ORG of/I-ORG Spain/I-ORG  𠮷/O 野/B-ORG 家/I-ORG x/O ", 1);
    }

    #[test]
    fn no_word_looks_like_the_beginning_of_an_article() {
        check_column(Tags::Iob2, "xx-DOCSTART-yy", &[("xx", "ORG")], "xx/B-ORG -/O DOCSTART-yy/O ", 0);
    }

    #[test]
    fn a_blank_line_never_cuts_a_mention() {
        check_column(Tags::Iob2, "New\nYork\nTimes", &[("New\nYork", "GPE")], "New/B-GPE York/I-GPE  Times/O ", 0);
    }

    #[test]
    fn blanks_of_every_kind_stay_out_of_tokens() {
        check_column(Tags::Iob2, "a\u{a0}b\u{3000}c\u{1c}d \u{1c} ", &[("\u{1c} ", "X")], "a/O b/O c/O d/O ", 1);
        check_column(Tags::Iob2, "", &[], "", 0);
    }
}
