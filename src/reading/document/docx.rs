//! Word documents (DOCX): what a reader of the document sees.
//!
//! Read by hand from its XML, with the `zip` crate around it. Ready readers were compared on documents with a name in every wrapper that
//! Word knows (smart tags, ruby, insertions, text boxes, fields, content controls): undoc 0.27 shows moved text twice and
//! hidden text too, and glues the number of a note to the word before it; docx-rs 0.4 has no smart tags and no text of notes.
//! What is wrong here: numbers of lists and signs of picture fonts (`w:sym` in Wingdings) are left out, columns of text made
//! with tab stops are lines with tabs, and text of charts and drawn diagrams, which lies in other parts, is not read.

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
use crate::reading::xml::{self, MAX_DEPTH, attribute, child, children, line_in, name, path};

pub static READER: Reader = Reader { name: "docx", what: "a Word document", endings: &["docx", "docm", "dotx"], knows, read };

fn knows(head: &Head<'_>) -> bool {
    let is_called = READER.endings.contains(&head.ending().as_str());
    head.bytes.starts_with(b"PK\x03\x04") && (is_called || memchr::memmem::find(head.bytes, b"word/document").is_some())
}

fn read(input: &mut Input<'_>, _: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut packed = Packed::open(input.bytes()?)?;
    let main = main_part(&mut packed)?.ok_or(Trouble::Partial("holds no Word text; is it another program's?".to_owned()))?;
    let styles = match part(&mut packed, "styles", &main)? {
        Some(text) => Styles::of(&xml::parse(&text)?.root_element()),
        None => Styles::default(),
    };
    let text = text_of(&mut packed, &main)?.ok_or(Trouble::NoText)?;
    let document = xml::parse(&text)?;
    let mut writer = Writer::new(&styles);
    if let Some(body) = child(document.root_element(), "body") {
        writer.blocks_in(body, 0);
    }
    writer.end(Kind::Body);
    for kind in ["footnote", "endnote"] {
        let wanted: Vec<String> = writer.notes.iter().filter(|(of, _)| *of == kind).map(|(_, id)| id.clone()).collect();
        let Some(text) = part(&mut packed, &format!("{kind}s"), &main)?.filter(|_| !wanted.is_empty()) else { continue };
        let notes = xml::parse(&text)?;
        let notes: BTreeMap<&str, Node<'_, '_>> =
            children(notes.root_element(), kind).filter_map(|note| Some((attribute(note, "id")?, note))).collect();
        for note in wanted.iter().filter_map(|id| notes.get(id.as_str())) {
            writer.blocks.push_note(&lines_in(*note, &styles, 0).0.join("\n"));
        }
    }
    let page = writer.blocks.into_page(Meta::default());
    let told = told_of(&mut packed)?;
    hand_out(input, page, &told, "UTF-8", Vec::new(), sink)
}

/// What the core properties say.
fn told_of(packed: &mut Packed<'_>) -> Result<Told, Trouble> {
    let Some(text) = text_of(packed, "docProps/core.xml")? else { return Ok(Told::default()) };
    let Ok(core) = xml::parse(&text) else { return Ok(Told::default()) };
    let of = |wanted| child(core.root_element(), wanted).and_then(line_in);
    Ok(Told { title: of("title"), author: of("creator") })
}

/// A part of the document as text.
fn text_of(packed: &mut Packed<'_>, name: &str) -> Result<Option<String>, Trouble> {
    let Some(bytes) = packed.read(name)? else { return Ok(None) };
    Ok(Some(xml::prepared(&decode_html(&bytes, None)?.text)))
}

/// Whether a container is a Word document.
///
/// # Errors
/// Where it is damaged.
pub fn is_one(packed: &mut Packed<'_>) -> Result<bool, Trouble> {
    Ok(main_part(packed)?.is_some_and(|name| name.starts_with("word/")))
}

/// Where the text stands: what the package itself says, else where Word puts it.
fn main_part(packed: &mut Packed<'_>) -> Result<Option<String>, Trouble> {
    let told = related(packed, "_rels/.rels", "officeDocument", "")?;
    Ok(told.into_iter().chain(["word/document.xml".to_owned()]).find(|name| packed.has(name)))
}

/// A part that the text refers to, such as its styles.
fn part(packed: &mut Packed<'_>, kind: &str, main: &str) -> Result<Option<String>, Trouble> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let told = related(packed, &format!("{folder}/_rels/{file}.rels"), kind, folder)?;
    let usual = format!("{folder}/{kind}.xml");
    match told.into_iter().chain([usual]).find(|name| packed.has(name)) {
        Some(name) => text_of(packed, &name),
        None => Ok(None),
    }
}

