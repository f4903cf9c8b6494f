//! A report as one page of HTML that needs nothing else: a legend of the labels, an index of the entities with links to their
//! mentions, the articles with every mention marked; light, dark and on paper. No script, and all that comes from outside
//! is escaped.

mod page;
mod read_back;

use super::format::{Container, Format, Writer};

pub static FORMAT: Format = Format {
    name: "html",
    title: "HTML report",
    what: "one page to read, print and send: legend, index of entities, articles with their mentions",
    extension: "html",
    unit: None,
    reader: None,
    writer: Some(Writer { keeps: KEPT, ..Writer::new(page::write, read_back::read_back, Container::Whole { join: page::join }) }),
};

use super::format::Field;

/// What a reader of the page finds; other fields are not shown.
const KEPT: &[Field] = &[Field::State];
