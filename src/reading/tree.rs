//! The tree of a page, built piece by piece, so that a page which no parser can bear is given up in time.
//!
//! The time that parsers take grows with the square of how deep elements lie in one another. How deep they lie only the
//! parser knows: ends that are ignored, closed or reopened elements cannot be told from the tags alone. So it is asked
//! after each piece.

use std::cell::Cell;

use dom_query::{Document, NodeId};
use html5ever::interface::Tracer;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

use super::tags;

/// More open elements than this are no article.
const MAX_OPEN: usize = 256;

/// How much is parsed before the parser is asked again, in bytes: so little that the depth cannot grow by much meanwhile.
const PIECE: usize = 1 << 10;

/// The tree of a page; `None` where building it or walking it would take too long.
pub fn parse(html: &str) -> Option<Document> {
    if !tags::have_few_attributes(html) {
        return None;
    }
    // No script runs here, so what stands in `noscript` is part of the page.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(piece.into());
        let open = Open::default();
        parser.tokenizer.sink.trace_handles(&open);
        if open.0.get() > MAX_OPEN {
            return None;
        }
        rest = after;
    }
    Some(parser.finish())
}

/// Counts what the parser holds: the open elements, and the formatting that it will open again.
#[derive(Default)]
struct Open(Cell<usize>);

impl Tracer for Open {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_parsers_cannot_bear_are_known() {
        let n = 2000;
        for page in [
            "<div>".repeat(n),
            "<div a=\"</div>\">".repeat(n),
            "<div><p>x</p>".repeat(n),
            "<div></x>".repeat(n),
            "<div/>".repeat(n),
            "<div><table></div></table>".repeat(n),
            "<span><div></span></div>".repeat(n),
            "<div><textarea></div></textarea>".repeat(n),
            format!("<!--<p a=\"-->{}", "<b>".repeat(n)),
            format!("<svg>{}", "<div/>".repeat(n)),
            format!("<svg>{}", "<g a=b/>".repeat(n)),
            format!("<svg><script>{}", "<b>".repeat(n)),
            (0..n).map(|i| format!("<div><b a={i}>x</div>")).collect(),
            format!("<p {}>", "a='>'".repeat(3000)),
        ] {
            assert!(parse(&page).is_none(), "{page:.40}…");
        }
    }

    #[test]
    fn what_people_leave_open_is_no_depth() {
        let n = 2000;
        for page in [
            "<li>a".repeat(n),
            "<p>a".repeat(n),
            "<p><b>a".repeat(n),
            "<dt>a<dd>b".repeat(n),
            "<a name=x>a".repeat(n),
            format!("<table>{}", "<tr><td><font size=1>a<th>b".repeat(n)),
            format!("<select>{}", "<optgroup><option>a".repeat(n)),
            format!("<ruby>{}", "<rt>a<rp>b".repeat(n)),
            format!("<script>{}</script>", "for(i=0;i<n;i++)x();".repeat(n)),
            format!("<svg>{}</svg>", "<path d='M0 0'/>".repeat(n)),
            "<div><p class=x>a</div><!-- <div> -->".repeat(n),
        ] {
            assert!(parse(&page).is_some(), "{page:.40}…");
        }
    }

    #[test]
    fn a_page_in_pieces_is_the_same_page() {
        for shift in 0..16 {
            let page = format!("<p>{}{}", "x".repeat(shift), "Zoë &amp; 😀\r\n<b class='a&eacute;'>b</b><!-- c --><br/>".repeat(400));
            let tree = parse(&page).expect("it is flat");
            assert_eq!(tree.html(), Document::from(page.as_str()).html());
        }
    }
}
