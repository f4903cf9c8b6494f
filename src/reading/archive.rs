//! A ZIP of article files: each is read as if it lay in a folder. What is no article is passed over and counted; what looks
//! like a ZIP and is a document is read as one, whatever it is called.

use std::path::Path;

use super::document::{docx, epub, odt};
use super::fault::Trouble;
use super::folder::{extension, is_looked_for};
use super::incoming::{Incoming, Sink};
use super::input::Input;
use super::inside;
use super::packed::Packed;
use super::reader::{How, Reader};

pub static READER: Reader =
    Reader { name: "zip", what: "a ZIP of article files", endings: &["zip"], knows: |head| head.bytes.starts_with(b"PK\x03\x04"), read };

fn read(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path.to_owned();
    let mut packed = Packed::open(input.bytes()?)?;
    if let Some(reader) = document_in(&mut packed)? {
        return (reader.read)(input, how, sink);
    }
    if packed.has("[Content_Types].xml") {
        let remedy = format!("soffice --headless --convert-to pdf \"{}\"", path.display());
        return Err(Trouble::Foreign { what: "a spreadsheet, slides or another Office file without running text", remedy });
    }
    let names = packed.names();
    let (mut number, mut passed_over) = (0, 0);
    let cancel = sink.cancel();
    for name in names.iter().filter(|name| !name.ends_with('/')) {
        if sink.is_cancelled() {
            return Ok(());
        }
        if !is_wanted(name) {
            passed_over += 1;
            continue;
        }
        let mut take = |found: Result<Incoming, Trouble>| match found {
            Ok(mut incoming) => {
                number += 1;
                incoming.number = number;
                sink.article(incoming);
            }
            Err(trouble) => sink.tell(trouble),
        };
        let mut inner = Sink::new(&mut take, cancel);
        match packed.read(name) {
            Ok(Some(bytes)) => inside::read(name, &bytes, how, &mut inner),
            Ok(None) => {}
            Err(trouble) => inner.tell(trouble),
        }
    }
    if passed_over > 0 {
        sink.tell(Trouble::Told(format!("{passed_over} of the {} files in it are no articles and were passed over", names.len())));
    }
    if number == 0 { Err(Trouble::Partial("holds no articles that could be read".to_owned())) } else { Ok(()) }
}

/// Who reads it, where it is a document.
fn document_in(packed: &mut Packed<'_>) -> Result<Option<&'static Reader>, Trouble> {
    if packed.has("META-INF/container.xml") {
        return Ok(Some(&epub::READER));
    }
    if docx::is_one(packed)? {
        return Ok(Some(&docx::READER));
    }
    Ok((packed.has("content.xml") && packed.has("META-INF/manifest.xml")).then_some(&odt::READER))
}

/// Looked for in folders too; not what systems put beside the files.
fn is_wanted(name: &str) -> bool {
    let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    !is_hidden && is_looked_for(&extension(Path::new(name.trim_end_matches(".gz"))))
}
