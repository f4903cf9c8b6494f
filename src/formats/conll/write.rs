//! An article as columns: tokens cut where a mention begins or ends inside one, sentences apart.

use super::super::format::Sheet;
use super::tags::{self, ARTICLE_MARK, Run, Tags};
use crate::annotation::{Article, Mention, MentionId, Origin};
use crate::text::{Span, sentences, tokens};

/// The tokens of an article and their tags.
pub fn tagged(kind: Tags, article: &Article, sheet: &mut Sheet) -> (Vec<Span>, Vec<String>) {
    let tokens = cut_tokens(&article.text, &article.mentions);
    let column = tags::write(kind, tokens.len(), &runs(article, &tokens, sheet));
    (tokens, column)
}

pub fn write(kind: Tags, article: &Article, sheet: &mut Sheet) -> Result<(), String> {
    let tokens = cut_tokens(&article.text, &article.mentions);
    let runs = runs(article, &tokens, sheet);

    let column = tags::write(kind, tokens.len(), &runs);
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

/// The tokens of the text, cut at the ends of the mentions; none holds a blank or a control character.
fn cut_tokens(text: &str, mentions: &[Mention]) -> Vec<Span> {
    let mut cuts = mentions.iter().flat_map(|mention| [mention.span.start, mention.span.end]).peekable();
    let mut out = Vec::new();
    for Span { mut start, end } in tokens::tokens(text).into_iter().flat_map(|token| at_blanks(text, token.span)) {
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

/// A token, in two where a line end cuts it.
fn at_blanks(text: &str, token: Span) -> impl Iterator<Item = Span> {
    let base = token.start as usize;
    let words = token.of(text).unwrap_or_default();
    words.split_whitespace().map(move |word| {
        let start = base + (word.as_ptr() as usize - words.as_ptr() as usize);
        Span::new(start, start + word.len())
    })
}

/// A token, in two where it would look like the line that begins an article.
fn without_mark(text: &str, token: Span) -> impl Iterator<Item = Span> {
    let is_mark = token.of(text).is_some_and(|word| word.starts_with(ARTICLE_MARK));
    let middle = if is_mark { token.start + 1 } else { token.end };
    [Span { end: middle, ..token }, Span { start: middle, ..token }].into_iter().filter(|part| !part.is_empty())
}

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

/// Reads the columns back and finds their words again in the article, one behind the other.
pub fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
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
    let mentions = tags::read(column.iter().copied()).into_iter().map(|run| {
        let span = Span { start: tokens[run.start].start, end: tokens[run.end - 1].end };
        Mention::suggested(MentionId::of(&article.id, span, &run.label), span, run.label, Origin::Analyst)
    });
    Ok(Article { mentions: mentions.collect(), ..article.clone() })
}
