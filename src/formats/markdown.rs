//! Markdown, for reading and for mail: each article under its title, mentions in bold with their labels behind them.

use super::format::{Container, Context, Format, Sheet, Writer};
use crate::annotation::{Article, Label, Mention, MentionId, Origin};
use crate::text::Span;

pub static FORMAT: Format = Format {
    name: "markdown",
    title: "Markdown",
    what: "articles to read, mentions in bold with their labels",
    extension: "md",
    unit: None,
    reader: None,
    writer: Some(Writer {
        keeps: &[],
        is_flat: true,
        ..Writer::new(write, read_back, Container::File { head: Vec::new, between: "\n", tail: "" })
    }),
};

/// What stands around a label. Neither is ever written as itself in the words.
const OPEN: char = '⟨';
const CLOSE: char = '⟩';

fn write(article: &Article, _: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut page = String::from("## ");
    escape(&title, &mut page);
    page.push_str("\n\n");
    let mut at = 0;
    for mention in &article.mentions {
        escape(&article.text[at..mention.span.start as usize], &mut page);
        page.push_str("**");
        escape(article.quote(mention.span), &mut page);
        page.push_str("** ");
        page.push(OPEN);
        escape(mention.label.as_str(), &mut page);
        page.push(CLOSE);
        at = mention.span.end as usize;
    }
    escape(&article.text[at..], &mut page);
    page.push('\n');
    sheet.page().extend(page.as_bytes());
    Ok(())
}

/// Words as Markdown shows them, whatever they hold: every mark is escaped, and so are blanks that it would swallow.
fn escape(words: &str, out: &mut String) {
    let mut begins_line = out.ends_with('\n');
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        // A number at the beginning of a line makes a list with the full stop behind it.
        if begins_line && c.is_ascii_digit() {
            out.push(c);
            out.extend(std::iter::from_fn(|| chars.next_if(char::is_ascii_digit)));
            if let Some(stop) = chars.next_if(|c| matches!(c, '.' | ')')) {
                out.extend(['\\', stop]);
            }
            begins_line = false;
            continue;
        }
        if c == '\r' && chars.peek() == Some(&'\n') {
            chars.next();
            let is_blank = out.ends_with('\n') || matches!(chars.peek(), Some('\r' | '\n'));
            out.push_str(if is_blank { "\r\n" } else { "\\\r\n" });
            begins_line = true;
            continue;
        }
        match c {
            // A line ends where it ends in the text; an empty one parts paragraphs by itself.
            '\n' if out.ends_with('\n') || chars.peek() == Some(&'\n') => out.push('\n'),
            '\n' => out.push_str("\\\n"),
            ' ' | '\t' if begins_line || matches!(chars.peek(), Some('\n') | None) && c == '\t' => {
                out.push_str(&format!("&#{};", u32::from(c)))
            }
            '\r' | '\0'..='\u{1F}' | '\u{7F}' => out.push_str(&format!("&#{};", u32::from(c))),
            OPEN | CLOSE => out.push_str(&format!("&#{};", u32::from(c))),
            c if c.is_ascii_punctuation() && is_mark(c, begins_line) => out.extend(['\\', c]),
            c => out.push(c),
        }
        begins_line = c == '\n' || begins_line && matches!(c, ' ' | '\t');
    }
}

fn is_mark(c: char, begins_line: bool) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$' | '^')
        || begins_line && matches!(c, '#' | '-' | '+' | '=' | ':')
}

fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let page = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let (_, body) = page.split_once("\n\n").ok_or("it has no title")?;
    let mut chars = body.strip_suffix('\n').ok_or("it does not end")?.chars().peekable();
    let mut text = String::new();
    let mut open: Option<usize> = None;
    let mut mentions = Vec::new();
    while let Some(c) = chars.next() {
        match (c, open) {
            ('*', None) => {
                chars.next();
                open = Some(text.len());
            }
            ('*', Some(start)) => {
                // The other star, a blank and the bracket.
                chars.by_ref().take(3).for_each(drop);
                let mut label = String::new();
                while let Some(c) = chars.next().filter(|c| *c != CLOSE) {
                    label.push(plain(c, &mut chars));
                }
                let (span, label) = (Span::new(start, text.len()), Label::new(&label));
                mentions.push(Mention::suggested(MentionId::of(&article.id, span, &label), span, label, Origin::Analyst));
                open = None;
            }
            (c, _) => text.push(plain(c, &mut chars)),
        }
    }
    Ok(Article { text: text.into(), mentions, ..article.clone() })
}

/// The character that `c`, with what follows it, stands for.
fn plain(c: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> char {
    match c {
        '\\' => chars.next().unwrap_or(c),
        '&' => {
            let number: String = chars.by_ref().skip(1).take_while(|c| *c != ';').collect();
            number.parse().ok().and_then(char::from_u32).unwrap_or(c)
        }
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;
    use crate::formats::options::Options;

    #[test]
    fn nothing_in_an_article_is_taken_for_a_mark() {
        let article = dsl::article("a_b", "1. [ORG! AT&T *Inc*] <b>\n  - two\n\n# x ⟨[GPE! Graz]⟩ 3) \\ `c`\r\n2) [PERSON! Ann]");
        let page = FORMAT.render(&article, &Options::default()).unwrap().sheet.bytes().to_vec();
        assert_eq!(
            String::from_utf8(page).unwrap(),
            "## a\\_b\n\n1\\. **AT\\&T \\*Inc\\*** ⟨ORG⟩ \\<b\\>\\\n&#32;&#32;\\- two\n\n\\# x &#10216;**Graz** ⟨GPE⟩&#10217; 3) \\\\ \\`c\\`\\\r\n2\\) **Ann** ⟨PERSON⟩\n"
        );
    }
}
