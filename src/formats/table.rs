//! The formats there are: one file each, one line here.

use super::format::Format;

/// In the order in which they are listed and offered.
#[rustfmt::skip]
pub static FORMATS: &[&Format] = &[
    &super::jsonl::FORMAT,
    &super::csv::COMMA,
    &super::csv::EXCEL,
    &super::csv::TAB,
    &super::conll::IOB2,
    &super::conll::IOB1,
    &super::conll::BIOES,
    &super::spacy::FORMAT,
    &super::docbin::FORMAT,
    &super::labelstudio::FORMAT,
    &super::doccano::UTF16,
    &super::doccano::POINTS,
    &super::datasets::FORMAT,
    &super::brat::FORMAT,
    &super::prodigy::FORMAT,
    &super::webannotation::POINTS,
    &super::webannotation::UTF16,
    &super::tei::FORMAT,
    &super::uima::XMI,
    &super::uima::JSON,
    &super::bdocjs::FORMAT,
    &super::html::FORMAT,
    &super::markdown::FORMAT,
    &super::nitf::FORMAT,
    &super::ninjs::FORMAT,
    &super::graphml::FORMAT,
];

/// The format that `--from` and `--to` call so.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_name_of_its_own_and_says_what_it_is() {
        for (i, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..i].iter().all(|other| other.name != format.name && other.title != format.title), "{format}");
            assert!(!format.what.is_empty() && !format.extension.contains('.'), "{format}");
            assert!(format.reader.is_some() || format.writer.is_some(), "{format} goes nowhere");
        }
    }
}