/// The target of a kind in a list of relationships.
fn related(packed: &mut Packed<'_>, list: &str, kind: &str, folder: &str) -> Result<Option<String>, Trouble> {
    let Some(text) = text_of(packed, list)? else { return Ok(None) };
    let Ok(list) = xml::parse(&text) else { return Ok(None) };
    let wanted = list.root_element().children().find(|one| attribute(*one, "Type").is_some_and(|of| of.rsplit('/').next() == Some(kind)));
    let target = wanted.and_then(|one| attribute(one, "Target"));
    Ok(target.map(|target| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    }))
}

/// What styles say, by their ids.
#[derive(Default)]
struct Styles {
    kinds: BTreeMap<String, Kind>,
    hidden: BTreeSet<String>,
}

impl Styles {
    fn of(root: &Node<'_, '_>) -> Self {
        let mut styles = Self::default();
        for style in children(*root, "style") {
            let Some(id) = attribute(style, "styleId") else { continue };
            let name = child(style, "name").and_then(|name| attribute(name, "val")).unwrap_or(id);
            styles.kinds.insert(id.to_owned(), Kind::of_style(name));
            if is_on(child(style, "rPr"), "vanish") {
                styles.hidden.insert(id.to_owned());
            }
        }
        styles
    }

    fn of_paragraph(&self, properties: Option<Node<'_, '_>>) -> Kind {
        let style = properties.and_then(|all| child(all, "pStyle")).and_then(|style| attribute(style, "val"));
        let kind = style.and_then(|id| self.kinds.get(id)).copied().unwrap_or_default();
        let is_numbered =
            || properties.and_then(|all| path(all, &["numPr", "numId"])).is_some_and(|number| attribute(number, "val") != Some("0"));
        if kind == Kind::Body && is_numbered() { Kind::Item } else { kind }
    }

    /// Whether a run is not to be seen.
    fn hides(&self, run: Node<'_, '_>) -> bool {
        let properties = child(run, "rPr");
        let style = properties.and_then(|all| child(all, "rStyle")).and_then(|style| attribute(style, "val"));
        is_on(properties, "vanish") || style.is_some_and(|id| self.hidden.contains(id))
    }
}

/// Whether a property is there and not switched off.
fn is_on(properties: Option<Node<'_, '_>>, wanted: &'static str) -> bool {
    let property = properties.and_then(|all| child(all, wanted));
    property.is_some_and(|property| !matches!(attribute(property, "val"), Some("0" | "false" | "off")))
}

/// What is not read, with all that stands in it: what was struck, where it was before it was moved, comments, the phonetic
/// half of ruby, the commands of fields, and what stands there a second time for older programs.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "delText"
            | "delInstrText"
            | "instrText"
            | "rt"
            | "Fallback"
            | "pPr"
            | "rPr"
            | "tblPr"
            | "trPr"
            | "tcPr"
            | "sdtPr"
            | "sectPr"
            | "smartTagPr"
            | "customXmlPr"
            | "fldData"
            | "annotationRef"
    )
}

/// Whether a content control shows nothing but what to put there.
fn is_placeholder(control: Node<'_, '_>) -> bool {
    is_on(child(control, "sdtPr"), "showingPlcHdr")
}

/// The kind of a note, and its number.
type Reference = (&'static str, String);

struct Writer<'s> {
    styles: &'s Styles,
    blocks: Blocks,
    /// A paragraph whose end was struck goes on in the next.
    open: String,
    /// The notes in the order in which the text refers to them.
    notes: Vec<Reference>,
}

impl<'s> Writer<'s> {
    fn new(styles: &'s Styles) -> Self {
        Self { styles, blocks: Blocks::default(), open: String::new(), notes: Vec::new() }
    }

    fn end(&mut self, kind: Kind) {
        self.blocks.push(&std::mem::take(&mut self.open), kind);
    }

