//! What was learnt, as a file of its own, so that it can be taken into other sessions.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;

use super::Fault;
use super::head::parse_ron;
use crate::tagger::learned::{Carried, Misfit};

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LearnedFault {
    #[error("{0}; name a file that “manicule learn” or “Save what was learnt” wrote")]
    File(#[from] Fault),
    #[error("{0}; learn anew from the sessions it came from")]
    Content(#[from] Misfit),
}

/// The text of a file of what was learnt: RON, a name a line.
pub fn write_learned(carried: &Carried) -> String {
    let layout = PrettyConfig::new().new_line("\n").depth_limit(2).extensions(Extensions::IMPLICIT_SOME);
    // Words, numbers and lists of them: RON holds all of it.
    ron::ser::to_string_pretty(carried, layout).unwrap_or_default() + "\n"
}

/// Reads a file of what was learnt.
///
/// # Errors
/// What is wrong with the file, by line, or with what stands in it.
pub fn read_learned(bytes: &[u8]) -> Result<Carried, LearnedFault> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::Encoding(error.valid_up_to()))?;
    let carried: Carried = parse_ron(text)?;
    carried.check()?;
    Ok(carried)
}
