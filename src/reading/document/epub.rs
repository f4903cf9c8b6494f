//! EPUB: books, magazines and newspapers to be read on a screen. Each of its documents is an article, in the order in which
//! they are read.
//!
//! Read by hand: what is in a container of ZIP is told by two files of XML, and its documents are pages, which are read here
//! anyway; rbook 0.7 would do the first half, with 29 crates. What is wrong here: a chapter that a program cut in
//! several documents is as many articles.

use std::collections::BTreeMap;

use dom_query::Document;

use crate::annotation::{ArticleId, Meta, ZoneKind};
use crate::reading::article::{from_page, id_of};
use crate::reading::days::day_in;
use crate::reading::decode::decode_html;
use crate::reading::details::text_of;
use crate::reading::fault::Trouble;
use crate::reading::incoming::{Incoming, Sink};
use crate::reading::input::{Head, Input};
use crate::reading::packed::Packed;
use crate::reading::page::Page;
use crate::reading::reader::{How, Reader};
use crate::reading::xml::{self, attribute, child, children, line_in, path};
use crate::reading::{tree, walk};

pub static READER: Reader = Reader { name: "epub", what: "an e-book (EPUB)", endings: &["epub"], knows, read };

fn knows(head: &Head<'_>) -> bool {
    let start = &head.bytes[..head.bytes.len().min(200)];
    head.bytes.starts_with(b"PK\x03\x04") && (head.ending() == "epub" || memchr::memmem::find(start, b"application/epub+zip").is_some())
}

fn read(input: &mut Input<'_>, _: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let stem = id_of(input.path);
    let mut packed = Packed::open(input.bytes()?)?;
    if packed.has("META-INF/rights.xml") {
        return Err(Trouble::Locked);
    }
    let missing = || Trouble::Partial("is a damaged e-book: it does not say what is in it; ask for it again".to_owned());
    let container = text_in(&mut packed, "META-INF/container.xml")?.ok_or_else(missing)?;
    let container = xml::parse(&container)?;
    let list =
        path(container.root_element(), &["rootfiles", "rootfile"]).and_then(|file| attribute(file, "full-path")).ok_or_else(missing)?;
    let book = Book::of(&text_in(&mut packed, list)?.ok_or_else(missing)?, list)?;
    let mut made = Vec::new();
    for name in &book.documents {
        if sink.is_cancelled() {
            return Ok(());
        }
        match page_in(&mut packed, name) {
            Ok(page) => made.extend(page),
            Err(trouble) => sink.tell(trouble.inside(name)),
        }
    }
    if made.is_empty() {
        return Err(Trouble::NoText);
    }
    let is_one = made.len() == 1;
    for (i, mut page) in made.into_iter().enumerate() {
        let own = page.meta.title.take();
        page.meta = Meta {
            title: if is_one { book.meta.title.clone().or(own) } else { own },
            outlet: book.meta.title.clone().filter(|_| !is_one),
            ..book.meta.clone()
        };
        let id = if is_one { stem.clone() } else { ArticleId::new(&format!("{stem}-{}", i + 1)) };
        let number = if is_one { 0 } else { u32::try_from(i + 1).unwrap_or(u32::MAX) };
        sink.article(Incoming { number, ..Incoming::new(from_page(id, page)?, "UTF-8") });
    }
    Ok(())
}

fn text_in(packed: &mut Packed<'_>, name: &str) -> Result<Option<String>, Trouble> {
    let Some(bytes) = packed.read(name)? else { return Ok(None) };
    Ok(Some(xml::prepared(&decode_html(&bytes, None)?.text)))
}

/// What a book says of itself.
struct Book {
    meta: Meta,
    /// The names of its documents, in the order of reading; those that are only turned to last.
    documents: Vec<String>,
}

impl Book {
    fn of(list: &str, at: &str) -> Result<Self, Trouble> {
        let list = xml::parse(list)?;
        let root = list.root_element();
        let said = |wanted| path(root, &["metadata", wanted]).and_then(line_in);
        let meta = Meta {
            title: said("title"),
            byline: said("creator"),
            published: said("date").and_then(|day| day_in(&day)),
            language: said("language").filter(|tag| is_language(tag)),
            ..Meta::default()
        };
        let folder = at.rsplit_once('/').map_or("", |(folder, _)| folder);
        let items: BTreeMap<&str, _> = child(root, "manifest")
            .into_iter()
            .flat_map(|all| children(all, "item"))
            .filter_map(|item| Some((attribute(item, "id")?, item)))
            .collect();
        let mut documents = Vec::new();
        let mut aside = Vec::new();
        for place in child(root, "spine").into_iter().flat_map(|spine| children(spine, "itemref")) {
            let Some(item) = attribute(place, "idref").and_then(|id| items.get(id)) else { continue };
            // Its table of contents, as a page.
            let is_contents = attribute(*item, "properties").is_some_and(|all| all.split_whitespace().any(|one| one == "nav"));
            let Some(name) = attribute(*item, "href").filter(|_| !is_contents) else { continue };
            let to = if attribute(place, "linear") == Some("no") { &mut aside } else { &mut documents };
            to.push(joined(folder, name));
        }
        documents.extend(aside);
        Ok(Self { meta, documents })
    }
}

/// A name as it stands in a list that lies in a folder; what is escaped in it as in an address is not.
fn joined(folder: &str, name: &str) -> String {
    let name = name.split('#').next().unwrap_or_default();
    let mut plain = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let escaped =
            after.get(..2).filter(|_| *byte == b'%').and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        plain.push(escaped.unwrap_or(*byte));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    let name = String::from_utf8_lossy(&plain).into_owned();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A document with its title; `None` where it is a cover or a page of titles.
fn page_in(packed: &mut Packed<'_>, name: &str) -> Result<Option<Page>, Trouble> {
    let Some(bytes) = packed.read(name)? else {
        return Err(Trouble::Partial("is named by the book and is not in it".to_owned()));
    };
    let text = decode_html(&bytes, None)?.text;
    let Some(document) = tree::parse(&text) else { return Err(Trouble::NoText) };
    let body = document.body();
    let kind = |document: &Document| {
        let of = |selector: &str| document.select(selector).attr("epub:type").map(|kind| kind.to_string()).unwrap_or_default();
        format!("{} {}", of("body"), of("body > section"))
    };
    if kind(&document).split_whitespace().any(|kind| matches!(kind, "cover" | "titlepage" | "toc" | "landmarks")) {
        return Ok(None);
    }
    // The number of a note, and the way back from it.
    document.select("[role='doc-noteref'], [role='doc-backlink'], [epub\\:type='noteref'], [epub\\:type='backlink']").remove();
    let mut page = Page::default();
    body.into_iter().for_each(|body| walk::walk_whole(&body, &mut page));
    let heading = page.hints().first().filter(|zone| zone.kind == ZoneKind::Headline).and_then(|zone| text_of(zone.span.of(page.text())));
    page.meta.title = heading.or_else(|| text_of(Some(&document.select("h1, h2, title").first().text())));
    Ok(Some(page).filter(|page| !page.is_empty()))
}

/// Whether a tag names a language: programs that run under the locale `C` write just that.
fn is_language(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_locale_is_no_language() {
        for (tag, is_one) in [("en", true), ("pt-BR", true), ("ger", true), ("C", false), ("POSIX", false), ("", false)] {
            assert_eq!(super::is_language(tag), is_one, "{tag}");
        }
    }
}
