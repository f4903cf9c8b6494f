//! What a document says, block by block, while it is read: paragraphs with what their style says of them, tables, notes.

use crate::annotation::{Meta, ZoneKind};
use crate::reading::page::Page;

/// What the style of a paragraph says of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    #[default]
    Body,
    /// The title of the document, or the line under it.
    Title,
    /// Over a part of the document; the first one, before anything else, is its title.
    Heading,
    /// Of a list: stands on the line after the one before it.
    Item,
    Caption,
    Byline,
    /// A table of contents, an index.
    Contents,
}

impl Kind {
    /// By the name of a style as programs write it, whatever language they speak.
    pub fn of_style(name: &str) -> Self {
        let name = name.replace("_20_", " ").to_lowercase();
        let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
        if begins(&["toc ", "contents ", "table of ", "index ", "illustration index", "user index"]) {
            Kind::Contents
        } else if name == "title" || name == "subtitle" {
            Kind::Title
        } else if begins(&["heading"]) {
            Kind::Heading
        } else if name.ends_with("caption") || matches!(name.as_str(), "illustration" | "figure" | "drawing") {
            Kind::Caption
        } else if matches!(name.as_str(), "author" | "date") {
            Kind::Byline
        } else if begins(&["list "]) && name != "list contents" {
            Kind::Item
        } else {
            Kind::Body
        }
    }
}

/// A row of a table: its cells, and in each its paragraphs.
pub type Row = Vec<Vec<String>>;

#[derive(Default)]
pub struct Blocks {
    page: Page,
    /// Whether nothing but titles stands there yet.
    has_body: bool,
    notes: Vec<String>,
}

impl Blocks {
    pub fn push(&mut self, text: &str, kind: Kind) {
        let text = text.trim();
        if text.is_empty() {
            // What stands apart is no one list.
            self.page.part();
            return;
        }
        let zone = match kind {
            Kind::Title if !self.has_body => Some(ZoneKind::Headline),
            Kind::Heading if self.page.is_empty() => Some(ZoneKind::Headline),
            Kind::Caption => Some(ZoneKind::Caption),
            Kind::Byline if !self.has_body => Some(ZoneKind::Byline),
            Kind::Contents => Some(ZoneKind::Boilerplate),
            Kind::Body | Kind::Title | Kind::Heading | Kind::Item | Kind::Byline => None,
        };
        self.has_body |= !matches!(zone, Some(ZoneKind::Headline | ZoneKind::Byline | ZoneKind::Boilerplate));
        self.page.push(text, zone, matches!(kind, Kind::Item | Kind::Contents));
    }

    /// Adds a table, a row a line and a tab between two cells, so that no name goes from one into the next. A cell of several
    /// paragraphs, as in pages that were laid out with tables, has a line for each.
    pub fn push_table(&mut self, rows: &[Row]) {
        self.page.part();
        rows.iter().flat_map(lines_of_row).for_each(|line| {
            self.page.push(&line, None, true);
            self.has_body = true;
        });
        self.page.part();
    }

    /// What stands at the foot of a page, or at the end: it follows the text.
    pub fn push_note(&mut self, text: &str) {
        self.notes.push(text.trim().to_owned());
    }

    /// What stands in a cell or a note, line by line.
    pub fn into_lines(self) -> Vec<String> {
        self.into_page(Meta::default()).blocks().flat_map(str::lines).map(str::to_owned).collect()
    }

    pub fn into_page(mut self, meta: Meta) -> Page {
        self.page.part();
        self.notes.iter().for_each(|note| self.page.push(note, None, false));
        self.page.meta = meta;
        self.page
    }
}

/// The lines of a row. Those inside a cell do not run into the next cell.
pub fn lines_of_row(row: &Row) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut joins = false;
    for cell in row {
        let mut paragraphs = cell.iter().map(|paragraph| paragraph.trim()).filter(|line| !line.is_empty());
        let Some(first) = paragraphs.next() else { continue };
        match lines.last_mut().filter(|_| joins) {
            Some(line) => {
                line.push('\t');
                line.push_str(first);
            }
            None => lines.push(first.to_owned()),
        }
        let before = lines.len();
        lines.extend(paragraphs.map(str::to_owned));
        joins = lines.len() == before;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_the_names_that_programs_write() {
        for (name, kind) in [
            ("heading 1", Kind::Heading),
            ("Heading_20_2", Kind::Heading),
            ("Title", Kind::Title),
            ("Subtitle", Kind::Title),
            ("toc 2", Kind::Contents),
            ("Contents_20_1", Kind::Contents),
            ("Image Caption", Kind::Caption),
            ("Author", Kind::Byline),
            ("List Bullet 2", Kind::Item),
            ("List Paragraph", Kind::Item),
            ("Table_20_Contents", Kind::Body),
            ("Body Text", Kind::Body),
            ("Normal", Kind::Body),
            ("", Kind::Body),
        ] {
            assert_eq!(Kind::of_style(name), kind, "{name}");
        }
    }

    #[test]
    fn cells_are_kept_apart() {
        let row = |cells: &[&[&str]]| lines_of_row(&cells.iter().map(|cell| cell.iter().map(ToString::to_string).collect()).collect());
        assert_eq!(row(&[&["Graz"], &[" Marta Lind"], &[""]]), ["Graz\tMarta Lind"]);
        assert_eq!(row(&[&["LP"], &["One.", "Two."], &["Three."]]), ["LP\tOne.", "Two.", "Three."]);
        assert_eq!(row(&[&[], &[]]), Vec::<String>::new());
    }
}
