//! Mentions written into the text as elements around its words.

use super::xml::{Element, Node, between_tags, clean};
use crate::annotation::{Article, Label, Mention, MentionId, Origin};
use crate::text::Span;

/// An element around words; an empty span is a place between words.
pub struct Tag {
    pub span: Span,
    pub open: String,
    pub close: String,
}

/// The text between two places with tags in it. Those of `tags` that begin there lie inside one another or apart, the outer
/// one first.
pub fn weave(text: &str, part: Span, tags: &[Tag]) -> String {
    let mut out = String::new();
    let mut at = part.start;
    let mut open: Vec<&Tag> = Vec::new();
    let upto = |place: u32, at: &mut u32, out: &mut String| {
        out.push_str(&between_tags(Span { start: *at, end: place }.of(text).unwrap_or_default()));
        *at = place;
    };
    let first = tags.partition_point(|tag| tag.span.start < part.start);
    let is_last = part.end as usize == text.len();
    for tag in tags[first..].iter().take_while(|tag| tag.span.start < part.end || is_last) {
        while let Some(done) = open.pop_if(|done| done.span.end <= tag.span.start) {
            upto(done.span.end, &mut at, &mut out);
            out.push_str(&done.close);
        }
        upto(tag.span.start, &mut at, &mut out);
        out.push_str(&tag.open);
        if !tag.span.is_empty() {
            open.push(tag);
        }
    }
    while let Some(done) = open.pop() {
        upto(done.span.end, &mut at, &mut out);
        out.push_str(&done.close);
    }
    upto(part.end, &mut at, &mut out);
    out
}

/// The text in paragraphs, each with the line ends behind it; none ends inside one of the spans.
pub fn paragraphs(text: &str, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let bytes = text.as_bytes();
    let is_end = |byte: u8| matches!(byte, b'\n' | b'\r');
    let breaks = (1..bytes.len()).filter(|at| is_end(bytes[at - 1]) && !is_end(bytes[*at]));
    let mut spans: Vec<Span> = spans.collect();
    spans.sort();
    let mut reach = 0;
    let mut next = spans.into_iter().peekable();
    let mut out = Vec::new();
    let mut start = 0;
    for at in breaks.chain([bytes.len()]) {
        while let Some(span) = next.next_if(|span| (span.start as usize) < at) {
            reach = reach.max(span.end as usize);
        }
        if reach <= at && at > start {
            out.push(Span::new(start, at));
            start = at;
        }
    }
    out
}

/// The article as what was woven says it: its words, and a mention for each element with a class. `fault` is what was wrong
/// with the file that `content` is of.
///
/// # Errors
/// The fault, or that the words are not those of the article.
pub fn unwoven(content: &Element, fault: Option<String>, article: &Article) -> Result<Article, String> {
    let mut back = Article { mentions: Vec::new(), ..article.clone() };
    let mut text = String::new();
    gather(content, &mut text, &mut back);
    match fault {
        Some(fault) => Err(fault),
        None if text != clean(&article.text).0 => Err("the text differs".to_owned()),
        None => Ok(back),
    }
}

fn gather(element: &Element, text: &mut String, back: &mut Article) {
    for child in &element.children {
        match child {
            Node::Text(words) => text.push_str(words),
            Node::Element(inner) => {
                let start = text.len();
                gather(inner, text, back);
                if let Some(class) = inner.attribute("class") {
                    let (span, label) = (Span::new(start, text.len()), Label::new(class));
                    back.mentions.push(Mention::suggested(MentionId::of(&back.id, span, &label), span, label, Origin::Analyst));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_nest_touch_and_stay_in_their_paragraph() {
        let text = "A & B\r\n\nC D";
        let tag = |start, end, name: &str| Tag { span: Span::new(start, end), open: format!("<{name}>"), close: format!("</{name}>") };
        let place = |at| Tag { span: Span::new(at, at), open: "<x/>".to_owned(), close: String::new() };
        let tags = [tag(0, 5, "o"), tag(0, 1, "i"), tag(4, 5, "j"), place(8), tag(8, 9, "p"), place(11)];
        let parts = paragraphs(text, tags.iter().map(|tag| tag.span));
        let woven: Vec<String> = parts.iter().map(|part| weave(text, *part, &tags)).collect();
        assert_eq!(woven, ["<o><i>A</i> &amp; <j>B</j></o>&#13;\n\n", "<x/><p>C</p> D<x/>"]);
        assert_eq!(paragraphs(text, [Span::new(4, 9)].into_iter()), [Span::new(0, 11)]);
        assert_eq!(paragraphs("", [].into_iter()), []);
        assert_eq!(paragraphs("\n\na", [].into_iter()), [Span::new(0, 2), Span::new(2, 3)]);
    }
}
