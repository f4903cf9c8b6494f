//! The marks of a report, read again to see that they say what the article says.

use std::collections::BTreeMap;

use super::super::format::Sheet;
use crate::annotation::{Article, Label, Mention, MentionId, Origin, State};
use crate::text::Span;

pub fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let page = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let body = page.split_once("dir=\"auto\">").and_then(|(_, rest)| rest.rsplit_once("</div>")).ok_or("it has no text")?.0;
    let mut text = String::new();
    let mut found: BTreeMap<usize, (Span, Label, State)> = BTreeMap::new();
    let mut open: Vec<(usize, Label, State, usize)> = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        text.push_str(&plain(&rest[..at])?);
        let (tag, after) = rest[at + 1..].split_once('>').ok_or("a tag does not end")?;
        rest = after;
        if tag == "/mark" {
            let (i, label, state, start) = open.pop().ok_or("a mark ends that never began")?;
            let stretch = Span::new(start, text.len());
            let known = found.entry(i).or_insert((stretch, label, state));
            known.0 = Span { start: known.0.start, end: stretch.end };
        } else {
            let attribute =
                |name: &str| tag.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value);
            let i = attribute("data-m").and_then(|i| i.parse().ok()).ok_or("a mark has no number")?;
            let label = Label::new(&plain(attribute("data-label").ok_or("a mark has no label")?)?);
            let state = attribute(" class").and_then(|class| State::from_name(class.split(' ').next()?)).ok_or("a mark has no state")?;
            open.push((i, label, state, text.len()));
        }
    }
    text.push_str(&plain(rest)?);
    let mention = |(span, label, state): (Span, Label, State)| {
        let mention = Mention::suggested(MentionId::of(&article.id, span, &label), span, label, Origin::Analyst);
        Mention { state, ..mention }
    };
    Ok(Article { text: text.into(), mentions: found.into_values().map(mention).collect(), ..article.clone() })
}

/// Text without its escapes.
fn plain(escaped: &str) -> Result<String, String> {
    let mut out = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (name, after) = rest[at + 1..].split_once(';').ok_or("an escape does not end")?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            number => {
                number.strip_prefix('#').and_then(|n| n.parse().ok()).and_then(char::from_u32).ok_or("an escape that nobody wrote")?
            }
        });
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}
