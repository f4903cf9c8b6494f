//! Exports of press archives as web pages: everything that a browser shows of an article is kept, and what is frame is
//! boilerplate.

use dom_query::{Document, NodeRef};

use crate::annotation::{Article, ArticleId, Extra, Meta, Zone, ZoneKind};
use crate::reading::article::id_of;
use crate::reading::decode::decode_html;
use crate::reading::details::text_of;
use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::Input;
use crate::reading::page::Page;
use crate::reading::reader::How;
use crate::reading::{tree, walk};

/// The tree of a page, and the encoding that it was in.
///
/// # Errors
/// Where it is no text, or nests deeper than any page.
pub fn tree_of(input: &mut Input<'_>, how: How<'_>) -> Result<(Document, &'static str), Trouble> {
    let decoded = decode_html(input.bytes()?, how.encoding)?;
    let document = tree::parse(&decoded.text).ok_or(Trouble::NoText)?;
    Ok((document, decoded.encoding))
}

/// The lines of everything inside an element.
pub fn lines_in(node: &NodeRef<'_>) -> Vec<String> {
    let mut page = Page::default();
    walk::walk_whole(node, &mut page);
    page.text().lines().filter_map(|line| text_of(Some(line))).collect()
}

/// The lines inside the first element that a selector finds.
pub fn lines_at(node: &NodeRef<'_>, selector: &str) -> Vec<String> {
    let inside = dom_query::Selection::from(*node);
    inside.select(selector).nodes().first().map(lines_in).unwrap_or_default()
}

pub fn line_at(node: &NodeRef<'_>, selector: &str) -> Option<String> {
    text_of(Some(&lines_at(node, selector).join(" ")))
}

/// An article made of lines, each a paragraph, of a known kind or body.
#[derive(Default)]
pub struct Made {
    text: String,
    zones: Vec<Zone>,
    pub meta: Meta,
    extras: Vec<Extra>,
}

impl Made {
    pub fn push(&mut self, line: &str, kind: Option<ZoneKind>) {
        if line.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let span = crate::text::Span::new(self.text.len(), self.text.len() + line.len());
        self.text.push_str(line);
        self.zones.extend(kind.map(|kind| Zone { span, kind }));
    }

    /// What is only to be kept.
    pub fn keep(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.extras.push(Extra { format: "archive".to_owned(), key: key.to_owned(), value: value.to_owned() });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn into_article(self, id: ArticleId) -> Article {
        let mut article = Article::new(id, self.text);
        (article.zones, article.meta, article.extras) = (self.zones, self.meta, self.extras);
        article
    }
}

/// Hands out the articles of an export. One without any text is told.
pub fn hand_out(input: &Input<'_>, made: Vec<Made>, encoding: &'static str, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let (stem, count) = (id_of(input.path), made.len());
    if made.iter().all(Made::is_empty) {
        return Err(Trouble::NoText);
    }
    for (i, made) in made.into_iter().enumerate() {
        if sink.is_cancelled() {
            break;
        }
        if made.is_empty() {
            sink.tell(Trouble::Partial(format!("article {} holds no text and was left out", i + 1)));
            continue;
        }
        let id = if count == 1 { stem.clone() } else { ArticleId::new(&format!("{stem}-{}", i + 1)) };
        let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
        sink.article(Incoming { number, ..Incoming::new(made.into_article(id), encoding) });
    }
    Ok(())
}
