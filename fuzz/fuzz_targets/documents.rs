//! Documents, mail and archives: the first byte says which kind, and for those that are packed the rest is what is in them, so
//! that it is reached.
#![no_main]

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use libfuzzer_sys::fuzz_target;
use manicule::reading::{How, Input, READERS, read_input};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).expect("a name");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fuzz_target!(|data: &[u8]| {
    let [kind, bytes @ ..] = data else { return };
    let package = b"<package><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>";
    let container = b"<container><rootfiles><rootfile full-path='a.opf'/></rootfiles></container>";
    let (name, file) = match kind % 11 {
        0 => ("a.docx", zip(&[("word/document.xml", bytes)])),
        1 => ("a.docx", zip(&[("word/document.xml", b"<w:document xmlns:w='w'><w:body/></w:document>"), ("word/styles.xml", bytes)])),
        2 => ("a.odt", zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", bytes)])),
        3 => ("a.fodt", bytes.to_vec()),
        4 => ("a.rtf", bytes.to_vec()),
        5 => ("a.eml", bytes.to_vec()),
        6 => ("a.mhtml", bytes.to_vec()),
        7 => ("a.pdf", bytes.to_vec()),
        8 => ("a.epub", zip(&[("META-INF/container.xml", container), ("a.opf", package), ("a.xhtml", bytes)])),
        9 => ("a.epub", zip(&[("META-INF/container.xml", container), ("a.opf", bytes)])),
        _ => ("a.zip", bytes.to_vec()),
    };
    let Ok(input) = Input::of_bytes(Path::new(name), &file) else { return };
    for incoming in read_input(input, READERS, How::default(), &AtomicBool::new(false)).articles {
        let article = incoming.article;
        assert!(!article.text.trim().is_empty());
        let mut end = 0;
        for zone in &article.zones {
            assert!(zone.span.start >= end && zone.span.of(&article.text).is_some_and(|words| !words.is_empty()));
            end = zone.span.end;
        }
    }
});
