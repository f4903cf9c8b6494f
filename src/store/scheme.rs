//! A scheme as a file of its own, so that a team can share its labels and guidelines.

use super::form::SchemeForm;
use super::head::parse_ron;
use super::read::scheme;
use super::{Fault, write};
use crate::annotation::{Scheme, SchemeFault};

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SchemeFileFault {
    #[error(transparent)]
    File(#[from] Fault),
    #[error("{}; correct the file and import it again", told(.0))]
    Scheme(Vec<SchemeFault>),
}

fn told(faults: &[SchemeFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The text of a scheme file.
pub fn write_scheme(scheme: &Scheme) -> String {
    format!("#![enable(implicit_some)]\n{}\n", write::scheme(scheme))
}

/// Reads a scheme file.
///
/// # Errors
/// What is wrong with the file, by line, or with the labels in it, all at once.
pub fn read_scheme(bytes: &[u8]) -> Result<Scheme, SchemeFileFault> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::Encoding(error.valid_up_to()))?;
    let form: SchemeForm = parse_ron(text)?;
    let scheme = scheme(form);
    let faults = scheme.faults();
    if faults.is_empty() { Ok(scheme) } else { Err(SchemeFileFault::Scheme(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_survives_its_file() {
        let scheme = Scheme::standard();
        assert_eq!(read_scheme(write_scheme(&scheme).as_bytes()), Ok(scheme.clone()));
        assert_eq!(read_scheme(include_bytes!("../../assets/scheme.ron")), Ok(scheme));
    }

    #[test]
    fn a_scheme_that_cannot_be_used_is_refused() {
        let text = write_scheme(&Scheme::standard()).replacen("key: 'N'", "key: 'P'", 1).replacen("#14704F", "green", 1);
        let fault = read_scheme(text.as_bytes()).expect_err("two faults").to_string();
        assert!(fault.contains("share the key P") && fault.contains("\"green\""), "{fault}");
        let fault = read_scheme(b"(name: \"x\",\n labels: [(title: \"A\")])").expect_err("no label").to_string();
        assert!(fault.starts_with("line 2, "), "{fault}");
    }
}