    fn blocks_in(&mut self, node: Node<'_, '_>, depth: usize) {
        for inside in node.children().filter(Node::is_element) {
            match name(inside) {
                "p" => self.paragraph(inside, depth),
                "tbl" => {
                    self.end(Kind::Body);
                    let rows = self.rows_of(inside, depth);
                    self.blocks.push_table(&rows);
                }
                "sdt" if is_placeholder(inside) => {}
                other if !is_left_out(other) && depth < MAX_DEPTH => self.blocks_in(inside, depth + 1),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: Node<'_, '_>, depth: usize) {
        let mut line = Line { styles: self.styles, text: std::mem::take(&mut self.open), boxes: Vec::new(), notes: &mut self.notes };
        line.add(paragraph, depth);
        let (text, boxes) = (line.text, line.boxes);
        self.open = text;
        let properties = child(paragraph, "pPr");
        if properties.and_then(|all| child(all, "rPr")).is_none_or(|mark| child(mark, "del").is_none() && child(mark, "moveFrom").is_none())
        {
            self.end(self.styles.of_paragraph(properties));
        }
        for one in boxes.into_iter().filter(|_| depth < MAX_DEPTH) {
            self.blocks_in(one, depth + 1);
        }
    }

    fn rows_of(&mut self, table: Node<'_, '_>, depth: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        let is_struck =
            |row: Node<'_, '_>| child(row, "trPr").is_some_and(|all| child(all, "del").is_some() || child(all, "moveFrom").is_some());
        for row in within(table, "tr").into_iter().filter(|row| !is_struck(*row)) {
            let mut cells = Vec::new();
            for cell in within(row, "tc") {
                let (lines, notes) = lines_in(cell, self.styles, depth);
                self.notes.extend(notes);
                cells.push(lines);
            }
            rows.push(cells);
        }
        rows
    }
}

fn note_kind(name: &str) -> Option<&'static str> {
    match name {
        "footnoteReference" => Some("footnote"),
        "endnoteReference" => Some("endnote"),
        _ => None,
    }
}

/// Rows of a table, or cells of a row, also those in wrappers.
fn within<'a, 'd>(node: Node<'a, 'd>, wanted: &str) -> Vec<Node<'a, 'd>> {
    let mut found = Vec::new();
    let mut open: Vec<Node<'a, 'd>> = node.children().rev().filter(Node::is_element).collect();
    while let Some(inside) = open.pop() {
        let called = name(inside);
        if called == wanted {
            found.push(inside);
        } else if !is_left_out(called) && !matches!(called, "p" | "tbl" | "tr" | "tc") {
            open.extend(inside.children().rev().filter(Node::is_element));
        }
    }
    found
}

/// The paragraphs of a cell or a note, each a line, those of tables inside it too, and the notes that they refer to.
fn lines_in(node: Node<'_, '_>, styles: &Styles, depth: usize) -> (Vec<String>, Vec<Reference>) {
    let mut writer = Writer::new(styles);
    if depth < MAX_DEPTH {
        writer.blocks_in(node, depth + 1);
    }
    writer.end(Kind::Body);
    (writer.blocks.into_lines(), writer.notes)
}

/// The words of a paragraph.
struct Line<'s, 'n, 'a, 'd> {
    styles: &'s Styles,
    text: String,
    /// Boxes that are anchored in it follow it.
    boxes: Vec<Node<'a, 'd>>,
    notes: &'n mut Vec<Reference>,
}

impl<'a, 'd> Line<'_, '_, 'a, 'd> {
    fn add(&mut self, node: Node<'a, 'd>, depth: usize) {
        for inside in node.children().filter(Node::is_element) {
            match name(inside) {
                "t" => self.text.push_str(inside.text().unwrap_or_default()),
                "tab" | "ptab" => self.text.push('\t'),
                "br" | "cr" => self.text.push('\n'),
                "noBreakHyphen" => self.text.push('\u{2011}'),
                "softHyphen" => self.text.push('\u{AD}'),
                "sym" => self.text.extend(symbol(inside)),
                "txbxContent" => self.boxes.push(inside),
                "r" if self.styles.hides(inside) => {}
                "sdt" if is_placeholder(inside) => {}
                called => {
                    if let Some((kind, id)) = note_kind(called).zip(attribute(inside, "id")) {
                        self.notes.push((kind, id.to_owned()));
                    } else if !is_left_out(called) && depth < MAX_DEPTH {
                        self.add(inside, depth + 1);
                    }
                }
            }
        }
    }
}

/// A letter by its number; those of picture fonts have none that others know.
fn symbol(node: Node<'_, '_>) -> Option<char> {
    let code = u32::from_str_radix(attribute(node, "char")?, 16).ok()?;
    char::from_u32(code).filter(|c| !c.is_control() && !('\u{E000}'..='\u{F8FF}').contains(c))
}
