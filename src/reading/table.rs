//! The readers of article files. One that is new has its file and its line here.

use super::archive;
use super::document::{docx, epub, odt, pdf, rtf};
use super::mail::{eml, mhtml};
use super::press::{europresse, factiva, nexis, nexis_page, proquest};
use super::reader::Reader;
use super::wire::{anpa, feed, highlights, iptc7901, newsml, newsml_g2, ninjs, nitf, ritzau, sgml, together};
use super::{html, markdown, text, warc};

/// In the order in which they are asked whether they know a file: exports that are web pages before the page itself; the last
/// reads any text.
#[rustfmt::skip]
pub static READERS: &[&Reader] = &[
    &docx::READER,
    &epub::READER,
    &odt::READER,
    &odt::FLAT_READER,
    &archive::READER,
    &warc::READER,
    &rtf::READER,
    &pdf::READER,
    &mhtml::READER,
    &eml::READER,
    &nexis_page::READER,
    &europresse::READER,
    &factiva::READER,
    &factiva::XML_READER,
    &together::READER,
    &nitf::READER,
    &newsml_g2::READER,
    &newsml::READER,
    &ritzau::READER,
    &feed::READER,
    &ninjs::READER,
    &iptc7901::READER,
    &anpa::READER,
    &sgml::READER,
    &nexis::READER,
    &proquest::READER,
    &factiva::LINES_READER,
    &highlights::READER,
    &html::READER,
    &markdown::READER,
    &text::READER,
];

#[cfg(test)]
mod tests {
    use super::super::folder::is_article_ending;
    use super::*;

    #[test]
    fn every_reader_has_a_name_of_its_own_and_its_files_are_looked_for() {
        for (i, reader) in READERS.iter().enumerate() {
            assert!(READERS[..i].iter().all(|other| other.name != reader.name && other.what != reader.what), "{}", reader.name);
            assert!(reader.endings.iter().all(|ending| is_article_ending(ending)), "{}", reader.name);
        }
        assert_eq!(READERS.last().map(|reader| reader.name), Some("text"), "who reads any text comes last");
    }
}
