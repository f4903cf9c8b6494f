//! Exports of Nexis as web pages: the lines that a browser shows are those of the export as text.

use super::{nexis, page};
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::page::Page;
use crate::reading::reader::{How, Reader};
use crate::reading::tags::Tags;
use crate::reading::walk;

pub static READER: Reader = Reader { name: "nexis-html", what: "articles exported from Nexis as a web page", endings: &[], knows, read };

fn knows(head: &Head<'_>) -> bool {
    let is_page = head.lower(20).starts_with("<!doctype html") || head.root().is_some_and(|root| root.eq_ignore_ascii_case("html"));
    is_page && {
        let has_blocks = head.text.contains("<DOCFULL") || head.text.contains("<docfull");
        has_blocks || Tags::of(&head.text).any(|tag| nexis::knows_text(tag.before))
    }
}

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let (document, encoding) = page::tree_of(input, how)?;
    let mut shown = Page::default();
    if let Some(body) = document.body() {
        walk::walk_whole(&body, &mut shown);
    }
    if shown.is_empty() {
        return Err(Trouble::NoText);
    }
    nexis::hand_out(path, shown.text(), encoding, sink);
    Ok(())
}
