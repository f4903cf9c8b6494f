//! Pieces of HTML that stand in other files: the bodies of feeds, of wires, of a page's JSON-LD.

use dom_query::Document;

use super::details::text_of;
use super::page::Page;
use super::{tree, walk};

/// The blocks of a text that may be marked up, or escaped once more; plain text has a line a paragraph.
pub fn page_of(text: &str) -> Page {
    let mut page = Page::default();
    let has = |tags: &[&str]| tags.iter().any(|tag| text.contains(tag));
    if has(&["</", "<p", "<br"]) || (text.contains('&') && text.contains(';')) {
        // Line ends mean nothing in markup; where there are no blocks they are all there is.
        let marked =
            if has(&["<p", "<br", "<div"]) { text.to_owned() } else { text.lines().map(|line| format!("<p>{line}</p>")).collect() };
        if let Some(root) = tree::parse(&marked).as_ref().and_then(Document::body) {
            walk::walk_whole(&root, &mut page);
        }
    }
    if page.is_empty() {
        text.lines().filter_map(|line| text_of(Some(line))).for_each(|line| page.push(&line, None, false));
    }
    page
}

/// The paragraphs of such a text.
pub fn paragraphs(text: &str) -> Vec<String> {
    page_of(text).text().lines().filter_map(|line| text_of(Some(line))).collect()
}

/// Such a text on one line, also where it was escaped more than once.
pub fn line_of(text: &str) -> Option<String> {
    let mut line = paragraphs(text).join(" ");
    for _ in 0..2 {
        if line.contains('&') && line.contains(';') {
            line = paragraphs(&line).join(" ");
        }
    }
    text_of(Some(&line))
}
