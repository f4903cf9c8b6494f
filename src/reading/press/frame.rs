//! An article in its frame: what the archive wrote around it becomes metadata and zones, and its text stays as it was.

use super::fields::{Field, field_of, is_rights, language_tag};
use crate::annotation::{Article, ArticleId, Extra, Meta, Zone, ZoneKind};
use crate::reading::details::without_by;
use crate::text::Span;

/// A line without the blanks at its edges.
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    /// Bytes of the text.
    pub start: usize,
    pub text: &'t str,
}

impl Line<'_> {
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

pub fn lines_of(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push(Line { start: at + line.len() - line.trim_start().len(), text: line.trim() });
        at += line.len();
    }
    lines
}

/// An article while its frame is taken apart.
pub struct Frame<'t> {
    text: &'t str,
    pub lines: Vec<Line<'t>>,
    kinds: Vec<(Span, ZoneKind)>,
    pub meta: Meta,
    extras: Vec<Extra>,
}

impl<'t> Frame<'t> {
    /// `text` is the article with its frame and nothing else.
    pub fn new(text: &'t str) -> Self {
        Self { text, lines: lines_of(text), kinds: Vec::new(), meta: Meta::default(), extras: Vec::new() }
    }

    /// A line, from a byte of it on, is of a kind.
    pub fn mark(&mut self, line: usize, from: usize, kind: ZoneKind) {
        let Line { start, text } = self.lines[line];
        if from < text.len() {
            self.kinds.push((Span::new(start + from, start + text.len()), kind));
        }
    }

    pub fn mark_bytes(&mut self, start: usize, end: usize, kind: ZoneKind) {
        self.kinds.push((Span::new(start, end), kind));
    }

    pub fn boilerplate(&mut self, line: usize) {
        self.mark(line, 0, ZoneKind::Boilerplate);
    }

    /// What is only to be kept: the section, the length.
    pub fn keep(&mut self, key: &str, value: &str) {
        if !value.is_empty() && self.extras.iter().all(|extra| extra.key != key) {
            self.extras.push(Extra { format: "archive".to_owned(), key: key.to_owned(), value: value.to_owned() });
        }
    }

    /// The first line that is not blank, from a line on.
    pub fn next(&self, from: usize) -> usize {
        (from..self.lines.len()).find(|i| !self.lines[*i].is_blank()).unwrap_or(self.lines.len())
    }

    /// The first blank line, from a line on.
    pub fn blank(&self, from: usize) -> usize {
        (from..self.lines.len()).find(|i| self.lines[*i].is_blank()).unwrap_or(self.lines.len())
    }

    /// Words of some lines on one.
    pub fn words(&self, lines: std::ops::Range<usize>) -> String {
        let words: Vec<&str> = self.lines[lines].iter().flat_map(|line| line.text.split_whitespace()).collect();
        words.join(" ")
    }

    pub fn title(&mut self, lines: std::ops::Range<usize>) {
        lines.clone().for_each(|line| self.mark(line, 0, ZoneKind::Headline));
        let title = self.words(lines);
        self.meta.title = self.meta.title.take().or((!title.is_empty()).then_some(title));
    }

    /// The field that begins in a line, whose value begins at a byte of it and goes on to the end of its block or the next
    /// field. Answers the line after it.
    pub fn field(&mut self, line: usize, field: Field, value_at: usize) -> usize {
        let goes_on = |i: &usize| {
            let text = self.lines[*i].text;
            !text.is_empty() && field_of(text).is_none() && !is_rights(text)
        };
        let end = (line + 1..self.lines.len()).take_while(goes_on).last().map_or(line + 1, |last| last + 1);
        let first = self.lines[line].text.get(value_at..).unwrap_or_default();
        let rest = self.words(line + 1..end);
        let value = format!("{first} {rest}").trim().to_owned();
        let zone = match field {
            Field::Byline => ZoneKind::Byline,
            Field::Dateline => ZoneKind::Dateline,
            Field::Highlight => ZoneKind::Headline,
            Field::Graphic => ZoneKind::Caption,
            Field::Body | Field::Section | Field::Length | Field::Language | Field::Edition | Field::Other => ZoneKind::Boilerplate,
        };
        let Line { start, text } = self.lines[line];
        let name_end = text[..value_at.min(text.len())].trim_end().len();
        self.kinds.push((Span::new(start, start + name_end), ZoneKind::Boilerplate));
        if field == Field::Body {
            return line + 1;
        }
        self.mark(line, value_at, zone);
        (line + 1..end).for_each(|i| self.mark(i, 0, zone));
        match field {
            Field::Byline if self.meta.byline.is_none() && !value.is_empty() => {
                self.meta.byline = Some(without_by(&value).to_owned());
            }
            Field::Language => self.meta.language = language_tag(&value).map(str::to_owned),
            Field::Section => self.keep("section", &value),
            Field::Length => self.keep("length", &value),
            Field::Edition => self.keep("edition", &value),
            _ => {}
        }
        end
    }

    pub fn into_article(mut self, id: ArticleId) -> Article {
        let mut article = Article::new(id, self.text);
        self.kinds.sort();
        for (span, kind) in self.kinds.into_iter().filter(|(span, _)| !span.is_empty()) {
            match article.zones.last_mut() {
                Some(last) if last.span.end > span.start => {}
                Some(last) if last.kind == kind && self.text[last.span.end as usize..span.start as usize].trim().is_empty() => {
                    last.span.end = span.end;
                }
                _ => article.zones.push(Zone { span, kind }),
            }
        }
        article.meta = self.meta;
        article.extras = self.extras;
        article
    }
}
