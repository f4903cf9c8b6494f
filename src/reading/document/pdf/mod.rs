//! PDF with a text layer: what a reader of the pages sees, in reading order.
//!
//! The objects are read by hayro-syntax, what the codes of a font stand for by hayro-font; where each letter stands is worked
//! out here (`glyphs`), and so are lines (`lines`) and paragraphs (`flow`). Compared on files of LibreOffice, Chromium,
//! weasyprint, reportlab, groff and pdfTeX: pdf-extract 0.12 gives as good a text, but no lines of which
//! heads and paragraphs could be told, and by its code panics at what it does not expect and calls itself without an end on a page
//! that contains itself; pdf_oxide 0.3 weaves columns together; lopdf 0.47 cuts words at every kerning. Neither of the two
//! that are used bounds what it unpacks, so that is looked at first (`bounds`).
//!
//! What is wrong here: letters stand in the order in which the page draws them, which is that of reading wherever a program
//! made the page, but not always where a person laid it out; in a line of Hebrew or Arabic (`bidi`) nothing seen tells whether a
//! number stands before or behind the words of another direction; what hides under something else is text; a table is its rows, with tabs where its cells stand apart by more than a blank,
//! but not where a cell has several lines; what stands over the only page of a file is taken for its text.

mod bidi;
mod bounds;
mod flow;
mod glyphs;
mod lines;
mod locked;

#[cfg(test)]
mod tests;

use hayro_syntax::{LoadPdfError, Pdf};

use super::hand_out::{Told, hand_out};
use crate::reading::fault::Trouble;
use crate::reading::foreign::fresh;
use crate::reading::incoming::Sink;
use crate::reading::input::{Head, Input};
use crate::reading::reader::{How, Reader};
use glyphs::Reading;

pub static READER: Reader = Reader { name: "pdf", what: "a PDF", endings: &["pdf"], knows, read };

fn knows(head: &Head<'_>) -> bool {
    memchr::memmem::find(&head.bytes[..head.bytes.len().min(1024)], b"%PDF-").is_some()
}

fn read(input: &mut Input<'_>, _: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let bytes = input.bytes()?;
    let opened = locked::open(bytes)?;
    let plain = opened.as_ref().map_or(bytes, |opened| &opened.bytes);
    bounds::check(plain)?;
    let pdf = Pdf::new(plain.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Trouble::Locked,
        LoadPdfError::Invalid => bounds::damaged(),
    })?;
    let pages = pdf.pages();
    let mut reading = Reading::default();
    let mut read = Vec::new();
    for page in pages.iter().take(MAX_PAGES) {
        if sink.is_cancelled() || reading.is_spent() {
            break;
        }
        read.push(lines::of(reading.page(page)));
    }
    let mut notes = Vec::new();
    if read.len() < pages.len() {
        notes.push(Trouble::Partial(format!(
            "only {} of its {} pages were read, for they hold more than any article; cut it in parts",
            read.len(),
            pages.len()
        )));
    }
    let empty: Vec<usize> = (0..read.len()).filter(|at| read[*at].is_empty()).map(|at| at + 1).collect();
    let path = input.path.display();
    let remedy = format!("ocrmypdf --skip-text \"{path}\" \"{}\"", fresh(input.path, "pdf").display());
    if empty.len() == read.len() {
        let scanned = "a scanned PDF, pictures of pages without text";
        return Err(if reading.pictures > 0 { Trouble::Foreign { what: scanned, remedy } } else { Trouble::NoText });
    }
    if !empty.is_empty() && reading.pictures > 0 {
        let told: Vec<String> = empty.iter().take(20).map(ToString::to_string).collect();
        notes.push(Trouble::Partial(format!("holds no text on page {}, which may be scanned; to read it too: {remedy}", told.join(", "))));
    }
    if reading.unknown * 10 > reading.known {
        notes.push(Trouble::Partial(format!(
            "{} of its letters have no names in the file and are not here; to read them from their pictures: {}",
            reading.unknown,
            remedy.replace("--skip-text", "--force-ocr")
        )));
    }
    let own = Told { title: text_of(pdf.metadata().title.as_deref()), author: text_of(pdf.metadata().author.as_deref()) };
    let told = opened.map(|opened| Told { title: opened.title, author: opened.author });
    let told = told.filter(|told| told.title.is_some() || told.author.is_some()).unwrap_or(own);
    hand_out(input, flow::page_of(read), &told, "UTF-8", notes, sink)
}

/// More pages than this are no article.
const MAX_PAGES: usize = 3_000;

/// A text of PDF: UTF-16 or UTF-8 with a mark, else Latin letters.
fn text_of(bytes: Option<&[u8]>) -> Option<String> {
    bytes.map(glyphs::text_string)
}
