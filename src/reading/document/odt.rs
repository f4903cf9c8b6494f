//! OpenDocument texts (ODT, and FODT, which is one XML file): what a reader of the document sees.
//!
//! Read by hand from its XML, with the `zip` crate around it; undoc 0.27, which reads Word documents, does not know ODT. What is wrong here: a
//! field that is hidden by a condition is read with what it showed last, numbers of lists are left out, and text of drawings
//! made of shapes is read as paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::blocks::{Blocks, Kind, Row};
use super::hand_out::{Told, hand_out};
use crate::annotation::Meta;
use crate::reading::decode::decode_html;
use crate::reading::fault::Trouble;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::packed::Packed;
use crate::reading::reader::{How, Reader};
use crate::reading::xml::{self, MAX_DEPTH, Xml, attribute, child, find, line_in, name, path};

pub static READER: Reader = Reader { name: "odt", what: "an OpenDocument text", endings: &["odt", "ott"], knows, read };

fn knows(head: &Head<'_>) -> bool {
    let is_called = READER.endings.contains(&head.ending().as_str());
    let start = &head.bytes[..head.bytes.len().min(200)];
    head.bytes.starts_with(b"PK\x03\x04")
        && (is_called || memchr::memmem::find(start, b"application/vnd.oasis.opendocument.text").is_some())
}

fn read(input: &mut Input<'_>, _: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut packed = Packed::open(input.bytes()?)?;
    let mut part = |name: &str| match packed.read(name)? {
        Some(bytes) => decode_html(&bytes, None).map(|decoded| Some(xml::prepared(&decoded.text))),
        None => Ok(None),
    };
    if part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Trouble::Locked);
    }
    let Some(content) = part("content.xml")? else {
        return Err(Trouble::Partial("holds no text of an OpenDocument; is it another program's?".to_owned()));
    };
    let (styles, meta) = (part("styles.xml")?, part("meta.xml")?);
    let content = xml::parse(&content)?;
    let mut known = Styles::default();
    if let Some(styles) = &styles {
        known.take(xml::parse(styles)?.root_element());
    }
    known.take(content.root_element());
    let told = match &meta {
        Some(meta) => xml::parse(meta).map(|meta| told_of(meta.root_element())).unwrap_or_default(),
        None => Told::default(),
    };
    hand_out_text(input, content.root_element(), &known, &told, "UTF-8", sink)
}

pub static FLAT_READER: Reader = Reader {
    name: "fodt",
    what: "an OpenDocument text in one XML file",
    endings: &["fodt"],
    knows: |head| head.root() == Some("office:document") && head.text.contains("opendocument.text"),
    read: read_flat,
};

fn read_flat(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut xml = Xml::of(input, how)?;
    xml.tell(sink);
    let document = xml.parse()?;
    let mut known = Styles::default();
    known.take(document.root_element());
    hand_out_text(input, document.root_element(), &known, &told_of(document.root_element()), xml.encoding, sink)
}

fn told_of(root: Node<'_, '_>) -> Told {
    let Some(meta) = child(root, "meta") else { return Told::default() };
    let of = |wanted| child(meta, wanted).and_then(line_in);
    Told { title: of("title"), author: of("initial-creator").or_else(|| of("creator")) }
}

fn hand_out_text(
    input: &Input<'_>,
    root: Node<'_, '_>,
    styles: &Styles,
    told: &Told,
    encoding: &'static str,
    sink: &mut Sink<'_>,
) -> Result<(), Trouble> {
    let text = path(root, &["body", "text"]).or_else(|| find(root, "text")).ok_or(Trouble::NoText)?;
    let mut writer = Writer { styles, blocks: Blocks::default(), notes: Vec::new() };
    writer.blocks_in(text, None, 0);
    let mut at = 0;
    while at < writer.notes.len() {
        let (lines, more) = lines_in(writer.notes[at], styles, 0);
        writer.notes.extend(more);
        writer.blocks.push_note(&lines.join("\n"));
        at += 1;
    }
    let page = writer.blocks.into_page(Meta::default());
    hand_out(input, page, told, encoding, Vec::new(), sink)
}

/// What styles say, by their names.
#[derive(Default)]
struct Styles {
    kinds: BTreeMap<String, Kind>,
    hidden: BTreeSet<String>,
}

impl Styles {
    fn take(&mut self, root: Node<'_, '_>) {
        for group in root.children().filter(|group| matches!(name(*group), "styles" | "automatic-styles")) {
            for style in xml::children(group, "style") {
                let Some(id) = attribute(style, "name") else { continue };
                let of = |said: &str| self.kinds.get(said).copied().unwrap_or_else(|| Kind::of_style(said));
                let own = attribute(style, "display-name").map(Kind::of_style).filter(|kind| *kind != Kind::Body);
                let kind = match (own, attribute(style, "parent-style-name").map(of)) {
                    (Some(own), _) => own,
                    (None, inherited) => Some(Kind::of_style(id)).filter(|kind| *kind != Kind::Body).or(inherited).unwrap_or_default(),
                };
                self.kinds.insert(id.to_owned(), kind);
                let is_hidden = child(style, "text-properties").is_some_and(|text| attribute(text, "display") == Some("none"));
                if is_hidden {
                    self.hidden.insert(id.to_owned());
                }
            }
        }
    }

    fn of(&self, node: Node<'_, '_>) -> Kind {
        attribute(node, "style-name").map_or(Kind::Body, |id| self.kinds.get(id).copied().unwrap_or_else(|| Kind::of_style(id)))
    }

    fn hides(&self, node: Node<'_, '_>) -> bool {
        attribute(node, "style-name").is_some_and(|id| self.hidden.contains(id))
    }
}

/// What is not read, with all that stands in it.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "annotation-end"
            | "ruby-text"
            | "forms"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "hidden-text"
            | "hidden-paragraph"
            | "title"
            | "desc"
            | "note-citation"
            | "script"
            | "event-listeners"
            | "table-of-content-source"
            | "illustration-index-source"
            | "alphabetical-index-source"
            | "bibliography-source"
            | "user-index-source"
            | "binary-data"
            | "shapes"
    )
}

struct Writer<'s, 'a, 'd> {
    styles: &'s Styles,
    blocks: Blocks,
    notes: Vec<Node<'a, 'd>>,
}

impl<'a, 'd> Writer<'_, 'a, 'd> {
    /// `kind` is what everything in it is, whatever its style.
    fn blocks_in(&mut self, node: Node<'a, 'd>, kind: Option<Kind>, depth: usize) {
        for inside in node.children().filter(Node::is_element) {
            match name(inside) {
                "p" => self.paragraph(inside, kind.unwrap_or_else(|| self.styles.of(inside)), depth),
                "h" => self.paragraph(
                    inside,
                    kind.or(Some(self.styles.of(inside)).filter(|kind| *kind != Kind::Body)).unwrap_or(Kind::Heading),
                    depth,
                ),
                "table" => {
                    let rows = self.rows_of(inside, depth);
                    self.blocks.push_table(&rows);
                }
                called if is_left_out(called) || depth >= MAX_DEPTH => {}
                "list" => {
                    self.blocks_in(inside, kind.or(Some(Kind::Item)), depth + 1);
                    if kind.is_none() {
                        self.blocks.push("", Kind::Body);
                    }
                }
                "index-body" => self.blocks_in(inside, Some(Kind::Contents), depth + 1),
                _ => self.blocks_in(inside, kind, depth + 1),
            }
        }
    }

    fn paragraph(&mut self, paragraph: Node<'a, 'd>, kind: Kind, depth: usize) {
        let mut line = Line { styles: self.styles, text: String::new(), boxes: Vec::new(), notes: &mut self.notes };
        if !self.styles.hides(paragraph) {
            line.add(paragraph, depth);
        }
        let (text, boxes) = (line.text, line.boxes);
        self.blocks.push(&text, kind);
        for one in boxes.into_iter().filter(|_| depth < MAX_DEPTH) {
            self.blocks_in(one, None, depth + 1);
        }
    }

    fn rows_of(&mut self, table: Node<'a, 'd>, depth: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for row in within(table, "table-row") {
            let mut cells = Vec::new();
            for cell in within(row, "table-cell") {
                let (lines, notes) = lines_in(cell, self.styles, depth);
                self.notes.extend(notes);
                cells.push(lines);
            }
            rows.push(cells);
        }
        rows
    }
}

/// Rows of a table, or cells of a row, also those in groups, and those of heads.
fn within<'a, 'd>(node: Node<'a, 'd>, wanted: &str) -> Vec<Node<'a, 'd>> {
    let mut found = Vec::new();
    let mut open: Vec<Node<'a, 'd>> = node.children().rev().filter(Node::is_element).collect();
    while let Some(inside) = open.pop() {
        let called = name(inside);
        if called == wanted {
            found.push(inside);
        } else if matches!(called, "table-header-rows" | "table-rows" | "table-row-group" | "table-header-columns") {
            open.extend(inside.children().rev().filter(Node::is_element));
        }
    }
    found
}

/// The paragraphs of a cell or a note, each a line, those of tables inside it too, and the notes that they refer to.
fn lines_in<'a, 'd>(node: Node<'a, 'd>, styles: &Styles, depth: usize) -> (Vec<String>, Vec<Node<'a, 'd>>) {
    let mut writer = Writer { styles, blocks: Blocks::default(), notes: Vec::new() };
    if depth < MAX_DEPTH {
        writer.blocks_in(node, None, depth + 1);
    }
    (writer.blocks.into_lines(), writer.notes)
}

/// The words of a paragraph.
struct Line<'s, 'n, 'a, 'd> {
    styles: &'s Styles,
    text: String,
    /// Boxes that are anchored in it follow it.
    boxes: Vec<Node<'a, 'd>>,
    notes: &'n mut Vec<Node<'a, 'd>>,
}

impl<'a, 'd> Line<'_, '_, 'a, 'd> {
    fn add(&mut self, node: Node<'a, 'd>, depth: usize) {
        for inside in node.children() {
            if inside.is_text() {
                self.push(inside.text().unwrap_or_default());
                continue;
            }
            match name(inside) {
                "s" => {
                    let count = attribute(inside, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                    self.text.extend(std::iter::repeat_n(' ', count.min(100)));
                }
                "tab" => self.text.push('\t'),
                "line-break" => self.text.push('\n'),
                "note" => self.notes.extend(child(inside, "note-body")),
                "text-box" => self.boxes.push(inside),
                "span" if self.styles.hides(inside) => {}
                called if is_left_out(called) || depth >= MAX_DEPTH => {}
                // A shape holds paragraphs of its own.
                "p" | "h" => self.boxes.extend(inside.parent().filter(|shape| self.boxes.last() != Some(shape))),
                _ => self.add(inside, depth + 1),
            }
        }
    }

    /// White space of the file is one blank, as its rules say; more of it is written in elements.
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if !matches!(c, ' ' | '\t' | '\n' | '\r') {
                self.text.push(c);
            } else if !self.text.ends_with([' ', '\n']) && !self.text.is_empty() {
                self.text.push(' ');
            }
        }
    }
}
